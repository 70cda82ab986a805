"""bargain agency: an agency's charge taken apart, and its hours converted to direct work."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from bargain.commands.options import add_json
from bargain.commands.show import number, percent, pounds, print_json, rate, table
from bargain.insourcing import agency_work


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--charge --pay --on-cost --hours [--direct-cost] [--filled]."""
    for name, words in (
        ("charge", "what the agency charges an hour, without VAT"),
        ("pay", "what its worker is paid an hour"),
        ("on-cost", "its on-costs an hour: employer NI, pension, holiday, levy"),
        ("hours", "hours a year"),
    ):
        parser.add_argument(f"--{name}", type=float, required=True, metavar="N", help=words)
    parser.add_argument(
        "--direct-cost",
        type=float,
        metavar="N",
        help="an hour of direct work with on-costs (pay and on-cost)",
    )
    parser.add_argument(
        "--filled", type=float, default=100.0, metavar="PERCENT", help="hours for which staff are found (100)"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the parts; cost, saving and unfilled hours apart."""
    direct = options.pay + options.on_cost if options.direct_cost is None else options.direct_cost
    found = agency_work(
        charge=options.charge,
        pay=options.pay,
        on_cost=options.on_cost,
        hours=options.hours,
        direct_cost=direct,
        filled=options.filled / 100,
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
    print(
        f"{table(['Agency work', ''], rows)}\n\nWithout VAT. Hours that stay unfilled are neither cost nor saving."
    )
    return 0
