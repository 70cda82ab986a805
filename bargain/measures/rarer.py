"""Measures that not every appraisal needs: inequality taken apart, the shape of grades, low pay, gaps, the ladder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.measures import distribution as spread
from bargain.measures.inequality import half_squared_variation, mean_log_deviation, theil_parts
from bargain.measures.info import Measure, MeasureInfo
from bargain.measures.shape import (
    compa_ratio,
    experience_premium,
    largest_overlap,
    months_served,
    share_at_floor,
    shares_of_quarters,
)
from bargain.measures.view import DATA_MONTH, PAYBILL_GROWTH, View
from models.measures import EmployerMargins
from models.target import Target
from models.units import BoolColumn
from models.workforce import Sex

_YOUNG = 25
_FULL_TIME = 0.999  # of the full week, so that rounding of hours makes nobody part-time


def _rates(view: View, *, after: bool) -> NDArray[np.int64]:
    return view.after if after else view.before


def _theil(column: str, part: int) -> Measure:
    def take(view: View, _target: Target, after: bool) -> float | None:
        parts = theil_parts(_rates(view, after=after), view.weight, getattr(view, column))
        return None if parts is None else parts[part]

    return take


def _compa(view: View, _target: Target, after: bool) -> float | None:
    return compa_ratio(_rates(view, after=after), view.weight, view.grade_code)


def _overlap(view: View, _target: Target, after: bool) -> float | None:
    return largest_overlap(_rates(view, after=after), view.weight, view.grade_code)


def _experience(view: View, target: Target, after: bool) -> float | None:
    found = service_of(view, target)
    if found is None:
        return None
    months, grade = found
    return experience_premium(_rates(view, after=after), view.weight, months, grade=grade)


def service_of(view: View, target: Target) -> tuple[NDArray[np.int64], BoolColumn] | None:
    """Months of service of each post (−1 not recorded), and which posts are of the grade that is compared.

    The grade is the one that a target names, else the lowest one in view. None where no start date is at hand.
    """
    starts, now = view.column("start_month"), view.reference.get(DATA_MONTH)
    if starts is None or now is None:
        return None
    held = np.unique(view.grade_code[view.grade_code >= 0])
    if target.grade:
        code = view.grades.index(target.grade) if target.grade in view.grades else -2
    else:
        code = int(held[0]) if len(held) else -2
    return months_served(starts, now), view.grade_code == code


def _at_floor(view: View, _target: Target, after: bool) -> float | None:
    floor = view.reference.get("minimum_wage")
    return None if floor is None else share_at_floor(_rates(view, after=after), view.heads, floor)


def _below(key: str, *, share: bool) -> Measure:
    def take(view: View, _target: Target, after: bool) -> float | None:
        rate, heads = view.reference.get(key), float(view.heads.sum())
        if rate is None or (share and not heads):
            return None
        below = view.heads_under(rate, after=after)
        return below / heads if share else below

    return take


def _gap_of(first: Callable[[View], Any], second: Callable[[View], Any]) -> Measure:
    """The median gap between two groups of posts; None where either is empty or not recorded."""

    def take(view: View, _target: Target, after: bool) -> float | None:
        here, there = first(view), second(view)
        if here is None or there is None:
            return None
        rates = _rates(view, after=after)
        tallies = (spread.tally(rates[chosen], view.weight[chosen]) for chosen in (here, there))
        return spread.pay_gap(*tallies, of="median")

    return take


def _aged(low: int, high: int) -> Callable[[View], Any]:
    def chosen(view: View) -> Any:
        ages = view.column("age")
        return None if ages is None else (ages >= low) & (ages < high)

    return chosen


def _on_full_hours(full: bool) -> Callable[[View], Any]:
    def chosen(view: View) -> Any:
        hours, week = view.column("hours_w"), view.column("full_hours_w")
        if hours is None or week is None:
            return None
        is_full = hours >= week.astype(np.float64) * _FULL_TIME
        return (is_full if full else ~is_full) & (hours > 0)

    return chosen


def _women_in_quarter(at: int) -> Measure:
    def take(view: View, _target: Target, after: bool) -> float | None:
        known = (view.sex == Sex.FEMALE) | (view.sex == Sex.MALE)
        shares = shares_of_quarters(
            _rates(view, after=after)[known], view.heads[known], view.sex[known] == Sex.FEMALE
        )
        return None if shares is None else shares[at]

    return take


def _pooled(part: str, whole: str) -> Measure:
    """Sums over the employers for which both are known; ``part`` and ``whole`` without _before or _after."""

    def take(view: View, _target: Target, after: bool) -> float | None:
        time = "after" if after else "before"
        pairs = [_pair(one, part, whole, time) for one in view.margins]
        both = [pair for pair in pairs if pair is not None]
        total = sum(right for _, right in both)
        return sum(left for left, _ in both) / total if total else None

    return take


def _pair(one: EmployerMargins, part: str, whole: str, time: str) -> tuple[float, float] | None:
    left = getattr(one, f"{part}_{time}")
    right = getattr(one, whole if hasattr(one, whole) else f"{whole}_{time}")
    return None if left is None or right is None else (left * one.represents, right * one.represents)


def _symmetry(view: View, _target: Target, _after: bool) -> float | None:
    """Growth of profit here less growth of the whole sector's pay bill (M16 e): above nought breaks the rule."""
    known = [
        (one.result_before * one.represents, one.result_after * one.represents)
        for one in view.margins
        if one.result_before is not None and one.result_after is not None
    ]
    before, after = sum(one for one, _ in known), sum(one for _, one in known)
    growth = view.reference.get(PAYBILL_GROWTH)
    return (after - before) / abs(before) - growth if before and growth is not None else None


