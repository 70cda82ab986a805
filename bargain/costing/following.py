"""What is paid beside basic pay and follows it: premiums, overtime, hours and weeks away that the deal made paid.

A rise in basic pay raises them too (methods, section 3). They are counted where the sector says how much of them there
is; what is not recorded is not guessed.
"""

from __future__ import annotations

import numpy as np

from bargain.assumed import UNSOCIAL, column_of
from bargain.costing.labour import PayState
from bargain.costing.term_change import Setting, TermChange, with_more
from bargain.costing.terms_away import away_paid_y
from models.assumptions import Assumption
from models.terms import Terms
from models.units import PPM, FloatColumn
from models.workforce import Contract

ELEMENT = "enhancements that follow pay"
_OVERTIME = "overtime_hours_y"


def any_follow(assumptions: tuple[Assumption, ...]) -> bool:
    """Whether the sector records anything that moves whenever basic pay does."""
    return any(
        one.value is not None and (one.key == _OVERTIME or one.key.startswith(f"{UNSOCIAL}."))
        for one in assumptions
    )


def not_followed(assumptions: tuple[Assumption, ...], now: Terms) -> tuple[str, ...]:
    """What is recorded of premiums and overtime and yet can't follow a rise, since today's premium is not recorded."""
    premiums = dict(now.unsocial_ppm)
    missing = dict.fromkeys(
        "today's overtime premium is not recorded"
        if one.key == _OVERTIME
        else f"today's premium for {one.key.removeprefix(UNSOCIAL + '.').replace('_', ' ')} is not recorded"
        for one in assumptions
        if one.value
        and (
            (one.key == _OVERTIME and now.overtime_ppm is None)
            or (one.key.startswith(f"{UNSOCIAL}.") and one.key.removeprefix(f"{UNSOCIAL}.") not in premiums)
        )
    )
    return tuple(missing)


def followed(
    before: tuple[PayState, Setting], after: tuple[PayState, Setting], *, now: Terms, first: Terms
) -> TermChange | None:
    """What follows basic pay from one state to another; None where nothing does.

    now: the terms that hold; first: those before the offer, since hours that it made paid follow as well.
    """
    if now == first and not any_follow(after[1].assumptions):
        return None
    rise = _paid_y(*after, now, first) - _paid_y(*before, now, first)
    return TermChange(ELEMENT, with_more(after[0], rise)) if rise.any() else None


def _paid_y(state: PayState, setting: Setting, now: Terms, first: Terms) -> FloatColumn:
    """All of it, £ a year a head."""
    force, held = setting.workforce, setting.assumptions
    hourly = setting.hourly(state)
    paid = np.zeros(len(force))
    for kind, premium in now.unsocial_ppm:
        share = column_of(held, f"{UNSOCIAL}.{kind}", force).values
        if share is not None:
            paid += share * state.basic_y() * (premium / PPM)
    hours = column_of(held, _OVERTIME, force).values
    if hours is not None and now.overtime_ppm is not None:
        paid += hours * hourly * (1 + now.overtime_ppm / PPM)
    paid += _hours_made_paid(setting, now, first) * hourly
    return paid if now == first else paid + away_paid_y(state, setting, now, first)


def _hours_made_paid(setting: Setting, now: Terms, first: Terms) -> FloatColumn:
    """Hours a head and year that an earlier step of the offer made paid."""
    force, held = setting.workforce, setting.assumptions
    made = np.zeros(len(force))
    if now.paid_training_hours is not None and first.paid_training_hours is not None:
        made += force.fte * max(now.paid_training_hours - first.paid_training_hours, 0.0)
    if now.paid_travel_time and first.paid_travel_time is False:
        travel = column_of(held, "travel_hours_y", force).values
        made += 0.0 if travel is None else travel
    if now.zero_hours == "guaranteed" and first.zero_hours != "guaranteed":
        unworked = column_of(held, "guaranteed_unworked_w", force).values
        converted = force.contract == Contract.ZERO_HOURS
        made += 0.0 if unworked is None else np.where(converted, unworked * force.weeks_y, 0.0)
    return made
