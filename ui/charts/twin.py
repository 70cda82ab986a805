"""The table that says what a chart shows: its accessible form."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bargain.plain_cells import as_plain
from ui.charts.model import Bar, BarChart, Chart, LineChart
from ui.charts.ticks import figure_text
from ui.widgets.plain_label import plain_tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Twin:
    """Headings and rows of text; the first column names the row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def twin_of(chart: Chart) -> Twin:
    """Every figure of the chart, as a table."""
    return _twin_of_lines(chart) if isinstance(chart, LineChart) else _twin_of_bars(chart)


def read_out(chart: Chart, figure: int) -> tuple[str, ...]:
    """One figure in words: a point of the last line with what the others say there, or one bar."""
    if isinstance(chart, BarChart):
        bar = chart.bars[figure]
        known = _bar_text(chart, bar)
        mark = () if bar.mark is None else (f"{chart.mark_name}: {figure_text(bar.mark, chart.number)}",)
        return (f"{bar.label}: {known}", *mark)
    x = [series for series in chart.series if series.xs][-1].xs[figure]
    there = [(one.name, one.ys[one.xs.index(x)]) for one in chart.series if x in one.xs]
    figures = (f"{name}: {figure_text(y, chart.number)}" for name, y in there)
    return (f"{chart.x_label}: {_x_text(chart, x)}", *figures)


def _bar_text(chart: BarChart, bar: Bar) -> str:
    """The figure of a bar; where there is none, that it is not known and why."""
    if bar.value is not None:
        return figure_text(bar.value, chart.number)
    if bar.note.startswith(chart.unknown):
        return bar.note
    return f"{chart.unknown}: {bar.note}" if bar.note else chart.unknown


def _x_text(chart: LineChart, x: float) -> str:
    return chart.x_names[int(x)] if chart.x_names else f"{x:,.0f}{chart.x_suffix}"


def _twin_of_lines(chart: LineChart) -> Twin:
    """A row for each x; a series that has no point there leaves its cell empty."""
    xs = sorted({x for series in chart.series for x in series.xs})
    columns = [dict(zip(series.xs, series.ys, strict=True)) for series in chart.series]
    rows = []
    for x in xs:
        name = _x_text(chart, x)
        cells = [figure_text(column[x], chart.number) if x in column else "" for column in columns]
        rows.append((name, *cells, *(figure_text(level.value, chart.number) for level in chart.levels)))
    names = [series.name for series in chart.series] + [level.name for level in chart.levels]
    return Twin((chart.x_label, *names), tuple(rows))


def _twin_of_bars(chart: BarChart) -> Twin:
    marked = bool(chart.mark_name) and any(bar.mark is not None for bar in chart.bars)

    def cells(bar: Bar) -> tuple[str, ...]:
        if bar.heading:
            return (bar.label, "", "") if marked else (bar.label, "")
        figure = _bar_text(chart, bar)
        mark = "" if bar.mark is None else figure_text(bar.mark, chart.number)
        return (bar.label, figure, mark) if marked else (bar.label, figure)

    headings = ("", chart.value_label, chart.mark_name) if marked else ("", chart.value_label)
    return Twin(headings, tuple(cells(bar) for bar in chart.bars))


def csv_of(chart: Chart) -> str:
    """Every figure of the chart as comma-separated values, unrounded, for a spreadsheet."""
    made = StringIO()
    writer = csv.writer(made, lineterminator="\n")
    if isinstance(chart, LineChart):
        names = [one.name for one in chart.series] + [one.name for one in chart.levels]
        writer.writerow([as_plain(chart.x_label), *map(as_plain, names)])
        columns = [dict(zip(one.xs, one.ys, strict=True)) for one in chart.series]
        for x in sorted({x for one in chart.series for x in one.xs}):
            name = as_plain(_x_text(chart, x)) if chart.x_names else x
            cells = [column.get(x, "") for column in columns]
            writer.writerow([name, *cells, *(level.value for level in chart.levels)])
        return _noted(made, chart)
    writer.writerow(["", as_plain(chart.value_label), as_plain(chart.mark_name)])
    for bar in chart.bars:
        writer.writerow(
            [
                as_plain(bar.label),
                as_plain("" if bar.heading else _bar_text(chart, bar)) if bar.value is None else bar.value,
                "" if bar.mark is None else bar.mark,
            ]
        )
    return _noted(made, chart)


def _noted(made: StringIO, chart: Chart) -> str:
    """The figures, then, after an empty line, what they are and what they are taken of."""
    if chart.note:
        writer = csv.writer(made, lineterminator="\n")
        writer.writerows(((), (as_plain(chart.title),), (as_plain(chart.note),)))
    return made.getvalue()


class TwinModel(QAbstractTableModel):
    """A twin for a table view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._twin = Twin((), ())

    def set_twin(self, twin: Twin) -> None:
        """Show another table."""
        self.beginResetModel()
        self._twin = twin
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Rows of the chart's figures."""
        return 0 if parent.isValid() else len(self._twin.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The name, then one column a position."""
        return 0 if parent.isValid() else len(self._twin.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, figures to the right."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._twin.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() > 0:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Names of the positions; whole as a tooltip, where a narrow column cuts them."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._twin.headings):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._twin.headings[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._twin.headings[section])
        return None
