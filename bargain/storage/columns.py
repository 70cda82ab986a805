"""Workforce columns to named blobs and back.

A blob is one column: its little-endian bytes, byte-shuffled (all first bytes, then all second bytes, and so
on, which compresses far better), then zstd at level 1. It is named by the SHA-256 of its plain bytes, so that
equal columns are one blob and an unchanged column keeps its name from one save to the next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray

from bargain.storage.codec import PlainShapeError, UnknownKeyError, from_plain
from models.issues import UnusableInput
from models.workforce import COLUMNS, NONE_CODE, VOCABULARIES, Basis, Contract, Sex, Workforce

ZSTD_LEVEL = 1
MOST_POSTS = 20_000_000  # twelve times the largest sector; about 2 GB of columns

_WORKERS = 4

_INDEXES = {
    "employer_code": "employers",
    "grade_code": "grades",
    "point_code": "points",
    "title_code": "titles",
    "setting_code": "settings",
}
_KINDS: dict[str, type[IntEnum]] = {"basis": Basis, "contract": Contract, "sex": Sex}


@dataclass(frozen=True, slots=True)
class Blob:
    """A compressed column: its bytes, and how many it has when unpacked."""

    packed: bytes
    size: int


@dataclass(frozen=True, slots=True)
class StoredColumn:
    """One column's place: its type as numpy spells it ("<i8") and the name of its blob."""

    type: str
    blob: str


@dataclass(frozen=True, slots=True)
class StoredWorkforce:
    """What the JSON says of a workforce: how many posts, the vocabularies, and where its columns are."""

    posts: int
    vocabularies: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, StoredColumn]


def pack_workforce(workforce: Workforce, blobs: dict[str, Blob]) -> StoredWorkforce:
    """Put a workforce's columns into ``blobs`` and say where they are.

    Raises ValueError where a code is outside its vocabulary: nothing is written that could not be read.
    """
    if len(workforce) > MOST_POSTS:
        raise UnusableInput(
            f"This sector has {len(workforce):,} posts, and one file holds at most {MOST_POSTS:,}; "
            "split it into two sectors."
        )
    fault = code_fault(workforce)
    if fault:
        raise ValueError(f"the workforce can't be stored: {fault}")
    with ThreadPoolExecutor(_WORKERS) as workers:  # hashing and packing let other threads run meanwhile
        packed = list(workers.map(_pack, [getattr(workforce, name) for name in COLUMNS]))
    blobs.update(packed)
    columns = {
        name: StoredColumn(_little(np.dtype(kind)).str, blob)
        for (name, kind), (blob, _) in zip(COLUMNS.items(), packed, strict=True)
    }
    vocabularies = {name: getattr(workforce, name) for name in VOCABULARIES}
    return StoredWorkforce(len(workforce), vocabularies, columns)


def unpack_workforce(plain: Any, blobs: Mapping[str, Blob]) -> Workforce:
    """Build the workforce that ``plain`` describes from its blobs; raises UnusableInput where it can't be."""
    stored = from_plain(StoredWorkforce, plain)
    if not 0 <= stored.posts <= MOST_POSTS:
        raise PlainShapeError(f"from 0 to {MOST_POSTS:,}", "posts")
    for known, found in ((COLUMNS, stored.columns), (VOCABULARIES, stored.vocabularies)):
        for name in found:
            if name not in known:
                raise UnknownKeyError(name)
        for name in known:
            if name not in found:
                raise PlainShapeError("there", name)

    def unpack(name: str) -> NDArray[Any]:
        return _unpack(name, stored.columns[name], np.dtype(COLUMNS[name]), stored.posts, blobs)

    with ThreadPoolExecutor(_WORKERS) as workers:
        columns = dict(zip(COLUMNS, workers.map(unpack, COLUMNS), strict=True))
    parts: dict[str, Any] = {**stored.vocabularies, **columns}
    workforce = Workforce(**parts)
    fault = code_fault(workforce)
    if fault:
        raise PlainShapeError(f"in order: {fault}")
    return workforce


def code_fault(workforce: Workforce) -> str:
    """Name the first column that holds a code outside its vocabulary or kinds; empty where all is well."""
    if not len(workforce):
        return ""
    for name, vocabulary in _INDEXES.items():
        codes: NDArray[np.int32] = getattr(workforce, name)
        if codes.min() < NONE_CODE or codes.max() >= len(getattr(workforce, vocabulary)):
            return f"{name} points outside its list of {vocabulary}"
    for name, kind in _KINDS.items():
        kinds: NDArray[np.int8] = getattr(workforce, name)
        if kinds.min() < min(kind) or kinds.max() > max(kind):
            return f"{name} holds a code that does not exist"
    return ""


def _little(kind: np.dtype[Any]) -> np.dtype[Any]:
    return kind.newbyteorder("<")


def _pack(column: NDArray[np.generic]) -> tuple[str, Blob]:
    """A column's name and blob."""
    little = np.ascontiguousarray(column.astype(_little(column.dtype), copy=False))
    width = column.dtype.itemsize
    plain = little.view(np.uint8).reshape(len(column), width)
    shuffled = np.empty((width, len(column)), dtype=np.uint8)
    for byte in range(width):  # by bytes is several times quicker than a transposed copy
        shuffled[byte] = plain[:, byte]
    packed = zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(shuffled.data)
    return hashlib.sha256(plain.data).hexdigest(), Blob(packed, plain.size)


def _unpack(
    name: str, stored: StoredColumn, kind: np.dtype[Any], posts: int, blobs: Mapping[str, Blob]
) -> NDArray[Any]:
    if stored.type != _little(kind).str:
        raise PlainShapeError(f"of type {_little(kind).str}", name)
    blob = blobs.get(stored.blob)
    if blob is None or blob.size != posts * kind.itemsize:
        raise PlainShapeError(f"a column of {posts:,} posts", name)
    shuffled = np.frombuffer(decompress(blob.packed, blob.size, where=name), dtype=np.uint8)
    plain = np.empty((posts, kind.itemsize), dtype=np.uint8)
    for byte in range(kind.itemsize):
        plain[:, byte] = shuffled[byte * posts : (byte + 1) * posts]
    if hashlib.sha256(plain.data).hexdigest() != stored.blob:
        raise PlainShapeError("the column that its digest says", name)
    column = plain.reshape(-1).view(_little(kind)).astype(kind, copy=False)
    column.flags.writeable = False
    return column


def decompress(packed: bytes, size: int, *, where: str) -> bytes:
    """Unpack zstd bytes that must come to exactly ``size``: never more memory than that.

    zstandard allocates what the frame itself declares and then ignores its own limit, so the frame's figure
    is compared first.
    """
    try:
        if zstandard.frame_content_size(packed) != size:
            raise PlainShapeError(f"{size:,} bytes when unpacked", where)
        plain = zstandard.ZstdDecompressor().decompress(packed, max_output_size=size, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise PlainShapeError("compressed data that can be read", where) from error
    if len(plain) != size:
        raise PlainShapeError(f"{size:,} bytes when unpacked", where)
    return plain
