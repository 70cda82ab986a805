"""bargain parties: who sits at the table, for which side, and for how many staff each speaks."""

from __future__ import annotations

import argparse

from bargain.at_the_table import at_the_table, with_party, without_party
from bargain.commands.options import add_json, add_sector
from bargain.commands.records import NOT_KNOWN, add_record, known_number, sector_after
from bargain.commands.show import heads, number, percent, print_json, table
from models.choices import SideAtTable, SizeFrom
from models.issues import UnusableInput
from models.party import PARTY_KINDS, PartnerGroup, Party
from models.sector import Sector

SIDE_WORDS = {
    "workers": PartnerGroup.WORKERS,
    "employers": PartnerGroup.EMPLOYERS,
    "commissioners": PartnerGroup.COMMISSIONERS,
    "children": PartnerGroup.CHILDREN,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain [--set NAME [--side SIDE] [--kind KIND] [--speaks-for N] [--rename NEW] | --remove NAME]."""
    add_sector(parser)
    add_record(
        parser,
        "NAME",
        to_set="the party to add, or to change where it is there",
        to_remove="the party that leaves the table",
    )
    parser.add_argument("--side", choices=tuple(SIDE_WORDS), help="for which group it sits")
    parser.add_argument("--kind", help=f"what it is: {', '.join(PARTY_KINDS)}, or other words")
    parser.add_argument(
        "--speaks-for",
        metavar="N",
        help=f"how many staff in scope it speaks for; “{NOT_KNOWN}” where nobody knows",
    )
    parser.add_argument("--rename", metavar="NEW", help="another name for it")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Set what is to be set, then list."""
    sector = sector_after(
        options,
        lambda one: _changed(one, options),
        details=("side", "kind", "speaks_for", "rename"),
        what="party",
        kept=lambda one: one.parties,
    )
    sides = at_the_table(sector, sector.what_if.staying)
    if options.json:
        print_json(
            {
                "parties": [party_json(one) for one in sector.parties],
                "table": [side_json(one) for one in sides],
            }
        )
    else:
        print(_text(sector, sides))
    return 0


def _changed(sector: Sector, options: argparse.Namespace) -> tuple[Sector, str]:
    if options.remove is not None:
        return without_party(sector, options.remove), f"{options.remove} leaves the table"
    held = next((one for one in sector.parties if one.name == options.set), None)
    if held is None and options.side is None:
        raise UnusableInput(f"“{options.set}” is not at the table yet; say for whom it sits with --side.")
    group = held.group if options.side is None and held else SIDE_WORDS[options.side or "workers"]
    kind = options.kind if options.kind is not None else held.kind if held else ""
    size = held.speaks_for if held else None
    if options.speaks_for is not None:
        size = known_number(options.speaks_for, "--speaks-for", what="number of staff", like="1250")
    party = Party(options.rename or options.set, group, kind, size)
    text = f"At the table: {party.name}"
    return with_party(sector, party, instead_of=options.set if held else ""), text


def party_json(party: Party) -> dict[str, object]:
    """One party as an object."""
    return {"name": party.name, "side": str(party.group), "kind": party.kind, "speaks_for": party.speaks_for}


def side_json(side: SideAtTable) -> dict[str, object]:
    """One side of the table as an object."""
    return {
        "side": str(side.group),
        "parties": [
            {**party_json(one.party), "speaks_for": one.speaks_for, "from": str(one.source)}
            for one in side.seats
        ],
        "unknown": list(side.unknown),
        "speaks_for": side.speaks_for,
        "effective": side.effective,
        "fragmentation": side.fragmentation,
    }


def side_rows(sides: tuple[SideAtTable, ...]) -> list[list[str]]:
    """What a table says of both sides: seats, staff spoken for, parties in effect, fragmentation."""
    return [
        [
            f"The {side.group}' side",
            str(len(side.seats)),
            heads(side.speaks_for) if side.speaks_for is not None else "not known",
            number(side.effective, 3),
            percent(side.fragmentation, 1),
        ]
        for side in sides
    ]


SIDE_HEADINGS = ["At the table", "parties", "speak for", "in effect", "fragmentation"]


def _text(sector: Sector, sides: tuple[SideAtTable, ...]) -> str:
    if not sector.parties:
        return "Nobody is at the table yet. Add a party: bargain parties SECTOR --set NAME --side workers --speaks-for N."
    seats = {one.party.name: one for side in sides for one in side.seats}
    rows = []
    for party in sector.parties:
        seat = seats.get(party.name)
        size = party.speaks_for if seat is None else seat.speaks_for
        source = "" if seat is None or seat.source is SizeFrom.NOT_KNOWN else str(seat.source)
        rows.append(
            [party.name, str(party.group), party.kind, "not known" if size is None else heads(size), source]
        )
    parts = [
        table(["party", "side", "kind", "speaks for", "from"], rows, left=3),
        table(SIDE_HEADINGS, side_rows(sides)),
    ]
    unknown = [name for side in sides for name in side.unknown]
    if unknown:
        parts.append(f"Not known for how many staff these speak: {', '.join(unknown)}.")
    return "\n\n".join(parts)
