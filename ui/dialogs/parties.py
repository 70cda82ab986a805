"""The parties at the table in a window of their own: also before there is any staff data."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from ui.session import Session
from ui.what_if.parties import PartiesEditor


class PartiesDialog(QDialog):
    """Every change is a step of the sector's, so there is nothing to cancel: only to close."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Parties at the table"))
        self.finished.connect(self.deleteLater)
        self.editor = PartiesEditor(session, self)
        buttons = QDialogButtonBox(self)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.setAutoDefault(False)  # Enter records what is typed
        buttons.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.editor)
        column.addWidget(buttons)
        self.resize(760, 440)
