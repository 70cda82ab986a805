"""What the size of pay says of the time it is for, and where it says nothing: other currencies, thousands, day rates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import islice

import numpy as np

from bargain.intake.coded import Coded
from bargain.intake.pay_headings import unit_of
from bargain.intake.reading import Period
from bargain.intake.tables import Cell
from bargain.intake.values import foreign_currency
from bargain.intake.words import has_phrase, phrases, plain_words

HOURLY_FROM, HOURLY_TO = Decimal(3), Decimal(200)
YEARLY_FROM = Decimal(8000)
_USUAL_HOURLY = Decimal(60)  # half of the rates may not be above this: day rates and weekly wages are
_HIGH_HOURLY = Decimal(100)
_LEAST_LONGER = Decimal(25)  # pay for a week or longer
_MOST = {  # more than £130,000 a year or so
    Period.WEEK: Decimal(2500),
    Period.FORTNIGHT: Decimal(5000),
    Period.FOUR_WEEKS: Decimal(10_000),
    Period.MONTH: Decimal(10_500),
}
_THOUSANDS_FROM, _THOUSANDS_TO = Decimal(8), Decimal(400)
_CELLS_LOOKED_AT = 500
_THREE_PLACES = re.compile(r"[^\d.,]*\d{1,3}\.\d{3}[^\d.,]*")

Ends = tuple[Decimal, Decimal, Decimal]


def ends_and_middle(values: Coded[Decimal | None]) -> Ends | None:
    """The 5th percentile, the middle and the 95th of what is above nought; None where nothing is."""
    ranked = sorted((value, rows) for value, rows in values.counted() if value and value > 0)
    if not ranked:
        return None
    ends = np.cumsum([rows for _value, rows in ranked])
    size = int(ends[-1])
    low, middle, high = (
        ranked[int(np.searchsorted(ends, place, side="right"))][0]
        for place in (size // 20, size // 2, size - 1 - size // 20)
    )
    return low, middle, high


def period_by_size(ends: Ends) -> Period | None:
    """An hour or a year, where the size of nearly all figures in pounds leaves no doubt."""
    low, middle, high = ends
    if low >= HOURLY_FROM and middle <= _USUAL_HOURLY and high <= _HIGH_HOURLY:
        return Period.HOUR
    return Period.YEAR if middle >= YEARLY_FROM and low > HOURLY_TO else None


def cannot_be(period: Period, value: Decimal | None) -> bool:
    """Whether an amount in pounds is not pay for so long a time."""
    if value is None:
        return False
    if period is Period.HOUR:
        return value > HOURLY_TO
    if period is Period.YEAR:
        return value <= HOURLY_TO
    return period in _MOST and not _LEAST_LONGER < value <= _MOST[period]


def too_many(period: Period, wrong: int, rows: int) -> bool:
    """Whether so many rows cannot be that the period itself is in doubt: a tenth; half for a week, a month and between."""
    return wrong * (2 if period in _MOST else 10) > rows


def in_other_money(cells: Coded[Cell]) -> bool:
    """Whether figures name a currency whose amounts are of another size than pounds."""
    return any(isinstance(cell, str) and foreign_currency(cell) for cell in _some(cells))


def may_be_thousands(heading: str, ends: Ends | None, period: Period | None) -> bool:
    """Whether a salary of 24.5 may be £24,500: salaries are seldom by the hour, and nobody says which is meant."""
    if ends is None or unit_of(heading) or period not in {None, Period.YEAR}:
        return False
    is_salary = has_phrase(plain_words(heading), phrases("pay", "words", "salary"))
    return is_salary and ends[0] >= _THOUSANDS_FROM and ends[2] <= _THOUSANDS_TO


def may_group_by_point(cells: Coded[Cell]) -> bool:
    """Whether every figure is a text such as ``3.500``: three and a half, or three and a half thousand."""
    there = [cell for cell in _some(cells) if isinstance(cell, str) and any(map(str.isdigit, cell))]
    return (
        len(there) >= 2
        and all(_THREE_PLACES.fullmatch(cell.strip()) for cell in there)
        and not any(isinstance(cell, int | float) for cell in _some(cells))
    )


def _some(cells: Coded[Cell]) -> Iterable[Cell]:
    return islice(cells.distinct, _CELLS_LOOKED_AT)
