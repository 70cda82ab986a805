"""Unlocks a sector file: its passphrase or recovery key, and what can be told of it before: work that a crash had
kept from it, who else has it open. Says in the same place why it did not open.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from models.issues import UnusableInput
from ui.dialogs.form import FormDialog
from ui.session import Session
from ui.widgets.caps_note import CapsNote
from ui.widgets.plain_label import PlainLabel, plain_tip

if TYPE_CHECKING:
    from bargain.storage.outside import Outside


class PassphraseDialog(FormDialog):
    """Stays until the file is open or the person gives up. ``mend`` takes over for a damaged file."""

    def __init__(
        self,
        session: Session,
        path: Path,
        mend: Callable[[Path, Callable[[str], object]], object],
        parent: QWidget | None = None,
        *,
        recover: bool = True,
    ) -> None:
        super().__init__(self.tr("Open a sector"), self.tr("Open"), parent)
        self._session = session
        self._path = path
        self._mend = mend
        self._is_waiting = False
        name = PlainLabel(path.name, self, bold=True)
        name.setToolTip(plain_tip(str(path)))
        self.passphrase = self.passphrase_field()
        self.facts = PlainLabel("", self, wrap=True)
        self.facts.hide()
        self.with_work = QRadioButton("", self)
        self.as_saved = QRadioButton(
            self.tr("As it was &saved last; that work is kept among the earlier versions"), self
        )
        self._choice = QButtonGroup(self)
        for at, button in enumerate((self.with_work, self.as_saved)):
            self._choice.addButton(button, at)
            button.hide()
        (self.with_work if recover else self.as_saved).setChecked(True)
        self.add_row(self.tr("File:"), name)
        self.add_row(self.tr("&Passphrase or recovery key:"), self.passphrase)
        self.add_row("", CapsNote(self.passphrase, parent=self))
        self.add_row("", self.show_box(self.passphrase))
        self.column.insertWidget(1, self.facts)
        self.column.insertWidget(2, self.with_work)
        self.column.insertWidget(3, self.as_saved)
        self.resize(520, 200)
        self.passphrase.setFocus()
        self._look()

    def submit(self) -> None:
        """Try the passphrase."""
        if not self.passphrase.text():
            self.say_wrong(self.tr("Type the passphrase of this file, or its recovery key."))
            return
        self.say_wrong("")
        self._wait(is_waiting=True)
        self._session.sector_changed.connect(self._opened)
        self._session.progressed.connect(self._ended)
        self._session.open(
            self._path,
            self.passphrase.text(),
            on_failed=self._failed,
            recover=not self.as_saved.isChecked(),
        )

    def reject(self) -> None:
        """Give up, and stop what is under way."""
        if self._is_waiting:
            self._session.stop_opening()
        super().reject()

    def _look(self) -> None:
        """What can be seen from outside; a file that can't be looked at is refused when it is opened."""
        path = self._path

        def work(_: object) -> Outside | None:
            from bargain.storage.outside import look

            try:
                return look(path)
            except UnusableInput:
                return None

        self._session.tasks.start(work, on_done=self._show_outside, on_failed=self._session.report_fault)

    def _show_outside(self, outside: Outside | None) -> None:
        if outside is None or self.isHidden():
            return
        if outside.damage:
            self._to_copies()
            return
        if outside.holder is not None and not outside.holder.is_gone:
            self.facts.setText(f"⚠ {outside.holder.sentence()}")
            self.facts.show()
        if outside.unfinished is not None:
            from ui.dialogs.earlier_versions import moment

            text = self.tr("With the &work up to {time} that was not closed properly")
            self.with_work.setText(text.format(time=moment(outside.unfinished)))
            self.with_work.show()
            self.as_saved.show()
        self._grow()

    def _opened(self) -> None:
        if self._session.path == self._path:
            self.passphrase.clear()
            self.accept()

    def _failed(self, error: UnusableInput) -> None:
        from bargain.storage.refusals import DamagedFileError, WrongPassphraseError

        self._session.sector_changed.disconnect(self._opened)
        if isinstance(error, DamagedFileError):
            self._to_copies()
            return
        wrong = self.tr("That passphrase doesn't open this sector. Passphrases are case-sensitive.")
        self.say_wrong(wrong if isinstance(error, WrongPassphraseError) else str(error))
        self.passphrase.selectAll()
        self.passphrase.setFocus()

    def _ended(self, step: object) -> None:
        """Opening ended, whichever way."""
        if step is None:
            self._session.progressed.disconnect(self._ended)
            self._wait(is_waiting=False)

    def _to_copies(self) -> None:
        path, session, mend = self._path, self._session, self._mend
        self.accept()
        mend(path, lambda secret: session.open(path, secret))

    def _wait(self, *, is_waiting: bool) -> None:
        self._is_waiting = is_waiting
        self.main_button.setEnabled(not is_waiting)
        self.main_button.setText(self.tr("Opening…") if is_waiting else self.tr("Open"))
        self.passphrase.setEnabled(not is_waiting)
