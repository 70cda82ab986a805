"""What an offer costs and what employers have left, under the weights of every trial."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from bargain.appraisal import one_percent_by_employer
from bargain.grossing_trials import Draws, Figures, over
from bargain.measures.view import View
from models.appraisal import Appraisal
from models.costing import CostBreakdown
from models.measures import EmployerMargins
from models.sector import Sector
from models.units import FloatColumn

_Amount = Callable[[EmployerMargins], float | None]
_COSTS = {"cost_full_year": "full_year", "cost_in_year": "in_year", "cost_total": "over_term"}


def cost_figures(sector: Sector, appraisal: Appraisal, draws: Draws) -> Figures:
    """What is of the whole sector alone: cost of 1 %, carry-over, back pay, one-off pay, labour cost; £ a year."""
    rows = appraisal.cost.by_employer
    one_percent = one_percent_by_employer(sector, appraisal.offer)
    full_year, labour = draws.total(rows, "full_year"), draws.total(rows, "labour_before")
    return {
        "cost_of_one_percent": draws.summed(one_percent, range(len(one_percent))),
        "carry_over_cost": full_year - draws.total(rows, "in_year"),
        "back_pay": draws.total(rows, "back_pay"),
        "one_off": draws.total(rows, "one_off"),
        "labour_before": labour,
        "labour_after": labour + full_year,
    }


def time_bases(cost: CostBreakdown, level: FloatColumn) -> Figures:
    """Level and comparable rate and, of an offer in one step, in-year and carry-over; from the growth of the pay bill.

    With several steps the last two need each step's own growth by employer, which no costing keeps.
    """
    if not cost.level:
        return {}
    found = {"level": level, "comparable_rate": level * (cost.comparable_rate / cost.level)}
    if len(cost.steps) == 1:
        found["in_year"] = level * (cost.in_year / cost.level)
        found["carry_over"] = (1 + level) / (1 + found["in_year"]) - 1
    return found


def margin_figures(view: View, draws: Draws, *, margin: float | None, growth: FloatColumn) -> Figures:
    """Costs of the employers in view, and margins after the offer of those whose accounts are known.

    margin: the one to keep, below which employers are counted; None is nought.  growth: of the whole sector's pay
    bill, which growth of profit is held against.
    """
    found = {name: draws.total(view.costs, field) for name, field in _COSTS.items()}
    found["cost_share"] = over(found["cost_full_year"], draws.total(view.costs, "labour_before"))
    margins, places = view.margins, np.array(draws.places(one.name for one in view.margins), dtype=np.intp)

    def told(of: _Amount) -> FloatColumn:
        return np.array(
            [np.nan if (amount := of(one)) is None else amount for one in margins], dtype=np.float64
        )

    def pooled(part: _Amount, whole: _Amount) -> tuple[FloatColumn, FloatColumn] | None:
        own, base = told(part), told(whole)
        known = np.isfinite(own) & np.isfinite(base)
        drawn = draws.trials[:, places[known]]
        return (drawn @ own[known], drawn @ base[known]) if known.any() else None

    for name, (part, whole) in _POOLED.items():
        sums = pooled(part, whole)
        if sums is not None:
            found[name] = over(*sums)
    for name, base in (("profit_change", _result_with_revenue), ("profit_symmetry", _result)):
        sums = pooled(_gain, base)
        if sums is not None:
            found[name] = over(sums[0], np.abs(sums[1])) - (growth if name == "profit_symmetry" else 0.0)
    own = told(lambda one: None if one.revenue_before is None else one.margin_after)
    if np.isfinite(own).any():
        found["employers_below_margin"] = draws.trials[:, places[own < (margin or 0.0)]].sum(axis=1)
    rises = told(lambda one: None if one.revenue_before is None else one.affordable_rise)
    if np.isfinite(rises).any():
        drawn = (draws.trials[:, places] > 0) & np.isfinite(rises)
        least = np.where(drawn, rises, np.inf).min(axis=1)
        found["affordable_rise"] = np.where(np.isfinite(least), least, np.nan)
    return found


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
    if one.result_before is None or one.result_after is None:
        return None
    return one.result_after - one.result_before


def _result(one: EmployerMargins) -> float | None:
    return one.result_before


def _result_with_revenue(one: EmployerMargins) -> float | None:
    return one.result_before if one.revenue_before is not None else None


_POOLED: Mapping[str, tuple[_Amount, _Amount]] = MappingProxyType(
    {
        "operating_margin": (_of("result_after"), _of("revenue_after")),
        "adjusted_margin": (_share_in("adjusted_after"), _of("revenue_after")),
        "leakage": (_share_in("leakage_after"), _of("revenue_after")),
        "required_fee_uplift": (_of("labour_rise"), _of("revenue_before")),
        "ebitdar_margin": (_of("ebitdar_after"), _of("revenue_after")),
        "ebitda_margin": (_of("ebitda_after"), _of("revenue_after")),
        "pretax_margin": (_of("pretax_after"), _of("revenue_after")),
        "roce": (_of("result_after"), _of("capital")),
        "financial_leakage": (_of("returned_after"), _of("revenue_after")),
    }
)
