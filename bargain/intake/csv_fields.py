"""Where the fields of delimited text begin and end, and a number for each that is equal for equal fields.

The work is done by blocks that stay in the processor's cache, several side by side: numpy lets threads run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bargain.intake.coded import Codes, Mask, factorised

NEWLINE, RETURN, QUOTE, SPACE = 0x0A, 0x0D, 0x22, 0x20
WORD = 8
_BLOCK = 1 << 18
_ROWS_AT_ONCE = 1 << 14
_CELLS_AT_ONCE = 1 << 25  # numbers of fields held at one time, eight bytes each
_NUMBERED = 64 * WORD  # of a longer cell, the bytes that make its number
_MASKS = np.array([(1 << (8 * size)) - 1 for size in range(WORD)] + [2**64 - 1], dtype=np.uint64)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # odd: multiplying by it loses nothing
_FOLD = np.uint64(29)

Places = NDArray[np.int32]
Words = NDArray[np.uint64]
Rows = slice | NDArray[np.intp]


class _Seen(NamedTuple):
    """What one block of the text showed: where fields end, which of those ends a line, and what is odd in it."""

    ends: Places
    is_line: Mask
    returns: int
    is_odd: bool


class TooWide(Exception):  # noqa: N818  # nobody's fault: the exact reader takes such a file
    """A field is longer than the quick reader holds."""


@dataclass(frozen=True, eq=False)
class Fields:
    """The fields of a text. ``ends`` are places of the delimiters and line ends; ``lines`` are places in ``ends``.

    ``data`` ends in a word of noughts, so that eight bytes can be taken anywhere.
    """

    data: bytes
    ends: Places
    lines: NDArray[np.intp]
    returns: int
    is_odd: bool

    @property
    def height(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    @cached_property
    def counts(self) -> NDArray[np.intp]:
        """How many fields each line has."""
        return np.diff(self.lines, prepend=-1)

    @cached_property
    def width(self) -> int:
        """How many fields the longest line has."""
        return int(self.counts.max())

    @cached_property
    def is_regular(self) -> bool:
        """Whether every line has as many fields."""
        return self.height * self.width == len(self.ends)

    @cached_property
    def ended_by_return(self) -> Mask:
        """Which lines have a carriage return before their line end."""
        octets = np.frombuffer(self.data, np.uint8)
        flags: Mask = octets[np.maximum(self.ends[self.lines] - 1, 0)] == RETURN
        return flags

    @cached_property
    def _line_starts(self) -> Places:
        return np.concatenate([np.zeros(1, dtype=np.int32), self.ends[self.lines[:-1]] + np.int32(1)])

    def bounds(self, rows: Rows, column: int) -> tuple[Places, Places]:
        """Where the cells of a column start and stop; a line too short for it has nothing there."""
        line_starts = self._line_starts[rows]
        if self.is_regular:
            grid = self.ends.reshape(-1, self.width)[rows]
            starts = grid[:, column - 1] + np.int32(1) if column else line_starts
            stops = np.ascontiguousarray(grid[:, column])
            is_last: bool | Mask = column == self.width - 1
        else:
            lines, counts = self.lines[rows], self.counts[rows]
            there, at = counts > column, lines - counts + 1 + column
            starts = line_starts
            if column:
                starts = np.where(there, self.ends[np.minimum(at - 1, lines)] + np.int32(1), line_starts)
            stops = np.where(there, self.ends[np.minimum(at, lines)], starts)
            is_last = counts == column + 1
        if self.returns and np.any(is_last):
            stops = stops - (self.ended_by_return[rows] & is_last)
        return starts, stops

    def cells(self, rows: Rows, column: int) -> tuple[Places, Places]:
        """Where the cells start, and how many bytes each has."""
        starts, stops = self.bounds(rows, column)
        return starts, stops - starts


def fields_of(padded: bytes, delimiter: int, pool: Executor) -> Fields:
    """Find the fields; delimiters and line ends inside quotes are text."""
    blocks = range(0, len(padded) - WORD, _BLOCK)
    seen = list(pool.map(partial(_seen, padded, delimiter), blocks))
    ends = np.concatenate([one.ends for one in seen])
    is_line = np.concatenate([one.is_line for one in seen])
    if b'"' in padded:
        quotes = np.flatnonzero(np.frombuffer(padded, np.uint8) == QUOTE)
        is_outside = np.searchsorted(quotes, ends) % 2 == 0
        ends, is_line = ends[is_outside], is_line[is_outside]
    return Fields(
        padded,
        ends,
        np.flatnonzero(is_line),
        sum(one.returns for one in seen),
        any(one.is_odd for one in seen),
    )


def _seen(padded: bytes, delimiter: int, start: int) -> _Seen:
    """One block; odd are control letters and two spaces together, which a cell may have to lose."""
    size = min(_BLOCK, len(padded) - WORD - start)
    block = np.frombuffer(padded, np.uint8, size + 1, start)  # with the byte after it: spaces may meet there
    spaces, block = block == SPACE, block[:-1]
    line = block == NEWLINE
    between = block == delimiter
    returns = int(np.count_nonzero(block == RETURN))
    known = int(np.count_nonzero(line)) + returns + (np.count_nonzero(between) if delimiter < SPACE else 0)
    is_odd = np.count_nonzero(block < SPACE) != known or bool((spaces[1:] & spaces[:-1]).any())
    found = np.flatnonzero(line | between)
    return _Seen(found.astype(np.int32) + np.int32(start), line[found], returns, is_odd)


def told_apart(fields: Fields, pool: Executor, *, widest: int) -> Iterator[tuple[Codes, NDArray[np.int64]]]:
    """For each column: a code for every cell, equal for equal cells only, and a row where each code occurs first.

    Raises: TooWide where a field is longer than ``widest`` bytes.
    """
    at_once = max(_CELLS_AT_ONCE // max(fields.height, 1), 1)
    for first in range(0, fields.width, at_once):
        columns = range(first, min(first + at_once, fields.width))
        yield from _some_told_apart(fields, columns, pool, widest=widest)


def _some_told_apart(
    fields: Fields, columns: Sequence[int], pool: Executor, *, widest: int
) -> list[tuple[Codes, NDArray[np.int64]]]:
    keys = [np.empty(fields.height, dtype=np.uint64) for _ in columns]
    most = np.max(_by_rows(fields, pool, partial(_number, fields, columns, keys)), axis=0)
    if most.max() > widest:
        raise TooWide
    found = list(pool.map(factorised, keys))
    long = [place for place, size in enumerate(most.tolist()) if size > WORD]
    if long:
        told = {columns[place]: found[place] for place in long}
        firsts = {column: fields.cells(rows, column) for column, (_codes, rows) in told.items()}
        codes = {column: codes for column, (codes, _rows) in told.items()}
        right = np.all(_by_rows(fields, pool, partial(_are_right, fields, codes, firsts)), axis=0)
        for place, is_right in zip(long, right.tolist(), strict=True):
            if not is_right:
                found[place] = exactly_apart(fields, columns[place])
    return found


def _by_rows(fields: Fields, pool: Executor, work: Callable[[slice], Any]) -> list[Any]:
    """The work done for some rows after others, all columns of them together: their text is read from memory once."""
    starts = range(0, fields.height, _ROWS_AT_ONCE)
    return list(pool.map(lambda start: work(slice(start, start + _ROWS_AT_ONCE)), starts))


def _number(fields: Fields, columns: Sequence[int], keys: Sequence[Words], rows: slice) -> list[int]:
    """Write a number for each cell of these rows; the bytes of the longest cell by column.

    Each word of a longer cell is added to all before it spread out, and spreading loses nothing: cells of one length
    with one number and the same words before the last are the same.
    """
    words, most = words_of(fields.data), []
    for column, out in zip(columns, keys, strict=True):
        starts, sizes = fields.cells(rows, column)
        longest = int(sizes.max())
        key = word_at(words, starts, sizes, 0)
        for offset in range(WORD, min(longest, _NUMBERED), WORD):
            longer = np.flatnonzero(sizes > offset)
            spread: Words = key[longer] * _SPREAD
            spread ^= spread >> _FOLD
            spread += word_at(words, starts[longer], sizes[longer], offset)
            key[longer] = spread
        out[rows] = key
        most.append(longest)
    return most


def _are_right(
    fields: Fields, codes: dict[int, Codes], firsts: dict[int, tuple[Places, Places]], rows: slice
) -> list[bool]:
    """By column, whether every cell of these rows is the first cell of its code: two might share a number."""
    words, told = words_of(fields.data), []
    for column, (first_starts, first_sizes) in firsts.items():
        starts, sizes = fields.cells(rows, column)
        code = codes[column][rows]
        same = np.array_equal(sizes, first_sizes.take(code))
        for offset in range(0, int(sizes.max()) - WORD, WORD):
            longer = np.flatnonzero(
                sizes > offset + WORD
            )  # the last word follows from the number, up to _NUMBERED
            ours = word_at(words, starts[longer], sizes[longer], offset)
            theirs = word_at(words, first_starts.take(code[longer]), sizes[longer], offset)
            same = same and np.array_equal(ours, theirs)
        told.append(same and int(sizes.max()) <= _NUMBERED)
    return told


def exactly_apart(fields: Fields, column: int) -> tuple[Codes, NDArray[np.int64]]:
    """The same for one column without numbers that might meet: eight bytes after the other, each time told apart."""
    words = words_of(fields.data)
    starts, sizes = fields.cells(slice(None), column)
    codes, firsts = factorised(word_at(words, starts, sizes, 0))
    for offset in range(WORD, int(sizes.max(initial=0)), WORD):
        more, seconds = factorised(word_at(words, starts, sizes, offset))
        codes, firsts = factorised(codes.astype(np.int64) * len(seconds) + more)
    return codes, firsts


def words_of(data: bytes) -> Words:
    """The eight bytes from every place on, as one number whose first byte counts least."""
    return np.ndarray((len(data) - WORD + 1,), dtype="<u8", buffer=data, strides=(1,))


def word_at(words: Words, starts: Places, sizes: Places, offset: int) -> Words:
    """The eight bytes of each cell from this offset on, noughts beyond its end."""
    places = starts.astype(np.intp)
    places += offset
    np.minimum(places, len(words) - 1, out=places)  # only cells that end before the offset lie beyond
    found: Words = words[places]
    found &= _MASKS.take(sizes - np.int32(offset), mode="clip")
    return found
