"""An offer applied to a pay scale alone: the next table, to the penny or the pound by the scale's own rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from bargain.money import Amounts, hourly_of_year, rounded_one, year_of_hourly
from bargain.offers.differentials import lifted_over, lowest_first
from bargain.offers.pay_rules import FullWeeks, Rates, lifted_to_floor, rise_under
from bargain.offers.scope import check_names, points_named
from models.issues import UnusableInput
from models.offer import Offer, Scope, Settlement
from models.payscale import PayScale, Rounding, ScalePoint
from models.units import BoolColumn
from models.workforce import Basis


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """One point after the offer: amounts in £/10⁶; ``unrounded`` is what an unrounded carry-forward keeps."""

    point: str
    grade: str
    before_annual_micros: int
    annual_micros: int
    hourly_micros: int
    unrounded: Fraction


def scale_after(
    scale: PayScale, offer: Offer, *, carry_unrounded: bool = False, starts: dict[str, Fraction] | None = None
) -> tuple[ScaleRow, ...]:
    """The table after every step of the offer, without the points it deletes.

    carry_unrounded: a later step starts from what the step before gave, not from the published amount.
    starts: unrounded amounts (£/10⁶ in the scale's basis) to start from, by point name.
    """
    amounts = [(starts or {}).get(point.name, Fraction(point.amount_micros)) for point in scale.points]
    points = list(scale.points)
    befores = {point.name: point.amount_micros for point in scale.points}
    for step in offer.settlements:
        exact = _step(scale, points, amounts, step)
        gone = _gone(step, points)
        left = [index for index, point in enumerate(points) if point.name not in gone]
        points = [points[index] for index in left]
        unrounded = [exact[index] for index in left]
        amounts = unrounded if carry_unrounded else [_rounded(one, scale) for one in unrounded]
        last = unrounded
    return tuple(
        _row(scale, point, befores[point.name], one) for point, one in zip(points, last, strict=True)
    )


def new_scale(scale: PayScale, settlement: Settlement) -> PayScale:
    """The sector's scale after one step, rounded by its rule.

    Rules that reach only some employers, owners, regions or settings do not move the sector's scale.
    """
    sector_wide = tuple(
        rule
        for rule in settlement.pay
        if rule.scope == Scope(points=rule.scope.points, grades=rule.scope.grades)
        and not rule.non_consolidated
    )
    step = replace(settlement, pay=sector_wide)
    points = list(scale.points)
    exact = _step(scale, points, [Fraction(point.amount_micros) for point in points], step, strict=False)
    gone = _gone(step, points)
    return replace(
        scale,
        points=tuple(
            replace(point, amount_micros=max(int(_rounded(one, scale)), point.amount_micros))
            for point, one in zip(points, exact, strict=True)
            if point.name not in gone
        ),
    )


def _step(
    scale: PayScale,
    points: list[ScalePoint],
    amounts: list[Fraction],
    step: Settlement,
    *,
    strict: bool = True,
) -> list[Fraction]:
    """Exact amounts after one step: rules, floor, differentials. Deleted points stay in until the caller."""
    size = len(points)
    rates = Rates(
        _column(amounts),
        np.full(size, scale.basis is Basis.YEAR),
        FullWeeks(np.full(size, scale.weekly_hours)),
        scale.weeks_y,
        scale.rounding,
    )
    names = [point.name for point in points]
    grades = [point.grade for point in points]
    for rule in step.pay:
        if strict:
            check_names(rule.scope, grades=grades, employers=(), points=names)
        mask = _mask(rule.scope, points)
        if not rule.non_consolidated:
            rates = rates.with_amounts(rates.amounts + np.where(mask, rise_under(rule, rates), 0))
    if step.floor_micros is not None:
        rates = rates.with_amounts(lifted_to_floor(rates, step.floor_micros))
    for one in lowest_first(step.differentials):
        rates = rates.with_amounts(
            lifted_over(
                rates,
                one,
                in_grade=np.array([grade == one.grade for grade in grades]),
                in_over=np.array([grade == one.over for grade in grades]),
                groups=np.zeros(size, dtype=np.int32),
                n_groups=1,
                heads=np.ones(size),
            )
        )
    return list(rates.amounts)


def _mask(scope: Scope, points: list[ScalePoint]) -> BoolColumn:
    named = points_named(scope.points, [point.name for point in points]) if scope.points else None
    return np.array(
        [
            (named is None or point.name in named) and (not scope.grades or point.grade in scope.grades)
            for point in points
        ]
    )


def _gone(step: Settlement, points: list[ScalePoint]) -> frozenset[str]:
    names = [point.name for point in points]
    gone: set[str] = set()
    for text in step.delete_points:
        found = points_named(text, names)
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
    return amount if scale.rounding is Rounding.NONE else Fraction(rounded_one(amount, scale.rounding))


def _row(scale: PayScale, point: ScalePoint, before: int, exact: Fraction) -> ScaleRow:
    amount = rounded_one(exact, scale.rounding)
    if scale.basis is Basis.YEAR:
        hourly = int(
            hourly_of_year(np.array([amount]), weeks_y=scale.weeks_y, weekly_hours=scale.weekly_hours)[0]
        )
        return ScaleRow(point.name, point.grade, before, amount, hourly, exact)
    annual, was = (
        year_of_hourly(one, weeks_y=scale.weeks_y, weekly_hours=scale.weekly_hours)
        for one in (amount, before)
    )
    hours = Fraction(round(scale.weekly_hours * 10_000), 10_000) * Fraction(round(scale.weeks_y * 1000), 1000)
    return ScaleRow(point.name, point.grade, was, annual, amount, exact * hours)
