"""Offer files: TOML in, an Offer out, and back again without loss."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import tomlkit
from tomlkit.items import AoT, Item, Table

from bargain.money import micros, ppm
from bargain.offers.terms_file import read_terms, terms_values
from bargain.toml_tables import TomlTable, parse_toml
from models.issues import UnusableInput
from models.offer import AppliesTo, Differential, FeeRule, Fees, Offer, On, PayRule, Scope, Settlement, Within
from models.units import MICROS_PER_POUND, PPM

FORMAT = 1
_MOST_PERCENT = 100  # a rise above this is a slip of the keyboard
_MOST_CASH = 100_000
_MOST_HOURLY = 1_000


def read_offer(text: str, *, source: str) -> Offer:
    """The offer in a TOML text; ``source`` names it in messages. Raises UnusableInput."""
    table = TomlTable(parse_toml(text, source=source), source=source, where="")
    version = table.number("format")
    if version is not None and version != FORMAT:
        raise table.fault("format", f"is {version}; this version of Bargain reads format {FORMAT}")
    offer = Offer(
        name=table.text("name") or source,
        by=table.text("by"),
        settlements=tuple(_settlement(one) for one in table.tables("settlement")),
        ends=table.day("ends"),
        tabled=bool(table.truth("tabled", default=False)),
    )
    table.done()
    if not offer.settlements:
        raise UnusableInput(f"{source} has no [[settlement]]; add one with its effective date.")
    days = [one.effective for one in offer.settlements]
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise UnusableInput(
            f"{source}: the settlements are not in date order; give each a later “effective” date."
        )
    if offer.ends and offer.ends <= days[-1]:
        raise table.fault("ends", f"is {offer.ends}, not after the last effective date, {days[-1]}")
    return offer


def _settlement(table: TomlTable) -> Settlement:
    effective = table.day("effective")
    if effective is None:
        raise table.fault("effective", "is missing; give the date from which the step applies")
    paid_from = table.day("paid_from")
    if paid_from and paid_from < effective:
        raise table.fault("paid_from", f"is {paid_from}, before the effective date {effective}")
    result = Settlement(
        effective=effective,
        paid_from=paid_from,
        applies_to=AppliesTo(table.choice("applies_to", AppliesTo, AppliesTo.ACTUAL)),
        absorb=bool(table.truth("absorb", default=False)),
        floor_micros=_pounds(table, "floor_hourly", most=_MOST_HOURLY),
        delete_points=table.texts("delete_points"),
        allowances_ppm=_percent(table, "allowances_percent"),
        pay=tuple(_pay_rule(one) for one in table.tables("pay")),
        differentials=tuple(_differential(one) for one in table.tables("differential")),
        terms=read_terms(table.table("terms")),
        fees=_fees(table.table("fees")),
    )
    table.done()
    return result


def _pay_rule(table: TomlTable) -> PayRule:
    rule = PayRule(
        scope=Scope(
            points=_points(table),
            grades=table.texts("grades"),
            employers=table.texts("employers"),
            ownership=table.texts("ownership"),
            regions=table.texts("regions"),
            settings=table.texts("settings"),
        ),
        percent_ppm=_percent(table, "percent") or 0,
        cash_micros=_pounds(table, "cash", most=_MOST_CASH) or 0,
        at_least_cash_micros=_pounds(table, "at_least_cash", most=_MOST_CASH),
        at_least_percent_ppm=_percent(table, "at_least_percent"),
        at_least_hourly_micros=_pounds(table, "at_least_hourly", most=_MOST_HOURLY),
        at_most_cash_micros=_pounds(table, "at_most_cash", most=_MOST_CASH),
        at_most_percent_ppm=_percent(table, "at_most_percent"),
        non_consolidated=bool(table.truth("non_consolidated", default=False)),
    )
    table.done()
    return rule


def _points(table: TomlTable) -> str:
    """Points may be a text ("2-43") or a list of names."""
    if table.is_list("points"):
        return ", ".join(table.texts("points"))
    return table.text("points")


def _differential(table: TomlTable) -> Differential:
    result = Differential(
        grade=table.text("grade"),
        over=table.text("over"),
        at_least_percent_ppm=_percent(table, "at_least_percent"),
        at_least_hourly_micros=_pounds(table, "at_least_hourly", most=_MOST_HOURLY),
        within=Within(table.choice("within", Within, Within.EMPLOYER)),
        on=On(table.choice("on", On, On.HIGHEST)),
    )
    for key, value in (("grade", result.grade), ("over", result.over)):
        if not value:
            raise table.fault(key, "is missing; name the grade")
    if result.grade == result.over:
        raise table.fault("over", "is the same grade; name the grade below")
    if result.at_least_percent_ppm is None and result.at_least_hourly_micros is None:
        raise table.fault("at_least_percent", "is missing; give it, or at_least_hourly")
    table.done()
    return result


def _fees(table: TomlTable) -> Fees:
    cap = _percent(table, "margin_cap_percent")
    rule = FeeRule(table.choice("rule", FeeRule, FeeRule.FIXED))
    uplift = _percent(table, "uplift_percent", least=-100)
    if rule is not FeeRule.FIXED and uplift is not None:
        raise table.fault("uplift_percent", f"can't stand beside rule = “{rule}”; keep one of the two")
    if rule is FeeRule.CAP and cap is None:
        raise table.fault("margin_cap_percent", "is missing; rule = “cap” needs it")
    table.done()
    return Fees(rule=rule, uplift_ppm=uplift, margin_cap_ppm=cap)


def _percent(table: TomlTable, key: str, *, least: float = 0) -> int | None:
    value = table.number(key, least=least, most=_MOST_PERCENT)
    return None if value is None else ppm(value)


def _pounds(table: TomlTable, key: str, *, most: float) -> int | None:
    value = table.number(key, least=0, most=most)
    return None if value is None else micros(value)


def write_offer(offer: Offer) -> str:
    """The offer as TOML that ``read_offer`` reads back to an equal value."""
    document = tomlkit.document()
    document["format"] = FORMAT
    document["name"] = offer.name
    _put(document, "by", offer.by or None)
    _put(document, "ends", offer.ends)
    _put(document, "tabled", offer.tabled or None)
    steps = tomlkit.aot()
    for step in offer.settlements:
        steps.append(_settlement_table(step))
    document["settlement"] = steps
    return tomlkit.dumps(document)


def _settlement_table(step: Settlement) -> Table:
    table = tomlkit.table()
    table["effective"] = step.effective
    _put(table, "paid_from", step.paid_from)
    _put(table, "applies_to", str(step.applies_to) if step.applies_to is not AppliesTo.ACTUAL else None)
    _put(table, "absorb", step.absorb or None)
    _put(table, "floor_hourly", _out(step.floor_micros, MICROS_PER_POUND))
    _put(table, "delete_points", list(step.delete_points) or None)
    _put(table, "allowances_percent", _out(step.allowances_ppm, PPM // 100))
    _put(table, "pay", _array([_pay_values(rule) for rule in step.pay]))
    _put(table, "differential", _array([_differential_values(one) for one in step.differentials]))
    _put(table, "terms", _sub(terms_values(step.terms)))
    _put(table, "fees", _sub(_fees_values(step.fees)))
    return table


def _pay_values(rule: PayRule) -> dict[str, Any]:
    scope = rule.scope
    return {
        "points": scope.points or None,
        "grades": list(scope.grades) or None,
        "employers": list(scope.employers) or None,
        "ownership": list(scope.ownership) or None,
        "regions": list(scope.regions) or None,
        "settings": list(scope.settings) or None,
        "percent": _out(rule.percent_ppm, PPM // 100),
        "cash": _out(rule.cash_micros, MICROS_PER_POUND),
        "at_least_cash": _out(rule.at_least_cash_micros, MICROS_PER_POUND),
        "at_least_percent": _out(rule.at_least_percent_ppm, PPM // 100),
        "at_least_hourly": _out(rule.at_least_hourly_micros, MICROS_PER_POUND),
        "at_most_cash": _out(rule.at_most_cash_micros, MICROS_PER_POUND),
        "at_most_percent": _out(rule.at_most_percent_ppm, PPM // 100),
        "non_consolidated": rule.non_consolidated or None,
    }


def _differential_values(one: Differential) -> dict[str, Any]:
    return {
        "grade": one.grade,
        "over": one.over,
        "at_least_percent": _out(one.at_least_percent_ppm, PPM // 100),
        "at_least_hourly": _out(one.at_least_hourly_micros, MICROS_PER_POUND),
        "within": str(one.within),
        "on": str(one.on),
    }


def _fees_values(fees: Fees) -> dict[str, Any]:
    return {
        "rule": str(fees.rule) if fees.rule is not FeeRule.FIXED else None,
        "uplift_percent": _out(fees.uplift_ppm, PPM // 100),
        "margin_cap_percent": _out(fees.margin_cap_ppm, PPM // 100),
    }


def _out(value: int | None, unit: int) -> Item | None:
    """A whole number of micros or ppm as the shortest exact decimal."""
    if value is None:
        return None
    exact = (Decimal(value) / unit).normalize()
    return tomlkit.value(format(exact, "f"))


def _put(table: Any, key: str, value: object) -> None:
    if value is not None:
        table[key] = value


def _sub(values: dict[str, Any]) -> Table | None:
    table = tomlkit.table()
    for key, value in values.items():
        _put(table, key, value)
    return table if len(table) else None


def _array(rows: list[dict[str, Any]]) -> AoT | None:
    array = tomlkit.aot()
    for row in rows:
        array.append(_sub(row) or tomlkit.table())
    return array if rows else None
