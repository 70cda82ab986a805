"""Payrolls as public bodies publish them: read to the penny, or asked about; never read wrong in silence."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from bargain.intake.payroll import read_payroll
from bargain.intake.reading import MappingFile, OpenQuestion, Period, SectorFacts, SheetReading
from tests.bargain.intake.shared_files import SHARED, needs_shared

pytestmark = needs_shared

# Files that say enough: the column that is pay, by the manifest's name of its figures.
PLAIN = {
    "montgomery_county_2016.csv": "Current Annual Salary",
    "baltimore_fy2017_first8000.csv": "ANNUAL_RT",
    "chicago_2015_dollar_first10000.csv": "Employee Annual Salary",
    "illinois_universities_2016_first10000.csv": "Base Salary",
    "asu_2008_first8000.csv": "salary",
    "georgia_2014_A_first8000.csv": "salary",
    "south_carolina_2017_first8000.csv": "Compensation without Bonuses",
}
BODIES = ("DECC", "EnglishHeritage", "ForestryCommission", "GovProcurement", "MRC", "ScienceMuseum")

# Monthly payrolls in another language: what must be said of each, by heading.
MONTHLY = {
    "MPAC-2021-01.ods": "RENDIMENTOS REMUNERAÇÃO BÁSICA Remuneração do Cargo Efetivo1",
    "MPAP-2022-05.xls": "REMUNERAÇÃO DO CARGO EFETIVO",
    "MPES-2021-01.xlsx": "RENDIMENTOS REMUNERAÇÃO BÁSICA 01. Remunerção do Cargo Efetivo",
    "MPPE-2023-01.xls": "RENDIMENTOS REMUNERAÇÃO BÁSICA Remuneração do Cargo Efetivo - 1",
    "TJRR-2018-01.xlsx": "Subsídio (R$)",
}


@cache
def truths() -> dict[str, dict[str, Any]]:
    files = json.loads((SHARED / "real" / "manifest.json").read_text(encoding="utf-8"))["files"]
    return {one["file"]: one for one in files}


def read(file: str, mapping: MappingFile | None = None) -> SheetReading:
    (sheet,) = read_payroll(SHARED / "real" / "payroll" / file, facts=SectorFacts(), mapping=mapping).sheets
    assert sheet.rows_in_file == sum(sheet.counts.values())
    return sheet


def key_asked(file: str, mapping: MappingFile | None = None) -> str:
    with pytest.raises(OpenQuestion) as raised:
        read(file, mapping)
    question = raised.value.questions[0]
    assert question.candidates
    return question.key


def pay_with_what_was_set_aside(sheet: SheetReading) -> Decimal:
    """The pay bill and the pay of rows that were set aside because of it."""
    pay_faults = {"not_yearly_pay", "pay_not_above_nought"}
    return sheet.paybill + sum(Decimal(one.value) for one in sheet.problems if one.code in pay_faults)


def heads_set_aside(file: str, sheet: SheetReading) -> Decimal:
    """The posts in rows set aside because their pay is nought, from the file itself."""
    rows = {one.row for one in sheet.problems if one.code == "pay_not_above_nought"}
    with (SHARED / "real" / "payroll" / file).open(encoding="utf-8", newline="") as lines:
        posts = [row["Number of Posts in FTE"] for row in csv.DictReader(lines)]
    return sum((Decimal(posts[row - 2]) for row in rows), Decimal(0))


@pytest.mark.slow
@pytest.mark.parametrize(("file", "column"), PLAIN.items())
def test_that_a_plain_file_gives_every_row_and_every_penny(file: str, column: str) -> None:
    told = truths()[f"payroll/{file}"]
    sheet = read(file)
    assert sheet.rows_in_file == told["rows"]
    assert sheet.mapping["pay"] == column
    assert pay_with_what_was_set_aside(sheet) == Decimal(told["truth"][f"stats[{column}]"]["sum"])


@pytest.mark.slow
def test_that_a_total_of_two_years_is_never_taken_for_a_year() -> None:
    file = "north_dakota_2018_first8000.csv"
    assert key_asked(file) == "columns.pay"
    mapping = MappingFile(columns={"pay": "Fiscal.Year.2018"})
    assert key_asked(file, mapping) == "pay.per"
    sheet = read(file, MappingFile(columns={"pay": "Fiscal.Year.2018"}, pay_period=Period.YEAR))
    assert sheet.rows_in_file == 8000
    assert pay_with_what_was_set_aside(sheet) == Decimal("161216691.94")


@pytest.mark.slow
def test_that_a_period_column_that_its_figures_belie_is_asked_about() -> None:
    file = "tennessee_first8000.csv"
    assert key_asked(file) == "pay.periods"
    months = dict.fromkeys(("Hourly", "Daily", "Weekly", "Scheduled"), Period.MONTH)
    sheet = read(file, MappingFile(periods=months))
    told = truths()[f"payroll/{file}"]["truth"]["stats[compensation_rate] by compensation_rate_period"]
    assert sheet.rows_in_file == 8000
    assert sheet.paybill == 12 * sum(Decimal(one["sum"]) for one in told.values())


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("rank", ["junior", "senior"])
def test_that_pay_ranges_are_asked_about(body: str, rank: str) -> None:
    assert key_asked(f"uk_organograms/{body}_{rank}.csv") == "columns.pay"


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(
    ("end", "key"), [("Minimum", "annual_cost_at_scale_minimum"), ("Maximum", "annual_cost_at_scale_maximum")]
)
def test_that_groups_of_posts_cost_what_the_chosen_end_of_the_scale_gives(
    body: str, end: str, key: str
) -> None:
    file = f"uk_organograms/{body}_junior.csv"
    told = truths()[f"payroll/{file}"]["truth"]
    sheet = read(file, MappingFile(columns={"pay": f"Payscale {end} (£)"}, pay_period=Period.YEAR))
    assert sheet.rows_in_file == told["records"]
    assert sheet.heads + heads_set_aside(file, sheet) == Decimal(told["total_FTE"])
    assert sheet.paybill == Decimal(told[key])


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("end", ["Floor", "Ceiling"])
def test_that_senior_posts_have_the_pay_of_the_chosen_end_and_undisclosed_pay_is_set_aside(
    body: str, end: str
) -> None:
    file, column = f"uk_organograms/{body}_senior.csv", f"Actual Pay {end} (£)"
    told = truths()[f"payroll/{file}"]["truth"]
    sheet = read(file, MappingFile(columns={"pay": column}))
    assert sheet.rows_in_file == told["records"]
    assert sheet.heads == sheet.counts["staff"] == told["with_pay"]
    with (SHARED / "real" / "payroll" / file).open(encoding="utf-8", newline="") as lines:
        pay = [Decimal(row[column].replace(",", "")) for row in csv.DictReader(lines)]
    assert sheet.paybill == sum(pay)
    assert [one.row for one in sheet.problems if one.code in {"pay_not_above_nought", "vacant_row"}] == [
        at for at, paid in enumerate(pay, start=2) if not paid
    ]


def test_that_every_payroll_of_the_manifest_is_tested() -> None:
    here = {*PLAIN, "north_dakota_2018_first8000.csv", "tennessee_first8000.csv"}
    here |= {f"brazil_prosecutors/{name}" for name in MONTHLY}
    here |= {f"uk_organograms/{body}_{rank}.csv" for body in BODIES for rank in ("junior", "senior")}
    payrolls = {file.removeprefix("payroll/") for file in truths() if file.startswith("payroll/")}
    assert {one for one in payrolls - here if "councils" not in one} == set()  # councils: test_councils


@pytest.mark.parametrize(("name", "heading"), MONTHLY.items())
def test_that_a_payroll_in_another_language_asks_for_pay_and_period_and_then_gives_them(
    name: str, heading: str
) -> None:
    file = f"brazil_prosecutors/{name}"
    told = truths()[f"payroll/{file}"]
    assert key_asked(file) == "columns.pay"
    with pytest.raises(OpenQuestion) as raised:
        read(file)
    named = next(one for one in raised.value.candidates if one.endswith(heading))
    assert key_asked(file, MappingFile(columns={"pay": named})) == "pay.per"
    sheet = read(file, MappingFile(columns={"pay": named}, pay_period=Period.MONTH))
    assert pay_with_what_was_set_aside(sheet) == Decimal(told["truth"]["base"]["sum"]) * 12
    people = sheet.counts["staff"] + sum(one.code == "pay_not_above_nought" for one in sheet.problems)
    assert people == told["rows"]
