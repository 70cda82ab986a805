"""Staff off the scale: protected pay, pay below the point, and spot rates, by employer, grade and point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from bargain.explain_lines import SMALLEST_GROUP  # of fewer no pay is copied or printed
from ui import formats
from ui.itemmodels.column_table import Column, ColumnTable
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
        self.said = PlainLabel("", self, wrap=True)
        self.chooser = QComboBox(self)
        self.model = ColumnTable(parent=self)
        self.copied = ColumnTable(parent=self)  # without the pay of a few people
        self.table = Table(self.model, self.tr("Staff off the scale"), self)
        self.table.copies = self.copied
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
        self.said.setText(self._sentence(marked=sector.scale.marked_time))
        self._show_rows()

    def _forget(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _show_rows(self) -> None:
        wanted = self.chooser.currentData()
        rows = [one for one in self._rows if wanted in (None, one.kind)]
        for model, least in ((self.model, 0), (self.copied, SMALLEST_GROUP)):
            model.set_columns(self._columns(rows, least))
        self.table.fit(0)

    def _columns(self, rows: list[OffScale], least: int) -> tuple[Column, ...]:
        """The columns; pay and differences only of groups of ``least`` staff or more."""
        from bargain.offers.off_scale import Off

        words = {
            Off.ABOVE: self.tr("above its point"),
            Off.BELOW: self.tr("below its point"),
            Off.NO_POINT: self.tr("on no point"),
        }
        told = [one if one.heads >= least else None for one in rows]
        few = self.tr("fewer than {number}").format(number=least)

        def amounts(
            heading: str,
            values: list[float | None],
            tip: str = "",
            show: Callable[[float | None], str] = _signed,
        ) -> Column:
            if not least:
                return Column(heading, values, show, is_number=True, tip=tip)
            shown = [few if one is None else show(value) for one, value in zip(told, values, strict=True)]
            return Column(heading, shown)

        pay: list[float | None] = [one.pay for one in rows]
        return (
            Column(self.tr("Employer"), [one.employer or formats.DASH for one in rows]),
            Column(self.tr("Grade"), [one.grade or formats.DASH for one in rows]),
            Column(self.tr("Point"), [one.point or formats.DASH for one in rows]),
            Column(self.tr("Pay is"), [words[one.kind] for one in rows]),
            Column(self.tr("Staff"), [one.heads for one in rows], formats.number, is_number=True),
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

    def _sentence(self, *, marked: bool) -> str:
        from bargain.offers.off_scale import Off

        heads = {kind: sum(one.heads for one in self._rows if one.kind is kind) for kind in Off}
        above = sum(one.yearly or 0.0 for one in self._rows if one.kind is Off.ABOVE)
        said = self.tr(
            "{above} staff are paid above their point, {amount} a year in all; {below} below it; {spot} on no point."
        ).format(
            above=formats.number(heads[Off.ABOVE]),
            amount=formats.money(above),
            below=formats.number(heads[Off.BELOW]),
            spot=formats.number(heads[Off.NO_POINT]),
        )
        rule = (
            self.tr("Protected pay stands still until its point has caught up.")
            if marked
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
