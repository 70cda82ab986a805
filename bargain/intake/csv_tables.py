"""Comma, semicolon, tab and pipe separated text → a table. Encoding and delimiter are worked out, values are not."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Callable

from bargain.intake.csv_columns import columns_of
from bargain.intake.csv_exact import LONGEST_FIELD, exact_columns
from bargain.intake.tables import Rows, SheetTable, told_rows
from models.issues import UnusableInput

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES = 200
_SAMPLE_BYTES = 200_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


Exactly = Callable[[bytes, str], Rows]  # of UTF-8 text and its delimiter
SMALL_TEXT = 1 << 20  # bytes; so little text can neither fill the memory nor take long, however it is made


def read_csv(data: bytes, *, file: str, exactly: Exactly) -> SheetTable:
    """The one table of a text file; its sheet is named as the file without its ending.

    exactly: how to read text that the quick reader can't be sure of, where there is more than a little of it.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    if not data.isascii() or b"\x00" in data:
        data = decoded(data, file=file).encode()
    data, delimiter = _told_delimiter(data)
    if not delimiter:
        delimiter = likely_delimiter(data[:_SAMPLE_BYTES].decode(errors="ignore"))
    rows = columns_of(data, delimiter)
    if rows is None:
        is_small = len(data) <= SMALL_TEXT
        rows = exact_rows(data.decode(), delimiter, file=file) if is_small else exactly(data, delimiter)
    return SheetTable(file=file, sheet=file.rpartition(".")[0] or file, rows=rows)


def exact_rows(text: str, delimiter: str, *, file: str) -> Rows:
    """Record by record, in this process."""
    return told_rows(*exact_columns(text, delimiter, file=file))


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
    csv.field_size_limit(LONGEST_FIELD)
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
