"""Care brought in-house, on every basis of compensation at once: a range, not one number.

Which compensation is due Parliament decides; the comparator of each grade is a negotiated assumption.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from bargain.appraisal import latest_accounts
from bargain.comparators import LOCAL_GOVERNMENT, NHS, rates_at, table_on
from bargain.insourcing import parity_of, payback, present_value, rates_like
from bargain.measures.margins import books_of
from models.choices import Parity
from models.issues import UnusableInput
from models.sector import Sector
from models.what_if import Comparator, InHousePlan

TABLES: Mapping[Comparator, str] = MappingProxyType(
    {Comparator.NHS: NHS, Comparator.COUNCIL: LOCAL_GOVERNMENT}
)  # comparators that are published tables


class Basis(StrEnum):
    """What compensation can be measured by (S3-11)."""

    CAPITAL = "capital employed in the accounts"
    CAPITAL_LESS_SUBSIDY = "capital employed less public subsidy"
    MULTIPLE = "a multiple of operating profit"
    STATED = "a sum that is stated"


@dataclass(frozen=True, slots=True)
class Way:
    """One basis: compensation, years until it is paid back, present value, and where that stands after each year.

    None is not known, and ``why`` says why; with a compensation and no payback, nothing is saved.
    ``path``: pounds, from the day of payment (−compensation) to the last year.
    """

    basis: Basis
    compensation: float | None
    payback: float | None = None
    npv: float | None = None
    path: tuple[float, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class InHouse:
    """The case for some employers: £ a year but for compensation.

    ``profits`` is each one's operating profit, None where its accounts do not tell; ``profit`` is the sum of those
    that are known: None, with ``gross`` and ``net``, where none is.
    ``rates``: the comparator by grade, £ an hour.
    """

    employers: tuple[str, ...]
    rates: dict[str, float]
    parity: Parity
    profits: tuple[tuple[str, float | None], ...]
    profit: float | None
    gross: float | None
    net: float | None
    ways: tuple[Way, ...]

    @property
    def without_accounts(self) -> tuple[str, ...]:
        """The employers whose profit is not counted, because it is not known."""
        return tuple(name for name, profit in self.profits if profit is None)


def rates_of(sector: Sector, plan: InHousePlan) -> dict[str, float]:
    """The comparator by grade, £ an hour; grades without one are left out."""
    if plan.comparator is Comparator.EMPLOYER:
        return rates_like(sector, plan.like) if plan.like else {}
    if plan.comparator in TABLES:
        held = table_on(TABLES[plan.comparator], sector.data_date or date.today())
        return rates_at(held, {one.grade: one.point for one in plan.rates if one.point})
    return {one.grade: one.hourly for one in plan.rates if one.hourly is not None}


def in_house_of(sector: Sector, plan: InHousePlan) -> InHouse:
    """The case as the plan assumes it. Raises UnusableInput where no employer is chosen or one is not in the data."""
    if not plan.employers:
        raise UnusableInput("Choose the employers to bring in-house.")
    if plan.rate <= -1 or plan.years < 1:
        raise UnusableInput("The discount rate must be above −100 % and the years at least 1.")
    rates = rates_of(sector, plan)
    parity = parity_of(sector, plan.employers, rates)
    latest = latest_accounts(sector)
    books = {name: books_of(latest[name]) for name in plan.employers if name in latest}
    results = {name: one.result for name, one in books.items() if one.result is not None}
    profit = sum(results.values()) if results else None
    gross = None if profit is None else profit + plan.recoverable
    net = None if gross is None else gross - parity.cost
    capital = [books[name].capital if name in books else None for name in plan.employers]
    return InHouse(
        employers=plan.employers,
        rates=rates,
        parity=parity,
        profits=tuple((name, results.get(name)) for name in plan.employers),
        profit=profit,
        gross=gross,
        net=net,
        ways=_ways(plan, profit, net, capital),
    )


def _ways(
    plan: InHousePlan, profit: float | None, net: float | None, capital: Sequence[float | None]
) -> tuple[Way, ...]:
    known = [one for one in capital if one is not None]
    whole = sum(known) if len(known) == len(capital) else None
    silent = f"{len(capital) - len(known)} of {len(capital)} give no capital employed in their accounts"
    less = None if whole is None or plan.subsidy is None else whole - plan.subsidy
    times = None if profit is None or plan.multiple is None else plan.multiple * profit
    return (
        _way(plan, Basis.CAPITAL, whole, net, silent),
        _way(
            plan,
            Basis.CAPITAL_LESS_SUBSIDY,
            less,
            net,
            silent if whole is None else "no public subsidy is entered",
        ),
        _way(
            plan,
            Basis.MULTIPLE,
            times,
            net,
            "no multiple is entered" if plan.multiple is None else "no profit is known",
        ),
        _way(plan, Basis.STATED, plan.stated, net, "no sum is entered"),
    )


def _way(plan: InHousePlan, basis: Basis, amount: float | None, net: float | None, why: str) -> Way:
    if amount is None:
        return Way(basis, None, why=why)
    if net is None:
        return Way(basis, amount, why="no profit is known")
    path = tuple(present_value(net, rate=plan.rate, years=year) - amount for year in range(plan.years + 1))
    return Way(basis, amount, payback(amount, net), path[-1], path)
