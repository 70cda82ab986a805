"""Pay rules on a column of rates: percent, cash, greater-of, lesser-of; floor; deleted points.

One code for the posts of a sector (int64 micros) and for the points of a scale (Fractions of a micro, so
that nothing is lost from year to year). Order: methods, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bargain.distinct import distinct_of
from bargain.money import Amounts, share_of
from models.offer import AppliesTo, PayRule, Settlement
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
        return distinct_of(self.hours_w)


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """Rates to which rules apply, shape (n,).

    amounts: a full-time year where ``is_year``, else an hour: in £/10¹² as int64, so that several rules one
    after the other still round to the right penny, or Fractions of £/10⁶, exact for ever. full_weeks:
    weekly hours of a full-time post. weeks_y: the divisor between a year and a week. exactly: what rows come to
    that a differential has lifted, before they were cut off: the place of each row's, -1 for none, and the values.
    """

    amounts: Amounts
    is_year: BoolColumn
    full_weeks: FullWeeks
    weeks_y: float
    rounding: Rounding = Rounding.HALF_UP_PENNY
    exactly: tuple[NDArray[np.intp], tuple[Fraction, ...]] | None = None

    def exact(self, row: int) -> Fraction:
        """One rate in the unit of ``amounts``, not cut off where a differential gave it."""
        if self.exactly is not None and self.exactly[0][row] >= 0:
            return self.exactly[1][int(self.exactly[0][row])]
        amount = self.amounts[row]
        return Fraction(amount if isinstance(amount, Fraction) else int(amount))

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

    def yearly(self) -> Amounts:
        """Each rate a full-time year, cut off below the unit, in the unit of ``amounts``."""
        if self.is_year.all():
            return self.amounts
        as_year = Rates(
            self.amounts, np.ones(len(self.amounts), dtype=bool), self.full_weeks, self.weeks_y
        ).from_hourly(self.amounts)
        return np.asarray(np.where(self.is_year, self.amounts, as_year))

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


@lru_cache(maxsize=1024)
def hours_of_year(weeks_y: float, hours_w: float) -> Fraction:
    """Paid hours of a full-time year, exact: weeks to three decimals × hours to four."""
    return Fraction(round(weeks_y * 1000), 1000) * Fraction(round(hours_w * 10_000), 10_000)


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Whom a rule reaches (None: everyone), and what it looks at beside the rate.

    along: how far each row is between the ends of a taper, and the whole way. own: for cash that is not
    pro rata, the distinct shares it is spread over, and the place of each row's.
    """

    mask: BoolColumn | None = None
    along: tuple[NDArray[np.int64], int] | None = None
    own: tuple[NDArray[np.object_], NDArray[np.intp]] | None = None

    def cash(self, rates: Rates, micros: int) -> Amounts:
        """A cash amount in each row's basis: pro rata, or for each person whatever the hours."""
        if self.own is None:
            return rates.of_year(micros)
        shares, place = self.own
        exact = rates.amounts.dtype == object
        unit = 1 if exact else PICOS_PER_MICRO
        spread = [Fraction(micros * unit) / one if one else Fraction(0) for one in shares]
        return np.asarray(_column(spread, exact=exact)[place])


EVERYONE = Reach()


def rise_under(rule: PayRule, rates: Rates, reach: Reach = EVERYONE) -> Amounts:
    """The rise that one rule gives each row: percent plus cash, then the greater-of and lesser-of limits.

    Returns: in the unit of ``rates``, in each row's basis, shape (n,). The mask of ``reach`` is not applied.
    """
    rise = _plain_rise(rule, rates, reach, percent=rule.percent_ppm, cash=rule.cash_micros)
    if rule.taper is not None and reach.along is not None:
        end = _plain_rise(
            rule, rates, reach, percent=rule.taper.to_percent_ppm, cash=rule.taper.to_cash_micros
        )
        rise = rise + _part_of(end - rise, *reach.along)
    least: list[Any] = []
    if rule.at_least_cash_micros is not None:
        least.append(reach.cash(rates, rule.at_least_cash_micros))
    if rule.at_least_percent_ppm is not None:
        least.append(_percent(rates, rule.at_least_percent_ppm))
    if rule.at_least_hourly_micros is not None:
        least.append(rates.of_hour(rule.at_least_hourly_micros))
    rise = reduce(np.maximum, least, rise)
    most: list[Any] = []
    if rule.at_most_cash_micros is not None:
        most.append(reach.cash(rates, rule.at_most_cash_micros))
    if rule.at_most_percent_ppm is not None:
        most.append(_percent(rates, rule.at_most_percent_ppm))
    if rule.at_most_hourly_micros is not None:
        most.append(rates.of_hour(rule.at_most_hourly_micros))
    return reduce(np.minimum, most, rise)


def rise_of(rule: PayRule, rates: Rates, reach: Reach, *, before: Rates) -> Amounts:
    """The rise of one rule, as ``rise_under`` gives it: of a rule that counts in all, what is left of it.

    before: the same rows before the deal. Whoever has had more since keeps it.
    """
    if not rule.in_all:
        return rise_under(rule, rates, reach)
    wanted = before.amounts + rise_under(rule, before, reach)
    return np.asarray(np.maximum(wanted - rates.amounts, 0))


def _plain_rise(rule: PayRule, rates: Rates, reach: Reach, *, percent: int, cash: int) -> Amounts:
    """Percent plus cash; the percentage of no more pay than the rule counts it on."""
    counted = rates
    if rule.percent_of_first_micros is not None:
        first = rates.of_year(rule.percent_of_first_micros)
        counted = rates.with_amounts(np.minimum(rates.amounts, first))
    return _percent(counted, percent) + reach.cash(rates, cash)


def _part_of(whole: Amounts, far: NDArray[np.int64], way: int) -> Amounts:
    """``whole × far ÷ way`` of each row; in two steps, so that £/10¹² stays in int64."""
    if whole.dtype == object:
        share: NDArray[np.object_] = np.empty(len(far), dtype=object)
        share[:] = [Fraction(int(one), way) for one in far]
        exact: Amounts = whole * share
        return exact
    large, small = np.divmod(whole, way)
    return np.asarray(large * far + small * far // way)


def _percent(rates: Rates, ppm: int) -> Amounts:
    return share_of(rates.amounts, ppm, rounding=rates.rounding)


def lifted_to_floor(rates: Rates, step: Settlement) -> Amounts:
    """Nothing is below the hourly floor, nor below the floor of a full-time year."""
    amounts = rates.amounts
    if step.floor_micros is not None:
        amounts = np.maximum(amounts, rates.of_hour(step.floor_micros))
    if step.floor_annual_micros is not None:
        amounts = np.maximum(amounts, rates.of_year(step.floor_annual_micros))
    return amounts


def after_rules(
    old: Rates, settlement: Settlement, reaches: list[Reach], moving: AppliesTo, *, before: Rates
) -> tuple[Rates, NDArray[np.int64] | None]:
    """After the rules that move actual pay, or those that move minimum rates; and what is paid once.

    before: the same rows before the deal, for rules that count in all.
    """
    current, one_off = old, None
    for rule, reach in zip(settlement.pay, reaches, strict=True):
        if not rule.non_consolidated and not settlement.moves(rule, moving):
            continue
        rise = rise_of(rule, current, reach, before=before)
        if reach.mask is not None:
            rise = np.where(reach.mask, rise, 0)
        if rule.non_consolidated:
            one_off = rise if one_off is None else one_off + rise
        else:
            current = current.with_amounts(current.amounts + rise)
    return current, one_off
