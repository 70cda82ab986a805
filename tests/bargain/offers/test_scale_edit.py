"""A scale edited by hand: typing, pasting, points in and out; and what is shown beside each point."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bargain.offers.scale_edit import (
    amount_of_text,
    pasted,
    with_amount,
    with_name,
    with_new_point,
    with_pasted,
    with_range,
    without_points,
)
from bargain.offers.scale_file import read_scale
from bargain.offers.scale_view import Deleted, Odd, Oddity, deleted, scale_view
from models.basis import Basis
from models.issues import UnusableInput
from models.parameters import LegalFloor
from models.payscale import GradeRange, PayScale
from models.workforce import Sex, empty_workforce
from tests.helpers.f1 import Row, workforce_of

SPINE = "point,annual\n1,24000\n2,25000\n3,27000\n"


def scale(text: str = SPINE) -> PayScale:
    return read_scale(text, source="s", weekly_hours=37.0)[0]


def shown(one: PayScale) -> list[tuple[str, float]]:
    return [(point.name, point.amount_micros / 1e6) for point in one.points]


@pytest.mark.parametrize(("text", "pounds"), [("24413", 24413), ("£24,413.50", 24413.5), (" 13.06 ", 13.06)])
def test_that_amounts_are_read_as_people_write_them(text: str, pounds: float) -> None:
    assert amount_of_text(text) == round(pounds * 1e6)


@pytest.mark.parametrize("text", ["", "abc", "-5", "0", "1e99", "nan", "12 13"])
def test_that_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UnusableInput):
        amount_of_text(text)


def test_that_a_point_is_put_in_between_above_and_below() -> None:
    """Midway 24,500 and 26,000; above the top by the last step, 2,000."""
    assert shown(with_new_point(scale(), 1))[1] == ("1a", 24500.0)
    assert shown(with_new_point(scale(), 2))[2] == ("2a", 26000.0)
    assert shown(with_new_point(scale(), 3))[3] == ("4", 29000.0)
    assert shown(with_new_point(scale(), 0))[0] == ("0a", 24000.0)
    assert shown(with_new_point(scale().with_points(()), 0)) == [("1", 25000.0)]
    twice = with_new_point(with_new_point(scale(), 1), 1)
    assert [name for name, _ in shown(twice)] == ["1", "1b", "1a", "2", "3"]


def test_that_ranges_of_grades_follow_names_and_shrink_with_deleted_points() -> None:
    ranged = with_range(with_range(scale(), "One", "1", "2"), "Two", "2", "3")
    assert ranged.grades == (GradeRange("One", "1", "2"), GradeRange("Two", "2", "3"))
    assert with_name(ranged, 1, "2x").grades == (GradeRange("One", "1", "2x"), GradeRange("Two", "2x", "3"))
    assert without_points(ranged, {1}).grades == (GradeRange("One", "1", "1"), GradeRange("Two", "3", "3"))
    assert without_points(ranged, {0, 1}).grades == (GradeRange("Two", "3", "3"),)
    assert with_range(ranged, "One", "1", "3").grades[0] == GradeRange("One", "1", "3")
    assert with_range(ranged, "One", "", "").grades == (GradeRange("Two", "2", "3"),)
    with pytest.raises(UnusableInput, match="exchange the two"):
        with_range(ranged, "One", "3", "1")


def test_that_a_name_is_needed_and_its_own() -> None:
    for name, says in (("", "needs a name"), ("003", "has a point “003” already")):
        with pytest.raises(UnusableInput, match=says):
            with_name(scale(), 0, name)


def test_that_a_block_of_amounts_goes_over_the_points_and_grows_only_when_told() -> None:
    block = pasted("24,100\r\n25,100\n27,100\n29,100\n")
    assert (len(block), block.is_named) == (4, False)
    assert shown(with_pasted(scale(), block)) == [("1", 24100.0), ("2", 25100.0), ("3", 27100.0)]
    assert shown(with_pasted(scale(), block, grow=True))[3] == ("4", 29100.0)
    assert shown(with_pasted(scale(), block, at=2)) == [("1", 24000.0), ("2", 25000.0), ("3", 24100.0)]


def test_that_a_block_with_names_takes_the_place_of_the_scale_and_its_heading_is_passed_over() -> None:
    block = pasted("SCP\tAnnual salary\n2\t£25,500\n3\t£27,500\n4\t£29,000\n")
    assert shown(with_pasted(scale(), block)) == [("2", 25500.0), ("3", 27500.0), ("4", 29000.0)]


@pytest.mark.parametrize("heading", ["Grade\tSCP\tSalary", "Pay band\tPoint\tAnnual", "Band\tStep\t£"])
def test_that_a_column_of_grades_comes_with_the_points(heading: str) -> None:
    block = pasted(f"{heading}\nA\t2\t25,500\nA\t3\t27,500\n\t4\t29,000\nB\t5\t30,000\n", basis=Basis.YEAR)
    made = with_pasted(scale(), block)
    assert [(one.name, one.grade, one.amount_micros // 10**6) for one in made.points] == [
        ("2", "A", 25500),
        ("3", "A", 27500),
        ("4", "", 29000),
        ("5", "B", 30000),
    ]
    ranged = with_pasted(
        replace(scale(), grades=(GradeRange("A", "1", "2"), GradeRange("Old", "2", "3"))), block
    )
    assert ranged.grades == (
        GradeRange("A", "2", "3"),
        GradeRange("Old", "2", "3"),
        GradeRange("B", "5", "5"),
    )
    assert pasted("SCP\tSalary\tGrade\n2\t25,500\t\n").grades == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing to paste"),
        ("\n\n", "nothing to paste"),
        ("1\t2\t3", "Only one or two columns"),
        ("24000\nabc", "Row 2 of what you pasted: “abc” is not an amount"),
        ("1\t24000\n1\t25000", "a name of its own"),
        ("1\t24000\n25000", "Row 2 of what you pasted: the amount is missing"),
        ("Point\tAnnual\n1\t24000\n2\t#N/A", "Row 3 of what you pasted: “#N/A” is not an amount"),
        ("Note\tPoint\tWhat\n\t1\t24000", "one column called “point” and one “annual”"),
    ],
)
def test_that_a_block_that_cannot_be_read_says_where(text: str, says: str) -> None:
    with pytest.raises(UnusableInput, match=says):
        pasted(text)


def test_that_an_empty_cell_keeps_its_place_and_leaves_its_point_alone() -> None:
    """Closing the gap up would put every later amount on the wrong point."""
    block = pasted("24100\r\n\r\n27100\r\n\r\n")
    assert (block.amounts, block.gaps) == ((24_100_000_000, None, 27_100_000_000), 1)
    assert shown(with_pasted(scale(), block)) == [("1", 24100.0), ("2", 25000.0), ("3", 27100.0)]
    longer = pasted("\n25100\n27100\n\n31100")
    assert shown(with_pasted(scale(), longer, grow=True)) == [
        ("1", 24000.0),
        ("2", 25100.0),
        ("3", 27100.0),
        ("4", 31100.0),
    ]
    with pytest.raises(UnusableInput, match="no amount"):
        pasted("Annual\n")


@pytest.mark.parametrize(
    "text",
    [
        "£24,100\n£25,100\n£27,100",
        "24.100,00\n25.100,00\n27.100,00",
        "24 100\n25 100\n27 100",
        "24\u00a0100,00 \n25\u00a0100,00\n27\u00a0100,00",
    ],
)
def test_that_amounts_mean_the_same_with_either_decimal_mark(text: str) -> None:
    assert pasted(text).amounts == (24_100_000_000, 25_100_000_000, 27_100_000_000)


def test_that_a_decimal_comma_is_no_thousand() -> None:
    assert pasted("13,06\n13,6").amounts == (13_060_000, 13_600_000)


def test_that_amounts_that_belong_together_are_read_alike() -> None:
    """26.000 beside 25.000,50 is no £26; alone in a scale of yearly pay it can't be either."""
    assert pasted("25.000,50\n26.000").amounts == (25_000_500_000, 26_000_000_000)
    assert pasted("13,06\n1.234").amounts == (13_060_000, 1_234_000_000)
    assert pasted("25.000\n26.000", basis=Basis.YEAR).amounts == (25_000_000_000, 26_000_000_000)
    assert pasted("13.065\n13.25", basis=Basis.HOUR).amounts == (13_065_000, 13_250_000)
    assert pasted("24,413\n24,796.50", basis=Basis.YEAR).amounts == (24_413_000_000, 24_796_500_000)


