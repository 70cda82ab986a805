"""The recovery key on a page of its own: a text file to print and then to delete."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from bargain.storage.recovery import page
from bargain.whole_file import write_whole
from models.issues import UnusableInput


def add_recovery_key(parser: argparse.ArgumentParser) -> None:
    """--recovery-key FILE."""
    parser.add_argument(
        "--recovery-key",
        type=Path,
        metavar="PAGE.txt",
        help="make a new recovery key, and write its page into this file: print it, then delete it",
    )


def write_page(path: Path, recovery_key: str, sector: Path) -> None:
    """The page as a text file that only its owner can read; never over a file that is there."""
    if path.exists():
        raise UnusableInput(f"{path} is there already; give the recovery page another name.")
    lines = page(recovery_key, file_name=sector.name, made=date.today())
    try:
        write_whole(path, ("\n\n".join(lines) + "\n").encode())
    except OSError as error:
        raise UnusableInput(
            f"{path} was not written: {error.strerror}. Choose another folder for the recovery page."
        ) from None
