"""Which way each lever moves a measure, where the order of pay proves it: so that one look speaks for many.

Where every rate is at least as high, costs, percentiles and the general rise are no lower, staff below a rate no more,
and, with fees that do not follow pay, margins no higher. Nothing is claimed of ratios and differentials.
"""

from __future__ import annotations

from itertools import chain

from bargain.measures.margins import joined_fees
from bargain.solve.levers import lever_of, step_of
from models.offer import FeeRule, Offer

# Measures that never fall where everybody is paid at least as much …
_RISES = frozenset(
    {"cost_full_year", "cost_in_year", "cost_total", "cost_share", "paybill_growth", "general_rise"}
    | {"restraint_gap", "required_fee_uplift", "lowest", "highest", "p10", "p50", "p90", "mean"}
)
# … that never rise there …
_FALLS = frozenset(
    {"heads_below_hourly", "low_pay_share", "heads_below_legal_floor", "below_living_wage_share"}
    | {"parity_gap"}
)
# … that never rise there as long as fees do not follow pay …
_MONEY_FALLS = frozenset(
    {"operating_margin", "adjusted_margin", "leakage", "profit_change", "ebitdar_margin", "ebitda_margin"}
    | {"pretax_margin", "roce"}
)
# … that a fee rule holds where they are at every employer, whatever is paid …
_HELD_BY = {
    FeeRule.HOLD_MARGIN: frozenset({"operating_margin"}),
    FeeRule.CAP: frozenset({"operating_margin"}),
    FeeRule.HOLD_PROFIT: frozenset({"profit_change"}),
}
# … and that hang on who works how, not on what is paid.
_STAYS = frozenset({"zero_hours_share", "agency_share", "cost_of_one_percent"})


def directions(
    offer: Offer, keys: tuple[str, ...], measure: str, *, each: bool = False
) -> tuple[int | None, ...]:
    """For each lever 1 where the measure never falls as it rises, -1 where it never rises, 0 where it stays.

    None: nothing is known, and only offers alike in that lever can be compared. each: of every employer by itself,
    where a margin that a fee rule holds does not move as employers weigh more or less in the whole.
    """
    return tuple(_direction(offer, key, measure, each=each) for key in keys)


def _direction(offer: Offer, key: str, measure: str, *, each: bool) -> int | None:
    lever = lever_of(key)
    if measure in _STAYS:
        return 0
    if lever.generous == 0:  # fees
        return 0 if measure in _RISES | _FALLS else None
    if lever.generous < 0 or not _keeps_order(offer, step_of(key)):
        return None
    if measure in _RISES:
        return 1
    if measure in _FALLS:
        return -1
    rule = joined_fees(tuple(one.fees for one in offer.settlements)).rule
    if each and measure in _HELD_BY.get(rule, ()):
        return 0
    return -1 if measure in _MONEY_FALLS and rule is FeeRule.FIXED else None


def _keeps_order(offer: Offer, step: int) -> bool:
    """Whether no later step can turn the order round: it would, where who gets how much hangs on pay by then."""
    later = offer.settlements[step + 1 :]
    rules = chain.from_iterable(one.pay for one in later)
    return not any(one.spine is not None or one.delete_points for one in later) and not any(
        rule.taper is not None
        or rule.scope.pay_above_micros is not None
        or rule.scope.pay_up_to_micros is not None
        for rule in rules
    )
