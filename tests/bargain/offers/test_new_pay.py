"""Deleted points, minimum and actual rates, scope: what the second calculation does not cover."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bargain.appraisal import appraise
from bargain.offers.offer_file import read_offer
from bargain.offers.scale_file import read_scale
from bargain.offers.scope import points_named
from models.basis import Basis
from models.employer import Employer, Ownership
from models.issues import UnusableInput
from models.payscale import GradeRange
from models.sector import Sector
from tests.helpers.f1 import Row, f1_sector, workforce_of

NJC = "point,annual,grade\n2,24413,One\n3,24796,One\n4,25185,Two\n"


def on_points(*rows: Row, scale: str = NJC) -> Sector:
    read, _ = read_scale(scale, source="scale", weekly_hours=37.0)
    return Sector(
        "made",
        weekly_hours=37.0,
        scale=read,
        employers=(Employer("A", region="North"), Employer("B", Ownership.CHARITY, region="South")),
        workforce=workforce_of(rows, employers="AB", grades=["One", "Two"]),
    )


def salary(
    point: str, rate: str, *, employer: str = "A", grade: str = "One", basis: Basis = Basis.YEAR
) -> Row:
    return Row(employer, grade, rate, hours=37.0, full_hours=37.0, basis=basis, fte=1.0, point=point)


def new_rates(sector: Sector, body: str) -> list[str]:
    offer = read_offer(f"[[settlement]]\neffective = 2026-04-06\n{body}", source="o")
    return [f"{rate / 1e6:.2f}" for rate in appraise(sector, offer).workforce_after.rate_micros]


def pay(body: str) -> str:
    return f"[[settlement.pay]]\n{body}\n"


def test_that_staff_on_a_deleted_point_move_to_the_lowest_point_left() -> None:
    sector = on_points(salary("2", "24413.00"), salary("3", "24796.00"), salary("4", "25185.00"))

    assert new_rates(sector, 'delete_points = ["2"]\n' + pay("percent = 3.3")) == [
        "25614.00",
        "25614.00",
        "26016.00",
    ]


def test_that_posts_paid_by_the_hour_on_a_yearly_scale_follow_the_new_table() -> None:
    """£24,413 is £12.65 an hour; 3.2 % of £12.65 is £13.05, but the table says £25,194 and £13.06."""
    sector = on_points(salary("2", "12.65", basis=Basis.HOUR), salary("2", "24413.00"))

    assert new_rates(sector, pay("percent = 3.2")) == ["13.06", "25194.00"]


def test_that_a_rate_off_the_scale_is_rounded_to_the_penny_and_on_it_to_the_pound() -> None:
    sector = on_points(salary("2", "24413.00"), salary("2", "24500.00"))

    assert new_rates(sector, pay("percent = 3.25")) == ["25206.00", "25296.25"]


@pytest.mark.parametrize(
    ("body", "rates"),
    [
        ('applies_to = "actual"\n', ["25145.00", "25750.00"]),
        ('applies_to = "minimum"\nabsorb = true\n', ["25145.00", "25145.00"]),
        ('applies_to = "minimum"\n', ["25145.00", "25732.00"]),
        ('applies_to = "both"\n', ["25145.00", "25750.00"]),
    ],
)
def test_that_minimum_and_actual_rates_move_as_the_offer_says(body: str, rates: list[str]) -> None:
    """Minimum £24,413 + 3 % = £25,145, rounded as the table is. One post on it, one at £25,000: overtaken where absorbed."""
    sector = on_points(salary("2", "24413.00"), salary("2", "25000.00"))

    assert new_rates(sector, body + pay("percent = 3")) == rates


def test_that_whoever_a_new_minimum_overtakes_is_paid_what_the_new_table_says() -> None:
    """£24,796 + 3.3 % is £25,614.27: the table says £25,614, and £13.28 an hour (25,614 ÷ 52.143 ÷ 37)."""
    sector = on_points(
        salary("3", "24796.00"), salary("3", "25000.00"), salary("3", "12.90", basis=Basis.HOUR)
    )
    body = 'applies_to = "minimum"\nabsorb = true\n' + pay("percent = 3.3")

    assert new_rates(sector, body) == ["25614.00", "25614.00", "13.28"]


def test_that_minimum_rates_and_actual_pay_can_rise_by_percentages_of_their_own() -> None:
    """As in Austria's social economy of 2026: minimum rates 2.6 %, actual pay 2.4 %, nobody under the new minimum."""
    sector = on_points(salary("2", "24413.00"), salary("2", "24450.00"), salary("2", "30000.00"))
    minimum = pay('percent = 2.6\napplies_to = "minimum"')
    actual = pay('percent = 2.4\napplies_to = "actual"')

    for body in (minimum + actual, actual + minimum):
        assert new_rates(sector, body) == ["25048.00", "25048.00", "30720.00"]
    offer = read_offer(f"[[settlement]]\neffective = 2026-04-06\n{actual + minimum}", source="o")
    after = appraise(sector, offer).scale_after
    assert after is not None
    assert after.points[0].amount_micros == 25_048 * 10**6


