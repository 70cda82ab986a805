"""An open sector file: its history, its journal, its backups and its lock, as one thing that can be asked to act.

``bargain/storage/__init__.py`` lists what callers may use. Nothing here raises for a journal, a backup or a log
that can't be written: the file itself is what counts, and ``problem`` says what went wrong beside it.
"""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bargain.storage import backups, clock, log, signing
from bargain.storage.atomic import digest_of, read_whole, replace_whole
from bargain.storage.backups import Backup
from bargain.storage.codec import to_plain
from bargain.storage.container import (
    FILE_ID_BYTES,
    Opened,
    SealedFile,
    first_contents,
    index_opens,
    open_data,
    refuse_unsuitable,
    seal_contents,
)
from bargain.storage.contents import Contents
from bargain.storage.erasing import Certificate, certificate_for, from_plain_certificate, without_staff
from bargain.storage.history import History, Step, step_of
from bargain.storage.journal import Journal
from bargain.storage.keys import (
    PRODUCTION_COST,
    RECOVERY_SLOT,
    Argon2Cost,
    SealKey,
    has_slot,
    new_seal_key,
    open_to_everybody,
    with_new_passphrase,
    with_recovery_key,
)
from bargain.storage.lock import FileLock, Holder
from bargain.storage.places import folder_of, folders_for
from bargain.storage.recovering import journal_in, put_journal_aside, rebuilt, remove_journals, replay
from bargain.storage.refusals import (
    ChangedElsewhereError,
    DamagedFileError,
    NotConfirmedError,
    NotSavedError,
    ReadOnlyError,
    UnreadJournalError,
)
from bargain.storage.store import Store
from bargain.storage.versions import Version, sector_of, versions_of
from models.frozen import Frozen
from models.sector import Sector

NEWER = "This file was made with a newer version of Bargain. You can read it here; update to change it."


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save left behind. ``unconfirmed`` is a sentence where the disk has not confirmed it yet."""

    at: datetime
    sha256: str
    unconfirmed: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A step that an undo stack keeps: what ``mirror`` takes for steps that are not stored yet."""

    number: int
    at: datetime
    text: str
    sector: Sector
    kind: str = ""


