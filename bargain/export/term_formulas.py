"""Formulas for terms: what is paid beside basic pay, and the hours that a term takes out of the rota."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.terms import Terms
from models.units import MICROS_PER_POUND, PPM, FloatColumn

LEAST = "0.000000001"
UNSOCIAL = "unsocial hours ("
_CLOSE = 1e-7  # £ or hours a head a year
_PAYMENTS = {
    "sleep-ins": ("sleep_in", "sleep_in_micros"),
    "waking nights": ("waking_night", "waking_night_micros"),
    "on-call": ("on_call", "on_call_micros"),
}


@dataclass(frozen=True, slots=True, eq=False)
class TermFormula:
    """A formula for a term. counts: a column of how many a head that it names ``{counts_…}``, or None."""

    text: str
    counts: FloatColumn | None = None
    heading: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What a term's formula stands on. terms: before and after the step. key: of the stage, number: of the step.

    hourly, basic: a head's pay of a paid hour and basic pay of a year, as formulas; the values beside them. assumed: what
    the sector assumes under a key for each cell, or None. law: a statutory figure of the step's day.
    """

    number: int
    key: str
    terms: tuple[Terms, Terms]
    hourly: str
    hourly_pay: FloatColumn
    basic: str
    basic_pay: FloatColumn
    fte: FloatColumn
    assumed: Callable[[str], FloatColumn | None]
    law: Callable[[str], float]
    allowances_ppm: int | None = None

    def raised(self, anchor: str) -> str:
        """By how much a figure of the Offer sheet is above today's."""
        cell = f"{{@s{self.number}_{anchor}}}"
        return f"MAX({cell}-{cell[:-1]}_now}},0)"


def paid_beside(element: str, at: Setting, more: FloatColumn) -> TermFormula | None:
    """What a term adds beside basic pay, £ a head; None where no formula gives what the engine has.

    more: what the engine adds.
    """
    before, after = at.terms
    counted = f"{{counts_{at.key}}}"
    if element in _PAYMENTS:
        anchor, field = _PAYMENTS[element]
        rise = ((getattr(after, field) or 0) - (getattr(before, field) or 0)) / MICROS_PER_POUND
        return _counted(
            f"{counted}*{at.raised(anchor)}", np.full(len(more), rise), more, f"{element} a year, a head"
        )
    if element == "paid training":
        hours = max((after.paid_training_hours or 0.0) - (before.paid_training_hours or 0.0), 0.0)
        text = f"{at.hourly}*{at.raised('paid_training_hours')}*{{fte}}"
        return TermFormula(text) if _same(at.hourly_pay * hours * at.fte, more) else None
    if element == "overtime":
        rise = max((after.overtime_ppm or 0) - (before.overtime_ppm or 0), 0) / PPM
        text = f"{counted}*{at.hourly}*{at.raised('overtime')}"
        return _counted(text, at.hourly_pay * rise, more, "overtime hours a year, a head")
    if element.startswith(UNSOCIAL):
        kind = unsocial_kinds(before, after).get(element)
        if kind is None:
            return None
        rise = max(dict(after.unsocial_ppm)[kind] - dict(before.unsocial_ppm).get(kind, 0), 0) / PPM
        text = f"{counted}*{at.basic}*{at.raised(anchor_of(kind))}"
        return _counted(text, at.basic_pay * rise, more, f"share of hours: {element}")
    if element in {"travel time", "zero-hours conversion"}:
        words = f"hours a year that are newly paid, a head: {element}"
        return _counted(f"{counted}*{at.hourly}", at.hourly_pay, more, words)
    if element == "allowances":
        rise = (at.allowances_ppm or 0) / PPM
        text = f"{counted}*{at.basic}*{{@s{at.number}_allowances}}"
        return _counted(text, at.basic_pay * rise, more, "allowances, share of basic pay")
    return {"sick pay": _sick, "maternity pay": _maternity}.get(element, _none)(at, more)


def unsocial_kinds(before: Terms, after: Terms) -> dict[str, str]:
    """The kinds of unsocial hour that a step sets, by the name of their element."""
    del before
    return {f"{UNSOCIAL}{kind.replace('_', ' ')})": kind for kind, _ in after.unsocial_ppm}


def anchor_of(kind: str) -> str:
    """How formulas name the premium of a kind of unsocial hour."""
    return "unsocial_" + "".join(letter if letter.isalnum() else f"_{ord(letter)}_" for letter in kind)


def _none(_at: Setting, _more: FloatColumn) -> None:
    return None


def _counted(text: str, each: FloatColumn, more: FloatColumn, heading: str) -> TermFormula | None:
    """So many a head × what each is worth; None where nothing is worth anything and yet something is paid."""
    counts = np.asarray(np.round(more / np.where(each > 0, each, 1.0), 9) * (each > 0), dtype=np.float64)
    return TermFormula(text, counts, heading) if _same(counts * each, more) else None


