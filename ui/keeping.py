"""The File menu's verbs about keeping a file safe: earlier versions, keys, erasing, a damaged file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from models.issues import Severity
from ui.session import Session
from ui.tasks import Report

if TYPE_CHECKING:
    from bargain.storage.backups import Backup
    from bargain.storage.outside import Outside
    from bargain.storage.versions import Version
    from models.sector import Sector


class Keeping(QObject):
    """``show_beside`` opens a second window on a sector that may only be read."""

    def __init__(self, session: Session, window: QWidget, show_beside: Callable[[Sector, str], None]) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._show_beside = show_beside

    def earlier_versions(self) -> None:
        """List what can be gone back to."""
        file = self._session.file
        if file is None:
            self._not_yet()
            return
        self._session.tasks.start(
            lambda _: file.versions(), on_done=self._list_versions, on_failed=self._session.report_fault
        )

    def history(self) -> None:
        """List the steps that can be undone and redone, and go to one."""
        from ui.dialogs.history import HistoryDialog

        HistoryDialog(self._session.undo, self._window).open()

    def change_passphrase(self) -> None:
        """Choose another passphrase."""
        if self._may_change_keys():
            from ui.dialogs.change_passphrase import ChangePassphraseDialog

            ChangePassphraseDialog(self._session, self._window).open()

    def new_recovery_key(self) -> None:
        """Make a recovery key; one that was made before is then worthless."""
        path = self._session.path
        if self._may_change_keys() and path is not None:
            from ui.dialogs.recovery_key import RecoveryKeyDialog

            take = self._session.file_desk.set_recovery_key
            RecoveryKeyDialog(path.name, path.parent, take, self._window).open()

    def how_long(self) -> None:
        """How long staff data is kept, import by import."""
        if self._session.sector is not None:
            from ui.dialogs.how_long import HowLongDialog

            HowLongDialog(self._session, self.erase_over, self.erase_staff, self._window).open()

    def erase_over(self) -> None:
        """Take out the staff whose last day has passed."""
        from bargain.retention import over

        sector = self._session.sector
        if sector is None or not self._may_change_keys():
            return
        overdue = over(sector, self._session.today())
        if overdue:
            from ui.dialogs.erase_staff import EraseStaffDialog

            EraseStaffDialog(self._session, self._window, overdue=overdue).open()

    def erase_staff(self) -> None:
        """Take the staff data out for good."""
        sector = self._session.sector
        if sector is None or not self._may_change_keys():
            return
        if not len(sector.workforce):
            self._session.notice(
                self.tr("There is no staff data in this file, so there is nothing to erase.")
            )
            return
        from ui.dialogs.erase_staff import EraseStaffDialog

        EraseStaffDialog(self._session, self._window).open()

    def mend(self, path: Path, then: Callable[[str], object]) -> None:
        """Offer the earlier copies of a damaged file. ``then`` is called with the passphrase once one is in its place."""

        def work(_: Report) -> Outside:
            from bargain.storage.outside import look

            return look(path)

        def offer(outside: Outside) -> None:
            from ui.dialogs.damaged import DamagedDialog

            copies = tuple(one for one in outside.backups if one.kind != "damaged")

            def put_back(copy: Backup, secret: str) -> None:
                def opened(_: None) -> None:
                    dialog.accept()
                    then(secret)

                def failed(error: Exception) -> None:
                    dialog.failed(str(error))

                self._session.tasks.start(
                    lambda _: exchange(path, copy, secret), on_done=opened, on_failed=failed
                )

            dialog = DamagedDialog(path, copies, outside.newest_good, put_back, self._window)
            dialog.open()

        self._session.tasks.start(work, on_done=offer, on_failed=self._session.report_fault)

    def _list_versions(self, versions: tuple[Version, ...]) -> None:
        from ui.dialogs.earlier_versions import EarlierVersionsDialog

        desk = self._session.file_desk
        EarlierVersionsDialog(
            versions,
            look=self._look,
            restore=None if self._session.read_only else desk.restore,
            parent=self._window,
        ).open()

    def _look(self, version: Version) -> None:
        words = self.tr("This is the version of {time}. You can look, but not change it.")
        text = words.format(time=moment(version.at))
        self._session.file_desk.look_at(version, lambda sector: self._show_beside(sector, text))

    def _may_change_keys(self) -> bool:
        sector = self._session.sector
        if self._session.file is None:
            self._not_yet()
            return False
        if self._session.read_only:
            self._session.notice(self._session.read_only, Severity.WARNING, key="read only")
            return False
        if sector is not None and sector.is_sample:
            self._session.notice(
                self.tr("The sample has no secrets, so it has no keys and nothing to erase.")
            )
            return False
        return True

    def _not_yet(self) -> None:
        self._session.notice(self.tr("This works as soon as the file has been saved for the first time."))


def exchange(path: Path, copy: Backup, secret: str) -> None:
    """Put a copy in a damaged file's place. Runs in the worker; raises UnusableInput where it can't be done."""
    from bargain.storage.outside import put_back

    put_back(path, copy, secret)


def moment(at: datetime) -> str:
    """A time on this person's own clock."""
    from ui.dialogs.earlier_versions import moment as words

    return words(at)
