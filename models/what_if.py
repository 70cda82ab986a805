"""What the larger what-ifs assume: agency work, care brought in-house, who stays in, three ways to buy care.

Money is in pounds and shares run from 0 to 1. None, or an empty text, is not known: never nought.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """One kind of work bought from an agency, by the hour and without VAT.

    ``buyer`` is the employer or commissioner that pays. ``on_cost`` is what the agency must pay on top of the
    worker's pay by law. ``direct_cost`` is an hour of direct work with on-costs; None means pay and on-cost.
    ``filled`` is the share of the hours for which staff of one's own would be found.
    """

    work: str = ""
    buyer: str = ""
    charge: float | None = None
    pay: float | None = None
    on_cost: float | None = None
    hours: float | None = None
    direct_cost: float | None = None
    filled: float | None = None


class Comparator(StrEnum):
    """Where the rates come from with which pay in-house is compared."""

    TYPED = "rates typed in"
    EMPLOYER = "an employer of the sector"
    NHS = "Agenda for Change"
    COUNCIL = "local government"


@dataclass(frozen=True, slots=True)
class GradeRate:
    """A grade's place in the comparator: the point that it is mapped to, or the rate typed in, £ an hour."""

    grade: str
    point: str = ""
    hourly: float | None = None


@dataclass(frozen=True, slots=True)
class InHousePlan:
    """Which employers to bring in-house, on whose rates, and for which compensation.

    ``like`` names the employer whose medians are the comparator. ``stated`` is a sum fixed by Parliament or by the
    parties, ``subsidy`` the public money in the capital employed, ``recoverable`` charges a year that come back.
    ``pace``: by how much pay rises a year over the comparator's own rise, for the years until the gap is closed.
    """

    employers: tuple[str, ...] = ()
    comparator: Comparator = Comparator.EMPLOYER
    like: str = ""
    rates: tuple[GradeRate, ...] = ()
    stated: float | None = None
    multiple: float | None = None
    subsidy: float | None = None
    recoverable: float = 0.0
    rate: float = 0.035
    years: int = 10
    pace: float | None = None


@dataclass(frozen=True, slots=True)
class Constraint:
    """What keeps an employer in: what it would lose by leaving, £ a year, and the clause or law that takes it.

    ``in_draft``: ``what`` is a clause of the agreement draft; ``tells_worth``: with its pounds a year.
    """

    employer: str
    pounds: float | None = None
    what: str = ""
    in_draft: bool = False
    tells_worth: bool = False


@dataclass(frozen=True, slots=True)
class Union:
    """A union and how many of its members are staff in scope."""

    name: str
    members: float | None = None


@dataclass(frozen=True, slots=True)
class StayingPlan:
    """Who would sign, who is organised, who is outside bargaining, and what keeps employers in."""

    signing: tuple[str, ...] = ()
    unions: tuple[Union, ...] = ()
    excluded: float = 0.0
    constraints: tuple[Constraint, ...] = ()


@dataclass(frozen=True, slots=True)
class WhatIf:
    """All of it. ``fee_cut``: what a co-operative takes off fees; ``falls_on_pay``: the share of it that pay bears.

    Neither has a default: they decide the order of the three regimes. ``filled`` and ``agency_charge`` (£ an hour without
    VAT) are of bringing the insecure work in the staff data inside: the share of its hours for which staff are found.
    """

    agency: tuple[AgencyLine, ...] = ()
    in_house: InHousePlan = InHousePlan()
    staying: StayingPlan = StayingPlan()
    fee_cut: float | None = None
    falls_on_pay: float | None = None
    filled: float | None = None
    agency_charge: float | None = None
