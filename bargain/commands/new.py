"""bargain new: an empty sector file from a pack."""

from __future__ import annotations

import argparse
from datetime import date

from bargain.commands.options import add_json, add_sector, passphrase_of
from bargain.commands.recovery_page import add_recovery_key, write_page
from bargain.commands.sector_files import save
from bargain.commands.show import print_json
from bargain.opening import INFLATION, MOST_YEARS, NATIONS, WEEKS, Opening, law_of, opened
from bargain.packs import DEFAULT_PACK, pack_ids
from bargain.storage.recovery import new_recovery_key
from bargain.storage.sector_file import SectorFile
from models.assumptions import Assumption
from models.issues import UnusableInput
from models.sector import Sector
from models.table import Role, TableFacts

ROLES = {"union": Role.UNION, "employers": Role.EMPLOYERS, "joint": Role.JOINT}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --name NAME [--pack ID] [--nations NATION…] [--side SIDE] [table facts] [--recovery-key FILE]."""
    add_sector(parser)
    parser.add_argument("--name", required=True, help="what the sector is called")
    parser.add_argument("--pack", default=DEFAULT_PACK, metavar="ID", help=f"one of {', '.join(pack_ids())}")
    parser.add_argument(
        "--nations",
        nargs="+",
        metavar="NATION",
        help=f"those covered, of {', '.join(NATIONS)} (the pack's own)",
    )
    parser.add_argument("--side", choices=tuple(ROLES), help="whose file it is; it can't be changed later")
    parser.add_argument(
        "--data-date", type=_day, metavar="DATE", help="the day of the pay data, such as 2026-03-31"
    )
    parser.add_argument(
        "--settlement", type=_day, metavar="DATE", help="the day of the settlement, such as 2027-04-01"
    )
    parser.add_argument(
        "--years", type=int, metavar="N", help=f"for how many years it is to run, 1 to {MOST_YEARS}"
    )
    parser.add_argument("--weekly-hours", type=float, metavar="H", help="full-time hours a week (the pack's)")
    weeks = " or ".join(f"{one:g}" for one in WEEKS)
    parser.add_argument(
        "--weeks", type=float, metavar="W", help=f"weeks a year, such as {weeks} (the pack's)"
    )
    parser.add_argument("--inflation", choices=INFLATION, help="which index the talks call inflation")
    add_recovery_key(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Make the file; never over one that is there."""
    if options.sector.exists():
        raise UnusableInput(f"{options.sector} is there already; choose another name, nothing was changed.")
    sector = opened(_answers(options))
    recovery_key = new_recovery_key() if options.recovery_key else None
    passphrase = passphrase_of(options, confirm=True)
    if recovery_key is not None:
        write_page(options.recovery_key, recovery_key, options.sector)
    file = SectorFile.create(options.sector, sector, passphrase, recovery_key=recovery_key)
    try:
        save(file)
    finally:
        file.close()
    if options.json:
        print_json({"sector": str(options.sector), **_as_json(sector)})
    else:
        print(
            f"Made {options.sector}: {sector.name}. Import payroll next: bargain import {options.sector} FILE…"
        )
        for one in _law(sector):
            print(f"{one.label}: {one.value:,.10g} {one.unit}, from {one.dated}. {one.source}")
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date; write it like 2027-04-01") from None


def _answers(options: argparse.Namespace) -> Opening:
    return Opening(
        name=options.name,
        pack=options.pack,
        nations=options.nations,
        role=ROLES.get(options.side, Role.NOT_SAID),
        data_date=options.data_date,
        facts=TableFacts(options.settlement, options.years, options.inflation or ""),
        weekly_hours=options.weekly_hours,
        weeks_y=options.weeks,
    )


def _law(sector: Sector) -> tuple[Assumption, ...]:
    """The legal floor and the on-costs on the day of the settlement, where one is said."""
    return law_of(sector.table.settlement) if sector.table.settlement is not None else ()


def _as_json(sector: Sector) -> dict[str, object]:
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
        "law": [
            {"name": one.label, "value": one.value, "unit": one.unit, "from": one.dated, "source": one.source}
            for one in _law(sector)
        ],
    }
