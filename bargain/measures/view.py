"""Part of a sector's figures: the posts and employers that one measure is taken of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.measures.distribution import Tally, tally
from models.costing import GroupCost
from models.measures import EmployerMargins
from models.units import MICROS_PER_POUND, FloatColumn, MicroColumn
from models.workforce import Contract, Sex, Workforce

DATA_MONTH = "data_month"  # in View.reference: months since year 0 of the day of the data
PAYBILL_GROWTH = "paybill_growth"  # in View.reference: the whole sector's, whatever part is in view


@dataclass(frozen=True, eq=False)  # no slots: pay is counted once and kept
class View:
    """Columns of the posts in view, shape (n,), before and after an offer, with their employers' money.

    before, after: hourly basic pay, £/10⁶. weight: what distribution measures count (heads or hours).
    pay_before, pay_after, pay_exact: £ a year for all heads; exact is before rates were rounded.
    posts: the whole workforce, for measures that ask for a rarer column; places: which of its rows are in view,
    None for all.
    """

    before: MicroColumn
    after: MicroColumn
    heads: FloatColumn
    weight: FloatColumn
    pay_before: FloatColumn
    pay_after: FloatColumn
    pay_exact: FloatColumn
    grade_code: NDArray[np.int32]
    employer_code: NDArray[np.int32]
    sex: NDArray[np.int8]
    contract: NDArray[np.int8]
    grades: tuple[str, ...]
    costs: tuple[GroupCost, ...]
    margins: tuple[EmployerMargins, ...]
    one_percent: float
    reference: Mapping[str, float] = field(default_factory=dict)
    posts: Workforce | None = None
    places: NDArray[np.intp] | None = None

    def of(self, places: NDArray[np.intp], employers: frozenset[str]) -> View:
        """The view of some posts, with the money of their employers."""
        return View(
            before=self.before[places],
            after=self.after[places],
            heads=self.heads[places],
            weight=self.weight[places],
            pay_before=self.pay_before[places],
            pay_after=self.pay_after[places],
            pay_exact=self.pay_exact[places],
            grade_code=self.grade_code[places],
            employer_code=self.employer_code[places],
            sex=self.sex[places],
            contract=self.contract[places],
            grades=self.grades,
            costs=tuple(one for one in self.costs if one.name in employers),
            margins=tuple(one for one in self.margins if one.name in employers),
            one_percent=self.one_percent,
            reference=self.reference,
            posts=self.posts,
            places=places if self.places is None else self.places[places],
        )

    def column(self, name: str) -> NDArray[Any] | None:
        """A column of the posts in view that few measures ask for; None where the workforce is not at hand."""
        if self.posts is None:
            return None
        column: NDArray[Any] = getattr(self.posts, name)
        return column if self.places is None else column[self.places]

    def pay(self, *, after: bool) -> Tally:
        """Hourly pay counted by rate."""
        return self._counted_after if after else self._counted_before

    @cached_property
    def _counted_before(self) -> Tally:
        return tally(self.before, self.weight)

    @cached_property
    def _counted_after(self) -> Tally:
        return tally(self.after, self.weight)

    def pay_of_sex(self, sex: Sex, *, after: bool) -> Tally:
        """Hourly pay of staff recorded as of one sex."""
        known = self._counted_by_sex
        if (sex, after) not in known:
            chosen = self.sex == sex
            known[sex, after] = tally((self.after if after else self.before)[chosen], self.weight[chosen])
        return known[sex, after]

    @cached_property
    def _counted_by_sex(self) -> dict[tuple[Sex, bool], Tally]:
        return {}

    def share_of_contract(self, *kinds: Contract) -> float | None:
        """Heads on some kinds of contract over heads whose contract is recorded; None if none is."""
        known = self.contract != Contract.UNKNOWN
        total = float(self.heads[known].sum())
        chosen = np.isin(self.contract, [int(kind) for kind in kinds])
        return float(self.heads[chosen].sum()) / total if total else None

    def heads_under(self, hourly: float, *, after: bool) -> float:
        """Heads paid less than an hourly rate in pounds."""
        rates = self.after if after else self.before
        return float(self.heads[rates < round(hourly * MICROS_PER_POUND)].sum())
