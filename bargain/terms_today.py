"""Terms as they are today: what the sector holds of them, each an input of the register with a source of its own.

A value in the register stands before the sector's own, which came with its pack and names no source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from models.assumed_kind import Kind
from models.assumptions import YES_OR_NO, Assumption
from models.sector import Sector
from models.terms import Terms
from models.units import MICROS_PER_POUND, PPM

TODAY = "today"  # followed by a full stop and the term
_UNSOCIAL = f"{TODAY}.unsocial."

_GUARANTEED, _NONE = "guaranteed", "none"


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of ``Terms`` as an input: how many of the field's unit are one of the kind's."""

    field: str
    kind: Kind
    scale: int = 1


def _term(field: str, key: str, label: str, unit: str, most: float, *, prices: str, scale: int = 1) -> _Term:
    kind = Kind(f"{TODAY}.{key}", f"{label}, today", unit, 0, most, prices, by_employer=False)
    return _Term(field, kind, scale)


_POUNDS = MICROS_PER_POUND
_TERMS = (
    _term("weekly_hours", "weekly_hours", "Full-time week", "hours", 60, prices="weekly hours"),
    _term("annual_leave_days", "annual_leave_days", "Annual leave", "days", 100, prices="annual leave"),
    _term("sick_pay_full_weeks", "sick_pay_full_weeks", "Sick pay at full pay", "weeks", 104, prices="sick pay"),
    _term("sleep_in_micros", "sleep_in_rate", "Sleep-in", "£", 1_000, prices="sleep-ins", scale=_POUNDS),
    _term("waking_night_micros", "waking_night_rate", "Waking night, beside hourly pay", "£", 1_000, prices="waking nights", scale=_POUNDS),
    _term("on_call_micros", "on_call_rate", "On-call duty", "£", 1_000, prices="on-call", scale=_POUNDS),
    _term("overtime_ppm", "overtime_premium", "Overtime premium", "share", 3, prices="overtime", scale=PPM),
    _term("paid_training_hours", "paid_training_hours", "Paid training", "hours a year", 2_000, prices="paid training"),
    _term("paid_travel_time", "paid_travel_time", "Travel between places of work is paid", YES_OR_NO, 1, prices="travel time"),
    _term("paid_supervision_hours", "paid_supervision_hours", "Paid supervision", "hours a year", 2_000, prices="supervision"),
    _term("maternity_full_weeks", "maternity_full_weeks", "Maternity pay at full pay", "weeks", 104, prices="maternity pay"),
    _term("family_leave_days", "family_leave_days", "Paid family leave", "days", 260, prices="family leave"),
    _term("zero_hours", "zero_hours", "Zero-hours staff have guaranteed hours", YES_OR_NO, 1, prices="zero-hours conversion"),
)  # fmt: skip
_BY_KEY: Mapping[str, _Term] = MappingProxyType({one.kind.key: one for one in _TERMS})
TODAY_KINDS = tuple(one.kind for one in _TERMS)


def today_kind(key: str) -> Kind | None:
    """The kind of one of today's terms: those above, and the premium of a kind of unsocial hour."""
    if key.startswith(_UNSOCIAL):
        hours = key.removeprefix(_UNSOCIAL).replace("_", " ")
        label = f"Premium for unsocial hours: {hours}, today"
        return Kind(key, label, "share", 0, 3, "unsocial hours", by_employer=False)
    found = _BY_KEY.get(key)
    return None if found is None else found.kind


def terms_today(sector: Sector) -> Terms:
    """The terms that hold before any offer: as the register has them, else as the sector came with them."""
    held = {one.key: one.value for one in sector.assumptions if one.value is not None and not one.employer}
    changes: dict[str, Any] = {
        term.field: _value(term, held[key]) for key, term in _BY_KEY.items() if key in held
    }
    premiums = dict(sector.terms.unsocial_ppm)
    premiums |= {
        key.removeprefix(_UNSOCIAL): round(value * PPM)
        for key, value in held.items()
        if key.startswith(_UNSOCIAL)
    }
    if premiums != dict(sector.terms.unsocial_ppm):
        changes["unsocial_ppm"] = tuple(premiums.items())
    return replace(sector.terms, **changes) if changes else sector.terms


def with_terms_today(sector: Sector) -> Sector:
    """The sector with today's terms in one place: out of the register and in its terms."""
    rest = tuple(one for one in sector.assumptions if not one.key.startswith(f"{TODAY}."))
    if len(rest) == len(sector.assumptions):
        return sector
    return replace(sector, terms=terms_today(sector), assumptions=rest)


def came_with(sector: Sector) -> tuple[Assumption, ...]:
    """Today's terms that the sector holds and the register does not: inputs that nobody has given a source."""
    recorded = {one.key for one in sector.assumptions}
    found = []
    for term in _TERMS:
        value = getattr(sector.terms, term.field)
        if value is not None and term.kind.key not in recorded:
            number = float(value == _GUARANTEED) if term.field == "zero_hours" else float(value) / term.scale
            found.append(Assumption(term.kind.key, term.kind.label, number, term.kind.unit))
    for hours, premium in sector.terms.unsocial_ppm:
        kind = today_kind(f"{_UNSOCIAL}{hours}")
        if kind is not None and kind.key not in recorded:
            found.append(Assumption(kind.key, kind.label, premium / PPM, kind.unit))
    return tuple(found)


def _value(term: _Term, number: float) -> float | int | bool | str:
    if term.field == "zero_hours":
        return _GUARANTEED if number else _NONE
    if term.field == "paid_travel_time":
        return bool(number)
    return number if term.scale == 1 else round(number * term.scale)
