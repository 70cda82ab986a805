"""Rules that count what earlier steps gave: staff, scale, words and file. By hand and against published scales."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from bargain.appraisal import appraise
from bargain.cli import main
from bargain.expected import expected_staff
from bargain.offers.offer_file import read_offer, write_offer
from bargain.offers.scale_file import read_scale
from bargain.offers.words import describe_offer
from models.assumptions import Assumption
from models.basis import Basis
from models.employer import Employer
from models.issues import UnusableInput
from models.payscale import GradeRange, Increments, PayScale
from models.sector import Sector
from tests.helpers.f1 import Row, workforce_of


def deal(*steps: tuple[str, str], **more: str) -> str:
    """An offer of dated steps, the second of each pair being its rules."""
    return "".join(f"[[settlement]]\neffective = {day}\n{body}\n" for day, body in steps)


def rule(body: str) -> str:
    return f"[[settlement.pay]]\n{body}\n"


FIRST, LATER = "2024-08-01", "2025-03-01"
PHASED = deal((FIRST, rule("cash = 900")), (LATER, rule("percent = 4.25\nin_all = true")))


def after(text: str, *rows: Row, scale: PayScale | None = None) -> list[str]:
    """What each row is paid after the offer."""
    sector = Sector(
        "made",
        weekly_hours=37.0,
        scale=scale,
        employers=(Employer("A", region="North"), Employer("B", region="South")),
        workforce=workforce_of(rows, employers="AB", grades=["One", "Two"]),
    )
    found = appraise(sector, read_offer(text, source="o"))
    return [f"{rate / 1e6:.2f}" for rate in found.workforce_after.rate_micros]


def post(
    rate: str, *, basis: Basis = Basis.YEAR, point: str = "", employer: str = "A", grade: str = "One"
) -> Row:
    return Row(employer, grade, rate, hours=37.0, full_hours=37.0, basis=basis, fte=1.0, point=point)


def tables(tmp_path: Path, before: dict[str, int], offer: str) -> dict[str, int]:
    """The scale after an offer, by the command line, to the pound."""
    (tmp_path / "before.csv").write_text("point,annual\n" + "".join(f"{k},{v}\n" for k, v in before.items()))
    (tmp_path / "offer.toml").write_text(offer)
    out = tmp_path / "after.csv"
    named = [str(tmp_path / name) for name in ("before.csv", "offer.toml")]
    assert (
        main(["scale", named[0], "--offer", named[1], "--rounding", "half-up-pound", "--out", str(out)]) == 0
    )
    with out.open() as file:
        return {row["point"]: int(row["annual"]) for row in csv.DictReader(file)}


def test_that_the_second_phase_of_higher_education_in_2024_gives_the_published_spine(tmp_path: Path) -> None:
    """£900 for all from August 2024, the rest from March 2025 (UCEA, 3 July 2024).

    Both tables as the University of Huddersfield published them, its points 13 to 24; that the two phases come to
    £1,200 and £1,150 follows from the national points, of which £38,205 rises by “over 3 %”.
    """
    august = {"13": 24761, "16": 26287, "17": 26880, "20": 29135, "22": 30777, "23": 31666, "24": 32582}
    march = {"13": 25061, "16": 26587, "17": 27180, "20": 29435, "22": 31077, "23": 31916, "24": 32832}
    before = {point: pay - 900 for point, pay in august.items()}
    phases = (
        rule("cash = 900"),
        rule('points = "13-22"\ncash = 1200\nin_all = true')
        + rule('points = "23-24"\ncash = 1150\nin_all = true'),
    )

    assert tables(tmp_path, before, deal((FIRST, phases[0]))) == august
    assert tables(tmp_path, before, deal((FIRST, phases[0]), (LATER, phases[1]))) == march


def test_that_police_staff_above_the_spine_keep_a_percentage_worth_more_than_the_cash_in_all(
    tmp_path: Path,
) -> None:
    """2.1 % from April 2022, in September £1,900 that includes it; no abatement (PSC joint circulars 127 and 128).

    By hand: 2.1 % is worth £1,900 at £90,476.19.
    """
    offer = deal(("2022-04-01", rule("percent = 2.1")), ("2022-09-01", rule("cash = 1900\nin_all = true")))
    before = {"7": 19758, "45": 50181, "above": 90476, "far above": 95000}

    assert tables(tmp_path, before, offer) == {"7": 21658, "45": 52081, "above": 92376, "far above": 96995}


def test_that_a_later_percentage_counts_on_pay_before_the_deal_and_takes_nothing_back() -> None:
    """By hand: 4.25 % of 20,000 is 850, less than the 900 had; of 30,000 it is 1,275."""
    assert after(PHASED, post("20000.00"), post("30000.00")) == ["20900.00", "31275.00"]


def test_that_cash_counts_by_the_hour_and_limits_hold_for_all_that_the_deal_gives() -> None:
    """By hand, of £15.00 an hour: 0.50, then 6 % is 0.90, at least 0.95 and at most £1,500 a year (0.7775 an hour)."""
    first = (FIRST, rule("at_least_hourly = 0.50"))

    def second(body: str) -> list[str]:
        return after(deal(first, (LATER, rule(f"{body}\nin_all = true"))), post("15.00", basis=Basis.HOUR))

    assert second("percent = 6") == ["15.90"]
    assert second("percent = 6\nat_least_hourly = 0.95") == ["15.95"]
    assert second("percent = 6\nat_most_cash = 1500") == [f"{15 + 1500 / (52.143 * 37):.2f}"]
    assert second("percent = 6\nat_most_cash = 500") == ["15.50"]


def test_that_floors_and_earlier_rules_of_the_same_step_count_and_later_ones_come_on_top() -> None:
    """By hand: floor £15.30 gives 0.30; 5 % of 15.00 is 0.75 in all; 1 % of 15.75 on top; or 1 % first, inside it."""
    hour = post("15.00", basis=Basis.HOUR)
    floor = (FIRST, "floor_hourly = 15.30")
    in_all, more = rule("percent = 5\nin_all = true"), rule("percent = 1")

    assert after(deal(floor, (LATER, in_all)), hour) == ["15.75"]
    assert after(deal(floor, (LATER, in_all + more)), hour) == ["15.91"]
    assert after(deal(floor, (LATER, more + in_all)), hour) == ["15.75"]


def test_that_scope_limits_of_pay_look_at_pay_before_the_deal() -> None:
    """£24,500 was below 25,000 before the deal and is above it since."""
    text = deal((FIRST, rule("cash = 900")), (LATER, rule("percent = 8\npay_up_to = 25000\nin_all = true")))
    assert after(text, post("24500.00"), post("25500.00")) == ["26460.00", "26400.00"]


def test_that_a_third_step_counts_both_before_it() -> None:
    text = PHASED + deal(("2026-08-01", rule("percent = 10\nin_all = true")))
    assert after(text, post("30000.00")) == ["33000.00"]


NJC = "point,annual,grade\n2,24413,One\n3,24796,One\n4,25185,Two\n"


def njc(**more: object) -> PayScale:
    return read_scale(NJC, source="scale", weekly_hours=37.0, **more)[0]  # type: ignore[arg-type]


def by_hand(pay: int, percent: str) -> int:
    return int(Fraction(pay) * (1 + Fraction(percent) / 100) + Fraction(1, 2))


def test_that_staff_and_scale_move_alike_also_by_the_hour_and_after_a_deleted_point() -> None:
    """By hand: £600, then 5 % in all; point 2 is deleted in between, its staff go on as if always on point 3."""
    text = deal(
        (FIRST, 'delete_points = ["2"]\n' + rule("cash = 600")), (LATER, rule("percent = 5\nin_all = true"))
    )
    hourly = f"{24796 / (52.143 * 37):.2f}"
    rows = (
        post("24413.00", point="2"),
        post("24796.00", point="3"),
        post(hourly, basis=Basis.HOUR, point="3"),
    )
    third = by_hand(24796, "5")
    assert after(text, *rows, post("26000.00", point="4"), scale=njc()) == [
        f"{third}.00",
        f"{third}.00",
        f"{third / (52.143 * 37):.2f}",
        "27300.00",
    ]


def test_that_one_employers_earlier_rise_brings_its_staff_to_the_same_point_in_all() -> None:
    """By hand: 4 % of 24,796 is 25,788 to the pound, with £900 had before or without."""
    text = deal((FIRST, rule('cash = 900\nemployers = ["A"]')), (LATER, rule("percent = 4\nin_all = true")))
    rows = (post("24796.00", point="3"), post("24796.00", point="3", employer="B"))
    assert after(text, *rows, scale=njc()) == ["25788.00", "25788.00"]


def test_that_weightings_and_payments_made_once_do_not_count() -> None:
    """By hand: 5 % of 30,000 in all, the weighting of £900 on top."""
    weighting = '[[settlement.weighting]]\nregions = ["North"]\ncash = 900\n'
    once = rule("cash = 500\nnon_consolidated = true")
    text = deal((FIRST, weighting + once), (LATER, rule("percent = 5\nin_all = true")))
    assert after(text, post("30000.00")) == ["32400.00"]


def test_that_tapers_and_the_first_part_of_pay_look_at_pay_before_the_deal() -> None:
    """By hand: midway between 6 % at £20,000 and 2 % at £40,000 is 4 %; 5 % of the first £20,000 is £1,000."""
    taper = "[settlement.pay.taper]\nfrom_pay = 20000\nto_pay = 40000\nto_percent = 2"
    for body, wanted in (
        (f"percent = 6\nin_all = true\n{taper}", "31200.00"),
        ("percent = 5\npercent_of_first = 20000\nin_all = true", "31000.00"),
    ):
        assert after(deal((FIRST, rule("cash = 900")), (LATER, rule(body))), post("30000.00")) == [wanted]


def test_that_minimum_rates_count_back_on_the_scale() -> None:
    """By hand: the minimum of point 3 goes to 26,036 in all; £26,000 a year is under it, £27,000 is not."""
    minimum = 'applies_to = "minimum"\nabsorb = true\n'
    text = deal((FIRST, minimum + rule("cash = 600")), (LATER, minimum + rule("percent = 5\nin_all = true")))
    rows = (post("24796.00", point="3"), post("26000.00", point="3"), post("27000.00", point="3"))
    assert after(text, *rows, scale=njc()) == ["26036.00", "26036.00", "27000.00"]


def test_that_who_has_had_an_increment_counts_from_the_point_where_they_are() -> None:
    """By hand: the starter on point 2 is on point 3 a year on; expected staff cost what point 3 rises by."""
    scale = njc()
    scale = PayScale(
        scale.name,
        scale.basis,
        scale.points,
        scale.rounding,
        weekly_hours=37.0,
        grades=(GradeRange("One", "2", "3"),),
        increments=Increments(month=10, day=1),
    )
    sector = Sector(
        "made",
        weekly_hours=37.0,
        scale=scale,
        employers=(Employer("A"),),
        workforce=workforce_of([post("24413.00", point="2")], employers="A", grades=["One"]),
        assumptions=(Assumption("turnover", "Turnover", 0.0, "share"),),
    )
    offer = read_offer(PHASED.replace("4.25", "5"), source="o")
    found = expected_staff(sector, offer, appraise(sector, offer).cost)
    rise = by_hand(24796, "5") - 24796
    assert found.expected is not None
    assert found.expected == pytest.approx(rise * found.same_people / (by_hand(24413, "5") - 24413), rel=1e-3)


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ('[[settlement.insert_point]]\nname = "2a"\nafter = "2"', "", "puts in points"),
        ("[settlement.terms]\nweekly_hours = 35", "", "shortens the week"),
        (
            '[[settlement.weighting]]\nregions = ["North"]\ncash = 900\ninstead_of = 300',
            "",
            "weighting in the place of another",
        ),
        ("[settlement.spine]\nbottom = 24000\nstep_cash = 500\ncount = 5", "", "a new spine"),
        ("", "non_consolidated = true", "in_all"),
    ],
)
def test_that_what_cannot_be_counted_back_past_is_refused(first: str, second: str, says: str) -> None:
    text = deal((FIRST, first), (LATER, rule(f"percent = 5\nin_all = true\n{second}")))
    with pytest.raises(UnusableInput, match=says):
        read_offer(text, source="o.toml")


def test_that_a_rule_in_all_reads_back_as_what_it_does_and_comes_back_from_its_file() -> None:
    offer = read_offer(PHASED.replace("in_all", "pay_above = 20000\nin_all"), source="o")
    said = " ".join(describe_offer(offer))

    assert read_offer(write_offer(offer), source="again") == offer
    assert (
        "With effect from 1 March 2025, basic pay stands above what it was before the first step of this offer by "
        "4.25 % for all staff whose full-time pay before the first step was more than £20,000 a year. Percentages are "
        "of pay as it was then; what has been given since counts towards the rise, and whoever has had more keeps it."
    ) in said
