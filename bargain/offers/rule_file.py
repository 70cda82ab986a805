"""The tables of an offer file that are pay rules: whom they reach, what they give, how it tapers or follows an index."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bargain.offers import file_parts as parts
from bargain.toml_tables import TomlTable
from models.index_link import Index, IndexLink
from models.offer import AppliesTo, PayRule, Scope, Taper


def read_rule(table: TomlTable) -> PayRule:
    """One [[settlement.pay]] table."""
    rule = PayRule(
        scope=read_scope(table),
        percent_ppm=parts.percent(table, "percent") or 0,
        cash_micros=parts.pounds(table, "cash", most=parts.MOST_CASH) or 0,
        at_least_cash_micros=parts.pounds(table, "at_least_cash", most=parts.MOST_CASH),
        at_least_percent_ppm=parts.percent(table, "at_least_percent"),
        at_least_hourly_micros=parts.pounds(table, "at_least_hourly", most=parts.MOST_HOURLY),
        at_most_cash_micros=parts.pounds(table, "at_most_cash", most=parts.MOST_CASH),
        at_most_percent_ppm=parts.percent(table, "at_most_percent"),
        at_most_hourly_micros=parts.pounds(table, "at_most_hourly", most=parts.MOST_HOURLY),
        percent_of_first_micros=parts.pounds(table, "percent_of_first", most=parts.MOST_PAY),
        pro_rata=table.truth("pro_rata", default=True) is not False,
        non_consolidated=bool(table.truth("non_consolidated", default=False)),
        taper=_taper(table.table("taper")) if table.has("taper") else None,
        index=_index(table.table("index")) if table.has("index") else None,
        applies_to=AppliesTo(table.choice("applies_to", AppliesTo, AppliesTo.ACTUAL))
        if table.has("applies_to")
        else None,
        in_all=bool(table.truth("in_all", default=False)),
    )
    table.done()
    _check_says_something(rule, table)
    if rule.non_consolidated and rule.applies_to is not None:
        raise table.fault(
            "applies_to", "can't stand in a rule that is paid once; it goes to staff, and moves no rate"
        )
    if rule.non_consolidated and rule.in_all:
        raise table.fault("in_all", "can't stand in a rule that is paid once; a payment is no part of pay")
    return rule


def _check_says_something(rule: PayRule, table: TomlTable) -> None:
    """Refuse a rule that gives nothing, and a share of pay to count where nothing is a share of pay."""
    limits = (rule.at_least_cash_micros, rule.at_least_percent_ppm, rule.at_least_hourly_micros)
    gives = table.has("percent") or table.has("cash") or rule.taper is not None or rule.index is not None
    if not gives and all(one is None for one in limits):
        raise table.fault(
            "percent", "is missing, and so is everything else that gives a rise; give one of them"
        )
    by_percent = table.has("percent") or rule.index is not None
    if rule.percent_of_first_micros is not None and not by_percent and rule.taper is None:
        raise table.fault(
            "percent_of_first", "needs a percentage that counts on it; give percent, or take it out"
        )


def read_scope(table: TomlTable) -> Scope:
    """Whom something reaches; every element may be left out."""
    points = ", ".join(table.texts("points")) if table.is_list("points") else table.text("points")
    scope = Scope(
        points=points,
        grades=table.texts("grades"),
        employers=table.texts("employers"),
        ownership=table.texts("ownership"),
        regions=table.texts("regions"),
        settings=table.texts("settings"),
        pay_above_micros=parts.pounds(table, "pay_above", most=parts.MOST_PAY),
        pay_up_to_micros=parts.pounds(table, "pay_up_to", most=parts.MOST_PAY),
    )
    above, up_to = scope.pay_above_micros, scope.pay_up_to_micros
    if above is not None and up_to is not None and up_to <= above:
        raise table.fault("pay_up_to", "must be more than pay_above; nobody's pay is between them")
    return scope


def scope_values(scope: Scope) -> dict[str, Any]:
    """What ``read_scope`` reads back."""
    return {
        "points": scope.points or None,
        "grades": list(scope.grades) or None,
        "employers": list(scope.employers) or None,
        "ownership": list(scope.ownership) or None,
        "regions": list(scope.regions) or None,
        "settings": list(scope.settings) or None,
        "pay_above": parts.in_pounds(scope.pay_above_micros),
        "pay_up_to": parts.in_pounds(scope.pay_up_to_micros),
    }


def _taper(table: TomlTable) -> Taper:
    taper = Taper(
        from_point=table.text("from_point"),
        to_point=table.text("to_point"),
        from_pay_micros=parts.pounds(table, "from_pay", most=parts.MOST_PAY),
        to_pay_micros=parts.pounds(table, "to_pay", most=parts.MOST_PAY),
        to_percent_ppm=parts.percent(table, "to_percent") or 0,
        to_cash_micros=parts.pounds(table, "to_cash", most=parts.MOST_CASH) or 0,
    )
    table.done()
    by_point = bool(taper.from_point), bool(taper.to_point)
    by_pay = taper.from_pay_micros is not None, taper.to_pay_micros is not None
    if (by_point, by_pay) not in {((True, True), (False, False)), ((False, False), (True, True))}:
        raise table.fault("from_point", "and to_point are needed, or from_pay and to_pay in their place")
    if (taper.from_pay_micros or 0) >= (taper.to_pay_micros or 1):
        raise table.fault("to_pay", "must be more than from_pay")
    return taper


def _index(table: TomlTable) -> IndexLink:
    link = IndexLink(
        index=Index(table.choice("name", Index, "")),
        month=_month(table),
        published_ppm=parts.percent(table, "published_percent", least=-100),
        assumed_ppm=parts.percent(table, "assumed_percent", least=-100),
        plus_ppm=parts.percent(table, "plus_percent", least=-100) or 0,
        floor_ppm=parts.percent(table, "floor_percent", least=-100),
        cap_ppm=parts.percent(table, "cap_percent", least=-100),
        reopen_above_ppm=parts.percent(table, "reopen_above_percent", least=-100),
        reopen_below_ppm=parts.percent(table, "reopen_below_percent", least=-100),
        share_above_ppm=parts.percent(table, "share_above_percent", least=-100),
        share_ppm=parts.percent(table, "share_percent"),
    )
    table.done()
    if (link.share_above_ppm is None) != (link.share_ppm is None):
        raise table.fault("share_percent", "and share_above_percent belong together; give both or neither")
    if link.floor_ppm is not None and link.cap_ppm is not None and link.cap_ppm < link.floor_ppm:
        raise table.fault("cap_percent", "is below floor_percent; exchange the two")
    return link


def _month(table: TomlTable) -> date | None:
    if not table.has("month"):
        return None
    text = table.text("month")
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    if found is None or found[1] == "0000":
        raise table.fault("month", f"must be a month such as “2027-09”, not “{text}”")
    return date(int(found[1]), int(found[2]), 1)


def rule_values(rule: PayRule) -> dict[str, Any]:
    """What ``read_rule`` reads back."""
    scope, money, share = rule.scope, parts.in_pounds, parts.in_percent
    return {
        **scope_values(scope),
        "percent": share(rule.percent_ppm),
        "cash": money(rule.cash_micros),
        "at_least_cash": money(rule.at_least_cash_micros),
        "at_least_percent": share(rule.at_least_percent_ppm),
        "at_least_hourly": money(rule.at_least_hourly_micros),
        "at_most_cash": money(rule.at_most_cash_micros),
        "at_most_percent": share(rule.at_most_percent_ppm),
        "at_most_hourly": money(rule.at_most_hourly_micros),
        "percent_of_first": money(rule.percent_of_first_micros),
        "pro_rata": None if rule.pro_rata else False,
        "non_consolidated": rule.non_consolidated or None,
        "applies_to": None if rule.applies_to is None else str(rule.applies_to),
        "in_all": rule.in_all or None,
        "taper": None if rule.taper is None else parts.sub_table(_taper_values(rule.taper)),
        "index": None if rule.index is None else parts.sub_table(_index_values(rule.index)),
    }


def _taper_values(taper: Taper) -> dict[str, Any]:
    return {
        "from_point": taper.from_point or None,
        "to_point": taper.to_point or None,
        "from_pay": parts.in_pounds(taper.from_pay_micros),
        "to_pay": parts.in_pounds(taper.to_pay_micros),
        "to_percent": parts.in_percent(taper.to_percent_ppm),
        "to_cash": parts.in_pounds(taper.to_cash_micros),
    }


def _index_values(link: IndexLink) -> dict[str, Any]:
    share = parts.in_percent
    return {
        "name": str(link.index),
        "month": None if link.month is None else f"{link.month:%Y-%m}",
        "published_percent": share(link.published_ppm),
        "assumed_percent": share(link.assumed_ppm),
        "plus_percent": share(link.plus_ppm or None),
        "floor_percent": share(link.floor_ppm),
        "cap_percent": share(link.cap_ppm),
        "reopen_above_percent": share(link.reopen_above_ppm),
        "reopen_below_percent": share(link.reopen_below_ppm),
        "share_above_percent": share(link.share_above_ppm),
        "share_percent": share(link.share_ppm),
    }
