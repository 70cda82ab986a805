"""Staff off the scale: protected pay, pay below the point, and spot rates, by employer, grade and point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from bargain.small_groups import is_small
from ui import formats
from ui.basis_words import copied_basis
from ui.hidden import few_words, mark_words
from ui.itemmodels.column_table import Column, ColumnTable, staff_column
from ui.session import Session
from ui.widgets.empty_page import EmptyPage
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from bargain.offers.off_scale import OffScale

FULL, NO_SCALE, NOBODY = range(3)


class OffScaleTab(QWidget):
    """A row for like staff; what they are paid above or below their point, and what that comes to a year."""

    def __init__(
        self, session: Session, show_scale: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: tuple[OffScale, ...] = ()
        self._stale = True
        self._marked = False  # whether protected pay stands still
        self.said = PlainLabel("", self, wrap=True)
        self.chooser = QComboBox(self)
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Staff off the scale"), self)
        self.table.notes = lambda: copied_basis(session, of_returns=True)
        self._lay_out(show_scale)
        self.chooser.currentIndexChanged.connect(lambda _: self._show_rows())
        session.sector_changed.connect(self._forget)

    def showEvent(self, event: QShowEvent) -> None:
        """Worked out when it is looked at."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show the session's staff against its scale."""
        sector = self._session.sector
        if sector is None or not self._stale:
            return
        self._stale = False
        if sector.scale is None or not sector.scale.points:
            self._middle.setCurrentIndex(NO_SCALE)
            return
        from bargain.offers.off_scale import off_scale

        self._rows = off_scale(sector.workforce, sector.scale)
        self._middle.setCurrentIndex(FULL if self._rows else NOBODY)
        self._marked = sector.scale.marked_time
        said = [
            self._sentence(outside=False),
            mark_words() if any(is_small(one.heads) for one in self._rows) else "",
        ]
        self.said.setText(" ".join(one for one in said if one))
        self._show_rows()

    def _forget(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _show_rows(self) -> None:
        wanted = self.chooser.currentData()
        rows = [one for one in self._rows if wanted in (None, one.kind)]
        self.model.set_columns(self._columns(rows))
        self.table.fit(0)

    def _columns(self, rows: list[OffScale]) -> tuple[Column, ...]:
        """The columns; how many a few staff are, and what they are paid, stays on this screen."""
        from bargain.offers.off_scale import Off

        words = {
            Off.ABOVE: self.tr("above its point"),
            Off.BELOW: self.tr("below its point"),
            Off.NO_POINT: self.tr("on no point"),
        }
        small = [is_small(one.heads) for one in rows]

        def amounts(
            heading: str,
            values: list[float | None],
            tip: str = "",
            show: Callable[[float | None], str] = _signed,
        ) -> Column:
            return Column(heading, values, show, is_number=True, tip=tip, hide=small)

        pay: list[float | None] = [one.pay for one in rows]
        return (
            Column(self.tr("Employer"), [one.employer or formats.DASH for one in rows]),
            Column(self.tr("Grade"), [one.grade or formats.DASH for one in rows]),
            Column(self.tr("Point"), [one.point or formats.DASH for one in rows]),
            Column(self.tr("Pay is"), [words[one.kind] for one in rows]),
            staff_column(self.tr("Staff"), [one.heads for one in rows], formats.number),
            amounts(self.tr("Pay (£ a year)"), pay, show=_plain),
            amounts(
                self.tr("Off its point (£)"),
                [one.difference for one in rows],
                self.tr("On average, for a full-time year"),
            ),
            amounts(
                self.tr("In all (£ a year)"),
                [one.yearly for one in rows],
                self.tr("For the hours that are paid, without on-costs"),
            ),
        )

    def said_outside(self) -> str:
        """What the tab says, as it may leave this side: without numbers and pay of a few people."""
        return self._sentence(outside=True) if self._rows else self.said.text()

    def _sentence(self, *, outside: bool) -> str:
        from bargain.offers.off_scale import Off

        heads = {kind: sum(one.heads for one in self._rows if one.kind is kind) for kind in Off}
        above = sum(one.yearly or 0.0 for one in self._rows if one.kind is Off.ABOVE)
        hidden = self.tr("an amount that is not shown")

        def count(number: float) -> str:
            return few_words() if outside and is_small(number) else formats.number(number)

        said = self.tr(
            "{above} staff are paid above their point, {amount} a year in all; {below} below it; {spot} on no point."
        ).format(
            above=count(heads[Off.ABOVE]),
            amount=hidden if outside and is_small(heads[Off.ABOVE]) else formats.money(above),
            below=count(heads[Off.BELOW]),
            spot=count(heads[Off.NO_POINT]),
        )
        rule = (
            self.tr("Protected pay stands still until its point has caught up.")
            if self._marked
            else self.tr("Protected pay rises like any other.")
        )
        return f"{said} {rule} " + self.tr("That is a setting of the scale.")

    def _lay_out(self, show_scale: Callable[[], None]) -> None:
        from bargain.offers.off_scale import Off

        for words, kind in (
            (self.tr("all of them"), None),
            (self.tr("protected pay (above the point)"), Off.ABOVE),
            (self.tr("pay below the point"), Off.BELOW),
            (self.tr("spot rates (no point)"), Off.NO_POINT),
        ):
            self.chooser.addItem(words, kind)
        label = PlainLabel(self.tr("Show"), self)
        label.setBuddy(self.chooser)
        self.chooser.setAccessibleName(self.tr("Which staff to show"))
        line = QHBoxLayout()
        line.addWidget(label)
        line.addWidget(self.chooser)
        line.addStretch(1)
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 6, 0, 4)
        column.setSpacing(6)
        column.addWidget(self.said)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        self.to_scale = QPushButton(self.tr("Go to the scale"), self)
        self.to_scale.clicked.connect(show_scale)
        self._middle = QStackedLayout(self)
        self._middle.addWidget(full)
        self._middle.addWidget(
            EmptyPage(
                self.tr("No pay scale yet."),
                self.tr("Nobody can be off a scale that there is not: staff have the rates that they have."),
                self.to_scale,
            )
        )
        self._middle.addWidget(
            EmptyPage(
                self.tr("Everybody is on the scale."),
                self.tr("All staff stand on a point and are paid what it says: there is no protected pay."),
            )
        )


def _signed(value: float | None) -> str:
    return formats.DASH if value is None else formats.number(value, sign=True)


def _plain(value: float | None) -> str:
    return formats.DASH if value is None else formats.number(value)
