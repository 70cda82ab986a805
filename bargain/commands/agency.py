"""bargain agency: agencies' charges taken apart, and their hours converted to direct work."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from bargain.commands.options import add_json, add_passphrase, offer_of, sector_of
from bargain.commands.show import number, percent, pounds, print_json, rate, table
from bargain.insourcing import agency_work
from bargain.what_if import NEEDED, AgencyAnswer, agency_of, agency_totals, floor_of
from models.issues import UnusableInput
from models.what_if import AgencyLine

_APART = "Without VAT. Hours that stay unfilled are neither cost nor saving."
_WORDS = {"charge": "the charge", "pay": "the pay", "on_cost": "the on-cost", "hours": "the hours"}
_CONVERTED = (
    "direct_cost",
    "saved",
    "unfilled_hours",
)  # only of a line that says how many hours would be filled


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """[SECTOR.bargain] [--charge] [--pay] [--on-cost] [--hours] [--direct-cost] [--filled] [--offer]."""
    parser.add_argument(
        "sector",
        type=Path,
        nargs="?",
        metavar="SECTOR.bargain",
        help="a sector file: its agency lines, with the options in place of what they say",
    )
    add_passphrase(parser)
    for name, words in (
        ("charge", "what the agency charges an hour, without VAT"),
        ("pay", "what its worker is paid an hour"),
        ("on-cost", "its on-costs an hour: employer NI, pension, holiday, levy"),
        ("hours", "hours a year"),
    ):
        parser.add_argument(f"--{name}", type=float, metavar="N", help=words)
    parser.add_argument(
        "--direct-cost",
        type=float,
        metavar="N",
        help="an hour of direct work with on-costs (pay and on-cost)",
    )
    parser.add_argument(
        "--filled",
        type=float,
        metavar="PERCENT",
        help="hours for which staff are found (the file's; without a file 100)",
    )
    parser.add_argument("--offer", metavar="OFFER", help="its floor is held against the worker's pay")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the parts; cost, saving and unfilled hours apart."""
    missing = [name for name in NEEDED if getattr(options, name) is None]
    if options.sector is not None and (missing or options.offer):
        return _of_file(options)
    if missing or options.offer:
        raise UnusableInput(
            f"Give a sector file with agency lines, or say {_flags(missing or NEEDED)} without an offer."
        )
    return _of_options(options)


def _of_options(options: argparse.Namespace) -> int:
    direct = options.pay + options.on_cost if options.direct_cost is None else options.direct_cost
    found = agency_work(
        charge=options.charge,
        pay=options.pay,
        on_cost=options.on_cost,
        hours=options.hours,
        direct_cost=direct,
        filled=1.0 if options.filled is None else options.filled / 100,
    )
    if options.json:
        print_json(asdict(found))
        return 0
    rows = [
        ["Charge an hour", rate(found.charge)],
        ["of it pay", rate(found.pay)],
        ["of it on-cost", rate(found.on_cost)],
        ["of it skim", f"{rate(found.skim)} ({percent(found.skim_share)})"],
        ["Skim a year", pounds(found.skim_a_year)],
        ["Direct work instead: cost a year", pounds(found.direct_cost)],
        ["Direct work instead: saved a year", pounds(found.saved)],
        ["Hours that stay unfilled", number(found.unfilled_hours, 0)],
    ]
    print(f"{table(['Agency work', ''], rows)}\n\n{_APART}")
    return 0


def _of_file(options: argparse.Namespace) -> int:
    """The sector file's agency lines, as the window shows them."""
    sector = sector_of(options)
    lines = tuple(_with_options(one, options) for one in sector.what_if.agency)
    if not lines:
        raise UnusableInput(
            f"{options.sector.name} holds no agency lines; enter them under What if, or say {_flags(NEEDED)}."
        )
    floor = floor_of(offer_of(options.offer, sector)) if options.offer else None
    answers = agency_of(lines, floor)
    totals = asdict(agency_totals(answers))
    if options.json:
        print_json(
            {
                "lines": [_line_json(one) for one in answers],
                "totals": totals,
                "floor": None if floor is None else floor.hourly,
            }
        )
    else:
        print(_file_text(answers, totals))
    return 0


def _flags(names: Sequence[str]) -> str:
    return ", ".join(f"--{name.replace('_', '-')}" for name in names)


def _with_options(line: AgencyLine, options: argparse.Namespace) -> AgencyLine:
    """A line with what the options say in its place."""
    said = {name: getattr(options, name) for name in (*NEEDED, "direct_cost")}
    said["filled"] = None if options.filled is None else options.filled / 100
    return replace(line, **{name: value for name, value in said.items() if value is not None})


def _line_json(one: AgencyAnswer) -> dict[str, Any]:
    line: dict[str, Any] = {"work": one.line.work, "buyer": one.line.buyer}
    for name in (*NEEDED, "skim", "skim_share", "skim_a_year", *_CONVERTED):
        of = one.line if name in NEEDED else one.found
        is_known = of is not None and (one.is_converted or name not in _CONVERTED)
        line[name] = getattr(of, name) if is_known else None
    return {
        **line,
        "filled": one.line.filled,
        "below_floor": one.short,
        "not_known": list(one.missing),
    }


def _file_text(answers: Sequence[AgencyAnswer], totals: dict[str, Any]) -> str:
    headings = [
        "Agency work",
        "buyer",
        "charge",
        "pay",
        "on-cost",
        "skim",
        "skim a year",
        "direct",
        "saved",
        "unfilled",
    ]
    rows = []
    for one in answers:
        told = _line_json(one)
        rows.append(
            [
                told["work"],
                told["buyer"],
                rate(told["charge"]),
                rate(told["pay"]),
                rate(told["on_cost"]),
                rate(told["skim"]),
                pounds(told["skim_a_year"]),
                pounds(told["direct_cost"]),
                pounds(told["saved"]),
                number(told["unfilled_hours"], 0),
            ]
        )
    sums = [totals[name] for name in ("skim", "direct_cost", "saved")]
    rows.append(["Together", "", "", "", "", "", *map(pounds, sums), number(totals["unfilled"], 0)])
    parts = [table(headings, rows)]
    for one in answers:
        if one.missing:
            lacks = ", ".join(_WORDS[name] for name in one.missing)
            parts.append(f"“{one.line.work or one.line.buyer}” is not counted: {lacks} is not known.")
        if one.short:
            parts.append(
                f"“{one.line.work or one.line.buyer}” pays {rate(one.short)} an hour less than the floor."
            )
    return "\n\n".join([*parts, _APART])
