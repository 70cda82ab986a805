"""What moves it: each lever of an offer, each assumption and each statutory rate varied alone, through the engine."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from bargain.appraisal import FiguresOn, cost_of
from bargain.assumed import kind_of
from bargain.ni_reliefs import Relief, reliefs_of
from bargain.offer_numbers import NUMBERS, OfferNumber, first_of, with_number
from bargain.parameters.load import on_costs_on
from bargain.progress import Progress
from bargain.register import held_inputs
from bargain.settings import is_setting
from models.assumptions import YES_OR_NO, Assumption
from models.costing import CostBreakdown
from models.issues import UnusableInput
from models.offer import Offer
from models.parameters import OnCostParameters
from models.sector import Sector
from models.sensitivity import Input, Swing, Tornado
from models.units import MICROS_PER_POUND, PPM

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
_POINT = 0.01
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
    is_yes_or_no: bool = False

    def ends(self, by: str) -> tuple[float, float]:
        """Its lower and higher value: a tenth or a step away, within its limits; a yes or no has no and yes."""
        if self.is_yes_or_no:
            return 0.0, 1.0
        size = self.value * _A_TENTH if by == TENTH else self.step
        return max(self.value - size, self.least), min(self.value + size, self.most)


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
    levers = [
        *_offer_levers(sector, offer),
        *_assumed(sector, offer),
        *_settings(sector, offer),
        *_statutory(sector, offer),
    ]
    swings = []
    for number, lever in enumerate(levers):
        yield Progress("varying", number, len(levers))
        low, high = lever.ends(by)
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
                base=base,
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


def _offer_levers(sector: Sector, offer: Offer) -> list[_Lever]:
    found = []
    for number in NUMBERS:
        first = first_of(offer, number)
        if first is None:
            continue

        def change(
            value: float, number: OfferNumber = number, first: float = first
        ) -> tuple[Sector, Offer, FiguresOn]:
            return sector, with_number(offer, number, value - first), on_costs_on

        found.append(
            _Lever(f"offer:{number.key}", number.label, number.unit, Input.OFFER, first, number.step, change)
        )
    return found


# Assumptions of the sector, and statutory rates


def _assumed(sector: Sector, offer: Offer) -> list[_Lever]:
    """What the register holds: assumptions, and today's terms that the sector came with."""
    found = []
    for one in held_inputs(sector):
        if one.value is None or is_setting(one):
            continue
        kind = kind_of(one.key)

        def change(value: float, one: Assumption = one) -> tuple[Sector, Offer, FiguresOn]:
            held = [other for other in sector.assumptions if other is not one]
            return replace(sector, assumptions=(*held, replace(one, value=value))), offer, on_costs_on

        label = f"{one.label or one.key} ({one.employer})" if one.employer else one.label or one.key
        found.append(
            _Lever(
                f"assumption:{one.key}{':' if one.employer else ''}{one.employer}",
                label,
                one.unit,
                Input.ASSUMPTION,
                one.value,
                _step_of(kind.unit if kind else one.unit),
                change,
                least=kind.least if kind else 0.0,
                most=kind.most if kind else float("inf"),
                is_sourced=one.is_sourced,
                is_yes_or_no=kind is not None and kind.unit == YES_OR_NO,
            )
        )
    return found


def _step_of(unit: str) -> float:
    """A percentage point of a share of anything; one of anything else."""
    return _POINT if unit.split(" ", 1)[0] == "share" else 1.0


def _settings(sector: Sector, offer: Offer) -> list[_Lever]:
    """The sector's own figures that are no assumption: its weeks, and what employers pay into pensions."""

    def weeks(value: float) -> tuple[Sector, Offer, FiguresOn]:
        return replace(sector, weeks_y=round(value, 3)), offer, on_costs_on

    found = [_Lever("sector:weeks_y", "Weeks a year", "weeks", Input.SETTING, sector.weeks_y, 0.1, weeks)]
    own = [one.pension_ppm for one in sector.employers if one.pension_ppm]
    if own:
        first = own[0] / (PPM // 100)

        def pensions(value: float) -> tuple[Sector, Offer, FiguresOn]:
            more = round((value - first) * (PPM // 100))
            records = tuple(
                replace(one, pension_ppm=max(one.pension_ppm + more, 0)) if one.pension_ppm else one
                for one in sector.employers
            )
            return replace(sector, employers=records), offer, on_costs_on

        label = "Employers’ own pension contributions"
        found.append(_Lever("sector:pension", label, "%", Input.SETTING, first, 0.5, pensions))
    return found


_STATUTORY = (
    ("ni_rate_ppm", "Employer National Insurance rate", "%", PPM // 100, 0.5),
    ("ni_threshold_micros", "Secondary threshold", "£ a year", MICROS_PER_POUND, 100.0),
    ("band_lower_micros", "Lower limit of qualifying earnings", "£ a year", MICROS_PER_POUND, 100.0),
    ("band_upper_micros", "Upper limit of qualifying earnings", "£ a year", MICROS_PER_POUND, 100.0),
    ("pension_minimum_ppm", "Employer minimum pension contribution", "%", PPM // 100, 0.5),
)
_STATUTORY_OF_SOME = (  # shown where somebody in the sector has to do with it
    ("ni_under_21_threshold_micros", "Upper threshold, under 21", "£ a year", MICROS_PER_POUND, 100.0),
    ("ni_apprentice_threshold_micros", "Upper threshold, apprentices", "£ a year", MICROS_PER_POUND, 100.0),
    ("ni_veteran_threshold_micros", "Upper threshold, veterans", "£ a year", MICROS_PER_POUND, 100.0),
    ("employment_allowance_micros", "Employment Allowance", "£ a year", MICROS_PER_POUND, 100.0),
    ("levy_rate_ppm", "Apprenticeship levy rate", "%", PPM // 100, 0.1),
    ("levy_allowance_micros", "Apprenticeship levy allowance", "£ a year", MICROS_PER_POUND, 100.0),
)


def _of_some(sector: Sector) -> list[tuple[str, str, str, int, float]]:
    """The figures of reliefs, allowance and levy that somebody in the sector has."""
    reliefs = reliefs_of(sector.workforce)
    has = [
        *(bool((reliefs == relief).any()) for relief in (Relief.UNDER_21, Relief.APPRENTICE, Relief.VETERAN)),
        any(one.claims_employment_allowance for one in sector.employers),
        *(2 * [any(one.pays_levy for one in sector.employers)]),
    ]
    return [one for one, shown in zip(_STATUTORY_OF_SOME, has, strict=True) if shown]


def _statutory(sector: Sector, offer: Offer) -> list[_Lever]:
    """Statutory figures of the day, moved on every day of the offer by as much as on the first."""
    found = []
    first = on_costs_on(offer.settlements[0].effective)
    for key, label, unit, scale, step in (*_STATUTORY, *_of_some(sector)):
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
