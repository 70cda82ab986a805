"""Step 5, Confirm: every row accounted for, the control total, totals printed in the files, and titles without a grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QTabWidget, QVBoxLayout, QWidget

from bargain.intake.categories import suggest_grades
from bargain.intake.control import amount, control_of
from bargain.intake.payroll import facts_of
from bargain.intake.reading import RowKind, SheetReading
from ui import formats, reconcile
from ui.import_assistant import words
from ui.import_assistant.pane import Band, SidePane, on_keys
from ui.import_assistant.settings import TITLE
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.intake.reading import Problem
    from models.sector import Sector
    from ui.import_assistant.batch import FileState
    from ui.import_assistant.reader import ImportReader

FILES, TOTALS, TITLES = range(3)
TOTAL_DISAGREES = "total_disagrees"


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """A job title without a grade, in which files, and the grade that its name is most like."""

    title: str
    heads: float
    paths: tuple[Path, ...]
    grade: str
    sure: float


class ConfirmStep(QWidget):
    """The sentence that reconciles, above three lists; the control total on the right. ``changed`` tells of a new total."""

    changed = Signal()

    def __init__(self, reader: ImportReader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._sector: Sector | None = None
        self._titles: tuple[NotPlaced, ...] = ()
        self.sentence = PlainLabel("", self, wrap=True, bold=True, scale=1.15)
        self.waiting = Band(self, ground="warning")
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.models = [ColumnTable(parent=self) for _ in range(3)]
        names = (self.tr("Files"), self.tr("Totals in the files"), self.tr("Job titles not placed"))
        self.tables = [Table(model, name, self) for model, name in zip(self.models, names, strict=True)]
        self._names = names
        self.place_button = QPushButton(self.tr("Place as suggested (Enter)"), self)
        self.place_sure_button = QPushButton(self.tr("Place all that are sure"), self)
        self.title_words = ElidedLabel(parent=self)
        self.pane = SidePane(self.tr("Control total"), self)
        self._fill_pane()
        self._lay_out()

    def show_files(self, sector: Sector | None) -> None:
        """Show what would be added."""
        self._sector = sector
        files = self._reader.files
        sheets = [(one, sheet) for one in files for sheet in one.sheets]
        self.sentence.setText(self._sentence([sheet for _, sheet in sheets]))
        self.waiting.show_text(self._waiting(files))
        self._show_sheets(sheets)
        self._show_totals(sheets)
        self._show_titles(files, sector)
        self._compare()

    def focus_first(self) -> None:
        """Go to the control total."""
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is added

    def _sentence(self, sheets: Sequence[SheetReading]) -> str:
        if not sheets:
            return self.tr("Nothing has been read yet.")
        counts = {kind: sum(sheet.counts[kind] for sheet in sheets) for kind in RowKind}
        text = reconcile.sentence(
            rows=sum(sheet.rows_in_file for sheet in sheets),
            staff=counts[RowKind.STAFF],
            totals=counts[RowKind.TOTAL],
            leavers=counts[RowKind.LEAVER],
            set_aside=counts[RowKind.SET_ASIDE],
            blank=counts[RowKind.BLANK],
            heads=sum(float(sheet.heads) for sheet in sheets),
        )
        paid = sum(float(sheet.paybill) for sheet in sheets)
        bill = self.tr("Pay bill {money} a year.").format(money=formats.money(paid))
        return f"{text}. {bill}"

    def _waiting(self, files: Sequence[FileState]) -> str:
        twins = next(((one, twin) for one in files if (twin := self._reader.twin_of(one)) is not None), None)
        if twins is not None:
            text = self.tr("{one} and {other} are the very same file. Leave one of them out (step 1).")
            return text.format(one=twins[0].path.name, other=twins[1].path.name)
        waiting = sum(1 for one in files if not one.is_ready)
        if not waiting:
            return ""
        return self.tr("%n file(s) still need an answer, or to be left out (step 1).", "", waiting)

    def _show_sheets(self, sheets: Sequence[tuple[FileState, SheetReading]]) -> None:
        self.models[FILES].set_columns(
            (
                Column(self.tr("File"), [self._file(one, sheet) for one, sheet in sheets]),
                Column(self.tr("Employer"), [self._employers(sheet) for _, sheet in sheets]),
                Column(self.tr("Rows"), [self._rows(sheet) for _, sheet in sheets]),
                Column(
                    self.tr("Pay bill (£)"),
                    [float(sheet.paybill) for _, sheet in sheets],
                    formats.money,
                    is_number=True,
                ),
            )
        )
        self.tables[FILES].fit(2)
        self._count(FILES)

    @staticmethod
    def _file(one: FileState, sheet: SheetReading) -> str:
        return f"{one.path.name}, {sheet.sheet}" if len(one.sheets) > 1 else one.path.name

    def _employers(self, sheet: SheetReading) -> str:
        if len(sheet.employers) == 1:
            return sheet.employers[0].name
        return self.tr("%n employers", "", len(sheet.employers))

    @staticmethod
    def _rows(sheet: SheetReading) -> str:
        counts = sheet.counts
        return reconcile.sentence(
            rows=sheet.rows_in_file,
            staff=counts[RowKind.STAFF],
            totals=counts[RowKind.TOTAL],
            leavers=counts[RowKind.LEAVER],
            set_aside=counts[RowKind.SET_ASIDE],
            blank=counts[RowKind.BLANK],
            heads=float(sheet.heads),
        )

    def _show_totals(self, sheets: Sequence[tuple[FileState, SheetReading]]) -> None:
        """Totals printed in the files: those that agree are counted, those that do not are named."""
        rows: list[tuple[str, Problem]] = [
            (self._file(one, sheet), problem)
            for one, sheet in sheets
            for problem in sheet.problems
            if problem.code == TOTAL_DISAGREES
        ]
        wrong = {(file, problem.row) for file, problem in rows}
        agree = sum(sheet.counts[RowKind.TOTAL] for _, sheet in sheets) - len(wrong)
        named = [(file, str(one.row), one.column, one.value, one.reason) for file, one in rows]
        if agree > 0:
            text = self.tr("%Ln row(s) of totals agree with the rows above them, or hold no sum.", "", agree)
            named.insert(0, ("✓", "", "", "", text))
        headings = (
            self.tr("File"),
            self.tr("Row"),
            self.tr("Column"),
            self.tr("Printed"),
            self.tr("Against the rows"),
        )
        self.models[TOTALS].set_columns(
            [Column(heading, [row[at] for row in named]) for at, heading in enumerate(headings)]
        )
        self.tables[TOTALS].fit(4)
        count = f" ({formats.number(len(wrong))} ⚠)" if wrong else ""
        self.tabs.setTabText(TOTALS, self._names[TOTALS] + count)

    def _count(self, at: int) -> None:
        self.tabs.setTabText(at, f"{self._names[at]} ({formats.number(self.models[at].rowCount())})")

    # Titles

    def _show_titles(self, files: Sequence[FileState], sector: Sector | None) -> None:
        self._titles = () if sector is None else _not_placed(files, sector)
        rows = self._titles
        self.models[TITLES].set_columns(
            (
                Column(self.tr("Job title"), [one.title for one in rows]),
                Column(self.tr("Staff"), [one.heads for one in rows], formats.number, is_number=True),
                Column(self.tr("Most like"), [one.grade or self.tr("no grade") for one in rows]),
                Column(self.tr("How sure"), [words.sureness(one.sure) if one.grade else "" for one in rows]),
            )
        )
        self.tables[TITLES].fit(0)
        self._count(TITLES)
        heads = round(sum(one.heads for one in rows))
        self.title_words.show_text(self.tr("%Ln staff have no grade yet.", "", heads) if rows else "")
        self.place_button.setEnabled(any(one.grade for one in rows))
        self.place_sure_button.setEnabled(any(one.grade and one.sure >= words.SURE for one in rows))

    def place_chosen(self) -> None:
        """Put the chosen titles on the grades that they are most like."""
        model = self.models[TITLES]
        chosen = [
            self._titles[model.row_of(one)] for one in self.tables[TITLES].selectionModel().selectedRows()
        ]
        self._place([one for one in chosen if one.grade])

    def place_sure(self) -> None:
        """Put every title on its grade where there is no doubt."""
        self._place([one for one in self._titles if one.grade and one.sure >= words.SURE])

    def _place(self, titles: Sequence[NotPlaced]) -> None:
        for path in dict.fromkeys(path for one in titles for path in one.paths):
            state = self._reader.state(path)
            if state is None:
                continue
            settings = state.settings
            for one in titles:
                if path in one.paths:
                    settings = settings.with_change(TITLE, one.grade, about=one.title)
            self._reader.change(path, settings)

    # The control total

    def _fill_pane(self) -> None:
        pane = self.pane
        self.control = QLineEdit(pane.inside)
        self.control.setPlaceholderText(self.tr("£ a year, if you have it"))
        pane.named(self.tr("Does this match your payroll &control total?"), self.control)
        self.difference = pane.words(bold=True)
        self.causes_head = pane.words(self.tr("Likely causes:"))
        self.causes = pane.words()
        pane.words(
            self.tr(
                "Nothing has been added yet. Adding is one step; Undo takes all of it back, now or after lunch."
            )
        )
        pane.column.addStretch(1)
        self.control.textChanged.connect(lambda _: self._compare())

    def _compare(self) -> None:
        text = self.control.text().strip()
        typed = amount(text) if text else None
        readings = [one.reading for one in self._reader.files if one.reading is not None]
        causes: list[str] = []
        if not text:
            said = ""
        elif typed is None:
            said = self.tr("Write an amount in pounds, such as 31420118.50.")
        else:
            control = control_of(readings, typed)
            said = f"✓ {control.says}" if control.agrees else control.says
            causes = [f"• {one}" for one in control.likely]
            if not control.agrees and not causes:
                causes = ["• " + self.tr("None that we know of. Step 4 lists every row that was left out.")]
        self.difference.setText(said)
        self.difference.setVisible(bool(said))
        self.causes.setText("\n".join(causes))
        for one in (self.causes_head, self.causes):
            one.setVisible(bool(causes))
        self.changed.emit()

    def _lay_out(self) -> None:
        titles = QWidget(self)
        line = QHBoxLayout()
        line.addWidget(self.title_words, 1)
        line.addWidget(self.place_button)
        line.addWidget(self.place_sure_button)
        below = QVBoxLayout(titles)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.tables[TITLES], 1)
        below.addLayout(line)
        for page, name in zip((self.tables[FILES], self.tables[TOTALS], titles), self._names, strict=True):
            self.tabs.addTab(page, name)
        middle = QVBoxLayout()
        middle.setSpacing(6)
        middle.addWidget(self.sentence)
        middle.addWidget(self.waiting)
        middle.addWidget(self.tabs, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(middle, 1)
        row.addWidget(self.pane)
        self.place_button.clicked.connect(self.place_chosen)
        self.place_sure_button.clicked.connect(self.place_sure)
        on_keys(self.tables[TITLES], ("Return", "Enter"), self.place_chosen)


def _not_placed(files: Sequence[FileState], sector: Sector) -> tuple[NotPlaced, ...]:
    """Titles without a grade over all files, most staff first."""
    heads: dict[str, float] = {}
    paths: dict[str, list[Path]] = {}
    for one in files:
        for sheet in one.sheets:
            for title, count in sheet.unmapped_titles:
                heads[title] = heads.get(title, 0.0) + count
                paths.setdefault(title, []).append(one.path)
    facts = facts_of(sector)
    found = []
    for title in sorted(heads, key=lambda one: -heads[one]):
        grade, sure = next(iter(suggest_grades(title, facts, most=1)), ("", 0.0))
        found.append(NotPlaced(title, heads[title], tuple(dict.fromkeys(paths[title])), grade, sure))
    return tuple(found)
