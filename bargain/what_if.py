"""The larger what-ifs of a sector as its file assumes them: what window and command line ask in one call each.

What is not known stays not known: a line without a charge has no skim, employers without accounts have no
profit, and a co-operative without assumptions has no figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bargain.at_the_table import at_the_table
from bargain.hourly import hourly_pay
from bargain.insourcing import agency_work
from bargain.parameters.load import legal_floor_on, on_costs_on
from bargain.regimes import three_regimes
from bargain.staying_in import coverage, gains_from_leaving
from models.appraisal import Appraisal
from models.choices import Agency, Coverage, Leaving, Regime, SideAtTable
from models.offer import Offer
from models.parameters import LegalFloor
from models.sector import Sector
from models.units import MICROS_PER_POUND
from models.what_if import AgencyLine, StayingPlan, WhatIf
from models.workforce import Contract

STEPS = 20  # of the share of a fee cut that pay bears
_TOLERANCE = 1e-9
NEEDED = ("charge", "pay", "on_cost", "hours")


@dataclass(frozen=True, slots=True)
class AgencyAnswer:
    """A line taken apart; ``found`` is None where ``missing`` names what the line does not say.

    ``is_converted``: whether the line says which share of its hours own staff would fill; without it the
    conversion's figures are of all hours and must not be shown. ``short``: the worker's pay below the floor, £/h.
    """

    line: AgencyLine
    found: Agency | None
    missing: tuple[str, ...]
    is_converted: bool
    short: float | None


@dataclass(frozen=True, slots=True)
class AgencyTotals:
    """Sums over the lines that are known, in hours and pounds a year; None where no line is.

    ``converted`` counts the lines behind ``direct_cost``, ``saved`` and ``unfilled``.
    """

    lines: int
    known: int
    converted: int
    hours: float | None
    skim: float | None
    charged: float | None
    direct_cost: float | None
    saved: float | None
    unfilled: float | None


@dataclass(frozen=True, slots=True)
class Floor:
    """The rate that agency pay is held against, £ an hour, and whether the offer or the real Living Wage sets it."""

    hourly: float
    of_offer: bool


@dataclass(frozen=True, slots=True)
class Staying:
    """Coverage and every employer's gain from leaving. ``gone`` names employers of the plan without staff in the data.

    ``unknown_unions`` did not give their members: then neither density nor the number of unions is known.
    ``table``: the workers' and the employers' side at the table, beside both in the field in ``coverage``.
    """

    coverage: Coverage
    leaving: tuple[Leaving, ...]
    gone: tuple[str, ...]
    unknown_unions: tuple[str, ...]
    table: tuple[SideAtTable, ...]

    @property
    def open(self) -> tuple[Leaving, ...]:
        """Those who gain more by leaving than the constraints cost them."""
        return tuple(one for one in self.leaving if one.uncovered is not None and one.uncovered > 0)


@dataclass(frozen=True, slots=True)
class Regimes:
    """The three regimes; the co-operative is None until both assumptions are made.

    ``shares`` with ``margins`` and ``pay``: the co-operative at each share of the cut that pay bears, where the cut is
    known. ``level_at``: the share at which its margin is the partnership's; None where there is none from 0 to 1.
    ``known`` of ``employers`` have accounts that say enough. ``legal_floor``: the minimum wage of the day on which the
    offer starts, £ an hour, that no regime's lowest rate may be below.
    """

    spot: Regime
    cooperative: Regime | None
    partnership: Regime
    shares: tuple[float, ...]
    margins: tuple[float, ...]
    pay: tuple[float, ...]
    level_at: float | None
    known: int
    employers: int
    legal_floor: LegalFloor | None

    @property
    def breaks_law(self) -> bool:
        """Whether the cut would take the co-operative's lowest rate below the minimum wage."""
        rate = None if self.cooperative is None else self.cooperative.lowest_rate
        return rate is not None and self.legal_floor is not None and rate < self.legal_floor.rate - _TOLERANCE


def floor_of(offer: Offer) -> Floor | None:
    """The floor that an offer ends with, else the real Living Wage of the day it starts; None without either."""
    floors = [one.floor_micros for one in offer.settlements if one.floor_micros is not None]
    if floors:
        return Floor(floors[-1] / MICROS_PER_POUND, of_offer=True)
    if not offer.settlements:
        return None
    living = on_costs_on(offer.settlements[0].effective).real_living_wage_micros
    return None if living is None else Floor(living / MICROS_PER_POUND, of_offer=False)


def agency_of(lines: Sequence[AgencyLine], floor: Floor | None) -> tuple[AgencyAnswer, ...]:
    """Every line taken apart. Raises UnusableInput for a charge or a share that can't be."""
    return tuple(_agency(line, floor) for line in lines)


