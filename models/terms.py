"""Terms and conditions, as they are or as an offer would have them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date


@dataclass(frozen=True, slots=True)
class Terms:
    """Each value that is None is not known (of a sector) or does not change (in an offer).

    Rates are £/10⁶; percentages parts per million. ``unsocial_ppm`` pairs a kind of hour with its premium;
    ``overtime_ppm`` is the premium on top of the hour's pay (time and a half is 500_000). Payments for a
    sleep-in, a waking night and an on-call duty are each beside hourly pay. Training, supervision and family
    leave are hours or days a year for a full-time post.
    """

    weekly_hours: float | None = None
    annual_leave_days: float | None = None
    sick_pay_full_weeks: float | None = None
    employer_pension_ppm: int | None = None
    sleep_in_micros: int | None = None
    unsocial_ppm: tuple[tuple[str, int], ...] = ()
    paid_training_hours: float | None = None
    paid_travel_time: bool | None = None
    zero_hours: str | None = None
    waking_night_micros: int | None = None
    on_call_micros: int | None = None
    overtime_ppm: int | None = None
    paid_supervision_hours: float | None = None
    maternity_full_weeks: float | None = None
    family_leave_days: float | None = None


def terms_after(now: Terms, new: Terms) -> Terms:
    """Terms after an offer: what it leaves out does not change, down to each kind of unsocial hour."""
    if new == Terms():
        return now
    given = {
        one.name: getattr(new, one.name)
        for one in fields(Terms)
        if one.name != "unsocial_ppm" and getattr(new, one.name) is not None
    }
    kept = {one.name: getattr(now, one.name) for one in fields(Terms) if one.name not in given}
    kept["unsocial_ppm"] = tuple({**dict(now.unsocial_ppm), **dict(new.unsocial_ppm)}.items())
    return Terms(**{**kept, **given})


@dataclass(frozen=True, slots=True)
class TermCheck:
    """A term that an offer sets, against the law of its day, both in ``unit``.

    ``least``, ``most`` and ``met`` None: the law has a rule, but sets no figure for it. ``said``: what is offered
    in words, where it is no number.
    """

    element: str
    effective: date
    offered: float
    unit: str
    law: str
    least: float | None = None
    met: bool | None = None
    source: str = ""
    confidence: str = ""
    most: float | None = None
    said: str = ""
