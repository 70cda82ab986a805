"""Terms and conditions, as they are or as an offer would have them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """Each value that is None is not known (of a sector) or does not change (in an offer).

    Rates are £/10⁶; percentages parts per million; ``unsocial_ppm`` pairs a kind of hour with its premium.
    """

    weekly_hours: float | None = None
    annual_leave_days: float | None = None
    sick_pay_full_weeks: float | None = None
    employer_pension_ppm: int | None = None
    sleep_in_micros: int | None = None
    unsocial_ppm: tuple[tuple[str, int], ...] = ()
    paid_training_hours: float | None = None
    paid_travel_time: bool | None = None
    zero_hours: str | None = None
