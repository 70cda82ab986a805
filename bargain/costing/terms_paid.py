"""Terms that are paid beside basic pay: nights, on-call, overtime, unsocial hours, travel, training, zero hours.

They take no hours out of the rota, so each costs the same whether or not lost hours are filled.
"""

from __future__ import annotations

import numpy as np

from bargain.assumed import UNSOCIAL, Assumed, column_of
from bargain.costing.labour import PayState
from bargain.costing.term_change import Setting, TermChange, with_more
from models.terms import Terms
from models.units import MICROS_PER_POUND, PPM, FloatColumn
from models.workforce import Contract


def paid_terms(state: PayState, setting: Setting, new: Terms, now: Terms) -> list[TermChange]:
    """Every such term that an offer sets, each from the state that the one before it left."""
    changes: list[TermChange] = []
    for element, before, counts, rise in _wanted(state, setting, new, now):
        if counts.values is None or before:
            changes.append(TermChange(element, state, why=before or counts.why))
            continue
        state = with_more(state, counts.values * rise)
        changes.append(TermChange(element, state))
    return changes


Wanted = tuple[str, str, Assumed, FloatColumn | float]  # element, why not, how many a head, £ more for each


def _wanted(state: PayState, setting: Setting, new: Terms, now: Terms) -> list[Wanted]:
    hourly = setting.hourly(state)
    found: list[Wanted] = []
    for element, what, key, after, before in (
        ("sleep-ins", "sleep-in rate", "sleep_ins_y", new.sleep_in_micros, now.sleep_in_micros),
        (
            "waking nights",
            "payment for a waking night",
            "waking_nights_y",
            new.waking_night_micros,
            now.waking_night_micros,
        ),
        ("on-call", "on-call payment", "on_call_y", new.on_call_micros, now.on_call_micros),
    ):
        if after is not None:
            rise = max(after - (before or 0), 0) / MICROS_PER_POUND
            found.append((element, _today(what, before), _counted(key, setting), rise))
    if new.paid_training_hours is not None:
        more = max(new.paid_training_hours - (now.paid_training_hours or 0.0), 0.0)
        why = "today's paid training hours are not recorded" if now.paid_training_hours is None else ""
        found.append(("paid training", why, Assumed(setting.workforce.fte * more), hourly))
    if new.overtime_ppm is not None:
        rise_ppm = max(new.overtime_ppm - (now.overtime_ppm or 0), 0)
        counts = column_of(setting.assumptions, "overtime_hours_y", setting.workforce)
        found.append(
            ("overtime", _today("overtime premium", now.overtime_ppm), counts, hourly * (rise_ppm / PPM))
        )
    found += [_unsocial(kind, premium, state, setting, now) for kind, premium in new.unsocial_ppm]
    if new.paid_travel_time is not None:
        found.append(_travel(hourly, setting, wanted=new.paid_travel_time, now=now))
    if new.zero_hours is not None:
        found.append(_guaranteed(hourly, setting, now))
    return found


def _today(what: str, before: int | None) -> str:
    return f"today's {what} is not recorded" if before is None else ""


def _counted(key: str, setting: Setting) -> Assumed:
    """Times a year: as the staff data counts sleep-ins, else as the sector assumes."""
    force = setting.workforce
    if key == "sleep_ins_y" and force.sleep_ins_y.any():
        return Assumed(force.sleep_ins_y)
    return column_of(setting.assumptions, key, force)


def _unsocial(kind: str, premium: int, state: PayState, setting: Setting, now: Terms) -> Wanted:
    """The rise in a premium on the share of hours worked at that time: share × basic pay × rise."""
    words = kind.replace("_", " ")
    before = dict(now.unsocial_ppm).get(kind)
    share = column_of(setting.assumptions, f"{UNSOCIAL}.{kind}", setting.workforce)
    rise = max(premium - (before or 0), 0) / PPM
    why = f"today's premium for {words} is not recorded" if before is None else ""
    return f"unsocial hours ({words})", why, share, state.basic_y() * rise


def _travel(hourly: FloatColumn, setting: Setting, *, wanted: bool, now: Terms) -> Wanted:
    """Hours between places of work, paid from now on at the post's own rate; nought where they are already."""
    if not wanted or now.paid_travel_time:
        return "travel time", "", Assumed(np.zeros(len(hourly))), 0.0
    why = "whether travel time is paid today is not recorded" if now.paid_travel_time is None else ""
    return "travel time", why, column_of(setting.assumptions, "travel_hours_y", setting.workforce), hourly


def _guaranteed(hourly: FloatColumn, setting: Setting, now: Terms) -> Wanted:
    """Guaranteed hours for which there is no work, on contracts that are zero-hours today."""
    element, force = "zero-hours conversion", setting.workforce
    converted = force.contract == Contract.ZERO_HOURS
    if now.zero_hours == "guaranteed" or (
        not converted.any() and not (force.contract == Contract.UNKNOWN).any()
    ):
        return element, "", Assumed(np.zeros(len(hourly))), 0.0
    if not converted.any():
        return element, "the staff data does not say which contracts are zero-hours", Assumed(None), 0.0
    hours = column_of(setting.assumptions, "guaranteed_unworked_w", force)
    if hours.values is not None:
        hours = Assumed(np.where(converted, hours.values * force.weeks_y, 0.0))
    return element, "", hours, hourly


def allowances(state: PayState, setting: Setting, rise_ppm: int) -> TermChange:
    """Allowances that an offer raises on their own: the share of basic pay that they come to today × the rise."""
    share = column_of(setting.assumptions, "allowances_share", setting.workforce)
    if share.values is None:
        return TermChange("allowances", state, why=share.why)
    rise = share.values * state.basic_y() * (rise_ppm / PPM)
    return TermChange("allowances", with_more(state, rise))
