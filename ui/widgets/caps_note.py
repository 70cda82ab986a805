"""Says that Caps Lock is on while a passphrase is typed. Known from the letters: no system tells it the same way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets.plain_label import PlainLabel


class CapsNote(PlainLabel):
    """Empty until a capital letter comes without Shift, or a small one with it."""

    def __init__(self, *fields: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        for field in fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at each letter typed; none is kept back."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            letter = event.text()
            if event.key() == Qt.Key.Key_CapsLock:
                self.setText("")  # on or off: the next letter tells
            elif len(letter) == 1 and letter.isalpha() and letter.lower() != letter.upper():
                has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                is_on = letter.isupper() != has_shift
                self.setText("⚠ " + self.tr("Caps Lock is on.") if is_on else "")
        return super().eventFilter(watched, event)
