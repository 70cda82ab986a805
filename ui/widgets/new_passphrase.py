"""Choosing a passphrase: typed twice, its strength in words, or five random words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from ui.widgets.caps_note import CapsNote
from ui.widgets.plain_label import PlainLabel

SHORTEST = 8  # characters


class NewPassphrase(QWidget):
    """Rows for a form. ``what_is_wrong`` is a sentence, empty where all is well."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = self._field(self.tr("Passphrase"))
        self.again = self._field(self.tr("The same passphrase again"))
        self.show_box = QCheckBox(self.tr("&Show what I type"), self)
        self.words_button = QPushButton(self.tr("Make &five random words"), self)
        self.words_button.setAutoDefault(False)
        self.strength = PlainLabel("", self)
        self.show_box.toggled.connect(self._show_typed)
        self.words_button.clicked.connect(self.make_words)
        self.first.textChanged.connect(self._say_strength)
        self._say_strength("")

    @property
    def text(self) -> str:
        """What was typed first."""
        return self.first.text()

    @property
    def is_long_enough(self) -> bool:
        """Whether what was typed first may be taken, once it is typed again."""
        return len(self.first.text()) >= SHORTEST

    def add_to(self, form: QFormLayout, words: str, again: str) -> None:
        """Put the rows into a form, under these labels."""
        for label_text, field in ((words, self.first), (again, self.again)):
            label = PlainLabel(label_text, self.parentWidget())
            label.setBuddy(field)
            form.addRow(label, field)
        says = QHBoxLayout()
        says.addWidget(self.strength, 1)
        says.addWidget(CapsNote(self.first, self.again, parent=self))
        form.addRow(PlainLabel("", self.parentWidget()), says)
        row = QHBoxLayout()
        row.addWidget(self.show_box)
        row.addWidget(self.words_button)
        row.addStretch(1)
        form.addRow(PlainLabel("", self.parentWidget()), row)
        self.hide()  # its rows live in the form; it only keeps them together

    def what_is_wrong(self) -> str:
        """Why this passphrase can't be taken."""
        if not self.is_long_enough:
            return self.tr("The passphrase is too short. Use %n characters or more.", "", SHORTEST)
        if self.first.text() != self.again.text():
            return self.tr("The two passphrases are not the same. Type them again.")
        return ""

    def make_words(self) -> None:
        """Draw five words, and show them so that they can be written down."""
        from bargain.storage.random_words import random_words

        drawn = random_words()
        self.first.setText(drawn)
        self.again.setText(drawn)
        self.show_box.setChecked(True)

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.again.clear()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(name)
        return field

    def _show_typed(self, is_on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_on else QLineEdit.EchoMode.Password
        for field in (self.first, self.again):
            field.setEchoMode(mode)

    def _say_strength(self, text: str) -> None:
        words = {
            0: self.tr("Four or five words that do not belong together are strong and easy to remember."),
            1: self.tr("Strength: weak. Add words."),
            2: self.tr("Strength: fair. One more word would help."),
            3: self.tr("Strength: good."),
        }
        self.strength.setText(words[strength(text)])
        self.changed.emit()


def strength(text: str) -> int:
    """How strong a passphrase is: 0 nothing typed, 1 weak, 2 fair, 3 good. By length and variety, roughly."""
    if not text:
        return 0
    varied = len(set(text))
    if len(text) < 12 or varied < 6:
        return 1
    return 2 if len(text) < 20 or varied < 8 else 3
