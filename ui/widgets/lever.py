"""A lever: name, value box, unit and reset on one line; under it a slider with marks."""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ui import palette
from ui.figure_at import Asked
from ui.lever_words import figure_of_lever, lever_name, unit_text, value_text, value_words, words_of_state
from ui.levers import SPECS, LeverKey, LeverState, Unit
from ui.widgets.mark_slider import Mark, MarkSlider
from ui.widgets.plain_label import PlainLabel, plain_tip
from ui.widgets.value_box import ValueBox

_gestures = count(1)


class LeverRow(QWidget):
    """One lever on screen. It says what was asked for; the page changes the offer and shows the state."""

    moved = Signal(object, object, int)  # LeverKey, int or None, number of the gesture
    cancelled = Signal(object, int)  # LeverKey, number of the gesture: put back what was before it
    gesture_began = Signal(object, int)
    _is_laid_out = False  # Qt tells of a font before __init__ is through

    def __init__(self, key: LeverKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._spec = SPECS[key]
        self._name_text = lever_name(key)
        self._gesture = next(_gestures)
        self._state: LeverState | None = None
        absent = self.tr("none") if key is LeverKey.FLOOR else self.tr("as now")
        self.name = PlainLabel(self._name_text)
        self.mixed = PlainLabel("", wrap=True)
        self.box = ValueBox(self._spec, absent)
        self.unit = PlainLabel(unit_text(self._spec.unit))
        self.reset = QToolButton()
        self.slider = MarkSlider(self._spec)
        self.said = PlainLabel("", wrap=True)
        self._lay_out()
        self._connect()
        self._is_laid_out = True

    def show_state(self, state: LeverState, marks: tuple[Mark, ...], *, locked: bool) -> None:
        """Show where the lever stands. ``locked``: the offer was tabled."""
        self._state = state
        if self.box.is_wrong and not self.box.hasFocus():
            self.say("")
        shown = state.value if self.key is LeverKey.FLOOR else state.shown
        self.box.show_state(state, shown)
        self.slider.show_state(state, marks)
        text = words_of_state(state)
        self.slider.setAccessibleName(
            self.tr("{lever}, slider: {value}").format(lever=self._name_text, value=text)
        )
        self.box.setReadOnly(locked or not state.can_change)
        self.slider.setEnabled(state.can_change and not locked)
        self.reset.setEnabled(state.can_change and not locked and state.value not in (None, 0))
        self.reset.setVisible(self.key is not LeverKey.START)
        self.mixed.setText(self._mixed_words(state))
        self.mixed.setVisible(state.mixed)

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """A sentence under the lever; with ``wrong`` the box is outlined as well."""
        self.box.mark_wrong(wrong)
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        self.box.setAccessibleDescription(sentence)

    def figure_here(self) -> Asked:
        """What this lever costs."""
        return Asked(figure_of_lever(self.key))

    def changeEvent(self, event: QEvent) -> None:
        """Boxes stay in one column at every size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._is_laid_out:
            self._align_units()

    def _align_units(self) -> None:
        widest = max(self.fontMetrics().horizontalAdvance(unit_text(unit)) for unit in Unit)
        self.unit.setMinimumWidth(widest)

    def _lay_out(self) -> None:
        self._tint(self.said, palette.current().error_text)
        self.name.setBuddy(self.box)
        self.box.setAccessibleName(
            self.tr("{lever}, in {unit}").format(lever=self._name_text, unit=self._unit_words())
        )
        self.reset.setText("↺")
        self.reset.setAutoRaise(True)
        self.reset.setToolTip(plain_tip(self.tr("Reset {lever}: as now").format(lever=self._name_text)))
        self.reset.setAccessibleName(self.tr("Reset {lever}").format(lever=self._name_text))
        self.reset.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._align_units()
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.name)
        line.addStretch(1)
        line.addWidget(self.box)
        line.addWidget(self.unit)
        line.addWidget(self.reset)
        keep = self.reset.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self.slider)
        layout.addWidget(self.mixed)
        layout.addWidget(self.said)
        self.said.hide()
        self.mixed.hide()
        for first, second in ((self.box, self.reset), (self.reset, self.slider)):
            QWidget.setTabOrder(first, second)

    def _connect(self) -> None:
        self.box.began.connect(self._begin)
        self.slider.began.connect(self._begin)
        self.box.edited.connect(self._ask)
        self.slider.moved.connect(self._ask)
        self.box.spoilt.connect(self._say_unreadable)
        self.slider.cancelled.connect(lambda: self.cancelled.emit(self.key, self._gesture))
        self.reset.clicked.connect(self._reset)

    def _reset(self) -> None:
        self._begin()
        self.say("")
        self.moved.emit(self.key, None, self._gesture)

    def _begin(self) -> None:
        self._gesture = next(_gestures)
        self.gesture_began.emit(self.key, self._gesture)

    def _ask(self, value: int | None) -> None:
        state = self._state
        if state is None:
            return
        if value is not None and not state.least <= value <= state.most:
            end = state.most if value > state.most else state.least
            at_most, at_least = (
                self.tr("{value} is too much here: at most {end}."),
                self.tr("{value} is too little here: at least {end}."),
            )
            text = at_most if value > state.most else at_least
            self.say(
                text.format(value=value_words(self.key, value), end=value_words(self.key, end)), wrong=True
            )
            return
        if self.box.is_wrong:
            self.say("")
        self.moved.emit(self.key, value, self._gesture)

    def _say_unreadable(self) -> None:
        if self._spec.unit is Unit.MONTH:
            self.say(self.tr("Write a month and a year, such as Apr 2027."), wrong=True)
        else:
            example = value_text(self._spec.low + 7 * self._spec.step, self._spec)
            self.say(self.tr("Write a figure, such as {example}.").format(example=example), wrong=True)

    def _mixed_words(self, state: LeverState) -> str:
        if state.can_change:
            return self.tr("Mixed: other rules stand beside this one for all staff. See Elements.")
        return self.tr("Mixed: more than one lever can show. Change it under Elements.")

    def _unit_words(self) -> str:
        words = {
            Unit.PERCENT: self.tr("per cent"),
            Unit.POUNDS: self.tr("pounds"),
            Unit.HOURLY: self.tr("pounds an hour"),
            Unit.MONTH: self.tr("month and year"),
        }
        return words.get(self._spec.unit, unit_text(self._spec.unit))

    @staticmethod
    def _tint(label: PlainLabel, colour: str) -> None:
        tint = label.palette()
        tint.setColor(QPalette.ColorRole.WindowText, QColor(colour))
        label.setPalette(tint)
