"""Shows a new recovery key once, and stays until its page is printed or stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.dialogs.form import FormDialog
from ui.widgets.recovery_page import RecoveryPage


class RecoveryKeyDialog(FormDialog):
    """``then`` is called with the key when the person says that the page is safe; cancelling forgets the key."""

    def __init__(
        self, file_name: str, folder: Path, then: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Recovery key"), self.tr("Carry on"), parent)
        self._then = then
        self.page = RecoveryPage(file_name, folder, self)
        self.page.refused.connect(self.say_wrong)
        self.page.stored.toggled.connect(self.main_button.setEnabled)
        self.main_button.setEnabled(False)
        self.column.insertWidget(0, self.page)
        self.resize(600, 330)

    def submit(self) -> None:
        """The page is safe: go on."""
        if not self.page.stored.isChecked():
            return
        self._then(self.page.recovery_key)
        self.accept()
