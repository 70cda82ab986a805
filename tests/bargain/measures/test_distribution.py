"""Distribution measures against published vectors and their own definitions, term by term."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargain.measures import distribution as spread
from bargain.measures.differentials import differential, neighbours, smallest_differential
from bargain.measures.grouped import group_pay

VECTORS = Path(__file__).parents[4] / "shared" / "fixtures" / "real" / "metrics" / "metric_vectors_dev.json"
FIGURES = {
    "gini": spread.gini,
    "theil": spread.theil,
    "atkinson e=1": lambda pay: spread.atkinson(pay, 1),
    "atkinson e=0.5": lambda pay: spread.atkinson(pay, 0.5),
}

pence = st.lists(st.integers(1, 5000), min_size=1, max_size=25)
weights = st.integers(1, 9)


def pay_of(pounds: list[float], heads: list[float] | None = None) -> spread.Tally:
    rates = np.array([round(one * 1_000_000) for one in pounds], dtype=np.int64)
    return spread.tally(rates, np.array(heads or [1.0] * len(pounds), dtype=np.float64))


def published() -> list[dict]:
    return json.loads(VECTORS.read_text("utf-8")) if VECTORS.exists() else []


@pytest.mark.parametrize("vector", published(), ids=lambda vector: vector["metric"])
def test_that_published_vectors_come_out_or_the_convention_differs(vector: dict) -> None:
    figure = FIGURES.get(vector["metric"])
    if figure is None:
        # another convention or another measure: these are the ones the list names, and none is ours
        assert vector["metric"] not in {"gini", "theil", "atkinson e=1", "atkinson e=0.5"}
        return
    assert figure(pay_of(vector["x"], vector["w"])) == pytest.approx(
        vector["expected"], abs=max(vector["tol"], 1e-9)
    )


def test_that_the_published_atkinson_of_ten_to_fifty_comes_out() -> None:
    """PySAL's test value for 10, 20, 30, 40, 50 at aversion 1."""
    assert spread.atkinson(pay_of([10, 20, 30, 40, 50]), 1) == pytest.approx(0.1316096, abs=1e-6)


def test_that_the_gini_of_nought_and_one_is_a_half() -> None:
    assert spread.gini(pay_of([0, 1])) == 0.5


@given(pence, st.data())
def test_that_every_index_is_what_its_definition_says(values: list[int], data: st.DataObject) -> None:
    heads = data.draw(st.lists(weights, min_size=len(values), max_size=len(values)))
    pounds = [value / 100 for value in values]
    pay = pay_of(pounds, [float(head) for head in heads])
    total = sum(heads)
    mean = sum(x * w for x, w in zip(pounds, heads, strict=True)) / total
    pairs = list(zip(pounds, heads, strict=True))

    assert spread.mean(pay) == pytest.approx(mean)
    theil = sum(w * x / mean * math.log(x / mean) for x, w in pairs) / total
    assert spread.theil(pay) == pytest.approx(theil, abs=1e-9)
    equivalent = math.exp(sum(w * math.log(x) for x, w in pairs) / total)
    assert spread.atkinson(pay, 1) == pytest.approx(1 - equivalent / mean, abs=1e-9)
    root = (sum(w * math.sqrt(x) for x, w in pairs) / total) ** 2
    assert spread.atkinson(pay, 0.5) == pytest.approx(1 - root / mean, abs=1e-9)


@given(pence, st.data())
def test_that_groups_at_once_are_the_groups_one_by_one(values: list[int], data: st.DataObject) -> None:
    size = len(values)
    groups = np.array(data.draw(st.lists(st.integers(-1, 4), min_size=size, max_size=size)))
    same = data.draw(st.booleans())
    heads = np.array(
        [1.0] * size if same else data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size)), float
    )
    rates = np.array(values, dtype=np.int64) * 10_000
    found = group_pay(rates, heads, groups, 5)
    columns = {
        "p10": found.percentile(0.1),
        "p90": found.percentile(0.9),
        "mean": found.mean(),
        "gini": found.gini(),
    }

    for group in range(5):
        inside = (groups == group) & (heads > 0)
        pay = spread.tally(rates[inside], heads[inside])
        wanted = {
            "p10": spread.percentile(pay, 0.1),
            "p90": spread.percentile(pay, 0.9),
            "mean": spread.mean(pay),
            "gini": spread.gini(pay),
        }
        for key, column in columns.items():
            if wanted[key] is None:
                assert np.isnan(column[group])
            else:
                assert column[group] == pytest.approx(wanted[key], abs=1e-9)


def test_that_measures_of_nobody_are_not_known() -> None:
    nobody = pay_of([])

    for figure in (spread.mean, spread.gini, spread.theil):
        assert figure(nobody) is None
    assert spread.percentile(nobody, 0.5) is None
    assert spread.pay_gap(nobody, pay_of([10]), of="median") is None


def test_that_fractions_of_a_penny_are_counted_as_they_are() -> None:
    pay = spread.tally(np.array([12_715_000, 12_710_000], dtype=np.int64), np.array([1.0, 1.0]))

    assert spread.percentile(pay, 1.0) == 12.715
    assert spread.heads_below(pay, 12.715) == 1


def test_that_the_gap_is_what_the_second_group_is_short_of_the_first() -> None:
    assert spread.pay_gap(pay_of([20, 20]), pay_of([15, 18]), of="mean") == pytest.approx(1 - 16.5 / 20)
    assert spread.pay_gap(pay_of([20, 20]), pay_of([15, 18]), of="median") == pytest.approx(0.25)


def test_that_a_grade_that_an_employer_does_not_use_is_passed_over() -> None:
    rates = np.array([10, 11, 14, 10, 15], dtype=np.int64) * 1_000_000
    heads = np.ones(5)
    grades = np.array([0, 1, 2, 0, 2], dtype=np.int32)
    employers = np.array([0, 0, 0, 1, 1], dtype=np.int32)

    smallest = smallest_differential(rates, heads, grade_code=grades, employer_code=employers, n_grades=3)
    assert smallest == pytest.approx(0.1)
    assert differential(rates, heads, grades, grade=2, over=0) == pytest.approx(0.4)
    assert differential(rates, heads, np.zeros(5, dtype=np.int32), grade=2, over=0) is None


def test_that_each_grade_is_held_against_the_next_one_down_that_its_employer_uses() -> None:
    rates = np.array([10, 11, 14, 10, 15], dtype=np.int64) * 1_000_000
    found = [
        (one.grade, one.employers.tolist(), one.below.tolist(), one.gaps.tolist())
        for one in neighbours(
            rates,
            np.ones(5),
            grade_code=np.array([0, 1, 2, 0, 2], dtype=np.int32),
            employer_code=np.array([0, 0, 0, 1, 1], dtype=np.int32),
            n_grades=3,
        )
    ]

    assert [one[:3] for one in found] == [(1, [0], [0]), (2, [0, 1], [1, 0])]
    assert found[0][3] == pytest.approx([0.1])
    assert found[1][3] == pytest.approx([14 / 11 - 1, 0.5])
