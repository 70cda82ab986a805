"""What moves it: each lever of an offer, each assumption and each statutory rate varied alone, through the engine."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from bargain.appraisal import FiguresOn, cost_of
from bargain.assumed import kind_of
from bargain.parameters.load import on_costs_on
from bargain.progress import Progress
from models.costing import CostBreakdown
from models.issues import UnusableInput
from models.offer import Differential, Offer, PayRule, Settlement
from models.parameters import OnCostParameters
from models.sector import Sector
from models.sensitivity import Input, Swing, Tornado
from models.terms import Terms
from models.units import MICROS_PER_POUND, PPM

Held = TypeVar("Held", Settlement, PayRule, Differential, Terms)

TENTH, STEP = "tenth", "step"
WAYS = MappingProxyType(
    {TENTH: "each input a tenth lower and higher", STEP: "each input one step lower and higher"}
)
FIGURES: Mapping[str, tuple[str, Callable[[CostBreakdown], float]]] = MappingProxyType(
    {
        "cost_full_year": ("Full-year cost", lambda cost: cost.full_year),
        "cost_in_year": ("Cost in the first settlement year", lambda cost: cost.in_year_cost),
        "cost_total": ("Cost over the deal", lambda cost: cost.over_term),
    }
)
_A_TENTH = 0.1
_ASSUMPTION_STEPS = {"share": 0.01}  # a percentage point; of anything else one
Change = Callable[[float], tuple[Sector, Offer, FiguresOn]]


@dataclass(frozen=True, slots=True, eq=False)
class _Lever:
    """One input: its value, its step, its limits, and the case with another value in its place."""

    key: str
    label: str
    unit: str
    kind: Input
    value: float
    step: float
    change: Change
    least: float = 0.0
    most: float = float("inf")
    is_sourced: bool = True


def tornado(
    sector: Sector, offer: Offer, figure: str = "cost_full_year", *, by: str = TENTH
) -> Generator[Progress, None, Tornado]:
    """Every input alone, lower and higher, the widest swing first. by: ``tenth`` or ``step``.

    Raises UnusableInput for a figure or a way that there is not, and where the offer itself can't be priced.
    """
    if figure not in FIGURES:
        raise UnusableInput(f"There is no figure “{figure}” to vary; use one of {', '.join(FIGURES)}.")
    if by not in WAYS:
        raise UnusableInput(f"Inputs can be varied by {' or '.join(WAYS)}, not by “{by}”.")
    label, value_of = FIGURES[figure]
    base = value_of(cost_of(sector, offer))
    levers = [*_offer_levers(sector, offer), *_assumed(sector, offer), *_statutory(sector, offer)]
    swings = []
    for number, lever in enumerate(levers):
        yield Progress("varying", number, len(levers))
        size = lever.value * _A_TENTH if by == TENTH else lever.step
        low, high = max(lever.value - size, lever.least), min(lever.value + size, lever.most)
        costs = [_cost(lever.change(value), value_of) for value in (low, high)]
        swings.append(
            Swing(
                lever.key,
                lever.label,
                lever.unit,
                lever.kind,
                lever.value,
                low,
                high,
                cost_low=costs[0],
                cost_high=costs[1],
                is_sourced=lever.is_sourced,
            )
        )
    swings.sort(key=lambda one: (-one.width, one.label))
    return Tornado(figure, label, base, WAYS[by], tuple(swings))


def _cost(case: tuple[Sector, Offer, FiguresOn], value_of: Callable[[CostBreakdown], float]) -> float | None:
    sector, offer, figures_on = case
    try:
        return value_of(cost_of(sector, offer, figures_on=figures_on))
    except UnusableInput:  # for instance a floor so low that the offer says nothing any more
        return None


# Levers of the offer: a number wherever it stands in the offer, all moved by as much


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of the offer: its field, its words, how many of the field's unit are one of ``unit``, its step."""

    key: str
    label: str
    unit: str
    scale: int
    step: float


