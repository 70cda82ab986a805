"""bargain mappings: how files were read before: listed, shown, edited, sent on, taken in, forgotten."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bargain.commands.options import add_json, add_sector, sector_of, text_of
from bargain.commands.sector_files import keep
from bargain.commands.show import print_json, table
from bargain.intake.memory import (
    all_remembered,
    as_toml,
    forgotten,
    is_for_accounts,
    one_of,
    replaced,
    taken,
    write_to,
)
from models.issues import UnusableInput
from models.sector import RememberedMapping, Sector


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain [--show KEY | --edit KEY --from MAP.toml | --forget KEY | --save PLACE | --take PLACE]."""
    add_sector(parser)
    action = parser.add_mutually_exclusive_group()
    action.add_argument(
        "--show", metavar="KEY", help="print one as a mapping file; KEY is its number, signature or file"
    )
    action.add_argument("--edit", metavar="KEY", help="put the settings of --from in the place of one")
    action.add_argument("--forget", metavar="KEY", help="forget one; “all” forgets every one")
    action.add_argument(
        "--save", type=Path, metavar="FOLDER", help="write each as a file of its own into a folder"
    )
    action.add_argument("--take", type=Path, metavar="PLACE", help="take in a file or a folder of such files")
    parser.add_argument(
        "--from", dest="source", type=Path, metavar="MAP.toml", help="the edited mapping, for --edit"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """List what is remembered, or do the one thing that was asked."""
    if (options.edit is None) != (options.source is None):
        raise UnusableInput(
            "--edit KEY and --from MAP.toml belong together: which mapping, and its new settings."
        )
    sector = sector_of(options)
    if options.show is not None:
        one = one_of(sector, options.show)
        if options.json:
            number = all_remembered(sector).index(one) + 1
            print_json(_entry(sector, number, one) | {"settings": one.settings})
        else:
            print(as_toml(one, is_accounts=is_for_accounts(sector, one)), end="")
        return 0
    if options.save is not None:
        written = write_to(options.save, sector)
        if options.json:
            print_json({"written": [str(path) for path in written]})
        else:
            print(f"Wrote {len(written)} mappings into {options.save}.")
        return 0
    changed = _changed(sector, options)
    if changed is not sector:
        keep(options, changed, "Changed how files are read")
    _print(changed, json=options.json)
    return 0


def _changed(sector: Sector, options: argparse.Namespace) -> Sector:
    if options.edit is not None:
        settings = text_of(options.source)
        return replaced(sector, one_of(sector, options.edit), settings, source=options.source.name)
    if options.forget is not None:
        for one in all_remembered(sector) if options.forget == "all" else [one_of(sector, options.forget)]:
            sector = forgotten(sector, one)
        return sector
    if options.take is not None:
        return taken(sector, options.take)[0]
    return sector


def _print(sector: Sector, *, json: bool) -> None:
    entries = [_entry(sector, number, one) for number, one in enumerate(all_remembered(sector), start=1)]
    if json:
        print_json({"mappings": entries})
    elif not entries:
        print("Nothing is remembered yet: every import adds how its file was read.")
    else:
        rows = [
            [
                str(one["number"]),
                one["reads"],
                one["file"],
                ", ".join(one["employers"][:3]),
                one["signature"][:8],
            ]
            for one in entries
        ]
        print(table(["", "reads", "learned from", "employers", "headings"], rows))


def _entry(sector: Sector, number: int, one: RememberedMapping) -> dict[str, Any]:
    return {
        "number": number,
        "reads": "accounts" if is_for_accounts(sector, one) else "staff",
        "signature": one.signature,
        "file": one.file,
        "employers": list(one.employers),
    }
