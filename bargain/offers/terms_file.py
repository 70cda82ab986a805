"""The terms of an offer file: TOML in, Terms out, and back again without loss."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import tomlkit
from tomlkit.items import Item

from bargain.money import micros, ppm
from bargain.toml_tables import TomlTable
from models.terms import Terms
from models.units import MICROS_PER_POUND, PPM

_MOST_PAYMENT = 1_000  # £ for a night or a duty
_MOST_PERCENT = 100
_MOST_PREMIUM = 300  # triple time and more


def read_terms(table: TomlTable) -> Terms:
    """A [settlement.terms] table. Raises UnusableInput for what it can't mean."""
    unsocial = table.table("unsocial_percent")
    kinds = unsocial.rest()
    result = Terms(
        weekly_hours=_float(table, "weekly_hours", least=1, most=60),
        annual_leave_days=_float(table, "annual_leave_days", most=100),
        sick_pay_full_weeks=_float(table, "sick_pay_full_weeks", most=104),
        employer_pension_ppm=_percent(table, "employer_pension_percent"),
        sleep_in_micros=_pounds(table, "sleep_in_rate"),
        unsocial_ppm=tuple((kind, _percent(unsocial, kind, most=_MOST_PREMIUM) or 0) for kind in kinds),
        paid_training_hours=_float(table, "paid_training_hours", most=2000),
        paid_travel_time=table.truth("paid_travel_time"),
        zero_hours=table.text("zero_hours") or None,
        waking_night_micros=_pounds(table, "waking_night_rate"),
        on_call_micros=_pounds(table, "on_call_rate"),
        overtime_ppm=_percent(table, "overtime_premium_percent", most=_MOST_PREMIUM),
        paid_supervision_hours=_float(table, "paid_supervision_hours", most=2000),
        maternity_full_weeks=_float(table, "maternity_full_weeks", most=52),
        family_leave_days=_float(table, "family_leave_days", most=260),
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
        "employer_pension_percent": _out(terms.employer_pension_ppm, PPM // 100),
        "sleep_in_rate": _out(terms.sleep_in_micros, MICROS_PER_POUND),
        "unsocial_percent": {kind: _out(rate, PPM // 100) for kind, rate in terms.unsocial_ppm} or None,
        "paid_training_hours": terms.paid_training_hours,
        "paid_travel_time": terms.paid_travel_time,
        "zero_hours": terms.zero_hours,
        "waking_night_rate": _out(terms.waking_night_micros, MICROS_PER_POUND),
        "on_call_rate": _out(terms.on_call_micros, MICROS_PER_POUND),
        "overtime_premium_percent": _out(terms.overtime_ppm, PPM // 100),
        "paid_supervision_hours": terms.paid_supervision_hours,
        "maternity_full_weeks": terms.maternity_full_weeks,
        "family_leave_days": terms.family_leave_days,
    }


def _out(value: int | None, unit: int) -> Item | None:
    """A whole number of micros or ppm as the shortest exact decimal."""
    if value is None:
        return None
    return tomlkit.value(format((Decimal(value) / unit).normalize(), "f"))


def _percent(table: TomlTable, key: str, *, most: float = _MOST_PERCENT) -> int | None:
    value = table.number(key, least=0, most=most)
    return None if value is None else ppm(value)


def _pounds(table: TomlTable, key: str) -> int | None:
    value = table.number(key, least=0, most=_MOST_PAYMENT)
    return None if value is None else micros(value)


def _float(table: TomlTable, key: str, *, most: float, least: float = 0) -> float | None:
    value = table.number(key, least=least, most=most)
    return None if value is None else float(value)
