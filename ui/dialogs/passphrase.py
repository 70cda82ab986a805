"""Asks for the passphrase of a sector file, and says in the same place why it did not open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.dialogs.form import FormDialog
from ui.session import Session
from ui.widgets.plain_label import PlainLabel, plain_tip


class PassphraseDialog(FormDialog):
    """Stays until the file is open or the person gives up."""

    def __init__(self, session: Session, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Open a sector"), self.tr("Open"), parent)
        self._session = session
        self._path = path
        self._is_waiting = False
        name = PlainLabel(path.name, self, bold=True)
        name.setToolTip(plain_tip(str(path)))
        self.passphrase = self.passphrase_field()
        self.add_row(self.tr("File:"), name)
        self.add_row(self.tr("&Passphrase:"), self.passphrase)
        self.add_row("", self.show_box(self.passphrase))
        self.resize(440, 190)
        self.passphrase.setFocus()

    def submit(self) -> None:
        """Try the passphrase."""
        if not self.passphrase.text():
            self.say_wrong(self.tr("Type the passphrase of this file."))
            return
        self.say_wrong("")
        self._wait(is_waiting=True)
        self._session.sector_changed.connect(self._opened)
        self._session.open(self._path, self.passphrase.text(), on_failed=self._failed)

    def reject(self) -> None:
        """Give up, and stop what is under way."""
        if self._is_waiting:
            self._session.stop_opening()
        super().reject()

    def _opened(self) -> None:
        if self._session.path == self._path:
            self.passphrase.clear()
            self.accept()

    def _failed(self, text: str) -> None:
        self._session.sector_changed.disconnect(self._opened)
        self._wait(is_waiting=False)
        self.say_wrong(text)
        self.passphrase.selectAll()
        self.passphrase.setFocus()

    def _wait(self, *, is_waiting: bool) -> None:
        self._is_waiting = is_waiting
        self.main_button.setEnabled(not is_waiting)
        self.main_button.setText(self.tr("Opening…") if is_waiting else self.tr("Open"))
        self.passphrase.setEnabled(not is_waiting)
