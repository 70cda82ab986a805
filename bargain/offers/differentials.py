"""Differentials between grades: lowest first, each on the pay that the steps before it gave."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bargain.money import Amounts, share_of
from bargain.offers.pay_rules import Rates
from models.issues import UnusableInput
from models.offer import Differential, On, Within
from models.units import BoolColumn, FloatColumn


def lowest_first(differentials: Sequence[Differential]) -> tuple[Differential, ...]:
    """In cascading order: a differential comes after those that decide the grade it stands on."""
    waiting = list(differentials)
    ordered: list[Differential] = []
    while waiting:
        decided_later = {one.grade for one in waiting}
        ready = [one for one in waiting if one.over not in decided_later]
        if not ready:
            grades = ", ".join(sorted(decided_later))
            raise UnusableInput(f"The differentials go round in a circle ({grades}); take one of them out.")
        ordered += ready
        waiting = [one for one in waiting if one not in ready]
    return tuple(ordered)


def lifted_over(
    rates: Rates,
    differential: Differential,
    *,
    in_grade: BoolColumn,
    in_over: BoolColumn,
    groups: NDArray[np.int32],
    n_groups: int,
    heads: FloatColumn,
) -> Amounts:
    """New amounts with everyone in the grade far enough above the other grade in the same group.

    groups: the employer of each row (or one group for the sector), shape (n,). Groups in which nobody is
    in the other grade are left as they are. Returns £/10⁶ in each row's basis.
    """
    hourly = rates.hourly()
    keys = groups if differential.within is Within.EMPLOYER else np.zeros_like(groups)
    reference = _reference(
        hourly, keys, in_over & (heads > 0), heads=heads, n_groups=n_groups, on=differential.on
    )
    least = reference.copy()
    if differential.at_least_percent_ppm is not None:
        least += share_of(reference, differential.at_least_percent_ppm)
    if differential.at_least_hourly_micros is not None:
        least = np.maximum(least, reference + differential.at_least_hourly_micros)
    wanted = rates.of_hour(least[keys])
    reached = in_grade & (reference[keys] >= 0)
    return np.where(reached, np.maximum(rates.amounts, wanted), rates.amounts)


def _reference(
    hourly: Amounts,
    keys: NDArray[np.int32],
    chosen: BoolColumn,
    *,
    heads: FloatColumn,
    n_groups: int,
    on: On,
) -> Amounts:
    """The highest, median or lowest hourly rate of the chosen rows in each group; -1 where there are none."""
    rates, groups, weights = hourly[chosen], keys[chosen], heads[chosen]
    result = np.full(max(n_groups, 1), -1).astype(hourly.dtype)
    if on is On.HIGHEST:
        np.maximum.at(result, groups, rates)
        return result
    order = np.array(sorted(range(len(rates)), key=lambda row: (groups[row], rates[row])), dtype=np.int64)
    rates, groups, weights = rates[order], groups[order], weights[order]
    starts = (
        np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]]) if len(groups) else np.zeros(0, dtype=np.int64)
    )
    for first, last in zip(starts, np.r_[starts[1:], len(groups)], strict=True):
        share = np.cumsum(weights[first:last])
        place = 0 if on is On.LOWEST else int(np.searchsorted(share, share[-1] / 2 * (1 - 1e-12)))
        result[groups[first]] = rates[first + place]
    return result
