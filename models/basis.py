"""What a rate of pay is for."""

from __future__ import annotations

from enum import IntEnum


class Basis(IntEnum):
    """What a pay rate is for: one hour, or one full-time year."""

    HOUR = 0
    YEAR = 1
