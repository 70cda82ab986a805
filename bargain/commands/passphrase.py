"""bargain passphrase: another passphrase for a sector file, or a new recovery key, without sealing anything anew."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from bargain.commands.options import add_json, add_sector
from bargain.commands.recovery_page import add_recovery_key, write_page
from bargain.commands.sector_files import save, to_change
from bargain.commands.show import print_json
from bargain.storage.passphrases import NEW_VARIABLE, read_passphrase
from bargain.storage.recovery import new_recovery_key


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain [--new-passphrase-file FILE] [--recovery-key PAGE.txt] [--keep]."""
    add_sector(parser)
    parser.add_argument(
        "--new-passphrase-file",
        type=Path,
        metavar="FILE",
        help=f"a file whose one line is the new passphrase (else {NEW_VARIABLE}, or a prompt)",
    )
    parser.add_argument("--keep", action="store_true", help="keep the passphrase; only make a recovery key")
    add_recovery_key(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Change the keys of the file, and save it. Copies made before keep the passphrase that they had."""
    with to_change(options) as file:
        if not options.keep:
            file.change_passphrase(_new_passphrase(options))
        if options.recovery_key is not None:
            recovery_key = new_recovery_key()
            write_page(options.recovery_key, recovery_key, options.sector)
            file.set_recovery_key(recovery_key)
        save(file)
        has_recovery_key = file.has_recovery_key
    if options.json:
        print_json({"passphrase_changed": not options.keep, "has_recovery_key": has_recovery_key})
        return 0
    if not options.keep:
        print("The passphrase is changed. Copies made before keep the one that they had.")
    if options.recovery_key is not None:
        print(f"The recovery key is in {options.recovery_key}: print the page, then delete that file.")
    return 0


def _new_passphrase(options: argparse.Namespace) -> str:
    prompt = (lambda words: getpass.getpass(f"New {words.lower()}")) if sys.stdin.isatty() else None
    return read_passphrase(
        environ=os.environ,
        passphrase_file=options.new_passphrase_file,
        prompt=prompt,
        confirm=True,
        variable=NEW_VARIABLE,
    )
