"""The terms of an offer file: TOML in, Terms out, and back again without loss."""

from __future__ import annotations

from typing import Any

from bargain.offers.file_parts import in_percent, in_pounds, number, percent, pounds
from bargain.toml_tables import TomlTable
from models.terms import Terms

_MOST_PAYMENT = 1_000  # £ for a night or a duty
_MOST_PREMIUM = 300  # triple time and more


def read_terms(table: TomlTable) -> Terms:
    """A [settlement.terms] table. Raises UnusableInput for what it can't mean."""
    unsocial = table.table("unsocial_percent")
    kinds = unsocial.rest()
    result = Terms(
        weekly_hours=number(table, "weekly_hours", least=1, most=60),
        annual_leave_days=number(table, "annual_leave_days", least=0, most=100),
        sick_pay_full_weeks=number(table, "sick_pay_full_weeks", least=0, most=104),
        employer_pension_ppm=percent(table, "employer_pension_percent"),
        sleep_in_micros=pounds(table, "sleep_in_rate", most=_MOST_PAYMENT),
        unsocial_ppm=tuple((kind, percent(unsocial, kind, most=_MOST_PREMIUM) or 0) for kind in kinds),
        paid_training_hours=number(table, "paid_training_hours", least=0, most=2000),
        paid_travel_time=table.truth("paid_travel_time"),
        zero_hours=table.text("zero_hours") or None,
        waking_night_micros=pounds(table, "waking_night_rate", most=_MOST_PAYMENT),
        on_call_micros=pounds(table, "on_call_rate", most=_MOST_PAYMENT),
        overtime_ppm=percent(table, "overtime_premium_percent", most=_MOST_PREMIUM),
        paid_supervision_hours=number(table, "paid_supervision_hours", least=0, most=2000),
        maternity_full_weeks=number(table, "maternity_full_weeks", least=0, most=52),
        family_leave_days=number(table, "family_leave_days", least=0, most=260),
    )
    if result.zero_hours not in {None, "guaranteed"}:
        raise table.fault("zero_hours", f"is “{result.zero_hours}”; it may be “guaranteed”")
    table.done()
    return result


def terms_values(terms: Terms) -> dict[str, Any]:
    """The keys and values of a [settlement.terms] table; None is left out of the file."""
    return {
        "weekly_hours": terms.weekly_hours,
        "annual_leave_days": terms.annual_leave_days,
        "sick_pay_full_weeks": terms.sick_pay_full_weeks,
        "employer_pension_percent": in_percent(terms.employer_pension_ppm),
        "sleep_in_rate": in_pounds(terms.sleep_in_micros),
        "unsocial_percent": {kind: in_percent(rate) for kind, rate in terms.unsocial_ppm} or None,
        "paid_training_hours": terms.paid_training_hours,
        "paid_travel_time": terms.paid_travel_time,
        "zero_hours": terms.zero_hours,
        "waking_night_rate": in_pounds(terms.waking_night_micros),
        "on_call_rate": in_pounds(terms.on_call_micros),
        "overtime_premium_percent": in_percent(terms.overtime_ppm),
        "paid_supervision_hours": terms.paid_supervision_hours,
        "maternity_full_weeks": terms.maternity_full_weeks,
        "family_leave_days": terms.family_leave_days,
    }
