"""Saving after every change: a pause of 400 ms, then the whole file, in the worker, one save at a time.

The passphrase is held only until the first save has made the file's key from it. Before a save the file is
compared with what was last read or written, so that nobody's work is written over unseen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTime, QTimer, Signal

from models.issues import Severity, UnusableInput
from ui import faults
from ui.notices import Notice, NoticeButton
from ui.tasks import Report, TaskRunner

if TYPE_CHECKING:
    from bargain.storage.keys import SealKey
    from models.sector import Sector

PAUSE_MS = 400
NOTICE_KEY = "saving"


class ChangedElsewhere(UnusableInput):
    """The file is not what we last read or wrote."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a save left behind: the key that seals again, the SHA-256 of the file, and whether it is sure to stay."""

    key: SealKey
    sha256: str
    unconfirmed: str = ""  # what to know where the disk has not confirmed it yet


class Saver(QObject):
    """Knows what the file holds, and brings it up to date."""

    changed = Signal()  # text is new
    noticed = Signal(object)  # a Notice
    place_wanted = Signal()  # the person wants to save somewhere else

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._path: Path | None = None
        self._secret: str | SealKey = ""
        self._on_disk = ""  # SHA-256 of the file as we last knew it; empty: there should be none
        self._sector: Sector | None = None
        self._in_file: Sector | None = None
        self._saving = False
        self._waiting: list[Callable[[], object]] = []
        self.text = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.save_now)

    @property
    def is_saved(self) -> bool:
        """Whether the file holds the sector as it is."""
        return self._sector is self._in_file and not self._saving

    def begin_new(self, path: Path, passphrase: str, sector: Sector) -> None:
        """A file is to be made, and saved at once."""
        self._path, self._secret, self._on_disk = path, passphrase, ""
        self._sector, self._in_file = sector, None
        self._waiting.clear()
        self.save_now()

    def begin_opened(self, path: Path, key: SealKey, sha256: str, sector: Sector) -> None:
        """A file was opened: it holds the sector."""
        self._path, self._secret, self._on_disk = path, key, sha256
        self._sector, self._in_file = sector, sector
        self._waiting.clear()
        self._say(self.tr("Saved"))

    def end(self) -> None:
        """The file was closed."""
        self._pause.stop()
        self._path, self._secret, self._on_disk = None, "", ""
        self._sector, self._in_file = None, None
        self._say("")

    def set_sector(self, sector: Sector) -> None:
        """What the file should hold."""
        self._sector = sector

    def save_soon(self) -> None:
        """Save after a pause without changes."""
        if self._path is not None and not self.is_saved:
            self._say(self.tr("Saving…"))
            self._pause.start()

    def save_now(self) -> None:
        """Save, unless a save is under way: then another follows it."""
        self._pause.stop()
        path, secret, sector, expected = self._path, self._secret, self._sector, self._on_disk
        if path is None or sector is None or self._saving or self._in_file is sector:
            self._answer()
            return
        elsewhere = self.tr("Not saved – another program changed {name} since it was opened here.")
        elsewhere = elsewhere.format(name=path.name)

        def work(_: Report) -> Written:
            if digest(path) not in {expected, ""}:
                raise ChangedElsewhere(elsewhere)
            return write(path, sector, secret)

        def done(written: Written) -> None:
            self._saving = False
            if self._path == path:
                self._secret, self._on_disk = written.key, written.sha256
                self._in_file = None if written.unconfirmed else sector
            if written.unconfirmed:
                self._not_confirmed(written.unconfirmed)
                return
            self._say(self.tr("Saved {time}").format(time=_now()))
            if self._in_file is not self._sector:
                self.save_now()
            self._answer()

        self._saving = True
        self._say(self.tr("Saving…"))
        self._tasks.start(work, on_done=done, on_failed=self._not_saved, on_cancelled=self._stopped)

    def flush(self, then: Callable[[], object]) -> None:
        """Call ``then`` when all is saved; if saving fails, a notice comes and ``then`` never does."""
        if self._path is None or self.is_saved:
            then()
            return
        self._waiting.append(then)
        self.save_now()

    def save_elsewhere(self, path: Path) -> None:
        """Save into another file from now on; one that is there already is written over."""
        self._path = path
        self._take_as_ours()

    def _take_as_ours(self) -> None:
        """Write over the file, whatever it holds."""
        if self._path is not None:
            self._on_disk = digest(self._path)
            self._in_file = None
            self.save_now()

    def _not_confirmed(self, reason: str) -> None:
        """The file is in place; saving again may confirm it. Until then it does not count as saved."""
        self._waiting.clear()
        self._say(self.tr("Saved {time}, not confirmed").format(time=_now()))
        again = NoticeButton(self.tr("Save again"), self.save_now)
        elsewhere = NoticeButton(self.tr("Save somewhere else…"), self.place_wanted.emit)
        self.noticed.emit(Notice(reason, Severity.WARNING, (again, elsewhere), key=NOTICE_KEY))

    def _not_saved(self, error: Exception) -> None:
        self._saving = False
        self._waiting.clear()
        self._say(self.tr("Not saved"))
        again = NoticeButton(self.tr("Try again"), self.save_now)
        if isinstance(error, ChangedElsewhere):
            again = NoticeButton(self.tr("Keep mine"), self._take_as_ours)
        elsewhere = NoticeButton(self.tr("Save somewhere else…"), self.place_wanted.emit)
        text = self._reason(error)
        self.noticed.emit(Notice(text, Severity.ERROR, (again, elsewhere), key=NOTICE_KEY))

    def _reason(self, error: Exception) -> str:
        """Why nothing was saved; what the file's own refusals say is whole already, and shown as it is."""
        if isinstance(error, UnusableInput) and not isinstance(error, ChangedElsewhere):
            return str(error)
        safe = self.tr("{reason} Your work is still here, in this window.")
        if isinstance(error, ChangedElsewhere):
            return safe.format(reason=error)
        if isinstance(error, OSError) and error.strerror:
            return safe.format(
                reason=self.tr("Not saved – the system says “{reason}”.").format(reason=error.strerror)
            )
        faults.record(error)
        mistake = self.tr("Not saved – the app made a mistake ({kind}).")
        return safe.format(reason=mistake.format(kind=type(error).__name__))

    def _stopped(self) -> None:
        self._saving = False

    def _answer(self) -> None:
        if self._path is None or self.is_saved:
            waiting, self._waiting = self._waiting, []
            for then in waiting:
                then()

    def _say(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.changed.emit()


def write(path: Path, sector: Sector, secret: str | SealKey) -> Written:
    """Seal a sector into a file. Runs in the worker."""
    from bargain.storage.container import write_sector
    from bargain.storage.keys import new_seal_key
    from bargain.storage.refusals import NotConfirmedError

    key = new_seal_key(secret) if isinstance(secret, str) else secret
    try:
        write_sector(path, sector, key)
    except NotConfirmedError as unsure:
        return Written(key, digest(path), str(unsure))
    return Written(key, digest(path))


def _now() -> str:
    return QTime.currentTime().toString("HH:mm")


def digest(path: Path) -> str:
    """SHA-256 of a file; empty where there is none (or none that can be read: saving then says why)."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
