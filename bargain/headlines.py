"""What stands beside the costs of an offer: rules of thumb, floor and ripple, the staff that is expected.

Each is a difference of whole costings through the one engine, never a share of the pay bill.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bargain.appraisal import as_counted, cost_of, run_through
from bargain.assumed import COVER_SHARE, REPLACEMENT, TURNOVER, TURNOVER_FALL, missing_of, value_of
from bargain.expected import expected_staff
from bargain.grossing_trials import draws_of, range_of
from bargain.parameters.load import legal_floor_on, on_costs_on
from bargain.terms_today import terms_today
from models.assumptions import Assumption
from models.costing import CostBreakdown, FloorCost, Headlines, RuleOfThumb, TurnoverSaving
from models.grossing import Range
from models.offer import Offer, PayRule, Settlement
from models.sector import Sector
from models.terms import Terms
from models.units import MICROS_PER_PENNY, MICROS_PER_POUND, PPM, FloatColumn

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
    legal = None if floors else legal_floor_on(day)
    floor = floors[0] if floors else on_costs_on(day).minimum_wage_micros
    unsure = "" if legal is None or legal.is_checked else ", the minimum wage, not verified"
    week = terms_today(sector).weekly_hours or sector.weekly_hours

    draws = draws_of(sector)

    def costed(step: Settlement, of: Sector = sector) -> CostBreakdown:
        return cost_of(of, Offer("one change", settlements=(step,)))

    def spread(cost: CostBreakdown) -> FloatColumn:
        return np.zeros(0) if draws is None else draws.total(cost.by_employer, "full_year")

    def plain(key: str, label: str, amount: float, trials: FloatColumn) -> RuleOfThumb:
        return RuleOfThumb(key, label, amount, amount, amount, range_of(trials))

    def an_hour_off() -> RuleOfThumb:
        step = Settlement(day, terms=Terms(weekly_hours=week - 1))
        cost = costed(step)
        known = all(one.known for one in cost.elements)  # of the week, and of what follows the hourly rate
        span = range_of(spread(cost))
        if not known and span is not None:  # from nobody filling the hours to somebody filling all of them
            others = (one for one in sector.assumptions if one.key != COVER_SHARE)
            filled = (*others, Assumption(COVER_SHARE, COVER_SHARE, 1.0, "share"))
            most = range_of(spread(costed(step, replace(sector, assumptions=filled))))
            span = None if most is None else Range(span.low, most.high)
        bare, full = (sum(getattr(one, end) for one in cost.elements) for end in ("not_replaced", "replaced"))
        label, amount = f"An hour off the week of {week:g}", cost.full_year if known else None
        return RuleOfThumb("hour_off", label, amount, bare, full, span)

    percent = costed(Settlement(day, pay=(PayRule(percent_ppm=PPM // 100),)))
    flat = costed(Settlement(day, pay=(PayRule(cash_micros=FLAT),)))
    held, higher = (costed(Settlement(day, floor_micros=one)) for one in (floor, floor + TEN_PENCE))
    return (
        plain("one_percent", "1 %", percent.full_year, spread(percent)),
        plain("flat_100", "£100 a year for all", flat.full_year, spread(flat)),
        plain(
            "floor_10p",
            f"10p on a floor of £{floor / MICROS_PER_POUND:,.2f}{unsure}",
            higher.full_year - held.full_year,
            spread(higher) - spread(held),
        ),
        an_hour_off(),
    )


def floor_alone(offer: Offer) -> Offer:
    """Nothing of an offer but its hourly floors."""
    steps = tuple(Settlement(one.effective, floor_micros=one.floor_micros) for one in offer.settlements)
    return replace(offer, settlements=steps)


def floor_cost(sector: Sector, offer: Offer, cost: CostBreakdown) -> FloorCost | None:
    """The floor by itself beside what it and the differentials add in the offer; None without a floor."""
    if all(one.floor_micros is None for one in offer.settlements):
        return None
    alone = floor_alone(offer)
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


def turnover_saving(sector: Sector) -> TurnoverSaving:
    """Leavers who would stay × what replacing one costs (measure M38): the sector's own assumptions, all three.

    It is a saving that is hoped for, so it is never taken off a cost.
    """
    keys = (TURNOVER, TURNOVER_FALL, REPLACEMENT)
    turnover, fall, each = (value_of(sector.assumptions, key) for key in keys)
    if turnover is None or fall is None or each is None:
        return TurnoverSaving(None, None, missing_of(sector.assumptions, *keys))
    fewer = fall * turnover * float(as_counted(sector).workforce.heads.sum())
    return TurnoverSaving(fewer * each, fewer)
