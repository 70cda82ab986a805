"""Employers' money: margins, leakage, and what a pay rise asks of the fee (methods, section 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from typing import Any

from models.accounts import Accounts
from models.measures import EmployerMargins
from models.offer import FeeRule, Fees
from models.units import MICROS_PER_POUND, PPM

_OWN = 5  # name, kind of owner, revenue before and after, labour rise: what comes first in EmployerMargins


@dataclass(frozen=True)  # no slots: what follows from the accounts is worked out once
class Books:
    """One employer's accounts in pounds; None is not known."""

    revenue: float | None
    labour: float | None
    rent: float | None
    other: float | None
    directors: float | None
    interest: float | None
    depreciation: float | None
    connected: float | None
    capital: float | None = None
    returned: float | None = None
    stated: float | None = None
    costs: float | None = None

    @cached_property
    def pretax(self) -> float | None:
        """Profit before tax: the operating result less net interest, else the profit that the accounts state."""
        built = _less(self.result, self.interest)
        return self.stated if built is None else built

    @cached_property
    def ebitda(self) -> float | None:
        """The operating result before depreciation, which counts as nought where it is not given."""
        return None if self.result is None else self.result + (self.depreciation or 0.0)

    @cached_property
    def ebitdar(self) -> float | None:
        """The same before rent."""
        return _plus(self.ebitda, self.rent)

    @cached_property
    def result(self) -> float | None:
        """Revenue − labour − other operating − directors' pay − rent − depreciation where given.

        Where the costs are not given one by one, revenue less all of them together.
        """
        parts = (self.labour, self.other, self.directors, self.rent)
        if self.revenue is None or any(part is None for part in parts):
            return _less(self.revenue, self.costs)
        return self.revenue - sum(part for part in parts if part is not None) - (self.depreciation or 0.0)


_NO_BOOKS = Books(None, None, None, None, None, None, None, None)


@lru_cache(maxsize=4096)
def books_of(accounts: Accounts) -> Books:
    """Accounts in pounds. Depreciation that is not given counts as part of other operating costs."""
    connected = [accounts.connected_rent_micros, accounts.connected_charges_micros]
    known = [one for one in connected if one is not None]
    interest = [accounts.connected_interest_micros, accounts.distributions_micros]
    returned = [*known, *(one for one in interest if one is not None)]
    return Books(
        revenue=_pounds(accounts.revenue_micros),
        labour=_pounds(accounts.labour_micros),
        rent=_pounds(accounts.rent_micros),
        other=_pounds(accounts.other_micros),
        directors=_pounds(accounts.directors_micros),
        interest=_pounds(accounts.net_interest_micros),
        depreciation=_pounds(accounts.depreciation_micros),
        connected=sum(known) / MICROS_PER_POUND if known else None,
        capital=_pounds(accounts.capital_micros),
        returned=sum(returned) / MICROS_PER_POUND if returned else None,
        stated=_pounds(accounts.profit_micros),
        costs=_pounds(accounts.total_costs_micros),
    )


def employer_margins(
    name: str,
    ownership: str,
    *,
    accounts: Accounts | None,
    labour_rise: float,
    payroll_labour: float,
    fees: Fees,
    represents: float = 1.0,
) -> EmployerMargins:
    """One employer before and after.  labour_rise, payroll_labour: its own, £ a year with on-costs."""
    books = books_of(accounts) if accounts else _NO_BOOKS
    revenue, result = books.revenue, books.result
    uplift = fee_uplift(books, labour_rise, fees)
    revenue_after = None if revenue is None or uplift is None else revenue * (1 + uplift)
    gain = 0.0 if revenue is None or revenue_after is None else revenue_after - revenue
    result_after = None if result is None or revenue_after is None else result - labour_rise + gain
    change = None if result is None or result_after is None else result_after - result
    margin = _share(result, revenue)
    cap = None if fees.margin_cap_ppm is None else fees.margin_cap_ppm / PPM
    return EmployerMargins(
        name=name,
        ownership=ownership,
        revenue_before=revenue,
        revenue_after=revenue_after,
        labour_rise=labour_rise,
        result_before=result,
        result_after=result_after,
        margin_before=margin,
        margin_after=_share(result_after, revenue_after),
        adjusted_before=_share(_plus(result, books.connected), revenue),
        adjusted_after=_share(_plus(result_after, books.connected), revenue_after),
        leakage_before=_leakage(books, result, revenue),
        leakage_after=_leakage(books, result_after, revenue_after),
        fee_uplift=uplift,
        fee_hold_profit=_share(labour_rise, revenue),
        fee_hold_margin=None if margin is None else fee_holding_margin(books, labour_rise),
        fee_under_cap=None if cap is None else fee_under_cap(books, labour_rise, cap),
        profit_on_pay_rise=None if margin is None or margin >= 1 else labour_rise * margin / (1 - margin),
        affordable_rise=affordable_rise(books, uplift or 0.0, payroll_labour),
        reconciliation=_share(payroll_labour, books.labour),
        represents=represents,
        ebitdar_before=books.ebitdar,
        ebitdar_after=_plus(books.ebitdar, change),
        ebitda_before=books.ebitda,
        ebitda_after=_plus(books.ebitda, change),
        pretax_before=books.pretax,
        pretax_after=_plus(books.pretax, None if revenue_after is None else gain - labour_rise),
        returned_before=books.returned,
        returned_after=books.returned,
        capital=books.capital,
        labour=books.labour,
        rent=books.rent,
        directors=books.directors,
        interest=books.interest,
        depreciation=books.depreciation,
        other=books.other,
    )


