"""bargain table: the facts of the table, to look at and to change; whose file it is stays."""

from __future__ import annotations

import argparse

from bargain.commands.options import add_json, add_sector
from bargain.commands.sector_files import change, to_change, to_look_at
from bargain.commands.show import print_json, table
from bargain.commands.table_options import add_facts, facts_json, facts_of, law_lines
from bargain.opening import changed
from models.sector import Sector
from models.table import Role

_OPTIONS = ("nations", "settlement", "years", "weekly_hours", "weeks", "inflation", "legal_basis", "coverage")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain [--nations NATION…] [--settlement DATE] [--years N] [--legal-basis TEXT] [--coverage TEXT] …."""
    add_sector(parser)
    add_facts(parser, otherwise="as it is")
    parser.add_argument(
        "--legal-basis", metavar="TEXT", help="what the agreement rests on; page 1 of every draft"
    )
    parser.add_argument("--coverage", metavar="TEXT", help="whom the agreement covers, in words")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Change what is to be changed, then show."""
    if all(getattr(options, one) is None for one in _OPTIONS):
        with to_look_at(options) as file:
            sector = file.sector
    else:
        with to_change(options) as file:
            sector = _changed(file.sector, options)
            if facts_json(sector) != facts_json(file.sector):
                change(file, sector, "Facts of the table")
    if options.json:
        print_json(facts_json(sector))
    else:
        _print(sector)
    return 0


def _changed(sector: Sector, options: argparse.Namespace) -> Sector:
    return changed(
        sector,
        nations=options.nations,
        facts=facts_of(options, sector.table),
        weekly_hours=options.weekly_hours,
        weeks_y=options.weeks,
        legal_basis=options.legal_basis,
        coverage=options.coverage,
    )


def _print(sector: Sector) -> None:
    facts, none = sector.table, "not said"
    rows = [
        ["Whose file", none if sector.role is Role.NOT_SAID else str(sector.role)],
        ["Nations", sector.jurisdiction or none],
        ["Settlement", f"{facts.settlement:%d/%m/%Y}" if facts.settlement else none],
        ["For years", str(facts.years or none)],
        ["Full-time hours a week", f"{sector.weekly_hours:g}"],
        ["Weeks a year", f"{sector.weeks_y:g}"],
        ["Inflation means", facts.inflation or none],
        ["Legal basis", sector.legal_basis or none],
        ["Covers", sector.coverage or none],
    ]
    print(table(["the table", ""], rows, left=2))
    lines = law_lines(sector)
    if lines:
        print("\nThe law on the day of the settlement:")
        print("\n".join(lines))
