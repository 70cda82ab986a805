"""Sixty formula payloads as every name that a sector holds: no export takes one for a formula, no amount becomes text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from bargain.export.book import Book, Formula
from bargain.export.staff_book import staff_bytes, template_bytes
from bargain.export.write import book_bytes
from bargain.offers.offer_file import read_offer
from bargain.plain_cells import as_copied, without_mark
from bargain.quality.letters import letter_text
from models.quality import LetterLine, QueryLetter
from models.sector import Sector
from tests.bargain.export.workbooks import exported, made_sector, renamed
from tests.helpers.f1 import O1, f1_sector
from tests.helpers.libreoffice import formulas, stored
from tests.helpers.payloads import PAYLOADS, RUNS


def poisoned(sector: Sector, text: str) -> Sector:
    """The sector with a payload in its own name, an employer's, and those of grades, points, titles and settings."""
    names = (text, *(one.name for one in sector.employers[1:]))
    made = renamed(sector, names)
    force = made.workforce
    words = {
        name: tuple(f"{text} {word}" for word in getattr(force, name))
        for name in ("titles", "settings", "grades", "points")
    }
    return replace(made, name=text, workforce=replace(force, **words))


def numbers(workbook: bytes) -> list[tuple[str, str, object]]:
    """Every figure by its place."""
    return [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in openpyxl.load_workbook(BytesIO(workbook))
        for row in sheet
        for cell in row
        if cell.data_type == "n" and cell.value is not None
    ]


@pytest.mark.slow
def test_that_no_payload_adds_a_formula_to_the_costing_or_turns_a_figure_into_text() -> None:
    sector = made_sector()
    plain = exported(poisoned(sector, "plain"), O1)
    own, figures = formulas(plain), numbers(plain)
    assert len(figures) > 50
    for text in PAYLOADS:
        made = exported(poisoned(sector, text), O1)
        assert formulas(made) == own, text
        assert numbers(made) == figures, text
        shown = {
            cell.value for sheet in openpyxl.load_workbook(BytesIO(made)) for row in sheet for cell in row
        }
        assert text in shown, text


def test_that_an_amount_below_nought_is_a_number_in_a_workbook_and_one_in_text_is_text() -> None:
    book = Book()
    book.sheet("One").row(-1200.5, "-1200.5", "-1+1", Formula("A1*2", -2401.0))
    made = book_bytes(book)
    first = openpyxl.load_workbook(BytesIO(made))["One"][1]
    assert [(cell.data_type, cell.value) for cell in first] == [
        ("n", -1200.5), ("s", "-1200.5"), ("s", "-1+1"), ("f", "=A1*2"),
    ]  # fmt: skip
    assert stored(made)["One", "D1"] == -2401


@pytest.mark.slow
def test_that_an_offer_named_as_a_payload_stays_text() -> None:
    sector = f1_sector()
    own = formulas(exported(sector, O1))
    for text in PAYLOADS[::7]:
        offer = read_offer(O1, source="o")
        quoted = text.replace("\\", "\\\\").replace('"', '\\"')
        named = O1.replace(f'"{offer.name}"', f'"{quoted}"')
        assert read_offer(named, source="o").name == text
        assert formulas(exported(sector, named)) == own, text


def test_that_neither_template_nor_staff_workbook_holds_a_formula_in_any_sheet() -> None:
    for data in (template_bytes(), staff_bytes(made_sector().workforce)):
        assert formulas(data) == {}


@pytest.mark.parametrize("text", PAYLOADS)
def test_that_a_query_letter_has_no_line_that_begins_with_what_the_data_hold(text: str) -> None:
    line = LetterLine("Is this so?", text, text, text, (3,))
    letter = QueryLetter(
        text, "Homes", date(2026, 11, 1), date(2026, 11, 30), ("Please look.",), (line,), ("Thank you.",)
    )
    lines = [one.strip() for one in letter_text(letter).splitlines()]
    assert not [one for one in lines if one.startswith(RUNS)]


@pytest.mark.parametrize("text", PAYLOADS)
def test_that_a_copied_payload_is_marked_once_and_comes_back(text: str) -> None:
    copied = as_copied(f" {text}\n")
    assert not copied.startswith(RUNS)
    assert without_mark(copied) == text


@pytest.mark.parametrize(
    "figure",
    ["-1200.50", "-£1,200.50", "+3.2%", "+3.2 %", "-1", "+£1,200", "−£1,200", "+0.4 pp", "+5p", "- £3", "12.71", "£0"],
)  # fmt: skip
def test_that_a_copied_figure_stays_a_figure(figure: str) -> None:
    assert as_copied(figure) == figure


@pytest.mark.parametrize(
    "text", ["-2+3", "+1+1", "-1-A1", "-A1", "+SUM(1)", "-1|x!A1", "=1", "-1(2)", "-", "+1*2", "-1^2", "-1&A"]
)
def test_that_what_could_calculate_is_no_figure(text: str) -> None:
    assert as_copied(text) == f"'{text}"
