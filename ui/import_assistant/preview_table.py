"""The first rows of a sheet as they stand in the file, with the heading as a band that keys can move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from bargain.plain_cells import as_copied
from ui import palette
from ui.import_assistant.words import letters
from ui.widgets.plain_label import plain_tip

if TYPE_CHECKING:
    from bargain.intake.preview import SheetPreview

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
WIDEST, ROWS_FOR_WIDTH = 220, 40
MOST_COLUMNS = 300  # of a sheet with more, so many are shown: a payroll has far fewer
MOST_HEADING_ROWS = 3


class PreviewModel(QAbstractTableModel):
    """Cells as text. Rows and columns are named as a spreadsheet names them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: SheetPreview | None = None
        self._hidden: frozenset[int] = frozenset()
        self._width = 0

    def show_preview(self, shown: SheetPreview | None) -> None:
        """Show a sheet, or nothing."""
        self.beginResetModel()
        self._shown = shown
        self._hidden = frozenset() if shown is None else frozenset(shown.hidden_rows)
        width = 0 if shown is None else max((len(row) for row in shown.cells), default=0)
        self._width = min(width, MOST_COLUMNS)
        self.endResetModel()

    def is_heading(self, row: int) -> bool:
        """Whether a row (from 0) is in the band."""
        shown = self._shown
        if shown is None or not shown.heading_from:
            return False
        return shown.heading_from <= row + 1 < shown.heading_from + shown.heading_rows

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Rows shown."""
        return 0 if parent.isValid() or self._shown is None else len(self._shown.cells)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Columns of the widest row."""
        return 0 if parent.isValid() else self._width

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; the band and hidden rows are marked by colour, by letters and in words."""
        if self._shown is None or not index.isValid() or index.row() >= len(self._shown.cells):
            return None
        row = self._shown.cells[index.row()]
        text = row[index.column()] if index.column() < len(row) else ""
        heading, hidden = self.is_heading(index.row()), index.row() + 1 in self._hidden
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(text)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(index, text, heading=heading, hidden=hidden)
            case Qt.ItemDataRole.BackgroundRole if heading:
                return QColor(palette.current().note)
            case Qt.ItemDataRole.ForegroundRole if hidden:
                return QColor(palette.current().muted)
            case Qt.ItemDataRole.FontRole if heading or hidden:
                font = QFont()
                font.setBold(heading)
                font.setItalic(hidden)
                return font
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Letters across the top; row numbers down the side, with an arrow at the band."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return letters(section)
        mark = "▸ " if self.is_heading(section) else ""
        return f"{mark}{section + 1}"

    def _spoken(self, index: Index, text: str, *, heading: bool, hidden: bool) -> str:
        place = f"{letters(index.column())}{index.row() + 1}"
        if heading:
            place = self.tr("{place}, heading").format(place=place)
        if hidden:
            place = self.tr("{place}, hidden row").format(place=place)
        return f"{place}: {text}"


class PreviewTable(QTableView):
    """The grid. Enter puts the heading on the current row; Alt+↑ and Alt+↓ move it; Alt+1 to 3 say how many rows."""

    heading_moved = Signal(int, int)  # its first row from 1, and how many rows

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("First rows of the sheet"))
        self.cells = PreviewModel(self)
        self.setModel(self.cells)
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._from, self._rows = 0, 1
        self._shown: SheetPreview | None = None

    def show_preview(self, shown: SheetPreview | None) -> None:
        """Show a sheet, from its heading on."""
        if shown is not None and shown is self._shown:
            return
        self._shown = shown
        at = self.currentIndex()
        same = shown is not None and self.cells.rowCount() == len(shown.cells)
        self.cells.show_preview(shown)
        self._from = 0 if shown is None else shown.heading_from
        self._rows = 1 if shown is None else max(shown.heading_rows, 1)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self._fit(() if shown is None else shown.cells)
        row = at.row() if same and at.isValid() else max(self._from - 1, 0)
        if self.cells.rowCount():
            index = self.cells.index(row, max(at.column(), 0) if same else 0)
            self.setCurrentIndex(index)
            self.scrollTo(self.cells.index(max(row - 2, 0), 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def _fit(self, rows: Sequence[Sequence[str]]) -> None:
        """Widths by the longest text of the first rows: asking the view would draw every cell."""
        font = QFont(self.font())
        font.setBold(True)
        metrics = QFontMetrics(font)
        looked_at = rows[:ROWS_FOR_WIDTH]
        for column in range(self.cells.columnCount()):
            texts = [row[column] for row in looked_at if column < len(row)]
            longest = max((*texts, letters(column)), key=len)
            self.setColumnWidth(column, min(metrics.horizontalAdvance(longest) + 16, WIDEST))

    def show_row(self, row: int) -> None:
        """Go to a row of the sheet, from 1."""
        if 0 < row <= self.cells.rowCount():
            self.setCurrentIndex(self.cells.index(row - 1, 0))
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that move the band; Ctrl+C copies the current cell."""
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        row = self.currentIndex().row() + 1
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row:
            self.heading_moved.emit(row, self._rows)
        elif alt and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            to = self._from + (1 if key == Qt.Key.Key_Down else -1)
            if 1 <= to <= self.cells.rowCount():
                self.heading_moved.emit(to, self._rows)
        elif alt and Qt.Key.Key_1 <= key <= Qt.Key.Key_3 and self._from:
            self.heading_moved.emit(self._from, key - Qt.Key.Key_0)
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(as_copied(str(self.currentIndex().data() or "")))
        else:
            super().keyPressEvent(event)
