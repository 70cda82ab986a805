"""What a workforce costs in a year: pay, employer NI, pension and levy, a post at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import ReferenceType, ref

import numpy as np
from numpy.typing import NDArray

from bargain.assumed import schemes_counting
from bargain.connected import Groups, claimants, connected_groups
from bargain.costing.employer_ni import allowance_factor, employer_ni
from bargain.costing.levy import levy_factor
from bargain.costing.own_dues import Dues, dues_of
from bargain.costing.pension import employer_pension
from bargain.gathered import Gathered
from bargain.kept import Kept
from bargain.ni_reliefs import Relief, reliefs_of, thresholds_of, without_unused
from bargain.side_by_side import in_chunks
from models.assumptions import Assumption
from models.basis import Basis
from models.employer import Employer
from models.parameters import OnCostParameters
from models.units import MICROS_PER_POUND, PPM, FloatColumn, MicroColumn
from models.workforce import Workforce, YesNo


@dataclass(frozen=True, slots=True, eq=False)
class PayState:
    """Pay as it would be at one stage of an offer.

    rate_micros: £/10⁶ in the post's basis. units_y: what a head is paid for in a year: hours (Basis.HOUR) or
    the share of a full-time year (Basis.YEAR). extra_y: £ a year a head beside basic pay, or None.
    pension_ppm: contribution a post. gathered: what its rows stand for, None where they are those of the staff as it
    was. name: of a state that is the same for every offer; "" for others. divided: columns by a number, kept for the
    states that follow.
    """

    rate_micros: MicroColumn
    units_y: FloatColumn
    pension_ppm: NDArray[np.int64]
    extra_y: FloatColumn | None = None
    gathered: Gathered | None = None
    divided: dict[tuple[int, int], tuple[NDArray[Any], FloatColumn]] = field(default_factory=dict)
    name: str = field(default="", init=False)  # so that no changed copy inherits it

    def paid(self, rate_micros: MicroColumn) -> PayState:
        """The same posts at other rates."""
        return replace(self, rate_micros=rate_micros)

    def grown(self, gathered: Gathered) -> PayState:
        """The same state in rows some of which were taken from others."""
        if gathered.base is None:
            return self
        more = gathered.taken[len(self.rate_micros) - len(gathered.base.rows) :]

        def with_more(column: NDArray[Any]) -> NDArray[Any]:
            return np.concatenate([column, column.take(more)])

        return PayState(
            with_more(self.rate_micros),
            with_more(self.units_y),
            with_more(self.pension_ppm),
            None if self.extra_y is None else with_more(self.extra_y),
            gathered,
        )

    def named(self, name: str) -> PayState:
        """The same state, known to be the same for every offer to the same staff."""
        same = replace(self)
        object.__setattr__(same, "name", name)
        return same

    def basic_y(self) -> FloatColumn:
        """Basic pay, £ a year a head: rate × hours × weeks, with no rounding in between."""
        return np.asarray(self.rate_micros * self.pounds_y())

    def pounds_y(self) -> FloatColumn:
        """£ a year for each £/10⁶ of the rate, worked out once for all states with the same hours."""
        return self._once(self.units_y, MICROS_PER_POUND)

    def pension_share(self) -> FloatColumn:
        """The contribution as a share of pay, once for all states with the same contributions."""
        return self._once(self.pension_ppm, PPM)

    def _once(self, column: NDArray[Any], divisor: int) -> FloatColumn:
        found = self.divided.get((id(column), divisor))
        if found is None:  # the column is held too, so that no other can come to have its number
            found = self.divided[id(column), divisor] = (column, column / divisor)
        return found[1]


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
    """Labour cost, £ a year: pay, employer NI, pension and levy of everyone; all of them by employer and grade.

    basic: basic pay of everyone, what the ratios of the pay bill are taken of.
    table: shape (n_employers, n_grades + 1), the last grade being not recorded; empty where nobody asked for it.
    """

    sums: tuple[float, float, float, float]
    basic: float
    table: FloatColumn

    @property
    def total(self) -> float:
        """Everything of everyone."""
        return sum(self.sums)


_NOT_ASKED: FloatColumn = np.empty((0, 0))


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Pricing:
    """All that pricing needs beside the pay itself, worked out once for a workforce.

    workforce: a row a post, or a row for posts that are alike, as ``gathered`` says.
    represents: how many employers of its kind each stands for where figures are grossed up, shape (n_employers,).
    others: the same for rows that were taken from these, as ``on`` finds them; root: that of the rows it all began with.
    relief: from employer National Insurance, a row. groups: of connected employers, the group of each; None where
    nobody is connected. counts_all: whether a row's scheme counts what is paid beside basic pay (``schemes_counting``).
    """

    workforce: Workforce
    gathered: Gathered
    on_band: NDArray[np.bool_]
    claims: NDArray[np.bool_]
    pays_levy: NDArray[np.bool_]
    represents: FloatColumn
    relief: NDArray[np.int8]
    groups: Groups | None = None
    kept: Kept = field(default_factory=Kept)
    others: dict[int, Pricing] = field(default_factory=dict)
    root: ReferenceType[Pricing] | None = None
    counts_all: NDArray[np.int8] | None = None

    def on(self, state: PayState) -> Pricing:
        """The same for the rows that a state of pay has."""
        gathered = state.gathered
        if gathered is None or gathered is self.gathered:
            return self
        found = self.others.get(id(gathered))
        if found is None:  # it holds the rows, so that no others can come to have their number
            band = gathered.like_base(self.on_band)
            found = replace(
                self,
                workforce=gathered.rows,
                gathered=gathered,
                on_band=band,
                relief=gathered.like_base(self.relief),
                kept=Kept(),
                others={},
                root=ref(self),
                counts_all=None if self.counts_all is None else gathered.like_base(self.counts_all),
            )
            self.others[id(gathered)] = found
        return found

    def labour(self, state: PayState, figures: OnCostParameters) -> Labour:
        """Labour cost of every post in one state, with the statutory figures of one day.

        Allowance and levy belong to the employer; they fall on its posts in proportion to contributions
        and to pay, so that every breakdown adds up. An employer that stands for several has one of each for
        every one of them, so its own sums decide what share is left. Raises ValueError for rows that several
        employers share, where either is due: there it is known only by employer (``bill``).
        """
        if state.gathered is not None and state.gathered is not self.gathered:
            return self.on(state).labour(state, figures)
        if self.gathered.shared and self._has_own:
            raise ValueError("allowance and levy of rows that employers share are not known row by row")
        pay, ni, pension = self._a_head(state, figures)
        heads = self.workforce.heads
        pay, ni, pension = pay * heads, ni * heads, pension * heads
        levy = np.zeros(len(self.workforce))
        if self.claims.any():
            factor = self._allowance_factor(self._by_employer(ni), figures)
            ni *= factor[self.workforce.employer_code]
        if self.pays_levy.any():
            factor = levy_factor(
                self._by_employer(pay), pays=self.pays_levy, figures=figures, groups=self.groups
            )
            levy = pay * factor[self.workforce.employer_code]
        return Labour(pay, ni, pension, levy)

    def bill(self, state: PayState, figures: OnCostParameters, *, in_all: bool = False) -> Bill:
        """The same in sums, by employer and grade. in_all: only the sums of everyone are wanted."""
        return self.begin_bill(state, figures, in_all=in_all)()

    def begin_bill(
        self, state: PayState, figures: OnCostParameters, *, in_all: bool = False
    ) -> Callable[[], Bill]:
        """Begin a bill: its sums by employer go on beside what follows; what is returned gives the bill."""
        here = self.on(state)
        if here is not self:
            return here.begin_bill(state, figures, in_all=in_all)
        if not state.name:
            return self._begin_bill(state, figures, in_all)

        def bill() -> Bill:
            return self._begin_bill(state, figures, in_all)()

        return lambda: self.kept.of((state.name, figures, in_all), bill)

    def _begin_bill(self, state: PayState, figures: OnCostParameters, in_all: bool) -> Callable[[], Bill]:
        pay, ni, pension = self._a_head(state, figures)
        sums = [self._sum(one) for one in (pay, ni, pension)]
        basic = sums[0] if state.extra_y is None else self._sum(state.basic_y())
        if not self._has_own:
            found = (sums[0], sums[1], sums[2], 0.0)
            if in_all:
                return lambda: Bill(found, basic, _NOT_ASKED)
            pay += ni
            pay += pension
            whole = self.gathered.begin_table(pay)
            return lambda: Bill(found, basic, whole.result())
        dues = self._dues(figures) if in_all and self.gathered.lifts and self.groups is None else None
        if dues is not None:
            allowed, due = dues.sums(self.gathered, pay, ni, sums[0])
            return lambda: Bill((sums[0], sums[1] - allowed, sums[2], due), basic, _NOT_ASKED)
        own = self.gathered.begin_two_tables(pay, ni)
        rest = None if in_all else self.gathered.begin_table(pension)

        def finish() -> Bill:
            paid, contributions = own.result()
            own_ni, own_pay = contributions.sum(axis=1), paid.sum(axis=1)
            left = self._allowance_factor(own_ni / self.represents, figures)
            share = levy_factor(
                own_pay / self.represents, pays=self.pays_levy, figures=figures, groups=self.groups
            )
            found = (sums[0], float((own_ni * left).sum()), sums[2], float((own_pay * share).sum()))
            if rest is None:
                return Bill(found, basic, _NOT_ASKED)
            table = rest.result() + contributions * left[:, np.newaxis]
            return Bill(found, basic, table + paid * (1 + share)[:, np.newaxis])

        return finish

    def in_shares(self, state: PayState, figures: OnCostParameters, share: FloatColumn) -> FloatColumn:
        """What a share of each head's labour costs, £ a year by employer and grade. share: shape (n_rows,).

        Returns as ``Bill.table``; a share of one for everybody is the bill itself.
        """
        pay, ni, pension = self._a_head(state, figures)
        if not self._has_own:
            return self.gathered.table((pay + ni + pension) * share)
        paid, contributions = self.gathered.two_tables(pay, ni)
        left = self._allowance_factor(contributions.sum(axis=1) / self.represents, figures)
        levy = levy_factor(
            paid.sum(axis=1) / self.represents, pays=self.pays_levy, figures=figures, groups=self.groups
        )
        paid, contributions = self.gathered.two_tables(pay * share, ni * share)
        found = self.gathered.table(pension * share) + contributions * left[:, np.newaxis]
        return found + paid * (1 + levy)[:, np.newaxis]

    def _dues(self, figures: OnCostParameters) -> Dues | None:
        """What is known of allowance and levy beforehand, where nobody's pay falls."""
        root = None if self.root is None else self.root()
        if root is not None:
            return root._dues(figures)  # noqa: SLF001  # the same pricing, of the rows it began with
        return self.kept.of(("dues", figures), lambda: self._dues_today(figures))

    def _dues_today(self, figures: OnCostParameters) -> Dues | None:
        force = self.workforce
        today = PayState(force.rate_micros, units_of(force), np.zeros(len(force), dtype=np.int64))
        pay, ni, _ = self._a_head(today, figures)
        paid, contributions = self.gathered.two_tables(pay, ni)
        return dues_of(
            self.gathered,
            figures,
            pay=paid.sum(axis=1),
            ni=contributions.sum(axis=1),
            claims=self.claims,
            pays=self.pays_levy,
            represents=self.represents,
        )

    @property
    def _has_own(self) -> bool:
        """Whether any employer has an allowance or a levy: these are known only once all of it is summed."""
        return bool(self.claims.any() or self.pays_levy.any())

    def _allowance_factor(self, by_employer: FloatColumn, figures: OnCostParameters) -> FloatColumn:
        allowance = figures.employment_allowance_micros / MICROS_PER_POUND
        return allowance_factor(by_employer, claims=self.claims, allowance=allowance)

    def _sum(self, a_head: FloatColumn) -> float:
        return float(
            np.einsum("i,i->", a_head, self.workforce.heads)
        )  # one pass, and in one order everywhere

    def _a_head(
        self, state: PayState, figures: OnCostParameters
    ) -> tuple[FloatColumn, FloatColumn, FloatColumn]:
        """Pay, contributions before any allowance, and pension of a head of each row, £ a year."""
        n = len(self.workforce)
        pay, ni, pension = np.empty(n), np.empty(n), np.empty(n)
        thresholds = self._thresholds(figures)

        def price(part: slice) -> None:
            basic = np.multiply(state.rate_micros[part], state.pounds_y()[part], out=pay[part])
            beside = None if state.extra_y is None else state.extra_y[part]
            full = basic if beside is None else basic + beside
            employer_ni(full, thresholds=thresholds[part], figures=figures, out=ni[part])
            employer_pension(
                basic,
                beside_y=beside,
                rate=state.pension_share()[part],
                on_band=self.on_band[part],
                figures=figures,
                counts_all=None if self.counts_all is None else self.counts_all[part],
                out=pension[part],
            )
            if full is not basic:
                pay[part] = full

        in_chunks(n, price)
        return pay, ni, pension

    def _thresholds(self, figures: OnCostParameters) -> FloatColumn:
        """The pay above which a row's contributions start, £ a year a head."""
        return self.kept.of(("thresholds", figures), lambda: thresholds_of(figures).take(self.relief))

    def costs_alike(self, one: OnCostParameters, other: OnCostParameters) -> bool:
        """Whether labour costs these staff the same on two days; wage floors cost nobody anything by themselves."""
        return self.kept.of(("costs alike", one, other), lambda: self._costs_alike(one, other))

    def _costs_alike(self, one: OnCostParameters, other: OnCostParameters) -> bool:
        used = frozenset(map(Relief, np.unique(self.relief).tolist()))
        one, other = without_unused(one, used), without_unused(other, used)
        return other == replace(
            one,
            day=other.day,
            minimum_wage_micros=other.minimum_wage_micros,
            real_living_wage_micros=other.real_living_wage_micros,
            warnings=other.warnings,
        )

    def _by_employer(self, column: FloatColumn) -> FloatColumn:
        """Each employer's own sum, shape (n_employers,)."""
        codes, size = self.workforce.employer_code, len(self.workforce.employers)
        return np.asarray(np.bincount(codes, weights=column, minlength=size) / self.represents)


