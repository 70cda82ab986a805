"""The cost for the staff that is expected a year on: leavers are replaced at the entry point, the others move up.

Where the pay scale has increments and staff stand on it, they move up as the scale says, in the order that it
sets; who stands on no point of it, and everybody where there is no such scale, rises by the share that the sector
assumes. Both before and after the offer, so that the difference is the offer's; what staffing changes by itself
is the drift. The same people and the expected staff are two figures, never blended (methods, section 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from bargain.appraisal import Work, as_counted, begun
from bargain.assumed import INCREMENTS, TURNOVER, missing_of, value_of
from bargain.costing.labour import PayState
from bargain.costing.timing import a_year_after
from bargain.offers.increments import (
    Incremented,
    bottom_places,
    increment_days,
    incremented,
    places_on,
    scale_rates,
)
from models.costing import CostBreakdown, ExpectedStaff
from models.offer import Offer, Settlement
from models.parameters import OnCostParameters
from models.payscale import IncrementOrder, Increments, PayScale
from models.sector import Sector
from models.units import BoolColumn, MicroColumn
from models.workforce import Workforce


def expected_staff(sector: Sector, offer: Offer, cost: CostBreakdown) -> ExpectedStaff:
    """The offer's full-year cost for the staff of a year on.

    A share ``turnover`` of every post is paid the entry point of its grade, or the lowest rate of its grade at
    its employer where it stands on no scale; the others have had the increments of one year.
    """
    turnover, share = (value_of(sector.assumptions, key) for key in (TURNOVER, INCREMENTS))
    year = _Year(as_counted(sector), offer)
    needed = (TURNOVER,) if year.has_scale else (TURNOVER, INCREMENTS)
    if turnover is None or (share is None and not year.has_scale):
        why = missing_of(sector.assumptions, *needed)
        return ExpectedStaff(cost.full_year, None, None, turnover, share, why)
    mix = _Mix(year, turnover, share or 0.0)
    expected, drift = 0.0, 0.0
    for number, figures in enumerate(year.figures):
        before = mix.labour(number, figures)
        expected += mix.labour(number + 1, figures) - before
        if not number:
            drift = before - year.labour(year.same.state, figures)
    cover = sum(one.cover for one in cost.elements)
    counts = year.counts
    return ExpectedStaff(
        cost.full_year,
        expected + cover,
        drift,
        turnover,
        share,
        moved=None if counts is None else counts.moved + counts.protected,
        at_top=None if counts is None else counts.at_top,
        off_scale=None if counts is None else counts.off_scale + counts.no_range,
        order="" if counts is None or year.rule is None else str(year.rule.order),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Stand:
    """Where staff stand: their pay, and the workforce and scale that go with it."""

    state: PayState
    force: Workforce
    scale: PayScale | None


class _Year:
    """The year's increments among the steps of an offer, each in its turn."""

    def __init__(self, sector: Sector, offer: Offer) -> None:
        self._sector, self._offer = sector, offer
        work = begun(sector, offer, by_post=True)
        self.same = _Stand(work.base(offer), work.force, work.scale)
        self._pricing = work.pricing
        self.figures = [work.figures_on(one.effective) for one in offer.settlements]
        self.rule = sector.scale.increments if sector.scale is not None else None
        self._days = _days(sector, offer, self.rule) if self.rule is not None else ()
        self.counts = self._counted()
        self.has_scale = self.counts is not None

    def _counted(self) -> Incremented | None:
        """Who moves up without any offer; None where the scale has no increments or nobody stands on it."""
        scale = self._sector.scale
        if scale is None or not self._days:
            return None
        every = incremented(self._sector.workforce, scale, on=self._days[0])
        for day in self._days[1:]:
            after = incremented(every.workforce, scale, on=day)
            every = replace(
                after, moved=every.moved + after.moved, protected=every.protected + after.protected
            )
        on_it = every.moved + every.protected + every.at_top + every.not_due
        return every if on_it > 0 else None

    def labour(self, state: PayState, figures: OnCostParameters) -> float:
        """£ a year for everyone."""
        return float(self._pricing.labour(state, figures).total().sum())

    def stand(self, steps: int) -> tuple[_Stand, _Stand]:
        """Where staff stand after so many steps: the same people, and those who have had the year's increments."""
        same = self._walked(steps, ())
        return same, self._walked(steps, self._days) if self.has_scale else same

    def _walked(self, steps: int, days: Sequence[date]) -> _Stand:
        work = begun(self._sector, self._offer, by_post=True)
        stand = self.same
        for what in _in_turn(self._offer.settlements[:steps], days, self.rule):
            if isinstance(what, Settlement):
                work.step(what)
                stand = _Stand(work.state or stand.state, work.force, work.scale)
            else:
                stand = _moved_up(work, stand, what)
        return stand


