"""bargain test: the verdict on each target; exit 1 if any is missed."""

from __future__ import annotations

import argparse

from bargain.appraisal import appraise
from bargain.commands.options import add_json, add_offer, add_sector, offer_of, sector_of, targets_of
from bargain.commands.shapes import basis_json, pair_json, verdicts_json
from bargain.commands.show import basis_text, in_unit, print_json, span_text, table
from bargain.grossing_range import ranges_and_verdicts
from bargain.measures.catalogue import MEASURES
from bargain.pairs import pairs_of, symmetry_target
from bargain.targets import judge
from models.target import Pair, Status, Verdict

SYMBOLS = {Status.MET: "✓", Status.CLOSE: "!", Status.MISSED: "✗", Status.NOT_KNOWN: "?"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --offer OFFER --targets TARGETS."""
    add_sector(parser)
    add_offer(parser)
    parser.add_argument(
        "--targets", required=True, metavar="TARGETS", help="a targets file (.toml), or a set's name"
    )
    parser.add_argument(
        "--symmetry",
        action="store_true",
        help="also: no employer's profit grows faster than the sector's pay bill",
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the verdicts. 0 only if every target is met; not known is never met."""
    sector = sector_of(options)
    offer = offer_of(options.offer, sector)
    targets = targets_of(options.targets, sector)
    appraisal = appraise(sector, offer)
    asked = (*targets.targets, symmetry_target()) if options.symmetry else targets.targets
    pairs = pairs_of(asked, sector, appraisal)
    ranges, verdicts = ranges_and_verdicts(sector, appraisal, judge(asked, sector, appraisal), rarer=True)
    if options.json:
        print_json(
            {
                "offer": offer.name,
                "targets_of": targets.name,
                "unmapped_heads": appraisal.unmapped_heads,
                **verdicts_json(verdicts),
                "pairs": [pair_json(one) for one in pairs],
                "basis": basis_json(appraisal.basis, ranges),
            }
        )
    else:
        told = [basis_text(appraisal.basis), verdict_table(verdicts), *_straddling(verdicts)]
        print("\n\n".join([*told, *map(_pair_text, pairs)]))
    return 0 if all(one.met is True for one in verdicts) else 1


def _straddling(verdicts: tuple[Verdict, ...]) -> list[str]:
    """Verdicts that could as well be the other way, as their limit lies inside the figure's range."""
    found = []
    for one in verdicts:
        span = one.range
        if span is not None and one.limit is not None and span.low < one.limit < span.high:
            found.append(
                f"{one.target.name}: the limit lies inside the 95 % range, {_span(one)}, so that the returns do not "
                "settle it."
            )
    return found


def _span(one: Verdict) -> str:
    return "" if one.range is None else span_text(one.range, MEASURES[one.target.measure].unit)


def verdict_table(verdicts: tuple[Verdict, ...]) -> str:
    """A row a target, and under it what was left out."""
    rows = []
    notes = []
    is_grossed = any(one.range is not None for one in verdicts)
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
                _behind(one),
                *([_span(one)] if is_grossed else []),
            ]
        )
        if one.left_out:
            shown = "; ".join(one.left_out[:5])
            more = f"; and {len(one.left_out) - 5} more" if len(one.left_out) > 5 else ""
            notes.append(f"{one.target.name}, left out: {shown}{more}.")
    headings = ["Target", "verdict", "value", "limit", "worst", "n", *(["95 % range"] if is_grossed else [])]
    return "\n".join([table(headings, rows, left=2), *notes])


def _behind(one: Verdict) -> str:
    """How many stand behind a verdict: staff, or the employers or grades that were judged."""
    return f"{one.n:,} {one.n_of}"


def _pair_text(pair: Pair) -> str:
    """A pair in words: both halves, then the figures that stand beside them whatever the targets are."""
    lines = [f"{pair.name}, both halves together: {SYMBOLS[pair.status]} {pair.status}"]
    for half in pair.halves:
        note = f"  {half.note}" if half.note else ""
        lines.append(f"- {half.name}: {SYMBOLS[half.status]} {half.status}{note}")
    for fact in pair.facts:
        info = MEASURES[fact.measure]
        whose = f", {fact.worst.name}" if fact.worst else ""
        if fact.measure == "operating_margin" and not fact.worst:
            whose = ", the average, which hides the spread"
        lines.append(f"  {info.label}{whose}: {in_unit(fact.value, info.unit)}")
    return "\n".join(lines)