def margins_without_accounts(
    names: Sequence[str],
    ownership: Sequence[str],
    labour_rises: Sequence[float],
    *,
    fees: Fees,
    represents: Sequence[float],
) -> list[EmployerMargins]:
    """The same for many employers of whom nothing but the payroll is known: only their rise differs."""
    alike = employer_margins("", "", accounts=None, labour_rise=0.0, payroll_labour=0.0, fees=fees)
    same = (one.name for one in fields(EmployerMargins)[_OWN:] if one.name != "represents")
    rest: dict[str, Any] = {name: getattr(alike, name) for name in same}
    return [
        EmployerMargins(name, owner, None, None, rise, represents=weight, **rest)
        for name, owner, rise, weight in zip(names, ownership, labour_rises, represents, strict=True)
    ]


def fee_uplift(books: Books, labour_rise: float, fees: Fees) -> float | None:
    """The share by which fees rise under the offer's rule; no fee element is no rise. None: not known."""
    if fees.rule is FeeRule.FIXED:
        return (fees.uplift_ppm or 0) / PPM
    if fees.rule is FeeRule.HOLD_PROFIT:
        return _share(labour_rise, books.revenue)
    if fees.rule is FeeRule.HOLD_MARGIN:
        return fee_holding_margin(books, labour_rise)
    if fees.rule is FeeRule.INDEXED:
        return fee_by_index(books, labour_rise, fees)
    return fee_under_cap(books, labour_rise, (fees.margin_cap_ppm or 0) / PPM)


def fee_by_index(books: Books, labour_rise: float, fees: Fees) -> float | None:
    """φ = s·p + (1 − s)·c: the share for pay by its index or the employer's own rise in labour, the rest by another."""
    pay = _share(labour_rise, books.labour) if fees.pay_index_ppm is None else fees.pay_index_ppm / PPM
    if pay is None or fees.pay_share_ppm is None or fees.other_index_ppm is None:
        return None
    share = fees.pay_share_ppm / PPM
    return share * pay + (1 - share) * fees.other_index_ppm / PPM


def fee_holding_margin(books: Books, labour_rise: float) -> float | None:
    """ΔL ÷ (R(1−m)) (M19)."""
    margin = _share(books.result, books.revenue)
    if margin is None or books.revenue is None or margin >= 1:
        return None
    return labour_rise / (books.revenue * (1 - margin))


def fee_under_cap(books: Books, labour_rise: float, cap: float) -> float | None:
    """A cap is a ceiling, no entitlement (M20): a = min(m, cap), R* = (operating cost + ΔL) ÷ (1 − a), R*/R − 1."""
    margin = _share(books.result, books.revenue)
    if margin is None or books.revenue is None or books.result is None:
        return None
    allowed = min(margin, cap)
    return (books.revenue - books.result + labour_rise) / (1 - allowed) / books.revenue - 1


def affordable_rise(
    books: Books, uplift: float, payroll_labour: float, *, margin: float = 0.0, other: float = 0.0
) -> float | None:
    """p* = [F(1+φ)(1−m*) − O(1+c)] ÷ S − 1: the rise in labour cost that leaves a margin of m*.

    S is labour as the accounts have it, else as the payroll has it; O is every other operating cost.
    """
    if books.revenue is None or books.result is None:
        return None
    labour = books.labour or payroll_labour
    others = books.revenue - books.result - labour
    return (
        (books.revenue * (1 + uplift) * (1 - margin) - others * (1 + other)) / labour - 1 if labour else None
    )


def joined_fees(all_fees: tuple[Fees, ...]) -> Fees:
    """The fee element of a deal of several steps: fixed uplifts compound; a rule, the last one, decides."""
    rules = [one for one in all_fees if one.rule is not FeeRule.FIXED]
    caps = [one.margin_cap_ppm for one in all_fees if one.margin_cap_ppm is not None]
    if rules:
        return replace(rules[-1], uplift_ppm=None, margin_cap_ppm=caps[-1] if caps else None)
    factor = 1.0
    for one in all_fees:
        factor *= 1 + (one.uplift_ppm or 0) / PPM
    given = any(one.uplift_ppm is not None for one in all_fees)
    return Fees(FeeRule.FIXED, round((factor - 1) * PPM) if given else None, caps[-1] if caps else None)


def _leakage(books: Books, result: float | None, revenue: float | None) -> float | None:
    """(profit before tax + rent + directors' pay + net interest) ÷ revenue (M17).

    Profit before tax is the operating result less net interest, so interest falls out of the sum.
    """
    if result is None or books.interest is None or books.rent is None or books.directors is None:
        return None
    return _share(result + books.rent + books.directors, revenue)


def _pounds(amount: int | None) -> float | None:
    return None if amount is None else amount / MICROS_PER_POUND


def _share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


def _plus(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else left + right


def _less(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else left - right
