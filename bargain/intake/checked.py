"""What the checks look at, and the small tools they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeGuard

import numpy as np

from bargain.intake.choices import Chosen
from bargain.intake.coded import Coded, Mask, grouped
from bargain.intake.ni_once import Persons
from bargain.intake.pay import PayPlan
from bargain.intake.posts import Posts
from bargain.intake.reading import Problem, SectorFacts
from bargain.intake.rows import PLACES
from bargain.intake.staff import Counted, StaffTable


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """What the checks look at: the rows as read and the posts made of them, in the same order."""

    staff: StaffTable
    posts: Posts
    counted: Counted
    plan: PayPlan
    facts: SectorFacts
    chosen: Chosen = Chosen()
    persons: Persons | None = None
    where: tuple[str, str] = ("", "")  # file and sheet

    def problem(
        self, code: str, at: int, field: str, value: object, reason: str, *, set_aside: bool = False
    ) -> Problem:
        """A problem in a field of a row."""
        heading = self.plan.heading if field == "pay" else self.staff.headings.get(field, "")
        shown = (
            "" if value is None else f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
        )
        return Problem(code, int(self.staff.rows[at]), heading, shown, reason, set_aside)


Check = Callable[[Checked], Iterator[Problem]]


def each_value(
    checked: Checked,
    column: Coded[str],
    code: str,
    field: str,
    *,
    odd: Callable[[str], bool],
    reason: Callable[[str], str],
    among: Mask | None = None,
) -> Iterator[Problem]:
    """A problem for each odd value, at its first row; for every row that has it where something was chosen about it."""
    where = column.mask(odd) if among is None else column.mask(odd) & among
    places = np.flatnonzero(where)
    if not len(places):
        return
    if checked.chosen.has(code):
        for at in places.tolist():
            yield checked.problem(code, at, field, column[at], reason(column[at]))
        return
    there = column.take(places)
    codes, firsts = grouped([there])
    sizes = np.bincount(codes, minlength=len(firsts))
    for group in np.argsort(firsts).tolist():
        first = int(places[firsts[group]])
        rows = checked.staff.rows[places[codes == group][:PLACES]] if len(firsts) <= PLACES else ()
        yield replace(
            checked.problem(code, first, field, column[first], reason(column[first])),
            rows=int(sizes[group]),
            places=tuple(int(row) for row in rows),
        )


def hits(where: Mask) -> list[int]:
    """The places where a mask is true."""
    found: list[int] = np.flatnonzero(where).tolist()
    return found


def is_none(value: object) -> bool:
    return value is None


def above_nought(value: Decimal | None) -> TypeGuard[Decimal]:
    return value is not None and value > 0


def first_places(column: Coded[str]) -> list[tuple[str, int]]:
    """Each text that occurs and the place where it occurs first, in order of rows."""
    _codes, firsts = grouped([column])
    return [(column[at], at) for at in np.sort(firsts).tolist()]
