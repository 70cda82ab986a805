"""The band across the top: whose window this is, what is open, whether it is saved, undo and redo."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QBrush, QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from models.table import Role
from ui import palette
from ui.role_words import role_badge, role_holds
from ui.widgets.plain_label import PlainLabel, plain_tip

HEIGHT = 40
HATCH = 14


class Chip(PlainLabel):
    """A small boxed word, such as the sample mark."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """A box in the chip's colours behind the text."""
        colours = palette.current()
        painter = QPainter(self)
        painter.setPen(QColor(colours.on_chip))
        painter.setBrush(QColor(colours.chip))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 3, 3)
        painter.end()
        super().paintEvent(event)


class Header(QWidget):
    """Badge, sector name, sample mark, saved time, Undo and Redo."""

    def __init__(self, undo: QAction, redo: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(HEIGHT)
        self.role = Role.NOT_SAID
        self.badge = PlainLabel(role_badge(self.role), self, bold=True)
        self.name = PlainLabel("", self, bold=True)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sample = Chip(self.tr("Sample data. These are not real people."), self)
        self.sample.setMargin(4)
        self.sample.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.saved = PlainLabel("", self)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(HATCH + 10, 2, 10, 2)
        row.setSpacing(12)
        row.addWidget(self.badge)
        row.addWidget(self.name, 1)
        row.addWidget(self.sample)
        row.addWidget(self.saved)
        for action, mark in ((undo, "↶ "), (redo, "↷ ")):
            row.addWidget(self._button(action, mark))
        self._full_name = ""
        self.recolour()

    def _button(self, action: QAction, mark: str) -> QToolButton:
        """A button that keeps its short word while the action's own text says what would be undone."""
        button = QToolButton(self)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMinimumSize(84, 28)
        word = action.iconText()
        button.setText(mark + word)

        def follow() -> None:
            button.setEnabled(action.isEnabled())
            button.setToolTip(plain_tip(action.toolTip()))
            button.setAccessibleName(word)
            button.setAccessibleDescription(action.toolTip())

        action.changed.connect(follow)
        button.clicked.connect(action.trigger)
        follow()
        return button

    def show_sector(self, name: str, *, is_sample: bool, role: Role = Role.NOT_SAID) -> None:
        """Name what is open, and whose it is."""
        if role is not self.role:
            self.role = role
            self.badge.setText(role_badge(role))
            self.badge.setToolTip(plain_tip(role_holds(role)))
            is_right = role is Role.EMPLOYERS
            self._row.setContentsMargins(10 if is_right else HATCH + 10, 2, HATCH + 10 if is_right else 10, 2)
            self.recolour()
        self._full_name = name
        self.name.setText(name)
        self.name.setToolTip(plain_tip(name))
        self.sample.setVisible(is_sample)

    def show_saved(self, text: str) -> None:
        """Say whether the file is up to date."""
        self.saved.setText(text)

    def recolour(self) -> None:
        """Take the colours of the scheme in use."""
        colours = palette.current()
        for label, colour in (
            (self.badge, self._grounds()[1]),
            (self.name, colours.text),
            (self.sample, colours.on_chip),
            (self.saved, colours.text),
        ):
            own = QPalette(label.palette())
            own.setColor(QPalette.ColorRole.WindowText, QColor(colour))
            label.setPalette(own)
        self.update()

    def _grounds(self) -> tuple[str, str]:
        """The band's colour and that of the words on it."""
        colours = palette.current()
        if self.role is Role.JOINT:
            return colours.base, colours.text
        return (
            (colours.teal, colours.on_teal)
            if self.role is Role.EMPLOYERS
            else (colours.band, colours.on_band)
        )

    def paintEvent(self, _: QPaintEvent) -> None:
        """Whose window it is, never by colour alone.

        A side's band is hatched, the workers' at the left and the employers' at the right; the joint one is plain
        with a double border.
        """
        colours, (ground, ink) = palette.current(), self._grounds()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(ground))
        if self.role is Role.JOINT:
            painter.setPen(QColor(ink))
            for inset in (0, 3):
                painter.drawRect(self.rect().adjusted(inset, inset, -inset - 1, -inset - 1))
            return
        left = self.width() - HATCH if self.role is Role.EMPLOYERS else 0
        painter.fillRect(left, 0, HATCH, self.height(), QBrush(QColor(ink), Qt.BrushStyle.BDiagPattern))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(colours.line))
