"""Care brought in-house: what parity of pay costs, what is saved, and what each basis of compensation means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bargain.small_groups import hidden_among, is_small
from models.what_if import Comparator, GradeRate, InHousePlan
from ui import formats
from ui.charts.view import EMPTY, ChartPane
from ui.charts.what_if_charts import in_house_chart
from ui.hidden import few_staff_words
from ui.itemmodels.column_table import Column, ColumnTable, staff_column
from ui.report import Sheet, sheet_of
from ui.what_if.grade_rates import GradeRates
from ui.what_if.number import NumberField, number_text
from ui.what_if.panel import Form, Panel, fit_names
from ui.widgets.chooser import widen
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from bargain.in_house import Basis, InHouse, Way
    from models.appraisal import Appraisal
    from models.sector import Sector
    from ui.session import Session
    from ui.what_if.panel import Work

ROWS = 5  # employers that show without scrolling


class InHousePanel(Panel):
    """Whom to bring in, on whose rates, for which compensation; every basis stands beside the others."""

    of_returns = True

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "", parent)
        self.name = self.tr("In-house")
        self.employers = QListWidget()
        self.for_profit = QPushButton(self.tr("All for-profit"))
        self.nobody = QPushButton(self.tr("None"))
        self.comparator = QComboBox()
        self.like = QComboBox()
        self.rates = GradeRates()
        self.pace = NumberField(self.tr("Pay rises faster a year by, per cent"), least=0.0001, percent=True)
        self.stated = NumberField(self.tr("A stated sum, pounds"))
        self.multiple = NumberField(self.tr("Times operating profit"), most=1000.0)
        self.subsidy = NumberField(self.tr("Public subsidy in the capital, pounds"))
        self.recoverable = NumberField(self.tr("Charges that come back a year, pounds"))
        self.rate = NumberField(self.tr("Discount rate, per cent"), most=1.0, percent=True)
        self.years = NumberField(self.tr("Years"), least=1.0, most=100.0)
        self.model = ColumnTable((), self)
        self.table = Table(self.model, self.tr("The case, on every basis of compensation"))
        self.table.setSortingEnabled(False)
        self.grades = ColumnTable((), self)
        self.grade_table = Table(self.grades, self.tr("Pay by grade beside the comparator"))
        self.grade_table.setSortingEnabled(False)
        self.year = ColumnTable((), self)
        self.year_table = Table(self.year, self.tr("Saved a year"))
        self.year_table.setSortingEnabled(False)
        self.chart = ChartPane()
        self.found: InHouse | None = None
        self.views.addTab(self.table, self.tr("The case"))
        self.views.addTab(self.year_table, self.tr("Saved a year"))
        self.views.addTab(self.grade_table, self.tr("Parity by grade"))
        self.views.addTab(self.chart, self.tr("Year by year"))
        self.lay_out(self._inputs())
        self._connect_inputs()

    def _inputs(self) -> QWidget:
        self.employers.setAccessibleName(self.tr("Employers to bring in-house"))
        self.employers.setFixedHeight((self.fontMetrics().height() + 6) * ROWS)
        for words, key in (
            (self.tr("an employer here"), Comparator.EMPLOYER),
            (self.tr("NHS bands"), Comparator.NHS),
            (self.tr("local government points"), Comparator.COUNCIL),
            (self.tr("rates typed in"), Comparator.TYPED),
        ):
            self.comparator.addItem(words, key)
        for box in (self.comparator, self.like):
            widen(box)
        for field in (self.pace, self.stated, self.multiple, self.subsidy):
            field.setPlaceholderText(self.tr("not entered"))
        self.recoverable.setPlaceholderText("0")
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(6)
        column.addWidget(PlainLabel(self.tr("Bring in-house"), bold=True))
        column.addWidget(self.employers)
        row = QHBoxLayout()
        row.addWidget(self.for_profit)
        row.addWidget(self.nobody)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(PlainLabel(self.tr("Pay them as"), bold=True))
        rates = Form()
        rates.add(self.tr("Comparator"), self.comparator)
        rates.add(self.tr("Whose medians"), self.like)
        self._rates_form = rates
        column.addLayout(rates)
        column.addWidget(self.rates)
        closing = Form()
        closing.add(self.tr("Closing by, % a year"), self.pace)
        column.addLayout(closing)
        column.addWidget(PlainLabel(self.tr("Compensation"), bold=True))
        form = Form()
        form.add(self.tr("Stated sum, £"), self.stated)
        form.add(self.tr("Times operating profit"), self.multiple)
        form.add(self.tr("Public subsidy, £"), self.subsidy)
        form.add(self.tr("Charges that come back, £"), self.recoverable)
        form.add(self.tr("Discount rate, %"), self.rate)
        form.add(self.tr("Years"), self.years)
        column.addLayout(form)
        column.addStretch(1)
        return made

    def _connect_inputs(self) -> None:
        self.employers.itemChanged.connect(self._change_employers)
        self.for_profit.clicked.connect(self._choose_for_profit)
        self.nobody.clicked.connect(lambda: self._choose(()))
        self.comparator.activated.connect(self._change_comparator)
        self.like.activated.connect(self._change_like)
        self.rates.changed.connect(self._change_rates)
        self.rates.spoilt.connect(self.say_wrong)
        money = formats.money
        fields: tuple[tuple[NumberField, str, str, Callable[[float | None], str]], ...] = (
            (self.pace, "pace", self.tr("The gap closes by {value} a year"), formats.percent),
            (self.stated, "stated", self.tr("Compensation, stated sum: {value}"), money),
            (
                self.multiple,
                "multiple",
                self.tr("Compensation, times profit: {value}"),
                lambda one: formats.number(one, 2),
            ),
            (self.subsidy, "subsidy", self.tr("Public subsidy in the capital: {value}"), money),
            (self.recoverable, "recoverable", self.tr("Charges that come back: {value}"), money),
            (self.rate, "rate", self.tr("Discount rate: {value}"), formats.percent),
            (self.years, "years", self.tr("Years: {value}"), formats.number),
        )
        for field, name, words, show in fields:
            field.changed.connect(
                lambda value, name=name, words=words, show=show: self._change_number(
                    name, value, words.format(value=show(value))
                )
            )
            field.spoilt.connect(self.say_wrong)

    # Assumptions

    def show_sector(self, sector: Sector) -> None:
        """The plan, over the employers and grades that the staff data has."""
        plan = sector.what_if.in_house
        names = sector.workforce.employers
        with QSignalBlocker(self.employers), QSignalBlocker(self.like), QSignalBlocker(self.comparator):
            shown = [self.employers.item(at).text() for at in range(self.employers.count())]
            if shown != list(names):
                self.employers.clear()
                for name in names:
                    self.employers.addItem(QListWidgetItem(name))
                self.like.clear()
                self.like.addItem(self.tr("choose…"), "")
                for name in names:
                    self.like.addItem(name, name)
            for at, name in enumerate(names):
                state = Qt.CheckState.Checked if name in plan.employers else Qt.CheckState.Unchecked
                self.employers.item(at).setCheckState(state)
            self.like.setCurrentIndex(max(self.like.findData(plan.like), 0))
            self.comparator.setCurrentIndex(self.comparator.findData(plan.comparator))
        self._rates_form.setRowVisible(self.like, plan.comparator is Comparator.EMPLOYER)
        self.rates.setVisible(plan.comparator is not Comparator.EMPLOYER)
        self.rates.show_plan(sector, plan)
        self.pace.show_value(plan.pace)
        self.stated.show_value(plan.stated)
        self.multiple.show_value(plan.multiple)
        self.subsidy.show_value(plan.subsidy)
        self.recoverable.show_value(plan.recoverable or None)
        self.rate.show_value(plan.rate)
        self.years.show_value(float(plan.years))

    def _plan(self) -> InHousePlan:
        return self.what_if().in_house

    def _change_plan(self, plan: InHousePlan, text: str) -> None:
        self.change(replace(self.what_if(), in_house=plan), text)

    def _change_employers(self) -> None:
        items = [self.employers.item(at) for at in range(self.employers.count())]
        self._choose(tuple(one.text() for one in items if one.checkState() == Qt.CheckState.Checked))

    def _choose_for_profit(self) -> None:
        sector = self._session.sector
        if sector is not None:
            names = sector.workforce.employers
            self._choose(
                tuple(name for name in names if sector.employer(name).ownership.family == "for-profit")
            )

    def _choose(self, names: tuple[str, ...]) -> None:
        text = self.tr("Bring in-house: {names}").format(names=", ".join(names) or self.tr("nobody"))
        self._change_plan(replace(self._plan(), employers=names), text)

    def _change_comparator(self) -> None:
        text = self.tr("Pay in-house as {comparator}").format(comparator=self.comparator.currentText())
        chosen = Comparator(self.comparator.currentData())
        self._change_plan(replace(self._plan(), comparator=chosen), text)

    def _change_like(self) -> None:
        name = str(self.like.currentData() or "")
        self._change_plan(
            replace(self._plan(), like=name), self.tr("Pay in-house as {name}").format(name=name)
        )

    def _change_rates(self, rates: tuple[GradeRate, ...]) -> None:
        self._change_plan(replace(self._plan(), rates=rates), self.tr("Rates of pay in-house"))

    def _change_number(self, name: str, value: float | None, text: str) -> None:
        usual = InHousePlan()
        kept: float | int | None = value
        if value is None and name in {"recoverable", "rate", "years"}:
            kept = getattr(usual, name)
        if name == "years" and kept is not None:
            kept = round(kept)
        self._change_plan(replace(self._plan(), **{name: kept}), text)  # type: ignore[arg-type]
        if self._session.sector is not None:
            self.show_sector(self._session.sector)

    # Figures

    def question(self, sector: Sector, appraisal: Appraisal) -> Work | None:
        """The case; pay is as it is now, without the offer on the table."""
        del appraisal
        plan = sector.what_if.in_house
        here = tuple(name for name in plan.employers if name in sector.workforce.employers)
        if not here:
            self._show_none(self.tr("Choose on the left which employers would be brought in-house."))
            return None
        if plan.comparator is Comparator.EMPLOYER and plan.like not in sector.workforce.employers:
            self._show_none(
                self.tr("Choose on the left whose pay by grade is the comparator, or another one.")
            )
            return None
        wanted = replace(plan, employers=here)

        def work(_: object) -> InHouse:
            from bargain.in_house import in_house_of

            return in_house_of(sector, wanted)

        return work

    def _show_none(self, why: str) -> None:
        self.found = None
        for model in (self.model, self.year, self.grades):
            model.set_columns(())
        self.headline.setText(why)
        self.said.setText("")

    def show_answer(self, answer: InHouse) -> None:
        """The case, parity by grade, and the years."""
        self.found = answer
        self.model.set_columns(self._columns(answer))
        self.year.set_columns(self._year_columns(answer))
        self.grades.set_columns(self._grade_columns(answer))
        for table in (self.table, self.year_table, self.grade_table):
            fit_names(table)
        self.chart.show_chart(
            EMPTY if self._is_few(answer) else self._noted(in_house_chart(answer, self._basis_words()))
        )
        self.headline.setText(self._headline(answer))
        self.said.setText(self._left_out(answer))

    def _columns(self, found: InHouse) -> tuple[Column, ...]:
        words, ways = self._basis_words(), found.ways
        few = [self._is_few(found)] * len(ways)
        worth = self.tr("Worth over {years} years").format(years=self._plan().years)
        return (
            Column(self.tr("Compensation by"), [words[one.basis] for one in ways]),
            Column(
                self.tr("Compensation"), [formats.money(one.compensation) for one in ways], is_number=True
            ),
            Column(
                self.tr("Paid back after"),
                [self._payback(found, one) for one in ways],
                is_number=True,
                hide=few,
            ),
            Column(worth, [formats.money(one.npv, sign=True) for one in ways], is_number=True, hide=few),
            Column(self.tr("Not known, because"), [one.why for one in ways]),
        )

    def _year_columns(self, found: InHouse) -> tuple[Column, ...]:
        """Each one's profit, what comes back, what parity costs, and what is left."""
        rows = [
            *((self.tr("Operating profit: {name}").format(name=name), one) for name, one in found.profits),
            (self.tr("Charges that come back"), self._plan().recoverable),
            (self.tr("Together"), found.gross),
            (self.tr("Cost of parity, with on-costs"), -found.parity.cost),
            (self.tr("Saved"), found.net),
        ]
        return (
            Column(self.tr("A year"), [words for words, _ in rows]),
            Column(
                "£",
                [formats.money(value) for _, value in rows],
                is_number=True,
                hide=[self._is_few(found) and value is not found.gross for _, value in rows],
            ),
        )

    @staticmethod
    def _is_few(found: InHouse) -> bool:
        """Whether all that is brought in-house is so few staff that what parity costs stays on this screen."""
        return is_small(sum(one.heads for one in found.parity.grades))

    def _payback(self, found: InHouse, way: Way) -> str:
        if way.compensation is None or found.net is None:
            return formats.not_known()
        if way.payback is None:
            return self.tr("never: nothing is saved")
        return self.tr("{years} years").format(years=formats.number(way.payback, 2))

    def _grade_columns(self, found: InHouse) -> tuple[Column, ...]:
        grades = found.parity.grades
        at = {one.grade: one.point for one in self._plan().rates}
        by_point = self._plan().comparator in {Comparator.NHS, Comparator.COUNCIL}
        mapped = [Column(self.tr("Mapped to"), [at.get(one.grade, "") for one in grades])] if by_point else []
        none = self.tr("no comparator")
        few = hidden_among([one.heads for one in grades])
        return (
            Column(self.tr("Grade"), [one.grade for one in grades]),
            staff_column(self.tr("Staff"), [one.heads for one in grades], formats.number),
            Column(
                self.tr("Mean pay now £/h"),
                [formats.rate(one.pay) for one in grades],
                is_number=True,
                hide=few,
            ),
            *mapped,
            Column(
                self.tr("Comparator £/h"),
                [none if one.comparator is None else formats.rate(one.comparator) for one in grades],
                is_number=True,
            ),
            Column(
                self.tr("Gap"),
                [none if one.gap is None else formats.percent(one.gap, 2) for one in grades],
                is_number=True,
                hide=few,
            ),
            Column(
                self.tr("Cost of parity a year"),
                [none if one.cost is None else formats.money(one.cost) for one in grades],
                is_number=True,
                hide=few,
            ),
        )

    def _basis_words(self) -> dict[Basis, str]:
        from bargain.in_house import Basis

        multiple = self._plan().multiple
        times = "…" if multiple is None else number_text(multiple)
        return {
            Basis.CAPITAL: self.tr("Book capital"),
            Basis.CAPITAL_LESS_SUBSIDY: self.tr("Less subsidy"),
            Basis.MULTIPLE: self.tr("{times} × profit").format(times=times),
            Basis.STATED: self.tr("Stated sum"),
        }

    def _headline(self, found: InHouse) -> str:
        said = self.tr("Parity of pay costs {cost} a year; pay is {gap} short of the comparator.").format(
            cost=formats.money(found.parity.cost), gap=formats.percent(found.parity.gap, 2)
        )
        known = [one for one in found.ways if one.npv is not None]
        if found.net is None or not known:
            return said
        values = [one.npv for one in known if one.npv is not None]
        low, high = min(values), max(values)
        text = (
            self.tr("Saved: {net} a year. Over {years} years it is worth {low}.")
            if low == high
            else self.tr("Saved: {net} a year. Over {years} years it is worth {low} to {high}, by the basis.")
        )
        return f"{said} " + text.format(
            net=formats.money(found.net),
            years=self._plan().years,
            low=formats.money_short(low, sign=True),
            high=formats.money_short(high, sign=True),
        )

    def _left_out(self, found: InHouse) -> str:
        from bargain.insourcing import CAVEAT, years_to_close

        said = []
        if found.without_accounts:
            text = self.tr(
                "Profit of {known} of {all} employers; not counted, for want of accounts: {names}. Parity counts them all."
            )
            said.append(
                text.format(
                    known=len(found.profits) - len(found.without_accounts),
                    all=len(found.employers),
                    names=", ".join(found.without_accounts),
                )
            )
        if found.parity.no_comparator:
            text = self.tr("{count} of {all} staff have no comparator and stay as they are.")
            said.append(
                text.format(
                    count=formats.number(found.parity.no_comparator), all=formats.number(found.parity.heads)
                )
            )
        pace = self._plan().pace
        if pace is not None:
            years = years_to_close(found.parity, pace)
            text = self.tr(
                "Rising {pace} a year faster than the comparator, the grade furthest behind is level in {years} years."
            )
            if years is not None:
                said.append(text.format(pace=formats.percent(pace), years=formats.number(years, 1)))
        source = self.rates.source()
        return " ".join(
            [
                *said,
                *([source] if source else []),
                self.tr("Pay as now, without the offer; years of payback are not discounted."),
                CAVEAT,
            ]
        )

    # Elsewhere

    def assumed(self) -> Sequence[str]:
        """The plan in sentences; the mapping is part of the tables."""
        plan = self._plan()
        whose = plan.like if plan.comparator is Comparator.EMPLOYER else ""
        return (
            self.tr("In-house: {names}.").format(names=", ".join(plan.employers)),
            self.tr("Comparator, an assumption to be agreed: {comparator} {whose}")
            .format(comparator=self.comparator.currentText(), whose=whose)
            .strip()
            + ".",
            self.tr(
                "Discounted at {rate} over {years} years; charges that come back {charges} a year."
            ).format(
                rate=formats.percent(plan.rate), years=plan.years, charges=formats.money(plan.recoverable)
            ),
        )

    def told_outside(self) -> Sequence[str]:
        """Of fewer than ten staff, nothing but that."""
        return (
            (few_staff_words(),)
            if self.found is not None and self._is_few(self.found)
            else super().told_outside()
        )

    def sheets(self) -> Sequence[Sheet]:
        """The case and parity by grade."""
        return (
            sheet_of(self.tr("The case, on every basis of compensation"), self.model),
            sheet_of(self.tr("Saved a year"), self.year),
            sheet_of(self.tr("Parity by grade"), self.grades),
        )
