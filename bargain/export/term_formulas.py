"""Formulas for terms: what is paid beside basic pay, and the hours that a term takes out of the rota."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.terms import Terms
from models.units import MICROS_PER_POUND, FloatColumn

LEAST = "0.000000001"
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


def paid_beside(
    element: str,
    *,
    number: int,
    key: str,
    terms: tuple[Terms, Terms],
    more: FloatColumn,
    hourly: str,
    fte: FloatColumn,
    hourly_pay: FloatColumn,
) -> TermFormula | None:
    """What a term adds beside basic pay, £ a head; None where no formula gives what the engine has.

    terms: before and after the step. more: what the engine adds. hourly: the cell's pay of an hour, as a
    formula, and hourly_pay its value.
    """
    before, after = terms
    if element in _PAYMENTS:
        anchor, field = _PAYMENTS[element]
        rise = ((getattr(after, field) or 0) - (getattr(before, field) or 0)) / MICROS_PER_POUND
        if rise <= 0:
            return None
        counts = np.asarray(np.round(more / rise, 9), dtype=np.float64)
        if not _same(counts * rise, more):
            return None
        text = f"{{counts_{key}}}*MAX({{@s{number}_{anchor}}}-{{@s{number}_{anchor}_now}},0)"
        return TermFormula(text, counts, f"{element} a year, a head")
    if element == "paid training":
        hours = max((after.paid_training_hours or 0.0) - (before.paid_training_hours or 0.0), 0.0)
        if not _same(hourly_pay * hours * fte, more):
            return None
        more_hours = f"MAX({{@s{number}_paid_training_hours}}-{{@s{number}_paid_training_hours_now}},0)"
        return TermFormula(f"{hourly}*{more_hours}*{{fte}}")
    return None


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
) -> str:
    """The hours that a term takes from a head in a year; empty where no formula gives what the engine has."""
    before, after = terms
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
