"""Agency work: what an hour's charge is made of, and what the same hours cost with staff of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.what_if import AgencyLine
from ui import formats
from ui.charts.view import ChartPane
from ui.charts.what_if_charts import agency_chart
from ui.itemmodels.column_table import Column, ColumnTable
from ui.itemmodels.entry_table import EntryTable
from ui.report import Sheet, sheet_of
from ui.what_if.number import number_text, read_number
from ui.what_if.panel import Panel, fit_names
from ui.widgets.entry_view import EntryView
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.what_if import AgencyAnswer, AgencyTotals, Floor
    from models.appraisal import Appraisal
    from models.sector import Sector
    from ui.session import Session
    from ui.what_if.panel import Work

    Answer = tuple[tuple[AgencyAnswer, ...], AgencyTotals, Floor | None]

TEXTS = ("work", "buyer")
NUMBERS = ("charge", "pay", "on_cost", "hours", "direct_cost", "filled")


class AgencyPanel(Panel):
    """A grid of agency lines to type or paste into; each line taken apart, and its hours converted."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "", parent)
        self.name = self.tr("Agency")
        self._is_filling = False
        self.grid = EntryTable(self._headings(), numbers=range(2, 8), parent=self)
        self.view = EntryView(self.grid, self.tr("Agency work"), wide=(0, 1), parent=self)
        self.add = QPushButton(self.tr("Add line"))
        self.remove = QPushButton(self.tr("Remove line"))
        self.from_data = QPushButton(self.tr("Hours from the staff data"))
        self.recorded = PlainLabel("", wrap=True)
        self.model = ColumnTable((), self)
        self.table = Table(self.model, self.tr("Agency charges taken apart"))
        self.table.setSortingEnabled(False)
        self.own = ColumnTable((), self)
        self.own_table = Table(self.own, self.tr("The same hours with own staff"))
        self.own_table.setSortingEnabled(False)
        self.chart = ChartPane()
        self.found: Answer | None = None
        self.views.addTab(self._entry(), self.tr("Lines"))
        self.views.addTab(self.table, self.tr("The charge"))
        self.views.addTab(self.own_table, self.tr("Own staff instead"))
        self.views.addTab(self.chart, self.tr("An hour of the chosen line"))
        self.lay_out()
        self._connect_entry()

    def _headings(self) -> tuple[str, ...]:
        return (
            self.tr("Work"),
            self.tr("Bought by"),
            self.tr("Charge £/h"),
            self.tr("Paid £/h"),
            self.tr("On-cost £/h"),
            self.tr("Hours a year"),
            self.tr("Own staff £/h"),
            self.tr("Hours filled %"),
        )

    def _entry(self) -> QWidget:
        self.view.setToolTip(
            self.tr(
                "Charge without VAT. On-cost: employer NI, pension, holiday and levy on the worker's pay. Own staff: an "
                "hour with on-costs; left empty, it is pay and on-cost. Hours filled: for which own staff would be found. "
                "Ctrl+V pastes from a spreadsheet."
            )
        )
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(5)
        column.addWidget(self.view, 1)
        row = QHBoxLayout()
        for button in (self.add, self.remove, self.from_data):
            row.addWidget(button)
        row.addWidget(self.recorded, 1)
        column.addLayout(row)
        return made

    def _connect_entry(self) -> None:
        self.grid.dataChanged.connect(self._take_grid)
        self.grid.modelReset.connect(self._take_grid)
        self.add.clicked.connect(self.view.add_row)
        self.remove.clicked.connect(self.view.remove_chosen)
        self.from_data.clicked.connect(self._take_data)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_one())

    # Assumptions

    def show_sector(self, sector: Sector) -> None:
        """The sector's lines, unless the grid says the same already."""
        from bargain.what_if import agency_in_data

        lines = sector.what_if.agency
        if self._lines()[0] != lines:
            self._is_filling = True
            try:
                self.grid.set_rows([cells_of(line) for line in lines])
            finally:
                self._is_filling = False
        recorded = agency_in_data(sector)
        self.from_data.setEnabled(bool(recorded))
        hours = sum(line.hours or 0.0 for line in recorded)
        self.recorded.setText(
            self.tr(
                "Recorded as agency work in the staff data: {hours} hours a year at {count} employers."
            ).format(hours=formats.number(hours), count=len(recorded))
            if recorded
            else self.tr("The staff data record nobody as agency work.")
        )

    def _take_grid(self) -> None:
        """What was typed or pasted, as one undoable step; what can't be read is said and waits."""
        if self._is_filling:
            return
        lines, fault = self._lines()
        self.say_wrong(fault)
        if not fault:
            self.change(replace(self.what_if(), agency=lines), self.tr("Agency lines"))

    def _take_data(self) -> None:
        """A line for each employer with agency staff in the data, beside those that are there."""
        from bargain.what_if import agency_in_data

        sector = self._session.sector
        if sector is None:
            return
        held = sector.what_if.agency
        work = self.tr("As recorded in the staff data")
        known = {one.buyer for one in held if one.work == work}
        new = tuple(replace(one, work=work) for one in agency_in_data(sector) if one.buyer not in known)
        self.change(
            replace(sector.what_if, agency=(*held, *new)), self.tr("Agency hours from the staff data")
        )

    def _lines(self) -> tuple[tuple[AgencyLine, ...], str]:
        """The lines in the grid, empty rows left out; and what is wrong with the first that can't be read."""
        lines = []
        for at, cells in enumerate(self.grid.rows(), 1):
            if not any(cell.strip() for cell in cells):
                continue
            values: dict[str, float | None] = {}
            for name, heading, cell in zip(NUMBERS, self._headings()[2:], cells[2:], strict=True):
                value = read_number(cell) if cell.strip() else None
                fault = self._fault(at, heading, cell, value, is_share=name == "filled")
                if fault:
                    return (), fault
                values[name] = value / 100 if name == "filled" and value is not None else value
            lines.append(AgencyLine(cells[0].strip(), cells[1].strip(), **values))
        return tuple(lines), ""

    def _fault(self, row: int, heading: str, cell: str, value: float | None, *, is_share: bool) -> str:
        if not cell.strip():
            return ""
        place = self.tr("Line {row}, {heading}: “{text}”").format(row=row, heading=heading, text=cell.strip())
        if value is None:
            return self.tr("{place} is not a number.").format(place=place)
        if value < 0 or (is_share and value > 100):
            wanted = self.tr("must be from 0 to 100") if is_share else self.tr("must not be below 0")
            return self.tr("{place} {wanted}.").format(place=place, wanted=wanted)
        return ""

    # Figures

    def question(self, sector: Sector, appraisal: Appraisal) -> Work | None:
        """Every line against the floor of the offer on the table."""
        lines, offer = sector.what_if.agency, appraisal.offer
        if not lines:
            self._show_none()
            return None

        def work(_: object) -> Answer:
            from bargain.what_if import agency_of, agency_totals, floor_of

            floor = floor_of(offer)
            answers = agency_of(lines, floor)
            return answers, agency_totals(answers), floor

        return work

    def _show_none(self) -> None:
        self.found = None
        self.model.set_columns(())
        self.own.set_columns(())
        self.said.setText("")
        self.headline.setText(
            self.tr(
                "No agency work entered yet. Type a line below, from the agency's invoice: what it charges an hour, what "
                "its worker is paid, the on-costs, and the hours a year. Then its charge comes apart."
            )
        )

    def show_answer(self, answer: Answer) -> None:
        """Both tables and the chart."""
        self.found = answer
        row = self.table.currentIndex().row()
        self.model.set_columns(self._charge_columns(*answer))
        self.own.set_columns(self._own_columns(*answer))
        for table in (self.table, self.own_table):
            fit_names(table)
        self.table.selectRow(min(max(row, 0), len(answer[0]) - 1))
        self._show_one()
        self.headline.setText(self._headline(*answer))
        self.said.setText(self._left_out(answer[0]))

    def _charge_columns(
        self, answers: tuple[AgencyAnswer, ...], totals: AgencyTotals, floor: Floor | None
    ) -> tuple[Column, ...]:
        found = [one.found for one in answers]
        rates = [
            (self.tr("Charge £/h"), [one.line.charge for one in answers]),
            (self.tr("pay"), [one.line.pay for one in answers]),
            (self.tr("on-cost"), [one.line.on_cost for one in answers]),
            (self.tr("skim"), [None if one is None else one.skim for one in found]),
        ]
        short = [formats.not_known() if one.short is None else _short(one.short) for one in answers]
        below = (
            self.tr("Below a floor")
            if floor is None
            else self.tr("Below {floor}").format(floor=formats.rate(floor.hourly))
        )
        return (
            *self._names(answers, self.tr("All known ({known} of {all})"), totals.known, totals.lines),
            *(Column(heading, [*map(formats.rate, values), ""], is_number=True) for heading, values in rates),
            Column(
                self.tr("skim %"),
                [
                    *(formats.percent(None if one is None else one.skim_share, 2) for one in found),
                    formats.percent(totals.skim / totals.charged, 2)
                    if totals.skim is not None and totals.charged
                    else formats.not_known(),
                ],
                is_number=True,
            ),
            Column(
                self.tr("Hours"),
                [*(formats.number(one.line.hours) for one in answers), formats.number(totals.hours)],
                is_number=True,
            ),
            Column(
                self.tr("Skim a year"),
                [
                    *(formats.money(None if one is None else one.skim_a_year) for one in found),
                    formats.money(totals.skim),
                ],
                is_number=True,
            ),
            Column(below, [*short, ""], is_number=True),
        )

    def _own_columns(
        self, answers: tuple[AgencyAnswer, ...], totals: AgencyTotals, _: Floor | None
    ) -> tuple[Column, ...]:
        found = [one.found if one.is_converted else None for one in answers]
        fields = (
            (self.tr("Own staff cost a year"), "direct_cost", totals.direct_cost, formats.money),
            (self.tr("Saved a year"), "saved", totals.saved, formats.money),
            (self.tr("Hours that stay unfilled"), "unfilled_hours", totals.unfilled, formats.number),
        )
        return (
            *self._names(answers, self.tr("All known ({known} of {all})"), totals.converted, totals.lines),
            Column(
                self.tr("Hours filled"),
                [*(formats.percent(one.line.filled, 0) for one in answers), ""],
                is_number=True,
            ),
            *(
                Column(
                    heading,
                    [*(show(None if one is None else getattr(one, field)) for one in found), show(total)],
                    is_number=True,
                )
                for heading, field, total, show in fields
            ),
        )

    def _names(
        self, answers: tuple[AgencyAnswer, ...], words: str, known: int, lines: int
    ) -> tuple[Column, Column]:
        return (
            Column(
                self.tr("Work"), [*(one.line.work for one in answers), words.format(known=known, all=lines)]
            ),
            Column(self.tr("Bought by"), [*(one.line.buyer for one in answers), ""]),
        )

    def _headline(self, answers: tuple[AgencyAnswer, ...], totals: AgencyTotals, floor: Floor | None) -> str:
        said = []
        if totals.skim is not None and totals.charged:
            text = self.tr("Of {charged} a year for {hours} agency hours, {skim} ({share}) is skim.")
            said.append(
                text.format(
                    charged=formats.money(totals.charged),
                    hours=formats.number(totals.hours),
                    skim=formats.money(totals.skim),
                    share=formats.percent(totals.skim / totals.charged, 2),
                )
            )
        if totals.saved is not None:
            text = self.tr("Own staff instead: saves {saved}, and {unfilled} hours stay unfilled.")
            said.append(
                text.format(saved=formats.money(totals.saved), unfilled=formats.number(totals.unfilled))
            )
        low = [one for one in answers if one.short]
        if low and floor is not None:
            text = (
                self.tr("{count} lines pay less than this offer's floor of {rate}.")
                if floor.of_offer
                else self.tr("{count} lines pay less than the real Living Wage of {rate}.")
            )
            said.append(text.format(count=len(low), rate=formats.rate(floor.hourly)))
        return " ".join(said) or self.tr("No line says enough yet to be taken apart.")

    def _left_out(self, answers: tuple[AgencyAnswer, ...]) -> str:
        words = {
            "charge": self.tr("the charge"),
            "pay": self.tr("the pay"),
            "on_cost": self.tr("the on-cost"),
            "hours": self.tr("the hours"),
        }
        said = [
            self.tr("Line {row} does not say {what}.").format(
                row=at, what=", ".join(words[name] for name in one.missing)
            )
            for at, one in enumerate(answers, 1)
            if one.missing
        ]
        silent = [str(at) for at, one in enumerate(answers, 1) if not one.missing and not one.is_converted]
        if silent:
            text = self.tr("Not converted, for want of the hours that own staff would fill: {rows}.")
            said.append(text.format(rows=", ".join(silent)))
        return " ".join(
            [*said, self.tr("Without VAT. Hours that stay unfilled are neither cost nor saving.")]
        )

    def _show_one(self) -> None:
        if self.found is None:
            return
        row = self.table.currentIndex().row()
        answers = self.found[0]
        if 0 <= row < len(answers):
            self.chart.show_chart(agency_chart(answers[row]))

    # Elsewhere

    def _basis_sentences(self) -> tuple[str, ...]:
        lines = len(self.what_if().agency)
        return (self.tr("As entered: {count} lines. Nothing is grossed up.").format(count=lines),)

    def assumed(self) -> Sequence[str]:
        """The lines themselves are a table of their own."""
        return ()

    def sheets(self) -> Sequence[Sheet]:
        """What was entered, and both tables."""
        entered = tuple(cells_of(line) for line in self.what_if().agency)
        return (
            Sheet(self.tr("As entered"), self._headings(), entered),
            sheet_of(self.tr("The charge taken apart"), self.model),
            sheet_of(self.tr("The same hours with own staff"), self.own),
        )


def cells_of(line: AgencyLine) -> tuple[str, ...]:
    """A line as it is typed."""
    numbers = [getattr(line, name) for name in NUMBERS]
    if line.filled is not None:
        numbers[-1] = line.filled * 100
    return (line.work, line.buyer, *("" if one is None else number_text(one) for one in numbers))


def _short(pounds: float) -> str:
    return f"✗ {formats.rate(pounds)}" if pounds else "✓"
