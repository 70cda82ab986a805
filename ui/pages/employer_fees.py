"""Fees: what a rise in fees pays for, what each rule would ask, and the profit made on the pay rise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from models.offer import FeeRule, Fees
from ui import formats
from ui.hidden import hidden_employers
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.money_flow import FeeParts, FeesTogether
    from bargain.money_of import Money
    from models.measures import EmployerMargins

_PERCENT = 10_000
_PLACES = 2


class FeesPanel(QWidget):
    """A row a figure, for the chosen employer and for all together; above it inflation and, where it counts, the index."""

    index_changed = Signal()  # the person changed the share or an index

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._money: Money | None = None
        self._row = 0
        self.inflation = self._box(self.tr("Inflation, per cent"), -10, 60, 0.0)
        self.share = self._box(self.tr("Part of the fee that is for pay, per cent"), 0, 100, 60.0)
        self.other_index = self._box(self.tr("Rise of the part for other costs, per cent"), -50, 100, 3.0)
        self.pay_index = self._box(self.tr("Rise of the part for pay, per cent"), -50, 100, 3.0)
        self.own_rise = QCheckBox(self.tr("pay part follows each employer's o&wn rise"))
        self.own_rise.setChecked(True)
        self.index = QWidget(self)
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Fees under the offer"), self)
        self.table.setSortingEnabled(False)
        self.said = PlainLabel("", self, wrap=True)
        self._lay_out()
        self.inflation.valueChanged.connect(lambda _: self._show())
        for box in (self.share, self.pay_index, self.other_index):
            box.valueChanged.connect(lambda _: self.index_changed.emit())
        self.own_rise.toggled.connect(self._own_rise)

    def index_now(self) -> Fees:
        """The rule that the boxes say."""
        pay = None if self.own_rise.isChecked() else round(self.pay_index.value() * _PERCENT)
        return Fees(
            FeeRule.INDEXED,
            pay_share_ppm=round(self.share.value() * _PERCENT),
            pay_index_ppm=pay,
            other_index_ppm=round(self.other_index.value() * _PERCENT),
        )

    def show_rule(self, fees: Fees, *, may_change: bool) -> None:
        """Show the index of the offer on the table, if its fees follow one."""
        is_indexed = fees.rule is FeeRule.INDEXED
        self.index.setVisible(is_indexed)
        self.index.setEnabled(may_change)
        if not is_indexed:
            return
        for box, ppm in (
            (self.share, fees.pay_share_ppm),
            (self.pay_index, fees.pay_index_ppm),
            (self.other_index, fees.other_index_ppm),
        ):
            if ppm is not None:
                with QSignalBlocker(box):
                    box.setValue(ppm / _PERCENT)
        with QSignalBlocker(self.own_rise):
            self.own_rise.setChecked(fees.pay_index_ppm is None)
        self.pay_index.setEnabled(fees.pay_index_ppm is not None)

    def show_money(self, money: Money, row: int) -> None:
        """Show one employer beside all together."""
        self._money, self._row = money, row
        self._show()

    def _own_rise(self, is_own: bool) -> None:
        self.pay_index.setEnabled(not is_own)
        self.index_changed.emit()

    def _show(self) -> None:
        from bargain.money_flow import fee_parts, fees_together, other_rise

        money = self._money
        if money is None:
            return
        one, other = money.appraisal.margins[self._row], money.assumed.other
        parts = fee_parts(one, other_rise=other_rise(one, other))
        whole = fees_together(money.appraisal.margins, other=other)
        own, together = self._employer(one, parts), self._together(whole)
        self.model.set_columns(
            (
                Column(self.tr("Fees, shares of income"), [name for name, _ in own]),
                Column(
                    self.tr("This employer"),
                    [value for _, value in own],
                    is_number=True,
                    tip=one.name,
                    hide=[one.name in hidden_employers(money.appraisal)] * len(own),
                ),
                Column(
                    self.tr("{known} of {n} employers").format(known=whole.known, n=whole.n),
                    [value for _, value in together],
                    is_number=True,
                    tip=self.tr("Sums over the employers whose accounts are known"),
                ),
            )
        )
        self.table.fit(0)
        self.said.setText(
            self.tr(
                "Pay, other costs and profit sum to the fee rise. Other costs rise by {other} a year, as said above."
            ).format(other=formats.percent(other))
        )

    def _employer(self, one: EmployerMargins, parts: FeeParts | None) -> list[tuple[str, str]]:
        labour = one.labour_rise / one.labour if one.labour else None
        return self._lines(
            parts,
            labour,
            (one.fee_hold_profit, one.fee_hold_margin, one.fee_under_cap),
            one.profit_on_pay_rise,
        )

    def _together(self, whole: FeesTogether) -> list[tuple[str, str]]:
        labour = whole.labour_rise / whole.labour if whole.labour else None
        return self._lines(
            whole.parts, labour, (whole.hold_profit, whole.hold_margin, whole.under_cap), whole.on_the_rise
        )

    def _lines(
        self,
        parts: FeeParts | None,
        labour: float | None,
        asked: tuple[float | None, float | None, float | None],
        on_the_rise: float | None,
    ) -> list[tuple[str, str]]:
        def share(value: float | None) -> str:
            return formats.percent(value, _PLACES)

        extra = None if parts is None or parts.labour_share is None else parts.labour_share
        pound = formats.money(extra, 2) if extra is not None or parts is None else self.tr("no rise")
        over = None if parts is None else parts.rise - self.inflation.value() / 100
        return [
            (self.tr("Fee rise under the rule"), share(None if parts is None else parts.rise)),
            (self.tr("– of it the pay rise"), share(None if parts is None else parts.labour)),
            (self.tr("– other costs"), share(None if parts is None else parts.other)),
            (self.tr("– profit"), share(None if parts is None else parts.profit)),
            (self.tr("Labour in each extra £1 of fee"), pound),
            (self.tr("Fee rise above inflation"), share(over)),
            (self.tr("Rise in labour cost"), share(labour)),
            (self.tr("Fee rise that holds the profit in £"), share(asked[0])),
            (self.tr("Fee rise that holds the margin"), share(asked[1])),
            (self.tr("Fee rise under the cap"), share(asked[2]) if self._has_cap() else self.tr("no cap")),
            (self.tr("Profit on the pay rise, margin held"), formats.money_short(on_the_rise)),
        ]

    def _has_cap(self) -> bool:
        money = self._money
        return money is not None and any(
            step.fees.margin_cap_ppm is not None for step in money.appraisal.offer.settlements
        )

    # Putting together

    def _box(self, name: str, least: float, most: float, value: float) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setRange(least, most)
        box.setDecimals(1)
        box.setSuffix("%")
        box.setKeyboardTracking(False)
        box.setValue(value)
        box.setAccessibleName(name)
        box.setToolTip(name)
        return box

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(6)
        self._named(first, self.tr("Inflation"), self.inflation)
        first.addStretch(1)
        grid = QGridLayout(self.index)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for at, (words, box) in enumerate(
            (
                (self.tr("Part for pay"), self.share),
                (self.tr("it rises by"), self.pay_index),
                (self.tr("the rest by"), self.other_index),
            )
        ):
            label = PlainLabel(words)
            label.setBuddy(box)
            grid.addWidget(label, 0, 2 * at)
            grid.addWidget(box, 0, 2 * at + 1)
        grid.addWidget(self.own_rise, 1, 0, 1, 6)
        grid.setColumnStretch(6, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(6)
        column.addLayout(first)
        column.addWidget(self.index)
        column.addWidget(self.table, 1)
        column.addWidget(self.said)
        self.index.hide()

    def _named(self, line: QHBoxLayout, words: str, field: QWidget) -> None:
        label = PlainLabel(words)
        label.setBuddy(field)
        line.addWidget(label)
        line.addWidget(field)
