"""The columns of the table of employers' money. None is not known, and reads so."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui import formats
from ui.hidden import hidden_employers
from ui.itemmodels.column_table import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bargain.money_of import Money
    from models.measures import EmployerMargins


EXPLAINED = MappingProxyType(  # what the columns' figures are called where they are explained, by place
    {0: "employer", 1: "margin", 2: "margin", 5: "fee", 10: "ebitdar", 11: "ebitda", 12: "pretax", 13: "roce"}
    | {14: "adjusted", 15: "leakage", 16: "owners", 21: "payroll"}
)


def tr(text: str) -> str:
    """A text of the table in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


def money_columns(money: Money) -> tuple[Column, ...]:
    """A column a figure: margins, what is affordable, fees, the months ahead, the ladder, and whose accounts."""
    from bargain.money_flow import fee_parts, other_rise

    each = money.appraisal.margins
    parts = [fee_parts(one, other_rise=other_rise(one, money.assumed.other)) for one in each]
    pounds, share = formats.money_short, formats.percent

    def numbers(heading: str, values: list[float | None], tip: str) -> Column:
        return Column(heading, values, share, is_number=True, tip=tip)

    hidden = hidden_employers(money.appraisal)
    few = [one.name in hidden for one in each]
    of_pay = (
        numbers(
            tr("after"),
            [one.margin_after for one in each],
            tr("Operating margin under the offer"),
        ),
        numbers(
            tr("stressed"),
            [None if one is None else one.margin for one in money.hit],
            tr("Operating margin under the offer and the stress"),
        ),
        numbers(
            tr("Can afford"),
            [one.rise for one in money.rises],
            tr("The rise in labour cost that leaves the margin to keep"),
        ),
        numbers(
            tr("Fee rise"),
            [None if one is None else one.rise for one in parts],
            tr("Rise in fees under the offer's rule"),
        ),
        numbers(
            tr("of it pay"),
            [None if one is None else one.labour for one in parts],
            tr("The pay rise, share of income: with profit it sums to the fee rise"),
        ),
        numbers(
            tr("profit"),
            [None if one is None else one.profit for one in parts],
            tr("The change in profit, share of income"),
        ),
        numbers(
            tr("Year 2"),
            [one.margin_of_last(12) for one in money.ahead],
            tr("Operating margin of months 13 to 24"),
        ),
        Column(
            tr("Lowest cash"),
            [one.lowest_cash for one in money.ahead],
            pounds,
            is_number=True,
            tip=tr("The lowest point of cash summed over 24 months"),
        ),
        *_ladder(each, numbers),
        numbers(
            tr("Payroll ÷ accounts"),
            [one.reconciliation for one in each],
            tr("Labour cost of the staff data over labour in the accounts"),
        ),
    )
    *first, payroll = (
        one.hiding(few) for one in of_pay
    )  # the accounts themselves are public, what follows from pay is not
    return (
        Column(tr("Employer"), [one.name for one in each]),
        numbers(tr("Margin now"), [one.margin_before for one in each], tr("Operating margin today")),
        *first,
        Column(tr("Owner"), [one.ownership for one in each]),
        Column(
            tr("Year end"),
            [money.year_ends.get(one.name) for one in each],
            lambda day: formats.DASH if day is None else formats.day(day),
            tip=tr("The end of the year of the accounts used"),
        ),
        Column(tr("Places"), [money.places[one.name] for one in each], formats.number, is_number=True),
        Column(tr("Income"), [one.revenue_before for one in each], pounds, is_number=True),
        payroll,
    )


def _ladder(
    each: Sequence[EmployerMargins], numbers: Callable[[str, list[float | None], str], Column]
) -> tuple[Column, ...]:
    """From the result before rent to the return on capital, and what leaves to owners."""
    return (
        numbers(
            tr("EBITDAR"),
            [_over(one.ebitdar_after, one.revenue_after) for one in each],
            tr("Result before rent and depreciation, share of income, under the offer"),
        ),
        numbers(
            tr("EBITDA"),
            [_over(one.ebitda_after, one.revenue_after) for one in each],
            tr("The same after rent"),
        ),
        numbers(
            tr("Before tax"),
            [_over(one.pretax_after, one.revenue_after) for one in each],
            tr("Profit before tax, share of income, under the offer"),
        ),
        numbers(
            tr("ROCE"),
            [_over(one.result_after, one.capital) for one in each],
            tr("Operating result over capital employed"),
        ),
        numbers(
            tr("Adjusted"),
            [one.adjusted_after for one in each],
            tr("Operating margin with connected-party rent and charges added back"),
        ),
        numbers(
            tr("Leakage"),
            [one.leakage_after for one in each],
            tr("Profit before tax, rent, directors' pay and net interest, share of income"),
        ),
        numbers(
            tr("To owners"),
            [_over(one.returned_after, one.revenue_after) for one in each],
            tr("Dividends and what goes to connected parties as rent, charges and interest, share of income"),
        ),
    )


def _over(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole
