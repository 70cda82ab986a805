"""Allowance and levy of all employers together, from few of them: most are sure to be above the line already.

An employer whose contributions exceed the Employment Allowance gets the whole of it, and one whose pay bill exceeds the
levy's allowance pays on everything above: for these only sums of everyone are needed. Where nobody's pay falls, whoever
is above the line today stays there; only the others' own sums must be taken anew in each state of pay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bargain.gathered import Gathered
from models.parameters import OnCostParameters
from models.units import MICROS_PER_POUND, PPM, BoolColumn, FloatColumn

_SURELY = 1 + 1e-9
_MOST = 0.5  # of all posts, above which their sums by employer are as quick


@dataclass(frozen=True, slots=True, eq=False)
class Dues:
    """Which employers must be looked at one by one, and what is known of the others.

    asked: employers, shape (n_asked,). places, starts: their posts among the ordered ones, and where each begins.
    allowed: £ of allowance that the others have for sure. above: of the asked, whose pay is not that of a sure payer
    (``by_rest``), or is. free: £ of levy allowance of sure payers.
    """

    figures: OnCostParameters
    asked: NDArray[np.intp]
    places: NDArray[np.intp]
    starts: NDArray[np.intp]
    allowed: float
    free: float
    by_rest: bool
    sure_payer: BoolColumn
    open_claim: BoolColumn
    open_payer: BoolColumn
    represents: FloatColumn

    def sums(
        self, gathered: Gathered, pay: FloatColumn, ni: FloatColumn, whole_pay: float
    ) -> tuple[float, float]:
        """Allowance and levy of all employers, £ a year. pay, ni: of a head of each row; whole_pay: of everyone."""
        levy_rate = self.figures.levy_rate_ppm / PPM
        rows = gathered.kept.of(self, lambda: gathered.row_of.take(self.places))
        own_pay = self._by_employer(gathered, pay.take(rows))
        allowed = self.allowed
        if self.open_claim.any():
            own_ni = self._by_employer(gathered, ni.take(rows))
            claimed = np.minimum(own_ni / self.represents, _allowance(self.figures)) * self.represents
            allowed += float(claimed[self.open_claim].sum())
        if self.by_rest:
            paid = whole_pay - float(own_pay[~self.sure_payer].sum())
        else:
            paid = float(own_pay[self.sure_payer].sum())
        due = np.maximum(own_pay * levy_rate - _free(self.figures) * self.represents, 0.0)
        return allowed, paid * levy_rate - self.free + float(due[self.open_payer].sum())

    def _by_employer(self, gathered: Gathered, values: FloatColumn) -> FloatColumn:
        if not len(self.asked):
            return np.zeros(0)
        heads = gathered.ordered.heads
        if heads is not None:
            values = values * heads.take(self.places)
        return np.asarray(np.add.reduceat(values, self.starts))


def dues_of(
    gathered: Gathered,
    figures: OnCostParameters,
    *,
    pay: FloatColumn,
    ni: FloatColumn,
    claims: BoolColumn,
    pays: BoolColumn,
    represents: FloatColumn,
) -> Dues | None:
    """From pay and contributions of each employer today, £ a year; None where too many must be looked at anyway."""
    ordered = gathered.ordered
    edges = np.searchsorted(ordered.cells, np.arange(ordered.n_employers + 1) * ordered.n_grades)
    first = ordered.starts[edges]
    sizes = np.diff(first)
    staffed = sizes > 0
    sure_claim = claims & (ni >= _allowance(figures) * represents * _SURELY)
    sure_payer = pays & (pay * (figures.levy_rate_ppm / PPM) >= _free(figures) * represents * _SURELY)
    open_claim, open_payer = claims & ~sure_claim & staffed, pays & ~sure_payer & staffed
    by_rest = bool(sizes[sure_payer].sum() * 2 > len(gathered.row_of))
    asked = open_claim | open_payer | (staffed & (~sure_payer if by_rest else sure_payer))
    if sizes[asked].sum() > _MOST * len(gathered.row_of):
        return None
    chosen = np.flatnonzero(asked)
    starts = np.cumsum(sizes[chosen]) - sizes[chosen]
    places = np.arange(int(sizes[chosen].sum())) + np.repeat(first[:-1][chosen] - starts, sizes[chosen])
    return Dues(
        figures=figures,
        asked=chosen,
        places=places,
        starts=starts,
        allowed=float((represents * sure_claim).sum()) * _allowance(figures),
        free=float((represents * sure_payer).sum()) * _free(figures),
        by_rest=by_rest,
        sure_payer=sure_payer[chosen],
        open_claim=open_claim[chosen],
        open_payer=open_payer[chosen],
        represents=represents[chosen],
    )


def _allowance(figures: OnCostParameters) -> float:
    return figures.employment_allowance_micros / MICROS_PER_POUND


def _free(figures: OnCostParameters) -> float:
    return figures.levy_allowance_micros / MICROS_PER_POUND
