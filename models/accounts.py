"""Employers' accounts: one year's figures, in £/10⁶."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Accounts:
    """One employer's year. None is not known, never nought.

    ``profit_micros`` is the profit before tax, net income or surplus as the accounts state it,
    ``total_costs_micros`` all operating costs where they are not given one by one.
    ``part_of`` names the group whose accounts contain this employer's, where its row says so; ``source`` says where the
    figures are from: a file and row, or who typed them in and when.
    """

    employer: str
    year_end: date | None = None
    revenue_micros: int | None = None
    labour_micros: int | None = None
    rent_micros: int | None = None
    other_micros: int | None = None
    directors_micros: int | None = None
    net_interest_micros: int | None = None
    depreciation_micros: int | None = None
    connected_rent_micros: int | None = None
    connected_charges_micros: int | None = None
    connected_interest_micros: int | None = None
    capital_micros: int | None = None
    beds: float | None = None
    distributions_micros: int | None = None
    part_of: str = ""
    profit_micros: int | None = None
    total_costs_micros: int | None = None
    source: str = ""
