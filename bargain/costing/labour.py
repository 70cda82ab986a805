"""What a workforce costs in a year: pay, employer NI, pension and levy, a post at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bargain.costing.employer_ni import allowance_factor, employer_ni
from bargain.costing.levy import levy_factor
from bargain.costing.pension import employer_pension
from models.employer import Employer
from models.parameters import OnCostParameters
from models.units import MICROS_PER_POUND, FloatColumn, MicroColumn
from models.workforce import Basis, Workforce

_CHUNK = 32_768


@dataclass(frozen=True, slots=True, eq=False)
class PayState:
    """Pay as it would be at one stage of an offer.

    rate_micros: £/10⁶ in the post's basis. units_y: what a head is paid for in a year: hours (Basis.HOUR) or
    the share of a full-time year (Basis.YEAR). extra_y: £ a year a head beside basic pay, or None.
    pension_ppm: contribution a post.
    """

    rate_micros: MicroColumn
    units_y: FloatColumn
    pension_ppm: NDArray[np.int64]
    extra_y: FloatColumn | None = None

    def paid(self, rate_micros: MicroColumn) -> PayState:
        """The same posts at other rates."""
        return replace(self, rate_micros=rate_micros)

    def basic_y(self) -> FloatColumn:
        """Basic pay, £ a year a head: rate × hours × weeks, with no rounding in between."""
        return np.asarray(self.rate_micros * (self.units_y / MICROS_PER_POUND))


@dataclass(frozen=True, slots=True, eq=False)
class Labour:
    """Labour cost, £ a year for all heads of each row, shape (n_posts,)."""

    pay: FloatColumn
    employer_ni: FloatColumn
    pension: FloatColumn
    levy: FloatColumn

    def total(self) -> FloatColumn:
        """All parts together."""
        return self.pay + self.employer_ni + self.pension + self.levy

    def sums(self) -> tuple[float, float, float, float]:
        """Pay, employer NI, pension and levy of everyone."""
        return (
            float(self.pay.sum()),
            float(self.employer_ni.sum()),
            float(self.pension.sum()),
            float(self.levy.sum()),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Pricing:
    """All that pricing needs beside the pay itself, worked out once for a workforce.

    represents: how many employers of its kind each stands for where figures are grossed up, shape (n_employers,).
    """

    workforce: Workforce
    on_band: NDArray[np.bool_]
    claims: NDArray[np.bool_]
    pays_levy: NDArray[np.bool_]
    represents: FloatColumn

    def labour(self, state: PayState, figures: OnCostParameters) -> Labour:
        """Labour cost of every post in one state, with the statutory figures of one day.

        Allowance and levy belong to the employer; they fall on its posts in proportion to contributions
        and to pay, so that every breakdown adds up. An employer that stands for several has one of each for
        every one of them, so its own sums decide what share is left.
        """
        n = len(self.workforce)
        pay, ni, pension = np.empty(n), np.empty(n), np.empty(n)
        for first in range(0, n, _CHUNK):  # a chunk stays in the cache from rate to contribution
            part = slice(first, first + _CHUNK)
            pay[part], ni[part], pension[part] = self._part(state, figures, part)
        levy = np.zeros(n)
        if self.claims.any():
            by_employer = self._by_employer(ni)
            allowance = figures.employment_allowance_micros / MICROS_PER_POUND
            factor = allowance_factor(by_employer, claims=self.claims, allowance=allowance)
            ni *= factor[self.workforce.employer_code]
        if self.pays_levy.any():
            factor = levy_factor(self._by_employer(pay), pays=self.pays_levy, figures=figures)
            levy = pay * factor[self.workforce.employer_code]
        return Labour(pay, ni, pension, levy)

    def _part(
        self, state: PayState, figures: OnCostParameters, part: slice
    ) -> tuple[FloatColumn, FloatColumn, FloatColumn]:
        force = self.workforce
        heads = force.heads[part]
        basic = state.rate_micros[part] * (state.units_y[part] / MICROS_PER_POUND)
        pay = basic if state.extra_y is None else basic + state.extra_y[part]
        ni = employer_ni(pay, age=force.age[part], figures=figures)
        pension = employer_pension(
            basic, rate_ppm=state.pension_ppm[part], on_band=self.on_band[part], figures=figures
        )
        return pay * heads, ni * heads, pension * heads

    def _by_employer(self, column: FloatColumn) -> FloatColumn:
        """Each employer's own sum, shape (n_employers,)."""
        codes, size = self.workforce.employer_code, len(self.workforce.employers)
        return np.asarray(np.bincount(codes, weights=column, minlength=size) / self.represents)


def units_of(workforce: Workforce) -> FloatColumn:
    """Paid hours a year (Basis.HOUR) or share of a full-time year (Basis.YEAR), a head."""
    return np.where(workforce.basis == Basis.YEAR, workforce.fte, workforce.hours_w * workforce.weeks_y)


def pricing_of(workforce: Workforce, employers: dict[str, Employer]) -> Pricing:
    """What each employer's record says about on-costs, spread over its posts."""
    records = [employers.get(name, Employer(name)) for name in workforce.employers]
    on_band = np.array([one.pension_on_band for one in records] + [True], dtype=bool)
    return Pricing(
        workforce=workforce,
        on_band=np.ones(len(workforce), dtype=bool) if on_band.all() else on_band[workforce.employer_code],
        claims=np.array([one.claims_employment_allowance for one in records], dtype=bool),
        pays_levy=np.array([one.pays_levy for one in records], dtype=bool),
        represents=np.array([one.represents for one in records], dtype=np.float64),
    )


def state_of(workforce: Workforce, employers: dict[str, Employer], *, minimum_pension_ppm: int) -> PayState:
    """Pay as the staff data has it; a post's own pension rate before its employer's, before the minimum."""
    rates = [employers.get(name, Employer(name)).pension_ppm for name in workforce.employers]
    table = np.array([minimum_pension_ppm if rate is None else rate for rate in rates] + [0], dtype=np.int64)
    pension = np.where(workforce.pension_ppm >= 0, workforce.pension_ppm, table[workforce.employer_code])
    return PayState(workforce.rate_micros, units_of(workforce), pension)
