"""Names, addresses, numbers of persons and bank, union and health data are gone before anything is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bargain.intake.join import add_readings
from bargain.intake.mapping import meaning_of
from bargain.intake.payroll import read_payroll
from bargain.intake.reading_json import reading_as_json
from models.sector import Sector
from tests.bargain.intake.shared_files import FACTS, read_sheet, write_book

PERSONAL = (
    "Employee name", "Surname", "First Name", "Home address", "Post code", "NI Number", "National Insurance No.", "NINO", "Sort code",
    "Bank account number", "Date of birth", "D.O.B.", "Union subs", "UNISON", "Check-off", "Sickness days", "Occupational health note",
    "Disability", "Ethnic origin", "Religion", "E-mail", "Mobile phone", "Tax code", "Enw", "Cyfenw", "Cyfeiriad", "Rhif Yswiriant Gwladol",
    "Dyddiad geni", "Undeb", "Salwch", "Anabledd", "Cod didoli", "Ffôn", "E-bost",
)  # fmt: skip


@pytest.mark.parametrize("heading", PERSONAL)
def test_that_a_personal_heading_is_known_in_english_and_welsh(heading: str) -> None:
    assert meaning_of(heading).drop


@pytest.mark.parametrize(
    "heading", ["Employer name", "Job title", "Staff number", "Home", "Union of employers pay scale point"]
)
def test_that_other_headings_are_not_taken_for_personal_ones(heading: str) -> None:
    assert meaning_of(heading).drop in {"", "union"} if "Union" in heading else not meaning_of(heading).drop


def test_that_nothing_of_a_person_is_in_the_reading_or_the_sector(tmp_path: Path) -> None:
    head = (
        "Ref",
        "Details",
        "Name",
        "Date of birth",
        "Job title",
        "Hourly rate",
        "Hours",
        "Notes",
        "Contact by",
    )
    rows = [
        (
            f"S{at}",
            f"QQ 12 34 5{at} A",
            f"Testa Person{at}",
            date(1990, 5, 1),
            "RSW",
            12.71,
            37.5,
            "x",
            f"t{at}@example.invalid",
        )
        for at in range(6)
    ]
    path = write_book(
        tmp_path / "a.xlsx",
        [
            head,
            *rows,
            (
                "S9",
                "QQ 12 34 59 A",
                "Testa Person9",
                date(1990, 5, 1),
                "RSW",
                None,
                30,
                "x",
                "q@example.invalid",
            ),
        ],
    )
    reading = read_payroll(path, facts=FACTS)
    sheet = reading.sheets[0]
    assert {"Ref", "Details", "Name", "Date of birth", "Notes", "Contact by"} == set(sheet.dropped_columns)
    assert set(sheet.workforce.age) == {35}
    sector = add_readings(Sector("S"), [reading], today=date(2026, 11, 21))
    kept = (
        repr(sector.imports) + repr(sector.employers) + repr(reading_as_json(reading)) + repr(sheet.workforce)
    )
    for trace in ("Testa", "QQ", "example.invalid", "1990", "'S1'"):
        assert trace not in kept


def test_that_a_note_in_the_name_column_is_not_shown(tmp_path: Path) -> None:
    rows = [
        ("Name", "Job title", "Hourly rate", "Hours"),
        ("Testa One", "RSW", 12.71, 30),
        ("Testa Two", "RSW", 12.71, 30),
        ("Testa Three", None, None, None),
    ]
    sheet = read_sheet(write_book(tmp_path / "a.xlsx", rows))
    assert [problem.value for problem in sheet.problems] == [""]
