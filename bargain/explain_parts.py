"""Which posts a part of a cost is made of, and who among them adds most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bargain.costing.breakdown import NOT_MAPPED, NOT_RECORDED
from bargain.explain_lines import Group
from bargain.plain_days import in_full
from bargain.small_groups import SMALLEST_GROUP
from models.appraisal import Appraisal
from models.costing import GroupCost
from models.issues import UnusableInput
from models.units import BoolColumn, FloatColumn
from models.working import Working

GROUPS = {"employer": "by_employer", "grade": "by_grade", "ownership": "by_ownership", "region": "by_region"}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which part of the full-year cost."""

    element: str = ""
    step: str = ""
    kind: str = ""
    group: str = ""

    @property
    def label(self) -> str:
        if self.element:
            return f"Full-year cost of “{self.element}”"
        if self.step:
            return f"Full-year cost of the step of {in_full(date.fromisoformat(self.step))}"
        return f"Full-year cost, {self.group}"


def group_of(appraisal: Appraisal, choice: Choice) -> GroupCost | None:
    """The row of a group; None where there is none. Raises UnusableInput for one of fewer than ten staff."""
    groups: Sequence[GroupCost] = getattr(appraisal.cost, GROUPS[choice.kind])
    found = next((one for one in groups if one.name == choice.group), None)
    if found is not None and found.people < SMALLEST_GROUP:
        raise UnusableInput(
            f"“{found.name}” has fewer than {SMALLEST_GROUP} staff; its cost would tell one person's pay. "
            "Ask for the whole sector, or a larger group."
        )
    return found


def weight_of(group: GroupCost, choice: Choice) -> float:
    """How many of its kind an employer's row stands for: its own figures, as tables show them, are so much less."""
    return group.represents if choice.kind == "employer" else 1.0


def staff_in_words(heads: float) -> str:
    """A number of staff, with pence of a person only where there are any."""
    return f"{heads:,.0f}" if float(heads).is_integer() else f"{heads:,.2f}"


def chosen_posts(working: Working, choice: Choice) -> BoolColumn:
    """The posts of the chosen group; everyone where none is chosen."""
    force = working.workforce
    if not choice.kind:
        return np.ones(len(force), dtype=bool)
    if choice.kind == "grade":
        code = -1 if choice.group == NOT_MAPPED else force.grades.index(choice.group)
        return np.asarray(force.grade_code == code)
    of = {
        "employer": [one.name for one in working.employers],
        "ownership": [str(one.ownership) for one in working.employers],
        "region": [one.region or NOT_RECORDED for one in working.employers],
    }[choice.kind]
    wanted = np.array([name == choice.group for name in of])
    return np.asarray(wanted[force.employer_code])


def contributing(
    working: Working, per_post: FloatColumn, chosen: BoolColumn, choice: Choice
) -> tuple[str, list[Group]]:
    """By grade within one employer, by employer otherwise."""
    force = working.workforce
    by_grade = choice.kind == "employer" or len(force.employers) == 1
    names = (*force.grades, NOT_MAPPED) if by_grade else force.employers
    codes: NDArray[np.integer] = (
        np.where(force.grade_code < 0, len(force.grades), force.grade_code)
        if by_grade
        else force.employer_code
    )
    pounds = np.bincount(codes, weights=per_post, minlength=len(names))
    stands_for = np.array([one.represents for one in working.employers])[force.employer_code]
    people = np.bincount(codes, weights=np.where(chosen, force.heads / stands_for, 0.0), minlength=len(names))
    rows = [(name, float(people[at]), float(pounds[at])) for at, name in enumerate(names)]
    return "grade" if by_grade else "employer", rows
