"""What the fast reader does not show of an .xlsx: hidden rows, error cells, and formulas without a stored value."""

from __future__ import annotations

import io
import re
import zipfile
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, Any, cast
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

_RELATION = re.compile(r"\}id$")
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_ERRORS_KEPT = 10_000
_LONGEST_TAG = 500
_PIECE = 1024 * 1024
_FRAME = 4 * _PIECE  # at most so much is held of what stands before the cells, and of what stands after them
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
_ROW_NUMBER = re.compile(rb"""\sr=["'](\d{1,8})["']""")
_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']""")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_FROM, _TO = re.compile(rb"""\smin=["'](\d{1,5})["']"""), re.compile(rb"""\smax=["'](\d{1,5})["']""")
_CLAIMED = re.compile(
    rb"""<(?:\w+:)?dimension\s[^>]*ref=["'](?:[A-Z]{1,3}\d{1,8}:)?[A-Z]{1,3}(\d{1,8})["']"""
)
_MOST_COLUMNS = 16_384
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PREFIXED = re.compile(rb"xmlns:\w+\s*=\s*.http://(?:schemas\.openxmlformats|purl\.oclc)\.org/[^\"']*/main.")
_CELL_TAG = re.compile(rb"<(\w+:)?c[\s>]")
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*\bt=["']e["'][^>]*>""")
_PLACE = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d{1,8})["']""")
_KIND = re.compile(rb"""\st=["'](\w+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<")


@dataclass(slots=True)
class SheetFacts:
    """Of one sheet: hidden row numbers from 1; faulty cells as (row from 1, column from 0, why).

    Hidden columns count from 0; ``rows_claimed`` is the last row by the sheet's own word; ``filtered``: a filter is on.
    """

    hidden_rows: list[int] = field(default_factory=list)
    faulty: list[tuple[int, int, str]] = field(default_factory=list)
    date_1904: bool = False
    hidden_columns: list[int] = field(default_factory=list)
    rows_claimed: int = 0
    filtered: bool = False


def facts_by_sheet(data: bytes) -> dict[str, SheetFacts]:
    """The facts of each sheet by name; nothing for files that are not .xlsx inside."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            parts, date_1904 = _sheet_parts(archive)
        except (KeyError, ParseError, DefusedXmlException):
            return {}
        found: dict[str, SheetFacts] = {}
        for name, part in parts.items():
            try:
                with archive.open(part) as sheet:
                    frame = _Frame(sheet)
                    facts = _looked_through(frame)
                if facts is None:
                    with archive.open(part) as sheet:
                        frame = _Frame(sheet)
                        facts = _scan(cast("IO[bytes]", frame))
            except (KeyError, ParseError, DefusedXmlException):
                continue  # the reader itself will say what is wrong with the sheet
            facts.date_1904 = date_1904
            frame.look(facts)
            found[name] = facts
        return found


class _Frame:
    """A sheet read to its end once, of which what stands before and after the cells is kept to be looked at."""

    def __init__(self, sheet: IO[bytes]) -> None:
        self._sheet = sheet
        self._head = b""
        self._has_head = False
        self._tail: deque[bytes] = deque()
        self._held = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, as of any file."""
        piece = self._sheet.read(size)
        if not self._has_head:
            self._head += piece
            self._has_head = b"sheetData" in self._head or len(self._head) >= _FRAME
        self._tail.append(piece)
        self._held += len(piece)
        while self._held - len(self._tail[0]) >= _FRAME:
            self._held -= len(self._tail.popleft())
        return piece

    def look(self, facts: SheetFacts) -> None:
        """Hidden columns, the size that the sheet claims, and a filter."""
        head = self._head[: max(0, self._head.find(b"sheetData"))]
        claimed = _CLAIMED.search(head)
        facts.rows_claimed = int(claimed[1]) if claimed else 0
        for found in _COLUMN.finditer(head):
            first, last = _FROM.search(found[0]), _TO.search(found[0])
            if _HIDDEN.search(found[0]) and first and last:
                facts.hidden_columns += range(int(first[1]) - 1, min(int(last[1]), _MOST_COLUMNS))
        text = b"".join(self._tail)[-_FRAME:]
        facts.filtered = b"filterColumn" in text[max(0, text.rfind(b"sheetData")) :]


def _sheet_parts(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    targets: dict[str, str] = {}
    with archive.open("xl/_rels/workbook.xml.rels") as rels:
        for _event, element in iterparse(rels):
            if _tag(element) == "Relationship":
                targets[element.get("Id", "")] = element.get("Target", "")
    parts: dict[str, str] = {}
    date_1904 = False
    with archive.open("xl/workbook.xml") as book:
        for _event, element in iterparse(book):
            if _tag(element) == "workbookPr":
                date_1904 = element.get("date1904", "0") in {"1", "true"}
            if _tag(element) == "sheet":
                key = next((value for name, value in element.attrib.items() if _RELATION.search(name)), "")
                target = targets.get(key, "")
                parts[element.get("name", "")] = (
                    target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                )
    return parts, date_1904


def _looked_through(sheet: _Frame) -> SheetFacts | None:
    """The facts found by looking only where the text says hidden, formula or error; None where that is not sure.

    Some rows are held at a time: a sheet unpacks to ten times its size in the file.
    """
    facts = SheetFacts()
    text = sheet.read(_PIECE)
    marks = (b"<f", b":f>", b":f ") if _PREFIXED.search(text, 0, 4096) else (b"<f",)
    if b"\x00" in text[:200]:
        return None
    while text:
        more = sheet.read(max(_PIECE, len(text)))
        end = (
            text.rfind(b"row>") + 4 if more else len(text)
        )  # a cell cut in two by a text that says so is not sure
        if end > 4 and not _look_at_rows(text[:end], marks, facts):
            return None
        text = (text[end:] if end > 4 else text) + more
    return facts


def _look_at_rows(text: bytes, marks: Sequence[bytes], facts: SheetFacts) -> bool:
    """Note the facts of some rows; False where that is not sure."""
    # one rare letter is looked for far more quickly than two
    has_apostrophe = b"'" in text
    if b' ="' in text or (b"!" in text and b"<!" in text) or (has_apostrophe and b" ='" in text):
        return False
    if b"hidden" in text:
        for found in _ROW.finditer(text):
            number = _ROW_NUMBER.search(found[0])
            if _HIDDEN.search(found[0]) and number:
                facts.hidden_rows.append(int(number[1]))
    cells: set[int] = set()
    for found in _FORMULA.finditer(text) if any(mark in text for mark in marks) else ():
        start = text.rfind(b"<", max(0, found.start() - _LONGEST_TAG), found.start())
        if not _CELL_TAG.match(text, start):
            return False  # a formula elsewhere than first in its cell
        cells.add(start)
    if b't="e"' in text or (has_apostrophe and b"t='e'" in text):
        cells.update(found.start() for found in _ERROR_CELL.finditer(text))
    for start in sorted(cells):
        tag = _CELL_TAG.match(text, start)
        end = -1 if tag is None else text.find(b"</" + (tag[1] or b"") + b"c>", start)
        if end < 0:
            return False
        _look_at_cell(text[start:end], facts)
    return True


def _look_at_cell(cell: bytes, facts: SheetFacts) -> None:
    place, value, kind = _PLACE.search(cell), _VALUE.search(cell), _KIND.search(cell)
    stored = "" if value is None else value[1].decode(errors="replace")
    why = _why(kind[1].decode() if kind else "", stored, has_formula=_FORMULA.search(cell) is not None)
    if why and place and len(facts.faulty) < _ERRORS_KEPT:
        facts.faulty.append((int(place[2]), _column_number(place[1].decode()), why))


def _why(kind: str, value: str, *, has_formula: bool) -> str:
    if kind == "e":
        return f"the cell shows the error {value or '#ERROR'}"
    if has_formula and not value and kind != "str":
        return "the cell holds a formula whose result was not stored in the file"
    return ""


def _scan(sheet: IO[bytes]) -> SheetFacts:
    facts = SheetFacts()
    events: Any = iterparse(sheet, events=("start", "end"))
    data: Element | None = None
    for event, element in events:
        tag = _tag(element)
        if event == "start":
            if tag == "sheetData":
                data = element
            continue
        if tag == "row":
            _look_at_row(element, facts)
            element.clear()
            if data is not None:
                data.clear()
    return facts


def _look_at_row(row: Element, facts: SheetFacts) -> None:
    number = row.get("r", "")
    if row.get("hidden") in {"1", "true"} and number.isdigit():
        facts.hidden_rows.append(int(number))
    for cell in row:
        why = _why_faulty(cell)
        place = _CELL.fullmatch(cell.get("r", ""))
        if why and place and len(facts.faulty) < _ERRORS_KEPT:
            facts.faulty.append((int(place[2]), _column_number(place[1]), why))


def _why_faulty(cell: Element) -> str:
    value = formula = None
    for child in cell:
        if _tag(child) == "v":
            value = child.text
        elif _tag(child) == "f":
            formula = child
    return _why(cell.get("t", ""), value or "", has_formula=formula is not None)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
