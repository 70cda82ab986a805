"""The words of an explanation: what each figure means, and how an amount is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bargain.basis import banner
from models.appraisal import Appraisal


def staff_of(appraisal: Appraisal) -> str:
    """How many staff a figure is about."""
    heads = appraisal.before.heads
    said = banner(appraisal.basis)
    if said:
        return f"{heads:,.0f} staff ({said[0].lower()}{said[1:]})"
    return f"{heads:,.0f} staff" if float(heads).is_integer() else f"{heads:,.2f} staff"


def in_pounds(amount: float) -> str:
    """Whole pounds with separators."""
    return f"{'-' if round(amount) < 0 else ''}£{abs(round(amount)):,}"


def in_words(value: float, unit: str) -> str:
    """A value with its unit."""
    if unit == "share":
        return f"{value * 100 + 0.0:,.2f} %"
    if unit == "£":
        return in_pounds(value)
    if unit == "£/h":
        return f"£{value:,.2f} an hour"
    if unit == "hours":
        return f"{value:,.1f} hours"
    if unit == "heads":
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
    return f"{value:,.4f}"


BILLS: Mapping[str, tuple[str, str, Callable[[Appraisal], float]]] = MappingProxyType(
    {
        "paybill_growth": (
            "Pay bill growth",
            "The basic pay of {staff}, without on-costs, is {amount} higher at the end than at the start.",
            lambda found: found.after.measures.get("paybill_growth") or 0.0,
        ),
        "level": (
            "Pay bill: level",
            "The basic pay bill of {staff}, without on-costs, ends {amount} higher.",
            lambda found: found.cost.level,
        ),
        "in_year": (
            "Pay bill: in-year",
            "The basic pay bill of {staff} in the first settlement year is {amount} above a year at the old rates.",
            lambda found: found.cost.in_year,
        ),
        "carry_over": (
            "Pay bill: carry-over",
            "The basic pay bill of {staff} at the end is {amount} above that of the first settlement year.",
            lambda found: found.cost.carry_over,
        ),
        "comparable_rate": (
            "Comparable rate for twelve months",
            "Spread over twelve months, the basic pay bill of {staff} grows by {amount}.",
            lambda found: found.cost.comparable_rate,
        ),
    }
)
QUOTIENTS = {
    "p90_p10": ("p90", "p10"),
    "p90_p50": ("p90", "p50"),
    "p50_p10": ("p50", "p10"),
    "max_min": ("highest", "lowest"),
}
BY_WAGES = (  # measured by the minimum or the living wage of the day
    "at_legal_floor_share",
    "heads_below_legal_floor",
    "below_living_wage_share",
    "heads_below_hourly",
    "low_pay_share",
)
MEANINGS = {
    "p10": "the lowest hourly pay that reaches a tenth of them",
    "p50": "the lowest hourly pay that reaches half of them",
    "p90": "the lowest hourly pay that reaches nine tenths of them",
    "p90_p10": "hourly pay nine tenths of the way up over hourly pay a tenth of the way up",
    "p90_p50": "hourly pay nine tenths of the way up over the median",
    "p50_p10": "the median over hourly pay a tenth of the way up",
    "max_min": "the highest hourly rate over the lowest",
    "gini": "half the mean gap between any two of them, as a share of mean pay; nought is all equal",
    "general_rise": "the lowest percentage rise that any grade gets",
    "catch_up": "what the pay bill grows by beyond the general rise",
    "operating_margin": "operating result over revenue, for the employers whose accounts are known",
}
