"""The fields of a sector as they are stored: of what kind each is, and which lists are stored value by value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from models.sector import Sector

_MOST_VALUES = 100
_MOST_RECORDS = 8


@cache
def names() -> frozenset[str]:
    """The names of all fields, the workforce among them."""
    return frozenset(field.name for field in fields(Sector))


def kind_of(name: str) -> Any:
    """The type of a field."""
    return _hints()[name]


def item_kind(name: str) -> Any:
    """The type of the values in a field that is a list."""
    return get_args(kind_of(name))[0]


@cache
def is_list_of_values(name: str) -> bool:
    """Whether a field is a tuple of any length whose items are values of their own, such as offers."""
    kind = kind_of(name)
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,) and is_dataclass(get_args(kind)[0])


@cache
def most_items(kind: Any) -> int:
    """How many values of a kind are stored one by one; a longer list is one object.

    A change to one of them then costs one value, and not the list; but every state names each of them, and of flat
    records, such as employers or grades of job titles, the names soon take more than the records.
    """
    is_flat = all(
        get_origin(hint) in (None, UnionType) and not is_dataclass(hint)
        for hint in get_type_hints(kind).values()
    )
    return _MOST_RECORDS if is_flat else _MOST_VALUES


@cache
def _hints() -> Mapping[str, Any]:
    return get_type_hints(Sector)
