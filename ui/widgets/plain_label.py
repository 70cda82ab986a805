"""Text that stays text: names from payrolls are never read as markup."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from bargain.plain_names import marked


class PlainLabel(QLabel):
    """A label that shows its text literally, always. Use it in place of QLabel everywhere."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        wrap: bool = False,
        bold: bool = False,
        scale: float = 1.0,
    ) -> None:
        self._bold = bold
        self._scale = scale
        super().__init__(parent)
        super().setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        if bold or scale != 1.0:
            self._set_own_font()

    def setText(self, text: str) -> None:
        """Show a text; what can't be seen in it, or turns it round, is shown by its number."""
        super().setText(marked(text))

    def setTextFormat(self, _: Qt.TextFormat) -> None:
        """There is one format: plain."""

    def follow_text_size(self) -> None:
        """Take the application's new text size; Qt does this by itself only where no own font is set."""
        if self._bold or self._scale != 1.0:
            self._set_own_font()

    def _set_own_font(self) -> None:
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * self._scale)
        font.setBold(self._bold)
        self.setFont(font)


def plain_tip(text: str) -> str:
    """A tooltip that shows its text literally (Qt reads tooltips as markup when they look like it)."""
    return f"<span>{html.escape(marked(text))}</span>" if text else ""


def plain_menu(text: str) -> str:
    """Text for a menu or button in which ``&`` is no shortcut mark."""
    return marked(text).replace("&", "&&")
