"""What would close the gap between two offers: each single element taken from the other, with its cost."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import fields, replace
from itertools import pairwise

from bargain.appraisal import appraise
from bargain.progress import drive
from bargain.solve.search import SearchStep
from bargain.targets import judge
from models.appraisal import Appraisal
from models.issues import UnusableInput
from models.moves import Closing, Move
from models.offer import Offer, Settlement
from models.sector import Sector
from models.target import Target
from models.terms import Terms

_WHOLE = ("floor_micros", "pay", "differentials", "delete_points", "allowances_ppm", "fees")
_KEYS = {
    "floor_micros": "floor_hourly",
    "differentials": "differential",
    "allowances_ppm": "allowances_percent",
    "employer_pension_ppm": "employer_pension_percent",
    "sleep_in_micros": "sleep_in_rate",
    "unsocial_ppm": "unsocial_percent",
}
_ELEMENTS = {  # by key, the element of a cost that may lack what is needed to price it
    "allowances_percent": "allowances",
    "weekly_hours": "weekly hours",
    "annual_leave_days": "annual leave",
    "sick_pay_full_weeks": "sick pay",
    "employer_pension_percent": "employer pension",
    "sleep_in_rate": "sleep-ins",
    "unsocial_percent": "unsocial hours",
    "paid_training_hours": "paid training",
    "paid_travel_time": "travel time",
    "zero_hours": "zero-hours conversion",
}


def closing(sector: Sector, start: Offer, goal: Offer, targets: tuple[Target, ...] = ()) -> Closing:
    """``closing_steps``, driven to its end."""
    return drive(closing_steps(sector, start, goal, targets))


def closing_steps(
    sector: Sector, start: Offer, goal: Offer, targets: tuple[Target, ...] = ()
) -> Generator[SearchStep, None, Closing]:
    """Every single move from one offer toward another, cheapest first; yields progress.

    A move that makes no offer that can be priced is left out. Raises UnusableInput where one of the two can't be.
    """
    here, there = appraise(sector, start), appraise(sector, goal)
    gap = there.cost.full_year - here.cost.full_year
    met = {one.target.name for one in judge(targets, sector, here) if one.met}
    elements = list(_single(start, goal))
    moves = []
    for count, (key, step, offer) in enumerate(elements, start=1):
        yield SearchStep("pricing single moves", count, len(elements))
        try:
            moved = appraise(sector, offer)
        except UnusableInput:
            continue
        after = {one.target.name for one in judge(targets, sector, moved) if one.met}
        unpriced = _ELEMENTS.get(key) in _unpriced(moved) | _unpriced(here)
        cost = None if unpriced else moved.cost.full_year - here.cost.full_year
        newly = tuple(name for name in (one.name for one in targets) if name in after - met)
        closes = cost / gap if gap and cost is not None else None
        moves.append(Move(key, step, offer, cost, closes, len(after), newly))
    ordered = tuple(sorted(moves, key=lambda one: (one.cost is None, one.cost or 0.0, one.step, one.key)))
    return Closing(start, goal, gap, ordered, sum(one.cost or 0.0 for one in ordered) - gap)


def _unpriced(appraisal: Appraisal) -> set[str]:
    """The elements for which the sector lacks what is needed to price them."""
    return {one.element for one in appraisal.cost.elements if not one.known}


def _single(start: Offer, goal: Offer) -> Iterator[tuple[str, int, Offer]]:
    """Each element in which the offers differ, and the first offer with that element as the second has it."""
    start = replace(start, tabled=False)
    both = min(len(start.settlements), len(goal.settlements))
    for at in range(both):
        mine, theirs = start.settlements[at], goal.settlements[at]
        for key, changed in _changes(mine, theirs):
            steps = (*start.settlements[:at], changed, *start.settlements[at + 1 :])
            if all(one.effective < other.effective for one, other in pairwise(steps)):
                yield key, at + 1, replace(start, settlements=steps)
    for at in range(both, len(goal.settlements)):
        if start.settlements and goal.settlements[at].effective > start.settlements[-1].effective:
            steps = (*start.settlements, goal.settlements[at])
            ends = start.ends if start.ends is None or start.ends > steps[-1].effective else goal.ends
            yield "settlement", at + 1, replace(start, settlements=steps, ends=ends)
    if len(start.settlements) > len(goal.settlements) > 0:
        yield "without_settlement", len(start.settlements), replace(start, settlements=start.settlements[:-1])


def _changes(mine: Settlement, theirs: Settlement) -> Iterator[tuple[str, Settlement]]:
    for field in _WHOLE:
        if getattr(mine, field) != getattr(theirs, field):
            yield _KEYS.get(field, field), replace(mine, **{field: getattr(theirs, field)})
    for one in fields(Terms):
        wanted = getattr(theirs.terms, one.name)
        if getattr(mine.terms, one.name) != wanted:
            terms = replace(mine.terms, **{one.name: wanted})
            yield _KEYS.get(one.name, one.name), replace(mine, terms=terms)
    if (mine.effective, mine.paid_from) != (theirs.effective, theirs.paid_from):
        yield "effective", replace(mine, effective=theirs.effective, paid_from=theirs.paid_from)
