"""Staff whose pay is not what their point says: protected above it, left below it, or on no point at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bargain.offers.increments import places_on, scale_rates
from models.basis import Basis
from models.payscale import PayScale
from models.units import MICROS_PER_POUND, BoolColumn, FloatColumn
from models.workforce import Workforce


class Off(StrEnum):
    """How pay stands to the scale."""

    ABOVE = "above"  # protected pay
    BELOW = "below"
    NO_POINT = "no point"  # a spot rate


@dataclass(frozen=True, slots=True)
class OffScale:
    """Like staff off the scale: of one employer, one grade and one point ("" for none).

    pay: £ a full-time year on average. difference: £ a full-time year above their point on average (below it
    under nought), yearly: what that comes to for their paid hours; both None for staff on no point.
    """

    kind: Off
    employer: str
    grade: str
    point: str
    heads: float
    pay: float
    difference: float | None
    yearly: float | None


def off_scale(workforce: Workforce, scale: PayScale) -> tuple[OffScale, ...]:
    """Everybody off the scale, protected pay first, the most staff first. Averages are by head."""
    if not len(workforce):
        return ()
    place = places_on(workforce, scale)
    stands = scale_rates(workforce, scale, place)
    full_year = _full_year_units(workforce)
    pay = workforce.rate_micros / MICROS_PER_POUND * full_year
    more = np.where(place >= 0, (workforce.rate_micros - stands) / MICROS_PER_POUND, 0.0)
    paid = np.where(workforce.basis == Basis.YEAR, workforce.fte, workforce.hours_w * workforce.weeks_y)
    rows: list[OffScale] = []
    for kind, members in (
        (Off.ABOVE, (place >= 0) & (workforce.rate_micros > stands)),
        (Off.BELOW, (place >= 0) & (workforce.rate_micros < stands)),
        (Off.NO_POINT, place < 0),
    ):
        rows += _grouped(kind, workforce, members, pay=pay, more=more * full_year, yearly=more * paid)
    return tuple(rows)


def _full_year_units(workforce: Workforce) -> FloatColumn:
    """What a rate is taken times for a full-time year."""
    return np.where(workforce.basis == Basis.YEAR, 1.0, workforce.full_hours_w * workforce.weeks_y)


def _grouped(
    kind: Off,
    workforce: Workforce,
    members: BoolColumn,
    *,
    pay: FloatColumn,
    more: FloatColumn,
    yearly: FloatColumn,
) -> list[OffScale]:
    rows = np.flatnonzero(members)
    if not len(rows):
        return []
    keys = np.column_stack([workforce.employer_code, workforce.grade_code, workforce.point_code])[rows]
    kinds, group = np.unique(keys, axis=0, return_inverse=True)
    group = group.reshape(-1)
    heads = workforce.heads[rows]

    def summed(column: FloatColumn) -> FloatColumn:
        sums = np.bincount(group, weights=column[rows] * heads, minlength=len(kinds))
        return np.asarray(sums, dtype=np.float64)

    count = np.bincount(group, weights=heads, minlength=len(kinds))
    pays, mores, years = summed(pay), summed(more), summed(yearly)
    has_point = kind is not Off.NO_POINT
    made = [
        OffScale(
            kind=kind,
            employer=_name(workforce.employers, employer),
            grade=_name(workforce.grades, grade),
            point=_name(workforce.points, point),
            heads=float(count[at]),
            pay=float(pays[at] / count[at]) if count[at] else 0.0,
            difference=float(mores[at] / count[at]) if has_point and count[at] else None,
            yearly=float(years[at]) if has_point else None,
        )
        for at, (employer, grade, point) in enumerate(kinds)
    ]
    return sorted(made, key=lambda one: -one.heads)


def _name(names: tuple[str, ...], code: int) -> str:
    return names[code] if code >= 0 else ""
