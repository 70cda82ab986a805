"""Comma, semicolon, tab and pipe separated text → a table. Encoding and delimiter are worked out, values are not."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from bargain.intake.csv_columns import MOST_CELLS, columns_of
from bargain.intake.tables import Cell, Rows, SheetTable, squared
from models.issues import UnusableInput

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES = 200
_SAMPLE_BYTES = 200_000
_LONGEST_FIELD = 1_000_000  # letters; more than the sample has
_MOST_COLUMNS = 16_384  # as in any spreadsheet
_MOST_SIGNS = 1_000_000  # delimiters in one record, quoted ones too
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_csv(data: bytes, *, file: str) -> SheetTable:
    """The one table of a text file; its sheet is named as the file without its ending."""
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.isascii() or b"\x00" in data:
        data = decoded(data, file=file).encode()
    data, delimiter = _told_delimiter(data)
    if not delimiter:
        delimiter = likely_delimiter(data[:_SAMPLE_BYTES].decode(errors="ignore"))
    rows = columns_of(data, delimiter)
    if rows is None:
        rows = exact_rows(data.decode(), delimiter, file=file)
    return SheetTable(file=file, sheet=file.rpartition(".")[0] or file, rows=rows)


def exact_rows(text: str, delimiter: str, *, file: str) -> Rows:
    """Row by row, with every freedom that quotes and line ends allow."""
    csv.field_size_limit(_LONGEST_FIELD)
    rows: list[list[Cell]] = []
    fields = widest = 0  # of the record being read; of all so far

    def lines() -> Iterator[str]:
        nonlocal fields
        for line in io.StringIO(text, newline=""):
            fields += line.count(delimiter)
            if fields > _MOST_SIGNS:  # before so many cells are made
                raise _too_wide(file, len(rows) + 1)
            yield line

    try:
        for row in csv.reader(lines(), delimiter=delimiter, skipinitialspace=True):
            fields = 0
            if len(row) > _MOST_COLUMNS:
                del row[len(row) - _blank_at_end(row) :]
            widest = max(widest, len(row))
            rows.append(list(row))
            if widest > _MOST_COLUMNS or widest * len(rows) > MOST_CELLS:
                raise _too_wide(file, max(range(len(rows)), key=lambda at: len(rows[at])) + 1)
    except csv.Error as error:
        raise UnusableInput(
            f"{file}: this is not a text table that can be read ({error}). Save it again as CSV."
        ) from None
    return squared(rows)


def _blank_at_end(row: list[str]) -> int:
    """How many fields at the end of a row show nothing."""
    return next((at for at, text in enumerate(reversed(row)) if text.strip()), len(row))


def _too_wide(file: str, row: int) -> UnusableInput:
    return UnusableInput(
        f"{file}, row {row:,}: far more columns than any spreadsheet has for so many rows, so it is not a table of staff. Ask "
        "for the file again, or save it again as CSV."
    )


def decoded(data: bytes, *, file: str) -> str:
    """By its byte order mark, else strict UTF-8, else Windows-1252, which is what older programs write."""
    for mark, code in _BOMS:
        if data.startswith(mark):
            return _decode(data, code, file=file)
    if b"\x00" in data[:4096]:
        return _decode(data, _wide_encoding(data, file=file), file=file)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _wide_encoding(data: bytes, *, file: str) -> str:
    """Text of two or four bytes a letter without a mark: by where its noughts stand."""
    start = data[:4096]
    noughts = tuple(start[place::4].count(0) * 4 > 0.7 * len(start) for place in range(4))
    known = {
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
    }
    if noughts not in known:
        raise UnusableInput(
            f"{file}: this is not a text file. Save it as a workbook or as CSV and import that."
        )
    return known[noughts]


def _decode(data: bytes, code: str, *, file: str) -> str:
    try:
        return data.decode(code)
    except UnicodeDecodeError:
        raise UnusableInput(
            f"{file}: the text is damaged: it says it is {code} and is not. Save it again as CSV."
        ) from None


def _told_delimiter(data: bytes) -> tuple[bytes, str]:
    """Excel's ``sep=;`` line, taken off."""
    told = data[:20].partition(b"\n")[0].strip().strip(b'"')
    if told[:4].lower() == b"sep=" and len(told) <= 5 and told.isascii():
        return data.partition(b"\n")[2], told[4:].decode()
    return data, ""


def likely_delimiter(text: str) -> str:
    """The delimiter that gives the most rows the same number of fields, and more than one."""
    csv.field_size_limit(_LONGEST_FIELD)
    sample = text.splitlines(keepends=True)[:_SAMPLE_LINES]
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        counts = Counter(len(row) for row in csv.reader(sample, delimiter=delimiter) if any(row))
        counts.pop(1, None)
        if counts:
            width, rows = max(counts.items(), key=lambda item: (item[1] * min(item[0], 4), item[0]))
            score = (rows * min(width, 4), width)
            if score > best_score:
                best, best_score = delimiter, score
    return best
