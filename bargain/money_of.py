"""Employers' money under an appraised offer, all of it, on stated assumptions: what window and command line show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from bargain.appraisal import latest_accounts
from bargain.costing.labour import units_of
from bargain.money_flow import (
    Affordable,
    AtRisk,
    Stressed,
    affordable_rises,
    at_risk,
    at_risk_of,
    stressed,
)
from bargain.projection import Projection, projections_under
from models.appraisal import Appraisal
from models.sector import Sector
from models.stress import Stress
from models.workforce import Contract

_YEAR = 12


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


@dataclass(frozen=True, slots=True)
class RiskAhead:
    """Who is at risk within so many months: whose margin over them is too thin, and whose cash runs out.

    Cash is counted from nought, since no accounts say what was in hand: who had more is not at risk so soon.
    """

    months: int
    thin: AtRisk
    short_of_cash: AtRisk


@dataclass(frozen=True, slots=True, eq=False)
class Money:
    """By employer, in the order of the appraisal's margins; ``hit`` is None where accounts are not known.

    ``ahead`` are the months without stress, ``ahead_hit`` under it. ``year_ends`` is of the accounts used, by employer that has any; ``without_staff`` are employers with accounts and no
    staff data, whom nothing here includes.
    """

    appraisal: Appraisal
    assumed: MoneyAssumptions
    ahead: tuple[Projection, ...]
    ahead_hit: tuple[Projection, ...]
    rises: tuple[Affordable, ...]
    hit: tuple[Stressed | None, ...]
    places: dict[str, float | None]
    year_ends: dict[str, date | None] = field(default_factory=dict)
    without_staff: tuple[str, ...] = ()

    @property
    def risk(self) -> AtRisk:
        """Who falls below the margin under the stress."""
        return at_risk(self.hit, margin=self.assumed.margin)

    @property
    def risks_ahead(self) -> tuple[RiskAhead, ...]:
        """Under the stress, in the first twelve months and in all of them."""
        return tuple(
            self._risk_in(count) for count in sorted({min(_YEAR, self.assumed.months), self.assumed.months})
        )

    def _risk_in(self, months: int) -> RiskAhead:
        held = [one.first(months) for one in self.ahead_hit]
        names = [one.name for one in held]
        thin = [None if one.margin is None else one.margin < self.assumed.margin for one in held]
        short = [None if one.lowest_cash is None else one.lowest_cash < 0 for one in held]
        places = [self.places[name] for name in names]
        return RiskAhead(months, at_risk_of(thin, names, places), at_risk_of(short, names, places))


def money_of(sector: Sector, appraisal: Appraisal, assumed: MoneyAssumptions) -> Money:
    """Projection, affordability and stress of every employer."""
    books, shares = latest_accounts(sector), agency_shares(sector)
    places = {one.name: books[one.name].beds if one.name in books else None for one in appraisal.margins}
    calm, hit = projections_under(
        sector,
        appraisal.offer,
        [Stress(""), assumed.stress],
        months=assumed.months,
        other=assumed.other,
        agency_shares=shares,
    )
    return Money(
        appraisal=appraisal,
        assumed=assumed,
        ahead=calm,
        ahead_hit=hit,
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
