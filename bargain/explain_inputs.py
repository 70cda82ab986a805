"""What goes into a figure: statutory parameters, the sector's assumptions, the staff data; each with its source."""

from __future__ import annotations

from dataclasses import replace

from bargain.basis import banner
from bargain.parameters.load import parameters
from bargain.register import LAW, UNITS, WAGES, held_inputs, law_inputs, law_values
from bargain.settings import WEEKS
from models.appraisal import Appraisal
from models.assumptions import Assumption
from models.explanation import ExplainedInput
from models.sector import Sector


def inputs_of(sector: Sector, appraisal: Appraisal, *, on_costs: bool) -> tuple[ExplainedInput, ...]:
    """The staff data first; with on_costs what turns pay into labour cost, on each day of the offer."""
    held = held_inputs(sector)
    found = [_staff_data(sector, appraisal), *_grossing(appraisal)]
    found += [_held(one) for one in held if one.key == WEEKS]
    if on_costs:
        found += _statutory(sector, appraisal)
        found += [_held(one) for one in held if one.key != WEEKS]
    return tuple(found)


def wage_inputs(sector: Sector, appraisal: Appraisal) -> tuple[ExplainedInput, ...]:
    """The minimum and living wages of the days of the offer, for what is measured by them."""
    return tuple(
        replace(_held(one), agreed=None)
        for one in law_inputs(sector, appraisal.offer)
        if one.key.removeprefix(LAW) in WAGES
    )


def _held(one: Assumption) -> ExplainedInput:
    """A row of the register."""
    return ExplainedInput(
        label=f"{one.label} ({one.employer})" if one.employer else one.label,
        value=one.value,
        unit=one.unit,
        source=one.source,
        dated=one.dated,
        agreed=one.agreed,
        note="" if one.is_sourced else "NO SOURCE",
        disputed=one.disputed,
    )


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
