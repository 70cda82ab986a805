"""Pay rules on a column of rates: percent, cash, greater-of, lesser-of; floor; deleted points.

One code for the posts of a sector (int64 micros) and for the points of a scale (Fractions of a micro, so
that nothing is lost from year to year). Order: methods, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.money import Amounts, share_of
from models.offer import PayRule
from models.payscale import Rounding
from models.units import BoolColumn, FloatColumn

PICOS_PER_MICRO = 1_000_000


class FullWeeks:
    """The lengths of full-time week there are, and which each row has: sorted out once, when first asked."""

    def __init__(self, hours_w: FloatColumn) -> None:
        self.hours_w = hours_w

    @cached_property
    def kinds(self) -> tuple[FloatColumn, NDArray[np.intp]]:
        """Distinct lengths, and the place of each row's among them."""
        if len(self.hours_w) and (self.hours_w == self.hours_w[0]).all():
            return self.hours_w[:1], np.zeros(len(self.hours_w), dtype=np.intp)
        return np.unique(self.hours_w, return_inverse=True)


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """Rates to which rules apply, shape (n,).

    amounts: a full-time year where ``is_year``, else an hour: in £/10¹² as int64, so that several rules one
    after the other still round to the right penny, or Fractions of £/10⁶, exact for ever. full_weeks:
    weekly hours of a full-time post. weeks_y: the divisor between a year and a week.
    """

    amounts: Amounts
    is_year: BoolColumn
    full_weeks: FullWeeks
    weeks_y: float
    rounding: Rounding = Rounding.HALF_UP_PENNY

    def with_amounts(self, amounts: Amounts) -> Rates:
        """The same posts at other rates."""
        return Rates(amounts, self.is_year, self.full_weeks, self.weeks_y, self.rounding)

    def of_year(self, micros: int) -> Amounts:
        """An amount of £/10⁶ a full-time year in each row's own basis and unit."""
        return self._spread(micros, of_year=True)

    def of_hour(self, micros: int) -> Amounts:
        """An amount of £/10⁶ an hour in each row's own basis and unit."""
        return self._spread(micros, of_year=False)

    def from_hourly(self, hourly: Amounts) -> Amounts:
        """A column of hourly rates, in the unit of ``amounts``, in each row's own basis."""
        if self.amounts.dtype == object:
            return np.where(
                self.is_year, hourly * _exact_hours(self.weeks_y, self.full_weeks.hours_w), hourly
            )
        if not self.is_year.any():
            return hourly
        factor = _hours_of_year(self.weeks_y, self.full_weeks.hours_w)
        large, small = np.divmod(hourly, 10**8)
        return np.where(self.is_year, large * factor * 10 + small * factor // 10**7, hourly)

    def hourly(self) -> Amounts:
        """Each rate an hour, not rounded to the penny, in the unit of ``amounts``."""
        if self.amounts.dtype == object:
            return np.where(
                self.is_year, self.amounts / _exact_hours(self.weeks_y, self.full_weeks.hours_w), self.amounts
            )
        if not self.is_year.any():
            return self.amounts
        divisor = _hours_of_year(self.weeks_y, self.full_weeks.hours_w)
        # × 10⁷ ÷ divisor in two steps, so that a salary of millions stays in int64
        whole, rest = np.divmod(self.amounts, divisor)
        return np.where(self.is_year, whole * 10**7 + rest * 10**7 // divisor, self.amounts)

    def _spread(self, micros: int, *, of_year: bool) -> Amounts:
        """One amount in each row's basis, worked out exactly once for every length of week there is."""
        exact = self.amounts.dtype == object
        if micros == 0 and not exact:
            return np.broadcast_to(np.int64(0), self.amounts.shape)
        lengths, place = self.full_weeks.kinds
        unit = 1 if exact else PICOS_PER_MICRO
        by_year, by_hour = [], []
        for length in lengths:
            hours = hours_of_year(self.weeks_y, float(length))
            by_year.append(Fraction(micros * unit) * (1 if of_year else hours))
            by_hour.append(Fraction(micros * unit) / (hours if of_year else 1))
        if not exact and not self.is_year.any():
            column = _column(by_hour, exact=False)
            return np.broadcast_to(column[0], place.shape) if len(column) == 1 else column.take(place)
        columns = [_column(one, exact=exact)[place] for one in (by_year, by_hour)]
        return np.asarray(np.where(self.is_year, *columns))


def _column(values: list[Fraction], *, exact: bool) -> Amounts:
    """Fractions as they are, or cut off below the unit."""
    if not exact:
        return np.array([int(one // 1) for one in values], dtype=np.int64)
    column: NDArray[np.object_] = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _hours_of_year(weeks_y: float, hours_w: FloatColumn) -> NDArray[np.int64]:
    """Paid hours of a full-time year × 10⁷, whole."""
    weeks = round(weeks_y * 1000)
    return np.asarray(np.maximum(np.rint(hours_w * 10_000).astype(np.int64) * weeks, 1))


def _exact_hours(weeks_y: float, hours_w: FloatColumn) -> NDArray[np.object_]:
    return np.array([hours_of_year(weeks_y, float(hours)) for hours in hours_w], dtype=object)


def hours_of_year(weeks_y: float, hours_w: float) -> Fraction:
    """Paid hours of a full-time year, exact: weeks to three decimals × hours to four."""
    return Fraction(round(weeks_y * 1000), 1000) * Fraction(round(hours_w * 10_000), 10_000)


def rise_under(rule: PayRule, rates: Rates) -> Amounts:
    """The rise that one rule gives each row: percent plus cash, then the greater-of and lesser-of limits.

    Returns: £/10⁶ in each row's basis, shape (n,).
    """
    rise = _percent(rates, rule.percent_ppm) + rates.of_year(rule.cash_micros)
    least: list[Any] = []
    if rule.at_least_cash_micros is not None:
        least.append(rates.of_year(rule.at_least_cash_micros))
    if rule.at_least_percent_ppm is not None:
        least.append(_percent(rates, rule.at_least_percent_ppm))
    if rule.at_least_hourly_micros is not None:
        least.append(rates.of_hour(rule.at_least_hourly_micros))
    rise = reduce(np.maximum, least, rise)
    most: list[Any] = []
    if rule.at_most_cash_micros is not None:
        most.append(rates.of_year(rule.at_most_cash_micros))
    if rule.at_most_percent_ppm is not None:
        most.append(_percent(rates, rule.at_most_percent_ppm))
    return reduce(np.minimum, most, rise)


def _percent(rates: Rates, ppm: int) -> Amounts:
    return share_of(rates.amounts, ppm, rounding=rates.rounding)


def lifted_to_floor(rates: Rates, floor_micros: int) -> Amounts:
    """Nothing is below the hourly floor."""
    return np.maximum(rates.amounts, rates.of_hour(floor_micros))
