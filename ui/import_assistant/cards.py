"""The columns of a sheet as cards, in the order needed, useful, left out, never kept. Knows no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from ui.import_assistant.words import NEEDED, USEFUL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bargain.intake.looking import ColumnLook


class Group(Enum):
    """The order in which cards stand."""

    NEEDED = auto()
    USEFUL = auto()
    LEFT_OUT = auto()
    LOCKED = auto()


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
    found = [_of_field(name, Group.NEEDED, by_field.get(name)) for name in NEEDED]
    has_share = by_field.keys() & {"hours", "fte"}
    if has_share:  # either of the two will do
        found = [one for one in found if one.heading or one.field not in {"hours", "fte"} or one.column >= 0]
    others = [name for name in by_field if name not in {*NEEDED, *USEFUL}]
    useful = [_of_field(name, Group.USEFUL, by_field.get(name)) for name in (*others, *USEFUL)]
    found += sorted(useful, key=lambda one: one.column < 0)  # those that the file has come first
    found += [
        Card(Group.LEFT_OUT, "", one.heading, one.column, 0.0, "", one.samples)
        for one in columns
        if not one.field and not one.personal and (one.heading or one.samples)
    ]
    found += [
        Card(Group.LOCKED, "", one.heading, one.column, 1.0, one.personal, one.samples)
        for one in columns
        if one.personal
    ]
    return tuple(found)


def _of_field(name: str, group: Group, one: ColumnLook | None) -> Card:
    if one is None:
        return Card(group, name, "", -1, 0.0, "", ())
    return Card(group, name, one.heading, one.column, one.confidence, "", one.samples)


def free_headings(columns: Sequence[ColumnLook]) -> tuple[str, ...]:
    """The headings that a field may be read from: all but personal ones, each once."""
    return tuple(dict.fromkeys(one.heading for one in columns if one.heading and not one.personal))
