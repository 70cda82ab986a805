"""What an offer costs, in pounds, split so that the parts add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ElementCost:
    """The full-year cost in pounds of one element of an offer, by what it is spent on.

    ``known`` is False where the sector lacks what is needed to price it; the amounts are then nought
    and must be shown as not known.
    """

    element: str
    pay: float = 0.0
    employer_ni: float = 0.0
    pension: float = 0.0
    levy: float = 0.0
    cover: float = 0.0
    known: bool = True
    why: str = ""

    @property
    def total(self) -> float:
        """Pounds a year, all parts."""
        return self.pay + self.employer_ni + self.pension + self.levy + self.cover


@dataclass(frozen=True, slots=True)
class GroupCost:
    """The cost in pounds for one employer, grade or kind of owner; labour is pay with on-costs.

    ``represents``: how many employers of its kind an employer's row stands for; its own figures are the row's
    divided by that. ``returned``: the staff who are in the data, whatever they stand for; None is ``heads``.
    """

    name: str
    heads: float
    full_year: float
    in_year: float
    over_term: float
    one_off: float
    paybill_before: float
    labour_before: float = 0.0
    represents: float = 1.0
    returned: float | None = None

    @property
    def people(self) -> float:
        """The staff in the data: what decides whether a group is too small to show."""
        return self.heads if self.returned is None else round(self.returned, 6)


@dataclass(frozen=True, slots=True)
class StepCost:
    """One settlement step: its own full-year cost, and the running level above the base."""

    effective: date
    paid_from: date
    full_year: float
    full_year_to_date: float
    level: float
    one_off: float
    back_pay: float


@dataclass(frozen=True, slots=True)
class YearCost:
    """The cost in pounds that falls in one settlement year, against no deal."""

    starts: date
    ends: date
    cost: float


@dataclass(frozen=True, slots=True)
class CostBreakdown:
    """All headline costs of an offer at once.

    Ratios (of today's basic pay bill, to which pay beside it that the offer adds is counted, such as dearer
    sleep-ins): ``level`` end over start less 1;
    ``in_year`` the first settlement year's bill over the old one less 1; ``carry_over`` what is left for
    later years; ``comparable_rate`` the level spread over twelve months. Pounds: ``full_year`` the exit
    rate, with on-costs; ``in_year_cost`` what falls in the first settlement year; ``carry_over_cost`` the
    rest of the full year; ``over_term`` all settlement years of the deal together; ``back_pay`` what is
    owed for the months between effective and paid; ``one_off`` what is paid once.
    """

    paybill_before: float
    paybill_after: float
    labour_before: float
    labour_after: float
    level: float
    in_year: float
    carry_over: float
    comparable_rate: float
    full_year: float
    in_year_cost: float
    carry_over_cost: float
    over_term: float
    back_pay: float
    one_off: float
    cost_of_one_percent: float
    steps: tuple[StepCost, ...]
    years: tuple[YearCost, ...]
    elements: tuple[ElementCost, ...]
    by_employer: tuple[GroupCost, ...]
    by_grade: tuple[GroupCost, ...]
    by_ownership: tuple[GroupCost, ...]
    protected_heads: float
