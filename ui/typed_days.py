"""Days and months as people type them: ``1 Apr 2027``, ``1/4/2027``, ``2027-04-01``, ``Sep 2027``."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QDate

from ui import formats

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WORDS = re.compile(r"(\d{1,2})\s+(\S+)\s+(\d{4})")
_MONTH_ISO = re.compile(r"(\d{4})-(\d{1,2})")
_MONTH = re.compile(r"(\S+?)[\s/.-]+(\d{4})")


def day_of(text: str) -> date | None:
    """A day, day before month; None where the text is none."""
    plain = text.strip()
    if found := _ISO.fullmatch(plain):
        return _day(found[1], int(found[2]), found[3])
    if found := _FIGURES.fullmatch(plain):
        return _day(found[3], int(found[2]), found[1])
    if found := _WORDS.fullmatch(plain):
        return _day(found[3], _month_named(found[2]), found[1])
    return None


def month_of(text: str) -> date | None:
    """The first day of a month; None where the text is none."""
    plain = text.strip()
    if found := _MONTH_ISO.fullmatch(plain):
        return _day(found[1], int(found[2]), "1")
    if found := _MONTH.fullmatch(plain):
        return _day(found[2], int(found[1]) if found[1].isdecimal() else _month_named(found[1]), "1")
    return None


def _month_named(word: str) -> int:
    """The number of a month by its name or the first letters of it; nought for none."""
    wanted = word.casefold().rstrip(".")
    names = [formats.locale().standaloneMonthName(k).casefold() for k in range(1, 13)]
    found = [k for k, name in enumerate(names, 1) if len(wanted) >= 3 and name.startswith(wanted)]
    return found[0] if len(found) == 1 else (9 if wanted == "sept" else 0)


def _day(year: str, month: int, day: str) -> date | None:
    found = QDate(int(year), month, int(day))
    return date(found.year(), found.month(), found.day()) if found.isValid() and found.year() > 0 else None
