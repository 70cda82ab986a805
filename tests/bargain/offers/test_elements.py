"""Elements of an offer beyond percent and cash, each against a hand-worked case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargain.appraisal import appraise
from bargain.offers.offer_file import read_offer
from bargain.offers.scale import scale_after
from bargain.offers.scale_file import read_scale
from models.appraisal import Appraisal
from models.assumptions import Assumption
from models.basis import Basis
from models.employer import Employer
from models.index_link import Index, IndexLink
from models.issues import UnusableInput
from models.payscale import Rounding
from models.sector import Sector
from tests.helpers.f1 import Row, workforce_of

SCALE = "point,annual\n1,20000\n2,22000\n3,24000\n4,26000\n5,28000\n"


def sector(*rows: Row, scale: str = SCALE, assumptions: tuple[Assumption, ...] = ()) -> Sector:
    read = read_scale(scale, source="scale", weekly_hours=37.0)[0] if scale else None
    return Sector(
        "made",
        weekly_hours=37.0,
        scale=read,
        employers=(Employer("A", region="North"), Employer("B", region="London")),
        workforce=workforce_of(rows, employers="AB", grades=["One", "Two"]),
        assumptions=assumptions,
    )


def year(point: str, rate: str, *, fte: float = 1.0, employer: str = "A", grade: str = "One") -> Row:
    return Row(
        employer,
        grade,
        rate,
        hours=37 * fte,
        full_hours=37.0,
        basis=Basis.YEAR,
        fte=fte,
        point=point,
    )


def hourly(rate: str, *, hours: float = 37.0, point: str = "", employer: str = "A") -> Row:
    return Row(employer, "One", rate, hours=hours, full_hours=37.0, point=point)


def price(where: Sector, *steps: str) -> Appraisal:
    body = "".join(f"[[settlement]]\neffective = {2026 + at}-04-06\n{step}" for at, step in enumerate(steps))
    return appraise(where, read_offer(body, source="o"))


def rates(where: Sector, *steps: str) -> list[str]:
    return [f"{rate / 1e6:.2f}" for rate in price(where, *steps).workforce_after.rate_micros]


def pay(body: str) -> str:
    return f"[[settlement.pay]]\n{body}\n"


# -- rules ---------------------------------------------------------------------------------------


def test_that_a_rise_tapers_evenly_from_point_to_point_and_holds_beyond() -> None:
    """6 % on point 2 to 2 % on point 4: 4 % halfway; point 1 gets 6 %, point 5 gets 2 %."""
    body = pay('percent = 6\n[settlement.pay.taper]\nfrom_point = "2"\nto_point = "4"\nto_percent = 2')
    on_scale = [year(str(point), f"{18000 + 2000 * point}.00") for point in range(1, 6)]

    wanted = ["21200.00", "23320.00", "24960.00", "26520.00", "28560.00"]
    assert rates(sector(*on_scale), body) == wanted
    table = scale_after(
        sector().scale, read_offer("[[settlement]]\neffective=2026-04-06\n" + body, source="o")
    )
    assert [f"{row.annual_micros / 1e6:.2f}" for row in table] == wanted


def test_that_a_taper_leaves_staff_on_no_point_alone() -> None:
    body = pay('percent = 6\n[settlement.pay.taper]\nfrom_point = "2"\nto_point = "4"\nto_percent = 2')

    assert rates(sector(year("", "22000.00"), year("9", "22000.00"), year("2", "22000.00")), body) == [
        "22000.00",
        "22000.00",
        "23320.00",
    ]


def test_that_a_rise_tapers_by_pay() -> None:
    """£1,000 up to £20,000, nothing from £30,000: £500 at £25,000; £12.96 an hour is £25,003.61 a year."""
    body = pay("cash = 1000\n[settlement.pay.taper]\nfrom_pay = 20000\nto_pay = 30000")
    rows = [year("", "18000.00"), year("", "25000.00"), year("", "29999.00"), year("", "40000.00")]

    assert rates(sector(*rows, hourly("12.96"), scale=""), body) == [
        "19000.00",
        "25500.00",
        "29999.10",
        "40000.00",
        # (30,000 − 25,003.61) ÷ 10 = £499.64 a year, ÷ 1,929.291 hours = 25.9p
        "13.22",
    ]


@given(
    amount=st.integers(15_000_00, 60_000_00),
    low=st.integers(10_000, 30_000),
    width=st.integers(1, 30_000),
    start=st.integers(0, 1000),
    end=st.integers(0, 1000),
)
def test_that_a_taper_by_pay_agrees_with_plain_fractions(
    amount: int, low: int, width: int, start: int, end: int
) -> None:
    where = sector(year("", f"{amount / 100:.2f}"), scale="")
    body = pay(
        f"percent = {start / 100}\n[settlement.pay.taper]\nfrom_pay = {low}\nto_pay = {low + width}\n"
        f"to_percent = {end / 100}"
    )
    pounds = Fraction(amount, 100)
    along = min(max((pounds - low) / width, Fraction(0)), Fraction(1))
    share = (Fraction(start) + (end - start) * along) / 10_000
    exact = pounds * (1 + share)
    wanted = Fraction(int(exact * 100 + Fraction(1, 2)), 100)

    assert rates(where, body) == [f"{float(wanted):.2f}"]


def test_that_bands_of_pay_are_read_against_pay_before_the_step() -> None:
    """The Scottish award of 2021: £850 to £25,000, 2 % to £40,000, 1 % to £80,000, £800 above."""
    body = (
        pay("pay_up_to = 25000\ncash = 850")
        + pay("pay_above = 25000\npay_up_to = 40000\npercent = 2")
        + pay("pay_above = 40000\npay_up_to = 80000\npercent = 1")
        + pay("pay_above = 80000\ncash = 800")
    )
    before = ["24900.00", "25000.00", "25000.01", "40000.00", "40000.01", "80000.00", "80000.01"]

    assert rates(sector(*(year("", one) for one in before), scale=""), body) == [
        "25750.00",
        "25850.00",
        "25500.01",
        "40800.00",
        "40400.01",
        "80800.00",
        "80800.01",
    ]


def test_that_cash_that_is_not_pro_rata_is_the_same_for_every_person() -> None:
    """£500 a head: a full-timer's rate rises by £500, a half-timer's by £1,000; an hour by £500 ÷ paid hours."""
    rows = (
        year("", "24000.00"),
        year("", "24000.00", fte=0.5),
        hourly("13.00", hours=18.5),
        hourly("13.00", hours=0.0),
    )
    done = price(sector(*rows, scale=""), pay("cash = 500\npro_rata = false"))

    assert [f"{rate / 1e6:.2f}" for rate in done.workforce_after.rate_micros] == [
        "24500.00",
        "25000.00",
        "13.52",  # 500 ÷ (18.5 × 52.143) = 51.8p
        "13.00",
    ]
    assert any("1 staff without fixed hours" in note for note in done.notes)
    pro_rata = rates(sector(*rows, scale=""), pay("cash = 500"))
    assert pro_rata == ["24500.00", "24500.00", "13.26", "13.26"]


def test_that_an_hourly_post_on_a_yearly_scale_gets_its_cash_a_head_once() -> None:
    """£24,413 is £12.65 an hour; a half-timer's £500 makes the full-time year £25,413 and the hour £13.17."""
    scale = "point,annual\n2,24413\n3,24796\n"
    where = sector(hourly("12.65", hours=18.5, point="2"), scale=scale)

    assert rates(where, pay("cash = 500\npro_rata = false")) == ["13.17"]


