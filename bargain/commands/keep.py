"""bargain keep: how long staff data is kept, import by import; a day may be set, and the day of the agreement."""

from __future__ import annotations

import argparse
from datetime import date

from bargain.commands.options import add_json, add_sector
from bargain.commands.sector_files import change, to_change, to_look_at
from bargain.commands.show import heads, print_json, table
from bargain.retention import Keeping, keepings, with_agreement, with_keep_until
from models.issues import UnusableInput
from models.sector import Sector

_NONE = "none"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain [--until DATE|rule [--import N…]] [--agreed-on DATE|none]."""
    add_sector(parser)
    parser.add_argument(
        "--until",
        metavar="DATE",
        help="the last day to keep staff data, such as 2027-06-30; “rule” for the usual one",
    )
    parser.add_argument(
        "--import", type=int, nargs="+", dest="numbers", metavar="N", help="which imports (default: all)"
    )
    parser.add_argument(
        "--agreed-on", metavar="DATE", help="the day the agreement was signed; “none” where it is not"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Set what is to be set, then list. Exit 1 where a last day has passed and the staff are still here."""
    if options.numbers and options.until is None:
        raise UnusableInput("--import says which imports --until is about; give --until too.")
    if options.until is None and options.agreed_on is None:
        with to_look_at(options) as file:
            sector = file.sector
    else:
        with to_change(options) as file:
            sector = _changed(file.sector, options)
            if sector.imports != file.sector.imports or sector.agreed_on != file.sector.agreed_on:
                change(file, sector, "How long staff data is kept")
    found = keepings(sector, date.today())
    if options.json:
        print_json({"agreed_on": sector.agreed_on, "imports": [_as_json(one) for one in found]})
    else:
        _print(sector, found)
    return 1 if any(one.is_over for one in found) else 0


def _changed(sector: Sector, options: argparse.Namespace) -> Sector:
    if options.agreed_on is not None:
        sector = with_agreement(sector, _day("--agreed-on", options.agreed_on, blank=_NONE))
    if options.until is not None:
        numbers = [one - 1 for one in options.numbers or range(1, len(sector.imports) + 1)]
        sector = with_keep_until(sector, numbers, _day("--until", options.until, blank="rule"))
    return sector


def _day(option: str, text: str, *, blank: str) -> date | None:
    if text == blank:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnusableInput(
            f"{option}: “{text}” is not a date; write it like 2027-06-30, or “{blank}”."
        ) from None


def _as_json(one: Keeping) -> dict[str, object]:
    return {
        "import": one.number + 1,
        "file": one.record.file,
        "imported": one.record.imported,
        "heads": round(one.heads, 6),
        "keep_until": one.until,
        "set_by_hand": one.is_set,
        "days_left": one.days_left,
    }


def _print(sector: Sector, found: tuple[Keeping, ...]) -> None:
    signed = "not signed" if sector.agreed_on is None else f"signed on {sector.agreed_on:%d/%m/%Y}"
    print(f"Agreement: {signed}.")
    rows = [
        [
            str(one.number + 1),
            one.record.file,
            heads(one.heads),
            f"{one.record.imported:%d/%m/%Y}",
            f"{one.until:%d/%m/%Y}",
            "over: erase it" if one.is_over else f"{one.days_left} days left",
        ]
        for one in found
    ]
    print(table(["import", "file", "staff", "imported", "keep until", ""], rows, left=2))
    if any(one.is_over for one in found):
        print("“bargain erase --over --yes” takes out the staff whose time is over.")
