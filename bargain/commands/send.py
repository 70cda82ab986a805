"""bargain send: a tabled offer as a signed file for the other side. bargain take reads one."""

from __future__ import annotations

import argparse
import hashlib
from datetime import date
from pathlib import Path

from bargain.commands.options import add_json, add_sector, offer_of
from bargain.commands.sector_files import change, to_change
from bargain.commands.show import print_json
from bargain.offers.words import describe_offer
from bargain.signed_offers import PUBLIC_NAME, key_in_words, what_leaves, with_sent, write_pack
from bargain.storage import log
from bargain.whole_file import write_whole
from models.issues import UnusableInput
from models.signed import SentOffer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --offer NAME --to PARTY --out FILE.pack [--as NAME] [--by PARTY] [--table NAME]."""
    add_sector(parser)
    parser.add_argument("--offer", required=True, metavar="NAME", help="a tabled offer of the sector file")
    parser.add_argument("--to", required=True, metavar="PARTY", help="for whom it is")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE.pack", help="the file to write")
    parser.add_argument(
        "--as",
        dest="shown_as",
        default=PUBLIC_NAME,
        metavar="NAME",
        help=f"the name they see (default: {PUBLIC_NAME})",
    )
    parser.add_argument("--by", metavar="PARTY", help="who makes the offer (default: as the offer says)")
    parser.add_argument("--table", metavar="NAME", help="the table's name (default: the sector's)")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write the file, and keep a line about it in the sector; say exactly what leaves."""
    if options.out.exists():
        raise UnusableInput(f"{options.out} is there already; give the file another name.")
    with to_change(options) as file:
        sector = file.sector
        offer = offer_of(options.offer, sector)
        by = options.by if options.by is not None else offer.by
        today = date.today()
        data = write_pack(
            offer, shown_as=options.shown_as, table=sector.name if options.table is None else options.table,
            by=by, to=options.to, made_on=today, sign=file.sign,
        )  # fmt: skip
        try:
            write_whole(options.out, data)
        except OSError as error:
            raise UnusableInput(
                f"{options.out} was not written: {error.strerror}. Choose another folder or name."
            ) from None
        sent = SentOffer(offer.name, options.shown_as, options.to, today, hashlib.sha256(data).hexdigest())
        change(file, with_sent(sector, sent), f"Sent “{options.shown_as}” to {options.to}")
        log.note("sent", size=len(data))
        key = file.public_key
    leaves = describe_offer(what_leaves(offer, shown_as=options.shown_as, by=by))
    if options.json:
        print_json(
            {
                "file": str(options.out),
                "bytes": len(data),
                "sha256": sent.sha256,
                "key": key,
                "key_in_words": key_in_words(key),
                "leaves": list(leaves),
            }
        )
    else:
        print("\n".join(leaves))
        print(
            f"{options.out}: {len(data):,} bytes for {options.to}. Signed with the key {key_in_words(key)}."
        )
    return 0
