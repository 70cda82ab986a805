"""A pay scale: points in order, each an exact amount, with the rules that belong to the scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from models.basis import Basis


class Rounding(StrEnum):
    """Which way a rate is rounded, and to what unit. It is a property of the scale.

    A scale that rounds to several of the unit (£3, 5p) says how many in ``rounding_to``.
    """

    HALF_UP_POUND = "half-up-pound"
    UP_POUND = "up-pound"
    DOWN_POUND = "down-pound"
    HALF_EVEN_POUND = "half-even-pound"
    HALF_UP_PENNY = "half-up-penny"
    UP_PENNY = "up-penny"
    DOWN_PENNY = "down-penny"
    HALF_EVEN_PENNY = "half-even-penny"
    NONE = "none"


class IncrementOrder(StrEnum):
    """Which comes first where an increment and a rise fall on one day."""

    INCREMENT_FIRST = "increment_first"
    UPLIFT_FIRST = "uplift_first"


@dataclass(frozen=True, slots=True)
class ScalePoint:
    """One point: its name, its amount (£/10⁶ a full-time year, or an hour) and its grade, if any.

    ``unrounded_picos``: the amount before it was rounded, £/10¹², where the scale carries it from year to year;
    it counts only as long as it still rounds to the amount.
    """

    name: str
    amount_micros: int
    grade: str = ""
    unrounded_picos: int | None = None


@dataclass(frozen=True, slots=True)
class GradeRange:
    """A grade as a range of points, lowest and highest named; a spot rate has the same point twice."""

    grade: str
    bottom: str
    top: str


@dataclass(frozen=True, slots=True)
class Increments:
    """When staff move up a point: on one day of each year, or (``on_anniversary``) in the month they started.

    ``points``: how many at a time. ``months_before_first``: service that the first increment needs.
    """

    month: int = 4
    day: int = 1
    points: int = 1
    months_before_first: int = 6
    on_anniversary: bool = False
    order: IncrementOrder = IncrementOrder.INCREMENT_FIRST


@dataclass(frozen=True, slots=True)
class PayScale:
    """Points, lowest first as in the file; ``basis`` says whether amounts are a year or an hour.

    ``rounding_to``: how many of the unit that ``rounding`` names. ``hourly_rounding``: of the hourly rate that
    follows from a yearly amount; it is taken of the unrounded amount where ``hourly_from_unrounded``.
    ``carry_unrounded``: the next rise starts from the amount before it was rounded. ``marked_time``: pay above
    its point stands still until the point has caught up.
    """

    name: str
    basis: Basis
    points: tuple[ScalePoint, ...]
    rounding: Rounding = Rounding.HALF_UP_PENNY
    weekly_hours: float = 37.0
    weeks_y: float = 52.143
    rounding_to: int = 1
    hourly_rounding: Rounding = Rounding.HALF_UP_PENNY
    hourly_from_unrounded: bool = False
    carry_unrounded: bool = False
    marked_time: bool = False
    grades: tuple[GradeRange, ...] = ()
    increments: Increments | None = None

    def with_points(self, points: tuple[ScalePoint, ...]) -> PayScale:
        """The scale with other points; a grade whose ends are gone keeps what is left of its range."""
        names = [point.name for point in points]
        old = [point.name for point in self.points]
        kept = []
        for one in self.grades:
            inside = [name for name in span(one, old) if name in names]
            if inside:
                kept.append(GradeRange(one.grade, inside[0], inside[-1]))
        return replace(self, points=points, grades=tuple(kept))


def grades_of_points(scale: PayScale) -> list[frozenset[str]]:
    """The grades that each point belongs to: those whose ranges hold it, else the one that stands beside it."""
    names = [point.name for point in scale.points]
    spans = [(one.grade, set(span(one, names))) for one in scale.grades]
    found = []
    for point in scale.points:
        among = frozenset(grade for grade, inside in spans if point.name in inside)
        found.append(among or frozenset((point.grade,) if point.grade else ()))
    return found


def span(grade: GradeRange, names: list[str] | tuple[str, ...]) -> list[str]:
    """The points of a range, in the order of the scale; empty where an end is not on it."""
    if grade.bottom not in names or grade.top not in names:
        return []
    first, last = names.index(grade.bottom), names.index(grade.top)
    return list(names[min(first, last) : max(first, last) + 1])
