"""The facts of the table as options, as JSON and as lines: for the command that opens a sector and the one that changes it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date

from bargain.opening import INFLATION, MOST_YEARS, NATIONS, WEEKS, law_of
from models.assumptions import Assumption
from models.issues import UnusableInput
from models.sector import Sector
from models.table import Role, TableFacts

NONE = "none"


def add_facts(parser: argparse.ArgumentParser, *, otherwise: str) -> None:
    """--nations, --settlement, --years, --weekly-hours, --weeks, --inflation; left out is ``otherwise``."""
    parser.add_argument(
        "--nations", nargs="+", metavar="NATION", help=f"those covered, of {', '.join(NATIONS)} ({otherwise})"
    )
    parser.add_argument(
        "--settlement", metavar="DATE", help=f"the day of the settlement, such as 2027-04-01; “{NONE}”"
    )
    parser.add_argument(
        "--years", metavar="N", help=f"for how many years it is to run, 1 to {MOST_YEARS}; “{NONE}”"
    )
    parser.add_argument(
        "--weekly-hours", type=float, metavar="H", help=f"full-time hours a week ({otherwise})"
    )
    weeks = " or ".join(f"{one:g}" for one in WEEKS)
    parser.add_argument(
        "--weeks", type=float, metavar="W", help=f"weeks a year, such as {weeks} ({otherwise})"
    )
    parser.add_argument(
        "--inflation", choices=(*INFLATION, NONE), help="which index the talks call inflation"
    )


def day(text: str) -> date:
    """A day of an option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date; write it like 2027-04-01") from None


def facts_of(options: argparse.Namespace, held: TableFacts) -> TableFacts:
    """What the options say in the place of what is held. Raises UnusableInput."""
    if options.settlement is not None:
        held = replace(held, settlement=None if options.settlement == NONE else _day_of(options.settlement))
    if options.years is not None:
        held = replace(held, years=None if options.years == NONE else _years_of(options.years))
    if options.inflation is not None:
        held = replace(held, inflation="" if options.inflation == NONE else options.inflation)
    return held


def _day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnusableInput(
            f"--settlement: “{text}” is not a date; write it like 2027-04-01, or “{NONE}”."
        ) from None


def _years_of(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise UnusableInput(
            f"--years: “{text}” is no number of years; write 1 to {MOST_YEARS}, or “{NONE}”."
        ) from None


def _law(sector: Sector) -> tuple[Assumption, ...]:
    """The legal floor and the on-costs on the day of the settlement, where one is said."""
    return law_of(sector.table.settlement) if sector.table.settlement is not None else ()


def law_lines(sector: Sector) -> list[str]:
    """A line a figure, with its day and source."""
    return [
        f"{one.label}: {one.value:,.10g} {one.unit}, from {one.dated}. {one.source}" for one in _law(sector)
    ]


def facts_json(sector: Sector) -> dict[str, object]:
    """Everything that was asked when the sector was opened, and the law of the settlement's day."""
    facts = sector.table
    return {
        "name": sector.name,
        "pack": sector.pack,
        "nations": sector.jurisdiction,
        "side": None if sector.role is Role.NOT_SAID else str(sector.role),
        "data_date": sector.data_date,
        "settlement": facts.settlement,
        "years": facts.years,
        "weekly_hours": sector.weekly_hours,
        "weeks": sector.weeks_y,
        "inflation": facts.inflation or None,
        "legal_basis": sector.legal_basis,
        "coverage": sector.coverage,
        "law": [
            {"name": one.label, "value": one.value, "unit": one.unit, "from": one.dated, "source": one.source}
            for one in _law(sector)
        ],
    }
