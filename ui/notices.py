"""Messages in one sentence, with the buttons that do something about them, and the bar that shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from models.issues import Severity
from ui import palette
from ui.widgets.plain_label import PlainLabel, plain_menu

DONE = "done"  # key of what says that a step is done, with a button that undoes it: gone with the next step


@dataclass(frozen=True, slots=True)
class NoticeButton:
    """A verb, and what it does."""

    text: str
    act: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened, what is safe, what to do. ``key`` lets a newer notice take the place of an older one."""

    text: str
    severity: Severity = Severity.NOTE
    buttons: tuple[NoticeButton, ...] = ()
    key: str = ""


class NoticeBar(QWidget):
    """A band below the header with the newest message; older ones come back when it is dismissed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices: list[Notice] = []
        self._word = PlainLabel("", self, bold=True)
        self._text = PlainLabel("", self, wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._more = PlainLabel("", self)
        self._buttons: list[QPushButton] = []
        self._dismiss = QPushButton(self.tr("Dismiss"), self)
        self._dismiss.setAccessibleName(self.tr("Dismiss this message"))
        self._dismiss.clicked.connect(self.dismiss)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 4, 10, 4)
        self._row.setSpacing(8)
        for widget, stretch in ((self._word, 0), (self._text, 1), (self._more, 0), (self._dismiss, 0)):
            self._row.addWidget(widget, stretch)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """The message that is shown."""
        return self._notices[-1] if self._notices else None

    def show_notice(self, notice: Notice) -> None:
        """Show a message; it takes the place of one with the same key or the same words."""
        self._notices = [
            one
            for one in self._notices
            if one.text != notice.text and (not notice.key or one.key != notice.key)
        ]
        self._notices.append(notice)
        self._refresh()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, notice.text))

    def dismiss(self) -> None:
        """Take the shown message away."""
        if self._notices:
            self._notices.pop()
        self._refresh()

    def clear(self, key: str | None = None) -> None:
        """Take away the messages with this key, or all."""
        self._notices = [one for one in self._notices if key is not None and one.key != key]
        self._refresh()

    def _refresh(self) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        notice = self.notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._word.setText(self._head_of(notice))
        self._text.setText(notice.text)
        more = len(self._notices) - 1
        self._more.setText(self.tr("%n more", "", more) if more else "")
        self._more.setVisible(more > 0)
        for at, wanted in enumerate(notice.buttons):
            self._buttons.append(self._button(notice, wanted))
            self._row.insertWidget(3 + at, self._buttons[-1])
        self.update()

    def _button(self, notice: Notice, wanted: NoticeButton) -> QPushButton:
        button = QPushButton(plain_menu(wanted.text), self)
        button.setAccessibleName(wanted.text)

        def act() -> None:
            self._notices = [one for one in self._notices if one is not notice]
            self._refresh()
            wanted.act()

        button.clicked.connect(act)
        return button

    def _head_of(self, notice: Notice) -> str:
        """A sign and a word; the sign alone where the message opens with what was not done."""
        names = {
            Severity.NOTE: ("ℹ", self.tr("Note")),
            Severity.WARNING: ("⚠", self.tr("Look at this")),
            Severity.ERROR: ("✗", self.tr("Not done")),
        }
        sign, word = names[notice.severity]
        opens = (self.tr("Not saved"), self.tr("Not printed"))
        return sign if notice.text.startswith(opens) else f"{sign} {word}"

    def paintEvent(self, _: QPaintEvent) -> None:
        """The ground says how serious it is; so does the word at its head."""
        notice = self.notice
        if notice is None:
            return
        colours = palette.current()
        grounds = {
            Severity.NOTE: colours.note,
            Severity.WARNING: colours.warning,
            Severity.ERROR: colours.error,
        }
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(grounds[notice.severity]))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(colours.line))
