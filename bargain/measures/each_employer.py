"""Measures of every employer at once: what a target on each of them asks for, without a view of each.

Only those that would sort pay again for every employer; the rest are as quick taken of its own view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from bargain.measures.differentials import gaps_of, grade_medians, neighbours
from bargain.measures.view import View
from models.target import Target
from models.units import FloatColumn, MicroColumn


def _medians(view: View) -> MicroColumn:
    """After the offer, by employer and grade; worked out once however many targets ask."""
    return view.figures(after=True).of(
        "grade medians",
        lambda: grade_medians(
            view.ranked(after=True),
            view.heads,
            grade_code=view.grade_code,
            employer_code=view.employer_code,
            n_grades=len(view.grades),
        ),
    )


def _differential(view: View, target: Target) -> FloatColumn:
    medians = _medians(view)
    if target.grade not in view.grades or target.over not in view.grades:
        return np.full(len(medians), np.nan)
    return gaps_of(medians, grade=view.grades.index(target.grade), over=view.grades.index(target.over))


def _smallest(view: View, _target: Target) -> FloatColumn:
    least = np.full(int(view.employer_code.max()) + 1 if len(view.employer_code) else 0, np.nan)
    for one in neighbours(
        view.ranked(after=True),
        view.heads,
        grade_code=view.grade_code,
        employer_code=view.employer_code,
        n_grades=len(view.grades),
    ):
        least[one.employers] = np.fmin(least[one.employers], one.gaps)
    return least


# Each: after the offer, shape (n_employers,), in the order of the employers' codes; nan where it does not apply.
AT_ONCE: Mapping[str, Callable[[View, Target], FloatColumn]] = MappingProxyType(
    {"differential": _differential, "smallest_differential": _smallest}
)
