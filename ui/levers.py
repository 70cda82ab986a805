"""Between an offer and the levers on screen: which there are, how each is read, how each is written.

Values are whole millionths of the lever's own unit: 3.2 % is 32_000 (parts per million), £13.45 is
13_450_000, 36.5 hours is 36_500_000. A month is months since year 0. No Qt here.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from bargain.ladder import neighbours
from models.offer import Differential, FeeRule, Offer, PayRule, Scope, Settlement
from models.terms import Terms
from ui.drafts import next_year_start

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from models.sector import Sector

MILLION = 1_000_000
PERCENT = 10_000  # one per cent in parts per million


class Unit(StrEnum):
    """What a lever counts in."""

    PERCENT = "%"
    POUNDS = "£"
    HOURLY = "£/h"
    HOURS = "h"
    DAYS = "days"
    WEEKS = "weeks"
    MONTH = "month"


class LeverKey(StrEnum):
    """Every lever, in the order of the screen."""

    PERCENT = "percent"
    AT_LEAST_CASH = "at_least_cash"
    FLOOR = "floor"
    GAP = "gap"
    WEEKLY_HOURS = "weekly_hours"
    ANNUAL_LEAVE = "annual_leave"
    SLEEP_IN = "sleep_in"
    SICK_PAY = "sick_pay"
    START = "start"
    YEAR_2 = "year_2"
    ONE_OFF = "one_off"
    ALLOWANCES = "allowances"
    PENSION = "pension"
    FEE = "fee"


@dataclass(frozen=True, slots=True)
class LeverSpec:
    """One lever: unit, step of the arrow keys, ends of the slider, and what the box accepts."""

    key: LeverKey
    unit: Unit
    step: int
    low: int
    high: int
    most: int
    least: int = 0


SPECS: Mapping[LeverKey, LeverSpec] = {
    spec.key: spec
    for spec in (
        LeverSpec(LeverKey.PERCENT, Unit.PERCENT, 500, 0, 12 * PERCENT, 100 * PERCENT),
        LeverSpec(LeverKey.AT_LEAST_CASH, Unit.POUNDS, 10 * MILLION, 0, 4_000 * MILLION, 100_000 * MILLION),
        LeverSpec(LeverKey.FLOOR, Unit.HOURLY, 10_000, 10 * MILLION, 18 * MILLION, 100 * MILLION),
        LeverSpec(LeverKey.GAP, Unit.PERCENT, 500, 0, 20 * PERCENT, 100 * PERCENT),
        LeverSpec(
            LeverKey.WEEKLY_HOURS, Unit.HOURS, 250_000, 30 * MILLION, 42 * MILLION, 60 * MILLION, MILLION
        ),
        LeverSpec(LeverKey.ANNUAL_LEAVE, Unit.DAYS, 500_000, 20 * MILLION, 40 * MILLION, 80 * MILLION),
        LeverSpec(LeverKey.SLEEP_IN, Unit.POUNDS, 500_000, 0, 150 * MILLION, 1_000 * MILLION),
        LeverSpec(LeverKey.SICK_PAY, Unit.WEEKS, MILLION, 0, 26 * MILLION, 104 * MILLION),
        LeverSpec(LeverKey.START, Unit.MONTH, 1, 0, 24, 12 * 9_999, 12),
        LeverSpec(LeverKey.YEAR_2, Unit.PERCENT, 500, 0, 12 * PERCENT, 100 * PERCENT),
        LeverSpec(LeverKey.ONE_OFF, Unit.POUNDS, 10 * MILLION, 0, 2_000 * MILLION, 50_000 * MILLION),
        LeverSpec(LeverKey.ALLOWANCES, Unit.PERCENT, 500, 0, 12 * PERCENT, 100 * PERCENT),
        LeverSpec(LeverKey.PENSION, Unit.PERCENT, 1_000, 0, 15 * PERCENT, 100 * PERCENT),
        LeverSpec(LeverKey.FEE, Unit.PERCENT, 500, 0, 12 * PERCENT, 100 * PERCENT),
    )
}


@dataclass(frozen=True, slots=True)
class LeverState:
    """Where one lever stands in one offer.

    ``value`` is None where the offer leaves the matter as it is; ``now`` is today's figure, None where it
    is not known. The slider goes from ``low`` to ``high``; ``least`` and ``most`` are what can be typed.
    ``mixed``: the offer says more here than one lever can show. ``can_change`` is False
    where moving the lever could only be done by destroying that.
    """

    key: LeverKey
    value: int | None
    now: int | None
    low: int
    high: int
    least: int
    most: int
    mixed: bool = False
    can_change: bool = True

    @property
    def shown(self) -> int | None:
        """The value, or today's where the offer changes nothing."""
        return self.now if self.value is None else self.value


