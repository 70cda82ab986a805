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
from ui.basis_words import copied_basis
from ui.charts.employer_charts import affordable_chart, ahead_chart, hundred_chart, margins_chart
from ui.charts.view import ChartPane
from ui.figure_at import Asked
from ui.hidden import hidden_employers, mark_words
from ui.itemmodels.column_table import ColumnTable
from ui.pages.employer_fees import FeesPanel
from ui.pages.employer_risk import RiskPanel
from ui.pages.employers_columns import EXPLAINED, money_columns
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.money_of import Money, MoneyAssumptions
    from ui.session import Session
    from ui.tasks import Report

PARTS = ("occupancy", "agency", "fees", "other", "rates")
_PERCENT = 10_000


class EmployersPage(QWidget):
    """A row an employer, charts of the one that is chosen, and the assumptions above them."""

    accounts_wanted = Signal()
    by_hand_wanted = Signal(str)  # the employer whose accounts are to be typed in

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
        self.add_on_top = QPushButton(self.tr("Add on &top"))
        self.keep = QPushButton(self.tr("&Keep as…"))
        self.months = QComboBox()
        self.model = ColumnTable()
        self.table = Table(self.model, self.tr("Employers' money"))
        self.table.notes = lambda: copied_basis(session, of_returns=True)
        self.hundred, self.margins, self.able, self.ahead = (ChartPane() for _ in range(4))
        self.fees, self.risk = FeesPanel(), RiskPanel()
        self.tabs = QTabWidget()
        self.said = PlainLabel("", wrap=True)
        self.none_yet = PlainLabel("", wrap=True)
        self.read = QPushButton(self.tr("Read employers' &accounts…"))
        self.by_hand = QPushButton(self.tr("Type an employer's accou&nts in…"))
        self.read_more = QPushButton(self.tr("&Read accounts…"))
        self.edit = QPushButton(self.tr("Accounts &by hand…"))
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
            (self.tr("by an index"), FeeRule.INDEXED),
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
        first.addWidget(self.add_on_top)
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
        for count in (12, 24):
            self.months.addItem(self.tr("%n months", "", count), count)
        self.months.setCurrentIndex(1)
        self._add(second, self.tr("Ahead"), self.months)
        for pane, words in (
            (self.hundred, self.tr("£100 of fee")),
            (self.fees, self.tr("Fees")),
            (self.margins, self.tr("Margins")),
            (self.able, self.tr("Who can pay")),
            (self.ahead, self.tr("Ahead")),
            (self.risk, self.tr("At risk")),
        ):
            self.tabs.addTab(pane, words)
        self.tabs.setAccessibleName(self.tr("Charts and figures of employers' money"))
        self.tabs.setUsesScrollButtons(True)
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
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.read_more)
        foot.addWidget(self.edit)
        inside.addLayout(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(self.none_yet)
        layout.addWidget(self.read, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.by_hand, 0, Qt.AlignmentFlag.AlignLeft)
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
        for button in (self.read, self.read_more):
            button.clicked.connect(self.accounts_wanted)
        for button in (self.by_hand, self.edit):
            button.clicked.connect(lambda: self.by_hand_wanted.emit(self._chosen_name()))
        self.months.activated.connect(self._want)
        self.add_on_top.clicked.connect(self.add_stress)
        self.fees.index_changed.connect(self._change_index)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_one())
        self.table.explains = self._figure_of
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
        for button in (self.read, self.by_hand):
            button.setVisible(staffed and not with_accounts)
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
        self.add_on_top.setEnabled(self.stresses.count() > 1)
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
        may_change = bool(steps) and not self._session.offer.tabled
        for widget in (self.rule, self.cap):
            widget.setEnabled(may_change)
        self.fees.show_rule(fees, may_change=may_change)

    def _change_rule(self) -> None:
        """Another rule for fees, as one undoable step of the offer."""
        offer = self._session.offer
        if not offer.settlements:
            return
        rule = FeeRule(self.rule.currentData())
        cap = round(self.cap.value() * _PERCENT) if rule is FeeRule.CAP else None
        last = offer.settlements[-1]
        kept = last.fees.uplift_ppm if rule is FeeRule.FIXED else None
        fees = self.fees.index_now() if rule is FeeRule.INDEXED else Fees(rule, kept, cap)
        self._put_fees(fees, self.tr("Fees: {rule}").format(rule=self.rule.currentText()))
        if rule is FeeRule.INDEXED:
            self.tabs.setCurrentWidget(self.fees)

    def _change_index(self) -> None:
        """Another share or index of fees that follow one."""
        self._put_fees(self.fees.index_now(), self.tr("Fees: the index"), field="fee index")

    def _put_fees(self, fees: Fees, text: str, *, field: str | None = None) -> None:
        offer = self._session.offer
        changed = replace(offer.settlements[-1], fees=fees)
        rule = fees.rule
        steps = (
            *(
                replace(one, fees=Fees()) if rule is not FeeRule.FIXED else one
                for one in offer.settlements[:-1]
            ),
            changed,
        )
        self._session.change_offer(replace(offer, settlements=steps), text, field=field)
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

    def add_stress(self) -> None:
        """The stress that is chosen on top of what the boxes say: points add up, shares compound."""
        from bargain.money_flow import combined

        found = self.stresses.currentData()
        if found is None:
            return
        both = combined("", [self.stress_now(), found])
        for part, box in self.stress.items():
            with QSignalBlocker(box):
                box.setValue(getattr(both, part) * 100)
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
            margin=self.margin.value() / 100,
            other=self.other.value() / 100,
            months=int(self.months.currentData()),
            stress=self.stress_now(),
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
        self.model.set_columns(money_columns(money))
        self.table.fit(-1)
        self.said.setText(self._summary(money))
        self.margins.show_chart(
            margins_chart(money.appraisal.margins, hidden_employers(money.appraisal)), money.appraisal
        )
        self.able.show_chart(affordable_chart(money), money.appraisal)
        self.risk.show_money(money)
        if self.model.rowCount():
            places = [self.model.row_of(self.model.index(at, 0)) for at in range(self.model.rowCount())]
            self.table.selectRow(places.index(row) if row in places else 0)
        self._show_one()

    def _figure_of(self, row: int, column: int) -> Asked | None:
        """What is worked out from the accounts, or (in the first column) its cost; the rest is said by its heading."""
        if self.money is None or row >= len(self.money.appraisal.margins) or column not in EXPLAINED:
            return None
        name = self.money.appraisal.margins[row].name
        return Asked(f"{EXPLAINED[column]}:{name}", self.money.appraisal)

    def figure_here(self) -> Asked | None:
        """In a chart: the margin of the chosen employer."""
        pane = self.tabs.currentWidget()
        if not isinstance(pane, ChartPane) or not pane.isAncestorOf(self.focusWidget() or self):
            return None
        return self._figure_of(self._row(), 1)

    def _row(self) -> int:
        index = self.table.currentIndex()
        return self.model.row_of(index) if index.isValid() and index.row() < self.model.rowCount() else 0

    def _chosen_name(self) -> str:
        """The employer that is chosen; blank where there is no table."""
        if self.money is None or not self.model.rowCount():
            return ""
        return self.money.appraisal.margins[self._row()].name

    def _show_one(self) -> None:
        """The charts of the chosen employer."""
        if self.money is None or not self.model.rowCount():
            return
        row = self._row()
        of = self.money.appraisal
        is_hidden = of.margins[row].name in hidden_employers(of)
        self.hundred.show_chart(hundred_chart(of.margins[row], is_hidden=is_hidden), of)
        hit = None if self._is_calm(self.money) else self.money.ahead_hit[row]
        self.ahead.show_chart(ahead_chart(self.money.ahead[row], hit, is_hidden=is_hidden), of)
        self.fees.show_money(self.money, row)

    def _summary(self, money: Money) -> str:
        """Whose accounts these are and of when, who falls below the margin, and what the figures take for granted."""
        risk, whole = money.risk, len(money.appraisal.margins)
        days = sorted(day for day in money.year_ends.values() if day is not None)
        parts = [
            self.tr("Accounts of {known} of {all} employers").format(known=len(money.year_ends), all=whole)
        ]
        if days:
            span = formats.day(days[0])
            if days[-1] != days[0]:
                span = f"{span} – {formats.day(days[-1])}"
            parts.append(self.tr("year ends {span}").format(span=span))
        if money.without_staff:
            names = ", ".join(money.without_staff[:3]) + ("…" if len(money.without_staff) > 3 else "")
            parts.append(self.tr("left out, as they have no staff data: {names}").format(names=names))
        count = len(risk.names)
        below = self.tr(
            "{under}: %n of {known} employers fall(s) below a margin of {margin}", "", count
        ).format(
            under=self.tr("Without stress") if self._is_calm(money) else self.tr("Under this stress"),
            known=risk.known,
            margin=formats.percent(money.assumed.margin),
        )
        if count:
            below += self.tr(", with {places} places").format(places=formats.number(risk.places))
        if risk.unknown:
            below += self.tr("; of %n the accounts do not tell the margin", "", risk.unknown)
        below += "."
        if risk.without_places:
            below += " " + self.tr("%n of them do(es) not say how many places.", "", risk.without_places)
        assumed = self.tr(
            "Occupancy moves income in proportion and no cost; cash is before tax and repayments."
        )
        alone = f" {mark_words()}" if self.model.hides_any else ""
        return f"{'; '.join(parts)}. {below} {assumed}{alone}"

    def _is_calm(self, money: Money) -> bool:
        return not any(getattr(money.assumed.stress, part) for part in PARTS)

    def _toggle_table(self) -> None:
        shown = self.tabs.currentWidget()
        if isinstance(shown, ChartPane):
            shown.toggle_table()
