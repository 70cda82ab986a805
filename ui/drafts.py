"""The blank draft that stands on the table before anyone has made an offer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from models.offer import Offer, Settlement

if TYPE_CHECKING:
    from models.sector import Sector


def next_year_start(sector: Sector, today: date | None = None) -> date:
    """The first day of the settlement year that follows the data (or today, where the data has no date)."""
    month, day = sector.year_start
    after = sector.data_date or today or date.today()
    start = date(after.year, month, day)
    return start if start > after else date(after.year + 1, month, day)


def first_draft(sector: Sector, name: str) -> Offer:
    """An offer that changes nothing, from the next settlement year on."""
    return Offer(name=name, settlements=(Settlement(effective=next_year_start(sector)),))