def _days(sector: Sector, offer: Offer, rule: Increments) -> tuple[date, ...]:
    """The increment days of one year: from the first step on, or from the day after the staff data if that is later."""
    start = offer.settlements[0].effective
    if sector.data_date is not None:
        start = max(start, sector.data_date + timedelta(days=1))
    a_day = timedelta(days=1)
    return increment_days(rule, after=start - a_day, until=a_year_after(start) - a_day)


def _in_turn(
    steps: Sequence[Settlement], days: Sequence[date], rule: Increments | None
) -> list[Settlement | date]:
    """Steps and increment days in order; on one and the same day as the scale sets."""
    first = rule is None or rule.order is IncrementOrder.INCREMENT_FIRST
    timed: list[tuple[date, bool, Settlement | date]] = [(one.effective, first, one) for one in steps]
    timed += [(day, not first, day) for day in days]
    return [what for _day, _later, what in sorted(timed, key=lambda one: one[:2])]


def _moved_up(work: Work, stand: _Stand, day: date) -> _Stand:
    """Everyone who is due moves up a point; a regional weighting stays beside the point's pay."""
    scale = work.scale
    if scale is None:
        return stand
    beside = 0 if work.weighting is None else work.weighting
    force = replace(work.force, rate_micros=np.asarray(work.force.rate_micros - beside, dtype=np.int64))
    moved = incremented(force, scale, on=day).workforce
    work.force = replace(moved, rate_micros=np.asarray(moved.rate_micros + beside, dtype=np.int64))
    work.state = stand.state.paid(work.force.rate_micros)
    return _Stand(work.state, work.force, scale)


class _Mix:
    """Labour cost when some of the staff have been replaced and the others have moved up."""

    def __init__(self, year: _Year, turnover: float, increments: float) -> None:
        self._year, self._turnover, self._increments = year, turnover, increments
        force = year.same.force
        keys = np.column_stack(
            [force.employer_code, force.grade_code, force.basis, np.rint(force.full_hours_w * 100)]
        )
        _, group = np.unique(keys, axis=0, return_inverse=True)
        group = group.reshape(-1)
        alone = (force.grade_code < 0) | (force.heads <= 0)  # without a grade nobody knows where one starts
        self._group = np.where(alone, group.max() + 1 + np.arange(len(force)), group)
        self._rates: dict[int, tuple[PayState, MicroColumn, MicroColumn]] = {}

    def labour(self, steps: int, figures: OnCostParameters) -> float:
        """£ a year for everyone after so many steps of the offer."""
        if steps not in self._rates:
            self._rates[steps] = self._mixed(*self._year.stand(steps))
        state, stayed, entered = self._rates[steps]
        return (1 - self._turnover) * self._year.labour(state.paid(stayed), figures) + (
            self._turnover * self._year.labour(state.paid(entered), figures)
        )

    def _mixed(self, same: _Stand, later: _Stand) -> tuple[PayState, MicroColumn, MicroColumn]:
        """What stayers and starters are paid."""
        rates = same.state.rate_micros
        size = int(self._group.max()) + 1
        lowest = np.full(size, np.iinfo(np.int64).max)
        highest = np.zeros(size, dtype=np.int64)
        np.minimum.at(lowest, self._group, rates)
        np.maximum.at(highest, self._group, rates)
        risen = np.floor(rates * (1 + self._increments)).astype(np.int64)
        stayed = np.minimum(risen, highest[self._group])
        entered = lowest[self._group]
        if self._year.has_scale:
            on_it, entry = _entry(same)
            stayed = np.where(on_it, later.state.rate_micros, stayed)
            entered = np.where(entry >= 0, entry, entered)
        return later.state, stayed, entered


def _entry(stand: _Stand) -> tuple[BoolColumn, MicroColumn]:
    """Who stands on the scale within a range; and what the entry point of each post's grade pays there, −1 for none."""
    force, scale = stand.force, stand.scale
    if scale is None:
        return np.zeros(len(force), dtype=bool), np.full(len(force), -1, dtype=np.int64)
    place = places_on(force, scale)
    bottom = bottom_places(force, scale, place)
    on_it = (place >= 0) & (bottom >= 0)
    entry = scale_rates(force, scale, np.where(on_it, bottom, -1))
    return on_it, np.where(on_it, entry, -1)
