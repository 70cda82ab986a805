"""Opening a new sector: what is asked before the talks begin, the file that starts with it, and changing it later."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bargain.packs import DEFAULT_PACK, listed, new_sector
from bargain.register import as_input, on_cost_keys
from models.assumptions import Assumption
from models.issues import UnusableInput
from models.sector import Sector
from models.table import Role, TableFacts

NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
INFLATION = ("CPI", "CPIH", "RPI")
WEEKS = (52.143, 52.18)  # 365 ÷ 7, and the mean with leap years (365.25 ÷ 7) as some payrolls round it
MOST_YEARS = 5
FIRST_YEAR, LAST_YEAR = 2000, 2100
LEAST_HOURS, MOST_HOURS = 1.0, 60.0
LEAST_WEEKS, MOST_WEEKS = 52.0, 53.0
_LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True)
class Opening:
    """The answers. None, or nothing, leaves what the pack says."""

    name: str
    pack: str = DEFAULT_PACK
    nations: Sequence[str] | None = None
    role: Role = Role.NOT_SAID
    data_date: date | None = None
    facts: TableFacts = TableFacts()
    weekly_hours: float | None = None
    weeks_y: float | None = None


def opened(answers: Opening) -> Sector:
    """An empty sector from a pack and the answers. Raises UnusableInput with a sentence for one that can't be."""
    _check_nations(answers.nations)
    made = new_sector(answers.name, answers.pack, nations=answers.nations)
    made = replace(made, role=answers.role, data_date=answers.data_date)
    return changed(made, facts=answers.facts, weekly_hours=answers.weekly_hours, weeks_y=answers.weeks_y)


def changed(
    sector: Sector,
    *,
    nations: Sequence[str] | None = None,
    facts: TableFacts | None = None,
    weekly_hours: float | None = None,
    weeks_y: float | None = None,
    legal_basis: str | None = None,
    coverage: str | None = None,
) -> Sector:
    """The sector with other facts of its table; what is None stays. Its role can't be changed.

    Raises UnusableInput with a sentence for a fact that can't be.
    """
    _check_nations(nations)
    after = facts if facts is not None else sector.table
    _check_facts(after)
    _check_within(weekly_hours, LEAST_HOURS, MOST_HOURS, "A full-time week of {} hours")
    _check_within(weeks_y, LEAST_WEEKS, MOST_WEEKS, "A year of {} weeks")
    moved = after.settlement if after.settlement != sector.table.settlement else None
    return replace(
        sector,
        table=after,
        year_start=sector.year_start if moved is None else _year_start(moved),
        jurisdiction=sector.jurisdiction if nations is None else listed(nations),
        weekly_hours=sector.weekly_hours if weekly_hours is None else weekly_hours,
        weeks_y=sector.weeks_y if weeks_y is None else weeks_y,
        legal_basis=sector.legal_basis if legal_basis is None else legal_basis.strip(),
        coverage=sector.coverage if coverage is None else coverage.strip(),
    )


def nations_of(sector: Sector) -> tuple[str, ...]:
    """Which nations a sector names."""
    return tuple(one for one in NATIONS if one in sector.jurisdiction)


def _year_start(day: date) -> tuple[int, int]:
    """The settlement year begins on the day of the settlement; one of 29 February on the next, which every year has."""
    return (3, 1) if (day.month, day.day) == _LEAP_DAY else (day.month, day.day)


def _check_nations(nations: Sequence[str] | None) -> None:
    unknown = [one for one in nations or () if one not in NATIONS]
    if unknown:
        raise UnusableInput(f"“{unknown[0]}” is no nation of this program; use {', '.join(NATIONS)}.")


def _check_facts(facts: TableFacts) -> None:
    if facts.years is not None and not 1 <= facts.years <= MOST_YEARS:
        raise UnusableInput(f"A settlement of {facts.years} years can't be; give from 1 to {MOST_YEARS}.")
    if facts.settlement is not None and not FIRST_YEAR <= facts.settlement.year <= LAST_YEAR:
        raise UnusableInput(
            f"A settlement on {facts.settlement} can't be; give a day from {FIRST_YEAR} to {LAST_YEAR}."
        )
    if facts.inflation and facts.inflation not in INFLATION:
        raise UnusableInput(
            f"“{facts.inflation}” is no measure of inflation here; use {', '.join(INFLATION)}."
        )


def _check_within(value: float | None, least: float, most: float, what: str) -> None:
    if value is not None and not (math.isfinite(value) and least <= value <= most):
        raise UnusableInput(f"{what.format(f'{value:g}')} can't be; give from {least:g} to {most:g}.")


def law_of(day: date) -> tuple[Assumption, ...]:
    """The legal floor of a day, then the on-costs, each with source and the day from which it holds.

    What has no value yet on that day is left out.
    """
    rows = (as_input(key, day) for key in ("national_living_wage", *on_cost_keys()))
    return tuple(one for one in rows if one is not None)
