"""All headline costs of an offer at once, from the states of pay before and after each of its stages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bargain.costing.labour import Bill, PayState, Pricing
from bargain.costing.timing import (
    MONTHS,
    months_between,
    settlement_years,
    share_of_year,
)
from bargain.side_by_side import each_of, is_long
from models.costing import CostBreakdown, ElementCost, GroupCost, StepCost, YearCost
from models.employer import Employer
from models.later import Later, Rows
from models.parameters import OnCostParameters
from models.units import FloatColumn

NOT_MAPPED = "not mapped to a grade"
NOT_RECORDED = "not recorded"
EARLIER_COVER = "cover of hours lost before"
_AMOUNTS = tuple(one.name for one in fields(GroupCost) if one.name != "name")


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One element of a step: the state after it, and the hours that others must work for it.

    hours_y: what a head is paid for in the year when those hours are lost; None: as in the staff data.
    since: of hours that earlier steps took, the state with which this step began and what a head was then paid for: the
    stage costs what filling them costs more.
    """

    element: str
    state: PayState
    cover_hours: FloatColumn | None = None
    why: str = ""
    hours_y: FloatColumn | None = None
    since: tuple[PayState, FloatColumn] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One settlement step as states of pay.

    one_off_y: £ a head paid once, shape (n_posts,), or None. end: the bill of its last state, where that is begun already.
    """

    effective: date
    paid_from: date
    figures: OnCostParameters
    stages: tuple[Stage, ...]
    one_off_y: FloatColumn | None
    protected_heads: float
    end: Later[Bill] | None = None

    def begun(self, pricing: Pricing) -> Step:
        """The same step, with what looks at every post for its last bill going on beside the steps that follow."""
        few_rows = not is_long(len(pricing.workforce)) and is_long(pricing.gathered.n_posts)
        if not self.stages or not few_rows:
            return self
        return replace(self, end=Later(pricing.begin_bill(self.stages[-1].state, self.figures)))


@dataclass(frozen=True, slots=True)
class Deal:
    """What places a deal in time, and how lost hours are filled."""

    ends: date
    year_start: tuple[int, int]
    cover_share: float | None


@dataclass(frozen=True, slots=True, eq=False)
class _Priced:
    """One step in pounds. pay_rise: of the basic pay bill.

    rise, one_off: by employer and grade, shape (n_employers, n_grades + 1).
    """

    step: Step
    rise: FloatColumn
    one_off: FloatColumn | None
    pay_rise: float
    elements: tuple[ElementCost, ...]


def begin_breakdown(
    pricing: Pricing,
    base: PayState,
    steps: Sequence[Step],
    deal: Deal,
    *,
    one_percent: PayState,
    employers: Mapping[str, Employer],
) -> Callable[[], CostBreakdown]:
    """Every headline cost (methods, section 3), with parts that add up to the total.

    one_percent: the state in which everyone has had 1 %, through the whole engine.  employers: the record of
    each employer by name, in the order of the staff data.  Sums by employer go on beside what follows; what is
    returned gives the costs.
    """
    first = pricing.bill(base, steps[0].figures)
    n_rows = len(pricing.workforce)
    asked = _asked(pricing, base, steps, first=first, begin=not is_long(n_rows))

    def finish() -> CostBreakdown:
        bills = dict.fromkeys(bill for one in asked for bill in one.bills())
        each_of([bill.make for bill in bills], n_rows)
        return _breakdown(
            pricing, base, asked, deal, before=first, one_percent=one_percent, employers=employers
        )

    return finish


def _breakdown(
    pricing: Pricing,
    base: PayState,
    asked: Sequence[_Asked],
    deal: Deal,
    *,
    before: Bill,
    one_percent: PayState,
    employers: Mapping[str, Employer],
) -> CostBreakdown:
    steps = [one.step for one in asked]
    figures = steps[0].figures
    priced = [_price_step(pricing, one, deal) for one in asked]
    pay_before, labour_before = before.basic, before.total
    first_year = settlement_years(steps[0].effective, deal.ends, deal.year_start)[0]
    in_year = [share_of_year(one.effective, first_year, deal.ends) for one in steps]
    whole = [months_between(one.effective, deal.ends) / MONTHS for one in steps]
    rises = [float(one.rise.sum()) for one in priced]
    full_year = sum(rises)
    pay_after = pay_before + sum(one.pay_rise for one in priced)
    level = _ratio(pay_after, pay_before)
    first_bill = pay_before + sum(one.pay_rise * share for one, share in zip(priced, in_year, strict=True))
    in_year_cost = sum(rise * share for rise, share in zip(rises, in_year, strict=True))
    months = months_between(steps[0].effective, deal.ends)
    groups = _Groups(pricing, base, priced, in_year=in_year, whole=whole)
    by_employer = groups.by_employer()
    one_percent_cost = pricing.bill(one_percent, figures, in_all=True).total - labour_before
    step_costs = _steps(priced, rises, pay_before)

    def kinds_of(field: str) -> _Kinds:
        return pricing.kept.of(
            ("kinds", field), lambda: _kinds_of([str(getattr(one, field)) for one in employers.values()])
        )

    return CostBreakdown(
        paybill_before=pay_before,
        paybill_after=pay_after,
        labour_before=labour_before,
        labour_after=labour_before + full_year,
        level=level,
        in_year=_ratio(first_bill, pay_before),
        carry_over=_ratio(pay_after, first_bill),
        comparable_rate=level * MONTHS / months if months else level,
        full_year=full_year,
        in_year_cost=in_year_cost,
        carry_over_cost=full_year - in_year_cost,
        over_term=sum(rise * share for rise, share in zip(rises, whole, strict=True))
        + sum(one.one_off for one in step_costs),
        back_pay=sum(one.back_pay for one in step_costs),
        one_off=sum(one.one_off for one in step_costs),
        cost_of_one_percent=one_percent_cost,
        steps=step_costs,
        years=_years(steps, step_costs, deal),
        elements=_joined([element for one in priced for element in one.elements]),
        by_employer=by_employer,
        by_grade=groups.by_grade(),
        by_ownership=_by_kind(by_employer, kinds_of("ownership")),
        by_region=_by_kind(by_employer, kinds_of("region")),
        protected_heads=sum(one.protected_heads for one in steps),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """The bills of one step: where pay starts, after each stage, and with what is paid once, if anything is."""

    step: Step
    start: Later[Bill]
    stages: tuple[Later[Bill], ...]
    once: Later[Bill] | None

    def bills(self) -> tuple[Later[Bill], ...]:
        """All of them."""
        return (self.start, *self.stages, *(() if self.once is None else (self.once,)))

    @property
    def end(self) -> Bill:
        """The bill with which the step ends, but for what is paid once."""
        return self.stages[-1].value if self.stages else self.start.value


def _asked(
    pricing: Pricing, base: PayState, steps: Sequence[Step], *, first: Bill, begin: bool
) -> list[_Asked]:
    """Which bills are needed: none of them waits for another.

    begin: begin those by employer, in which posts are what is long; where rows are, two bills at a time are quicker.
    """

    def bill(state: PayState, figures: OnCostParameters, *, in_all: bool = False) -> Later[Bill]:
        if begin and not in_all:
            return Later(pricing.begin_bill(state, figures))
        return Later(lambda: pricing.bill(state, figures, in_all=in_all))

    found = []
    state, now, figures = base, Later(lambda: first), steps[0].figures
    for step in steps:
        if not pricing.costs_alike(step.figures, figures):
            now, figures = bill(state, step.figures), step.figures
        start, stages = now, []
        end = step.stages[-1].state if step.stages else state
        for stage in step.stages:
            if stage.state is not state:
                is_end = stage.state is end
                begun = step.end if is_end else None
                now = bill(stage.state, step.figures, in_all=not is_end) if begun is None else begun
            stages.append(now)
            state = stage.state
        once = None
        if step.one_off_y is not None:
            paid_once = replace(state, extra_y=_sum(state.extra_y, step.one_off_y))
            once = bill(paid_once, step.figures)
        found.append(_Asked(step, start, tuple(stages), once))
    return found


def _price_step(pricing: Pricing, asked: _Asked, deal: Deal) -> _Priced:
    """Each stage by what it adds to the one before; the rise by the ends."""
    elements: list[ElementCost] = []
    covers: list[FloatColumn] = []
    step, bill = asked.step, asked.start.value
    for stage, priced in zip(step.stages, asked.stages, strict=True):
        after = priced.value
        pay, ni, pension, levy = (new - old for new, old in zip(after.sums, bill.sums, strict=True))
        in_full = _covered(pricing, stage, step.figures)
        share = deal.cover_share
        cover = None if in_full is None or share is None else in_full * share
        elements.append(
            ElementCost(
                stage.element,
                pay=pay,
                employer_ni=ni,
                pension=pension,
                levy=levy,
                cover=0.0 if cover is None else float(cover.sum()),
                known=not stage.why,
                why=stage.why,
                hours_lost=_lost_hours(pricing, stage),
                cover_in_full=0.0 if in_full is None else float(in_full.sum()),
            )
        )
        if cover is not None:
            covers.append(cover)
        bill = after
    start = asked.start.value
    return _Priced(
        step=step,
        rise=sum(covers, asked.end.table - start.table),
        one_off=None if asked.once is None else asked.once.value.table - asked.end.table,
        pay_rise=asked.end.basic - start.basic,
        elements=tuple(elements),
    )


def _covered(pricing: Pricing, stage: Stage, figures: OnCostParameters) -> FloatColumn | None:
    """What all lost hours of a stage cost if filled, £ a year by employer and grade; None where none is lost."""
    pricing = pricing.on(stage.state)
    share = _lost_share(pricing, stage)
    if share is None:
        return None
    found = pricing.in_shares(stage.state, figures, share)
    if stage.since is None:
        return found
    state, paid = stage.since
    return found - pricing.in_shares(state, figures, _share_of(stage.cover_hours, paid))


def _sum(left: FloatColumn | None, right: FloatColumn) -> FloatColumn:
    return right if left is None else left + right


def cover_of(
    pricing: Pricing, stage: Stage, labour: FloatColumn, figures: OnCostParameters
) -> FloatColumn | None:
    """Every lost hour at the row's own labour cost of a paid hour, £ a year; None where none is lost.

    labour: pay and on-costs for all heads, shape (n_rows,); figures: those of the step.
    """
    share = _lost_share(pricing, stage)
    if share is None or stage.since is None:
        return None if share is None else np.asarray(labour * share)
    state, paid = stage.since
    before = pricing.labour(state, figures).total() * _share_of(stage.cover_hours, paid)
    return np.asarray(labour * share - before)


def _lost_share(pricing: Pricing, stage: Stage) -> FloatColumn | None:
    """The hours that a stage takes from the rota over those that a head is paid for in the year, shape (n_rows,)."""
    if stage.cover_hours is None:
        return None
    paid = stage.hours_y if stage.hours_y is not None else paid_hours(pricing)
    return _share_of(stage.cover_hours, paid)


def _share_of(lost: FloatColumn | None, paid: FloatColumn) -> FloatColumn:
    return np.zeros(len(paid)) if lost is None else np.asarray(lost / np.maximum(paid, 1e-9))


def paid_hours(pricing: Pricing) -> FloatColumn:
    """What a head is paid for in a year, hours, by the staff data."""
    return pricing.workforce.hours_w * pricing.workforce.weeks_y


def _lost_hours(pricing: Pricing, stage: Stage) -> float:
    if stage.cover_hours is None or stage.since is not None:
        return 0.0
    return float((stage.cover_hours * pricing.on(stage.state).workforce.heads).sum())


def _ratio(after: float, before: float) -> float:
    return after / before - 1 if before else 0.0


def _steps(priced: Sequence[_Priced], rises: Sequence[float], pay_before: float) -> tuple[StepCost, ...]:
    result = []
    to_date, pay = 0.0, pay_before
    for one, rise in zip(priced, rises, strict=True):
        to_date += rise
        level = _ratio(pay + one.pay_rise, pay)
        pay += one.pay_rise
        result.append(
            StepCost(
                effective=one.step.effective,
                paid_from=one.step.paid_from,
                full_year=rise,
                full_year_to_date=to_date,
                level=level,
                one_off=0.0 if one.one_off is None else float(one.one_off.sum()),
                back_pay=rise * _owed_share(one.step),
            )
        )
    return tuple(result)


def _owed_share(step: Step) -> float:
    """The share of a year between the day from which a step holds and the day from which it is paid."""
    return months_between(step.effective, step.paid_from) / MONTHS


def _years(steps: Sequence[Step], costs: Sequence[StepCost], deal: Deal) -> tuple[YearCost, ...]:
    """What falls in each settlement year, one-off payments in the year in which they are due."""
    years = []
    for window in settlement_years(steps[0].effective, deal.ends, deal.year_start):
        cost = sum(one.full_year * share_of_year(one.effective, window, deal.ends) for one in costs)
        cost += sum(one.one_off for one in costs if window[0] <= one.effective < window[1])
        years.append(YearCost(window[0], window[1], cost))
    return tuple(years)


def _joined(elements: Sequence[ElementCost]) -> tuple[ElementCost, ...]:
    """The same element of several steps as one."""
    names = list(dict.fromkeys(one.element for one in elements))
    result = []
    for name in names:
        same = [one for one in elements if one.element == name]
        result.append(
            ElementCost(
                name,
                pay=sum(one.pay for one in same),
                employer_ni=sum(one.employer_ni for one in same),
                pension=sum(one.pension for one in same),
                levy=sum(one.levy for one in same),
                cover=sum(one.cover for one in same),
                known=all(one.known for one in same),
                why="; ".join(dict.fromkeys(one.why for one in same if one.why)),
                hours_lost=sum(one.hours_lost for one in same),
                cover_in_full=sum(one.cover_in_full for one in same),
            )
        )
    return tuple(result)


@dataclass(frozen=True, slots=True, eq=False)
class _Kinds:
    """Kinds of employers, what is not recorded last, and the place of each employer's among them."""

    names: tuple[str, ...]
    codes: NDArray[np.intp]


