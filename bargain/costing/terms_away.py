"""Sick and maternity pay: what full pay adds to the statutory minimum, for absence that there is anyway.

The hours are lost today too, and filled or not as they are today: an offer changes only what is paid for them.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from bargain.assumed import column_of
from bargain.costing.labour import PayState
from bargain.costing.term_change import DAYS_OF_WEEK, DAYS_OF_YEAR, Setting, TermChange, with_more
from bargain.parameters.load import parameters, value_on
from bargain.plain_days import in_full
from models.terms import Terms
from models.units import FloatColumn

_EARNINGS_RELATED_WEEKS = 6
_PAID_WEEKS = 39


def sick_pay(state: PayState, setting: Setting, new: Terms, now: Terms) -> list[TermChange]:
    """Days of absence that full pay newly reaches × (a day's pay − a day's Statutory Sick Pay).

    Absence over a year is taken to be spread exponentially about its mean D, so that the days beyond the first
    n full-pay weeks are D × exp(−5n ÷ D): many are away little and few are away long. Statutory Sick Pay is the
    lower of the weekly rate and 80 % of earnings, from the first day (Employment Rights Act 2025, from
    6 April 2026).
    """
    element, weeks, before = "sick pay", new.sick_pay_full_weeks, now.sick_pay_full_weeks
    if weeks is None:
        return []
    if before is None:
        return [TermChange(element, state, why="today's weeks of sick pay at full pay are not recorded")]
    if setting.day < _first("sick_pay_rate"):
        return [
            TermChange(element, state, why=f"Statutory Sick Pay of {in_full(setting.day)} is not recorded")
        ]
    absent = column_of(setting.assumptions, "sick_days_y", setting.workforce)
    if absent.values is None:
        return [TermChange(element, state, why=absent.why)]
    gain = _sick_gain(state, absent.values, before, max(weeks, before), setting.day)
    return [TermChange(element, with_more(state, gain))]


def _sick_gain(state: PayState, absent: FloatColumn, before: float, after: float, day: date) -> FloatColumn:
    """What more weeks of full pay add to Statutory Sick Pay, £ a year a head."""
    reached = days_beyond(absent, before) - days_beyond(absent, after)
    a_day = state.basic_y() / DAYS_OF_YEAR
    statutory = np.minimum(
        float(value_on("sick_pay_rate", day).value) / DAYS_OF_WEEK,
        a_day * float(value_on("sick_pay_share", day).value),
    )
    return np.asarray(reached * (a_day - statutory))


def days_beyond(mean_days: FloatColumn, weeks: float) -> FloatColumn:
    """Days of absence a head that come after so many weeks away in a year, given the mean."""
    some = np.maximum(mean_days, 1e-9)
    return np.asarray(mean_days * np.exp(-DAYS_OF_WEEK * weeks / some))


def maternity_pay(state: PayState, setting: Setting, new: Terms, now: Terms) -> list[TermChange]:
    """Weeks newly at full pay × (a week's pay − Statutory Maternity Pay of that week) × staff who take leave.

    Source: Social Security Contributions and Benefits Act 1992 s.166: six weeks at 90 % of earnings, then to
    week 39 the lower of that and the standard rate. What an employer reclaims does not change.
    """
    element, weeks, before = "maternity pay", new.maternity_full_weeks, now.maternity_full_weeks
    if weeks is None:
        return []
    if before is None:
        return [TermChange(element, state, why="today's weeks of maternity pay at full pay are not recorded")]
    if setting.day < _first("maternity_pay_rate"):
        return [
            TermChange(
                element, state, why=f"Statutory Maternity Pay of {in_full(setting.day)} is not recorded"
            )
        ]
    taking = column_of(setting.assumptions, "maternity_share", setting.workforce)
    if taking.values is None:
        return [TermChange(element, state, why=taking.why)]
    gain = taking.values * _maternity_gain(state, before, max(weeks, before), setting.day)
    return [TermChange(element, with_more(state, gain))]


def _maternity_gain(state: PayState, before: float, after: float, day: date) -> FloatColumn:
    """What more weeks of full pay add to Statutory Maternity Pay, £ for each who takes the leave."""
    a_week = state.basic_y() / (DAYS_OF_YEAR / DAYS_OF_WEEK)
    high = a_week * float(value_on("maternity_pay_share", day).value)
    low = np.minimum(high, float(value_on("maternity_pay_rate", day).value))
    early = _within(before, after, 0, _EARNINGS_RELATED_WEEKS)
    middle = _within(before, after, _EARNINGS_RELATED_WEEKS, _PAID_WEEKS)
    rest = (after - before) - early - middle
    return np.asarray(early * (a_week - high) + middle * (a_week - low) + rest * a_week)


def away_paid_y(state: PayState, setting: Setting, now: Terms, first: Terms) -> FloatColumn:
    """What weeks of full pay that earlier steps of an offer gave add now, £ a year a head, nought where they are not known."""
    found = np.zeros(len(setting.workforce))
    sick, sick_first = now.sick_pay_full_weeks, first.sick_pay_full_weeks
    if sick is not None and sick_first is not None and sick > sick_first:
        absent = column_of(setting.assumptions, "sick_days_y", setting.workforce).values
        if absent is not None and setting.day >= _first("sick_pay_rate"):
            found += _sick_gain(state, absent, sick_first, sick, setting.day)
    weeks, weeks_first = now.maternity_full_weeks, first.maternity_full_weeks
    if weeks is not None and weeks_first is not None and weeks > weeks_first:
        taking = column_of(setting.assumptions, "maternity_share", setting.workforce).values
        if taking is not None and setting.day >= _first("maternity_pay_rate"):
            found += taking * _maternity_gain(state, weeks_first, weeks, setting.day)
    return found


def _within(start: float, end: float, least: float, most: float) -> float:
    """How much of a span lies in another."""
    return max(min(end, most) - max(start, least), 0.0)


def _first(key: str) -> date:
    return parameters()[key].values[0].starts