def _sick(at: Setting, more: FloatColumn) -> TermFormula | None:
    """Days beyond so many weeks are D·exp(−5n ÷ D) for a mean of D days; each gains pay less statutory sick pay."""
    days = at.assumed("sick_days_y")
    before, after = (one.sick_pay_full_weeks or 0.0 for one in at.terms)
    if days is None:
        return None
    some = np.maximum(days, 1e-9)
    reached = days * (np.exp(-5 * before / some) - np.exp(-5 * max(before, after) / some))
    a_day = at.basic_pay / 260
    statutory = np.minimum(at.law("sick_pay_rate") / 5, a_day * at.law("sick_pay_share"))
    if not _same(reached * (a_day - statutory), more):
        return None
    mean, stem = f"{{counts_{at.key}}}", f"{{@s{at.number}_"
    now, new = f"{stem}sick_pay_full_weeks_now}}", f"{stem}sick_pay_full_weeks}}"
    some_text = f"MAX({mean},{LEAST})"
    text = (
        f"{mean}*(EXP(-5*{now}/{some_text})-EXP(-5*MAX({new},{now})/{some_text}))"
        f"*({at.basic}/260-MIN({stem}sick_pay_rate}}/5,{at.basic}/260*{stem}sick_pay_share}}))"
    )
    return TermFormula(text, days, "days of sickness a year, a head")


def _maternity(at: Setting, more: FloatColumn) -> TermFormula | None:
    """Weeks newly at full pay: six over 90 % of pay, then to week 39 over the lower of that and the standard rate."""
    taking = at.assumed("maternity_share")
    before, after = (one.maternity_full_weeks or 0.0 for one in at.terms)
    if taking is None:
        return None
    a_week, until = at.basic_pay / 52, max(before, after)
    high = a_week * at.law("maternity_pay_share")
    low = np.minimum(high, at.law("maternity_pay_rate"))
    early, middle = (max(min(until, end) - max(before, least), 0.0) for least, end in ((0, 6), (6, 39)))
    gain = early * (a_week - high) + middle * (a_week - low) + (until - before - early - middle) * a_week
    if not _same(taking * gain, more):
        return None
    stem, week = f"{{@s{at.number}_", f"{at.basic}/52"
    now = f"{stem}maternity_full_weeks_now}}"
    new = f"MAX({stem}maternity_full_weeks}},{now})"
    share = f"{week}*{stem}maternity_pay_share}}"
    first, second = (f"MAX(MIN({new},{end})-MAX({now},{least}),0)" for least, end in ((0, 6), (6, 39)))
    text = (
        f"{{counts_{at.key}}}*(({new}-{now})*{week}-{first}*{share}"
        f"-{second}*MIN({share},{stem}maternity_pay_rate}}))"
    )
    return TermFormula(text, taking, "share of staff who start maternity leave in a year")


def following(more: FloatColumn, rise: FloatColumn, *, key: str, rise_text: str) -> TermFormula | None:
    """What follows basic pay, as so much for each pound by which that rises; None where the one moves without the other.

    more: what the engine adds, £ a head; rise: of basic pay since the step began, and rise_text its formula.
    """
    each = np.divide(more, rise, out=np.zeros_like(more), where=np.abs(rise) > _CLOSE)
    if not _same(each * rise, more):
        return None
    return TermFormula(
        f"{{counts_{key}}}*({rise_text})", each, "premiums and overtime that follow, for £1 of basic pay"
    )


def hours_lost(
    element: str,
    *,
    number: int,
    paid: str,
    terms: tuple[Terms, Terms],
    paid_hours: FloatColumn,
    fte: FloatColumn,
    wanted: FloatColumn,
    taken: FloatColumn | None = None,
) -> str:
    """The hours that a term takes from a head in a year; empty where no formula gives what the engine has.

    taken: the share of family leave that is taken, which then stands in a column ``{taken_…}``.
    """
    before, after = terms
    if element == "family leave":
        if taken is None:
            return ""
        more = max((after.family_leave_days or 0.0) - (before.family_leave_days or 0.0), 0.0)
        days = f"MAX({{@s{number}_family_leave_days}}-{{@s{number}_family_leave_days_now}},0)"
        return (
            f"{days}*{{taken_{number}}}*{paid}/260" if _same(more * taken * paid_hours / 260, wanted) else ""
        )
    found = {
        "annual leave": ("annual_leave_days", f"/260*{paid}", paid_hours / 260),
        "supervision": ("paid_supervision_hours", "*{fte}", fte),
    }.get(element)
    if found is None:
        return ""
    field, times, each = found
    more = max((getattr(after, field) or 0.0) - (getattr(before, field) or 0.0), 0.0)
    if not _same(more * each, wanted):
        return ""
    return f"MAX({{@s{number}_{field}}}-{{@s{number}_{field}_now}},0){times}"


def _same(ours: FloatColumn, theirs: FloatColumn) -> bool:
    return bool((np.abs(ours - theirs) <= _CLOSE).all())
