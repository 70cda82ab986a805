"""From one settlement step to new pay: the order of operations, stage by stage.

1 increments (no scale here has them yet); 2 pay rules as written; 3 floor; 4 deleted points;
5 differentials; 6 rounding; 7 favourability. Each stage's rates are kept, so that the cost of the floor
and the cost of the ripple can be told apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from bargain.money import hourly_of_year, rounded
from bargain.offers.differentials import lifted_over, lowest_first
from bargain.offers.pay_rules import PICOS_PER_MICRO, FullWeeks, Rates, lifted_to_floor, rise_under
from bargain.offers.scope import among, check_names, mask_of, points_named
from models.employer import Employer
from models.issues import UnusableInput
from models.offer import AppliesTo, Settlement
from models.payscale import PayScale, Rounding
from models.units import BoolColumn, MicroColumn
from models.workforce import Basis, Workforce


@dataclass(frozen=True, slots=True, eq=False)
class NewPay:
    """What a step does to pay.

    stages: (element, rates after it), each £/10⁶ in the post's own basis, shape (n_posts,), in order, the
    last being the new rates. one_off: paid once, in the same unit. protected: posts that would have lost.
    """

    stages: tuple[tuple[str, MicroColumn], ...]
    one_off: MicroColumn | None
    protected: BoolColumn

    @property
    def rates(self) -> MicroColumn:
        """The new rates."""
        return self.stages[-1][1]


def new_pay(
    workforce: Workforce,
    settlement: Settlement,
    *,
    employers: dict[str, Employer],
    scale: PayScale | None,
    weeks_y: float,
) -> NewPay:
    """New rates of every post under one settlement step. Raises UnusableInput for names nobody has."""
    _check(settlement, workforce, scale)
    minima = _Minima(workforce, scale, weeks_y)
    old, converted = minima.working_rates()
    to_basis = minima.to_basis(converted)
    masks = [mask_of(rule.scope, workforce, employers) for rule in settlement.pay]
    stages: list[tuple[str, Rates]] = []

    current, one_off = _after_rules(old, settlement, masks)
    if settlement.applies_to is not AppliesTo.ACTUAL:
        current = minima.followed(old, current, settlement, masks)
    if settlement.pay:
        stages.append(("pay rules", current))
    if settlement.floor_micros is not None:
        current = current.with_amounts(lifted_to_floor(current, settlement.floor_micros))
        stages.append(("floor", current))
    if settlement.delete_points:
        current = current.with_amounts(_moved_up(current, settlement, workforce))
        stages.append(("deleted points", current))
    if settlement.differentials:
        current = _with_differentials(current, settlement, workforce)
        stages.append(("differentials", current))
    return _finished(
        workforce, stages, old=old, converted=converted, to_basis=to_basis, one_off=one_off, scale=scale
    )


def _finished(
    workforce: Workforce,
    stages: list[tuple[str, Rates]],
    *,
    old: Rates,
    converted: BoolColumn | None,
    to_basis: _ToBasis,
    one_off: NDArray[np.int64] | None,
    scale: PayScale | None,
) -> NewPay:
    """Round each rate that moved, keep better pay, and give all stages in the posts' own basis."""
    before = workforce.rate_micros
    final = stages[-1][1].amounts if stages else old.amounts
    exact = rounded(final, Rounding.HALF_UP_PENNY, per_micro=PICOS_PER_MICRO)
    if scale is not None and scale.rounding is not Rounding.HALF_UP_PENNY and scale.basis is Basis.YEAR:
        on_scale = _on_scale(workforce, scale) & (workforce.basis == Basis.YEAR)
        if converted is not None:
            on_scale |= converted
        exact = np.where(on_scale, rounded(final, scale.rounding, per_micro=PICOS_PER_MICRO), exact)
    moved = final != old.amounts
    after = np.where(moved, to_basis(np.where(moved, exact, old.amounts)), before)
    kept = np.maximum(after, before)
    named = [(name, to_basis(rates.amounts)) for name, rates in stages]
    return NewPay(
        stages=(*named, ("rounding and favourability", kept)),
        one_off=None if one_off is None else to_basis(one_off),
        protected=after < before,
    )


