"""Remembered ways of reading: what was learned from each file, to show, edit, send on, take in and forget."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from models.issues import UnusableInput
from ui.import_assistant.pane import Band, on_keys
from ui.itemmodels.column_table import Column, ColumnTable
from ui.session import Session
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from models.sector import RememberedMapping, Sector


class RememberedDialog(QDialog):
    """The list, and the settings of the chosen one as text. Every change is a step that can be undone."""

    def __init__(self, session: Session, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Remembered ways of reading"))
        self.finished.connect(self.deleteLater)
        self._session = session
        self._folder = folder
        self._shown: RememberedMapping | None = None
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Remembered ways of reading"), self)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(False)
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(self.tr("Settings (TOML)"))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setTabChangesFocus(True)
        self.nothing = PlainLabel(
            self.tr(
                "Nothing is remembered yet. After each import the app keeps how the file was read, so that the next one "
                "with the same headings needs no answers."
            ),
            self,
            wrap=True,
        )
        self.wrong = Band(self, ground="error")
        self.keep_button = QPushButton(self.tr("&Keep these settings"), self)
        self.forget_button = QPushButton(self.tr("For&get"), self)
        self.export_button = QPushButton(self.tr("Sa&ve as a file…"), self)
        self.take_button = QPushButton(self.tr("&Take in a file…"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show())
        self.text.textChanged.connect(self._allow)
        self.keep_button.clicked.connect(self.keep)
        self.forget_button.clicked.connect(self.forget)
        self.export_button.clicked.connect(self.export)
        self.take_button.clicked.connect(self.take_in)
        self.close_button.clicked.connect(self.reject)
        on_keys(self.table, ("Del",), self.forget)
        session.sector_changed.connect(self.refresh)
        self.resize(900, 460)
        self.refresh()

    def refresh(self) -> None:
        """Show what the sector remembers now."""
        sector = self._session.sector
        if sector is None:
            self.reject()
            return
        from bargain.intake.memory import all_remembered, is_for_accounts

        known = all_remembered(sector)
        staff, accounts = self.tr("Staff data"), self.tr("Accounts")
        at = min(max(self.table.currentIndex().row(), 0), len(known) - 1)
        self.model.set_columns(
            (
                Column(self.tr("Learned from"), [one.file for one in known]),
                Column(self.tr("Used for"), [self._whose(one) for one in known]),
                Column(
                    self.tr("Reads"), [accounts if is_for_accounts(sector, one) else staff for one in known]
                ),
            )
            if known
            else ()
        )
        self.table.fit(0)
        self.nothing.setVisible(not known)
        self._both.setVisible(bool(known))
        if known:
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(
                self.model.index(at, 0), flags.ClearAndSelect | flags.Rows
            )
        self._show()

    def keep(self) -> None:
        """Take the edited text, if it can be read."""
        from bargain.intake.memory import replaced

        one, text = self._shown, self.text.toPlainText()
        if one is not None:
            self._change(
                lambda sector: replaced(sector, one, text, source=self.tr("These settings")),
                self.tr("Change how {file} is read").format(file=one.file),
            )

    def forget(self) -> None:
        """Forget the chosen one; undo brings it back."""
        from bargain.intake.memory import forgotten

        one = self._shown
        if one is not None:
            text = self.tr("Forget how {file} was read").format(file=one.file)
            self._change(lambda sector: forgotten(sector, one), text)

    def export(self) -> None:
        """Write the chosen one as a file that a colleague can take in."""
        from bargain.intake.memory import as_toml, is_for_accounts
        from bargain.whole_file import write_whole

        one, sector = self._shown, self._session.sector
        if one is None or sector is None:
            return
        at = self._folder / f"{Path(one.file).stem}.toml"
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as a file"), str(at), self.tr("Settings (*.toml)")
        )
        if not name:
            return
        path = Path(name) if Path(name).suffix else Path(f"{name}.toml")
        try:
            write_whole(path, as_toml(one, is_accounts=is_for_accounts(sector, one)).encode())
        except OSError as error:
            text = self.tr("✗ {name} could not be written: the system says “{why}”.")
            self.wrong.show_text(text.format(name=path.name, why=error.strerror))
        else:
            self.wrong.show_text("")

    def take_in(self) -> None:
        """Take in settings that a colleague sent."""
        from bargain.intake.memory import taken

        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Take in a file"), str(self._folder), self.tr("Settings (*.toml)")
        )
        if name:
            path = Path(name)
            text = self.tr("Take in {name}").format(name=path.name)
            self._change(lambda sector: taken(sector, path)[0], text)

    def _change(self, act: Callable[[Sector], Sector], text: str) -> None:
        sector = self._session.sector
        if sector is None:
            return
        try:
            changed = act(sector)
        except UnusableInput as unusable:
            self.wrong.show_text(f"✗ {unusable}")
            return
        self.wrong.show_text("")
        self._session.change_sector(changed, text)

    def _whose(self, one: RememberedMapping) -> str:
        if len(one.employers) == 1:
            return one.employers[0]
        return self.tr("%n employers", "", len(one.employers))

    def _show(self) -> None:
        from bargain.intake.memory import all_remembered

        sector, at = self._session.sector, self.table.currentIndex().row()
        known = () if sector is None else all_remembered(sector)
        before, self._shown = self._shown, known[at] if 0 <= at < len(known) else None
        if self._shown != before:
            self.text.setPlainText("" if self._shown is None else self._shown.settings)
            self.wrong.show_text("")
        self._allow()

    def _allow(self) -> None:
        one = self._shown
        for button in (self.forget_button, self.export_button):
            button.setEnabled(one is not None)
        self.keep_button.setEnabled(one is not None and self.text.toPlainText() != one.settings)

    def _lay_out(self) -> None:
        self._both = QSplitter(Qt.Orientation.Horizontal, self)
        self._both.setChildrenCollapsible(False)
        self._both.addWidget(self.table)
        self._both.addWidget(self.text)
        self._both.setSizes([460, 400])
        buttons = QHBoxLayout()
        for button in (self.keep_button, self.export_button, self.take_button, self.forget_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(self.wrong)
        column.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._both, 1)
        column.addLayout(buttons)
        self.wrong.hide()
