"""Employers' accounts: the right columns, units, years and groups, and questions where the file leaves it open."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bargain.intake.accounts import look_at, read_accounts
from bargain.intake.accounts_adding import add_accounts
from bargain.intake.accounts_columns import MONEY
from bargain.intake.accounts_mapping import (
    AccountsMapping,
    read_accounts_mapping,
    with_answer,
    write_accounts_mapping,
)
from bargain.intake.open_safely import OpenedFile, SafeReader
from bargain.intake.reading import AccountsReading, OpenQuestion
from bargain.measures.margins import Books, books_of
from models.employer import Employer
from models.issues import UnusableInput
from models.sector import Sector


def write(folder: Path, text: str, name: str = "accounts.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def workbook(
    folder: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], *, hidden: Sequence[int] = ()
) -> Path:
    """A workbook of these sheets; ``hidden`` rows are hidden in each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for at in hidden:
            sheet.row_dimensions[at].hidden = True
    path = folder / "accounts.xlsx"
    book.save(path)
    return path


def books(path: Path, sector: Sector | None = None, **options: object) -> dict[str, Books]:
    reading = read_accounts(path, sector=sector or Sector("s"), **options)  # type: ignore[arg-type]
    return {one.employer: books_of(one) for one in reading.accounts}


def test_that_net_income_is_never_taken_for_revenue(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Net income,Total revenue\nA,-5,100\n")

    assert books(path)["A"].revenue == 100
    assert books(path)["A"].pretax == -5


@pytest.mark.parametrize(
    ("top", "heading", "pounds"),
    [
        ("", "Revenue £000", 5_600_000),
        ("", "Revenue (£m)", 5_600_000_000),
        ("All figures in £000,\n", "Revenue", 5_600_000),
    ],
)
def test_that_thousands_and_millions_are_read_as_such(
    tmp_path: Path, top: str, heading: str, pounds: float
) -> None:
    path = write(tmp_path, f"{top}Employer,{heading}\nA,5600\n")

    assert books(path)["A"].revenue == pounds


def test_that_a_group_named_by_its_members_is_not_added_to_them(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Employer,Part of,Revenue,Labour\nOakwood Group plc,,1000,600\nNorth Homes,Oakwood Group,550,300\n"
        "South Homes,Oakwood Group,400,250\nElm Care,,70,40\n",
    )
    reading = read_accounts(path, sector=Sector("s"))

    assert {one.employer for one in reading.accounts} == {"North Homes", "South Homes", "Elm Care"}
    (problem,) = reading.problems
    assert problem.code == "group_row"
    assert problem.set_aside
    assert "North Homes, South Homes" in problem.reason
    assert "£50 more" in problem.reason


def test_that_a_consolidated_row_that_is_the_sum_of_its_namesakes_is_not_added_to_them(
    tmp_path: Path,
) -> None:
    path = write(
        tmp_path, "Employer,Revenue\nAsh Group,1000\nAsh North Ltd,600\nAsh South Ltd,400\nAshby Care,5\n"
    )

    assert set(books(path)) == {"Ash North Ltd", "Ash South Ltd", "Ashby Care"}


GROUP = "Employer,Revenue\nAsh Group,1000\nAsh North Ltd,100\nAsh South Ltd,100\n"


def test_that_a_group_whose_namesakes_come_to_less_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(
        OpenQuestion, match="Do the accounts of “Ash Group” contain those of Ash North Ltd"
    ) as caught:
        books(write(tmp_path, GROUP))

    assert caught.value.questions[0].key == "groups.Ash Group"


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("leave_out", {"Ash North Ltd", "Ash South Ltd"}),
        ("instead", {"Ash Group"}),
        ("keep", {"Ash Group", "Ash North Ltd", "Ash South Ltd"}),
    ],
)
def test_that_the_answer_about_a_group_is_followed(tmp_path: Path, answer: str, kept: set[str]) -> None:
    mapping = with_answer(AccountsMapping(), "groups.Ash Group", answer)
    reading = read_accounts(write(tmp_path, GROUP), sector=Sector("s"), mapping=mapping)

    assert {one.employer for one in reading.accounts} == kept
    assert reading.rows_in_file == reading.rows_read + reading.set_aside == 3