def test_that_a_grade_given_as_a_range_of_points_moves_its_points_and_has_their_lowest_as_its_minimum() -> (
    None
):
    """Points 2 and 3 are grade One's; 4 is shared with Two, so that a rise for One alone does not move it."""
    sector = on_points(
        salary("2", "24413.00"),
        salary("", "25000.00"),
        salary("4", "25185.00"),
        scale="point,annual\n2,24413\n3,24796\n4,25185\n5,26000\n",
    )
    assert sector.scale is not None
    ranges = (GradeRange("One", "2", "4"), GradeRange("Two", "4", "5"))
    sector = replace(sector, scale=replace(sector.scale, grades=ranges))
    text = "[[settlement]]\neffective = 2026-04-06\n" + pay('grades = ["One"]\npercent = 2')
    after = appraise(sector, read_offer(text, source="o")).scale_after

    assert after is not None
    assert [one.amount_micros // 10**6 for one in after.points] == [24901, 25292, 25185, 26000]
    body = 'applies_to = "minimum"\nabsorb = true\n' + pay("percent = 3")
    assert new_rates(sector, body) == ["25145.00", "25145.00", "25941.00"]


def test_that_minimum_rates_need_a_scale() -> None:
    with pytest.raises(UnusableInput, match="no pay scale"):
        new_rates(f1_sector(), 'applies_to = "minimum"\n' + pay("percent = 3"))


@pytest.mark.parametrize(
    ("scope", "moved"),
    [
        ('employers = ["A"]', [True, False, False]),
        ('ownership = ["not-for-profit"]', [False, True, True]),
        ('regions = ["North"]', [True, False, False]),
        ('grades = ["Two"]', [False, False, True]),
        ('points = "3-4"', [False, True, True]),
        ('points = ["2"]', [True, False, False]),
        ('points = "3-4"\ngrades = ["Two"]', [False, False, True]),
    ],
)
def test_that_a_rule_reaches_whom_it_names_and_nobody_else(scope: str, moved: list[bool]) -> None:
    rows = (
        salary("2", "24413.00"),
        salary("3", "24796.00", employer="B"),
        salary("4", "25185.00", employer="B", grade="Two"),
    )
    sector = on_points(*rows)
    before = [f"{rate / 1e6:.2f}" for rate in sector.workforce.rate_micros]
    after = new_rates(sector, pay(f"{scope}\npercent = 5"))

    assert [new != old for new, old in zip(after, before, strict=True)] == moved


@pytest.mark.parametrize(
    ("text", "points", "named"),
    [
        ("2-43", ["1", "2", "30", "43", "44"], {"2", "30", "43"}),
        ("1, 5", ["1", "2", "5"], {"1", "5"}),
        ("3-9", ["1", "4", "9", "10"], {"4", "9"}),
        ("M1-M3", ["M1", "M2", "M3", "U1"], {"M1", "M2", "M3"}),
        ("2–4", ["001", "002", "003", "004"], {"002", "003", "004"}),
        ("001 (FLW)", ["001", "001 (FLW)"], {"001 (FLW)"}),
        ("9", ["1"], set()),
    ],
)
def test_that_points_are_named_one_by_one_or_in_ranges(text: str, points: list[str], named: set[str]) -> None:
    assert points_named(text, points) == named
    assert points_named(text, points[::-1]) == named
    assert points_named(text, points, points) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2-4", {"2", "2a", "4"}),
        ("2a-10", {"2a", "4", "10"}),
        ("4-99", {"4", "10"}),
        ("B-1-B-2", {"B-1", "B-2"}),
        ("2-B-1", {"2", "2a", "4", "10", "B-1"}),
    ],
)
def test_that_a_range_runs_in_the_order_of_the_scale_and_never_of_the_staff(
    text: str, named: set[str]
) -> None:
    order = ("1", "2", "2a", "4", "10", "B-1", "B-2")

    assert points_named(text, ("10", "B-2", "2a", "1", "B-1", "4", "2"), order) == named


def test_that_a_rule_for_a_range_reaches_those_between_its_ends_in_whatever_order_their_payroll_was() -> None:
    scale = "point,annual\n1,24000\n2,25000\n3,26000\n4,27000\n5,28000\n"
    pays = {"4": "27000.00", "1": "24000.00", "5": "28000.00", "2": "25000.00", "3": "26000.00"}
    sector = on_points(*(salary(point, rate) for point, rate in pays.items()), scale=scale)
    bare = replace(sector, scale=None)

    for one in (sector, bare):
        after = new_rates(one, pay('points = "2-4"\ncash = 1000'))
        assert after == ["28000.00", "24000.00", "28000.00", "26000.00", "27000.00"]


def test_that_a_point_of_the_scale_may_be_named_though_nobody_is_on_it() -> None:
    sector = on_points(salary("4", "25185.00"))

    assert new_rates(sector, 'delete_points = ["2"]\n' + pay('points = "2, 4"\npercent = 2')) == ["25689.00"]
    with pytest.raises(UnusableInput, match="“44” is not on the pay scale"):
        new_rates(sector, pay('points = "4, 44"\npercent = 2'))


