"""Files with a row for each payment to a person: one kind of payment is read, the others are set aside or asked about."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from bargain.intake.coded import Coded, grouped
from bargain.intake.mapping import ColumnMap
from bargain.intake.reading import MappingFile, Problem, Question
from bargain.intake.tables import Cell, Rows, blanks, clean_text
from bargain.intake.words import plain_words

_MOST_OFFERED = 60
_SHOWN = 5


def elements_of(columns: ColumnMap, body: Rows) -> Coded[str] | None:
    """The kind of payment of each row, where a column of the file says one."""
    at = columns.fields.get("element")
    return None if at is None else body.columns[at].map(clean_text)


def which_element(
    elements: Coded[str],
    is_staff: NDArray[np.bool_],
    mapping: MappingFile,
    columns: ColumnMap,
    body: Rows,
    *,
    sheet: str,
) -> Question | None:
    """Which payments are basic pay, where people have a row for each and nobody said, or said one that is not there."""
    there = [text for text in elements.take(is_staff).occurring() if text]
    if len(there) < 2 or plain_words(mapping.take_element) in {plain_words(text) for text in there}:
        return None
    if not _are_repeated(columns, body, is_staff):
        return None  # a kind of pay for each person, once
    heading = columns.headings[columns.fields["element"]]
    return Question(
        "take.element",
        sheet,
        f"Each payment has a row of its own (“{heading}”), several for one person. Which of them is basic pay?",
        tuple(there[:_MOST_OFFERED]),
        _examples(is_staff, columns, body),
    )


def other_elements(
    elements: Coded[str],
    is_staff: NDArray[np.bool_],
    mapping: MappingFile,
    columns: ColumnMap,
    first_row: int,
) -> Iterable[tuple[int, Problem]]:
    """Rows of staff with other payments, each with its place and the problem that names it."""
    if not mapping.take_element:
        return
    wanted = plain_words(mapping.take_element)
    heading = columns.headings[columns.fields["element"]]
    other = is_staff & ~elements.mask(lambda text: plain_words(text) == wanted)
    for at in np.flatnonzero(other).tolist():
        reason = f"another payment than “{mapping.take_element}”, which is read"
        yield at, Problem("other_element", at + first_row, heading, elements[at], reason, set_aside=True)


def _are_repeated(columns: ColumnMap, body: Rows, is_staff: NDArray[np.bool_]) -> bool:
    """Whether persons stand in more than one row; so it is taken to be where no column tells persons apart."""
    number = columns.fields.get("staff_number")
    persons = [at for at, kind in columns.personal.items() if kind in {"name", "national_insurance"}]
    places: list[int] = [number] if number is not None else persons
    cells: list[Coded[Cell]] = [body.columns[at].take(is_staff) for at in places]
    cells = [one for one in cells if not blanks(one).all()]
    if not cells:
        return True
    _codes, firsts = grouped(cells)
    return len(firsts) * 10 < len(cells[0]) * 9


def _examples(
    is_staff: NDArray[np.bool_], columns: ColumnMap, body: Rows
) -> tuple[tuple[tuple[str, str], ...], ...]:
    fields = ("job_title", "grade", "element", "hours")
    shown = [columns.fields[one] for one in fields if one in columns.fields]
    shown += [one.column for one in columns.pay]
    return tuple(
        tuple((columns.headings[column], clean_text(body[at][column])) for column in shown)
        for at in np.flatnonzero(is_staff)[:_SHOWN].tolist()
    )
