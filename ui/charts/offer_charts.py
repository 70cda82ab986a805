"""The three charts of an offer: the scale, what it costs step by step, and who gains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from bargain.small_groups import is_small
from ui import formats
from ui.charts.model import Bar, BarChart, Ink, Level, LineChart, Number, Series, Shape
from ui.hidden import few_staff_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bargain.measures.curves import Curve, OfferCurves, Rise
    from models.costing import CostBreakdown
    from models.parameters import LegalFloor
    from models.waterfall import OrderFree


def tr(text: str) -> str:
    """A text of the charts in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


def floor_level(floor: LegalFloor) -> Level:
    """The line of the minimum wage; one that nobody has verified says so."""
    words = tr("legal floor") if floor.is_checked else tr("legal floor, not verified")
    return Level(words, floor.rate)


def scale_chart(
    figures: OfferCurves, *, theirs: OfferCurves | None, their_name: str, legal_floor: LegalFloor | None
) -> LineChart:
    """Hourly pay now, on the offer, and on the other side's last offer, with the legal floor."""
    names = figures.after.names
    lines = [(tr("now"), figures.before, Ink.NOW)]
    if theirs is not None and theirs.after.names == names:
        lines.append((their_name, theirs.after, Ink.OTHER))
    lines.append((tr("this offer"), figures.after, Ink.OFFER))
    series = [_series(*line) for line in lines]
    told = [_told(*line) for line in lines]
    levels = () if legal_floor is None else (floor_level(legal_floor),)
    if names:
        title, x_label = tr("Hourly pay by pay point"), tr("Pay point")
    else:
        title, x_label = tr("Hourly pay, staff in order of pay"), tr("Share of staff, lowest paid first")
    return LineChart(
        title,
        x_label,
        tr("£ per hour"),
        Number.HOURLY,
        tuple(series),
        levels,
        names,
        "" if names else "%",
        told=None if names else tuple(told),
    )


def cost_chart(cost: CostBreakdown) -> BarChart:
    """The full-year cost, element by element, each bar starting where the last one ended."""
    from bargain.measures.curves import cost_steps

    bars = [
        Bar(_step_label(step.element, in_part=step.in_part), step.pounds, step.base, note=step.why)
        for step in cost_steps(cost)
    ]
    return BarChart(
        tr("Full-year cost, step by step"),
        tr("£ a year with on-costs, in the rules' order"),
        Number.POUNDS,
        (*bars, *_totals(cost)),
        tr("not known"),
    )


def order_free_chart(found: OrderFree, cost: CostBreakdown) -> BarChart:
    """The same cost, each element at its average over all orders, so that none is dear or cheap by its place."""
    from bargain.money import largest_remainder

    known = [one for one in found.parts if one.exact is not None]
    shown = iter(largest_remainder([float(one.exact or 0) for one in known], total=float(found.total)))
    bars, base = [], 0.0
    for one in found.parts:
        label = _step_label(one.element, in_part=bool(one.exact and one.why))
        if one.exact is None:
            bars.append(Bar(label, None, base, note=one.why))
            continue
        pounds = next(shown)
        if pounds:  # rounding and protection are in the elements that cause them
            bars.append(Bar(label, pounds, base, note=one.why))
        base += pounds
    return BarChart(
        tr("Full-year cost, average over all orders"),
        tr("£ a year: mean of {count} orders").format(count=formats.number(found.orders)),
        Number.POUNDS,
        (*bars, *_totals(cost)),
        tr("not known"),
    )


def _totals(cost: CostBreakdown) -> list[Bar]:
    """What the steps come to, and what is paid beside it."""
    known = all(one.known for one in cost.elements)
    total = tr("Full-year cost") if known else tr("Full-year cost, as far as it is known")
    bars = [Bar(total, cost.full_year, 0.0, Ink.TOTAL)]
    if cost.one_off:
        bars.append(Bar(tr("Paid once, beside it"), cost.one_off, 0.0, Ink.NOW))
    if cost.back_pay:
        bars.append(Bar(tr("Back pay, in year 1"), cost.back_pay, 0.0, Ink.NOW))
    return bars


def _step_label(element: str, *, in_part: bool) -> str:
    """An element; where the hours it loses are not in its cost, that they are not."""
    label = element_label(element)
    return (
        tr("{element}, without filling the hours (share not known)").format(element=label)
        if in_part
        else label
    )


