"""Offer files: TOML in, an Offer out, and back again without loss."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import tomlkit
from tomlkit.items import Table

from bargain.offers import file_parts as parts
from bargain.offers.allowance_file import allowance_values, read_allowance
from bargain.offers.in_all import check_in_all
from bargain.offers.rule_file import read_rule, rule_values
from bargain.offers.spine_file import (
    inserted_values,
    read_inserted,
    read_spine,
    read_weighting,
    spine_values,
    weighting_values,
)
from bargain.offers.terms_file import read_terms, terms_values
from bargain.plain_names import plain_name
from bargain.toml_tables import TomlTable, parse_toml
from models.issues import UnusableInput
from models.offer import AppliesTo, Differential, FeeRule, Fees, Offer, On, Settlement, Within
from models.units import PPM

FORMAT = 1
_LONGEST_YEARS = 20  # a date further away is a slip of the pen


def read_offer(text: str, *, source: str) -> Offer:
    """The offer in a TOML text; ``source`` names it in messages. Raises UnusableInput."""
    table = TomlTable(parse_toml(text, source=source), source=source, where="")
    version = table.number("format")
    if version is not None and version != FORMAT:
        raise table.fault("format", f"is {version}; this version of Bargain reads format {FORMAT}")
    offer = Offer(
        name=plain_name(table.text("name") or source),
        by=plain_name(table.text("by")),
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
    if offer.ends and offer.ends.year - days[-1].year > _LONGEST_YEARS:
        raise table.fault(
            "ends", f"is {offer.ends}, more than {_LONGEST_YEARS} years after {days[-1]}; check the year"
        )
    check_in_all(offer.settlements, where=f"{source}: ")
    return offer


def _settlement(table: TomlTable) -> Settlement:
    effective = table.day("effective")
    if effective is None:
        raise table.fault("effective", "is missing; give the date from which the step applies")
    paid_from = table.day("paid_from")
    if paid_from and paid_from < effective:
        raise table.fault("paid_from", f"is {paid_from}, before the effective date {effective}")
    if paid_from and paid_from.year - effective.year > _LONGEST_YEARS:
        raise table.fault(
            "paid_from",
            f"is {paid_from}, more than {_LONGEST_YEARS} years after the effective date; check the year",
        )
    result = Settlement(
        effective=effective,
        paid_from=paid_from,
        applies_to=AppliesTo(table.choice("applies_to", AppliesTo, AppliesTo.ACTUAL)),
        absorb=bool(table.truth("absorb", default=False)),
        floor_micros=parts.pounds(table, "floor_hourly", most=parts.MOST_HOURLY),
        delete_points=table.texts("delete_points"),
        allowances_ppm=parts.percent(table, "allowances_percent"),
        pay=tuple(read_rule(one) for one in table.tables("pay")),
        differentials=tuple(_differential(one) for one in table.tables("differential")),
        terms=read_terms(table.table("terms")),
        fees=_fees(table.table("fees")),
        floor_annual_micros=parts.pounds(table, "floor_annual", most=parts.MOST_PAY),
        insert_points=tuple(read_inserted(one) for one in table.tables("insert_point")),
        spine=read_spine(table.table("spine")) if table.has("spine") else None,
        weightings=tuple(read_weighting(one) for one in table.tables("weighting")),
        allowances=tuple(read_allowance(one) for one in table.tables("allowance")),
        favourability=table.truth("favourability", default=True) is not False,
    )
    table.done()
    return result


def _differential(table: TomlTable) -> Differential:
    result = Differential(
        grade=table.text("grade"),
        over=table.text("over"),
        at_least_percent_ppm=parts.percent(table, "at_least_percent"),
        at_least_hourly_micros=parts.pounds(table, "at_least_hourly", most=parts.MOST_HOURLY),
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
    cap = parts.percent(table, "margin_cap_percent")
    rule = FeeRule(table.choice("rule", FeeRule, FeeRule.FIXED))
    uplift = parts.percent(table, "uplift_percent", least=-100)
    if rule is not FeeRule.FIXED and uplift is not None:
        raise table.fault("uplift_percent", f"can't stand beside rule = “{rule}”; keep one of the two")
    if rule is FeeRule.CAP and cap is None:
        raise table.fault("margin_cap_percent", "is missing; rule = “cap” needs it")
    share = parts.percent(table, "pay_share_percent")
    pay = parts.percent(table, "pay_index_percent", least=-100)
    other = parts.percent(table, "other_index_percent", least=-100)
    if rule is FeeRule.INDEXED:
        for key, value in (("pay_share_percent", share), ("other_index_percent", other)):
            if value is None:
                raise table.fault(key, "is missing; rule = “indexed” needs it")
        if share is not None and share > PPM:
            raise table.fault(
                "pay_share_percent", "is more than 100; it is the part of the fee that is for pay"
            )
    elif (share, pay, other) != (None, None, None):
        raise table.fault("rule", "must be “indexed” where pay_share_percent or an index is given")
    table.done()
    return Fees(rule, uplift, cap, share, pay, other)


def write_offer(offer: Offer) -> str:
    """The offer as TOML that ``read_offer`` reads back to an equal value."""
    document = tomlkit.document()
    document["format"] = FORMAT
    document["name"] = offer.name
    parts.put(document, "by", offer.by or None)
    parts.put(document, "ends", offer.ends)
    parts.put(document, "tabled", offer.tabled or None)
    steps = tomlkit.aot()
    for step in offer.settlements:
        steps.append(_settlement_table(step))
    document["settlement"] = steps
    return tomlkit.dumps(document)


def _settlement_table(step: Settlement) -> Table:
    table = tomlkit.table()
    table["effective"] = step.effective
    parts.put(table, "paid_from", step.paid_from)
    parts.put(table, "applies_to", str(step.applies_to) if step.applies_to is not AppliesTo.ACTUAL else None)
    parts.put(table, "absorb", step.absorb or None)
    parts.put(table, "floor_hourly", parts.in_pounds(step.floor_micros))
    parts.put(table, "floor_annual", parts.in_pounds(step.floor_annual_micros))
    parts.put(table, "delete_points", list(step.delete_points) or None)
    parts.put(table, "allowances_percent", parts.in_percent(step.allowances_ppm))
    parts.put(table, "favourability", None if step.favourability else False)
    parts.put(table, "insert_point", parts.array_of([inserted_values(one) for one in step.insert_points]))
    spine = step.spine
    parts.put(table, "spine", None if spine is None else parts.sub_table(spine_values(spine)))
    parts.put(table, "weighting", parts.array_of([weighting_values(one) for one in step.weightings]))
    parts.put(table, "allowance", parts.array_of([allowance_values(one) for one in step.allowances]))
    parts.put(table, "pay", parts.array_of([rule_values(rule) for rule in step.pay]))
    parts.put(
        table, "differential", parts.array_of([_differential_values(one) for one in step.differentials])
    )
    parts.put(table, "terms", parts.sub_table(terms_values(step.terms)))
    parts.put(table, "fees", parts.sub_table(_fees_values(step.fees)))
    return table


def _differential_values(one: Differential) -> dict[str, Any]:
    return {
        "grade": one.grade,
        "over": one.over,
        "at_least_percent": parts.in_percent(one.at_least_percent_ppm),
        "at_least_hourly": parts.in_pounds(one.at_least_hourly_micros),
        "within": str(one.within),
        "on": str(one.on),
    }


def _fees_values(fees: Fees) -> dict[str, Any]:
    return {
        "rule": str(fees.rule) if fees.rule is not FeeRule.FIXED else None,
        "uplift_percent": parts.in_percent(fees.uplift_ppm),
        "margin_cap_percent": parts.in_percent(fees.margin_cap_ppm),
        "pay_share_percent": parts.in_percent(fees.pay_share_ppm),
        "pay_index_percent": parts.in_percent(fees.pay_index_ppm),
        "other_index_percent": parts.in_percent(fees.other_index_ppm),
    }
