"""Differentials between grades: how far a grade stands above the one below, at each employer (M8)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.units import FloatColumn, MicroColumn

_TOLERANCE = 1e-9


def medians_by_group(
    rates: MicroColumn, weights: FloatColumn, groups: NDArray[np.int64], n_groups: int
) -> NDArray[np.int64]:
    """The weighted median rate of each group (no interpolation), -1 where a group has no weight.

    rates: £/10⁶; groups: 0 … n_groups-1, a negative one belongs nowhere; all shape (n,).
    """
    result = np.full(n_groups, -1, dtype=np.int64)
    held = (groups >= 0) & (weights > 0)
    rates, weights, groups = rates[held], weights[held], groups[held]
    if not len(rates):
        return result
    order = np.lexsort((rates, groups))
    rates, weights, groups = rates[order], weights[order], groups[order]
    reached = np.cumsum(weights)
    last = np.flatnonzero(np.r_[groups[1:] != groups[:-1], True])
    ends = reached[last]
    starts = np.r_[0.0, ends[:-1]]
    half = starts + (ends - starts) / 2 * (1 - _TOLERANCE)
    result[groups[last]] = rates[np.searchsorted(reached, half)]
    return result


def differential(
    rates: MicroColumn, weights: FloatColumn, grade_code: NDArray[np.int32], *, grade: int, over: int
) -> float | None:
    """Median pay of a grade over median pay of the one below, less 1; None where either is empty."""
    groups = np.where(grade_code == grade, 0, np.where(grade_code == over, 1, -1)).astype(np.int64)
    upper, lower = medians_by_group(rates, weights, groups, 2)
    return None if upper < 0 or lower <= 0 else float(upper / lower - 1)


def smallest_differential(
    rates: MicroColumn,
    weights: FloatColumn,
    *,
    grade_code: NDArray[np.int32],
    employer_code: NDArray[np.int32],
    n_grades: int,
) -> float | None:
    """The least gap between neighbouring grades of the ladder that are both found at an employer.

    Grade codes follow the ladder, lowest first; a grade that an employer does not use is passed over.
    """
    if not len(rates) or n_grades < 2:
        return None
    n_employers = int(employer_code.max()) + 1
    groups = np.where(grade_code >= 0, employer_code.astype(np.int64) * n_grades + grade_code, -1)
    medians = medians_by_group(rates, weights, groups, n_employers * n_grades).reshape(n_employers, n_grades)
    gaps = [
        upper / lower - 1
        for row in medians
        for lower, upper in pairwise([float(value) for value in row if value > 0])
    ]
    return min(gaps) if gaps else None
