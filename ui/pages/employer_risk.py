"""At risk: who falls below the margin to keep, with how many places, and how what employers can afford is spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import formats
from ui.hidden import hidden_employers
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.money_of import Money


class RiskPanel(QWidget):
    """The employers with the lowest margin under the stress first, and the spread in words above them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spread = PlainLabel("", self, wrap=True)
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Employers by margin under the stress"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(6)
        column.addWidget(self.spread)
        column.addWidget(self.table, 1)

    def show_money(self, money: Money) -> None:
        """Show everybody; who has no accounts comes last."""
        self.spread.setText(self._spread(money))
        each = sorted(
            zip(money.appraisal.margins, money.hit, money.ahead_hit, strict=True),
            key=lambda one: (one[1] is None, 0.0 if one[1] is None else one[1].margin),
        )
        keep = money.assumed.margin
        verdicts = [
            self.tr("not known")
            if hit is None
            else self.tr("✗ below")
            if hit.margin < keep
            else self.tr("✓ holds")
            for _, hit, _ in each
        ]
        percent = formats.percent
        hidden = hidden_employers(money.appraisal)
        few = [one.name in hidden for one, _, _ in each]
        self.model.set_columns(
            (
                Column(self.tr("Employer"), [one.name for one, _, _ in each]),
                Column(
                    self.tr("Against {margin}").format(margin=percent(keep)),
                    verdicts,
                    tip=self.tr("Whether the operating margin under offer and stress is the margin to keep"),
                ),
                Column(
                    self.tr("Stressed"),
                    [None if hit is None else hit.margin for _, hit, _ in each],
                    percent,
                    is_number=True,
                    tip=self.tr("Operating margin under the offer and the stress"),
                    hide=few,
                ),
                Column(
                    self.tr("Places"),
                    [None if hit is None else hit.places for _, hit, _ in each],
                    formats.number,
                    is_number=True,
                ),
                Column(
                    self.tr("Last 12 months"),
                    [ahead.margin_of_last(12) for _, _, ahead in each],
                    percent,
                    is_number=True,
                    tip=self.tr("Operating margin of the last twelve months looked ahead, under the stress"),
                    hide=few,
                ),
                Column(
                    self.tr("Lowest cash"),
                    [ahead.lowest_cash for _, _, ahead in each],
                    formats.money_short,
                    is_number=True,
                    hide=few,
                ),
            )
        )
        self.table.fit(-1)

    def _spread(self, money: Money) -> str:
        from bargain.money_flow import able_to_pay, spread_of

        spread = spread_of(money.rises)
        if spread is None:
            return self.tr("What is affordable is not known: there are no accounts.")
        labour = money.appraisal.cost.labour_before
        asked = money.appraisal.cost.full_year / labour if labour else 0.0
        able, heads = able_to_pay(money.rises, asked)
        percent = formats.percent
        said = self.tr(
            "Affordable rise in labour cost over {known} of {n} employers: lowest {lowest}, lower quarter {lower}, middle "
            "{middle}, upper quarter {upper}, highest {highest}. {able} of them, with {heads} staff, could bear {asked}."
        )
        said = said.format(
            known=spread.known,
            n=spread.n,
            lowest=percent(spread.lowest),
            lower=percent(spread.lower_quarter),
            middle=percent(spread.middle),
            upper=percent(spread.upper_quarter),
            highest=percent(spread.highest),
            able=able,
            heads=formats.number(heads),
            asked=percent(asked),
        )
        ahead = [
            self.tr("Within {months} months {thin} and {short}.").format(
                months=one.months,
                thin=self.tr("%n has (have) a margin below {margin}", "", len(one.thin.names)).format(
                    margin=percent(money.assumed.margin)
                ),
                short=self.tr("%n run(s) out of cash", "", len(one.short_of_cash.names)),
            )
            for one in money.risks_ahead
        ]
        return " ".join([said, *ahead, self.tr("No cash is taken to be in hand at the start.")])
