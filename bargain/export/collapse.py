"""Like posts as one cell: everything that the cost of a post depends on, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bargain.ni_reliefs import reliefs_of
from bargain.offers.scope import mask_of
from models.issues import UnusableInput
from models.offer import PayRule
from models.units import BoolColumn, FloatColumn
from models.working import PricedState, Working

Kind = TypeVar("Kind", bound=np.generic)

MOST_CELLS = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """What posts became: ``posts`` is one post of each cell, shape (n_cells,), and ``heads`` the staff in it.

    chosen and cell_of: the posts that have staff, and the cell of each.
    """

    posts: NDArray[np.intp]
    heads: FloatColumn
    chosen: NDArray[np.intp]
    cell_of: NDArray[np.intp]

    def of(self, column: NDArray[Kind]) -> NDArray[Kind]:
        """A column of what all posts of a cell have alike."""
        return np.asarray(column[self.posts])

    def sums(self, column: FloatColumn) -> FloatColumn:
        """A column of pounds, summed over the posts of each cell."""
        return np.bincount(self.cell_of, weights=column[self.chosen], minlength=len(self.posts)).astype(float)


def reached_by(rule: PayRule, working: Working) -> BoolColumn:
    """The posts that a rule reaches."""
    employers = {one.name: one for one in working.employers}
    mask = mask_of(rule.scope, working.workforce, employers, working.points)
    return np.ones(len(working.workforce), dtype=bool) if mask is None else mask


def collapse(working: Working) -> Cells:
    """Posts that nothing tells apart become one cell; posts without staff are left out."""
    chosen = np.flatnonzero(working.workforce.heads > 0)
    key = np.column_stack([np.asarray(column[chosen], dtype=np.float64) for column in _what_tells(working)])
    _, first, cell_of = np.unique(key, axis=0, return_index=True, return_inverse=True)
    if len(first) > MOST_CELLS:
        raise UnusableInput(
            f"The staff data has {len(first):,} posts that differ in pay, hours or employer, more than the "
            f"{MOST_CELLS:,} that a workbook can recalculate in reasonable time; use “cost --json” instead."
        )
    cell_of = cell_of.reshape(-1)
    heads = np.bincount(cell_of, weights=working.workforce.heads[chosen], minlength=len(first)).astype(float)
    return Cells(posts=chosen[first], heads=heads, chosen=chosen, cell_of=cell_of)


def _what_tells(working: Working) -> Iterator[NDArray[np.generic]]:
    force = working.workforce
    yield force.employer_code
    yield force.grade_code
    yield force.basis
    yield reliefs_of(force)
    yield force.pension_ppm
    yield force.pension_on_band
    yield from (force.hours_w, force.full_hours_w, force.weeks_y, force.fte)
    yield working.one_percent.rate_micros
    for step in working.steps:
        if step.settlement.terms.sleep_in_micros is not None:
            yield force.sleep_ins_y
        for rule in step.settlement.pay:
            yield reached_by(rule, working)
        if step.once_y is not None:
            yield step.once_y
        for state in (step.start, *step.stages):
            yield from _state(state)


def _state(state: PricedState) -> Iterator[NDArray[np.generic]]:
    if state.moved:
        yield state.rate_micros
        yield state.units_y
        yield state.extra_y
        yield state.pension_ppm
    yield state.cover_hours
    yield state.paid_hours_y
