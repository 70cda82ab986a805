"""A sector file as a whole: sealing it, opening it, and the plain way to a file without a history of its own.

``envelope.py`` has the layout, ``contents.py`` what is inside; ``docs/decisions/0003-sector-file.md`` and
``0006-history-journal-backups.md`` say why. Windows and commands use ``sector_file.SectorFile``.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from bargain.storage import clock
from bargain.storage.atomic import first_bytes, read_whole, replace_whole
from bargain.storage.codec import PlainShapeError, UnknownKeyError
from bargain.storage.contents import Contents, decode, encode, present_text_in
from bargain.storage.envelope import LARGEST_START, MAGIC, VERSION, Envelope, Header, start_of, take_apart
from bargain.storage.history import History, step_of
from bargain.storage.keys import OPEN_SLOT, SealKey, has_slot, new_seal_key, unlock
from bargain.storage.migrations import to2
from bargain.storage.refusals import (
    DamagedFileError,
    NewerFileError,
    NotSavedError,
    WrongPassphraseError,
    not_saved,
)
from bargain.storage.store import Store
from bargain.storage.stream import STREAM_SALT_BYTES, cipher_of, open_chunks, seal_chunks, sealed_size
from models.sector import Sector

FILE_ID_BYTES = 16


@dataclass(frozen=True, slots=True, eq=False)
class SealedFile:
    """A file's bytes, ready to be written: ``writing`` names them, ``sha256`` is over all of them."""

    data: bytes
    writing: str
    sha256: str


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A file's contents with what its outside says. ``is_newer``: made with a later version, only to be read."""

    contents: Contents
    key: SealKey
    file_id: str
    writing: str
    version: int
    is_newer: bool


def write_sector(path: Path, sector: Sector, secret: str | SealKey) -> None:
    """Save one sector, without what came before: the file at ``path`` is the old one or the new one.

    ``secret`` is the passphrase for a new file, or a SealKey, which is quick and keeps the file's wrapped keys.
    Raises NotSavedError (old file untouched) or NotConfirmedError.
    """
    refuse_unsuitable(path)
    key = new_seal_key(secret) if isinstance(secret, str) else secret
    write_sealed(path, seal(sector, key), key)


def write_sealed(path: Path, sealed: bytes, key: SealKey) -> None:
    """The second half of saving: put bytes that were sealed in the place of a file."""
    refuse_unsuitable(path)
    replace_whole(path, sealed, is_good=lambda back: index_opens(back, key))


def read_sector(path: Path, secret: str | SealKey | None) -> Sector:
    """The sector in a file, as it was last saved; raises UnusableInput that says what is wrong with it."""
    return unseal(read_whole(path), secret, source=str(path))


def seal(sector: Sector, secret: str | SealKey) -> bytes:
    """The bytes of a file that holds one sector and no history. Touches no disk; may run in any thread."""
    key = new_seal_key(secret) if isinstance(secret, str) else secret
    return seal_contents(first_contents(sector, key.file_key), key, secrets.token_hex(FILE_ID_BYTES)).data


def first_contents(
    sector: Sector,
    file_key: bytes,
    *,
    text: str = "New sector",
    kind: str = "new",
    now: clock.Clock = clock.now,
) -> Contents:
    """Contents whose history begins with this sector."""
    store = Store(file_key)
    contents = Contents(store, History(step_of(0, now(), text, sector, store, kind=kind)))
    contents.pin()
    return contents


def seal_contents(contents: Contents, key: SealKey, file_id: str) -> SealedFile:
    """Seal a file's contents as a new writing. Touches no disk."""
    if has_slot(key, OPEN_SLOT) and not contents.history.present.sector().is_sample:
        raise NotSavedError(
            "Not saved – this file opens without a passphrase, so it may hold the sample only. "
            "Make a new sector with a passphrase of its own."
        )
    salt = os.urandom(STREAM_SALT_BYTES)
    cipher = cipher_of(key.file_key, salt)
    index, parts = encode(contents, cipher)
    size = sealed_size(len(index))
    start, bound_to = start_of(Header(key.slots, salt.hex(), file_id, size, reads_as=VERSION))
    data = b"".join((start, *seal_chunks(cipher, index, bound_to), parts))
    return SealedFile(data, salt.hex(), hashlib.sha256(data).hexdigest())


