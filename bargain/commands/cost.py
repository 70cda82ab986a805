"""bargain cost: every headline cost of an offer."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from bargain.appraisal import appraise
from bargain.assumed import COVER_SHARE, value_of
from bargain.commands.options import add_json, add_offer, add_sector, offer_of, sector_of
from bargain.commands.shapes import checks_json, cost_json, headlines_json, own_cost
from bargain.commands.show import basis_text, heads, percent, pounds, print_json, range_rows, span_text, table
from bargain.costing.terms_law import checks_of
from bargain.grossing_range import ranges_of
from bargain.headlines import headlines_of
from bargain.money import largest_remainder
from bargain.offers.words import describe_offer
from bargain.wage_law import wage_checks
from models.appraisal import Appraisal
from models.costing import (
    CostBreakdown,
    ExpectedStaff,
    FloorCost,
    GroupCost,
    Headlines,
    RuleOfThumb,
    TurnoverSaving,
)
from models.grossing import Range
from models.sector import Sector
from models.terms import TermCheck

_SPENT_ON = ("pay", "employer_ni", "pension", "levy", "cover")
_PARTS = len(_SPENT_ON)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --offer OFFER."""
    add_sector(parser)
    add_offer(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the costs."""
    sector = sector_of(options)
    appraisal = appraise(sector, offer_of(options.offer, sector))
    headlines = headlines_of(sector, appraisal.offer, appraisal.cost)
    checks = (*checks_of(appraisal.offer), *wage_checks(sector, appraisal.offer))
    ranges = ranges_of(sector, appraisal)
    if options.json:
        told = cost_json(appraisal, ranges)
        print_json({**told, **headlines_json(headlines), "statutory_minimums": checks_json(checks)})
    else:
        print(_text(appraisal, headlines, checks, sector=sector, ranges=ranges))
    return 0


def _text(
    appraisal: Appraisal,
    found: Headlines,
    checks: Sequence[TermCheck],
    *,
    sector: Sector,
    ranges: Mapping[str, Range],
) -> str:
    cost = appraisal.cost
    parts = [
        basis_text(appraisal.basis),
        "\n".join(describe_offer(appraisal.offer)),
        table([appraisal.offer.name, ""], _headlines(cost, ranges)),
        _elements(cost),
        _terms(cost, sector),
        _law(checks),
        _floor(found.floor, cost),
        _expected(found.expected),
        _saving(found.saving),
        _thumbs(found.thumbs),
        _groups("By employer", tuple(map(own_cost, cost.by_employer))),
        _groups("By grade", cost.by_grade),
        _groups("By ownership", cost.by_ownership),
        _groups("By region", cost.by_region) if len(cost.by_region) > 1 else "",
    ]
    return "\n\n".join([part for part in parts if part] + list(appraisal.notes))


def _headlines(cost: CostBreakdown, ranges: Mapping[str, Range]) -> list[list[str]]:
    in_year, carried = largest_remainder(
        [cost.in_year_cost, cost.carry_over_cost], total=round(cost.full_year)
    )
    return [
        ["Full-year cost, with on-costs", pounds(cost.full_year)],
        *range_rows(ranges, "cost_full_year", "£"),
        ["  First settlement year", pounds(in_year)],
        *range_rows(ranges, "cost_in_year", "£"),
        ["  Carried over to later years", pounds(carried)],
        *range_rows(ranges, "carry_over_cost", "£"),
        ["Cumulative, over the whole deal", pounds(cost.over_term)],
        *range_rows(ranges, "cost_total", "£"),
        ["Back pay", pounds(cost.back_pay)],
        *range_rows(ranges, "back_pay", "£"),
        ["One-off payments", pounds(cost.one_off)],
        *range_rows(ranges, "one_off", "£"),
        ["Cost of 1 %", pounds(cost.cost_of_one_percent)],
        *range_rows(ranges, "cost_of_one_percent", "£"),
        ["Basic pay bill: level", percent(cost.level)],
        *range_rows(ranges, "level", "share"),
        ["Basic pay bill: in-year", percent(cost.in_year)],
        *range_rows(ranges, "in_year", "share"),
        ["Basic pay bill: carry-over", percent(cost.carry_over)],
        *range_rows(ranges, "carry_over", "share"),
        ["Comparable rate for twelve months", percent(cost.comparable_rate)],
        *range_rows(ranges, "comparable_rate", "share"),
    ]


def _elements(cost: CostBreakdown) -> str:
    """Elements by what they are spent on, in whole pounds that add up both ways to the full-year cost."""
    rows = []
    for one, own in zip(cost.elements, _whole_pounds(cost), strict=True):
        if one.known:
            amounts = [*map(pounds, own), pounds(sum(own))]
        elif one.lacks_cover:
            amounts = [*map(pounds, own[:-1]), "not known", "not known"]
        else:
            amounts = ["not known"] * 6
        rows.append([one.element, *amounts])
    return table(["Element, full year", "pay", "employer NI", "pension", "levy", "cover", "total"], rows)


def _whole_pounds(cost: CostBreakdown) -> list[tuple[float, ...]]:
    """Each element's parts as they are shown."""
    cells = [getattr(one, name) for one in cost.elements for name in _SPENT_ON]
    shown = largest_remainder(cells, total=round(cost.full_year))
    return [shown[at : at + _PARTS] for at in range(0, len(cells), _PARTS)]


def _terms(cost: CostBreakdown, sector: Sector) -> str:
    """Each element that takes hours out of the rota: nobody fills them, everybody does, the sector's share."""
    share = value_of(sector.assumptions, COVER_SHARE)
    rows = [
        [
            one.element,
            f"{one.hours_lost:,.0f}",
            pounds(one.not_replaced),
            pounds(one.replaced),
            pounds(one.total) if one.known else "not known",
        ]
        for one in cost.elements
        if one.hours_lost
    ]
    used = "share not known" if share is None else f"{share * 100:g} % covered"
    return table(["Hours lost", "a year", "not replaced", "all replaced", used], rows) if rows else ""


def _law(checks: Sequence[TermCheck]) -> str:
    words = {True: "met", False: "BELOW THE LAW", None: "no figure in law"}
    return "\n".join(
        f"{one.element}, {one.effective}: {one.said or f'{one.offered:g} {one.unit}'}"
        f"{'' if one.least is None else f', least {one.least:g}'}{'' if one.most is None else f', most {one.most:g}'}"
        f" – {words[one.met]}. {one.law} ({one.source}{_unchecked(one)})."
        for one in checks
    )


def _unchecked(one: TermCheck) -> str:
    return "; not verified, check before use" if one.confidence.startswith("unverified") else ""


def _floor(found: FloorCost | None, cost: CostBreakdown) -> str:
    """Floor and ripple; what the table of elements shows too stands here in the same whole pounds."""
    if found is None:
        return ""
    shown = {one.element: sum(own) for one, own in zip(cost.elements, _whole_pounds(cost), strict=True)}

    def told(element: str, amount: float) -> str:
        whole = shown.get(element, amount)
        return pounds(whole if abs(whole - amount) < _PARTS else amount)

    rows = [
        [f"The floor alone, for {heads(found.heads)} staff below it", pounds(found.alone)],
        ["The floor after the pay rules", told("floor", found.after_rules)],
        ["The ripple: what differentials add above it", told("differentials", found.ripple)],
    ]
    return table(["Floor and ripple, full year", ""], rows)


def _expected(found: ExpectedStaff) -> str:
    rows = [["Same people", pounds(found.same_people)]]
    if found.expected is None:
        rows.append([f"Expected staff: {found.why}", "not known"])
    else:
        rows.append([f"Expected staff ({_staffing(found)})", pounds(found.expected)])
        rows.append(["Drift: what staffing changes without an offer", pounds(found.drift)])
    return table(["Whose cost, full year", ""], rows)


def _staffing(found: ExpectedStaff) -> str:
    """What makes the staff of a year on: turnover, and increments by the scale or by a share of pay."""
    share = "not assumed" if found.increments is None else f"{found.increments * 100:g} %"
    said = [f"{(found.turnover or 0) * 100:g} % turnover"]
    if found.moved is None or found.at_top is None or found.off_scale is None:
        return f"{said[0]}, {share} increments"
    said.append(f"{heads(found.moved)} staff up the scale, {heads(found.at_top)} at the top")
    if found.off_scale:
        said.append(f"{heads(found.off_scale)} on no point: increments {share}")
    said.append(found.order.replace("_", " "))
    return ", ".join(said)


def _saving(found: TurnoverSaving) -> str:
    """Only where the sector assumes it: a hope, in no cost above."""
    if found.amount is None:
        return ""
    rows = [[f"{heads(found.fewer_leavers or 0)} fewer leavers a year", pounds(found.amount)]]
    return table(["Assumed saving, in no cost above", ""], rows)


def _thumbs(thumbs: Sequence[RuleOfThumb]) -> str:
    """What one small change costs, with its range where figures are grossed up."""
    rows = [[one.label, _thumb(one)] for one in thumbs]
    headings = ["Rule of thumb, full year", "cost"]
    if any(one.range is not None for one in thumbs):
        headings.append("95 % range")
        for row, one in zip(rows, thumbs, strict=True):
            row.append("" if one.range is None else span_text(one.range, "£"))
    return table(headings, rows)


def _thumb(one: RuleOfThumb) -> str:
    if one.cost is not None:
        return pounds(one.cost)
    return f"{pounds(one.not_replaced)} to {pounds(one.replaced)}, by the share covered"


def _groups(title: str, groups: tuple[GroupCost, ...]) -> str:
    """Costs that add up as shown: whole pounds by the largest remainder."""
    full = largest_remainder([one.full_year for one in groups])
    first = largest_remainder([one.in_year for one in groups])
    rows = [
        [one.name, heads(one.heads), pounds(year), pounds(in_year)]
        for one, year, in_year in zip(groups, full, first, strict=True)
    ]
    return table([title, "staff", "full year", "first year"], rows)
