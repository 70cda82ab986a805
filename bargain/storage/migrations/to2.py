"""Version 1 to version 2: a file that held one sector and no history becomes one whose history begins with it.

Layout of version 1, inside its seal: two little-endian unsigned 64-bit numbers (size of the index packed, and
unpacked), the index (canonical JSON, zstd), then the blobs that it lists, one after another. A blob is one
column: its little-endian bytes, all first bytes first, then zstd, named by the SHA-256 of its plain bytes.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.storage.codec import PlainShapeError, UnknownKeyError, from_plain, parse
from bargain.storage.coding import decompress, unshuffled
from bargain.storage.columns import MOST_POSTS, check_codes
from models.sector import Sector
from models.workforce import COLUMNS, OPTIONAL, VOCABULARIES, Workforce

_SIZES = struct.Struct("<QQ")
_LARGEST_INDEX = 256 * 1024 * 1024  # bytes of JSON


@dataclass(frozen=True, slots=True)
class _Blob:
    packed: bytes
    size: int


@dataclass(frozen=True, slots=True)
class _ListedBlob:
    sha256: str
    packed: int
    size: int


@dataclass(frozen=True, slots=True)
class _BlobList:
    blobs: tuple[_ListedBlob, ...]


@dataclass(frozen=True, slots=True)
class _StoredColumn:
    type: str
    blob: str


@dataclass(frozen=True, slots=True)
class _StoredForce:
    posts: int
    vocabularies: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, _StoredColumn]


def sector_of(data: bytes) -> Sector:
    """The sector in an opened version 1 file. Raises UnusableInput (PlainShapeError) where it does not fit."""
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
    return from_plain(Sector, plain, own={Workforce: lambda stored: _force(stored, blobs)})


def _cut(data: bytes, start: int, index: dict[str, Any]) -> dict[str, _Blob]:
    """The blobs that the index lists, which must fill the rest of ``data`` exactly."""
    blobs = {}
    for listed in from_plain(_BlobList, index).blobs:
        end = start + listed.packed
        if listed.packed < 0 or listed.size < 0 or end > len(data):
            raise PlainShapeError("within the file", "blobs")
        blobs[listed.sha256] = _Blob(data[start:end], listed.size)
        start = end
    if start != len(data):
        raise PlainShapeError(f"{start:,} bytes long, not {len(data):,}")
    return blobs


def _force(plain: Any, blobs: Mapping[str, _Blob]) -> Workforce:
    stored = from_plain(_StoredForce, plain)
    if not 0 <= stored.posts <= MOST_POSTS:
        raise PlainShapeError(f"from 0 to {MOST_POSTS:,}", "posts")
    for known, found in ((COLUMNS, stored.columns), (VOCABULARIES, stored.vocabularies)):
        for name in found:
            if name not in known:
                raise UnknownKeyError(name)
        for name in known:
            if name not in found and name not in OPTIONAL:
                raise PlainShapeError("there", name)
    columns = {name: _column(name, one, stored.posts, blobs) for name, one in stored.columns.items()}
    parts: dict[str, Any] = {**stored.vocabularies, **columns}
    force = Workforce(**parts)
    try:
        check_codes(force)
    except ValueError as error:
        raise PlainShapeError(f"in order: {error}") from error
    return force


def _column(name: str, stored: _StoredColumn, posts: int, blobs: Mapping[str, _Blob]) -> NDArray[Any]:
    kind = np.dtype(COLUMNS[name])
    if stored.type != kind.newbyteorder("<").str:
        raise PlainShapeError(f"of type {kind.newbyteorder('<').str}", name)
    blob = blobs.get(stored.blob)
    if blob is None or blob.size != posts * kind.itemsize:
        raise PlainShapeError(f"a column of {posts:,} posts", name)
    column = unshuffled(decompress(blob.packed, blob.size, where=name), kind, posts)
    if hashlib.sha256(column.astype(kind.newbyteorder("<"), copy=False).tobytes()).hexdigest() != stored.blob:
        raise PlainShapeError("the column that its digest says", name)
    return column
