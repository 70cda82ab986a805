"""One column of figures to few bytes and back, quickly: most columns hold few different values.

Packed bytes begin with one that says how: a table of values with a small code for each post; whole numbers as
multiples of a step above the lowest; or, where neither helps, the bytes themselves, all first bytes, then all
second bytes and so on (which compresses far better). Codes are compressed by zstd where that is worth it.
All numbers are little-endian. Decoding checks every size before it takes memory.
"""

from __future__ import annotations

import struct
import threading
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray

from bargain.storage.codec import PlainShapeError

_PLAIN, _TABLE, _STEPS = 0, 1, 2
_STORED, _ZSTD = 0, 1
_ZSTD_LEVEL = 1
_WORTH = 0.9  # compressed codes are kept where they are shorter than this share
_TABLE_START = struct.Struct("<BI")
_STEPS_START = struct.Struct("<BqqB")
_WIDTHS: dict[int, np.dtype[Any]] = {width: np.dtype(f"<u{width}") for width in (1, 2, 4)}
_MOST_VALUES = 65_536
_SAMPLE = 2_000
_OF_THREAD = threading.local()


def pack(column: NDArray[Any]) -> bytes:
    """A column's figures as bytes that ``unpack`` gives back exactly, NaN and minus nought included."""
    column = np.ascontiguousarray(column.astype(_little(column.dtype), copy=False))
    if not len(column):
        return _as_plain(column)
    if (column.view(f"<i{column.itemsize}") == column.view(f"<i{column.itemsize}")[0]).all():
        return _TABLE_START.pack(_TABLE, 1) + column[:1].tobytes()  # one value for all: no codes
    if column.dtype.kind == "i":
        return _as_steps(column) or _as_table(column) or _as_plain(column)
    return _as_table(column) or _as_plain(column)


def unpack(packed: bytes, kind: np.dtype[Any], posts: int, *, where: str) -> NDArray[Any]:
    """The ``posts`` figures of a packed column. Raises PlainShapeError where the bytes are not one."""
    try:
        how = packed[0]
        if how == _TABLE:
            return _from_table(packed, kind, posts, where)
        if how == _STEPS:
            return _from_steps(packed, kind, posts, where)
        if how == _PLAIN:
            return _from_plain_bytes(packed, kind, posts, where)
    except (struct.error, IndexError, ValueError) as error:
        raise PlainShapeError("a packed column", where) from error
    raise PlainShapeError("packed in a known way", where)