def test_that_a_whole_table_is_read_by_its_headings_in_the_basis_of_the_scale() -> None:
    table = "Grade\tSCP\tAnnual £\tHourly £\nA\t2\t24,413\t12.65\n\t\t\t\nB\t3\t24,796\t12.85"
    by_year = pasted(table, basis=Basis.YEAR)
    assert (by_year.names, by_year.amounts) == (("2", "3"), (24_413_000_000, 24_796_000_000))
    assert pasted(table, basis=Basis.HOUR).amounts == (12_650_000, 12_850_000)


@pytest.mark.parametrize(
    "text",
    [
        "2\t24,413\t\n3\t24,796\t\n",
        "\t2\t\t£24,413\n\t3\t\t£24,796\n",
        "Pay spine from 1 April\n\nSCP\tAnnual\n2\t24,413\n3\t24,796\n",
        "2\t24,413 *\n3\t24,796 **\n",
    ],
)
def test_that_titles_empty_columns_and_marks_of_footnotes_are_passed_over(text: str) -> None:
    block = pasted(text, basis=Basis.YEAR)

    assert block.names == ("2", "3")
    assert block.amounts == (24_413 * 10**6, 24_796 * 10**6)


def test_that_deleting_points_says_whose_pay_stands_on_them_and_which_grades_get_shorter() -> None:
    ranged = with_range(with_range(scale(), "One", "1", "2"), "Two", "3", "3")
    force = workforce_of(
        (Row("A", "One", "13", 3, hours=37, full_hours=37, point="2"),), employers="A", grades=["One"]
    )
    assert deleted(ranged, force, {1, 2}) == Deleted(
        3.0, (GradeRange("One", "1", "1"), GradeRange("Two", "", ""))
    )
    assert deleted(ranged, force, {0}) == Deleted(0.0, (GradeRange("One", "2", "2"),))


