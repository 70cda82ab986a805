"""A chart with what its figures are taken of: how many, what is left out, returned or grossed up, and of which day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from bargain.small_groups import SMALLEST_GROUP
from ui.charts.model import BarChart, Chart

if TYPE_CHECKING:
    from models.grossing import DataBasis


def tr(text: str) -> str:
    """A text of the charts in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


def as_counted(chart: Chart, basis: DataBasis, *, offer: str = "") -> Chart:
    """The chart with its basis as a note; grossed figures say so in the title too, and on the axis of a picture."""
    from bargain.basis import banner, sentences

    named = tr("Offer: {offer}.").format(offer=offer) if offer else ""
    chart = replace(
        chart,
        note=" ".join(part for part in (chart.note, named, *sentences(basis, least=SMALLEST_GROUP)) if part),
    )
    said = banner(basis)
    if not said:
        return chart
    title = tr("{title} ({banner})").format(title=chart.title, banner=said)
    if isinstance(chart, BarChart):
        return replace(
            chart, title=title, value_label=tr("{label}, grossed up").format(label=chart.value_label)
        )
    return replace(chart, title=title, x_label=tr("{label}, grossed up").format(label=chart.x_label))


def leaving(chart: Chart) -> Chart:
    """The chart as a picture, a file or a shared screen may hold it. Bars of small groups are hidden everywhere."""
    if isinstance(chart, BarChart) or chart.told is None:
        return chart
    few = tr("Rates to the nearest 10p. Rates with fewer than ten staff below or above them are not shown.")
    return replace(chart, series=chart.told, told=None, note=" ".join(filter(None, (few, chart.note))))