def _after_rules(
    old: Rates, settlement: Settlement, masks: list[BoolColumn | None]
) -> tuple[Rates, NDArray[np.int64] | None]:
    current, one_off = old, None
    for rule, mask in zip(settlement.pay, masks, strict=True):
        rise = rise_under(rule, current)
        if mask is not None:
            rise = np.where(mask, rise, 0)
        if rule.non_consolidated:
            one_off = rise if one_off is None else one_off + rise
        else:
            current = current.with_amounts(current.amounts + rise)
    return current, one_off


def _moved_up(rates: Rates, settlement: Settlement, workforce: Workforce) -> NDArray[np.int64]:
    """Staff on deleted points get the new rate of the lowest point that is left."""
    gone = among(_names(settlement, workforce.points), workforce.points, workforce.point_code)
    left = ~gone & (workforce.point_code >= 0)
    if not gone.any() or not left.any():
        return rates.amounts
    hourly = rates.hourly()
    lowest = hourly[left].min()
    place = np.flatnonzero(left & (hourly == lowest))[0]
    as_year = rates.is_year & rates.is_year[place]
    target = np.where(as_year, rates.amounts[place], rates.from_hourly(np.full(len(gone), lowest)))
    return np.where(gone, np.maximum(rates.amounts, target), rates.amounts)


def _with_differentials(rates: Rates, settlement: Settlement, workforce: Workforce) -> Rates:
    for one in lowest_first(settlement.differentials):
        amounts = lifted_over(
            rates,
            one,
            in_grade=among([one.grade], workforce.grades, workforce.grade_code),
            in_over=among([one.over], workforce.grades, workforce.grade_code),
            groups=workforce.employer_code,
            n_groups=len(workforce.employers),
            heads=workforce.heads,
        )
        rates = rates.with_amounts(amounts)
    return rates


def _names(settlement: Settlement, points: tuple[str, ...]) -> frozenset[str]:
    return reduce(
        frozenset.union, (points_named(one, points) for one in settlement.delete_points), frozenset()
    )


def _check(settlement: Settlement, workforce: Workforce, scale: PayScale | None) -> None:
    points = workforce.points or (tuple(point.name for point in scale.points) if scale else ())
    for rule in settlement.pay:
        check_names(rule.scope, grades=workforce.grades, employers=workforce.employers, points=points)
    for one in settlement.differentials:
        for grade in (one.grade, one.over):
            if grade not in workforce.grades:
                known = ", ".join(workforce.grades) or "none"
                raise UnusableInput(
                    f"The offer names the grade “{grade}”, which the sector does not have ({known})."
                )
    for name in settlement.delete_points:
        if not points_named(name, points):
            raise UnusableInput(f"The offer deletes the point “{name}”, but there is no such point.")
    if settlement.applies_to is not AppliesTo.ACTUAL and scale is None:
        raise UnusableInput(
            f"The offer moves {settlement.applies_to} rates, but the sector has no pay scale; "
            "import the scale first, or write applies_to = “actual”."
        )


def _on_scale(workforce: Workforce, scale: PayScale) -> BoolColumn:
    """Posts whose point is on the scale and whose yearly rate is that point's."""
    return np.asarray(scale_amounts(workforce, scale) == workforce.rate_micros)


def scale_amounts(workforce: Workforce, scale: PayScale) -> MicroColumn:
    """The scale's amount for each post's point, £/10⁶ in the scale's basis; -1 where it has no such point."""
    known = {point.name: point.amount_micros for point in scale.points}
    table = np.array([known.get(name, -1) for name in workforce.points] + [-1], dtype=np.int64)
    return np.asarray(table[workforce.point_code])


