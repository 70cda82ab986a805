"""Cells that hold two figures or hide one: a range of pay in one cell, and counts such as ``<5`` or ``*``."""

from __future__ import annotations

import re
from decimal import Decimal

from bargain.intake.tables import Cell, clean_text
from bargain.intake.values import Unreadable, read_number

_LONGEST = 80
_BETWEEN = re.compile(r"\s*(?:[-–—−~]|\bto\b|\band\b|\bhyd at\b|\bi\b|/)\s*", re.IGNORECASE)
_BEFORE = re.compile(r"^(?:between|from|rhwng|o)\s+", re.IGNORECASE)
_FEWER = re.compile(
    r"(?:<|less than|fewer than|under|below|llai na)\s*(\d{1,3})|(?:<=|≤|up to|hyd at)\s*(\d{1,3})",
    re.IGNORECASE,
)
_MARKS = frozenset(
    {
        "*",
        "**",
        "***",
        "#",
        "~",
        "..",
        ":",
        "c",
        "[c]",
        "(c)",
        "[x]",
        "x",
        "s",
        "[s]",
        "suppressed",
        "redacted",
    }
)
UNSAID_MOST = 4  # where a mark hides a count without saying below what: most publishers hide 1 to 4


def read_range(cell: Cell, *, decimal_comma: bool = False) -> tuple[Decimal, Decimal] | None:
    """The ends of a range of amounts: ``£23,500 – £27,334``, ``23500 to 27334``; None for anything else."""
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return None
    text = _BEFORE.sub("", clean_text(cell))
    for found in _BETWEEN.finditer(text):
        one, other = text[: found.start()], text[found.end() :]
        try:
            low = read_number(one, decimal_comma=decimal_comma)
            high = read_number(other, decimal_comma=decimal_comma)
        except Unreadable:
            continue
        if low is not None and high is not None and 0 < low <= high:
            return low, high
    return None


def read_hidden_count(cell: Cell) -> tuple[Decimal, Decimal] | None:
    """The least and most that a hidden count can be: ``<5`` is 1 to 4, ``*`` is taken as 1 to 4; None for anything else."""
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return None
    text = clean_text(cell).strip()
    found = _FEWER.fullmatch(text)
    if found:
        most = int(found[1]) - 1 if found[1] else int(found[2])
        return (Decimal(1), Decimal(most)) if most >= 1 else None
    if text.casefold() in _MARKS:
        return Decimal(1), Decimal(UNSAID_MOST)
    return None


def at_end(ends: tuple[Decimal, Decimal], which: str) -> Decimal | None:
    """The lowest, middle or highest of two ends; None where such cells are left out."""
    low, high = ends
    return {"lowest": low, "middle": (low + high) / 2, "highest": high}.get(which)
