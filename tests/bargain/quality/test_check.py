"""The data check: who returned, what is missing and doubtful, kept without a value of anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bargain.agreement.letter_pdf import letter_pdf
from bargain.intake.checks import CHECKS
from bargain.intake.join import add_readings
from bargain.intake.payroll import facts_of, read_payrolls
from bargain.intake.words import word_table
from bargain.quality.check import State, cell_text, check_data, whole_percent
from bargain.quality.letter_files import write_letters
from bargain.quality.letters import letter_text, letter_to, letters_of, row_words, where
from bargain.quality.words import group_of, quality_table, question_of
from models.basis import Basis
from models.employer import Employer
from models.issues import UnusableInput
from models.payscale import PayScale, ScalePoint
from models.sector import Sector
from tests.bargain.grossing_cases import six
from tests.helpers.kept import kept_and_read

HEADINGS = "Employer,Surname,NI number,Job title,Hourly rate,Weekly hours,Sex,Age,Contract type,Start date"
TODAY = date(2026, 11, 22)


def line(employer: str, at: int, *, rate: str = "13.50", hours: str = "37", sex: str = "F") -> str:
    return f"{employer},Zebedee{at},QQ12345{at % 10}A,Support worker,{rate},{hours},{sex},40,Permanent,15/03/2020"


@pytest.fixture
def sector(tmp_path: Path) -> Sector:
    """Two employers in one file: North without fault, South with pay missing, sex missing and long hours."""
    rows = [line("North Homes", at) for at in range(12)]
    rows += [line("South Homes", at) for at in range(20, 28)]
    rows += [
        line("South Homes", 30, rate=""),
        line("South Homes", 31, sex=""),
        line("South Homes", 32, sex=""),
        line("South Homes", 33, hours="52"),
    ]
    path = tmp_path / "both.csv"
    path.write_text("\n".join([HEADINGS, *rows]) + "\n", encoding="utf-8")
    empty = Sector(
        name="Homes",
        data_date=date(2026, 4, 30),
        employers=(Employer("West Homes"),),
        grades=("Support worker",),
    )
    return add_readings(empty, read_payrolls([path], facts=facts_of(empty)), today=TODAY)


def test_that_findings_are_kept_by_employer_with_rows_and_no_values(sector: Sector) -> None:
    held = {(one.employer, one.code): one for one in sector.imports[0].checks}
    aside = held["South Homes", "missing_pay"]
    # by hand: a heading, 12 + 8 rows, then the row without pay
    assert (aside.count, aside.set_aside, aside.column, aside.rows) == (1, 1, "Hourly rate", (22,))
    assert held["South Homes", "hours_above_48"].rows == (25,)
    assert not [one for one in sector.imports[0].checks if one.employer == "North Homes" and one.set_aside]


def test_that_what_is_stored_of_a_check_holds_no_name_and_no_number_of_a_person(sector: Sector) -> None:
    stored = repr(kept_and_read(sector).imports)
    assert "missing_pay" in stored
    assert "Zebedee" not in stored
    assert "QQ12345" not in stored


def test_that_each_employer_is_told_by_what_it_lacks(sector: Sector) -> None:
    found = check_data(sector)
    by_name = {one.name: one for one in found.employers}
    assert (found.returned, found.expected, found.set_aside) == (2, 3, 1)
    assert by_name["West Homes"].state is State.NOT_RETURNED
    assert by_name["South Homes"].state is State.SET_ASIDE
    assert by_name["South Homes"].missing["sex"] == 2
    assert by_name["South Homes"].counts("sex") == (2, 0)
    assert by_name["North Homes"].complete == 1
    assert by_name["North Homes"].state is State.READY
    # by hand: 11 staff of South are counted; six fields each, two without sex
    assert by_name["South Homes"].complete == pytest.approx(1 - 2 / (11 * 6))
    assert found.missing_sex == pytest.approx(2 / 23)
    assert found.attention == 2
    assert found.paybill == pytest.approx(13.5 * 52.143 * (37 * 22 + 52))


def test_that_a_return_below_nine_tenths_of_required_fields_is_incomplete() -> None:
    found = check_data(six())
    # F1's rows give grade and hours alone: two fields of six
    assert [one.complete for one in found.employers] == pytest.approx([2 / 6] * 6)
    assert {one.state for one in found.employers} == {State.INCOMPLETE}


def test_that_off_scale_counts_pay_on_no_point_to_the_penny() -> None:
    """Rates 13.00 … 15.00 of 10, 20, 30, 10, 40 and 50 staff; the scale has 13.10 and 14.20."""
    scale = PayScale("s", Basis.HOUR, (ScalePoint("1", 13_100_000), ScalePoint("2", 14_200_000)))
    assert check_data(replace(six(), scale=scale)).off_scale == pytest.approx((10 + 30 + 10 + 50) / 160)
    assert check_data(six()).off_scale is None


def test_that_an_empty_sector_has_nothing_but_those_who_are_awaited() -> None:
    assert check_data(Sector("Empty")).employers == ()
    waiting = check_data(Sector("Waiting", employers=(Employer("A"),)))
    assert (waiting.staff, waiting.returned, waiting.expected) == (0, 0, 1)
    assert waiting.missing_sex is None
    assert waiting.employers[0].complete is None


def test_that_every_check_has_a_group_and_a_question_or_is_never_asked() -> None:
    assert CHECKS
    asks, groups = quality_table()["ask"], quality_table()["groups"]
    codes = set(word_table("checks"))
    listed = [code for ones in groups.values() for code in ones]
    assert len(listed) == len(set(listed))
    assert set(listed) | set(asks) <= codes
    for code in codes:
        assert not group_of(code) or question_of(code) == asks[code], code


# Letters


def test_that_a_letter_names_rows_and_columns_and_nobody(sector: Sector) -> None:
    south = next(one for one in check_data(sector).employers if one.name == "South Homes")
    letter = letter_to(sector, south, today=TODAY)
    text = letter_text(letter)
    assert "To South Homes" in text
    assert "answer by 6 December 2026" in text
    assert "1. What is the pay of the staff in these rows?\n   file both.csv" in text
    assert "column “Hourly rate”, rows 22" in text
    assert "rows 23–24" in text
    assert "Zebedee" not in text
    assert "North" not in text  # nothing of another employer


def test_that_an_employer_that_has_not_returned_is_asked_for_its_file(sector: Sector) -> None:
    west = next(one for one in check_data(sector).employers if one.name == "West Homes")
    text = letter_text(letter_to(sector, west, today=TODAY, reply_by=date(2026, 12, 1)))
    assert "We have no staff data from you yet" in text
    assert "by 1 December 2026" in text
    assert "the sex as recorded" in text


def test_that_a_field_that_nobody_in_a_file_has_is_asked_for_without_a_list_of_rows() -> None:
    first = check_data(six()).employers[0]
    lines = letter_to(six(), first, today=TODAY).lines
    assert any("Your file does not give" in one.query and not one.rows for one in lines)


def test_that_rows_are_told_in_runs() -> None:
    assert row_words((9, 2, 3, 4, 5, 14)) == "2–5, 9, 14"
    assert row_words(()) == ""


def test_that_every_letter_is_written_as_pdf_and_text_under_a_name_a_disk_takes(
    sector: Sector, tmp_path: Path
) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    found = check_data(sector)
    letters = list(letters_of(sector, found, today=TODAY))
    odd = [replace(letters[0], employer=name) for name in ("A/B: <Homes>", "a/b: <homes>", "...")]
    names = write_letters([*letters, *odd], tmp_path / "letters")
    assert sorted(path.name for path in (tmp_path / "letters").iterdir()) == sorted(names)
    assert len(names) == 2 * (len(letters) + 3)
    south = next(one for one in letters if one.employer == "South Homes")
    places = [where(one) for one in south.lines]
    data = letter_pdf(south, places)
    assert data == letter_pdf(south, places)
    pages = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())
    assert "South Homes" in pages
    assert "Hourly rate" in pages
    assert "Zebedee" not in pages


def test_that_hostile_words_print_as_they_stand(sector: Sector) -> None:
    from io import BytesIO

    from pypdf import PdfReader

    south = next(one for one in check_data(sector).employers if one.name == "South Homes")
    letter = replace(letter_to(sector, south, today=TODAY), employer='<b>R&D</b> <img src="file:///x"/>')
    data = letter_pdf(letter, [where(one) for one in letter.lines])
    assert '<b>R&D</b> <img src="file:///x"/>' in PdfReader(BytesIO(data)).pages[0].extract_text()


def test_that_letters_into_a_place_that_is_no_folder_are_refused(sector: Sector, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UnusableInput, match="were not all written"):
        write_letters(list(letters_of(sector, check_data(sector), today=TODAY)), tmp_path / "file")


def test_that_cells_say_in_symbols_what_is_asked_and_what_is_set_aside() -> None:
    assert [cell_text(0, 0), cell_text(12, 0), cell_text(12, 3), cell_text(3, 3)] == [
        "✓",
        "?12",
        "✗3 ?9",
        "✗3",
    ]
    assert [whole_percent(0.999), whole_percent(1.0), whole_percent(0.29)] == [0.99, 1.0, 0.29]
