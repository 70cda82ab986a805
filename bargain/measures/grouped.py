"""Distribution of pay inside every group at once: sums along pay that is sorted by group and rate.

A loop over two thousand employers costs more than the rest of an appraisal; this does not grow with their
number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.measures.ranked import RankedPay, ranked
from models.units import MICROS_PER_POUND, FloatColumn, MicroColumn

_TOLERANCE = 1e-9
_DENSE = 4  # places a post up to which groups are counted through, not sorted
_INT32 = 2**31


@dataclass(frozen=True, slots=True, eq=False)
class GroupedPay:
    """Pay sorted by group and, inside each, by rate.

    rates: £/10⁶, shape (n,); reached: cumulative weight, shape (n,); edges: where each group starts, and the
    end, shape (n_groups + 1,).
    """

    rates: MicroColumn
    weights: FloatColumn
    reached: FloatColumn
    edges: NDArray[np.intp]

    @property
    def held(self) -> NDArray[np.bool_]:
        """Groups in which anybody is, shape (n_groups,)."""
        return np.diff(self.edges) > 0

    def percentile(self, share: float) -> FloatColumn:
        """The lowest rate of each group at which weight reaches a share of it, £/h; nan where empty."""
        result = np.full(len(self.edges) - 1, np.nan)
        rates = self.percentile_micros(share)
        result[self.held] = rates[self.held] / MICROS_PER_POUND
        return result

    def percentile_micros(self, share: float) -> MicroColumn:
        """The same in £/10⁶; -1 where empty."""
        held = self.held
        starts, ends = self._weight_edges()
        wanted = starts[held] + share * (ends - starts)[held] * (1 - _TOLERANCE)
        places = np.searchsorted(self.reached, wanted)
        places = np.clip(places, self.edges[:-1][held], self.edges[1:][held] - 1)
        result = np.full(len(self.edges) - 1, -1, dtype=np.int64)
        result[held] = self.rates[places]
        return result

    def mean(self) -> FloatColumn:
        """The mean of each group, £/h; nan where empty."""
        starts, ends = self._weight_edges()
        return _over(self._sums(self.rates * self.weights), (ends - starts) * MICROS_PER_POUND)

    def gini(self) -> FloatColumn:
        """The Gini of each group; nan where empty."""
        starts, ends = self._weight_edges()
        sizes = np.diff(self.edges)
        amount = self.rates * self.weights
        # below − above for each row: 2 × weight reached so far, less its own weight, less both ends
        centred = 2 * self.reached - self.weights - np.repeat(starts + ends, sizes)
        return _over(self._sums(amount * centred), (ends - starts) * self._sums(amount))

    def _weight_edges(self) -> tuple[FloatColumn, FloatColumn]:
        padded = np.r_[0.0, self.reached]
        return padded[self.edges[:-1]], padded[self.edges[1:]]

    def _sums(self, column: FloatColumn) -> FloatColumn:
        result = np.zeros(len(self.edges) - 1)
        held = self.held
        if held.any():
            result[held] = np.add.reduceat(column, self.edges[:-1][held])
        return result


def group_pay(
    pay: MicroColumn | RankedPay, weights: FloatColumn, groups: NDArray[np.integer], n_groups: int
) -> GroupedPay:
    """Pay sorted by group and rate. Rows of a negative group, or without weight, belong nowhere.

    Posts alike in both are one entry where counting is quicker than sorting. pay: £/10⁶, or already ranked.
    """
    pay = ranked(pay)
    codes, size = pay.codes, max(len(pay.rates), 1)
    if len(codes) and (groups.min() < 0 or not weights.min() > 0):
        held = (groups >= 0) & (weights > 0)
        codes, weights, groups = codes[held], weights[held], groups[held]
    room = n_groups * size
    kind = np.dtype(np.int32 if room < _INT32 else np.int64)
    keys = np.add(groups.astype(kind) * kind.type(size), codes, dtype=kind)
    if room <= _DENSE * len(keys):
        counts = np.bincount(keys, weights=weights, minlength=room).astype(np.float64)
        keys = np.flatnonzero(counts)
        weights = counts[keys]
        reached = np.cumsum(weights)
    elif len(weights) and weights.min() == weights.max():
        keys = np.sort(keys)  # no order to carry when all weigh the same: several times faster
        reached = weights[0] * np.arange(1, len(keys) + 1)
    else:
        order = np.argsort(keys)
        keys, weights = keys[order], weights[order]
        reached = np.cumsum(weights)
    starts = np.arange(n_groups + 1, dtype=np.int64) * size
    edges = np.searchsorted(keys, starts.astype(keys.dtype))
    return GroupedPay(pay.rates.take(keys - np.repeat(starts[:-1], np.diff(edges))), weights, reached, edges)


def _over(part: FloatColumn, whole: FloatColumn) -> FloatColumn:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)
