"""Published pay tables with which a sector's pay is compared: what a grade would be paid elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ComparatorPoint:
    """One point of a table: £ for a full-time year, and £ an hour to the penny."""

    name: str
    annual: int
    hourly: float


@dataclass(frozen=True, slots=True)
class ComparatorTable:
    """The points that hold from a day, lowest first. ``word`` is what the table calls a point."""

    key: str
    label: str
    word: str
    weekly_hours: float
    starts: date
    points: tuple[ComparatorPoint, ...]
    reference: str
    confidence: str
