"""The range of a grossed figure: employers resampled within their cells, all trials at once.

Rescaled bootstrap (Rao and Wu 1988): in a cell of n employers n − 1 are drawn with replacement, and the weights are
scaled so that the spread is right for small n and shrinks to nothing as everybody in the cell has returned. Weights of
every trial are then brought back to the known totals. Rates of pay after the offer are held as they are. A range is
the middle 95 % of the trials; the draw is seeded, so that the same data give the same range.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from bargain.appraisal import view_of
from bargain.grossing import Weighting, raked, weighting_of
from bargain.measures.view import View
from models.appraisal import Appraisal
from models.grossing import Range
from models.sector import Sector
from models.units import MICROS_PER_POUND, FloatColumn, MicroColumn
from models.workforce import Contract, Sex

TRIALS = 400
SEED = 20_260_401
SHARE = 0.95
_AT_ONCE = 20_000_000  # cells of rates × employers held at one time
_TOLERANCE = 1e-9
_PERCENTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
_QUOTIENTS = {"p90_p10": ("p90", "p10"), "p90_p50": ("p90", "p50"), "p50_p10": ("p50", "p10")}
_COSTS = {"cost_full_year": "full_year", "cost_in_year": "in_year", "cost_total": "over_term"}

Figures = dict[str, FloatColumn]


def ranges_of(sector: Sector, appraisal: Appraisal, *, weight: str = "heads") -> Mapping[str, Range]:
    """The range of every figure after the offer that has one; none where figures are the returns alone."""
    if appraisal.basis.grossed is None:
        return {}
    weighting = weighting_of(sector)
    trials = trial_weights(weighting)
    figures = figures_under(sector, appraisal, trials, weight=weight)
    tail = (1 - SHARE) / 2
    return {
        name: Range(*(float(one) for one in np.quantile(values, (tail, 1 - tail))))
        for name, values in figures.items()
        if np.isfinite(values).all()
    }


def trial_weights(weighting: Weighting, trials: int = TRIALS, seed: int = SEED) -> FloatColumn:
    """The weights of every trial, shape (trials, n_employers); each trial meets the known totals."""
    first = weighting.divisions[0]
    draw = np.random.default_rng(seed)
    scale = np.zeros((trials, len(first.code)))
    for place, cell in enumerate(first.cells):
        members = np.flatnonzero(first.code == place)
        n = len(members)
        spread = np.sqrt(max(1 - cell.returned / cell.total, 0.0)) if n > 1 else 0.0
        drawn = draw.integers(0, n, size=(trials, max(n - 1, 1)))
        keys = (np.arange(trials)[:, np.newaxis] * n + drawn).ravel()
        times = np.bincount(keys, minlength=trials * n).reshape(trials, n)
        scale[:, members] = 1 - spread + spread * times * (n / max(n - 1, 1))
    start = scale * weighting.weights
    return raked(start, weighting.divisions, size=weighting.size, name="resampling")


def figures_under(
    sector: Sector, appraisal: Appraisal, trials: FloatColumn, *, weight: str = "heads"
) -> Figures:
    """Every figure that can be resampled, under each trial's weights; arrays of shape (n_trials,)."""
    view = view_of(sector, appraisal, weight=weight)
    own = np.array([one.represents for one in appraisal.cost.by_employer])
    by_employer = _Sums(view, own, trials)
    found: Figures = {
        name: trials @ (np.array([getattr(one, field) for one in appraisal.cost.by_employer]) / own)
        for name, field in _COSTS.items()
    }
    before, after = by_employer(view.pay_before), by_employer(view.pay_after)
    found |= {
        "staff": by_employer(view.heads),
        "paybill_before": before,
        "paybill_after": after,
        "paybill_growth": _over(after, before) - 1,
    }
    spread_before = _distribution(view.before, view.weight, by_employer)
    spread_after = _distribution(view.after, view.weight, by_employer)
    found |= spread_after
    found |= {f"{name}_change": _over(one, spread_before[name]) - 1 for name, one in spread_after.items()}
    found |= _gender(view, by_employer)
    living = view.reference.get("real_living_wage")
    if living is not None:
        below = by_employer(np.where(view.after < round(living * MICROS_PER_POUND), view.heads, 0.0))
        found |= {"heads_below_hourly": below, "low_pay_share": _over(below, found["staff"])}
    known = by_employer(np.where(view.contract != Contract.UNKNOWN, view.heads, 0.0))
    for name, kind in (("zero_hours_share", Contract.ZERO_HOURS), ("agency_share", Contract.AGENCY)):
        found[name] = _over(by_employer(np.where(view.contract == kind, view.heads, 0.0)), known)
    found |= _money(appraisal, trials)
    return found


