"""bargain assimilate: spot rates onto a scale, in both orders, checked month by month."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from pathlib import Path

import numpy as np

from bargain.commands.options import add_json, offer_of, text_of
from bargain.commands.show import print_json
from bargain.costing.timing import end_of
from bargain.offers.assimilation import Assimilation, assimilation
from bargain.offers.assimilation import Path as PayPath
from bargain.offers.scale_file import read_scale
from bargain.offers.spot_file import read_spots
from models.employer import Employer
from models.issues import UnusableInput
from models.payscale import IncrementOrder, Increments
from models.spine import SpineOrder
from models.units import MICROS_PER_POUND, WEEKS_PER_YEAR

_WORDS = {
    SpineOrder.ASSIMILATE_FIRST: "assimilate, then uplift",
    SpineOrder.UPLIFT_FIRST: "uplift, then assimilate",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """RATES.csv --scale SCALE.csv --offer OFFER [--increments MM-DD] [--order …] [--without-protection]."""
    parser.add_argument(
        "rates",
        type=Path,
        metavar="RATES.csv",
        help="columns name and annual or hourly; grade, heads, hours if known",
    )
    parser.add_argument(
        "--scale", type=Path, required=True, metavar="SCALE.csv", help="grade gives each range"
    )
    parser.add_argument("--offer", required=True, metavar="OFFER.toml")
    parser.add_argument(
        "--increments", metavar="MM-DD", help="the day of each year's increment, such as 04-01"
    )
    parser.add_argument(
        "--increment-order",
        choices=[str(one) for one in IncrementOrder],
        default=str(IncrementOrder.INCREMENT_FIRST),
        help="which comes first where an increment and a rise fall on one day",
    )
    parser.add_argument(
        "--order", choices=[str(one) for one in SpineOrder], help="check this order only; else both"
    )
    parser.add_argument(
        "--without-protection", action="store_true", help="pay above the top point comes down to it"
    )
    parser.add_argument("--weeks", type=float, default=WEEKS_PER_YEAR, help="weeks a year, default 52.143")
    parser.add_argument("--hours", type=float, default=37.0, help="full-time hours a week, default 37")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print both orders; exit 1 where somebody would lose in some month."""
    if not 1 <= options.hours <= 100 or not 1 <= options.weeks <= 53:
        raise UnusableInput(
            "--hours must be from 1 to 100 and --weeks from 1 to 53; correct the one that is not."
        )
    names, force = read_spots(
        text_of(options.rates), source=options.rates.name, weekly_hours=options.hours, weeks_y=options.weeks
    )
    scale = read_scale(
        text_of(options.scale), source=options.scale.name, weekly_hours=options.hours, weeks_y=options.weeks
    )[0]
    if options.increments:
        scale = replace(scale, increments=_increments(options))
    offer = offer_of(options.offer, None)
    found = assimilation(
        force,
        scale,
        offer,
        employers={one: Employer(one) for one in force.employers},
        weeks_y=options.weeks,
        ends=end_of(offer),
        protect=not options.without_protection,
    )
    orders = [SpineOrder(options.order)] if options.order else list(SpineOrder)
    if options.json:
        print_json(_answer(found, names, orders))
    else:
        for order in orders:
            _print(found, names, order)
    return 1 if any(found.losers(order).any() for order in orders) else 0


def _increments(options: argparse.Namespace) -> Increments:
    day = re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", options.increments)
    if day is None:
        raise UnusableInput(
            f"--increments is “{options.increments}”; write the month and the day, such as 04-01."
        )
    order = IncrementOrder(options.increment_order)
    return Increments(month=int(day[1]), day=int(day[2]), months_before_first=0, order=order)


def _answer(found: Assimilation, names: tuple[str, ...], orders: list[SpineOrder]) -> dict[str, object]:
    return {
        "months": [month.isoformat() for month in found.months],
        "stay": [_pounds(found.stay, at) for at in range(len(names))],
        "orders": [
            {
                "order": str(order),
                "extra_basic_pay": found.beyond_spot(order),
                "nobody_loses": not found.losers(order).any(),
                "staff": [_staff(found, names, order, at) for at in range(len(names))],
            }
            for order in orders
        ],
    }


def _staff(found: Assimilation, names: tuple[str, ...], order: SpineOrder, at: int) -> dict[str, object]:
    path = found.path(order)
    below = path.below(found.stay)[:, at]
    return {
        "name": names[at],
        "heads": float(found.workforce.heads[at]),
        "before": found.workforce.rate_micros[at] / MICROS_PER_POUND,
        "point": path.points[at] or None,
        "pay": _pounds(path, at),
        "months_below_spot_rate": [
            month.isoformat() for month, lower in zip(found.months, below, strict=True) if lower
        ],
    }


def _pounds(path: PayPath, at: int) -> list[float]:
    return [int(rate) / MICROS_PER_POUND for rate in path.rates[:, at]]


def _print(found: Assimilation, names: tuple[str, ...], order: SpineOrder) -> None:
    path = found.path(order)
    print(f"{_WORDS[order].capitalize()}:")
    width = max(len(name) for name in (*names, "Post"))
    print(
        f"  {'Post':<{width}}  {'Now':>12}  {'Point':>8}  {'First month':>12}  {'End':>12}  {'On spot rate':>12}"
    )
    for at, name in enumerate(names):
        cells = (
            found.workforce.rate_micros[at],
            path.rates[0, at],
            path.rates[-1, at],
            found.stay.rates[-1, at],
        )
        now, first, end, stay = (f"{int(one) / MICROS_PER_POUND:,.2f}" for one in cells)
        print(f"  {name:<{width}}  {now:>12}  {path.points[at]:>8}  {first:>12}  {end:>12}  {stay:>12}")
    print(f"  Basic pay over the deal beyond staying on spot rates: £{found.beyond_spot(order):,.2f}")
    losers = np.flatnonzero(found.losers(order))
    if not len(losers):
        print(f"  Nobody gets less than on the spot rate in any of the {len(found.months)} months.")
    for at in losers.tolist():
        lower = np.flatnonzero(path.below(found.stay)[:, at])
        first_month = found.months[int(lower[0])]
        print(
            f"  {names[at]} gets less than on the spot rate in {len(lower)} of {len(found.months)} months, "
            f"first in {first_month:%Y-%m}."
        )
