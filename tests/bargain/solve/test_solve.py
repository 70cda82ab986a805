"""Find an offer: equal to trying every offer by hand, exact in its promise, and plain about what can't hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import product

import pytest

from bargain.appraisal import appraise
from bargain.offers.offer_file import read_offer
from bargain.solve.answer import envelope, solve, solving
from bargain.solve.levers import read_vary
from bargain.targets import judge
from models.appraisal import Appraisal
from models.issues import UnusableInput
from models.offer import Offer
from models.solve import Aim, Answer, Question, Sense
from models.target import Target, TargetScope
from tests.helpers.f1 import GRADES, O2, f1_sector

SENIOR, SUPPORT = GRADES[1], GRADES[0]
SECTOR = f1_sector()
PLAIN = """
[[settlement]]
effective = 2026-04-06
"""
SHAPED = """
[[settlement]]
effective = 2026-04-06
floor_hourly = {floor}
  [[settlement.pay]]
  percent = {percent}
  [[settlement.differential]]
  grade = "Senior support worker"
  over = "Residential support worker"
  at_least_percent = {gap}
"""
AHEAD = Target(
    "Seniors ahead",
    "differential",
    at_least=0.08,
    grade=SENIOR,
    over=SUPPORT,
    scope=TargetScope.EVERY_EMPLOYER,
)
NARROW = Target("Narrow", "p90_p10_change", at_most=-0.015)
MONEY = Target("Envelope", "cost_full_year", at_most=400_000)
NOBODY = Target("Nobody under 13.60", "heads_below_hourly", at_most=0, hourly=13.60)
RISE = Target("Rise", "general_rise", at_least=0.02)


def offer(text: str) -> Offer:
    return read_offer(text, source="o")


def question(text: str, vary: list[str], targets: list[Target], aim: Aim | None = None) -> Question:
    return Question(offer(text), tuple(map(read_vary, vary)), tuple(targets), aim or Aim())


def ticks(low: float, high: float, step: float) -> list[float]:
    return [round(low + k * step, 6) for k in range(round((high - low) / step) + 1)]


@lru_cache(maxsize=2_000)
def priced(text: str) -> Appraisal:
    return appraise(SECTOR, offer(text))


def tried(
    axes: list[list[float]], text: Callable[..., str], targets: list[Target]
) -> Iterator[tuple[tuple[float, ...], Appraisal, bool]]:
    """Every offer of a grid, written as a file by this test, with whether it meets every target."""
    for values in product(*axes):
        found = priced(text(*values))
        yield values, found, all(one.met for one in judge(targets, SECTOR, found))


def values_of(answer: Answer) -> tuple[float, ...]:
    return tuple(value / (1_000_000 if key == "floor_hourly" else 10_000) for key, value in answer.values)


def shaped(percent: float, floor: float = 13.0, gap: float = 8.0) -> str:
    return SHAPED.format(percent=percent, floor=floor, gap=gap)


def test_that_one_lever_gives_the_cheapest_offer_of_all() -> None:
    targets = [Target("Rise", "general_rise", at_least=0.0312)]
    answer = solve(SECTOR, question(PLAIN, ["percent=0:6"], targets))
    fits = [
        (found.cost.full_year, values)
        for values, found, met in tried([ticks(0, 6, 0.05)], lambda p: shaped(p, 0, 0), targets)
        if met
    ]

    assert answer.feasible
    assert values_of(answer) == min(fits)[1] == (3.15,)
    assert not answer.whole or answer.looked_at <= answer.combinations


@pytest.mark.parametrize("whole", [0, 10_000], ids=["by stepping closer", "by looking at all"])
@pytest.mark.parametrize(
    ("targets", "measure", "sense"),
    [
        ([AHEAD, NARROW], "cost_full_year", Sense.LEAST),
        ([AHEAD, NOBODY, RISE], "cost_full_year", Sense.LEAST),
        ([MONEY, RISE], "p90_p10", Sense.LEAST),
        ([MONEY, AHEAD], "p50", Sense.MOST),
        ([MONEY, RISE], "gini", Sense.LEAST),
    ],
)
def test_that_two_levers_give_what_trying_every_offer_gives(
    whole: int, targets: list[Target], measure: str, sense: Sense
) -> None:
    axes = [ticks(0, 4, 0.25), ticks(12.8, 14.4, 0.2)]
    sign = 1 if sense is Sense.LEAST else -1
    key = "cost_full_year" if measure == "cost_full_year" else measure
    fits = [
        sign * (found.cost.full_year if key == "cost_full_year" else found.after.measures[key] or 0.0)
        for _, found, met in tried(axes, shaped, targets)
        if met
    ]
    asked = question(
        shaped(1), ["percent=0:4:0.25", "floor_hourly=12.8:14.4:0.2"], targets, Aim(measure, sense)
    )
    answer = solve(SECTOR, asked, whole=whole)

    assert answer.feasible
    assert answer.aim_value is not None
    assert sign * answer.aim_value == pytest.approx(min(fits), rel=1e-12, abs=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("targets", [[AHEAD, NARROW, RISE], [NOBODY, AHEAD]])
def test_that_three_levers_give_what_trying_every_offer_gives(targets: list[Target]) -> None:
    axes = [ticks(0, 4, 0.5), ticks(12.8, 14.4, 0.2), ticks(0, 12, 2)]
    fits = [found.cost.full_year for _, found, met in tried(axes, shaped, targets) if met]
    vary = ["percent=0:4:0.5", "floor_hourly=12.8:14.4:0.2", "differential=0:12:2"]

    for whole in (0, 10_000):
        answer = solve(SECTOR, question(shaped(1), vary, targets), whole=whole)
        assert answer.aim_value == pytest.approx(min(fits), abs=0.005)


def test_that_the_offer_that_was_found_gives_the_promised_figures() -> None:
    answer = solve(SECTOR, question(O2, ["percent=1:4", "floor_hourly=13.5:14.5"], [AHEAD, NARROW]))
    again = appraise(SECTOR, answer.offer)

    assert answer.aim_value == again.cost.full_year
    assert judge([AHEAD, NARROW], SECTOR, again) == answer.verdicts
    assert all(one.met for one in answer.verdicts)


def test_that_what_binds_is_the_target_that_one_step_further_would_break() -> None:
    targets = [NOBODY, RISE]
    answer = solve(SECTOR, question(shaped(3), ["percent=0:6", "floor_hourly=13:14.5"], targets))

    assert values_of(answer) == (2.0, 13.6)
    assert {(one.name, one.key) for one in answer.binding} == {
        ("Rise", "percent"),
        ("Nobody under 13.60", "floor_hourly"),
    }
    assert answer.at_limits == ()


def test_that_a_value_can_be_reached_for_as_near_as_a_step_allows() -> None:
    answer = solve(
        SECTOR, question(PLAIN, ["percent=0:8:0.01"], [], Aim("cost_full_year", Sense.NEAREST, 250_000))
    )
    best = min(
        abs(found.cost.full_year - 250_000)
        for _, found, _ in tried([ticks(3.3, 3.7, 0.01)], lambda p: shaped(p, 0, 0), [])
    )

    assert answer.aim_value is not None
    assert abs(answer.aim_value - 250_000) == pytest.approx(best, abs=0.005)
    assert answer.looked_at < 60


def test_that_targets_that_cannot_hold_together_are_the_fewest_and_say_what_each_would_give() -> None:
    small = Target("Small envelope", "cost_full_year", at_most=150_000)
    answer = solve(
        SECTOR, question(PLAIN, ["percent=0:6:0.1"], [NARROW_ENOUGH, small, RISE_BY_3, NOBODY_AT_ALL])
    )

    assert not answer.feasible
    (conflict,) = answer.conflicts
    assert {one.target.name for one in conflict} == {"Small envelope", "Rise by 3"}
    gives = {one.target.name: one.best for one in conflict}
    percents = ticks(0, 6, 0.1)
    costs = {
        values[0]: (found.cost.full_year, found.after.measures["general_rise"] or 0.0)
        for values, found, _ in tried([percents], lambda p: shaped(p, 0, 0), [])
    }
    assert gives["Small envelope"] == pytest.approx(
        min(c for c, rise in costs.values() if rise >= 0.03 - 1e-12)
    )
    assert gives["Rise by 3"] == pytest.approx(max(rise for c, rise in costs.values() if c <= 150_000))


NARROW_ENOUGH = Target("Gini", "gini", at_most=0.5)
RISE_BY_3 = Target("Rise by 3", "general_rise", at_least=0.03)
NOBODY_AT_ALL = Target("Nobody under 5", "heads_below_hourly", at_most=0, hourly=5.0)


def test_that_a_target_that_no_lever_moves_is_named_as_such() -> None:
    agency = Target("No wider", "operating_margin", at_most=-0.5)
    answer = solve(
        SECTOR,
        question(PLAIN, ["floor_hourly=10:11"], [agency, RISE_BY_3]),
    )

    assert [[one.target.name for one in members] for members in answer.conflicts] == [
        ["No wider"],
        ["Rise by 3"],
    ]
    assert not any(one.moves for members in answer.conflicts for one in members)
    assert answer.conflicts[1][0].best == pytest.approx(0.0)


def test_that_an_envelope_is_a_target_like_any_other() -> None:
    asked = envelope(
        question(shaped(1), ["percent=0:4:0.25", "floor_hourly=12.8:14.4:0.1"], [], Aim("gini", Sense.LEAST)),
        300_000,
    )
    answer = solve(SECTOR, asked)

    assert answer.feasible
    assert appraise(SECTOR, answer.offer).cost.full_year <= 300_000


def test_that_a_search_can_be_stopped_after_any_look() -> None:
    steps = solving(SECTOR, question(PLAIN, ["percent=0:8"], [RISE]))
    first = next(steps)
    steps.close()

    assert first.done >= 1


def test_that_a_tabled_offer_is_left_as_it_is_and_a_draft_comes_back() -> None:
    asked = question("tabled = true\n" + PLAIN, ["percent=0:4:1"], [RISE])
    answer = solve(SECTOR, asked)

    assert asked.offer.tabled
    assert not answer.offer.tabled


@pytest.mark.parametrize(
    ("vary", "says"),
    [
        (["precent=1:2"], "did you mean “percent”"),
        (["percent=3:2"], "lower limit of percent is above the upper one"),
        (["percent=1"], "write percent=LOW:HIGH"),
        (["percent=1:x"], "not a number"),
        (["percent=1:200"], "must lie between"),
        (["percent=1:2:0"], "must be above nought"),
        (["percent=1:2", "percent=1:2"], "to vary twice"),
        (["percent=1:2", "cash=0:9", "floor_hourly=1:2", "gap=1:2"], "at most 3"),
        (["4.percent=1:2"], "names settlement 4"),
        (["pay3.percent=1:2"], "there is no rule 3"),
        ([], "Nothing may vary"),
    ],
)
def test_that_limits_that_make_no_sense_are_refused_in_a_sentence(vary: list[str], says: str) -> None:
    with pytest.raises(UnusableInput, match=says):
        solve(SECTOR, question(PLAIN, vary, [RISE]))


@pytest.mark.parametrize("measure", ["nonsense", "differential"])
def test_that_an_aim_that_cannot_be_taken_is_refused(measure: str) -> None:
    with pytest.raises(UnusableInput, match=measure):
        solve(SECTOR, question(PLAIN, ["percent=1:2"], [], Aim(measure)))


@pytest.mark.parametrize(
    ("vary", "within"),
    [
        ("cash=500:500", "cash = 500"),
        ("at_least_cash=600:600", "at_least_cash = 600"),
        ("weekly_hours=36:36", "weekly_hours = 36.0"),
        ("annual_leave_days=30:30", "annual_leave_days = 30.0"),
        ("uplift_percent=2.5:2.5", "uplift_percent = 2.5"),
        ("employer_pension_percent=5:5", "employer_pension_percent = 5"),
        ("differential=7:7", "at_least_percent = 7"),
        ("1.pay1.at_least_hourly=0.5:0.5", "at_least_hourly = 0.5"),
    ],
)
def test_that_a_lever_is_written_where_the_offer_file_has_it(vary: str, within: str) -> None:
    from bargain.offers.offer_file import write_offer

    answer = solve(SECTOR, question(shaped(1), [vary], []))

    assert within in write_offer(answer.offer)
