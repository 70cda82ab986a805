"""Grades that an offer can speak of: those that staff hold, up the ladder; and the ladder as it is changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bargain.appraisal import appraise
from bargain.ladder import change_between, grades_held, moved, neighbours, off_ladder, put_in, taken_out
from bargain.offers.offer_file import read_offer
from models.issues import UnusableInput
from models.sector import Sector, TitleGrade
from models.workforce import empty_workforce
from tests.helpers.f1 import GRADES, O1, Row, f1_sector, workforce_of


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


def test_that_a_grade_moves_by_places_stops_at_the_ends_and_takes_no_staff_with_it() -> None:
    sector = f1_sector()
    a, b, c, d = GRADES
    assert moved(sector, c, by=-1).grades == (a, c, b, d)
    assert moved(sector, c, by=-9).grades == (c, a, b, d)
    assert moved(sector, c, by=9).grades == (a, b, d, c)
    assert moved(moved(sector, c, by=-1), c, by=1).grades == sector.grades
    assert moved(sector, c, by=-1).workforce is sector.workforce
    with pytest.raises(UnusableInput, match="not on the ladder"):
        moved(sector, "Nobody's grade", by=1)


def test_that_grades_are_put_on_at_the_top_and_taken_off_with_their_job_titles() -> None:
    a, b, c, d = GRADES
    sector = replace(f1_sector(), grades=(a, d), title_grades=(TitleGrade("Boss", d), TitleGrade("Help", a)))
    assert off_ladder(sector) == (b, c)
    full = put_in(sector, (c, b, c, d))
    assert full.grades == (a, d, c, b)
    assert off_ladder(full) == ()
    fewer = taken_out(full, (d,))
    assert (fewer.grades, fewer.title_grades) == ((a, c, b), (TitleGrade("Help", a),))
    assert off_ladder(fewer) == (d,)
    assert change_between(full, fewer).titles == 1


def test_that_the_smallest_differential_follows_the_order_of_the_ladder() -> None:
    """One employer, medians £12, £13, £15 and £20: gaps in order 1/12, 2/13, 1/3; with the last two exchanged one is negative."""
    rows = [
        Row("A", grade, rate, 12)
        for grade, rate in zip(GRADES, ("12.00", "13.00", "15.00", "20.00"), strict=True)
    ]
    made = f1_sector()
    force = workforce_of(rows, employers=["A", "B", "C"], grades=list(GRADES))
    sector, offer = replace(made, workforce=force), read_offer(O1, source="O1")

    def smallest(of: Sector) -> float:
        return appraise(of, offer).before.measures["smallest_differential"] or 0.0

    assert smallest(sector) == pytest.approx(1 / 12)
    other = moved(sector, GRADES[3], by=-1)
    assert smallest(other) == pytest.approx(15 / 20 - 1)
    change = change_between(sector, other)
    assert change.new == ((GRADES[1], GRADES[3]), (GRADES[3], GRADES[2]))
    assert change.gone == ((GRADES[1], GRADES[2]), (GRADES[2], GRADES[3]))
