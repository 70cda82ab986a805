"""Headcounts by hand: the posts they make, worked out by hand, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bargain.appraisal import appraise
from bargain.headcounts import add_headcounts
from bargain.quality.check import check_data
from models.basis import Basis
from models.issues import UnusableInput
from models.payscale import PayScale, ScalePoint
from models.sector import Sector
from models.workforce import Sex
from tests.bargain.grossing_cases import plain_offer, six
from tests.helpers.f1 import GRADES
from tests.helpers.kept import kept_and_read

TODAY = date(2026, 11, 22)
SCALE = PayScale("NJC-like", Basis.YEAR, (ScalePoint("2", 24_000_000_000), ScalePoint("3", 24_500_000_000)))
EMPTY = Sector("Homes", weekly_hours=37.0, data_date=date(2026, 4, 1), grades=GRADES, scale=SCALE)
ROWS = (
    (GRADES[0], "2", "", "", "10", "4", ""),
    ("", "3", "", "18.5", "2", "", "1"),
    (GRADES[1], "", "13.50", "", "", "3", ""),
    ("", "", "", "", "", "", ""),
)


def test_that_each_row_and_sex_is_a_group_of_like_posts() -> None:
    found = add_headcounts(EMPTY, "A", ROWS, basis=Basis.HOUR, today=TODAY)
    force = found.workforce
    assert force.heads.tolist() == [10, 4, 2, 1, 3]
    assert force.sex.tolist() == [Sex.FEMALE, Sex.MALE, Sex.FEMALE, Sex.UNKNOWN, Sex.MALE]
    assert force.fte.tolist() == [1, 1, 0.5, 0.5, 1]
    record = found.imports[-1]
    # by hand: 14 × £24,000 + 3 half posts × £24,500 + 3 × £13.50 × 37 h × 52.143 weeks
    paybill = 14 * 24_000 + 1.5 * 24_500 + 3 * 13.50 * 37 * 52.143
    assert record.paybill_micros / 1e6 == pytest.approx(paybill, abs=0.5)
    assert (record.staff, record.rows_in_file, record.heads) == (3, 3, 20)
    assert appraise(found, plain_offer()).before.paybill == pytest.approx(paybill)
    assert kept_and_read(found).imports == found.imports


def test_that_headcounts_join_what_was_imported_and_are_checked_like_it() -> None:
    found = add_headcounts(
        replace(six(), grades=GRADES), "New Homes", ROWS[2:3], basis=Basis.HOUR, today=TODAY
    )
    assert found.workforce.heads.sum() == 163
    assert {one.name for one in found.employers} >= {"A", "New Homes"}
    new = next(one for one in check_data(found).employers if one.name == "New Homes")
    assert new.missing["hours"] == 0
    assert new.missing["age"] == 3


@pytest.mark.parametrize(
    ("employer", "row", "said"),
    [
        ("", ROWS[0], "Say which employer"),
        ("A", ("", "", "", "", "5", "", ""), "Row 1: there is no pay"),
        ("A", ("Wizard", "", "13", "", "5", "", ""), "“Wizard” is not a grade"),
        ("A", ("", "", "much", "", "5", "", ""), "Row 1, pay: “much” is not a number"),
        ("A", ("", "", "13", "400", "5", "", ""), "Row 1, hours: “400” is not a number from 0 to 100"),
        ("A", ("", "", "13", "", "-5", "", ""), "Row 1, women: “-5”"),
        ("A", ("", "", "0", "", "5", "", ""), "pay must be above nought"),
        ("A", ("", "", "13", "", "", "", ""), "no headcounts yet"),
        ("A", ("", "", "", "", "", "", ""), "no headcounts yet"),
    ],
)
def test_that_a_row_that_cannot_be_used_is_named(employer: str, row: tuple[str, ...], said: str) -> None:
    with pytest.raises(UnusableInput, match=said):
        add_headcounts(EMPTY, employer, (row,), basis=Basis.HOUR, today=TODAY)


def test_that_an_employer_with_staff_is_not_counted_twice() -> None:
    with pytest.raises(UnusableInput, match="would count them twice"):
        add_headcounts(six(), "A", ROWS[2:3], basis=Basis.HOUR, today=TODAY)
