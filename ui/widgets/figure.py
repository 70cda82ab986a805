"""One figure with its caption and a note: a small tile that only reports."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui import palette
from ui.widgets.plain_label import PlainLabel


class Figure(QFrame):
    """Caption, value, note."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._caption = PlainLabel(caption, self)
        self._value = PlainLabel("", self, bold=True, scale=1.4)
        self._note = PlainLabel("", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(1)
        for label in (self._caption, self._value, self._note):
            column.addWidget(label)
        self.recolour()

    @property
    def text(self) -> str:
        """The value as it is shown."""
        return self._value.text()

    def show_value(self, value: str, note: str = "") -> None:
        """Show a figure and what to know about it."""
        self._value.setText(value)
        self._note.setText(note)
        self.setAccessibleName(f"{self._caption.text()}: {value}. {note}".strip())

    def recolour(self) -> None:
        """Take the colours of the scheme in use."""
        for label in (self._caption, self._note):
            own = QPalette(label.palette())
            own.setColor(QPalette.ColorRole.WindowText, QColor(palette.current().muted))
            label.setPalette(own)
