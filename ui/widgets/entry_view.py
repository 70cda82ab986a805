"""The view of a grid to type in: Ctrl+V pastes a block, Delete clears cells, Tab leaves it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView, QWidget

from ui.itemmodels.entry_table import EntryTable


class EntryView(QTableView):
    """Shows an EntryTable; ``wide`` are the columns that share what room is left."""

    def __init__(
        self, model: EntryTable, name: str, *, wide: tuple[int, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._entries = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self._fit_rows()
        heading = self.horizontalHeader()
        heading.setHighlightSections(False)
        for at in range(model.columnCount()):
            mode = QHeaderView.ResizeMode.Stretch if at in wide else QHeaderView.ResizeMode.ResizeToContents
            heading.setSectionResizeMode(at, mode)

    def changeEvent(self, event: QEvent) -> None:
        """Rows grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)

    def add_row(self) -> None:
        """One row more, ready to type in."""
        at = self._entries.index(self._entries.add_row(), 0)
        self.setCurrentIndex(at)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove_chosen(self) -> None:
        """Take the rows away in which anything is selected."""
        self._entries.remove_rows(sorted({one.row() for one in self.selectedIndexes()}))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste and clear."""
        if event.matches(QKeySequence.StandardKey.Paste):
            at = self.currentIndex()
            self._entries.paste(QApplication.clipboard().text(), max(at.row(), 0), max(at.column(), 0))
            return
        if event.key() == Qt.Key.Key_Delete:
            for index in self.selectedIndexes():
                self._entries.setData(index, "")
            return
        super().keyPressEvent(event)
