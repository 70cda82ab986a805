"""What the steps share: the pane on the right that says what a step decides, and small parts for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import palette
from ui.widgets.plain_label import PlainLabel, plain_menu

PANE_WIDTH = 298


class SidePane(QScrollArea):
    """A column on the right that scrolls when its words need more room."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMaximumWidth(PANE_WIDTH)
        self.setMinimumWidth(250)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget(self)
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(4, 0, 8, 4)
        self.column.setSpacing(6)
        self.setWidget(self._inside)

    @property
    def inside(self) -> QWidget:
        """What the words and fields stand in."""
        return self._inside

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(PANE_WIDTH, super().sizeHint().height())

    def words(self, text: str = "", *, bold: bool = False) -> PlainLabel:
        """A paragraph."""
        label = narrow(PlainLabel(text, self._inside, wrap=True, bold=bold))
        self.column.addWidget(label)
        return label

    def named(self, words: str, field: QWidget) -> PlainLabel:
        """A field under its name."""
        label = narrow(PlainLabel(words, self._inside, wrap=True))
        label.setBuddy(field)
        self.column.addWidget(label)
        self.column.addWidget(field)
        return label


class ChoiceBox(QComboBox):
    """A list of (value, words); ``picked`` tells a value that the person chose, and nobody else."""

    picked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.activated.connect(lambda at: self.picked.emit(self.itemData(at)))

    def show_choices(self, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer these, with one chosen."""
        with QSignalBlocker(self):
            self.clear()
            for value, words in choices:
                self.addItem(words, value)
            self.setCurrentIndex(max(self.findData(chosen), 0))


class Band(QFrame):
    """A coloured band with a sentence and buttons: what the person should look at before going on."""

    def __init__(self, parent: QWidget | None = None, *, ground: str = "note") -> None:
        super().__init__(parent)
        self._ground = ground
        self.text = narrow(PlainLabel("", self, wrap=True))
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(8, 4, 8, 4)
        self.row.addWidget(self.text, 1)

    def add_button(self, words: str) -> QPushButton:
        """One more thing to do."""
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        self.row.addWidget(button)
        return button

    def show_text(self, text: str) -> None:
        """Say it, to a screen reader too, or nothing."""
        if text and text != self.text.text():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self.text.setText(text)
        self.setVisible(bool(text))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Its ground."""
        colours = palette.current()
        grounds = {"note": colours.note, "warning": colours.warning, "error": colours.error}
        QPainter(self).fillRect(self.rect(), QColor(grounds[self._ground]))


def narrow(label: PlainLabel) -> PlainLabel:
    """A paragraph that takes any width, and just the height that it then needs."""
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label


def on_keys(widget: QWidget, keys: Sequence[str], act: Callable[[], object], *, within: bool = False) -> None:
    """Keys that do something while a widget has the focus, or, ``within``, anything in it."""
    contexts = Qt.ShortcutContext
    for key in keys:
        shortcut = QShortcut(QKeySequence(key), widget)
        shortcut.setContext(contexts.WidgetWithChildrenShortcut if within else contexts.WidgetShortcut)
        shortcut.activated.connect(act)


def buttons_row(*buttons: QPushButton) -> QHBoxLayout:
    """Buttons side by side, from the left."""
    row = QHBoxLayout()
    for button in buttons:
        button.setAutoDefault(False)
        row.addWidget(button)
    row.addStretch(1)
    return row


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


def verb(words: str) -> str:
    """Words for a button in which names may hold an ampersand."""
    return plain_menu(words)
