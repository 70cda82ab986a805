"""Every measure of the catalogue beside a second one in plain Python, written from requirements and not from the engine.

A measure without a second one fails here, so that none can be added on trust.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from math import exp, log

import pytest

from bargain.all_measures import with_all_measures
from bargain.appraisal import appraise, view_of
from bargain.measures.catalogue import MEASURES
from models.accounts import Accounts
from models.grossing import Grossing
from models.offer import Offer, PayRule, Settlement
from models.sector import Sector
from models.target import Target
from models.workforce import Contract, Sex
from tests.bargain.by_hand import Post, to_penny
from tests.bargain.resampled_by_hand import Person, figures_by_hand
from tests.bargain.test_grossing_ranges import months_of, rows, sector
from tests.helpers.f1 import GRADES

DAY = date(2026, 4, 1)  # a whole year to the end of the settlement year
LEGAL, LIVING = 12.71, 13.45  # the National Living Wage of April 2026, the real Living Wage of that winter
HOURLY, NORM, MARGIN = 14.0, 0.02, 0.05
POUNDS = {  # revenue, labour, rent, other costs, directors, net interest, depreciation, connected rent, capital, paid out
    name: (
        3_000_000,
        2_100_000 + 100_000 * at,
        200_000,
        400_000,
        90_000,
        50_000,
        30_000,
        60_000,
        1_500_000,
        20_000,
    )
    for at, name in enumerate("ABDFGH")
}
FIELDS = [
    "revenue",
    "labour",
    "rent",
    "other",
    "directors",
    "net_interest",
    "depreciation",
    "connected_rent",
    "capital",
    "distributions",
]
Staff = list[tuple[Person, float]]


@cache
def alone() -> Sector:
    """The ten employers as returned, with fuller accounts of six, and contracts in turn."""
    made = sector()
    books = tuple(
        Accounts(
            name,
            date(2026, 3, 31),
            **{f"{key}_micros": one * 1_000_000 for key, one in zip(FIELDS, told, strict=True)},
        )
        for name, told in POUNDS.items()
    )
    contracts = made.workforce.contract.copy()
    contracts[:] = [at % 7 - 1 for at in range(len(contracts))]
    force = replace(made.workforce, contract=contracts)
    return replace(made, grossing=Grossing(), accounts=books, workforce=force)


def staff(after: bool) -> Staff:
    """Everybody with their pay before or after 3 %, to the penny, and how many they are."""
    rise = Fraction(103, 100) if after else Fraction(1)
    return [
        (
            Person(
                row.employer,
                GRADES.index(row.grade),
                float(to_penny(Fraction(row.rate) * rise)),
                row.heads,
                {Sex.FEMALE: True, Sex.MALE: False}.get(row.sex),
                row.age,
                row.hours == 37.5,
                months_of(at),
            ),
            row.heads,
        )
        for at, row in enumerate(rows())
    ]


def percentile(people: Staff, share: float) -> float:
    reached, total = 0.0, sum(heads for _, heads in people)
    for one, heads in sorted(people, key=lambda pair: pair[0].rate):
        reached += heads
        if reached >= share * total - 1e-9:
            return one.rate
    raise AssertionError


def mean(people: Staff) -> float:
    return sum(one.rate * heads for one, heads in people) / sum(heads for _, heads in people)


def averaged(people: Staff, of: Callable[[float], float]) -> float:
    """The mean over everybody of a figure of their pay relative to the mean."""
    average, total = mean(people), sum(heads for _, heads in people)
    return sum(heads * of(one.rate / average) for one, heads in people) / total


def gini(people: Staff) -> float:
    total = sum(heads for _, heads in people)
    apart = sum(a * b * abs(x.rate - y.rate) for x, a in people for y, b in people)
    return apart / (2 * total**2 * mean(people))


def theil(people: Staff) -> float:
    return averaged(people, lambda x: x * log(x))


def theil_between(people: Staff, group: Callable[[Person], object]) -> float:
    """Theil as if everybody were paid the mean of their group."""
    means = {
        key: mean([pair for pair in people if group(pair[0]) == key])
        for key in {group(one) for one, _ in people}
    }
    return theil([(replace(one, rate=means[group(one)]), heads) for one, heads in people])


def share_of(people: Staff, chosen: Callable[[Person], bool]) -> float:
    return sum(heads for one, heads in people if chosen(one)) / sum(heads for _, heads in people)


def gap_of(people: Staff, figure: Callable[[Staff], float]) -> float:
    men, women = ([pair for pair in people if pair[0].woman is is_woman] for is_woman in (False, True))
    return (figure(men) - figure(women)) / figure(men)


def over_grade(people: Staff, upper: int, lower: int) -> float:
    above, below = (
        percentile([pair for pair in people if pair[0].grade == code], 0.5) for code in (upper, lower)
    )
    return above / below - 1


def least_gap(people: Staff) -> float:
    """The least step between neighbouring grades at any employer."""
    gaps = []
    for employer in {one.employer for one, _ in people}:
        here = [pair for pair in people if pair[0].employer == employer]
        codes = sorted({one.grade for one, _ in here})
        gaps += [over_grade(here, high, low) for low, high in itertools.pairwise(codes)]
    return min(gaps)


def of_pay(after: bool) -> dict[str, float | None]:
    people = staff(after)
    p10, p50, p90 = (percentile(people, share) for share in (0.1, 0.5, 0.9))
    rates = [one.rate for one, _ in people]
    groups: dict[str, Callable[[Person], object]] = {
        "employers": lambda one: one.employer,
        "grades": lambda one: one.grade,
        "sexes": lambda one: one.woman,
    }
    between = {name: theil_between(people, group) for name, group in groups.items()}
    return {
        "p10": p10,
        "p50": p50,
        "p90": p90,
        "p90_p10": p90 / p10,
        "p90_p50": p90 / p50,
        "p50_p10": p50 / p10,
        "gini": gini(people),
        "theil": theil(people),
        "theil_l": averaged(people, lambda x: -log(x)),
        "half_cv2": averaged(people, lambda x: (x - 1) ** 2) / 2,
        "atkinson_0_5": 1 - averaged(people, lambda x: x**0.5) ** 2,
        "atkinson_1": 1 - exp(averaged(people, log)),
        "max_min": max(rates) / min(rates),
        "lowest": min(rates),
        "highest": max(rates),
        "mean": mean(people),
        "differential": over_grade(people, 1, 0),
        "smallest_differential": least_gap(people),
        "heads_below_hourly": sum(heads for one, heads in people if one.rate < HOURLY),
        "low_pay_share": share_of(people, lambda one: one.rate < HOURLY),
        "below_living_wage_share": share_of(people, lambda one: one.rate < LIVING),
        "heads_below_legal_floor": sum(heads for one, heads in people if one.rate < LEGAL),
        "at_legal_floor_share": share_of(people, lambda one: LEGAL <= one.rate <= LEGAL + 0.05001),
        "gender_pay_gap_median": gap_of(people, lambda some: percentile(some, 0.5)),
        "gender_pay_gap_mean": gap_of(people, mean),
        "parity_gap": sum(max(HOURLY - one.rate, 0) * heads for one, heads in people)
        / (HOURLY * sum(heads for _, heads in people)),
        **{f"theil_between_{name}": one for name, one in between.items()},
        **{f"theil_within_{name}": theil(people) - one for name, one in between.items()},
        **figures_by_hand(people, whole=True),
    }


def of_contracts() -> dict[str, float | None]:
    kinds = [at % 7 - 1 for at in range(len(rows()))]
    known = sum(row.heads for row, kind in zip(rows(), kinds, strict=True) if kind != Contract.UNKNOWN)
    return {
        name: sum(row.heads for row, one in zip(rows(), kinds, strict=True) if one == kind) / known
        for name, kind in (("zero_hours_share", Contract.ZERO_HOURS), ("agency_share", Contract.AGENCY))
    }


def labour(name: str, factor: Fraction) -> float:
    """An employer's labour cost, £ a year, with every rate times a factor and rounded to the penny."""
    posts = [Post(row, Fraction(row.rate)) for row in rows() if row.employer == name]
    return float(sum(post.labour(to_penny(post.rate * factor)) for post in posts))


