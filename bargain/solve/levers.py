"""The levers that a search may move, by the keys of the offer file: what each counts in, how it is written.

``percent`` moves the rule for everyone in the first settlement; ``2.percent`` that of the second settlement,
``pay2.percent`` the second pay rule, ``2.pay1.cash`` the first rule of the second settlement. ``differential``
is every differential of the settlement at once, ``differential2`` the second alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any, TypeVar

from bargain.ladder import neighbours
from models.issues import UnusableInput
from models.offer import Differential, FeeRule, Fees, Offer, PayRule, Scope, Settlement
from models.sector import Sector
from models.solve import Vary
from models.terms import Terms
from models.units import MICROS_PER_POUND, PPM

Held = TypeVar("Held", PayRule, Settlement, Terms, Fees)

MOST_LEVERS = 3
_PERCENT = PPM // 100
_KEY = re.compile(r"(?:(?P<step>\d+)\.)?(?:(?P<part>pay|differential)(?P<number>\d+)\.)?(?P<name>\w+)")


@dataclass(frozen=True, slots=True)
class Lever:
    """One lever: its words, its unit on screen, whole units in one of those, and its usual step.

    ``generous``: +1 where more of it costs more, −1 where less does.
    """

    key: str
    label: str
    unit: str
    scale: int
    step: int
    part: str
    field: str
    most: int
    generous: int = 1


def _percents(key: str, label: str, part: str, field: str, *, step: int = 500, generous: int = 1) -> Lever:
    return Lever(key, label, "%", _PERCENT, step, part, field, 100 * _PERCENT, generous)


def _amounts(key: str, label: str, part: str, field: str, *, step: int, most: int, unit: str = "£") -> Lever:
    return Lever(key, label, unit, MICROS_PER_POUND, step, part, field, most * MICROS_PER_POUND)


_ALL = (
    _percents("percent", "Rise in percent", "pay", "percent_ppm"),
    _amounts("cash", "Cash rise a year", "pay", "cash_micros", step=10_000_000, most=100_000),
    _amounts(
        "at_least_cash", "Least rise a year", "pay", "at_least_cash_micros", step=10_000_000, most=100_000
    ),
    _percents("at_least_percent", "Least rise in percent", "pay", "at_least_percent_ppm"),
    _amounts(
        "at_least_hourly",
        "Least rise an hour",
        "pay",
        "at_least_hourly_micros",
        step=10_000,
        most=1_000,
        unit="£/h",
    ),
    _amounts("at_most_cash", "Most rise a year", "pay", "at_most_cash_micros", step=10_000_000, most=100_000),
    _percents("at_most_percent", "Most rise in percent", "pay", "at_most_percent_ppm"),
    _amounts("floor_hourly", "Floor", "settlement", "floor_micros", step=10_000, most=1_000, unit="£/h"),
    _percents("allowances_percent", "Allowances", "settlement", "allowances_ppm"),
    _percents("differential", "Gap between grades", "differential", "at_least_percent_ppm", step=1_000),
    Lever(
        "weekly_hours",
        "Weekly hours",
        "h",
        PPM,
        250_000,
        "terms",
        "weekly_hours",
        60 * PPM,
        generous=-1,
    ),
    Lever("annual_leave_days", "Annual leave", "days", PPM, 500_000, "terms", "annual_leave_days", 100 * PPM),
    Lever(
        "paid_training_hours",
        "Paid training",
        "h",
        PPM,
        500_000,
        "terms",
        "paid_training_hours",
        2000 * PPM,
    ),
    _amounts("sleep_in_rate", "Sleep-in", "terms", "sleep_in_micros", step=500_000, most=1_000),
    _percents("employer_pension_percent", "Employer pension", "terms", "employer_pension_ppm", step=1_000),
    _percents("uplift_percent", "Fee uplift", "fees", "uplift_ppm", generous=0),
    _percents("margin_cap_percent", "Cap on margins", "fees", "margin_cap_ppm", generous=0),
)
LEVERS = {one.key: one for one in _ALL}
_OTHER_NAMES = {"floor": "floor_hourly", "gap": "differential", "fee": "uplift_percent"}


def lever_of(key: str) -> Lever:
    """The lever that a key names, whatever step or rule of the offer it stands for. Raises UnusableInput."""
    return _parsed(key).lever


def step_of(key: str) -> int:
    """The settlement that a key stands in, from 0. Raises UnusableInput."""
    return _parsed(key).step


def read_vary(text: str) -> Vary:
    """``KEY=LOW:HIGH`` or ``KEY=LOW:HIGH:STEP`` as limits of a lever. Raises UnusableInput."""
    key, equals, limits = text.partition("=")
    numbers = limits.split(":")
    lever = lever_of(key.strip())
    if not equals or len(numbers) not in {2, 3}:
        raise UnusableInput(f"“{text}” names no limits; write {lever.key}=LOW:HIGH, such as percent=2.0:4.5.")
    low, high, *steps = (_whole(one, lever, text) for one in numbers)
    return limits_of(key.strip(), low, high, steps[0] if steps else lever.step)


def limits_of(key: str, low: int, high: int, step: int) -> Vary:
    """Checked limits, in the lever's whole units. Raises UnusableInput with the sentence that says what is wrong."""
    lever = lever_of(key)
    if step <= 0:
        raise UnusableInput(f"The step of {key} must be above nought.")
    if low > high:
        raise UnusableInput(f"The lower limit of {key} is above the upper one; write LOW:HIGH.")
    least = -100 * _PERCENT if lever.key == "uplift_percent" else 0
    if low < least or high > lever.most:
        raise UnusableInput(
            f"The limits of {key} must lie between {number_text(least, lever)} and {number_text(lever.most, lever)}."
        )
    return Vary(key, low, high, step)


