"""A sheet as it stands in its file: raw cells, row by row, with what the reader cannot see told beside them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import Any, cast, overload

import numpy as np
from numpy.typing import NDArray

from bargain.intake.coded import Coded, Mask, refolded
from bargain.intake.endings import may_end_with
from bargain.plain_names import plain_name

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Row = tuple[Cell, ...]
_LONGEST_CELL = 32_767  # letters: as many as a spreadsheet keeps
_INVISIBLE = " \t\r\n\u00a0\u200b\ufeff\u2000\u2002\u2003\u2009\u202f\u3000"


class Cells(list[Cell]):
    """The distinct cells of a column, with what is asked of them again and again."""

    @cached_property
    def blank(self) -> Mask:
        """Which of them show nothing; of a text that begins with a plain letter that is clear."""
        flags = (
            is_blank(one) if not isinstance(one, str) or not "!" <= one[:1] <= "~" else False for one in self
        )
        return np.fromiter(flags, np.bool_, len(self))

    @cached_property
    def cleaned(self) -> Coded[str]:
        """Each as one line of text, equal texts under one code."""
        places = np.arange(len(self), dtype=np.int32)
        if _are_clean(self):
            return Coded(places, cast("list[str]", self))
        return refolded(Coded(places, list(map(clean_text, self))))

    def may_end_with(self, letters: str) -> Mask:
        """Which are texts that may end with one of these letters or figures, marks of footnotes not counted."""
        last, before, third = self._ends
        found: Mask = may_end_with(letters, last, before, third) & (last != 0)
        return found

    def some(self, places: NDArray[np.intp]) -> list[Cell]:
        """The cells at these places."""
        return [self[at] for at in places.tolist()]

    @cached_property
    def _ends(self) -> NDArray[np.uint32]:
        """Three rows: each text's last letter and the two before it as code points; 0 where there is none."""
        tails = "".join(one[-3:].rjust(3, "\0") if isinstance(one, str) else "\0\0\0" for one in self)
        points = np.frombuffer(tails.encode("utf-32-le", "surrogatepass"), np.uint32)
        return points.reshape(-1, 3)[:, ::-1].T


def _are_clean(cells: Sequence[Cell]) -> bool:
    """Whether all are different texts already on one line, told by one look at all of them together."""
    if not all(isinstance(one, str) for one in cells):
        return False
    joined = "".join(["\n", "\n".join(cast("Sequence[str]", cells)), "\n"])
    return (
        joined.isascii()
        and joined.count("\n") == len(cells) + 1
        and not any(odd in joined for odd in ("  ", " \n", "\n "))
        and joined.replace("\n", "").isprintable()
    )


class Rows(Sequence[Row]):
    """The rows of a sheet, kept by column; all are equally wide. A row is put together when it is asked for."""

    __slots__ = ("_height", "columns")

    def __init__(self, columns: Sequence[Coded[Cell]], height: int) -> None:
        self.columns = tuple(columns)
        self._height = height

    def __len__(self) -> int:
        return self._height

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Rows: ...
    def __getitem__(self, at: int | slice) -> Row | Rows:
        if isinstance(at, slice):
            return Rows([column[at] for column in self.columns], len(range(*at.indices(self._height))))
        if not -self._height <= at < self._height:
            raise IndexError(at)
        return tuple(column[at] for column in self.columns)

    def __iter__(self) -> Iterator[Row]:
        if not self.columns:
            return iter([()] * self._height)
        return iter(zip(*self.columns, strict=True))

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.columns)


@dataclass(frozen=True, slots=True, eq=False)
class SheetTable:
    """Raw cells: ``rows[i]`` is row i + 1 of the sheet, each as wide as the widest.

    ``merged`` ranges are (first row, first column, last row, last column) from 0; ``hidden_rows`` are row
    numbers from 1, ``hidden_columns`` places from 0; ``faulty`` is (row from 1, column from 0) → why the reader shows
    nothing there. ``rows_claimed`` is the last row by the sheet's own word, nought where it does not say; ``filtered``
    where a filter was left on.
    """

    file: str
    sheet: str
    rows: Rows
    visible: bool = True
    merged: tuple[tuple[int, int, int, int], ...] = ()
    merges_known: bool = False
    hidden_rows: frozenset[int] = frozenset()
    faulty: tuple[tuple[int, int, str], ...] = ()
    date_1904: bool = False
    hidden_columns: frozenset[int] = frozenset()
    rows_claimed: int = 0
    filtered: bool = False

    @property
    def width(self) -> int:
        """Columns in the widest row."""
        return self.rows.width


def is_blank(cell: Cell) -> bool:
    """Whether a cell shows nothing: empty, or only spaces of any kind."""
    return cell is None or (isinstance(cell, str) and not cell.strip(_INVISIBLE))


def clean_text(cell: Cell) -> str:
    """A cell as one line of text: odd spaces made plain, ends trimmed, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return _one_line(cell) if isinstance(cell, str) else str(cell)


@lru_cache(maxsize=50_000)
def _one_line(text: str) -> str:
    if not (text.isascii() and text.isprintable()):
        text = plain_name(unicodedata.normalize("NFKC", text), longest=_LONGEST_CELL)
    return " ".join(text.split())


def forget_texts() -> None:
    """Let go of the texts seen: they may be names."""
    _one_line.cache_clear()


def cleaned(column: Coded[Cell]) -> Coded[str]:
    """Each cell as one line of text, equal texts under one code."""
    if getattr(column.distinct, "is_clean", False):
        return cast("Coded[str]", column)
    if isinstance(column.distinct, Cells):
        texts = column.distinct.cleaned
        return Coded(texts.codes[column.codes], texts.distinct)
    return refolded(column.map(clean_text))


def blanks(column: Coded[Any]) -> Mask:
    """Where a column shows nothing."""
    known = getattr(column.distinct, "blank", None)
    if known is None:
        return column.mask(is_blank)
    return cast("Mask", known.take(column.codes)) if known.any() else np.zeros(len(column), dtype=np.bool_)


def column_letters(column: int) -> str:
    """A column's letters as a spreadsheet shows them, from its place (0 is A)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def told_rows(distinct: Sequence[Sequence[Cell]], coded: bytes, height: int) -> Rows:
    """Rows from each column's distinct cells and, column by column, the place of every cell among them (int32).

    Raises ValueError where these do not fit together.
    """
    codes = np.frombuffer(coded, np.int32).reshape(len(distinct), height)
    for column, values in zip(codes, distinct, strict=True):
        if height and not 0 <= int(column.min()) <= int(column.max()) < len(values):
            raise ValueError("a cell stands for a value that its column does not have")
    columns = [Coded(one, values) for one, values in zip(codes, distinct, strict=True)]
    return trimmed(columns, height)


def trimmed(columns: Sequence[Coded[Cell]], height: int) -> Rows:
    """Columns of one sheet without the blank rows and columns after the last value."""
    columns = [
        Coded(column.codes, Cells(column.distinct)) if isinstance(column.distinct, list) else column
        for column in columns
    ]
    ends = [_filled_to(column) for column in columns]
    last = max(ends, default=0)
    width = max((at + 1 for at, end in enumerate(ends) if end), default=0)
    return Rows([column[:last] for column in columns[:width]], min(height, last))


def _filled_to(column: Coded[Cell]) -> int:
    """How many cells there are up to the last that shows something."""
    empty = blanks(column)
    return len(empty) - int(np.argmin(empty[::-1])) if not empty.all() else 0
