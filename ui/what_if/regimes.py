"""Three ways to buy care on one set of data: spot purchase, a Regional Care Co-operative, a social partnership."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.choices import Regime
from ui import formats
from ui.charts.view import ChartPane
from ui.charts.what_if_charts import margin_chart, pay_chart
from ui.itemmodels.column_table import Column, ColumnTable
from ui.report import Sheet, sheet_of
from ui.what_if.number import NumberField
from ui.what_if.panel import Form, Panel
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.what_if import Regimes
    from models.appraisal import Appraisal
    from models.sector import Sector
    from ui.session import Session
    from ui.what_if.panel import Work


class RegimesPanel(Panel):
    """Two assumptions without defaults, the three regimes beside each other, and where their order turns."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "", parent)
        self.name = self.tr("Three regimes")
        self.fee_cut = NumberField(self.tr("Taken off fees, per cent"), most=0.99, percent=True)
        self.falls_on_pay = NumberField(self.tr("Of it borne by pay, per cent"), most=1.0, percent=True)
        self.offer = PlainLabel("", wrap=True)
        self.signing = PlainLabel("", wrap=True)
        self.model = ColumnTable((), self)
        self.table = Table(self.model, self.tr("The three regimes"))
        self.table.setSortingEnabled(False)
        self.margins, self.pay = ChartPane(), ChartPane()
        self.found: Regimes | None = None
        self.views.addTab(self.table, self.tr("Side by side"))
        self.views.addTab(self.margins, self.tr("Margin"))
        self.views.addTab(self.pay, self.tr("Pay"))
        self.lay_out(self._inputs())
        self.fee_cut.changed.connect(self._change_cut)
        self.falls_on_pay.changed.connect(self._change_share)
        for field in (self.fee_cut, self.falls_on_pay):
            field.spoilt.connect(self.say_wrong)

    def _inputs(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        column.addWidget(PlainLabel(self.tr("What a Regional Care Co-operative does"), bold=True, wrap=True))
        form = Form()
        form.add(self.tr("Takes off fees, %"), self.fee_cut)
        form.add(self.tr("Of it borne by pay, %"), self.falls_on_pay)
        column.addLayout(form)
        column.addWidget(
            PlainLabel(
                self.tr(
                    "Nothing tells these two in advance, so neither has a default. The rest of the cut falls on margins. "
                    "They decide the order of the three; the data name no winner."
                ),
                wrap=True,
            )
        )
        column.addWidget(PlainLabel(self.tr("What the partnership does"), bold=True, wrap=True))
        column.addWidget(self.offer)
        column.addWidget(self.signing)
        column.addStretch(1)
        return made

    # Assumptions

    def show_sector(self, sector: Sector) -> None:
        """The two assumptions, and the offer that stands for the partnership."""
        self.fee_cut.show_value(sector.what_if.fee_cut)
        self.falls_on_pay.show_value(sector.what_if.falls_on_pay)
        self.offer.setText(
            self.tr("It settles on “{offer}”, with its rule for fees (7 Employers).").format(
                offer=self._session.offer.name
            )
        )
        signing = ", ".join(sector.what_if.staying.signing)
        self.signing.setText(
            self.tr("Who would sign: {names} (see Staying in).").format(names=signing)
            if signing
            else self.tr("Nobody is marked as signing yet: do so under Staying in.")
        )

    def _change_cut(self, value: float | None) -> None:
        text = self.tr("A co-operative takes {share} off fees").format(share=formats.percent(value))
        self.change(replace(self.what_if(), fee_cut=value), text)

    def _change_share(self, value: float | None) -> None:
        text = self.tr("Pay bears {share} of the co-operative's cut").format(share=formats.percent(value))
        self.change(replace(self.what_if(), falls_on_pay=value), text)

    # Figures

    def question(self, sector: Sector, appraisal: Appraisal) -> Work | None:
        """The three on the appraised offer; without accounts there is nothing to compare."""
        if not any(one.result_before is not None and one.labour is not None for one in appraisal.margins):
            self.model.set_columns(())
            self.headline.setText(
                self.tr(
                    "No employer's accounts are known, so fees and margins can't be compared. Read accounts under "
                    "7 Employers: revenue, labour and other costs are needed."
                )
            )
            return None
        assumed = sector.what_if

        def work(_: object) -> Regimes:
            from bargain.what_if import regimes_of

            return regimes_of(sector, appraisal, assumed)

        return work

    def show_answer(self, answer: Regimes) -> None:
        """The table, the two charts, and what would have to be entered."""
        self.found = answer
        three = (answer.spot, answer.cooperative, answer.partnership)
        self.model.set_columns(self._columns(three))
        self.table.fit(0)
        self.margins.show_chart(margin_chart(answer), self._session.appraisal)
        self.pay.show_chart(pay_chart(answer), self._session.appraisal)
        self.headline.setText(self._headline(answer))
        said = self.tr(
            "Over {known} of {all} employers, those whose accounts give result and labour. A cut on pay is taken to fall "
            "evenly. Continuity of care is not in these figures: no data here tell it."
        ).format(known=answer.known, all=answer.employers)
        cooperative = answer.cooperative
        if answer.breaks_law and cooperative is not None:
            law = self.tr(
                "✗ {rate} is below the legal floor of {floor} on that day: the law does not let pay bear that much."
            )
            law = law.format(
                rate=formats.rate(cooperative.lowest_rate), floor=formats.legal_floor(answer.legal_floor)
            )
            said = f"{law} {said}"
        self.said.setText(said)

    def _columns(self, three: Sequence[Regime | None]) -> tuple[Column, ...]:
        def each(show: Callable[[Regime], str]) -> list[str]:
            return [formats.not_known() if one is None else show(one) for one in three]

        rows = (
            (self.tr("Fees, £ a year"), each(lambda one: formats.money(one.fees))),
            (self.tr("Change in fees"), each(lambda one: formats.percent(one.fee_change, 2, sign=True))),
            (
                self.tr("Change in labour cost, £ a year"),
                each(lambda one: formats.money(one.labour_change, sign=True)),
            ),
            (
                self.tr("Change in labour cost"),
                each(lambda one: formats.percent(one.pay_change, 2, sign=True)),
            ),
            (self.tr("Operating margin"), each(lambda one: formats.percent(one.margin, 2))),
            (self.tr("Lowest hourly rate"), each(lambda one: formats.rate(one.lowest_rate))),
            (self.tr("Floor under pay"), [self.tr("none"), self.tr("none"), self._floor()]),
            (self.tr("Staff under an agreement"), each(lambda one: formats.percent(one.covered, 1))),
        )
        names = (
            self.tr("Spot purchase"),
            self.tr("Regional Care Co-operative"),
            self.tr("Social partnership"),
        )
        return (
            Column(self.tr("On the same data"), [name for name, _ in rows]),
            *(
                Column(name, [cells[at] for _, cells in rows], is_number=True)
                for at, name in enumerate(names)
            ),
        )

    def _floor(self) -> str:
        floors = [one.floor_micros for one in self._session.offer.settlements if one.floor_micros is not None]
        return formats.micros(floors[-1]) if floors else self.tr("none in this offer")

    def _headline(self, found: Regimes) -> str:
        if not found.shares:
            return self.tr(
                "Spot purchase and partnership are shown. Enter what a co-operative would take off fees, and which share "
                "of that pay would bear: until then its column and its line are not known."
            )
        if found.level_at is None:
            turn = self.tr(
                "Whatever share of the cut pay bears, the co-operative's margin stays on one side of the partnership's."
            )
        else:
            turn = self.tr(
                "The order of the margins turns where pay bears {share} of the cut: below it the co-operative leaves "
                "less margin than the partnership, above it more."
            ).format(share=formats.percent(found.level_at, 1))
        if found.cooperative is None:
            return self.tr("Enter the share of the cut that pay would bear.") + " " + turn
        return turn

    # Elsewhere

    def assumed(self) -> Sequence[str]:
        """Both assumptions and the offer."""
        held = self.what_if()
        return (
            self.tr("Assumed: a co-operative takes {cut} off fees; pay bears {share} of that.").format(
                cut=formats.percent(held.fee_cut), share=formats.percent(held.falls_on_pay)
            ),
            self.offer.text(),
            self.signing.text(),
        )

    def sheets(self) -> Sequence[Sheet]:
        """The table."""
        return (sheet_of(self.tr("Three regimes on the same data"), self.model),)
