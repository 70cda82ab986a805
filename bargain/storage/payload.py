"""A sector to the plain bytes that are then sealed, and back.

Layout: two little-endian unsigned 64-bit numbers (size of the index packed, and unpacked), the index (canonical
JSON, zstd), then the blobs that it lists, one after another with nothing between or after.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

import zstandard

from bargain.storage.codec import PlainShapeError, Writers, canonical, from_plain, parse, to_plain
from bargain.storage.columns import ZSTD_LEVEL, Blob, decompress, pack_workforce, unpack_workforce
from models.sector import Sector
from models.workforce import Workforce

_SIZES = struct.Struct("<QQ")
_LARGEST_INDEX = 256 * 1024 * 1024  # bytes of JSON: offers, accounts, and job titles in the hundred thousands


@dataclass(frozen=True, slots=True)
class ListedBlob:
    """A blob as the index lists it: SHA-256 of its plain bytes, and its sizes in bytes."""

    sha256: str
    packed: int
    size: int


@dataclass(frozen=True, slots=True)
class _BlobList:
    blobs: tuple[ListedBlob, ...]


def encode(sector: Sector) -> bytes:
    """All of a sector as bytes. Equal sectors give equal bytes (under one version of zstd)."""
    blobs: dict[str, Blob] = {}
    own: Writers = {Workforce: lambda workforce: to_plain(pack_workforce(workforce, blobs))}
    plain = to_plain(sector, own=own)
    try:  # never seal what could not be read again
        from_plain(Sector, plain, own={Workforce: lambda _: sector.workforce}, where="sector")
    except PlainShapeError as error:  # a fault in the program, not in anybody's file
        raise ValueError(f"this sector can't be stored: {error}") from error
    listed = tuple(ListedBlob(name, len(blob.packed), blob.size) for name, blob in blobs.items())
    index = canonical({"sector": plain, **to_plain(_BlobList(listed))})
    packed = zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(index)
    return b"".join((_SIZES.pack(len(packed), len(index)), packed, *(blob.packed for blob in blobs.values())))


def decode(data: bytes) -> Sector:
    """Read the sector out of its bytes; raises UnusableInput (PlainShapeError) where they do not fit."""
    if len(data) < _SIZES.size:
        raise PlainShapeError("longer")
    packed_size, index_size = _SIZES.unpack_from(data)
    start = _SIZES.size + packed_size
    if start > len(data) or index_size > _LARGEST_INDEX:
        raise PlainShapeError("within the file", "index")
    index = parse(decompress(data[_SIZES.size : start], index_size, where="index"))
    if not isinstance(index, dict) or "sector" not in index:
        raise PlainShapeError("a table with a sector", "index")
    plain = index.pop("sector")
    blobs = _cut(data, start, index)
    return from_plain(
        Sector,
        plain,
        own={Workforce: lambda stored: unpack_workforce(stored, blobs)},
    )


def _cut(data: bytes, start: int, index: dict[str, Any]) -> dict[str, Blob]:
    """The blobs that the index lists, which must fill the rest of ``data`` exactly."""
    blobs = {}
    for listed in from_plain(_BlobList, index).blobs:
        end = start + listed.packed
        if listed.packed < 0 or listed.size < 0 or end > len(data):
            raise PlainShapeError("within the file", "blobs")
        blobs[listed.sha256] = Blob(data[start:end], listed.size)
        start = end
    if start != len(data):
        raise PlainShapeError(f"{start:,} bytes long, not {len(data):,}")
    return blobs
