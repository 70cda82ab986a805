"""A label that is cut with an ellipsis where the room ends, and says the whole in its tooltip."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.formats import MINUS
from ui.widgets.plain_label import PlainLabel, plain_tip

FEW_LETTERS = 20  # px: what such a label can do with


class ElidedLabel(PlainLabel):
    """One line, or up to ``lines``, cut where the room ends. With ``whole_always`` it asks for room and is never cut."""

    _whole = ""  # Qt asks before __init__ is through
    _lines = 1

    def __init__(
        self,
        *,
        bold: bool = False,
        scale: float = 1.0,
        whole_always: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent, bold=bold, scale=scale)
        self._whole_always = whole_always
        across = QSizePolicy.Policy.MinimumExpanding if whole_always else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Maximum)

    @property
    def whole(self) -> str:
        """The text before it was cut."""
        return self._whole

    def show_text(self, text: str) -> None:
        """Show a text, cut to the room there is."""
        self._whole = text
        self.setAccessibleName(text)
        self._cut()

    def set_lines(self, lines: int) -> None:
        """Use up to so many lines before cutting."""
        if lines != self._lines:
            self._lines = lines
            self._cut()

    def wanted_lines(self, most: int) -> int:
        """How many lines the whole text would take at this width, up to ``most``."""
        return min(len(self._broken()), most)

    def line_height(self) -> int:
        """The height of one line, as a label lays its lines out: in full pixels, upwards."""
        return ceil(QFontMetricsF(self.font()).lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """A line of a few letters; the whole line where it must not be cut."""
        hint = super().minimumSizeHint()
        width = hint.width() if getattr(self, "_whole_always", False) else FEW_LETTERS
        return QSize(width, self.line_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._cut()

    def changeEvent(self, event: QEvent) -> None:
        """A larger text is cut sooner."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._cut()

    def _room(self) -> int:
        return max(self.width() - 2 * self.margin(), 0)

    def _broken(self) -> list[str]:
        """The whole text in lines of this width, broken between words."""
        one_line = " ".join(self._whole.split())
        layout = QTextLayout(one_line.replace(MINUS, "0"), self.font())  # a sign stays with its figure
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        lines = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(self._room(), FEW_LETTERS))
            lines.append(one_line[line.textStart() : line.textStart() + line.textLength()])
        layout.endLayout()
        return lines or [""]

    def _cut(self) -> None:
        one_line = " ".join(self._whole.split())
        if getattr(self, "_whole_always", False):
            text, is_cut = one_line, False
        else:
            lines = self._broken()
            whole = (
                min(self._lines, len(lines)) - 1
            )  # of a shorter text the last line is not the last allowed
            kept = [line.rstrip() for line in lines[:whole]]
            rest = "".join(lines[whole:])
            last = self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, self._room())
            text, is_cut = "\n".join([*kept, last]), last != rest
        if text != self.text():
            self.setText(text)
        self.setToolTip(plain_tip(self._whole) if is_cut else "")
