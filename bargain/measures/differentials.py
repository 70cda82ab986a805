"""Differentials between grades: how far a grade stands above the one below, at each employer (M8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    return smallest_gap(
        neighbours(pay, weights, grade_code=grade_code, employer_code=employer_code, n_grades=n_grades)
    )


def smallest_gap(gaps: Iterable[Neighbours]) -> float | None:
    """The least of all gaps; None where no employer has two grades of the ladder."""
    return min((float(one.gaps.min()) for one in gaps), default=None)


def smallest_gaps(gaps: Iterable[Neighbours], n_employers: int) -> FloatColumn:
    """The least gap at each employer, shape (n_employers,); infinite where no two grades of the ladder are found."""
    least = np.full(n_employers, np.inf)
    for one in gaps:
        least[one.employers] = np.minimum(least[one.employers], one.gaps)
    return least


def grade_medians(
    pay: MicroColumn | RankedPay,
    weights: FloatColumn,
    *,
    grade_code: NDArray[np.int32],
    employer_code: NDArray[np.int32],
    n_employers: int,
    n_grades: int,
) -> MicroColumn:
    """The median of each grade at each employer, £/10⁶, -1 where nobody is; shape (n_employers, n_grades)."""
    groups = employer_code * np.int64(n_grades) + grade_code
    if grade_code.min() < 0:
        groups = np.where(grade_code >= 0, groups, -1)
    found = group_pay(pay, weights, groups, n_employers * n_grades)
    return found.percentile_micros(0.5).reshape(n_employers, n_grades)


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
    if not len(pay):
        return iter(())
    return gaps_between(
        grade_medians(
            pay,
            weights,
            grade_code=grade_code,
            employer_code=employer_code,
            n_employers=int(employer_code.max()) + 1,
            n_grades=n_grades,
        )
    )


def gaps_between(medians: MicroColumn) -> Iterator[Neighbours]:
    """The same from the median of each grade at each employer, £/10⁶, shape (n_employers, n_grades)."""
    n_employers = len(medians)
    below = np.zeros(n_employers)  # the last grade down the ladder that the employer uses, nought for none
    which = np.full(n_employers, -1, dtype=np.int64)
    for grade, here in enumerate(medians.T):
        both = np.flatnonzero((here > 0) & (below > 0))
        if len(both):
            yield Neighbours(grade, both, which[both], here[both] / below[both] - 1)
        below = np.where(here > 0, here, below)
        which = np.where(here > 0, grade, which)