class SectorFile:
    """One open sector file. Every method may be called from any thread; one acts at a time."""

    def __init__(
        self, path: Path, key: SealKey, file_id: str, contents: Contents, *, now: clock.Clock
    ) -> None:
        self.path = path
        self.read_only = ""
        self.holder: Holder | None = None
        self.recovered: tuple[Step, ...] = ()
        self.set_aside: Backup | None = None
        self.problem = ""
        self.migrated_from = 0
        self._now = now
        self._key, self._file_id, self._contents = key, file_id, contents
        self._change = contents.change
        self._saved_history: History | None = None
        self._saved_key: SealKey | None = None
        self._writing = ""
        self._disk = ""
        self._unconfirmed = ""
        self._made: dict[int, Step] = {}
        self._one_at_a_time = threading.RLock()
        self._folder = folder_of(path, file_id)
        self._journal = Journal(self._folder, key.file_key)
        self._lock = FileLock(path)

    # Making and opening

    @classmethod
    def create(
        cls,
        path: Path,
        sector: Sector,
        passphrase: str | None,
        *,
        recovery_key: str | None = None,
        text: str = "New sector",
        now: clock.Clock = clock.now,
        cost: Argon2Cost = PRODUCTION_COST,
    ) -> SectorFile:
        """A file that is to be; nothing is written until ``save``. No passphrase is for the sample only."""
        if passphrase is None:
            if not sector.is_sample:
                raise NotSavedError(
                    "Not saved – a file that may hold staff data needs a passphrase. Choose one."
                )
            key = open_to_everybody(new_seal_key(secrets.token_hex(32), cost), cost)
        else:
            key = new_seal_key(passphrase, cost)
        if recovery_key is not None:
            key = with_recovery_key(key, recovery_key, cost)
        contents = first_contents(sector, key.file_key, text=text, now=now)
        made = cls(path, key, secrets.token_hex(FILE_ID_BYTES), contents, now=now)
        made._disk = _digest_or_nothing(path)
        made._take_lock()
        log.note("made")
        return made

    @classmethod
    def open(
        cls,
        path: Path,
        secret: str | SealKey | None,
        *,
        lock: bool = True,
        recover: bool = True,
        now: clock.Clock = clock.now,
    ) -> SectorFile:
        """Open a file; what a crash kept from it comes back from the journal (unless ``recover`` is false).

        Without ``lock`` it is opened only to be read. Raises UnusableInput that says what is wrong with it.
        """
        data = read_whole(path)
        try:
            found = open_data(data, secret, source=str(path))
        except DamagedFileError:
            log.note("damaged")
            raise
        file_id = found.file_id or hashlib.sha256(f"version 1 {found.writing}".encode()).hexdigest()[:32]
        made = cls(path, found.key, file_id, found.contents, now=now)
        made._take(found, hashlib.sha256(data).hexdigest())
        if found.is_newer:
            made.read_only = NEWER
        elif not lock:
            made.read_only = "This file was opened only to be read."
        else:
            made._take_lock()
        if not made.read_only:
            try:
                made._finish_erasing()
                made._recover(recover=recover)
            except UnreadJournalError:
                made._lock.release()
                raise
            made._count_on()
            made._prepare_migration(found, data)
        log.note("opened_read_only" if made.read_only else "opened", steps=len(made.steps))
        return made

    # What it holds

    @property
    def sector(self) -> Sector:
        """The present sector."""
        return self.history.present.sector()

    @property
    def history(self) -> History:
        """All steps that can be undone and redone."""
        return self._contents.history

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the history, oldest first; the first ``at`` of them are done."""
        return self.history.steps

    @property
    def at(self) -> int:
        """How many of the steps are done."""
        return self.history.at

    @property
    def state(self) -> str:
        """The hash of the present sector: equal sectors have equal hashes."""
        return self.history.present.state

    @property
    def key(self) -> SealKey:
        """The key that opens this file, and its backups, without deriving again."""
        return self._key

    @property
    def file_id(self) -> str:
        """The random id that the file keeps through every save, move and renaming."""
        return self._file_id

    @property
    def has_recovery_key(self) -> bool:
        """Whether a recovery key opens the file too."""
        return has_slot(self._key, RECOVERY_SLOT)

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """What was erased, and when, oldest first."""
        return tuple(from_plain_certificate(one) for one in self._contents.certificates)

    @property
    def is_saved(self) -> bool:
        """Whether the file holds all of this, confirmed by the disk."""
        return self._saved_history is self.history and self._saved_key is self._key and not self._unconfirmed

    @property
    def is_pristine(self) -> bool:
        """Whether the file on the disk is as it was made: no step was ever saved into it."""
        return self._saved_history is not None and not self._saved_history.steps

    # Changing it

    def next_number(self) -> int:
        """A number for a new step: higher than any before."""
        with self._one_at_a_time:
            return max((self.history.last_number, *self._made)) + 1

    def record(self, sector: Sector, text: str, kind: str = "") -> Step:
        """One more step: the sector as it is now, and a sentence that says what was done."""
        with self._one_at_a_time:
            self._refuse_read_only()
            step = step_of(self.next_number(), self._now(), text, sector, self._contents.store, kind=kind)
            self._advance(self.history.with_step(step))
            return step

    def undo(self) -> Sector:
        """Go back one step; the first state stays where it is."""
        return self.go_to(self.at - 1)

    def redo(self) -> Sector:
        """Go forward one step, if there is one."""
        return self.go_to(self.at + 1)

    def go_to(self, at: int) -> Sector:
        """Have ``at`` of the steps done."""
        with self._one_at_a_time:
            self._refuse_read_only()
            moved = self.history.moved(at)
            if moved.at != self.at:
                self._advance(moved)
            return self.sector

    def mirror(self, entries: Sequence[Step | Change], at: int) -> None:
        """Take over the steps that an undo stack has, and how many of them are done."""
        with self._one_at_a_time:
            self._refuse_read_only()
            steps = [self._step_for(entry) for entry in entries]
            history = self.history.with_steps(steps, at)
            same = [(one.number, one.state) for one in history.steps] == [
                (one.number, one.state) for one in self.steps
            ]
            if not same or history.at != self.at:
                self._advance(history)
            self._made = {step.number: step for step in steps}

    def change_passphrase(self, passphrase: str, cost: Argon2Cost = PRODUCTION_COST) -> None:
        """From the next save on another passphrase opens the file. Backups keep the one they were made with."""
        with self._one_at_a_time:
            self._refuse_read_only()
            self._key = with_new_passphrase(self._key, passphrase, cost)
            log.note("passphrase_changed")

    def set_recovery_key(self, recovery_key: str, cost: Argon2Cost = PRODUCTION_COST) -> None:
        """From the next save on this recovery key opens the file too, and no other one."""
        with self._one_at_a_time:
            self._refuse_read_only()
            self._key = with_recovery_key(self._key, recovery_key, cost)
            log.note("recovery_key_made")

    # Signing

    @property
    def public_key(self) -> str:
        """The key by which what this file signs is known, hexadecimal."""
        return signing.public_key(self._key.file_key)

    def sign(self, message: bytes) -> tuple[str, str]:
        """The public key and the signature of a message, hexadecimal."""
        return signing.sign(self._key.file_key, message)

    def put_by(self, plain: bytes) -> bytes:
        """Sealed under this file's key, to be kept in memory while it is locked."""
        return signing.put_by(self._key.file_key, plain)

    def taken_up(self, sealed: bytes) -> bytes | None:
        """What ``put_by`` sealed; None where it was another file, or is not whole."""
        return signing.taken_up(self._key.file_key, sealed)

    # Saving

    def save(self) -> Saved:
        """Bring the file up to date. Raises NotSavedError, ReadOnlyError or ChangedElsewhereError."""
        with self._one_at_a_time:
            self._refuse_read_only()
            if self._disk_is_foreign():
                log.note("changed_elsewhere")
                raise ChangedElsewhereError(self.path)
            return self._write()

    def keep_mine(self) -> Saved:
        """Write over what somebody else put there; theirs goes to the backups."""
        with self._one_at_a_time:
            self._refuse_read_only()
            with contextlib.suppress(Exception):
                self._keep_copy(read_whole(self.path), backups.UNSAVED)
            self._disk = _digest_or_nothing(self.path)
            return self._write()

    def keep_theirs(self) -> SectorFile:
        """The file as somebody else left it, opened anew; mine goes to the backups."""
        with self._one_at_a_time:
            self._keep_copy(self._sealed().data, backups.UNSAVED)
            self._drop_journal()
            self._lock.release()
            return SectorFile.open(self.path, self._key, now=self._now)

    def save_to(self, path: Path) -> Saved:
        """Go on in another file from now on; one of ours that is there already is written over.

        The file as it is stays where it is: that keeps both where somebody else has changed it.
        """
        with self._one_at_a_time:
            was_path, was_lock, was_journal = self.path, self._lock, self._journal
            lock = FileLock(path)
            self._refuse_held(lock)
            self.path, self._lock, self._folder = path, lock, folder_of(path, self._file_id)
            self._journal = Journal(self._folder, self._key.file_key)
            self._disk = _digest_or_nothing(path)
            try:
                saved = self._write()
            except Exception:
                lock.release()
                self.path, self._lock, self._journal = was_path, was_lock, was_journal
                self._folder = folder_of(was_path, self._file_id)
                self._disk = self._disk_before(was_path)
                raise
            self.read_only, self.holder = "", None
            was_lock.release()
            with contextlib.suppress(OSError):
                was_journal.remove()
            return saved

    def back_up(self, kind: str) -> None:
        """Keep a copy of the file as it is now, before something large is done to it."""
        with self._one_at_a_time:
            if not self.read_only:
                self._keep_copy(self._sealed().data, kind)

    def close(self) -> None:
        """Let go of the file. The journal stays where there is anything that the file does not have."""
        with self._one_at_a_time:
            if self.is_saved and not self.read_only:
                self._drop_journal()
            self._lock.release()
            log.note("closed")

    def discard(self) -> None:
        """Let go of the file and of every change that it does not have: the person said that they are not wanted."""
        with self._one_at_a_time:
            if not self.read_only:
                self._drop_journal()
            self._lock.release()
            log.note("closed")

    def take_over(self) -> None:
        """Change the file although somebody else has it open: the person said that nobody does."""
        with self._one_at_a_time:
            if self.holder is None:
                return
            with contextlib.suppress(OSError):
                self._lock.take_over(self._now)
            self.holder, self.read_only = None, ""

    def erase_staff(self, reason: str, only: Collection[int] | None = None) -> Certificate:
        """Take the staff data out of file, history, journal and backups, for good; there is no undo.

        ``only``: the numbers of the imports whose staff go; None for all staff. Raises NotSavedError or ChangedElsewhereError, and then nothing was erased.
        """
        with self._one_at_a_time:
            self._refuse_read_only()
            if self._disk_is_foreign():
                raise ChangedElsewhereError(self.path)
            before, before_change = self._contents, self._change
            certificate = certificate_for(
                self.sector,
                at=self._now(),
                reason=reason,
                steps=len(self.steps),
                copies=len(self.backups()),
                change=self._change + 1,
                only=only,
            )
            store = Store(self._key.file_key)
            bare = without_staff(self.sector, only)
            start = step_of(
                self.next_number(), self._now(), "Erased the staff data", bare, store, kind="erase"
            )
            plain: dict[str, Any] = to_plain(certificate)
            self._change += 1
            self._contents = Contents(
                store, History(start), self._change, certificates=(*before.certificates, plain)
            )
            try:
                self._write()
            except NotSavedError:
                self._contents, self._change = before, before_change
                raise
            self._made = {}
            self._finish_erasing(journals=True)
            log.note("erased", posts=certificate.posts, copies=certificate.backups)
            return certificate

    # Earlier versions

    def versions(self) -> tuple[Version, ...]:
        """What can be gone back to, newest first: the steps of the history, then the backups."""
        with self._one_at_a_time:
            return versions_of(self.history, self.backups(), self._key)

    def backups(self) -> tuple[Backup, ...]:
        """Copies of this file, wherever it was, newest first."""
        return backups.backups_in({self._folder, *folders_for(self._file_id)})

    def look_at(self, version: Version) -> Sector:
        """The sector of an earlier version; the present one stays as it is."""
        return sector_of(version, self._key)

    def when_frozen(self, frozen: Frozen) -> Sector | None:
        """The sector as it was when something was frozen; None where its staff data was erased since."""
        with self._one_at_a_time:
            state = self._contents.pins.get(frozen.fingerprint)
            return None if state is None else self._contents.store.get(state)

    def restore(self, version: Version) -> Step:
        """Make an earlier version the present one, as a step that can be undone; the present is backed up first."""
        with self._one_at_a_time:
            self._refuse_read_only()
            sector = self.look_at(version)
            self.back_up("restore")
            text = f"Restored the version of {version.at.astimezone():%H:%M on %d/%m/%Y}"
            step = self.record(sector, text, "restore")
            log.note("restored")
            return step

    # How it works

    def _take(self, found: Opened, sha256: str) -> None:
        """What was opened is what the file holds."""
        self._disk, self._writing = sha256, found.writing
        if found.version > 1:
            self._saved_history, self._saved_key = self.history, self._key
        else:
            self.migrated_from = found.version

    def _take_lock(self) -> None:
        self.holder = self._lock.take(self._now)
        if self.holder is not None:
            self.read_only = self.holder.sentence()

    def _refuse_held(self, lock: FileLock) -> None:
        holder = lock.take(self._now)
        if holder is not None:
            raise ReadOnlyError(f"Not saved – {lock.path.parent}: {holder.sentence()} Choose another name.")

    def _refuse_read_only(self) -> None:
        if self.read_only:
            raise ReadOnlyError(f"Not saved – {self.path.name}: {self.read_only}")

    def _step_for(self, entry: Step | Change) -> Step:
        if isinstance(entry, Step):
            return entry
        made = self._made.get(entry.number)
        if made is not None and made.text == entry.text and made.sector() is entry.sector:
            return made
        return step_of(
            entry.number, entry.at, entry.text, entry.sector, self._contents.store, kind=entry.kind
        )

    def _advance(self, history: History) -> None:
        """Another history: into the journal first, at once."""
        before, self._contents.history = self.history, history
        self._contents.pin()
        self._change += 1
        if not self._writing:  # a new file has nothing to go on from until it is saved
            return
        try:
            if self._journal.is_begun:
                record = self._journal.record_of(self._change, before, history, self._contents.store)
                self._journal.append(record)
            else:
                self._begin_journal()
            self.problem = ""
        except OSError as error:
            self.problem = f"The recovery copy could not be written: {error.strerror or error}."
            log.note("journal_failed", number=error.errno or 0)

    def _begin_journal(self) -> None:
        """A new journal on the writing that the file holds, with what has changed since."""
        saved = self._saved_history or History(self.history.start)  # version 1 had one state
        self._journal.begin(self._writing, saved, self.history, self._change, self._contents.store)

    def _disk_is_foreign(self) -> bool:
        """Whether the file is there and is not what was last read or written here."""
        found = digest_of(self.path)
        return found not in {self._disk, ""}

    def _disk_before(self, path: Path) -> str:
        return _digest_or_nothing(path) if self._saved_history is not None else ""

    def _sealed(self) -> SealedFile:
        self._contents.change = self._change
        self._contents.previous = self._writing
        return seal_contents(self._contents, self._key, self._file_id)

    def _write(self) -> Saved:
        """Seal, write, and only then let go of the journal."""
        history, key = self.history, self._key
        refuse_unsuitable(self.path)
        sealed = self._sealed()
        unconfirmed = ""
        try:
            replace_whole(self.path, sealed.data, is_good=lambda back: index_opens(back, key))
        except NotConfirmedError as unsure:
            unconfirmed = str(unsure)
            log.note("not_confirmed", size=len(sealed.data))
        except NotSavedError:
            log.note("not_saved", size=len(sealed.data))
            self._keep_copy(sealed.data, backups.UNSAVED)
            raise
        self._disk, self._writing = sealed.sha256, sealed.writing
        self._saved_history, self._saved_key, self._unconfirmed = history, key, unconfirmed
        self.migrated_from = 0
        log.note("saved", size=len(sealed.data), steps=len(history.steps))
        self._keep_copy(sealed.data, backups.SAVED)
        if not unconfirmed:
            self._drop_journal()
        return Saved(self._now(), sealed.sha256, unconfirmed)

    def _keep_copy(self, data: bytes, kind: str) -> Backup | None:
        """A backup; where it can't be written, that is noted and the work goes on."""
        try:
            kept = backups.add(self._folder, data, number=self._change, kind=kind, at=self._now())
        except OSError as error:
            self.problem = f"The backup could not be written: {error.strerror or error}."
            log.note("backup_failed", number=error.errno or 0)
            return None
        log.note("backed_up", size=len(data))
        return kept

    def _drop_journal(self) -> None:
        with contextlib.suppress(OSError):
            self._journal.remove()

    def _recover(self, *, recover: bool) -> None:
        """Bring back what the journal has and the file has not; keep what does not fit as a backup."""
        found = journal_in(self._folder, self._key.file_key, recover=recover)
        if found is None:
            return
        records = [one for one in found.records if one.change > self._change]
        if not records:
            return
        known = {one.number for one in self.steps}
        if recover and replay(self._contents, found, writing=self._writing):
            self._change = self._contents.change
            self.recovered = tuple(one for one in self.steps if one.number not in known)
            log.note("recovered", steps=len(records))
            return
        sealed = rebuilt(found, self.backups(), self._key, self._file_id)
        if sealed is None:
            put_journal_aside(self._folder, found)
            return
        self.set_aside = self._keep_copy(sealed.data, backups.UNSAVED)
        log.note("journal_set_aside", steps=len(records))
        if self.set_aside is not None:
            self._drop_journal()

    def _count_on(self) -> None:
        """Where an older copy was put back, count on from the newest: the copies' numbers order them."""
        newest = next(iter(self.backups()), None)
        if newest is not None and newest.number > self._change:
            self._change = newest.number

    def _prepare_migration(self, found: Opened, data: bytes) -> None:
        """An older file is kept as it was; the next save writes it in today's form, in one step."""
        if found.version == 1:
            self._keep_copy(data, "migration")
            log.note("migrated", version=found.version)

    def _finish_erasing(self, *, journals: bool = False) -> None:
        """Remove every copy of before the last erasure; one that was cut short is carried through on opening."""
        if not self._contents.certificates:
            return
        change = int(self._contents.certificates[-1]["change"])
        folders = {self._folder, *folders_for(self._file_id)}
        with contextlib.suppress(OSError):
            backups.drop_before(folders, change)
        for folder in folders:
            if journals or folder != self._folder:
                with contextlib.suppress(OSError):
                    remove_journals(folder)


def _digest_or_nothing(path: Path) -> str:
    with contextlib.suppress(Exception):
        return digest_of(path)
    return ""
