"""Undo and redo belong to the sector or the offer, not to the letters of the field that has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence


def leaves_undo(event: QEvent) -> bool:
    """Whether the event asks if a field wants Undo or Redo for itself; it is then told that it does not."""
    if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
        keys = QKeySequence.StandardKey
        if event.matches(keys.Undo) or event.matches(keys.Redo):
            event.ignore()
            return True
    return False
