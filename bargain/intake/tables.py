"""A sheet as it stands in its file: raw cells, row by row, with what the reader cannot see told beside them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

Cell = str | int | float | bool | date | datetime | time | timedelta | None
Row = tuple[Cell, ...]
_INVISIBLE = " \t\r\n\u00a0\u200b\ufeff\u2000\u2002\u2003\u2009\u202f\u3000"


@dataclass(frozen=True, slots=True, eq=False)
class SheetTable:
    """Raw cells: ``rows[i]`` is row i + 1 of the sheet, each as wide as the widest.

    ``merged`` ranges are (first row, first column, last row, last column) from 0; ``hidden_rows`` are row
    numbers from 1; ``faulty`` is (row from 1, column from 0) → why the reader shows nothing there.
    """

    file: str
    sheet: str
    rows: tuple[Row, ...]
    visible: bool = True
    merged: tuple[tuple[int, int, int, int], ...] = ()
    merges_known: bool = False
    hidden_rows: frozenset[int] = frozenset()
    faulty: tuple[tuple[int, int, str], ...] = ()
    date_1904: bool = False

    @property
    def width(self) -> int:
        """Columns in the widest row."""
        return len(self.rows[0]) if self.rows else 0


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
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("\u200b", "").replace("\ufeff", "")
    return " ".join(text.split())


def forget_texts() -> None:
    """Let go of the texts seen: they may be names."""
    _one_line.cache_clear()


def squared(rows: list[list[Cell]]) -> tuple[Row, ...]:
    """Rows made equally wide, without the blank rows and columns after the last value."""
    last = next((at for at in range(len(rows) - 1, -1, -1) if not all(map(is_blank, rows[at]))), -1)
    kept = rows[: last + 1]
    width = max((_used_width(row) for row in kept), default=0)
    return tuple(tuple(row[:width]) + (None,) * (width - len(row)) for row in kept)


def _used_width(row: list[Cell]) -> int:
    return next((at + 1 for at in range(len(row) - 1, -1, -1) if not is_blank(row[at])), 0)
