"""Employers resampled within their cells, all trials at once, and sums of their figures under every trial.

Rescaled bootstrap (Rao and Wu 1988): in a cell of n employers n − 1 are drawn with replacement, and the weights are
scaled so that the spread is right for small n and shrinks to nothing as everybody in the cell has returned. Weights of
every trial are then brought back to the known totals. A range is the middle 95 % of the trials; the draw is seeded, so
that the same data give the same range.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.grossing import Weighting, raked, weighting_of
from models.grossing import Range
from models.later import column_of_rows
from models.sector import Sector
from models.units import MICROS_PER_POUND, BoolColumn, FloatColumn, MicroColumn

TRIALS = 400
SEED = 20_260_401
SHARE = 0.95
LEAST_WITH_A_VALUE = 0.95  # of the trials; a figure that more of them lack has no range
_TOLERANCE = 1e-9
_AT_ONCE = 20_000_000  # cells of rates × employers held at one time

Figures = dict[str, FloatColumn]


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


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """The trials of a sector's employers. own: what each stands for in the figures, shape (n_employers,).

    trials: shape (n_trials, n_employers), in the order of the staff data's employers, as ``names`` are.
    """

    names: tuple[str, ...]
    own: FloatColumn
    trials: FloatColumn

    def places(self, names: Iterable[str]) -> list[int]:
        """Where employers stand."""
        at = {name: place for place, name in enumerate(self.names)}
        return [at[name] for name in names]

    def total(self, rows: Sequence[Any], field: str) -> FloatColumn:
        """The sum of an amount over employers' rows, which count for all that they stand for; shape (n_trials,)."""
        places = self.places(one.name for one in rows)
        return self.summed(column_of_rows(rows, field), places)

    def summed(self, amounts: FloatColumn, places: Sequence[int]) -> FloatColumn:
        """The sum of amounts of the employers at some places, grossed up already; shape (n_trials,)."""
        at = np.asarray(places, dtype=np.intp)
        return np.asarray(self.trials[:, at] @ (amounts / self.own[at]))


def draws_of(sector: Sector) -> Draws | None:
    """The trials of a sector as it is held; None where its figures are the returns alone."""
    if not sector.grossing.is_on or not len(sector.workforce):
        return None
    weighting = weighting_of(sector)
    return draws_under(sector, trial_weights(weighting))


def draws_under(sector: Sector, trials: FloatColumn) -> Draws:
    """Trials of our own making, shape (n_trials, n_employers)."""
    weights = weighting_of(sector).weights
    return Draws(sector.workforce.employers, np.where(weights > 0, weights, 1.0), trials)


def range_of(values: FloatColumn) -> Range | None:
    """The middle 95 % of the trials in which a figure has a value; None where too many have none."""
    held = values[np.isfinite(values)]
    if len(held) < LEAST_WITH_A_VALUE * len(values) or not len(held):
        return None
    tail = (1 - SHARE) / 2
    return Range(*(float(one) for one in np.quantile(held, (tail, 1 - tail))))


class Sums:
    """Sums by employer under every trial's weights, of columns of posts that are grossed up already."""

    def __init__(self, employer_code: NDArray[np.int32], draws: Draws) -> None:
        """employer_code: of each post, shape (n_posts,)."""
        self.code = employer_code
        self.draws = draws
        self.own = draws.own
        self.trials = draws.trials

    def of(self, chosen: BoolColumn) -> Sums:
        """The same for columns of some posts."""
        return Sums(self.code[chosen], self.draws)

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
        """Figures of a distribution: the distinct rates in order, and each trial's weight on them."""
        return take(*self.on_rates(rates, weights))

    def on_rates(self, rates: MicroColumn, weights: FloatColumn) -> tuple[MicroColumn, FloatColumn]:
        """The distinct rates in order, and the weight on each in every trial, shape (n_trials, n_rates).

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
        return distinct, held


def percentile(rates: MicroColumn, reached: FloatColumn, share: float) -> FloatColumn:
    """The lowest rate at which weight reaches a share of its total, £/h; not a number where nobody was drawn (M6).

    rates: distinct, in order.  reached: the weight on each and all below it, shape (n_trials, n_rates).
    """
    wanted = reached[:, -1:] * share * (1 - _TOLERANCE)
    places = np.minimum((reached < wanted).sum(axis=1), len(rates) - 1)
    return np.where(reached[:, -1] > 0, rates[places] / MICROS_PER_POUND, np.nan)


def over(part: FloatColumn, whole: FloatColumn) -> FloatColumn:
    """One figure over another; not a number where the other is nought."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole != 0)
