"""Spot rates onto the scale with the offer on the table: both orders beside each other, and nobody's loss hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from bargain.small_groups import is_small
from models.basis import Basis
from models.issues import UnusableInput
from models.spine import SpineOrder
from ui import formats
from ui.asking import Asker
from ui.basis_words import copied_basis
from ui.hidden import few_staff_words, few_words, mark_words
from ui.itemmodels.column_table import Column, ColumnTable, staff_column
from ui.session import Session
from ui.widgets.empty_page import EmptyPage
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bargain.offers.assimilation_groups import Group
    from ui.tasks import Report

FULL, NO_SCALE, NOBODY, NO_STAFF = range(4)
FIRST, AFTER = SpineOrder.ASSIMILATE_FIRST, SpineOrder.UPLIFT_FIRST


@dataclass(frozen=True, slots=True)
class Found:
    """What the worker brings: the months, the staff by the way their pay takes, and each order's extra pay."""

    months: tuple[date, ...]
    groups: tuple[Group, ...]
    extra: dict[SpineOrder, float]


class AssimilationTab(QWidget):
    """Staff on no point at the left; at the right the chosen ones month by month."""

    def __init__(
        self, session: Session, show_scale: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._asker = Asker(session, self)
        self._stale = True
        self.found: Found | None = None
        self.said = PlainLabel("", self, wrap=True)
        self.chosen = PlainLabel("", self, bold=True, wrap=True)
        self.protect = QCheckBox(self.tr("Pay above the range is kept"), self)
        self.protect.setChecked(True)
        self.model, self.month_model = ColumnTable(parent=self), ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Staff on no point, in both orders"), self)
        self.months = Table(self.month_model, self.tr("Month by month"), self)
        for table in (self.table, self.months):
            table.notes = lambda: copied_basis(session, of_returns=True)
        self._lay_out(show_scale)
        self._asker.answered.connect(self._done)
        self._asker.refused.connect(self._refuse)
        self.protect.toggled.connect(lambda _: self._forget())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_months())
        session.sector_changed.connect(self._forget)
        session.offer_changed.connect(self._forget)

    def showEvent(self, event: QShowEvent) -> None:
        """Worked out when it is looked at."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Ask the worker for both orders."""
        sector, offer = self._session.sector, self._session.offer
        if sector is None or not self._stale:
            return
        self._stale = False
        scale = sector.scale
        if scale is None or not scale.points:
            self._middle.setCurrentIndex(NO_SCALE)
            return
        if not len(sector.workforce):
            self._middle.setCurrentIndex(NO_STAFF)
            return
        protect = self.protect.isChecked()

        def work(_: Report) -> Found:
            from bargain.costing.timing import end_of
            from bargain.offers.assimilation import assimilation
            from bargain.offers.assimilation_groups import groups_of

            if not offer.settlements:
                raise UnusableInput(f"The offer “{offer.name}” has no step; give it one under Elements.")
            made = assimilation(
                sector.workforce,
                scale,
                offer,
                employers={one.name: one for one in sector.employers},
                weeks_y=sector.weeks_y,
                ends=end_of(offer),
                protect=protect,
                assumptions=sector.assumptions,
            )
            extra = {order: made.beyond_spot(order) for order in SpineOrder}
            return Found(made.months, groups_of(made), extra)

        self._asker.ask(work)

    def _forget(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _done(self, found: Found) -> None:
        self.found = found
        self._middle.setCurrentIndex(FULL if found.groups else NOBODY)
        self.said.setText(self._sentences(outside=False))
        self._show_groups()

    def _refuse(self, why: str) -> None:
        self._middle.setCurrentIndex(FULL)
        self.found = None
        self.said.setText(f"✗ {why}")
        for model in (self.model, self.month_model):
            model.set_columns(())

    # Showing

    def said_outside(self) -> str:
        """What the tab says, as it may leave this side: without numbers and pay of a few people."""
        return self.said.text() if self.found is None else self._sentences(outside=True)

    def chosen_outside(self) -> str:
        """Whose months are shown, as it may leave this side."""
        group = self._chosen_group()
        return self.chosen.text() if group is None or not is_small(group.heads) else few_staff_words()

    def _sentences(self, *, outside: bool) -> str:
        groups = self.found.groups if self.found is not None else ()
        lines = [
            self._about(outside=outside),
            *(self._order_said(order, outside=outside) for order in (FIRST, AFTER)),
        ]
        if not outside and any(is_small(one.heads) for one in groups):
            lines.append(mark_words())
        return "\n".join(lines)

    def _about(self, *, outside: bool) -> str:
        found = self.found
        heads = sum(one.heads for one in found.groups) if found is not None else 0.0
        text = self.tr(
            "{staff} staff are on no point. Under “{offer}” each goes to the lowest point of the grade that is not below "
            "their pay, on the day of its first step:"
        )
        return text.format(staff=_staff(heads, outside=outside), offer=self._session.offer.name)

    def _order_said(self, order: SpineOrder, *, outside: bool) -> str:
        """What an order costs beyond staying on spot rates, and who would lose when."""
        found = self.found
        if found is None:
            return ""
        losers = [one for one in found.groups if one.way(order).losing]
        few = outside and is_small(sum(one.heads for one in found.groups))
        cost = self.tr("{order}: {amount} of basic pay over the deal beyond spot rates; ").format(
            order=order_words(order),
            amount=self.tr("an amount that is not shown")
            if few
            else formats.money(found.extra[order], sign=True),
        )
        if not losers:
            return "• " + cost + self.tr("✓ nobody loses in any month.")
        heads = sum(one.heads for one in losers)
        first = min(one.way(order).losing[0] for one in losers)
        lose = self.tr("✗ {staff} staff would get less than on their spot rate, from {month} on.")
        return "• " + cost + lose.format(staff=_staff(heads, outside=outside), month=_month(first))

    def _show_groups(self) -> None:
        groups = self.found.groups if self.found is not None else ()
        at = self.table.currentIndex().row()
        columns = [
            Column(self.tr("Grade"), [one.grade or formats.DASH for one in groups]),
            staff_column(self.tr("Staff"), [one.heads for one in groups], formats.number),
            Column(self.tr("Pay now"), [one.now for one in groups], _rate, is_number=True),
        ]
        for number, order in enumerate((FIRST, AFTER), 1):
            ways = [one.way(order) for one in groups]
            tip = order_words(order)
            to = self.tr("The point, {order}").format(order=tip)
            at_end = self.tr("Pay in the last month of the deal, {order}").format(order=tip)
            points = [one.point or formats.DASH for one in ways]
            ends = [one.rates[-1] for one in ways]
            columns += [
                Column(self.tr("To {number}").format(number=number), points, tip=to),
                Column(
                    self.tr("End {number}").format(number=number), ends, _rate, is_number=True, tip=at_end
                ),
            ]
        columns += [
            Column(
                self.tr("Spot end"),
                [one.stay[-1] for one in groups],
                _rate,
                is_number=True,
                tip=self.tr("In the last month of the deal, on the spot rate"),
            ),
            Column(
                self.tr("Loss"),
                [_losing(one) for one in groups],
                tip=self.tr("Months in which pay would be below the spot rate, by order"),
            ),
        ]
        small = [is_small(one.heads) for one in groups]
        self.model.set_columns([columns[0], *(one.hiding(small) for one in columns[1:])])
        self.table.fit(0)
        if groups:
            self.table.selectRow(min(max(at, 0), len(groups) - 1))
        self._show_months()

    def _show_months(self) -> None:
        found, group = self.found, self._chosen_group()
        if found is None or group is None:
            self.month_model.set_columns(())
            self.chosen.setText("")
            return
        per = self.tr("£/year") if group.basis is Basis.YEAR else self.tr("£/h")
        self.chosen.setText(
            self.tr("{staff} staff, {grade}, on {rate} now").format(
                staff=formats.number(group.heads), grade=group.grade or formats.DASH, rate=_rate(group.now)
            )
        )
        losing = [set(group.way(order).losing) for order in (FIRST, AFTER)]
        marks = [
            " ".join(f"✗ {k}" for k, months in enumerate(losing, 1) if month in months) or "✓"
            for month in found.months
        ]
        small = [is_small(group.heads)] * len(found.months)
        columns = (
            Column(self.tr("Spot, {per}").format(per=per), group.stay, _rate, is_number=True),
            Column("1", group.way(FIRST).rates, _rate, is_number=True, tip=order_words(FIRST)),
            Column("2", group.way(AFTER).rates, _rate, is_number=True, tip=order_words(AFTER)),
            Column(self.tr("No loss"), marks),
        )
        months = Column(self.tr("Month"), [_month(month) for month in found.months])
        self.month_model.set_columns((months, *(one.hiding(small) for one in columns)))
        self.months.fit(0)

    def _chosen_group(self) -> Group | None:
        found, index = self.found, self.table.currentIndex()
        if found is None or not index.isValid() or not found.groups:
            return None
        return found.groups[self.model.row_of(index)]

    # Putting together

    def _lay_out(self, show_scale: Callable[[], None]) -> None:
        self.months.setSortingEnabled(False)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.table)
        side = QWidget(self)
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(4)
        beside.addWidget(self.chosen)
        beside.addWidget(self.months, 1)
        halves.addWidget(side)
        halves.setStretchFactor(0, 5)
        halves.setStretchFactor(1, 2)
        halves.setSizes([700, 330])
        halves.setChildrenCollapsible(False)
        full = QWidget(self)
        line = QHBoxLayout()
        line.addWidget(self.said, 1)
        line.addWidget(self.protect, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 6, 0, 4)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(halves, 1)
        self.to_scale = QPushButton(self.tr("Go to the scale"), self)
        self.to_scale.clicked.connect(show_scale)
        self._middle = QStackedLayout(self)
        self._middle.addWidget(full)
        for heading, text, *buttons in (
            (
                self.tr("No pay scale yet."),
                self.tr(
                    "Staff on spot rates can be placed on a scale once there is one, with its grades as ranges."
                ),
                self.to_scale,
            ),
            (
                self.tr("Nobody is on a spot rate."),
                self.tr("All staff stand on a point of the scale; there is nobody to place on it."),
            ),
            (
                self.tr("No staff data yet."),
                self.tr(
                    "Import payroll files (Ctrl+I): staff on no point are then placed on the scale here."
                ),
            ),
        ):
            self._middle.addWidget(EmptyPage(heading, text, *buttons))


def order_words(order: SpineOrder) -> str:
    """What an order is called, with its number in the tables."""
    from PySide6.QtCore import QCoreApplication

    if order is FIRST:
        return QCoreApplication.translate("AssimilationTab", "1: assimilate, then the rise")
    return QCoreApplication.translate("AssimilationTab", "2: the rise, then assimilate")


def _staff(heads: float, *, outside: bool) -> str:
    """How many staff; outside this side, whether they are fewer than ten."""
    return few_words() if outside and is_small(heads) else formats.number(heads)


def _losing(group: Group) -> str:
    counts = [len(group.way(order).losing) for order in (FIRST, AFTER)]
    said = [f"✗ {k}: {formats.number(count)}" for k, count in enumerate(counts, 1) if count]
    return ", ".join(said) or "✓ 0"


def _month(day: date) -> str:
    return formats.day(day).split(" ", 1)[1]


def _rate(value: float) -> str:
    return formats.number(value, 0 if value >= 1000 and value == round(value) else 2)
