"""Step 4, Check: what the checks found, the rows it is about, and one choice for all of them. The file stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from bargain.intake.reading import Do
from ui import formats
from ui.import_assistant import words
from ui.import_assistant.pane import on_keys
from ui.import_assistant.rows import rows_of
from ui.import_assistant.settings import CHOICE
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain_label import PlainLabel, plain_menu
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.intake.findings import Finding
    from ui.import_assistant.batch import FileState
    from ui.import_assistant.reader import ImportReader


@dataclass(frozen=True, slots=True)
class Found:
    """One finding of one sheet of one file."""

    path: Path
    sheet: str
    finding: Finding


class CheckStep(QWidget):
    """Findings of all files on the left; their rows and the choices on the right. ``chosen`` tells whose file it is."""

    chosen = Signal(object)

    def __init__(self, reader: ImportReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._found: tuple[Found, ...] = ()
        self._is_filling = False
        self.head = ElidedLabel(bold=True, parent=self)
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Findings"), self)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setSortingEnabled(False)
        self.row_model = ColumnTable(parent=self)
        self.rows = Table(self.row_model, self.tr("Rows of this finding"), self)
        self.title = ElidedLabel(bold=True, parent=self)
        self.why = PlainLabel("", self, wrap=True)
        self.first = PlainLabel("", self, wrap=True)
        self.nothing = PlainLabel("", self, wrap=True)
        self._choices = {one: QRadioButton(self) for one in (Do.FIX, Do.LEAVE_OUT, Do.KEEP)}
        self._group = QButtonGroup(self)
        for at, box in enumerate(self._choices.values()):
            self._group.addButton(box, at)
        self.reason = QLineEdit(self)
        self.reason.setAccessibleName(self.tr("Reason for leaving these rows out"))
        self.reason.setPlaceholderText(self.tr("reason, which is kept with the import"))
        self.apply_button = QPushButton(self.tr("Do th&is with all of them"), self)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_finding())
        self._group.idToggled.connect(lambda *_: self._allow())
        self.reason.textChanged.connect(lambda _: self._allow())
        self.reason.returnPressed.connect(self.apply)
        self.apply_button.clicked.connect(self.apply)
        on_keys(self, ("F3",), lambda: self.go(1), within=True)
        on_keys(self, ("Shift+F3",), lambda: self.go(-1), within=True)
        on_keys(self.table, ("Return", "Enter"), self.focus_choices)

    def show_files(self) -> None:
        """Show what was found in all files."""
        before = self._current()
        files = self._reader.files
        self._found = tuple(
            Found(one.path, sheet, finding) for one in files for sheet, finding in one.findings
        )
        self._is_filling = True
        self.model.set_columns(self._columns() if self._found else ())
        self.table.fit(4 if self.model.columnCount() > 4 else 1)
        self._choose_again(before)
        self._is_filling = False
        self.head.show_text(self._head(files))
        self.nothing.setText(self._nothing(files))
        self.nothing.setVisible(not self._found)
        for one in (self.table, self._right):
            one.setVisible(bool(self._found))
        self._show_finding()

    def go(self, step: int) -> None:
        """The next or the previous finding."""
        if self._found:
            at = (self.table.currentIndex().row() + step) % len(self._found)
            self.table.selectRow(at)

    def focus_choices(self) -> None:
        """Go to what may be done."""
        shown = next((one for one in self._group.buttons() if one.isChecked()), None)
        if shown is not None and shown.isEnabled():
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def apply(self) -> None:
        """Do what is chosen with all rows of the finding, in its file."""
        found, do = self._current(), self._chosen_do()
        state = None if found is None else self._reader.state(found.path)
        if found is None or do is None or state is None or not self.apply_button.isEnabled():
            return
        reason = self.reason.text().strip() if do is Do.LEAVE_OUT else ""
        self._reader.change(found.path, state.settings.with_choice(found.finding.code, do, reason))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # The list

    def _columns(self) -> tuple[Column, ...]:
        found = self._found
        columns = [
            Column(
                "!",
                [one.finding.severity for one in found],
                words.severity_sign,
                say=words.severity,
                tip=self.tr("How serious: ✗ changes figures, ⚠ doubtful, • to know"),
            ),
            Column(self.tr("Check"), [words.check(one.finding.code) for one in found]),
            Column(self.tr("Rows"), [one.finding.count for one in found], formats.number, is_number=True),
            Column(self.tr("Done"), [words.done(one.finding.done) for one in found]),
        ]
        if len({one.path for one in found}) > 1:
            columns.append(Column(self.tr("File"), [one.path.name for one in found]))
        return tuple(columns)

    def _head(self, files: tuple[FileState, ...]) -> str:
        serious = sum(1 for one in self._found if one.finding.severity == "error")
        if not self._found:
            return ""
        text = self.tr("%n thing(s) to look at", "", len(self._found))
        if serious:
            text += " · " + self.tr("%n of them change figures", "", serious)
        waiting = sum(1 for one in files if one.reading is None)
        if waiting:
            text += " · " + self.tr("%n file(s) not read yet", "", waiting)
        return text

    def _nothing(self, files: tuple[FileState, ...]) -> str:
        if not any(one.reading is not None for one in files):
            return self.tr("Checks run as soon as a file has been read.")
        return self.tr("✓ The checks found nothing to look at. Every row is accounted for in step 5.")

    def _choose_again(self, before: Found | None) -> None:
        """Stay with the same finding while files are read again."""
        if not self._found:
            return
        at = 0
        for place, one in enumerate(self._found):
            if before is not None and (one.path, one.sheet, one.finding.code) == (
                before.path,
                before.sheet,
                before.finding.code,
            ):
                at = place
        flags = QItemSelectionModel.SelectionFlag
        with QSignalBlocker(self.table.selectionModel()):
            index = self.model.index(at, 0)
            self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _current(self) -> Found | None:
        at = self.table.currentIndex().row()
        return self._found[at] if 0 <= at < len(self._found) else None

    # One finding

    def _show_finding(self) -> None:
        found = self._current()
        if found is None or self._is_filling:
            return
        finding = found.finding
        name = words.check(finding.code)
        where = f"{found.path.name}, {found.sheet}" if found.sheet else found.path.name
        self.title.show_text(f"{words.severity(finding.severity)}: {name} – {where}")
        self.why.setText(finding.why)
        same = len({one.reason for one in finding.first}) == 1  # else each row says its own
        self.first.setText(finding.first[0].reason[:1].upper() + finding.first[0].reason[1:])
        self.first.setVisible(same)
        state = self._reader.state(found.path)
        self.row_model.set_columns(() if state is None else rows_of(state, found.sheet, finding))
        self.rows.fit(self.row_model.columnCount() - 1)
        self._show_choices(found, state)
        self.chosen.emit(found.path)

    def _show_choices(self, found: Found, state: FileState | None) -> None:
        finding = found.finding
        offered = {one.do: one for one in finding.offers}
        told = () if state is None else state.settings.answers_to(CHOICE, finding.code)
        for do, box in self._choices.items():
            offer = offered.get(do)
            box.setEnabled(offer is not None)
            box.setText(plain_menu(offer.words if offer is not None else self._not_offered(do)))
            with QSignalBlocker(self._group):
                box.setChecked(do is finding.done)
        if not self.reason.hasFocus():
            self.reason.setText(told[1] if len(told) > 1 else "")
        self._allow()

    def _not_offered(self, do: Do) -> str:
        return {
            Do.FIX: self.tr("Fix all like this (there is no sure fix)"),
            Do.LEAVE_OUT: self.tr("Leave these rows out (not for this check)"),
            Do.KEEP: self.tr("Keep as they are (they can't be costed)"),
        }[do]

    def _chosen_do(self) -> Do | None:
        return next((do for do, box in self._choices.items() if box.isChecked() and box.isEnabled()), None)

    def _allow(self) -> None:
        """Leaving out needs a reason; what is done already needs no button."""
        found, do = self._current(), self._chosen_do()
        leaves = do is Do.LEAVE_OUT
        self.reason.setEnabled(leaves)
        if found is None or do is None:
            self.apply_button.setEnabled(False)
            return
        state = self._reader.state(found.path)
        told = () if state is None else state.settings.answers_to(CHOICE, found.finding.code)
        reason = self.reason.text().strip()
        same = do is found.finding.done and (not leaves or reason == (told[1] if told else ""))
        self.apply_button.setEnabled(not same and (not leaves or bool(reason)))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.head)
        left.addWidget(self.nothing)
        left.addWidget(self.table, 1)
        self._right = QWidget(self)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(4)
        right.addWidget(self.title)
        right.addWidget(self.why)
        right.addWidget(self.rows, 1)
        right.addWidget(self.first)
        for do, box in self._choices.items():
            if do is Do.LEAVE_OUT:
                line = QHBoxLayout()
                line.addWidget(box)
                line.addWidget(self.reason, 1)
                right.addLayout(line)
            else:
                right.addWidget(box)
        last = QHBoxLayout()
        last.addWidget(self.apply_button)
        last.addStretch(1)
        last.addWidget(PlainLabel(self.tr("F3: next finding"), self))
        right.addLayout(last)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 4)
        row.addWidget(self._right, 5)