@dataclass(frozen=True, slots=True)
class _Part:
    value: int | None
    mixed: bool = False
    can_change: bool = True


def lever_values(
    offer: Offer, sector: Sector, *, lowest_micros: int | None = None
) -> dict[LeverKey, LeverState]:
    """Where every lever stands. ``lowest_micros`` is the lowest hourly rate paid today, where known."""
    return {key: _state(spec, offer, sector, lowest_micros) for key, spec in SPECS.items()}


def with_lever(offer: Offer, key: LeverKey, value: int | None, sector: Sector) -> Offer:
    """The offer with one lever moved and everything else as it was.

    None, or today's figure, takes the matter out of the offer. Where the offer is too mixed for the lever
    it comes back as it is.
    """
    first = offer.settlements[0] if offer.settlements else Settlement(next_year_start(sector))
    part = _part(key, offer, sector)
    if not part.can_change or value == part.value:
        return offer
    if value == _now(key, offer, sector, None):
        value = None
    if value == part.value or (not value and not part.value and part.value is not None):
        return offer
    if key is LeverKey.YEAR_2:
        return _with_second_year(offer, first, value or 0)
    changed = _WRITE[key](first, value, sector)
    return replace(offer, settlements=(changed, *offer.settlements[1:]))


def add_months(day: date, months: int) -> date:
    """The same day of a later (or earlier) month; the last one where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_of(day: date) -> int:
    """Months since year 0."""
    return day.year * 12 + day.month - 1


def plain_rise(name: str, sector: Sector, *, percent_ppm: int = 0, by: str = "") -> Offer:
    """A one-step offer that raises everyone by a percentage; nought is things as they are now."""
    pay = (PayRule(percent_ppm=percent_ppm),) if percent_ppm else ()
    return Offer(name, by=by, settlements=(Settlement(next_year_start(sector), pay=pay),))


def last_tabled(offer: Offer, sector: Sector, *, own: bool) -> Offer | None:
    """The newest tabled offer of the side that makes ``offer`` (own), or of any other side."""
    for other in reversed(sector.offers):
        if other.tabled and other.name != offer.name and (other.by == offer.by) is own:
            return other
    return None


def _state(spec: LeverSpec, offer: Offer, sector: Sector, lowest_micros: int | None) -> LeverState:
    part = _part(spec.key, offer, sector)
    now = _now(spec.key, offer, sector, lowest_micros)
    low, high = _ends(spec, offer, sector, now)
    shown = part.value if part.value is not None else now
    if shown is not None:
        low, high = min(low, shown), max(high, shown)
    most = max(low, _latest_start(offer)) if spec.key is LeverKey.START else spec.most
    return LeverState(spec.key, part.value, now, low, high, spec.least, most, part.mixed, part.can_change)


def _ends(spec: LeverSpec, offer: Offer, sector: Sector, now: int | None) -> tuple[int, int]:
    if spec.key is LeverKey.FLOOR and now is not None:
        return now, now + 6 * MILLION
    if spec.key is LeverKey.START:
        usual = month_of(next_year_start(sector))
        first = month_of(offer.settlements[0].effective) if offer.settlements else usual
        return min(first, usual), max(first, min(max(first, usual) + 24, _latest_start(offer)))
    return spec.low, spec.high


def _latest_start(offer: Offer) -> int:
    """The last month in which the first step can start: before the second, and before the offer ends."""
    later = [step.effective for step in offer.settlements[1:2]] + ([offer.ends] if offer.ends else [])
    return min([month_of(day) - 1 for day in later], default=SPECS[LeverKey.START].most)


def _now(key: LeverKey, offer: Offer, sector: Sector, lowest_micros: int | None) -> int | None:
    """Today's figure in the lever's unit; None where it is not known."""
    from bargain.terms_today import terms_today

    terms = terms_today(sector)
    if key is LeverKey.FLOOR:
        return lowest_micros
    if key is LeverKey.WEEKLY_HOURS:
        return _millionths(terms.weekly_hours if terms.weekly_hours is not None else sector.weekly_hours)
    if key is LeverKey.ANNUAL_LEAVE:
        return _millionths(terms.annual_leave_days)
    if key is LeverKey.SICK_PAY:
        return _millionths(terms.sick_pay_full_weeks)
    if key is LeverKey.SLEEP_IN:
        return terms.sleep_in_micros
    if key is LeverKey.PENSION:
        return terms.employer_pension_ppm
    if key is LeverKey.START:
        return None if offer.settlements else month_of(next_year_start(sector))
    return 0


def _part(key: LeverKey, offer: Offer, sector: Sector) -> _Part:
    if key is LeverKey.YEAR_2:
        if len(offer.settlements) < 2:
            return _Part(0)
        return _rule_part(offer.settlements[1], lambda rule: rule.percent_ppm)
    if not offer.settlements:
        return _Part(None if key in _ABSENT_IS_NONE else 0)
    return _READ[key](offer.settlements[0], sector)


# -- pay rules ---------------------------------------------------------------------------------


def _main_rule(step: Settlement) -> int | None:
    """Which rule is the first that reaches everyone and is carried forward."""
    for number, rule in enumerate(step.pay):
        if rule.scope == Scope() and not rule.non_consolidated:
            return number
    return None


def _one_off_rule(step: Settlement) -> int | None:
    for number, rule in enumerate(step.pay):
        if rule.scope == Scope() and rule.non_consolidated:
            return number
    return None


def _rule_part(step: Settlement, read: Callable[[PayRule], int | None]) -> _Part:
    found = _main_rule(step)
    lasting = sum(not rule.non_consolidated for rule in step.pay)
    if found is None:
        return _Part(0, mixed=lasting > 0, can_change=lasting == 0)
    rule = step.pay[found]
    says_more = rule.taper is not None or rule.index is not None or rule.percent_of_first_micros is not None
    return _Part(read(rule) or 0, mixed=lasting > 1 or says_more or not rule.pro_rata)


def _one_off_part(step: Settlement, _sector: Sector) -> _Part:
    found = _one_off_rule(step)
    paid_once = sum(rule.non_consolidated for rule in step.pay)
    if found is None:
        return _Part(0, mixed=paid_once > 0)
    rule = step.pay[found]
    plain = rule == PayRule(cash_micros=rule.cash_micros, non_consolidated=True)
    return _Part(rule.cash_micros, mixed=paid_once > 1 or not plain)


def _with_rule(
    step: Settlement, found: int | None, fresh: PayRule, change: Callable[[PayRule], PayRule]
) -> Settlement:
    """The step with one rule changed in its place; an empty rule goes only where no order hangs on it."""
    if found is None:
        changed = change(fresh)
        return replace(step, pay=(changed, *step.pay)) if changed != fresh else step
    changed = change(step.pay[found])
    if changed == fresh and len(step.pay) == 1:
        return replace(step, pay=())
    return replace(step, pay=(*step.pay[:found], changed, *step.pay[found + 1 :]))


def _with_percent(step: Settlement, value: int | None, _sector: Sector) -> Settlement:
    return _with_rule(step, _main_rule(step), PayRule(), lambda rule: replace(rule, percent_ppm=value or 0))


def _with_cash(step: Settlement, value: int | None, _sector: Sector) -> Settlement:
    def change(rule: PayRule) -> PayRule:
        return replace(rule, at_least_cash_micros=value or None)

    return _with_rule(step, _main_rule(step), PayRule(), change)


def _with_one_off(step: Settlement, value: int | None, _sector: Sector) -> Settlement:
    fresh = PayRule(non_consolidated=True)
    found = _one_off_rule(step)
    if found is None and value:  # last, so that the rules before it stay the first
        return replace(step, pay=(*step.pay, replace(fresh, cash_micros=value)))
    changed = _with_rule(step, found, fresh, lambda rule: replace(rule, cash_micros=value or 0))
    kept = tuple(rule for rule in changed.pay if rule != fresh)
    return replace(changed, pay=kept)


def _with_second_year(offer: Offer, first: Settlement, ppm: int) -> Offer:
    """Year 2 is the second step; made a year after the first, and unmade when nothing is left in it."""
    a_year_on = Settlement(add_months(first.effective, 12))
    second = offer.settlements[1] if len(offer.settlements) > 1 else a_year_on
    changed = _with_rule(second, _main_rule(second), PayRule(), lambda rule: replace(rule, percent_ppm=ppm))
    rest = offer.settlements[2:]
    if changed == Settlement(changed.effective) and not rest:
        return replace(offer, settlements=(first,))
    ends = offer.ends
    if ends is not None and len(offer.settlements) < 2 and ends <= changed.effective:
        ends = add_months(ends, 12)  # a step after the end would be no part of the offer
    return replace(offer, settlements=(first, changed, *rest), ends=ends)


# -- gaps between grades -----------------------------------------------------------------------


def _gap_part(step: Settlement, sector: Sector) -> _Part:
    """One figure only where every neighbouring pair of grades has the same gap and there is nothing else."""
    if not step.differentials:
        return _Part(0, can_change=bool(neighbours(sector)))
    first = step.differentials[0]
    pattern = tuple(replace(first, grade=upper, over=lower) for lower, upper in neighbours(sector))
    if first.at_least_hourly_micros is None and step.differentials == pattern:
        return _Part(first.at_least_percent_ppm or 0)
    return _Part(0, mixed=True, can_change=False)


def _with_gap(step: Settlement, value: int | None, sector: Sector) -> Settlement:
    if not value:
        return replace(step, differentials=())
    like = step.differentials[0] if step.differentials else Differential("", "")
    return replace(
        step,
        differentials=tuple(
            replace(like, grade=upper, over=lower, at_least_percent_ppm=value)
            for lower, upper in neighbours(sector)
        ),
    )


# -- dates, fees, terms ------------------------------------------------------------------------


def _with_start(step: Settlement, value: int | None, _sector: Sector) -> Settlement:
    """Another month; the day of the month and the length of any back pay stay."""
    if value is None:
        return step
    months = value - month_of(step.effective)
    paid_from = None if step.paid_from is None else add_months(step.paid_from, months)
    return replace(step, effective=add_months(step.effective, months), paid_from=paid_from)


def _fee_part(step: Settlement, _sector: Sector) -> _Part:
    if step.fees.rule is not FeeRule.FIXED:
        return _Part(step.fees.uplift_ppm or 0, mixed=True, can_change=False)
    return _Part(step.fees.uplift_ppm or 0)


def _with_fee(step: Settlement, value: int | None, _sector: Sector) -> Settlement:
    return replace(step, fees=replace(step.fees, uplift_ppm=value or None))


def _millionths(number: float | None) -> int | None:
    return None if number is None else round(number * MILLION)


def _plain_number(value: int | None) -> float | None:
    return None if value is None else value / MILLION


def _with_terms(
    change: Callable[[Terms, int | None], Terms],
) -> Callable[[Settlement, int | None, Sector], Settlement]:
    return lambda step, value, _sector: replace(step, terms=change(step.terms, value))


_ABSENT_IS_NONE = frozenset(
    {
        LeverKey.FLOOR,
        LeverKey.WEEKLY_HOURS,
        LeverKey.ANNUAL_LEAVE,
        LeverKey.SLEEP_IN,
        LeverKey.SICK_PAY,
        LeverKey.PENSION,
        LeverKey.START,
    }
)

_READ: Mapping[LeverKey, Callable[[Settlement, Sector], _Part]] = {
    LeverKey.PERCENT: lambda step, _: _rule_part(step, lambda rule: rule.percent_ppm),
    LeverKey.AT_LEAST_CASH: lambda step, _: _rule_part(step, lambda rule: rule.at_least_cash_micros),
    LeverKey.FLOOR: lambda step, _: _Part(step.floor_micros),
    LeverKey.GAP: _gap_part,
    LeverKey.WEEKLY_HOURS: lambda step, _: _Part(_millionths(step.terms.weekly_hours)),
    LeverKey.ANNUAL_LEAVE: lambda step, _: _Part(_millionths(step.terms.annual_leave_days)),
    LeverKey.SLEEP_IN: lambda step, _: _Part(step.terms.sleep_in_micros),
    LeverKey.SICK_PAY: lambda step, _: _Part(_millionths(step.terms.sick_pay_full_weeks)),
    LeverKey.START: lambda step, _: _Part(month_of(step.effective)),
    LeverKey.ONE_OFF: _one_off_part,
    LeverKey.ALLOWANCES: lambda step, _: _Part(step.allowances_ppm or 0),
    LeverKey.PENSION: lambda step, _: _Part(step.terms.employer_pension_ppm),
    LeverKey.FEE: _fee_part,
}

_WRITE: Mapping[LeverKey, Callable[[Settlement, int | None, Sector], Settlement]] = {
    LeverKey.PERCENT: _with_percent,
    LeverKey.AT_LEAST_CASH: _with_cash,
    LeverKey.FLOOR: lambda step, value, _: replace(step, floor_micros=value),
    LeverKey.GAP: _with_gap,
    LeverKey.WEEKLY_HOURS: _with_terms(lambda terms, v: replace(terms, weekly_hours=_plain_number(v))),
    LeverKey.ANNUAL_LEAVE: _with_terms(lambda terms, v: replace(terms, annual_leave_days=_plain_number(v))),
    LeverKey.SLEEP_IN: _with_terms(lambda terms, v: replace(terms, sleep_in_micros=v)),
    LeverKey.SICK_PAY: _with_terms(lambda terms, v: replace(terms, sick_pay_full_weeks=_plain_number(v))),
    LeverKey.START: _with_start,
    LeverKey.ONE_OFF: _with_one_off,
    LeverKey.ALLOWANCES: lambda step, value, _: replace(step, allowances_ppm=value or None),
    LeverKey.PENSION: _with_terms(lambda terms, v: replace(terms, employer_pension_ppm=v)),
    LeverKey.FEE: _with_fee,
}
