"""How long staff data is kept: a last day for each import, the day of the agreement, and erasing what is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QModelIndex, QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QDateEdit, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.issues import UnusableInput
from ui import formats
from ui.itemmodels.column_table import Column, ColumnTable
from ui.session import Session
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.retention import Keeping


class HowLongDialog(QDialog):
    """Each change is one step that can be undone; erasing is not, and asks first."""

    def __init__(
        self,
        session: Session,
        erase_over: Callable[[], object],
        erase_all: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("How long staff data is kept"))
        self.finished.connect(self.deleteLater)
        self._session = session
        self._kept: tuple[Keeping, ...] = ()
        self._model = ColumnTable((), self)
        self.table = Table(self._model, self.tr("Imports whose staff are held"), self)
        self.signed = QCheckBox(self.tr("The &agreement was signed on"), self)
        self.signed_on = self._day_field(self.tr("Day on which the agreement was signed"))
        self.until = self._day_field(self.tr("Last day to keep the staff of the chosen import"))
        self.set_button = QPushButton(self.tr("Keep the chosen one until this &day"), self)
        self.usual_button = QPushButton(self.tr("As &usual"), self)
        self.over_button = QPushButton(self.tr("&Erase what is over…"), self)
        self.all_button = QPushButton(self.tr("Erase all staff data…"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.said = PlainLabel("", self, wrap=True)
        self._lay_out()
        self.signed.toggled.connect(self._sign)
        self.signed_on.dateChanged.connect(self._sign)
        for button, act in (
            (self.set_button, lambda: self._keep(_day(self.until))),
            (self.usual_button, lambda: self._keep(None)),
            (self.over_button, lambda: self._leave_for(erase_over)),
            (self.all_button, lambda: self._leave_for(erase_all)),
            (self.close_button, self.reject),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        session.sector_changed.connect(self._fill)
        session.began.connect(self.reject)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self._fill()
        self.resize(760, 430)

    def chosen(self) -> Keeping | None:
        """The import whose line is selected."""
        index = self.table.currentIndex()
        return self._kept[self._model.row_of(index)] if index.isValid() else None

    def _keep(self, day: date | None) -> None:
        from bargain.retention import with_keep_until

        sector, chosen = self._session.sector, self.chosen()
        if sector is None or chosen is None:
            return
        try:
            changed = with_keep_until(sector, [chosen.number], day)
        except UnusableInput as unusable:
            self.said.setText(f"✗ {unusable}")
            return
        self.said.setText("")
        if changed.imports != sector.imports:
            self._session.change_sector(changed, self.tr("How long staff data is kept"))

    def _sign(self) -> None:
        from bargain.retention import with_agreement

        sector = self._session.sector
        self.signed_on.setEnabled(self.signed.isChecked())
        if sector is None:
            return
        day = _day(self.signed_on) if self.signed.isChecked() else None
        if day != sector.agreed_on:
            self._session.change_sector(with_agreement(sector, day), self.tr("When the agreement was signed"))

    def _leave_for(self, act: Callable[[], object]) -> None:
        self.accept()
        act()

    def _fill(self) -> None:
        from bargain.retention import keepings

        sector = self._session.sector
        row = self.table.currentIndex().row()
        self._kept = () if sector is None else keepings(sector, self._session.today())
        self._model.set_columns(self._columns())
        self.table.fit(0)
        if self._kept:
            self.table.selectRow(min(max(row, 0), len(self._kept) - 1))
        signed_on = None if sector is None else sector.agreed_on
        with QSignalBlocker(self.signed), QSignalBlocker(self.signed_on):
            self.signed.setChecked(signed_on is not None)
            self.signed_on.setEnabled(signed_on is not None)
            shown = signed_on or self._session.today()
            self.signed_on.setDate(QDate(shown.year, shown.month, shown.day))
        self._show_chosen()

    def _columns(self) -> tuple[Column, ...]:
        rows = self._kept
        return (
            Column(self.tr("File"), [one.record.file for one in rows]),
            Column(self.tr("Staff"), [one.heads for one in rows], formats.number, is_number=True),
            Column(self.tr("Imported"), [one.record.imported for one in rows], formats.day),
            Column(self.tr("Keep until"), [one.until for one in rows], formats.day),
            Column(self.tr("How it stands"), [self._state(one) for one in rows]),
        )

    def _state(self, one: Keeping) -> str:
        if one.is_over:
            return self.tr("✗ over: erase it")
        left = self.tr("days left: {days}").format(days=formats.number(one.days_left))
        return self.tr("{left}, set by hand").format(left=left) if one.is_set else left

    def _show_chosen(self, _: QModelIndex | None = None) -> None:
        chosen = self.chosen()
        for button in (self.set_button, self.until):
            button.setEnabled(chosen is not None)
        self.usual_button.setEnabled(chosen is not None and chosen.is_set)
        self.over_button.setEnabled(any(one.is_over for one in self._kept))
        self.all_button.setEnabled(bool(self._kept))
        if chosen is not None:
            self.until.setDate(QDate(chosen.until.year, chosen.until.month, chosen.until.day))

    def _day_field(self, name: str) -> QDateEdit:
        field = QDateEdit(self)
        field.setCalendarPopup(True)
        field.setDisplayFormat("d MMMM yyyy")
        field.setKeyboardTracking(False)
        field.setAccessibleName(name)
        return field

    def _lay_out(self) -> None:
        words = PlainLabel(
            self.tr(
                "Staff data is kept for three months after the agreement was signed, and never longer than 24 months after its "
                "import. You are reminded when its time is over. Tabled offers and closed rounds keep their figures."
            ),
            self,
            wrap=True,
        )
        agreement = QHBoxLayout()
        agreement.addWidget(self.signed)
        agreement.addWidget(self.signed_on)
        agreement.addStretch(1)
        day = QHBoxLayout()
        for widget in (self.until, self.set_button, self.usual_button):
            day.addWidget(widget)
        day.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.over_button)
        buttons.addWidget(self.all_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(words)
        column.addLayout(agreement)
        column.addWidget(self.table, 1)
        column.addLayout(day)
        column.addWidget(self.said)
        column.addLayout(buttons)
        column.setAlignment(day, Qt.AlignmentFlag.AlignTop)


def _day(field: QDateEdit) -> date:
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())
