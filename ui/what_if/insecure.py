"""Insecure work in the staff data brought inside: agency, zero-hours, casual and bank hours as direct work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bargain.small_groups import hidden_among, is_small
from ui import formats
from ui.charts.view import ChartPane
from ui.charts.what_if_charts import insecure_chart
from ui.hidden import few_staff_words
from ui.itemmodels.column_table import Column, ColumnTable
from ui.report import Sheet, sheet_of
from ui.what_if.number import NumberField
from ui.what_if.panel import Form, Panel, fit_names
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.appraisal import Appraisal
    from models.conversion import Conversion, Converted
    from models.sector import Sector
    from ui.session import Session
    from ui.what_if.panel import Work


class InsecurePanel(Panel):
    """Two assumptions; by kind of work and by employer what the hours cost as they are and as direct work."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "", parent)
        self.name = self.tr("Insecure work")
        self.filled = NumberField(
            self.tr("Hours for which staff are found, per cent"), most=1.0, percent=True
        )
        self.charge = NumberField(self.tr("What agencies charge an hour, pounds"), least=0.01, most=1000.0)
        self.kinds, self.employers = ColumnTable((), self), ColumnTable((), self)
        self.kind_table = Table(self.kinds, self.tr("By kind of work"))
        self.kind_table.setSortingEnabled(False)
        self.employer_table = Table(self.employers, self.tr("By employer"))
        self.chart = ChartPane()
        self.found: Conversion | None = None
        self.views.addTab(self.kind_table, self.tr("By kind"))
        self.views.addTab(self.employer_table, self.tr("By employer"))
        self.views.addTab(self.chart, self.tr("Cost now and direct"))
        self.lay_out(self._inputs())
        self.filled.changed.connect(self._change_filled)
        self.charge.changed.connect(self._change_charge)
        for field in (self.filled, self.charge):
            field.spoilt.connect(self.say_wrong)

    def _inputs(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        form = Form()
        form.add(self.tr("Hours filled, %"), self.filled)
        form.add(self.tr("Agency charge, £/h"), self.charge)
        column.addLayout(form)
        for text in (
            self.tr(
                "Hours filled: the share of the hours for which staff of one's own are found. The rest stay as they are and "
                "are in no sum."
            ),
            self.tr("The charge is without VAT; no payroll holds it. Lines of several agencies: see Agency."),
            self.tr(
                "An hour of direct work costs what permanent and fixed-term staff of the same grade cost at the same employer "
                "under the offer. Guaranteed hours that find no work are among the assumptions (Ctrl+U)."
            ),
        ):
            column.addWidget(PlainLabel(text, wrap=True))
        column.addStretch(1)
        return made

    # Assumptions

    def show_sector(self, sector: Sector) -> None:
        """Both assumptions."""
        self.filled.show_value(sector.what_if.filled)
        self.charge.show_value(sector.what_if.agency_charge)

    def _change_filled(self, value: float | None) -> None:
        text = self.tr("Hours of insecure work filled: {share}").format(share=formats.percent(value))
        self.change(replace(self.what_if(), filled=value), text)

    def _change_charge(self, value: float | None) -> None:
        text = self.tr("Agencies charge {rate} an hour").format(rate=formats.rate(value))
        self.change(replace(self.what_if(), agency_charge=value), text)

    # Figures

    def question(self, sector: Sector, appraisal: Appraisal) -> Work | None:
        """The hours of the staff data under the offer on the table."""
        filled, charge, offer = sector.what_if.filled, sector.what_if.agency_charge, appraisal.offer
        if filled is None:
            self.found = None
            for model in (self.kinds, self.employers):
                model.set_columns(())
            self.headline.setText(
                self.tr(
                    "Enter on the left for which share of the insecure hours staff would be found: nothing tells it in "
                    "advance, so it has no default."
                )
            )
            self.said.setText("")
            return None

        def work(_: object) -> Conversion:
            from bargain.conversion import converted

            return converted(sector, offer, filled=filled, charge=charge)

        return work

    def show_answer(self, answer: Conversion) -> None:
        """Both tables and the chart; what is not known, and what would make it known."""
        self.found = answer
        self.kinds.set_columns(
            self._columns(self.tr("Work"), (*answer.by_kind, answer.total), self._hidden(answer))
        )
        self.employers.set_columns(
            self._columns(
                self.tr("Employer"),
                answer.by_employer,
                hidden_among([one.people for one in answer.by_employer]),
            )
        )
        for table in (self.kind_table, self.employer_table):
            fit_names(table)
        self.chart.show_chart(
            insecure_chart(
                answer,
                [self._words(one.name) for one in answer.by_kind],
                hidden=self._hidden(answer)[:-1],
            ),
            self._session.appraisal,
        )
        self.headline.setText(self._headline(answer))
        self.said.setText(" ".join(answer.not_known))

    @staticmethod
    def _hidden(answer: Conversion) -> tuple[bool, ...]:
        """Which kinds, and whether all of them together, are so few people that no figure leaves this side."""
        hidden = hidden_among([one.people for one in answer.by_kind])
        return (*hidden, is_small(answer.total.people))

    def _columns(self, first: str, rows: Sequence[Converted], hide: Sequence[bool]) -> tuple[Column, ...]:
        money, number = formats.money, formats.number

        def figures(
            heading: str, values: Sequence[float | None], show: Callable[[float | None], str], tip: str = ""
        ) -> Column:
            return Column(heading, values, show, is_number=True, tip=tip, hide=hide)

        return (
            Column(first, [self._words(one.name) for one in rows]),
            figures(self.tr("Staff"), [one.heads for one in rows], number),
            figures(self.tr("Hours a year"), [one.hours for one in rows], number),
            figures(
                self.tr("Cost as it is"),
                [one.no_longer_paid for one in rows],
                money,
                self.tr(
                    "What the filled hours would cost under the offer as they are, an agency's at its charge"
                ),
            ),
            figures(self.tr("Direct"), [one.direct_cost for one in rows], money),
            figures(
                self.tr("Idle"),
                [one.idle_cost for one in rows],
                money,
                self.tr("Guaranteed hours that find no work"),
            ),
            figures(
                self.tr("Saved"), [one.saved for one in rows], money, self.tr("Below nought: it costs more")
            ),
            figures(self.tr("Hours unfilled"), [one.unfilled_hours for one in rows], number),
            figures(
                self.tr("Below floor"),
                [one.below_floor for one in rows],
                number,
                self.tr("Staff paid less than the floor today"),
            ),
            figures(self.tr("Short a year"), [one.short for one in rows], money),
        )

    def _words(self, name: str) -> str:
        return {
            "agency": self.tr("Agency"),
            "zero-hours": self.tr("Zero hours"),
            "casual": self.tr("Casual"),
            "bank": self.tr("Bank"),
            "all": self.tr("All insecure work"),
        }.get(name, name)

    def _headline(self, found: Conversion) -> str:
        share = self.tr("Insecure work: {before} of all hours now, {after} afterwards.").format(
            before=formats.percent(found.insecure_before), after=formats.percent(found.insecure_after)
        )
        total = found.total
        if total.saved is None:
            saved = self.tr("What that saves is not known.")
        elif total.saved >= 0:
            saved = self.tr("It saves {pounds} a year.").format(pounds=formats.money(total.saved))
        else:
            saved = self.tr("It costs {pounds} more a year.").format(pounds=formats.money(-total.saved))
        unfilled = self.tr("{hours} hours stay unfilled.").format(hours=formats.number(total.unfilled_hours))
        return f"{share} {saved} {unfilled}"

    # Elsewhere

    def assumed(self) -> Sequence[str]:
        """Both assumptions and the offer."""
        held = self.what_if()
        return (
            self.tr(
                "Assumed: staff are found for {share} of the hours; agencies charge {rate} an hour."
            ).format(share=formats.percent(held.filled), rate=formats.rate(held.agency_charge)),
            self.tr("Under the offer “{offer}”.").format(offer=self._session.offer.name),
        )

    def told_outside(self) -> Sequence[str]:
        """Of fewer than ten people on insecure work, nothing but that."""
        if self.found is not None and is_small(self.found.total.people):
            return (few_staff_words(),)
        return super().told_outside()

    def sheets(self) -> Sequence[Sheet]:
        """Both tables."""
        return (
            sheet_of(self.tr("By kind of work"), self.kinds),
            sheet_of(self.tr("By employer"), self.employers),
        )
