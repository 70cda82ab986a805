"""A pay scale as it is looked at: every point with its hour, its step, who stands on it, and the law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

import numpy as np

from bargain.money import rounded_one, year_of_hourly
from bargain.offers.increments import against_scale, grade_ranges, places_on
from bargain.parameters.load import legal_floor_on
from models.basis import Basis
from models.parameters import LegalFloor
from models.payscale import GradeRange, PayScale, span
from models.units import MICROS_PER_POUND
from models.workforce import Sex, Workforce


@dataclass(frozen=True, slots=True)
class PointView:
    """One point. Pay in £; step_up and women are shares; None where it is not known or there is none.

    above_floor: £ an hour over (or, below nought, under) the legal floor.
    """

    name: str
    grade: str
    annual: float
    hourly: float
    step_up: float | None
    heads: float
    fte: float
    women: float | None
    above_floor: float | None


class Odd(StrEnum):
    """What can be odd about a scale."""

    BELOW_FLOOR = "below the legal floor"
    GOES_DOWN = "pay goes down"
    SAME_PAY = "the same pay as the point before"
    ABOVE_POINT = "paid above their point"
    BELOW_POINT = "paid below their point"
    NO_POINT = "on no point"


@dataclass(frozen=True, slots=True)
class Oddity:
    """One thing that is odd: of which points, or of how many staff."""

    kind: Odd
    points: tuple[str, ...] = ()
    heads: float = 0.0


@dataclass(frozen=True, slots=True)
class ScaleView:
    """A whole scale on one day, with what is odd about it, the most serious first."""

    points: tuple[PointView, ...]
    day: date
    floor: LegalFloor | None
    oddities: tuple[Oddity, ...]


@dataclass(frozen=True, slots=True)
class Deleted:
    """What becomes of staff and grades when points go. heads: staff there, who keep their pay and stand on no point.

    ranges: grades whose range gets shorter, with its new ends; "" where nothing of it is left.
    """

    heads: float
    ranges: tuple[GradeRange, ...]


def deleted(scale: PayScale, workforce: Workforce, places: set[int]) -> Deleted:
    """What follows from taking points out of a scale."""
    gone = np.isin(places_on(workforce, scale), sorted(places))
    old = {one.grade: one for one in grade_ranges(scale)}
    kept = tuple(one for at, one in enumerate(scale.points) if at not in places)
    new = {one.grade: one for one in grade_ranges(scale.with_points(kept))}
    changed = [
        new.get(grade, GradeRange(grade, "", "")) for grade, one in old.items() if new.get(grade) != one
    ]
    return Deleted(float(workforce.heads[gone].sum()), tuple(changed))


def hourly_micros(scale: PayScale, amount_micros: int) -> int:
    """The rate an hour of an amount of the scale, £/10⁶, rounded as the scale rounds it."""
    if scale.basis is Basis.HOUR:
        return amount_micros
    hours = Fraction(round(scale.weekly_hours * 10_000), 10_000) * Fraction(round(scale.weeks_y * 1000), 1000)
    return rounded_one(Fraction(amount_micros) / hours, scale.hourly_rounding)


def scale_view(scale: PayScale, workforce: Workforce, *, day: date) -> ScaleView:
    """The scale with the staff on it. day: for the legal floor, of people of 21 and over."""
    floor = legal_floor_on(day)
    place = places_on(workforce, scale)
    count = len(scale.points)
    on_point = np.where(place < 0, count, place)

    def by_point(weights: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float]:
        return [float(one) for one in np.bincount(on_point, weights=weights, minlength=count + 1)]

    heads, fte = by_point(workforce.heads), by_point(workforce.heads * workforce.fte)
    known = by_point(workforce.heads * (workforce.sex != Sex.UNKNOWN))
    women = by_point(workforce.heads * (workforce.sex == Sex.FEMALE))
    grades = _grades_of(scale)
    points = []
    for at, point in enumerate(scale.points):
        below = scale.points[at - 1].amount_micros if at else 0
        hourly = hourly_micros(scale, point.amount_micros) / MICROS_PER_POUND
        points.append(
            PointView(
                name=point.name,
                grade=", ".join(grades[at]) or point.grade,
                annual=_annual(scale, point.amount_micros),
                hourly=hourly,
                step_up=point.amount_micros / below - 1 if below else None,
                heads=heads[at],
                fte=fte[at],
                women=women[at] / known[at] if known[at] else None,
                above_floor=None if floor is None else round(hourly - floor.rate, 4),
            )
        )
    told = tuple(points)
    return ScaleView(told, day, floor, tuple(_oddities(scale, told, workforce)))


def _annual(scale: PayScale, amount: int) -> float:
    if scale.basis is Basis.YEAR:
        return amount / MICROS_PER_POUND
    return year_of_hourly(amount, weeks_y=scale.weeks_y, weekly_hours=scale.weekly_hours) / MICROS_PER_POUND


def _grades_of(scale: PayScale) -> list[list[str]]:
    names = [point.name for point in scale.points]
    spans = {one.grade: set(span(one, names)) for one in grade_ranges(scale)}
    return [[grade for grade, inside in spans.items() if name in inside] for name in names]


def _oddities(scale: PayScale, points: tuple[PointView, ...], workforce: Workforce) -> Iterator[Oddity]:
    for kind, names in (
        (Odd.BELOW_FLOOR, [one.name for one in points if (one.above_floor or 0) < 0]),
        (Odd.GOES_DOWN, [one.name for one in points if (one.step_up or 0) < 0]),
        (Odd.SAME_PAY, [one.name for one in points if one.step_up == 0]),
    ):
        if names:
            yield Oddity(kind, tuple(names))
    if not len(workforce):
        return
    found = against_scale(workforce, scale)
    for kind, heads in (
        (Odd.ABOVE_POINT, found.above_point),
        (Odd.BELOW_POINT, found.below_point),
        (Odd.NO_POINT, found.no_point),
    ):
        if heads:
            yield Oddity(kind, heads=heads)
