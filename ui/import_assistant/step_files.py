"""Step 1, Files: what was dropped or chosen, how far each file is, and what one of them needs before it opens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bargain.plain_names import plain_name
from ui import formats, palette
from ui.import_assistant import words
from ui.import_assistant.pane import SidePane, buttons_row, narrow, on_keys
from ui.import_assistant.settings import AGAIN
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from ui.import_assistant.batch import FileState
    from ui.import_assistant.reader import ImportReader


class DropZone(QFrame):
    """A dashed box: drop files here, or anywhere on the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(
            self.tr("Drop payroll files here, or anywhere on this window."), self, bold=True
        )
        self.more = PlainLabel(
            self.tr(
                "Take them as the employers sent them: Excel, OpenDocument or CSV, with passwords, headings in odd "
                "places and totals in between. Names, NI numbers and bank details are left out before anything is kept."
            ),
            self,
            wrap=True,
        )
        self.way = PlainLabel(
            self.tr(
                "1  Files: each is opened as it is, in memory; what it needs is asked.\n"
                "2  Sheet and heading: we find them, and show what the workbook hides.\n"
                "3  Match columns: you see how each is taken. What the file leaves open is asked, with five of its rows.\n"
                "4  Check: every doubtful row is named, and you decide what becomes of it.\n"
                "5  Confirm: every row is accounted for before anything is added. Undo takes it all back."
            ),
            self,
            wrap=True,
        )
        self.choose_button = QPushButton(self.tr("Ch&oose files…"), self)
        self.choose_button.setMinimumHeight(32)
        inside = QVBoxLayout()
        inside.setSpacing(8)
        for label in (self.title, narrow(self.more), narrow(self.way)):
            inside.addWidget(label)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 8, 14, 8)
        self._row.setSpacing(12)
        self._row.addLayout(inside, 1)
        self._row.addWidget(self.choose_button)

    def show_empty(self, *, is_empty: bool) -> None:
        """Where there are no files yet, also say how an import goes."""
        self.way.setVisible(is_empty)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if is_empty else ways.LeftToRight)
        self._row.setStretch(0, 0 if is_empty else 1)
        sides = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        self._row.setAlignment(self.choose_button, sides if is_empty else Qt.AlignmentFlag.AlignVCenter)
        self._row.setStretch(1, 1 if is_empty else 0)
        self._row.setContentsMargins(*((40, 24, 40, 24) if is_empty else (14, 8, 14, 8)))
        across, down = QSizePolicy.Policy.Preferred, QSizePolicy.Policy
        self.setSizePolicy(across, down.Expanding if is_empty else down.Maximum)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The dashes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.current().line), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)


