"""What moves a cost: one input varied at a time, both ways."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Input(StrEnum):
    """Where an input comes from."""

    OFFER = "offer"
    ASSUMPTION = "assumption"
    SETTING = "sector's own figure"
    STATUTORY = "statutory figure"


@dataclass(frozen=True, slots=True)
class Swing:
    """One input below and above its value, and the cost in pounds that follows from each.

    Values are in ``unit``; an end is None where it makes no sense or can't be priced. base: the cost as it is.
    """

    key: str
    label: str
    unit: str
    kind: Input
    value: float
    low: float
    high: float
    cost_low: float | None
    cost_high: float | None
    is_sourced: bool = True
    base: float | None = None

    @property
    def width(self) -> float:
        """Pounds from the least to the most that the cost comes to, as it is among them."""
        known = [one for one in (self.cost_low, self.cost_high, self.base) if one is not None]
        return max(known) - min(known) if known else 0.0


@dataclass(frozen=True, slots=True)
class Tornado:
    """A figure and what moves it, the widest first. by: how far each input was moved, in words."""

    figure: str
    label: str
    base: float
    by: str
    swings: tuple[Swing, ...]
