"""Spot rates onto a scale: where each goes, in both orders with a rise, and whether anybody loses in any month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bargain.offers.in_all import BeforeDeal, check_in_all
from bargain.offers.increments import (
    grade_ranges,
    increment_days,
    incremented,
    places_on,
    scale_rates,
)
from bargain.offers.index_links import with_figures
from bargain.offers.new_pay import new_pay
from bargain.offers.scale import new_scale
from models.assumptions import Assumption
from models.basis import Basis
from models.employer import Employer
from models.issues import UnusableInput
from models.offer import Offer
from models.payscale import IncrementOrder, PayScale, span
from models.spine import SpineOrder
from models.units import MICROS_PER_POUND, BoolColumn, MicroColumn
from models.workforce import Workforce


def assimilated(workforce: Workforce, scale: PayScale, *, protect: bool = True) -> Workforce:
    """Everyone who is on no point of the scale on the lowest point of their grade that is not below their pay.

    Pay below the range goes to its bottom, pay above it to its top; with ``protect`` it is kept there. A
    grade without a range takes the whole scale. Posts that stand on the scale stay as they are.
    """
    names = [point.name for point in scale.points]
    if not names:
        raise UnusableInput("The scale has no points to place anybody on; add its points first.")
    ranges = {one.grade: span(one, names) for one in grade_ranges(scale)}
    lows, highs = [], []
    for grade in (*workforce.grades, ""):
        inside = ranges.get(grade) or names
        lows.append(names.index(inside[0]))
        highs.append(names.index(inside[-1]))
    low, high = (np.array(one, dtype=np.int64)[workforce.grade_code] for one in (lows, highs))
    place = high.copy()
    for at in range(len(names) - 1, -1, -1):
        here = scale_rates(workforce, scale, np.full(len(workforce), at, dtype=np.int64))
        place = np.where((at >= low) & (at <= high) & (here >= workforce.rate_micros), at, place)
    moves = places_on(workforce, scale) < 0
    there = scale_rates(workforce, scale, place)
    rates = np.where(
        moves, np.maximum(there, workforce.rate_micros) if protect else there, workforce.rate_micros
    )
    points = (*workforce.points, *(name for name in names if name not in workforce.points))
    codes = np.array([points.index(name) for name in names], dtype=np.int32)
    code = np.where(moves, codes[place], workforce.point_code).astype(np.int32)
    return replace(workforce, points=points, point_code=code, rate_micros=np.asarray(rates, dtype=np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """What becomes of each post: its first point, and its rate in every month.

    rates: £/10⁶ in the post's own basis, shape (n_months, n_posts). points: of each post, once it is placed.
    """

    points: tuple[str, ...]
    rates: NDArray[np.int64]

    def below(self, other: Path) -> BoolColumn:
        """Months and posts in which this path pays less than the other, shape (n_months, n_posts)."""
        return np.asarray(self.rates < other.rates)


@dataclass(frozen=True, slots=True, eq=False)
class Assimilation:
    """Placing staff on a scale in the deal's first step, in both orders, beside staying on spot rates.

    months: the first day of each month of the deal. placed: posts that were on no point, shape (n_posts,).
    """

    months: tuple[date, ...]
    workforce: Workforce
    placed: BoolColumn
    stay: Path
    assimilate_first: Path
    uplift_first: Path

    def path(self, order: SpineOrder) -> Path:
        """The path of one order."""
        return self.assimilate_first if order is SpineOrder.ASSIMILATE_FIRST else self.uplift_first

    def beyond_spot(self, order: SpineOrder) -> float:
        """Basic pay over the deal beyond staying on spot rates, £, without on-costs."""
        force, path = self.workforce, self.path(order)
        units = np.where(force.basis == Basis.YEAR, force.fte, force.hours_w * force.weeks_y) * force.heads
        more = (path.rates - self.stay.rates).astype(np.float64) / MICROS_PER_POUND
        return float((more * units / 12).sum())

    def losers(self, order: SpineOrder) -> BoolColumn:
        """Posts that in some month get less than on their spot rate, shape (n_posts,)."""
        return np.asarray(self.path(order).below(self.stay).any(axis=0))


def assimilation(
    workforce: Workforce,
    scale: PayScale,
    offer: Offer,
    *,
    employers: dict[str, Employer],
    weeks_y: float,
    ends: date,
    protect: bool = True,
    assumptions: tuple[Assumption, ...] = (),
) -> Assimilation:
    """Both orders month by month: assimilate on the first step's day and then uplift, or the other way round.

    ends: the first day after the deal. Increments are those of the scale; on spot rates there are none.
    Raises UnusableInput for an offer without steps, or as ``new_pay`` does.
    """
    if not offer.settlements:
        raise UnusableInput(
            f"The offer “{offer.name}” has no settlement; give it a date and at least one rule."
        )
    check_in_all(offer.settlements)
    months = _months(offer.settlements[0].effective, ends)
    placed = places_on(workforce, scale) < 0

    deal = _Deal(offer, months, employers, weeks_y, protect=protect, assumptions=assumptions)
    stay = deal.path(workforce, scale, None)
    first, after = (deal.path(workforce, scale, one) for one in (_FIRST, _AFTER))
    return Assimilation(months, workforce, placed, stay, first, after)


_FIRST, _AFTER = SpineOrder.ASSIMILATE_FIRST, SpineOrder.UPLIFT_FIRST


def _months(first: date, ends: date) -> tuple[date, ...]:
    count = (ends.year - first.year) * 12 + ends.month - first.month + (ends.day > 1)
    start = first.year * 12 + first.month - 1
    return tuple(date((start + k) // 12, (start + k) % 12 + 1, 1) for k in range(max(count, 1)))


class _Deal:
    """The events of a deal, gone through once for each path."""

    def __init__(
        self,
        offer: Offer,
        months: tuple[date, ...],
        employers: dict[str, Employer],
        weeks_y: float,
        *,
        protect: bool,
        assumptions: tuple[Assumption, ...],
    ) -> None:
        self._steps = {step.effective: step for step in offer.settlements}
        self._first = offer.settlements[0].effective
        self._months = months
        self._employers = employers
        self._weeks_y = weeks_y
        self._protect = protect
        self._assumptions = assumptions

    def path(self, workforce: Workforce, scale: PayScale, kind: SpineOrder | None) -> Path:
        """Steps and increments in order of their days; a month has the pay at its end. None: spot rates stay."""
        increments = scale.increments if kind is not None else None
        due: set[date] = set()
        if increments is not None:
            due = set(increment_days(increments, after=self._first, until=_after(self._months[-1])))
        uplift_first = increments is not None and increments.order is IncrementOrder.UPLIFT_FIRST
        days = sorted({*self._steps, *due})
        points: tuple[str, ...] = ()
        rates: list[MicroColumn] = []
        before: BeforeDeal | None = None
        for month in self._months:
            while days and days[0] < _after(month):
                day = days.pop(0)
                if day in due and not (uplift_first and day in self._steps):
                    workforce = incremented(workforce, scale, on=day).workforce
                if day in self._steps:
                    if day == self._first and kind is _FIRST:
                        workforce = assimilated(workforce, scale, protect=self._protect)
                    before = before or BeforeDeal(workforce.rate_micros, scale)
                    workforce, scale = self._stepped(workforce, scale, day, kind, before)
                    if day in due and uplift_first:
                        workforce = incremented(workforce, scale, on=day).workforce
                if day == self._first:
                    points = _points_of(workforce)
            rates.append(workforce.rate_micros)
        return Path(points, np.stack(rates))

    def _stepped(
        self, workforce: Workforce, scale: PayScale, day: date, kind: SpineOrder | None, before: BeforeDeal
    ) -> tuple[Workforce, PayScale]:
        """One step of the offer; on the first day with a placing that comes after it."""
        step = self._steps[day]
        pay = new_pay(
            workforce,
            step,
            employers=self._employers,
            scale=scale,
            weeks_y=self._weeks_y,
            assumptions=self._assumptions,
            before=before,
        )
        workforce = pay.applied_to(workforce)
        scale = new_scale(scale, with_figures(step, self._assumptions)[0], before.scale)
        if day == self._first and kind is _AFTER:
            workforce = assimilated(workforce, scale, protect=self._protect)
        return workforce, scale


def _after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _points_of(workforce: Workforce) -> tuple[str, ...]:
    return tuple("" if code < 0 else workforce.points[code] for code in workforce.point_code)