def test_that_a_group_smaller_than_its_namesakes_does_not_contain_them(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Revenue\nAsh Group,100\nAsh North Ltd,600\nAsh South Ltd,400\n")

    assert len(books(path)) == 3


def test_that_a_year_of_fifteen_months_is_brought_to_twelve_and_said(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Months,Revenue,Capital employed\nA,15,1500,900\nB,12,100,50\n")
    reading = read_accounts(path, sector=Sector("s"))

    assert [books_of(one).revenue for one in reading.accounts] == [1200, 100]
    assert books_of(reading.accounts[0]).capital == 900
    assert "brought to twelve" in reading.problems[0].reason


def test_that_two_employers_of_one_name_in_two_places_are_both_kept(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,City,Revenue\nElm,Leeds,1\nElm,York,2\nElm,York,3\n")
    reading = read_accounts(path, sector=Sector("s"))

    assert [one.employer for one in reading.accounts] == ["Elm", "Elm (York)"]
    assert reading.problems[-1].code == "same_accounts_again"


def test_that_a_mapping_names_columns_and_unit_and_is_remembered(tmp_path: Path) -> None:
    text = "Employer,Umsatz,Personal\nA,10,6\n"
    mapping = AccountsMapping({"revenue": "Umsatz", "labour": "Personal"}, unit=1_000)
    sector = Sector("s")
    reading = read_accounts(write(tmp_path, text), sector=sector, mapping=mapping)
    sector = add_accounts(sector, reading)
    again = read_accounts(write(tmp_path, text.replace("10", "20"), "next.csv"), sector=sector)

    assert books_of(again.accounts[0]).revenue == 20_000
    assert again.read_as == "accounts.csv"
    assert len(add_accounts(sector, again).accounts_mappings) == 1


def test_that_a_mapping_file_reads_back_as_it_was_written() -> None:
    mapping = AccountsMapping({"employer": "Name", "revenue": "Total £"}, unit=1_000_000, heading_row=4)

    assert read_accounts_mapping(write_accounts_mapping(mapping), source="m") == mapping
    with pytest.raises(UnusableInput, match="did you mean “revenue”"):
        read_accounts_mapping('[columns]\nrevenu = "x"\n', source="m")


def test_that_a_mapping_to_a_heading_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Revenue\nA,1\n")

    with pytest.raises(UnusableInput, match="there is no such heading"):
        read_accounts(path, sector=Sector("s"), mapping=AccountsMapping({"labour": "Pay"}))


def test_that_later_accounts_stand_beside_earlier_ones(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Year end,Revenue\nA,31/03/2025,1\nA,31/03/2026,2\n")
    sector = add_accounts(Sector("s"), read_accounts(path, sector=Sector("s")))

    assert [one.year_end for one in sector.accounts] == [date(2026, 3, 31), date(2025, 3, 31)]
    assert replace(sector.accounts[0], year_end=None).revenue_micros == 2_000_000


@lru_cache(maxsize=4)
def opened(path: Path) -> OpenedFile:
    """The file, opened once: a workbook costs a process."""
    with SafeReader() as reader:
        return reader.read(path)


def one_question(path: Path, sector: Sector | None = None, **options: object) -> tuple[str, tuple[str, ...]]:
    """What a file asks, if it asks one thing: its key, and the answers."""
    look = look_at(opened(path), sector=sector or Sector("s"), **options)  # type: ignore[arg-type]
    (question,) = look.questions
    return question.key, question.candidates


def answered(path: Path, key: str, answer: str, sector: Sector | None = None) -> AccountsReading:
    """The file read with one answer."""
    mapping = with_answer(AccountsMapping(), key, answer)
    look = look_at(opened(path), sector=sector or Sector("s"), mapping=mapping)
    assert look.questions == ()
    assert look.reading is not None
    return look.reading


def test_that_two_columns_that_may_be_revenue_are_a_question(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Revenue 2025,Revenue 2024,Labour\nA,10,9,5\n")

    assert one_question(path) == ("columns.revenue", ("Revenue 2025", "Revenue 2024"))
    assert answered(path, "columns.revenue", "Revenue 2024").accounts[0].revenue_micros == 9_000_000


def test_that_two_columns_with_the_same_figures_are_no_question(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Revenue,Turnover\nA,10,10\nB,,\n")

    assert books(path)["A"].revenue == 10


def test_that_two_columns_of_one_name_that_differ_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Revenue,Revenue\nA,10,11\n")

    with pytest.raises(UnusableInput, match="two columns are headed “Revenue” and differ"):
        books(path)


@pytest.mark.parametrize("cell", ["2025", "FY25", "FY2025", "2024/25", "2024-2025"])
def test_that_a_year_without_a_day_is_asked_for_its_end_and_never_read_as_a_serial(
    tmp_path: Path, cell: str
) -> None:
    path = write(tmp_path, f"Employer,Year end,Revenue\nA,{cell},10\n")

    assert one_question(path)[0] == "dates.years_end"
    assert answered(path, "dates.years_end", "08-31").accounts[0].year_end == date(2025, 8, 31)


def test_that_the_last_of_february_is_found_in_every_year(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Year end,Revenue\nA,2024,10\nB,2025,10\n")
    reading = answered(path, "dates.years_end", "02-29")

    assert [one.year_end for one in reading.accounts] == [date(2024, 2, 29), date(2025, 2, 28)]


def test_that_a_date_that_reads_both_ways_is_asked_about(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Year end,Revenue\nA,05/04/2025,10\n")

    assert one_question(path) == ("dates.order", ("day_first", "month_first"))
    assert answered(path, "dates.order", "day_first").accounts[0].year_end == date(2025, 4, 5)
    assert answered(path, "dates.order", "month_first").accounts[0].year_end == date(2025, 5, 4)


def test_that_a_year_end_above_the_table_is_every_rows_and_said(tmp_path: Path) -> None:
    path = write(tmp_path, "Accounts for the year ended 31 March 2026,\nEmployer,Revenue\nA,1\nB,2\n")
    reading = read_accounts(path, sector=Sector("s"))

    assert {one.year_end for one in reading.accounts} == {date(2026, 3, 31)}
    assert any("2026-03-31" in note for note in reading.notes)


def test_that_costs_written_with_a_minus_are_costs(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Employer,Revenue,Labour,Rent,Other operating costs,Directors,Net interest\nA,100,(60),(5),(20),(1),(2)\n",
    )
    reading = read_accounts(path, sector=Sector("s"))
    found = books_of(reading.accounts[0])

    assert (found.labour, found.rent, found.other, found.directors, found.interest) == (60, 5, 20, 1, 2)
    assert (found.result, found.pretax) == (14, 12)
    assert any("with a minus" in note for note in reading.notes)


def test_that_some_costs_with_a_minus_and_some_without_are_a_question(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Revenue,Labour,Other operating costs\nA,100,60,-20\n")

    assert one_question(path) == ("money.costs", ("minus", "plus"))
    assert books_of(answered(path, "money.costs", "minus").accounts[0]).other == 20
    assert books_of(answered(path, "money.costs", "plus").accounts[0]).other == -20


def test_that_interest_below_nought_is_received_under_net_interest_and_asked_about_elsewhere(
    tmp_path: Path,
) -> None:
    net = write(tmp_path, "Employer,Revenue,Labour,Net interest\nA,100,60,-2\n")
    plain = write(tmp_path, "Employer,Revenue,Labour,Interest payable\nA,100,60,-2\n", "plain.csv")

    assert books(net)["A"].interest == -2
    assert one_question(plain) == ("money.interest", ("minus", "plus"))
    assert books_of(answered(plain, "money.interest", "minus").accounts[0]).interest == 2


def test_that_pay_a_thousand_times_the_accounts_asks_for_the_unit(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Revenue,Labour\nA,5600,3372\n")
    labour = {"A": 3_371_715.0}

    assert one_question(path, labour=labour) == ("money.unit", ("pounds", "thousands", "millions"))
    assert books_of(answered(path, "money.unit", "thousands").accounts[0]).revenue == 5_600_000
    assert books(path, labour={"A": 3_300.0})["A"].revenue == 5_600


def test_that_a_row_of_units_under_the_headings_is_read_as_such(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Revenue,Labour\n,£000,£m\nA,5600,3.3\n")
    found = books(path)["A"]

    assert (found.revenue, found.labour) == (5_600_000, 3_300_000)


def test_that_sheets_of_accounts_are_asked_about_and_may_all_be_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        {
            "2025": [["Employer", "Year end", "Revenue"], ["A", date(2025, 3, 31), 1]],
            "2026": [["Employer", "Year end", "Revenue"], ["A", date(2026, 3, 31), 2], ["Total", None, 2]],
            "Notes": [["Nothing to see"]],
        },
    )
    key, candidates = one_question(path)
    both = answered(path, key, candidates[-1])

    assert (key, candidates) == ("sheet.names", ("2025", "2026", "2025\n2026"))
    assert [one.year_end.year for one in both.accounts if one.year_end] == [2025, 2026]
    assert (both.rows_in_file, both.rows_read, both.totals) == (3, 2, 1)
    assert answered(path, key, "2026").rows_read == 1


def test_that_hidden_rows_with_accounts_are_asked_about(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"S": [["Employer", "Revenue"], ["A", 1], ["B", 2]]}, hidden=(3,))

    assert one_question(path) == ("sheet.hidden", ("include", "leave_out"))
    assert answered(path, "sheet.hidden", "include").rows_read == 2
    left = answered(path, "sheet.hidden", "leave_out")
    assert (left.rows_read, left.set_aside) == (1, 1)


def test_that_a_formula_without_a_result_is_named_and_not_known(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"S": [["Employer", "Revenue", "Labour"], ["A", 10, "=B2*0.6"]]})
    reading = read_accounts(path, sector=Sector("s"))
    (problem,) = reading.problems

    assert reading.accounts[0].labour_micros is None
    assert (problem.code, problem.row, problem.column) == ("faulty_cell", 2, "Labour")
    assert "formula" in problem.reason


def test_that_an_employer_nobody_knows_is_named_with_those_it_is_like(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Revenue\nOakwod Homes,1\nElm Care Ltd,2\nNew Start,3\n")
    sector = Sector("s", employers=(Employer("Oakwood Homes"), Employer("Elm Care")))
    reading = read_accounts(path, sector=sector)

    assert reading.unmatched == (("Oakwod Homes", ("Oakwood Homes",)), ("New Start", ()))
    mapping = with_answer(AccountsMapping(), "employers.Oakwod Homes", "Oakwood Homes")
    mapping = with_answer(mapping, "employers.New Start", "")
    again = read_accounts(path, sector=sector, mapping=mapping)
    assert [one.employer for one in again.accounts] == ["Oakwood Homes", "Elm Care"]
    assert (again.set_aside, again.unmatched) == (1, ())


def test_that_what_was_said_of_names_is_remembered_and_the_year_is_not(tmp_path: Path) -> None:
    path = write(tmp_path, "Employer,Revenue\nOakwod Homes,1\n")
    sector = Sector("s", employers=(Employer("Oakwood Homes"),))
    mapping = AccountsMapping(employers={"Oakwod Homes": "Oakwood Homes"}, year_end=date(2025, 3, 31))
    first = read_accounts(path, sector=sector, mapping=mapping)
    sector = add_accounts(sector, first)
    again = read_accounts(path, sector=sector)

    assert first.accounts[0].year_end == date(2025, 3, 31)
    assert (again.accounts[0].employer, again.accounts[0].year_end) == ("Oakwood Homes", None)


def test_that_what_is_said_of_pension_levy_and_group_decides_on_costs(tmp_path: Path) -> None:
    head = "employer,revenue,levy,employment_allowance,connected_group,pension_scheme,pension_rate\n"
    path = write(
        tmp_path,
        head + "A,9,yes,no,Parent,LGPS,20.5%\nB,9,no,yes,,qualifying earnings,5\nC,9,,,,Lantern,lots\n",
    )
    reading = read_accounts(path, sector=Sector("s"))
    found = add_accounts(Sector("s"), reading).employers

    assert found[0] == Employer(
        "A", pays_levy=True, connected_group="Parent", pension_on_band=False, pension_ppm=205_000
    )
    assert found[1] == Employer("B", claims_employment_allowance=True, pension_ppm=50_000)
    assert found[2] == Employer("C")
    assert {(one.row, one.column) for one in reading.problems} == {(4, "pension_scheme"), (4, "pension_rate")}


def test_that_blanks_of_a_later_file_clear_nothing(tmp_path: Path) -> None:
    first = read_accounts(
        write(tmp_path, "Employer,Part of,Revenue,Labour\nA,Big,10,6\n"), sector=Sector("s")
    )
    later = read_accounts(write(tmp_path, "Employer,Part of,Revenue\nA,,11\n", "b.csv"), sector=Sector("s"))
    (one,) = add_accounts(add_accounts(Sector("s"), first), later).accounts

    assert (one.part_of, one.revenue_micros, one.labour_micros) == ("Big", 11_000_000, 6_000_000)
    assert one.source == "b.csv, b, row 2"


def test_that_two_files_that_differ_about_a_year_are_refused_together(tmp_path: Path) -> None:
    first = read_accounts(write(tmp_path, "Employer,Revenue\nA,1\n"), sector=Sector("s"))
    other = read_accounts(write(tmp_path, "Employer,Revenue\nA,2\n", "other.csv"), sector=Sector("s"))

    with pytest.raises(UnusableInput, match="both have accounts of A"):
        add_accounts(Sector("s"), first, other)


MAPPINGS = st.builds(
    AccountsMapping,
    columns=st.dictionaries(st.sampled_from(["employer", *MONEY]), st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12), max_size=3),
    unit=st.sampled_from([None, 1, 1_000, 1_000_000]),
    heading_row=st.none() | st.integers(1, 99),
    sheets=st.lists(st.sampled_from(["A", "2025"]), max_size=2).map(tuple),
    costs=st.sampled_from(["", "plus", "minus"]),
    date_order=st.sampled_from(["", "day_first"]),
    years_end=st.sampled_from(["", "03-31"]),
    year_end=st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    hidden=st.sampled_from(["", "include"]),
    employers=st.dictionaries(st.text("ab .\"'=é", min_size=1, max_size=6), st.text("abc=", max_size=4), max_size=2),
    groups=st.dictionaries(st.text("ab .", min_size=1, max_size=6), st.sampled_from(["keep", "instead"]), max_size=2),
)  # fmt: skip


@given(MAPPINGS)
@settings(max_examples=40, deadline=None)
def test_that_any_mapping_reads_back_as_it_was_written(mapping: AccountsMapping) -> None:
    assert read_accounts_mapping(write_accounts_mapping(mapping), source="m") == mapping


CELLS = st.sampled_from(
    ["", "A", "B Ltd", "A Group", "Total", "=1+1", "@SUM(1)", "£1,200", "(5)", "-3", "1e9", "#REF!", "31/03/2025", "2025", "02/03/2025",
     "NULL", "-", "12,5", "Revenue", "Employer", "\u202e", "9" * 70]
)  # fmt: skip


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=7), st.integers(0, 2))
@settings(max_examples=60, deadline=None)
def test_that_every_row_of_any_table_is_accounted_for_or_asked_about(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], above: int
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.csv"
    lines = [["note", "", "", ""]] * above + [["Employer", "Year end", "Revenue", "Labour"], *rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    before = path.read_bytes()
    try:
        reading = read_accounts(path, sector=Sector("s"))
    except UnusableInput as refused:
        said = str(refused)
    else:
        said = reading.file
        parts = (reading.rows_read, reading.totals, reading.set_aside, reading.blank)
        assert reading.rows_in_file == sum(parts)
        assert len({(one.employer, one.year_end) for one in reading.accounts}) == reading.rows_read
    assert said.startswith("any.csv")
    assert path.read_bytes() == before