def _kinds_of(employers: Sequence[str]) -> _Kinds:
    """employers: the kind of each, in the order of their rows."""
    names = tuple(sorted(set(employers), key=lambda one: (not one, one)))
    places = {kind: at for at, kind in enumerate(names)}
    return _Kinds(names, np.array([places[kind] for kind in employers], dtype=np.intp))


def _by_kind(employers: Rows[GroupCost], kinds: _Kinds) -> tuple[GroupCost, ...]:
    """A row a kind of owner, or a region, summed from its employers."""
    sums = (
        np.bincount(kinds.codes, weights=employers.column(name), minlength=len(kinds.names)).tolist()
        for name in _AMOUNTS
    )
    return tuple(GroupCost(kind or NOT_RECORDED, *row) for kind, *row in zip(kinds.names, *sums, strict=True))


class _Groups:
    """The same costs by employer and by grade."""

    def __init__(
        self,
        pricing: Pricing,
        base: PayState,
        priced: Sequence[_Priced],
        *,
        in_year: Sequence[float],
        whole: Sequence[float],
    ) -> None:
        self._pricing = pricing
        self._base = base
        self._priced = tuple(zip(priced, in_year, whole, strict=True))
        self._tables = self._summed() | self._now()

    def by_employer(self) -> Rows[GroupCost]:
        """A row an employer."""
        represents = self._pricing.represents
        return _rows(self._pricing.workforce.employers, self._sums(1) | {"represents": represents})

    def by_grade(self) -> tuple[GroupCost, ...]:
        """A row a grade; staff whose title is not mapped are a row of their own, last."""
        names = (*self._pricing.workforce.grades, NOT_MAPPED)
        rows = _rows(names, self._sums(0) | {"represents": np.ones(len(names))})
        return tuple(one for one in rows if one.heads or one.name != NOT_MAPPED)

    def _sums(self, axis: int) -> dict[str, FloatColumn]:
        return {name: table.sum(axis=axis) for name, table in self._tables.items()}

    def _summed(self) -> dict[str, FloatColumn]:
        """What the offer costs, by employer and grade."""
        rise = self._priced[0][0].rise
        names = ("full_year", "in_year", "over_term", "one_off", "back_pay")
        sums = {name: np.zeros_like(rise) for name in names}
        for one, first, all_of_it in self._priced:  # each step is summed once: its years are shares of it
            sums["back_pay"] += one.rise * _owed_share(one.step)
            sums["full_year"] += one.rise
            sums["in_year"] += one.rise * first
            sums["over_term"] += one.rise * all_of_it
            if one.one_off is not None:
                sums["one_off"] += one.one_off
                sums["over_term"] += one.one_off
        return sums

    def _now(self) -> dict[str, FloatColumn]:
        """What there is before the offer, by employer and grade."""
        figures = self._priced[0][0].step.figures
        gathered = self._pricing.gathered

        def summed() -> dict[str, FloatColumn]:
            heads = gathered.table(np.ones(len(gathered.rows)))
            return {
                "heads": heads,
                "returned": heads / self._pricing.represents[:, np.newaxis],
                "paybill_before": gathered.table(self._base.basic_y()),
                "labour_before": self._pricing.bill(self._base, figures).table,
            }

        if not self._base.name:
            return summed()
        return self._pricing.kept.of(("now", self._base.name, figures), summed)


def _rows(names: tuple[str, ...], columns: dict[str, FloatColumn]) -> Rows[GroupCost]:
    def make() -> list[GroupCost]:
        amounts = (columns[name].tolist() for name in _AMOUNTS)
        return [GroupCost(*row) for row in zip(names, *amounts, strict=True)]

    return Rows(len(names), make, columns | {"people": np.round(columns["returned"], 6)})
