"""The register of assumptions: which inputs a costing can use, in what unit, and what a sector holds of each.

Nothing here has a value of its own. What a sector does not hold is not known, and what needs it is not priced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from bargain.terms_today import TODAY_KINDS, today_kind
from models.assumed_kind import Kind
from models.assumptions import YES_OR_NO, Assumption
from models.units import FloatColumn
from models.workforce import Workforce, YesNo

COVER_SHARE = "cover_share"
TURNOVER = "turnover"
TURNOVER_FALL = "turnover_fall"
REPLACEMENT = "replacement_cost"
INCREMENTS = "increments"
INDEX = "index_"  # followed by the index in small letters
UNSOCIAL = "unsocial_share"  # followed by a full stop and the kind of hour
ALLOWANCE_NOW = "allowance_now"  # these three by a full stop and the name of the allowance, see ``named_key``
ALLOWANCE_NOW_SHARE = "allowance_now_share"
ALLOWANCE_PAYMENTS = "allowance_payments"
SCHEME_COUNTS = "scheme_counts_all"


_YEARLY = 400.0
_KINDS = (
    Kind(
        COVER_SHARE,
        "Share of lost hours that must be covered",
        "share",
        0,
        1,
        "hours, leave, supervision, family leave",
        by_employer=False,
    ),
    Kind(
        "sleep_ins_y",
        "Sleep-ins",
        "a head a year",
        0,
        _YEARLY,
        "sleep-in rate, where the staff data has none",
    ),
    Kind("waking_nights_y", "Waking nights", "a head a year", 0, _YEARLY, "waking-night payment"),
    Kind("on_call_y", "On-call duties", "a head a year", 0, _YEARLY, "on-call payment"),
    Kind("overtime_hours_y", "Overtime", "hours a head a year", 0, 2000, "overtime premium"),
    Kind(
        "travel_hours_y", "Travel between places of work", "hours a head a year", 0, 2000, "paid travel time"
    ),
    Kind("sick_days_y", "Sickness absence", "working days a head a year", 0, 260, "sick pay"),
    Kind("maternity_share", "Staff who start maternity leave in a year", "share", 0, 1, "maternity pay"),
    Kind("family_leave_taken", "Share of paid family leave that is taken", "share", 0, 1, "family leave"),
    Kind(
        "guaranteed_unworked_w",
        "Guaranteed hours that find no work, on former zero-hours contracts",
        "hours a head a week",
        0,
        60,
        "zero-hours conversion",
    ),
    Kind("allowances_share", "Allowances that move on their own", "share of basic pay", 0, 1, "allowances"),
    Kind(
        TURNOVER,
        "Staff who leave and are replaced in a year",
        "share",
        0,
        1,
        "expected staff",
        by_employer=False,
    ),
    Kind(
        TURNOVER_FALL,
        "Leavers who would stay because of the offer",
        "share of leavers",
        0,
        1,
        "saving on turnover",
        by_employer=False,
    ),
    Kind(
        REPLACEMENT,
        "Cost of replacing one leaver",
        "£",
        0,
        100_000,
        "saving on turnover",
        by_employer=False,
    ),
    Kind(
        INCREMENTS,
        "Yearly increment of staff below the top of their grade",
        "share of pay",
        0,
        0.5,
        "expected staff",
        by_employer=False,
    ),
    Kind(
        SCHEME_COUNTS,
        "Basic-pay schemes count all pay",
        YES_OR_NO,
        0,
        1,
        "pension on premiums and one-off payments, where an award or the scheme's rules count them",
    ),
)
KINDS: Mapping[str, Kind] = MappingProxyType({one.key: one for one in (*_KINDS, *TODAY_KINDS)})


def kind_of(key: str) -> Kind | None:
    """What an assumption of this key means; None for one that no costing uses."""
    if key.startswith(f"{UNSOCIAL}."):
        hours = key.removeprefix(f"{UNSOCIAL}.").replace("_", " ")
        return Kind(key, f"Hours worked at unsocial times: {hours}", "share of hours", 0, 1, "unsocial hours")
    if key.startswith(INDEX):
        name = key.removeprefix(INDEX).upper()
        return Kind(key, f"Rise in {name}", "share", -0.1, 1, "rises tied to an index", by_employer=False)
    return KINDS.get(key) or today_kind(key) or _allowance_kind(key)


def named_key(kind: str, name: str) -> str:
    """The key of an input that belongs to one allowance: ``allowance_now.first_aid``."""
    return f"{kind}.{'_'.join(name.casefold().split())}"


def _allowance_kind(key: str) -> Kind | None:
    kind, stop, name = key.partition(".")
    words = f"Allowance “{name.replace('_', ' ')}”"
    if not stop or not name:
        return None
    if kind == ALLOWANCE_NOW:
        return Kind(key, f"{words}: a payment today", "£", 0, 100_000, "allowances by name")
    if kind == ALLOWANCE_NOW_SHARE:
        return Kind(key, f"{words}: share of basic pay today", "share", 0, 1, "allowances by name")
    if kind == ALLOWANCE_PAYMENTS:
        return Kind(key, f"{words}: payments", "a head a year", 0, _YEARLY, "allowances by name")
    return None


def fault_in(one: Assumption) -> str:
    """What is wrong with a value, in one plain sentence; empty where it makes sense."""
    kind = kind_of(one.key)
    if kind is None or one.value is None:
        return ""
    if not kind.least <= one.value <= kind.most:
        return (
            f"{kind.label} is {one.value:g} {kind.unit}; give a value from {kind.least:g} to {kind.most:g}."
        )
    if kind.unit == YES_OR_NO and one.value not in {0, 1}:
        return f"{kind.label} is {one.value:g}; give 1 for yes or 0 for no."
    if one.employer and not kind.by_employer:
        return f"{kind.label} is one figure for the sector; leave the employer empty."
    return ""


def value_of(assumptions: tuple[Assumption, ...], key: str) -> float | None:
    """The sector's value of a key; None where it is not recorded."""
    return next((one.value for one in assumptions if one.key == key and not one.employer), None)


