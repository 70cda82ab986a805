"""A field for one figure that may be empty: nothing typed is not known, never nought."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import formats
from ui.widgets.undo_keys import leaves_undo

_MOST_PLACES = 6


class NumberField(QLineEdit):
    """``changed`` brings a new value, or None; ``spoilt`` a sentence on what can't be read or is out of range.

    percent: the person types per cent, the value is a share from 0 to 1.
    """

    changed = Signal(object)
    spoilt = Signal(str)

    def __init__(
        self,
        name: str,
        *,
        least: float = 0.0,
        most: float = 1e12,
        percent: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._least, self._most, self._percent = name, least, most, percent
        self._value: float | None = None
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText(self.tr("not known"))
        self.editingFinished.connect(self._take)

    @property
    def value(self) -> float | None:
        """What the field holds."""
        return self._value

    def show_value(self, value: float | None) -> None:
        """Show a value; what is being typed at this moment stays."""
        same = value == self._value
        self._value = value
        if same and self.hasFocus():
            return
        with QSignalBlocker(self):
            self.setText("" if value is None else number_text(value * 100 if self._percent else value))

    def event(self, event: QEvent) -> bool:
        """Undo and redo are the sector's, not the letters' in this field."""
        return leaves_undo(event) or super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Left with something that can't be used: what was there before comes back."""
        super().focusOutEvent(event)
        if self._fault()[0]:
            value, self._value = self._value, float("nan")
            self.show_value(value)

    def _fault(self) -> tuple[str, float | None]:
        """What is wrong with the text, in a sentence, or nothing; and the value it has."""
        text = self.text().strip()
        if not text:
            return "", None
        typed = read_number(text)
        if typed is None:
            return self.tr("{field}: “{text}” is not a number.").format(field=self._name, text=text), None
        value = typed / 100 if self._percent else typed
        if not self._least <= value <= self._most:
            scale = 100 if self._percent else 1
            said = self.tr("{field}: from {least} to {most}.")
            return (
                said.format(
                    field=self._name,
                    least=number_text(self._least * scale),
                    most=number_text(self._most * scale),
                ),
                None,
            )
        return "", value

    def _take(self) -> None:
        fault, value = self._fault()
        if fault:
            self.spoilt.emit(fault)
            return
        self.spoilt.emit("")
        if value != self._value:
            self._value = value
            self.changed.emit(value)


def read_number(text: str) -> float | None:
    """A number as people type it, with pound sign, per cent sign or thousands; None where it is none."""
    bare = text.strip().replace("£", "").rstrip("% ").replace(formats.MINUS, "-").strip()
    for locale in (QLocale(), QLocale.c()):
        number, is_read = locale.toDouble(bare)
        if is_read:
            return number
    return None


def number_text(value: float) -> str:
    """A number with no digit that says nothing."""
    places = next((p for p in range(_MOST_PLACES) if abs(round(value, p) - value) < 1e-9), _MOST_PLACES)
    return formats.number(value, places)
