"""An offer applied to a pay scale alone: the next table, to the penny or the pound by the scale's own rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from bargain.money import Amounts, rounded_one, year_of_hourly
from bargain.offers.differentials import lifted_over, lowest_first, standing_among
from bargain.offers.in_all import amounts_before, check_in_all, counts_in_all
from bargain.offers.index_links import with_figures
from bargain.offers.pay_rules import PICOS_PER_MICRO, FullWeeks, Rates, lifted_to_floor, rise_of
from bargain.offers.reach import Beside, reach_of
from bargain.offers.scope import check_names, points_named
from bargain.offers.spines import respined, with_inserted
from models.assumptions import Assumption
from models.basis import Basis
from models.issues import UnusableInput
from models.offer import AppliesTo, Offer, PayRule, Scope, Settlement
from models.payscale import PayScale, Rounding, ScalePoint, grades_of_points
from models.spine import Protection, SpineOrder
from models.units import BoolColumn


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """One point after the offer: amounts in £/10⁶; ``unrounded`` is what an unrounded carry-forward keeps.

    ``before_annual_micros`` is None for a point that was not there before.
    """

    point: str
    grade: str
    before_annual_micros: int | None
    annual_micros: int
    hourly_micros: int
    unrounded: Fraction


def carried(scale: PayScale) -> list[Fraction]:
    """What each point's next rise starts from, £/10⁶: the amount before it was rounded where the scale carries it."""
    return [_carried(point, scale) for point in scale.points]


def _carried(point: ScalePoint, scale: PayScale) -> Fraction:
    if scale.carry_unrounded and point.unrounded_picos is not None:
        exact = Fraction(point.unrounded_picos, PICOS_PER_MICRO)
        if _rounded(exact, scale) == point.amount_micros:
            return exact
    return Fraction(point.amount_micros)


def scale_after(
    scale: PayScale,
    offer: Offer,
    *,
    carry_unrounded: bool = False,
    starts: dict[str, Fraction] | None = None,
    assumptions: Sequence[Assumption] = (),
) -> tuple[ScaleRow, ...]:
    """The table after every step of the offer: without the points it deletes, with those it puts in.

    carry_unrounded: a later step starts from what the step before gave, not from the published amount.
    starts: unrounded amounts (£/10⁶ in the scale's basis) to start from, by point name. assumptions: at what
    an index is priced whose figure the offer does not give.
    """
    befores = {point.name: point.amount_micros for point in scale.points}
    unrounded = [
        (starts or {}).get(point.name, exact)
        for point, exact in zip(scale.points, carried(scale), strict=True)
    ]
    keeps = carry_unrounded or scale.carry_unrounded
    check_in_all(offer.settlements)
    first = dict(zip(befores, unrounded, strict=True))
    for number, step in enumerate(offer.settlements):
        start = unrounded if keeps or not number else [_rounded(one, scale) for one in unrounded]
        priced, _ = with_figures(step, assumptions)
        if step.spine is not None:
            befores = {}
        scale, unrounded = _stepped(scale, start, priced, first)
    return tuple(
        _row(scale, point, befores.get(point.name), one)
        for point, one in zip(scale.points, unrounded, strict=True)
    )


def new_scale(scale: PayScale, settlement: Settlement, first: PayScale | None = None) -> PayScale:
    """The sector's scale after one step, rounded by its rule. first: before the deal, None where this is its first step.

    Rules that reach only some employers, owners, regions or settings do not move the sector's scale; nor do those for
    actual pay alone, where others are for minimum rates.
    """
    sector_wide = tuple(
        rule
        for rule in settlement.pay
        if not (rule.scope.employers or rule.scope.ownership or rule.scope.regions or rule.scope.settings)
        and not rule.non_consolidated
        and _moves_scale(settlement, rule)
    )
    befores = {point.name: point.amount_micros for point in scale.points}
    if settlement.spine is not None or not settlement.favourability:
        befores = {}
    after, exact = _stepped(
        scale,
        carried(scale),
        replace(settlement, pay=sector_wide),
        _by_point(first) if first is not None and counts_in_all(settlement) else None,
        strict=False,
    )
    return replace(
        after,
        points=tuple(
            replace(
                point,
                amount_micros=max(int(_rounded(one, scale)), befores.get(point.name, 0)),
                unrounded_picos=int(one * PICOS_PER_MICRO) if scale.carry_unrounded else None,
            )
            for point, one in zip(after.points, exact, strict=True)
        ),
    )


def _by_point(scale: PayScale) -> dict[str, Fraction]:
    return {point.name: exact for point, exact in zip(scale.points, carried(scale), strict=True)}


def _moves_scale(step: Settlement, rule: PayRule) -> bool:
    """Whether a rule moves the points: those for minimum rates, where the step has such rules; else all."""
    return step.moved is AppliesTo.ACTUAL or step.moves(rule, AppliesTo.MINIMUM)


