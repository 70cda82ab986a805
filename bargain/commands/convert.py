"""bargain convert: agency and zero-hours work brought inside – cost, saving and hours that stay unfilled, apart."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from bargain.appraisal import no_offer
from bargain.basis import basis_of
from bargain.commands.options import add_json, add_offer, add_sector, offer_of, sector_of
from bargain.commands.shapes import basis_json
from bargain.commands.show import basis_text, heads, number, percent, pounds, print_json, rate, table
from bargain.conversion import INSECURE, NAMES, converted
from models.conversion import Conversion, Converted
from models.issues import UnusableInput
from models.workforce import Contract

_HOW = (
    "Hours that stay unfilled are neither cost nor saving. An hour of direct work costs what permanent and fixed-term staff "
    "of the same grade cost at the same employer after the offer, with on-costs; else across the sector."
)
_MONEY = ("no_longer_paid", "direct_cost", "idle_cost", "saved", "short")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain [--offer OFFER] --filled PERCENT [--charge POUNDS] [--kinds KIND…]."""
    add_sector(parser)
    add_offer(parser, required=False)
    parser.add_argument(
        "--filled",
        type=float,
        required=True,
        metavar="PERCENT",
        help="hours for which staff are found: assumed",
    )
    parser.add_argument(
        "--charge", type=float, metavar="POUNDS", help="what agencies charge an hour, without VAT: assumed"
    )
    parser.add_argument(
        "--kinds", nargs="+", metavar="KIND", help=f"what is converted: {', '.join(NAMES.values())} (all)"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the conversion by kind and by employer."""
    sector = sector_of(options)
    offer = offer_of(options.offer, sector) if options.offer else no_offer(sector)
    found = converted(
        sector,
        offer,
        filled=options.filled / 100,
        charge=options.charge,
        kinds=tuple(map(_kind, options.kinds)) if options.kinds else INSECURE,
    )
    basis = basis_of(sector, ())
    if options.json:
        print_json(
            {
                "offer": offer.name,
                "assumptions": {"filled": options.filled / 100, "charge": options.charge},
                **_json(found),
                "basis": basis_json(basis, {}),
            }
        )
    else:
        print(f"{basis_text(basis)}\n\n{_text(found, options)}")
    return 0


def _kind(text: str) -> Contract:
    for kind, name in NAMES.items():
        if text.casefold().replace("_", "-") == name:
            return kind
    raise UnusableInput(f"“{text}” is no kind of work to convert; use {', '.join(NAMES.values())}.")


def _json(found: Conversion) -> dict[str, Any]:
    return {
        "by_kind": [_row_json(one) for one in found.by_kind],
        "by_employer": [_row_json(one) for one in found.by_employer],
        "total": _row_json(found.total),
        "insecure_hours_before": found.insecure_before,
        "insecure_hours_after": found.insecure_after,
        "floor": found.floor,
        "not_known": list(found.not_known),
    }


def _row_json(one: Converted) -> dict[str, Any]:
    row = asdict(one)
    return {
        key: round(value, 2 if key in _MONEY else 6) if isinstance(value, float) else value
        for key, value in row.items()
    }


def _text(found: Conversion, options: argparse.Namespace) -> str:
    charge = "not known" if options.charge is None else f"{rate(options.charge)} an hour"
    parts = [
        f"Assumed: staff are found for {options.filled:g} % of the hours; agencies charge {charge}.",
        _table("Work", (*found.by_kind, found.total)),
        _table("Employer", found.by_employer),
        _HOW,
        f"Insecure work, share of hours: {percent(found.insecure_before)} before, {percent(found.insecure_after)} after.",
        *found.not_known,
    ]
    below = [one for one in found.by_employer if one.below_floor]
    if below:
        rows = [[one.name, heads(one.below_floor), pounds(one.short)] for one in below]
        head = f"Paid less than {rate(found.floor)} an hour today:"
        parts.append(f"{head}\n{table(['Employer', 'staff', 'short, a year'], rows)}")
    return "\n\n".join(parts)


def _table(word: str, rows: tuple[Converted, ...]) -> str:
    headings = [word, "staff", "hours", "no longer paid", "direct", "idle hours", "saved", "hours unfilled"]
    return table(
        headings,
        [
            [
                one.name,
                heads(one.heads),
                number(one.hours, 0),
                pounds(one.no_longer_paid),
                pounds(one.direct_cost),
                pounds(one.idle_cost),
                pounds(one.saved),
                number(one.unfilled_hours, 0),
            ]
            for one in rows
        ],
    )
