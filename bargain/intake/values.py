"""Cells → values: money, numbers, hours, percentages and dates as payrolls write them.

Every reader takes one cell and gives a value, None for a blank, or raises ``Unreadable``. Numbers are exact
decimals; a float is taken by its shortest text, as the spreadsheet shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Generic, TypeVar

import numpy as np

from bargain.intake.coded import Coded, Mask
from bargain.intake.tables import Cell, clean_text, is_blank
from bargain.intake.words import phrases, plain_words
from bargain.plain_cells import MARK

T = TypeVar("T")

_UNIT = re.compile(
    r"\s*(?:/|per\s+|a\s+)?(?:hours?|hrs?|hourly|ph|pw|pa|p\.a\.?|p\.h\.?|p\.w\.?|pcm|pm|annum|annually|week|weeks|wks?|month|year|yr)\.?$",
    re.IGNORECASE,
)
_OTHER_MONEY = r"BRL|PLN|CHF|SEK|NOK|DKK|CZK|HUF|RON|INR|ZAR|NGN|KES|JPY|CNY|PHP|R\$|zł|kč|[₹₺₴₦₱¥]"
_CURRENCY = re.compile(
    rf"^(?:GBP|USD|EUR|AUD|NZD|CAD|(?:US|A|C|NZ)\$|[£$€]|{_OTHER_MONEY}|kr\.?\s)\s?"
    rf"|\s?(?:GBP|USD|EUR|AUD|NZD|CAD|[£$€]|{_OTHER_MONEY}|kr\.?|ft|lei)$",
    re.IGNORECASE,
)
_FOREIGN = re.compile(rf"(?<![A-Za-z])(?:{_OTHER_MONEY}|kr\.?|ft|lei)(?![A-Za-z])", re.IGNORECASE)
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_COMMA = re.compile(r"\d+,\d+")
_GROUPED_APOSTROPHE = re.compile(r"\d{1,3}(?:['’]\d{3})+(?:\.\d+)?")
_GROUPED_COMMA = re.compile(r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::[0-5]\d)?")
_HOURS_MINUTES = re.compile(r"(\d{1,3})\s*h(?:ou)?r?s?\s*(?:([0-5]?\d)\s*m(?:in)?s?)?", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"\d,\d{1,2}(?:\s?[a-złč€]{1,3}\.?)?$|\d\.\d{3},\d", re.IGNORECASE)
_DAY_TEXT = re.compile(r"(\d{1,4})[/.\- ](\d{1,2})[/.\- ](\d{1,4})(?:[ T].*)?")
_WORD_DATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-/]([A-Za-z]{3,9})\.?,?[ \-/](\d{2,4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS_CY = ("ion", "chw", "maw", "ebr", "mai", "meh", "gor", "aws", "med", "hyd", "tac", "rha")
_ERROR = re.compile(
    r"#(?:N/A|NA|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|WERT!|BEZUG!|#+)",
    re.IGNORECASE,
)
_COUNTED = (" employees", " staff", " people", " posts", " heads", " workers", " records", " rows")
_LONGEST = 80  # no number and no date is longer; patterns on a book in one cell would take for ever
_NOTHING = frozenset({"-", "–", "—", "--", ".", "nil"})
_SERIAL_START = date(1899, 12, 30)
_SERIAL_START_1904 = date(1904, 1, 1)


class Unreadable(ValueError):  # noqa: N818  # reads as what it says of the cell
    """A cell that cannot be read as what its column holds."""


@dataclass(frozen=True, slots=True, eq=False)
class Column(Generic[T]):
    """A column read: values by position, and where they could not be read."""

    values: Coded[T | None]
    unreadable: Mask


def read_column(cells: Coded[Cell], read: Callable[[Cell], T | None]) -> Column[T]:
    """Each distinct cell read once."""
    values: list[T | None] = []
    bad = np.zeros(len(cells.distinct), dtype=np.bool_)
    for at, cell in enumerate(cells.distinct):
        value = None
        try:
            value = read(cell)
        except Unreadable:
            bad[at] = True
        values.append(value)
    return Column(Coded(cells.codes, values), bad[cells.codes])


def shows_error(cell: Cell) -> bool:
    """Whether a text is an error that a spreadsheet showed: ``#N/A``, ``#REF!``, or a figure too wide, ``####``."""
    return isinstance(cell, str) and cell.lstrip()[:1] == "#" and _ERROR.fullmatch(cell.strip()) is not None


