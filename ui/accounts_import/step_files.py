"""Step 1: the files, how far each is, and the password that a protected workbook needs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.accounts_import.files import AccountsFile, AccountsFiles, Stage
from ui.import_assistant.pane import Band, on_keys
from ui.import_assistant.step_files import DropZone
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table


class FilesStep(QWidget):
    """The table of files. ``chosen`` tells the file that the person is at."""

    chosen = Signal(object)  # a Path

    def __init__(self, reader: AccountsFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._paths: list[Path] = []
        self._current: Path | None = None
        self.zone = DropZone(self)
        self._fill_zone()
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Files of accounts"), self)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(False)
        self.problem = Band(self, ground="error")
        self.password = QLineEdit(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password_label = PlainLabel(self.tr("Password of this workbook:"), self)
        self.password_label.setBuddy(self.password)
        self.open_button = QPushButton(self.tr("Open it"), self)
        self.remove_button = QPushButton(self.tr("Do without this file"), self)
        for button in (self.open_button, self.remove_button):
            button.setAutoDefault(False)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._choose(now.row()))
        self.open_button.clicked.connect(self.unlock)
        self.password.returnPressed.connect(self.unlock)
        self.remove_button.clicked.connect(self.remove)
        on_keys(self.table, ("Del", "Backspace"), self.remove)
        self.show_files(None)

    def show_files(self, current: Path | None) -> None:
        """Show the files as they are now, and what the current one needs."""
        files = self._reader.files
        self._current = current
        self._paths = [one.path for one in files]
        self.model.set_columns(self._columns(files) if files else ())
        self.table.fit(0)
        self.table.setVisible(bool(files))
        self.zone.show_empty(is_empty=not files)
        at = self._paths.index(current) if current in self._paths else -1
        if at >= 0:
            flags = QItemSelectionModel.SelectionFlag
            with QSignalBlocker(self.table.selectionModel()):
                index = self.model.index(at, 0)
                self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.table.viewport().update()
        one = self._reader.file(current)
        self.problem.show_text(f"✗ {one.problem}" if one is not None and one.problem else "")
        locked = one is not None and one.wants_password
        for widget in (self.password_label, self.password, self.open_button):
            widget.setVisible(locked)
        if not locked:
            self.password.clear()
        self.remove_button.setVisible(one is not None)

    def focus_first(self) -> None:
        """Go to the files; where there are none yet, to the button that asks for some."""
        (self.table if self._paths else self.zone.choose_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self) -> None:
        """Do without the current file."""
        if self._current is not None:
            self._reader.remove(self._current)

    def unlock(self) -> None:
        """Open the current file with the password typed in."""
        if self._current is not None:
            self._reader.unlock(self._current, self.password.text())

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._paths):
            self.chosen.emit(self._paths[at])

    def _columns(self, files: tuple[AccountsFile, ...]) -> tuple[Column, ...]:
        readings = [None if one.look is None else one.look.reading for one in files]
        return (
            Column(self.tr("File"), [one.path.name for one in files]),
            Column(self.tr("Sheet"), ["" if one is None else one.sheet for one in readings]),
            Column(
                self.tr("Rows read"),
                [None if one is None else one.rows_read for one in readings],
                _count,
                True,
            ),
            Column(self.tr("How far"), [self._how_far(one) for one in files]),
        )

    def _how_far(self, one: AccountsFile) -> str:
        return {
            Stage.WAITING: self.tr("reading…"),
            Stage.READ: self.tr("✓ read"),
            Stage.ASKS: self.tr("? asks something"),
            Stage.REFUSED: self.tr("✗ not read"),
        }[one.stage]

    def _fill_zone(self) -> None:
        self.zone.title.setText(self.tr("Drop files of accounts here, or anywhere on this window."))
        self.zone.more.setText(
            self.tr(
                "Spreadsheets with a row an employer and year, or one employer's own statement with the figures down the side: "
                "income, labour, rent, other operating costs, directors' pay, net interest. What is blank stays not known. "
                "The files themselves are never changed."
            )
        )
        self.zone.way.setText(
            self.tr(
                "1  Files: each is opened in memory, protected ones with their password.\n"
                "2  Columns: you see how each column or line is taken, in which unit and with which sign. What the file leaves open is asked.\n"
                "3  Check: margins, labour held against the staff data, employers we do not know and doubtful rows, before "
                "anything is added. Undo takes it all back."
            )
        )

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.password_label)
        line.addWidget(self.password)
        line.addWidget(self.open_button)
        line.addStretch(1)
        line.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.zone)
        column.addWidget(self.table, 1)
        column.addWidget(self.problem)
        column.addLayout(line)


def _count(value: int | None) -> str:
    return "–" if value is None else str(value)
