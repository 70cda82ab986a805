"""bargain inspect: what import would do with a file, without a sector file."""

from __future__ import annotations

import argparse
from pathlib import Path

from bargain.commands.import_files import (
    add_reading_options,
    asking,
    mapping_of,
    print_readings,
    workbook_password,
)
from bargain.commands.options import add_json
from bargain.commands.show import print_json
from bargain.intake.payroll import facts_of, read_payroll
from bargain.intake.reading_json import reading_as_json
from bargain.packs import DEFAULT_PACK, new_sector, pack_ids


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE [--employer NAME] [--mapping MAP.toml] [--pack ID]."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--pack", default=DEFAULT_PACK, metavar="ID", help=f"one of {', '.join(pack_ids())}")
    add_reading_options(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print how the file is understood."""
    return asking(options, _inspect)


def _inspect(options: argparse.Namespace) -> int:
    reading = read_payroll(
        options.file,
        facts=facts_of(new_sector("inspect", options.pack)),
        employer=options.employer,
        mapping=mapping_of(options),
        password=workbook_password(),
    )
    if options.json:
        print_json(reading_as_json(reading))
    else:
        print_readings([reading])
        for left in reading.sheets_left:
            print(f"Not read: sheet {left.sheet}, {left.rows:,} rows: {left.reason}.")
    return 0
