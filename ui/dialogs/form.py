"""What our dialogs share: a title, a form, a sentence about what is wrong, and buttons in the platform's order."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import palette
from ui.widgets.plain_label import PlainLabel


class FormDialog(QDialog):
    """A dialog with a form. Subclasses fill ``form`` and answer ``submit``."""

    def __init__(self, title: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.finished.connect(self.deleteLater)  # with whatever was typed into it
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self.wrong = PlainLabel("", self, wrap=True)
        self.wrong.hide()
        self.buttons = QDialogButtonBox(self)
        self.main_button = QPushButton(verb, self)
        self.main_button.setDefault(True)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.buttons.addButton(self.main_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(self.cancel_button, QDialogButtonBox.ButtonRole.RejectRole)
        self.main_button.clicked.connect(self.submit)
        self.cancel_button.clicked.connect(self.reject)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 16, 18, 14)
        self.column.setSpacing(10)
        self.column.addLayout(self.form)
        self.column.addWidget(self.wrong)
        self.column.addStretch(1)
        self.column.addWidget(self.buttons)
        self.recolour()

    def recolour(self) -> None:
        """Take the colours of the scheme in use."""
        own = QPalette(self.wrong.palette())
        own.setColor(QPalette.ColorRole.WindowText, QColor(palette.current().error_text))
        self.wrong.setPalette(own)

    def add_row(self, words: str, field: QWidget | QLayout, buddy: QWidget | None = None) -> None:
        """A row of the form; ``buddy`` is what the label names where the field is a layout."""
        label = PlainLabel(words, self)
        named = buddy if buddy is not None else field
        if isinstance(named, QWidget) and words:
            label.setBuddy(named)
        if isinstance(field, QWidget):
            self.form.addRow(label, field)
        else:
            self.form.addRow(label, field)

    def submit(self) -> None:
        """The main button was pressed."""
        raise NotImplementedError

    def say_wrong(self, text: str) -> None:
        """Say what is wrong, in a sentence; nothing hides it."""
        self.wrong.setText(f"✗ {text}" if text else "")
        self.wrong.setVisible(bool(text))
        if text:
            self._grow()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _grow(self) -> None:
        """Make room for the sentence, so that nothing above it is squeezed."""
        self.column.activate()
        needed = self.column.totalHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)

    def passphrase_field(self) -> QLineEdit:
        """A field whose text is hidden."""
        field = QLineEdit(self)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        return field

    def show_box(self, *fields: QLineEdit) -> QCheckBox:
        """A box that shows what is typed."""
        box = QCheckBox(self.tr("&Show what I type"), self)

        def show(*_: object) -> None:
            mode = QLineEdit.EchoMode.Normal if box.isChecked() else QLineEdit.EchoMode.Password
            for field in fields:
                field.setEchoMode(mode)

        box.toggled.connect(show)
        return box