def _spent_share(view: View, _target: Target, _after: bool) -> float | None:
    labour = sum(one.labour_before for one in view.costs)
    return sum(one.full_year for one in view.costs) / labour if labour else None


def _rarer(key: str, label: str, unit: str, take: Measure, *, timed: bool = True) -> MeasureInfo:
    return MeasureInfo(key, label, unit, take, timed, live=False)


def _of_pay(figure: Callable[[spread.Tally], float | None]) -> Measure:
    return lambda view, _target, after: figure(view.pay(after=after))


PART_TIME_GAP = (_on_full_hours(True), _on_full_hours(False))  # whose pay is compared with whose
AGE_GAP = (_aged(_YOUNG, 200), _aged(0, _YOUNG))
QUARTERS = ("lowest", "lower_middle", "upper_middle", "highest")

RARER = (
    *(
        _rarer(f"theil_{name}_{groups}", f"Theil {name} {groups}", "ratio", _theil(column, part))
        for groups, column in (("employers", "employer_code"), ("grades", "grade_code"), ("sexes", "sex"))
        for part, name in enumerate(("within", "between"))
    ),
    _rarer("theil_l", "Theil L (mean log deviation)", "ratio", _of_pay(mean_log_deviation)),
    _rarer("half_cv2", "Half squared variation", "ratio", _of_pay(half_squared_variation)),
    _rarer("compa_ratio", "Pay over the middle of its grade", "ratio", _compa),
    _rarer("range_overlap", "Largest overlap of neighbouring grades", "share", _overlap),
    _rarer("experience_premium", "Premium for five years' service", "share", _experience),
    _rarer("at_legal_floor_share", "Share at the legal floor (up to 5p over)", "share", _at_floor),
    _rarer(
        "heads_below_legal_floor", "Staff below the legal floor", "heads", _below("minimum_wage", share=False)
    ),
    _rarer(
        "below_living_wage_share",
        "Share below the real living wage",
        "share",
        _below("real_living_wage", share=True),
    ),
    _rarer(
        "part_time_pay_gap_median",
        "Median gap of part-time pay",
        "share",
        _gap_of(*PART_TIME_GAP),
    ),
    _rarer(
        "age_pay_gap_median",
        f"Median gap of staff under {_YOUNG}",
        "share",
        _gap_of(*AGE_GAP),
    ),
    *(
        _rarer(
            f"women_{name}_quarter",
            f"Women in the {name.replace('_', ' ')} quarter",
            "share",
            _women_in_quarter(at),
        )
        for at, name in enumerate(QUARTERS)
    ),
    _rarer("ebitdar_margin", "Margin before rent (EBITDAR)", "share", _pooled("ebitdar", "revenue")),
    _rarer("ebitda_margin", "Margin after rent (EBITDA)", "share", _pooled("ebitda", "revenue")),
    _rarer("pretax_margin", "Margin before tax", "share", _pooled("pretax", "revenue")),
    _rarer("roce", "Return on capital employed", "share", _pooled("result", "capital")),
    _rarer("financial_leakage", "Financial return to owners", "share", _pooled("returned", "revenue")),
    _rarer("profit_symmetry", "Profit growth over pay bill growth", "share", _symmetry, timed=False),
    _rarer("cost_share", "Full-year cost, share of labour cost", "share", _spent_share, timed=False),
)
