"""bargain check: open, authenticate and verify a sector file."""

from __future__ import annotations

import argparse

from bargain.commands.options import add_json, add_sector, passphrase_of
from bargain.commands.show import heads, print_json
from bargain.storage.checking import verify
from models.issues import UnusableInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain."""
    add_sector(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Say what is in the file and that every byte of it is as it was written."""
    if not options.sector.exists():
        raise UnusableInput(f"There is no sector file {options.sector}; check its name.")
    found = verify(options.sector, passphrase_of(options))
    if options.json:
        print_json(
            {
                "intact": found.intact,
                "version": found.version,
                "heads": found.heads,
                "employers": found.employers,
                "offers": found.offers,
                "rounds": found.rounds,
                "sha256": found.sha256,
            }
        )
    else:
        print(
            f"Intact. Format {found.version}: {heads(found.heads)} staff, {found.employers} employers, "
            f"{found.offers} offers. SHA-256 {found.sha256}"
        )
    return 0 if found.intact else 1