def number_text(value: int, lever: Lever) -> str:
    """A value of a lever as the shortest exact decimal in its unit."""
    return format((Decimal(value) / lever.scale).normalize(), "f")


def with_values(offer: Offer, sector: Sector, values: dict[str, int]) -> Offer:
    """The offer with levers at these values. Raises UnusableInput where the offer has no place for one."""
    for key, value in values.items():
        offer = _with(offer, sector, key, value)
    return offer


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a key points: lever, settlement, and the number of the rule where one is named (both from 0)."""

    lever: Lever
    step: int
    number: int | None


def _parsed(key: str) -> _Place:
    found = _KEY.fullmatch(key)
    name = found["name"] if found else key
    number = int(found["number"]) - 1 if found and found["number"] else None
    bare = re.fullmatch(r"differential(\d+)", name)
    if bare:
        name, number = "differential", int(bare[1]) - 1
    if found and found["part"] == "differential" and name == "at_least_percent":
        name = "differential"
    name = _OTHER_NAMES.get(name, name)
    lever = LEVERS.get(name)
    if lever is None:
        near = get_close_matches(name, LEVERS, n=1, cutoff=0.5)
        hint = f"did you mean “{near[0]}”" if near else f"use one of {', '.join(LEVERS)}"
        raise UnusableInput(f"“{key}” is nothing that can be varied; {hint}.")
    return _Place(lever, int(found["step"]) - 1 if found and found["step"] else 0, number)


def _whole(text: str, lever: Lever, whole: str) -> int:
    try:
        exact = Decimal(text.strip()) * lever.scale
    except InvalidOperation:
        raise UnusableInput(f"“{text}” in “{whole}” is not a number; write {lever.key}=LOW:HIGH.") from None
    if not exact.is_finite() or exact != exact.to_integral_value():
        raise UnusableInput(f"“{text}” in “{whole}” has more digits than an offer can hold.")
    return int(exact)


def _with(offer: Offer, sector: Sector, key: str, value: int) -> Offer:
    place = _parsed(key)
    if not 0 <= place.step < len(offer.settlements):
        raise UnusableInput(
            f"“{key}” names settlement {place.step + 1}, but “{offer.name}” has {len(offer.settlements)}."
        )
    step = offer.settlements[place.step]
    changed = _WRITE[place.lever.part](step, place, value, sector)
    steps = (*offer.settlements[: place.step], changed, *offer.settlements[place.step + 1 :])
    return replace(offer, settlements=steps)


def _in_pay(step: Settlement, place: _Place, value: int, _sector: Sector) -> Settlement:
    rules, at = step.pay, place.number
    if at is None:
        at = next(
            (n for n, rule in enumerate(rules) if rule.scope == Scope() and not rule.non_consolidated), None
        )
        if at is None:
            if any(not rule.non_consolidated for rule in rules):
                raise UnusableInput(
                    f"The offer has no pay rule for everyone, so “{place.lever.key}” has no place; "
                    f"name the rule, such as pay1.{place.lever.key}."
                )
            rules, at = (PayRule(), *rules), 0
    if not 0 <= at < len(rules):
        raise UnusableInput(
            f"The offer has {len(rules)} pay rules in that settlement; there is no rule {at + 1}."
        )
    rule = _set(rules[at], place.lever.field, value)
    return replace(step, pay=(*rules[:at], rule, *rules[at + 1 :]))


def _in_differentials(step: Settlement, place: _Place, value: int, sector: Sector) -> Settlement:
    held = step.differentials or tuple(Differential(upper, lower) for lower, upper in neighbours(sector))
    if not held:
        raise UnusableInput("The sector's staff hold no two grades, so a gap between grades has no place.")
    if place.number is not None and not 0 <= place.number < len(held):
        raise UnusableInput(
            f"The offer has {len(held)} differentials; there is no number {place.number + 1}."
        )
    changed = tuple(
        replace(one, at_least_percent_ppm=value) if place.number in {None, at} else one
        for at, one in enumerate(held)
    )
    return replace(step, differentials=changed)


def _in_terms(step: Settlement, place: _Place, value: int, _sector: Sector) -> Settlement:
    whole = place.lever.field.endswith(("_micros", "_ppm"))
    return replace(step, terms=_set(step.terms, place.lever.field, value if whole else value / PPM))


def _in_fees(step: Settlement, place: _Place, value: int, _sector: Sector) -> Settlement:
    fees = step.fees
    if place.lever.key == "uplift_percent":
        fees = replace(fees, rule=FeeRule.FIXED)
    return replace(step, fees=_set(fees, place.lever.field, value))


def _set(held: Held, field: str, value: float) -> Held:
    changes: dict[str, Any] = {field: value}
    return replace(held, **changes)


_WRITE: dict[str, Callable[[Settlement, _Place, int, Sector], Settlement]] = {
    "pay": _in_pay,
    "settlement": lambda step, place, value, _: _set(step, place.lever.field, value),
    "differential": _in_differentials,
    "terms": _in_terms,
    "fees": _in_fees,
}
