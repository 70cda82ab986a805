"""Earlier versions of the open file: what was done when, to look at beside the present one, or to bring back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QModelIndex, QTime
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.storage.versions import Version


class EarlierVersionsDialog(QDialog):
    """``look`` and ``restore`` take a Version; three clicks bring one back: the menu, the line, the button."""

    def __init__(
        self,
        versions: tuple[Version, ...],
        *,
        look: Callable[[Version], object],
        restore: Callable[[Version], object] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Earlier versions"))
        self.finished.connect(self.deleteLater)
        self._versions = versions
        self._look, self._restore = look, restore
        self._model = ColumnTable(self._columns(), self)
        self.table = Table(self._model, self.tr("Earlier versions"), self)
        self.table.fit(1)
        self.table.activated.connect(lambda _: self.look())
        self.look_button = QPushButton(self.tr("&Look at it"), self)
        self.restore_button = QPushButton(self.tr("&Bring it back"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        for button, act in (
            (self.look_button, self.look),
            (self.restore_button, self.restore),
            (self.close_button, self.reject),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        if versions:
            self.table.selectRow(0)
        self._show_chosen()
        self.resize(760, 420)

    def look(self) -> None:
        """Open the chosen version beside the present one, only to be read."""
        chosen = self.chosen()
        if chosen is not None:
            self._look(chosen)
            self.accept()

    def restore(self) -> None:
        """Make the chosen version the present one; undo takes it back."""
        chosen = self.chosen()
        if chosen is not None and self._restore is not None:
            self._restore(chosen)
            self.accept()

    def chosen(self) -> Version | None:
        """The version whose line is selected."""
        index = self.table.currentIndex()
        return self._versions[self._model.row_of(index)] if index.isValid() else None

    def _columns(self) -> tuple[Column, ...]:
        rows = self._versions
        return (
            Column(self.tr("When"), [one.at for one in rows], moment),
            Column(self.tr("What was done last"), [one.text for one in rows]),
            Column(self.tr("Kept as"), [self._kind(one) for one in rows]),
            Column(self.tr("Size"), [one.size or None for one in rows], size_words, is_number=True),
        )

    def _kind(self, version: Version) -> str:
        if version.is_step:
            return self.tr("step")
        words = {
            "save": self.tr("copy of a save"),
            "unsaved": self.tr("copy of what could not be saved"),
            "import": self.tr("copy before an import"),
            "restore": self.tr("copy before bringing one back"),
            "migration": self.tr("copy before a newer format"),
            "erase": self.tr("copy before erasing"),
            "damaged": self.tr("copy of a damaged file"),
        }
        return words.get(version.kind, version.kind)

    def _lay_out(self) -> None:
        words = PlainLabel(
            self.tr(
                "Every change is kept as a step, and whole copies by age. Looking changes nothing; undo takes back what is brought back."
            ),
            self,
            wrap=True,
        )
        self.empty = PlainLabel(self.tr("There is no earlier version yet."), self)
        self.empty.setVisible(not self._versions)
        buttons = QHBoxLayout()
        buttons.addWidget(self.look_button)
        buttons.addWidget(self.restore_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty)
        column.addLayout(buttons)

    def _show_chosen(self, _: QModelIndex | None = None) -> None:
        is_chosen = self.chosen() is not None
        self.look_button.setEnabled(is_chosen)
        self.restore_button.setEnabled(is_chosen and self._restore is not None)


def moment(at: datetime) -> str:
    """A time as people here write it, on their own clock."""
    local = at.astimezone()
    day = QLocale().toString(QDate(local.year, local.month, local.day), "d MMM yyyy")
    return f"{day}, {QTime(local.hour, local.minute).toString('HH:mm')}"


def size_words(size: int | None) -> str:
    """A file's size; nothing for a step, which has none of its own."""
    return "" if size is None else QLocale().formattedDataSize(size)
