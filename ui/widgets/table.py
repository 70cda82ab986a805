"""The table view of every list of figures: sorts on a heading, copies with Ctrl+C, never traps Tab."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from bargain.plain_cells import as_copied
from ui.figure_at import Asked, Figure
from ui.itemmodels.column_table import ColumnTable

LEAST_LETTERS = 15  # that the column which takes the rest of the width can show, if it has so many


class Table(QTableView):
    """A read-only view of a ColumnTable. ``explains``: which figure a cell holds, by its row and column."""

    explains: Figure | None = None
    notes: Callable[[], Sequence[str]] | None = None  # what is copied under the rows: what they are taken of

    def __init__(self, model: ColumnTable, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self._table = model
        self._stretch = -1
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heading = self.horizontalHeader()
        heading.setHighlightSections(False)
        heading.setSortIndicatorClearable(True)
        heading.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def fit(self, stretch: int = 0) -> None:
        """Give each column the width of what is in it, and ``stretch`` the rest; where that is little, the table scrolls."""
        heading = self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        for at in range(self._table.columnCount()):
            mode = (
                QHeaderView.ResizeMode.Stretch if at == stretch else QHeaderView.ResizeMode.ResizeToContents
            )
            heading.setSectionResizeMode(at, mode)
        self._stretch = stretch
        self._keep_legible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rest of the width is another one."""
        super().resizeEvent(event)
        self._keep_legible()

    def _keep_legible(self) -> None:
        """A column that takes what the others leave must not be left with a letter or two."""
        heading, at, modes = self.horizontalHeader(), self._stretch, QHeaderView.ResizeMode
        if not 0 <= at < self._table.columnCount() or heading.sectionResizeMode(at) not in {
            modes.Stretch,
            modes.Interactive,
        }:
            return
        others = sum(heading.sectionSize(one) for one in range(self._table.columnCount()) if one != at)
        needed = max(self.sizeHintForColumn(at), heading.sectionSizeHint(at))
        least = min(needed, LEAST_LETTERS * self.fontMetrics().averageCharWidth())
        if self.viewport().width() - others >= least:
            heading.setSectionResizeMode(at, modes.Stretch)
        else:
            heading.setSectionResizeMode(at, modes.Interactive)
            heading.resizeSection(at, least)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows; in an empty list, that it is empty."""
        super().paintEvent(event)
        if self._table.rowCount() or not self._table.columnCount():
            return
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Nothing here."))

    def figure_here(self) -> Asked | None:
        """The figure in the current cell; where it is only counted, its heading and what that means."""
        at = self.currentIndex()
        if not at.isValid():
            return None
        found = self.explains(self._table.row_of(at), at.column()) if self.explains is not None else None
        return found or Asked(words=self._table.cell_words(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the selected rows as a spreadsheet takes them."""
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted({one.row() for one in self.selectedIndexes()})
            text = self._table.text_of(rows, range(self._table.columnCount()))
            said = "\n".join(map(as_copied, self.notes())) if self.notes is not None else ""
            QGuiApplication.clipboard().setText(f"{text}\n\n{said}" if said else text)
            return
        super().keyPressEvent(event)