@pytest.mark.parametrize(
    ("scope", "says"),
    [
        ('regions = ["Nrth"]', "the region “Nrth”, which the sector does not have .North, South."),
        ('settings = ["Kitchen"]', "the setting “Kitchen”, which the sector does not have"),
        ('ownership = ["for profit"]', "the kind of owner “for profit”, which is not one .*for-profit"),
    ],
)
def test_that_a_rule_for_a_place_or_an_owner_there_is_not_is_refused(scope: str, says: str) -> None:
    with pytest.raises(UnusableInput, match=says):
        new_rates(on_points(salary("2", "24413.00")), pay(f"{scope}\npercent = 2"))


def test_that_limits_by_pay_look_at_the_minimum_rate_where_that_is_what_moves() -> None:
    """£24,413 is up to £24,500 and rises by £500; £26,000 paid above it keeps its distance."""
    sector = on_points(salary("2", "24413.00"), salary("2", "26000.00"), salary("3", "26000.00"))
    body = 'applies_to = "minimum"\n' + pay("pay_up_to = 24500\ncash = 500")

    assert new_rates(sector, body) == ["24913.00", "26500.00", "26000.00"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (pay('grades = ["Pilot"]\npercent = 1'), "the grade “Pilot”"),
        (pay('employers = ["Z"]\npercent = 1'), "the employer “Z”"),
        (pay('points = "99"\npercent = 1'), "the points “99”"),
        (
            '[[settlement.differential]]\ngrade = "Pilot"\nover = "One"\nat_least_percent = 5\n',
            "the grade “Pilot”",
        ),
        ('delete_points = ["99"]\n' + pay("percent = 1"), "the point “99”"),
        (
            (
                '[[settlement.differential]]\ngrade = "One"\nover = "Two"\nat_least_percent = 5\n'
                '[[settlement.differential]]\ngrade = "Two"\nover = "One"\nat_least_percent = 5\n'
            ),
            "in a circle",
        ),
    ],
)
def test_that_an_offer_that_names_what_nobody_has_is_refused(body: str, says: str) -> None:
    sector = on_points(salary("2", "24413.00"), salary("4", "25185.00", employer="B", grade="Two"))
    with pytest.raises(UnusableInput, match=says):
        new_rates(sector, body)


def test_that_differentials_cascade_whatever_order_they_are_written_in() -> None:
    rows = [Row("A", grade, rate) for grade, rate in (("One", "12.00"), ("Two", "12.10"))]
    three = workforce_of([*rows, Row("A", "Three", "12.20")], employers="A", grades=["One", "Two", "Three"])
    sector = replace(f1_sector(), workforce=three, accounts=(), grades=("One", "Two", "Three"))
    steps = [
        f'[[settlement.differential]]\ngrade = "{grade}"\nover = "{over}"\nat_least_percent = 10\n'
        for grade, over in (("Three", "Two"), ("Two", "One"))
    ]

    assert new_rates(sector, "".join(steps)) == ["12.00", "13.20", "14.52"]


def test_that_an_empty_sector_is_told_to_import_first() -> None:
    with pytest.raises(UnusableInput, match="no staff data yet"):
        new_rates(Sector("empty"), pay("percent = 1"))


def test_that_unrounded_salaries_that_no_rule_reaches_stay_as_they_are() -> None:
    sector = on_points(salary("2", "18516.51841875"), salary("3", "24796.00"))
    body = pay('points = "3"\ncash = 1925')
    offer = read_offer(f"[[settlement]]\neffective = 2026-04-06\n{body}", source="o")
    found = appraise(sector, offer).workforce_after.rate_micros

    assert found.tolist() == [18_516_518_419, 26_721_000_000]
    assert found.dtype == np.int64


CASCADE = """
  [[settlement.differential]]
  grade = "Two"
  over = "One"
  at_least_hourly = 2.30
  [[settlement.differential]]
  grade = "Three"
  over = "Two"
  at_least_hourly = 1.30
"""


def test_that_a_cascade_over_hourly_and_yearly_pay_keeps_the_half_penny() -> None:
    """(£70,400 ÷ (40 × 52.143) + £2.30 + £1.30) × 37.5 × 52.143 is £73,039.305 exactly, and rounds up.

    The middle grade is paid by the hour: £36.05333218… that no decimals hold must not be cut off on the way.
    """
    rows = (
        Row("A", "One", "70400.00", hours=40.0, full_hours=40.0, basis=Basis.YEAR, fte=1.0),
        Row("A", "Two", "19.18", hours=37.0, full_hours=37.0),
        Row("A", "Three", "50000.00", hours=37.5, full_hours=37.5, basis=Basis.YEAR, fte=1.0),
    )
    force = workforce_of(rows, employers="A", grades=["One", "Two", "Three"])
    sector = Sector("made", employers=(Employer("A"),), workforce=force)

    assert new_rates(sector, CASCADE) == ["70400.00", "36.05", "73039.31"]
