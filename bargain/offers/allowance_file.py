"""The table of an offer file that changes one allowance by its name."""

from __future__ import annotations

from typing import Any

from bargain.offers import file_parts as parts
from bargain.offers.rule_file import read_scope, scope_values
from bargain.toml_tables import TomlTable
from models.offer import NamedAllowance

_MOST_STAFF = 10_000_000
_MOST_PAYMENTS = 1_000


def read_allowance(table: TomlTable) -> NamedAllowance:
    """An allowance by name."""
    result = NamedAllowance(
        name=table.text("name"),
        percent_ppm=parts.percent(table, "percent"),
        amount_micros=parts.pounds(table, "amount", most=parts.MOST_CASH),
        share_ppm=parts.percent(table, "percent_of_pay"),
        now_micros=parts.pounds(table, "now", most=parts.MOST_CASH),
        now_share_ppm=parts.percent(table, "now_percent_of_pay"),
        staff=parts.number(table, "staff", least=0, most=_MOST_STAFF),
        payments_y=parts.number(table, "payments_a_year", least=0, most=_MOST_PAYMENTS),
        scope=read_scope(table),
    )
    table.done()
    if not result.name:
        raise table.fault("name", "is missing; name the allowance")
    new = (result.percent_ppm, result.amount_micros, result.share_ppm)
    if sum(one is not None for one in new) != 1:
        raise table.fault("percent", "or amount or percent_of_pay is needed, and only one of them")
    if result.scope.pay_above_micros is not None or result.scope.pay_up_to_micros is not None:
        raise table.fault("pay_above", "and pay_up_to do not go with an allowance; name grades or employers")
    if result.now_micros is not None and result.now_share_ppm is not None:
        raise table.fault("now", "and now_percent_of_pay say two things; keep one of them")
    return result


def allowance_values(one: NamedAllowance) -> dict[str, Any]:
    """What ``read_allowance`` reads back."""
    return {
        "name": one.name,
        "percent": parts.in_percent(one.percent_ppm),
        "amount": parts.in_pounds(one.amount_micros),
        "percent_of_pay": parts.in_percent(one.share_ppm),
        "now": parts.in_pounds(one.now_micros),
        "now_percent_of_pay": parts.in_percent(one.now_share_ppm),
        "staff": one.staff,
        "payments_a_year": one.payments_y,
        **scope_values(one.scope),
    }
