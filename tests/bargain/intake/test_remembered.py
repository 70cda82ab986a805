"""The next file of the same payroll system is read as the last one was, without answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bargain.intake.answers import answered
from bargain.intake.join import add_readings
from bargain.intake.mapping_file import read_mapping
from bargain.intake.payroll import facts_of, read_payroll
from bargain.intake.reading import Choice, Do, MappingFile, OpenQuestion, PayKind
from bargain.packs import new_sector
from tests.bargain.intake.shared_files import FACTS, write_book

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


def rates(path: Path, *rates: float) -> Path:
    return write_book(
        path, [("Job title", "Hourly rate"), *(("RSW", rate) for rate in rates)], sheet=path.stem
    )


def test_that_hours_answered_for_hourly_pay_serve_the_next_file_and_are_shown_in_it(tmp_path: Path) -> None:
    sector = new_sector("a sector")
    first = rates(tmp_path / "April.xlsx", 12.71, 13)
    with pytest.raises(OpenQuestion) as raised:
        read_payroll(first, facts=facts_of(sector))
    mapping = answered(MappingFile(), raised.value.questions[0], "21.5")
    sector = add_readings(
        sector, [read_payroll(first, facts=facts_of(sector), mapping=mapping)], today=date(2026, 5, 1)
    )
    (sheet,) = read_payroll(rates(tmp_path / "May.xlsx", 12.9), facts=facts_of(sector)).sheets
    assert sheet.read_as == "April.xlsx"
    assert sheet.workforce.hours_w.tolist() == [21.5]
    assert any("21.5 hours a week, as answered" in note for note in sheet.notes)


def test_that_a_choice_that_makes_rows_hourly_does_not_guess_their_hours(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "a.xlsx", [("Job title", "Annual salary"), *([("RSW", 24_850)] * 19), ("Cook", 12.9)]
    )  # fmt: skip
    fixed = MappingFile(choices=(Choice("not_yearly_pay", Do.FIX),))
    assert read_payroll(path, facts=FACTS).sheets[0].heads == 19
    with pytest.raises(OpenQuestion) as raised:
        read_payroll(path, facts=FACTS, mapping=fixed)
    assert raised.value.questions[0].key == "pay.hours_each"
    (sheet,) = read_payroll(path, facts=FACTS, mapping=replace(fixed, hours_each=Decimal(20))).sheets
    assert sheet.workforce.hours_w.tolist()[-1] == 20