def bill(factor: Fraction, *, exact: bool = False) -> list[float]:
    """The basic pay of each row, £ a year for all of its staff."""
    found = []
    for row in rows():
        post = Post(row, Fraction(row.rate))
        rate = post.rate * factor if exact else to_penny(post.rate * factor)
        found.append(float(post.pay(rate)) * row.heads)
    return found


def of_offer() -> dict[str, float | None]:
    """Costs and rises of 3 %; exactly 3 % is the lowest rise that any grade gets before rounding."""
    one, three, percent = Fraction(1), Fraction(103, 100), Fraction(101, 100)
    cost = sum(labour(name, three) - labour(name, one) for name in "ABCDEFGHIJ")
    growth = sum(bill(three)) / sum(bill(one)) - 1
    assert sum(bill(three, exact=True)) / sum(bill(one)) - 1 == pytest.approx(0.03)
    return {
        "cost_full_year": cost,
        "cost_in_year": cost,
        "cost_total": cost,
        "cost_of_one_percent": sum(labour(name, percent) - labour(name, one) for name in "ABCDEFGHIJ"),
        "cost_share": cost / sum(labour(name, one) for name in "ABCDEFGHIJ"),
        "paybill_growth": growth,
        "general_rise": 0.03,
        "catch_up": growth - 0.03,
        "restraint_gap": 0.03 - NORM,
    }


