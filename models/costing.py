"""What an offer costs, in pounds, split so that the parts add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.grossing import Range


@dataclass(frozen=True, slots=True)
class ElementCost:
    """The full-year cost in pounds of one element of an offer, by what it is spent on.

    ``known`` is False where the sector lacks what is needed to price it; the amounts are then nought
    and must be shown as not known. ``hours_lost`` are the hours a year that the element takes out of the rota,
    ``cover_in_full`` what they cost if all are filled; ``cover`` is the sector's share of that.
    """

    element: str
    pay: float = 0.0
    employer_ni: float = 0.0
    pension: float = 0.0
    levy: float = 0.0
    cover: float = 0.0
    known: bool = True
    why: str = ""
    hours_lost: float = 0.0
    cover_in_full: float = 0.0

    @property
    def total(self) -> float:
        """Pounds a year, all parts."""
        return self.pay + self.employer_ni + self.pension + self.levy + self.cover

    @property
    def lacks_cover(self) -> bool:
        """Whether all is known but the share of lost hours that is filled."""
        return not self.known and self.hours_lost > 0

    @property
    def not_replaced(self) -> float:
        """Pounds a year if nobody works the hours that are lost."""
        return self.pay + self.employer_ni + self.pension + self.levy

    @property
    def replaced(self) -> float:
        """Pounds a year if somebody is paid for every hour that is lost."""
        return self.not_replaced + self.cover_in_full


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
    back_pay: float = 0.0

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

    Ratios, all of the basic pay bill: what is paid beside basic pay (dearer sleep-ins, overtime) is in no
    payroll's basic pay today, so it is left out after the offer too and stands with the elements, in pounds.
    ``level`` end over start less 1;
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
    by_employer: Sequence[GroupCost]
    by_grade: tuple[GroupCost, ...]
    by_ownership: tuple[GroupCost, ...]
    protected_heads: float
    by_region: tuple[GroupCost, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleOfThumb:
    """What one small change costs in a full year, in pounds, as a difference of two whole costings.

    ``cost`` None: the share of lost hours that is filled is not known; then the ends still are. ``range``: where
    figures are grossed up, between which pounds it most likely lies; without a cost from the lower end's to the
    higher end's.
    """

    key: str
    label: str
    cost: float | None
    not_replaced: float
    replaced: float
    range: Range | None = None


@dataclass(frozen=True, slots=True)
class FloorCost:
    """What a floor costs by itself, and what the offer's other parts add to it; pounds in a full year.

    ``alone``: nothing but the floor. ``after_rules``: the floor where the pay rules have already lifted pay.
    ``ripple``: what restoring differentials adds above the floor. ``heads``: staff whom the floor alone lifts.
    """

    alone: float
    after_rules: float
    ripple: float
    heads: float


@dataclass(frozen=True, slots=True)
class ExpectedStaff:
    """The full-year cost for the staff that is expected instead of the same people; never blended with it.

    ``expected`` the offer's cost for that staff; ``drift`` what turnover and increments change in the cost of
    labour without any offer. None, with ``why``, where the sector does not assume them. Where staff move up
    the pay scale: how many do, how many are at the top of their grade, how many stand on no point within a
    range (they rise by the share ``increments``, if that is assumed), and which comes first on one day.
    """

    same_people: float
    expected: float | None
    drift: float | None
    turnover: float | None
    increments: float | None
    why: str = ""
    moved: float | None = None
    at_top: float | None = None
    off_scale: float | None = None
    order: str = ""


@dataclass(frozen=True, slots=True)
class TurnoverSaving:
    """What fewer leavers would save in a year, in pounds; shown apart, in no cost.

    ``amount`` None, with ``why``, where the sector does not assume what it takes.
    """

    amount: float | None
    fewer_leavers: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Headlines:
    """What stands beside the costs of an offer."""

    thumbs: tuple[RuleOfThumb, ...]
    floor: FloorCost | None
    expected: ExpectedStaff
    saving: TurnoverSaving
