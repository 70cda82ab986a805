"""Chooses a new passphrase for the open file. The file is not sealed anew: its key is wrapped anew, which is instant."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from models.issues import Severity
from ui.dialogs.form import FormDialog
from ui.session import Session
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.plain_label import PlainLabel


class ChangePassphraseDialog(FormDialog):
    """Two fields and what follows from the change."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Change the passphrase"), self.tr("Change it"), parent)
        self._session = session
        self.secret = NewPassphrase(self)
        self.secret.add_to(self.form, self.tr("&New passphrase:"), self.tr("The same &again:"))
        note = PlainLabel(
            self.tr(
                "The recovery key stays as it is. Earlier copies of the file keep the passphrase that they were made with."
            ),
            self,
            wrap=True,
        )
        note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.add_row("", note)
        self.resize(560, 230)
        self.secret.first.setFocus()

    def submit(self) -> None:
        """Change it, and save at once."""
        wrong = self.secret.what_is_wrong()
        self.say_wrong(wrong)
        if wrong:
            return
        self._session.file_desk.change_passphrase(self.secret.text)
        self.secret.clear()
        self.accept()
        self._session.notice(
            self.tr("The passphrase is changed. From now on only the new one opens this file."), Severity.NOTE
        )
