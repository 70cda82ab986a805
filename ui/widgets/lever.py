"""A lever: name, value box, unit and reset on one line; under it a slider with marks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import count

from PySide6.QtCore import QCoreApplication, QDate, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QHBoxLayout,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import formats, palette
from ui.levers import MILLION, PERCENT, SPECS, LeverKey, LeverSpec, LeverState, Unit
from ui.widgets.plain_label import PlainLabel, plain_tip

_PLACES = {Unit.PERCENT: 2, Unit.HOURLY: 2, Unit.HOURS: 2, Unit.DAYS: 1, Unit.WEEKS: 0, Unit.POUNDS: 0}
_gestures = count(1)


class NotANumber(ValueError):  # noqa: N818  # what was typed, not a fault of ours
    """What was typed cannot be read as a figure of this lever."""


def value_text(value: int, spec: LeverSpec) -> str:
    """A lever's value as its box shows it: with the digits it needs, and never fewer than usual."""
    if spec.unit is Unit.MONTH:
        year, month = divmod(value, 12)
        return formats.locale().toString(QDate(year, month + 1, 1), "MMM yyyy")
    exact = Decimal(value) / (PERCENT if spec.unit is Unit.PERCENT else MILLION)
    usual = 2 if spec.key is LeverKey.SLEEP_IN else _PLACES[spec.unit]
    exponent = exact.normalize().as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) else 0
    return formats.number(float(exact), max(usual, min(needed, 4)))


def value_of(text: str, spec: LeverSpec) -> int | None:
    """The value that was typed; None for an empty box. Raises NotANumber."""
    bare = text.strip()
    if not bare:
        return None
    if spec.unit is Unit.MONTH:
        return _month_of_text(bare)
    bare = bare.replace(formats.locale().groupSeparator(), "").replace(formats.locale().decimalPoint(), ".")
    bare = bare.replace(formats.MINUS, "-").strip("£% hdays/wek").strip()
    try:
        exact = Decimal(bare) * (PERCENT if spec.unit is Unit.PERCENT else MILLION)
    except InvalidOperation as error:
        raise NotANumber(text) from error
    if not exact.is_finite():
        raise NotANumber(text)
    return int(exact.to_integral_value())


def _month_of_text(text: str) -> int:
    words = text.replace("/", " ").replace("-", " ").split()
    names = [formats.locale().standaloneMonthName(k).casefold() for k in range(1, 13)]
    if len(words) != 2:
        raise NotANumber(text)
    first, year = words[0].casefold(), words[1]
    if first.isdecimal() and 1 <= int(first) <= 12:
        month = int(first)
    else:
        found = [k for k, name in enumerate(names, 1) if len(first) >= 3 and name.startswith(first)]
        month = found[0] if len(found) == 1 else 0
    if not month or not year.isdecimal() or len(year) != 4:
        raise NotANumber(text)
    return int(year) * 12 + month - 1


