"""bargain restore: an earlier version of a sector as the present one, as a step that can be undone."""

from __future__ import annotations

import argparse

from bargain.commands.history import version_called
from bargain.commands.options import add_json, add_sector
from bargain.commands.sector_files import save, to_change
from bargain.commands.show import print_json
from models.issues import UnusableInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain VERSION, or --undo or --redo."""
    add_sector(parser)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("version", nargs="?", metavar="VERSION", help="as “history” lists it")
    which.add_argument("--undo", action="store_true", help="take back the last step")
    which.add_argument("--redo", action="store_true", help="do again what was taken back last")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Go back or forward; the present version is backed up before a restore."""
    with to_change(options) as file:
        if options.version is not None:
            version = version_called(file, options.version)
            if version is None:
                raise UnusableInput(
                    f"There is no version {options.version} of {options.sector}; “history” lists them."
                )
            said = file.restore(version).text
        elif options.undo:
            if not file.at:
                raise UnusableInput(f"There is nothing to undo in {options.sector}.")
            said = f"Undone: {file.history.present.text}"
            file.undo()
        else:
            if file.at == len(file.steps):
                raise UnusableInput(f"There is nothing to redo in {options.sector}.")
            file.redo()
            said = f"Done again: {file.history.present.text}"
        save(file)
        state = file.state
    if options.json:
        print_json({"done": said, "state": state})
    else:
        print(f"{said}.")
    return 0
