"""The full-year cost of an offer by element, with no order among them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class FairPart:
    """One element: its share of the cost in pounds, exact, and to the penny so that all parts add up.

    ``ordered`` is what it adds in the stated order, to the penny and adding up too. ``why``: what it lacks to be
    priced in full; where it then adds nothing, all three are None: not known.
    """

    element: str
    exact: Fraction | None
    shown: float | None
    ordered: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class OrderFree:
    """The mean over every order in which the elements could be added, in pounds. ``orders``: how many there are.

    ``parts`` stand in the stated order and sum exactly to ``total``, the full-year cost in whole pence.
    """

    parts: tuple[FairPart, ...]
    total: Fraction
    orders: int
