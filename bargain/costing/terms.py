"""Terms and conditions: what each change adds to pay, and the hours that others must work for it.

A term costs money in two ways. What staff are paid beside basic pay is cash. An hour off the week or a day of
leave takes hours out of the rota; where they must be filled they are paid for twice, by the share of them that is
covered. That share is an assumption of the sector; every term is therefore priced without cover, with cover for
every hour, and with the sector's share, which is not known where it is not recorded.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from bargain.assumed import COVER_SHARE, Assumed, column_of, value_of
from bargain.costing.following import followed
from bargain.costing.labour import PayState
from bargain.costing.term_change import DAYS_OF_YEAR, Setting, TermChange
from bargain.costing.terms_away import maternity_pay, sick_pay
from bargain.costing.terms_paid import allowances, paid_terms
from models.assumptions import Assumption
from models.basis import Basis
from models.terms import Terms
from models.units import MICROS_PER_PENNY, FloatColumn, MicroColumn
from models.workforce import Workforce

NO_SHARE = "the share of hours that must be covered is not recorded"


def changes_of(
    state: PayState,
    workforce: Workforce,
    *,
    new: Terms,
    now: Terms,
    assumptions: tuple[Assumption, ...],
    day: date,
    allowances_ppm: int | None = None,
    first: Terms | None = None,
) -> tuple[tuple[TermChange, ...], Workforce]:
    """Every change of terms in turn, and the workforce with its new hours.

    Order: hours, leave, supervision, family leave; then what is paid beside basic pay; then sick and maternity
    pay; then pension. day: that on which the step takes effect, for the statutory figures. first: the terms before the
    offer, None where these are ``now``.
    """
    changes: list[TermChange] = []
    if new == Terms() and not allowances_ppm:
        return (), workforce
    if new.weekly_hours is not None:
        before = (state, Setting(workforce, assumptions, day))
        change, workforce = shorter_week(state, workforce, new.weekly_hours)
        changes.append(change)
        after = (change.state, Setting(workforce, assumptions, day))
        follows = followed(before, after, now=now, first=now if first is None else first)
        changes += [] if follows is None else [follows]
        state = changes[-1].state
    setting = Setting(workforce, assumptions, day)
    changes += _hours_away(state, setting, new, now)
    for make in (paid_terms, sick_pay, maternity_pay):
        for change in make(state, setting, new, now):
            state = change.state
            changes.append(change)
    if new.employer_pension_ppm is not None:
        state = replace(state, pension_ppm=np.maximum(state.pension_ppm, new.employer_pension_ppm))
        changes.append(TermChange("employer pension", state))
    if allowances_ppm:
        changes.append(allowances(state, setting, allowances_ppm))
    if cover_share(assumptions) is None:
        changes = [
            replace(one, why=NO_SHARE)
            if one.cover_hours is not None and one.cover_hours.any() and not one.why
            else one
            for one in changes
        ]
    return tuple(changes), workforce


def cover_share(assumptions: tuple[Assumption, ...]) -> float | None:
    """The share of lost hours that must be filled by somebody else, 0 to 1; None where not recorded."""
    return value_of(assumptions, COVER_SHARE)


def shorter_week(state: PayState, workforce: Workforce, weekly_hours: float) -> tuple[TermChange, Workforce]:
    """Full-time posts above the new week come down to it, part-time posts in proportion, pay held.

    Hourly rates rise by old ÷ new week, to the penny, half up; a yearly salary stays as it is. The hours that
    go are filled at the new cost of an hour: who fills them works the new week too.
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
    return (
        TermChange(
            "weekly hours",
            replace(state, rate_micros=rates, units_y=units),
            lost,
            hours_y=hours_w * workforce.weeks_y,
        ),
        after,
    )


def _rates_for(rates: MicroColumn, full_hours_w: FloatColumn, weekly_hours: float) -> MicroColumn:
    """Hourly rates that keep the week's pay, in whole numbers: rate × old hours ÷ new hours, half up."""
    old = np.rint(full_hours_w * 10_000).astype(np.int64)
    new = round(weekly_hours * 10_000) * MICROS_PER_PENNY
    return np.asarray((rates * old * 2 + new) // (2 * new) * MICROS_PER_PENNY)


def _hours_away(state: PayState, setting: Setting, new: Terms, now: Terms) -> list[TermChange]:
    """Leave, supervision and family leave: pay goes on, and the hours are lost to the rota."""
    force = setting.workforce
    paid = force.hours_w * force.weeks_y
    full = force.fte
    changes = []

    def lost(element: str, what: str, days_or_hours: float, before: float | None, a_unit: Assumed) -> None:
        if before is None:
            changes.append(TermChange(element, state, why=f"today's {what} are not recorded"))
        elif a_unit.values is None:
            changes.append(TermChange(element, state, why=a_unit.why))
        else:
            hours = np.maximum(days_or_hours - before, 0.0) * a_unit.values
            changes.append(TermChange(element, state, hours, hours_y=paid))

    if new.annual_leave_days is not None:
        day = Assumed(paid / DAYS_OF_YEAR)
        lost("annual leave", "days of leave", new.annual_leave_days, now.annual_leave_days, day)
    if new.paid_supervision_hours is not None:
        lost(
            "supervision",
            "hours of supervision",
            new.paid_supervision_hours,
            now.paid_supervision_hours,
            Assumed(full),
        )
    if new.family_leave_days is not None:
        taken = column_of(setting.assumptions, "family_leave_taken", force)
        if taken.values is not None:
            taken = Assumed(taken.values * paid / DAYS_OF_YEAR)
        lost("family leave", "days of family leave", new.family_leave_days, now.family_leave_days, taken)
    return changes
