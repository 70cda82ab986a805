"""Delimited text → columns, without an object for each cell: fields are found and told apart as bytes.

What quotes and line ends make doubtful is left to the exact reader in ``csv_tables``: ``columns_of`` gives None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from typing import cast, overload

import numpy as np
from numpy.typing import NDArray

from bargain.intake.coded import Coded, Mask, coded_only, factorised
from bargain.intake.tables import Cell, Rows, is_blank, trimmed

_NEWLINE, _RETURN, _QUOTE = 0x0A, 0x0D, 0x22
_THREADS = 4
_WORD = 8
_WIDEST_FIELD = 4_000
_MOST_COLUMNS = 2_000
_BLOCK = 1 << 22
_MOST_BYTES = 2**31 - 64
_ODD_SPACES = (b"\x0b", b"\x0c", b"\x1c", b"\x1d", b"\x1e", b"\x1f")
_MASKS = np.array([(1 << (8 * size)) - 1 for size in range(_WORD)] + [2**64 - 1], dtype=np.uint64)

Places = NDArray[np.int32]


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
        data = self._data
        places = zip(self._starts.tolist(), self._ends.tolist(), strict=True)
        texts = [data[start:end].decode() for start, end in places]
        return texts if self.is_clean else [_plain(text) for text in texts]

    @cached_property
    def blank(self) -> Mask:
        """Which texts show nothing; only those that begin oddly need a look."""
        octets = np.frombuffer(self._data, np.uint8)
        first = octets[np.minimum(self._starts, len(octets) - 1)]
        flags = self._ends <= self._starts
        odd = ~flags & ((first <= 0x20) | (first >= 0x7F) | (first == _QUOTE))
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

    def may_end_with(self, letter: str) -> Mask:
        """Which texts may end with this letter or figure, a footnote mark of one or two figures not counted."""
        octets = np.frombuffer(self._data, np.uint8)
        last, before, third = (octets[np.maximum(self._ends - at, 0)] for at in (1, 2, 3))
        figure, letter_code = _is_figure(last), ord(letter)
        odd = (last >= 0x80) | ~(figure | _is_letter(last))
        mark = figure & (letter.isdigit() | _is_letter(before) | (_is_figure(before) & _is_letter(third)))
        found: Mask = odd | ((last | 0x20) == (letter_code | 0x20)) | mark
        return found

    @cached_property
    def letters(self) -> NDArray[np.int64]:
        """How many letters each text has, at most counted to its 24th byte; those beyond ASCII count as many."""
        octets = np.frombuffer(self._data, np.uint8)
        sizes = self._ends - self._starts
        counts = np.where(sizes > 3 * _WORD, 99, 0)
        for at in range(int(min(sizes.max(initial=0), 3 * _WORD))):
            octet = octets[np.minimum(self._starts + at, len(octets) - 1)]
            counts += np.where(sizes > at, np.where(octet >= 0x80, 99, _is_letter(octet)), 0)
        return counts


def _is_letter(octets: NDArray[np.uint8]) -> Mask:
    return ((octets | 0x20) >= 0x61) & ((octets | 0x20) <= 0x7A)


def _is_figure(octets: NDArray[np.uint8]) -> Mask:
    return (octets >= 0x30) & (octets <= 0x39)


def _plain(text: str) -> str:
    """A field as csv gives it: without the spaces before it, its quotes and the doubling of quotes inside."""
    text = text.lstrip(" ")
    return text[1:-1].replace('""', '"') if text.startswith('"') else text


def columns_of(data: bytes, delimiter: str) -> Rows | None:
    """The rows of UTF-8 text, or None where only the exact reader can be sure of them."""
    if b"\x00" in data or not delimiter.isascii() or len(data) >= _MOST_BYTES:
        return None
    padded = data + (b"" if data.endswith(b"\n") else b"\n") + b"\x00" * _WORD
    ends, is_line = _borders(padded, ord(delimiter))
    lines = np.flatnonzero(is_line)
    if not len(lines) or ends[-1] != len(padded) - _WORD - 1:
        return None  # a quote that is never closed
    carriage = np.frombuffer(padded, np.uint8)[np.maximum(ends[lines] - 1, 0)] == _RETURN
    if data.count(b"\r") != int(carriage.sum()):
        return None  # a line that ends in a bare carriage return, or one inside a field
    fields = np.diff(lines, prepend=-1)
    width = int(fields.max())
    if width > _MOST_COLUMNS:
        return None
    odd = not data.isascii() or any(mark in data for mark in (b"\t", b'"', *_ODD_SPACES)) or b"  " in data
    quoted = b'"' in data
    columns: list[Coded[Cell]] = []
    with ThreadPoolExecutor(
        _THREADS
    ) as pool:  # the work is numpy's and pandas', which let threads run side by side
        read = partial(_column, padded, is_clean=not odd)
        spans = _spans(ends, lines, fields, carriage)
        for column in pool.map(lambda span: read(*span), spans):
            if column is None or (quoted and not _quotes_are_plain(column)):
                return None
            columns.append(column)
    return trimmed(columns, len(lines))


def _borders(data: bytes, delimiter: int) -> tuple[Places, Mask]:
    """Where each field ends, and whether a line ends there; delimiters inside quotes are text."""
    octets = np.frombuffer(data, np.uint8)
    parts = []
    for start in range(0, len(octets), _BLOCK):
        block = octets[start : start + _BLOCK]
        found = np.flatnonzero((block == _NEWLINE) | (block == delimiter))
        parts.append(found.astype(np.int32) + np.int32(start))
    ends = np.concatenate(parts)
    if b'"' in data:
        quotes = np.flatnonzero(octets == _QUOTE)
        ends = ends[np.searchsorted(quotes, ends) % 2 == 0]
    return ends, octets[ends] == _NEWLINE


def _spans(
    ends: Places, lines: NDArray[np.intp], fields: NDArray[np.intp], carriage: Mask
) -> Iterator[tuple[Places, Places]]:
    """Where the cells of each column start and stop; a line too short for a column has nothing there."""
    line_starts = np.concatenate([np.zeros(1, dtype=np.int32), ends[lines[:-1]] + np.int32(1)])
    width = int(fields.max())
    regular = bool((fields == width).all())
    firsts = lines - fields + 1
    starts = line_starts
    for at in range(width):
        if regular:
            stops = np.ascontiguousarray(ends[at::width])
        else:
            there = fields > at
            stops = np.where(there, ends[np.minimum(firsts + at, lines)], starts)
        following = stops + np.int32(1)
        last = carriage & (fields == at + 1)
        yield starts, stops - last if last.any() else stops
        starts = following if regular else np.where(there, following, starts)


def _column(data: bytes, starts: Places, stops: Places, *, is_clean: bool) -> Coded[Cell] | None:
    """One column: its cells told apart eight bytes at a time."""
    sizes = stops - starts
    widest = int(sizes.max(initial=0))
    if widest > _WIDEST_FIELD:
        return None
    words = np.ndarray((len(data) - _WORD + 1,), dtype="<u8", buffer=data, strides=(1,))
    keys = words[starts] & _MASKS[np.minimum(sizes, _WORD)]
    codes = None
    for offset in range(_WORD, widest, _WORD):
        if codes is None:
            codes, _count = coded_only(keys)
        left = np.minimum(np.maximum(sizes - np.int32(offset), 0), _WORD)
        reach = np.minimum(starts, len(words) - 1 - offset) + np.int32(offset)
        more, count = coded_only(words[reach] & _MASKS[left])
        if count > 1:
            codes, _count = coded_only(codes.astype(np.int64) * count + more)
    codes, firsts = factorised(keys if codes is None else codes)
    texts = Texts(data, starts[firsts], stops[firsts], is_clean=is_clean)
    texts.is_clean = is_clean and not texts.has_edges
    return Coded(codes, cast("Sequence[Cell]", texts))


def _quotes_are_plain(column: Coded[Cell]) -> bool:
    """Whether every field with a quote is quoted from end to end, as every writer of CSV does it."""
    texts = cast("Texts", column.distinct)
    data = texts._data  # noqa: SLF001  # the same module
    for start, end in zip(texts._starts.tolist(), texts._ends.tolist(), strict=True):  # noqa: SLF001
        field = data[start:end]
        if b'"' in field:
            field = field.lstrip(b" ")
            inside = field[1:-1].replace(b'""', b"")
            if len(field) < 2 or not (field[:1] == field[-1:] == b'"') or b'"' in inside:
                return False
    return True
