"""The slider of a lever: its own groove and handle, with marks for now, their last offer and ours."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSlider, QWidget

from ui import palette
from ui.levers import LeverSpec, LeverState, Unit
from ui.widgets.plain_label import plain_tip


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