class _Sums:
    """Sums by employer under every trial's weights, of columns that are grossed up already."""

    def __init__(self, view: View, own: FloatColumn, trials: FloatColumn) -> None:
        self.code: NDArray[np.int32] = view.employer_code
        self.own = own
        self.trials = trials

    def __call__(self, column: FloatColumn) -> FloatColumn:
        """The sum of a column, shape (n_trials,)."""
        sums = np.bincount(self.code, weights=column, minlength=len(self.own))
        return np.asarray(self.trials @ (sums / self.own))

    def along(
        self, rates: MicroColumn, weights: FloatColumn, take: Callable[[MicroColumn, FloatColumn], Figures]
    ) -> Figures:
        """Figures of a distribution: the distinct rates in order, and each trial's weight on them.

        Posts are first counted by rate and employer, so that the work grows with the rates there are.
        """
        distinct, place = np.unique(rates, return_inverse=True)
        size = len(self.own)
        held = np.zeros((len(self.trials), len(distinct)))
        step = max(1, _AT_ONCE // size)
        for first in range(0, len(distinct), step):
            last = min(first + step, len(distinct))
            chosen = slice(None) if last - first == len(distinct) else (place >= first) & (place < last)
            keys = (place[chosen] - first) * size + self.code[chosen]
            counts = np.bincount(keys, weights=weights[chosen], minlength=(last - first) * size)
            held[:, first:last] = self.trials @ (counts.reshape(-1, size) / self.own).T
        return take(distinct, held)


def _distribution(rates: MicroColumn, weights: FloatColumn, sums: _Sums) -> Figures:
    found = sums.along(rates, weights, _of_pay)
    return found | {name: _over(found[high], found[low]) for name, (high, low) in _QUOTIENTS.items()}


def _of_pay(rates: MicroColumn, weights: FloatColumn) -> Figures:
    """Percentiles, mean and Gini as the measures define them (M6, M8), for every trial."""
    reached = np.cumsum(weights, axis=1)
    total = reached[:, -1:]
    amount = weights * rates
    sums = amount.sum(axis=1)
    found = {name: _percentile(rates, reached, share) for name, share in _PERCENTILES.items()}
    found["mean"] = sums / total[:, 0] / MICROS_PER_POUND
    found["gini"] = (amount * (2 * reached - weights - total)).sum(axis=1) / (total[:, 0] * sums)
    return found


def _percentile(rates: MicroColumn, reached: FloatColumn, share: float) -> FloatColumn:
    wanted = reached[:, -1:] * share * (1 - _TOLERANCE)
    places = np.minimum((reached < wanted).sum(axis=1), len(rates) - 1)
    return np.asarray(rates[places] / MICROS_PER_POUND)


def _gender(view: View, sums: _Sums) -> Figures:
    """Mean and median gaps: (men − women) ÷ men."""
    halves = {}
    for sex in (Sex.MALE, Sex.FEMALE):
        weights = np.where(view.sex == sex, view.weight, 0.0)
        if not weights.any():
            return {}
        halves[sex] = sums.along(view.after, weights, _of_pay)
    men, women = halves[Sex.MALE], halves[Sex.FEMALE]
    return {
        f"gender_pay_gap_{of}": 1 - _over(women[key], men[key])
        for of, key in (("mean", "mean"), ("median", "p50"))
    }


def _money(appraisal: Appraisal, trials: FloatColumn) -> Figures:
    """The operating margin after the offer, of the employers whose accounts are known."""
    known = [
        (at, one.result_after, one.revenue_after)
        for at, one in enumerate(appraisal.margins)
        if one.result_after is not None and one.revenue_after is not None
    ]
    if not known:
        return {}
    places = [at for at, _, _ in known]
    result = trials[:, places] @ np.array([one for _, one, _ in known])
    return {"operating_margin": _over(result, trials[:, places] @ np.array([one for _, _, one in known]))}


def _over(part: FloatColumn, whole: FloatColumn) -> FloatColumn:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole != 0)
