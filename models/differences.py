"""Why two costings of one offer differ: the whole difference by cause."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause: its share in pounds, exact and to the penny so that all add up; whether the sides differ in it."""

    key: str
    label: str
    amount: float
    shown: float
    differs: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure on both sides, in pounds, and the causes that sum to ``other`` − ``one``.

    renamed: employers of the other side that were known under another name, and the first side's name for them.
    """

    figure: str
    label: str
    one: float
    other: float
    causes: tuple[Cause, ...]
    renamed: tuple[tuple[str, str], ...] = ()

    @property
    def total(self) -> float:
        """Pounds, to the penny, as the causes add up."""
        return round(sum(cause.shown for cause in self.causes), 2)
