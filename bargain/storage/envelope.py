r"""The outside of a sector file: what can be read before anything is unlocked, and is checked before anything else.

Layout, numbers little-endian:

    magic "BARGAIN\n" | version u16 | size of header u32 | header | SHA-256 of all so far | sealed index | parts

The header is canonical JSON: the wrapped copies of the file key with their Argon2id figures, and the salt of
this writing; from version 2 on also the file's random id, the size of the sealed index, and the oldest version
that can read the file. Its digest is bound to the index as associated data; being in the file it also tells a
damaged header from a wrong passphrase. A version decides every algorithm: nothing is negotiated.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass

from bargain.storage.codec import (
    LENIENT,
    NO_OWN_WAY,
    PlainShapeError,
    UnknownKeyError,
    canonical,
    from_plain,
    parse,
    to_plain,
)
from bargain.storage.keys import KeySlot, check_slots
from bargain.storage.kinds import looks_like
from bargain.storage.refusals import DamagedFileError, NewerFileError, NotASectorFileError
from bargain.storage.stream import STREAM_SALT_BYTES

MAGIC = b"BARGAIN\n"
VERSION = 2

_HEADER = "The header, which holds the wrapped keys,"
_CUT = "The end of the file is missing: it"

_FIXED = struct.Struct("<8sHI")
_DIGEST_BYTES = 32
_LARGEST_HEADER = 16 * 1024  # bytes
LARGEST_START = _FIXED.size + _LARGEST_HEADER + _DIGEST_BYTES  # what stands before the index is within these


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the sealed index; ``stream_salt`` is hexadecimal, new at every writing, and names it.

    ``reads_as`` is the oldest version that can read the file: a later version may add what this one passes over.
    """

    keys: tuple[KeySlot, ...]
    stream_salt: str
    file_id: str = ""
    index_bytes: int = 0
    reads_as: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Envelope:
    """A file taken apart, nothing opened yet."""

    version: int
    header: Header
    bound_to: bytes
    index: memoryview
    parts: memoryview

    @property
    def is_newer(self) -> bool:
        """Whether a later version of Bargain wrote it."""
        return self.version > VERSION


def start_of(header: Header) -> tuple[bytes, bytes]:
    """The bytes before the sealed index, and what the index is bound to."""
    text = canonical(to_plain(header))
    start = _FIXED.pack(MAGIC, VERSION, len(text)) + text
    bound_to = hashlib.sha256(start).digest()
    return start + bound_to, bound_to


def take_apart(data: bytes, *, source: str, is_start_only: bool = False) -> Envelope:
    """Find the parts of a file and check its header. Raises UnusableInput that says what is wrong.

    ``is_start_only``: only the first bytes are at hand, so the index may be cut short.
    """
    if data[: len(MAGIC)] != MAGIC:
        raise NotASectorFileError(source, looks_like(data))
    if len(data) < _FIXED.size:
        raise DamagedFileError(source, _CUT)
    _, version, size = _FIXED.unpack_from(data)
    end = _FIXED.size + size
    if version < 1 or size > _LARGEST_HEADER:
        raise DamagedFileError(source, _HEADER)
    if end + _DIGEST_BYTES > len(data):
        raise DamagedFileError(source, _CUT)
    bound_to = hashlib.sha256(memoryview(data)[:end]).digest()
    if data[end : end + _DIGEST_BYTES] != bound_to:
        raise DamagedFileError(source, _HEADER)
    header = _read_header(data[_FIXED.size : end], version, source=source)
    rest = memoryview(data)[end + _DIGEST_BYTES :]
    if version == 1:
        return Envelope(version, header, bound_to, rest, rest[:0])
    if header.index_bytes < 1 or (header.index_bytes > len(rest) and not is_start_only):
        raise DamagedFileError(source, _CUT)
    return Envelope(version, header, bound_to, rest[: header.index_bytes], rest[header.index_bytes :])


def _read_header(text: bytes, version: int, *, source: str) -> Header:
    try:
        plain = parse(text)
        own = LENIENT if version > VERSION else NO_OWN_WAY
        header = from_plain(Header, plain, own=own)
        salt = bytes.fromhex(header.stream_salt)
    except UnknownKeyError as error:
        raise NewerFileError(source) from error
    except (PlainShapeError, ValueError) as error:
        if version > VERSION:
            raise NewerFileError(source) from error
        raise DamagedFileError(source, _HEADER) from error
    if version > VERSION and not 1 < header.reads_as <= VERSION:
        raise NewerFileError(source)
    if len(salt) != STREAM_SALT_BYTES:
        raise DamagedFileError(source, _HEADER)
    check_slots(header.keys, source=source)
    return header
