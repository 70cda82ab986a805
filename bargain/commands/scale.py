"""bargain scale: an offer applied to a pay scale alone."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from bargain.commands.options import add_json, offer_of, text_of, write_text
from bargain.commands.show import print_json
from bargain.money import rounding_of, rounding_text
from bargain.offers.scale import ScaleRow, scale_after
from bargain.offers.scale_check import PointCheck, checked_against
from bargain.offers.scale_file import pounds_text, read_scale, write_scale_after
from models.issues import UnusableInput
from models.payscale import PayScale, Rounding
from models.units import MICROS_PER_POUND, WEEKS_PER_YEAR


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """BEFORE.csv --offer OFFER [--out AFTER.csv] [--rounding RULE] [--weeks N] [--hours N] [--carry …] [--check]."""
    parser.add_argument("before", type=Path, metavar="BEFORE.csv", help="columns point and annual or hourly")
    parser.add_argument("--offer", required=True, metavar="OFFER.toml")
    parser.add_argument(
        "--out", type=Path, metavar="AFTER.csv", help="where to write the table; else it is printed"
    )
    parser.add_argument(
        "--rounding",
        metavar="RULE",
        help="the scale's rounding rule: half-up, up, down or half-even, to a pound, a penny or several of them "
        "(half-up-pound, up-3-pounds, half-even-5-pence), or none",
    )
    parser.add_argument(
        "--hourly-rounding",
        metavar="RULE",
        default="half-up-penny",
        help="of the rate an hour; default half-up-penny",
    )
    parser.add_argument(
        "--hourly-from",
        choices=("rounded", "unrounded"),
        default="rounded",
        help="whether the rate an hour follows from the published or the unrounded amount",
    )
    parser.add_argument(
        "--check",
        type=Path,
        metavar="PUBLISHED.csv",
        help="compare with a published table: the points that do not fit are listed, and the exit code is 1",
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
    scale, starts = _before(options)
    unrounded = options.carry == "unrounded"
    rows = scale_after(
        scale, offer_of(options.offer, None), carry_unrounded=unrounded, starts=starts if unrounded else None
    )
    published = _published(options.check) if options.check else None
    checks = () if published is None else checked_against(rows, published)
    text = write_scale_after(rows)
    if options.out:
        write_text(options.out, text)
    rule = rounding_text(scale.rounding, scale.rounding_to)
    if options.json:
        answer: dict[str, object] = {"rounding": rule, "points": [_row(row) for row in rows]}
        if published is not None:
            answer["check"] = _check_json(checks)
        print_json(answer)
    elif published is not None:
        _print_check(checks, options.check.name)
    elif options.out:
        print(f"Wrote {options.out}: {len(rows)} points, rounded {rule}.")
    else:
        sys.stdout.write(text)
    return 0 if all(one.fits for one in checks) else 1


def _before(options: argparse.Namespace) -> tuple[PayScale, dict[str, Fraction]]:
    rule = None if options.rounding is None else _rule(options.rounding, "--rounding")
    scale, starts = read_scale(
        text_of(options.before),
        source=options.before.name,
        rounding=None if rule is None else rule[0],
        weekly_hours=options.hours,
        weeks_y=options.weeks,
    )
    hourly, to = _rule(options.hourly_rounding, "--hourly-rounding")
    if to != 1:
        raise UnusableInput("--hourly-rounding must be to a penny or a pound; leave the number out of it.")
    changed = replace(
        scale,
        rounding_to=1 if rule is None else rule[1],
        hourly_rounding=hourly,
        hourly_from_unrounded=options.hourly_from == "unrounded",
    )
    return changed, starts


def _rule(text: str, option: str) -> tuple[Rounding, int]:
    found = rounding_of(text)
    if found is None:
        raise UnusableInput(
            f"{option} is “{text}”, which is no rounding rule; write half-up, up, down or half-even and the unit, "
            "such as half-up-pound, up-3-pounds or half-even-5-pence, or none."
        )
    return found


def _published(path: Path) -> PayScale:
    return read_scale(text_of(path), source=path.name)[0]


def _print_check(checks: tuple[PointCheck, ...], name: str) -> None:
    wrong = [one for one in checks if not one.fits]
    print(f"{len(checks) - len(wrong)} of {len(checks)} points are as {name} has them.")
    for one in wrong:
        print(f"  {_said(one)}")


def _said(one: PointCheck) -> str:
    if one.worked_out_micros is None:
        return f"{one.point}: published at £{pounds_text(one.published_micros or 0)}, but the award gives no such point."
    if one.published_micros is None:
        return f"{one.point}: the award gives £{pounds_text(one.worked_out_micros)}, but no such point is published."
    gap = one.published_micros - one.worked_out_micros
    return (
        f"{one.point}: the award gives £{pounds_text(one.worked_out_micros)}, published is "
        f"£{pounds_text(one.published_micros)} (£{pounds_text(abs(gap))} {'more' if gap > 0 else 'less'})."
    )


def _check_json(checks: tuple[PointCheck, ...]) -> dict[str, object]:
    def pounds(micros: int | None) -> float | None:
        return None if micros is None else micros / MICROS_PER_POUND

    return {
        "fits": all(one.fits for one in checks),
        "points_checked": len(checks),
        "points_that_fit": sum(one.fits for one in checks),
        "misfits": [
            {
                "point": one.point,
                "worked_out": pounds(one.worked_out_micros),
                "published": pounds(one.published_micros),
            }
            for one in checks
            if not one.fits
        ],
    }


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
