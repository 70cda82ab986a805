"""Year ends as accounts give them: a day, a year alone such as 2025 or 2024/25, or one line above the table for all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from bargain.intake.accounts_mapping import YEARS_END, AccountsMapping, day_of_year
from bargain.intake.reading import Question
from bargain.intake.tables import Cell, Row, clean_text
from bargain.intake.values import Unreadable, month_first, read_day, says_nothing

_YEAR_ALONE = re.compile(r"(?:FY|year)?\s*'?((?:19|20)\d\d|\d\d)", re.IGNORECASE)
_TWO_YEARS = re.compile(r"(?:FY|year)?\s*((?:19|20)\d\d)\s*[/\-–]\s*((?:19|20)?\d\d)", re.IGNORECASE)
_YEARS = range(1990, 2100)
_ABOVE = re.compile(
    r"(?:year|period|12 months)\s+(?:ended|ending|end|to)\s*:?\s*(\d{1,2}(?:st|nd|rd|th)?[ /.\-]\w{1,9}[ /.\-]\d{2,4})",
    re.IGNORECASE,
)


def year_alone(cell: Cell) -> int | None:
    """The year in which the accounts end, where a cell gives no more than that: 2025, ``FY25``, ``2024/25``."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return int(cell) if cell == int(cell) and int(cell) in _YEARS else None
    if not isinstance(cell, str) or len(cell) > 20:
        return None
    text = clean_text(cell)
    both = _TWO_YEARS.fullmatch(text)
    if both is not None:
        first = int(both[1])
        last = int(both[2]) if len(both[2]) == 4 else first // 100 * 100 + int(both[2])
        return last if last == first + 1 else None
    found = _YEAR_ALONE.fullmatch(text)
    if found is None or (len(found[1]) == 2 and text == found[1]):  # 25 alone may be anything
        return None
    year = int(found[1]) if len(found[1]) == 4 else 2000 + int(found[1])
    return year if year in _YEARS else None


def read_year_end(cell: Cell, *, month_first: bool, years_end: str, start_1904: bool) -> date | None:
    """The day on which a row's year ends. Raises Unreadable; None for a blank, or a year alone that nobody placed."""
    year = year_alone(cell)
    if year is not None:
        return day_of_year(year, years_end) if years_end else None
    return read_day(cell, month_first=month_first, start_1904=start_1904)


def years_alone(cells: Iterable[Cell]) -> list[Cell]:
    """The cells that give a year and no day."""
    return [cell for cell in cells if year_alone(cell) is not None]


def year_end_above(rows: Sequence[Row]) -> date | None:
    """The day that the lines above a table name as the end of the year, if they name just one."""
    found = set()
    for row in rows:
        for cell in row:
            for text in _ABOVE.findall(cell) if isinstance(cell, str) and len(cell) < 300 else ():
                try:
                    found.add(read_day(text))
                except Unreadable:
                    continue
    return found.pop() if len(found) == 1 else None


def settled_dates(
    cells: Sequence[Cell], mapping: AccountsMapping, *, sheet: str
) -> tuple[bool, tuple[Question, ...]]:
    """Whether the month comes first in these cells, and what has to be asked: the order, the end of a year without a day."""
    questions: list[Question] = []
    is_month_first = mapping.date_order == "month_first"
    if not mapping.date_order:
        order = month_first(cells)
        is_month_first = bool(order)
        if order is None:
            questions.append(
                Question(
                    "dates.order",
                    sheet,
                    f"In dates such as “{_first_text(cells)}”, which comes first?",
                    ("day_first", "month_first"),
                )
            )
    alone = years_alone(cells)
    if alone and not mapping.years_end:
        questions.append(
            Question(
                "dates.years_end",
                sheet,
                f"“{clean_text(alone[0])}” is a year without a day. On which month and day does it end?",
                YEARS_END,
            )
        )
    return is_month_first, tuple(questions)


def _first_text(cells: Sequence[Cell]) -> str:
    return next((clean_text(one) for one in cells if isinstance(one, str) and not says_nothing(one)), "")
