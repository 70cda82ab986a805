"""bargain new: an empty sector file from a pack."""

from __future__ import annotations

import argparse

from bargain.commands.options import add_json, add_sector, passphrase_of
from bargain.commands.recovery_page import add_recovery_key, write_page
from bargain.commands.sector_files import save
from bargain.commands.show import print_json
from bargain.packs import DEFAULT_PACK, new_sector, pack_ids
from bargain.storage.recovery import new_recovery_key
from bargain.storage.sector_file import SectorFile
from models.issues import UnusableInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --name NAME [--pack ID] [--recovery-key FILE]."""
    add_sector(parser)
    parser.add_argument("--name", required=True, help="what the sector is called")
    parser.add_argument("--pack", default=DEFAULT_PACK, metavar="ID", help=f"one of {', '.join(pack_ids())}")
    add_recovery_key(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Make the file; never over one that is there."""
    if options.sector.exists():
        raise UnusableInput(f"{options.sector} is there already; choose another name, nothing was changed.")
    sector = new_sector(options.name, options.pack)
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
        print_json({"sector": str(options.sector), "name": sector.name, "pack": sector.pack})
    else:
        print(
            f"Made {options.sector}: {sector.name}. Import payroll next: bargain import {options.sector} FILE…"
        )
    return 0
