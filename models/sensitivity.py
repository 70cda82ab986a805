"""What moves a cost: one input varied at a time, both ways."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Input(StrEnum):
    """Where an input comes from."""

    OFFER = "offer"
    ASSUMPTION = "assumption"
    STATUTORY = "statutory figure"


@dataclass(frozen=True, slots=True)
class Swing:
    """One input below and above its value, and the cost in pounds that follows from each.

    Values are in ``unit``; an end is None where it makes no sense or can't be priced.
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

    @property
    def width(self) -> float:
        """Pounds between the ends that are known; nought where neither is."""
        if self.cost_low is None or self.cost_high is None:
            return 0.0
        return abs(self.cost_high - self.cost_low)


@dataclass(frozen=True, slots=True)
class Tornado:
    """A figure and what moves it, the widest first. by: how far each input was moved, in words."""

    figure: str
    label: str
    base: float
    by: str
    swings: tuple[Swing, ...]
