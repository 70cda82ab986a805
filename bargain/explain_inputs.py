"""What goes into a figure: statutory parameters, the sector's assumptions, the staff data; each with its source."""

from __future__ import annotations

from bargain.basis import banner
from bargain.parameters.load import parameters, value_on
from models.appraisal import Appraisal
from models.explanation import ExplainedInput
from models.sector import Sector

_ON_COSTS = (
    "ni_rate",
    "ni_threshold",
    "ni_under_21_threshold",
    "ni_apprentice_threshold",
    "ni_veteran_threshold",
    "pension_band_lower",
    "pension_band_upper",
    "pension_minimum",
)
_ALLOWANCE = ("employment_allowance",)
_LEVY = ("levy_rate", "levy_allowance")
_UNITS = {"pounds/year": "£ a year", "pounds/hour": "£ an hour", "share": "share"}


def inputs_of(sector: Sector, appraisal: Appraisal, *, on_costs: bool) -> tuple[ExplainedInput, ...]:
    """The staff data first; with on_costs what turns pay into labour cost, on each day of the offer."""
    found = [_staff_data(sector, appraisal), *_grossing(appraisal), _weeks(sector)]
    if on_costs:
        found += _statutory(sector, appraisal)
        found += [
            ExplainedInput(
                label=f"{one.label} ({one.employer})" if one.employer else one.label,
                value=one.value,
                unit=one.unit,
                source=one.source,
                dated=one.dated,
                agreed=one.agreed,
                note="" if one.is_sourced else "NO SOURCE",
                disputed=one.disputed,
            )
            for one in sector.assumptions
        ]
    return tuple(found)


def _staff_data(sector: Sector, appraisal: Appraisal) -> ExplainedInput:
    files = len({one.file for one in sector.imports})
    return ExplainedInput(
        label="Staff data",
        value=appraisal.basis.staff,
        unit="staff",
        source=f"{files} payroll file{'s' * (files != 1)}" if files else "",
        dated=sector.data_date,
        note="" if files else "no import is recorded",
    )


def _grossing(appraisal: Appraisal) -> list[ExplainedInput]:
    """The known total that the returns were grossed up to, where they were."""
    told = appraisal.basis.grossed
    if told is None:
        return []
    return [
        ExplainedInput(
            label=banner(appraisal.basis),
            value=told.total,
            unit=str(told.unit),
            source=told.source,
            dated=told.dated,
            agreed=True,
            note=" ".join(told.notes),
        )
    ]


def _weeks(sector: Sector) -> ExplainedInput:
    return ExplainedInput(
        "Weeks a year between a salary and an hourly rate", sector.weeks_y, "weeks", "the sector’s setting"
    )


def _statutory(sector: Sector, appraisal: Appraisal) -> list[ExplainedInput]:
    """Each figure once, and again where a later step finds another value."""
    keys = [*_ON_COSTS]
    keys += _ALLOWANCE if any(one.claims_employment_allowance for one in sector.employers) else ()
    keys += _LEVY if any(one.pays_levy for one in sector.employers) else ()
    found = []
    for key in keys:
        parameter = parameters()[key]
        days = [one.effective for one in appraisal.offer.settlements]
        for held in dict.fromkeys(value_on(key, day) for day in days):
            checked = "" if held.confidence.startswith("verified") else f"{held.confidence}: check before use"
            found.append(
                ExplainedInput(
                    label=parameter.label,
                    value=float(held.value),
                    unit=_UNITS.get(parameter.unit, parameter.unit),
                    source=held.reference,
                    dated=held.starts,
                    note=checked,
                )
            )
    return found
