"""How long staff data is kept: a last day for each import, and which are past it.

The rule: three months after the agreement was signed, and never longer than 24 months after the import. Until an
agreement is signed the longest time holds. Somebody may set an earlier day for an import, or a later one within the
24 months. Nothing is erased by itself: a person is told, and does it with one click.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from bargain.plain_days import in_full
from models.issues import UnusableInput
from models.sector import ImportRecord, Sector

MONTHS_AFTER_AGREEMENT = 3
MOST_MONTHS = 24
SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class Keeping:
    """One import whose staff are still held. ``number`` is its place in ``Sector.imports``; ``heads`` counts people.

    ``until`` is the last day on which they are kept; ``is_set``: a person chose it; ``days_left`` is below nought when
    it has passed.
    """

    number: int
    record: ImportRecord
    heads: float
    until: date
    is_set: bool
    days_left: int

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.days_left < 0


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def longest(record: ImportRecord) -> date:
    """The last day to which an import may be kept at all."""
    return months_after(record.imported, MOST_MONTHS)


def usual(record: ImportRecord, agreed_on: date | None) -> date:
    """The last day by the rule."""
    if agreed_on is None:
        return longest(record)
    return min(longest(record), months_after(agreed_on, MONTHS_AFTER_AGREEMENT))


def keep_until(record: ImportRecord, agreed_on: date | None) -> date:
    """The last day on which an import's staff are kept: as it was set, else by the rule; never beyond the longest."""
    if record.keep_until is None:
        return usual(record, agreed_on)
    return min(record.keep_until, longest(record))


def keepings(sector: Sector, today: date) -> tuple[Keeping, ...]:
    """Every import whose staff are still held, in the order of ``Sector.imports``."""
    force = sector.workforce
    codes = force.import_code + 1  # the first is for posts of no import
    posts = np.bincount(codes, minlength=len(sector.imports) + 1)
    heads = np.bincount(codes, weights=force.heads, minlength=len(sector.imports) + 1)
    found = []
    for number, record in enumerate(sector.imports):
        if posts[number + 1]:
            until = keep_until(record, sector.agreed_on)
            is_set = record.keep_until is not None
            held = float(heads[number + 1])
            found.append(Keeping(number, record, held, until, is_set, (until - today).days))
    return tuple(found)


def over(sector: Sector, today: date) -> tuple[Keeping, ...]:
    """Imports whose last day has passed and whose staff are still here."""
    return tuple(one for one in keepings(sector, today) if one.is_over)


def soon(sector: Sector, today: date) -> tuple[Keeping, ...]:
    """Imports whose last day comes within thirty days."""
    return tuple(one for one in keepings(sector, today) if 0 <= one.days_left <= SOON_DAYS)


def with_keep_until(sector: Sector, numbers: Collection[int], day: date | None) -> Sector:
    """The sector with a last day set for these imports; None goes back to the rule.

    Raises UnusableInput for an import that is not there, a day before it, or one beyond the longest time.
    """
    imports = list(sector.imports)
    for number in numbers:
        if not 0 <= number < len(imports):
            raise UnusableInput(
                f"There is no import {number + 1}; the sector has {len(imports)}. “keep” without options lists them."
            )
        record = imports[number]
        if day is not None and day > longest(record):
            raise UnusableInput(
                f"{in_full(day)} is more than {MOST_MONTHS} months after {record.file or 'the file'} was imported. "
                f"Choose a day up to {in_full(longest(record))}."
            )
        if day is not None and day < record.imported:
            raise UnusableInput(
                f"{in_full(day)} is before {record.file or 'the file'} was imported, on {in_full(record.imported)}. "
                "Choose a later day, or erase the staff data now."
            )
        imports[number] = replace(record, keep_until=day)
    return replace(sector, imports=tuple(imports))


def with_agreement(sector: Sector, signed_on: date | None) -> Sector:
    """The sector with the day on which its agreement was signed; None where it is not signed."""
    return replace(sector, agreed_on=signed_on)


def reason_for(overdue: Collection[Keeping]) -> str:
    """What the certificate says of staff data that is erased because its time is over."""
    last = max((one.until for one in overdue), default=None)
    return f"Kept until {in_full(last)}, as was set for it" if last else ""
