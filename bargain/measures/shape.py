"""The shape of pay inside and between grades: compa-ratio, overlap, bunching at the legal floor, experience."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bargain.measures.distribution import percentile, tally
from models.units import MICROS_PER_PENNY, MICROS_PER_POUND, BoolColumn, FloatColumn, MicroColumn

BUNCH_PENCE = 5  # at the legal floor, or up to so much above it


def compa_ratio(rates: MicroColumn, weights: FloatColumn, grade_code: NDArray[np.integer]) -> float | None:
    """Mean of pay over the midpoint of what its grade is paid here (half-way from lowest to highest rate).

    Posts without a grade do not count. None where no post has one.
    """
    known = (grade_code >= 0) & (weights > 0)
    if not known.any():
        return None
    codes = grade_code[known].astype(np.int64)
    low, high = _ranges(rates[known], codes)
    middle = (
        low[codes] + high[codes]
    ) / 2  # of each post's own grade: a grade that nobody is in has no middle
    return float(weights[known] @ (rates[known] / middle) / weights[known].sum())


def largest_overlap(
    rates: MicroColumn, weights: FloatColumn, grade_code: NDArray[np.integer]
) -> float | None:
    """The largest overlap of neighbouring grades: the share of the upper grade's range that is not above the lower's.

    A range goes from the lowest to the highest rate paid; an upper grade with one rate overlaps wholly (1) or
    not at all (0). Grade codes follow the ladder; a grade nobody is in is passed over. None for fewer than two.
    """
    known = (grade_code >= 0) & (weights > 0)
    if not known.any():
        return None
    codes = grade_code[known].astype(np.int64)
    low, high = _ranges(rates[known], codes)
    pairs = pairwise(np.unique(codes).tolist())
    found = [overlap_of((low[a], high[a]), (low[b], high[b])) for a, b in pairs]
    return max(found) if found else None


def overlap_of(lower: tuple[float, float], upper: tuple[float, float]) -> float:
    """The share of an upper grade's range, from its lowest to its highest rate, that is not above the lower one's."""
    width = upper[1] - upper[0]
    if not width:
        return float(lower[1] >= upper[0])
    return float(min(max((min(lower[1], upper[1]) - upper[0]) / width, 0.0), 1.0))


def _ranges(rates: MicroColumn, codes: NDArray[np.int64]) -> tuple[FloatColumn, FloatColumn]:
    """Lowest and highest rate by code, £/10⁶; infinite where nobody is."""
    size = int(codes.max()) + 1
    low, high = np.full(size, np.inf), np.full(size, -np.inf)
    np.minimum.at(low, codes, rates)
    np.maximum.at(high, codes, rates)
    return low, high


def share_at_floor(rates: MicroColumn, heads: FloatColumn, hourly: float) -> float | None:
    """Heads paid the legal floor or up to 5p more, over all heads."""
    floor = round(hourly * MICROS_PER_POUND)
    total = float(heads.sum())
    at = (rates >= floor) & (rates <= floor + BUNCH_PENCE * MICROS_PER_PENNY)
    return float(heads[at].sum()) / total if total else None


def experience_premium(
    rates: MicroColumn, weights: FloatColumn, months: NDArray[np.integer], *, grade: BoolColumn
) -> float | None:
    """Median pay with five years' service or more, less that with under one year, over the latter (M8).

    months: of service, −1 not recorded; grade: the posts compared. None unless both are found.
    """
    long, new = served(months, grade=grade)
    upper = percentile(tally(rates[long], weights[long]), 0.5)
    lower = percentile(tally(rates[new], weights[new]), 0.5)
    return upper / lower - 1 if upper is not None and lower else None


def months_served(starts: NDArray[np.integer], now: float | None) -> NDArray[np.int64]:
    """Months of service on the day of the data; -1 where the start or the day is not recorded."""
    begun = starts.astype(np.int64)
    return np.full(len(begun), -1) if now is None else np.where(begun < 0, -1, int(now) - begun)


def served(months: NDArray[np.integer], *, grade: BoolColumn) -> tuple[BoolColumn, BoolColumn]:
    """Who of a grade has five years' service or more, and who under one; months of service, −1 not recorded."""
    return grade & (months >= 60), grade & (months >= 0) & (months < 12)


def shares_of_quarters(
    rates: MicroColumn, heads: FloatColumn, women: BoolColumn
) -> tuple[float, float, float, float] | None:
    """Women's share of each quarter of staff by hourly pay, lowest quarter first.

    Of whole heads, one left over goes to the lowest quarter, a second to the upper middle, a third to the lower
    middle. People on the same rate at an edge are divided in proportion. None where nobody is there.
    """
    total = float(heads.sum())
    if not total:
        return None
    distinct, place = np.unique(rates, return_inverse=True)
    everyone = np.bincount(place, weights=heads, minlength=len(distinct))
    share = np.bincount(place, weights=heads * women, minlength=len(distinct)) / np.where(
        everyone, everyone, 1
    )
    ends = np.cumsum(everyone)
    starts = ends - everyone
    edges = np.concatenate([[0.0], np.cumsum(_quarters(total))])
    found = []
    for low, high in pairwise(edges):
        inside = np.clip(np.minimum(ends, high) - np.maximum(starts, low), 0, None)
        found.append(float(inside @ share / (high - low)) if high > low else 0.0)
    return found[0], found[1], found[2], found[3]


def _quarters(total: float) -> list[float]:
    if not total.is_integer():
        return [total / 4] * 4
    each, left = divmod(int(total), 4)
    return [float(each + (left > 0)), float(each + (left > 2)), float(each + (left > 1)), float(each)]
