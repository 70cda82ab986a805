r"""The sector file (.bargain): one sealed file, written whole and swapped in at once.

Layout, numbers little-endian:

    magic "BARGAIN\n" | version u16 | size of header u32 | header | SHA-256 of all so far | sealed chunks

The header is canonical JSON: the wrapped copies of the file key with their Argon2id figures, and the salt of
this writing. Its digest is bound to every chunk as associated data; being in the file it also tells a damaged
header from a wrong passphrase. Version 1 means: Argon2id, ChaCha20-Poly1305, chunks of 256 KiB, and the
payload of ``payload.py``. ``docs/decisions/0003-sector-file.md`` says why.
"""

from __future__ import annotations

import hashlib
import os
import stat
import struct
from dataclasses import dataclass
from pathlib import Path

from bargain.storage import payload
from bargain.storage.atomic import read_whole, replace_whole
from bargain.storage.codec import PlainShapeError, UnknownKeyError, canonical, from_plain, parse, to_plain
from bargain.storage.keys import KeySlot, SealKey, check_slots, new_seal_key, unlock
from bargain.storage.kinds import looks_like
from bargain.storage.refusals import (
    DamagedFileError,
    NewerFileError,
    NotASectorFileError,
    NotSavedError,
    WrongPassphraseError,
    not_saved,
)
from bargain.storage.stream import STREAM_SALT_BYTES, open_chunks, seal_chunks, stream_key
from models.sector import Sector

MAGIC = b"BARGAIN\n"
VERSION = 1

_FIXED = struct.Struct("<8sHI")
_DIGEST_BYTES = 32
_LARGEST_HEADER = 16 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the sealed chunks; ``stream_salt`` is hexadecimal and new at every writing."""

    keys: tuple[KeySlot, ...]
    stream_salt: str


@dataclass(frozen=True, slots=True)
class _Envelope:
    """A file taken apart, nothing opened yet."""

    header: Header
    bound_to: bytes
    chunks: memoryview


@dataclass(frozen=True, slots=True, eq=False)
class OpenedSector:
    """A sector with the key that seals it again, and the SHA-256 of the file it came from."""

    sector: Sector
    key: SealKey
    sha256: str


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What ``check`` reports of a file that opened and verified from end to end."""

    intact: bool
    version: int
    heads: float
    employers: int
    offers: int
    rounds: int
    sha256: str


def write_sector(path: Path, sector: Sector, secret: str | SealKey) -> None:
    """Save a sector: the file at ``path`` is the old one or the new one, never something between.

    ``secret`` is the passphrase for a new file, or the SealKey of an opened one, which is quick and keeps the
    file's wrapped keys. Raises NotSavedError (old file untouched) or NotConfirmedError.
    """
    _refuse_unsuitable(path)
    key = new_seal_key(secret) if isinstance(secret, str) else secret
    write_sealed(path, seal(sector, key), key)


def write_sealed(path: Path, sealed: bytes, key: SealKey) -> None:
    """The second half of saving: put bytes that ``seal`` made in the place of a file."""
    _refuse_unsuitable(path)
    replace_whole(path, sealed, is_good=lambda back: _opens(back, key))


def read_sector(path: Path, secret: str | SealKey) -> Sector:
    """Open a sector file; raises UnusableInput that says what is wrong with it."""
    return unseal(read_whole(path), secret, source=str(path))


def open_sector(path: Path, passphrase: str) -> OpenedSector:
    """Open a sector file and keep its key, so that saving it again needs no deriving."""
    data = read_whole(path)
    key = unlock_sealed(data, passphrase, source=str(path))
    return OpenedSector(unseal(data, key, source=str(path)), key, hashlib.sha256(data).hexdigest())


