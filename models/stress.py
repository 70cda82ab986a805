"""A named what-if for employers' money: several changes at once, each with its unit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stress:
    """Changes in shares: −0.05 is five in a hundred less. Each part of the accounts moves by one rule.

    ``occupancy``: places filled, in points of capacity (−0.05: from 0.92 to 0.87); ``base_occupancy`` is what is
    filled now, and fee income moves in proportion while costs stay. ``fees``: all fees; ``agency``: the cost of
    agency work, taken as its share of the pay bill; ``other``: other operating costs; ``rates``: net interest.
    """

    name: str
    occupancy: float = 0.0
    base_occupancy: float = 1.0
    fees: float = 0.0
    agency: float = 0.0
    other: float = 0.0
    rates: float = 0.0