def of_accounts(after: bool) -> dict[str, float | None]:
    """Sums over the six employers with accounts; the offer has no fee rule, so income stays."""
    told = {name: dict(zip(FIELDS, one, strict=True)) for name, one in POUNDS.items()}
    rises = {name: labour(name, Fraction(103, 100)) - labour(name, Fraction(1)) for name in POUNDS}
    rise = rises if after else dict.fromkeys(POUNDS, 0.0)
    revenue = sum(one["revenue"] for one in told.values())

    def result(name: str, less: float) -> float:
        one = told[name]
        costs = ("labour", "rent", "other", "directors", "depreciation")
        return one["revenue"] - sum(one[key] for key in costs) - less

    results = {name: result(name, rise[name]) for name in POUNDS}
    whole = sum(results.values())

    def share(*more: str) -> float:
        return (whole + sum(one[key] for one in told.values() for key in more)) / revenue

    before = sum(result(name, 0.0) for name in POUNDS)
    found: dict[str, float | None] = {
        "operating_margin": whole / revenue,
        "adjusted_margin": share("connected_rent"),
        "leakage": share("rent", "directors"),
        "ebitda_margin": share("depreciation"),
        "ebitdar_margin": share("depreciation", "rent"),
        "pretax_margin": (whole - 6 * 50_000) / revenue,
        "roce": whole / (6 * 1_500_000),
        "financial_leakage": 6 * (60_000 + 20_000) / revenue,
        "employers_below_margin": sum(one / told[name]["revenue"] < MARGIN for name, one in results.items()),
    }
    if after:
        change = (whole - before) / abs(before)
        growth = sum(bill(Fraction(103, 100))) / sum(bill(Fraction(1))) - 1
        found |= {
            "profit_change": change,
            "profit_symmetry": change - growth,
            "required_fee_uplift": sum(rises.values()) / revenue,
            "affordable_rise": min(result(name, 0.0) / told[name]["labour"] for name in POUNDS),
        }
    return found


def test_that_every_measure_is_its_second_calculation() -> None:
    offer = Offer("3 %", settlements=(Settlement(DAY, pay=(PayRule(percent_ppm=30_000),)),))
    found = with_all_measures(alone(), appraise(alone(), offer))
    view = view_of(alone(), found)
    asked = Target("", "", grade=GRADES[1], over=GRADES[0], hourly=HOURLY, norm=NORM, margin=MARGIN)
    usual = replace(asked, grade="", over="", hourly=None)
    then, now = ({**of_pay(after), **of_contracts(), **of_accounts(after)} for after in (True, False))
    then |= of_offer()
    then |= {
        f"{name}_change": value / now[name] - 1  # type: ignore[operator]
        for name, value in tuple(then.items())
        if value is not None and f"{name}_change" in MEASURES and now.get(name)
    }
    assert set(then) == set(MEASURES)
    for name, info in MEASURES.items():
        words = usual if name == "experience_premium" else asked
        assert info.take(view, words, True) == pytest.approx(then[name], rel=1e-9, abs=1e-11), name
        if info.timed:
            assert info.take(view, words, False) == pytest.approx(now[name], rel=1e-9, abs=1e-11), (
                f"{name} now"
            )
