"""bargain cost: every headline cost of an offer."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from bargain.appraisal import appraise
from bargain.commands.options import add_json, add_offer, add_sector, offer_of, sector_of
from bargain.commands.shapes import cost_json, own_cost
from bargain.commands.show import basis_text, heads, percent, pounds, print_json, range_rows, table
from bargain.grossing_range import ranges_of
from bargain.money import largest_remainder
from bargain.offers.words import describe_offer
from models.appraisal import Appraisal
from models.costing import GroupCost
from models.grossing import Range


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --offer OFFER."""
    add_sector(parser)
    add_offer(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the costs."""
    sector = sector_of(options)
    appraisal = appraise(sector, offer_of(options.offer, sector))
    ranges = ranges_of(sector, appraisal)
    if options.json:
        print_json(cost_json(appraisal, ranges))
    else:
        print(_text(appraisal, ranges))
    return 0


def _text(appraisal: Appraisal, ranges: Mapping[str, Range]) -> str:
    cost = appraisal.cost
    headline = [
        ["Full-year cost, with on-costs", pounds(cost.full_year)],
        *range_rows(ranges, "cost_full_year", "£"),
        ["First settlement year", pounds(cost.in_year_cost)],
        *range_rows(ranges, "cost_in_year", "£"),
        ["Carried over to later years", pounds(cost.carry_over_cost)],
        ["Over the whole deal", pounds(cost.over_term)],
        *range_rows(ranges, "cost_total", "£"),
        ["Back pay", pounds(cost.back_pay)],
        ["One-off payments", pounds(cost.one_off)],
        ["Cost of 1 %", pounds(cost.cost_of_one_percent)],
        ["Pay bill: level", percent(cost.level)],
        ["Pay bill: in-year", percent(cost.in_year)],
        ["Pay bill: carry-over", percent(cost.carry_over)],
        ["Comparable rate for twelve months", percent(cost.comparable_rate)],
    ]
    elements = [
        [one.element, *(pounds(part) if one.known else "not known" for part in _parts(one))]
        for one in cost.elements
    ]
    parts = [
        basis_text(appraisal.basis),
        "\n".join(describe_offer(appraisal.offer)),
        table([appraisal.offer.name, ""], headline),
        table(["Element, full year", "pay", "employer NI", "pension", "levy", "cover", "total"], elements),
        _groups("By employer", tuple(map(own_cost, cost.by_employer))),
        _groups("By grade", cost.by_grade),
        _groups("By ownership", cost.by_ownership),
    ]
    return "\n\n".join([*parts, *appraisal.notes])


def _parts(one: object) -> list[float]:
    return [getattr(one, name) for name in ("pay", "employer_ni", "pension", "levy", "cover", "total")]


def _groups(title: str, groups: tuple[GroupCost, ...]) -> str:
    """Costs that add up as shown: whole pounds by the largest remainder."""
    full = largest_remainder([one.full_year for one in groups])
    first = largest_remainder([one.in_year for one in groups])
    rows = [
        [one.name, heads(one.heads), pounds(year), pounds(in_year)]
        for one, year, in_year in zip(groups, full, first, strict=True)
    ]
    return table([title, "staff", "full year", "first year"], rows)
