"""bargain test: the verdict on each target; exit 1 if any is missed."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from bargain.appraisal import appraise
from bargain.commands.options import add_json, add_offer, add_sector, offer_of, sector_of, targets_of
from bargain.commands.shapes import basis_json, verdicts_json
from bargain.commands.show import basis_text, in_unit, print_json, table
from bargain.grossing_range import ranges_of
from bargain.measures.catalogue import MEASURES
from bargain.targets import judge
from models.grossing import Range
from models.target import Status, TargetScope, Verdict

SYMBOLS = {Status.MET: "✓", Status.CLOSE: "!", Status.MISSED: "✗", Status.NOT_KNOWN: "?"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --offer OFFER --targets TARGETS."""
    add_sector(parser)
    add_offer(parser)
    parser.add_argument(
        "--targets", required=True, metavar="TARGETS", help="a targets file (.toml), or a set's name"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the verdicts. 0 only if every target is met; not known is never met."""
    sector = sector_of(options)
    offer = offer_of(options.offer, sector)
    targets = targets_of(options.targets, sector)
    appraisal = appraise(sector, offer)
    verdicts = judge(targets.targets, sector, appraisal)
    ranges = ranges_of(sector, appraisal)
    if options.json:
        print_json(
            {
                "offer": offer.name,
                "targets_of": targets.name,
                "unmapped_heads": appraisal.unmapped_heads,
                **verdicts_json(verdicts),
                "basis": basis_json(appraisal.basis, ranges),
            }
        )
    else:
        print(
            "\n\n".join(
                [basis_text(appraisal.basis), verdict_table(verdicts), *_straddling(verdicts, ranges)]
            )
        )
    return 0 if all(one.met is True for one in verdicts) else 1


def _straddling(verdicts: tuple[Verdict, ...], ranges: Mapping[str, Range]) -> list[str]:
    """Verdicts that could as well be the other way, as their limit lies inside the figure's range."""
    found = []
    for one in verdicts:
        span = ranges.get(one.target.measure)
        target = one.target  # a range is of the whole sector's figure, against the real living wage
        sector_wide = target.scope is TargetScope.SECTOR and not target.ownership and target.hourly is None
        if span is not None and sector_wide and one.limit is not None and span.low < one.limit < span.high:
            unit = MEASURES[one.target.measure].unit
            found.append(
                f"{one.target.name}: the limit lies inside the 95 % range, {in_unit(span.low, unit)} to "
                f"{in_unit(span.high, unit)}, so that the returns do not settle it."
            )
    return found


def verdict_table(verdicts: tuple[Verdict, ...]) -> str:
    """A row a target, and under it what was left out."""
    rows = []
    notes = []
    for one in verdicts:
        unit = MEASURES[one.target.measure].unit
        bound = "≥" if one.target.at_least is not None else "≤"
        worst = f"{one.worst.name}: {in_unit(one.worst.value, unit)}" if one.worst else ""
        rows.append(
            [
                one.target.name,
                f"{SYMBOLS[one.status]} {one.status}",
                in_unit(one.value, unit),
                f"{bound} {in_unit(one.limit, unit)}",
                worst,
            ]
        )
        if one.left_out:
            shown = "; ".join(one.left_out[:5])
            more = f"; and {len(one.left_out) - 5} more" if len(one.left_out) > 5 else ""
            notes.append(f"{one.target.name}, left out: {shown}{more}.")
    return "\n".join([table(["Target", "verdict", "value", "limit", "worst"], rows, left=2), *notes])