def test_that_cash_a_head_is_spread_over_the_exact_share_of_a_full_time_post() -> None:
    """20 of 37 hours: £1,250 a head are £2,312.50 a full-time year, and half a pound goes up."""
    where = sector(year("2", "24413.00", fte=20 / 37), scale="point,annual\n2,24413\n3,24796\n")
    assert where.scale is not None
    where = replace(where, scale=replace(where.scale, rounding=Rounding.HALF_UP_POUND))

    assert rates(where, pay("cash = 1250\npro_rata = false")) == ["26726.00"]


def test_that_a_payment_made_once_can_be_the_same_for_every_person() -> None:
    rows = (year("", "24000.00"), year("", "24000.00", fte=0.4))
    plain = price(sector(*rows, scale=""), pay("cash = 1000\nnon_consolidated = true")).cost
    each = price(sector(*rows, scale=""), pay("cash = 1000\nnon_consolidated = true\npro_rata = false")).cost

    assert plain.one_off < each.one_off
    # £2,000 with employer NI of 15 % and, between the limits of qualifying earnings, 3 % pension
    assert each.one_off == pytest.approx(2000 * 1.18, abs=0.01)


def test_that_a_percentage_can_count_on_the_first_pounds_only() -> None:
    body = pay("percent = 4\npercent_of_first = 25000")

    assert rates(sector(year("", "20000.00"), year("", "40000.00"), scale=""), body) == [
        "20800.00",
        "41000.00",
    ]


