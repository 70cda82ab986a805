"""What can be said of a sector file before it is unlocked, and putting a good copy in a damaged one's place."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bargain.storage import backups, clock, log
from bargain.storage.atomic import first_bytes, read_whole, replace_whole
from bargain.storage.backups import UNSAVED, Backup
from bargain.storage.container import open_data, refuse_unsuitable
from bargain.storage.envelope import LARGEST_START, Envelope, take_apart
from bargain.storage.journal import NAME, has_work
from bargain.storage.keys import OPEN_SLOT, RECOVERY_SLOT, SealKey
from bargain.storage.lock import FileLock, Holder
from bargain.storage.places import folder_of, folders_at, folders_for
from bargain.storage.refusals import DamagedFileError, NotSavedError
from models.issues import UnusableInput


@dataclass(frozen=True, slots=True)
class Outside:
    """What can be seen without the passphrase.

    ``damage`` is a sentence, empty where nothing is seen to be wrong: only opening it proves a file whole.
    ``unfinished``: when work was last put in a journal that the file may not have, else None.
    """

    path: Path
    damage: str
    version: int
    is_sample: bool
    has_recovery_key: bool
    holder: Holder | None
    unfinished: datetime | None
    backups: tuple[Backup, ...]

    @property
    def newest_good(self) -> Backup | None:
        """The newest copy whose outside is as it was made; ``is_good`` with the key proves it whole."""
        return next((one for one in self.backups if one.kind != "damaged" and looks_good(one)), None)


def opens_to_everybody(path: Path) -> bool:
    """Whether a file says that it needs no passphrase, as the sample does; reads its beginning only.

    False where the file can't be read: opening it says why.
    """
    try:
        start = take_apart(first_bytes(path, LARGEST_START), source=str(path), is_start_only=True)
    except (OSError, UnusableInput):
        return False
    return any(slot.kind == OPEN_SLOT for slot in start.header.keys)


def look(path: Path) -> Outside:
    """Look at a file from outside. Raises UnusableInput where it can't be read at all, or is of another kind."""
    damage = ""
    envelope: Envelope | None = None
    try:
        envelope = take_apart(read_whole(path), source=str(path))
    except DamagedFileError as error:
        damage = str(error)
    folders = set(folders_at(path))
    if envelope is not None and envelope.header.file_id:
        folders |= {folder_of(path, envelope.header.file_id), *folders_for(envelope.header.file_id)}
        own = folder_of(path, envelope.header.file_id)
    kinds = {slot.kind for slot in envelope.header.keys} if envelope is not None else set()
    journals = [own] if envelope is not None and envelope.header.file_id else sorted(folders)
    return Outside(
        path=path,
        damage=damage,
        version=envelope.version if envelope is not None else 0,
        is_sample=OPEN_SLOT in kinds,
        has_recovery_key=RECOVERY_SLOT in kinds,
        holder=FileLock(path).holder(),
        unfinished=_unfinished(journals),
        backups=backups.backups_in(folders),
    )


def looks_good(backup: Backup) -> bool:
    """Whether a copy's header is as it was written."""
    with contextlib.suppress(UnusableInput):
        take_apart(read_whole(backup.path), source=str(backup.path))
        return True
    return False


def newest_good(path: Path, secret: str | SealKey | None) -> Backup | None:
    """The newest copy of a file that opens with this secret and is whole; None where there is none."""
    key: str | SealKey | None = secret
    for one in look_for_backups(path):
        with contextlib.suppress(UnusableInput):
            key = open_data(read_whole(one.path), key, source=str(one.path)).key
            return one
    return None


def look_for_backups(path: Path) -> tuple[Backup, ...]:
    """The copies of the file at a path, newest first, even where the file itself is gone or damaged."""
    try:
        return tuple(one for one in look(path).backups if one.kind != "damaged")
    except UnusableInput:
        return tuple(one for one in backups.backups_in(folders_at(path)) if one.kind != "damaged")


def put_back(
    path: Path, backup: Backup, secret: str | SealKey | None, *, now: clock.Clock = clock.now
) -> None:
    """Put a copy in the place of a file; what was there goes to the backups. Raises UnusableInput.

    The copy is opened first: a file is never exchanged for one that is not whole.
    """
    data = read_whole(backup.path)
    open_data(data, secret, source=str(backup.path))
    holder = FileLock(path).holder()
    if holder is not None and not holder.is_gone:
        raise NotSavedError(f"Not put back – {holder.sentence()} Close it there first.")
    if path.exists():
        was = read_whole(path)
        kind = "damaged" if _is_damaged(was) else UNSAVED
        with contextlib.suppress(OSError):
            backups.add(backup.path.parent, was, number=backup.number, kind=kind, at=now())
        if kind == UNSAVED:
            refuse_unsuitable(path)
    replace_whole(path, data, is_good=lambda back: back == data)
    log.note("put_back", size=len(data))


def _is_damaged(data: bytes) -> bool:
    try:
        take_apart(data, source="")
    except UnusableInput:
        return True
    return False


def _unfinished(folders: list[Path]) -> datetime | None:
    times = [(folder / NAME).stat().st_mtime for folder in folders if has_work(folder)]
    return datetime.fromtimestamp(max(times), UTC) if times else None
