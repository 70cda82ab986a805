"""Where the money of fees goes: £100 of fee, what a rise in fees pays for, who can afford what, and who is at risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bargain.measures.margins import affordable_rise, books_of
from bargain.money import largest_remainder
from models.accounts import Accounts
from models.measures import EmployerMargins
from models.stress import Stress

PROFIT = "profit before tax"


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of £100 of fee income, to the penny."""

    name: str
    pounds: float


def hundred_pounds(one: EmployerMargins, *, after: bool = False) -> tuple[Slice, ...]:
    """Where £100 of an employer's income goes; the slices sum to 100.00 exactly, a loss being a negative last one.

    Empty where the accounts do not give every part; depreciation that is not given is within other operating costs.
    """
    revenue = one.revenue_after if after else one.revenue_before
    parts = {
        "labour": one.labour,
        "other operating costs": one.other,
        "directors' pay": one.directors,
        "rent": one.rent,
        "depreciation": one.depreciation,
        "net interest": one.interest,
    }
    known = {name: amount for name, amount in parts.items() if amount is not None}
    if not revenue or parts.keys() - known.keys() - {"depreciation"}:
        return ()
    if after:
        known["labour"] += one.labour_rise
    shares = {name: amount / revenue * 100 for name, amount in known.items()}
    shares[PROFIT] = 100 - sum(shares.values())
    rounded = largest_remainder(list(shares.values()), grain=0.01)
    return tuple(Slice(name, round(pounds, 2)) for name, pounds in zip(shares, rounded, strict=True))


@dataclass(frozen=True, slots=True)
class FeeParts:
    """A rise in fees taken apart, each part a share of income before: they sum to ``rise`` exactly (M21).

    ``labour_share`` is the part of each extra pound of fee that goes to labour (M22), None without a rise.
    """

    name: str
    rise: float
    labour: float
    other: float
    profit: float
    labour_share: float | None


def fee_parts(one: EmployerMargins, *, other_rise: float = 0.0) -> FeeParts | None:
    """φ = ΔL/R + ΔN/R + ΔΠ/R.  other_rise: £ a year by which non-labour costs rise. None: not known."""
    before, after = one.revenue_before, one.revenue_after
    if not before or after is None:
        return None
    more = after - before
    labour, other = one.labour_rise / before, other_rise / before
    rise = more / before
    share = one.labour_rise / more if more > 0 else None
    return FeeParts(one.name, rise, labour, other, rise - labour - other, share)


def other_rise(one: EmployerMargins, share: float) -> float:
    """£ a year by which rent and other operating costs rise by a share; what is not known of them does not rise."""
    return ((one.other or 0.0) + (one.rent or 0.0)) * share


@dataclass(frozen=True, slots=True)
class FeesTogether:
    """Fees of every employer whose accounts are known, as one: ``known`` of ``n``, the parts as of one employer.

    ``hold_profit``, ``hold_margin`` and ``under_cap`` are what fees together would have to rise by, and
    ``on_the_rise`` the profit that holding margins would add, £ a year. None is not known of any.
    """

    known: int
    n: int
    parts: FeeParts | None
    labour: float | None
    labour_rise: float
    hold_profit: float | None
    hold_margin: float | None
    under_cap: float | None
    on_the_rise: float | None


def fees_together(margins: Sequence[EmployerMargins], *, other: float = 0.0) -> FeesTogether:
    """Sums over the employers whose income before and after is known.  other: the yearly rise of other costs, a share."""
    known = [one for one in margins if one.revenue_before and one.revenue_after is not None]
    before = sum(one.revenue_before or 0.0 for one in known)
    more = sum((one.revenue_after or 0.0) - (one.revenue_before or 0.0) for one in known)
    rise = sum(one.labour_rise for one in known)
    others = sum(other_rise(one, other) for one in known)
    parts = None
    if before:
        shares = more / before, rise / before, others / before
        share = rise / more if more > 0 else None
        parts = FeeParts("", shares[0], shares[1], shares[2], shares[0] - shares[1] - shares[2], share)
    return FeesTogether(
        known=len(known),
        n=len(margins),
        parts=parts,
        labour=_all_of([one.labour for one in known]),
        labour_rise=rise,
        hold_profit=_mean_by_income(known, [one.fee_hold_profit for one in known]),
        hold_margin=_mean_by_income(known, [one.fee_hold_margin for one in known]),
        under_cap=_mean_by_income(known, [one.fee_under_cap for one in known]),
        on_the_rise=_all_of([one.profit_on_pay_rise for one in known]),
    )


def _all_of(values: Sequence[float | None]) -> float | None:
    """The sum, where every part of it is known."""
    given = [one for one in values if one is not None]
    return sum(given) if given and len(given) == len(values) else None


def _mean_by_income(known: Sequence[EmployerMargins], rises: Sequence[float | None]) -> float | None:
    """What all incomes together rise by; None where one of the rises is not known."""
    paid = _all_of(
        [
            None if rise is None else rise * (one.revenue_before or 0.0)
            for one, rise in zip(known, rises, strict=True)
        ]
    )
    before = sum(one.revenue_before or 0.0 for one in known)
    return paid / before if paid is not None and before else None


