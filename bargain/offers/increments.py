"""Increments: who moves up a point on which day, what they are paid there, and what comes first with a rise.

Increments belong to expected staff, never to the cost for the same people: nothing here is called by the
appraisal of an offer on its own.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bargain.money import hourly_of_year, year_of_hourly
from models.basis import Basis
from models.payscale import GradeRange, Increments, PayScale, span
from models.units import BoolColumn, MicroColumn
from models.workforce import Workforce


@dataclass(frozen=True, slots=True, eq=False)
class Incremented:
    """The workforce after one increment day, and why the others did not move. Heads add up to all staff.

    at_top: on the top point of their grade. protected: moved a point, while their pay stands above it.
    off_scale: on no point of the scale, or paid below their point. not_due: too short a service, or another
    month's. no_range: on the scale, but nobody knows between which points their grade runs.
    """

    workforce: Workforce
    moved: float
    protected: float
    at_top: float
    off_scale: float
    not_due: float
    no_range: float


def increment_days(increments: Increments, *, after: date, until: date) -> tuple[date, ...]:
    """The days after the one and up to the other on which increments fall, in order.

    With anniversaries there is one each month; a day that a month lacks is its last.
    """
    found: list[date] = []
    for year in range(after.year, until.year + 1):
        months = range(1, 13) if increments.on_anniversary else (increments.month,)
        for month in months:
            day = date(year, month, min(increments.day, monthrange(year, month)[1]))
            if after < day <= until:
                found.append(day)
    return tuple(found)


def grade_ranges(scale: PayScale) -> tuple[GradeRange, ...]:
    """The ranges of the scale: as set, else from the grades that stand beside its points."""
    if scale.grades:
        return scale.grades
    ends: dict[str, list[str]] = {}
    for point in scale.points:
        if point.grade:
            ends.setdefault(point.grade, []).append(point.name)
    return tuple(GradeRange(grade, names[0], names[-1]) for grade, names in ends.items())


def scale_rates(workforce: Workforce, scale: PayScale, places: NDArray[np.int64]) -> MicroColumn:
    """What each post is paid on the point at its place, £/10⁶ in its own basis; -1 where the place is -1.

    An hourly post on a yearly scale has the published rate to the penny; a yearly post on an hourly one the
    hourly rate × weeks × hours of the scale.
    """
    amounts = [point.amount_micros for point in scale.points]
    if scale.basis is Basis.YEAR:
        by_year = amounts
        hourly = hourly_of_year(
            np.array(amounts, dtype=np.int64), weeks_y=scale.weeks_y, weekly_hours=scale.weekly_hours
        )
        by_hour = [int(one) for one in hourly]
    else:
        by_hour = amounts
        by_year = [
            year_of_hourly(one, weeks_y=scale.weeks_y, weekly_hours=scale.weekly_hours) for one in amounts
        ]
    years, hours = (np.array([*one, -1], dtype=np.int64) for one in (by_year, by_hour))
    return np.asarray(np.where(workforce.basis == Basis.YEAR, years[places], hours[places]))


def places_on(workforce: Workforce, scale: PayScale) -> NDArray[np.int64]:
    """The place of each post's point on the scale, -1 for none."""
    order = {point.name: place for place, point in enumerate(scale.points)}
    table = np.array([order.get(name, -1) for name in workforce.points] + [-1], dtype=np.int64)
    return np.asarray(table[workforce.point_code])


