"""What the checks look at, and the small tools they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeGuard

import numpy as np

from bargain.intake.coded import Coded, Mask, grouped
from bargain.intake.pay import PayPlan
from bargain.intake.posts import Posts
from bargain.intake.reading import Problem, SectorFacts
from bargain.intake.staff import Counted, StaffTable


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """What the checks look at: the rows as read and the posts made of them, in the same order."""

    staff: StaffTable
    posts: Posts
    counted: Counted
    plan: PayPlan
    facts: SectorFacts

    def problem(
        self, code: str, at: int, field: str, value: object, reason: str, *, set_aside: bool = False
    ) -> Problem:
        """A problem in a field of a row."""
        heading = self.plan.heading if field == "pay" else self.staff.headings.get(field, "")
        shown = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
        return Problem(code, int(self.staff.rows[at]), heading, shown, reason, set_aside)


Check = Callable[[Checked], Iterator[Problem]]


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
