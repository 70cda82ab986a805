"""Grades as ranges of points, with who is inside, at the top and outside."""

from __future__ import annotations

from dataclasses import dataclass

from bargain.ladder import off_ladder
from bargain.money import year_of_hourly
from bargain.offers.increments import grade_ranges, places_on, scale_rates
from bargain.offers.scope import among
from models.basis import Basis
from models.payscale import PayScale, span
from models.sector import Sector
from models.units import MICROS_PER_POUND


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One grade. Pay in £ a full-time year; "" and None where it has no range.

    outside: staff of the grade whose point is not in its range, or who are not paid what their point says.
    """

    grade: str
    bottom: str
    top: str
    points: int | None
    lowest: float | None
    highest: float | None
    heads: float
    at_top: float | None
    outside: float | None


def grade_rows(sector: Sector) -> tuple[GradeRow, ...]:
    """The ladder's grades, then others that staff or the scale have."""
    scale, force = sector.scale, sector.workforce
    ranges = {one.grade: one for one in grade_ranges(scale)} if scale else {}
    names = [point.name for point in scale.points] if scale else []
    grades = list(dict.fromkeys((*sector.grades, *off_ladder(sector), *ranges)))
    rows = []
    for grade in grades:
        members = among([grade], force.grades, force.grade_code)
        heads = float(force.heads[members].sum())
        inside = span(ranges[grade], names) if grade in ranges else []
        if scale is None or not inside:
            rows.append(GradeRow(grade, "", "", None, None, None, heads, None, None))
            continue
        place = places_on(force, scale)
        first, last = names.index(inside[0]), names.index(inside[-1])
        fits = members & (place >= first) & (place <= last)
        fits &= force.rate_micros == scale_rates(force, scale, place)
        rows.append(
            GradeRow(
                grade=grade,
                bottom=inside[0],
                top=inside[-1],
                points=len(inside),
                lowest=_annual(scale, first),
                highest=_annual(scale, last),
                heads=heads,
                at_top=float(force.heads[fits & (place == last)].sum()),
                outside=float(force.heads[members & ~fits].sum()),
            )
        )
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Fit:
    """How the ranges of grades lie on the scale.

    alone: the first and last point of each run of points in no grade. shared: points of several grades, with these.
    """

    alone: tuple[tuple[str, str], ...]
    shared: tuple[tuple[str, tuple[str, ...]], ...]


def fit_of(scale: PayScale) -> Fit:
    """Gaps and overlaps; nothing to say where no grade has a range."""
    ranges = grade_ranges(scale)
    if not ranges:
        return Fit((), ())
    names = [point.name for point in scale.points]
    inside = {one.grade: set(span(one, names)) for one in ranges}
    held = {name: tuple(grade for grade, among in inside.items() if name in among) for name in names}
    alone: list[tuple[str, str]] = []
    for place, name in enumerate(names):
        if held[name]:
            continue
        goes_on = place > 0 and alone and alone[-1][1] == names[place - 1]
        alone = [*alone[:-1], (alone[-1][0], name)] if goes_on else [*alone, (name, name)]
    return Fit(
        tuple(alone),
        tuple((name, grades) for name, grades in held.items() if len(grades) > 1),
    )


def _annual(scale: PayScale, place: int) -> float:
    amount = scale.points[place].amount_micros
    if scale.basis is Basis.HOUR:
        amount = year_of_hourly(amount, weeks_y=scale.weeks_y, weekly_hours=scale.weekly_hours)
    return amount / MICROS_PER_POUND
