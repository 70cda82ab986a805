"""Distribution of hourly pay: percentiles, ratios, Gini, Theil, Atkinson, low pay, pay gaps.

Each takes pay in £/10⁶ and weights (heads by default), shape (n_posts,). Pay is first counted by distinct
value, so that everything after that is short.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bargain.measures.ranked import RankedPay, ranked
from models.units import MICROS_PER_POUND, FloatColumn, MicroColumn

_TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False)  # no slots: sums along it are made once
class Tally:
    """Distinct rates, lowest first, with the weight on each. rates: £/10⁶; weights: heads or hours."""

    rates: MicroColumn
    weights: FloatColumn

    @cached_property
    def total(self) -> float:
        """All weight."""
        return float(self.weights.sum())

    @cached_property
    def reached(self) -> FloatColumn:
        """The weight on each rate and all below it."""
        return np.cumsum(self.weights)


def tally(pay: MicroColumn | RankedPay, weights: FloatColumn) -> Tally:
    """Count pay by distinct rate, £/10⁶ or already ranked. Rows without weight do not count.

    Raises ValueError for weights that are negative, not numbers, or not one a rate.
    """
    if len(weights) != len(pay) or (len(weights) and not float(weights.min()) >= 0):
        raise ValueError("every rate needs one weight, and no weight is below nought")
    pay = ranked(pay)
    counts = np.bincount(pay.codes, weights=weights, minlength=len(pay.rates))
    return tally_of(pay, counts.astype(np.float64))


def tallies(pay: RankedPay, weights: FloatColumn, kinds: NDArray[np.integer], n_kinds: int) -> list[Tally]:
    """The tally of every kind from 0 up, counted in one go."""
    size = len(pay.rates)
    counts = np.bincount(kinds.astype(np.int64) * size + pay.codes, weights=weights, minlength=n_kinds * size)
    return [tally_of(pay, one) for one in counts.astype(np.float64).reshape(n_kinds, size)]


def tally_of(pay: RankedPay, counts: NDArray[np.float64]) -> Tally:
    """The tally of pay that has been counted by its place among the rates there are."""
    held = np.flatnonzero(counts > 0)
    return Tally(pay.rates[held], counts[held])


def percentile(pay: Tally, share: float) -> float | None:
    """The lowest pay at which cumulative weight reaches ``share`` of the total; no interpolation (M6). £/h."""
    if not len(pay.rates):
        return None
    reached = pay.reached
    place = int(np.searchsorted(reached, share * reached[-1] * (1 - _TOLERANCE)))
    return float(pay.rates[min(place, len(pay.rates) - 1)] / MICROS_PER_POUND)


def mean(pay: Tally) -> float | None:
    """Weighted mean, £/h."""
    return float(pay.rates @ pay.weights / pay.total / MICROS_PER_POUND) if len(pay.rates) else None


def gini(pay: Tally) -> float | None:
    """ΣΣ wᵢwⱼ|xᵢ−xⱼ| ÷ (2W²x̄) (M9), through the ordered sum."""
    if not len(pay.rates):
        return None
    rates = pay.rates / MICROS_PER_POUND
    below = pay.reached - pay.weights
    above = pay.total - below - pay.weights
    spread = float((pay.weights * rates * (below - above)).sum())
    amount = float(rates @ pay.weights)
    return spread / (pay.total * amount) if amount else None


def theil(pay: Tally) -> float | None:
    """Theil T: the weighted mean of (x/x̄)·ln(x/x̄). Not defined where somebody is paid nothing."""
    relative = _relative(pay)
    return None if relative is None else float((pay.weights * relative * np.log(relative)).sum() / pay.total)


def atkinson(pay: Tally, aversion: float) -> float | None:
    """Atkinson's index for an aversion of 0.5 or 1: 1 less the equally distributed equivalent over the mean."""
    relative = _relative(pay)
    if relative is None:
        return None
    weights = pay.weights / pay.total
    if aversion == 1:
        return float(1 - np.exp(weights @ np.log(relative)))
    power = 1 - aversion
    return float(1 - (weights @ relative**power) ** (1 / power))


def _relative(pay: Tally) -> FloatColumn | None:
    if not len(pay.rates) or pay.rates[0] <= 0:
        return None
    average = mean(pay)
    return None if not average else np.asarray(pay.rates / MICROS_PER_POUND / average)


def heads_below(pay: Tally, hourly: float) -> float:
    """Weight on rates below an hourly rate in pounds."""
    limit = round(hourly * MICROS_PER_POUND)
    return float(pay.weights[pay.rates < limit].sum())


def pay_gap(first: Tally, second: Tally, *, of: str) -> float | None:
    """How far the second group's median or mean is below the first's, as a share of the first's (M42)."""
    figure = mean if of == "mean" else _median
    left, right = figure(first), figure(second)
    return None if not left or right is None else 1 - right / left


def _median(pay: Tally) -> float | None:
    return percentile(pay, 0.5)


def ratio(left: float | None, right: float | None) -> float | None:
    """One figure over another, where both are known."""
    return None if left is None or not right else left / right
