"""The box of a lever: a figure that is typed or stepped, and never blocked or rewritten while it is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from ui import palette
from ui.lever_words import NotANumber, tr, value_of, value_text
from ui.levers import LeverKey, LeverSpec, LeverState
from ui.widgets.undo_keys import leaves_undo


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
        return leaves_undo(event) or super().event(event)

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