def foreign_currency(text: str) -> bool:
    """Whether an amount says that it is in other money than pounds, euros or dollars, which are of like size."""
    return len(text) <= _LONGEST and _FOREIGN.search(text) is not None and any(map(str.isdigit, text))


def says_nothing(cell: Cell) -> bool:
    """Whether a cell is blank or holds only a dash or a point."""
    return is_blank(cell) or (
        isinstance(cell, str) and len(cell) < 12 and clean_text(cell).casefold() in _NOTHING
    )


def uses_decimal_comma(cells: Iterable[Cell]) -> bool:
    """Whether the texts of a column write 12,71 for twelve and 71 hundredths."""
    return any(
        isinstance(cell, str) and len(cell) <= _LONGEST and _DECIMAL_COMMA.search(cell.strip(" £$€R%"))
        for cell in cells
    )


def read_number(cell: Cell, *, decimal_comma: bool = False) -> Decimal | None:
    """A number or an amount of money: ``£12,345.67``, ``(1,775.00)``, ``33.689,11``, ``12.71 per hour``."""
    if says_nothing(cell):
        return None
    if isinstance(cell, bool):
        raise Unreadable
    if isinstance(cell, int | float):
        number = Decimal(repr(cell))
        if not number.is_finite():
            raise Unreadable
        return number
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        raise Unreadable
    text, sign = _unsigned(clean_text(cell).removeprefix(MARK))
    text = _UNIT.sub("", text).strip()
    text, again = _unsigned(_CURRENCY.sub("", text).strip())
    text = _CURRENCY.sub("", text).strip()
    return sign * again * _unsigned_number(text, decimal_comma=decimal_comma)


def _unsigned(text: str) -> tuple[str, int]:
    """The text without its sign, and the sign: a minus before or after, or brackets round it."""
    text = text.replace("−", "-")
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), -1
    if text.startswith("-"):
        return text[1:].strip(), -1
    if text.endswith("-"):
        return text[:-1].strip(), -1
    return text.removeprefix("+").strip(), 1


def _unsigned_number(text: str, *, decimal_comma: bool) -> Decimal:
    if decimal_comma and (_GROUPED_COMMA.fullmatch(text) or _COMMA.fullmatch(text)):
        text = text.replace(".", "").replace(" ", "").replace(",", ".")
    elif _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    elif _GROUPED_APOSTROPHE.fullmatch(text):
        text = text.replace("'", "").replace("’", "")
    elif _COMMA.fullmatch(text) and len(text.rpartition(",")[2]) <= 2:
        text = text.replace(",", ".")
    elif not _PLAIN.fullmatch(text):
        raise Unreadable
    try:
        return Decimal(text)
    except InvalidOperation:
        raise Unreadable from None


def read_hours(cell: Cell, *, decimal_comma: bool = False) -> Decimal | None:
    """Hours: a number, ``37:30``, ``37h 30m``, or a cell formatted as a time."""
    if isinstance(cell, timedelta):
        return Decimal(str(cell.total_seconds())) / 3600
    if isinstance(cell, datetime):
        raise Unreadable
    if isinstance(cell, time):
        return Decimal(cell.hour) + Decimal(cell.minute) / 60
    if isinstance(cell, str) and len(cell) <= _LONGEST:
        text = clean_text(cell)
        found = _CLOCK.fullmatch(text) or _HOURS_MINUTES.fullmatch(text)
        if found:
            return Decimal(found[1]) + Decimal(found[2] or 0) / 60
    return read_number(cell, decimal_comma=decimal_comma)


def read_share(cell: Cell, *, decimal_comma: bool = False) -> Decimal | None:
    """A share: ``0.8``, or ``80%`` as 0.8."""
    if isinstance(cell, str) and clean_text(cell).endswith("%"):
        number = read_number(clean_text(cell)[:-1], decimal_comma=decimal_comma)
        return None if number is None else number / 100
    return read_number(cell, decimal_comma=decimal_comma)


