"""Names with ticks, shown literally."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QWidget

from ui.widgets.plain_label import plain_tip


class CheckList(QListView):
    """Names with ticks. Names from data are shown literally."""

    changed = Signal()

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QStandardItemModel(self)
        for name in names:
            self._add(name)
        self.setModel(self._model)
        self.setTabKeyNavigation(False)
        self.setMinimumHeight(90)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        if names:
            first, no = self._model.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(
                first, no
            )  # keys begin there; nothing looks chosen that is not
        self._model.itemChanged.connect(lambda _: self.changed.emit())

    def ticked(self) -> tuple[str, ...]:
        """The names with a tick, in order."""
        items = (self._model.item(row) for row in range(self._model.rowCount()))
        return tuple(item.text() for item in items if item.checkState() == Qt.CheckState.Checked)

    def tick(self, name: str, *, on: bool = True) -> None:
        """Set or clear the tick of a name."""
        for item in self._model.findItems(name):
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def tick_only(self, names: Sequence[str]) -> None:
        """Tick these and no others; names that are not there yet are added."""
        known = {self._model.item(row).text() for row in range(self._model.rowCount())}
        for name in names:
            if name not in known:
                self._add(name)
        for row in range(self._model.rowCount()):
            item = self._model.item(row)
            on = item.text() in names
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _add(self, name: str) -> None:
        item = QStandardItem(name)
        item.setCheckable(True)
        item.setEditable(False)
        item.setToolTip(plain_tip(name))
        self._model.appendRow(item)
