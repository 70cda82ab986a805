"""What kind of input an assumption is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of input: its label, unit, the values that make sense, what it is for.

    by_employer: whether employers may differ in it; the share that is covered is one for the sector.
    """

    key: str
    label: str
    unit: str
    least: float
    most: float
    purpose: str
    by_employer: bool = True