class FilesStep(QWidget):
    """The table of files; on the right what the chosen one needs. ``chosen`` tells the file it is about."""

    chosen = Signal(object)  # a Path

    def __init__(self, reader: ImportReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._paths: list[Path] = []
        self._state: FileState | None = None
        self.zone = DropZone(self)
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Files"), self)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(False)
        self.pane = SidePane(self.tr("About this file"), self)
        self._fill_pane()
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._choose(now.row()))
        on_keys(self.table, ("Del", "Backspace"), self.remove)
        self.show_files(None)

    def show_files(self, current: Path | None) -> None:
        """Show the files as they are now, and what the current one needs."""
        files = self._reader.files
        self._paths = [one.path for one in files]
        self.model.set_columns(self._columns(files) if files else ())
        self.table.fit(1)
        self.table.setVisible(bool(files))
        self.pane.setVisible(bool(files))
        self.zone.show_empty(is_empty=not files)
        at = self._paths.index(current) if current in self._paths else -1
        with QSignalBlocker(self.table.selectionModel()):
            if at >= 0:
                flags = QItemSelectionModel.SelectionFlag
                index = self.model.index(at, 0)
                self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.table.viewport().update()
        self._show_pane(self._reader.state(current) if current is not None else None)

    def focus_first(self) -> None:
        """Go to the files; where there are none yet, to the button that asks for some."""
        wanted = self.table if self._paths else self.zone.choose_button
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self) -> None:
        """Do without the chosen file."""
        if self._state is not None:
            self._reader.remove(self._state.path)

    # The table

    def _columns(self, files: tuple[FileState, ...]) -> tuple[Column, ...]:
        return (
            Column(self.tr("Employer"), [self._employer(one) for one in files]),
            Column(self.tr("File"), [one.path.name for one in files]),
            Column(self.tr("Sheet"), [self._sheets(one) for one in files]),
            Column(self.tr("Size"), [one.size for one in files], words.size, is_number=True),
            Column(self.tr("How far"), [words.state(one) for one in files]),
        )

    def _employer(self, one: FileState) -> str:
        if one.settings.employer:
            return one.settings.employer
        if not one.employers:
            return formats.DASH
        if len(one.employers) == 1:
            return one.employers[0]
        return self.tr("%n employers", "", len(one.employers))

    @staticmethod
    def _sheets(one: FileState) -> str:
        return ", ".join(sheet.sheet for sheet in one.sheets if sheet.sheet) or formats.DASH

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._paths):
            self.chosen.emit(self._paths[at])

    # The pane

    def _fill_pane(self) -> None:
        pane = self.pane
        self.title = pane.words(bold=True)
        self.problem = pane.words()
        self.note = pane.words()
        self.before = pane.words(bold=True)
        self.password = QLineEdit(pane.inside)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password_words = pane.named(self.tr("Workbook pass&word:"), self.password)
        self.password_button = QPushButton(self.tr("Open with this password"), pane.inside)
        pane.column.addLayout(buttons_row(self.password_button))
        self.employer = QLineEdit(pane.inside)
        self.employer_words = pane.named(self.tr("E&mployer:"), self.employer)
        self.employer_button = QPushButton(self.tr("Use this name"), pane.inside)
        pane.column.addLayout(buttons_row(self.employer_button))
        self.replace_button = QPushButton(self.tr("Replace that"), pane.inside)
        self.both_button = QPushButton(self.tr("Keep both"), pane.inside)
        pane.column.addLayout(buttons_row(self.replace_button, self.both_button))
        self.again_button = QPushButton(self.tr("Read it again"), pane.inside)
        self.remove_button = QPushButton(self.tr("Leave this file out"), pane.inside)
        pane.column.addLayout(buttons_row(self.again_button))
        pane.column.addLayout(buttons_row(self.remove_button))
        pane.column.addStretch(1)
        self.password_button.clicked.connect(self._use_password)
        self.password.returnPressed.connect(self._use_password)
        self.employer_button.clicked.connect(self._use_employer)
        self.employer.returnPressed.connect(self._use_employer)
        self.replace_button.clicked.connect(lambda: self._do_again("replace"))
        self.both_button.clicked.connect(lambda: self._do_again("keep-both"))
        self.again_button.clicked.connect(self._read_again)
        self.remove_button.clicked.connect(self.remove)

    def _show_pane(self, state: FileState | None) -> None:
        is_other = self._state is None or state is None or self._state.path != state.path
        self._state = state
        self.pane.inside.setEnabled(state is not None)
        if state is None:
            self.title.setText(self.tr("Choose a file to see what it needs."))
            for one in (self.problem, self.note, self.before, self.password_words, self.password):
                one.hide()
            for button in (
                self.password_button, self.again_button, self.remove_button, self.employer_button,
                self.replace_button, self.both_button,
            ):  # fmt: skip
                button.hide()
            self.employer_words.hide()
            self.employer.hide()
            return
        self.title.setText(state.path.name)
        problem = self._problem(state)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        notes = " ".join(self._notes(state))
        self.note.setText(notes)
        self.note.setVisible(bool(notes))
        before = self._before(state)
        self.before.setText(before)
        self.before.setVisible(bool(before))
        asks = state.wants_password
        for field in (self.password_words, self.password, self.password_button):
            field.setVisible(asks)
        if is_other:
            self.password.clear()
        names = bool(state.sheets) and not state.names_employer_itself and len(state.sheets) == 1
        for field in (self.employer_words, self.employer, self.employer_button):
            field.setVisible(names or bool(state.settings.employer))
        if not self.employer.hasFocus() or is_other:
            self.employer.setText(state.settings.employer or ", ".join(state.employers))
        told = next(iter(state.settings.answers_to(AGAIN)), "")
        self.replace_button.setVisible(bool(before) and told != "replace")
        self.both_button.setVisible(bool(before) and told != "keep-both")
        self.again_button.setVisible((bool(state.problem) and not asks) or state.stopped)
        self.remove_button.setVisible(True)

    def _problem(self, state: FileState) -> str:
        if not state.wants_password:
            where = self.tr("In step 2 you can say where the heading is; in step 3, which column is which.")
            more = f"\n{where}" if state.look is not None else ""
            return f"✗ {state.problem}{more}" if state.problem else ""
        if state.settings.password:
            return "✗ " + self.tr("That password doesn't open this workbook. Passwords are case-sensitive.")
        return self.tr(
            "This workbook is password-protected. Type its password; we decrypt it in memory only, and keep neither "
            "the password nor an open copy."
        )

    def _notes(self, state: FileState) -> list[str]:
        found = []
        if state.is_legacy:
            found.append(
                self.tr(
                    "An .xls file is in Excel's old format. We read it; saved as .xlsx it would read faster."
                )
            )
        if state.look is not None:
            sheets = state.look.preview.sheets
            hidden = sum(one.state == "hidden" for one in sheets)
            if hidden:
                found.append(
                    self.tr("%n sheet(s) are hidden in this workbook. We have not read them.", "", hidden)
                )
        twin = self._reader.twin_of(state)
        if twin is not None:
            found.append(
                self.tr("This is the very same file as {name}. Leave one of them out.").format(
                    name=twin.path.name
                )
            )
        return found

    def _before(self, state: FileState) -> str:
        record = None if state.look is None else state.look.before
        if record is None:
            return ""
        day = formats.day_long(record.imported)
        match next(iter(state.settings.answers_to(AGAIN)), ""):
            case "replace":
                text = self.tr("What you imported from this file on {day} will be replaced.")
            case "keep-both":
                text = self.tr("You imported this same file on {day}. Its staff will be counted twice.")
            case _:
                text = self.tr("You imported this same file on {day}.")
        return text.format(day=day)

    def _do_again(self, what: str) -> None:
        state = self._state
        if state is not None and state.look is not None:
            told = (what, state.look.sha256) if what == "replace" else (what,)
            self._reader.change(state.path, state.settings.with_change(AGAIN, *told))

    def _use_password(self) -> None:
        if self._state is not None and self.password.text():
            settings = replace(self._state.settings, password=self.password.text())
            self._reader.change(self._state.path, settings)

    def _use_employer(self) -> None:
        if self._state is not None:
            settings = replace(self._state.settings, employer=plain_name(self.employer.text()))
            self._reader.change(self._state.path, settings)

    def _read_again(self) -> None:
        if self._state is not None:
            self._reader.read_again(self._state.path)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.zone)
        left.addWidget(self.table, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(self.pane)