def test_that_a_rise_can_be_capped_by_the_hour() -> None:
    body = pay("percent = 10\nat_most_hourly = 0.50")

    assert rates(sector(hourly("4.00"), hourly("12.00"), scale=""), body) == ["4.40", "12.50"]


def test_that_a_yearly_floor_lifts_salaries_and_hourly_pay_alike() -> None:
    """£25,000 ÷ 1,929.291 hours is £12.96."""
    assert rates(sector(year("", "24000.00"), hourly("12.00"), scale=""), "floor_annual = 25000\n") == [
        "25000.00",
        "12.96",
    ]


# -- later years ----------------------------------------------------------------------------------


def link(**keys: int) -> IndexLink:
    return IndexLink(Index.CPI, **keys)


@pytest.mark.parametrize(
    ("one", "rise", "reopens"),
    [
        (link(assumed_ppm=25_000), 25_000, False),
        (link(assumed_ppm=25_000, published_ppm=31_000), 31_000, False),
        (link(published_ppm=31_000, plus_ppm=10_000), 41_000, False),
        (link(published_ppm=31_000, plus_ppm=10_000, cap_ppm=40_000), 40_000, False),
        (link(published_ppm=-5_000, floor_ppm=10_000), 10_000, False),
        (link(published_ppm=-5_000), -5_000, False),
        (link(published_ppm=61_000, cap_ppm=50_000, reopen_above_ppm=60_000), 50_000, True),
        (link(published_ppm=60_000, reopen_above_ppm=60_000), 60_000, False),
        (link(published_ppm=4_000, reopen_below_ppm=5_000), 4_000, True),
        (link(published_ppm=24_000, share_above_ppm=23_000, share_ppm=500_000), 23_500, False),
        (
            link(published_ppm=31_000, share_above_ppm=23_000, share_ppm=500_000, cap_ppm=25_000),
            25_000,
            False,
        ),
        (
            link(published_ppm=20_000, share_above_ppm=23_000, share_ppm=500_000, floor_ppm=23_000),
            23_000,
            False,
        ),
        (link(), None, False),
    ],
)
def test_that_a_rise_tied_to_an_index_keeps_its_limits(
    one: IndexLink, rise: int | None, reopens: bool
) -> None:
    assert (one.rise_ppm, one.reopens) == (rise, reopens)


INDEX = '[settlement.pay.index]\nname = "CPI"\nmonth = "2026-09"\nplus_percent = 0.5\ncap_percent = 4\n'


