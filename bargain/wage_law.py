"""Pay after each step of an offer against the minimum wage of that day, by age; travel that is not paid counts as worked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from bargain.appraisal import begun
from bargain.assumed import column_of
from bargain.hourly import hourly_pay
from bargain.parameters.load import value_on
from models.offer import Offer
from models.sector import Sector
from models.terms import TermCheck
from models.units import MICROS_PER_POUND, BoolColumn, FloatColumn
from models.workforce import Workforce, YesNo

_ADULT_FROM = ((date(2024, 4, 1), 21), (date(2021, 4, 1), 23), (date(2016, 4, 1), 25))
_PENNY = 1e-6
_SAID = "of {all} staff {below} would be paid less{travel}; no age recorded counts as adult, apprentices by their own rate"


def wage_checks(sector: Sector, offer: Offer) -> tuple[TermCheck, ...]:
    """The lowest hourly pay of each age band that anybody is in, after each step, with how many are below the law.

    Source of the bands: National Minimum Wage Regulations 2015 (SI 2015/621) reg 4A as amended; of travel, reg 34.
    """
    work = begun(sector, offer, by_post=True)
    found: list[TermCheck] = []
    for settlement in offer.settlements:
        day = settlement.effective
        work.step(settlement)
        force = work.force
        hourly = hourly_pay(force, work.sector.weeks_y) / MICROS_PER_POUND
        found += _checks(force, hourly, day, "")
        unpaid = column_of(work.sector.assumptions, "travel_hours_y", force).values
        if work.terms.paid_travel_time is False and unpaid is not None and unpaid.any():
            paid = force.hours_w * force.weeks_y
            average = hourly * paid / np.maximum(paid + unpaid, 1e-9)
            found += _checks(force, average, day, ", with travel that is not paid")
    return tuple(found)


def _checks(force: Workforce, hourly: FloatColumn, day: date, travel: str) -> Iterator[TermCheck]:
    for words, key, band in _bands(force, day):
        there = band & (force.heads > 0) & (hourly > 0)
        if not there.any():
            continue
        held = value_on(key, day)
        least = float(held.value)
        below = there & (hourly < least - _PENNY)
        said = _SAID.format(
            all=f"{force.heads[there].sum():,.0f}", below=f"{force.heads[below].sum():,.0f}", travel=travel
        )
        yield TermCheck(
            f"minimum wage, {words}{travel}",
            day,
            offered=round(float(hourly[there].min()), 4),
            unit="£ an hour",
            least=least,
            met=not below.any(),
            law=said,
            source=held.reference,
            confidence=held.confidence,
        )


def _bands(force: Workforce, day: date) -> Iterator[tuple[str, str, BoolColumn]]:
    """Who is in which band on a day: name, the key of its rate, and its posts."""
    adult = next((age for starts, age in _ADULT_FROM if day >= starts), 25)
    apprentice = force.apprentice == YesNo.YES
    known = force.age >= 0
    grown = ~known | (force.age >= adult)
    yield f"{adult} and over", "national_living_wage", ~apprentice & grown
    if adult == _ADULT_FROM[0][1]:  # earlier there was a band between, whose rates are not held
        yield "18 to 20", "minimum_wage_18_20", ~apprentice & known & (force.age >= 18) & (force.age < adult)
    yield "under 18", "minimum_wage_under_18", ~apprentice & known & (force.age < 18)
    yield "apprentices", "minimum_wage_apprentice", apprentice
