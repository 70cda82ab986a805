"""bargain take: an offer that the other side signed, into a sector file as a draft of theirs."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

from bargain.commands.options import add_json, add_sector
from bargain.commands.sector_files import change, to_change
from bargain.commands.show import print_json
from bargain.offers.words import describe_offer
from bargain.signed_offers import MOST_BYTES, Trust, key_in_words, read_pack, trust_in, with_taken
from bargain.storage import log
from models.issues import UnusableInput

SAID = {
    Trust.OWN: "This file signed it itself: it is your own offer.",
    Trust.KNOWN: "Signed with the same key as what they sent before.",
    Trust.NEW: "Nothing came from them before: compare the key with them.",
    Trust.OTHER: "They signed with another key before: ask them about it.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain FILE.pack."""
    add_sector(parser)
    parser.add_argument("pack", type=Path, metavar="FILE.pack", help="the signed offer")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Take it in as one step. Exit 1 where its party signed with another key before; it is taken in all the same."""
    signed = read_pack(bytes_of(options.pack), source=options.pack.name)
    with to_change(options) as file:
        trust = trust_in(file.sector, signed, own_key=file.public_key)
        sector, name = with_taken(file.sector, signed, today=date.today())
        change(file, sector, f"Took in “{name}” from {signed.by}")
        log.note("taken_in", size=options.pack.stat().st_size)
    if options.json:
        print_json(
            {
                "offer": name,
                "by": signed.by,
                "to": signed.to,
                "table": signed.table,
                "made_on": signed.made_on,
                "key": signed.key,
                "key_in_words": key_in_words(signed.key),
                "trust": str(trust),
                "notes": list(signed.notes),
            }
        )
    else:
        print("\n".join((*describe_offer(replace(signed.offer, tabled=True)), *signed.notes)))
        print(f"“{name}” is in {options.sector} as a draft. Key {key_in_words(signed.key)}. {SAID[trust]}")
    return 1 if trust is Trust.OTHER else 0


def bytes_of(path: Path) -> bytes:
    """The file's bytes, never more than a little beyond what any may have. Raises UnusableInput."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise UnusableInput(f"There is no file {path}; check its name.") from None
    except OSError as error:
        raise UnusableInput(f"{path} could not be read: the system says “{error.strerror}”.") from None
