"""The blank draft that stands on the table before anyone has made an offer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from models.offer import Offer, Settlement

if TYPE_CHECKING:
    from models.sector import Sector


def next_year_start(sector: Sector, today: date | None = None) -> date:
    """The settlement date of the table while it lies ahead; else the first day of the next settlement year.

    Ahead of the data, that is, or of today, where the data has no date.
    """
    month, day = sector.year_start
    after = sector.data_date or today or date.today()
    if sector.table.settlement is not None and sector.table.settlement > after:
        return sector.table.settlement
    start = date(after.year, month, day)
    return start if start > after else date(after.year + 1, month, day)


def first_draft(sector: Sector, name: str) -> Offer:
    """An offer that changes nothing, from the next settlement on, for as many years as the table talks of."""
    from bargain.costing.timing import a_year_after

    start = next_year_start(sector)
    years = sector.table.years
    ends = None if years is None else a_year_after(start, years) - timedelta(days=1)
    return Offer(name=name, settlements=(Settlement(effective=start),), ends=ends)
