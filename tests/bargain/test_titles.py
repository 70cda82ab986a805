"""Placing job titles on the ladder: who moves, who stays, what later imports find."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bargain.intake.join import add_readings
from bargain.intake.payroll import facts_of, read_payroll
from bargain.titles import likely_grade, place_titles
from models.issues import UnusableInput
from models.sector import Sector, TitleGrade
from tests.helpers.f1 import GRADES, f1_sector

HEADINGS = "Employer,Job title,Hourly rate,Weekly hours\n"


def imported(tmp_path: Path, sector: Sector, rows: str, name: str = "staff.csv") -> Sector:
    path = tmp_path / name
    path.write_text(HEADINGS + rows, "utf-8")
    return add_readings(sector, [read_payroll(path, facts=facts_of(sector))], today=date(2026, 4, 1))


@pytest.fixture
def sector(tmp_path: Path) -> Sector:
    """Two cooks and a COOK without a grade, and a team leader with one."""
    empty = replace(f1_sector(), title_grades=(TitleGrade("Team leader", GRADES[2]),))
    rows = "North,Cook,12.80,37\nNorth,COOK*,12.90,37\nNorth,Cook,13.00,20\nNorth,Team leader,17.00,37\n"
    return imported(tmp_path, empty, rows)


def grades_of(sector: Sector, title: str) -> list[str]:
    """The grades of the posts with a title, in the order of the workforce; blank: none."""
    force = sector.workforce
    pairs = zip(force.title_code.tolist(), force.grade_code.tolist(), strict=True)
    return [
        force.grades[grade] if grade >= 0 else ""
        for code, grade in pairs
        if code >= 0 and force.titles[code].casefold().rstrip("*") == title.casefold()
    ]


def test_that_placing_a_title_moves_all_its_staff_however_it_is_written(sector: Sector) -> None:
    assert grades_of(sector, "Cook") == ["", "", ""]
    placed = place_titles(sector, ["Cook"], GRADES[0])
    assert grades_of(placed, "Cook") == [GRADES[0]] * 3
    assert grades_of(placed, "Team leader") == [GRADES[2]]


def test_that_nothing_but_grades_and_the_list_of_titles_changes(sector: Sector) -> None:
    placed = place_titles(sector, ["Cook"], GRADES[0])
    assert (placed.workforce.rate_micros == sector.workforce.rate_micros).all()
    assert placed.workforce.titles == sector.workforce.titles
    back = replace(
        placed,
        title_grades=sector.title_grades,
        workforce=replace(
            placed.workforce, grades=sector.workforce.grades, grade_code=sector.workforce.grade_code
        ),
    )
    assert back.workforce.fingerprint() == sector.workforce.fingerprint()


def test_that_the_sector_that_was_given_is_left_as_it_was(sector: Sector) -> None:
    before = sector.workforce.fingerprint()
    place_titles(sector, ["Cook"], GRADES[0])
    assert sector.workforce.fingerprint() == before


def test_that_a_later_import_finds_the_title_placed(sector: Sector, tmp_path: Path) -> None:
    placed = place_titles(sector, ["Cook"], GRADES[0])
    assert placed.title_grades[-1] == TitleGrade("Cook", GRADES[0])
    later = imported(tmp_path, placed, "South,cook,12.75,37\n", "later.csv")
    assert grades_of(later, "Cook") == [GRADES[0]] * 4


def test_that_a_title_is_remembered_once_with_its_newest_grade(sector: Sector) -> None:
    placed = place_titles(sector, ["Cook"], GRADES[0])
    again = place_titles(placed, ["COOK"], GRADES[1], standing=GRADES[0])
    assert [one for one in again.title_grades if one.title.casefold() == "cook"] == [
        TitleGrade("COOK", GRADES[1])
    ]
    assert grades_of(again, "Cook") == [GRADES[1]] * 3


def test_that_only_staff_who_stand_where_it_is_said_are_moved(sector: Sector) -> None:
    placed = place_titles(sector, ["Cook"], GRADES[0])
    assert grades_of(place_titles(placed, ["Cook"], GRADES[1]), "Cook") == [GRADES[0]] * 3


def test_that_several_titles_are_placed_together(sector: Sector) -> None:
    placed = place_titles(sector, ["Cook", "Driver", "Cook"], GRADES[0])
    assert placed.title_grades[-2:] == (TitleGrade("Cook", GRADES[0]), TitleGrade("Driver", GRADES[0]))


def test_that_a_grade_off_the_ladder_is_refused_with_the_grades_there_are(sector: Sector) -> None:
    with pytest.raises(UnusableInput, match=r"“Chef” is not a grade.*Team leader"):
        place_titles(sector, ["Cook"], "Chef")


def test_that_the_likeliest_grade_is_the_one_with_the_nearest_title(sector: Sector) -> None:
    assert likely_grade(sector, "Team leader (nights)") == GRADES[2]
    assert likely_grade(sector, "Zookeeper") == ""
