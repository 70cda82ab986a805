"""Sheets made in tests."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from bargain.intake.coded import Coded
from bargain.intake.tables import Cell, Rows, trimmed


def squared(rows: Sequence[Sequence[Cell]]) -> Rows:
    """Rows made equally wide, without the blank rows and columns after the last value."""
    return trimmed([Coded.of(column) for column in zip_longest(*rows)], len(rows))
