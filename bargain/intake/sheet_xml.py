"""What the fast reader does not show of an .xlsx: hidden rows, error cells, and formulas without a stored value."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

_RELATION = re.compile(r"\}id$")
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_ERRORS_KEPT = 10_000
_LONGEST_TAG = 500
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
                text = archive.read(part)
                facts = _looked_through(text)
                found[name] = _scan(io.BytesIO(text)) if facts is None else facts
            except (KeyError, ParseError, DefusedXmlException):
                continue  # the reader itself will say what is wrong with the sheet
            found[name].date_1904 = date_1904
            _look_at_frame(text, found[name])
        return found


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


def _looked_through(text: bytes) -> SheetFacts | None:
    """The facts found by looking only where the text says hidden, formula or error; None where that is not sure."""
    if b"\x00" in text[:200] or any(odd in text for odd in (b"<!", b' ="', b" ='")):
        return None
    facts = SheetFacts()
    if b"hidden" in text:
        for found in _ROW.finditer(text):
            number = _ROW_NUMBER.search(found[0])
            if _HIDDEN.search(found[0]) and number:
                facts.hidden_rows.append(int(number[1]))
    cells: set[int] = set()
    marks = (b"<f", b":f>", b":f ") if _PREFIXED.search(text, 0, 4096) else (b"<f",)
    has_formulas = any(mark in text for mark in marks)
    for found in _FORMULA.finditer(text) if has_formulas else ():
        start = text.rfind(b"<", max(0, found.start() - _LONGEST_TAG), found.start())
        if not _CELL_TAG.match(text, start):
            return None  # a formula elsewhere than first in its cell
        cells.add(start)
    if b't="e"' in text or (b"='" in text and b"t='e'" in text):
        cells.update(found.start() for found in _ERROR_CELL.finditer(text))
    for start in sorted(cells):
        tag = _CELL_TAG.match(text, start)
        end = -1 if tag is None else text.find(b"</" + (tag[1] or b"") + b"c>", start)
        if end < 0:
            return None
        _look_at_cell(text[start:end], facts)
    return facts


def _look_at_frame(text: bytes, facts: SheetFacts) -> None:
    """What stands before and after the cells: hidden columns, the size that the sheet claims, and a filter."""
    start = text.find(b"sheetData")
    head = text[: max(0, start)]
    claimed = _CLAIMED.search(head)
    facts.rows_claimed = int(claimed[1]) if claimed else 0
    for found in _COLUMN.finditer(head):
        first, last = _FROM.search(found[0]), _TO.search(found[0])
        if _HIDDEN.search(found[0]) and first and last:
            facts.hidden_columns += range(int(first[1]) - 1, min(int(last[1]), _MOST_COLUMNS))
    tail = text[text.rfind(b"sheetData") :]
    facts.filtered = b"filterColumn" in tail


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
