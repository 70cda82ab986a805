"""Part of a sector's figures: the posts and employers that one measure is taken of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.gathered import Gathered
from bargain.kept import Kept
from bargain.measures.differentials import Neighbours, gaps_between, grade_medians
from bargain.measures.distribution import Tally, heads_below, tallies, tally, tally_of
from bargain.measures.ranked import RankedPay, ranked
from models.costing import GroupCost
from models.measures import EmployerMargins, with_accounts
from models.units import FloatColumn, MicroColumn
from models.workforce import Contract, Sex, Workforce

DATA_MONTH = "data_month"  # in View.reference: months since year 0 of the day of the data
_MOST_FIGURES = 128
PAYBILL_GROWTH = "paybill_growth"  # in View.reference: the whole sector's, whatever part is in view


def figures_kept() -> Kept:
    """Room for every figure that is kept of pay at one moment."""
    return Kept(most=_MOST_FIGURES)


@dataclass(frozen=True, eq=False)  # no slots: pay is counted once and kept
class View:
    """Columns of the posts in view, shape (n,), before and after an offer, with their employers' money.

    Rows may stand for many posts alike, as ``gathered`` says (None: each is a post). Whatever such a row does not
    know of its posts (employer, sex, contract) is then left empty here, and counted over ``posts``.

    before, after: hourly basic pay, £/10⁶. weight: what distribution measures count (heads or hours).
    pay_before, pay_after, pay_exact: £ a year for all heads; exact is before rates were rounded.
    posts: the whole workforce, for measures that ask for a rarer column; places: which of its rows are in view,
    None for all.
    earlier: the rows before the offer, where it has taken staff into rows of their own.
    kept: figures of pay as it is, for other offers to the same posts; kept_after: those of this offer. Neither is
    shared between views of different posts.
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
    costs: Sequence[GroupCost]
    margins: Sequence[EmployerMargins]
    one_percent: float
    reference: Mapping[str, float] = field(default_factory=dict)
    posts: Workforce | None = None
    places: NDArray[np.intp] | None = None
    kept: Kept = field(default_factory=figures_kept)
    kept_after: Kept = field(default_factory=figures_kept)
    gathered: Gathered | None = None
    earlier: View | None = None

    def at(self, *, after: bool) -> View:
        """The view that has the rows of before or after the offer, where these are not the same."""
        return self if after or self.earlier is None else self.earlier

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
        """A column of the posts in view that few measures ask for; None where the workforce is not at hand.

        Raises ValueError where rows stand for many posts.
        """
        if self.gathered is not None:
            raise ValueError(f"rows that stand for many posts have no {name}")
        if self.posts is None:
            return None
        column: NDArray[Any] = getattr(self.posts, name)
        return column if self.places is None else column[self.places]

    @cached_property
    def with_revenue(self) -> tuple[EmployerMargins, ...]:
        """The money of the employers whose revenue is known: without it no share of it is."""
        return tuple(one for one in with_accounts(self.margins) if one.revenue_before is not None)

    def figures(self, *, after: bool) -> Kept:
        """Where figures of pay before or after the offer are kept."""
        return self.kept_after if after else self.kept

    def ranked(self, *, after: bool) -> RankedPay:
        """Hourly pay by its place among the rates there are."""
        here = self.at(after=after)
        return self.figures(after=after).of("ranked", lambda: ranked(here.after if after else here.before))

    def pay(self, *, after: bool) -> Tally:
        """Hourly pay counted by rate."""
        here = self.at(after=after)
        return self.figures(after=after).of("counted", lambda: tally(self.ranked(after=after), here.weight))

    def pay_of_sex(self, sex: Sex, *, after: bool) -> Tally:
        """Hourly pay of staff recorded as of one sex."""

        def count() -> list[Tally]:
            here, pay = self.at(after=after), self.ranked(after=after)
            if here.gathered is not None:
                counts = here.gathered.count_by_sex(pay.codes, len(pay.rates), here.a_head())
                return [tally_of(pay, one) for one in counts]
            return tallies(self.ranked(after=after), self.weight, self.sex + 1, len(Sex))

        return self.figures(after=after).of("by sex", count)[sex + 1]

    def a_head(self) -> FloatColumn | None:
        """What a head of each row counts; None where each counts as one."""
        if self.weight is self.heads:
            return None
        return np.divide(self.weight, self.heads, out=np.zeros_like(self.weight), where=self.heads > 0)

    def grade_medians(self, *, after: bool) -> MicroColumn | None:
        """Median hourly pay of each grade at each employer, £/10⁶, -1 where nobody is; None where no post is in view.

        Returns shape (n_employers, n_grades). Worked out once, however many measures and targets ask.
        """
        return self.figures(after=after).of("grade medians", lambda: self._grade_medians(after=after))

    def grade_gaps(self, *, after: bool) -> tuple[Neighbours, ...]:
        """How far each grade stands above the next below it, wherever an employer has both."""

        def find() -> tuple[Neighbours, ...]:
            medians = self.grade_medians(after=after)
            return () if medians is None else tuple(gaps_between(medians))

        return self.figures(after=after).of("grade gaps", find)

    def _grade_medians(self, *, after: bool) -> MicroColumn | None:
        here = self.at(after=after)
        if not len(here.heads):
            return None
        rates = here.after if after else here.before
        gathered, posts = here.gathered, here.posts
        if gathered is None or posts is None:
            code, grades, heads, n = here.employer_code, here.grade_code, here.heads, 0
            pay: MicroColumn | RankedPay = here.ranked(after=after)
        else:
            found = gathered.middle_pay(rates)
            if found is not None:
                return found
            code, grades, heads, n = posts.employer_code, posts.grade_code, posts.heads, len(posts.employers)
            pay = gathered.posts(rates)
        return grade_medians(
            pay,
            heads,
            grade_code=grades,
            employer_code=code,
            n_employers=n or int(code.max()) + 1,
            n_grades=len(here.grades),
        )

    def share_of_contract(self, *kinds: Contract) -> float | None:
        """Heads on some kinds of contract over heads whose contract is recorded; None if none is."""
        held: tuple[NDArray[np.int8], FloatColumn] = self.contract, self.heads
        if self.gathered is not None and self.posts is not None:
            held = self.posts.contract, self.posts.heads
        heads = self.kept.of(
            "contracts",
            lambda: np.bincount(held[0] + 1, weights=held[1], minlength=len(Contract)).tolist(),
        )
        total = sum(heads[1:])
        return sum(heads[kind + 1] for kind in kinds) / total if total else None

    @cached_property
    def general_rise(self) -> float | None:
        """The lowest rise that any grade gets, before rates are rounded; None where nobody is paid (M13)."""
        size, then = len(self.grades) + 1, self.at(after=False)
        before = self.kept.of(
            "grade pay", lambda: np.bincount(then.grade_code + 1, weights=then.pay_before, minlength=size)
        )
        exact = np.bincount(self.grade_code + 1, weights=self.pay_exact, minlength=size)
        held = before > 0
        return float((exact[held] / before[held]).min() - 1) if held.any() else None

    def heads_under(self, hourly: float, *, after: bool) -> float:
        """Heads paid less than an hourly rate in pounds."""
        here, pay = self.at(after=after), self.ranked(after=after)
        counted = self.pay(after=after) if here.weight is here.heads else tally(pay, here.heads)
        return heads_below(counted, hourly)