def units_of(workforce: Workforce) -> FloatColumn:
    """Paid hours a year (Basis.HOUR) or share of a full-time year (Basis.YEAR), a head."""
    hours = workforce.hours_w * workforce.weeks_y
    by_year = workforce.basis == Basis.YEAR
    return np.where(by_year, workforce.fte, hours) if by_year.any() else hours


def pricing_of(
    gathered: Gathered,
    employers: dict[str, Employer],
    *,
    kept: Kept | None = None,
    assumptions: tuple[Assumption, ...] = (),
) -> Pricing:
    """What each employer's record says about on-costs, spread over its posts.

    kept: where to keep what the staff and these records cost as they are. assumptions: of the sector, for what a scheme
    counts: that is nothing of what is kept, which is priced without anything beside basic pay.
    """
    kept = Kept() if kept is None else kept
    force = gathered.rows
    on_band, claims, pays_levy, represents = kept.of("records", lambda: _records_of(force, employers))
    relief = kept.of("relief", lambda: reliefs_of(force))
    groups = kept.of("groups", lambda: connected_groups([employers.get(one) for one in force.employers]))
    counts_all = schemes_counting(assumptions, force)
    return Pricing(
        force, gathered, on_band, claims, pays_levy, represents, relief, groups, kept, counts_all=counts_all
    )


