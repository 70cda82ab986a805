"""Saving after every change: into the journal at once, and after 400 ms without changes into the file itself.

The journal has a thread of its own, so that what was done is safe although the worker is busy with something
long; a change is painted once the journal has it, so that a crash loses nothing that was seen. Saves are made in the worker, one at a time. The passphrase is held only until the first save has made the
file's key from it; the file is compared with what was last read or written, so that nobody's work is written over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTime, QTimer, Signal

from models.issues import Severity, UnusableInput
from ui import faults
from ui.notices import Notice, NoticeButton
from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from bargain.storage.history import Step
    from bargain.storage.sector_file import Change, Saved, SectorFile
    from models.sector import Sector

PAUSE_MS = 400
JOURNAL_SECONDS = 0.04  # how long a change waits for the journal before it is painted: a few ms are usual
NOTICE_KEY = "saving"

Entries = Sequence["Step | Change"]


class Saver(QObject):
    """Knows what the file holds, and brings it up to date."""

    changed = Signal()  # text is new
    noticed = Signal(object)  # a Notice
    place_wanted = Signal()  # the person wants to save somewhere else
    theirs_wanted = Signal()  # the person wants what somebody else put into the file

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.file: SectorFile | None = None
        self._first: tuple[Path, str | None, Sector, str | None] | None = (
            None  # a file that is still to be made
        )
        self._entries: Entries = ()
        self._at = 0
        self._wanted = 0  # counts what was done …
        self._in_file = 0  # … and how far the file has it
        self._saving = False
        self._place: Path | None = None  # save there from now on
        self._take_ours = False
        self._guards_sample = False  # the sample as it was made: changed only in a copy
        self._asked_for_copy = False
        self._waiting: list[Callable[[], object]] = []
        self._journal = ThreadPoolExecutor(max_workers=1)
        self.text = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.save_now)

    @property
    def is_open(self) -> bool:
        """Whether there is a file, or one is to be made."""
        return self.file is not None or self._first is not None

    @property
    def is_saved(self) -> bool:
        """Whether the file holds everything as it is, or is only looked at."""
        return (self._in_file == self._wanted and not self._saving) or self.read_only != ""

    @property
    def read_only(self) -> str:
        """Why the file may only be looked at; empty where it may be changed."""
        return "" if self.file is None else self.file.read_only

    def begin_new(self, path: Path, passphrase: str | None, sector: Sector, recovery_key: str | None) -> None:
        """A file is to be made, and saved at once."""
        self._forget()
        self._first = (path, passphrase, sector, recovery_key)
        self._wanted += 1
        self.save_now()

    def begin_opened(self, file: SectorFile) -> None:
        """A file was opened: it holds the sector, but for what its journal gave back or an older form of it."""
        self._forget()
        self.file = file
        self._entries, self._at = file.steps, file.at
        from bargain.commands.sector_files import is_sample_itself

        self._guards_sample = not file.read_only and is_sample_itself(file)
        if file.read_only:
            self._say(self.tr("Only to be read"))
        elif file.is_saved:
            self._say(self.tr("Saved"))
        else:
            self.want_save()

    def end(self) -> None:
        """The file was closed."""
        file, is_sample = self.file, self._guards_sample
        self._forget()
        if file is not None:  # what was tried out in the sample, and not saved as a copy, is not wanted
            self._journal.submit(file.discard if is_sample else file.close).result()
        self._say("")

    def shut_down(self) -> None:
        """Nothing more will be saved."""
        self.end()
        self._journal.shutdown()

    def set_history(self, entries: Entries, at: int) -> None:
        """What the file should hold: every step, and how many are done. It goes into the journal at once."""
        self._entries, self._at = entries, at
        self.want_save()
        file = self.file
        if file is not None and not file.read_only:

            def note() -> None:
                if entries is self._entries:  # else a newer one is on its way
                    with suppress(UnusableInput):  # saving meets the same refusal, and says so
                        file.mirror(entries, at)

            noted = self._journal.submit(note)
            with suppress(TimeoutError):  # a slow disk must not stop the hand: the journal follows then
                noted.result(JOURNAL_SECONDS)

    def wait_for_journal(self) -> None:
        """Wait until the file knows every change made so far. Not for the window's own thread."""
        self._journal.submit(lambda: None).result()

    def back_up(self, kind: str) -> None:
        """Keep a copy of the file as it is, before something large is done to it."""
        file = self.file
        if file is not None and not file.read_only:
            self._journal.submit(file.back_up, kind)

    def want_save(self) -> None:
        """There is something to save: after a pause without changes."""
        self._wanted += 1
        if self.is_open and not self.read_only:
            self._say(self.tr("Saving…"))
            self._pause.start()

    def save_now(self) -> None:
        """Save, unless a save is under way: then another follows it."""
        self._pause.stop()
        if not self.is_open or self._saving or self.is_saved:
            self._answer()
            return
        if self._guards_sample and self._place is None:
            self._ask_for_copy()
            return
        job = _Job(self.file, self._first, self._entries, self._at, self._place, self._take_ours)
        wanted = self._wanted

        def done(result: tuple[SectorFile, Saved]) -> None:
            self._saving = False
            made, saved = result
            if self._first is job.first and self.file is job.file:  # still the same one
                self.file, self._first, self._place, self._take_ours = made, None, None, False
                self._guards_sample = False
                self._in_file = self._in_file if saved.unconfirmed else wanted
            if saved.unconfirmed:
                self._not_confirmed(saved.unconfirmed)
                return
            self._say(self.tr("Saved {time}").format(time=_now()))
            if not self.is_saved:
                self.save_now()
            self._answer()

        self._saving = True
        self._say(self.tr("Saving…"))
        self._tasks.start(
            lambda _: write(job), on_done=done, on_failed=self._not_saved, on_cancelled=self._stopped
        )

    def flush(self, then: Callable[[], object]) -> None:
        """Call ``then`` when all is saved; if saving fails, a notice comes and ``then`` never does."""
        if not self.is_open or self.is_saved:
            then()
            return
        self._waiting.append(then)
        self.save_now()

    def save_elsewhere(self, path: Path) -> None:
        """Save into another file from now on; one that is there already is written over."""
        if self._guards_sample and self.file is not None and path == self.file.path:
            self._asked_for_copy = False
            self._ask_for_copy()
            return
        if self._first is not None:
            self._first = (path, *self._first[1:])
        self._place = path
        self._wanted += 1
        self.save_now()

    def keep_mine(self) -> None:
        """Write over the file, whatever it holds; that goes to the backups."""
        self._take_ours = True
        self.save_now()

    def give_way(self) -> None:
        """What is unsaved here is not to be saved into the file: somebody else's stands there."""
        self._pause.stop()
        self._in_file = self._wanted

    def _forget(self) -> None:
        self._pause.stop()
        self.file, self._first, self._place, self._take_ours = None, None, None, False
        self._guards_sample = self._asked_for_copy = False
        self._entries, self._at = (), 0
        self._in_file = self._wanted
        self._waiting.clear()

    def _ask_for_copy(self) -> None:
        """The sample stays as it is: ask once for another name, and again when it is to be left."""
        self._say(self.tr("Not saved: sample"))
        waiting, self._waiting = self._waiting, []
        if self._asked_for_copy and not waiting:
            return
        self._asked_for_copy = True
        buttons = [NoticeButton(self.tr("Save a copy…"), self.place_wanted.emit)]
        if waiting:

            def leave() -> None:
                self.give_way()
                for then in waiting:
                    then()

            buttons.append(NoticeButton(self.tr("Go on without saving"), leave))
        text = self.tr(
            "The sample stays as it is. To keep your changes, save a copy under a name of its own."
        )
        self.noticed.emit(Notice(text, Severity.NOTE, tuple(buttons), key=NOTICE_KEY))

    def _not_confirmed(self, reason: str) -> None:
        """The file is in place; saving again may confirm it. Until then it does not count as saved."""
        self._waiting.clear()
        self._say(self.tr("Saved {time}, not confirmed").format(time=_now()))
        again = NoticeButton(self.tr("Save again"), self.save_now)
        elsewhere = NoticeButton(self.tr("Save somewhere else…"), self.place_wanted.emit)
        self.noticed.emit(Notice(reason, Severity.WARNING, (again, elsewhere), key=NOTICE_KEY))

    def _not_saved(self, error: Exception) -> None:
        from bargain.storage.refusals import ChangedElsewhereError

        self._saving = False
        self._waiting.clear()
        self._place = None
        self._say(self.tr("Not saved"))
        buttons = [NoticeButton(self.tr("Try again"), self.save_now)]
        buttons.append(NoticeButton(self.tr("Save somewhere else…"), self.place_wanted.emit))
        if isinstance(error, ChangedElsewhereError):
            buttons = [
                NoticeButton(self.tr("Keep mine"), self.keep_mine),
                NoticeButton(self.tr("Keep theirs"), self.theirs_wanted.emit),
                NoticeButton(self.tr("Keep both…"), self.place_wanted.emit),
            ]
        self.noticed.emit(Notice(self._reason(error), Severity.ERROR, tuple(buttons), key=NOTICE_KEY))

    def _reason(self, error: Exception) -> str:
        """Why nothing was saved; what the file's own refusals say is whole already, and shown as it is."""
        if isinstance(error, UnusableInput):
            return str(error)
        safe = self.tr("{reason} Your work is still here, in this window.")
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
        if not self.is_open or self.is_saved:
            waiting, self._waiting = self._waiting, []
            for then in waiting:
                then()

    def _say(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.changed.emit()


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """What one save is to do: with the file that is open, or one that is first to be made."""

    file: SectorFile | None
    first: tuple[Path, str | None, Sector, str | None] | None
    entries: Entries
    at: int
    place: Path | None
    take_ours: bool


def write(job: _Job) -> tuple[SectorFile, Saved]:
    """Bring a file up to date, or make it. Runs in the worker."""
    if job.file is not None:
        return job.file, _written(job.file, job)
    file = _made(job)
    try:
        return file, _written(file, job)
    except UnusableInput:
        file.close()  # the next try makes it anew
        raise


def _written(file: SectorFile, job: _Job) -> Saved:
    if not file.read_only:
        file.mirror(job.entries, job.at)
    if job.place is not None and job.place != file.path:
        return file.save_to(job.place)
    return file.keep_mine() if job.take_ours else file.save()


def _made(job: _Job) -> SectorFile:
    from bargain.storage.sector_file import SectorFile

    if job.first is None:
        raise ValueError("there is no file to save into")
    path, passphrase, sector, recovery_key = job.first
    return SectorFile.create(path, sector, passphrase, recovery_key=recovery_key)


def _now() -> str:
    return QTime.currentTime().toString("HH:mm")
