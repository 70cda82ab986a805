"""A look at a file before it is read: its sheets, its first rows as text, and where the heading seems to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from bargain.intake.headings import find_heading
from bargain.intake.mapping import match_columns
from bargain.intake.open_safely import OpenedFile, SafeReader
from bargain.intake.reading import MappingFile
from bargain.intake.tables import Cell, SheetTable, clean_text
from models.issues import UnusableInput

ROWS = 200
_SHOWN = 80
_WITHHELD = "•••"


@dataclass(frozen=True, slots=True)
class SheetState:
    """One sheet: its rows up to the last value, and its state: ``read``, ``hidden``, ``empty`` or ``left`` with the reason."""

    sheet: str
    rows: int
    columns: int
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """The first rows of one sheet as text, as wide as the sheet; personal columns under the heading show dots.

    ``heading_from`` and ``heading_rows`` are the guessed heading band (from 1; nought where none was found);
    ``rows_claimed`` is the last row of which the sheet itself speaks, ``rows_real`` the last with a value;
    hidden rows and columns count from 1; ``merged`` are (first row, first column, last row, last column) from 1.
    """

    sheet: str
    cells: tuple[tuple[str, ...], ...]
    heading_from: int
    heading_rows: int
    headings: tuple[str, ...]
    rows_claimed: int
    rows_real: int
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]
    merged: tuple[tuple[int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class FilePreview:
    """A file's sheets and the preview of one of them: the one asked for, else the first that would be read."""

    file: str
    sheets: tuple[SheetState, ...]
    shown: SheetPreview | None


def preview_of(
    path: Path,
    *,
    password: str | None = None,
    sheet: str | None = None,
    rows: int = ROWS,
    mapping: MappingFile | None = None,
    stop: Callable[[], bool] | None = None,
) -> FilePreview:
    """What stands in a file. Raises UnusableInput with the sentence that reading it would give."""
    with SafeReader(stop=stop) as reader:
        opened = reader.read(path, password)
    return preview_from(opened, sheet=sheet, rows=rows, mapping=mapping)


def preview_from(
    opened: OpenedFile, *, sheet: str | None = None, rows: int = ROWS, mapping: MappingFile | None = None
) -> FilePreview:
    """What stands in a file that is open already."""
    told = mapping or MappingFile()
    states = tuple(_state(table, told) for table in opened.tables)
    if sheet is not None and sheet not in {table.sheet for table in opened.tables}:
        raise UnusableInput(f"{opened.file} has no sheet named “{sheet}”.")
    wanted = sheet
    if wanted is None and states:
        likely = (
            [one for one in states if one.state == "read"] or [one for one in states if one.rows] or states
        )
        wanted = likely[0].sheet
    table = next((one for one in opened.tables if one.sheet == wanted), None)
    return FilePreview(opened.file, states, None if table is None else _shown(table, told, rows))


def _state(table: SheetTable, mapping: MappingFile) -> SheetState:
    size = len(table.rows), table.width
    if not table.rows:
        return SheetState(table.sheet, *size, "empty", "the sheet is empty")
    if not table.visible and mapping.hidden != "include" and table.sheet not in mapping.sheets:
        return SheetState(table.sheet, *size, "hidden", "the sheet is hidden")
    if mapping.sheets and table.sheet not in mapping.sheets:
        return SheetState(table.sheet, *size, "left", "not among the sheets that the mapping names")
    if find_heading(table, mapping) is None:
        return SheetState(table.sheet, *size, "left", "no heading of a payroll was found")
    return SheetState(table.sheet, *size, "read")


def _shown(table: SheetTable, mapping: MappingFile, rows: int) -> SheetPreview:
    heading = find_heading(table, mapping) if table.rows else None
    personal: set[int] = set()
    if heading is not None:
        body = table.rows[heading.body_from :]
        columns = match_columns(
            heading.texts, body, mapping=MappingFile(), file=table.file, sheet=table.sheet
        )
        personal = set(columns.personal)
    below = len(table.rows) if heading is None else heading.body_from
    cells = tuple(
        tuple(
            _WITHHELD if at in personal and number >= below and cell is not None else as_text(cell)
            for at, cell in enumerate(row)
        )
        for number, row in enumerate(table.rows[:rows])
    )
    return SheetPreview(
        sheet=table.sheet,
        cells=cells,
        heading_from=0 if heading is None else heading.first + 1,
        heading_rows=0 if heading is None else heading.rows,
        headings=() if heading is None else heading.texts,
        rows_claimed=table.rows_claimed or len(table.rows),
        rows_real=len(table.rows),
        hidden_rows=tuple(sorted(table.hidden_rows)),
        hidden_columns=tuple(sorted(at + 1 for at in table.hidden_columns)),
        merged=tuple((top + 1, left + 1, bottom + 1, right + 1) for top, left, bottom, right in table.merged),
    )


def as_text(cell: Cell) -> str:
    """A cell as a person would write it: dates without a time of nought, long texts cut."""
    if isinstance(cell, datetime) and cell.time() == time(0):
        return cell.date().isoformat()
    text = clean_text(cell)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
