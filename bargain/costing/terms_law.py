"""Terms of an offer against the law of their day: only figures that were checked, each with its source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bargain.parameters.load import value_on
from models.offer import Offer
from models.parameters import DatedValue
from models.terms import TermCheck, Terms
from models.units import MICROS_PER_POUND, PPM

_DAYS_OF_WEEK = 5
_OFFICIAL, _SECONDARY, _UNVERIFIED = "verified-official", "verified-secondary", "unverified"


@dataclass(frozen=True, slots=True)
class _Rule:
    """What the law says of a term for which it sets no figure."""

    law: str
    source: str
    confidence: str = _OFFICIAL


_SICK_PAY = _Rule(
    "Statutory Sick Pay is due from the first day whatever is agreed; the law asks for no week at full pay",
    "Employment Rights Act 2025, from 6 April 2026",
    _SECONDARY,
)
_MATERNITY_PAY = _Rule(
    "Statutory Maternity Pay is due whatever is agreed; the law asks for no week at full pay",
    "Social Security Contributions and Benefits Act 1992 s.166",
)
_SLEEP_IN = _Rule(
    "time asleep does not count for the minimum wage; time awake for the purpose of working does",
    "Royal Mencap Society v Tomlinson-Blake [2021] UKSC 8",
)
_WAKING_NIGHT = _Rule(
    "every hour of a waking night counts for the minimum wage, whatever is paid beside it",
    "Royal Mencap Society v Tomlinson-Blake [2021] UKSC 8",
)
_ON_CALL = _Rule(
    "time on call at or near the workplace and awake counts for the minimum wage; at home it does not",
    "National Minimum Wage Regulations 2015 (SI 2015/621) reg 32",
)
_OVERTIME = _Rule(
    "no higher rate is due; average pay over all hours must not fall below the minimum wage",
    "Acas guidance on overtime, 2018",
    _SECONDARY,
)
_UNSOCIAL = _Rule(
    "no premium is due in law; the hour itself must reach the minimum wage",
    "National Minimum Wage Act 1998 s.1",
    _UNVERIFIED,
)
_TRAINING = _Rule(
    "training when somebody would otherwise be working counts for the minimum wage",
    "National Minimum Wage Regulations 2015 (SI 2015/621) regs 19 and 33",
)
_TRAVEL = _Rule(
    "travel between places of work counts for the minimum wage; between home and work it does not",
    "National Minimum Wage Regulations 2015 (SI 2015/621) reg 34",
)
_SUPERVISION = _Rule(
    "the law asks for no hours; time that must be attended is working time",
    "Working Time Regulations 1998 reg 2",
    _UNVERIFIED,
)
_FAMILY_LEAVE = _Rule(
    "statutory leave of parents and carers stands beside what is agreed; the law asks for no day at full pay",
    "Employment Rights Act 1996 Part 8",
    _UNVERIFIED,
)
_ZERO_HOURS = _Rule(
    "a right to be offered guaranteed hours is enacted and not in force before 2027; until then the law asks for none, "
    "and an agreement with an independent union may put its own terms in its place",
    "Employment Rights Act 2025, guaranteed hours; commencement expected in 2027, no day known",
    _SECONDARY,
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
    if terms.weekly_hours is not None:
        held = value_on("week_most_hours", day)
        law = "on average over 17 weeks, overtime included, unless somebody has agreed in writing to more"
        check = TermCheck("weekly hours", day, offered=terms.weekly_hours, unit="hours a week", law=law)
        found.append(_against(held, replace(check, most=float(held.value))))
    return found + _without_figure(terms, day)


def _without_figure(terms: Terms, day: date) -> list[TermCheck]:
    """The terms for which the law has a rule and no figure."""
    numbers: tuple[tuple[str, float | None, str, _Rule], ...] = (
        ("sick pay", terms.sick_pay_full_weeks, "weeks", _SICK_PAY),
        ("maternity pay", terms.maternity_full_weeks, "weeks", _MATERNITY_PAY),
        ("sleep-ins", _pounds(terms.sleep_in_micros), "£ a sleep-in", _SLEEP_IN),
        ("waking nights", _pounds(terms.waking_night_micros), "£ a night", _WAKING_NIGHT),
        ("on-call", _pounds(terms.on_call_micros), "£ a duty", _ON_CALL),
        ("overtime", _share(terms.overtime_ppm), "premium", _OVERTIME),
        *(
            (f"unsocial hours ({kind.replace('_', ' ')})", _share(premium), "premium", _UNSOCIAL)
            for kind, premium in terms.unsocial_ppm
        ),
        ("paid training", terms.paid_training_hours, "hours a year", _TRAINING),
        ("supervision", terms.paid_supervision_hours, "hours a year", _SUPERVISION),
        ("family leave", terms.family_leave_days, "days a year", _FAMILY_LEAVE),
    )
    found = [
        _plain(element, day, value, unit, rule) for element, value, unit, rule in numbers if value is not None
    ]
    if terms.paid_travel_time is not None:
        said = "paid" if terms.paid_travel_time else "not paid"
        found.append(
            replace(_plain("travel time", day, float(terms.paid_travel_time), "", _TRAVEL), said=said)
        )
    if terms.zero_hours is not None:
        found.append(
            replace(_plain("zero-hours conversion", day, 1.0, "", _ZERO_HOURS), said=terms.zero_hours)
        )
    return found


def _plain(element: str, day: date, offered: float, unit: str, rule: _Rule) -> TermCheck:
    return TermCheck(
        element, day, offered=offered, unit=unit, law=rule.law, source=rule.source, confidence=rule.confidence
    )


def _against(held: DatedValue, check: TermCheck) -> TermCheck:
    """The check with its answer and the source of the figure."""
    met = (check.least is None or check.offered >= check.least - 1e-9) and (
        check.most is None or check.offered <= check.most + 1e-9
    )
    return replace(check, met=met, source=held.reference, confidence=held.confidence)


def _share(ppm: int | None) -> float | None:
    return None if ppm is None else ppm / PPM


def _pounds(micros: int | None) -> float | None:
    return None if micros is None else micros / MICROS_PER_POUND
