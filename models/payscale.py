"""A pay scale: points in order, each an exact amount, with the rounding rule that belongs to the scale."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.workforce import Basis


class Rounding(StrEnum):
    """How a rate is rounded. It is a property of the scale."""

    HALF_UP_POUND = "half-up-pound"
    UP_POUND = "up-pound"
    HALF_UP_PENNY = "half-up-penny"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ScalePoint:
    """One point: its name, its amount (£/10⁶ a full-time year, or an hour) and its grade, if any."""

    name: str
    amount_micros: int
    grade: str = ""


@dataclass(frozen=True, slots=True)
class PayScale:
    """Points, lowest first as in the file; ``basis`` says whether amounts are a year or an hour."""

    name: str
    basis: Basis
    points: tuple[ScalePoint, ...]
    rounding: Rounding = Rounding.HALF_UP_PENNY
    weekly_hours: float = 37.0
    weeks_y: float = 52.143
