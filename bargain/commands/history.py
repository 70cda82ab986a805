"""bargain history: what was done to a sector, and the earlier versions that can be gone back to."""

from __future__ import annotations

import argparse

from bargain.commands.options import add_json, add_sector
from bargain.commands.sector_files import to_look_at
from bargain.commands.show import print_json, table
from bargain.storage import clock
from bargain.storage.sector_file import SectorFile
from bargain.storage.versions import Version


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain."""
    add_sector(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """The steps, newest first, then the backups; ``restore`` takes the name in the first column."""
    with to_look_at(options) as file:
        found = [(name_of(one), one) for one in file.versions()]
        present = file.history.present
        undone = file.steps[file.at :]
        if options.json:
            print_json(
                {
                    "present": {
                        "at": clock.as_text(present.at),
                        "text": present.text,
                        "state": present.state,
                    },
                    "can_be_redone": [one.text for one in undone],
                    "versions": [_as_json(name, one) for name, one in found],
                    "erasures": [one.at for one in file.certificates],
                }
            )
            return 0
        print(f"Now: {present.text} ({present.at.astimezone():%d/%m/%Y %H:%M})")
        for one in undone:
            print(f"Undone: {one.text}")
        rows = [[name, f"{one.at.astimezone():%d/%m/%Y %H:%M}", one.kind, one.text] for name, one in found]
        print(table(["version", "when", "kind", "what was done last"], rows, left=4))
    return 0


def name_of(version: Version) -> str:
    """What a version is called on the command line: the number of its step, or of its backup with its kind."""
    if version.step is not None:
        return str(version.step.number)
    return f"{version.backup.number}-{version.kind}" if version.backup is not None else ""


def version_called(file: SectorFile, name: str) -> Version | None:
    """The version of that name; None where there is none."""
    return next((one for one in file.versions() if name_of(one) == name), None)


def _as_json(name: str, version: Version) -> dict[str, object]:
    return {
        "version": name,
        "at": clock.as_text(version.at),
        "kind": version.kind,
        "text": version.text,
        "bytes": version.size,
    }
