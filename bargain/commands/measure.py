"""bargain measure: distribution, differentials, low pay, pay gaps and margins, before and after an offer."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from bargain.all_measures import with_all_measures
from bargain.appraisal import appraise, no_offer, view_of
from bargain.basis import counted_in
from bargain.commands.options import add_json, add_offer, add_sector, offer_of, sector_of
from bargain.commands.shapes import basis_json, own_group, snapshot_json
from bargain.commands.show import (
    basis_text,
    heads,
    in_unit,
    percent,
    pounds,
    print_json,
    rate,
    span_text,
    table,
)
from bargain.grossing_range import ranges_of
from bargain.measures.catalogue import MEASURES
from bargain.measures.differentials import neighbours
from bargain.measures.info import MeasureInfo
from bargain.targets import views_by_employer
from bargain.viewing import WEIGHTS
from models.appraisal import Appraisal
from models.grossing import Range
from models.measures import GroupFigures
from models.sector import Sector
from models.target import Target


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain [--offer OFFER] [--weight heads|hours]."""
    add_sector(parser)
    add_offer(parser, required=False)
    parser.add_argument("--weight", choices=WEIGHTS, default="heads", help="what distribution measures count")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the figures."""
    sector = sector_of(options)
    offer = offer_of(options.offer, sector) if options.offer else None
    appraisal = appraise(sector, offer or no_offer(sector), weight=options.weight)
    ranges = ranges_of(sector, appraisal, weight=options.weight)
    appraisal = with_all_measures(sector, appraisal, weight=options.weight)
    if options.json:
        print_json(
            {
                "sector": sector.name,
                "offer": offer.name if offer else None,
                "before": snapshot_json(appraisal.before),
                "after": snapshot_json(appraisal.after) if offer else None,
                "differentials": _differentials(sector, appraisal),
                "experience_premium": _experience(sector, appraisal),
                "unmapped_heads": appraisal.unmapped_heads,
                "notes": list(appraisal.notes),
                "basis": basis_json(appraisal.basis, ranges),
            }
        )
        return 0
    print(_text(appraisal, ranges, with_offer=offer is not None))
    return 0


def _differentials(sector: Sector, appraisal: Appraisal) -> list[dict[str, object]]:
    """Every grade over the next one down at every employer that has both: the gap before and after."""
    view = view_of(sector, appraisal)
    names = sector.workforce.employers
    found: dict[tuple[int, int], dict[str, object]] = {}
    for when, rates in (("before", view.before), ("after", view.after)):
        for one in neighbours(
            rates,
            view.heads,
            grade_code=view.grade_code,
            employer_code=view.employer_code,
            n_grades=len(view.grades),
        ):
            for employer, below, gap in zip(
                one.employers.tolist(), one.below.tolist(), one.gaps.tolist(), strict=True
            ):
                row = {
                    "employer": names[employer],
                    "grade": view.grades[one.grade],
                    "over": view.grades[below],
                }
                found.setdefault((employer, one.grade), row)[when] = gap
    return [found[key] for key in sorted(found)]


def _experience(sector: Sector, appraisal: Appraisal) -> list[dict[str, object]]:
    """The premium for five years' service in each employer's lowest grade, before and after; null is not known."""
    take, target = MEASURES["experience_premium"].take, Target("", "experience_premium")
    return [
        {"employer": name, "before": take(view, target, False), "after": take(view, target, True)}
        for name, view in views_by_employer(sector, view_of(sector, appraisal))
    ]


def _text(appraisal: Appraisal, ranges: Mapping[str, Range], *, with_offer: bool) -> str:
    before, after = appraisal.before, appraisal.after
    rows = [
        ["Staff", heads(before.heads), heads(after.heads), "", _span(ranges, "staff", "heads")],
        ["Pay bill", pounds(before.paybill), pounds(after.paybill), "", _span(ranges, "paybill_after", "£")],
    ]
    for info in MEASURES.values():
        now = before.measures.get(info.id)
        then = after.measures.get(info.id)
        if now is None and (then is None or not with_offer):
            continue
        row = [info.label, "" if not info.timed else in_unit(now, info.unit), in_unit(then, info.unit)]
        rows.append([*row, *_behind(appraisal, ranges, info)])
    width = 3 if with_offer else 2
    chosen = [*range(width), 3, *([4] if ranges else [])]
    headings = ["Measure", "before", appraisal.offer.name, "n", "95 % range"]
    parts = [
        basis_text(appraisal.basis),
        table([headings[at] for at in chosen], [[row[at] for at in chosen] for row in rows]),
        f"Distribution is {before.weight}.",
        _groups("By employer", tuple(map(own_group, before.by_employer))),
        _groups("By grade", before.by_grade),
        _groups("By ownership", before.by_ownership),
    ]
    if appraisal.unmapped_heads:
        parts.append(
            f"{heads(appraisal.unmapped_heads)} staff have a job title that is not mapped to a grade."
        )
    return "\n\n".join([*parts, *appraisal.notes])


def _behind(appraisal: Appraisal, ranges: Mapping[str, Range], info: MeasureInfo) -> list[str]:
    """How many stand behind a measure, what it leaves out, and its range."""
    counted = counted_in(appraisal.basis, info.id)
    n = f"{heads(counted.n)} {counted.unit}"
    if counted.left_out:
        n += f" (without {heads(counted.left_out)}: {counted.why})"
    return [n, _span(ranges, info.id, info.unit)]


def _span(ranges: Mapping[str, Range], figure: str, unit: str) -> str:
    found = ranges.get(figure)
    return "" if found is None else span_text(found, unit)


def _groups(title: str, groups: Sequence[GroupFigures]) -> str:
    rows = [
        [
            one.name,
            heads(one.heads),
            pounds(one.paybill),
            rate(one.measures.get("p50")),
            percent(one.measures.get("operating_margin"), 1),
        ]
        for one in groups
    ]
    return table([title, "staff", "pay bill", "median", "op. margin"], rows)
