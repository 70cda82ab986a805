"""The tornado as a chart: a bar an input, from the cost with it lower to the cost with it higher."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.sensitivity import Swing, Tornado
from ui import formats
from ui.charts.model import Bar, BarChart, Number

NO_SOURCE = "◊"
MOST = 20


def tr(text: str) -> str:
    """A text of the chart in the person's language."""
    return QCoreApplication.translate("", text)


def tornado_chart(found: Tornado) -> BarChart:
    """Bars as differences from the cost as it is; those that move nothing are left out, and counted."""
    moving = [one for one in found.swings if round(one.width) > 0 or one.cost_low is None]
    bars = [_bar(one, found.base) for one in moving[:MOST]]
    still = len(found.swings) - len(bars)
    if still:
        text = tr("{count} other inputs move it by little or nothing").format(count=still)
        bars.append(Bar(text, None, heading=True))
    return BarChart(
        tr("What moves the cost"),
        tr("£ from the lower to the higher value; the line is the cost as it is"),
        Number.POUNDS,
        tuple(bars),
        tr("not known"),
    )


def _bar(one: Swing, base: float) -> Bar:
    mark = "" if one.is_sourced else f" {NO_SOURCE}"
    label = f"{one.label}{mark}: {_short(one.low)}–{_short(one.high)} {one.unit}"
    if one.cost_low is None or one.cost_high is None:
        return Bar(label, None, note=tr("one end can't be priced"))
    return Bar(label, one.cost_high - one.cost_low, one.cost_low - base)


def _short(value: float) -> str:
    places = next((p for p in range(4) if abs(round(value, p) - value) < 1e-9), 3)
    return formats.number(value, places)
