"""The columns of a sheet as cards: never kept, needed, useful, not read, not there. Knows no widgets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from ui.import_assistant.words import NEEDED, USEFUL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bargain.intake.looking import ColumnLook


class Group(Enum):
    """The order in which cards stand."""

    LOCKED = auto()
    NEEDED = auto()
    USEFUL = auto()
    LEFT_OUT = auto()
    ABSENT = auto()


@dataclass(frozen=True, slots=True)
class Card:
    """One of our fields with their column, or one of their columns that we do not read, or may not keep.

    ``field`` is blank for a column that is left out; ``heading`` is blank for a field that the file does not have.
    """

    group: Group
    field: str
    heading: str
    column: int
    confidence: float
    personal: str
    samples: tuple[str, ...]


def cards_of(columns: Sequence[ColumnLook]) -> tuple[Card, ...]:
    """A card for each field and each column, in the order in which a person looks at them."""
    by_field = {one.field: one for one in columns if one.field}
    locked = [
        Card(Group.LOCKED, "", one.heading, one.column, 1.0, one.personal, one.samples)
        for one in columns
        if one.personal
    ]
    needed = [_of_field(name, Group.NEEDED, by_field.get(name)) for name in NEEDED]
    if by_field.keys() & {"hours", "fte"}:  # either of the two will do
        needed = [one for one in needed if one.column >= 0 or one.field not in {"hours", "fte"}]
    others = [name for name in by_field if name not in {*NEEDED, *USEFUL}]
    useful = [_of_field(name, Group.USEFUL, by_field.get(name)) for name in (*others, *USEFUL)]
    left_out = [
        Card(Group.LEFT_OUT, "", one.heading, one.column, 0.0, "", one.samples)
        for one in columns
        if not one.field and not one.personal and (one.heading or one.samples)
    ]
    absent = [replace(one, group=Group.ABSENT) for one in useful if one.column < 0]
    found = [one for one in useful if one.column >= 0]
    return (*locked, *needed, *found, *left_out, *absent)


def _of_field(name: str, group: Group, one: ColumnLook | None) -> Card:
    if one is None:
        return Card(group, name, "", -1, 0.0, "", ())
    return Card(group, name, one.heading, one.column, one.confidence, "", one.samples)


def free_headings(columns: Sequence[ColumnLook]) -> tuple[str, ...]:
    """The headings that a field may be read from: all but personal ones, each once."""
    return tuple(dict.fromkeys(one.heading for one in columns if one.heading and not one.personal))
