"""Dated parameters as values: what they are, from when, on whose authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value that holds from a day on, with where it was published."""

    starts: date
    value: Decimal
    reference: str
    confidence: str

    @property
    def is_checked(self) -> bool:
        """Whether it may be shown as a fact: somebody has looked it up, or it follows from what was looked up."""
        return self.confidence.startswith(("verified", "derived"))


@dataclass(frozen=True, slots=True)
class LegalFloor:
    """The minimum wage of people of 21 and over on a day, £ an hour, and whether the figure has been verified."""

    rate: float
    is_checked: bool = True


@dataclass(frozen=True, slots=True)
class Parameter:
    """One statutory figure through time, earliest first."""

    key: str
    label: str
    unit: str
    review_by: date
    values: tuple[DatedValue, ...]


@dataclass(frozen=True, slots=True)
class OnCostParameters:
    """The statutory figures of one day, in the engine's units (£/10⁶ and parts per million).

    band_counts_all, scheme_counts_all: whether qualifying earnings, and schemes on basic pay, count what is paid beside it.
    """

    day: date
    ni_rate_ppm: int
    ni_threshold_micros: int
    ni_under_21_threshold_micros: int
    ni_apprentice_threshold_micros: int
    ni_veteran_threshold_micros: int
    employment_allowance_micros: int
    band_lower_micros: int
    band_upper_micros: int
    pension_minimum_ppm: int
    levy_rate_ppm: int
    levy_allowance_micros: int
    minimum_wage_micros: int
    real_living_wage_micros: int | None
    warnings: tuple[str, ...] = ()
    band_counts_all: bool = True
    scheme_counts_all: bool = False
