"""Delimited text → columns, without an object for each cell: fields are found and told apart as bytes.

What quotes and line ends make doubtful is left to the exact reader (``csv_exact``): ``columns_of`` gives None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import cast, overload

import numpy as np
from numpy.typing import NDArray

from bargain.intake.coded import Coded, Mask
from bargain.intake.csv_exact import MOST_CELLS
from bargain.intake.csv_fields import (
    QUOTE,
    WORD,
    Places,
    TooWide,
    fields_of,
    told_apart,
    word_at,
    words_of,
)
from bargain.intake.endings import may_end_with
from bargain.intake.tables import Cell, Rows, is_blank, trimmed

_THREADS = 4
_WIDEST_FIELD = 4_000
_MOST_COLUMNS = 2_000
_MOST_BYTES = 2**31 - 64
_COUNTED = 3 * WORD
_TOPS = np.uint64(0x8080808080808080)  # of each byte, the bit that only letters beyond ASCII have
_SMALL = np.uint64(0x2020202020202020)
_FROM_A = np.uint64(0x1F1F1F1F1F1F1F1F)  # added to a byte, its top bit is set from "a" on
_AFTER_Z = np.uint64(0x0505050505050505)  # and here from beyond "z" on


class Texts(Sequence[str]):
    """The distinct texts of a column as places in the file; decoded when first asked for."""

    def __init__(self, data: bytes, starts: Places, ends: Places, *, is_clean: bool) -> None:
        self._data, self._starts, self._ends = data, starts, ends
        self.is_clean = is_clean

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return self._all[at]
        if "_all" in self.__dict__:
            return self._all[at]
        text = self._data[int(self._starts[at]) : int(self._ends[at])].decode()
        return text if self.is_clean else _plain(text)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    @cached_property
    def _all(self) -> list[str]:
        return self.some(slice(None))

    def some(self, places: NDArray[np.intp] | slice) -> list[str]:
        """The texts at these places, decoded together."""
        data = self._data
        bounds = zip(self._starts[places].tolist(), self._ends[places].tolist(), strict=True)
        texts = [data[start:end].decode() for start, end in bounds]
        return texts if self.is_clean else [_plain(text) for text in texts]

    @cached_property
    def blank(self) -> Mask:
        """Which texts show nothing; only those that begin oddly need a look."""
        octets = np.frombuffer(self._data, np.uint8)
        first = octets[np.minimum(self._starts, len(octets) - 1)]
        flags = self._ends <= self._starts
        odd = ~flags & ((first <= 0x20) | (first >= 0x7F) | (first == QUOTE))
        for at in np.flatnonzero(odd).tolist():
            flags[at] = is_blank(self[at])
        return flags

    @property
    def has_edges(self) -> bool:
        """Whether any text begins or ends with a space."""
        octets = np.frombuffer(self._data, np.uint8)
        filled = self._ends > self._starts
        edge = (octets[self._starts] <= 0x20) | (octets[self._ends - 1] <= 0x20)
        return bool((edge & filled).any())

    def any_begins_with(self, letter: str) -> bool:
        """Whether any text begins with this letter of ASCII."""
        octets = np.frombuffer(self._data, np.uint8)
        return bool(((octets[self._starts] == ord(letter)) & (self._ends > self._starts)).any())

    def may_end_with(self, letters: str) -> Mask:
        """Which texts may end with one of these letters or figures, marks of footnotes not counted."""
        octets = np.frombuffer(self._data, np.uint8)
        return may_end_with(letters, *(octets[np.maximum(self._ends - at, 0)] for at in (1, 2, 3)))

    @cached_property
    def letters(self) -> NDArray[np.int64]:
        """How many letters each text has, at most counted to its 24th byte; those beyond ASCII count as many."""
        sizes = self._ends - self._starts
        counts = np.where(sizes > _COUNTED, 99, 0)
        words = words_of(self._data)
        for offset in range(0, int(min(sizes.max(initial=0), _COUNTED)), WORD):
            word = word_at(words, self._starts, sizes, offset)
            beyond = word & _TOPS
            lower = (word & ~_TOPS) | _SMALL  # each byte from 0 to 127, capitals made small
            letters = (lower + _FROM_A) & ~(lower + _AFTER_Z) & ~word & _TOPS
            counts += (
                np.bitwise_count(letters).astype(np.int64) + np.bitwise_count(beyond).astype(np.int64) * 99
            )
        return counts


def _plain(text: str) -> str:
    """A field as csv gives it: without the spaces before it, its quotes and the doubling of quotes inside."""
    text = text.lstrip(" ")
    return text[1:-1].replace('""', '"') if text.startswith('"') else text


def columns_of(data: bytes, delimiter: str) -> Rows | None:
    """The rows of UTF-8 text, or None where only the exact reader can be sure of them."""
    if not delimiter.isascii() or len(data) >= _MOST_BYTES or b"\x00" in data or not data:
        return None
    padded = data + (b"" if data.endswith(b"\n") else b"\n") + bytes(WORD)
    with ThreadPoolExecutor(_THREADS) as pool:
        fields = fields_of(padded, ord(delimiter), pool)
        if not fields.height or fields.ends[-1] != len(padded) - WORD - 1:
            return None  # a quote that is never closed
        if fields.returns and fields.returns != int(fields.ended_by_return.sum()):
            return None  # a line that ends in a bare carriage return, or one inside a field
        if fields.width > _MOST_COLUMNS or fields.width * fields.height > MOST_CELLS:
            return None
        quoted = b'"' in data
        is_clean = not (fields.is_odd or quoted or b"\t" in data or not data.isascii())
        try:
            found = list(told_apart(fields, pool, widest=_WIDEST_FIELD))
        except TooWide:
            return None
    columns: list[Coded[Cell]] = []
    for at, (codes, firsts) in enumerate(found):
        texts = Texts(padded, *fields.bounds(firsts, at), is_clean=is_clean)
        if quoted and not _quotes_are_plain(texts):
            return None
        texts.is_clean = is_clean and not texts.has_edges
        columns.append(Coded(codes, cast("Sequence[Cell]", texts)))
    return trimmed(columns, fields.height)


def _quotes_are_plain(texts: Texts) -> bool:
    """Whether every field with a quote is quoted from end to end, as every writer of CSV does it."""
    data = texts._data  # noqa: SLF001  # the same module
    for start, end in zip(texts._starts.tolist(), texts._ends.tolist(), strict=True):  # noqa: SLF001
        field = data[start:end]
        if b'"' in field:
            field = field.lstrip(b" ")
            inside = field[1:-1].replace(b'""', b"")
            if len(field) < 2 or not (field[:1] == field[-1:] == b'"') or b'"' in inside:
                return False
    return True
