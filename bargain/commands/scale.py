"""bargain scale: an offer applied to a pay scale alone."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bargain.commands.options import add_json, offer_of, text_of, write_text
from bargain.commands.show import print_json
from bargain.offers.scale import ScaleRow, scale_after
from bargain.offers.scale_file import read_scale, write_scale_after
from models.issues import UnusableInput
from models.payscale import Rounding
from models.units import MICROS_PER_POUND, WEEKS_PER_YEAR


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """BEFORE.csv --offer OFFER [--out AFTER.csv] [--rounding RULE] [--weeks N] [--hours N] [--carry …]."""
    parser.add_argument("before", type=Path, metavar="BEFORE.csv", help="columns point and annual or hourly")
    parser.add_argument("--offer", required=True, metavar="OFFER.toml")
    parser.add_argument(
        "--out", type=Path, metavar="AFTER.csv", help="where to write the table; else it is printed"
    )
    parser.add_argument(
        "--rounding", choices=[str(rule) for rule in Rounding], help="the scale's rounding rule"
    )
    parser.add_argument("--weeks", type=float, default=WEEKS_PER_YEAR, help="weeks a year, default 52.143")
    parser.add_argument("--hours", type=float, default=37.0, help="full-time hours a week, default 37")
    parser.add_argument(
        "--carry",
        choices=("rounded", "unrounded"),
        default="rounded",
        help="whether a later step starts from the published or the unrounded amount",
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print or write the next table."""
    if not 1 <= options.hours <= 100 or not 1 <= options.weeks <= 53:
        raise UnusableInput(
            "--hours must be from 1 to 100 and --weeks from 1 to 53; correct the one that is not."
        )
    scale, starts = read_scale(
        text_of(options.before),
        source=options.before.name,
        rounding=Rounding(options.rounding) if options.rounding else None,
        weekly_hours=options.hours,
        weeks_y=options.weeks,
    )
    unrounded = options.carry == "unrounded"
    rows = scale_after(
        scale, offer_of(options.offer, None), carry_unrounded=unrounded, starts=starts if unrounded else None
    )
    text = write_scale_after(rows)
    if options.out:
        write_text(options.out, text)
    if options.json:
        print_json({"rounding": str(scale.rounding), "points": [_row(row) for row in rows]})
    elif options.out:
        print(f"Wrote {options.out}: {len(rows)} points, rounded {scale.rounding}.")
    else:
        sys.stdout.write(text)
    return 0


def _row(row: ScaleRow) -> dict[str, object]:
    before = row.before_annual_micros
    rise = None if before is None else row.annual_micros - before
    return {
        "point": row.point,
        "grade": row.grade or None,
        "annual": row.annual_micros / MICROS_PER_POUND,
        "hourly": row.hourly_micros / MICROS_PER_POUND,
        "increase": None if rise is None else rise / MICROS_PER_POUND,
        "increase_percent": None if rise is None or before is None else rise * 100 / before,
        "annual_unrounded": float(row.unrounded / MICROS_PER_POUND),
    }
