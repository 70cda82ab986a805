"""What belongs to the scale as a whole: rounding, the week, increments, protected pay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from bargain.plain_names import plain_name
from models.payscale import IncrementOrder, Increments, Rounding
from ui import formats
from ui.dialogs.form import FormDialog
from ui.scale_words import rounding_words

if TYPE_CHECKING:
    from models.payscale import PayScale
    from ui.session import Session

_NONE, _DAY, _ANNIVERSARY = range(3)


class ScaleSettingsDialog(FormDialog):
    """One undoable step for all of it."""

    def __init__(self, session: Session, scale: PayScale, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Settings of the pay scale"), self.tr("Apply"), parent)
        self._session, self._scale = session, scale
        self.name = QLineEdit(scale.name, self)
        self.way = QComboBox(self)
        for way in Rounding:
            self.way.addItem(rounding_words(way), way)
        self.way.setCurrentIndex(max(self.way.findData(scale.rounding), 0))
        self.to = QSpinBox(self)
        self.to.setRange(1, 1000)
        self.to.setValue(scale.rounding_to)
        self.hours = _number(scale.weekly_hours, 1, 60, places=2)
        self.weeks = _number(scale.weeks_y, 1, 53, places=3)
        self.increments = QComboBox(self)
        for words in (
            self.tr("no increments"),
            self.tr("one day a year"),
            self.tr("the month that each person started in"),
        ):
            self.increments.addItem(words)
        rule = scale.increments or Increments()
        self.increments.setCurrentIndex(
            _NONE if scale.increments is None else _ANNIVERSARY if rule.on_anniversary else _DAY
        )
        self.month = QComboBox(self)
        for month in range(1, 13):
            self.month.addItem(formats.locale().standaloneMonthName(month), month)
        self.month.setCurrentIndex(rule.month - 1)
        self.day = QSpinBox(self)
        self.day.setRange(1, 31)
        self.day.setValue(rule.day)
        self.order = QComboBox(self)
        self.order.addItem(self.tr("increment first, then the rise"), IncrementOrder.INCREMENT_FIRST)
        self.order.addItem(self.tr("the rise first, then the increment"), IncrementOrder.UPLIFT_FIRST)
        self.order.setCurrentIndex(self.order.findData(rule.order))
        self.marked = QCheckBox(
            self.tr("Pay above its point stands still until the &point has caught up"), self
        )
        self.marked.setChecked(scale.marked_time)
        self.carry = QCheckBox(
            self.tr("The next rise starts from the amount before it was rounded (&Agenda for Change)"), self
        )
        self.carry.setChecked(scale.carry_unrounded)
        self._lay_out()
        self.increments.currentIndexChanged.connect(self._show_fields)
        self._show_fields()

    def submit(self) -> None:
        """Put the settings into the sector."""
        sector = self._session.sector
        if sector is None or sector.scale is None:
            self.reject()
            return
        if not self.name.text().strip():
            self.say_wrong(self.tr("The scale needs a name; type one."))
            return
        month, day = int(self.month.currentData()), self.day.value()
        if self.day.isEnabled() and day > QDate(2027, month, 1).daysInMonth():
            self.say_wrong(self.tr("That month has no such day; choose another."))
            return
        changed = replace(
            sector.scale,
            name=plain_name(self.name.text()),
            rounding=Rounding(self.way.currentData()),
            rounding_to=self.to.value(),
            weekly_hours=self.hours.value(),
            weeks_y=self.weeks.value(),
            increments=self._increments(),
            marked_time=self.marked.isChecked(),
            carry_unrounded=self.carry.isChecked(),
        )
        if changed != sector.scale:
            self._session.change_sector(replace(sector, scale=changed), self.tr("Settings of the pay scale"))
        self.accept()

    def _increments(self) -> Increments | None:
        kind = self.increments.currentIndex()
        if kind == _NONE:
            return None
        return replace(
            self._scale.increments or Increments(),
            month=int(self.month.currentData()),
            day=self.day.value(),
            on_anniversary=kind == _ANNIVERSARY,
            order=IncrementOrder(self.order.currentData()),
        )

    def _show_fields(self) -> None:
        kind = self.increments.currentIndex()
        self.month.setEnabled(kind == _DAY)
        self.day.setEnabled(kind == _DAY)
        self.order.setEnabled(kind != _NONE)

    def _lay_out(self) -> None:
        self.add_row(self.tr("&Name"), self.name)
        self.add_row(self.tr("&Rounding"), self.way)
        self.add_row(self.tr("to so &many of the unit"), self.to)
        self.add_row(self.tr("Full-time &hours a week"), self.hours)
        self.add_row(self.tr("&Weeks a year"), self.weeks)
        self.add_row(self.tr("&Increments"), self.increments)
        self.add_row(self.tr("in m&onth"), self.month)
        self.add_row(self.tr("on &day"), self.day)
        self.add_row(self.tr("on the day of a ris&e"), self.order)
        self.form.addRow(self.marked)
        self.form.addRow(self.carry)


def _number(value: float, least: float, most: float, *, places: int) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(least, most)
    box.setDecimals(places)
    box.setValue(value)
    return box
