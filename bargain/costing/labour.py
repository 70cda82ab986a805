"""What a workforce costs in a year: pay, employer NI, pension and levy, a post at a time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from bargain.costing.employer_ni import allowance_factor, employer_ni
from bargain.costing.levy import levy_factor
from bargain.costing.pension import employer_pension
from bargain.kept import Kept
from bargain.ni_reliefs import reliefs_of
from bargain.side_by_side import in_chunks
from models.basis import Basis
from models.employer import Employer
from models.parameters import OnCostParameters
from models.units import MICROS_PER_POUND, FloatColumn, MicroColumn
from models.workforce import Workforce


@dataclass(frozen=True, slots=True, eq=False)
class PayState:
    """Pay as it would be at one stage of an offer.

    rate_micros: £/10⁶ in the post's basis. units_y: what a head is paid for in a year: hours (Basis.HOUR) or
    the share of a full-time year (Basis.YEAR). extra_y: £ a year a head beside basic pay, or None.
    pension_ppm: contribution a post. name: of a state that is the same for every offer; "" for others.
    """

    rate_micros: MicroColumn
    units_y: FloatColumn
    pension_ppm: NDArray[np.int64]
    extra_y: FloatColumn | None = None
    name: str = field(default="", init=False)  # so that no changed copy inherits it

    def paid(self, rate_micros: MicroColumn) -> PayState:
        """The same posts at other rates."""
        return replace(self, rate_micros=rate_micros)

    def named(self, name: str) -> PayState:
        """The same state, known to be the same for every offer to the same staff."""
        same = replace(self)
        object.__setattr__(same, "name", name)
        return same

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
        whole = self.pay + self.employer_ni
        whole += self.pension
        whole += self.levy
        return whole

    def sums(self) -> tuple[float, float, float, float]:
        """Pay, employer NI, pension and levy of everyone."""
        return (
            float(self.pay.sum()),
            float(self.employer_ni.sum()),
            float(self.pension.sum()),
            float(self.levy.sum()),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Bill:
    """Labour cost, £ a year: pay, employer NI, pension and levy of everyone; all of them together by post."""

    sums: tuple[float, float, float, float]
    whole: FloatColumn

    @property
    def total(self) -> float:
        """Everything of everyone."""
        return sum(self.sums)


@dataclass(frozen=True, slots=True, eq=False)
class Pricing:
    """All that pricing needs beside the pay itself, worked out once for a workforce.

    represents: how many employers of its kind each stands for where figures are grossed up, shape (n_employers,).
    relief: from employer National Insurance, a post.
    """

    workforce: Workforce
    on_band: NDArray[np.bool_]
    claims: NDArray[np.bool_]
    pays_levy: NDArray[np.bool_]
    represents: FloatColumn
    relief: NDArray[np.int8]
    kept: Kept = field(default_factory=Kept)

    def labour(self, state: PayState, figures: OnCostParameters) -> Labour:
        """Labour cost of every post in one state, with the statutory figures of one day.

        Allowance and levy belong to the employer; they fall on its posts in proportion to contributions
        and to pay, so that every breakdown adds up. An employer that stands for several has one of each for
        every one of them, so its own sums decide what share is left.
        """
        n = len(self.workforce)
        pay, ni, pension = np.empty(n), np.empty(n), np.empty(n)

        def price(part: slice) -> None:
            self._price(state, figures, part, (pay[part], ni[part], pension[part]))

        in_chunks(n, price)
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

    def bill(self, state: PayState, figures: OnCostParameters, *, by_post: bool = True) -> Bill:
        """The same in sums, and post by post only in all, which is quicker. by_post: whether that is wanted."""
        if state.name:
            return self.kept.of((state.name, figures, by_post), lambda: self._bill(state, figures, by_post))
        return self._bill(state, figures, by_post)

    def _bill(self, state: PayState, figures: OnCostParameters, by_post: bool) -> Bill:
        if (
            self.claims.any() or self.pays_levy.any()
        ):  # these are known only once all of an employer is summed
            labour = self.labour(state, figures)
            return Bill(labour.sums(), labour.total())
        n = len(self.workforce)
        whole = np.empty(n if by_post else 0)
        sums: dict[int, list[float]] = {}

        def price(part: slice) -> None:
            pay, ni, pension = (np.empty(part.stop - part.start) for _ in range(3))
            self._price(state, figures, part, (pay, ni, pension))
            sums[part.start] = [float(one.sum()) for one in (pay, ni, pension)]
            if by_post:
                np.add(pay, ni, out=whole[part])
                whole[part] += pension

        in_chunks(n, price)
        pay, ni, pension = (float(one) for one in np.sum([sums[at] for at in sorted(sums)], axis=0))
        return Bill((pay, ni, pension, 0.0), whole)

    def _price(
        self,
        state: PayState,
        figures: OnCostParameters,
        part: slice,
        out: tuple[FloatColumn, FloatColumn, FloatColumn],
    ) -> None:
        """Write pay, contributions and pension of some posts into ``out``."""
        force = self.workforce
        basic = np.multiply(state.rate_micros[part], state.units_y[part] / MICROS_PER_POUND, out=out[0])
        pay = basic if state.extra_y is None else basic + state.extra_y[part]
        employer_ni(pay, relief=self.relief[part], figures=figures, out=out[1])
        employer_pension(
            basic,
            rate_ppm=state.pension_ppm[part],
            on_band=self.on_band[part],
            figures=figures,
            out=out[2],
        )
        if pay is not basic:
            out[0][:] = pay
        heads = force.heads[part]
        if not (heads == 1).all():
            for column in out:
                np.multiply(column, heads, out=column)

    def _by_employer(self, column: FloatColumn) -> FloatColumn:
        """Each employer's own sum, shape (n_employers,)."""
        codes, size = self.workforce.employer_code, len(self.workforce.employers)
        return np.asarray(np.bincount(codes, weights=column, minlength=size) / self.represents)


