"""Page 3, protect it: the passphrase twice, and the recovery page that must be printed or stored."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.new_sector.page import Page, form_of
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.recovery_page import RecoveryPage


class ProtectPage(Page):
    """There is no way past it: every sector's file may come to hold staff data."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.secret = NewPassphrase(self)
        self.recovery = RecoveryPage(
            "",
            folder,
            self,
            why=self.tr(
                "If the passphrase is lost, only this recovery key opens the file. We cannot recover either of them. Nobody can. "
                "The key is shown only this once."
            ),
        )
        form = form_of()
        self.secret.add_to(form, self.tr("&Passphrase:"), self.tr("The same &again:"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addSpacing(4)
        column.addWidget(self.recovery)
        column.addStretch(1)

    def enter(self) -> None:
        """The passphrase comes first."""
        self.secret.first.setFocus()

    def wrong_field(self) -> QWidget:
        """The passphrase, the same again, or the tick of a page that is safe."""
        secret = self.secret
        if not secret.what_is_wrong():
            return self.recovery.stored
        return secret.again if secret.is_long_enough else secret.first

    def what_is_wrong(self) -> str:
        """A passphrase that can be taken, and a page that is safe."""
        wrong = self.secret.what_is_wrong()
        if wrong:
            return wrong
        if not self.recovery.stored.isChecked():
            return self.tr("Print or save the recovery key, store it apart, and tick that you have.")
        return ""