def unseal(data: bytes, secret: str | SealKey | None, *, source: str) -> Sector:
    """Read the present sector out of a file's bytes; ``source`` names the file in messages.

    Every byte is authenticated; the steps of the history before and after the present one are not read.
    """
    return open_data(data, secret, source=source, present_only=True).contents.history.present.sector()


def open_data(
    data: bytes, secret: str | SealKey | None, *, source: str, present_only: bool = False
) -> Opened:
    """Authenticate a file's bytes from end to end and read what is inside. Raises UnusableInput."""
    envelope = take_apart(data, source=source)
    if not isinstance(secret, SealKey):
        key = unlock(envelope.header.keys, secret, source=source)
    elif secret.slots == envelope.header.keys or _opens(envelope, secret):
        key = SealKey(envelope.header.keys, secret.file_key)  # the slots may have changed since
    else:  # the file was exchanged for one under another key
        raise WrongPassphraseError(source)
    cipher = _cipher_of(envelope, key)
    index = open_chunks(cipher, envelope.index, envelope.bound_to)
    if index is None:
        raise DamagedFileError(
            source, "The index, which holds the history and everything but the staff data,"
        )
    header = envelope.header
    try:
        if envelope.version == 1:
            contents = first_contents(
                to2.sector_of(index),
                key.file_key,
                text="Opened a file of the first version",
                kind="migration",
            )
        else:
            contents = decode(index, envelope.parts, key.file_key, cipher, present_only=present_only)
        contents.store.is_lenient |= envelope.is_newer
        if contents.store.is_lenient:
            contents.store.trusted = ""
        is_newer = _needs_leniency(contents) or contents.store.is_lenient
    except UnknownKeyError as error:
        raise NewerFileError(source) from error
    except PlainShapeError as error:
        if envelope.is_newer:
            raise NewerFileError(source) from error
        raise DamagedFileError(source, f"A part of the file ({error.where or 'a column'})") from error
    return Opened(contents, key, header.file_id, header.stream_salt, envelope.version, is_newer)


def index_opens(data: bytes, key: SealKey) -> bool:
    """Whether the index of bytes read back from the disk authenticates."""
    return _opens(take_apart(data, source=""), key)


def present_text(path: Path, key: SealKey) -> str:
    """What was done last when a file was written; reads its beginning only. Raises UnusableInput or OSError."""
    head = first_bytes(path, LARGEST_START)
    envelope = take_apart(head, source=str(path), is_start_only=True)
    if envelope.version == 1:
        return "Saved by the first version"
    size = len(head) - len(envelope.index) - len(envelope.parts) + envelope.header.index_bytes
    if size > len(head):
        envelope = take_apart(first_bytes(path, size), source=str(path))
    index = _open_index(envelope, key)
    if index is None:
        raise WrongPassphraseError(str(path))
    return present_text_in(index)


def refuse_unsuitable(path: Path) -> None:
    """Refuse to save over a folder, or over a file that is not ours."""
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise NotSavedError(f"Not saved – {path} is a folder. Give a name for the file inside it.")
        if not stat.S_ISREG(kind):
            raise NotSavedError(f"Not saved – {path} is not an ordinary file. Choose another name.")
        with path.open("rb") as file:
            start = file.read(len(MAGIC))
    except FileNotFoundError:
        return  # a new file; a missing folder is found when writing
    except OSError as error:
        raise not_saved(path, error, 0, had_before=True) from error
    if start and start != MAGIC:
        raise NotSavedError(
            f"Not saved – {path} is a file of another kind, and saving would destroy it. Choose another name."
        )


def _needs_leniency(contents: Contents) -> bool:
    """Read the present sector; True where that takes passing over what this version does not know."""
    try:
        contents.history.present.sector()
    except UnknownKeyError:
        contents.store.is_lenient = True
        contents.history.present.sector()
        return True
    return False


def _opens(envelope: Envelope, key: SealKey) -> bool:
    return _open_index(envelope, key) is not None


def _open_index(envelope: Envelope, key: SealKey) -> bytes | None:
    return open_chunks(_cipher_of(envelope, key), envelope.index, envelope.bound_to)


def _cipher_of(envelope: Envelope, key: SealKey) -> ChaCha20Poly1305:
    return cipher_of(key.file_key, bytes.fromhex(envelope.header.stream_salt))
