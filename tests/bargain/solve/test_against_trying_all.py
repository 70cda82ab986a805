"""Random questions on F1, small enough to try every offer there is: the answer, the conflicts, and what is left out.

Every offer is written as a file by this test and priced apart from the search; the verdicts are taken anew here
from values and limits.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bargain.appraisal import appraise
from bargain.offers.offer_file import read_offer
from bargain.solve.answer import envelope, solve
from bargain.solve.levers import read_vary
from bargain.solve.looks import Looks
from bargain.solve.ranking import Ranking
from bargain.targets import judge
from models.appraisal import Appraisal
from models.solve import Aim, Question, Sense
from models.target import Target, TargetScope
from tests.helpers.f1 import GRADES, f1_sector

SECTOR = f1_sector()
AXES = {
    "percent": tuple(k * 0.5 for k in range(7)),
    "floor_hourly": tuple(round(12.8 + k * 0.2, 2) for k in range(6)),
    "differential1": tuple(float(k * 4) for k in range(4)),
}
VARY = {
    "percent": "percent=0:3:0.5",
    "floor_hourly": "floor_hourly=12.8:13.8:0.2",
    "differential1": "differential1=0:12:4",
}
NOW = {"percent": 1.0, "floor_hourly": 13.0, "differential1": 3.0}
Values = tuple[float, ...]


def text_of(values: dict[str, float]) -> str:
    return f"""
[[settlement]]
effective = 2026-04-06
floor_hourly = {values["floor_hourly"]}
  [[settlement.pay]]
  percent = {values["percent"]}
  [[settlement.differential]]
  grade = "{GRADES[1]}"
  over = "{GRADES[0]}"
  at_least_percent = {values["differential1"]}
"""


@lru_cache(maxsize=1_000)
def priced(percent: float, floor: float, gap: float) -> Appraisal:
    values = dict(zip(AXES, (percent, floor, gap), strict=True))
    return appraise(SECTOR, read_offer(text_of(values), source="o"))


def every(keys: tuple[str, ...]) -> dict[Values, Appraisal]:
    """Every offer of a question, priced."""
    found = {}
    for values in product(*(AXES[key] for key in keys)):
        held = {**NOW, **dict(zip(keys, values, strict=True))}
        found[values] = priced(held["percent"], held["floor_hourly"], held["differential1"])
    return found


@lru_cache(maxsize=20_000)
def value_of(target: Target, appraisal: Appraisal) -> float:
    """The value a target is judged by; the worst employer's where it is for every employer."""
    (verdict,) = judge([target], SECTOR, appraisal)
    assert verdict.value is not None
    return verdict.value


def is_met(target: Target, appraisal: Appraisal) -> bool:
    value, slack = value_of(target, appraisal), 1e-9
    if target.at_least is not None:
        return value >= target.at_least - slack * max(1.0, abs(target.at_least))
    assert target.at_most is not None
    return value <= target.at_most + slack * max(1.0, abs(target.at_most))


EVERY = TargetScope.EVERY_EMPLOYER
KINDS = (
    lambda x: Target("Seniors ahead", "differential", at_least=x * 0.14, grade=GRADES[1], over=GRADES[0]),
    lambda x: Target(
        "Everywhere", "differential", at_least=x * 0.1, grade=GRADES[1], over=GRADES[0], scope=EVERY
    ),
    lambda x: Target("Narrow", "p90_p10_change", at_most=-0.1 * x),
    lambda x: Target("Envelope", "cost_full_year", at_most=100_000 + 400_000 * x),
    lambda x: Target("Nobody under", "heads_below_hourly", at_most=0, hourly=round(12.7 + 1.6 * x, 2)),
    lambda x: Target("Rise", "general_rise", at_least=0.045 * x),
    lambda x: Target("Profit", "operating_margin", at_most=0.1 + 0.1 * x, ownership=("for-profit",)),
    lambda x: Target("Thin", "operating_margin", at_least=0.06 * x, scope=EVERY, ownership=("charity",)),
)
AIMS = (
    Aim("cost_full_year", Sense.LEAST),
    Aim("gini", Sense.LEAST),
    Aim("p50", Sense.MOST),
    Aim("paybill_growth", Sense.NEAREST, 0.05),
    Aim("smallest_differential", Sense.MOST),
)  # fmt: skip


