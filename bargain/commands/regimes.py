"""bargain regimes: spot purchase, Regional Care Co-operative and social partnership on one set of data."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from bargain.appraisal import appraise
from bargain.commands.options import add_json, add_offer, add_sector, offer_of, sector_of
from bargain.commands.shapes import basis_json
from bargain.commands.show import basis_text, percent, pounds, print_json, rate, table
from bargain.regimes import three_regimes
from bargain.what_if import staying_of
from models.issues import UnusableInput
from models.what_if import StayingPlan


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
    """Print the three side by side, with the assumptions they turn on."""
    sector = sector_of(options)
    appraisal = appraise(sector, offer_of(options.offer, sector))
    fee_cut = sector.what_if.fee_cut if options.fee_cut is None else options.fee_cut / 100
    on_pay = sector.what_if.falls_on_pay if options.falls_on_pay is None else options.falls_on_pay / 100
    if fee_cut is None or on_pay is None:
        raise UnusableInput(
            "The sector file does not say what a co-operative takes off fees and which share of that pay bears; give "
            "--fee-cut and --falls-on-pay."
        )
    signing = sector.what_if.staying.signing if options.newly is None else options.newly
    held = staying_of(sector, appraisal, StayingPlan(signing=tuple(signing))).coverage
    found = three_regimes(
        appraisal,
        fee_cut=fee_cut,
        falls_on_pay=on_pay,
        coverage=held.coverage_after,
        coverage_now=held.coverage_before,
    )
    known = sum(one.result_before is not None and one.labour is not None for one in appraisal.margins)
    if options.json:
        print_json(
            {
                "regimes": [asdict(one) for one in found],
                "assumptions": {
                    "fee_cut": fee_cut,
                    "falls_on_pay": on_pay,
                    "offer": appraisal.offer.name,
                },
                "employers_known": known,
                "employers": len(appraisal.margins),
                "basis": basis_json(appraisal.basis, {}),
            }
        )
        return 0
    rows = [
        ["Fees", *(pounds(one.fees) for one in found)],
        ["Change in fees", *(percent(one.fee_change) for one in found)],
        ["Change in labour cost", *(pounds(one.labour_change) for one in found)],
        ["Change in labour cost, %", *(percent(one.pay_change) for one in found)],
        ["Operating margin", *(percent(one.margin) for one in found)],
        ["Lowest hourly rate", *(rate(one.lowest_rate) for one in found)],
        ["Staff under an agreement", *(percent(one.covered, 1) for one in found)],
    ]
    print(f"{basis_text(appraisal.basis)}\n")
    print(table(["", *(one.name for one in found)], rows))
    print(
        f"\nAssumed: a co-operative takes {percent(fee_cut, 1)} off fees, and pay bears "
        f"{percent(on_pay, 1)} of that; the partnership is “{appraisal.offer.name}” with its fee "
        f"rule. Over {known} of {len(appraisal.margins)} employers, those with accounts. Other assumptions can reverse "
        "the order; the data names no winner."
    )
    return 0
