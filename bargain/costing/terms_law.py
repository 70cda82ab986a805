"""Terms of an offer against the law of their day: only figures that were checked, each with its source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bargain.parameters.load import value_on
from models.offer import Offer
from models.parameters import DatedValue
from models.terms import TermCheck, Terms
from models.units import MICROS_PER_POUND, PPM

_DAYS_OF_WEEK = 5
_SICK_PAY = (
    "Statutory Sick Pay is due from the first day whatever is agreed; the law asks for no week at full pay",
    "Employment Rights Act 2025, from 6 April 2026",
)
_MATERNITY_PAY = (
    "Statutory Maternity Pay is due whatever is agreed; the law asks for no week at full pay",
    "Social Security Contributions and Benefits Act 1992 s.166",
)
_SLEEP_IN = (
    "time asleep does not count for the minimum wage; time awake for the purpose of working does",
    "Royal Mencap Society v Tomlinson-Blake [2021] UKSC 8",
)
_WAKING_NIGHT = (
    "every hour of a waking night counts for the minimum wage, whatever is paid beside it",
    "Royal Mencap Society v Tomlinson-Blake [2021] UKSC 8",
)


def checks_of(offer: Offer) -> tuple[TermCheck, ...]:
    """Every term that a step sets and the law has a figure or a rule for, in the order of the steps."""
    return tuple(check for step in offer.settlements for check in _checks(step.terms, step.effective))


def _checks(terms: Terms, day: date) -> list[TermCheck]:
    found = []
    if terms.annual_leave_days is not None:
        weeks, most = value_on("leave_weeks", day), value_on("leave_most_days", day)
        found.append(
            _against(
                weeks,
                TermCheck(
                    "annual leave",
                    day,
                    offered=terms.annual_leave_days,
                    least=min(float(weeks.value) * _DAYS_OF_WEEK, float(most.value)),
                    unit="days a year",
                    law="5.6 weeks for a five-day week, bank holidays included; pro rata for other weeks",
                ),
            )
        )
    if terms.employer_pension_ppm is not None:
        held = value_on("pension_minimum", day)
        found.append(
            _against(
                held,
                TermCheck(
                    "employer pension",
                    day,
                    offered=terms.employer_pension_ppm / PPM,
                    least=float(held.value),
                    unit="share",
                    law="employer minimum on qualifying earnings, for staff who are enrolled",
                ),
            )
        )
    found += [
        TermCheck(element, day, offered=value, unit=unit, law=law, source=source)
        for element, value, unit, law, source in (
            ("sick pay", terms.sick_pay_full_weeks, "weeks", *_SICK_PAY),
            ("maternity pay", terms.maternity_full_weeks, "weeks", *_MATERNITY_PAY),
            ("sleep-ins", _pounds(terms.sleep_in_micros), "£ a sleep-in", *_SLEEP_IN),
            ("waking nights", _pounds(terms.waking_night_micros), "£ a night", *_WAKING_NIGHT),
        )
        if value is not None
    ]
    return found


def _against(held: DatedValue, check: TermCheck) -> TermCheck:
    """The check with its answer and the source of the figure."""
    met = check.least is None or check.offered >= check.least - 1e-9
    return replace(check, met=met, source=held.reference, confidence=held.confidence)


def _pounds(micros: int | None) -> float | None:
    return None if micros is None else micros / MICROS_PER_POUND
