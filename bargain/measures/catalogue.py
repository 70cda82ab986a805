"""Every measure by its id: what it is called, its unit, and how it is taken of a view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from bargain.measures import distribution as spread
from bargain.measures.differentials import differential, smallest_gap
from bargain.measures.info import Measure, MeasureInfo
from bargain.measures.rarer import RARER
from bargain.measures.view import View
from models.later import column_of_rows
from models.measures import EmployerMargins
from models.target import Target
from models.units import MICROS_PER_POUND
from models.workforce import Contract, Sex


def _once(key: object, figure: Callable[[spread.Tally], float | None]) -> Measure:
    """A figure of pay, worked out once for each side of an offer however many measures are built on it."""
    return lambda view, _target, after: view.figures(after=after).of(
        ("figure", key), lambda: figure(view.pay(after=after))
    )


def _percentile(share: float) -> Measure:
    return _once(("percentile", share), lambda pay: spread.percentile(pay, share))


def _ratio(upper: float, lower: float) -> Measure:
    above, below = _percentile(upper), _percentile(lower)
    return lambda view, target, after: spread.ratio(above(view, target, after), below(view, target, after))


def _extreme(place: int) -> Callable[[spread.Tally], float | None]:
    return lambda pay: float(pay.rates[place] / MICROS_PER_POUND) if len(pay.rates) else None


def _max_min(pay: spread.Tally) -> float | None:
    return spread.ratio(_extreme(-1)(pay), _extreme(0)(pay))


def _differential(view: View, target: Target, after: bool) -> float | None:
    if target.grade not in view.grades or target.over not in view.grades:
        return None
    grade, over = view.grades.index(target.grade), view.grades.index(target.over)
    here = view.at(after=after)
    return differential(view.ranked(after=after), here.heads, here.grade_code, grade=grade, over=over)


def _smallest(view: View, _target: Target, after: bool) -> float | None:
    def find() -> float | None:
        return smallest_gap(view.grade_gaps(after=after))

    return view.figures(after=after).of("smallest differential", find)


def _hourly_of(view: View, target: Target) -> float | None:
    return target.hourly if target.hourly is not None else view.reference.get("real_living_wage")


def _heads_below(view: View, target: Target, after: bool) -> float | None:
    hourly = _hourly_of(view, target)
    return None if hourly is None else view.heads_under(hourly, after=after)


def _low_pay_share(view: View, target: Target, after: bool) -> float | None:
    heads = float(view.heads.sum())
    below = _heads_below(view, target, after)
    return None if below is None or not heads else below / heads


def _gap(of: str) -> Measure:
    def take(view: View, _target: Target, after: bool) -> float | None:
        def find() -> float | None:
            men, women = (view.pay_of_sex(sex, after=after) for sex in (Sex.MALE, Sex.FEMALE))
            return spread.pay_gap(men, women, of=of)

        return view.figures(after=after).of(("gap", of), find)

    return take


def _growth(view: View, _target: Target, _after: bool) -> float | None:
    before = float(view.at(after=False).pay_before.sum())
    return float(view.pay_after.sum()) / before - 1 if before else None


def _general_rise(view: View, _target: Target, _after: bool) -> float | None:
    return view.general_rise


def _catch_up(view: View, target: Target, after: bool) -> float | None:
    total, general = _growth(view, target, after), _general_rise(view, target, after)
    return None if total is None or general is None else total - general


def _restraint_gap(view: View, target: Target, after: bool) -> float | None:
    general = _general_rise(view, target, after)
    return None if general is None or target.norm is None else general - target.norm


def _cost(field: str) -> Measure:
    return lambda view, _target, _after: float(column_of_rows(view.costs, field).sum())


def _pooled(
    part: Callable[[EmployerMargins], float | None], whole: Callable[[EmployerMargins], float | None]
) -> Callable[[View], float | None]:
    """Sums over the employers whose figures are known; None if none is."""

    def take(view: View) -> float | None:
        known = [(part(one), whole(one), one.represents) for one in view.with_revenue]
        pairs = [
            (left * weight, right * weight)
            for left, right, weight in known
            if left is not None and right is not None
        ]
        total = sum(right for _, right in pairs)
        return sum(left for left, _ in pairs) / total if total else None

    return take


def _margin(view: View, _target: Target, after: bool) -> float | None:
    if after:
        return _pooled(lambda one: one.result_after, lambda one: one.revenue_after)(view)
    return _pooled(lambda one: one.result_before, lambda one: one.revenue_before)(view)


def _share_of_revenue(before: str, after_name: str) -> Measure:
    def take(view: View, _target: Target, after: bool) -> float | None:
        share, money = (after_name, "revenue_after") if after else (before, "revenue_before")

        def amount(one: EmployerMargins) -> float | None:
            rate, revenue = getattr(one, share), getattr(one, money)
            return None if rate is None or revenue is None else rate * revenue

        return _pooled(amount, lambda one: getattr(one, money))(view)

    return take


def _profit_change(view: View, _target: Target, _after: bool) -> float | None:
    known = [
        one for one in view.with_revenue if one.result_before is not None and one.result_after is not None
    ]
    before = sum(one.result_before * one.represents for one in known if one.result_before is not None)
    after = sum(one.result_after * one.represents for one in known if one.result_after is not None)
    return (after - before) / abs(before) if before else None


def _required_uplift(view: View, _target: Target, _after: bool) -> float | None:
    return _pooled(lambda one: one.labour_rise, lambda one: one.revenue_before)(view)


def _affordable(view: View, _target: Target, _after: bool) -> float | None:
    known = [one.affordable_rise for one in view.with_revenue if one.affordable_rise is not None]
    return min(known) if known else None


def _employers_below(view: View, target: Target, after: bool) -> float | None:
    limit = target.margin or 0.0
    known = [(one.margin_after if after else one.margin_before, one.represents) for one in view.with_revenue]
    judged = [(margin, weight) for margin, weight in known if margin is not None]
    return float(sum(weight for margin, weight in judged if margin < limit)) if judged else None


def _contracts(*kinds: Contract) -> Measure:
    return lambda view, _target, _after: view.share_of_contract(*kinds)


def _parity_gap(view: View, target: Target, after: bool) -> float | None:
    """How far pay is below a comparator rate, as a share of it, for those who are below (M26)."""
    if target.hourly is None:
        return None
    comparator = target.hourly * MICROS_PER_POUND
    here = view.at(after=after)
    rates = here.after if after else here.before
    total = float(here.weight.sum()) * comparator
    return float((here.weight * np.maximum(comparator - rates, 0)).sum()) / total if total else None


_DISTRIBUTION = (
    MeasureInfo("p10", "Tenth percentile", "£/h", _percentile(0.1)),
    MeasureInfo("p50", "Median hourly pay", "£/h", _percentile(0.5)),
    MeasureInfo("p90", "Ninetieth percentile", "£/h", _percentile(0.9)),
    MeasureInfo("p90_p10", "P90 : P10", "ratio", _ratio(0.9, 0.1)),
    MeasureInfo("p90_p50", "P90 : P50", "ratio", _ratio(0.9, 0.5)),
    MeasureInfo("p50_p10", "P50 : P10", "ratio", _ratio(0.5, 0.1)),
    MeasureInfo("gini", "Gini", "ratio", _once("gini", spread.gini)),
    MeasureInfo("theil", "Theil", "ratio", _once("theil", spread.theil)),
    MeasureInfo(
        "atkinson_0_5",
        "Atkinson (0.5)",
        "ratio",
        _once("atkinson_0_5", lambda pay: spread.atkinson(pay, 0.5)),
    ),
    MeasureInfo(
        "atkinson_1", "Atkinson (1)", "ratio", _once("atkinson_1", lambda pay: spread.atkinson(pay, 1))
    ),
    MeasureInfo("max_min", "Highest : lowest", "ratio", _once("max_min", _max_min)),
    MeasureInfo("lowest", "Lowest hourly rate", "£/h", _once("lowest", _extreme(0))),
    MeasureInfo("highest", "Highest hourly rate", "£/h", _once("highest", _extreme(-1))),
    MeasureInfo("mean", "Mean hourly pay", "£/h", _once("mean", spread.mean)),
)


def _change_of(info: MeasureInfo) -> MeasureInfo:
    def take(view: View, target: Target, _after: bool) -> float | None:
        now, then = info.take(view, target, True), info.take(view, target, False)
        quotient = spread.ratio(now, then)
        return None if quotient is None else quotient - 1

    return MeasureInfo(f"{info.id}_change", f"{info.label}, change", "share", take, timed=False)


_OTHERS = (
    MeasureInfo("differential", "Differential between two grades", "share", _differential),
    MeasureInfo("smallest_differential", "Smallest differential", "share", _smallest),
    MeasureInfo("heads_below_hourly", "Staff below an hourly rate", "heads", _heads_below),
    MeasureInfo("low_pay_share", "Share below an hourly rate", "share", _low_pay_share),
    MeasureInfo("gender_pay_gap_median", "Median gender pay gap", "share", _gap("median")),
    MeasureInfo("gender_pay_gap_mean", "Mean gender pay gap", "share", _gap("mean")),
    MeasureInfo("paybill_growth", "Pay bill growth", "share", _growth, timed=False),
    MeasureInfo("general_rise", "General rise", "share", _general_rise, timed=False),
    MeasureInfo("catch_up", "Catch-up", "share", _catch_up, timed=False),
    MeasureInfo("restraint_gap", "General rise over the norm", "share", _restraint_gap, timed=False),
    MeasureInfo("cost_full_year", "Full-year cost", "£", _cost("full_year"), timed=False),
    MeasureInfo("cost_in_year", "Cost in the first settlement year", "£", _cost("in_year"), timed=False),
    MeasureInfo("cost_total", "Cost over the deal", "£", _cost("over_term"), timed=False),
    MeasureInfo(
        "cost_of_one_percent", "Cost of 1 %", "£", lambda view, _t, _a: view.one_percent, timed=False
    ),
    MeasureInfo("operating_margin", "Operating margin", "share", _margin),
    MeasureInfo(
        "adjusted_margin", "Adjusted margin", "share", _share_of_revenue("adjusted_before", "adjusted_after")
    ),
    MeasureInfo("leakage", "Leakage", "share", _share_of_revenue("leakage_before", "leakage_after")),
    MeasureInfo("profit_change", "Change in operating profit", "share", _profit_change, timed=False),
    MeasureInfo(
        "required_fee_uplift", "Fee uplift that holds profit", "share", _required_uplift, timed=False
    ),
    MeasureInfo("affordable_rise", "Smallest affordable rise", "share", _affordable, timed=False),
    MeasureInfo("employers_below_margin", "Employers below a margin", "heads", _employers_below),
    MeasureInfo("zero_hours_share", "Zero-hours share", "share", _contracts(Contract.ZERO_HOURS)),
    MeasureInfo("agency_share", "Agency share", "share", _contracts(Contract.AGENCY)),
    MeasureInfo("parity_gap", "Gap to a comparator rate", "share", _parity_gap),
)

MEASURES: Mapping[str, MeasureInfo] = MappingProxyType(
    {one.id: one for one in (*_DISTRIBUTION, *map(_change_of, _DISTRIBUTION), *_OTHERS, *RARER)}
)