def test_that_each_point_shows_its_staff_its_step_and_the_law() -> None:
    """£24,000 ÷ 1,929.291 is £12.44, 27p under £12.71 of 2026; £25,000 is £12.96, 25p over; the step 4.17 %."""
    rows = (
        Row(
            "A",
            "One",
            "24000",
            3,
            hours=37,
            full_hours=37,
            basis=Basis.YEAR,
            fte=1,
            point="1",
            sex=Sex.FEMALE,
        ),
        Row(
            "A",
            "One",
            "24000",
            1,
            hours=37,
            full_hours=37,
            basis=Basis.YEAR,
            fte=0.5,
            point="1",
            sex=Sex.MALE,
        ),
        Row("A", "One", "24000", 2, hours=37, full_hours=37, basis=Basis.YEAR, fte=1, point="1"),
        Row("A", "One", "26000", 4, hours=37, full_hours=37, basis=Basis.YEAR, fte=1, point="2"),
        Row("A", "One", "23000", 5, hours=37, full_hours=37, basis=Basis.YEAR, fte=1),
    )
    view = scale_view(scale(), workforce_of(rows, employers="A", grades=["One"]), day=date(2026, 4, 1))
    first, second, third = view.points

    assert (first.hourly, first.above_floor, first.step_up) == (12.44, -0.27, None)
    assert (first.heads, first.fte, first.women) == (6.0, 5.5, 0.75)
    assert (second.hourly, second.above_floor) == (12.96, 0.25)
    assert second.step_up == pytest.approx(1 / 24)
    assert (third.heads, third.women) == (0.0, None)
    assert view.floor == LegalFloor(12.71)
    assert view.oddities == (
        Oddity(Odd.BELOW_FLOOR, ("1",)),
        Oddity(Odd.ABOVE_POINT, heads=4.0),
        Oddity(Odd.NO_POINT, heads=5.0),
    )


def test_that_pay_that_goes_down_or_stays_is_warned_of() -> None:
    odd = with_amount(with_amount(scale(), 1, 24_000_000_000), 2, 23_000_000_000)
    oddities = scale_view(odd, empty_workforce(), day=date(2019, 4, 1)).oddities

    assert oddities == (Oddity(Odd.GOES_DOWN, ("3",)), Oddity(Odd.SAME_PAY, ("2",)))
    assert scale_view(scale(), empty_workforce(), day=date(1998, 1, 1)).floor is None


def test_that_an_hourly_scale_shows_its_year() -> None:
    view = scale_view(scale("point,hourly\n1,13.00\n"), empty_workforce(), day=date(2026, 4, 1))

    assert (view.points[0].hourly, view.points[0].annual) == (13.0, 25080.78)
