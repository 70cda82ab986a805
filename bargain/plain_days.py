"""A date as it is said in a sentence of the engine, wherever that sentence is shown."""

from __future__ import annotations

from datetime import date


def in_full(day: date) -> str:
    """``1 April 2027``."""
    return f"{day.day} {day:%B %Y}"
