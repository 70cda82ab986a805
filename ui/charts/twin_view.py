"""The view of a chart's table: what is copied from it is what the chart's file would hold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from bargain.plain_cells import as_copied
from ui.charts.counted import leaving
from ui.charts.model import Chart
from ui.charts.twin import TwinModel, twin_of
from ui.hidden import hidden_words


class TwinView(QTableView):
    """Shows every figure of a chart to its own side; copies those that may leave it, with what they are taken of."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart | None = None
        self._twin = TwinModel(self)
        self.setModel(self._twin)
        self.verticalHeader().hide()
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        heading = self.horizontalHeader()
        heading.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        heading.setTextElideMode(Qt.TextElideMode.ElideRight)
        heading.setHighlightSections(False)

    def show_chart(self, chart: Chart) -> None:
        """Show the figures of another chart."""
        self._chart = chart
        self._twin.set_twin(twin_of(chart))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)

    def text_of(self, rows: Sequence[int]) -> str:
        """Rows as tab-separated text under their headings, then the chart's note; a figure that may not leave is not there."""
        if self._chart is None:
            return ""
        shown, outside = twin_of(self._chart), leaving(self._chart)
        told = twin_of(outside)
        cells = {row[0]: dict(zip(told.headings, row, strict=True)) for row in told.rows}
        lines = ["\t".join(map(as_copied, shown.headings))]
        for row in (shown.rows[at] for at in rows):
            kept = cells.get(row[0], {})
            parts = row
            if outside is not self._chart:
                named = zip(shown.headings[1:], row[1:], strict=True)
                parts = (
                    row[0],
                    *(kept.get(name) or (hidden_words() if text else "") for name, text in named),
                )
            lines.append("\t".join(map(as_copied, parts)))
        if outside.note:
            lines += ["", as_copied(outside.note)]
        return "\n".join(lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the selected rows."""
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted({one.row() for one in self.selectedIndexes()})
            QGuiApplication.clipboard().setText(self.text_of(rows))
            return
        super().keyPressEvent(event)
