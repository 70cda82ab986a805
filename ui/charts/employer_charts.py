"""Charts of employers' money: £100 of fee, margins before and after, what is affordable, and the months ahead."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate

from ui import formats
from ui.charts.model import Bar, BarChart, Ink, Level, LineChart, Number, Series, Shape
from ui.hidden import hidden_words

if TYPE_CHECKING:
    from bargain.money_of import Money
    from bargain.projection import Projection
    from models.measures import EmployerMargins

_STEPS = 60  # points of the curve of what is affordable


def tr(text: str) -> str:
    """A text of the charts in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


def hundred_chart(one: EmployerMargins, *, is_hidden: bool = False) -> BarChart:
    """Where £100 of one employer's income goes after the offer, with today's beside it; each sums to £100.00.

    is_hidden: its staff are too few for a picture of what their pay comes to.
    """
    from bargain.money_flow import hundred_pounds

    before = {part.name: part.pounds for part in hundred_pounds(one)}
    bars, base = [], 0.0
    for part in hundred_pounds(one, after=True):
        label = tr("{part} (now {pounds})").format(
            part=slice_words(part.name), pounds=formats.money(before.get(part.name), 2)
        )
        bars.append(Bar(label, part.pounds, base=base))
        base += part.pounds
    if is_hidden:
        bars = [Bar(one.name, None, note=hidden_words())]
    elif bars:
        bars.append(Bar(tr("Together"), round(base, 2), ink=Ink.TOTAL))
    return BarChart(
        tr("Where £100 of fee goes: {name}").format(name=one.name),
        tr("£ of each £100 of income, under the offer"),
        Number.HOURLY,  # to the penny
        tuple(bars),
        tr("not known"),
    )


def slice_words(name: str) -> str:
    """A part of £100 in the person's language."""
    words = {
        "labour": tr("Labour"),
        "other operating costs": tr("Other operating costs"),
        "directors' pay": tr("Directors' pay"),
        "rent": tr("Rent"),
        "depreciation": tr("Depreciation"),
        "net interest": tr("Net interest"),
        "profit before tax": tr("Profit before tax"),
    }
    return words.get(name, name)


def margins_chart(margins: Sequence[EmployerMargins], hidden: Collection[str] = ()) -> BarChart:
    """Operating margin of every employer under the offer, lowest first, with today's as a mark.

    hidden: employers of so few staff that the change would tell what somebody is paid.
    """
    known = sorted(
        (one for one in margins if one.margin_after is not None and one.name not in hidden),
        key=lambda one: one.margin_after or 0.0,
    )
    bars = [Bar(one.name, one.margin_after, mark=one.margin_before) for one in known]
    for one in margins:
        if one.margin_after is None or one.name in hidden:
            why = tr("no accounts") if one.margin_after is None else hidden_words()
            bars.append(Bar(one.name, None, note=why))
    return BarChart(
        tr("Operating margin by employer"),
        tr("under the offer"),
        Number.PERCENT,
        tuple(bars),
        tr("not known"),
        mark_name=tr("now"),
    )


def affordable_chart(money: Money) -> LineChart:
    """The share of employers, and of their staff, that could bear each rise in labour cost and keep the margin."""
    from bargain.money_flow import able_to_pay

    known = [one for one in money.rises if one.rise is not None]
    heads = sum(one.heads for one in known)
    if not known or not heads:
        return LineChart(tr("What employers can afford"), "", "", Number.PERCENT, ())
    highest = max(one.rise or 0.0 for one in known)
    top = min(max(highest, 0.05), 0.25)
    xs = tuple(round(top * 100 * at / _STEPS, 4) for at in range(_STEPS + 1))
    able = [able_to_pay(known, x / 100) for x in xs]
    labour = money.appraisal.cost.labour_before
    asked = money.appraisal.cost.full_year / labour if labour else 0.0
    count, _ = able_to_pay(known, asked)
    here = tr("this offer ({rise})").format(rise=formats.percent(asked, 2))
    series = (
        Series(tr("employers"), xs, tuple(n / len(known) for n, _ in able), Ink.OFFER, Shape.STEP),
        Series(tr("their staff"), xs, tuple(one / heads for _, one in able), Ink.NOW, Shape.STEP),
    )
    return LineChart(
        tr("Who could bear a rise in labour cost"),
        tr("Rise in labour cost, %"),
        tr("Share that keeps its margin, {n} of {all} known").format(n=len(known), all=len(money.rises)),
        Number.PERCENT,
        series,
        (Level(here, count / len(known)),),
        x_suffix="%",
    )


def ahead_chart(one: Projection, hit: Projection | None = None, *, is_hidden: bool = False) -> LineChart:
    """Cash of one employer month by month, summed from the first; ``hit`` is the same under a stress, where there is one.

    is_hidden: its staff are too few for a picture of what their pay comes to.
    """
    xs = tuple(float(at) for at in range(len(one.months)))
    names = tuple(
        formats.locale().toString(QDate(month.starts.year, month.starts.month, 1), "MMM yy")
        for month in one.months
    )
    series: tuple[Series, ...] = (
        Series(tr("cash, summed"), xs, tuple(month.cash_to_date for month in one.months), Ink.OFFER),
        Series(tr("result of the month"), xs, tuple(month.result for month in one.months), Ink.NOW),
    )
    if hit is not None and hit.months:
        under = tuple(month.cash_to_date for month in hit.months)
        series = (*series, Series(tr("cash under the stress"), xs, under, Ink.OTHER))
    return LineChart(
        tr("The months ahead: {name}").format(name=one.name),
        tr("Month"),
        tr("£, before tax and repayments"),
        Number.POUNDS,
        series if xs and not is_hidden else (),
        x_names=names,
        note=f"{one.name}: {hidden_words()}." if is_hidden else "",
    )
