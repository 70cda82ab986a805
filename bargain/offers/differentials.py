"""Differentials between grades: lowest first, each on the pay that the steps before it gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from bargain.gathered import Standing, standing
from bargain.money import Amounts, share_of
from bargain.offers.pay_rules import PICOS_PER_MICRO, Rates, hours_of_year
from models.issues import UnusableInput
from models.offer import Differential, On
from models.units import PPM, BoolColumn, FloatColumn

_TOLERANCE = 1e-9  # so that no rounding of a running sum moves the middle


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


def standing_among(rows: NDArray[np.intp], groups: NDArray[np.integer], heads: FloatColumn) -> Standing:
    """Some rows as staff of the groups they are in. groups, heads: of every row, shape (n,)."""
    held = groups[rows]
    order = np.argsort(held, kind="stable")
    return standing(rows[order], held[order], heads[rows][order])


def lifted_over(
    rates: Rates,
    differential: Differential,
    *,
    in_grade: BoolColumn,
    over: Standing,
    groups: NDArray[np.integer],
    n_groups: int,
) -> Rates:
    """The rates with everyone in the grade far enough above the other grade in the same group.

    over: who is in the other grade. groups: the employer of each row (or one group for the sector), shape (n,);
    only that of rows in the grade is looked at. Groups in which nobody is in the other grade are left as they
    are.

    The rate to stand on is an exact fraction, one that an earlier differential gave included: between posts of
    different full-time weeks a rate that was cut off would miss the half-penny.
    """
    rows = np.flatnonzero(in_grade)
    if not len(rows) or not len(over.rows):
        return rates
    if rates.amounts.dtype != object and not rates.is_year.any():
        wanted = wanted_over(rates, differential, over=over, n_groups=n_groups)
        lifted = rates.amounts.copy()
        lifted[rows] = np.maximum(lifted[rows], wanted[groups[rows]])
        return rates.with_amounts(lifted)
    stood_on = np.full(n_groups, -1, dtype=np.int64)
    stood_on[over.groups[over.starts]] = _reference_rows(rates.hourly(), over, on=differential.on)
    return _lifted(rates, differential, rows[stood_on[groups[rows]] >= 0], groups=groups, stood_on=stood_on)


def wanted_over(
    rates: Rates,
    differential: Differential,
    *,
    over: Standing,
    n_groups: int,
    lifted: NDArray[np.int64] | None = None,
) -> NDArray[np.int64]:
    """The least hourly rate in £/10¹² that each group's must reach, where all are paid by the hour.

    lifted: to what an earlier differential has lifted the other grade, if ``rates`` don't have it yet; whether the
    highest, the lowest or the middle one is stood on, lifting everybody lifts it so far.
    Below nought, which nobody is paid, where nobody is in the other grade.  Returns shape (n_groups,).
    """
    wanted = np.full(n_groups, -1, dtype=np.int64)
    if not len(over.rows):
        return wanted
    if differential.on is On.MEDIAN:
        stood_on = rates.amounts[_reference_rows(rates.amounts, over, on=On.MEDIAN)]
    else:
        pick = np.maximum if differential.on is On.HIGHEST else np.minimum
        stood_on = over.best(rates.amounts, pick)
    groups = over.groups[over.starts]
    if lifted is not None:
        stood_on = np.maximum(stood_on, lifted[groups])
    wanted[groups] = _least_by_hour(stood_on, differential)
    return wanted


def _lifted(
    rates: Rates,
    differential: Differential,
    rows: NDArray[np.intp],
    *,
    groups: NDArray[np.integer],
    stood_on: NDArray[np.int64],
) -> Rates:
    """The same where rates are not all by the hour, or a middle one is stood on. stood_on: a row for each group."""
    if not len(rows):
        return rates
    lengths, length = rates.full_weeks.kinds
    packed = (groups[rows].astype(np.int64) * len(lengths) + length[rows]) * 2 + rates.is_year[rows]
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
    if exact:
        return rates.with_amounts(result)
    known = () if rates.exactly is None else rates.exactly[1]
    place = np.full(len(result), -1, dtype=np.intp) if rates.exactly is None else rates.exactly[0].copy()
    raised = result[rows] > rates.amounts[rows]
    place[rows[raised]] = len(known) + kind[raised]
    return replace(rates, amounts=result, exactly=(place, (*known, *exactly)))


def _least_by_hour(rate: Amounts, differential: Differential) -> Amounts:
    """The same for a column of hourly rates in £/10¹², where whole numbers keep every half-penny."""
    least = rate + share_of(rate, differential.at_least_percent_ppm or 0)
    if differential.at_least_hourly_micros is not None:
        least = np.maximum(least, rate + differential.at_least_hourly_micros * PICOS_PER_MICRO)
    return least


def _least(rates: Rates, row: int, differential: Differential) -> Fraction:
    """The least hourly rate that stands far enough above the rate of a row, in the unit of ``rates``."""
    rate = rates.exact(row)
    if rates.is_year[row]:
        rate /= hours_of_year(rates.weeks_y, float(rates.full_weeks.hours_w[row]))
    least = rate * (1 + Fraction(differential.at_least_percent_ppm or 0, PPM))
    if differential.at_least_hourly_micros is not None:
        unit = 1 if rates.amounts.dtype == object else PICOS_PER_MICRO
        least = max(least, rate + differential.at_least_hourly_micros * unit)
    return least


def _reference_rows(hourly: Amounts, over: Standing, *, on: On) -> NDArray[np.int64]:
    """A row of the highest, median or lowest hourly rate of each group."""
    rates, starts = hourly[over.rows], over.starts
    ends = np.r_[starts[1:], len(rates)]
    if on is not On.MEDIAN:
        pick = np.maximum if on is On.HIGHEST else np.minimum
        best = np.repeat(pick.reduceat(rates, starts), ends - starts)
        places = np.flatnonzero(rates == best)
        first = np.searchsorted(places, starts)
        return over.rows[places[first]].astype(np.int64)
    order = np.lexsort((np.unique(rates, return_inverse=True)[1], over.groups))
    reached = np.cumsum(over.heads[order])
    before = np.r_[0.0, reached][starts]
    middle = before + (reached[ends - 1] - before) / 2 * (1 - _TOLERANCE)
    places = np.clip(np.searchsorted(reached, middle), starts, ends - 1)
    return np.asarray(over.rows[order[places]], dtype=np.int64)
