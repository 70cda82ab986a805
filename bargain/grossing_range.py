"""The range of a grossed figure: every figure under the weights of every trial of resampled employers.

Rates of pay after the offer are held as they are: a rule that stands on a sector-wide median is not settled anew in
each trial. How employers are drawn, and what of the trials a range is, stands in ``grossing_trials``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bargain.appraisal import view_of
from bargain.grossing_money import cost_figures, margin_figures, time_bases
from bargain.grossing_shape import named_figures, shape_figures
from bargain.grossing_trials import Draws, Figures, Sums, draws_of, over, percentile, range_of
from bargain.measures.catalogue import MEASURES
from bargain.measures.each_employer import AT_ONCE
from bargain.measures.shape import BUNCH_PENCE
from bargain.measures.view import View
from bargain.targets import within
from models.appraisal import Appraisal
from models.grossing import Range
from models.sector import Sector
from models.target import Target, TargetScope, Verdict
from models.units import MICROS_PER_PENNY, MICROS_PER_POUND, BoolColumn, FloatColumn, MicroColumn
from models.workforce import Contract, Sex

NO_TARGET = Target(name="", measure="")
_PERCENTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
_QUOTIENTS = {
    "p90_p10": ("p90", "p10"),
    "p90_p50": ("p90", "p50"),
    "p50_p10": ("p50", "p10"),
    "max_min": ("highest", "lowest"),
}
_WITH_LOGS = ("theil", "theil_l", "atkinson_0_5", "atkinson_1")
_OF_PAY = (*_PERCENTILES, "mean", "gini", "lowest", "highest", "half_cv2", *_WITH_LOGS)


def ranges_of(sector: Sector, appraisal: Appraisal, *, weight: str = "heads") -> Mapping[str, Range]:
    """The range of every figure after the offer that has one; none where figures are the returns alone."""
    return ranges_and_verdicts(sector, appraisal, (), weight=weight, rarer=True)[0]


def ranges_and_verdicts(
    sector: Sector,
    appraisal: Appraisal,
    verdicts: Sequence[Verdict],
    *,
    weight: str = "heads",
    rarer: bool = False,
) -> tuple[Mapping[str, Range], tuple[Verdict, ...]]:
    """Ranges by measure, and verdicts with that of their own figure, taken as the target takes it.

    rarer: also of the measures that a moving lever does not wait for. Nothing has a range where figures are the returns
    alone, nor has a target on every employer or grade: what stands worst there is an employer's own figure, or that of
    the grade that happened to be worst.
    """
    draws = draws_of(sector)
    if draws is None or appraisal.basis.grossed is None:
        return {}, tuple(verdicts)
    rarer = rarer or any(not MEASURES[one.target.measure].live for one in verdicts)
    view = view_of(sector, appraisal, weight=weight)
    of_all = figures_under(sector, appraisal, view, draws, rarer=rarer)
    known: dict[Target, Figures] = {} if view.weight is not view.heads else {NO_TARGET: of_all}
    whole = view if known else view_of(sector, appraisal)  # targets count heads

    def span(target: Target) -> Range | None:
        if target.scope is not TargetScope.SECTOR:
            return None
        bare = replace(target, name="", measure="", at_least=None, at_most=None)
        if bare not in known:
            part = within(target, sector, whole)
            figures = figures_in(part, draws, asked=bare, growth=of_all["paybill_growth"], rarer=rarer)
            known[bare] = figures if target.ownership else of_all | figures
        values = known[bare].get(target.measure)
        return None if values is None else range_of(values)

    return _ranges(of_all), tuple(replace(one, range=span(one.target)) for one in verdicts)


def ranges_in(
    view: View, draws: Draws, *, asked: Target = NO_TARGET, growth: FloatColumn | None = None
) -> Mapping[str, Range]:
    """The ranges of what a part of the sector shows, as ``figures_in`` takes them."""
    return _ranges(figures_in(view, draws, asked=asked, growth=growth))


def growth_in(view: View, draws: Draws) -> FloatColumn:
    """The growth of the pay bill in view under every trial, shape (n_trials,)."""
    sums = Sums(view.employer_code, draws)
    return over(sums(view.pay_after), sums(view.pay_before)) - 1


def _ranges(figures: Figures) -> dict[str, Range]:
    found = ((name, range_of(values)) for name, values in figures.items())
    return {name: span for name, span in found if span is not None}


def figures_under(
    sector: Sector, appraisal: Appraisal, view: View, draws: Draws, *, rarer: bool = True
) -> Figures:
    """Every figure of the sector that can be resampled, under each trial's weights; arrays of shape (n_trials,).

    rarer: as in ``figures_in``.
    """
    found = figures_in(view, draws, rarer=rarer) | cost_figures(sector, appraisal, draws)
    return found | time_bases(appraisal.cost, found["paybill_growth"])


def figures_in(
    view: View,
    draws: Draws,
    *,
    asked: Target = NO_TARGET,
    growth: FloatColumn | None = None,
    rarer: bool = True,
) -> Figures:
    """Every figure of the posts and employers in view, under each trial's weights; arrays of shape (n_trials,).

    asked: what measures that need words are taken with.  growth: of the whole sector's pay bill, shape (n_trials,);
    None where the whole sector is in view.  rarer: also the shape of grades, gaps between groups and women by quarter.
    """
    by_employer = Sums(view.employer_code, draws)
    before, after = by_employer(view.pay_before), by_employer(view.pay_after)
    found: Figures = {
        "staff": by_employer(view.heads),
        "paybill_before": before,
        "paybill_after": after,
        "paybill_growth": over(after, before) - 1,
    }
    spread_before = _distribution(view.before, view.weight, by_employer)
    spread_after = _distribution(view.after, view.weight, by_employer)
    found |= spread_after
    found |= {f"{name}_change": over(one, spread_before[name]) - 1 for name, one in spread_after.items()}
    found |= _general_rise(view, by_employer, norm=asked.norm)
    found["catch_up"] = found["paybill_growth"] - found["general_rise"]
    found |= _smallest_differential(view, draws.trials)
    for name, codes in (("grades", view.grade_code), ("sexes", view.sex), ("employers", view.employer_code)):
        found |= _theil_parts(view, codes, name, by_employer, whole=found["theil"])
    found |= _gender(view, by_employer)
    found |= _low_pay(view, by_employer, hourly=asked.hourly)
    found |= named_figures(view, by_employer, asked)
    if rarer:
        found |= shape_figures(view, by_employer, asked)
    known = by_employer(np.where(view.contract != Contract.UNKNOWN, view.heads, 0.0))
    for name, kind in (("zero_hours_share", Contract.ZERO_HOURS), ("agency_share", Contract.AGENCY)):
        found[name] = over(by_employer(np.where(view.contract == kind, view.heads, 0.0)), known)
    whole = found["paybill_growth"] if growth is None else growth
    return found | margin_figures(view, draws, margin=asked.margin, growth=whole)


def _distribution(rates: MicroColumn, weights: FloatColumn, sums: Sums) -> Figures:
    found = sums.along(rates, weights, _of_pay)
    return found | {name: over(found[high], found[low]) for name, (high, low) in _QUOTIENTS.items()}


def _of_pay(rates: MicroColumn, weights: FloatColumn) -> Figures:
    """Percentiles, ends, mean, Gini and the family of Theil as the measures define them (M6–M9), for every trial."""
    drawn: BoolColumn = np.any(
        weights, axis=1
    )  # a trial may have drawn none of the employers that are asked about
    if not drawn.all():
        some = _of_pay(rates, weights[drawn]) if drawn.any() else {}
        return {name: _spread(some.get(name), drawn) for name in _OF_PAY}
    reached = np.cumsum(weights, axis=1)
    total = reached[:, -1:]
    amount = weights * rates
    sums = amount.sum(axis=1)
    found = {name: percentile(rates, reached, share) for name, share in _PERCENTILES.items()}
    found["mean"] = sums / total[:, 0] / MICROS_PER_POUND
    found["gini"] = over((amount * (2 * reached - weights - total)).sum(axis=1), total[:, 0] * sums)
    counts = weights > 0  # nobody is where no employer with that rate was drawn
    found["lowest"] = rates[counts.argmax(axis=1)] / MICROS_PER_POUND
    found["highest"] = rates[len(rates) - 1 - counts[:, ::-1].argmax(axis=1)] / MICROS_PER_POUND
    return found | _inequality(rates / MICROS_PER_POUND, weights, total[:, 0], found["mean"])


def _spread(values: FloatColumn | None, drawn: BoolColumn) -> FloatColumn:
    """Values of the trials that have one, among all of them."""
    found = np.full(len(drawn), np.nan)
    if values is not None:
        found[drawn] = values
    return found


def _inequality(pay: FloatColumn, weights: FloatColumn, total: FloatColumn, mean: FloatColumn) -> Figures:
    """Theil, its family and Atkinson under every trial; nan where somebody is paid nothing, as they have no value then."""
    found: Figures = {"half_cv2": (weights @ pay**2 / (total * mean**2) - 1) / 2}
    if pay[0] <= 0:
        return found | {name: np.full(len(total), np.nan) for name in _WITH_LOGS}
    logs = weights @ np.log(pay) / total
    return found | {
        "theil": weights @ (pay * np.log(pay)) / (total * mean) - np.log(mean),
        "theil_l": np.log(mean) - logs,
        "atkinson_0_5": 1 - (weights @ np.sqrt(pay) / total) ** 2 / mean,
        "atkinson_1": 1 - np.exp(logs) / mean,
    }


def _general_rise(view: View, sums: Sums, *, norm: float | None) -> Figures:
    """The lowest rise that any grade gets, before rates are rounded (M13), and what it is above a norm."""
    rises = []
    for code in np.unique(view.grade_code):
        chosen = view.grade_code == code
        before, exact = (sums(np.where(chosen, one, 0.0)) for one in (view.pay_before, view.pay_exact))
        rises.append(np.where(before > 0, over(exact, before) - 1, np.inf))
    least = np.min(rises, axis=0)
    rise = np.where(np.isfinite(least), least, np.nan)
    return {"general_rise": rise} | ({} if norm is None else {"restraint_gap": rise - norm})


def _smallest_differential(view: View, trials: FloatColumn) -> Figures:
    """The least gap between neighbouring grades at the employers that were drawn."""
    found = AT_ONCE["smallest_differential"](view, NO_TARGET)
    gaps = np.full(trials.shape[1], np.nan)
    gaps[: len(found)] = found
    held = np.where((trials > 0) & ~np.isnan(gaps), gaps, np.inf).min(axis=1)
    return {"smallest_differential": np.where(np.isfinite(held), held, np.nan)}


def _theil_parts(
    view: View, codes: NDArray[np.integer], name: str, sums: Sums, *, whole: FloatColumn
) -> Figures:
    """Theil after the offer between the means of groups, and what is left within them."""
    pay = view.after / MICROS_PER_POUND
    _, group = np.unique(codes, return_inverse=True)
    heads, amount = (sums.by_group(one, group) for one in (view.weight, view.weight * pay))
    staff = heads.sum(axis=1)
    average = over(amount.sum(axis=1), staff)
    relative = over(amount, heads * np.nan_to_num(average)[:, np.newaxis])
    terms = np.where(heads > 0, heads * relative * np.log(np.where(relative > 0, relative, 1.0)), 0.0)
    between = np.where(np.isnan(whole), np.nan, over(terms.sum(axis=1), staff))
    return {f"theil_between_{name}": between, f"theil_within_{name}": whole - between}


def _low_pay(view: View, sums: Sums, *, hourly: float | None) -> Figures:
    """Staff below a rate (the real Living Wage, unless one is named) and at or below the legal floor of the day."""
    staff = sums(view.heads)
    found: Figures = {}

    def below(hourly: float) -> FloatColumn:
        return sums(np.where(view.after < round(hourly * MICROS_PER_POUND), view.heads, 0.0))

    living, legal = view.reference.get("real_living_wage"), view.reference.get("minimum_wage")
    if living is not None:
        found["below_living_wage_share"] = over(below(living), staff)
    asked = living if hourly is None else hourly
    if asked is not None:
        held = below(asked)
        found |= {"heads_below_hourly": held, "low_pay_share": over(held, staff)}
    if legal is not None:
        floor = round(legal * MICROS_PER_POUND)
        at = (view.after >= floor) & (view.after <= floor + BUNCH_PENCE * MICROS_PER_PENNY)
        found["heads_below_legal_floor"] = below(legal)
        found["at_legal_floor_share"] = over(sums(np.where(at, view.heads, 0.0)), staff)
    return found


def _gender(view: View, sums: Sums) -> Figures:
    """Mean and median gaps: (men − women) ÷ men."""
    halves = {}
    for sex in (Sex.MALE, Sex.FEMALE):
        weights = np.where(view.sex == sex, view.weight, 0.0)
        if not weights.any():
            return {}
        halves[sex] = sums.along(view.after, weights, _of_pay)
    men, women = halves[Sex.MALE], halves[Sex.FEMALE]
    return {
        f"gender_pay_gap_{of}": 1 - over(women[key], men[key])
        for of, key in (("mean", "mean"), ("median", "p50"))
    }