def test_that_an_unknown_figure_is_priced_at_the_assumption_and_said() -> None:
    where = sector(year("", "20000.00"), scale="")
    done = price(where, pay("percent = 1"), pay(INDEX + "assumed_percent = 2.5"))

    assert done.workforce_after.rate_micros.tolist() == [20_806_000_000]  # 20,200 × 1.03
    assert [note for note in done.notes if note.startswith("Priced at an assumption")] == [
        (
            "Priced at an assumption: CPI of September 2026 is taken to be 2.5 %, which makes the rise 3 %. "
            "The figure itself is not known yet."
        )
    ]


def test_that_a_published_figure_is_priced_without_a_word() -> None:
    done = price(
        sector(year("", "20000.00"), scale=""), pay(INDEX + "assumed_percent = 9\npublished_percent = 3")
    )

    assert done.workforce_after.rate_micros.tolist() == [20_700_000_000]
    assert not any("assumption" in note for note in done.notes)


def test_that_a_sector_can_hold_the_assumption_for_every_offer() -> None:
    held = Assumption("index_cpi", "CPI", 0.02, "share", source="OBR")
    done = price(sector(year("", "20000.00"), scale="", assumptions=(held,)), pay(INDEX))

    assert done.workforce_after.rate_micros.tolist() == [20_500_000_000]
    with pytest.raises(UnusableInput, match=r"give “assumed_percent”.*or the assumption “index_cpi”"):
        price(sector(year("", "20000.00"), scale=""), pay(INDEX))


# -- points and spines ------------------------------------------------------------------------------


def test_that_staff_of_a_deleted_point_stand_on_the_lowest_point_left_though_nobody_else_does() -> None:
    """Nobody is on point 2 now; those of point 1 still go there, and rise with it in the next step."""
    where = sector(year("1", "20000.00"), year("4", "26000.00"))

    assert rates(where, 'delete_points = ["1"]\n' + pay("percent = 3.1")) == ["22682.00", "26806.00"]
    second = pay('points = "2"\ncash = 100')
    assert rates(where, 'delete_points = ["1"]\n' + pay("percent = 3.1"), second) == ["22782.00", "26806.00"]


