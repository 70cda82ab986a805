"""The view of a pay scale: type, copy, paste, insert and delete with the keys of a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, Qt
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.figure_at import Asked
from ui.itemmodels.scale_table import Col, ScaleTable


class ScaleGrid(QTableView):
    """Says what is wanted; the page does it."""

    pasted = Signal(str)  # text from the clipboard
    insert_wanted = Signal()
    delete_wanted = Signal()

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
