"""Dated statutory parameters: read once from the data files, asked for by day."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources

from bargain.money import micros
from bargain.parameters.checks import faults_in
from bargain.plain_days import in_full
from models.issues import UnusableInput
from models.parameters import DatedValue, LegalFloor, OnCostParameters, Parameter
from models.units import PPM

_FILES = ("employer_ni", "pension", "levy", "minimum_wage", "real_living_wage", "terms")


@cache
def parameters() -> dict[str, Parameter]:
    """Every parameter by key. The data ships with the program; a fault in it is ours, not the user's."""
    found: dict[str, Parameter] = {}
    for name in _FILES:
        text = resources.files("bargain").joinpath(f"data/parameters/{name}.toml").read_text("utf-8")
        for key, table in tomllib.loads(text, parse_float=Decimal).items():
            found[key] = Parameter(
                key=key,
                label=table["label"]["en"],
                unit=table["unit"],
                review_by=table["review_by"],
                values=tuple(
                    DatedValue(one["from"], Decimal(one["value"]), one["reference"], one["confidence"])
                    for one in table["values"]
                ),
            )
    faults = faults_in(found)
    if faults:
        raise ValueError("; ".join(faults))
    return found


def value_on(key: str, day: date) -> DatedValue:
    """The value that holds on a day. Before the first one: an error that names key and day."""
    parameter = parameters()[key]
    held = [value for value in parameter.values if value.starts <= day]
    if not held:
        raise UnusableInput(
            f"There is no {parameter.label} for {in_full(day)}: the first one known is of "
            f"{in_full(parameter.values[0].starts)}. Use a later date."
        )
    return held[-1]


def legal_floor_on(day: date | None) -> LegalFloor | None:
    """The National Living Wage of a day; None for no day, and for one before the first figure."""
    if day is None or day < parameters()["national_living_wage"].values[0].starts:
        return None
    held = value_on("national_living_wage", day)
    return LegalFloor(float(held.value), held.is_checked)


def change_days() -> tuple[date, ...]:
    """Every day on which any parameter changes, earliest first."""
    return tuple(sorted({value.starts for one in parameters().values() for value in one.values}))


@cache
def on_costs_on(day: date) -> OnCostParameters:
    """The statutory figures of one day, in the engine's units, with what should be checked about them."""
    warnings = []
    for key in _USED:
        parameter = parameters()[key]
        held = value_on(key, day)
        if day > parameter.review_by:
            warnings.append(
                f"{parameter.label}: {in_full(day)} is past the date for review, {in_full(parameter.review_by)}; "
                f"the value of {in_full(held.starts)} is used."
            )
        if not held.is_checked:
            warnings.append(f"{parameter.label} of {in_full(held.starts)} has not been verified.")
    return OnCostParameters(
        day=day,
        ni_rate_ppm=_ppm("ni_rate", day),
        ni_threshold_micros=_micros("ni_threshold", day),
        ni_under_21_threshold_micros=_micros("ni_under_21_threshold", day),
        employment_allowance_micros=_micros("employment_allowance", day),
        band_lower_micros=_micros("pension_band_lower", day),
        band_upper_micros=_micros("pension_band_upper", day),
        pension_minimum_ppm=_ppm("pension_minimum", day),
        levy_rate_ppm=_ppm("levy_rate", day),
        levy_allowance_micros=_micros("levy_allowance", day),
        minimum_wage_micros=_micros("national_living_wage", day),
        real_living_wage_micros=_micros("real_living_wage", day),
        warnings=tuple(warnings),
        ni_apprentice_threshold_micros=_micros("ni_apprentice_threshold", day),
        ni_veteran_threshold_micros=_micros("ni_veteran_threshold", day),
        band_counts_all=bool(value_on("pension_band_counts_all", day).value),
        scheme_counts_all=bool(value_on("pension_scheme_counts_all", day).value),
    )


# What on-costs are worked out from; every one of them is in a costing workbook.
ON_COST_KEYS = (
    "ni_rate",
    "ni_threshold",
    "ni_under_21_threshold",
    "ni_apprentice_threshold",
    "ni_veteran_threshold",
    "employment_allowance",
    "pension_band_lower",
    "pension_band_upper",
    "pension_minimum",
    "pension_band_counts_all",
    "pension_scheme_counts_all",
    "levy_rate",
    "levy_allowance",
)
_USED = (*ON_COST_KEYS, "national_living_wage", "real_living_wage")


def _micros(key: str, day: date) -> int:
    return micros(value_on(key, day).value)


def _ppm(key: str, day: date) -> int:
    return int(value_on(key, day).value * PPM)
