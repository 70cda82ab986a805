"""How many of something, in words that agree with the number."""

from __future__ import annotations


def in_number(count: int, one: str, more: str = "") -> str:
    """``1 employer``, ``2,000 employers``; ``more`` where it is not ``one`` with an s."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"
