"""Single moves from one offer toward another."""

from __future__ import annotations

from dataclasses import dataclass

from models.offer import Offer


@dataclass(frozen=True, slots=True)
class Move:
    """One element of an offer as the other side has it, everything else as it was.

    ``key`` is the element as the offer file calls it, ``step`` the settlement it stands in (from 1). ``cost`` is what
    it adds to the full year, in pounds, None where the sector lacks what is needed to price it; ``closes`` the share of the gap in full-year cost that it closes, None
    where there is none. ``met`` counts the targets that are met after it, and ``newly`` names those that it meets.
    """

    key: str
    step: int
    offer: Offer
    cost: float | None
    closes: float | None
    met: int
    newly: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """All single moves from one offer toward another, cheapest first.

    ``gap`` is the difference of the two in full-year cost; ``together`` how far the priced moves, each by itself,
    miss or exceed it when they are added up: elements of an offer work on one another.
    """

    start: Offer
    goal: Offer
    gap: float
    moves: tuple[Move, ...]
    together: float