def missing_of(assumptions: tuple[Assumption, ...], *keys: str) -> str:
    """Which of these the sector does not hold, in words."""
    names = [
        f"“{kind.label}”"
        for key in keys
        if value_of(assumptions, key) is None and (kind := kind_of(key)) is not None
    ]
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} not recorded"


def schemes_counting(assumptions: tuple[Assumption, ...], workforce: Workforce) -> NDArray[np.int8] | None:
    """Whether a scheme on basic pay counts pay beside it, a YesNo a post; None where nothing says other than the law."""
    held = [one for one in assumptions if one.key == SCHEME_COUNTS and one.value is not None]
    if not held:
        return None
    general = value_of(assumptions, SCHEME_COUNTS)
    own = {one.employer: one.value for one in held if one.employer}
    values = [own.get(name, general) for name in (*workforce.employers, "")]
    table = np.array([YesNo.UNKNOWN if one is None else round(one) for one in values], dtype=np.int8)
    return table[workforce.employer_code]


@dataclass(frozen=True, slots=True, eq=False)
class Assumed:
    """A value for each post, or why there is none. values: shape (n_posts,), in the kind's unit."""

    values: FloatColumn | None
    why: str = ""


def column_of(assumptions: tuple[Assumption, ...], key: str, workforce: Workforce) -> Assumed:
    """Each post's value: its own employer's, else the sector's; not known unless every employer has one."""
    general = value_of(assumptions, key)
    own = {one.employer: one.value for one in assumptions if one.key == key and one.employer}
    values = [own.get(name) if own.get(name) is not None else general for name in workforce.employers]
    staffed = np.bincount(
        workforce.employer_code, weights=workforce.heads, minlength=len(workforce.employers)
    )
    missing = [
        name
        for name, value, heads in zip(workforce.employers, values, staffed, strict=True)
        if value is None and heads > 0
    ]
    kind = kind_of(key)
    label = kind.label if kind else key
    if len(missing) == int((staffed > 0).sum()):
        return Assumed(None, f"“{label}” is not recorded")
    if missing:
        return Assumed(None, f"“{label}” is not recorded for {len(missing)} of {len(values)} employers")
    table = np.array([0.0 if value is None else value for value in values] + [0.0])
    return Assumed(table[workforce.employer_code])