def _stepped(
    scale: PayScale,
    amounts: list[Fraction],
    step: Settlement,
    first: dict[str, Fraction] | None,
    *,
    strict: bool = True,
) -> tuple[PayScale, list[Fraction]]:
    """The scale and its exact amounts after one step: rises, floor, differentials; then its points.

    first: the amounts before the deal, by point; None where this is its first step.

    The points of the scale given back hold old amounts; the exact ones stand beside them.
    """
    spine = step.spine
    if spine is not None and spine.order is SpineOrder.ASSIMILATE_FIRST:
        scale, amounts = _on_new_spine(scale, amounts, step)
    exact = _risen(scale, amounts, step, first, strict=strict)
    gone = _gone(step, list(scale.points))
    left = [place for place, point in enumerate(scale.points) if point.name not in gone]
    points, exact = with_inserted(
        [scale.points[place] for place in left], [exact[place] for place in left], step.insert_points
    )
    scale = scale.with_points(tuple(points))
    if spine is not None and spine.order is SpineOrder.UPLIFT_FIRST:
        scale, exact = _on_new_spine(scale, exact, step)
    return scale, exact


def _on_new_spine(
    scale: PayScale, amounts: list[Fraction], step: Settlement
) -> tuple[PayScale, list[Fraction]]:
    if step.spine is None:
        return scale, amounts
    risen = tuple(
        replace(point, amount_micros=int(_rounded(one, scale)))
        for point, one in zip(scale.points, amounts, strict=True)
    )
    new = respined(replace(scale, points=risen), step.spine)
    if step.spine.protection is not Protection.NONE:
        new = replace(new, marked_time=step.spine.protection is Protection.MARKED_TIME)
    return new, [Fraction(point.amount_micros) for point in new.points]


def _risen(
    scale: PayScale,
    amounts: list[Fraction],
    step: Settlement,
    first: dict[str, Fraction] | None,
    *,
    strict: bool = True,
) -> list[Fraction]:
    """Exact amounts after a step's rules, floors and differentials."""
    size = len(scale.points)
    rates = Rates(
        _column(amounts),
        np.full(size, scale.basis is Basis.YEAR),
        FullWeeks(np.full(size, scale.weekly_hours)),
        scale.weeks_y,
        scale.rounding,
    )
    names = [point.name for point in scale.points]
    grades = grades_of_points(scale)
    start, beside = rates, Beside(np.arange(size), names)
    before = start
    if first is not None and counts_in_all(step):
        before = start.with_amounts(_column(amounts_before(names, first)))
    for rule in step.pay:
        if strict:
            known = frozenset().union(*grades)
            check_names(rule.scope, grades=known, employers=(), points=names, order=names)
        start_of = before if rule.in_all else start
        reach = reach_of(rule, _mask(rule.scope, names, grades), start=start_of, beside=beside)
        if not rule.non_consolidated and _moves_scale(step, rule):
            rise = rise_of(rule, rates, reach, before=before)
            raised = rise if reach.mask is None else np.where(reach.mask, rise, 0)
            rates = rates.with_amounts(rates.amounts + raised)
    rates = rates.with_amounts(lifted_to_floor(rates, step))
    alike = np.zeros(size, dtype=np.int32)
    for one in lowest_first(step.differentials):
        rates = lifted_over(
            rates,
            one,
            in_grade=np.array([among == {one.grade} for among in grades]),
            over=standing_among(
                np.flatnonzero([one.over in among for among in grades]), alike, np.ones(size)
            ),
            groups=alike,
            n_groups=1,
        )
    return list(rates.amounts)


def _mask(scope: Scope, names: list[str], grades: list[frozenset[str]]) -> BoolColumn:
    """The points that a rule moves; one that several grades share only where it reaches all of them."""
    named = points_named(scope.points, names, names) if scope.points else None
    reached = set(scope.grades)
    return np.array(
        [
            (named is None or name in named) and (not reached or (bool(among) and among <= reached))
            for name, among in zip(names, grades, strict=True)
        ]
    )


def _gone(step: Settlement, points: list[ScalePoint]) -> frozenset[str]:
    names = [point.name for point in points]
    gone: set[str] = set()
    for text in step.delete_points:
        found = points_named(text, names, names)
        if not found:
            raise UnusableInput(f"The offer deletes the point “{text}”, which the scale does not have.")
        gone |= found
    if len(gone) == len(names):
        raise UnusableInput("The offer deletes every point of the scale; leave at least one.")
    return frozenset(gone)


def _column(amounts: list[Fraction]) -> Amounts:
    column: NDArray[np.object_] = np.empty(len(amounts), dtype=object)
    column[:] = amounts
    return column


def _rounded(amount: Fraction, scale: PayScale) -> Fraction:
    if scale.rounding is Rounding.NONE:
        return amount
    return Fraction(rounded_one(amount, scale.rounding, to=scale.rounding_to))


def _row(scale: PayScale, point: ScalePoint, before: int | None, exact: Fraction) -> ScaleRow:
    amount = rounded_one(exact, scale.rounding, to=scale.rounding_to)
    hours = Fraction(round(scale.weekly_hours * 10_000), 10_000) * Fraction(round(scale.weeks_y * 1000), 1000)
    if scale.basis is Basis.YEAR:
        of = exact if scale.hourly_from_unrounded else Fraction(amount)
        hourly = rounded_one(of / hours, scale.hourly_rounding)
        return ScaleRow(point.name, point.grade, before, amount, hourly, exact)
    annual, was = (
        None if one is None else year_of_hourly(one, weeks_y=scale.weeks_y, weekly_hours=scale.weekly_hours)
        for one in (amount, before)
    )
    return ScaleRow(point.name, point.grade, was, annual or 0, amount, exact * hours)
