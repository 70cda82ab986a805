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


@dataclass(slots=True)
class SheetFacts:
    """Of one sheet: hidden row numbers from 1; faulty cells as (row from 1, column from 0, why)."""

    hidden_rows: list[int] = field(default_factory=list)
    faulty: list[tuple[int, int, str]] = field(default_factory=list)
    date_1904: bool = False


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
                    found[name] = _scan(sheet)
            except (KeyError, ParseError, DefusedXmlException):
                continue  # the reader itself will say what is wrong with the sheet
            found[name].date_1904 = date_1904
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
    if cell.get("t") == "e":
        return f"the cell shows the error {value or '#ERROR'}"
    if formula is not None and not value and cell.get("t") != "str":
        return "the cell holds a formula whose result was not stored in the file"
    return ""


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
