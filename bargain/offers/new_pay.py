"""From one settlement step to new pay: the order of operations, stage by stage.

1 increments (apart: they belong to expected staff, see ``increments``); 2 pay rules as written; 3 floor;
4 deleted points and a new spine; 5 differentials; 6 regional weighting; 7 rounding and favourability. Each
stage's rates are kept, so that the cost of the floor and the cost of the ripple can be told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from bargain.gathered import Gathered
from bargain.lifting import lifted_out
from bargain.money import rounded
from bargain.offers.differentials import lifted_over, lowest_first, standing_among, wanted_over
from bargain.offers.in_all import BeforeDeal, counts_in_all, points_before
from bargain.offers.index_links import with_figures
from bargain.offers.minimum_rates import Minima, ToBasis, on_scale_of, rates_before, scale_amounts
from bargain.offers.pay_rules import PICOS_PER_MICRO, FullWeeks, Rates, Reach, after_rules, lifted_to_floor
from bargain.offers.placing import Placed, in_basis_of, moved_off, placed_on
from bargain.offers.reach import beside_of, reaches_of
from bargain.offers.scale import new_scale
from bargain.offers.scope import among, check_names, points_named, region_names
from bargain.offers.weightings import weighted
from models.assumptions import Assumption
from models.basis import Basis
from models.employer import Employer
from models.issues import UnusableInput
from models.offer import AppliesTo, Settlement, Within
from models.payscale import PayScale, Rounding
from models.spine import SpineOrder
from models.units import BoolColumn, CodeColumn, MicroColumn
from models.workforce import Workforce


@dataclass(frozen=True, slots=True, eq=False)
class NewPay:
    """What a step does to pay.

    stages: (element, rates after it), each £/10⁶ in the post's own basis, shape (n_posts,), in order, the
    last being the new rates. one_off: paid once, in the same unit. protected: posts that would have lost.
    points and point_code: where posts stand now, None where nobody moved to another point. weighting: what
    of the rate is a regional weighting and no basic pay, None for nothing. notes: what is to be said. grown: the
    rows from the first longer stage on, where a differential has taken staff into rows of their own.
    """

    stages: tuple[tuple[str, MicroColumn], ...]
    one_off: MicroColumn | None
    protected: BoolColumn
    points: tuple[str, ...] | None = None
    point_code: CodeColumn | None = None
    weighting: MicroColumn | None = None
    notes: tuple[str, ...] = ()
    grown: Gathered | None = None

    @property
    def rates(self) -> MicroColumn:
        """The new rates."""
        return self.stages[-1][1]

    def applied_to(self, workforce: Workforce) -> Workforce:
        """The workforce at its new rates and on its new points."""
        if self.grown is not None:
            return replace(self.grown.rows, rate_micros=self.rates)
        if self.points is None or self.point_code is None:
            return replace(workforce, rate_micros=self.rates)
        return replace(workforce, rate_micros=self.rates, points=self.points, point_code=self.point_code)


def new_pay(
    workforce: Workforce,
    settlement: Settlement,
    *,
    employers: dict[str, Employer],
    scale: PayScale | None,
    weeks_y: float,
    weighting: MicroColumn | None = None,
    assumptions: Sequence[Assumption] = (),
    gathered: Gathered | None = None,
    before: BeforeDeal | None = None,
) -> NewPay:
    """New rates of every post under one settlement step. Raises UnusableInput for names nobody has.

    weighting: what of each rate is a regional weighting already (£/10⁶, in the post's own basis). gathered: which
    posts the rows stand for, where they are not posts themselves; a grade whose pay depends on the employer's
    others must have rows of its own at each employer. before: pay before the deal, None where this is its first step.
    """
    if weighting is not None:
        workforce = replace(workforce, rate_micros=workforce.rate_micros - weighting)
    grown: Gathered | None = None
    settlement, notes = with_figures(settlement, assumptions)
    _check(settlement, workforce, scale, employers)
    minima = Minima(workforce, scale, weeks_y)
    old, converted = minima.working_rates()
    current, placed, ruled_by = _placed_first(old, workforce, settlement, scale)
    stages = [("new spine", current)] if current is not old else []
    standing = workforce
    if placed.point_code is not workforce.point_code:
        standing = replace(workforce, points=placed.points, point_code=placed.point_code)
    start = current
    beside = beside_of(standing, ruled_by, settlement.pay)
    counted = before if counts_in_all(settlement) else None
    then = start if counted is None else rates_before(start, standing, ruled_by, counted)

    def reached(now: Rates, was: Rates) -> list[Reach]:
        return reaches_of(settlement.pay, standing, employers, start=now, before=was, beside=beside)

    reaches = reached(start, then)
    current, one_off = after_rules(start, settlement, reaches, AppliesTo.ACTUAL, before=then)
    first = None if counted is None else counted.scale
    if settlement.moved is not AppliesTo.ACTUAL:
        lows = None if first is None or scale is None else points_before(scale, first)
        current = minima.followed(start, current, settlement, reached, first=lows)
    if ruled_by is not None and ruled_by.marked_time:
        current = _standing_still(start, current, standing, now=ruled_by, settlement=settlement, first=first)
    if settlement.pay:
        stages.append(("pay rules", current))
    if settlement.floor_micros is not None or settlement.floor_annual_micros is not None:
        current = current.with_amounts(lifted_to_floor(current, settlement))
        stages.append(("floor", current))
    reshaped, placed = _reshaped(current, placed, settlement, ruled_by, first)
    stages += reshaped
    if settlement.differentials:
        current = stages[-1][1] if reshaped else current
        if gathered is not None and gathered.lifts:
            grown, workforce, current = _lifted_out(current, settlement, workforce, gathered)
            old = current.with_amounts(workforce.rate_micros * PICOS_PER_MICRO)
        else:
            current = _with_differentials(current, settlement, workforce, gathered)
        stages.append(("differentials", current))
    result = _finished(
        workforce,
        stages,
        settlement,
        old=old,
        converted=converted,
        to_basis=minima.to_basis(converted),
        one_off=one_off,
        scale=scale,
        counted=counted,
    )
    if grown is not None and grown is not gathered:
        return replace(result, grown=grown, notes=notes)
    if placed.point_code is not workforce.point_code:
        result = replace(result, points=placed.points, point_code=placed.point_code)
    if weighting is not None or settlement.weightings:
        told, weighting = weighted(
            result.stages, workforce, settlement, employers, now=weighting, weeks_y=weeks_y
        )
        result = replace(result, stages=told, weighting=weighting)
    return replace(result, notes=(*notes, *_unpaid(settlement, reaches, workforce)))


def _placed_first(
    old: Rates, workforce: Workforce, settlement: Settlement, scale: PayScale | None
) -> tuple[Rates, Placed, PayScale | None]:
    """Rates, points and the scale that the rules meet: on the new spine already, where that comes first."""
    placed, spine = Placed(workforce.points, workforce.point_code), settlement.spine
    if spine is None or scale is None or spine.order is not SpineOrder.ASSIMILATE_FIRST:
        return old, placed, scale
    current, placed = placed_on(old, placed, scale, spine)
    return current, placed, new_scale(scale, Settlement(settlement.effective, spine=spine))


def _reshaped(
    current: Rates, placed: Placed, settlement: Settlement, scale: PayScale | None, first: PayScale | None
) -> tuple[list[tuple[str, Rates]], Placed]:
    """Staff off deleted points, then on a new spine that comes after the rises. scale: before the rises; first: before the deal."""
    stages: list[tuple[str, Rates]] = []
    spine = settlement.spine
    follows = spine is not None and spine.order is SpineOrder.UPLIFT_FIRST
    if scale is None or not (settlement.delete_points or follows):
        risen = None
    else:
        risen = new_scale(scale, replace(settlement, spine=None), first)
    if settlement.delete_points:
        current, placed = moved_off(current, placed, _names(settlement, placed.points, scale), after=risen)
        stages.append(("deleted points", current))
    if spine is not None and follows and risen is not None:
        current, placed = placed_on(current, placed, risen, spine)
        stages.append(("new spine", current))
    return stages, placed


def _standing_still(
    start: Rates,
    risen: Rates,
    workforce: Workforce,
    *,
    now: PayScale,
    settlement: Settlement,
    first: PayScale | None,
) -> Rates:
    """Pay above its point stands still until the point has caught up; everyone else has the rise."""
    after = new_scale(now, replace(settlement, spine=None), first)
    was = in_basis_of(now, scale_amounts(workforce, now), start)
    becomes = in_basis_of(after, scale_amounts(workforce, after), start)
    held = (was >= 0) & (start.amounts > was)
    return risen.with_amounts(
        np.where(held, np.maximum(start.amounts, np.maximum(becomes, 0)), risen.amounts)
    )


def _unpaid(settlement: Settlement, reaches: list[Reach], workforce: Workforce) -> tuple[str, ...]:
    """What to say of staff without fixed hours, over whom a cash amount a head cannot be spread."""
    for rule, reach in zip(settlement.pay, reaches, strict=True):
        if reach.own is None or rule.pro_rata:
            continue
        without = ~np.asarray(reach.own[0] > 0, dtype=bool)[reach.own[1]]
        heads = float(workforce.heads[without].sum())
        if heads:
            return (
                f"Not priced: the cash amount that is not pro rata, for {heads:,.0f} staff without fixed hours.",
            )
    return ()


def _finished(
    workforce: Workforce,
    stages: list[tuple[str, Rates]],
    settlement: Settlement,
    *,
    old: Rates,
    converted: BoolColumn | None,
    to_basis: ToBasis,
    one_off: NDArray[np.int64] | None,
    scale: PayScale | None,
    counted: BeforeDeal | None,
) -> NewPay:
    """Round each rate that moved, keep better pay, and give all stages in the posts' own basis.

    Who stood on a point before the deal that a step counts back to (counted) is rounded as the point is.
    """
    before = workforce.rate_micros
    final = stages[-1][1].amounts if stages else old.amounts
    exact = rounded(final, Rounding.HALF_UP_PENNY, per_micro=PICOS_PER_MICRO)
    if scale is not None and scale.rounding is not Rounding.HALF_UP_PENNY and scale.basis is Basis.YEAR:
        stands = on_scale_of(workforce, scale)
        if counted is not None and counted.scale is not None:
            stands |= on_scale_of(replace(workforce, rate_micros=counted.rate_micros), counted.scale)
        on_scale = stands & (workforce.basis == Basis.YEAR)
        if converted is not None:
            on_scale |= converted
        by_rule = rounded(final, scale.rounding, to=scale.rounding_to, per_micro=PICOS_PER_MICRO)
        exact = np.where(on_scale, by_rule, exact)
    moved = final != old.amounts
    after = np.where(moved, to_basis(np.where(moved, exact, old.amounts)), before)
    kept = np.maximum(after, before) if settlement.favourability else after
    named = [(name, to_basis(rates.amounts)) for name, rates in stages]
    return NewPay(
        stages=(*named, ("rounding and favourability", kept)),
        one_off=None if one_off is None else to_basis(one_off),
        protected=kept > after,
    )


def _with_differentials(
    rates: Rates, settlement: Settlement, workforce: Workforce, gathered: Gathered | None
) -> Rates:
    for one in lowest_first(settlement.differentials):
        by_employer = one.within is Within.EMPLOYER
        groups = workforce.employer_code if by_employer else np.zeros_like(workforce.employer_code)
        if by_employer and gathered is not None:
            over = gathered.standing_in(workforce.grades.index(one.over))
        else:
            in_over = among([one.over], workforce.grades, workforce.grade_code)
            over = standing_among(np.flatnonzero(in_over & (workforce.heads > 0)), groups, workforce.heads)
        rates = lifted_over(
            rates,
            one,
            in_grade=among([one.grade], workforce.grades, workforce.grade_code),
            over=over,
            groups=groups,
            n_groups=len(workforce.employers),
        )
    return rates


def _lifted_out(
    rates: Rates, settlement: Settlement, workforce: Workforce, gathered: Gathered
) -> tuple[Gathered, Workforce, Rates]:
    """The same where whoever is lifted gets a row of their own."""
    grades, wanted = workforce.grades, dict[int, MicroColumn]()
    for one in lowest_first(settlement.differentials):
        grade, over = grades.index(one.grade), grades.index(one.over)
        least = wanted_over(
            rates,
            one,
            over=gathered.standing_in(over),
            n_groups=len(workforce.employers),
            lifted=wanted.get(over),
        )
        wanted[grade] = np.maximum(least, wanted[grade]) if grade in wanted else least
    found = lifted_out(gathered, workforce, amounts=rates.amounts, wanted=wanted)
    if found.force is workforce:
        return gathered, workforce, rates
    by_hour = np.zeros(len(found.force), dtype=bool)
    return (
        found.gathered,
        found.force,
        Rates(found.amounts, by_hour, FullWeeks(found.force.full_hours_w), rates.weeks_y),
    )


def _names(settlement: Settlement, points: tuple[str, ...], scale: PayScale | None) -> frozenset[str]:
    order = _order(scale)
    return reduce(
        frozenset.union, (points_named(one, points, order) for one in settlement.delete_points), frozenset()
    )


def _order(scale: PayScale | None) -> tuple[str, ...]:
    return tuple(point.name for point in scale.points) if scale else ()


def _check(
    settlement: Settlement, workforce: Workforce, scale: PayScale | None, employers: dict[str, Employer]
) -> None:
    points, order = workforce.points, _order(scale)
    asks_region = bool(settlement.weightings) or any(rule.scope.regions for rule in settlement.pay)
    regions = region_names(workforce, employers) if asks_region else ()
    for rule in settlement.pay:
        check_names(
            rule.scope,
            grades=workforce.grades,
            employers=workforce.employers,
            points=points,
            order=order,
            regions=regions,
            settings=workforce.settings,
        )
    for one in settlement.differentials:
        for grade in (one.grade, one.over):
            if grade not in workforce.grades:
                known = ", ".join(workforce.grades) or "none"
                raise UnusableInput(
                    f"The offer names the grade “{grade}”, which the sector does not have ({known})."
                )
    for name in settlement.delete_points:
        if not points_named(name, (*order, *points), order):
            raise UnusableInput(f"The offer deletes the point “{name}”, but there is no such point.")
    for weighting in settlement.weightings:
        for name in weighting.regions:
            if name not in regions:
                known = ", ".join(sorted(one for one in regions if one)) or "none"
                raise UnusableInput(
                    f"The offer has a weighting for the region “{name}”, where no employer of the sector is ({known})."
                )
    if scale is None and (settlement.spine is not None or settlement.insert_points):
        raise UnusableInput(
            "The offer changes the points of the pay scale, but the sector has no pay scale; add the scale first."
        )
    if settlement.moved is not AppliesTo.ACTUAL and scale is None:
        raise UnusableInput(
            f"The offer moves {settlement.moved} rates, but the sector has no pay scale; "
            "import the scale first, or write applies_to = “actual”."
        )