def verify(path: Path, secret: str | SealKey) -> FileCheck:
    """Authenticate every byte of a file and read all of it; raises UnusableInput where anything is amiss."""
    data = read_whole(path)
    sector = unseal(data, secret, source=str(path))
    employers = {employer.name for employer in sector.employers} | set(sector.workforce.employers)
    return FileCheck(
        intact=True,
        version=VERSION,
        heads=float(sector.workforce.heads.sum()),
        employers=len(employers),
        offers=len(sector.offers),
        rounds=0,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def is_sector_file(path: Path) -> bool:
    """Whether a file begins as ours do. Says nothing of whether it is whole."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def seal(sector: Sector, secret: str | SealKey) -> bytes:
    """The bytes of a sector file. Touches no disk; may run in any thread."""
    key = new_seal_key(secret) if isinstance(secret, str) else secret
    salt = os.urandom(STREAM_SALT_BYTES)
    header = canonical(to_plain(Header(key.slots, salt.hex())))
    start = _FIXED.pack(MAGIC, VERSION, len(header)) + header
    bound_to = hashlib.sha256(start).digest()
    chunks = seal_chunks(stream_key(key.file_key, salt), payload.encode(sector), bound_to)
    return b"".join((start, bound_to, *chunks))


def unseal(data: bytes, secret: str | SealKey, *, source: str) -> Sector:
    """Read a sector out of a file's bytes; ``source`` names the file in messages."""
    envelope = _take_apart(data, source=source)
    if isinstance(secret, str):
        key = unlock(envelope.header.keys, secret, source=source)
    elif secret.slots == envelope.header.keys:
        key = secret
    else:  # the file was exchanged for one under another key
        raise WrongPassphraseError(source)
    content = _open(envelope, key)
    if content is None:
        raise DamagedFileError(source)
    try:
        return payload.decode(content)
    except UnknownKeyError as error:
        raise NewerFileError(source) from error
    except PlainShapeError as error:
        raise DamagedFileError(source) from error


def unlock_sealed(data: bytes, passphrase: str, *, source: str) -> SealKey:
    """The key of a file's bytes, by its passphrase; raises WrongPassphraseError."""
    return unlock(_take_apart(data, source=source).header.keys, passphrase, source=source)


def _take_apart(data: bytes, *, source: str) -> _Envelope:
    """Find the parts of a file and check its header, before anything is derived or opened."""
    if data[: len(MAGIC)] != MAGIC:
        raise NotASectorFileError(source, looks_like(data))
    if len(data) < _FIXED.size:
        raise DamagedFileError(source)
    _, version, size = _FIXED.unpack_from(data)
    if version > VERSION:
        raise NewerFileError(source)
    end = _FIXED.size + size
    if version < 1 or size > _LARGEST_HEADER or end + _DIGEST_BYTES > len(data):
        raise DamagedFileError(source)
    bound_to = hashlib.sha256(data[:end]).digest()
    if data[end : end + _DIGEST_BYTES] != bound_to:
        raise DamagedFileError(source)
    header = _read_header(data[_FIXED.size : end], source=source)
    return _Envelope(header, bound_to, memoryview(data)[end + _DIGEST_BYTES :])


def _read_header(text: bytes, *, source: str) -> Header:
    try:
        header = from_plain(Header, parse(text))
        salt = bytes.fromhex(header.stream_salt)
    except UnknownKeyError as error:
        raise NewerFileError(source) from error
    except (PlainShapeError, ValueError) as error:
        raise DamagedFileError(source) from error
    if len(salt) != STREAM_SALT_BYTES:
        raise DamagedFileError(source)
    check_slots(header.keys, source=source)
    return header


def _open(envelope: _Envelope, key: SealKey) -> bytes | None:
    salt = bytes.fromhex(envelope.header.stream_salt)
    return open_chunks(stream_key(key.file_key, salt), envelope.chunks, envelope.bound_to)


def _opens(data: bytes, key: SealKey) -> bool:
    """Whether bytes read back from the disk authenticate from end to end."""
    return _open(_take_apart(data, source=""), key) is not None


def _refuse_unsuitable(path: Path) -> None:
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
