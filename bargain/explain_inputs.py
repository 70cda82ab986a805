"""What goes into a figure: statutory parameters, the sector's assumptions, the staff data; each with its source."""

from __future__ import annotations

from bargain.basis import banner
from bargain.parameters.load import parameters
from bargain.register import UNITS, held_inputs, law_values
from models.appraisal import Appraisal
from models.explanation import ExplainedInput
from models.sector import Sector


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
            for one in held_inputs(sector)
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
    return [
        ExplainedInput(
            label=parameters()[key].label,
            value=float(held.value),
            unit=UNITS.get(parameters()[key].unit, parameters()[key].unit),
            source=held.reference,
            dated=held.starts,
            note="" if held.is_checked else f"{held.confidence}: check before use",
        )
        for key, held in law_values(sector, appraisal.offer)
    ]