def test_that_a_point_is_put_in_at_an_amount_or_midway() -> None:
    body = (
        pay("percent = 10")
        + '[[settlement.insert_point]]\nname = "2a"\nafter = "2"\n'
        + '[[settlement.insert_point]]\nname = "6"\nafter = "5"\namount = 33000\n'
    )
    table = scale_after(
        sector().scale, read_offer(f"[[settlement]]\neffective = 2026-04-06\n{body}", source="o")
    )

    assert [(row.point, row.annual_micros // 10**6) for row in table] == [
        ("1", 22000),
        ("2", 24200),
        ("2a", 25300),
        ("3", 26400),
        ("4", 28600),
        ("5", 30800),
        ("6", 33000),
    ]
    assert [row.before_annual_micros is None for row in table] == [False, False, True, *[False] * 3, True]
    with pytest.raises(UnusableInput, match="that is the top point"):
        price(sector(year("1", "20000.00")), '[[settlement.insert_point]]\nname = "6"\nafter = "5"\n')


SPINE = '[settlement.spine]\n{keys}\n[settlement.spine.mapping]\n"1" = "B"\n"5" = "C"\n' + "".join(
    f'[[settlement.spine.point]]\nname = "{name}"\namount = {amount}\n'
    for name, amount in (("A", 21000), ("B", 23000), ("C", 25000), ("D", 27000), ("E", 29000))
)
ON_ALL = tuple(year(str(point), f"{18000 + 2000 * point}.00") for point in range(1, 6))


def test_that_staff_go_to_their_mapped_point_or_the_next_one_up_and_lose_nothing() -> None:
    """1 → B by the mapping; 2, 3, 4 → next up; 5 → C by the mapping, £3,000 under present pay, which is kept."""
    assert rates(sector(*ON_ALL), SPINE.format(keys="")) == [
        "23000.00",
        "23000.00",
        "25000.00",
        "27000.00",
        "28000.00",
    ]


def test_that_uplift_first_and_assimilation_first_differ_as_worked_by_hand() -> None:
    """5 % first: 21,000; 23,100; 25,200; 27,300; 29,400 – then next up. Placed first: new points + 5 %."""
    rise = pay("percent = 5")

    assert rates(sector(*ON_ALL), rise + SPINE.format(keys="")) == [
        "23000.00",
        "25000.00",
        "27000.00",
        "29000.00",
        "29400.00",
    ]
    first = SPINE.format(keys='order = "assimilate_first"')
    assert rates(sector(*ON_ALL), rise + first) == [
        "24150.00",
        "24150.00",
        "26250.00",
        "28350.00",
        "29400.00",
    ]


def test_that_a_new_point_at_the_very_pay_that_a_rise_gives_is_where_staff_go() -> None:
    """£22,737 + 3.2 % is £23,464.58, paid as £23,465; £24,294 is £25,071.41, paid as £25,071 and no point higher."""
    where = sector(
        year("2", "22737.00"),
        year("3", "24294.00"),
        hourly("12.59", point="3"),
        scale="point,annual\n2,22737\n3,24294\n",
    )
    assert where.scale is not None
    where = replace(where, scale=replace(where.scale, rounding=Rounding.HALF_UP_POUND))
    points = "".join(
        f'[[settlement.spine.point]]\nname = "{name}"\namount = {amount}\n'
        for name, amount in (("A", 23465), ("B", 25071), ("C", 30000))
    )

    assert rates(where, f"{pay('percent = 3.2')}[settlement.spine]\n{points}") == [
        "23465.00",
        "25071.00",
        "12.99",
    ]


def test_that_protected_pay_rises_and_marked_time_stands_still_until_caught_up() -> None:
    """£28,000 on the point C, £25,000. 5 % a year: C is 26,250, 27,562.50 → £27,563, 28,941.15 → £28,941."""
    rises = [pay("percent = 5")] * 3
    row = (year("5", "28000.00"), year("1", "20000.00"))

    kept = SPINE.format(keys='protection = "no_detriment"')
    assert rates(sector(*row), kept, *rises)[0] == "32413.50"  # 28,000 × 1.05³, off the scale: to the penny
    held = SPINE.format(keys='protection = "marked_time"')
    assert [rates(sector(*row), held, *rises[:n])[0] for n in range(4)] == [
        "28000.00",
        "28000.00",
        "28000.00",
        "28941.00",
    ]
    assert rates(sector(*row), held, *rises)[1] == "26626.00"  # on point B: 24,150; 25,358; 26,625.90


def test_that_nobody_loses_under_a_spine_without_protection_unless_the_step_says_so() -> None:
    none = SPINE.format(keys='protection = "none"')

    assert rates(sector(*ON_ALL), none)[-1] == "28000.00"
    fell = price(sector(*ON_ALL), "favourability = false\n" + none)
    assert fell.workforce_after.rate_micros.tolist()[-1] == 25_000_000_000
    assert fell.cost.protected_heads == 0
    assert price(sector(*ON_ALL), none).cost.protected_heads == 1


def test_that_staff_on_no_point_keep_their_pay_under_a_new_spine() -> None:
    assert rates(sector(year("", "20500.00"), year("1", "20000.00")), SPINE.format(keys="")) == [
        "20500.00",
        "23000.00",
    ]


def test_that_the_lower_half_of_the_2019_spine_is_bottom_and_steps_of_two_per_cent() -> None:
    """Published points 1 to 22 of 2019 follow from one bottom near £9.00 × 52.143 × 37 = £17,363.62 by 2 % steps.

    Which bottoms do is found by intervals, not by the engine: £17,363.50 to £17,363.59.
    """
    from tests.bargain.offers.test_scale import scale as published

    wanted = [point.amount_micros for point in published("njc_2019.csv").points][:22]
    step, half = Fraction(102, 100), Fraction(500_000)
    low = max((amount - half) / step**place for place, amount in enumerate(wanted))
    high = min((amount + half) / step**place for place, amount in enumerate(wanted))
    assert low <= 17_363_550_000 < high
    body = "[settlement.spine]\nbottom = 17363.55\nstep_percent = 2\ncount = 22\n"
    old, _ = read_scale("point,annual\n1,10000\n", source="old")
    after = scale_after(old, read_offer(f"[[settlement]]\neffective = 2019-04-01\n{body}", source="o"))

    assert [row.annual_micros for row in after] == wanted
    assert [row.point for row in after] == [str(point) for point in range(1, 23)]


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        ('steps = "cash"', [20000, 22500, 25000, 27500, 30000]),
        # 1.5 to the quarter, half and three quarters: 1.106682, 1.224745, 1.355403
        ('steps = "percent"', [20000, 22134, 24495, 27108, 30000]),
    ],
)
def test_that_equal_steps_run_from_bottom_to_top(steps: str, wanted: list[int]) -> None:
    body = f'[settlement.spine]\nbottom = 20000\ntop = 30000\ncount = 5\nprefix = "N"\nfirst = 10\n{steps}\n'
    after = scale_after(
        sector().scale, read_offer(f"[[settlement]]\neffective = 2026-04-06\n{body}", source="o")
    )

    assert [row.annual_micros // 10**6 for row in after] == wanted
    assert [row.point for row in after] == ["N10", "N11", "N12", "N13", "N14"]


def test_that_a_mapping_to_or_from_no_point_is_refused() -> None:
    for pair, says in (('"1" = "Z"', "not one of its points"), ('"77" = "A"', "present scale does not have")):
        body = f'[settlement.spine]\n[settlement.spine.mapping]\n{pair}\n[[settlement.spine.point]]\nname = "A"\namount = 21000\n'
        with pytest.raises(UnusableInput, match=says):
            price(sector(*ON_ALL), body)


# -- regional weighting, allowances ------------------------------------------------------------------


def test_that_a_weighting_is_on_top_and_nothing_else_touches_it() -> None:
    """London: 3 % of £24,000 is £24,720, and £3,310 on top; next year 2 % of £24,720 and £90 more on top."""
    where = sector(
        year("", "24000.00", employer="B"), year("", "24000.00"), hourly("12.00", employer="B"), scale=""
    )
    first = '[[settlement.weighting]]\nregions = ["London"]\ncash = 3310\n' + pay("percent = 3")
    later = '[[settlement.weighting]]\nregions = ["London"]\ncash = 3400\ninstead_of = 3310\n' + pay(
        "percent = 2"
    )

    # £3,310 ÷ 1,929.291 is £1.72 an hour; £90 is 5p; £12.36 × 1.02 is £12.61
    assert rates(where, first) == ["28030.00", "24720.00", "14.08"]
    assert rates(where, first, later) == ["28614.40", "25214.40", "14.38"]
    elements = {one.element: one for one in price(where, first).cost.elements}
    assert elements["regional weighting"].pay == pytest.approx(3310 + 1.72 * 37 * 52.143, abs=0.01)
    with pytest.raises(UnusableInput, match="the region “Bath”, where no employer"):
        price(where, '[[settlement.weighting]]\nregions = ["Bath"]\ncash = 1\n')


def test_that_a_scale_rounds_up_to_three_pounds_where_its_rule_says_so() -> None:
    where = sector(year("2", "22000.00"))
    where = replace(where, scale=replace(where.scale, rounding=Rounding.UP_POUND, rounding_to=3))

    assert rates(where, pay("percent = 1")) == ["22221.00"]  # 22,220 ÷ 3 is 7,406.67


def test_that_a_date_in_the_file_stays_what_it_is() -> None:
    offer = read_offer(f"[[settlement]]\neffective = 2027-04-01\n{pay(INDEX)}", source="o")

    assert offer.settlements[0].pay[0].index.month == date(2026, 9, 1)
