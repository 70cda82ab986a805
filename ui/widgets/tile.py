"""A tile of the scoreboard: a figure, how it changed, and how it stands against its target."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from models.target import Status
from ui import palette
from ui.figure_at import Asked
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain_label import PlainLabel, plain_tip

MARGINS = (11, 4, 3, 4)  # left, top, right, bottom
LEAST = QSize(120, 76)
SYMBOLS = {Status.MET: "✓", Status.CLOSE: "!", Status.MISSED: "✗", Status.NOT_KNOWN: "?"}


@dataclass(frozen=True, slots=True)
class TileContent:
    """What a tile says. ``value`` is a figure alone; ``change`` is what to know about it: how it changed, or
    whose it is. ``status`` None: no target is set for it. ``tip``: everything, in full. ``measure``: its id. ``figure``: what F8
    explains, where that is not the measure: a target asks for it in its own way.
    """

    caption: str
    value: str
    change: str = ""
    status: Status | None = None
    verdict: str = ""
    tip: str = ""
    measure: str = ""
    figure: str = ""


def status_colour(status: Status | None, colours: palette.Colours) -> str:
    """The colour that goes with the word; the word is always there too."""
    if status is None:
        return colours.line
    return {
        Status.MET: colours.good_text,
        Status.CLOSE: colours.warning_text,
        Status.MISSED: colours.error_text,
        Status.NOT_KNOWN: colours.muted,
    }[status]


class Tile(QFrame):
    """Caption, value, change, verdict; a coloured edge beside the word, never instead of it."""

    asked = Signal(str)  # the measure whose figure the person wants explained

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = TileContent("", "")
        self._stale = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.caption = ElidedLabel()
        self.value = ElidedLabel(bold=True, scale=1.15, whole_always=True)
        self.change = ElidedLabel()
        self.verdict = ElidedLabel(bold=True, whole_always=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(0)
        for label in (self.caption, self.value, self.change, self.verdict):
            layout.addStretch(1)
            layout.addWidget(label)
        layout.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Room for the figure and its verdict, which are never cut."""
        return super().minimumSizeHint().expandedTo(LEAST)

    def show_content(self, content: TileContent) -> None:
        """Show another figure."""
        if content == self.content:
            return
        self.content = content
        self.caption.show_text(content.caption)
        self.value.show_text(content.value)
        self.change.show_text(content.change)
        symbol = f"{SYMBOLS[content.status]} " if content.status is not None else ""
        self.verdict.show_text(symbol + content.verdict)
        self.setToolTip(plain_tip(content.tip))
        self.setAccessibleName(f"{content.caption}: {content.value}")
        spoken = [content.verdict, content.change, content.tip]
        self.setAccessibleDescription(". ".join(part for part in spoken if part))
        self._share_height()
        self._recolour()

    def set_stale(self, stale: bool) -> None:
        """Grey the figure while a newer one is worked out; the old one stays readable."""
        if stale != self._stale:
            self._stale = stale
            self._recolour()

    @property
    def is_stale(self) -> bool:
        """Whether the figure is greyed."""
        return self._stale

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The caption takes a second line where there is room."""
        super().resizeEvent(event)
        self._share_height()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click asks where the figure comes from."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So does Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._ask()
            return
        super().keyPressEvent(event)

    def figure_here(self) -> Asked | None:
        """The figure of this tile."""
        figure = self.content.figure or self.content.measure
        return Asked(figure) if figure else None

    def _ask(self) -> None:
        asked = self.figure_here()
        if asked is not None:
            self.asked.emit(asked.figure)

    def changeEvent(self, event: QEvent) -> None:
        """Light or dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper, frame, edge; a thicker frame when it has the focus."""
        event.accept()
        colours = palette.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.base))
        focused = self.hasFocus()
        painter.setPen(QPen(QColor(colours.accent if focused else colours.line), 2 if focused else 1))
        inset = 1 if focused else 0
        painter.drawRect(self.rect().adjusted(inset, inset, -1 - inset, -1 - inset))
        edge = QRect(0, 0, 5, self.height())
        painter.fillRect(edge, QColor(status_colour(self.content.status, colours)))

    def _share_height(self) -> None:
        """Figures first; then the caption, then what to know about the figure, in two lines where they need them."""
        width = self.width() - MARGINS[0] - MARGINS[2]
        room = self.height() - MARGINS[1] - MARGINS[3]
        room -= sum(label.line_height() for label in (self.caption, self.value, self.change, self.verdict))
        for label in (self.caption, self.change):
            if label.width() != width:
                label.resize(width, label.height())
            lines = label.wanted_lines(2) if room >= label.line_height() else 1
            room -= (lines - 1) * label.line_height()
            label.set_lines(lines)

    def _recolour(self) -> None:
        colours = palette.current()
        greyed = colours.muted
        _tint(self.caption, colours.text)
        _tint(self.value, greyed if self._stale else colours.text)
        _tint(self.change, colours.muted)
        plain = colours.muted if self.content.status is None else status_colour(self.content.status, colours)
        _tint(self.verdict, greyed if self._stale else plain)
        self.update()


def _tint(label: PlainLabel, colour: str) -> None:
    wanted = QColor(colour)
    if label.palette().color(QPalette.ColorRole.WindowText) != wanted:
        tint = QPalette(label.palette())
        tint.setColor(QPalette.ColorRole.WindowText, wanted)
        label.setPalette(tint)
