"""When the cost of a deal falls: months, settlement years, back pay."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from bargain.plain_days import in_full
from models.offer import Offer

MONTHS = 12


@lru_cache(maxsize=1024)
def month_number(day: date) -> float:
    """Months since year 0, the day as a share of its month."""
    return day.year * MONTHS + day.month - 1 + (day.day - 1) / monthrange(day.year, day.month)[1]


def months_between(start: date, end: date) -> float:
    """Months from one day to another, nought where the second is not later."""
    return max(month_number(end) - month_number(start), 0.0)


def a_year_after(day: date, years: int = 1) -> date:
    """The same day in a later year; 29 February becomes 28."""
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def end_of(offer: Offer) -> date:
    """The first day after a deal: that after its last day, else a year after its last step."""
    if offer.ends is None:
        return a_year_after(offer.settlements[-1].effective)
    return offer.ends + timedelta(days=1)


def settlement_year_of(day: date, year_start: tuple[int, int]) -> date:
    """The first day of the settlement (budget) year in which a day falls."""
    month, first = year_start
    this = date(day.year, month, min(first, monthrange(day.year, month)[1]))
    return this if day >= this else a_year_after(this, -1)


def settlement_years(first: date, ends: date, year_start: tuple[int, int]) -> tuple[tuple[date, date], ...]:
    """Every settlement year that a deal touches, as (first day, first day of the next)."""
    years = []
    start = settlement_year_of(first, year_start)
    while start < ends:
        years.append((start, a_year_after(start)))
        start = a_year_after(start)
    return tuple(years)


def share_of_year(effective: date, window: tuple[date, date], ends: date) -> float:
    """The share of twelve months for which a step runs inside a window, until the deal ends."""
    return months_between(max(effective, window[0]), min(window[1], ends)) / MONTHS


def paid_after_the_deal(offer: Offer) -> tuple[str, ...]:
    """A sentence for each step that is paid only once the deal is over: part of its back pay is for months after it.

    All of it is owed on the day of payment, and counts as back pay; the cumulative cost stops at the deal's last day.
    """
    end = end_of(offer)
    last = end - timedelta(days=1)
    return tuple(
        f"The step of {in_full(step.effective)} is paid from {in_full(step.paid_from)}, after the deal's last day, {in_full(last)}: "
        f"{months_between(end, step.paid_from):.3g} of the {months_between(step.effective, step.paid_from):.3g} months of its "
        "back pay are after the deal and in back pay only, not in the cumulative cost."
        for step in offer.settlements
        if step.paid_from is not None and step.paid_from > end
    )