def decompress(packed: bytes | memoryview, size: int, *, where: str) -> bytes:
    """Unpack zstd bytes that must come to exactly ``size``: never more memory than that.

    zstandard allocates what the frame itself declares and then ignores its own limit, so the frame's figure
    is compared first.
    """
    try:
        if zstandard.frame_content_size(packed) != size:
            raise PlainShapeError(f"{size:,} bytes when unpacked", where)
        plain = _unpacker().decompress(packed, max_output_size=size, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise PlainShapeError("compressed data that can be read", where) from error
    if len(plain) != size:
        raise PlainShapeError(f"{size:,} bytes when unpacked", where)
    return plain


def _unpacker() -> zstandard.ZstdDecompressor:
    """What unpacks, one for each thread: making one takes as long as unpacking a small column."""
    found: zstandard.ZstdDecompressor | None = getattr(_OF_THREAD, "unpacker", None)
    if found is None:
        found = _OF_THREAD.unpacker = zstandard.ZstdDecompressor()
    return found


def compress(plain: bytes | memoryview) -> bytes:
    """Zstd with the size in its frame."""
    return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(plain)


def _little(kind: np.dtype[Any]) -> np.dtype[Any]:
    return kind.newbyteorder("<")


# Whole numbers as steps above the lowest


def _as_steps(column: NDArray[Any]) -> bytes | None:
    """Whole numbers whose range, in steps, fits a shorter kind; None where it does not."""
    lowest, highest = int(column.min()), int(column.max())
    if highest - lowest > min(2**31 - 1, np.iinfo(column.dtype).max):  # differences must fit their own kind
        return None
    above = column - column.dtype.type(lowest)
    step = int(np.gcd.reduce(above[:_SAMPLE])) or 1
    if step > 1 and (above % step).any():
        step = 1
    width = _width_for((highest - lowest) // step + 1)
    if width is None or (width >= column.itemsize and width > 1):
        return None
    codes = (above // step if step > 1 else above).astype(_WIDTHS[width])
    return _STEPS_START.pack(_STEPS, lowest, step, width) + _packed_codes(codes)


def _from_steps(packed: bytes, kind: np.dtype[Any], posts: int, where: str) -> NDArray[Any]:
    _, lowest, step, width = _STEPS_START.unpack_from(packed)
    codes = _codes(packed, _STEPS_START.size, width, posts, where)
    highest = lowest + int(codes.max(initial=0)) * step
    limits = np.iinfo(kind)
    if kind.kind != "i" or not 1 <= step <= limits.max or lowest < limits.min or highest > limits.max:
        raise PlainShapeError("within the range of its kind", where)
    column = codes.astype(kind)
    if step > 1:
        column *= kind.type(step)
    if lowest:
        column += kind.type(lowest)
    return column


# A table of values


def _as_table(column: NDArray[Any]) -> bytes | None:
    """A table of the different values and a code for each post; None where there are too many."""
    bits = column.view(f"<i{column.itemsize}")  # by bits: NaN equals itself, and -0.0 is not 0.0
    values = _distinct(bits)
    if values is None:
        return None
    width = _width_for(len(values))
    if width is None or width >= column.itemsize:
        return None
    codes = np.searchsorted(values, bits).astype(_WIDTHS[width])
    return _TABLE_START.pack(_TABLE, len(values)) + values.tobytes() + _packed_codes(codes)


def _distinct(bits: NDArray[Any]) -> NDArray[Any] | None:
    """All different values in order, found from samples: sorting a whole column takes ten times as long."""
    values = np.unique(bits[:: max(len(bits) // _SAMPLE, 1)])
    while len(values) <= min(_MOST_VALUES, max(len(bits) // 2, 1)):
        at = np.minimum(np.searchsorted(values, bits), len(values) - 1)
        missing = bits[values[at] != bits]
        if not len(missing):
            return values
        values = np.union1d(values, np.unique(missing[: _SAMPLE * 4]))
        if len(values) > _SAMPLE and len(missing) > len(bits) // 4:
            return None  # nearly every value is a new one
    return None


def _from_table(packed: bytes, kind: np.dtype[Any], posts: int, where: str) -> NDArray[Any]:
    _, count = _TABLE_START.unpack_from(packed)
    end = _TABLE_START.size + count * kind.itemsize
    width = _width_for(count)
    if not 1 <= count <= _MOST_VALUES or width is None or end > len(packed):
        raise PlainShapeError("a table of values", where)
    values = np.frombuffer(packed, _little(kind), count, _TABLE_START.size).astype(kind)
    if count == 1 and end == len(packed):
        return np.full(posts, values[0], dtype=kind)
    codes = _codes(packed, end, width, posts, where)
    if int(codes.max(initial=0)) >= count:
        raise PlainShapeError("within its table", where)
    return np.take(values, codes, mode="clip")


# Bytes as they are


def _as_plain(column: NDArray[Any]) -> bytes:
    width = column.itemsize
    plain = column.view(np.uint8).reshape(len(column), width)
    shuffled = np.empty((width, len(column)), dtype=np.uint8)
    for byte in range(width):  # by bytes is several times quicker than a transposed copy
        shuffled[byte] = plain[:, byte]
    return bytes((_PLAIN,)) + compress(shuffled.data)


def _from_plain_bytes(packed: bytes, kind: np.dtype[Any], posts: int, where: str) -> NDArray[Any]:
    plain = decompress(memoryview(packed)[1:], posts * kind.itemsize, where=where)
    return unshuffled(plain, kind, posts)


def unshuffled(plain: bytes, kind: np.dtype[Any], posts: int) -> NDArray[Any]:
    """Figures from their bytes, all first bytes first."""
    shuffled = np.frombuffer(plain, dtype=np.uint8)
    whole = np.empty((posts, kind.itemsize), dtype=np.uint8)
    for byte in range(kind.itemsize):
        whole[:, byte] = shuffled[byte * posts : (byte + 1) * posts]
    return whole.reshape(-1).view(_little(kind)).astype(kind, copy=False)


# Codes


def _width_for(count: int) -> int | None:
    """Bytes of a code that tells ``count`` values apart; None where four are too few."""
    return next((width for width in _WIDTHS if count <= 256**width), None)


def _packed_codes(codes: NDArray[Any]) -> bytes:
    """Codes, compressed byte by byte where that makes them clearly shorter."""
    width = codes.itemsize
    shuffled = codes.view(np.uint8).reshape(len(codes), width).T.tobytes() if width > 1 else codes.tobytes()
    packed = compress(shuffled)
    if len(packed) < _WORTH * codes.nbytes:
        return bytes((_ZSTD,)) + packed
    return bytes((_STORED,)) + codes.tobytes()


def _codes(packed: bytes, start: int, width: int, posts: int, where: str) -> NDArray[Any]:
    if width not in _WIDTHS:
        raise PlainShapeError("codes of 1, 2 or 4 bytes", where)
    how, rest = packed[start], memoryview(packed)[start + 1 :]
    if how == _STORED:
        if len(rest) != posts * width:
            raise PlainShapeError(f"{posts:,} codes", where)
        return np.frombuffer(rest, _WIDTHS[width])
    plain = decompress(rest, posts * width, where=where)
    return np.frombuffer(plain, np.uint8) if width == 1 else unshuffled(plain, _WIDTHS[width], posts)
