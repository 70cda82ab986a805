"""Payrolls whose meaning is open in ways that no heading tells: each was once read in silence, and wrongly."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from bargain.intake.answers import answered
from bargain.intake.mapping_file import read_mapping, write_mapping
from bargain.intake.open_safely import OpenedFile
from bargain.intake.payroll import read_opened
from bargain.intake.reading import MappingFile, OpenQuestion, RowKind, SectorFacts, SheetReading
from bargain.intake.tables import Cell, SheetTable
from models.issues import UnusableInput
from models.workforce import Sex
from tests.helpers.tables import squared

W = Decimal("52.143")
FACTS = SectorFacts(weekly_hours=37.5)
Rows = list[list[Cell]]
MOST = 5


@dataclass
class Open:
    """A file, the answers of somebody who knows it, what must be asked, and what is then true."""

    rows: Rows
    bill: Decimal
    heads: int
    answers: dict[str, str] = field(default_factory=dict)  # key, or key and word → the answer
    asked: tuple[str, ...] = ()


def once(rows: Rows, mapping: MappingFile) -> SheetReading:
    opened = OpenedFile("x.csv", "0", (SheetTable("x.csv", "x", squared(rows)),))
    (sheet,) = read_opened(opened, facts=FACTS, mapping=mapping).sheets
    assert sheet.rows_in_file == sum(sheet.counts.values())
    return sheet


def with_answers(layout: Open) -> tuple[SheetReading, list[str]]:
    mapping = MappingFile()
    asked: list[str] = []
    for _ in range(MOST):
        try:
            return once(layout.rows, mapping), asked
        except OpenQuestion as question:
            one = question.questions[0]
            asked.append(one.key)
            answer = layout.answers.get(one.about) or layout.answers[one.key]
            assert answer in one.candidates
            assert 1 <= len(one.examples) <= 5
            mapping = answered(mapping, one, answer)
    raise AssertionError(asked)


OPEN = {
    "a row for each payment": Open(
        [["Payroll No", "Job title", "Pay element", "Monthly pay"], ["1", "Carer", "Basic Pay", 2000], ["1", "Carer", "Overtime", 150],
         ["2", "Cook", "Basic Pay", 1900], ["2", "Cook", "Sleep in", 60]],
        Decimal(3900 * 12), 2, {"take.element": "Basic Pay"}, ("take.element",),
    ),
    "a share of full time under another heading": Open(
        [["Staff no", "Position", "Umfang", "Annual salary"], ["1", "Carer", "100,00", "24.000,00"], ["2", "Carer", "60,00", "24.000,00"],
         ["3", "Cook", "100,00", "24.500,00"]],
        Decimal(24_000 + 14_400 + 24_500), 3, {"columns.fte": "Umfang", "pay.of": "full_time"}, ("columns.fte", "pay.of"),
    ),
    "hours under another heading": Open(
        [["Staff no", "Position", "Wochenstunden", "Hourly rate"], ["1", "Carer", 37.5, 13], ["2", "Carer", 20, 13], ["3", "Carer", 37.5, 13]],
        95 * 13 * W, 3, {"columns.hours": "Wochenstunden"}, ("columns.hours",),
    ),
    "hours for a month": Open(
        [["Staff no", "Job", "Hours", "Hourly rate"], ["1", "Carer", 162.5, 13], ["2", "Carer", 120, 13], ["3", "Cook", 86, 13]],
        Decimal("368.5") * 13 * 12, 3, {"hours.per": "month"}, ("hours.per",),
    ),
    "some salaried, some hourly, in two columns": Open(
        [["Works no", "Hourly rate", "Annual salary", "Hours"], ["1", 13, None, 30], ["2", None, 30_000, 37.5], ["3", 13, None, 20],
         ["4", None, 28_000, 37.5]],
        50 * 13 * W + 58_000, 4, {"columns.pay": "Hourly rate + Annual salary"}, ("columns.pay",),
    ),
    "the pay of a group together": Open(
        [["Grade", "Headcount", "Total basic salary"], ["G1", 10, 240_000], ["G2", 2, 60_000]], Decimal(300_000), 12,
        {"pay.for": "together"}, ("pay.for",),
    ),
    "a pivot table of sums": Open(
        [["Row Labels", "Count of Employee", "Sum of Annual Salary"], ["Carer", 10, 240_000], ["Cook", 2, 46_000], ["Grand Total", 12, 286_000]],
        Decimal(286_000), 12,
    ),
    "a pivot table of averages": Open(
        [["Row Labels", "Count of Employee", "Average of Annual Salary"], ["Carer", 10, 24_000], ["Cook", 2, 23_000],
         ["Grand Total", 12, 23833.33]],
        Decimal(286_000), 12,
    ),
    "people counted across, under headings of their own": Open(
        [["Job title", "Annual salary", "Oak House", "Elm House"], ["Carer", 24_000, 10, 4], ["Cook", 23_000, 2, 0]], Decimal(14 * 24_000 + 46_000), 16,
        {"columns.heads": "Oak House + Elm House"}, ("columns.heads",),
    ),
    "women and men counted across": Open(
        [["SCP", "Annual salary", "Female", "Male", "Total"], ["3", 24_027, 10, 5, 15], ["4", 24_404, 20, 2, 22], ["Total", None, 30, 7, 37]],
        Decimal(24_027 * 15 + 24_404 * 22), 37,
    ),
    "women and men counted across, in Welsh": Open(
        [["Pwynt", "Cyflog blynyddol", "Merched", "Dynion"], ["3", 24_027, 10, 5], ["4", 24_404, 20, 2]],
        Decimal(24_027 * 15 + 24_404 * 22), 37,
    ),
    "codes for the time of pay": Open(
        [["Staff no", "Job Title", "Comp Rate", "Comp Freq", "FTE"], ["1", "Carer", 24_000, "A", 1], ["2", "Carer", 2000, "M", 1],
         ["3", "Cook", 25_000, "A", 1]],
        Decimal(73_000), 3, {"A": "year", "M": "month"}, ("pay.periods", "pay.periods"),
    ),
    "years' figures marked as monthly": Open(
        [["Staff no", "Job title", "Salary", "Pay basis"], ["1", "Carer", 24_000, "Monthly"], ["2", "Cook", 23_000, "Monthly"]],
        Decimal(47_000), 2, {"Monthly": "year"}, ("pay.periods",),
    ),
    "years' figures headed as monthly": Open(
        [["Staff no", "Job title", "Monthly salary"], ["1", "Carer", 24_000], ["2", "Cook", 23_000]], Decimal(47_000), 2,
        {"pay.per": "year"}, ("pay.per",),
    ),
    "weekly wages of part-time staff": Open(
        [["Name", "Job", "Wage", "Hours"], ["x", "Carer", 180, 14], ["y", "Cook", 95, 8], ["z", "Cook", 150, 12]], 425 * W, 3,
        {"pay.per": "week", "pay.of": "actual"}, ("pay.per", "pay.of"),
    ),
    "salaries in thousands that nobody says are": Open(
        [["Job title", "Salary"], ["Carer", 24.5], ["Cook", 31.2]], Decimal(55_700), 2, {"pay.unit": "thousands"}, ("pay.unit",),
    ),
    "points that part thousands": Open(
        [["Staff no", "Job title", "Salary"], ["1", "Carer", "23.500"], ["2", "Cook", "22.900"]], Decimal(46_400), 2,
        {"numbers.decimals": "comma"}, ("numbers.decimals",),
    ),
    "another currency, in which months are as large as years": Open(
        [["Staff no", "Job title", "Salary"], ["1", "Prosecutor", "R$ 12.345,67"], ["2", "Judge", "R$ 19.999,00"]],
        Decimal("32344.67") * 12, 2, {"pay.per": "month"}, ("pay.per",),
    ),
    "headings in a language we do not know": Open(
        [["Nr", "Stanowisko", "Wynagrodzenie zasadnicze", "Etat"], ["1", "Opiekun", "4\u00a0806,50 zł", "1"],
         ["2", "Kucharz", "4\u202f300,00 zł", "0,5"]],
        Decimal("4806.50") * 12 + 4300 * 6, 2,
        {"columns.pay": "Wynagrodzenie zasadnicze", "pay.per": "month", "columns.fte": "Etat", "pay.of": "full_time"},
        ("columns.pay", "pay.per", "columns.fte", "pay.of"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", OPEN)
def test_that_an_open_meaning_is_asked_and_its_answer_gives_the_truth(layout: str) -> None:
    sheet, asked = with_answers(OPEN[layout])
    assert tuple(asked) == OPEN[layout].asked
    assert sheet.heads == OPEN[layout].heads
    assert abs(sheet.paybill - OPEN[layout].bill) < Decimal("0.01")


@pytest.mark.parametrize("layout", OPEN)
def test_that_what_was_answered_is_kept_for_the_next_file(layout: str) -> None:
    first, _asked = with_answers(OPEN[layout])
    kept = read_mapping(write_mapping(first), source="map.toml")
    again = once(OPEN[layout].rows, kept)  # without a question
    assert (again.heads, again.paybill) == (first.heads, first.paybill)


def test_that_women_and_men_counted_across_are_women_and_men_in_the_posts() -> None:
    sheet, _asked = with_answers(OPEN["women and men counted across"])
    posts = sheet.workforce
    assert float(posts.heads[posts.sex == Sex.FEMALE].sum()) == 30
    assert float(posts.heads[posts.sex == Sex.MALE].sum()) == 7
    assert sheet.counts[RowKind.STAFF] == 2


def test_that_payments_that_are_not_basic_pay_are_set_aside_by_name() -> None:
    sheet, _asked = with_answers(OPEN["a row for each payment"])
    aside = [(one.row, one.value) for one in sheet.problems if one.code == "other_element"]
    assert aside == [(3, "Overtime"), (5, "Sleep in")]
    assert sheet.counts[RowKind.SET_ASIDE] == 2


@pytest.mark.parametrize(
    ("key", "column"), [("columns.fte", "Bonus share"), ("columns.heads", "Lockers"), ("columns.hours", "Nights")]
)  # fmt: skip
def test_that_a_column_that_only_looks_like_it_can_be_refused(key: str, column: str) -> None:
    values = {"columns.fte": (1, 0.5), "columns.heads": (5, 3), "columns.hours": (37, 20)}[key]
    rows: Rows = [["Staff no", "Job title", column, "Annual salary"]]
    rows += [["7", title, value, 24_000] for title, value in zip("AB", values, strict=True)]
    if key == "columns.heads":  # only where nobody is named
        rows = [row[1:] for row in rows]
    with pytest.raises(OpenQuestion) as raised:
        once(rows, MappingFile())
    one = raised.value.questions[0]
    assert (one.key, one.candidates) == (key, (column, "none of these"))
    assert once(rows, answered(MappingFile(), one, "none of these")).heads == 2


LABELS = (
    "Grand Tot", "T O T A L", "Ttl", "Tot.", "=== TOTAL ===", "Company Total 3 employees", "Employees: 3", "Gesamt", "Razem", "Soma",
    "All employees", "Both", "Cyf.", "Headcount", "Zusammen", "Alle", "Balance c/f",
)  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
def test_that_a_total_is_known_whatever_it_is_called(label: str) -> None:
    rows: Rows = [
        ["Employee no", "Job title", "Hours", "Annual salary"], ["1", "Carer", 37.5, 24_000], ["2", "Cook", 37.5, 23_000],
        ["3", "Lead", 37.5, 33_000], [None, label, 112.5, 80_000],
    ]  # fmt: skip
    sheet = once(rows, MappingFile())
    assert (int(sheet.heads), int(sheet.paybill), sheet.counts[RowKind.TOTAL]) == (3, 80_000, 1)


@pytest.mark.parametrize("label", ["Average", "Mean", "Median", "Max", "Std dev", "Average salary", "Count"])
@pytest.mark.parametrize("place", [0, 1])
def test_that_an_average_under_the_table_is_nobody(label: str, place: int) -> None:
    last: list[Cell] = [None, None, 37.5, 26_666.67]
    last[place] = label
    rows: Rows = [
        ["Employee no", "Job title", "Hours", "Annual salary"], ["1", "Carer", 37.5, 24_000], ["2", "Cook", 37.5, 23_000],
        ["3", "Lead", 37.5, 33_000], last,
    ]  # fmt: skip
    sheet = once(rows, MappingFile())
    assert (int(sheet.heads), int(sheet.paybill), sheet.counts[RowKind.SET_ASIDE]) == (3, 80_000, 1)


def test_that_sub_counts_of_a_spreadsheet_are_nobody() -> None:
    rows: Rows = [
        ["Job title", "Annual salary", "Employee no"], ["Carer", 24_000, "1"], ["Carer", 24_500, "2"], ["Carer Count", 2, None],
        ["Cook", 23_000, "3"], ["Cook Count", 1, None], ["Grand Count", 3, None],
    ]  # fmt: skip
    sheet = once(rows, MappingFile())
    assert (int(sheet.heads), int(sheet.paybill)) == (3, 71_500)


@pytest.mark.parametrize("name", ["Sum", "Overall", "Max", "Mean", "Vacant"])
def test_that_a_person_who_is_called_like_a_total_is_staff_and_a_vacancy_is_not(name: str) -> None:
    rows: Rows = [
        ["Surname", "Job title", "Annual salary"],
        ["Smith", "Cook", 23_000],
        ["Bell", "Cook", 23_500],
        [name, "Carer", 24_000],
    ]
    assert once(rows, MappingFile()).heads == (2 if name == "Vacant" else 3)


def test_that_vacancies_are_known_by_how_the_name_or_status_begins() -> None:
    rows: Rows = [
        ["Post", "Name", "Status", "FTE", "Salary"], ["Vacant property officer", "x", "Filled", 1, 20_000],
        ["B", "Vacant - out to advert", "", 1, 20_000], ["C", "VACANCY (1.0 FTE)", "", 1, 20_000], ["D", "To be recruited", "", 1, 20_000],
        ["E", "", "Vacant", 1, 20_000],
    ]  # fmt: skip
    assert once(rows, MappingFile()).heads == 1


def test_that_numbered_columns_are_no_post() -> None:
    rows: Rows = [
        ["Job title", "Hours", "Salary", "FTE"],
        [1, 2, 3, 4],
        ["Carer", 37.5, 24_000, 1],
        ["Cook", 37.5, 23_000, 1],
    ]
    assert once(rows, MappingFile()).paybill == 47_000


def test_that_staff_without_any_pay_are_told_where_numbers_can_be_typed_in() -> None:
    with pytest.raises(UnusableInput, match=r"no column of pay.*Enter headcounts"):
        once([["SCP", "Headcount"], ["3", 10], ["4", 20]], MappingFile())
