"""What a locked window shows: that it is locked, and where the passphrase goes. Nothing of what is in the file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPalette
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import palette
from ui.notices import Notice
from ui.widgets.caps_note import CapsNote
from ui.widgets.plain_label import PlainLabel

WIDTH = 460


class LockPage(QWidget):
    """``tried`` carries what was typed; ``left`` means: close this file, go to the start page."""

    tried = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unsaved: Notice | None = None
        self.secret = QLineEdit(self)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName(self.tr("Passphrase or recovery key"))
        self.show_box = QCheckBox(self.tr("&Show what I type"), self)
        self.unlock_button = QPushButton(self.tr("Unlock"), self)
        self.leave_button = QPushButton(self.tr("Go to the start page"), self)
        self.wrong = PlainLabel("", self, wrap=True)
        self.unsaved = PlainLabel("", self, wrap=True, bold=True)
        self._unsaved_buttons = QHBoxLayout()
        self._lay_out()
        self.secret.returnPressed.connect(self._try)
        self.unlock_button.clicked.connect(self._try)
        self.leave_button.clicked.connect(self.left)
        self.show_box.toggled.connect(self._show_typed)
        self.begin(is_sample=False)

    def begin(self, *, is_sample: bool) -> None:
        """A fresh lock. The sample's passphrase is no secret, so it is not asked for."""
        self.secret.clear()
        self.secret.setVisible(not is_sample)
        self.show_box.setVisible(not is_sample)
        self.show_box.setChecked(False)
        self._words.setText(
            self.tr("The sample sector needs no passphrase.")
            if is_sample
            else self.tr("Type the passphrase of the file, or its recovery key. Your work is saved.")
        )
        self.say_wrong("")
        self.show_unsaved(None)
        self.wait(is_waiting=False)

    def take_focus(self) -> None:
        """Typing goes to the passphrase at once."""
        (self.unlock_button if self.secret.isHidden() else self.secret).setFocus()

    def wait(self, *, is_waiting: bool) -> None:
        """While the passphrase is tried."""
        self.unlock_button.setText(self.tr("Unlocking…") if is_waiting else self.tr("Unlock"))
        for widget in (self.unlock_button, self.secret, self.leave_button):
            widget.setEnabled(not is_waiting)

    def say_wrong(self, text: str) -> None:
        """Say why it stays locked."""
        self.wrong.setText(f"✗ {text}" if text else "")
        self.wrong.setVisible(bool(text))
        if text:
            self.secret.selectAll()
            self.take_focus()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def show_unsaved(self, notice: Notice | None) -> None:
        """The last change could not be saved before the lock: say so here, with what helps."""
        while (item := self._unsaved_buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.unsaved.setText(f"⚠ {notice.text}" if notice is not None else "")
        self.unsaved.setVisible(notice is not None)
        for one in () if notice is None else notice.buttons:
            button = QPushButton(one.text, self)
            button.clicked.connect(one.act)
            self._unsaved_buttons.addWidget(button)

    def recolour(self) -> None:
        """Take the colours of the scheme in use."""
        own = QPalette(self.wrong.palette())
        own.setColor(QPalette.ColorRole.WindowText, QColor(palette.current().error_text))
        self.wrong.setPalette(own)

    def _lay_out(self) -> None:
        self._words = PlainLabel("", self, wrap=True)
        heading = PlainLabel(self.tr("Locked"), self, bold=True, scale=1.8)
        inside = QWidget(self)
        inside.setFixedWidth(WIDTH)
        column = QVBoxLayout(inside)
        column.setSpacing(10)
        buttons = QHBoxLayout()
        buttons.addWidget(self.unlock_button)
        buttons.addWidget(self.leave_button)
        buttons.addStretch(1)
        self.unlock_button.setMinimumHeight(32)
        self.leave_button.setMinimumHeight(32)
        caps = CapsNote(self.secret, parent=self)
        for widget in (heading, self._words, self.secret, caps, self.show_box, self.wrong):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addSpacing(12)
        column.addWidget(self.unsaved)
        column.addLayout(self._unsaved_buttons)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        middle = QHBoxLayout()  # stretches, not an alignment: a wrapped text's height follows its width
        middle.addStretch(1)
        middle.addWidget(inside)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)
        self.recolour()

    def _try(self) -> None:
        if self.secret.isVisible() and not self.secret.text():
            self.say_wrong(self.tr("Type the passphrase of this file."))
            return
        self.say_wrong("")
        self.tried.emit("" if self.secret.isHidden() else self.secret.text())

    def _show_typed(self, is_on: bool) -> None:
        modes = QLineEdit.EchoMode
        self.secret.setEchoMode(modes.Normal if is_on else modes.Password)
