"""Employers' money under an appraised offer, all of it, on stated assumptions: what window and command line show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from bargain.appraisal import latest_accounts
from bargain.costing.labour import units_of
from bargain.money_flow import Affordable, AtRisk, Stressed, affordable_rises, at_risk, stressed
from bargain.projection import Projection, projections
from models.appraisal import Appraisal
from models.sector import Sector
from models.stress import Stress
from models.workforce import Contract


@dataclass(frozen=True, slots=True)
class MoneyAssumptions:
    """What is assumed, in shares. margin: what an employer must keep; other: the yearly rise of other costs and rent.

    fee: the fee rise at which affordability is asked, None for the offer's own. months: how far ahead.
    """

    margin: float = 0.0
    other: float = 0.0
    fee: float | None = None
    months: int = 24
    stress: Stress = field(default_factory=lambda: Stress(""))


@dataclass(frozen=True, slots=True, eq=False)
class Money:
    """By employer, in the order of the appraisal's margins; ``hit`` is None where accounts are not known.

    ``year_ends`` is of the accounts used, by employer that has any; ``without_staff`` are employers with accounts and no
    staff data, whom nothing here includes.
    """

    appraisal: Appraisal
    assumed: MoneyAssumptions
    ahead: tuple[Projection, ...]
    rises: tuple[Affordable, ...]
    hit: tuple[Stressed | None, ...]
    places: dict[str, float | None]
    year_ends: dict[str, date | None] = field(default_factory=dict)
    without_staff: tuple[str, ...] = ()

    @property
    def risk(self) -> AtRisk:
        """Who falls below the margin under the stress."""
        return at_risk(self.hit, margin=self.assumed.margin)


def money_of(sector: Sector, appraisal: Appraisal, assumed: MoneyAssumptions) -> Money:
    """Projection, affordability and stress of every employer."""
    books, shares = latest_accounts(sector), agency_shares(sector)
    places = {one.name: books[one.name].beds if one.name in books else None for one in appraisal.margins}
    return Money(
        appraisal=appraisal,
        assumed=assumed,
        ahead=projections(sector, appraisal.offer, months=assumed.months, other=assumed.other),
        rises=affordable_rises(
            appraisal.margins,
            books,
            heads={one.name: one.people for one in appraisal.cost.by_employer},
            labour={one.name: one.labour_before / one.represents for one in appraisal.cost.by_employer},
            fees={
                one.name: (one.fee_uplift or 0.0) if assumed.fee is None else assumed.fee
                for one in appraisal.margins
            },
            margin=assumed.margin,
            other=assumed.other,
        ),
        hit=tuple(
            stressed(one, assumed.stress, agency_share=shares[one.name], places=places[one.name])
            for one in appraisal.margins
        ),
        places=places,
        year_ends={one.name: books[one.name].year_end for one in appraisal.margins if one.name in books},
        without_staff=tuple(name for name in books if name not in places),
    )


def agency_shares(sector: Sector) -> dict[str, float]:
    """Pay of agency posts over all pay, by employer; nought where no post is recorded as agency work."""
    force = sector.workforce
    pay = force.rate_micros * units_of(force) * force.heads
    size = len(force.employers)
    agency = np.bincount(
        force.employer_code, weights=np.where(force.contract == Contract.AGENCY, pay, 0.0), minlength=size
    )
    whole = np.bincount(force.employer_code, weights=pay, minlength=size)
    shares = agency / np.where(whole > 0, whole, 1)
    return dict(zip(force.employers, shares.tolist(), strict=True))
