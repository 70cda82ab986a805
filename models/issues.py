"""What is wrong, where, and what it means: values only; sentences are made at the edge."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class UnusableInput(Exception):  # noqa: N818  # reads as the sentence it carries
    """Input that cannot be used: one plain sentence that says what, where and what to do.

    The command line prints it and leaves with exit code 2; the window shows it as a notice.
    """


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One kind of finding, with its count and its first places."""

    code: str
    severity: Severity
    count: int
    places: tuple[Place, ...] = ()
    values: tuple[str, ...] = field(default=())
