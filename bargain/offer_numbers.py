"""Every number that an offer names: where it stands, in what unit, and the offer with it moved.

A number that stands in several places (a percentage in each of three steps) moves in all of them by as much.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from models.offer import Offer
from models.units import MICROS_PER_POUND, PPM

_PERCENT, _POUNDS = PPM // 100, MICROS_PER_POUND


@dataclass(frozen=True, slots=True)
class OfferNumber:
    """One number: its words, how many of the field's unit are one of ``unit``, its step, the way to it from a settlement."""

    key: str
    label: str
    unit: str
    scale: int
    step: float
    way: tuple[str, ...]


def _percent(way: str, label: str, step: float = 0.05, key: str = "") -> OfferNumber:
    return OfferNumber(key or way.rpartition(".")[2], label, "%", _PERCENT, step, tuple(way.split(".")))


def _cash(way: str, label: str, unit: str = "£ a year", *, step: float = 10.0, key: str = "") -> OfferNumber:
    return OfferNumber(key or way.rpartition(".")[2], label, unit, _POUNDS, step, tuple(way.split(".")))


def _plain(way: str, label: str, unit: str, step: float = 1.0, key: str = "") -> OfferNumber:
    return OfferNumber(key or way.rpartition(".")[2], label, unit, 1, step, tuple(way.split(".")))


NUMBERS = (
    _percent("pay.percent_ppm", "Percent"),
    _cash("pay.cash_micros", "Flat cash"),
    _cash("pay.at_least_cash_micros", "At least, cash"),
    _percent("pay.at_least_percent_ppm", "At least, percent"),
    _cash("pay.at_least_hourly_micros", "At least, an hour", "£ an hour", step=0.01),
    _cash("pay.at_most_cash_micros", "At most, cash"),
    _percent("pay.at_most_percent_ppm", "At most, percent"),
    _cash("pay.at_most_hourly_micros", "At most, an hour", "£ an hour", step=0.01),
    _cash("pay.percent_of_first_micros", "Pay that the percentage counts on", step=100.0),
    _cash("pay.scope.pay_above_micros", "Pay above which a rule reaches", step=100.0),
    _cash("pay.scope.pay_up_to_micros", "Pay up to which a rule reaches", step=100.0),
    _percent("pay.taper.to_percent_ppm", "Percent at the end of the taper"),
    _cash("pay.taper.to_cash_micros", "Cash at the end of the taper"),
    _cash("pay.taper.from_pay_micros", "Pay at which the taper begins", step=100.0),
    _cash("pay.taper.to_pay_micros", "Pay at which the taper ends", step=100.0),
    _percent("pay.index.assumed_ppm", "Index as the offer assumes it", key="index_assumed_ppm"),
    _percent("pay.index.plus_ppm", "Added to the index", key="index_plus_ppm"),
    _percent("pay.index.floor_ppm", "Least rise under the index", key="index_floor_ppm"),
    _percent("pay.index.cap_ppm", "Most rise under the index", key="index_cap_ppm"),
    _cash("floor_micros", "Lowest hourly rate", "£ an hour", step=0.01),
    _cash("floor_annual_micros", "Lowest full-time year"),
    _percent("differentials.at_least_percent_ppm", "Gap between grades", 0.5, key="gap_percent_ppm"),
    _cash(
        "differentials.at_least_hourly_micros",
        "Gap between grades, an hour",
        "£ an hour",
        step=0.01,
        key="gap_hourly_micros",
    ),
    _cash("insert_points.amount_micros", "Amount of a point put in", "£", key="insert_amount_micros"),
    _cash("spine.bottom_micros", "Bottom of the new spine", "£", key="spine_bottom_micros"),
    _cash("spine.top_micros", "Top of the new spine", "£", key="spine_top_micros"),
    _cash("weightings.cash_micros", "Regional weighting", key="weighting_cash_micros"),
    _percent("allowances_ppm", "All allowances together"),
    _percent("allowances.percent_ppm", "Allowance by name, rise", key="allowance_percent_ppm"),
    _cash("allowances.amount_micros", "Allowance by name, amount", "£", step=1.0, key="allowance_micros"),
    _percent("allowances.share_ppm", "Allowance by name, of basic pay", 0.5, key="allowance_share_ppm"),
    _plain("allowances.staff", "Staff who get an allowance by name", "staff", key="allowance_staff"),
    _plain("terms.weekly_hours", "Weekly hours", "hours", 0.5),
    _plain("terms.annual_leave_days", "Annual leave", "days"),
    _plain("terms.sick_pay_full_weeks", "Sick pay", "weeks"),
    _plain("terms.maternity_full_weeks", "Maternity pay", "weeks"),
    _plain("terms.family_leave_days", "Family leave", "days"),
    _plain("terms.paid_training_hours", "Paid training", "hours"),
    _plain("terms.paid_supervision_hours", "Supervision", "hours"),
    _percent("terms.employer_pension_ppm", "Employer pension", 0.5),
    _percent("terms.overtime_ppm", "Overtime premium", 5.0),
    _percent("terms.unsocial_ppm", "Premiums for unsocial hours", 1.0),
    _cash("terms.sleep_in_micros", "Sleep-in", "£", step=1.0),
    _cash("terms.waking_night_micros", "Waking night", "£", step=1.0),
    _cash("terms.on_call_micros", "On-call duty", "£", step=1.0),
)


def first_of(offer: Offer, number: OfferNumber) -> float | None:
    """The first value that the offer gives a number, in its unit; None where it gives none."""
    for step in offer.settlements:
        for value in _values(step, number.way):
            if value:
                return value / number.scale
    return None


def with_number(offer: Offer, number: OfferNumber, more: float) -> Offer:
    """The offer with a number higher by so many of its unit wherever it has a value; never below nought."""

    def moved(old: float) -> float:
        new = max(old + more * number.scale, 0.0)
        return new if number.scale == 1 else round(new)

    return replace(offer, settlements=tuple(_moved(step, number.way, moved) for step in offer.settlements))


def _values(held: Any, way: tuple[str, ...]) -> list[float]:
    """The numbers at the end of a way, through every part of a list."""
    if held is None:
        return []
    if isinstance(held, tuple):
        if not way and len(held) == 2 and isinstance(held[0], str):
            return [held[1]]
        return [value for one in held for value in _values(one, way)]
    return _values(getattr(held, way[0]), way[1:]) if way else [held]


def _moved(held: Any, way: tuple[str, ...], moved: Callable[[float], float]) -> Any:
    """The same part with the numbers at the end of a way moved; one that is not set, or nought, stays so."""
    if not held:
        return held
    if isinstance(held, tuple):
        if not way and len(held) == 2 and isinstance(held[0], str):
            return (held[0], moved(held[1]) if held[1] else held[1])
        return tuple(_moved(one, way, moved) for one in held)
    if not way:
        return moved(held)
    return replace(held, **{way[0]: _moved(getattr(held, way[0]), way[1:], moved)})