def read_day(cell: Cell, *, month_first: bool = False, start_1904: bool = False) -> date | None:
    """A day: a date cell, ISO text, 31/03/2026, 3 Mar 2026, or a spreadsheet's serial number."""
    if says_nothing(cell):
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        raise Unreadable
    if isinstance(cell, str) and len(cell) > _LONGEST:
        raise Unreadable
    if isinstance(cell, int | float):
        if not 366 <= cell <= 80_000:
            raise Unreadable
        return (_SERIAL_START_1904 if start_1904 else _SERIAL_START) + timedelta(days=int(cell))
    return _day_of_text(clean_text(cell), month_first=month_first)


def _day_of_text(text: str, *, month_first: bool) -> date:
    found = _DAY_TEXT.fullmatch(text)
    if found:
        one, two, three = (int(part) for part in found.groups())
        if len(found[1]) == 4:
            return _day(one, two, three)
        if len(found[3]) not in {2, 4}:
            raise Unreadable
        day, month = (two, one) if month_first else (one, two)
        return _day(_whole_year(three, found[3]), month, day)
    found = _WORD_DATE.fullmatch(text)
    if found is None:
        raise Unreadable
    name = plain_words(found[2])[:3]
    for months in (_MONTHS, _MONTHS_CY):
        if name in months:
            return _day(_whole_year(int(found[3]), found[3]), months.index(name) + 1, int(found[1]))
    raise Unreadable


def _whole_year(year: int, written: str) -> int:
    if len(written) == 4:
        return year
    return year + (1900 if year > 50 else 2000)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable from None


def month_first(cells: Iterable[Cell]) -> bool | None:
    """Which comes first in dates like 03/04/2026: True the month, False the day, None if the column does not say."""
    firsts: list[int] = []
    seconds: list[int] = []
    for cell in cells:
        found = (
            _DAY_TEXT.fullmatch(clean_text(cell)) if isinstance(cell, str) and len(cell) <= _LONGEST else None
        )
        if found and len(found[1]) <= 2:
            firsts.append(int(found[1]))
            seconds.append(int(found[2]))
    if any(first > 12 for first in firsts):
        return False
    if any(second > 12 for second in seconds):
        return True
    return None if any(a != b for a, b in zip(firsts, seconds, strict=True)) else False


def is_total_label(text: str) -> bool:
    """Whether a text names a total: ``Total``, ``Oakfield total``, ``Cyfanswm``."""
    if len(text) > 4 * _LONGEST:
        return False
    words = plain_words(text)
    return (
        words in phrases("rows", "totals", "starts")
        or any(words.startswith(f"{one} ") for one in phrases("rows", "totals", "starts") if len(one) > 3)
        or any(words.endswith(f" {one}") for one in phrases("rows", "totals", "ends"))
        or any(f" {one} " in words and words.endswith(_COUNTED) for one in phrases("rows", "totals", "ends"))
    )


def may_name_total(text: str) -> bool:
    """Whether a text may name a total where the rest of its row is not a post: ``Both``, ``Employees: 24``."""
    return len(text) <= _LONGEST and _figures_out(plain_words(text)) in phrases("rows", "totals", "weak")


def names_summary(text: str, *, is_name: bool) -> bool:
    """Whether a text names an average, a count or the like; where ``is_name``, one that no person is called."""
    if len(text) > _LONGEST:
        return False
    words = plain_words(text)
    known = phrases("rows", "summary", "words")
    return words in known or (not is_name and words in phrases("rows", "summary", "names"))


def ends_as_summary(text: str) -> bool:
    """Whether a text is named as a spreadsheet names its sub-counts and sub-averages: ``Carer Count``."""
    words = plain_words(text) if len(text) <= _LONGEST else ""
    return any(words.endswith(f" {one}") for one in phrases("rows", "summary", "ends"))


def _figures_out(words: str) -> str:
    """The words without whole numbers: ``employees 24`` is ``employees``."""
    return " ".join(word for word in words.split() if not word.isdigit())
