"""A mark of the program that wrote a file: its version, and every kind of value that a sector is made of.

Where a file bears the mark of the program that reads it, its present sector holds nothing that is unknown here, and
was checked by the same rules before it was sealed: its values may be read when they are first asked for. Any other
file is read and checked from end to end when it is opened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from bargain.storage.codec import canonical
from bargain.version import VERSION
from models.sector import Sector
from models.workforce import COLUMNS, VOCABULARIES, Workforce


@cache
def own_mark() -> str:
    """The mark of this program."""
    return hashlib.sha256(canonical([VERSION, kind_in_words(Sector)])).hexdigest()


def kind_in_words(kind: Any) -> Any:
    """A kind of value as JSON that differs where what can be stored differs."""
    if kind is Workforce:
        return [list(VOCABULARIES), [[name, one.__name__] for name, one in COLUMNS.items()]]
    origin = get_origin(kind)
    if origin is not None:
        name = "mapping" if isinstance(origin, type) and issubclass(origin, Mapping) else "parts"
        return [
            name,
            getattr(origin, "__name__", str(origin)),
            [kind_in_words(one) for one in get_args(kind)],
        ]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ["one of", [one.value for one in kind]]
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return {field.name: kind_in_words(hints[field.name]) for field in fields(kind)}
    return getattr(kind, "__name__", str(kind))
