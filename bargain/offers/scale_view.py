"""A pay scale as it is looked at: every point with its hour, its step, who stands on it, and the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from bargain.money import rounded_one, year_of_hourly
from bargain.offers.increments import against_scale, grade_ranges, places_on
from bargain.parameters.load import value_on
from models.issues import UnusableInput
from models.payscale import PayScale, span
from models.units import MICROS_PER_POUND
from models.workforce import Basis, Sex, Workforce


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


@dataclass(frozen=True, slots=True)
class ScaleView:
    """A whole scale on one day, with what is odd about it, each a plain sentence."""

    points: tuple[PointView, ...]
    day: date
    floor: float | None
    warnings: tuple[str, ...]


def hourly_micros(scale: PayScale, amount_micros: int) -> int:
    """The rate an hour of an amount of the scale, £/10⁶, rounded as the scale rounds it."""
    if scale.basis is Basis.HOUR:
        return amount_micros
    hours = Fraction(round(scale.weekly_hours * 10_000), 10_000) * Fraction(round(scale.weeks_y * 1000), 1000)
    return rounded_one(Fraction(amount_micros) / hours, scale.hourly_rounding)


def scale_view(scale: PayScale, workforce: Workforce, *, day: date) -> ScaleView:
    """The scale with the staff on it. day: for the legal floor, of people of 21 and over."""
    try:
        floor: float | None = float(value_on("national_living_wage", day).value)
    except UnusableInput:
        floor = None
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
                above_floor=None if floor is None else round(hourly - floor, 4),
            )
        )
    told = tuple(points)
    return ScaleView(told, day, floor, tuple(_warnings(scale, told, workforce, day=day, floor=floor)))


def _annual(scale: PayScale, amount: int) -> float:
    if scale.basis is Basis.YEAR:
        return amount / MICROS_PER_POUND
    return year_of_hourly(amount, weeks_y=scale.weeks_y, weekly_hours=scale.weekly_hours) / MICROS_PER_POUND


def _grades_of(scale: PayScale) -> list[list[str]]:
    names = [point.name for point in scale.points]
    spans = {one.grade: set(span(one, names)) for one in grade_ranges(scale)}
    return [[grade for grade, inside in spans.items() if name in inside] for name in names]


def _warnings(
    scale: PayScale, points: tuple[PointView, ...], workforce: Workforce, *, day: date, floor: float | None
) -> list[str]:
    """What is odd, the most serious first."""
    told = []
    under = [one.name for one in points if one.above_floor is not None and one.above_floor < 0]
    if under and floor is not None:
        told.append(
            f"{_points(under)} {'is' if len(under) == 1 else 'are'} below the legal floor of £{floor:.2f} an hour on "
            f"{day:%d.%m.%Y}."
        )
    down = [one.name for one in points if one.step_up is not None and one.step_up < 0]
    if down:
        told.append(f"{_points(down)}: pay goes down from the point before.")
    level = [one.name for one in points if one.step_up == 0]
    if level:
        told.append(f"{_points(level)}: the same pay as the point before.")
    if len(workforce):
        kinds = against_scale(workforce, scale)
        for count, words in (
            (kinds.above_point, "are paid above their point (protected pay)"),
            (kinds.below_point, "are paid below their point"),
            (kinds.no_point, "are on no point of this scale (spot rates)"),
        ):
            if count:
                told.append(f"{count:,.0f} staff {words}.")
    return told


def _points(names: list[str]) -> str:
    if len(names) == 1:
        return f"Point {names[0]}"
    shown = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
    return f"Points {shown}"
