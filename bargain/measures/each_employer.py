"""Measures of every employer at once: what a target on each of them asks for, without a view of each.

Only those that would sort pay again for every employer; the rest are as quick taken of its own view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from bargain.measures.differentials import smallest_gaps
from bargain.measures.view import View
from models.target import Target
from models.units import FloatColumn, MicroColumn


def _medians(view: View) -> MicroColumn:
    """After the offer, by employer and grade; worked out once however many targets ask."""
    found = view.grade_medians(after=True)
    return np.empty((0, len(view.grades)), dtype=np.int64) if found is None else found


def _differential(view: View, target: Target) -> FloatColumn:
    medians = _medians(view)
    gaps = np.full(len(medians), np.nan)
    if target.grade not in view.grades or target.over not in view.grades:
        return gaps
    upper, lower = (medians[:, view.grades.index(name)] for name in (target.grade, target.over))
    both = (upper >= 0) & (lower > 0)
    gaps[both] = upper[both] / lower[both] - 1
    return gaps


def _smallest(view: View, _target: Target) -> FloatColumn:
    least = smallest_gaps(view.grade_gaps(after=True), len(_medians(view)))
    return np.where(np.isfinite(least), least, np.nan)


def _margin(view: View, _target: Target) -> FloatColumn:
    names = () if view.posts is None else view.posts.employers
    known = {one.name: one.margin_after for one in view.with_revenue}
    margins = (known.get(name) for name in names)
    return np.array([np.nan if one is None else one for one in margins])


# Each: after the offer, shape (n_employers,), in the order of the employers' codes; nan where it is not known or does
# not apply.
AT_ONCE: Mapping[str, Callable[[View, Target], FloatColumn]] = MappingProxyType(
    {"differential": _differential, "smallest_differential": _smallest, "operating_margin": _margin}
)
