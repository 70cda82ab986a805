"""What a measure is: its id, its words, its unit, and how it is taken of a view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bargain.measures.view import View
from models.target import Target

Measure = Callable[[View, Target, bool], float | None]


@dataclass(frozen=True, slots=True)
class MeasureInfo:
    """A measure: its label, its unit ("share", "ratio", "£", "£/h", "heads"), and how it is taken.

    ``timed`` ones have a value before and after an offer; the others are of the offer itself. ``live`` ones are
    part of every appraisal; the others are taken when a target or a table asks for them.
    """

    id: str
    label: str
    unit: str
    take: Measure
    timed: bool = True
    live: bool = True
