"""bargain why: what makes two costings of one offer differ, cause by cause."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bargain.assumed import KINDS, fault_in, kind_of
from bargain.commands.options import add_json, add_offer, add_sector, offer_of, secret_of, sector_of
from bargain.commands.shapes import money
from bargain.commands.show import print_json, table
from bargain.differences import FIGURES, Side, why_different
from bargain.plain_cells import as_plain
from bargain.progress import drive_with_bar
from bargain.storage.container import read_sector
from models.assumptions import Assumption
from models.differences import Difference
from models.issues import UnusableInput
from models.sector import Sector


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain [OTHER.bargain] --offer OFFER [--assume KEY=VALUE]."""
    add_sector(parser)
    parser.add_argument(
        "other",
        type=Path,
        nargs="?",
        metavar="OTHER.bargain",
        help="the other side's sector file; without it the same one, with what --assume changes",
    )
    parser.add_argument(
        "--assume",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="an assumption as the other side has it, for instance cover_share=0.5 (may be repeated)",
    )
    parser.add_argument(
        "--other-passphrase-file",
        type=Path,
        metavar="FILE",
        help="the passphrase of the other file, where it has one of its own",
    )
    add_offer(parser)
    parser.add_argument(
        "--other-offer", metavar="OFFER", help="the offer as the other side dates or reads it (else the same)"
    )
    parser.add_argument(
        "--figure", default="cost_full_year", metavar="ID", help=f"one of {', '.join(FIGURES)}"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the causes. Exit 1 where the two figures differ, 0 where they are the same."""
    sector = sector_of(options)
    theirs = _assuming(_other(options, sector), options.assume)
    offer = offer_of(options.offer, sector)
    other_offer = offer_of(options.other_offer, theirs) if options.other_offer else offer
    found = _compared(Side(sector, offer), Side(theirs, other_offer), options)
    if options.json:
        print_json(difference_json(found))
    else:
        print(_text(found, str(options.sector), str(options.other or "the same, assuming otherwise")))
    return 1 if found.total else 0


def _compared(one: Side, other: Side, options: argparse.Namespace) -> Difference:
    return drive_with_bar("Comparing", why_different(one, other, options.figure), quiet=options.json)


def _assuming(sector: Sector, assumed: Sequence[str]) -> Sector:
    """The sector with other values of its assumptions. Raises UnusableInput for a key that no costing uses."""
    held = list(sector.assumptions)
    for text in assumed:
        key, _, number = text.partition("=")
        kind = kind_of(key)
        if kind is None:
            near = get_close_matches(key, KINDS, 1)
            hint = f"the nearest is “{near[0]}”" if near else f"use one of {', '.join(KINDS)}"
            raise UnusableInput(f"--assume {text}: there is no assumption “{key}”; {hint}.")
        try:
            value = float(number)
        except ValueError:
            raise UnusableInput(
                f"--assume {text}: “{number}” is not a number; write it as {key}=0.5."
            ) from None
        one = Assumption(key, kind.label, value, kind.unit)
        if fault := fault_in(one):
            raise UnusableInput(f"--assume {text}: {fault}")
        held = [*(other for other in held if (other.key, other.employer) != (key, "")), one]
    return replace(sector, assumptions=tuple(held))


def _other(options: argparse.Namespace, sector: Sector) -> Sector:
    if options.other is None:
        return sector
    if not options.other.exists():
        raise UnusableInput(f"There is no sector file {options.other}; check its name.")
    if options.other_passphrase_file is None:
        return read_sector(options.other, secret_of(options, options.other))
    own = argparse.Namespace(passphrase_file=options.other_passphrase_file)
    return read_sector(options.other, secret_of(own, options.other))


def difference_json(found: Difference) -> dict[str, Any]:
    """Money to the penny; the causes' pennies sum to those of the difference."""
    return {
        "figure": found.figure,
        "label": found.label,
        "one": money(found.one),
        "other": money(found.other),
        "difference": found.total,
        "causes": [
            {"id": one.key, "label": one.label, "amount": one.shown, "differs": one.differs}
            for one in found.causes
        ],
        "renamed_employers": [{"other": other, "one": one} for other, one in found.renamed],
    }


def _text(found: Difference, one: str, other: str) -> str:
    sides = [[one, f"£{found.one:,.2f}"], [other, f"£{found.other:,.2f}"]]
    rows = [
        [cause.label, _signed(cause.shown) if cause.differs else "the same"]
        for cause in sorted(found.causes, key=lambda cause: -abs(cause.amount))
    ]
    rows.append(["= Difference", _signed(found.total)])
    note = "Each share is the mean over every order of exchanging the causes, so no order decides it."
    parts = [table([found.label, ""], sides), table(["Cause", "£"], rows), note]
    if found.renamed:
        names = ", ".join(f"“{as_plain(other)}” as “{as_plain(one)}”" for other, one in found.renamed)
        parts.append(f"Taken as one employer under two names: {names}.")
    return "\n\n".join(parts)


def _signed(amount: float) -> str:
    return f"{'-' if amount < 0 else '+' if amount > 0 else ''}£{abs(amount):,.2f}"
