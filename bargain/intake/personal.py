"""Personal data known by the look of its values, whatever the heading says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bargain.intake.coded import Coded
from bargain.intake.tables import Cell, clean_text, is_blank
from bargain.intake.words import word_table

NEVER_READ = frozenset({"national_insurance", "bank", "union", "health", "special", "tax"})
_LOOKED_AT = 300
_SHARE = 0.6
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Pattern:
    """How one kind of personal data looks. ``sure`` where nothing that a payroll needs looks so."""

    name: str
    kind: str
    sure: bool
    like: re.Pattern[str]


@cache
def patterns() -> tuple[Pattern, ...]:
    """Every pattern, the sure ones first."""
    table = word_table("personal")["patterns"]
    found = [
        Pattern(name, one["kind"], one["sure"], re.compile(one["like"], re.IGNORECASE))
        for name, one in table.items()
    ]
    return tuple(sorted(found, key=lambda one: not one.sure))


def kind_by_value(cells: Coded[Cell], *, field: str = "") -> str:
    """The kind of personal data that most texts of a column look like; blank if none.

    ``field`` is what its heading says that it holds: only what nothing else looks like then counts against it.
    """
    texts = [
        clean_text(cell[:_LOOKED_AT])
        for cell in cells[: 4 * _LOOKED_AT]
        if isinstance(cell, str) and not is_blank(cell)
    ][:_LOOKED_AT]
    if len(texts) < _ENOUGH:
        return ""
    needed = _SHARE * len(texts)
    for pattern in patterns():
        if (field and not pattern.sure) or (field == "staff_number" and pattern.kind != "national_insurance"):
            continue
        if sum(pattern.like.fullmatch(text) is not None for text in texts) >= needed:
            return pattern.kind
    return ""
