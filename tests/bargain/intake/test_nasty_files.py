"""Every nasty file of the shared fixtures opens with its cells or is refused in one plain sentence; none hangs."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from bargain.intake.open_safely import SafeReader
from bargain.intake.payroll import read_opened
from bargain.intake.reading import MappingFile, SectorFacts
from bargain.intake.tables import SheetTable
from models.issues import UnusableInput
from tests.bargain.intake.shared_files import SHARED, needs_shared

pytestmark = [needs_shared, pytest.mark.slow]
_LONGEST_SECONDS = 60.0
_MANIFEST = SHARED / "real" / "manifest.json"
FILES: dict[str, dict[str, Any]] = (
    {
        one["file"]: one
        for one in json.loads(_MANIFEST.read_text(encoding="utf-8"))["files"]
        if one["file"].startswith("nasty/")
    }
    if _MANIFEST.is_file()
    else {}
)

# Its cells have places without a row number, which neither reader of today takes: refused, not half read.
REFUSED = {"nasty/ooxml_variants/edr__Fillreport.xlsx": "cannot be read"}


@pytest.fixture(scope="module")
def reader() -> Iterator[SafeReader]:
    with SafeReader() as one:
        yield one


def figures(table: SheetTable) -> tuple[int, int, float]:
    """How many cells are filled, how many of them are numbers, and what these come to."""
    cells = [cell for row in table.rows for cell in row if cell is not None and cell != ""]
    numbers = [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]
    return len(cells), len(numbers), float(sum(numbers))


def test_that_all_268_files_are_there() -> None:
    assert len(FILES) == 268


@pytest.mark.parametrize("file", FILES)
def test_that_a_nasty_file_opens_with_its_cells_or_says_why_not(file: str, reader: SafeReader) -> None:
    told = FILES[file]
    start = time.monotonic()
    tables: dict[str, SheetTable] = {}
    sentence = ""
    try:
        opened = reader.read(SHARED / "real" / file)
        tables = {table.sheet: table for table in opened.tables}
        read_opened(opened, facts=SectorFacts(), employer=None, mapping=MappingFile())
    except UnusableInput as refusal:
        sentence = str(refusal)
    if sentence:
        assert file.rpartition("/")[2] in sentence
        assert "\n" not in sentence
    assert time.monotonic() - start < _LONGEST_SECONDS
    if file in REFUSED:
        assert REFUSED[file] in sentence
    elif told["expect"] == "opens":
        assert tables or "is empty" in sentence
    elif told["expect"].startswith("clear_error"):
        words = {"password": "password-protected", "empty": "no rows"}.get(
            told["expect"].rpartition("_")[2], ""
        )
        assert sentence
        assert words in sentence
    for name, wanted in (told.get("reference") or {}).get("sheets", {}).items() if tables else ():
        filled, numbers, total = figures(tables[name])
        assert filled in {
            wanted["nonempty"],
            wanted["nonempty"] - 1,
        }  # a cell of spaces at the edge is no cell
        assert numbers == wanted.get("numeric", numbers)
        assert total == pytest.approx(wanted.get("sum", total), abs=0.011, rel=1e-9)
