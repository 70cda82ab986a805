"""The employers from whom a return is awaited, typed or pasted one a line."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from models.issues import UnusableInput
from ui.dialogs.form import FormDialog
from ui.session import Session
from ui.widgets.plain_label import PlainLabel


class AwaitedDialog(FormDialog):
    """Adds employers by name, as one undoable step."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Employers awaited"))
        self.main_button.setText(self.tr("Add these employers"))
        self._session = session
        self.names = QPlainTextEdit(self)
        self.names.setTabChangesFocus(True)
        self.names.setMinimumSize(420, 200)
        label = PlainLabel(
            self.tr("&One employer a line, as it will be called in its return:"), self, wrap=True
        )
        label.setBuddy(self.names)
        self.names.setAccessibleName(self.tr("Employers, one a line"))
        self.column.insertWidget(0, label)
        self.column.insertWidget(1, self.names, 20)

    def submit(self) -> None:
        """Add them, or say what stands in the way."""
        from bargain.quality.awaited import add_awaited

        sector = self._session.sector
        if sector is None:
            return
        try:
            changed = add_awaited(sector, self.names.toPlainText().splitlines())
        except UnusableInput as unusable:
            self.say_wrong(str(unusable))
            return
        self._session.change_sector(changed, self.tr("Add awaited employers"))
        self.accept()
