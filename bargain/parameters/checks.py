"""Faults in parameter data that would otherwise price an offer wrongly in silence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise

from models.parameters import Parameter

_UNITS = {
    "share",
    "pounds/year",
    "pounds/hour",
    "pounds/week",
    "weeks/year",
    "days/year",
    "hours/week",
    "yes or no",
}
_YEARLY = {"national_living_wage", "minimum_wage_18_20", "minimum_wage_under_18", "minimum_wage_apprentice"}
_CONFIDENCE = {"verified-official", "verified-secondary", "derived", "unverified"}
_A_YEAR = timedelta(days=366)


def faults_in(parameters: Mapping[str, Parameter]) -> tuple[str, ...]:
    """Overlaps, disorder, missing units and references, and holes in series that change every year."""
    return tuple(fault for one in parameters.values() for fault in _faults(one))


def _faults(parameter: Parameter) -> list[str]:
    faults = []
    days = [value.starts for value in parameter.values]
    if not days:
        faults.append(f"{parameter.key} has no value")
    if parameter.unit not in _UNITS:
        faults.append(f"{parameter.key} has the unit {parameter.unit!r}")
    if any(not value.reference or not value.confidence for value in parameter.values):
        faults.append(f"{parameter.key} has a value without reference or confidence")
    if any(value.confidence not in _CONFIDENCE for value in parameter.values):
        faults.append(f"{parameter.key} has a confidence that is none of {', '.join(sorted(_CONFIDENCE))}")
    for earlier, later in pairwise(days):
        if later <= earlier:
            faults.append(f"{parameter.key} has {later} after {earlier}")
        elif parameter.key in _YEARLY and later - earlier > _A_YEAR:
            faults.append(f"{parameter.key} has a hole between {earlier} and {later}")
    if parameter.unit == "share" and any(not 0 <= value.value < 1 for value in parameter.values):
        faults.append(f"{parameter.key} has a share outside 0 to 1")
    if parameter.unit == "yes or no" and any(value.value not in {0, 1} for value in parameter.values):
        faults.append(f"{parameter.key} is neither 1 (yes) nor 0 (no)")
    return faults
