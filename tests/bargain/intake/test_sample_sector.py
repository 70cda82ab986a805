"""The sample sector: every payroll file is read without a question and gives what its maker says is in it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bargain.intake.accounts import read_accounts
from bargain.intake.accounts_adding import add_accounts
from bargain.intake.join import add_readings
from bargain.intake.payroll import read_payrolls
from bargain.intake.reading import PayrollReading, SectorFacts
from models.basis import Basis
from models.employer import Ownership
from models.sector import Sector, TitleGrade
from sample_data.generate import write_sample
from tests.bargain.intake.shared_files import counts

FIELDS = {"contract_type": "contract", "employer_pension_rate": "pension_rate"}  # the sample's words → ours


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder)
    return folder


@pytest.fixture(scope="module")
def manifest(sample: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((sample / "manifest.json").read_text(encoding="utf-8"))
    return told


@pytest.fixture(scope="module")
def readings(sample: Path, manifest: dict[str, Any]) -> tuple[PayrollReading, ...]:
    facts = SectorFacts(
        weekly_hours=37.5,
        grades=tuple(dict.fromkeys(manifest["job_titles"].values())),
        title_grades=tuple(TitleGrade(title, grade) for title, grade in manifest["job_titles"].items()),
        data_date=date(2026, 4, 30),
        minimum_wage_micros=12_710_000,
    )
    return read_payrolls([sample / one["file"] for one in manifest["files"]], facts=facts)


def test_that_every_file_gives_its_rows_heads_and_pay_bill(
    manifest: dict[str, Any], readings: tuple[PayrollReading, ...]
) -> None:
    for told, reading in zip(manifest["files"], readings, strict=True):
        (sheet,) = reading.sheets
        kinds = ("staff", "totals", "leavers", "set_aside", "blank")
        assert counts(sheet) == {kind: told[kind] for kind in kinds if told[kind]}, told["file"]
        assert (sheet.header_row, sheet.rows_in_file) == (told["header_row"], told["rows_in_file"]), told[
            "file"
        ]
        assert sheet.heads == told["heads"], told["file"]
        assert sheet.paybill == Decimal(told["paybill_annual"]), told["file"]


def test_that_every_column_is_mapped_as_meant(
    manifest: dict[str, Any], readings: tuple[PayrollReading, ...]
) -> None:
    for told, reading in zip(manifest["files"], readings, strict=True):
        meant = {FIELDS.get(field, field): heading for field, heading in told["mapping"].items()}
        mapped = reading.sheets[0].mapping
        assert {field: mapped.get(field) for field in meant} == meant, told["file"]


def test_that_personal_columns_are_dropped_and_no_invented_person_is_in_the_posts(
    manifest: dict[str, Any], readings: tuple[PayrollReading, ...]
) -> None:
    for told, reading in zip(manifest["files"], readings, strict=True):
        sheet = reading.sheets[0]
        assert set(told["dropped_columns"]) <= set(sheet.dropped_columns), told["file"]
        posts = sheet.workforce
        words = " ".join((*posts.titles, *posts.grades, *posts.points, *posts.settings, *posts.employers))
        shown = " ".join(problem.value for problem in sheet.problems)
        for trace in ("Fictional-", "Sample Person", "QQ", "ZZ99", "example.invalid"):
            assert trace not in words, told["file"]
            assert trace not in shown, told["file"]


def test_that_the_sector_costs_what_its_files_say(
    manifest: dict[str, Any], readings: tuple[PayrollReading, ...]
) -> None:
    sector = add_readings(Sector("Sample"), readings, today=date(2026, 11, 21))
    posts = sector.workforce
    year = np.where(
        posts.basis == Basis.HOUR,
        posts.rate_micros * posts.hours_w * posts.weeks_y,
        posts.rate_micros * posts.fte,
    )
    assert (year * posts.heads).sum() / 1e6 == pytest.approx(float(manifest["paybill_annual"]), abs=0.5)
    assert posts.heads.sum() == manifest["heads"]
    assert -1 not in posts.grade_code
    assert {one.name for one in sector.employers} == {one["name"] for one in manifest["employers"]}


def test_that_heads_by_grade_of_every_employer_are_as_invented(
    manifest: dict[str, Any], readings: tuple[PayrollReading, ...]
) -> None:
    posts = add_readings(Sector("Sample"), readings, today=date(2026, 11, 21)).workforce
    for told in manifest["employers"]:
        of_employer = posts.employer_code == posts.employers.index(told["name"])
        found = {
            grade: posts.heads[of_employer & (posts.grade_code == code)].sum()
            for code, grade in enumerate(posts.grades)
        }
        assert {grade: found.get(grade, 0) for grade in told["heads_by_grade"]} == told["heads_by_grade"], (
            told["name"]
        )


def test_that_accounts_fill_the_records_of_all_employers(
    sample: Path, manifest: dict[str, Any], readings: tuple[PayrollReading, ...]
) -> None:
    sector = add_readings(Sector("Sample"), readings, today=date(2026, 11, 21))
    reading = read_accounts(next((sample / "accounts").iterdir()), sector=sector)
    after = add_accounts(sector, reading)
    assert reading.problems == ()
    assert len(after.accounts) == len(after.employers) == len(manifest["employers"])
    assert all(one.ownership is not Ownership.UNKNOWN and one.region for one in after.employers)
    councils = {one.name for one in after.employers if one.ownership is Ownership.LOCAL_AUTHORITY}
    assert councils
    assert all(one.revenue_micros is None for one in after.accounts if one.employer in councils)
    weekly = {one.name: one.weekly_hours for one in after.employers}
    assert weekly == {one.name: one.weekly_hours for one in sector.employers}
