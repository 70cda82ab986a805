"""bargain new: an empty sector file from a pack."""

from __future__ import annotations

import argparse

from bargain.commands.options import add_json, add_sector, passphrase_of
from bargain.commands.recovery_page import add_recovery_key, write_page
from bargain.commands.sector_files import save
from bargain.commands.show import print_json
from bargain.commands.table_options import add_facts, day, facts_json, facts_of, law_lines
from bargain.opening import Opening, opened
from bargain.packs import DEFAULT_PACK, pack_ids
from bargain.storage.recovery import new_recovery_key
from bargain.storage.sector_file import SectorFile
from models.issues import UnusableInput
from models.table import Role, TableFacts

ROLES = {"union": Role.UNION, "employers": Role.EMPLOYERS, "joint": Role.JOINT}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --name NAME [--pack ID] [--nations NATION…] [--side SIDE] [table facts] [--recovery-key FILE]."""
    add_sector(parser)
    parser.add_argument("--name", required=True, help="what the sector is called")
    parser.add_argument("--pack", default=DEFAULT_PACK, metavar="ID", help=f"one of {', '.join(pack_ids())}")
    parser.add_argument("--side", choices=tuple(ROLES), help="whose file it is; it can't be changed later")
    parser.add_argument(
        "--data-date", type=day, metavar="DATE", help="the day of the pay data, such as 2026-03-31"
    )
    add_facts(parser, otherwise="the pack's")
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
        print_json({"sector": str(options.sector), **facts_json(sector)})
    else:
        print(
            f"Made {options.sector}: {sector.name}. Import payroll next: bargain import {options.sector} FILE…"
        )
        for line in law_lines(sector):
            print(line)
    return 0


def _answers(options: argparse.Namespace) -> Opening:
    return Opening(
        name=options.name,
        pack=options.pack,
        nations=options.nations,
        role=ROLES.get(options.side, Role.NOT_SAID),
        data_date=options.data_date,
        facts=facts_of(options, TableFacts()),
        weekly_hours=options.weekly_hours,
        weeks_y=options.weeks,
    )
