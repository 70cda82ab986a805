"""The next file of the same payroll system is read as the last one was, without answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bargain.intake.join import add_readings
from bargain.intake.mapping_file import read_mapping
from bargain.intake.payroll import facts_of, read_payroll
from bargain.intake.reading import MappingFile, OpenQuestion, PayKind
from bargain.packs import new_sector
from tests.bargain.intake.shared_files import write_book

HEAD = ("Job title", "Salary", "FTE")


def payroll(path: Path, more: int, *, times: int = 1) -> Path:
    rows = [
        ("RSW", (24_850 + more) * times, 1),
        ("RSW", (14_910 + more) * times, 0.6),
        ("Senior RSW", 27_000 * times, 1),
    ]
    return write_book(path, [HEAD, *rows], sheet=path.stem)


def test_that_the_fourth_file_needs_no_answers(tmp_path: Path) -> None:
    sector = new_sector("a sector")
    first = payroll(tmp_path / "April.xlsx", 0)
    with pytest.raises(OpenQuestion):
        read_payroll(first, facts=facts_of(sector))
    told = read_payroll(first, facts=facts_of(sector), mapping=MappingFile(pay_kind=PayKind.ACTUAL))
    sector = add_readings(sector, [told], today=date(2026, 5, 1))
    for at, month in enumerate(("May", "June", "July"), start=1):
        reading = read_payroll(payroll(tmp_path / f"{month}.xlsx", at), facts=facts_of(sector))
        assert reading.sheets[0].read_as
        assert reading.sheets[0].paybill == 66_760 + 2 * at
        sector = add_readings(sector, [reading], today=date(2026, 5, 1))
    (kept,) = sector.mappings
    assert kept.file == "July.xlsx"
    assert read_mapping(kept.settings, source="kept").pay_kind is PayKind.ACTUAL


def test_that_other_headings_are_asked_about_again(tmp_path: Path) -> None:
    sector = new_sector("a sector")
    told = read_payroll(
        payroll(tmp_path / "April.xlsx", 0),
        facts=facts_of(sector),
        mapping=MappingFile(pay_kind=PayKind.ACTUAL),
    )
    sector = add_readings(sector, [told], today=date(2026, 5, 1))
    other = write_book(
        tmp_path / "b.xlsx", [("Job title", "Annual salary", "FTE"), ("RSW", 24_850, 1), ("RSW", 14_910, 0.6)]
    )
    with pytest.raises(OpenQuestion):
        read_payroll(other, facts=facts_of(sector))


def test_that_what_is_remembered_is_doubted_where_the_figures_belie_it(tmp_path: Path) -> None:
    sector = new_sector("a sector")
    told = read_payroll(
        payroll(tmp_path / "April.xlsx", 0),
        facts=facts_of(sector),
        mapping=MappingFile(pay_kind=PayKind.ACTUAL),
    )
    sector = add_readings(sector, [told], today=date(2026, 5, 1))
    hourly = write_book(
        tmp_path / "b.xlsx", [HEAD, ("RSW", 12.71, 1), ("RSW", 13.10, 0.6), ("RSW", 13.45, 1)]
    )
    with pytest.raises(OpenQuestion) as raised:
        read_payroll(hourly, facts=facts_of(sector))
    assert raised.value.questions[0].key == "pay.per"
