"""bargain gross: known totals of the sector, what weights they give, and the switch to use them."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from bargain.basis import banner, basis_of
from bargain.commands.options import add_json, add_sector, passphrase_of, sector_of, text_of
from bargain.commands.show import heads, percent, print_json, table
from bargain.grossing import weighting_of
from bargain.grossing_profile import ProfileRow, profile
from bargain.offers.totals_file import read_totals
from bargain.storage.container import write_sector
from models.grossing import GrossedUp, Grossing
from models.issues import UnusableInput
from models.sector import Sector


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain [--totals TOTALS.toml] [--agreed-on DATE | --off]."""
    add_sector(parser)
    parser.add_argument(
        "--totals", type=Path, metavar="TOTALS.toml", help="known totals, with their source and date"
    )
    switch = parser.add_mutually_exclusive_group()
    switch.add_argument(
        "--agreed-on", metavar="DATE", help="gross every figure up from now on; the day it was agreed"
    )
    switch.add_argument("--off", action="store_true", help="figures are the returns alone again")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Keep the totals, set the switch, and show what the weights are; all or nothing."""
    sector = sector_of(options)
    grossing = sector.grossing
    if options.totals is not None:  # other totals must be agreed anew
        grossing = Grossing(read_totals(text_of(options.totals), source=options.totals.name))
    if options.off:
        grossing = replace(grossing, agreed_on=None)
    elif options.agreed_on is not None:
        grossing = replace(grossing, agreed_on=_day(options.agreed_on))
    changed = replace(sector, grossing=grossing)
    told, rows = weighting_of(changed).told, profile(changed)
    if grossing != sector.grossing:
        write_sector(options.sector, changed, passphrase_of(options))
    if options.json:
        print_json(_json(changed, told, rows))
    else:
        print(_text(changed, told, rows))
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnusableInput(f"--agreed-on: “{text}” is not a date; write it like 2026-10-01.") from None


def _json(sector: Sector, told: GrossedUp, rows: tuple[ProfileRow, ...]) -> dict[str, Any]:
    agreed = sector.grossing.agreed_on
    return {
        "grossed": sector.grossing.is_on,
        "banner": banner(basis_of(sector, ())) or None,
        "agreed_on": agreed.isoformat() if agreed else None,
        "unit": str(told.unit),
        "returned": told.returned,
        "total": told.total,
        "source": told.source,
        "dated": told.dated.isoformat(),
        "cells": [
            {
                "name": one.name,
                "employers": one.employers,
                "staff": one.staff,
                "returned": one.returned,
                "total": one.total,
                "weight": one.total / one.returned,
                "merged": list(one.merged),
            }
            for one in told.cells
        ],
        "notes": list(told.notes),
        "before_after": [
            {
                "by": one.by,
                "name": one.name,
                "employers": one.employers,
                "staff": one.staff,
                "staff_share": one.staff_share,
                "employers_grossed": one.employers_grossed,
                "staff_grossed": one.staff_grossed,
                "staff_share_grossed": one.staff_share_grossed,
            }
            for one in rows
        ],
    }


def _text(sector: Sector, told: GrossedUp, rows: tuple[ProfileRow, ...]) -> str:
    cells = [
        [
            one.name,
            f"{one.employers:,}",
            f"{one.returned:,.0f}",
            f"{one.total:,.0f}",
            f"{one.total / one.returned:.3f}",
        ]
        for one in told.cells
    ]
    shown = [
        [
            f"{one.by}: {one.name}",
            f"{one.employers:,}",
            heads(one.staff),
            percent(one.staff_share, 1),
            f"{one.employers_grossed:,.1f}",
            f"{one.staff_grossed:,.0f}",
            percent(one.staff_share_grossed, 1),
        ]
        for one in rows
    ]
    state = banner(basis_of(sector, ()))
    return "\n\n".join(
        [
            f"{state}."
            if state
            else "Not in use: every figure is of the returns alone. Give --agreed-on to use it.",
            f"Totals of {told.unit} of {told.dated.isoformat()} from {told.source}.",
            table(["Cell", "employers", "returned", "total", "weight"], cells),
            table(["Before and after", "employers", "staff", "share", "stand for", "staff", "share"], shown),
            *told.notes,
        ]
    )
