"""Terms that an offer would make worse: no saving is counted for them, and today's stay what later steps start from."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from models.terms import Terms

_MORE_IS_BETTER = MappingProxyType(
    {
        "annual_leave_days": "annual leave",
        "sick_pay_full_weeks": "sick pay",
        "sleep_in_micros": "sleep-ins",
        "waking_night_micros": "waking nights",
        "on_call_micros": "on-call",
        "overtime_ppm": "overtime",
        "paid_training_hours": "paid training",
        "paid_supervision_hours": "supervision",
        "maternity_full_weeks": "maternity pay",
        "family_leave_days": "family leave",
        "paid_travel_time": "travel time",
        "employer_pension_ppm": "employer pension",
    }
)
_OWN_WORDS = ("employer_pension_ppm",)  # of which an offer says itself that it is a least


def kept_terms(new: Terms, now: Terms) -> tuple[Terms, tuple[str, ...]]:
    """The terms of an offer without what would be worse than now, and the elements of which that is to be said.

    A week longer than now is taken out too: an offer says of itself that it only shortens longer ones. Where today's
    term is not known nothing is worse.
    """
    if new == Terms():
        return new, ()
    gone: dict[str, Any] = {}
    said = []
    for field, element in _MORE_IS_BETTER.items():
        wanted, held = getattr(new, field), getattr(now, field)
        if wanted is not None and held is not None and wanted < held:
            gone[field] = None
            if field not in _OWN_WORDS:
                said.append(element)
    if new.weekly_hours is not None and now.weekly_hours is not None and new.weekly_hours > now.weekly_hours:
        gone["weekly_hours"] = None
    held_premiums = dict(now.unsocial_ppm)
    lower = [kind for kind, premium in new.unsocial_ppm if premium < held_premiums.get(kind, 0)]
    said += [f"unsocial hours ({kind.replace('_', ' ')})" for kind in lower]
    kept = tuple(one for one in new.unsocial_ppm if one[0] not in lower)
    return replace(new, unsocial_ppm=kept, **gone), tuple(said)
