"""Locking and unlocking: covers the window at once, saves, lets the file go, and opens it again where work stopped.

A locked window holds no sector: what was open is saved and dropped from memory as far as Python allows. Only where
saving fails is it kept, behind the lock, until it is saved.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog

from models.issues import UnusableInput
from ui import faults
from ui.lock.page import LockPage
from ui.notices import Notice
from ui.session import Session
from ui.tasks import Report

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Lock(QObject):
    """``changed`` when the window locks or is free again; ``is_locked`` says which."""

    changed = Signal()

    def __init__(self, session: Session, page: LockPage, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._page = page
        self._path: Path | None = None
        self._is_sample = False
        self.is_locked = False
        page.tried.connect(self._try)
        page.left.connect(self._leave)
        session.saved_changed.connect(self._drop_when_saved)
        session.sector_changed.connect(self._opened)

    def lock(self) -> None:
        """Lock now; nothing happens where nothing is open, or all is locked already."""
        sector, path = self._session.sector, self._session.path
        if self.is_locked or sector is None or path is None:
            return
        self._path, self._is_sample, self.is_locked = path, sector.is_sample, True
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.reject()
        self._page.begin(is_sample=self._is_sample)
        self.changed.emit()
        self._page.take_focus()
        self._session.flush(self._drop)

    def take_notice(self, notice: Notice) -> None:
        """A message that came while locked: what could not be saved is said on the lock page."""
        self._page.show_unsaved(notice)

    def _drop_when_saved(self) -> None:
        if self.is_locked and self._session.sector is not None and self._session.is_saved:
            self._drop()

    def _drop(self) -> None:
        if self.is_locked and self._session.sector is not None:
            self._page.show_unsaved(None)
            self._session.close()

    def _try(self, secret: str) -> None:
        if self._path is None:
            return
        self._page.wait(is_waiting=True)
        if self._session.sector is None:
            self._session.open(self._path, None if self._is_sample else secret, on_failed=self._failed)
        else:
            self._check(secret)

    def _check(self, secret: str) -> None:
        """Still in memory because saving failed: the passphrase is tried on the file that is there."""
        path, is_sample = self._path, self._is_sample

        def work(_: Report) -> None:
            if path is not None and not is_sample:
                open_to_check(path, secret)

        self._session.tasks.start(
            work,
            on_done=lambda _: self._free(),
            on_failed=self._failed,
            on_cancelled=lambda: self._page.wait(is_waiting=False),
        )

    def _failed(self, error: Exception) -> None:
        self._page.wait(is_waiting=False)
        self._page.say_wrong(words_of(error))

    def _opened(self) -> None:
        if self.is_locked and self._session.sector is not None and self._session.path == self._path:
            self._free()

    def _free(self) -> None:
        self.is_locked = False
        self._page.begin(is_sample=False)
        self.changed.emit()
        if not self._session.is_saved:
            self._session.save_now()  # and if that fails again, say so where it can be read

    def _leave(self) -> None:
        """Leave the file locked and go to the start page; not before its last change is saved."""
        if self._session.sector is not None:
            self._page.say_wrong(self.tr("The last change is not saved yet. Save it first, or unlock."))
            return
        self._free()


def words_of(error: Exception) -> str:
    """What the lock page may say: why, but not the name of the file."""
    from bargain.storage.refusals import WrongPassphraseError

    if isinstance(error, WrongPassphraseError):
        return QCoreApplication.translate(
            "Lock",
            "That passphrase doesn't open this sector. Passphrases are case-sensitive.",
        )
    if isinstance(error, UnusableInput):
        return QCoreApplication.translate(
            "Lock",
            "The file can't be opened just now. Go to the start page and open it from there to see why.",
        )
    faults.record(error)
    return QCoreApplication.translate("Lock", "The app made a mistake ({kind}). Try again.").format(
        kind=type(error).__name__
    )


def open_to_check(path: Path, secret: str) -> None:
    """Whether a passphrase or recovery key opens a file; raises UnusableInput where it does not."""
    from bargain.storage.sector_file import SectorFile

    SectorFile.open(path, secret, lock=False)
