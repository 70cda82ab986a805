"""The range of a grossed figure: employers resampled within their cells, all trials at once.

Rescaled bootstrap (Rao and Wu 1988): in a cell of n employers n − 1 are drawn with replacement, and the weights are
scaled so that the spread is right for small n and shrinks to nothing as everybody in the cell has returned. Weights of
every trial are then brought back to the known totals. Rates of pay after the offer are held as they are. A range is
the middle 95 % of the trials; the draw is seeded, so that the same data give the same range.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from bargain.appraisal import view_of
from bargain.grossing import Weighting, raked, weighting_of
from bargain.measures.each_employer import AT_ONCE
from bargain.measures.shape import BUNCH_PENCE
from bargain.measures.view import View
from models.appraisal import Appraisal
from models.grossing import Range
from models.measures import EmployerMargins
from models.sector import Sector
from models.target import Target
from models.units import MICROS_PER_PENNY, MICROS_PER_POUND, FloatColumn, MicroColumn
from models.workforce import Contract, Sex

TRIALS = 400
SEED = 20_260_401
SHARE = 0.95
_AT_ONCE = 20_000_000  # cells of rates × employers held at one time
_TOLERANCE = 1e-9
_NO_TARGET = Target(name="", measure="")
_PERCENTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
_QUOTIENTS = {
    "p90_p10": ("p90", "p10"),
    "p90_p50": ("p90", "p50"),
    "p50_p10": ("p50", "p10"),
    "max_min": ("highest", "lowest"),
}
_COSTS = {"cost_full_year": "full_year", "cost_in_year": "in_year", "cost_total": "over_term"}

Figures = dict[str, FloatColumn]
_Amount = Callable[[EmployerMargins], float | None]


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
    found |= _general_rise(view, by_employer)
    found["catch_up"] = found["paybill_growth"] - found["general_rise"]
    found |= _smallest_differential(view, trials)
    for name, codes in (("grades", view.grade_code), ("sexes", view.sex), ("employers", view.employer_code)):
        found |= _theil_parts(view, codes, name, by_employer, whole=found["theil"])
    found |= _gender(view, by_employer)
    found |= _low_pay(view, by_employer)
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

    def by_group(self, column: FloatColumn, group: NDArray[np.intp]) -> FloatColumn:
        """The sums of a column in each group, shape (n_trials, n_groups)."""
        size, n = len(self.own), int(group.max()) + 1
        sums = np.bincount(self.code * np.int64(n) + group, weights=column, minlength=size * n)
        return np.asarray(self.trials @ (sums.reshape(size, n) / self.own[:, np.newaxis]))

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
    """Percentiles, ends, mean, Gini and the family of Theil as the measures define them (M6–M9), for every trial."""
    reached = np.cumsum(weights, axis=1)
    total = reached[:, -1:]
    amount = weights * rates
    sums = amount.sum(axis=1)
    found = {name: _percentile(rates, reached, share) for name, share in _PERCENTILES.items()}
    found["mean"] = sums / total[:, 0] / MICROS_PER_POUND
    found["gini"] = (amount * (2 * reached - weights - total)).sum(axis=1) / (total[:, 0] * sums)
    counts = weights > 0  # nobody is where no employer with that rate was drawn
    found["lowest"] = rates[counts.argmax(axis=1)] / MICROS_PER_POUND
    found["highest"] = rates[len(rates) - 1 - counts[:, ::-1].argmax(axis=1)] / MICROS_PER_POUND
    return found | _inequality(rates / MICROS_PER_POUND, weights, total[:, 0], found["mean"])


def _inequality(pay: FloatColumn, weights: FloatColumn, total: FloatColumn, mean: FloatColumn) -> Figures:
    """Theil, its family and Atkinson under every trial; nan where somebody is paid nothing, as they have no value then."""
    names = ("theil", "theil_l", "atkinson_0_5", "atkinson_1")
    found: Figures = {"half_cv2": (weights @ pay**2 / (total * mean**2) - 1) / 2}
    if pay[0] <= 0:
        return found | {name: np.full(len(total), np.nan) for name in names}
    logs = weights @ np.log(pay) / total
    return found | {
        "theil": weights @ (pay * np.log(pay)) / (total * mean) - np.log(mean),
        "theil_l": np.log(mean) - logs,
        "atkinson_0_5": 1 - (weights @ np.sqrt(pay) / total) ** 2 / mean,
        "atkinson_1": 1 - np.exp(logs) / mean,
    }


def _percentile(rates: MicroColumn, reached: FloatColumn, share: float) -> FloatColumn:
    wanted = reached[:, -1:] * share * (1 - _TOLERANCE)
    places = np.minimum((reached < wanted).sum(axis=1), len(rates) - 1)
    return np.asarray(rates[places] / MICROS_PER_POUND)


def _general_rise(view: View, sums: _Sums) -> Figures:
    """The lowest rise that any grade gets, before rates are rounded (M13)."""
    rises = []
    for code in np.unique(view.grade_code):
        chosen = view.grade_code == code
        before, exact = (sums(np.where(chosen, one, 0.0)) for one in (view.pay_before, view.pay_exact))
        rises.append(np.where(before > 0, _over(exact, before) - 1, np.inf))
    least = np.min(rises, axis=0)
    return {"general_rise": np.where(np.isfinite(least), least, np.nan)}


def _smallest_differential(view: View, trials: FloatColumn) -> Figures:
    """The least gap between neighbouring grades at the employers that were drawn."""
    gaps = AT_ONCE["smallest_differential"](view, _NO_TARGET)
    held = np.where((trials > 0) & ~np.isnan(gaps), gaps, np.inf).min(axis=1)
    return {"smallest_differential": np.where(np.isfinite(held), held, np.nan)}


def _theil_parts(
    view: View, codes: NDArray[np.integer], name: str, sums: _Sums, *, whole: FloatColumn
) -> Figures:
    """Theil after the offer between the means of groups, and what is left within them."""
    pay = view.after / MICROS_PER_POUND
    _, group = np.unique(codes, return_inverse=True)
    heads, amount = (sums.by_group(one, group) for one in (view.weight, view.weight * pay))
    average = amount.sum(axis=1) / heads.sum(axis=1)
    relative = _over(amount, heads * average[:, np.newaxis])
    terms = np.where(heads > 0, heads * relative * np.log(np.where(relative > 0, relative, 1.0)), 0.0)
    between = np.where(np.isnan(whole), np.nan, terms.sum(axis=1) / heads.sum(axis=1))
    return {f"theil_between_{name}": between, f"theil_within_{name}": whole - between}


def _low_pay(view: View, sums: _Sums) -> Figures:
    """Staff below the real Living Wage and at or below the legal floor of the day."""
    staff = sums(view.heads)
    found: Figures = {}

    def below(hourly: float) -> FloatColumn:
        return sums(np.where(view.after < round(hourly * MICROS_PER_POUND), view.heads, 0.0))

    living, legal = view.reference.get("real_living_wage"), view.reference.get("minimum_wage")
    if living is not None:
        held = below(living)
        share = _over(held, staff)
        found |= {"heads_below_hourly": held, "low_pay_share": share, "below_living_wage_share": share}
    if legal is not None:
        floor = round(legal * MICROS_PER_POUND)
        at = (view.after >= floor) & (view.after <= floor + BUNCH_PENCE * MICROS_PER_PENNY)
        found["heads_below_legal_floor"] = below(legal)
        found["at_legal_floor_share"] = _over(sums(np.where(at, view.heads, 0.0)), staff)
    return found


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
    """Margins after the offer, and what follows from them, of the employers whose accounts are known."""
    margins = appraisal.margins

    def pooled(part: _Amount, whole: _Amount) -> FloatColumn | None:
        pairs = [(at, part(one), whole(one)) for at, one in enumerate(margins)]
        known = [(at, own, base) for at, own, base in pairs if own is not None and base is not None]
        if not known:
            return None
        places = [at for at, _, _ in known]
        above = trials[:, places] @ np.array([own for _, own, _ in known])
        return _over(above, trials[:, places] @ np.array([base for _, _, base in known]))

    found = {name: pooled(part, whole) for name, (part, whole) in _POOLED.items()}
    costs = appraisal.cost.by_employer
    labour = trials @ np.array([one.labour_before / one.represents for one in costs])
    found["cost_share"] = _over(trials @ np.array([one.full_year / one.represents for one in costs]), labour)
    below = [at for at, one in enumerate(margins) if one.margin_after is not None and one.margin_after < 0]
    if any(one.margin_after is not None for one in margins):
        found["employers_below_margin"] = trials[:, below].sum(axis=1)
    return {name: values for name, values in found.items() if values is not None}


def _of(field: str) -> _Amount:
    return lambda one: getattr(one, field)


def _share_in(share: str) -> _Amount:
    """A share of revenue after the offer, in pounds."""

    def amount(one: EmployerMargins) -> float | None:
        rate: float | None = getattr(one, share)
        return None if rate is None or one.revenue_after is None else rate * one.revenue_after

    return amount


def _gain(one: EmployerMargins) -> float | None:
    """What the operating result gains by the offer."""
    if one.revenue_before is None or one.result_before is None or one.result_after is None:
        return None
    return one.result_after - one.result_before


def _result_with_revenue(one: EmployerMargins) -> float | None:
    return one.result_before if one.revenue_before is not None and one.result_after is not None else None


_POOLED: Mapping[str, tuple[_Amount, _Amount]] = MappingProxyType(
    {
        "operating_margin": (_of("result_after"), _of("revenue_after")),
        "adjusted_margin": (_share_in("adjusted_after"), _of("revenue_after")),
        "leakage": (_share_in("leakage_after"), _of("revenue_after")),
        "profit_change": (_gain, _result_with_revenue),
        "required_fee_uplift": (_of("labour_rise"), _of("revenue_before")),
        "ebitdar_margin": (_of("ebitdar_after"), _of("revenue_after")),
        "ebitda_margin": (_of("ebitda_after"), _of("revenue_after")),
        "pretax_margin": (_of("pretax_after"), _of("revenue_after")),
        "roce": (_of("result_after"), _of("capital")),
        "financial_leakage": (_of("returned_after"), _of("revenue_after")),
    }
)


def _over(part: FloatColumn, whole: FloatColumn) -> FloatColumn:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole != 0)
