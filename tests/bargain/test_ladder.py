"""Grades that an offer can speak of: those that staff hold, up the ladder."""

from __future__ import annotations

from dataclasses import replace

from bargain.ladder import grades_held, neighbours
from models.sector import Sector
from models.workforce import empty_workforce
from tests.helpers.f1 import GRADES, f1_sector


def test_that_grades_go_up_the_ladder_and_those_off_it_come_last() -> None:
    sector = f1_sector()
    assert grades_held(sector) == GRADES
    ladder = (GRADES[0], "Nobody's grade", GRADES[2])
    off = tuple(one for one in sector.workforce.grades if one not in ladder)
    assert grades_held(replace(sector, grades=ladder)) == (GRADES[0], GRADES[2], *off)


def test_that_without_staff_the_whole_ladder_counts() -> None:
    sector = Sector("", workforce=empty_workforce(), grades=("a", "b", "c"))
    assert grades_held(sector) == ("a", "b", "c")
    assert neighbours(sector) == (("a", "b"), ("b", "c"))
