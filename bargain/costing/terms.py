"""Terms and conditions: what each change adds to pay and to cover.

Cover: an hour off the week or a day of leave in a rota that must be filled is paid for twice, by the share
of posts that are replaced. That share is an assumption of the sector; where it is not recorded the cover is
not known, and is said to be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bargain.costing.labour import PayState
from models.assumptions import Assumption
from models.terms import Terms
from models.units import MICROS_PER_PENNY, MICROS_PER_POUND, FloatColumn, MicroColumn
from models.workforce import Basis, Workforce

COVER_SHARE = "cover_share"
DAYS_OF_YEAR = 260  # working days in a five-day year: a day's pay is pay ÷ 260 (measure M27)


@dataclass(frozen=True, slots=True, eq=False)
class TermChange:
    """One changed term: the state after it and the hours to be covered, a head and a year.

    ``cover_hours`` None means none; ``why`` names what is missing where the change can't be priced.
    """

    element: str
    state: PayState
    cover_hours: FloatColumn | None = None
    why: str = ""


def changes_of(
    state: PayState, workforce: Workforce, *, new: Terms, now: Terms, assumptions: tuple[Assumption, ...]
) -> tuple[tuple[TermChange, ...], Workforce]:
    """Every change of terms in turn, and the workforce with its new hours."""
    changes: list[TermChange] = []
    if new.weekly_hours is not None:
        change, workforce = shorter_week(state, workforce, new.weekly_hours)
        state = change.state
        changes.append(change)
    if new.annual_leave_days is not None:
        changes.append(_leave(state, workforce, new.annual_leave_days, now.annual_leave_days))
    if new.sleep_in_micros is not None:
        changes.append(_sleep_ins(state, workforce, new.sleep_in_micros, now.sleep_in_micros))
        state = changes[-1].state
    if new.paid_training_hours is not None:
        changes.append(_training(state, workforce, new.paid_training_hours, now.paid_training_hours))
        state = changes[-1].state
    if new.employer_pension_ppm is not None:
        state = replace(state, pension_ppm=np.maximum(state.pension_ppm, new.employer_pension_ppm))
        changes.append(TermChange("employer pension", state))
    changes += [TermChange(element, state, why=why) for element, why in _not_priced(new)]
    if cover_share(assumptions) is None:
        changes = [
            replace(one, cover_hours=None, why="the share of hours that must be covered is not recorded")
            if one.cover_hours is not None and one.cover_hours.any()
            else one
            for one in changes
        ]
    return tuple(changes), workforce


def cover_share(assumptions: tuple[Assumption, ...]) -> float | None:
    """The share of lost hours that must be filled by somebody else, 0 to 1; None where not recorded."""
    return next((one.value for one in assumptions if one.key == COVER_SHARE), None)


def shorter_week(state: PayState, workforce: Workforce, weekly_hours: float) -> tuple[TermChange, Workforce]:
    """Full-time posts above the new week come down to it, part-time posts in proportion, pay held.

    Hourly rates rise by old ÷ new week, to the penny, half up; a yearly salary stays as it is.
    """
    longer = workforce.full_hours_w > weekly_hours
    ratio = np.where(longer, weekly_hours / workforce.full_hours_w, 1.0)
    hours_w = workforce.hours_w * ratio
    by_hour = longer & (workforce.basis == Basis.HOUR)
    rates = np.where(
        by_hour, _rates_for(state.rate_micros, workforce.full_hours_w, weekly_hours), state.rate_micros
    )
    units = np.where(by_hour, hours_w * workforce.weeks_y, state.units_y)
    lost = (workforce.hours_w - hours_w) * workforce.weeks_y
    after = replace(
        workforce, hours_w=hours_w, full_hours_w=np.where(longer, weekly_hours, workforce.full_hours_w)
    )
    return TermChange("weekly hours", replace(state, rate_micros=rates, units_y=units), lost), after


def _rates_for(rates: MicroColumn, full_hours_w: FloatColumn, weekly_hours: float) -> MicroColumn:
    """Hourly rates that keep the week's pay, in whole numbers: rate × old hours ÷ new hours, half up."""
    old = np.rint(full_hours_w * 10_000).astype(np.int64)
    new = round(weekly_hours * 10_000) * MICROS_PER_PENNY
    return np.asarray((rates * old * 2 + new) // (2 * new) * MICROS_PER_PENNY)


def _leave(state: PayState, workforce: Workforce, days: float, now: float | None) -> TermChange:
    """Extra days of leave: hours that somebody else must work, where they are covered."""
    if now is None:
        return TermChange("annual leave", state, why="today's days of leave are not recorded")
    hours = np.maximum(days - now, 0.0) / DAYS_OF_YEAR * workforce.hours_w * workforce.weeks_y
    return TermChange("annual leave", state, hours)


def _sleep_ins(state: PayState, workforce: Workforce, rate: int, now: int | None) -> TermChange:
    """The rise in the rate for each sleep-in that staff work in a year."""
    if now is None:
        return TermChange("sleep-ins", state, why="today's sleep-in rate is not recorded")
    if not workforce.sleep_ins_y.any():
        return TermChange("sleep-ins", state, why="the staff data has no sleep-ins")
    rise = workforce.sleep_ins_y * (max(rate - now, 0) / MICROS_PER_POUND)
    return TermChange("sleep-ins", replace(state, extra_y=_more(state, rise)))


def _training(state: PayState, workforce: Workforce, hours: float, now: float | None) -> TermChange:
    """Extra paid training hours at each post's own hourly pay, pro rata."""
    if now is None:
        return TermChange("paid training", state, why="today's paid training hours are not recorded")
    yearly = np.maximum(workforce.hours_w * workforce.weeks_y, 1e-9)
    rise = state.basic_y() / yearly * max(hours - now, 0.0) * workforce.fte
    return TermChange("paid training", replace(state, extra_y=_more(state, rise)))


def _more(state: PayState, rise: FloatColumn) -> FloatColumn:
    return rise if state.extra_y is None else state.extra_y + rise


def _not_priced(new: Terms) -> list[tuple[str, str]]:
    """Terms whose cost the staff data can't tell, with the reason."""
    reasons = []
    if new.sick_pay_full_weeks is not None:
        reasons.append(("sick pay", "the staff data has no sickness by length of absence"))
    if new.unsocial_ppm:
        reasons.append(("unsocial hours", "the staff data has no hours by kind"))
    if new.paid_travel_time is not None:
        reasons.append(("travel time", "the staff data has no travel hours"))
    if new.zero_hours is not None:
        reasons.append(("zero-hours conversion", "the hours to be guaranteed are not recorded"))
    return reasons
