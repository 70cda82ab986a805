"""What stands on a page that has nothing to show yet: what is missing, why it matters, and the buttons that bring it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.plain_label import PlainLabel


class EmptyPage(QWidget):
    """A heading, a text and buttons in the middle; the first button is the one most people want."""

    def __init__(self, heading: str, text: str, *buttons: QPushButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QVBoxLayout()
        inside.addStretch(1)
        for label in (PlainLabel(heading, self, bold=True, scale=1.2), PlainLabel(text, self, wrap=True)):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(label)
        inside.addSpacing(10)
        for at, button in enumerate(buttons):
            if at == 0:
                button.setMinimumHeight(38)
            inside.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(2)
        row = QHBoxLayout(self)  # stretches, not an alignment: a wrapped text's height follows its width
        row.addStretch(1)
        row.addLayout(inside, 2)
        row.addStretch(1)