@dataclass(frozen=True, slots=True)
class Affordable:
    """The rise in labour cost that an employer can bear; None is not known."""

    name: str
    heads: float
    rise: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """What employers can afford, spread out: never the mean alone. ``known`` of ``n`` have accounts."""

    lowest: float
    lower_quarter: float
    middle: float
    upper_quarter: float
    highest: float
    known: int
    n: int


def affordable_rises(
    margins: Sequence[EmployerMargins],
    accounts: Mapping[str, Accounts],
    *,
    heads: Mapping[str, float],
    labour: Mapping[str, float],
    fees: Mapping[str, float],
    margin: float,
    other: float,
) -> tuple[Affordable, ...]:
    """p* = [F(1+φ)(1−m*) − O(1+c)] ÷ S − 1 for every employer.  fees φ by employer, margin m*, other c: shares."""
    found = []
    for one in margins:
        books = accounts.get(one.name)
        rise = None
        if books is not None:
            rise = affordable_rise(
                books_of(books),
                fees.get(one.name, 0.0),
                labour.get(one.name, 0.0),
                margin=margin,
                other=other,
            )
        found.append(Affordable(one.name, heads.get(one.name, 0.0), rise))
    return tuple(found)


def spread_of(rises: Sequence[Affordable]) -> Spread | None:
    """Lowest, quarters and highest over employers, without interpolation; None where nothing is known."""
    known = sorted(one.rise for one in rises if one.rise is not None)
    if not known:
        return None

    def at(share: float) -> float:
        return known[min(len(known) - 1, max(0, -int(-share * len(known) // 1) - 1))]

    return Spread(known[0], at(0.25), at(0.5), at(0.75), known[-1], len(known), len(rises))


def able_to_pay(rises: Sequence[Affordable], rise: float) -> tuple[int, float]:
    """How many employers can bear a rise in labour cost, and the heads they have."""
    able = [one for one in rises if one.rise is not None and one.rise >= rise - 1e-12]
    return len(able), sum(one.heads for one in able)


@dataclass(frozen=True, slots=True)
class Stressed:
    """One employer under an offer and a stress, in pounds a year; ``places`` None where not recorded."""

    name: str
    revenue: float
    result: float
    pretax: float | None
    places: float | None

    @property
    def margin(self) -> float:
        """Operating margin."""
        return self.result / self.revenue if self.revenue else float("-inf")


def stressed(
    one: EmployerMargins, stress: Stress, *, agency_share: float, places: float | None
) -> Stressed | None:
    """An employer after the offer and under a stress. None where its accounts are not known.

    agency_share: agency work as a share of its labour cost.
    """
    revenue, result = one.revenue_after, one.result_after
    if revenue is None or result is None:
        return None
    filled = (stress.base_occupancy + stress.occupancy) / stress.base_occupancy
    income = revenue * filled * (1 + stress.fees)
    labour = (one.labour if one.labour is not None else 0.0) + one.labour_rise
    agency = labour * agency_share * stress.agency
    others = (one.other if one.other is not None else 0.0) * stress.other
    worse = result + income - revenue - agency - others
    interest = None if one.interest is None else one.interest * (1 + stress.rates)
    return Stressed(one.name, income, worse, None if interest is None else worse - interest, places)


def combined(name: str, stresses: Sequence[Stress]) -> Stress:
    """Several stresses as one: points of occupancy add up, shares compound."""
    occupancy = sum(one.occupancy for one in stresses)
    given = [one.base_occupancy for one in stresses if one.occupancy]
    factors = {"fees": 1.0, "agency": 1.0, "other": 1.0, "rates": 1.0}
    for one in stresses:
        for key in factors:
            factors[key] *= 1 + getattr(one, key)
    return Stress(
        name,
        occupancy=occupancy,
        base_occupancy=given[0] if given else 1.0,
        **{key: factor - 1 for key, factor in factors.items()},
    )


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Employers whose margin is below what is needed, and their places. ``unknown``: without accounts."""

    names: tuple[str, ...]
    places: float
    without_places: int
    known: int
    unknown: int


def at_risk_of(
    failing: Sequence[bool | None], names: Sequence[str], places: Sequence[float | None]
) -> AtRisk:
    """Who fails some test, employer by employer; None is not known. places: None where not recorded."""
    below = [at for at, fails in enumerate(failing) if fails]
    held = [places[at] for at in below]
    return AtRisk(
        names=tuple(names[at] for at in below),
        places=sum(one for one in held if one is not None),
        without_places=sum(one is None for one in held),
        known=sum(one is not None for one in failing),
        unknown=sum(one is None for one in failing),
    )


def at_risk(employers: Sequence[Stressed | None], *, margin: float = 0.0) -> AtRisk:
    """Who falls below a margin, how many places they have, and how much is not known."""
    return at_risk_of(
        [None if one is None else one.margin < margin for one in employers],
        ["" if one is None else one.name for one in employers],
        [None if one is None else one.places for one in employers],
    )
