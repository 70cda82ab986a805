"""What belongs to the scale as a whole: rounding, the week, increments, protected pay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from bargain.plain_names import plain_name
from models.payscale import IncrementOrder, Increments, Rounding
from ui import formats
from ui.dialogs.form import FormDialog
from ui.scale_words import rounding_words
from ui.widgets.plain_label import PlainLabel

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
        self.hourly_way = QComboBox(self)
        for way in Rounding:
            self.hourly_way.addItem(rounding_words(way), way)
        self.hourly_way.setCurrentIndex(max(self.hourly_way.findData(scale.hourly_rounding), 0))
        self.from_unrounded = QCheckBox(
            self.tr("The hourly rate is worked out from the year's pay unrounded"), self
        )
        self.from_unrounded.setChecked(scale.hourly_from_unrounded)
        self.carried = QCheckBox(self.tr("The next rise starts from the amount be&fore it was rounded"), self)
        self.carried.setChecked(scale.carry_unrounded)
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
        self.points = QSpinBox(self)
        self.points.setRange(1, 20)
        self.points.setValue(rule.points)
        self.service = QSpinBox(self)
        self.service.setRange(0, 60)
        self.service.setValue(rule.months_before_first)
        self.order = QComboBox(self)
        self.order.addItem(self.tr("increment first, then the rise"), IncrementOrder.INCREMENT_FIRST)
        self.order.addItem(self.tr("the rise first, then the increment"), IncrementOrder.UPLIFT_FIRST)
        self.order.setCurrentIndex(self.order.findData(rule.order))
        self.marked = QCheckBox(
            self.tr("Pay above its point stands still until the point has c&aught up"), self
        )
        self.marked.setChecked(scale.marked_time)
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
            hourly_rounding=Rounding(self.hourly_way.currentData()),
            hourly_from_unrounded=self.from_unrounded.isChecked(),
            carry_unrounded=self.carried.isChecked(),
            weekly_hours=self.hours.value(),
            weeks_y=self.weeks.value(),
            increments=self._increments(),
            marked_time=self.marked.isChecked(),
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
            points=self.points.value(),
            months_before_first=self.service.value(),
            on_anniversary=kind == _ANNIVERSARY,
            order=IncrementOrder(self.order.currentData()),
        )

    def _show_fields(self) -> None:
        kind = self.increments.currentIndex()
        self.month.setEnabled(kind == _DAY)
        self.day.setEnabled(kind == _DAY)
        self.points.setEnabled(kind != _NONE)
        self.service.setEnabled(kind == _DAY)  # an anniversary is a year's service
        self.order.setEnabled(kind != _NONE)

    def _lay_out(self) -> None:
        self.add_row(self.tr("&Name"), self.name)
        self.add_row(
            self.tr("&Rounding"),
            self._pair(self.way, self.tr("to so &many of the unit"), self.to),
            self.way,
        )
        self.add_row(self.tr("of &hourly rates"), self.hourly_way)
        for tick in (self.from_unrounded, self.carried):
            self.form.addRow(tick)
        self.add_row(
            self.tr("Full-time ho&urs a week"),
            self._pair(self.hours, self.tr("&weeks a year"), self.weeks),
            self.hours,
        )
        self.add_row(self.tr("&Increments"), self.increments)
        self.add_row(self.tr("in m&onth"), self._pair(self.month, self.tr("on &day"), self.day), self.month)
        self.add_row(
            self.tr("&points at a time"),
            self._pair(self.points, self.tr("after months of &service"), self.service),
            self.points,
        )
        self.add_row(self.tr("on the day of a ris&e"), self.order)
        self.form.addRow(self.marked)

    def _pair(self, first: QWidget, words: str, second: QWidget) -> QHBoxLayout:
        """Two fields on one line; the row's label names the first."""
        label = PlainLabel(words, self)
        label.setBuddy(second)
        second.setAccessibleName(words.replace("&", ""))
        line = QHBoxLayout()
        line.addWidget(first, 1)
        line.addWidget(label)
        line.addWidget(second)
        return line


def _number(value: float, least: float, most: float, *, places: int) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(least, most)
    box.setDecimals(places)
    box.setValue(value)
    return box
