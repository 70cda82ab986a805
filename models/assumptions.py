"""What the costing assumes, each with its source: never a silent default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Assumption:
    """One input: value, unit, source, date, owner, and whether it is agreed by the partners."""

    key: str
    label: str
    value: float | None
    unit: str
    source: str = ""
    dated: date | None = None
    owner: str = ""
    agreed: bool = False
