"""Bringing back from the journal what a crash kept from the file."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from bargain.storage.atomic import read_whole, remove
from bargain.storage.backups import Backup
from bargain.storage.codec import PlainShapeError, UnknownKeyError
from bargain.storage.container import SealedFile, open_data, seal_contents
from bargain.storage.contents import Contents
from bargain.storage.journal import NAME, Found, read_journal, replayed
from bargain.storage.keys import SealKey
from bargain.storage.refusals import UnreadJournalError
from models.issues import UnusableInput


def replay(contents: Contents, found: Found, *, writing: str) -> bool:
    """Put the journal's later changes into contents that it goes on from; False where it does not fit them.

    ``writing`` names the file. A journal of the writing before fits too: the crash came between the file's
    swap and the journal's.
    """
    records = [one for one in found.records if one.change > contents.change]
    if not records or found.writing not in (writing, contents.previous):
        return False
    before = contents.history
    try:
        contents.history = replayed(before, records, contents.store)
        contents.history.present.sector()
    except (PlainShapeError, UnknownKeyError):
        contents.history = before
        return False
    contents.change = records[-1].change
    contents.pin()
    return True


def rebuilt(found: Found, copies: Sequence[Backup], key: SealKey, file_id: str) -> SealedFile | None:
    """Work that does not go on from the file, built on the copy that it does go on from; None without one."""
    for copy in copies:
        with contextlib.suppress(UnusableInput):
            base = open_data(read_whole(copy.path), key, source=str(copy.path))
            if base.writing == found.writing and replay(base.contents, found, writing=base.writing):
                return seal_contents(base.contents, key, file_id)
    return None


def put_journal_aside(folder: Path, found: Found) -> None:
    """Keep a journal that nothing can be built on under another name. What can't be renamed stays."""
    with contextlib.suppress(OSError):
        os.replace(folder / NAME, folder / f"{NAME}-{found.writing[:16]}")  # noqa: PTH105


def journal_in(folder: Path, file_key: bytes, *, recover: bool) -> Found | None:
    """The journal in a folder, None where there is none; raises UnreadJournalError where the disk does not give it.

    Where nothing is to be recovered, such a journal is put under another name: the next one must not replace it.
    """
    try:
        return read_journal(folder, file_key)
    except UnreadJournalError:
        if recover:
            raise
    with contextlib.suppress(OSError):
        os.replace(folder / NAME, folder / f"{NAME}-unread-{secrets.token_hex(8)}")  # noqa: PTH105
    return None


def remove_journals(folder: Path) -> None:
    """Remove the journal and those put aside. Raises OSError."""
    if folder.is_dir():
        for one in folder.iterdir():
            if one.name.startswith(NAME):
                remove(one)
