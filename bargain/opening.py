"""Opening a new sector: what is asked before the talks begin, and the file that starts with the answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bargain.packs import DEFAULT_PACK, new_sector
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
    facts = answers.facts
    _check(answers)
    made = new_sector(answers.name, answers.pack, nations=answers.nations)
    changes: dict[str, object] = {"role": answers.role, "data_date": answers.data_date, "table": facts}
    if facts.settlement is not None:
        changes["year_start"] = _year_start(facts.settlement)
    if answers.weekly_hours is not None:
        changes["weekly_hours"] = answers.weekly_hours
    if answers.weeks_y is not None:
        changes["weeks_y"] = answers.weeks_y
    return replace(made, **changes)  # type: ignore[arg-type]  # each under the name of its field


def _year_start(day: date) -> tuple[int, int]:
    """The settlement year begins on the day of the settlement; one of 29 February on the next, which every year has."""
    return (3, 1) if (day.month, day.day) == _LEAP_DAY else (day.month, day.day)


def _check(answers: Opening) -> None:
    facts = answers.facts
    unknown = [one for one in answers.nations or () if one not in NATIONS]
    if unknown:
        raise UnusableInput(f"“{unknown[0]}” is no nation of this program; use {', '.join(NATIONS)}.")
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
    for value, least, most, what in (
        (answers.weekly_hours, LEAST_HOURS, MOST_HOURS, "A full-time week of {} hours"),
        (answers.weeks_y, LEAST_WEEKS, MOST_WEEKS, "A year of {} weeks"),
    ):
        if value is not None and not (math.isfinite(value) and least <= value <= most):
            raise UnusableInput(f"{what.format(f'{value:g}')} can't be; give from {least:g} to {most:g}.")


def law_of(day: date) -> tuple[Assumption, ...]:
    """The legal floor of a day, then the on-costs, each with source and the day from which it holds.

    What has no value yet on that day is left out.
    """
    rows = (as_input(key, day) for key in ("national_living_wage", *on_cost_keys()))
    return tuple(one for one in rows if one is not None)
