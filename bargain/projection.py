"""The next twelve or twenty-four months of each employer under an offer: margin as it is earned, cash as it is paid.

A month's pay is the twelfth of a year at the level that holds; back pay is earned month by month but paid at once.
Everything else stays as the last accounts have it, but for what the assumptions say and a stress that holds from the
first month on, by the same rules as for a single year (``money_flow.stressed``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bargain.appraisal import appraise
from models.measures import EmployerMargins
from models.offer import Offer
from models.sector import Sector
from models.stress import Stress


@dataclass(frozen=True, slots=True)
class Month:
    """One month, in pounds. ``cash`` is before tax, repayments and investment; ``cash_to_date`` its running sum."""

    starts: date
    income: float
    labour: float
    result: float
    cash: float
    cash_to_date: float


@dataclass(frozen=True, slots=True)
class Projection:
    """An employer's months; empty where its accounts are not known."""

    name: str
    months: tuple[Month, ...]

    @property
    def margin(self) -> float | None:
        """Operating result over income of all months together."""
        income = sum(one.income for one in self.months)
        return sum(one.result for one in self.months) / income if income else None

    @property
    def lowest_cash(self) -> float | None:
        """The lowest point of the running sum of cash; None without months."""
        return min((one.cash_to_date for one in self.months), default=None)

    def first(self, count: int) -> Projection:
        """The first months alone."""
        return Projection(self.name, self.months[:count])

    def margin_of_last(self, count: int) -> float | None:
        """Operating result over income of the last months."""
        return Projection(self.name, self.months[-count:]).margin


@dataclass(frozen=True, slots=True)
class _Level:
    """From ``earned`` on labour is this much dearer a year, paid from ``paid``; income a year is ``income``."""

    earned: date
    paid: date
    rise: float
    income: float


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is assumed of one employer's months: the yearly rise of rent and other costs, a stress, and the share of its
    labour that is agency work.
    """

    other: float = 0.0
    stress: Stress = Stress("")
    agency_share: float = 0.0

    @property
    def income(self) -> float:
        """What income is multiplied by under the stress: places filled, and fees."""
        stress = self.stress
        return (stress.base_occupancy + stress.occupancy) / stress.base_occupancy * (1 + stress.fees)

    @property
    def labour(self) -> float:
        """What labour is multiplied by under the stress."""
        return 1 + self.agency_share * self.stress.agency


def projections(
    sector: Sector, offer: Offer, *, months: int = 24, other: float = 0.0
) -> tuple[Projection, ...]:
    """Every employer from the month of the offer's first date, without stress.

    other: the yearly rise of rent and other operating costs, a share. Raises UnusableInput as ``appraise`` does.
    """
    return projections_under(sector, offer, [Stress("")], months=months, other=other)[0]


def projections_under(
    sector: Sector,
    offer: Offer,
    stresses: Sequence[Stress],
    *,
    months: int = 24,
    other: float = 0.0,
    agency_shares: Mapping[str, float] | None = None,
) -> tuple[tuple[Projection, ...], ...]:
    """The same under each of some stresses. agency_shares: agency work as a share of labour, by employer."""
    parts = [
        appraise(sector, replace(offer, settlements=offer.settlements[: count + 1])).margins
        for count in range(len(offer.settlements))
    ]
    first = offer.settlements[0].effective.replace(day=1)
    starts = [_later(first, count) for count in range(months)]
    levels = [
        [
            _Level(
                step.effective.replace(day=1),
                (step.paid_from or step.effective).replace(day=1),
                by_step[place].labour_rise,
                by_step[place].revenue_after or 0.0,
            )
            for step, by_step in zip(offer.settlements, parts, strict=True)
        ]
        for place in range(len(parts[-1]))
    ]
    shares = agency_shares or {}
    return tuple(
        tuple(
            _projection(own, held, starts, Assumed(other, stress, shares.get(own.name, 0.0)))
            for own, held in zip(parts[-1], levels, strict=True)
        )
        for stress in stresses
    )


def _projection(
    own: EmployerMargins, levels: Sequence[_Level], starts: Sequence[date], assumed: Assumed
) -> Projection:
    revenue, result, labour = own.revenue_before, own.result_before, own.labour
    if revenue is None or result is None or labour is None:
        return Projection(own.name, ())
    costs = revenue - result - labour  # everything but labour, depreciation included
    prices = (own.other or 0.0) + (own.rent or 0.0)
    found: list[Month] = []
    running = 0.0
    for count, start in enumerate(starts):
        growth = (1 + assumed.other) ** (count / 12)
        grown = costs + prices * (growth - 1) + (own.other or 0.0) * growth * assumed.stress.other
        income = _income(levels, start, revenue) * assumed.income
        earned = (labour + _rise(levels, start, paid=False)) * assumed.labour
        month_result = (income - earned - grown) / 12
        paid = (labour + _rise(levels, start, paid=True)) / 12 + _owed(levels, start)
        interest = (own.interest or 0.0) * (1 + assumed.stress.rates)
        cash = (income - grown + (own.depreciation or 0.0) - interest) / 12 - paid * assumed.labour
        running += cash
        found.append(Month(start, income / 12, earned / 12, month_result, cash, running))
    return Projection(own.name, tuple(found))


def _income(levels: Sequence[_Level], day: date, base: float) -> float:
    held = [one.income for one in levels if one.earned <= day]
    return held[-1] if held else base


def _rise(levels: Sequence[_Level], day: date, *, paid: bool) -> float:
    held = [one.rise for one in levels if (one.paid if paid else one.earned) <= day]
    return held[-1] if held else 0.0


def _owed(levels: Sequence[_Level], day: date) -> float:
    """Back pay that falls due in a month: what was earned since each step took effect, above what was paid."""
    total, before = 0.0, 0.0
    for one in levels:
        if one.paid == day:
            months = (one.paid.year - one.earned.year) * 12 + one.paid.month - one.earned.month
            total += (one.rise - before) * months / 12
        before = one.rise
    return total


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