def tr(text: str) -> str:
    """A text of the levers in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


def lever_name(key: LeverKey) -> str:
    """What a lever is called."""
    names = {
        LeverKey.PERCENT: tr("All staff: percent"),
        LeverKey.AT_LEAST_CASH: tr("or flat cash, if more"),
        LeverKey.FLOOR: tr("Lowest hourly rate"),
        LeverKey.GAP: tr("Gap between grades"),
        LeverKey.WEEKLY_HOURS: tr("Weekly hours"),
        LeverKey.ANNUAL_LEAVE: tr("Annual leave"),
        LeverKey.SLEEP_IN: tr("Sleep-in rate"),
        LeverKey.SICK_PAY: tr("Full sick pay"),
        LeverKey.START: tr("Start month"),
        LeverKey.YEAR_2: tr("Year 2: percent"),
        LeverKey.ONE_OFF: tr("One-off payment"),
        LeverKey.ALLOWANCES: tr("Allowances"),
        LeverKey.PENSION: tr("Employer pension"),
        LeverKey.FEE: tr("Fees paid: percent"),
    }
    return names[key]


def unit_text(unit: Unit) -> str:
    """The unit beside a box."""
    words = {Unit.HOURS: tr("hours"), Unit.DAYS: tr("days"), Unit.WEEKS: tr("weeks"), Unit.MONTH: ""}
    return words.get(unit, unit.value)


def value_words(key: LeverKey, value: int | None) -> str:
    """A value with its unit: ``3.20%``, ``£14.00``, ``37.50 hours``; None is as now, or no floor."""
    if value is None:
        return tr("none") if key is LeverKey.FLOOR else tr("as now")
    spec = SPECS[key]
    text = value_text(value, spec)
    if spec.unit in (Unit.POUNDS, Unit.HOURLY):
        return f"£{text}"
    if spec.unit is Unit.PERCENT:
        return f"{text}%"
    return f"{text} {unit_text(spec.unit)}".strip()


def words_of_state(state: LeverState) -> str:
    """What a lever says of an offer; a floor that is not set is no floor, whatever is paid today."""
    return value_words(state.key, state.value if state.key is LeverKey.FLOOR else state.shown)


class ValueBox(QAbstractSpinBox):
    """A spin box over a lever's value. Typing is never blocked: what cannot be used is outlined and said."""

    edited = Signal(object)  # int or None
    spoilt = Signal()  # what is typed cannot be read
    began = Signal()

    def __init__(self, spec: LeverSpec, absent: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = spec
        self._state: LeverState | None = None
        self._absent = absent
        self.is_wrong = False
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setPlaceholderText(absent)
        self.lineEdit().textEdited.connect(self._typed)
        self.editingFinished.connect(self._tidy)

    def show_state(self, state: LeverState, shown: int | None) -> None:
        """Show a value, without disturbing what is being typed when it says the same."""
        self._state = state
        locked = state.mixed and not state.can_change
        self.lineEdit().setPlaceholderText(tr("mixed") if locked else self._absent)
        if self.hasFocus() and self._reads_as(shown):
            return
        self._write(None if locked else shown)

    def mark_wrong(self, wrong: bool) -> None:
        """Outline the box."""
        if self.is_wrong != wrong:
            self.is_wrong = wrong
            self.update()

    def sizeHint(self) -> QSize:
        """Room for nine figures."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance("0,000,000") + 14, hint.height())

    def minimumSizeHint(self) -> QSize:
        """The same: the figure must be readable whole."""
        return self.sizeHint()

    def validate(self, text: str, pos: int) -> tuple[QValidator.State, str, int]:
        """Everything may be typed."""
        return QValidator.State.Acceptable, text, pos

    def fixup(self, text: str) -> str:
        """Nothing is put right behind the person's back."""
        return text

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Both ways; the ends are said when they are reached."""
        return (
            QAbstractSpinBox.StepEnabledFlag.StepUpEnabled | QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        )

    def stepBy(self, steps: int) -> None:
        """Move by steps of the lever, and stay within what it accepts."""
        if self._state is None or self.isReadOnly():
            return
        shown = self._state.shown
        start = self._state.low if shown is None else shown
        value = min(max(start + steps * self._spec.step, self._state.least), self._state.most)
        self._write(value)
        self.edited.emit(value)

    def event(self, event: QEvent) -> bool:
        """Undo and redo are the offer's, not the letters' in this box."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down: one step; with Shift ten. Esc puts back what the offer says."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._state is not None:
            ten = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.stepBy((1 if event.key() == Qt.Key.Key_Up else -1) * (10 if ten else 1))
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape and self.is_wrong:
            self._tidy(always=True)
            event.accept()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the levers; it never changes a figure by accident."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A visit to the box is one step of undo."""
        self.began.emit()
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, outlined where what is typed cannot be used."""
        super().paintEvent(event)
        colours = palette.current()
        painter = QPainter(self)
        if self.is_wrong:
            painter.setPen(QPen(QColor(colours.error_text), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        elif not self.hasFocus():
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)

    def _typed(self, text: str) -> None:
        try:
            value = value_of(text, self._spec)
        except NotANumber:
            self.spoilt.emit()
            return
        self.edited.emit(value)

    def _reads_as(self, value: int | None) -> bool:
        try:
            return value_of(self.lineEdit().text(), self._spec) == value
        except NotANumber:
            return True  # half-typed: leave it

    def _tidy(self, *, always: bool = False) -> None:
        """Write the figure as it is usually written; what cannot be used stays, outlined, unless ``always``."""
        if self._state is None or (self.is_wrong and not always):
            return
        self.mark_wrong(False)
        self._write(self._state.value if self._spec.key is LeverKey.FLOOR else self._state.shown)

    def _write(self, value: int | None) -> None:
        text = "" if value is None else value_text(value, self._spec)
        if self.lineEdit().text() != text:
            self.lineEdit().setText(text)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on the slider: ``now``, ``theirs`` or ``ours``, and what it says."""

    kind: str
    value: int
    text: str


class MarkSlider(QSlider):
    """A slider in steps of a tenth of the lever's step, with marks of three shapes."""

    moved = Signal(object)  # int, or None for "as now"
    began = Signal()
    cancelled = Signal()

    def __init__(self, spec: LeverSpec, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._spec = spec
        least = 10_000 if spec.unit is Unit.HOURLY else 1
        self._fine = max(spec.step // 10, least)
        self._state: LeverState | None = None
        self._marks: tuple[Mark, ...] = ()
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(20)

    def show_state(self, state: LeverState, marks: tuple[Mark, ...]) -> None:
        """Show a value and its marks; says nothing back."""
        self._state, self._marks = state, marks
        self.blockSignals(True)
        self.setRange(0, max(1, (state.high - state.low) // self._fine))
        self.setValue(((state.low if state.shown is None else state.shown) - state.low) // self._fine)
        self.blockSignals(False)
        self.setToolTip(plain_tip(" · ".join(mark.text for mark in marks)))
        self.update()

    def sizeHint(self) -> QSize:
        """Thin: marks above a groove."""
        return QSize(200, 20)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the column allows."""
        return QSize(80, 20)

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        """Repaint whole: marks and groove are ours."""
        super().sliderChange(change)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Groove, filled part, marks, handle, focus ring."""
        event.accept()
        if self._state is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = palette.current()
        track = self._track()
        shown = self._state.low if self._state.shown is None else self._state.shown
        handle = self._place(shown)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.base))
        painter.drawRoundedRect(track, 2, 2)
        accent = QColor(colours.accent if self.isEnabled() else colours.line)
        painter.fillRect(QRectF(track.left(), track.top(), handle - track.left(), track.height()), accent)
        for mark in self._marks:
            self._draw_mark(painter, mark, track, colours)
        painter.setPen(QPen(accent, 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(colours.base))
        knob = QRectF(handle - 6, track.center().y() - 6, 12, 12)
        painter.drawRoundedRect(knob, 3, 3)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the track jumps there and goes on as a drag."""
        if event.button() != Qt.MouseButton.LeftButton or self._state is None:
            event.ignore()
            return
        self.began.emit()
        self._dragging = True
        self._go_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, in whole steps."""
        if self._dragging:
            self._go_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of a drag."""
        self._dragging = False
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the levers; it never changes a figure by accident."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A visit to the slider is one step of undo."""
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.began.emit()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows one step, Shift ten, Ctrl a tenth; Home as now, End the ceiling; Esc ends a drag."""
        state, key = self._state, event.key()
        if state is None:
            return
        if key == Qt.Key.Key_Escape and self._dragging:
            self._dragging = False
            self.cancelled.emit()
            return
        ways = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_PageUp: 10,
            Qt.Key.Key_PageDown: -10,
        }
        if key == Qt.Key.Key_Home:
            self.moved.emit(None)
        elif key == Qt.Key.Key_End:
            self.moved.emit(state.high)
        elif key in ways:
            by = self._spec.step
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                by *= 10
            elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                by = self._fine
            start = state.low if state.shown is None else state.shown
            wanted = start + ways[Qt.Key(key)] * by
            self.moved.emit(min(max(wanted, min(state.low, start)), max(state.high, start)))
        else:
            super().keyPressEvent(event)

    def _go_to(self, at: QPointF) -> None:
        if self._state is None:
            return
        track = self._track()
        share = min(max((at.x() - track.left()) / track.width(), 0.0), 1.0)
        value = self._state.low + share * (self._state.high - self._state.low)
        step = self._spec.step
        snapped = min(max(round(value / step) * step, self._state.low), self._state.high)
        if snapped != self._state.shown:
            self.moved.emit(snapped)

    def _track(self) -> QRectF:
        return QRectF(8, self.height() - 10, self.width() - 16, 4)

    def _place(self, value: int) -> float:
        track = self._track()
        if self._state is None or self._state.high == self._state.low:
            return track.left()
        share = (value - self._state.low) / (self._state.high - self._state.low)
        return track.left() + min(max(share, 0.0), 1.0) * track.width()

    def _draw_mark(self, painter: QPainter, mark: Mark, track: QRectF, colours: palette.Colours) -> None:
        x, foot = self._place(mark.value), track.top() - 2
        painter.setPen(Qt.PenStyle.NoPen)
        if mark.kind == "now":
            painter.fillRect(QRectF(x - 1, foot - 7, 2, 7), QColor(colours.muted))
        elif mark.kind == "theirs":
            painter.setBrush(QColor(colours.error_text))
            painter.drawPolygon(
                QPolygonF([QPointF(x - 4, foot - 7), QPointF(x + 4, foot - 7), QPointF(x, foot)])
            )
        else:
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(QPointF(x, foot - 3.5), 3.5, 3.5)


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
