"""One employer's accounts by hand: years across, figures down, with the margins that follow beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QPushButton, QWidget

from bargain.accounts_by_hand import FIELDS, read_year, texts_of, with_years, years_of
from bargain.measures.margins import employer_margins
from models.accounts import Accounts
from models.issues import UnusableInput
from models.offer import Fees
from ui import formats
from ui.accounts_import import words
from ui.dialogs.form import FormDialog
from ui.itemmodels.column_table import Column, ColumnTable
from ui.itemmodels.years_table import YearsTable
from ui.session import Session
from ui.widgets.entry_view import EntryView
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

Years = tuple[tuple[str, ...], ...]


class AccountsByHandDialog(FormDialog):
    """Change, add and remove years; what was changed of any employer is kept as one undoable step."""

    def __init__(self, session: Session, employer: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Employers' accounts by hand"))
        self.main_button.setText(self.tr("Keep these accounts"))
        self._session = session
        self._before: dict[str, Years] = {}
        self._edited: dict[str, Years] = {}
        self._shown = ""
        self.employer = QComboBox(self)
        self.employer.setMinimumWidth(320)
        self.model = YearsTable([words.field(name) for name in FIELDS], self)
        self.view = EntryView(self.model, self.tr("Accounts, a column a year"), wide=(), parent=self)
        self.view.verticalHeader().show()
        self.view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.view.horizontalHeader().setDefaultSectionSize(112)
        self.ladder = ColumnTable(parent=self)
        self.ladder_table = Table(self.ladder, self.tr("What follows for this year"), self)
        self.ladder_table.setSortingEnabled(False)
        self.source = PlainLabel("", self, wrap=True)
        self.add_button = QPushButton(self.tr("A&dd a year"), self)
        self.remove_button = QPushButton(self.tr("&Remove this year"), self)
        self.main_button.setAutoDefault(False)
        self.main_button.setDefault(False)  # Enter belongs to the cell that is typed in
        self._lay_out()
        self.resize(860, 470)
        self._fill(employer)
        self._connect()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep what was changed, or say which cell stands in the way."""
        sector = self._session.sector
        if sector is None:
            return
        self._note_edits()
        changed = sector
        try:
            for name, years in self._edited.items():
                texts = [dict(zip(FIELDS, year, strict=True)) for year in years]
                changed = with_years(changed, name, texts, today=date.today())
        except UnusableInput as unusable:
            self.say_wrong(str(unusable))
            return
        if self._edited:
            text = self.tr("Change accounts of {name}").format(name=next(iter(self._edited)))
            if len(self._edited) > 1:
                text = self.tr("Change accounts of %n employers", "", len(self._edited))
            self._session.change_sector(changed, text)
        self.accept()

    def add_year(self) -> None:
        """A blank year in front, ready to type in."""
        self.view.setCurrentIndex(self.model.index(0, self.model.add_year()))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_year()

    def remove_year(self) -> None:
        """Take the current year away; nothing is lost before Keep, and Undo brings it back after."""
        at = self.view.currentIndex().column()
        if at >= 0:
            self.model.remove_year(at)
            self.view.setCurrentIndex(self.model.index(0, 0))
            self._show_year()

    # Showing

    def _fill(self, employer: str) -> None:
        sector = self._session.sector
        if sector is None:
            return
        held = [one.employer for one in sector.accounts]
        names = dict.fromkeys([*sector.workforce.employers, *(one.name for one in sector.employers), *held])
        self.employer.addItems(list(names))
        for name in names:
            years = [texts_of(one) for one in years_of(sector, name)]
            self._before[name] = tuple(tuple(texts[field] for field in FIELDS) for texts in years)
        self.employer.setCurrentIndex(max(self.employer.findText(employer), 0))
        self._show_employer()

    def _show_employer(self) -> None:
        """Show another employer; what was typed of the one before is held."""
        self._note_edits()
        self._shown = self.employer.currentText()
        self.model.set_years(self._edited.get(self._shown, self._before.get(self._shown, ())))
        self.view.setCurrentIndex(self.model.index(0, 0))
        self._show_year()

    def _note_edits(self) -> None:
        if not self._shown:
            return
        years = tuple(year for year in self.model.years() if any(text.strip() for text in year))
        if years == self._before.get(self._shown, ()):
            self._edited.pop(self._shown, None)
        else:
            self._edited[self._shown] = years

    def _show_year(self) -> None:
        """The margins that follow from the current year, and where its figures are from."""
        at = max(self.view.currentIndex().column(), 0)
        years = self.model.years()
        texts = dict(zip(FIELDS, years[min(at, len(years) - 1)], strict=True))
        problem, one = "", None
        try:
            one = read_year(self._shown, texts)
        except UnusableInput as unusable:
            problem = str(unusable)
        self.say_wrong("" if one is None and "no figure" in problem else problem)
        self.source.setText(self._source(one))
        names, values = self._ladder(one)
        heading = texts["year_end"] or self.tr("This year")
        self.ladder.set_columns(
            (Column(self.tr("What follows"), names), Column(heading, values, is_number=True))
        )
        self.ladder_table.fit(0)
        self.remove_button.setEnabled(any(text.strip() for year in years for text in year))

    def _source(self, one: Accounts | None) -> str:
        sector = self._session.sector
        if one is None or sector is None:
            return self.tr(
                "Amounts are pounds a year. Blank is not known. Ctrl+V pastes a block from a spreadsheet."
            )
        for held in years_of(sector, self._shown):
            if held.year_end == one.year_end:
                same = replace(held, source="") == one
                source = held.source or self.tr("not recorded")
                return (
                    self.tr("Source: {source}.").format(source=source)
                    if same
                    else self.tr("Changed; was from: {source}.").format(source=source)
                )
        return self.tr("A new year; its source will say that it was typed in today.")

    def _ladder(self, one: Accounts | None) -> tuple[list[str], list[str]]:
        labour = self._payroll_labour()
        found = employer_margins(
            self._shown, "", accounts=one, labour_rise=0.0, payroll_labour=labour or 0.0, fees=Fees()
        )
        pounds, percent = formats.money_short, formats.percent
        capital, result = found.capital, found.result_before
        roce = result / capital if result is not None and capital else None
        lines = (
            (self.tr("EBITDAR (before rent)"), pounds(found.ebitdar_before)),
            (self.tr("EBITDA (after rent)"), pounds(found.ebitda_before)),
            (self.tr("Operating result"), pounds(found.result_before)),
            (self.tr("Operating margin"), percent(found.margin_before)),
            (self.tr("Adjusted margin"), percent(found.adjusted_before)),
            (self.tr("Profit before tax"), pounds(found.pretax_before)),
            (self.tr("Return on capital"), percent(roce)),
            (self.tr("Leakage"), percent(found.leakage_before)),
            (
                self.tr("Pay ÷ accounts"),
                percent(found.reconciliation if labour is not None else None),
            ),
        )
        return [name for name, _ in lines], [value for _, value in lines]

    def _payroll_labour(self) -> float | None:
        appraisal = self._session.appraisal
        if appraisal is None:
            return None
        found = (one for one in appraisal.cost.by_employer if one.name == self._shown)
        return next((one.labour_before / one.represents for one in found), None)

    # Putting together

    def _lay_out(self) -> None:
        self.add_row(self.tr("&Employer:"), self.employer)
        both = QHBoxLayout()
        both.setSpacing(10)
        both.addWidget(self.view, 3)
        both.addWidget(self.ladder_table, 2)
        self.column.insertLayout(1, both, 20)
        line = QHBoxLayout()
        for button in (self.add_button, self.remove_button):
            button.setAutoDefault(False)
            line.addWidget(button)
        line.addWidget(self.source, 1)
        self.column.insertLayout(2, line)

    def _connect(self) -> None:
        self.employer.currentIndexChanged.connect(lambda _: self._show_employer())
        self.add_button.clicked.connect(self.add_year)
        self.remove_button.clicked.connect(self.remove_year)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._show_year())
        self.model.dataChanged.connect(lambda *_: self._show_year())
        self.model.modelReset.connect(self._keep_place)

    def _keep_place(self) -> None:
        if not self.view.currentIndex().isValid():
            with QSignalBlocker(self.view):
                self.view.setCurrentIndex(self.model.index(0, 0))
