"""The facts of the table after the sector was made: what the draft prints of it, and what the first offers follow."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from models.issues import UnusableInput
from models.sector import Sector
from models.table import TableFacts
from ui.dialogs.form import FormDialog
from ui.elements.fields import DayField, Fault
from ui.new_sector.fields import hours_field, inflation_box, nation_boxes, show_weeks, weeks_box, years_box
from ui.role_words import role_name
from ui.session import Session
from ui.widgets.plain_label import PlainLabel


class TableFactsDialog(FormDialog):
    """One undoable step for all that is changed; whose file it is stays."""

    def __init__(self, session: Session, sector: Sector, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Facts of the table"), self.tr("Record"), parent)
        from bargain.opening import nations_of

        self._session = session
        self.nations = nation_boxes(self)
        self.settlement = DayField(self)
        self.years = years_box(self)
        self.hours = hours_field(self)
        self.weeks = weeks_box(self)
        self.inflation = inflation_box(self)
        self.basis = self._text(sector.legal_basis)
        self.coverage = self._text(sector.coverage)
        self._lay_out(sector)
        held = nations_of(sector)
        for box in self.nations:
            box.setChecked(box.text() in held)
        facts = sector.table
        self.settlement.put(facts.settlement)
        self.years.setCurrentIndex(max(self.years.findData(facts.years), 0))
        self.hours.show_value(sector.weekly_hours)
        show_weeks(self.weeks, sector.weeks_y)
        self.inflation.setCurrentIndex(max(self.inflation.findData(facts.inflation), 0))
        self.hours.spoilt.connect(self.say_wrong)
        self.resize(640, 420)
        self.settlement.setFocus()

    def submit(self) -> None:
        """Record what can be; say what can't."""
        from bargain.opening import changed, nations_of

        sector = self._session.sector
        if sector is None:
            return
        nations = tuple(box.text() for box in self.nations if box.isChecked())
        try:
            after = changed(
                sector,
                nations=None if nations == nations_of(sector) else nations,
                facts=TableFacts(
                    self.settlement.read(), self.years.currentData(), self.inflation.currentData()
                ),
                weekly_hours=self.hours.value,
                weeks_y=self.weeks.currentData(),
                legal_basis=self.basis.toPlainText(),
                coverage=self.coverage.toPlainText(),
            )
        except (Fault, UnusableInput) as fault:
            self.say_wrong(str(fault))
            return
        if _facts(after) != _facts(sector):
            self._session.change_sector(after, self.tr("Facts of the table"))
        self.accept()

    def _text(self, text: str) -> QPlainTextEdit:
        """A field of a line or three; Tab leaves it."""
        field = QPlainTextEdit(text, self)
        field.setTabChangesFocus(True)
        field.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 10)
        return field

    def _lay_out(self, sector: Sector) -> None:
        whose = PlainLabel(self.tr("{side} – it can't be changed").format(side=role_name(sector.role)), self)
        nations = QHBoxLayout()
        for box in self.nations:
            nations.addWidget(box)
        nations.addStretch(1)
        self.add_row(self.tr("Whose file:"), whose)
        self.add_row(self.tr("Nations covered:"), nations)
        self.add_row(self.tr("&Settlement date:"), self.settlement)
        self.add_row(self.tr("For how man&y years:"), self.years)
        self.add_row(self.tr("&Hours of a full week:"), self.hours)
        self.add_row(self.tr("&Weeks of a year:"), self.weeks)
        self.add_row(self.tr("In&flation means:"), self.inflation)
        self.add_row(self.tr("&Legal basis:"), self.basis)
        self.add_row(self.tr("&Covers:"), self.coverage)
        for field, name in (
            (self.settlement, self.tr("Settlement date")),
            (self.years, self.tr("For how many years")),
            (self.weeks, self.tr("Weeks of a year")),
            (self.inflation, self.tr("Inflation means")),
            (self.basis, self.tr("Legal basis")),
            (self.coverage, self.tr("Covers")),
        ):
            field.setAccessibleName(name)


def _facts(sector: Sector) -> tuple[object, ...]:
    return (
        sector.table,
        sector.jurisdiction,
        sector.weekly_hours,
        sector.weeks_y,
        sector.legal_basis,
        sector.coverage,
    )
