"""Pay rules on a column of rates: percent, cash, greater-of, lesser-of; floor; deleted points.

One code for the posts of a sector (int64 micros) and for the points of a scale (Fractions of a micro, so
that nothing is lost from year to year). Order: methods, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.money import Amounts, share_of, year_of_hourly
from models.offer import PayRule
from models.payscale import Rounding
from models.units import BoolColumn, FloatColumn


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """Rates to which rules apply, shape (n,).

    amounts: £/10⁶ a full-time year where ``is_year``, else an hour. full_hours_w: weekly hours of a
    full-time post. weeks_y: the divisor between a year and a week.
    """

    amounts: Amounts
    is_year: BoolColumn
    full_hours_w: FloatColumn
    weeks_y: float
    rounding: Rounding = Rounding.HALF_UP_PENNY

    def with_amounts(self, amounts: Amounts) -> Rates:
        """The same posts at other rates."""
        return Rates(amounts, self.is_year, self.full_hours_w, self.weeks_y, self.rounding)

    def of_year(self, micros: int) -> Amounts:
        """£/10⁶ a full-time year (at most £900,000) in each row's own basis, below the micro cut off."""
        if self.amounts.dtype == object:
            return self._exact(Fraction(micros), from_year=True)
        divisor = _hours_of_year(self.weeks_y, self.full_hours_w)
        return np.where(self.is_year, micros, micros * 10**7 // divisor)

    def of_hour(self, micros: int | Amounts) -> Amounts:
        """£/10⁶ an hour in each row's own basis."""
        if self.amounts.dtype == object:
            if isinstance(micros, int):
                return self._exact(Fraction(micros), from_year=False)
            yearly = _exact_hours(self.weeks_y, self.full_hours_w)
            return np.where(self.is_year, micros * yearly, micros)
        return np.where(
            self.is_year, year_of_hourly(micros, weeks_y=self.weeks_y, weekly_hours=self.full_hours_w), micros
        )

    def hourly(self) -> Amounts:
        """Each rate an hour, not rounded to the penny (below the micro cut off; exact for Fractions)."""
        if self.amounts.dtype == object:
            yearly = _exact_hours(self.weeks_y, self.full_hours_w)
            return np.where(self.is_year, self.amounts / yearly, self.amounts)
        divisor = _hours_of_year(self.weeks_y, self.full_hours_w)
        # micros × 10⁷ ÷ divisor in two steps, so that a salary in millions of pounds stays in int64
        whole, rest = np.divmod(self.amounts, divisor)
        return np.where(self.is_year, whole * 10**7 + rest * 10**7 // divisor, self.amounts)

    def _exact(self, micros: Fraction, *, from_year: bool) -> Amounts:
        yearly = _exact_hours(self.weeks_y, self.full_hours_w)
        filled = np.full(self.amounts.shape, micros, dtype=object)
        if from_year:
            return np.where(self.is_year, filled, filled / yearly)
        return np.where(self.is_year, filled * yearly, filled)


def _hours_of_year(weeks_y: float, hours_w: FloatColumn) -> NDArray[np.int64]:
    """Paid hours of a full-time year × 10⁷, whole."""
    weeks = round(weeks_y * 1000)
    return np.asarray(np.maximum(np.rint(hours_w * 10_000).astype(np.int64) * weeks, 1))


def _exact_hours(weeks_y: float, hours_w: FloatColumn) -> NDArray[np.object_]:
    weeks = Fraction(round(weeks_y * 1000), 1000)
    return np.array([Fraction(round(hours * 10_000), 10_000) * weeks for hours in hours_w], dtype=object)


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