Moved = Callable[[float], float]
_Shift = Callable[[Settlement, str, Moved], Settlement]
_FLOOR = _Number("floor_micros", "Lowest hourly rate", "£ an hour", MICROS_PER_POUND, 0.01)
_GAP = _Number("at_least_percent_ppm", "Gap between grades", "%", PPM // 100, 0.5)
_IN_RULES = (
    _Number("percent_ppm", "Percent", "%", PPM // 100, 0.05),
    _Number("cash_micros", "Flat cash", "£ a year", MICROS_PER_POUND, 10.0),
    _Number("at_least_cash_micros", "At least, cash", "£ a year", MICROS_PER_POUND, 10.0),
    _Number("at_least_percent_ppm", "At least, percent", "%", PPM // 100, 0.05),
    _Number("at_least_hourly_micros", "At least, an hour", "£ an hour", MICROS_PER_POUND, 0.01),
    _Number("at_most_cash_micros", "At most, cash", "£ a year", MICROS_PER_POUND, 10.0),
    _Number("at_most_percent_ppm", "At most, percent", "%", PPM // 100, 0.05),
)
_IN_TERMS = (
    _Number("weekly_hours", "Weekly hours", "hours", 1, 0.5),
    _Number("annual_leave_days", "Annual leave", "days", 1, 1.0),
    _Number("sick_pay_full_weeks", "Sick pay", "weeks", 1, 1.0),
    _Number("maternity_full_weeks", "Maternity pay", "weeks", 1, 1.0),
    _Number("family_leave_days", "Family leave", "days", 1, 1.0),
    _Number("paid_training_hours", "Paid training", "hours", 1, 1.0),
    _Number("paid_supervision_hours", "Supervision", "hours", 1, 1.0),
    _Number("employer_pension_ppm", "Employer pension", "%", PPM // 100, 0.5),
    _Number("overtime_ppm", "Overtime premium", "%", PPM // 100, 5.0),
    _Number("sleep_in_micros", "Sleep-in", "£", MICROS_PER_POUND, 1.0),
    _Number("waking_night_micros", "Waking night", "£", MICROS_PER_POUND, 1.0),
    _Number("on_call_micros", "On-call duty", "£", MICROS_PER_POUND, 1.0),
)


def _offer_levers(sector: Sector, offer: Offer) -> list[_Lever]:
    steps = offer.settlements
    found = [
        _lever(sector, offer, one, _in_rules, [getattr(rule, one.key) for step in steps for rule in step.pay])
        for one in _IN_RULES
    ]
    found.append(_lever(sector, offer, _FLOOR, _in_step, [step.floor_micros for step in steps]))
    gaps = [each.at_least_percent_ppm for step in steps for each in step.differentials]
    found.append(_lever(sector, offer, _GAP, _in_differentials, gaps))
    found += [
        _lever(sector, offer, one, _in_terms, [getattr(step.terms, one.key) for step in steps])
        for one in _IN_TERMS
    ]
    return [one for one in found if one is not None]


def _lever(
    sector: Sector, offer: Offer, number: _Number, shift: _Shift, values: Sequence[float | None]
) -> _Lever | None:
    """One lever for all places where the offer has this number; it moves each by as much as the first."""
    held = [value for value in values if value]
    if not held:
        return None
    first = held[0] / number.scale

    def change(value: float) -> tuple[Sector, Offer, FiguresOn]:
        more = (value - first) * number.scale

        def moved(old: float) -> float:
            new = max(old + more, 0.0)
            return new if number.scale == 1 else round(new)

        steps = tuple(shift(one, number.key, moved) for one in offer.settlements)
        return sector, replace(offer, settlements=steps), on_costs_on

    return _Lever(f"offer:{number.key}", number.label, number.unit, Input.OFFER, first, number.step, change)


def _moved(held: Held, key: str, moved: Moved) -> Held:
    """A value with one of its numbers moved; one that it does not set stays unset."""
    old = getattr(held, key)
    if not old:
        return held
    changes: dict[str, Any] = {key: moved(old)}
    return replace(held, **changes)


def _in_step(one: Settlement, key: str, moved: Moved) -> Settlement:
    return _moved(one, key, moved)


def _in_rules(one: Settlement, key: str, moved: Moved) -> Settlement:
    return replace(one, pay=tuple(_moved(rule, key, moved) for rule in one.pay))


def _in_differentials(one: Settlement, key: str, moved: Moved) -> Settlement:
    return replace(one, differentials=tuple(_moved(gap, key, moved) for gap in one.differentials))


def _in_terms(one: Settlement, key: str, moved: Moved) -> Settlement:
    return replace(one, terms=_moved(one.terms, key, moved))


# Assumptions of the sector, and statutory rates


def _assumed(sector: Sector, offer: Offer) -> list[_Lever]:
    found = []
    for at, one in enumerate(sector.assumptions):
        if one.value is None:
            continue
        kind = kind_of(one.key)

        def change(value: float, at: int = at) -> tuple[Sector, Offer, FiguresOn]:
            held = list(sector.assumptions)
            held[at] = replace(held[at], value=value)
            return replace(sector, assumptions=tuple(held)), offer, on_costs_on

        label = f"{one.label or one.key} ({one.employer})" if one.employer else one.label or one.key
        found.append(
            _Lever(
                f"assumption:{one.key}{':' if one.employer else ''}{one.employer}",
                label,
                one.unit,
                Input.ASSUMPTION,
                one.value,
                _ASSUMPTION_STEPS.get(kind.unit if kind else one.unit, 1.0),
                change,
                least=kind.least if kind else 0.0,
                most=kind.most if kind else float("inf"),
                is_sourced=one.is_sourced,
            )
        )
    return found


_STATUTORY = (
    ("ni_rate_ppm", "Employer National Insurance rate", "%", PPM // 100, 0.5),
    ("ni_threshold_micros", "Secondary threshold", "£ a year", MICROS_PER_POUND, 100.0),
    ("band_lower_micros", "Lower limit of qualifying earnings", "£ a year", MICROS_PER_POUND, 100.0),
    ("band_upper_micros", "Upper limit of qualifying earnings", "£ a year", MICROS_PER_POUND, 100.0),
    ("pension_minimum_ppm", "Employer minimum pension contribution", "%", PPM // 100, 0.5),
)


def _statutory(sector: Sector, offer: Offer) -> list[_Lever]:
    """Statutory figures of the day, moved on every day of the offer by as much as on the first."""
    found = []
    first = on_costs_on(offer.settlements[0].effective)
    for key, label, unit, scale, step in _STATUTORY:
        value = getattr(first, key) / scale

        def change(
            wanted: float, key: str = key, scale: int = scale, value: float = value
        ) -> tuple[Sector, Offer, FiguresOn]:
            more = round((wanted - value) * scale)

            def figures(day: date) -> OnCostParameters:
                held = on_costs_on(day)
                return replace(held, **{key: max(getattr(held, key) + more, 0)})

            return sector, offer, figures

        found.append(_Lever(f"statutory:{key}", label, unit, Input.STATUTORY, value, step, change))
    return found
