"""bargain compare: offers side by side."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from bargain.appraisal import appraise
from bargain.commands.options import add_json, add_sector, offer_of, sector_of, targets_of
from bargain.commands.order_free import add_order_free, order_free_json, order_free_text, worked_out
from bargain.commands.shapes import basis_json, money, range_json, total_json, verdict_json
from bargain.commands.show import basis_text, in_unit, percent, pounds, print_json, span_text, table
from bargain.commands.test_offer import SYMBOLS
from bargain.grossing_range import ranges_and_verdicts
from bargain.measures.catalogue import MEASURES
from bargain.solve.moves import closing
from bargain.targets import judge
from models.appraisal import Appraisal
from models.grossing import Range
from models.moves import Closing
from models.target import Verdict

_SHOWN = ("lowest", "p50", "p90_p10", "gini", "smallest_differential", "low_pay_share", "operating_margin")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain OFFER OFFER… [--targets TARGETS]."""
    add_sector(parser)
    parser.add_argument("offers", nargs="+", metavar="OFFER", help="offer files, or names in the sector file")
    parser.add_argument("--targets", metavar="TARGETS", help="a targets file (.toml), or a set's name")
    parser.add_argument(
        "--closing",
        action="store_true",
        help="also: what each single move from the later offers toward the first one would cost",
    )
    add_order_free(parser)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print a column an offer."""
    sector = sector_of(options)
    targets = targets_of(options.targets, sector).targets if options.targets else ()
    appraisals = [appraise(sector, offer_of(name, sector)) for name in options.offers]
    found = [ranges_and_verdicts(sector, one, judge(targets, sector, one), rarer=True) for one in appraisals]
    spans, verdicts = [one for one, _ in found], [one for _, one in found]
    goal, *others = [one.offer for one in appraisals]
    closings = [closing(sector, other, goal, targets) for other in others] if options.closing else []
    averages = [
        worked_out(sector, one.offer, quiet=options.json) if options.order_free else None
        for one in appraisals
    ]
    basis = appraisals[0].basis
    if options.json:
        print_json(
            {
                "basis": basis_json(basis, {}),
                "before": dict(appraisals[0].before.measures),
                "offers": [
                    {
                        "name": one.offer.name,
                        "cost": {
                            **total_json(one.cost),
                            "cost_of_one_percent": round(one.cost.cost_of_one_percent, 2),
                        },
                        "measures": dict(one.after.measures),
                        "unmapped_heads": one.unmapped_heads,
                        "targets": [verdict_json(verdict) for verdict in judged],
                        "ranges": {name: range_json(span) for name, span in ranges.items()},
                        "order_free": order_free_json(average),
                    }
                    for one, judged, average, ranges in zip(
                        appraisals, verdicts, averages, spans, strict=True
                    )
                ],
                "closing": [_closing_json(one) for one in closings],
            }
        )
    else:
        parts = [basis_text(basis), _text(appraisals, verdicts, spans), *map(_closing_text, closings)]
        parts += [
            order_free_text(one, priced.offer.name)
            for one, priced in zip(averages, appraisals, strict=True)
            if one is not None
        ]
        print("\n\n".join(parts))
    return 0


def _text(
    appraisals: list[Appraisal], verdicts: list[tuple[Verdict, ...]], spans: list[Mapping[str, Range]]
) -> str:
    def ranged(measure: str, unit: str) -> list[list[str]]:
        """A line under a figure with the range of each offer's; none for the returns alone."""
        if not any(measure in one for one in spans):
            return []
        cells = (span_text(one[measure], unit) if measure in one else "" for one in spans)
        return [["  95 % range", "", *cells]]

    rows = [
        ["Full-year cost", "", *(pounds(one.cost.full_year) for one in appraisals)],
        *ranged("cost_full_year", "£"),
        ["Cost in the first settlement year", "", *(pounds(one.cost.in_year_cost) for one in appraisals)],
        *ranged("cost_in_year", "£"),
        ["Pay bill growth", "", *(percent(one.cost.level) for one in appraisals)],
        *ranged("level", "share"),
    ]
    for key in _SHOWN:
        info = MEASURES[key]
        before = in_unit(appraisals[0].before.measures[key], info.unit)
        rows.append(
            [info.label, before, *(in_unit(one.after.measures[key], info.unit) for one in appraisals)]
        )
        rows += ranged(key, info.unit)
    for place, verdict in enumerate(verdicts[0]):
        unit = MEASURES[verdict.target.measure].unit
        rows.append([verdict.target.name, "", *(_cell(judged[place], unit) for judged in verdicts)])
    return table(["", "now", *(one.offer.name for one in appraisals)], rows)


def _cell(verdict: Verdict, unit: str) -> str:
    return f"{in_unit(verdict.value, unit)} {SYMBOLS[verdict.status]} {verdict.status}"


def _closing_json(one: Closing) -> dict[str, Any]:
    return {
        "from": one.start.name,
        "toward": one.goal.name,
        "gap": round(one.gap, 2),
        "moves": [
            {
                "element": move.key,
                "settlement": move.step,
                "cost": money(move.cost),
                "closes": move.closes,
                "targets_met": move.met,
                "newly_met": list(move.newly),
            }
            for move in one.moves
        ],
        "together_beyond_gap": round(one.together, 2),
    }


def _closing_text(one: Closing) -> str:
    rows = [
        [
            f"{move.key}, settlement {move.step}",
            "not priced" if move.cost is None else pounds(move.cost),
            percent(move.closes, 1),
            "; ".join(move.newly),
        ]
        for move in one.moves
    ]
    head = f"From “{one.start.name}” toward “{one.goal.name}”: a gap of {pounds(one.gap)} a full year."
    if not rows:
        return f"{head} They have the same elements."
    tail = f"One by one the moves add up to {pounds(one.together + one.gap)}: elements work on one another."
    return "\n".join([head, table(["Single move", "cost", "of the gap", "newly met"], rows), tail])
