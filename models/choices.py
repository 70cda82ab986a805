"""Answers to the larger what-ifs: bringing a service in-house, staying in an agreement, three ways to buy care."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.party import PartnerGroup, Party


@dataclass(frozen=True, slots=True)
class GradeParity:
    """One grade beside its comparator: mean pay and comparator, £ an hour, and the cost of parity, £ a year.

    ``comparator`` is None where the mapping has no rate for the grade; ``cost`` then is what the others' rise moves of
    its employers' allowance and levy, None where that is nothing.
    """

    grade: str
    heads: float
    pay: float
    comparator: float | None
    cost: float | None

    @property
    def gap(self) -> float | None:
        """How far mean pay is short of the comparator, as a share of it; below nought where it is above."""
        return (self.comparator - self.pay) / self.comparator if self.comparator else None


@dataclass(frozen=True, slots=True)
class Parity:
    """Lifting some employers' staff to a comparator: cost a year with on-costs, and the gap as a share of it (M26).

    ``no_comparator`` counts staff in grades without a rate: they are priced as they are.
    """

    heads: float
    cost: float
    gap: float | None
    no_comparator: float
    grades: tuple[GradeParity, ...]


@dataclass(frozen=True, slots=True)
class InSourcing:
    """Bringing employers into direct public provision, in pounds a year but for ``compensation`` and ``npv``.

    ``gross`` is operating profit and recoverable charges; ``parity_gap`` how far pay is short of the comparator, as a
    share of the comparator's (M26); ``payback`` in years, None where nothing is saved. ``not_known`` names employers
    without accounts; ``no_comparator`` counts staff in grades that the mapping does not cover: priced as they are.
    """

    employers: tuple[str, ...]
    heads: float
    gross: float
    parity_cost: float
    parity_gap: float | None
    net: float
    compensation: float
    basis: str
    payback: float | None
    npv: float
    rate: float
    years: int
    not_known: tuple[str, ...]
    no_comparator: float


@dataclass(frozen=True, slots=True)
class Agency:
    """Agency work by the hour, in pounds without VAT, and what converting its hours to direct work would do.

    ``skim`` is what is left of the charge after pay and on-cost; the conversion's cost, saving and hours that
    stay unfilled stand apart.
    """

    charge: float
    pay: float
    on_cost: float
    skim: float
    skim_share: float
    hours: float
    skim_a_year: float
    direct_cost: float
    saved: float
    unfilled_hours: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far agreements reach, in shares of staff, and how many parties there are in effect (M1–M4)."""

    in_scope: float
    covered: float
    residual: float
    newly: float
    coverage_before: float
    coverage_after: float
    residual_coverage: float | None
    union_density: float | None
    employer_density: float | None
    unions_in_effect: float | None
    employers_in_effect: float | None


class SizeFrom(StrEnum):
    """Where it is known from how many staff a party at the table speaks for."""

    STATED = "stated"
    UNION = "members of the union of that name"
    STAFF = "staff data of the employer of that name"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Seat:
    """A party at the table and the staff it speaks for; None where that is not known."""

    party: Party
    speaks_for: float | None
    source: SizeFrom


@dataclass(frozen=True, slots=True)
class SideAtTable:
    """One side of the table: its parties, and how many there are in effect by the staff they speak for (M4).

    ``effective`` and ``speaks_for`` are None where nobody sits there or one party's size is not known; ``unknown``
    names those. ``fragmentation`` is 1 − Σ shares², from 0 (one party) towards 1.
    """

    group: PartnerGroup
    seats: tuple[Seat, ...]
    unknown: tuple[str, ...]
    speaks_for: float | None
    effective: float | None

    @property
    def fragmentation(self) -> float | None:
        """The chance that two staff for whom the side speaks are spoken for by different parties."""
        return None if self.effective is None else 1 - 1 / self.effective


@dataclass(frozen=True, slots=True)
class Leaving:
    """What an employer gains by leaving: pay rise avoided less fee lost, less what the constraints cost it (M5)."""

    name: str
    pay_avoided: float
    fee_lost: float | None
    gain: float | None
    constraints: float

    @property
    def uncovered(self) -> float | None:
        """The gain above what the constraints cost; nought or less where they cover it."""
        return None if self.gain is None else self.gain - self.constraints


@dataclass(frozen=True, slots=True)
class Regime:
    """One way to buy care, on the same data: change in fees and labour, margin, lowest rate, staff covered."""

    name: str
    fee_change: float
    fees: float
    labour_change: float
    pay_change: float
    margin: float
    lowest_rate: float | None
    covered: float
