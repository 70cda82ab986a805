"""Differentials between grades: how far a grade stands above the one below, at each employer (M8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.measures.grouped import group_pay
from bargain.measures.ranked import RankedPay
from models.units import FloatColumn, MicroColumn


def differential(
    pay: MicroColumn | RankedPay,
    weights: FloatColumn,
    grade_code: NDArray[np.int32],
    *,
    grade: int,
    over: int,
) -> float | None:
    """Median pay of a grade over median pay of the one below, less 1; None where either is empty."""
    groups = np.where(grade_code == grade, 0, np.where(grade_code == over, 1, -1)).astype(np.int64)
    upper, lower = group_pay(pay, weights, groups, 2).percentile_micros(0.5)
    return None if upper < 0 or lower <= 0 else float(upper / lower - 1)


def smallest_differential(
    pay: MicroColumn | RankedPay,
    weights: FloatColumn,
    *,
    grade_code: NDArray[np.int32],
    employer_code: NDArray[np.int32],
    n_grades: int,
) -> float | None:
    """The least gap between neighbouring grades of the ladder that are both found at an employer.

    Grade codes follow the ladder, lowest first; a grade that an employer does not use is passed over.
    """
    least = [
        float(one.gaps.min())
        for one in neighbours(
            pay, weights, grade_code=grade_code, employer_code=employer_code, n_grades=n_grades
        )
    ]
    return min(least) if least else None


def grade_medians(
    pay: MicroColumn | RankedPay,
    weights: FloatColumn,
    *,
    grade_code: NDArray[np.int32],
    employer_code: NDArray[np.int32],
    n_grades: int,
) -> MicroColumn:
    """Median pay of every grade at every employer, £/10⁶, shape (n_employers, n_grades); -1 where nobody is."""
    n_employers = int(employer_code.max()) + 1 if len(employer_code) else 0
    groups = employer_code * np.int64(n_grades) + grade_code
    if len(grade_code) and grade_code.min() < 0:
        groups = np.where(grade_code >= 0, groups, -1)
    found = group_pay(pay, weights, groups, n_employers * n_grades)
    return found.percentile_micros(0.5).reshape(n_employers, n_grades)


def gaps_of(medians: MicroColumn, *, grade: int, over: int) -> FloatColumn:
    """``differential`` at every employer, shape (n_employers,); nan where either grade is empty."""
    upper, lower = medians[:, grade], medians[:, over]
    both = (upper >= 0) & (lower > 0)
    gaps = np.full(len(medians), np.nan)
    gaps[both] = upper[both] / lower[both] - 1
    return gaps


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """One grade over the next one down that an employer uses: its code, the employers, the grades below, the gaps.

    employers, below: codes; gaps: shares; shape (n_employers_with_both,).
    """

    grade: int
    employers: NDArray[np.intp]
    below: NDArray[np.int64]
    gaps: FloatColumn


def neighbours(
    pay: MicroColumn | RankedPay,
    weights: FloatColumn,
    *,
    grade_code: NDArray[np.int32],
    employer_code: NDArray[np.int32],
    n_grades: int,
) -> Iterator[Neighbours]:
    """Each grade of the ladder, lowest first, with its gap at every employer that has it and one below it."""
    if not len(pay) or n_grades < 2:
        return
    medians = grade_medians(
        pay, weights, grade_code=grade_code, employer_code=employer_code, n_grades=n_grades
    )
    below = np.zeros(len(medians))  # the last grade down the ladder that the employer uses, nought for none
    which = np.full(len(medians), -1, dtype=np.int64)
    for grade, here in enumerate(medians.T):
        both = np.flatnonzero((here > 0) & (below > 0))
        if len(both):
            yield Neighbours(grade, both, which[both], here[both] / below[both] - 1)
        below = np.where(here > 0, here, below)
        which = np.where(here > 0, grade, which)
