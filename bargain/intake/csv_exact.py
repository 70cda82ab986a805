"""Delimited text → columns, record by record, with every freedom that quotes and line ends allow.

Light on purpose, as the child process is in which large texts are read so: no numpy. Each column keeps its distinct
texts and a whole number for every cell, so that memory follows what a file says, not how often it says it.
"""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator

from models.issues import UnusableInput

LONGEST_FIELD = 1_000_000  # letters
MOST_CELLS = 150_000_000  # rows × columns of the widest: one wide row among a million would fill the memory
_MOST_COLUMNS = 16_384  # as in any spreadsheet
_MOST_SIGNS = 1_000_000  # delimiters in one record, quoted ones too
_NOTHING = 0  # the code of a cell beyond the end of its row

Distinct = list[str | None]


def exact_columns(text: str, delimiter: str, *, file: str) -> tuple[list[Distinct], bytes, int]:
    """The distinct cells of each column; for every cell, column by column, its place among them (int32); the height.

    Raises UnusableInput for text that is far wider than a table, or that no reader of CSV could read.
    """
    csv.field_size_limit(LONGEST_FIELD)
    columns: list[tuple[dict[str | None, int], array[int]]] = []
    height = fields = widest_row = 0

    def lines() -> Iterator[str]:
        nonlocal fields
        for line in io.StringIO(text, newline=""):
            fields += line.count(delimiter)
            if fields > _MOST_SIGNS:  # before so many cells are made
                raise _too_wide(file, height + 1)
            yield line

    try:
        for row in csv.reader(lines(), delimiter=delimiter, skipinitialspace=True):
            fields = 0
            if len(row) > _MOST_COLUMNS:
                del row[len(row) - _blank_at_end(row) :]
            if len(row) > len(columns):
                widest_row = height + 1
                if len(row) > _MOST_COLUMNS:
                    raise _too_wide(file, widest_row)
                columns += [({None: _NOTHING}, array("i", [_NOTHING]) * height) for _ in row[len(columns) :]]
            height += 1
            if len(columns) * height > MOST_CELLS:
                raise _too_wide(file, widest_row)
            for at, (seen, codes) in enumerate(columns):
                codes.append(seen.setdefault(row[at], len(seen)) if at < len(row) else _NOTHING)
    except csv.Error as error:
        raise UnusableInput(
            f"{file}: this is not a text table that can be read ({error}). Save it again as CSV."
        ) from None
    return (
        [list(seen) for seen, _codes in columns],
        b"".join(codes.tobytes() for _seen, codes in columns),
        height,
    )


def _blank_at_end(row: list[str]) -> int:
    """How many fields at the end of a row show nothing."""
    return next((at for at, text in enumerate(reversed(row)) if text.strip()), len(row))


def _too_wide(file: str, row: int) -> UnusableInput:
    return UnusableInput(
        f"{file}, row {row:,}: far more columns than any spreadsheet has for so many rows, so it is not a table of staff. Ask "
        "for the file again, or save it again as CSV."
    )