def _records_of(
    workforce: Workforce, employers: dict[str, Employer]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_], FloatColumn]:
    """By post, whether its pension is on the band; by employer, allowance, levy, and how many it stands for."""
    records = [employers.get(name, Employer(name)) for name in workforce.employers]
    return (
        on_band_of(workforce, records),
        np.array(claimants(records), dtype=bool),
        np.array([one.pays_levy for one in records], dtype=bool),
        np.array([one.represents for one in records], dtype=np.float64),
    )


def on_band_of(workforce: Workforce, records: Sequence[Employer]) -> NDArray[np.bool_]:
    """Whether each post's pension is on qualifying earnings: by its own scheme, else by its employer's record."""
    usual = np.array([one.pension_on_band for one in records] + [True], dtype=bool)
    found = np.ones(len(workforce), dtype=bool) if usual.all() else usual[workforce.employer_code]
    own = workforce.pension_on_band
    return np.where(own == YesNo.UNKNOWN, found, own == YesNo.YES) if (own != YesNo.UNKNOWN).any() else found


def state_of(workforce: Workforce, employers: dict[str, Employer], *, minimum_pension_ppm: int) -> PayState:
    """Pay as the staff data has it; a post's own pension rate before its employer's, before the minimum."""
    rates = [employers.get(name, Employer(name)).pension_ppm for name in workforce.employers]
    table = np.array([minimum_pension_ppm if rate is None else rate for rate in rates] + [0], dtype=np.int64)
    pension = table.take(workforce.employer_code)
    own = workforce.pension_ppm >= 0
    if own.any():
        pension = np.where(own, workforce.pension_ppm, pension)
    return PayState(workforce.rate_micros, units_of(workforce), pension)
