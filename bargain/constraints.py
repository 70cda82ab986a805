"""What keeps each employer in, as a register: one constraint an employer, which may be a clause of the draft."""

from __future__ import annotations

import math
from dataclasses import replace

from models.issues import UnusableInput
from models.sector import Sector
from models.what_if import Constraint, StayingPlan


def constraint_of(plan: StayingPlan, employer: str) -> Constraint:
    """What is recorded for an employer; an empty record where nothing is."""
    return next((one for one in plan.constraints if one.employer == employer), Constraint(employer))


def with_constraint(plan: StayingPlan, after: Constraint) -> StayingPlan:
    """The plan with an employer's record in the place of the one before; an empty record is taken out.

    A clause without words is none, and pounds that are not known are not told. Raises UnusableInput for pounds below
    nought.
    """
    if after.pounds is not None and not (math.isfinite(after.pounds) and after.pounds >= 0):
        raise UnusableInput(
            f"Leaving can't cost {after.employer} {after.pounds:g} pounds a year; give what it would lose, from 0."
        )
    in_draft = after.in_draft and bool(after.what.strip())
    after = replace(
        after, in_draft=in_draft, tells_worth=in_draft and after.tells_worth and after.pounds is not None
    )
    is_there = after.pounds is not None or bool(after.what)
    held = plan.constraints
    if any(one.employer == after.employer for one in held):
        kept = tuple(
            after if one.employer == after.employer else one
            for one in held
            if is_there or one.employer != after.employer
        )
        return replace(plan, constraints=kept)
    return replace(plan, constraints=(*held, after)) if is_there else plan


def clauses_on_leaving(sector: Sector) -> tuple[tuple[str, tuple[Constraint, ...]], ...]:
    """The words of each clause with whom it binds: records of the same words are one clause, in their order."""
    found: dict[str, list[Constraint]] = {}
    for one in sector.what_if.staying.constraints:
        if one.in_draft and one.what.strip():
            found.setdefault(one.what.strip().rstrip("."), []).append(one)
    return tuple((words, tuple(held)) for words, held in found.items())
