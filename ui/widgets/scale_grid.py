"""The view of a pay scale: type, copy, paste, insert and delete with the keys of a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QRect, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from bargain.offers.scale_fill import Fill
from ui.figure_at import Asked
from ui.itemmodels.scale_table import Col, ScaleTable
from ui.widgets.fill_handle import FillHandle

_CONTROL = Qt.KeyboardModifier.ControlModifier
_FILL_KEYS = (_CONTROL, _CONTROL | Qt.KeyboardModifier.ShiftModifier)  # with D


class ScaleGrid(QTableView):
    """Says what is wanted; the page does it."""

    pasted = Signal(str)  # text from the clipboard
    insert_wanted = Signal()
    delete_wanted = Signal()
    fill_wanted = Signal(Fill)
    nothing_to_fill = Signal()

    def __init__(self, model: ScaleTable, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self._handle = FillHandle()
        self.viewport().setMouseTracking(True)

    def fit(self) -> None:
        """Give each column the width of what is in it, and the grade the rest."""
        heading = self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        for at in range(self._table.columnCount()):
            wide = at == Col.GRADE
            mode = QHeaderView.ResizeMode.Stretch if wide else QHeaderView.ResizeMode.ResizeToContents
            heading.setSectionResizeMode(at, mode)

    def chosen_rows(self) -> set[int]:
        """The rows of the selected cells, or the current one."""
        rows = {one.row() for one in self.selectedIndexes()}
        current = self.currentIndex()
        return rows or ({current.row()} if current.isValid() else set())

    def copy(self) -> None:
        """The selected cells to the clipboard, in plain figures."""
        cells = [(one.row(), one.column()) for one in self.selectedIndexes()]
        if cells:
            QGuiApplication.clipboard().setText(self._table.text_of(cells))

    def paste(self) -> None:
        """What the clipboard holds, to the page."""
        self.pasted.emit(QGuiApplication.clipboard().text())

    def choose_rows(self, rows: range) -> None:
        """Mark the amounts of some points; the first of them is the current cell."""
        column = self._table.pay_column
        first, last = self._table.index(rows.start, column), self._table.index(rows.stop - 1, column)
        self.setCurrentIndex(first)
        self.selectionModel().select(
            QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(last)

    def copy_down(self) -> None:
        """The first chosen amount to the others that are chosen; a single one takes that of the point before it."""
        rows = self._chosen_amounts()
        if len(rows) > 1:
            self.fill_wanted.emit(Fill(rows[:1], rows[1:], copies=True))
        elif rows and rows.start:
            self.fill_wanted.emit(Fill(range(rows.start - 1, rows.start), rows, copies=True))
        else:
            self.nothing_to_fill.emit()

    def continue_down(self) -> None:
        """The step between the first two of the chosen amounts, on through the rest; a single one goes on from those before."""
        rows = self._chosen_amounts()
        if len(rows) > 2:
            self.fill_wanted.emit(Fill(rows[:2], rows[2:]))
        elif len(rows) == 1 and rows.start > 1:
            self.fill_wanted.emit(Fill(range(rows.start - 2, rows.start), rows))
        else:
            self.nothing_to_fill.emit()

    def figure_here(self) -> Asked | None:
        """What the current cell says of its point: it is counted, not worked out."""
        at = self.currentIndex()
        if not at.isValid():
            return None
        point = self._table.index(at.row(), Col.POINT).data()
        said = self._table.data(at, Qt.ItemDataRole.AccessibleTextRole)
        words = {
            Col.HOURLY: self.tr(
                "The year's pay over the weeks and hours of the scale, rounded to the penny."
            ),
            Col.STEP: self.tr("Above the point before."),
            Col.FTE: self.tr("Staff on the point, each by their share of a full-time post."),
            Col.WOMEN: self.tr("Of staff on the point whose sex is recorded."),
            Col.FLOOR: self.tr(
                "The hourly rate less the National Living Wage on the first day of the next year."
            ),
        }.get(Col(at.column()), "")
        return Asked(
            words=self.tr("Point {point} – {said}. {words}")
            .format(point=point, said=said, words=words)
            .strip()
        )

    # Filling

    def event(self, event: QEvent) -> bool:
        """Ctrl+D fills while the grid has the keyboard; the menu's own Ctrl+D waits."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_fill(event):
            event.accept()
            return True
        return super().event(event)

    def _chosen_amounts(self) -> range:
        """The rows of the amounts that are chosen, none where no amount is."""
        column = self._table.pay_column
        rows = [one.row() for one in self.selectedIndexes() if one.column() == column]
        return range(min(rows), max(rows) + 1) if rows else range(0)

    def _handle_cell(self) -> QRect:
        """Where the cell is that carries the handle: the lowest amount that is chosen."""
        rows = self._handle.chosen or self._chosen_amounts()
        if not rows or self.state() == QAbstractItemView.State.EditingState:
            return QRect()
        return self.visualRect(self._table.index(rows.stop - 1, self._table.pay_column))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On the handle a drag begins; elsewhere a cell is chosen."""
        at = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self._handle.is_at(self._handle_cell(), at):
            self._handle.take(self._chosen_amounts())
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the handle, and scroll where it leaves the grid; over it the pointer is a cross."""
        at = event.position().toPoint()
        if not self._handle.is_dragged:
            over = self._handle.is_at(self._handle_cell(), at)
            self.viewport().setCursor(Qt.CursorShape.CrossCursor if over else Qt.CursorShape.ArrowCursor)
            super().mouseMoveEvent(event)
            return
        row = self.rowAt(at.y())
        if row < 0:
            row = 0 if at.y() < 0 else self._table.rowCount() - 1
        self._handle.drag(row)
        self.scrollTo(self._table.index(row, self._table.pay_column))
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the handle go: what it passed is filled; with Ctrl an even series is copied."""
        if not self._handle.is_dragged:
            super().mouseReleaseEvent(event)
            return
        source, target = self._handle.chosen, self._handle.target
        self._let_go()
        if target:
            self.fill_wanted.emit(Fill(source, target, copies=bool(event.modifiers() & _CONTROL)))

    def _let_go(self) -> None:
        self._handle.let_go()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, and the handle over them."""
        super().paintEvent(event)
        cell = self._handle_cell()
        if not cell.isValid():
            return
        reach, column = QRect(), self._table.pay_column
        for row in self._handle.target:
            reach = reach.united(self.visualRect(self._table.index(row, column)))
        colours = self.palette()
        with QPainter(self.viewport()) as painter:
            self._handle.paint(
                painter,
                cell,
                reach,
                colours.color(QPalette.ColorRole.Highlight),
                colours.color(QPalette.ColorRole.Base),
            )

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """The handle goes with the selection."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste, Insert, Delete; Enter edits."""
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # what the editor leaves over, such as its Enter, is not for the grid
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Insert and not event.modifiers():
            self.insert_wanted.emit()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and not event.modifiers():
            self.delete_wanted.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape and self._handle.is_dragged:
            self._let_go()
        elif _is_fill(event):
            self.copy_down() if event.modifiers() == _CONTROL else self.continue_down()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter, on to the row below, as in a spreadsheet."""
        at = self.currentIndex()
        super().closeEditor(editor, hint)
        if (
            hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache
            and at.row() + 1 < self._table.rowCount()
        ):
            self.setCurrentIndex(self._table.index(at.row() + 1, at.column()))


def _is_fill(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_D and event.modifiers() in _FILL_KEYS
