"""The Summary sheet: the headline costs as formulas over the other sheets, and checks that they agree."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import numpy as np

from bargain.basis import banner, sentences
from bargain.export.book import Book, Column, Entry, Formula, Sheet, Table
from bargain.export.cell_keys import CellSheet
from models.appraisal import Appraisal
from models.costing import CostBreakdown
from models.sector import Sector
from models.working import Working

PRIVATE = "Private: holds pay of small groups. It is one side's own file; do not hand it over or publish it."
_VALUES = (
    "Rates in columns marked “(set by the engine)” on the sheet Cells are values, because the rule behind them "
    "is more than one formula can say; they do not move when a number on the sheet Offer is changed."
)
_LIVE = (
    "Every on-cost, total and ratio is a formula; change a parameter, a rate or a head count and it follows."
)


_SIDES = (("pay_before", "Basic pay before the step"), ("pay_after", "Basic pay after the step"))


def summary_sheet(
    book: Book, sector: Sector, appraisal: Appraisal, *, working: Working, made: CellSheet
) -> None:
    """Headlines first; then how the deal falls in time; then the checks."""
    cost = appraisal.cost
    sheet = book.sheet("Summary", widths=(46, 18, 18, 18, 18, 18, 18, 18, 18, 18, 18, 18, 18, 18))
    sheet.row(Entry(f"{sector.name}: {appraisal.offer.name}", "title"))
    sheet.row(Entry(PRIVATE, "total"))
    if sector.is_sample:
        sheet.row("Sample data: these are not real people.")
    if appraisal.basis.grossed is not None:
        sheet.row(Entry(banner(appraisal.basis), "total"))
    for sentence in sentences(appraisal.basis):
        sheet.row(sentence)
    sheet.row("Staff data of", sector.data_date or "not recorded")
    sheet.row(_LIVE)
    if made.values_only:
        sheet.row(_VALUES)
    sheet.row()
    _headlines(sheet, cost, working)
    sheet.row()
    _time(sheet, cost, working, made)
    sheet.row()
    _checks(sheet)
    if appraisal.notes:
        sheet.row()
        sheet.row(Entry("Notes", "heading"))
        for note in appraisal.notes:
            sheet.row(note)


def _headlines(sheet: Sheet, cost: CostBreakdown, working: Working) -> None:
    numbers = range(1, len(working.steps) + 1)
    whole = "+".join(f"{{steps.full_year@{number}}}*{{steps.whole@{number}}}" for number in numbers)
    in_year = "+".join(f"{{steps.full_year@{number}}}*{{steps.first@{number}}}" for number in numbers)
    bill = "+".join(
        f"({{steps.pay_after@{number}}}-{{steps.pay_before@{number}}})*{{steps.first@{number}}}"
        for number in numbers
    )
    first_bill = f"({{@paybill_before}}+{bill})"
    term = "({@m_ends}-{steps.m_effective@1})"
    rows = (
        ("staff", "Staff", "number", float(working.workforce.heads.sum()), "{cells.heads!}"),
        ("paybill_before", "Pay bill before", "pounds", cost.paybill_before, "{employers.paid!}"),
        (
            "paybill_after",
            "Pay bill after",
            "pounds",
            cost.paybill_after,
            "{@paybill_before}+"
            + "+".join(f"{{steps.pay_after@{one}}}-{{steps.pay_before@{one}}}" for one in numbers),
        ),
        ("labour_before", "Pay and on-costs before", "pounds", cost.labour_before, "{employers.labour!}"),
        (
            "labour_after",
            "Pay and on-costs after",
            "pounds",
            cost.labour_after,
            "{@labour_before}+{@full_year}",
        ),
        ("full_year", "Full-year cost, with on-costs", "pounds", cost.full_year, "{employers.full_year!}"),
        ("in_year_cost", "Cost in the first settlement year", "pounds", cost.in_year_cost, in_year),
        (
            "carry_over_cost",
            "Carried over to later years",
            "pounds",
            cost.carry_over_cost,
            "{@full_year}-{@in_year_cost}",
        ),
        ("over_term", "Cost over the whole deal", "pounds", cost.over_term, f"{whole}+{{@one_off}}"),
        ("back_pay", "Back pay", "pounds", cost.back_pay, "SUM({steps.back_pay})"),
        ("one_off", "One-off payments", "pounds", cost.one_off, "SUM({steps.one_off})"),
        (
            "cost_of_one_percent",
            "Cost of 1 %",
            "pounds",
            cost.cost_of_one_percent,
            "{cells.labour_one!}-{cells.labour_1_0!}",
        ),
        ("level", "Pay bill: level", "share", cost.level, _ratio("{@paybill_after}", "{@paybill_before}")),
        ("in_year", "Pay bill: in-year", "share", cost.in_year, _ratio(first_bill, "{@paybill_before}")),
        (
            "carry_over",
            "Pay bill: carry-over",
            "share",
            cost.carry_over,
            _ratio("{@paybill_after}", first_bill),
        ),
        (
            "comparable_rate",
            "Comparable rate for twelve months",
            "share",
            cost.comparable_rate,
            f"IF({term}>0,{{@level}}*12/{term},{{@level}})",
        ),
    )
    for key, label, style, value, text in rows:
        sheet.row(label, Entry(Formula(text, value), style, key))


def _time(sheet: Sheet, cost: CostBreakdown, working: Working, made: CellSheet) -> None:
    """Dates, the steps, and what falls in each settlement year."""
    first = cost.years[0]
    sheet.row(
        Entry("How it falls in time", "heading"), Entry("date", "heading"), Entry("month no.", "heading")
    )
    for key, label, day in (
        ("ends", "The deal ends", working.ends),
        ("year_from", "First settlement year from", first.starts),
        ("year_to", "to before", first.ends),
    ):
        sheet.row(
            label,
            Entry(day, "date", key),
            Entry(Formula(_month(f"{{@{key}}}"), _number(day)), "rate", f"m_{key}"),
        )
    sheet.row()
    sheet.place(_steps(cost, working, made))
    sheet.row()
    sheet.place(_years(cost, working))


def _steps(cost: CostBreakdown, working: Working, made: CellSheet) -> Table:
    """A row a step: its share of the first year and of the deal, and what it costs."""
    table = Table("steps")
    steps = working.steps
    numbers = range(1, len(steps) + 1)

    def add(key: str, heading: str, style: str, values: list[float], *templates: str) -> None:
        which = None if len(templates) < 2 else np.arange(len(values))
        table.add(Column(key, heading, style, values, templates, which))

    table.add(Column("no", "Step", "whole", list(numbers)))
    table.add(Column("effective", "Effective", "date", [one.effective for one in cost.steps]))
    table.add(Column("paid_from", "Paid from", "date", [one.paid_from for one in cost.steps]))
    add(
        "m_effective",
        "Month no.",
        "rate",
        [_number(one.effective) for one in cost.steps],
        _month("{effective}"),
    )
    add(
        "m_paid",
        "Month no. of payment",
        "rate",
        [_number(one.paid_from) for one in cost.steps],
        _month("{paid_from}"),
    )
    first, end = cost.years[0], _number(working.ends)
    begins, closes = _number(first.starts), _number(first.ends)
    months = [_number(one.effective) for one in cost.steps]
    in_first = [max(min(closes, end) - max(one, begins), 0.0) / 12 for one in months]
    text = "MAX(0,MIN({@m_year_to},{@m_ends})-MAX({m_effective},{@m_year_from}))/12"
    add("first", "Share of a year in the first settlement year", "factor", in_first, text)
    whole = [max(end - one, 0.0) / 12 for one in months]
    add("whole", "Years in force", "factor", whole, "MAX(0,{@m_ends}-{m_effective})/12")
    owed = [max(_number(one.paid_from) - _number(one.effective), 0.0) / 12 for one in cost.steps]
    add("owed", "Years of back pay", "factor", owed, "MAX(0,{m_paid}-{m_effective})/12")
    sides = zip(*made.ends, strict=True)
    for (key, heading), states in zip(_SIDES, sides, strict=True):
        values = [made.basic(one) for one in states]
        add(key, heading, "pounds", values, *(f"{{cells.basic_{one.id}!}}" for one in states))
    levels = [one.level for one in cost.steps]
    add("level", "Level", "share", levels, _ratio("{pay_after}", "{pay_before}"))
    full = [one.full_year for one in cost.steps]
    add(
        "full_year",
        "Full year, with on-costs",
        "pounds",
        full,
        *(f"{{employers.rise_{n}!}}" for n in numbers),
    )
    add("back_pay", "Back pay", "pounds", [one.back_pay for one in cost.steps], "{full_year}*{owed}")
    once = [
        f"{{employers.once_{n}!}}" if step.once is not None else "0"
        for n, step in zip(numbers, steps, strict=True)
    ]
    add("one_off", "Paid once", "pounds", [one.one_off for one in cost.steps], *once)
    return table


def _years(cost: CostBreakdown, working: Working) -> Table:
    """What falls in each settlement year, against no deal."""
    table = Table("years")
    table.add(Column("starts", "Settlement year from", "date", [one.starts for one in cost.years]))
    table.add(Column("ends", "to before", "date", [one.ends for one in cost.years]))
    for key in ("starts", "ends"):
        numbers = [_number(getattr(one, key)) for one in cost.years]
        heading = f"Month no. of the {'start' if key == 'starts' else 'end'}"
        table.add(Column(f"m_{key}", heading, "rate", numbers, (_month(f"{{{key}}}"),)))
    parts = []
    for number in range(1, len(working.steps) + 1):
        effective = f"{{steps.effective@{number}}}"
        window = f"MIN({{m_ends}},{{@m_ends}})-MAX({{steps.m_effective@{number}}},{{m_starts}})"
        parts.append(f"{{steps.full_year@{number}}}*MAX(0,{window})/12")
        parts.append(f"IF(AND({effective}>={{starts}},{effective}<{{ends}}),{{steps.one_off@{number}}},0)")
    costs = [one.cost for one in cost.years]
    table.add(Column("cost", "Cost in the year", "pounds", costs, ("+".join(parts),), total=sum(costs)))
    return table


def _checks(sheet: Sheet) -> None:
    """The same figure by different ways: every difference is nought."""
    sheet.row(Entry("Checks: every difference is nought", "heading"))
    ways = (
        ("Full-year cost less the sum by grade", "{@full_year}-{grades.full_year!}"),
        ("Full-year cost less the sum by element", "{@full_year}-{@elements_total}"),
        ("Full-year cost less the sum of the steps", "{@full_year}-SUM({steps.full_year})"),
        ("Whole deal less the sum by employer", "{@over_term}-{employers.over_term!}"),
        ("Whole deal less the sum by grade", "{@over_term}-{grades.over_term!}"),
        ("Level × in-year × carry-over", "(1+{@level})-(1+{@in_year})*(1+{@carry_over})"),
    )
    for label, text in ways:
        sheet.row(label, Entry(Formula(f"ROUND({text},6)", 0.0), "pounds"))


def _month(cell: str) -> str:
    """Months since year 0, the day as a share of its month."""
    return f"YEAR({cell})*12+MONTH({cell})-1+(DAY({cell})-1)/DAY(EOMONTH({cell},0))"


def _number(day: date) -> float:
    return day.year * 12 + day.month - 1 + (day.day - 1) / monthrange(day.year, day.month)[1]


def _ratio(after: str, before: str) -> str:
    return f"IF({before}=0,0,{after}/{before}-1)"
