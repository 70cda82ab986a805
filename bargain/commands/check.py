"""bargain check: open, authenticate and verify a sector file, its history, its copies and what was frozen."""

from __future__ import annotations

import argparse

from bargain.commands.options import add_json, add_sector, secret_of
from bargain.commands.show import heads, pounds, print_json
from bargain.freezing import Difference, differences
from bargain.in_number import in_number
from bargain.storage.checking import FileCheck, verify
from bargain.storage.outside import look_for_backups, newest_good
from bargain.storage.refusals import DamagedFileError
from models.issues import UnusableInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain."""
    add_sector(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Say what is in the file and that every byte of it is as it was written; name what is not. Exit 1 then."""
    if not options.sector.exists():
        raise UnusableInput(f"There is no sector file {options.sector}; check its name.")
    secret = secret_of(options)
    found = verify(options.sector, secret)
    other = [one for sector, frozen in found.frozen for one in differences(sector, frozen)]
    if options.json:
        print_json(_as_json(options, found, other))
    else:
        _print(options, secret, found, other)
    return 0 if found.intact else 1


def _as_json(options: argparse.Namespace, found: FileCheck, other: list[Difference]) -> dict[str, object]:
    return {
        "intact": found.intact,
        "version": found.version,
        "heads": found.heads,
        "employers": found.employers,
        "offers": found.offers,
        "rounds": found.rounds,
        "sha256": found.sha256,
        "steps": found.steps,
        "frozen": len(found.frozen),
        "backups": len(look_for_backups(options.sector)),
        "faults": list(found.faults),
        "figures_that_differ": [
            {
                "name": one.frozen.name,
                "offer": one.offer,
                "figure": one.figure,
                "then": one.then,
                "now": one.now,
            }
            for one in other
        ],
    }


def _print(
    options: argparse.Namespace, secret: str | None, found: FileCheck, other: list[Difference]
) -> None:
    if not found.intact:
        print(DamagedFileError(str(options.sector)))
        for fault in found.faults:
            print(f"  {fault}")
        copy = newest_good(options.sector, secret)
        if copy is not None:
            when = f"{copy.at.astimezone():%H:%M on %d/%m/%Y}"
            print(f"The newest good copy is from {when}. “bargain recover --put-back” puts it in its place.")
        return
    print(
        f"Intact. Format {found.version}: {heads(found.heads)} staff, {in_number(found.employers, 'employer')}, "
        f"{in_number(found.offers, 'offer')}, {in_number(found.rounds, 'closed round')}, "
        f"{in_number(found.steps, 'step')} of history, {len(found.frozen)} frozen. "
        f"SHA-256 {found.sha256}"
    )
    for one in other:
        now = "no figure" if one.now is None else pounds(one.now)
        whose = (
            f"“{one.frozen.name}” was closed with “{one.offer}” at"
            if one.frozen.offers
            else f"“{one.frozen.name}” was tabled with"
        )
        print(f"{whose} {one.figure} {pounds(one.then)}; this version gives {now}. The frozen figure stays.")
