"""bargain recover: the newest good copy of a damaged or missing sector file."""

from __future__ import annotations

import argparse

from bargain.commands.options import add_json, add_sector, secret_of
from bargain.commands.show import print_json, table
from bargain.storage import clock
from bargain.storage.outside import look_for_backups, newest_good, put_back
from models.issues import UnusableInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain [--list] [--put-back]."""
    add_sector(parser)
    parser.add_argument("--list", action="store_true", help="list the copies; needs no passphrase")
    parser.add_argument(
        "--put-back",
        action="store_true",
        help="put the newest good copy in the place of the file, which goes to the backups",
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Find the newest copy that is whole; put it back if asked."""
    copies = look_for_backups(options.sector)
    if not copies:
        raise UnusableInput(f"There is no earlier copy of {options.sector} on this computer.")
    if options.list:
        if options.json:
            print_json(
                {
                    "copies": [
                        {"at": clock.as_text(one.at), "kind": one.kind, "bytes": one.size} for one in copies
                    ]
                }
            )
        else:
            rows = [[f"{one.at.astimezone():%d/%m/%Y %H:%M}", one.kind, f"{one.size:,}"] for one in copies]
            print(table(["when", "kind", "bytes"], rows, left=2))
        return 0
    secret = secret_of(options)
    found = newest_good(options.sector, secret)
    if found is None:
        raise UnusableInput(
            f"None of the {len(copies)} copies of {options.sector} opens with this passphrase and is whole. "
            "Check the passphrase, or use the recovery key."
        )
    if options.put_back:
        put_back(options.sector, found, secret)
    if options.json:
        print_json({"newest_good": clock.as_text(found.at), "kind": found.kind, "put_back": options.put_back})
    else:
        when = f"{found.at.astimezone():%H:%M on %d/%m/%Y}"
        after = "It is now in the file's place." if options.put_back else "Put it back with --put-back."
        print(f"The newest good copy is from {when}. {after}")
    return 0
