"""A claim, offer or settlement: what would change, for whom, from when. Immutable once tabled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.index_link import IndexLink
from models.spine import InsertedPoint, NewSpine
from models.terms import Terms


class AppliesTo(StrEnum):
    """Which rates a settlement moves."""

    ACTUAL = "actual"
    MINIMUM = "minimum"
    BOTH = "both"


class FeeRule(StrEnum):
    """How fees follow pay."""

    FIXED = "fixed"
    HOLD_MARGIN = "hold_margin"
    HOLD_PROFIT = "hold_profit"
    CAP = "cap"
    INDEXED = "indexed"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a rule reaches. An empty element means everyone.

    ``points`` is the text of the file ("2-43" or "1, 2, 5"); it is read against the points in use.
    ``pay_above_micros`` and ``pay_up_to_micros`` are £/10⁶ a full-time year, as pay stood before the step: more
    than the first, not more than the second.
    """

    points: str = ""
    grades: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    ownership: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    pay_above_micros: int | None = None
    pay_up_to_micros: int | None = None


@dataclass(frozen=True, slots=True)
class Taper:
    """A rise that runs evenly from the rule's own figures at one end to these at the other.

    The ends are two points of the scale, or (no points) two levels of full-time yearly pay in £/10⁶. Outside
    the ends the nearer end's figures hold.
    """

    from_point: str = ""
    to_point: str = ""
    from_pay_micros: int | None = None
    to_pay_micros: int | None = None
    to_percent_ppm: int = 0
    to_cash_micros: int = 0


@dataclass(frozen=True, slots=True)
class PayRule:
    """One pay rule: percent and cash add; at_least takes the greater rise, at_most the lesser.

    ``cash_micros``, ``at_least_cash_micros`` and ``at_most_cash_micros`` are £/10⁶ a full-time year, pro
    rata; with ``pro_rata`` False they are for each person whatever the hours. The ``hourly`` amounts are £/10⁶
    an hour. ``percent_of_first_micros``: the percentage counts on so much of a full-time year's pay and no
    more. A non-consolidated rule is paid once and not carried into the rate. ``applies_to``: which rates this rule
    moves, None for those of its step. ``in_all``: the rise is on pay as it was before the offer's first step,
    and what has been given since counts towards it.
    """

    scope: Scope = Scope()
    percent_ppm: int = 0
    cash_micros: int = 0
    at_least_cash_micros: int | None = None
    at_least_percent_ppm: int | None = None
    at_least_hourly_micros: int | None = None
    at_most_cash_micros: int | None = None
    at_most_percent_ppm: int | None = None
    non_consolidated: bool = False
    at_most_hourly_micros: int | None = None
    percent_of_first_micros: int | None = None
    pro_rata: bool = True
    taper: Taper | None = None
    index: IndexLink | None = None
    applies_to: AppliesTo | None = None
    in_all: bool = False


@dataclass(frozen=True, slots=True)
class Weighting:
    """A regional weighting beside basic pay: £/10⁶ a full-time year, pro rata, in the place of another.

    Percentages, floors and differentials do not touch it.
    """

    regions: tuple[str, ...]
    cash_micros: int
    instead_of_micros: int = 0


@dataclass(frozen=True, slots=True)
class NamedAllowance:
    """One allowance by its name: up by a percentage, to a new amount, or to a new share of basic pay.

    Amounts are £/10⁶ a payment. ``now_micros`` and ``now_share_ppm`` are what it is today. Who gets it: ``staff``
    of those in the scope, all of them where it is left out; ``payments_y`` times a year each. With neither
    staff nor scope the offer does not say.
    """

    name: str
    percent_ppm: int | None = None
    amount_micros: int | None = None
    share_ppm: int | None = None
    now_micros: int | None = None
    now_share_ppm: int | None = None
    staff: float | None = None
    payments_y: float | None = None
    scope: Scope = Scope()


class Within(StrEnum):
    """Where two grades are compared."""

    EMPLOYER = "employer"
    SECTOR = "sector"


class On(StrEnum):
    """Which rate of the lower grade a differential stands on."""

    HIGHEST = "highest"
    MEDIAN = "median"
    LOWEST = "lowest"


@dataclass(frozen=True, slots=True)
class Differential:
    """Nobody in ``grade`` is less than so far above ``over``; cascades upward."""

    grade: str
    over: str
    at_least_percent_ppm: int | None = None
    at_least_hourly_micros: int | None = None
    within: Within = Within.EMPLOYER
    on: On = On.HIGHEST


@dataclass(frozen=True, slots=True)
class Fees:
    """What happens to fees: a fixed uplift, or a rule that follows the pay rise.

    With an index, ``pay_share_ppm`` of the fee rises as pay does, by ``pay_index_ppm`` or, where that is None, by each
    employer's own rise in labour cost; the rest rises by ``other_index_ppm``.
    """

    rule: FeeRule = FeeRule.FIXED
    uplift_ppm: int | None = None
    margin_cap_ppm: int | None = None
    pay_share_ppm: int | None = None
    pay_index_ppm: int | None = None
    other_index_ppm: int | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """One dated step of an offer.

    ``favourability``: nobody's pay falls, and an employer's better terms stay.
    """

    effective: date
    paid_from: date | None = None
    applies_to: AppliesTo = AppliesTo.ACTUAL
    absorb: bool = False
    floor_micros: int | None = None
    delete_points: tuple[str, ...] = ()
    allowances_ppm: int | None = None
    pay: tuple[PayRule, ...] = ()
    differentials: tuple[Differential, ...] = ()
    terms: Terms = Terms()
    fees: Fees = Fees()
    floor_annual_micros: int | None = None
    insert_points: tuple[InsertedPoint, ...] = ()
    spine: NewSpine | None = None
    weightings: tuple[Weighting, ...] = ()
    allowances: tuple[NamedAllowance, ...] = ()
    favourability: bool = True

    def moves(self, rule: PayRule, rates: AppliesTo) -> bool:
        """Whether a rule of the step moves these rates: actual pay or minimum rates."""
        return (rule.applies_to or self.applies_to) in (rates, AppliesTo.BOTH)

    @property
    def moved(self) -> AppliesTo:
        """Which rates the step's rules move between them."""
        lasting = [one for one in self.pay if not one.non_consolidated]
        if all(one.applies_to is None for one in lasting):
            return self.applies_to
        actual, minimum = (
            any(self.moves(one, rates) for one in lasting) for rates in (AppliesTo.ACTUAL, AppliesTo.MINIMUM)
        )
        if actual and minimum:
            return AppliesTo.BOTH
        return AppliesTo.ACTUAL if actual else AppliesTo.MINIMUM


@dataclass(frozen=True, slots=True)
class Offer:
    """A named package by one party, its steps in date order."""

    name: str
    by: str = ""
    settlements: tuple[Settlement, ...] = ()
    ends: date | None = None
    tabled: bool = False
