"""Figures: what a sector looks like before and after an offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from models.later import Rows


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """The figures of one employer, grade or kind of owner. Pounds, shares, heads; None is not known.

    ``represents``: how many employers of its kind an employer's row stands for where figures are grossed up.
    """

    name: str
    heads: float
    fte: float
    paybill: float
    measures: Mapping[str, float | None]
    represents: float = 1.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The sector at one moment, with the weight its distribution measures use."""

    heads: float
    fte: float
    paybill: float
    weight: str
    measures: Mapping[str, float | None]
    by_employer: Sequence[GroupFigures]
    by_grade: tuple[GroupFigures, ...]
    by_ownership: Sequence[GroupFigures]


@dataclass(frozen=True, slots=True)
class EmployerMargins:
    """One employer's money before and after an offer and its fee, in pounds and shares.

    ``reconciliation`` is labour in the payroll over labour in the accounts. None is not known. All figures are the
    employer's own; ``represents`` is its weight where the sector's are grossed up. The ladder goes
    from ``ebitdar`` (before rent) by ``ebitda`` (after it) and ``result`` (operating, after depreciation where it
    is given) to ``pretax`` (after net interest); ``returned`` is what goes to owners and connected parties.
    ``labour`` to ``other`` are the costs of the accounts, before the offer.
    """

    name: str
    ownership: str
    revenue_before: float | None
    revenue_after: float | None
    labour_rise: float
    result_before: float | None
    result_after: float | None
    margin_before: float | None
    margin_after: float | None
    adjusted_before: float | None
    adjusted_after: float | None
    leakage_before: float | None
    leakage_after: float | None
    fee_uplift: float | None
    fee_hold_profit: float | None
    fee_hold_margin: float | None
    fee_under_cap: float | None
    profit_on_pay_rise: float | None
    affordable_rise: float | None
    reconciliation: float | None
    represents: float = 1.0
    ebitdar_before: float | None = None
    ebitdar_after: float | None = None
    ebitda_before: float | None = None
    ebitda_after: float | None = None
    pretax_before: float | None = None
    pretax_after: float | None = None
    returned_before: float | None = None
    returned_after: float | None = None
    capital: float | None = None
    labour: float | None = None
    rent: float | None = None
    directors: float | None = None
    interest: float | None = None
    depreciation: float | None = None
    other: float | None = None


class Margins(Rows[EmployerMargins]):
    """Every employer's money. known: of those whose accounts are there; all other rows say nothing but a pay rise."""

    __slots__ = ("known",)

    def __init__(
        self, size: int, make: Callable[[], Sequence[EmployerMargins]], known: tuple[EmployerMargins, ...]
    ) -> None:
        super().__init__(size, make)
        self.known = known


def with_accounts(margins: Sequence[EmployerMargins]) -> Sequence[EmployerMargins]:
    """Those of whom more than a pay rise may be known."""
    return margins.known if isinstance(margins, Margins) else margins
