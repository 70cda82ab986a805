"""Every published vector of the inequality measures: agreed to its digits, or differing by a named convention."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from math import exp, log
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bargain.measures import distribution as spread
from bargain.measures.inequality import half_squared_variation, mean_log_deviation

VECTORS = Path(__file__).parents[4] / "shared/fixtures/real/metrics/metric_vectors_dev.json"
Vector = dict[str, Any]


def vectors() -> list[Vector]:
    return json.loads(VECTORS.read_text("utf-8")) if VECTORS.exists() else []


def weights_of(vector: Vector) -> list[float]:
    return [1.0] * len(vector["x"]) if vector["w"] is None else [float(one) for one in vector["w"]]


def tally_of(vector: Vector) -> spread.Tally:
    """The vector's amounts as pay; negative ones moved up, which moves percentiles alike."""
    rates = np.array([round(one * 1_000_000) for one in vector["x"]], dtype=np.int64)
    return spread.tally(rates, np.array(weights_of(vector)))


def atkinson(vector: Vector) -> float | None:
    return spread.atkinson(tally_of(vector), float(vector["metric"].split("=")[1]))


def sample_gini(vector: Vector) -> float:
    """IneqPy's: twice the covariance of pay with its cumulated share of weight, corrected as of a sample, over the mean."""
    pairs = sorted(zip(vector["x"], weights_of(vector), strict=True))
    x, w = np.array([one for one, _ in pairs], dtype=float), np.array([one for _, one in pairs])
    share = w / w.sum()
    rank = np.cumsum(share)
    average = x @ share
    biased = share @ ((x - average) * (rank - rank @ share))
    return float(2 * biased / (1 - share @ share) / average)


AGREE: dict[str, Callable[[Vector], float | None]] = {
    "atkinson e=1": atkinson,
    "atkinson e=0.8": atkinson,
    "gini_population": lambda vector: spread.gini(tally_of(vector)),
    "theil_T": lambda vector: spread.theil(tally_of(vector)),
    "theil_L_mld": lambda vector: mean_log_deviation(tally_of(vector)),
    "ge2_half_cv2": lambda vector: half_squared_variation(tally_of(vector)),
}


def interpolated(vector: Vector, share: float) -> float:
    """StatsBase's weighted quantile: linear between the sorted amounts, at (S_k − w_k) of the weight after the first."""
    pairs = sorted((x, w) for x, w in zip(vector["x"], weights_of(vector), strict=True) if w > 0)
    first, total = pairs[0][1], sum(w for _, w in pairs)
    wanted = share * (total - first) + first
    reached, before = 0.0, 0.0
    for at, (x, w) in enumerate(pairs):
        before, reached = reached, reached + w
        if reached > wanted + 1e-12 or at == len(pairs) - 1:
            if at == 0 or reached <= wanted + 1e-12:
                return float(x)
            lower = pairs[at - 1][0]
            return float(lower + (wanted - before) / w * (x - lower))
    raise AssertionError(vector)


def check_quantiles(vector: Vector) -> None:
    """Ours do not interpolate (methods.md 1): each is an amount that is paid, the last before or first after theirs."""
    shares = (0.0, 0.25, 0.5, 0.75, 1.0)
    weights = weights_of(vector)
    paid = sorted({x for x, w in zip(vector["x"], weights, strict=True) if w > 0})
    for share, published in zip(shares, vector["expected"], strict=True):
        assert interpolated(vector, share) == pytest.approx(published, abs=float(vector["tol"]))
        if paid[0] < 0:
            continue  # pay is never negative; the count by pence is for pay
        ours = spread.percentile(tally_of(vector), share)
        total = sum(Fraction(w) for w in weights)
        by_hand = next(
            x
            for x in paid
            if sum(Fraction(w) for one, w in zip(vector["x"], weights, strict=True) if one <= x)
            >= (Fraction(share) - Fraction(1, 10**9)) * total
        )
        assert ours == pytest.approx(by_hand)
        assert ours in paid


@pytest.mark.skipif(not VECTORS.exists(), reason="the published vectors are not beside the project")
@pytest.mark.parametrize("vector", vectors(), ids=lambda one: one["metric"])
def test_that_a_published_vector_agrees_or_differs_by_its_convention(vector: Vector) -> None:
    metric = vector["metric"]
    if metric in AGREE:
        assert AGREE[metric](vector) == pytest.approx(vector["expected"], abs=float(vector["tol"]))
    elif metric == "must_refuse":
        with pytest.raises(ValueError, match="one weight"):
            tally_of(vector)
    elif metric == "gini_IneqPy_convention":
        assert sample_gini(vector) == pytest.approx(vector["expected"], abs=1e-9)
        assert spread.gini(tally_of(vector)) == pytest.approx(plain_gini(vector), abs=1e-9)
        assert plain_gini(vector) != pytest.approx(vector["expected"], abs=1e-3)
    elif metric.startswith("weighted_quantile_statsbase"):
        check_quantiles(vector)
    elif metric.startswith("frequency_weight_quantile"):
        assert np.quantile(np.repeat(vector["x"], vector["w"]), 0.25) == vector["expected"]
        assert spread.percentile(tally_of(vector), 0.25) == 1.0  # no interpolation
    else:
        pytest.fail(f"no check for {metric}")


def plain_gini(vector: Vector) -> float:
    """ΣΣ w w |x−x| ÷ (2 W² x̄), in a plain double loop."""
    pairs = list(zip(vector["x"], weights_of(vector), strict=True))
    total = sum(w for _, w in pairs)
    average = sum(x * w for x, w in pairs) / total
    return sum(a * b * abs(x - y) for x, a in pairs for y, b in pairs) / (2 * total**2 * average)


def test_that_the_family_of_theil_agrees_with_sums_by_hand() -> None:
    x, w = [9.0, 12.5, 12.5, 30.0], [3.0, 1.0, 2.0, 4.0]
    vector = {"x": x, "w": w}
    total = sum(w)
    average = sum(a * b for a, b in zip(x, w, strict=True)) / total

    assert mean_log_deviation(tally_of(vector)) == pytest.approx(
        sum(b * log(average / a) for a, b in zip(x, w, strict=True)) / total
    )
    geometric = exp(sum(b * log(a) for a, b in zip(x, w, strict=True)) / total)
    assert spread.atkinson(tally_of(vector), 1) == pytest.approx(1 - geometric / average)
