"""The table that a file is for: whose side works with it, and what both sides know of the talks before they begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """Whose file it is. It is said when the file is made and stays."""

    NOT_SAID = "not said"
    UNION = "union side"
    EMPLOYERS = "employers' side"
    JOINT = "joint secretariat"


@dataclass(frozen=True, slots=True)
class TableFacts:
    """When the settlement is due, for how many years, and which index the talks call inflation; empty is not said."""

    settlement: date | None = None
    years: int | None = None
    inflation: str = ""