def _agency(line: AgencyLine, floor: Floor | None) -> AgencyAnswer:
    charge, pay, on_cost, hours = line.charge, line.pay, line.on_cost, line.hours
    missing = tuple(name for name in NEEDED if getattr(line, name) is None)
    short = None if floor is None or pay is None else max(floor.hourly - pay, 0.0)
    if charge is None or pay is None or on_cost is None or hours is None:
        return AgencyAnswer(line, None, missing, is_converted=False, short=short)
    found = agency_work(
        charge=charge,
        pay=pay,
        on_cost=on_cost,
        hours=hours,
        direct_cost=pay + on_cost if line.direct_cost is None else line.direct_cost,
        filled=1.0 if line.filled is None else line.filled,
    )
    return AgencyAnswer(line, found, (), is_converted=line.filled is not None, short=short)


def agency_totals(answers: Sequence[AgencyAnswer]) -> AgencyTotals:
    """Sums over the lines that are known."""
    known = [one.found for one in answers if one.found is not None]
    converted = [one.found for one in answers if one.found is not None and one.is_converted]

    def total(of: Sequence[Agency], field: str) -> float | None:
        return sum(getattr(one, field) for one in of) if of else None

    return AgencyTotals(
        lines=len(answers),
        known=len(known),
        converted=len(converted),
        hours=total(known, "hours"),
        skim=total(known, "skim_a_year"),
        charged=sum(one.charge * one.hours for one in known) if known else None,
        direct_cost=total(converted, "direct_cost"),
        saved=total(converted, "saved"),
        unfilled=total(converted, "unfilled_hours"),
    )


def agency_in_data(sector: Sector) -> tuple[AgencyLine, ...]:
    """A line for each employer with staff recorded as agency work: their hours a year and mean pay, nothing else."""
    force = sector.workforce
    is_agency = force.contract == Contract.AGENCY
    hours = np.where(is_agency, force.heads * force.hours_w * force.weeks_y, 0.0)
    size = len(force.employers)
    each = np.bincount(force.employer_code, weights=hours, minlength=size).tolist()
    paid = np.bincount(
        force.employer_code,
        weights=hours * hourly_pay(force, sector.weeks_y) / MICROS_PER_POUND,
        minlength=size,
    ).tolist()
    return tuple(
        AgencyLine(buyer=name, pay=round(pay / total, 4), hours=round(total, 2))
        for name, total, pay in zip(force.employers, each, paid, strict=True)
        if total > 0
    )


def staying_of(sector: Sector, appraisal: Appraisal, plan: StayingPlan) -> Staying:
    """Who is covered, how divided each side is, and who gains by leaving, as the plan assumes."""
    here = set(sector.workforce.employers)
    unknown = tuple(one.name for one in plan.unions if one.members is None)
    members = {} if unknown else {one.name: one.members or 0.0 for one in plan.unions}
    held = coverage(
        sector,
        newly=[name for name in plan.signing if name in here],
        union_members=members,
        excluded=plan.excluded,
    )
    worth: dict[str, float] = {}
    for one in plan.constraints:
        worth[one.employer] = worth.get(one.employer, 0.0) + (one.pounds or 0.0)
    named = (*plan.signing, *(one.employer for one in plan.constraints))
    return Staying(
        held,
        gains_from_leaving(appraisal, worth),
        tuple(dict.fromkeys(name for name in named if name not in here)),
        unknown,
        at_the_table(sector, plan),
    )


def regimes_of(sector: Sector, appraisal: Appraisal, assumed: WhatIf) -> Regimes:
    """The three regimes on the appraised offer. Raises UnusableInput where no accounts are known."""
    held = staying_of(sector, appraisal, assumed.staying).coverage

    def three(cut: float, on_pay: float) -> tuple[Regime, Regime, Regime]:
        return three_regimes(
            appraisal,
            fee_cut=cut,
            falls_on_pay=on_pay,
            coverage=held.coverage_after,
            coverage_now=held.coverage_before,
        )

    spot, _, partnership = three(0.0, 0.0)
    cut, on_pay = assumed.fee_cut, assumed.falls_on_pay
    shares = tuple(at / STEPS for at in range(STEPS + 1)) if cut is not None else ()
    at_each = [three(cut, share)[1] for share in shares] if cut is not None else []
    return Regimes(
        spot=spot,
        cooperative=None if cut is None or on_pay is None else three(cut, on_pay)[1],
        partnership=partnership,
        shares=shares,
        margins=tuple(one.margin for one in at_each),
        pay=tuple(one.pay_change for one in at_each),
        level_at=_level_at(at_each, partnership),
        known=sum(one.result_before is not None and one.labour is not None for one in appraisal.margins),
        employers=len(appraisal.margins),
        legal_floor=legal_floor_on(next((one.effective for one in appraisal.offer.settlements), None)),
    )


def _level_at(at_each: Sequence[Regime], partnership: Regime) -> float | None:
    """Where the co-operative's margin, a straight line over the share, crosses the partnership's."""
    if not at_each or at_each[-1].margin == at_each[0].margin:
        return None
    low, high = at_each[0].margin, at_each[-1].margin
    share = (partnership.margin - low) / (high - low)
    return share if 0 <= share <= 1 else None
