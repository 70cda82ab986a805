"""Employers: what the offer and its fees do to each one's money, who can bear it, and who is at risk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QInputDialog,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from models.issues import Severity, UnusableInput
from models.offer import FeeRule, Fees
from models.stress import Stress
from ui import formats
from ui.charts.employer_charts import affordable_chart, ahead_chart, hundred_chart, margins_chart
from ui.charts.view import ChartPane
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from bargain.money_of import Money, MoneyAssumptions
    from models.measures import EmployerMargins
    from ui.session import Session
    from ui.tasks import Report

PARTS = ("occupancy", "agency", "fees", "other", "rates")
_PERCENT = 10_000


class EmployersPage(QWidget):
    """A row an employer, charts of the one that is chosen, and the assumptions above them."""

    accounts_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._running = False
        self._again = False
        self.money: Money | None = None
        self.rule = QComboBox()
        self.cap = self._box(0, 60, self.tr("Cap on margins, per cent"))
        self.margin = self._box(-20, 40, self.tr("Margin that must be kept, per cent"))
        self.other = self._box(-10, 30, self.tr("Rise of other costs and rent a year, per cent"))
        self.stress = {
            part: self._box(-50, 200, words)
            for part, words in zip(
                PARTS,
                (
                    self.tr("Occupancy, points"),
                    self.tr("Cost of agency work, per cent"),
                    self.tr("All fees, per cent"),
                    self.tr("Other operating costs, per cent"),
                    self.tr("Net interest, per cent"),
                ),
                strict=True,
            )
        }
        self.stresses = QComboBox()
        self.keep = QPushButton(self.tr("&Keep as…"))
        self.model = ColumnTable()
        self.table = Table(self.model, self.tr("Employers' money"))
        self.hundred, self.margins, self.able, self.ahead = (ChartPane() for _ in range(4))
        self.tabs = QTabWidget()
        self.said = PlainLabel("", wrap=True)
        self.none_yet = PlainLabel("", wrap=True)
        self.read = QPushButton(self.tr("Read employers' &accounts…"))
        self._whole = QWidget()
        self._lay_out()
        self._connect()
        self._show_sector()

    # Putting together

    def _box(self, least: float, most: float, name: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setRange(least, most)
        box.setDecimals(1)
        box.setSuffix("%")
        box.setKeyboardTracking(False)
        box.setAccessibleName(name)
        box.setToolTip(name)
        return box

    def _lay_out(self) -> None:
        for words, rule in (
            (self.tr("as the lever says"), FeeRule.FIXED),
            (self.tr("hold each profit"), FeeRule.HOLD_PROFIT),
            (self.tr("hold each margin"), FeeRule.HOLD_MARGIN),
            (self.tr("under a cap of"), FeeRule.CAP),
        ):
            self.rule.addItem(words, rule)
        self.rule.setAccessibleName(self.tr("How fees follow pay"))
        self.stresses.setAccessibleName(self.tr("Stresses that were kept"))
        self.cap.setValue(10)
        first, second = QHBoxLayout(), QHBoxLayout()
        for line in (first, second):
            line.setSpacing(6)
        self._add(first, self.tr("Fee&s"), self.rule)
        first.addWidget(self.cap)
        self._add(first, self.tr("&Margin to keep"), self.margin)
        self._add(first, self.tr("&Other costs, a year"), self.other)
        first.addStretch(1)
        first.addWidget(self.stresses)
        first.addWidget(self.keep)
        second.addWidget(PlainLabel(self.tr("Under stress:"), bold=True))
        labels = (
            self.tr("occupanc&y"),
            self.tr("a&gency"),
            self.tr("a&ll fees"),
            self.tr("other &costs"),
            self.tr("&interest"),
        )
        for words, part in zip(labels, PARTS, strict=True):
            self._add(second, words, self.stress[part])
        second.addStretch(1)
        for pane, words in (
            (self.hundred, self.tr("£100 of fee")),
            (self.margins, self.tr("Margins")),
            (self.able, self.tr("Who can pay")),
            (self.ahead, self.tr("Ahead")),
        ):
            self.tabs.addTab(pane, words)
        self.tabs.setAccessibleName(self.tr("Charts of employers' money"))
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.table)
        halves.addWidget(self.tabs)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        halves.setChildrenCollapsible(False)
        inside = QVBoxLayout(self._whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addLayout(first)
        inside.addLayout(second)
        inside.addWidget(halves, 1)
        inside.addWidget(self.said)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(self.none_yet)
        layout.addWidget(self.read, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._whole, 1)
        layout.addStretch(0)

    def _add(self, line: QHBoxLayout, words: str, field: QWidget) -> None:
        label = PlainLabel(words)
        label.setBuddy(field)
        line.addWidget(label)
        line.addWidget(field)

    def _connect(self) -> None:
        session = self._session
        session.sector_changed.connect(self._show_sector)
        session.offer_changed.connect(self._show_rule)
        session.appraised.connect(self._want)
        self.rule.activated.connect(self._change_rule)
        self.cap.valueChanged.connect(self._change_rule)
        for box in (self.margin, self.other, *self.stress.values()):
            box.valueChanged.connect(self._want)
        self.keep.clicked.connect(self._keep)
        self.stresses.activated.connect(self._take_stress)
        self.read.clicked.connect(self.accounts_wanted)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_one())
        shortcut = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+Shift+T"), self, self._toggle_table, context=shortcut)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while another page was shown is asked for now."""
        super().showEvent(event)
        self._want()

    # What there is

    def _show_sector(self) -> None:
        sector = self._session.sector
        staffed = sector is not None and len(sector.workforce) > 0
        with_accounts = sector is not None and bool(sector.accounts)
        self._whole.setVisible(staffed and with_accounts)
        self.none_yet.setVisible(not (staffed and with_accounts))
        self.read.setVisible(staffed and not with_accounts)
        self.none_yet.setText(
            self.tr(
                "No accounts yet, so employers' margins are not known. Read a spreadsheet with a row an employer: "
                "name, year end, revenue, labour, rent, other costs, directors' pay, net interest."
            )
            if staffed
            else self.tr("No staff data yet, so there are no figures. Import payroll files (Ctrl+I).")
        )
        with QSignalBlocker(self.stresses):
            self.stresses.clear()
            self.stresses.addItem(self.tr("no stress"), None)
            for one in sector.stresses if sector is not None else ():
                self.stresses.addItem(one.name, one)
        self._show_rule()
        self._want()

    def _show_rule(self) -> None:
        """The fee rule of the offer on the table."""
        steps = self._session.offer.settlements
        fees = steps[-1].fees if steps else Fees()
        with QSignalBlocker(self.rule), QSignalBlocker(self.cap):
            self.rule.setCurrentIndex(max(0, self.rule.findData(fees.rule)))
            if fees.margin_cap_ppm is not None:
                self.cap.setValue(fees.margin_cap_ppm / _PERCENT)
        self.cap.setVisible(fees.rule is FeeRule.CAP)
        for widget in (self.rule, self.cap):
            widget.setEnabled(bool(steps) and not self._session.offer.tabled)

    def _change_rule(self) -> None:
        """Another rule for fees, as one undoable step of the offer."""
        offer = self._session.offer
        if not offer.settlements:
            return
        rule = FeeRule(self.rule.currentData())
        cap = round(self.cap.value() * _PERCENT) if rule is FeeRule.CAP else None
        last = offer.settlements[-1]
        kept = last.fees.uplift_ppm if rule is FeeRule.FIXED else None
        changed = replace(last, fees=Fees(rule, kept, cap))
        steps = (
            *(
                replace(one, fees=Fees()) if rule is not FeeRule.FIXED else one
                for one in offer.settlements[:-1]
            ),
            changed,
        )
        self._session.change_offer(
            replace(offer, settlements=steps), self.tr("Fees: {rule}").format(rule=self.rule.currentText())
        )
        self._show_rule()

    # Stresses that are kept

    def stress_now(self, name: str = "") -> Stress:
        """The stress that the boxes say."""
        return Stress(name, **{part: box.value() / 100 for part, box in self.stress.items()})

    def _take_stress(self) -> None:
        found = self.stresses.currentData()
        for part, box in self.stress.items():
            with QSignalBlocker(box):
                box.setValue(0.0 if found is None else getattr(found, part) * 100)
        self._want()

    def _keep(self) -> None:
        name, agreed = QInputDialog.getText(self, self.tr("Keep this stress"), self.tr("Name:"))
        if agreed and name.strip():
            self.keep_stress(name.strip())

    def keep_stress(self, name: str) -> None:
        """Keep the stress in the sector under a name, as one undoable step."""
        sector = self._session.sector
        if sector is None:
            return
        others = tuple(one for one in sector.stresses if one.name != name)
        changed = replace(sector, stresses=(*others, self.stress_now(name)))
        self._session.change_sector(changed, self.tr("Keep the stress “{name}”").format(name=name))
        self.stresses.setCurrentIndex(self.stresses.findText(name))

    # Figures

    def assumptions(self) -> MoneyAssumptions:
        """What the boxes say, in shares."""
        from bargain.money_of import MoneyAssumptions

        return MoneyAssumptions(
            margin=self.margin.value() / 100, other=self.other.value() / 100, stress=self.stress_now()
        )

    def _want(self) -> None:
        """Ask the worker; a wish that comes meanwhile is asked afterwards."""
        sector, appraisal = self._session.sector, self._session.appraisal
        if self._running:
            self._again = True
            return
        if sector is None or appraisal is None or not sector.accounts or not self.isVisible():
            return
        assumed = self.assumptions()

        def work(_: Report) -> Money:
            from bargain.money_of import money_of

            return money_of(sector, appraisal, assumed)

        self._running = True
        self._session.tasks.start(work, on_done=self._done, on_failed=self._failed, on_cancelled=self._next)

    def _done(self, money: Money) -> None:
        self.money = money
        self._show()
        self._next()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UnusableInput):
            self._session.notice(str(error), Severity.WARNING, key="money")
        else:
            self._session.report_fault(error)
        self._next()

    def _next(self) -> None:
        self._running = False
        if self._again:
            self._again = False
            self._want()

    # Showing

    def _show(self) -> None:
        money = self.money
        if money is None:
            return
        row = self._row()
        self.model.set_columns(self._columns(money))
        self.table.fit(0)
        self.table.horizontalHeader().setSectionResizeMode(
            0, self.table.horizontalHeader().ResizeMode.ResizeToContents
        )
        self.said.setText(self._summary(money))
        self.margins.show_chart(margins_chart(money.appraisal.margins), money.appraisal)
        self.able.show_chart(affordable_chart(money), money.appraisal)
        if self.model.rowCount():
            places = [self.model.row_of(self.model.index(at, 0)) for at in range(self.model.rowCount())]
            self.table.selectRow(places.index(row) if row in places else 0)
        self._show_one()

    def _row(self) -> int:
        index = self.table.currentIndex()
        return self.model.row_of(index) if index.isValid() and index.row() < self.model.rowCount() else 0

    def _show_one(self) -> None:
        """The charts of the chosen employer."""
        if self.money is None or not self.model.rowCount():
            return
        row = self._row()
        of = self.money.appraisal
        self.hundred.show_chart(hundred_chart(of.margins[row]), of)
        self.ahead.show_chart(ahead_chart(self.money.ahead[row]), of)

    def _columns(self, money: Money) -> tuple[Column, ...]:
        from bargain.money_flow import fee_parts

        each = money.appraisal.margins
        parts = [fee_parts(one) for one in each]
        pounds, share = formats.money_short, formats.percent

        def numbers(heading: str, values: list[float | None], tip: str) -> Column:
            return Column(heading, values, share, is_number=True, tip=tip)

        return (
            Column(self.tr("Employer"), [one.name for one in each]),
            numbers(
                self.tr("Margin now"), [one.margin_before for one in each], self.tr("Operating margin today")
            ),
            numbers(
                self.tr("after"),
                [one.margin_after for one in each],
                self.tr("Operating margin under the offer"),
            ),
            numbers(
                self.tr("stressed"),
                [None if one is None else one.margin for one in money.hit],
                self.tr("Operating margin under the offer and the stress"),
            ),
            numbers(
                self.tr("Can afford"),
                [one.rise for one in money.rises],
                self.tr("The rise in labour cost that leaves the margin to keep"),
            ),
            numbers(
                self.tr("Fee rise"),
                [None if one is None else one.rise for one in parts],
                self.tr("Rise in fees under the offer's rule"),
            ),
            numbers(
                self.tr("of it pay"),
                [None if one is None else one.labour for one in parts],
                self.tr("The pay rise, share of income: with profit it sums to the fee rise"),
            ),
            numbers(
                self.tr("profit"),
                [None if one is None else one.profit for one in parts],
                self.tr("The change in profit, share of income"),
            ),
            numbers(
                self.tr("Year 2"),
                [one.margin_of_last(12) for one in money.ahead],
                self.tr("Operating margin of months 13 to 24"),
            ),
            Column(
                self.tr("Lowest cash"),
                [one.lowest_cash for one in money.ahead],
                pounds,
                is_number=True,
                tip=self.tr("The lowest point of cash summed over 24 months"),
            ),
            *self._ladder(each, numbers),
            Column(self.tr("Owner"), [one.ownership for one in each]),
            Column(
                self.tr("Places"), [money.places[one.name] for one in each], formats.number, is_number=True
            ),
            Column(self.tr("Income"), [one.revenue_before for one in each], pounds, is_number=True),
            numbers(
                self.tr("Payroll ÷ accounts"),
                [one.reconciliation for one in each],
                self.tr("Labour cost of the staff data over labour in the accounts"),
            ),
        )

    def _ladder(
        self, each: tuple[EmployerMargins, ...], numbers: Callable[[str, list[float | None], str], Column]
    ) -> tuple[Column, ...]:
        """From the result before rent to the return on capital, and what leaves to owners."""
        return (
            numbers(
                self.tr("EBITDAR"),
                [_over(one.ebitdar_after, one.revenue_after) for one in each],
                self.tr("Result before rent and depreciation, share of income, under the offer"),
            ),
            numbers(
                self.tr("EBITDA"),
                [_over(one.ebitda_after, one.revenue_after) for one in each],
                self.tr("The same after rent"),
            ),
            numbers(
                self.tr("Before tax"),
                [_over(one.pretax_after, one.revenue_after) for one in each],
                self.tr("Profit before tax, share of income, under the offer"),
            ),
            numbers(
                self.tr("ROCE"),
                [_over(one.result_after, one.capital) for one in each],
                self.tr("Operating result over capital employed"),
            ),
            numbers(
                self.tr("Adjusted"),
                [one.adjusted_after for one in each],
                self.tr("Operating margin with connected-party rent and charges added back"),
            ),
            numbers(
                self.tr("Leakage"),
                [one.leakage_after for one in each],
                self.tr("Profit before tax, rent, directors' pay and net interest, share of income"),
            ),
        )

    def _summary(self, money: Money) -> str:
        from bargain.money_flow import spread_of

        risk, spread = money.risk, spread_of(money.rises)
        below = self.tr(
            "{under}: {count} of {known} employers fall below a margin of {margin}, with {places} places; "
            "{unknown} have no accounts."
        ).format(
            under=self.tr("Without stress") if self._is_calm(money) else self.tr("Under this stress"),
            count=len(risk.names),
            known=risk.known,
            margin=formats.percent(money.assumed.margin),
            places=formats.number(risk.places),
            unknown=risk.unknown,
        )
        if spread is None:
            return below
        able = self.tr("Affordable rise: lowest {low}, middle {middle}, highest {high}.").format(
            low=formats.percent(spread.lowest),
            middle=formats.percent(spread.middle),
            high=formats.percent(spread.highest),
        )
        assumed = self.tr(
            "Occupancy moves income in proportion and no cost; cash is before tax and repayments."
        )
        return f"{below} {able} {assumed}"

    def _is_calm(self, money: Money) -> bool:
        return not any(getattr(money.assumed.stress, part) for part in PARTS)

    def _toggle_table(self) -> None:
        shown = self.tabs.currentWidget()
        if isinstance(shown, ChartPane):
            shown.toggle_table()


def _over(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole
