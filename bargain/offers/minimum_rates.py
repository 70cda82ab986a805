"""The sector's minimum rates beside what staff are paid: who moves with a point of the scale, and how a minimum lifts pay."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bargain.money import hourly_of_year, rounded
from bargain.offers.in_all import BeforeDeal, points_before
from bargain.offers.pay_rules import PICOS_PER_MICRO, FullWeeks, Rates, Reach, after_rules
from bargain.offers.placing import in_basis_of
from bargain.offers.scale import carried
from models.basis import Basis
from models.offer import AppliesTo, Settlement
from models.payscale import PayScale, grades_of_points
from models.units import BoolColumn, MicroColumn
from models.workforce import Workforce


def on_scale_of(workforce: Workforce, scale: PayScale) -> BoolColumn:
    """Posts whose point is on the scale and whose yearly rate is that point's."""
    return np.asarray(scale_amounts(workforce, scale) == workforce.rate_micros)


def scale_amounts(workforce: Workforce, scale: PayScale) -> MicroColumn:
    """The scale's amount for each post's point, £/10⁶ in the scale's basis; -1 where it has no such point."""
    known = {point.name: point.amount_micros for point in scale.points}
    table = np.array([known.get(name, -1) for name in workforce.points] + [-1], dtype=np.int64)
    return np.asarray(table[workforce.point_code])


def scale_picos(workforce: Workforce, scale: PayScale) -> NDArray[np.int64]:
    """The amount that the next rise of each post's point starts from, £/10¹² in the scale's basis; -1 as above."""
    exact = zip(scale.points, carried(scale), strict=True)
    known = {point.name: int(amount * PICOS_PER_MICRO) for point, amount in exact}
    table = np.array([known.get(name, -1) for name in workforce.points] + [-1], dtype=np.int64)
    return np.asarray(table[workforce.point_code])


def working_rates(
    workforce: Workforce, scale: PayScale | None, weeks_y: float
) -> tuple[Rates, BoolColumn | None]:
    """The rates to which the rules of a step apply, and which hourly posts move with a yearly amount."""
    return Minima(workforce, scale, weeks_y).working_rates()


def rates_before(start: Rates, workforce: Workforce, scale: PayScale | None, before: BeforeDeal) -> Rates:
    """What each row was paid before the deal, in the basis that it is worked in now.

    Whoever is paid what a point says goes by what that point was before the deal, so that staff and scale move
    alike, also after a move to another point; everyone else by their own rate. scale: as the step finds it.
    """
    own = before.rate_micros * PICOS_PER_MICRO
    is_hourly = workforce.basis == Basis.HOUR
    if (start.is_year & is_hourly).any():
        as_year = start.with_amounts(own).from_hourly(own)
        own = np.where(is_hourly, as_year, own)
    if scale is None or before.scale is None:
        return start.with_amounts(own)
    then = points_before(scale, before.scale)
    in_its_basis = start.is_year == (scale.basis is Basis.YEAR)
    stands = in_its_basis & (start.amounts == scale_picos(workforce, scale))
    return start.with_amounts(np.where(stands, scale_picos(workforce, then), own))


class ToBasis:
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


class Minima:
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
        own = force.rate_micros * PICOS_PER_MICRO
        if scale is not None and scale.carry_unrounded:
            same = scale_amounts(force, scale) == force.rate_micros
            same &= is_year if scale.basis is Basis.YEAR else ~is_year
            own = np.where(same, scale_picos(force, scale), own)
        plain = Rates(own, is_year, FullWeeks(force.full_hours_w), self._weeks_y)
        if scale is None or scale.basis is not Basis.YEAR or is_year.all():
            return plain, None
        amounts = scale_amounts(force, scale)
        hourly = hourly_of_year(amounts, weeks_y=scale.weeks_y, weekly_hours=scale.weekly_hours)
        converted = ~is_year & (amounts >= 0) & (hourly == force.rate_micros)
        if not converted.any():
            return plain, None
        return (
            Rates(
                np.where(converted, scale_picos(force, scale), own),
                is_year | converted,
                FullWeeks(np.where(converted, scale.weekly_hours, force.full_hours_w)),
                self._weeks_y,
            ),
            converted,
        )

    def to_basis(self, converted: BoolColumn | None) -> ToBasis:
        """From working amounts to the posts' own basis."""
        return ToBasis(converted, self._scale)

    def followed(
        self,
        old: Rates,
        actual: Rates,
        settlement: Settlement,
        reaches: Callable[[Rates, Rates], list[Reach]],
        *,
        first: PayScale | None = None,
    ) -> Rates:
        """Actual pay after the minimum rates have moved.

        reaches: of the rules, where minimum rates are so much, and were so much before the deal. first: the points at
        what they were then, where the step counts back to it.

        Minimum rates move on the scale, in its basis, and are rounded by its rule: whoever the new minimum overtakes is
        paid what the new table says. minimum, absorb: only those whom it overtakes. minimum, no absorb: everyone keeps
        the distance to the minimum. both: actual pay moves by the rules and is never under the new minimum.
        """
        scale = self._scale
        if scale is None:
            return actual
        lows, exact = self._lows(scale)
        known, size = lows >= 0, len(lows)
        start = Rates(
            np.maximum(exact, 0),
            np.full(size, scale.basis is Basis.YEAR),
            FullWeeks(np.full(size, scale.weekly_hours)),
            scale.weeks_y,
        )
        before = start if first is None else start.with_amounts(np.maximum(self._lows(first)[1], 0))
        rules = reaches(start, before)
        moved = after_rules(start, settlement, rules, AppliesTo.MINIMUM, before=before)[0].amounts
        by_rule = rounded(moved, scale.rounding, to=scale.rounding_to, per_micro=PICOS_PER_MICRO)
        highs = np.where(moved == start.amounts, lows, by_rule // PICOS_PER_MICRO)
        low, high = (in_basis_of(scale, np.where(known, one, -1), old) for one in (lows, highs))
        if settlement.moved is AppliesTo.BOTH:
            new = np.where(known, np.maximum(actual.amounts, high), actual.amounts)
        elif settlement.absorb:
            new = np.where(known, np.maximum(old.amounts, high), old.amounts)
        else:
            new = np.where(known, old.amounts + high - low, old.amounts)
        return old.with_amounts(new)

    def _lows(self, scale: PayScale) -> tuple[MicroColumn, NDArray[np.int64]]:
        """Each post's minimum in the scale's basis: published, £/10⁶, and what its next rise starts from, £/10¹².

        -1 where the scale names neither its point nor its grade.
        """
        force = self._workforce
        of_point = scale_amounts(force, scale)
        least: dict[str, tuple[int, int]] = {}
        of_points = zip(scale.points, carried(scale), grades_of_points(scale), strict=True)
        for point, exact, grades in of_points:
            both = (point.amount_micros, int(exact * PICOS_PER_MICRO))
            for grade in grades:
                least[grade] = min(both, least.get(grade, both))
        table = np.array([least.get(name, (-1, -1)) for name in force.grades] + [(-1, -1)], dtype=np.int64)
        lowest, picos = table[force.grade_code].T
        on_scale = of_point >= 0
        return np.where(on_scale, of_point, lowest), np.where(on_scale, scale_picos(force, scale), picos)
