"""What stands beside the costs of an offer: rules of thumb, floor and ripple, the staff that is expected.

Each is a difference of whole costings through the one engine, never a share of the pay bill.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bargain.appraisal import Run, as_counted, cost_of, run_through
from bargain.assumed import INCREMENTS, REPLACEMENT, TURNOVER, TURNOVER_FALL, kind_of, value_of
from bargain.costing.labour import PayState
from bargain.parameters.load import on_costs_on
from models.costing import CostBreakdown, ExpectedStaff, FloorCost, Headlines, RuleOfThumb, TurnoverSaving
from models.offer import Offer, PayRule, Settlement
from models.parameters import OnCostParameters
from models.sector import Sector
from models.terms import Terms
from models.units import MICROS_PER_PENNY, MICROS_PER_POUND, PPM, FloatColumn, MicroColumn
from models.workforce import Workforce

TEN_PENCE = 10 * MICROS_PER_PENNY
FLAT = 100 * MICROS_PER_POUND


def headlines_of(sector: Sector, offer: Offer, cost: CostBreakdown) -> Headlines:
    """All of it for one offer whose cost is known already. Raises UnusableInput as ``appraise`` does."""
    return Headlines(
        thumbs=rules_of_thumb(sector, offer),
        floor=floor_cost(sector, offer, cost),
        expected=expected_staff(sector, offer, cost),
        saving=turnover_saving(sector),
    )


def rules_of_thumb(sector: Sector, offer: Offer) -> tuple[RuleOfThumb, ...]:
    """What 1 %, £100 flat, 10p on the floor and an hour off the week cost, on the first day of an offer.

    Each is the cost of an offer with just that in it. The floor is the offer's own, or the National Living
    Wage of the day where it has none: 10p more on it, less the same floor without them.
    """
    first = offer.settlements[0]
    day = first.effective
    floors = [one.floor_micros for one in offer.settlements if one.floor_micros is not None]
    floor = floors[0] if floors else on_costs_on(day).minimum_wage_micros
    week = sector.terms.weekly_hours or sector.weekly_hours

    def costed(step: Settlement) -> CostBreakdown:
        return cost_of(sector, Offer("one change", settlements=(step,)))

    def plain(key: str, label: str, amount: float) -> RuleOfThumb:
        return RuleOfThumb(key, label, amount, amount, amount)

    percent = costed(Settlement(day, pay=(PayRule(percent_ppm=PPM // 100),)))
    flat = costed(Settlement(day, pay=(PayRule(cash_micros=FLAT),)))
    held, higher = (costed(Settlement(day, floor_micros=one)) for one in (floor, floor + TEN_PENCE))
    hour = costed(Settlement(day, terms=Terms(weekly_hours=week - 1))).elements[-1]
    return (
        plain("one_percent", "1 %", percent.full_year),
        plain("flat_100", "£100 a year for all", flat.full_year),
        plain(
            "floor_10p",
            f"10p on a floor of £{floor / MICROS_PER_POUND:,.2f}",
            higher.full_year - held.full_year,
        ),
        RuleOfThumb(
            "hour_off",
            f"An hour off the week of {week:g}",
            hour.total if hour.known else None,
            hour.not_replaced,
            hour.replaced,
        ),
    )


def floor_cost(sector: Sector, offer: Offer, cost: CostBreakdown) -> FloorCost | None:
    """The floor by itself beside what it and the differentials add in the offer; None without a floor."""
    if all(one.floor_micros is None for one in offer.settlements):
        return None
    steps = tuple(Settlement(one.effective, floor_micros=one.floor_micros) for one in offer.settlements)
    alone = replace(offer, settlements=steps)
    run = run_through(sector, alone)
    last = run.steps[-1].stages[-1].state
    lifted = last.rate_micros != run.base.rate_micros
    by_element = {one.element: one.total for one in cost.elements}
    return FloorCost(
        alone=cost_of(sector, alone).full_year,
        after_rules=by_element.get("floor", 0.0),
        ripple=by_element.get("differentials", 0.0),
        heads=float(as_counted(sector).workforce.heads[lifted].sum()),
    )


def expected_staff(sector: Sector, offer: Offer, cost: CostBreakdown) -> ExpectedStaff:
    """The cost for the staff a year on: some have left and been replaced, the others have had an increment.

    A share ``turnover`` of every post is paid the lowest rate of its grade at its employer, as who starts is;
    the others have risen by ``increments``, at most to the highest rate of their grade there. Both before and
    after the offer, so that the difference is the offer's; what staffing changes by itself is the drift.
    """
    turnover, increments = (value_of(sector.assumptions, key) for key in (TURNOVER, INCREMENTS))
    if turnover is None or increments is None:
        why = _missing(sector, TURNOVER, INCREMENTS)
        return ExpectedStaff(cost.full_year, None, None, turnover, increments, why)
    force = as_counted(sector).workforce
    run = run_through(sector, offer)
    mix = _Mix(force, run, turnover, increments)
    expected, state = 0.0, run.base
    for step in run.steps:
        end = step.stages[-1].state if step.stages else state
        expected += mix.labour(end, step.figures) - mix.labour(state, step.figures)
        state = end
    cover = sum(one.cover for one in cost.elements)
    drift = mix.labour(run.base, run.steps[0].figures) - float(
        run.pricing.labour(run.base, run.steps[0].figures).total().sum()
    )
    return ExpectedStaff(cost.full_year, expected + cover, drift, turnover, increments)


def turnover_saving(sector: Sector) -> TurnoverSaving:
    """Leavers who would stay × what replacing one costs (measure M38): the sector's own assumptions, all three.

    It is a saving that is hoped for, so it is never taken off a cost.
    """
    keys = (TURNOVER, TURNOVER_FALL, REPLACEMENT)
    turnover, fall, each = (value_of(sector.assumptions, key) for key in keys)
    if turnover is None or fall is None or each is None:
        return TurnoverSaving(None, None, _missing(sector, *keys))
    fewer = fall * turnover * float(as_counted(sector).workforce.heads.sum())
    return TurnoverSaving(fewer * each, fewer)


def _missing(sector: Sector, *keys: str) -> str:
    """Which of these the sector does not hold, in words."""
    held = {key: value_of(sector.assumptions, key) for key in keys}
    names = [f"“{kind.label}”" for key in keys if held[key] is None and (kind := kind_of(key))]
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} not recorded"


class _Mix:
    """Labour cost when some of the staff have been replaced and the others have moved up."""

    def __init__(self, force: Workforce, run: Run, turnover: float, increments: float) -> None:
        self._run = run
        self._turnover = turnover
        self._increments = increments
        keys = np.column_stack(
            [force.employer_code, force.grade_code, force.basis, np.rint(force.full_hours_w * 100)]
        )
        _, group = np.unique(keys, axis=0, return_inverse=True)
        group = group.reshape(-1)
        alone = (force.grade_code < 0) | (force.heads <= 0)  # without a grade nobody knows where one starts
        self._group = np.where(alone, group.max() + 1 + np.arange(len(force)), group)

    def labour(self, state: PayState, figures: OnCostParameters) -> float:
        """£ a year for everyone."""
        size = int(self._group.max()) + 1
        lowest = np.full(size, np.iinfo(np.int64).max)
        highest = np.zeros(size, dtype=np.int64)
        np.minimum.at(lowest, self._group, state.rate_micros)
        np.maximum.at(highest, self._group, state.rate_micros)
        risen = np.floor(state.rate_micros * (1 + self._increments)).astype(np.int64)
        stayed = np.minimum(risen, highest[self._group])
        return (1 - self._turnover) * self._total(state, stayed, figures) + self._turnover * self._total(
            state, lowest[self._group], figures
        )

    def _total(self, state: PayState, rates: MicroColumn, figures: OnCostParameters) -> float:
        labour: FloatColumn = self._run.pricing.labour(state.paid(rates), figures).total()
        return float(labour.sum())