@st.composite
def questions(draw: st.DrawFn) -> tuple[tuple[str, ...], Question]:
    keys = tuple(draw(st.lists(st.sampled_from(sorted(AXES)), min_size=1, max_size=2, unique=True)))
    kinds = draw(st.lists(st.sampled_from(range(len(KINDS))), min_size=1, max_size=4, unique=True))
    shares = st.integers(0, 8).map(lambda n: n / 8)
    targets = tuple(KINDS[kind](draw(shares)) for kind in kinds)
    offer = read_offer(text_of(NOW), source="o")
    vary = tuple(read_vary(VARY[key]) for key in keys)
    return keys, Question(offer, vary, targets, draw(st.sampled_from(AIMS)))


def score(aim: Aim, appraisal: Appraisal) -> float:
    value = value_of(Target("", aim.measure, at_most=0.0), appraisal)
    if aim.sense is Sense.NEAREST and aim.value is not None:
        return abs(value - aim.value)
    return value if aim.sense is Sense.LEAST else -value


@settings(max_examples=15, deadline=None)
@given(questions())
def test_that_the_answer_is_the_best_of_every_offer_or_a_set_that_cannot_hold(
    made: tuple[tuple[str, ...], Question],
) -> None:
    keys, question = made
    tried = every(keys)
    fits = [one for one in tried.values() if all(is_met(target, one) for target in question.targets)]
    answer = solve(SECTOR, question)
    assert answer.whole
    assert answer.feasible is bool(fits)
    if fits:
        assert answer.aim_value is not None
        best = min(score(question.aim, one) for one in fits)
        assert score(question.aim, appraise(SECTOR, answer.offer)) == pytest.approx(best, abs=1e-9)
        return
    assert answer.conflicts
    for members in answer.conflicts:
        targets = [one.target for one in members]
        assert not any(all(is_met(one, found) for one in targets) for found in tried.values())
        for one in members:
            others = [other for other in targets if other is not one.target]
            left = [found for found in tried.values() if all(is_met(other, found) for other in others)]
            assert left, "without one of its members a smallest set can hold"
            pick = max if one.target.at_least is not None else min
            assert one.best == pytest.approx(pick(value_of(one.target, found) for found in left), abs=1e-9)


@settings(max_examples=12, deadline=None)
@given(questions(), st.integers(5, 50))
def test_that_the_best_shape_for_a_sum_is_the_best_of_every_offer_within_it(
    made: tuple[tuple[str, ...], Question], tens_of_thousands: int
) -> None:
    keys, question = made
    pounds = tens_of_thousands * 10_000.0
    asked = envelope(Question(question.offer, question.vary, (), question.aim), pounds)
    fits = [one for one in every(keys).values() if one.cost.full_year <= pounds]
    answer = solve(SECTOR, asked)

    assert answer.feasible is bool(fits)
    if fits:
        best = min(score(question.aim, one) for one in fits)
        found = appraise(SECTOR, answer.offer)
        assert score(question.aim, found) == pytest.approx(best, abs=1e-9)
        assert found.cost.full_year <= pounds


@settings(max_examples=20, deadline=None)
@given(questions(), st.data())
def test_that_what_is_left_out_unseen_is_never_better_than_was_proved(
    made: tuple[tuple[str, ...], Question], data: st.DataObject
) -> None:
    _, question = made
    looks = Looks(SECTOR, question)
    points = st.tuples(*(st.integers(0, one.count - 1) for one in question.vary))
    for point in data.draw(st.lists(points, min_size=1, max_size=4)):
        looks.at(point)
    unseen = data.draw(points)
    wanted = range(len(question.targets))
    rankings = [Ranking(looks, wanted), *(Ranking(looks, (), nearest_to=at) for at in wanted)]
    bounds = [one.bound(unseen).rank for one in rankings]
    found = looks.at(unseen)

    for ranking, least in zip(rankings, bounds, strict=True):
        for part, proved in zip(ranking.rank(found), least, strict=True):
            assert part >= proved - 1e-9 * max(1.0, abs(proved))
