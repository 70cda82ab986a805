"""Columns as codes into their distinct values: a million cells hold few different texts, and each is read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
U = TypeVar("U")
Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]
_HASH_FROM = 20_000  # below this many keys sorting is quicker than loading the hash table
_DENSE_FROM = 1_000  # a table of so many numbers costs next to nothing, however few the keys
_WIDEST = 2**62


class Coded(Sequence[T], Generic[T]):
    """Values by position, each kept once. Not every distinct value need occur, and two may be equal."""

    __slots__ = ("codes", "distinct")

    def __init__(self, codes: Codes, distinct: Sequence[T]) -> None:
        self.codes = codes
        self.distinct = distinct

    @classmethod
    def of(cls, values: Iterable[T]) -> Coded[T]:
        """Any values, told apart by kind as well: 1, 1.0 and True are three."""
        seen: dict[tuple[type, T], int] = {}
        codes = [seen.setdefault((type(value), value), len(seen)) for value in values]
        return cls(np.array(codes, dtype=np.int32), [value for _kind, value in seen])

    @classmethod
    def same(cls, value: T, length: int) -> Coded[T]:
        """One value everywhere."""
        return cls(np.zeros(length, dtype=np.int32), [value])

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Coded[T]: ...
    def __getitem__(self, at: int | slice) -> T | Coded[T]:
        if isinstance(at, slice):
            return Coded(self.codes[at], self.distinct)
        return self.distinct[int(self.codes[at])]

    def __iter__(self) -> Iterator[T]:
        distinct = self.distinct
        return (distinct[code] for code in self.codes.tolist())

    def take(self, places: NDArray[np.integer[Any]] | Mask) -> Coded[T]:
        """The values at these places, or where the mask is true."""
        return Coded(self.codes[places], self.distinct)

    def map(self, work: Callable[[T], U]) -> Coded[U]:
        """What is made of each value; the work is done once for each that is distinct."""
        return Coded(self.codes, [work(value) for value in self.distinct])

    def mask(self, test: Callable[[T], object]) -> Mask:
        """Where the test holds."""
        flags = np.fromiter((bool(test(value)) for value in self.distinct), np.bool_, len(self.distinct))
        return flags.take(self.codes)

    def array(self, work: Callable[[T], Any], kind: Any) -> NDArray[Any]:
        """A plain numpy column of what the work gives."""
        occurs = np.bincount(self.codes, minlength=len(self.distinct)) > 0
        table = np.zeros(len(self.distinct), dtype=kind)
        table[occurs] = [work(self.distinct[at]) for at in np.flatnonzero(occurs).tolist()]
        return table.take(self.codes)

    def counted(self, where: Mask | None = None) -> list[tuple[T, int]]:
        """Each distinct value that occurs, with how often; in order of codes."""
        codes = self.codes if where is None else self.codes[where]
        counts = np.bincount(codes, minlength=len(self.distinct))
        return [(self.distinct[int(code)], int(counts[code])) for code in np.flatnonzero(counts)]

    def occurring(self) -> list[T]:
        """The distinct values that occur, in order of first appearance."""
        _codes, firsts = factorised(self.codes)
        return [self.distinct[int(self.codes[at])] for at in np.sort(firsts)]


def factorised(keys: NDArray[Any]) -> tuple[Codes, NDArray[np.int64]]:
    """Whole numbers → small codes, and for each code a place where it occurs first."""
    if len(keys) < _HASH_FROM:
        _unique, places, inverse = np.unique(keys, return_index=True, return_inverse=True)
        return np.asarray(inverse, dtype=np.int32), np.asarray(places, dtype=np.int64)
    import pandas as pd

    found, distinct = pd.factorize(keys)
    codes = found.astype(np.int32)
    firsts = np.empty(len(distinct), dtype=np.int64)
    firsts[codes[::-1]] = np.arange(len(keys) - 1, -1, -1)
    return codes, firsts


def _dense(keys: NDArray[np.int64], width: int) -> tuple[Codes, NDArray[np.int64]]:
    """The same for keys below ``width``, by a table of all of them."""
    first = np.full(width, -1, dtype=np.int32)
    first[keys[::-1]] = np.arange(
        len(keys) - 1, -1, -1, dtype=np.int32
    )  # the last written is the first to occur
    there = np.flatnonzero(first >= 0)
    firsts = first[there].astype(np.int64)
    first[there] = np.arange(len(there), dtype=np.int32)
    return first.take(keys), firsts


def grouped(columns: Sequence[Coded[Any]]) -> tuple[Codes, NDArray[np.int64]]:
    """Codes for the combinations of values that occur together, and a place where each occurs first."""
    keys: NDArray[np.int64] = columns[0].codes.astype(np.int64)
    width = max(len(columns[0].distinct), 1)
    for column in columns[1:]:
        size = max(len(column.distinct), 1)
        if size == 1:
            continue
        if width * size > _WIDEST:
            codes, firsts = factorised(keys)
            keys, width = codes.astype(np.int64), len(firsts)
        keys = keys * size + column.codes
        width *= size
    return _dense(keys, width) if width <= max(len(keys), _DENSE_FROM) else factorised(keys)


def over(work: Callable[..., U], *columns: Coded[Any]) -> Coded[U]:
    """What is made of the values that stand together in each row, once for each combination."""
    codes, firsts = grouped(columns)
    picked = [[column.distinct[code] for code in column.codes[firsts].tolist()] for column in columns]
    return refolded(Coded(codes, list(map(work, *picked))))


def refolded(column: Coded[T]) -> Coded[T]:
    """The same values with equal ones under one code."""
    seen: dict[tuple[type, T], int] = {}
    table = np.array(
        [seen.setdefault((type(value), value), len(seen)) for value in column.distinct], dtype=np.int32
    )
    if len(seen) == len(column.distinct):
        return column
    return Coded(table[column.codes], [value for _kind, value in seen])