class _ToBasis:
    """Rates of posts that were worked out on the scale's year, back in pay an hour."""

    def __init__(self, converted: BoolColumn | None, scale: PayScale | None) -> None:
        self._converted = converted
        self._scale = scale

    def __call__(self, picos: NDArray[np.int64]) -> NDArray[np.int64]:
        """From £/10¹² to £/10⁶ in the post's own basis."""
        amounts = picos // PICOS_PER_MICRO
        if self._converted is None or self._scale is None:
            return amounts
        hourly = hourly_of_year(amounts, weeks_y=self._scale.weeks_y, weekly_hours=self._scale.weekly_hours)
        return np.where(self._converted, hourly, amounts)


class _Minima:
    """The sector's minimum rates beside the posts' actual ones."""

    def __init__(self, workforce: Workforce, scale: PayScale | None, weeks_y: float) -> None:
        self._workforce = workforce
        self._scale = scale
        self._weeks_y = weeks_y

    def working_rates(self) -> tuple[Rates, BoolColumn | None]:
        """The rates to which rules apply.

        A post paid by the hour at exactly the hourly rate of a point on a yearly scale moves with the
        yearly amount, so that its new pay is the new table's; those posts are the second answer.
        """
        force, scale = self._workforce, self._scale
        is_year = force.basis == Basis.YEAR
        plain = Rates(
            force.rate_micros * PICOS_PER_MICRO, is_year, FullWeeks(force.full_hours_w), self._weeks_y
        )
        if scale is None or scale.basis is not Basis.YEAR or is_year.all():
            return plain, None
        amounts = scale_amounts(force, scale)
        hourly = hourly_of_year(amounts, weeks_y=scale.weeks_y, weekly_hours=scale.weekly_hours)
        converted = ~is_year & (amounts >= 0) & (hourly == force.rate_micros)
        if not converted.any():
            return plain, None
        return (
            Rates(
                np.where(converted, amounts, force.rate_micros) * PICOS_PER_MICRO,
                is_year | converted,
                FullWeeks(np.where(converted, scale.weekly_hours, force.full_hours_w)),
                self._weeks_y,
            ),
            converted,
        )

    def to_basis(self, converted: BoolColumn | None) -> _ToBasis:
        """From working amounts to the posts' own basis."""
        return _ToBasis(converted, self._scale)

    def followed(
        self, old: Rates, actual: Rates, settlement: Settlement, masks: list[BoolColumn | None]
    ) -> Rates:
        """Actual pay after the minimum rates have moved.

        minimum, absorb: only those whom the new minimum overtakes. minimum, no absorb: everyone keeps the
        distance to the minimum. both: actual pay moves by the rules and is never under the new minimum.
        """
        lows = self._lows(old)
        known = lows >= 0
        start = old.with_amounts(np.where(known, lows, old.amounts))
        moved, _ = _after_rules(start, settlement, masks)
        if settlement.applies_to is AppliesTo.BOTH:
            new = np.where(known, np.maximum(actual.amounts, moved.amounts), actual.amounts)
        elif settlement.absorb:
            new = np.where(known, np.maximum(old.amounts, moved.amounts), old.amounts)
        else:
            new = np.where(known, old.amounts + moved.amounts - start.amounts, old.amounts)
        return old.with_amounts(new)

    def _lows(self, old: Rates) -> MicroColumn:
        """Each post's minimum in its working basis and unit; -1 where the scale names neither its point nor grade."""
        scale, force = self._scale, self._workforce
        if scale is None:
            return np.full(len(force), -1, dtype=np.int64)
        by_point = scale_amounts(force, scale)
        least: dict[str, int] = {}
        for point in scale.points:
            if point.grade:
                least[point.grade] = min(point.amount_micros, least.get(point.grade, point.amount_micros))
        table = np.array([least.get(name, -1) for name in force.grades] + [-1], dtype=np.int64)
        lows = np.where(by_point >= 0, by_point, table[force.grade_code])
        held = np.maximum(lows, 0) * PICOS_PER_MICRO
        if scale.basis is Basis.HOUR:
            converted = old.from_hourly(held)
        else:
            hourly = hourly_of_year(lows, weeks_y=scale.weeks_y, weekly_hours=scale.weekly_hours)
            converted = np.where(old.is_year, held, hourly * PICOS_PER_MICRO)
        return np.where(lows >= 0, converted, -1)