def units_of(workforce: Workforce) -> FloatColumn:
    """Paid hours a year (Basis.HOUR) or share of a full-time year (Basis.YEAR), a head."""
    hours = workforce.hours_w * workforce.weeks_y
    by_year = workforce.basis == Basis.YEAR
    return np.where(by_year, workforce.fte, hours) if by_year.any() else hours


def pricing_of(workforce: Workforce, employers: dict[str, Employer], *, kept: Kept | None = None) -> Pricing:
    """What each employer's record says about on-costs, spread over its posts.

    kept: where to keep what the staff and these records cost as they are.
    """
    kept = Kept() if kept is None else kept
    on_band, claims, pays_levy, represents = kept.of("records", lambda: _records_of(workforce, employers))
    relief = kept.of("relief", lambda: reliefs_of(workforce))
    return Pricing(workforce, on_band, claims, pays_levy, represents, relief, kept)


def _records_of(
    workforce: Workforce, employers: dict[str, Employer]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_], FloatColumn]:
    """By post, whether its pension is on the band; by employer, allowance, levy, and how many it stands for."""
    records = [employers.get(name, Employer(name)) for name in workforce.employers]
    on_band = np.array([one.pension_on_band for one in records] + [True], dtype=bool)
    return (
        np.ones(len(workforce), dtype=bool) if on_band.all() else on_band[workforce.employer_code],
        np.array([one.claims_employment_allowance for one in records], dtype=bool),
        np.array([one.pays_levy for one in records], dtype=bool),
        np.array([one.represents for one in records], dtype=np.float64),
    )


def state_of(workforce: Workforce, employers: dict[str, Employer], *, minimum_pension_ppm: int) -> PayState:
    """Pay as the staff data has it; a post's own pension rate before its employer's, before the minimum."""
    rates = [employers.get(name, Employer(name)).pension_ppm for name in workforce.employers]
    table = np.array([minimum_pension_ppm if rate is None else rate for rate in rates] + [0], dtype=np.int64)
    pension = table.take(workforce.employer_code)
    own = workforce.pension_ppm >= 0
    if own.any():
        pension = np.where(own, workforce.pension_ppm, pension)
    return PayState(workforce.rate_micros, units_of(workforce), pension)
