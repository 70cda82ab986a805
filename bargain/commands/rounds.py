"""bargain rounds: closed rounds and tabled offers, with the figures as frozen and as today's engine gives them."""

from __future__ import annotations

import argparse

from bargain.commands.options import add_json, add_sector
from bargain.commands.sector_files import change, to_change, to_look_at
from bargain.commands.show import percent, print_json, table
from bargain.freezing import ROUND, Reopened, closed, letters_of, reopened
from bargain.storage.sector_file import SectorFile
from models.frozen import Frozen

_RATIO = "level"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain [--close NAME [--note TEXT]]."""
    add_sector(parser)
    parser.add_argument("--close", metavar="NAME", help="close a round: freeze everything tabled so far")
    parser.add_argument(
        "--note", default="", metavar="TEXT", help="what to keep beside it: place, date, who was there"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Close a round, if one is to be closed; then list. Exit 1 where today's engine would give another figure."""
    if options.close is not None:
        with to_change(options) as file:
            changed = closed(file.sector, options.close, note=options.note)
            change(file, changed, f"Closed {changed.frozen[-1].name}", kind="round")
            found = _all(file)
    else:
        with to_look_at(options) as file:
            found = _all(file)
    if options.json:
        print_json({"frozen": [_as_json(frozen, figures) for frozen, figures in found]})
    else:
        _print(found)
    return 1 if any(not one.agrees for _, figures in found for one in figures or ()) else 0


def _all(file: SectorFile) -> list[tuple[Frozen, tuple[Reopened, ...] | None]]:
    """Everything frozen, newest first, with its figures; None where the data was erased since."""
    found: list[tuple[Frozen, tuple[Reopened, ...] | None]] = []
    for frozen in reversed(file.sector.frozen):
        then = file.when_frozen(frozen)
        found.append((frozen, None if then is None else reopened(then, frozen)))
    return found


def _as_json(frozen: Frozen, figures: tuple[Reopened, ...] | None) -> dict[str, object]:
    parts = frozen.offers or ((frozen,) if frozen.kind != ROUND else ())
    return {
        "kind": frozen.kind,
        "name": frozen.name,
        "at": frozen.at,
        "letters": letters_of(frozen),
        "fingerprint": frozen.fingerprint,
        "engine": frozen.engine,
        "note": frozen.note,
        "offers": [{"name": one.name, "figures": dict(one.figures)} for one in parts],
        "data_at_hand": figures is not None,
        "figures_that_differ": [
            {"offer": one.offer, "figure": one.figure, "then": one.then, "now": one.now}
            for one in figures or ()
            if not one.agrees
        ],
    }


def _print(found: list[tuple[Frozen, tuple[Reopened, ...] | None]]) -> None:
    if not found:
        print("Nothing was tabled or closed yet.")
    for frozen, figures in found:
        what = "Closed" if frozen.kind == ROUND else "Tabled"
        print(f"{what}: {frozen.name} ({frozen.at}, {letters_of(frozen)}, engine {frozen.engine})")
        if frozen.note:
            print(f"  {frozen.note}")
        if figures is None:
            print(
                "  Its staff data was erased since, so the figures can't be worked out anew. They stay as frozen:"
            )
            parts = frozen.offers or (frozen,)
            rows = [[part.name, name, _shown(name, value)] for part in parts for name, value in part.figures]
            print(table(["offer", "figure", "frozen"], rows, left=2))
            continue
        rows = [
            [
                one.offer,
                one.figure,
                _shown(one.figure, one.then),
                _shown(one.figure, one.now),
                "" if one.agrees else "✗",
            ]
            for one in figures
        ]
        print(table(["offer", "figure", "frozen", "this version", ""], rows, left=2))


def _shown(figure: str, value: float | None) -> str:
    if value is None:
        return "no figure"
    return percent(value, 4) if figure == _RATIO else f"£{value:,.2f}"
