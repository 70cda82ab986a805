"""bargain erase: the staff data out of a sector file, its history and its backups, for good."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from bargain.commands.options import add_json, add_sector, write_text
from bargain.commands.sector_files import to_change
from bargain.commands.show import print_json
from bargain.retention import over, reason_for
from bargain.storage.codec import to_plain
from models.issues import UnusableInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --yes [--over] [--reason TEXT] [--certificate FILE]."""
    add_sector(parser)
    parser.add_argument("--yes", action="store_true", help="erase; there is no undo")
    parser.add_argument(
        "--over", action="store_true", help="only the imports whose last day to be kept has passed"
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, for the certificate")
    parser.add_argument("--certificate", type=Path, metavar="FILE", help="write the certificate here too")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Erase, and give the certificate, which the file keeps as well."""
    if not options.yes:
        raise UnusableInput(
            f"This takes the staff data out of {options.sector}, its history and all its backups, for good. "
            "Nothing was changed; say --yes to do it."
        )
    if options.certificate is not None and options.certificate.exists():
        raise UnusableInput(f"{options.certificate} is there already; give the certificate another name.")
    with to_change(options) as file:
        if options.over:
            due = over(file.sector, date.today())
            if not due:
                raise UnusableInput(
                    f"No staff data in {options.sector} is past its last day, so nothing was erased. “bargain keep” "
                    "lists the days."
                )
            certificate = file.erase_staff(options.reason or reason_for(due), [one.number for one in due])
        else:
            certificate = file.erase_staff(options.reason)
    lines = "\n".join(certificate.lines(options.sector.name))
    if options.certificate is not None:
        write_text(options.certificate, lines + "\n")
    if options.json:
        print_json(to_plain(certificate))
    else:
        print(lines)
    return 0
