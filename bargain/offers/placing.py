"""Staff and the points they stand on: off a deleted point, onto a new spine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.money import hourly_of_year, rounded
from bargain.offers.pay_rules import PICOS_PER_MICRO, Rates
from bargain.offers.scope import among
from bargain.offers.spines import check_mapping, new_place, spine_points
from models.basis import Basis
from models.payscale import PayScale, Rounding
from models.spine import NewSpine, Protection
from models.units import CodeColumn, MicroColumn
from models.workforce import NONE_CODE


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Where posts stand: the names of points, and each post's code among them."""

    points: tuple[str, ...]
    point_code: CodeColumn


def in_basis_of(scale: PayScale, amounts: MicroColumn, rates: Rates) -> NDArray[np.int64]:
    """A column of the scale's amounts (£/10⁶, -1 for none) in each row's basis and unit; -1 for none.

    An hourly rate of a yearly scale is the published one, to the penny.
    """
    held = np.maximum(amounts, 0) * PICOS_PER_MICRO
    if scale.basis is Basis.HOUR:
        converted = rates.from_hourly(held)
    else:
        hourly = hourly_of_year(amounts, weeks_y=scale.weeks_y, weekly_hours=scale.weekly_hours)
        converted = np.where(rates.is_year, held, hourly * PICOS_PER_MICRO)
    return np.asarray(np.where(amounts >= 0, converted, -1))


def moved_off(
    rates: Rates, placed: Placed, gone_names: Iterable[str], *, after: PayScale | None
) -> tuple[Rates, Placed]:
    """Staff on deleted points get the lowest point left: the scale's, else the lowest that anyone is on."""
    gone = among(gone_names, placed.points, placed.point_code)
    if not gone.any():
        return rates, placed
    if after is not None and after.points and _on_any(placed, after).any():
        lowest = min(after.points, key=lambda point: point.amount_micros)
        target = in_basis_of(after, np.full(len(gone), lowest.amount_micros, dtype=np.int64), rates)
        placed = _moved(placed, gone, lowest.name)
        return rates.with_amounts(np.where(gone, np.maximum(rates.amounts, target), rates.amounts)), placed
    left = ~gone & (placed.point_code >= 0)
    if not left.any():
        return rates, placed
    hourly = rates.hourly()
    least = hourly[left].min()
    place = np.flatnonzero(left & (hourly == least))[0]
    as_year = rates.is_year & rates.is_year[place]
    target = np.where(as_year, rates.amounts[place], rates.from_hourly(np.full(len(gone), least)))
    placed = _moved(placed, gone, placed.points[placed.point_code[place]])
    return rates.with_amounts(np.where(gone, np.maximum(rates.amounts, target), rates.amounts)), placed


def _on_any(placed: Placed, scale: PayScale) -> NDArray[np.bool_]:
    return among([point.name for point in scale.points], placed.points, placed.point_code)


def _moved(placed: Placed, rows: NDArray[np.bool_], name: str) -> Placed:
    points = placed.points if name in placed.points else (*placed.points, name)
    code = np.where(rows, points.index(name), placed.point_code).astype(np.int32)
    return Placed(points, code)


def placed_on(rates: Rates, placed: Placed, scale: PayScale, spine: NewSpine) -> tuple[Rates, Placed]:
    """Everyone on a point of the scale on the new spine: by the mapping, else on the next point up.

    Pay above the new point is kept unless the spine protects nobody. Staff who are on no point of the scale
    stay as they are.
    """
    points = spine_points(spine, scale)
    check_mapping(spine, scale, points)
    on_scale = _on_any(placed, scale)
    columns = [
        in_basis_of(scale, np.full(len(on_scale), point.amount_micros, dtype=np.int64), rates)
        for point in points
    ]
    pay = _paid(rates, placed, scale)
    place = np.full(len(on_scale), len(points) - 1, dtype=np.int64)
    for at in range(len(points) - 1, -1, -1):
        place = np.where(columns[at] >= pay, at, place)
    mapped = [new_place(spine, name, points) for name in placed.points]
    table = np.array([-1 if one is None else one for one in mapped] + [-1], dtype=np.int64)
    wanted = table[placed.point_code]
    place = np.where(wanted >= 0, wanted, place)
    target = np.stack(columns)[place, np.arange(len(place))]
    if spine.protection is not Protection.NONE:
        target = np.maximum(target, rates.amounts)
    names = (*placed.points, *(point.name for point in points if point.name not in placed.points))
    codes = np.array([names.index(point.name) for point in points] or [NONE_CODE], dtype=np.int32)
    code = np.where(on_scale, codes[np.maximum(place, 0)], placed.point_code).astype(np.int32)
    return rates.with_amounts(np.where(on_scale, target, rates.amounts)), Placed(names, code)


def _paid(rates: Rates, placed: Placed, scale: PayScale) -> NDArray[np.int64]:
    """What each row is paid as its rate is published: what its point is where it is on it, else to the penny.

    Against a rate that is not rounded a point at the very amount of the pay would be some pence too low, and the row
    would go up a point.
    """
    table = {point.name: point.amount_micros for point in scale.points}
    codes = np.array([table.get(name, -1) for name in placed.points] + [-1], dtype=np.int64)
    of_point = in_basis_of(scale, codes[placed.point_code], rates)
    by_rule = rounded(rates.amounts, scale.rounding, to=scale.rounding_to, per_micro=PICOS_PER_MICRO)
    to_penny = rounded(rates.amounts, Rounding.HALF_UP_PENNY, per_micro=PICOS_PER_MICRO)
    is_on = (by_rule == of_point) | (to_penny == of_point)
    return np.asarray(np.where(is_on, of_point, to_penny))
