"""The journal: every change, sealed and flushed to the disk as it is made, until the file itself has it.

It lies in the app's own folder and names the writing of the file that it goes on from. A record that was cut
short by a crash is the end of the journal; nothing after it was ever acknowledged. The journal is replaced only
after a verified save, so a second crash, during recovery too, loses nothing more.

Layout: magic, u32 size of the header, header (JSON: writing, salt), then for each record u32 size and its
sealed bytes (ChaCha20-Poly1305; the record's number is the nonce, the header's digest is bound to it).
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from bargain.storage.atomic import append_at, put_private, read_whole, remove
from bargain.storage.codec import PlainShapeError, canonical, parse
from bargain.storage.deriving import JOURNAL, derived_key
from bargain.storage.history import History, from_plain_steps, to_plain_steps
from bargain.storage.refusals import CannotReadError, UnreadJournalError
from bargain.storage.segments import SALT_BYTES, Sealed
from bargain.storage.store import Store

NAME = "journal"

_MAGIC = b"BARGJRN\n"
_U32 = struct.Struct("<I")
_LARGEST_HEADER = 1024


@dataclass(frozen=True, slots=True)
class Record:
    """One change: up to which step the history stays, the steps that follow, and which is then the present one."""

    change: int
    keep_to: int
    present: int
    steps: list[dict[str, Any]]
    small: dict[str, bytes]
    columns: dict[str, Sealed]


class Journal:
    """The journal of one open file. Its calls raise OSError where the disk refuses; the caller goes on."""

    def __init__(self, folder: Path, file_key: bytes) -> None:
        self.path = folder / NAME
        self._file_key = file_key
        self._size = 0
        self._count = 0
        self._cipher: ChaCha20Poly1305 | None = None
        self._bound = b""
        self._has_small: set[str] = set()
        self._has_columns: set[str] = set()

    @property
    def is_begun(self) -> bool:
        """Whether a change can be added; after a failure a new journal must be begun."""
        return self._cipher is not None

    def begin(self, writing: str, saved: History, now: History, change: int, store: Store) -> None:
        """A new journal in the place of the old one, in one step.

        It goes on from a writing that holds the history ``saved``, and says what has led from there to ``now``.
        """
        self._has_small, self._has_columns = set(), set()
        for state in saved.all_states:
            if state in store.small:  # else it is not needed any more
                small, columns = store.manifest(state)
                self._has_small |= small
                self._has_columns |= columns
        salt = os.urandom(SALT_BYTES)
        header = canonical({"writing": writing, "salt": salt.hex()})
        self._cipher, self._bound = _cipher(self._file_key, salt), hashlib.sha256(header).digest()
        self._count = 0
        data = b"".join((_MAGIC, _U32.pack(len(header)), header))
        if now is not saved:
            record = self.record_of(change, saved, now, store)
            data += self._sealed(record)
            self._note(record)
        try:
            put_private(self.path, data)
        except OSError:
            self._cipher = None
            raise
        self._size = len(data)

    def append(self, record: Record) -> None:
        """Add a change and flush it to the disk."""
        if self._cipher is None:
            raise OSError("the journal was not begun")
        sealed = self._sealed(record)
        try:
            append_at(self.path, self._size, sealed)
        except OSError:
            self._cipher = None  # part of it may be on the disk: its nonce is never used again
            raise
        self._size += len(sealed)
        self._note(record)

    def record_of(self, change: int, before: History, after: History, store: Store) -> Record:
        """What leads from one history to the next, with the objects that the journal lacks."""
        known = {step.number: step.state for step in (before.start, *before.steps)}
        new = [step for step in after.steps if known.get(step.number) != step.state]
        if new:
            new = [step for step in after.steps if step.number >= new[0].number]
        kept = [step.number for step in (after.start, *after.steps) if not new or step.number < new[0].number]
        small: set[str] = set()
        columns: set[str] = set()
        for step in new:
            needed = store.manifest(step.state)
            small |= needed[0]
            columns |= needed[1]
        return Record(
            change,
            max(kept),
            after.present.number,
            to_plain_steps(new),
            {one: store.small[one] for one in sorted(small - self._has_small)},
            {one: store.columns[one] for one in sorted(columns - self._has_columns)},
        )

    def remove(self) -> None:
        """All is in the file: no journal is needed."""
        self._cipher = None
        remove(self.path)

    def _note(self, record: Record) -> None:
        self._has_small |= set(record.small)
        self._has_columns |= set(record.columns)

    def _sealed(self, record: Record) -> bytes:
        if self._cipher is None:
            raise OSError("the journal was not begun")
        data = self._cipher.encrypt(self._count.to_bytes(12, "big"), _encode(record), self._bound)
        self._count += 1
        return _U32.pack(len(data)) + data


@dataclass(frozen=True, slots=True)
class Found:
    """A journal read back: the writing that it goes on from, and its records."""

    writing: str
    records: tuple[Record, ...]


def read_journal(folder: Path, file_key: bytes) -> Found | None:
    """The journal in a folder up to where a crash cut it; None where there is none under this key.

    Raises UnreadJournalError where there is one that the disk does not give: it must not be taken for none.
    """
    try:
        data = read_whole(folder / NAME)
    except CannotReadError as error:
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            return None
        raise UnreadJournalError from error
    try:
        start = len(_MAGIC) + _U32.size
        (size,) = _U32.unpack_from(data, len(_MAGIC))
        header = data[start : start + size]
        if not data.startswith(_MAGIC) or size > _LARGEST_HEADER:
            return None
        plain = parse(header)
        writing, salt = str(plain["writing"]), bytes.fromhex(plain["salt"])
    except (struct.error, KeyError, TypeError, ValueError, PlainShapeError):
        return None
    cipher, bound = _cipher(file_key, salt), hashlib.sha256(header).digest()
    records: list[Record] = []
    at = start + size
    while at + _U32.size <= len(data):
        (length,) = _U32.unpack_from(data, at)
        sealed = data[at + _U32.size : at + _U32.size + length]
        if len(sealed) < length:
            break
        try:
            records.append(_decode(cipher.decrypt(len(records).to_bytes(12, "big"), sealed, bound)))
        except (InvalidTag, PlainShapeError):
            break
        at += _U32.size + length
    return Found(writing, tuple(records))


def has_work(folder: Path) -> bool:
    """Whether the journal in a folder holds a record, as far as can be seen without the key."""
    try:
        with (folder / NAME).open("rb") as file:
            head = file.read(len(_MAGIC) + _U32.size)
            if len(head) < len(_MAGIC) + _U32.size or not head.startswith(_MAGIC):
                return False
            (size,) = _U32.unpack_from(head, len(_MAGIC))
            return int(file.seek(0, os.SEEK_END)) > len(head) + int(size)
    except OSError:
        return False


def replayed(history: History, records: Sequence[Record], store: Store) -> History:
    """The history after these records. Raises PlainShapeError where one does not fit."""
    for record in records:
        store.small.update(record.small)
        store.columns.update(record.columns)
        kept = [step for step in history.steps if step.number <= record.keep_to]
        steps = [*kept, *from_plain_steps(record.steps, store)]
        numbers = [history.start.number, *(step.number for step in steps)]
        if record.present not in numbers:
            raise PlainShapeError("a step that is there", "journal")
        history = history.with_steps(steps, numbers.index(record.present))
    return history


def _encode(record: Record) -> bytes:
    head = canonical(
        {
            "change": record.change,
            "keep_to": record.keep_to,
            "present": record.present,
            "steps": record.steps,
            "small": [[one, len(data)] for one, data in record.small.items()],
            "columns": [[one, part.salt.hex(), len(part.data)] for one, part in record.columns.items()],
        }
    )
    parts = (*record.small.values(), *(part.data for part in record.columns.values()))
    return b"".join((_U32.pack(len(head)), head, *parts))


def _decode(plain: bytes) -> Record:
    try:
        (size,) = _U32.unpack_from(plain)
        head = parse(plain[_U32.size : _U32.size + size])
        at = _U32.size + size
        small, columns = {}, {}
        for address, length in head["small"]:
            small[str(address)] = plain[at : at + length]
            at += length
        for address, salt, length in head["columns"]:
            columns[str(address)] = Sealed(bytes.fromhex(salt), plain[at : at + length])
            at += length
        return Record(head["change"], head["keep_to"], head["present"], head["steps"], small, columns)
    except (struct.error, KeyError, TypeError, ValueError) as error:
        raise PlainShapeError("a record", "journal") from error


def _cipher(file_key: bytes, salt: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(derived_key(file_key, salt, JOURNAL))
