"""What time it is, handed in so that tests can live through a year. Order never depends on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]

_LENGTH = len("2027-04-01T09:30:00Z")


def now() -> datetime:
    """The moment that it is, in UTC."""
    return datetime.now(UTC)


def as_text(moment: datetime) -> str:
    """A moment to the second, in UTC, as it is stored."""
    return f"{moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def from_text(text: str) -> datetime:
    """The moment that ``as_text`` wrote. Raises ValueError."""
    if len(text) != _LENGTH or text[10] != "T" or text[-1] != "Z":  # the library reads other forms too
        raise ValueError(f"{text} is not a moment as it is stored")
    return datetime.fromisoformat(text)
