"""Differentials between grades: lowest first, each on the pay that the steps before it gave."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from bargain.money import Amounts, share_of
from bargain.offers.pay_rules import PICOS_PER_MICRO, Rates, hours_of_year
from models.issues import UnusableInput
from models.offer import Differential, On, Within
from models.units import PPM, BoolColumn, FloatColumn


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
    in the other grade are left as they are. Returns amounts in the unit of ``rates``.

    The rate to stand on is an exact fraction of its row's amount: between posts of different full-time weeks
    a rate that was cut off would miss the half-penny.
    """
    keys = groups if differential.within is Within.EMPLOYER else np.zeros_like(groups)
    stood_on = _reference_rows(
        rates.hourly(), keys, in_over & (heads > 0), heads=heads, n_groups=n_groups, on=differential.on
    )
    rows = np.flatnonzero(in_grade)
    rows = rows[stood_on[keys[rows]] >= 0]
    if not len(rows):
        return rates.amounts
    if rates.amounts.dtype != object and not rates.is_year.any():
        wanted = _least_by_hour(rates.amounts[stood_on], differential)
        lifted = rates.amounts.copy()
        lifted[rows] = np.maximum(lifted[rows], wanted[keys[rows]])
        return lifted
    lengths, length = rates.full_weeks.kinds
    packed = (keys[rows].astype(np.int64) * len(lengths) + length[rows]) * 2 + rates.is_year[rows]
    kinds, kind = np.unique(packed, return_inverse=True)
    exact = rates.amounts.dtype == object
    exactly = []
    for one in kinds:
        group, rest = divmod(int(one), len(lengths) * 2)
        least = _least(rates, int(stood_on[group]), differential)
        year = Fraction(1) if rest % 2 == 0 else hours_of_year(rates.weeks_y, float(lengths[rest // 2]))
        exactly.append(least * year)
    column = np.array(
        [one if exact else int(one // 1) for one in exactly], dtype=object if exact else np.int64
    )
    result = rates.amounts.copy()
    result[rows] = np.maximum(result[rows], column[kind])
    return result


def _least_by_hour(rate: Amounts, differential: Differential) -> Amounts:
    """The same for a column of hourly rates in £/10¹², where whole numbers keep every half-penny."""
    least = rate + share_of(rate, differential.at_least_percent_ppm or 0)
    if differential.at_least_hourly_micros is not None:
        least = np.maximum(least, rate + differential.at_least_hourly_micros * PICOS_PER_MICRO)
    return least


def _least(rates: Rates, row: int, differential: Differential) -> Fraction:
    """The least hourly rate that stands far enough above the rate of a row, in the unit of ``rates``."""
    amount = rates.amounts[row]
    rate = Fraction(amount if isinstance(amount, Fraction) else int(amount))
    if rates.is_year[row]:
        rate /= hours_of_year(rates.weeks_y, float(rates.full_weeks.hours_w[row]))
    least = rate * (1 + Fraction(differential.at_least_percent_ppm or 0, PPM))
    if differential.at_least_hourly_micros is not None:
        unit = 1 if rates.amounts.dtype == object else PICOS_PER_MICRO
        least = max(least, rate + differential.at_least_hourly_micros * unit)
    return least


def _reference_rows(
    hourly: Amounts,
    keys: NDArray[np.int32],
    chosen: BoolColumn,
    *,
    heads: FloatColumn,
    n_groups: int,
    on: On,
) -> NDArray[np.int64]:
    """The row of the highest, median or lowest hourly rate among the chosen in each group; -1 for none."""
    result = np.full(max(n_groups, 1), -1, dtype=np.int64)
    rows = np.flatnonzero(chosen)
    if not len(rows):
        return result
    rates, groups = hourly[rows], keys[rows]
    if on is On.HIGHEST:
        best = np.full(len(result), -1).astype(hourly.dtype)
        np.maximum.at(best, groups, rates)
        highest = rates == best[groups]
        result[groups[highest]] = rows[highest]
        return result
    order = np.array(sorted(range(len(rows)), key=lambda row: (groups[row], rates[row])), dtype=np.int64)
    rows, groups, weights = rows[order], groups[order], heads[rows[order]]
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    for first, last in zip(starts, np.r_[starts[1:], len(groups)], strict=True):
        share = np.cumsum(weights[first:last])
        place = 0 if on is On.LOWEST else int(np.searchsorted(share, share[-1] / 2 * (1 - 1e-12)))
        result[groups[first]] = rows[first + place]
    return result
