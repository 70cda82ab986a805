"""Page 4, table facts: settlement, years, week, measure of inflation, and the law's floor and on-costs of that day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QTimer
from PySide6.QtWidgets import QDateEdit, QGridLayout, QVBoxLayout, QWidget

from models.table import TableFacts
from ui import formats
from ui.itemmodels.column_table import Column, ColumnTable
from ui.new_sector.fields import hours_field, inflation_box, show_weeks, weeks_box, years_box
from ui.new_sector.page import Page
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

_PLACES = 4
_LABEL = 32  # letters of a figure's label on a line


class FactsPage(Page):
    """Starts with what the starter says; a page that is skipped leaves that, and says nothing of the talks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fault = ""
        self.settlement = QDateEdit(self)
        self.settlement.setCalendarPopup(True)
        self.settlement.setDisplayFormat("d MMMM yyyy")
        self.years = years_box(self)
        self.inflation = inflation_box(self)
        self.hours = hours_field(self)
        self.weeks = weeks_box(self)
        self.said = PlainLabel("", self, wrap=True)
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Legal floor and on-costs on the day of the settlement"), self)
        self.table.setSortingEnabled(False)
        self.table.setWordWrap(True)
        self._show_soon = QTimer(self)  # one table for a run of key strokes
        self._show_soon.setSingleShot(True)
        self._show_soon.timeout.connect(self._show_law)
        self._lay_out()
        self.settlement.dateChanged.connect(lambda _: self._show_soon.start())
        self.hours.spoilt.connect(self._take_fault)

    def start_from(self, pack_id: str, data_date: date) -> None:
        """The week and the next settlement year of a starter."""
        from bargain.opening import Opening, opened
        from ui.drafts import next_year_start

        made = opened(Opening("-", pack_id, data_date=data_date))
        start = next_year_start(made)
        self.settlement.setDate(QDate(start.year, start.month, start.day))
        self.hours.show_value(made.weekly_hours)
        show_weeks(self.weeks, made.weeks_y)
        self._show_law()

    def enter(self) -> None:
        """The day comes first."""
        self.settlement.setFocus()

    def what_is_wrong(self) -> str:
        """What could not be read in the week's hours, said once: the field shows what stood there before."""
        fault, self._fault = self._fault, ""
        return fault

    def _take_fault(self, fault: str) -> None:
        self._fault = fault

    def facts(self) -> TableFacts:
        """What is said of the talks."""
        return TableFacts(self._day(), self.years.currentData(), self.inflation.currentData())

    def _day(self) -> date:
        chosen = self.settlement.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        grid.setHorizontalSpacing(10)
        for at, (words, field) in enumerate(
            (
                (self.tr("&Settlement date:"), self.settlement),
                (self.tr("For how man&y years:"), self.years),
                (self.tr("&Hours of a full week:"), self.hours),
                (self.tr("&Weeks of a year:"), self.weeks),
                (self.tr("In&flation means:"), self.inflation),
            )
        ):
            label = PlainLabel(words, self)
            label.setBuddy(field)
            field.setAccessibleName(words.replace("&", "").rstrip(":"))
            grid.addWidget(label, at // 2, 2 * (at % 2))
            grid.addWidget(field, at // 2, 2 * (at % 2) + 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addSpacing(2)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)

    def _show_law(self) -> None:
        from bargain.opening import law_of

        day = self._day()
        rows = law_of(day)
        text = self.tr(
            "What the law sets on {day}. It ships with the program, and each figure says where it was read."
        )
        self.said.setText(text.format(day=formats.day(day)))
        self.model.set_columns(
            (
                Column(self.tr("Figure"), [one.label for one in rows]),
                Column(self.tr("Value"), [_value(one.value, one.unit) for one in rows], is_number=True),
                Column(self.tr("From"), [formats.day(one.dated) for one in rows]),
                Column(self.tr("Source"), [one.source for one in rows]),
            )
        )
        self.table.fit(3)
        heading, rows_of = self.table.horizontalHeader(), self.table.verticalHeader()
        heading.setSectionResizeMode(
            0, heading.ResizeMode.Interactive
        )  # long labels wrap: the source matters as much
        heading.resizeSection(0, _LABEL * self.fontMetrics().averageCharWidth())
        rows_of.setDefaultSectionSize(2 * self.fontMetrics().lineSpacing() + 6)  # the rest is in the tooltip


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return formats.not_known()
    if unit == "share":
        return formats.percent(value, 2)
    if unit.startswith("£"):
        places = 0 if value == round(value) and "hour" not in unit else 2
        return f"{formats.money(value, places)}{unit.removeprefix('£')}"
    return f"{formats.number(value, _PLACES)} {unit}"
