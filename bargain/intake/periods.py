"""Files that hold several months or years of the same staff: one is read, the others are set aside or asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from bargain.intake.coded import Coded, grouped
from bargain.intake.mapping import ColumnMap
from bargain.intake.reading import MappingFile, Problem, Question
from bargain.intake.tables import Cell, Rows, clean_text
from bargain.intake.words import plain_words
from models.issues import UnusableInput

_YEAR = r"(?:19|20)\d\d"
_WHEN = re.compile(
    rf"(?:fy|ty|ay|year|blwyddyn)?\s*{_YEAR}(?:\s*[-/ ]\s*(?:{_YEAR}|\d\d))?"
    rf"|{_YEAR}[-/ ](?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-/ ]{_YEAR}|{_YEAR}[-/ ]?q[1-4]|q[1-4][-/ ]?{_YEAR}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:month|period|week|wk|m|p|mis)?\s*(?:0?[1-9]|[1-5]\d)")
_ENGLISH = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "sept",
]
_WELSH = [
    "ionawr",
    "chwefror",
    "mawrth",
    "ebrill",
    "mai",
    "mehefin",
    "gorffennaf",
    "awst",
    "medi",
    "hydref",
    "tachwedd",
    "rhagfyr",
]
MONTHS = frozenset(
    plain_words(form)
    for name in (*_ENGLISH, *_WELSH)
    for form in (name, name[:3], name[:4] if name == "sept" else name)
)
_MOST_OFFERED = 60
_SHOWN = 5


def is_period(text: str, *, numbers: bool = True) -> bool:
    """Whether a text names a month or a year: ``2025/26``, ``March 2026``, ``2026-03``; with ``numbers`` also ``3``."""
    plain = clean_text(text).casefold()
    if _WHEN.fullmatch(plain):
        return True
    words = plain_words(plain).split()
    if words and any(word in MONTHS for word in words):
        return all(word in MONTHS or word.isdigit() for word in words)
    return numbers and _NUMBER.fullmatch(plain) is not None


def period_text(cell: Cell) -> str:
    """A period as it is offered: a date by its month, a whole year without a point."""
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m}"
    return clean_text(cell)


def periods_of(
    columns: ColumnMap, body: Rows, mapping: MappingFile, *, file: str, sheet: str
) -> Coded[str] | None:
    """The month or year of each row, where a column of the file says one; None where none does."""
    if mapping.take_column:
        wanted = plain_words(mapping.take_column)
        place = next((at for at, text in enumerate(columns.headings) if plain_words(text) == wanted), None)
        if place is None:
            raise UnusableInput(
                f"{file}, sheet {sheet}: the mapping takes rows by the column “{mapping.take_column}” (take.column), "
                "which is not there."
            )
        return body.columns[place].map(period_text)
    at = columns.fields.get("when")
    if at is None:
        return None
    found = body.columns[at].map(period_text)
    told = [text for text in found.occurring() if text]
    return found if told and all(is_period(text) for text in told) else None


def which_period(
    periods: Coded[str],
    is_staff: NDArray[np.bool_],
    mapping: MappingFile,
    columns: ColumnMap,
    body: Rows,
    *,
    sheet: str,
) -> Question | None:
    """Which month or year to read, where rows of staff are for more than one and none, or one that is not there, was said."""
    there = [text for text in periods.take(is_staff).occurring() if text]
    if len(there) < 2 or plain_words(mapping.take) in {plain_words(text) for text in there}:
        return None
    column = heading_of(columns, mapping)
    return Question(
        key="take.value",
        sheet=sheet,
        question=f"The rows are for more than one time (“{column}”), and the same staff may stand in each. Which should be read?",
        candidates=tuple(there[-_MOST_OFFERED:]),
        examples=_examples(periods, is_staff, columns, body),
    )


def heading_of(columns: ColumnMap, mapping: MappingFile) -> str:
    """The heading of the column that says the month or year."""
    return mapping.take_column or columns.headings[columns.fields["when"]]


def _examples(
    periods: Coded[str], is_staff: NDArray[np.bool_], columns: ColumnMap, body: Rows
) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Five rows of staff, of different times where that can be."""
    places = np.flatnonzero(is_staff)
    _codes, first_of_each = grouped([periods.take(is_staff)])
    firsts = sorted(int(places[first]) for first in first_of_each if periods[int(places[first])])[:_SHOWN]
    rest = [at for at in np.flatnonzero(is_staff)[:10].tolist() if at not in firsts]
    shown = [
        columns.fields[one] for one in ("when", "job_title", "grade", "hours", "fte") if one in columns.fields
    ]
    shown += [one.column for one in columns.pay]
    return tuple(
        tuple((columns.headings[column], period_text(body[at][column])) for column in shown)
        for at in sorted([*firsts, *rest][:_SHOWN])
    )


def set_aside(
    periods: Coded[str], is_staff: NDArray[np.bool_], mapping: MappingFile, heading: str, first_row: int
) -> Iterable[tuple[int, Problem]]:
    """Staff rows of other times, each with its place and the problem that names it."""
    if not mapping.take:
        return
    wanted = plain_words(mapping.take)
    other = is_staff & ~periods.mask(lambda text: plain_words(text) == wanted)
    for at in np.flatnonzero(other).tolist():
        reason = f"for another time than “{mapping.take}”, which is read"
        yield at, Problem("other_period", at + first_row, heading, periods[at], reason, set_aside=True)
