"""bargain sensitivity: which inputs move the cost of an offer most."""

from __future__ import annotations

import argparse
from typing import Any

from bargain.commands.options import add_json, add_offer, add_sector, offer_of, sector_of
from bargain.commands.shapes import money
from bargain.commands.show import pounds, print_json, table
from bargain.progress import drive_with_bar
from bargain.sensitivity import FIGURES, STEP, TENTH, tornado
from models.sensitivity import Tornado


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --offer OFFER [--figure ID] [--by tenth|step]."""
    add_sector(parser)
    add_offer(parser)
    parser.add_argument(
        "--figure", default="cost_full_year", metavar="ID", help=f"one of {', '.join(FIGURES)}"
    )
    parser.add_argument(
        "--by", choices=(TENTH, STEP), default=TENTH, help="move each input by a tenth, or by one step"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the swings, widest first."""
    sector = sector_of(options)
    steps = tornado(sector, offer_of(options.offer, sector), options.figure, by=options.by)
    found = drive_with_bar("Pricing every change", steps, quiet=options.json)
    if options.json:
        print_json(tornado_json(found))
    else:
        print(_text(found))
    return 0


def tornado_json(found: Tornado) -> dict[str, Any]:
    """Money to the penny; an end that can't be priced is null."""
    return {
        "figure": found.figure,
        "label": found.label,
        "base": money(found.base),
        "by": found.by,
        "inputs": [
            {
                "id": one.key,
                "label": one.label,
                "kind": str(one.kind),
                "unit": one.unit,
                "value": one.value,
                "low": one.low,
                "high": one.high,
                "cost_low": money(one.cost_low),
                "cost_high": money(one.cost_high),
                "sourced": one.is_sourced,
            }
            for one in found.swings
        ],
    }


def _text(found: Tornado) -> str:
    rows = [
        [
            one.label if one.is_sourced else f"{one.label} – NO SOURCE",
            f"{one.low:,.6g}",
            f"{one.value:,.6g}",
            f"{one.high:,.6g} {one.unit}",
            _apart(one.cost_low, found.base),
            _apart(one.cost_high, found.base),
        ]
        for one in found.swings
    ]
    head = f"{found.label}: {pounds(found.base)}; {found.by}."
    return f"{head}\n\n" + table(["Input", "lower", "now", "higher", "cost, lower", "cost, higher"], rows)


def _apart(cost: float | None, base: float) -> str:
    if cost is None:
        return "not known"
    return f"{'+' if round(cost - base) > 0 else ''}{pounds(cost - base)}"
