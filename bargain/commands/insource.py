"""bargain insource: what bringing employers in-house would cost, save and pay back."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace

from bargain.basis import basis_of
from bargain.commands.options import add_json, add_sector, sector_of
from bargain.commands.shapes import basis_json
from bargain.commands.show import basis_text, heads, percent, pounds, print_json, table
from bargain.insourcing import CAVEAT, in_sourcing, rates_like
from models.choices import InSourcing
from models.issues import UnusableInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --employers NAME… (--like NAME | --rates GRADE=POUNDS…) [--compensation | --multiple]."""
    add_sector(parser)
    parser.add_argument(
        "--employers", nargs="+", required=True, metavar="NAME", help="whom to bring in-house"
    )
    rates = parser.add_mutually_exclusive_group(required=True)
    rates.add_argument(
        "--like", metavar="NAME", help="the employer whose median pay by grade is the comparator"
    )
    rates.add_argument(
        "--rates", nargs="+", metavar="GRADE=POUNDS", help="the comparator, £ an hour by grade"
    )
    basis = parser.add_mutually_exclusive_group()
    basis.add_argument("--compensation", type=float, metavar="POUNDS", help="a stated sum")
    basis.add_argument("--multiple", type=float, metavar="N", help="so many times operating profit")
    parser.add_argument(
        "--recoverable", type=float, default=0.0, metavar="POUNDS", help="charges that come back"
    )
    parser.add_argument("--rate", type=float, default=3.5, metavar="PERCENT", help="discount rate (3.5)")
    parser.add_argument("--years", type=int, default=10, help="years of the present value (10)")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the case, with its assumptions."""
    sector = sector_of(options)
    comparator = rates_like(sector, options.like) if options.like else dict(map(_rate, options.rates))
    found = in_sourcing(
        sector,
        options.employers,
        comparator=comparator,
        compensation=options.compensation,
        multiple=options.multiple,
        recoverable=options.recoverable,
        rate=options.rate / 100,
        years=options.years,
    )
    basis = replace(basis_of(sector, ()), grossed=None)  # the case counts the employers that are named
    if options.json:
        counted = basis_json(basis, {})
        print_json({**asdict(found), "comparator": comparator, "caveat": CAVEAT, "data_basis": counted})
    else:
        print(f"{basis_text(basis)}\n\n{_text(found, comparator)}")
    return 0


def _rate(text: str) -> tuple[str, float]:
    grade, _, value = text.rpartition("=")
    try:
        return grade, float(value)
    except ValueError:
        raise UnusableInput(
            f"“{text}” gives no rate; write GRADE=POUNDS, such as “Team leader=19.00”."
        ) from None


def _text(found: InSourcing, comparator: dict[str, float]) -> str:
    payback = "never: nothing is saved" if found.payback is None else f"{found.payback:.2f} years"
    rows = [
        ["Staff", heads(found.heads)],
        ["Operating profit and recoverable charges, a year", pounds(found.gross)],
        ["Cost of parity of pay, a year, with on-costs", pounds(found.parity_cost)],
        ["Pay short of the comparator", percent(found.parity_gap)],
        ["Saved a year", pounds(found.net)],
        [f"Compensation: {found.basis}", pounds(found.compensation)],
        ["Paid back after", payback],
        [f"Net present value, {found.years} years at {percent(found.rate, 1)}", pounds(found.npv)],
    ]
    mapping = "; ".join(f"{grade} £{rate:.2f}" for grade, rate in comparator.items())
    lines = [table([f"In-house: {', '.join(found.employers)}", ""], rows), f"Comparator an hour: {mapping}."]
    if found.no_comparator:
        lines.append(f"{heads(found.no_comparator)} staff have no comparator and are priced as they are.")
    if found.not_known:
        lines.append(f"No accounts, so no profit is counted: {', '.join(found.not_known)}.")
    return "\n\n".join([*lines, CAVEAT])
