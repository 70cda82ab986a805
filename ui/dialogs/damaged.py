"""A damaged file: what is known of it, and its earlier copies, the newest good one chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from ui.dialogs.earlier_versions import moment, size_words
from ui.dialogs.form import FormDialog
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.storage.backups import Backup


class DamagedDialog(FormDialog):
    """``put_back`` takes a copy and the passphrase; whoever answers closes the dialog or calls ``failed``."""

    def __init__(
        self,
        path: Path,
        copies: Sequence[Backup],
        best: Backup | None,
        put_back: Callable[[Backup, str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("This file is damaged"), self.tr("Open that copy"), parent)
        self._copies = tuple(copies)
        self._put_back = put_back
        words = (
            self.tr(
                "{name} is damaged, so nothing of it is shown. There is no earlier copy of it on this computer: fetch one from "
                "where you keep your copies."
            )
            if best is None
            else self.tr(
                "{name} is damaged, so nothing of it is shown. The newest good copy is from {time}{older}. It takes the damaged "
                "file's place; the damaged file is kept too."
            )
        )
        time = "" if best is None else moment(best.at)
        older = "" if best is None else self._older(path, best.at)
        said = words.format(name=path.name, time=time, older=older)
        self.column.insertWidget(0, PlainLabel(said, self, wrap=True))
        self._model = ColumnTable(
            (
                Column(self.tr("Copy from"), [one.at for one in self._copies], moment),
                Column(self.tr("Size"), [one.size for one in self._copies], size_words, is_number=True),
            ),
            self,
        )
        self.table = Table(self._model, self.tr("Earlier copies"), self)
        self.table.fit(0)
        self.column.insertWidget(1, self.table, 1)
        self.passphrase = self.passphrase_field()
        self.add_row(self.tr("&Passphrase:"), self.passphrase)
        self.add_row("", self.show_box(self.passphrase))
        has_copies = bool(self._copies)
        for widget in (self.table, self.passphrase, self.main_button):
            widget.setVisible(has_copies)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        if best is not None:
            self.table.selectRow(self._copies.index(best))
        self._show_chosen()
        self.resize(560, 400 if has_copies else 180)

    def _older(self, path: Path, at: datetime) -> str:
        """How much older a copy is than the damaged file; nothing where that can't be told."""
        try:
            minutes = int((path.stat().st_mtime - at.timestamp()) // 60)
        except OSError:
            return ""
        if minutes < 1:
            return ""
        if minutes < 120:
            return self.tr(", {minutes} min older").format(minutes=minutes)
        if minutes < 48 * 60:
            return self.tr(", {hours} hours older").format(hours=minutes // 60)
        return self.tr(", {days} days older").format(days=minutes // (24 * 60))

    def submit(self) -> None:
        """Put the chosen copy in the file's place, and open it."""
        index = self.table.currentIndex()
        if index.isValid():
            self.say_wrong("")
            self.main_button.setEnabled(False)
            self._put_back(self._copies[self._model.row_of(index)], self.passphrase.text())

    def failed(self, text: str) -> None:
        """It did not work."""
        self.say_wrong(text)
        self._show_chosen()

    def _show_chosen(self, _: QModelIndex | None = None) -> None:
        self.main_button.setEnabled(self.table.currentIndex().isValid())