def gains_chart(figures: OfferCurves, *, theirs: OfferCurves | None, their_name: str) -> BarChart:
    """The average rise by grade, by sex, by size of employer and by tenth of staff; small groups are hidden."""
    bars = [Bar(tr("By grade, lowest first"), None, heading=True)]
    bars += _rise_bars(figures.by_grade, theirs.by_grade if theirs else ())
    bars.append(Bar(tr("By sex, as recorded"), None, heading=True))
    bars += _rise_bars(figures.by_sex, theirs.by_sex if theirs else (), _sex_words())
    bars.append(Bar(tr("By size of employer"), None, heading=True))
    bars += _rise_bars(figures.by_size, theirs.by_size if theirs else (), _size_words())
    bars.append(Bar(tr("By tenth of staff, lowest paid first"), None, heading=True))
    other = {one.name: one.share for one in theirs.by_tenth} if theirs else {}
    for one in figures.by_tenth:
        label = tr("Tenth {number}").format(number=one.name)
        bars.append(Bar(label, one.share, mark=other.get(one.name)))
    return BarChart(
        tr("Average rise in hourly pay"),
        tr("Average rise, each person counted once"),
        Number.PERCENT,
        tuple(bars),
        tr("not shown"),
        their_name if theirs else "",
    )


def element_label(element: str) -> str:
    """An element of the cost, as the engine names it, in the person's language."""
    words = {
        "pay rules": tr("Pay rises"),
        "floor": tr("Floor"),
        "deleted points": tr("Deleted points"),
        "new spine": tr("New spine"),
        "regional weighting": tr("Regional weighting"),
        "differentials": tr("Gaps between grades"),
        "rounding and favourability": tr("Rounding and protection"),
        "allowances": tr("Allowances"),
        "enhancements that follow pay": tr("Enhancements that follow pay"),
        "cover of hours lost before": tr("Cover of hours lost before"),
        "weekly hours": tr("Weekly hours"),
        "annual leave": tr("Annual leave"),
        "sleep-ins": tr("Sleep-ins"),
        "paid training": tr("Paid training"),
        "employer pension": tr("Employer pension"),
        "sick pay": tr("Sick pay"),
        "unsocial hours": tr("Unsocial hours"),
        "travel time": tr("Travel time"),
        "zero-hours conversion": tr("Guaranteed hours"),
        "waking nights": tr("Waking nights"),
        "on-call": tr("On-call"),
        "overtime": tr("Overtime"),
        "supervision": tr("Supervision"),
        "family leave": tr("Family leave"),
        "maternity pay": tr("Maternity pay"),
    }
    return words.get(element) or f"{element[:1].upper()}{element[1:]}"


def _series(name: str, curve: Curve, ink: Ink) -> Series:
    xs = range(len(curve.pounds))  # the place of a pay point, or hundredths of staff
    shape = Shape.LINE if curve.names else Shape.STEP
    return Series(name, tuple(float(x) for x in xs), curve.pounds, ink, shape)


def _told(name: str, curve: Curve, ink: Ink) -> Series:
    """The part of a curve that may leave this side; its figures are to the nearest 10p."""
    kept = [(float(x), rate) for x, rate in enumerate(curve.told) if rate is not None]
    xs, ys = (tuple(x for x, _ in kept), tuple(rate for _, rate in kept))
    return Series(name, xs, ys, ink, Shape.STEP)


def _rise_bars(
    rises: tuple[Rise, ...], theirs: tuple[Rise, ...], words: Mapping[str, str] | None = None
) -> list[Bar]:
    """A bar a group; where a group is small, why there is none."""
    other = {one.name: one.share for one in theirs}
    bars = []
    for one in rises:
        label = (words or {}).get(one.name, one.name)
        if is_small(one.people):
            bars.append(Bar(label, None, note=few_staff_words()))
        else:
            bars.append(Bar(label, one.share, mark=other.get(one.name)))
    return bars


def _sex_words() -> dict[str, str]:
    return {
        "female": tr("Women"),
        "male": tr("Men"),
        "other": tr("Another answer"),
        "unknown": tr("Not recorded"),
    }


def _size_words() -> dict[str, str]:
    return {"0": tr("Under 50 staff"), "50": tr("50 to 249 staff"), "250": tr("250 staff or more")}
