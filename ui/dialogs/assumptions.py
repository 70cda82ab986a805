"""The register of assumptions in a window of its own, over any page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ui.pages.assumptions import AssumptionsTab

if TYPE_CHECKING:
    from ui.session import Session


class AssumptionsDialog(QDialog):
    """Changes count at once and can be undone; there is nothing to confirm."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Assumptions"))
        self.finished.connect(self.deleteLater)
        self.register = AssumptionsTab(session, self)
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        for button in (self.register.save, self.register.remove, self.register.add):
            button.setAutoDefault(False)  # Enter records the field it is pressed in
        column = QVBoxLayout(self)
        column.addWidget(self.register, 1)
        column.addWidget(buttons)
        self.resize(1060, 490)
