"""The shape of grades, gaps between groups and women by quarter, under the weights of every trial.

Each is the measure of the same name (``measures.shape``, ``measures.rarer``) of the staff that a trial has drawn: the
range of a grade is that of the employers drawn, and a grade that none of them uses is passed over.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bargain.grossing_trials import Figures, Sums, over, percentile
from bargain.measures.rarer import AGE_GAP, PART_TIME_GAP, QUARTERS, service_of
from bargain.measures.shape import overlap_of, served, shares_of_quarters
from bargain.measures.view import View
from models.target import Target
from models.units import MICROS_PER_POUND, BoolColumn, FloatColumn
from models.workforce import Sex


def shape_figures(view: View, sums: Sums, asked: Target) -> Figures:
    """All of them that the staff data can tell; arrays of shape (n_trials,)."""
    found = _of_grades(view, sums) | _women_by_quarter(view, sums)
    for name, groups in (("part_time_pay_gap_median", PART_TIME_GAP), ("age_pay_gap_median", AGE_GAP)):
        here, there = (chosen(view) for chosen in groups)
        if here is not None and there is not None:
            first, second = (_median(view, sums, chosen) for chosen in (here, there))
            found[name] = 1 - over(second, first)
    service = service_of(view, asked)
    if service is not None:
        months, grade = service
        long, new = (_median(view, sums, chosen) for chosen in served(months, grade=grade))
        found["experience_premium"] = over(long, new) - 1
    return found


def named_figures(view: View, sums: Sums, asked: Target) -> Figures:
    """What has a value only where a target names the grades or the rate."""
    found: Figures = {}
    if asked.grade in view.grades and asked.over in view.grades:
        codes = (view.grades.index(name) for name in (asked.grade, asked.over))
        upper, lower = (_median(view, sums, view.grade_code == code, by_heads=True) for code in codes)
        found["differential"] = over(upper, lower) - 1
    if asked.hourly:
        short = np.maximum(asked.hourly - view.after / MICROS_PER_POUND, 0.0)
        found["parity_gap"] = over(sums(view.weight * short), sums(view.weight) * asked.hourly)
    return found


def _median(view: View, sums: Sums, chosen: BoolColumn, *, by_heads: bool = False) -> FloatColumn:
    """Median pay after the offer of some posts, £/h; not a number in a trial that drew nobody of them."""
    if not chosen.any():
        return np.full(len(sums.trials), np.nan)
    weights = view.heads if by_heads else view.weight
    rates, held = sums.of(chosen).on_rates(view.after[chosen], weights[chosen])
    return percentile(rates, np.cumsum(held, axis=1), 0.5)


def _of_grades(view: View, sums: Sums) -> Figures:
    """Compa-ratio and the largest overlap, of the grades' ranges at the employers that each trial drew."""
    known = (view.grade_code >= 0) & (view.weight > 0)
    if not known.any():
        return {}
    codes, weights = view.grade_code[known].astype(np.intp), view.weight[known]
    rates, graded = view.after[known] / MICROS_PER_POUND, sums.of(known)
    low, high = _spans(rates, codes, graded)
    amount, heads = (graded.by_group(one, codes) for one in (weights * rates, weights))
    held = np.isfinite(low)
    middle = (np.where(held, low, 0.0) + np.where(held, high, 0.0)) / 2
    compa = over(np.nansum(over(amount, middle), axis=1), heads.sum(axis=1))
    overlaps = [_largest(np.flatnonzero(one), low[at], high[at]) for at, one in enumerate(held)]
    return {"compa_ratio": compa, "range_overlap": np.array(overlaps)}


def _largest(held: NDArray[np.intp], low: FloatColumn, high: FloatColumn) -> float:
    found = [overlap_of((low[a], high[a]), (low[b], high[b])) for a, b in pairwise(held.tolist())]
    return max(found, default=float("nan"))


def _spans(rates: FloatColumn, codes: NDArray[np.intp], sums: Sums) -> tuple[FloatColumn, FloatColumn]:
    """Lowest and highest pay of each grade in every trial, £/h, shape (n_trials, n_grades); infinite where none is."""
    shape = (len(sums.own), int(codes.max()) + 1)
    least, most = np.full(shape, np.inf), np.full(shape, -np.inf)
    np.minimum.at(least, (sums.code, codes), rates)
    np.maximum.at(most, (sums.code, codes), rates)
    low, high = (np.empty((len(sums.trials), shape[1])) for _ in range(2))
    drawn = sums.trials > 0
    for code in range(shape[1]):
        low[:, code] = np.where(drawn, least[:, code], np.inf).min(axis=1)
        high[:, code] = np.where(drawn, most[:, code], -np.inf).max(axis=1)
    return low, high


def _women_by_quarter(view: View, sums: Sums) -> Figures:
    """Women's share of each quarter by pay, of staff recorded as women or men."""
    women, men = view.sex == Sex.FEMALE, view.sex == Sex.MALE
    known = women | men
    if not known.any():
        return {}
    told, rates = sums.of(known), view.after[known]
    distinct, of_women = told.on_rates(rates, np.where(women, view.heads, 0.0)[known])
    _, of_men = told.on_rates(rates, np.where(men, view.heads, 0.0)[known])
    both, is_woman = np.concatenate([distinct, distinct]), np.repeat([True, False], len(distinct))
    shares = np.full((len(of_women), len(QUARTERS)), np.nan)
    for at, heads in enumerate(np.concatenate([of_women, of_men], axis=1)):
        found = shares_of_quarters(both, heads, is_woman)
        if found is not None:
            shares[at] = found
    return {f"women_{name}_quarter": shares[:, at] for at, name in enumerate(QUARTERS)}
