"""bargain regimes: spot purchase, Regional Care Co-operative and social partnership on one set of data."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict, replace

from bargain.appraisal import appraise
from bargain.commands.options import add_json, add_offer, add_sector, offer_of, sector_of
from bargain.commands.shapes import basis_json
from bargain.commands.show import basis_text, percent, pounds, print_json, rate, table
from bargain.regimes import COOPERATIVE, PARTNERSHIP, SPOT
from bargain.what_if import Regimes, regimes_of
from models.choices import Regime


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --offer OFFER [--fee-cut PERCENT] [--falls-on-pay PERCENT] [--newly NAME…]."""
    add_sector(parser)
    add_offer(parser)
    parser.add_argument(
        "--fee-cut",
        type=float,
        metavar="PERCENT",
        help="what a co-operative takes off fees (what the sector file assumes)",
    )
    parser.add_argument(
        "--falls-on-pay",
        type=float,
        metavar="PERCENT",
        help="the share of that cut borne by pay (what the sector file assumes)",
    )
    parser.add_argument(
        "--newly", nargs="+", metavar="NAME", help="employers that would sign (those of the sector file)"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the three side by side, with the assumptions they turn on; what they lack leaves one column not known."""
    sector = sector_of(options)
    appraisal = appraise(sector, offer_of(options.offer, sector))
    held = sector.what_if
    fee_cut = held.fee_cut if options.fee_cut is None else options.fee_cut / 100
    on_pay = held.falls_on_pay if options.falls_on_pay is None else options.falls_on_pay / 100
    signing = held.staying.signing if options.newly is None else tuple(options.newly)
    plan = replace(held.staying, signing=signing)
    found = regimes_of(sector, appraisal, replace(held, fee_cut=fee_cut, falls_on_pay=on_pay, staying=plan))
    lacks = _lacks(fee_cut, on_pay)
    if options.json:
        print_json(
            {
                "regimes": [None if one is None else asdict(one) for one in _three(found)],
                "not_known": {COOPERATIVE: lacks} if lacks else {},
                "assumptions": {
                    "fee_cut": fee_cut,
                    "falls_on_pay": on_pay,
                    "offer": appraisal.offer.name,
                },
                "employers_known": found.known,
                "employers": found.employers,
                "basis": basis_json(appraisal.basis, {}),
            }
        )
        return 0
    print(f"{basis_text(appraisal.basis)}\n")
    print(_table(found))
    whose = (
        f"{COOPERATIVE} is not known without {' and '.join(lacks)}; give --fee-cut and --falls-on-pay."
        if lacks
        else f"Assumed: a co-operative takes {percent(fee_cut, 1)} off fees, and pay bears {percent(on_pay, 1)} of that."
    )
    print(
        f"\n{whose} The partnership is “{appraisal.offer.name}” with its fee rule. Over {found.known} of "
        f"{found.employers} employers, those with accounts. Other assumptions can reverse the order; the data names no "
        "winner."
    )
    return 0


def _three(found: Regimes) -> tuple[Regime | None, ...]:
    return found.spot, found.cooperative, found.partnership


def _lacks(fee_cut: float | None, on_pay: float | None) -> list[str]:
    """What the co-operative's column still needs, in words."""
    told = (
        ("what it takes off fees", fee_cut),
        ("the share of that which pay bears", on_pay),
    )
    return [words for words, value in told if value is None]


def _table(found: Regimes) -> str:
    def row(label: str, show: Callable[[Regime], str]) -> list[str]:
        return [label, *("not known" if one is None else show(one) for one in _three(found))]

    rows = [
        row("Fees", lambda one: pounds(one.fees)),
        row("Change in fees", lambda one: percent(one.fee_change)),
        row("Change in labour cost", lambda one: pounds(one.labour_change)),
        row("Change in labour cost, %", lambda one: percent(one.pay_change)),
        row("Operating margin", lambda one: percent(one.margin)),
        row("Lowest hourly rate", lambda one: rate(one.lowest_rate)),
        row("Staff under an agreement", lambda one: percent(one.covered, 1)),
    ]
    return table(["", SPOT, COOPERATIVE, PARTNERSHIP], rows)