def incremented(
    workforce: Workforce, scale: PayScale, *, on: date, increments: Increments | None = None
) -> Incremented:
    """Everyone who is due on the day moves up within the range of the grade, and is paid what stands there.

    increments: in the place of the scale's own. Pay above the new point is kept; nobody's pay falls.
    """
    rule = increments or scale.increments
    place = places_on(workforce, scale)
    now = scale_rates(workforce, scale, place)
    top = _ends(workforce, scale, place, -1)
    on_scale = (place >= 0) & (workforce.rate_micros >= now)
    known = on_scale & (top >= 0)
    due = _due(workforce, rule, on) if rule is not None else np.zeros(len(workforce), dtype=bool)
    climbs = known & due & (place < top)
    step = rule.points if rule is not None else 0
    to = np.where(climbs, np.minimum(place + step, top), place)
    there = scale_rates(workforce, scale, to)
    rates = np.where(climbs, np.maximum(there, workforce.rate_micros), workforce.rate_micros)
    above = climbs & (workforce.rate_micros > there)

    def heads(rows: BoolColumn) -> float:
        return float(workforce.heads[rows].sum())

    return Incremented(
        workforce=_standing(workforce, scale, to, climbs, rates),
        moved=heads(climbs & ~above),
        protected=heads(above),
        at_top=heads(known & due & (place >= top)),
        off_scale=heads(~on_scale),
        not_due=heads(known & ~due),
        no_range=heads(on_scale & (top < 0)),
    )


def _standing(
    workforce: Workforce, scale: PayScale, place: NDArray[np.int64], moved: BoolColumn, rates: MicroColumn
) -> Workforce:
    """The workforce with the posts that moved on their new points, at the rates given."""
    names = (
        *workforce.points,
        *(point.name for point in scale.points if point.name not in workforce.points),
    )
    codes = np.array([names.index(point.name) for point in scale.points] + [-1], dtype=np.int32)
    code = np.where(moved, codes[place], workforce.point_code).astype(np.int32)
    return replace(workforce, points=names, point_code=code, rate_micros=np.asarray(rates, dtype=np.int64))


def bottom_places(workforce: Workforce, scale: PayScale, place: NDArray[np.int64]) -> NDArray[np.int64]:
    """The entry place of each post's range, as ``_ends`` finds it; -1 where nobody knows the range."""
    return _ends(workforce, scale, place, 0)


def _ends(workforce: Workforce, scale: PayScale, place: NDArray[np.int64], which: int) -> NDArray[np.int64]:
    """One end of each post's range: of its own grade, else of the one range that its point is in. which: 0 or -1."""
    names = [point.name for point in scale.points]
    ranges = {one.grade: span(one, names) for one in grade_ranges(scale)}
    ends = {grade: names.index(points[which]) for grade, points in ranges.items() if points}
    by_grade = np.array([ends.get(grade, -1) for grade in workforce.grades] + [-1], dtype=np.int64)
    alone = [-1] * len(names)
    for at, name in enumerate(names):
        holding = [grade for grade, points in ranges.items() if name in points]
        alone[at] = ends[holding[0]] if len(holding) == 1 else -1
    by_point = np.array([*alone, -1], dtype=np.int64)
    end = by_grade[workforce.grade_code]
    return np.where(end >= 0, end, by_point[place])


def _due(workforce: Workforce, rule: Increments, on: date) -> BoolColumn:
    """Who is due on the day. A start that is not recorded is taken to be long ago, but has no anniversary."""
    started = workforce.start_month.astype(np.int64)
    served = on.year * 12 + on.month - 1 - started
    known = started >= 0
    if rule.on_anniversary:
        return np.asarray(known & (served % 12 == 0) & (served >= 12))
    return np.asarray(~known | (served >= rule.months_before_first))


@dataclass(frozen=True, slots=True)
class AgainstScale:
    """Staff by how their pay stands to the scale; together all staff."""

    on_point: float
    above_point: float
    below_point: float
    no_point: float


def against_scale(workforce: Workforce, scale: PayScale) -> AgainstScale:
    """How many staff are paid what their point says, more (protected), less, or stand on no point."""
    place = places_on(workforce, scale)
    now = scale_rates(workforce, scale, place)
    has, rates, heads = place >= 0, workforce.rate_micros, workforce.heads
    return AgainstScale(
        on_point=float(heads[has & (rates == now)].sum()),
        above_point=float(heads[has & (rates > now)].sum()),
        below_point=float(heads[has & (rates < now)].sum()),
        no_point=float(heads[~has].sum()),
    )
