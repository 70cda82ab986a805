"""What the columns of a statement are: whose, of which year, and which are none of the accounts' figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from bargain.intake.accounts_dates import year_alone
from bargain.intake.accounts_mapping import day_of_year
from bargain.intake.tables import Cell, clean_text
from bargain.intake.values import Unreadable, is_total_label, read_day
from bargain.intake.words import has_phrase, phrases, plain_words

_DAY = re.compile(
    r"\b(\d{1,2}(?:st|nd|rd|th)?[ /.\-](?:\d{1,2}|[A-Za-z]{3,9})[ /.\-](?:\d{4}|\d{2}))\b|\b(\d{4}-\d\d-\d\d)\b"
)
_MONTH_YEAR = re.compile(
    r"\b((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)[ \-']{1,2}((?:20)?\d\d)\b", re.IGNORECASE
)
_YEARS = re.compile(
    r"\b(?:FY\s?)?((?:19|20)\d\d\s?[/\-–]\s?(?:(?:19|20)?\d\d)|(?:19|20)\d\d|FY\s?'?\d\d)\b", re.IGNORECASE
)
_DAY_MONTH = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)? ((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\b",
    re.IGNORECASE,
)
_MONTHS = re.compile(r"\b(\d{1,2})\s+months?\b", re.IGNORECASE)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHORTEST_YEAR = 300  # days: year ends nearer than this are of parts of a year
Day = Callable[[str], date]


@dataclass(frozen=True, slots=True)
class Head:
    """A column of figures. ``name`` is what is left of its head beside years and plain words: whose it may be.

    ``text`` is the whole head; ``year`` the cell or text of a year without a day; ``months`` the length of its period
    where it is said. ``is_skipped``: no figures of accounts, such as a budget; ``is_total``, ``is_fund``: by its words.
    ``is_month``: the head names a month, not a day.
    """

    column: int
    text: str
    name: str = ""
    day: date | None = None
    year: Cell = None
    months: int | None = None
    is_skipped: bool = False
    is_total: bool = False
    is_fund: bool = False
    is_debit: bool = False
    is_month: bool = False

    @property
    def period(self) -> tuple[date | None, str]:
        """What tells its year from others."""
        return self.day, clean_text(self.year)


def read_heads(heads: Mapping[int, Sequence[Cell]], *, month_first: bool) -> tuple[Head, ...]:
    """Each column's head, taken apart."""
    return tuple(_head(column, cells, month_first=month_first) for column, cells in heads.items())


def _head(column: int, cells: Sequence[Cell], *, month_first: bool) -> Head:
    day: date | None = None
    year: Cell = None
    months: int | None = None
    is_month, month_day = False, ""
    texts: list[str] = []
    rest: list[str] = []
    for cell in cells:
        if isinstance(cell, datetime | date):
            day = cell.date() if isinstance(cell, datetime) else cell
            texts.append(day.isoformat())
            continue
        text = clean_text(cell)[:200]
        texts.append(text)
        if not isinstance(cell, str):
            year = cell if year_alone(cell) is not None else year
            continue
        left, found, is_of_month = day_in(text, month_first=month_first)
        day, is_month = found or day, is_month or is_of_month
        said = _MONTHS.search(left)
        if said is not None:
            months, left = int(said[1]), _MONTHS.sub(" ", left)
        placed = _DAY_MONTH.search(left)
        if placed is not None:
            month_day = f"{_MONTH_NAMES.index(placed[2].lower()[:3]) + 1:02d}-{int(placed[1]):02d}"
            left = _DAY_MONTH.sub(" ", left)
        alone = _YEARS.search(left)
        if alone is not None:
            year, left = alone[1], _YEARS.sub(" ", left)
        rest.append(left)
    text = " ".join(texts)
    words = plain_words(text)
    if day is None and month_day and year is not None:
        day = day_of_year(year_alone(year) or 0, month_day)
    head = Head(column, text, _left_over(rest), day, None if day else year, months, is_month=is_month)
    return replace(
        head,
        is_skipped=has_phrase(words, phrases("statements", "heads", "skip")) or "%" in text,
        is_total=any(one in phrases("statements", "heads", "totals") for one in words.split()),
        is_fund=any(one in phrases("statements", "heads", "funds") for one in words.split()),
        is_debit=any(one in phrases("statements", "heads", "debits") for one in words.split()),
    )


def day_in(text: str, *, month_first: bool = False) -> tuple[str, date | None, bool]:
    """The text without its last date, that date, and whether it was a month alone, which then ends it."""
    found = list(_DAY.finditer(text))
    for one in reversed(found):
        try:
            day = read_day(one[1] or one[2], month_first=month_first)
        except Unreadable:
            continue
        return _DAY.sub(" ", text), day, False
    months = list(_MONTH_YEAR.finditer(text))
    if months:
        name, year = months[-1][1].lower()[:3], months[-1][2]
        number = int(year) + (2000 if len(year) == 2 else 0)
        return _MONTH_YEAR.sub(" ", text), _last_of(number, _MONTH_NAMES.index(name) + 1), True
    return text, None, False


def days_in(text: str, *, month_first: bool = False) -> list[date]:
    """Every date in a text, in its order; of a month alone, its last day."""
    days = []
    for one in _DAY.finditer(text):
        try:
            day = read_day(one[1] or one[2], month_first=month_first)
        except Unreadable:
            continue
        days += [day] if day is not None else []
    if not days:
        for one in _MONTH_YEAR.finditer(text):
            year = int(one[2]) + (2000 if len(one[2]) == 2 else 0)
            days.append(_last_of(year, _MONTH_NAMES.index(one[1].lower()[:3]) + 1))
    return days


def _last_of(year: int, month: int) -> date:
    after = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)


def _left_over(texts: Sequence[str]) -> str:
    """The words of a head that are not plain ones, as they are written: a name, where there is any."""
    plain = phrases("statements", "heads", "plain")
    kept = []
    for text in texts:
        parts = [part for part in re.split(r"\s+", text) if part]
        named = [
            part
            for part in parts
            if not all(word in plain or word.isdigit() for word in plain_words(part).split())
        ]
        if named:  # “Homes for All Ltd” is a name as a whole
            first, last = parts.index(named[0]), len(parts) - 1 - parts[::-1].index(named[-1])
            kept.append(" ".join(parts[first : last + 1]).strip(" ,:;–-()"))
    return " ".join(dict.fromkeys(one for one in kept if one))


def is_bare_total(head: Head) -> bool:
    """Whether a head says total and names nobody."""
    return (head.is_total or is_total_label(head.name)) and (
        not head.name
        or plain_words(head.name) in phrases("statements", "heads", "totals")
        or is_total_label(head.name)
    )


def parts_of_year(heads: Sequence[Head]) -> bool:
    """Whether heads are the ends of months or quarters: dates nearer to each other than years are."""
    days = sorted({one.day for one in heads if one.day is not None})
    return len(days) > 1 and all((b - a).days < _SHORTEST_YEAR for a, b in pairwise(days))


def bears_company_word(name: str) -> bool:
    """Whether a name ends like a company's or a body's: Ltd, CIC, Trust."""
    words = plain_words(name)
    return any(words.endswith(f" {one}") for one in phrases("statements", "heads", "companies"))
