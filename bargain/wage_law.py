"""Pay after each step of an offer against the minimum wage of that day, by age; travel that is not paid counts as worked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from bargain.appraisal import begun
from bargain.assumed import column_of
from bargain.hourly import hourly_pay
from bargain.parameters.load import value_on
from bargain.small_groups import SMALLEST_GROUP, is_small
from models.offer import Offer
from models.parameters import DatedValue
from models.sector import Sector
from models.terms import TermCheck
from models.units import MICROS_PER_POUND, BoolColumn, FloatColumn
from models.workforce import Workforce, YesNo

_ADULT_FROM = ((date(2024, 4, 1), 21), (date(2021, 4, 1), 23), (date(2016, 4, 1), 25))
_PENNY = 1e-6
_SAID = "of {all} staff {below} would be paid less{travel}; no age recorded counts as adult, apprentices by their own rate"
_TRAVEL = ", with travel that is not paid"


@dataclass(frozen=True, slots=True)
class WageCheck:
    """Everybody of one age band after one step. people, below: staff in the data; lowest: £ an hour.

    travel: unpaid travel counts as hours worked.
    """

    day: date
    band: str
    people: float
    below: float
    lowest: float
    law: DatedValue
    travel: bool

    @property
    def least(self) -> float:
        """The law's rate, £ an hour."""
        return float(self.law.value)

    def as_check(self) -> TermCheck:
        """Beside what the law says of other terms."""
        travel = _TRAVEL if self.travel else ""
        return TermCheck(
            f"minimum wage, {self.band}{travel}",
            self.day,
            offered=round(self.lowest, 4),
            unit="£ an hour",
            least=self.least,
            met=not self.below,
            law=_SAID.format(all=f"{self.people:,.0f}", below=f"{self.below:,.0f}", travel=travel),
            source=self.law.reference,
            confidence=self.law.confidence,
        )


def wage_checks(sector: Sector, offer: Offer) -> tuple[TermCheck, ...]:
    """The lowest hourly pay of each age band that anybody is in, after each step, with how many are below the law."""
    return tuple(one.as_check() for one in wages_held(sector, offer))


def wage_sentences(sector: Sector, offer: Offer, *, others_read: bool) -> tuple[str, ...]:
    """A sentence a step and age band: who would be paid less than the law allows, or that nobody would.

    others_read: in a print or file; fewer than ten staff are neither counted nor is their pay said there.
    """
    return tuple(
        wage_sentence(one, others_read=others_read)
        for one in wages_held(sector, offer)
        if not (others_read and is_small(one.people))
    )


def wage_sentence(one: WageCheck, *, others_read: bool) -> str:
    """``Minimum wage: from 6 April 2026 12 of 340 staff aged 18 to 20 would be paid less than …``."""
    day = f"{one.day.day} {one.day:%B %Y}"
    least = f"£{one.least:.2f} an hour"
    unchecked = "" if one.law.is_checked else ", not verified, check before use"
    law = f"{least} ({one.law.reference}; from {one.law.starts.day} {one.law.starts:%B %Y}{unchecked})"
    travel = ", counting travel that is not paid," if one.travel else ""
    who = f"{one.people:,.0f} staff {_WHO.get(one.band, f'aged {one.band}')}"
    if not one.below:
        return f"Minimum wage: from {day} none of {who} would{travel} be paid less than {law}."
    if others_read and is_small(one.below):
        return f"Minimum wage: from {day} fewer than {SMALLEST_GROUP} of {who} would{travel} be paid less than {law}."
    if others_read and is_small(one.people - one.below):
        return f"Minimum wage: from {day} all or nearly all of {who} would{travel} be paid less than {law}."
    return (
        f"Minimum wage: from {day} {one.below:,.0f} of {who} would{travel} be paid less than {law}; the lowest "
        f"£{one.lowest:.2f}."
    )


_WHO = {
    "apprentices": "who are apprentices",
    "21 and over": "aged 21 and over or of no recorded age",
    "23 and over": "aged 23 and over or of no recorded age",
    "25 and over": "aged 25 and over or of no recorded age",
}


def wages_held(sector: Sector, offer: Offer) -> tuple[WageCheck, ...]:
    """Each age band that anybody is in, after each step.

    Source of the bands: National Minimum Wage Regulations 2015 (SI 2015/621) reg 4A as amended; of travel, reg 34.
    Raises UnusableInput for a day before the first figure.
    """
    work = begun(sector, offer, by_post=True)
    found: list[WageCheck] = []
    for settlement in offer.settlements:
        day = settlement.effective
        work.step(settlement)
        force = work.force
        hourly = hourly_pay(force, work.sector.weeks_y) / MICROS_PER_POUND
        found += _checks(force, hourly, day, travel=False)
        unpaid = column_of(work.sector.assumptions, "travel_hours_y", force).values
        if work.terms.paid_travel_time is False and unpaid is not None and unpaid.any():
            paid = force.hours_w * force.weeks_y
            average = hourly * paid / np.maximum(paid + unpaid, 1e-9)
            found += _checks(force, average, day, travel=True)
    return tuple(found)


def _checks(force: Workforce, hourly: FloatColumn, day: date, *, travel: bool) -> Iterator[WageCheck]:
    for words, key, band in _bands(force, day):
        there = band & (force.heads > 0) & (hourly > 0)
        if not there.any():
            continue
        held = value_on(key, day)
        below = there & (hourly < float(held.value) - _PENNY)
        yield WageCheck(
            day,
            words,
            people=float(force.heads[there].sum()),
            below=float(force.heads[below].sum()),
            lowest=float(hourly[there].min()),
            law=held,
            travel=travel,
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
