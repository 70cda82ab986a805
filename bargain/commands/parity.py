"""bargain parity: how far pay is short of NHS bands, local-government points, an employer's or stated rates."""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from bargain.appraisal import appraise, as_counted
from bargain.basis import basis_of
from bargain.commands.options import add_json, add_sector, offer_of, sector_of
from bargain.commands.shapes import basis_json, money
from bargain.commands.show import basis_text, heads, percent, pounds, print_json, rate, table
from bargain.comparators import LOCAL_GOVERNMENT, NHS, point_named, table_on
from bargain.insourcing import parity_of, rates_like, years_to_close
from models.choices import Parity
from models.comparator import ComparatorTable
from models.issues import UnusableInput
from models.sector import Sector

_ASSUMED = (
    "Which place a grade stands beside is assumed, not found: change it and the gap changes. Nobody above the comparator "
    "is brought down; the cost is with on-costs."
)
_KEYS = {"nhs": NHS, "council": LOCAL_GOVERNMENT}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain (--nhs | --council | --like NAME | --rates) GRADE=POINT… [--offer] [--employers] [--pace]."""
    add_sector(parser)
    beside = parser.add_mutually_exclusive_group(required=True)
    beside.add_argument(
        "--nhs",
        nargs="*",
        metavar="GRADE=BAND",
        help="NHS Agenda for Change, England, such as “Team leader=5 entry”; without any it lists the bands",
    )
    beside.add_argument(
        "--council",
        nargs="*",
        metavar="GRADE=POINT",
        help="the national pay spine of local government, such as “Team leader=20”; without any it lists the points",
    )
    beside.add_argument(
        "--like", metavar="NAME", help="the employer whose median pay by grade is the comparator"
    )
    beside.add_argument("--rates", nargs="+", metavar="GRADE=POUNDS", help="rates that are stated, £ an hour")
    parser.add_argument("--offer", metavar="OFFER", help="pay after this offer (else pay as it is)")
    parser.add_argument("--employers", nargs="+", metavar="NAME", help="these alone (else all)")
    parser.add_argument(
        "--day", type=date.fromisoformat, metavar="DATE", help="the table of this day (the data's)"
    )
    parser.add_argument(
        "--pace",
        type=float,
        metavar="PERCENT",
        help="how much faster than the comparator pay would rise a year: in how many years the gap closes",
    )
    add_json(parser)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What pay is held against: by grade the name of its place there, and £ an hour."""

    label: str
    source: str
    places: dict[str, str]
    rates: dict[str, float]


def run(options: argparse.Namespace) -> int:
    """Print the gap by grade, with the mapping beside it. Exit 0."""
    sector = sector_of(options)
    named = next((name for name in _KEYS if getattr(options, name) is not None), None)
    if named is not None and not getattr(options, named):
        return _list(table_on(_KEYS[named], _day(options, sector)), options.json)
    beside = _beside(options, sector, named)
    unknown = [grade for grade in beside.rates if grade not in sector.workforce.grades]
    if unknown:
        raise UnusableInput(
            f"There is no grade “{unknown[0]}” in the staff data; there are {', '.join(sector.workforce.grades)}."
        )
    counted, words = as_counted(sector), "as it is"
    if options.offer:
        appraisal = appraise(sector, offer_of(options.offer, sector))
        counted, words = (
            replace(counted, workforce=appraisal.workforce_after),
            f"after “{appraisal.offer.name}”",
        )
    found = parity_of(counted, options.employers or counted.workforce.employers, beside.rates)
    years = None if options.pace is None else years_to_close(found, options.pace / 100)
    basis = basis_of(sector, ())
    if options.json:
        print_json({**_json(found, beside, words), "years_to_close": years, "basis": basis_json(basis, {})})
    else:
        closing = "" if options.pace is None else _closing(years, options.pace)
        parts = [basis_text(basis), _text(found, beside, words), closing]
        print("\n\n".join(part for part in parts if part))
    return 0


def _day(options: argparse.Namespace, sector: Sector) -> date:
    day: date | None = options.day or sector.data_date
    return day or date.today()


def _beside(options: argparse.Namespace, sector: Sector, named: str | None) -> _Beside:
    if options.like:
        rates = rates_like(as_counted(sector), options.like)
        return _Beside(f"medians of {options.like}", "the staff data", dict.fromkeys(rates, "median"), rates)
    if named is None:
        rates = {grade: _pounds(text, grade) for grade, text in map(_pair, options.rates)}
        return _Beside("stated rates", "stated", dict.fromkeys(rates, "stated"), rates)
    held = table_on(_KEYS[named], _day(options, sector))
    points = {grade: point_named(held, text) for grade, text in map(_pair, getattr(options, named))}
    return _Beside(
        f"{held.label}, from {held.starts}",
        f"{held.reference} ({held.confidence})",
        {grade: f"{held.word} {one.name}" for grade, one in points.items()},
        {grade: one.hourly for grade, one in points.items()},
    )


def _pair(text: str) -> tuple[str, str]:
    grade, equals, place = text.rpartition("=")
    if not equals or not grade.strip() or not place.strip():
        raise UnusableInput(f"“{text}” maps no grade; write GRADE=PLACE, such as “Team leader=5 entry”.")
    return grade.strip(), place.strip()


def _pounds(text: str, grade: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1_000:
        raise UnusableInput(f"“{text}” is no rate for {grade}; give £ an hour, such as “{grade}=19.00”.")
    return value


def _list(held: ComparatorTable, as_json: bool) -> int:
    if as_json:
        print_json({**asdict(held), "starts": held.starts.isoformat()})
        return 0
    rows = [[f"{held.word} {one.name}", pounds(one.annual), rate(one.hourly)] for one in held.points]
    head = f"{held.label}, from {held.starts}; a week of {held.weekly_hours:g} hours. {held.reference} ({held.confidence})."
    print(f"{head}\n\n{table(['', 'a year', 'an hour'], rows)}")
    return 0


def _json(found: Parity, beside: _Beside, words: str) -> dict[str, Any]:
    return {
        "pay": words,
        "comparator": {"table": beside.label, "source": beside.source, "assumed": True},
        "mapping": [
            {"grade": grade, "place": place, "hourly": beside.rates[grade]}
            for grade, place in beside.places.items()
        ],
        "heads": round(found.heads, 6),
        "parity_gap": found.gap,
        "cost": money(found.cost),
        "no_comparator": round(found.no_comparator, 6),
        "by_grade": [
            {
                "grade": one.grade,
                "heads": round(one.heads, 6),
                "mean_hourly": one.pay,
                "comparator": one.comparator,
                "gap": one.gap,
                "cost": money(one.cost),
            }
            for one in found.grades
        ],
    }


def _text(found: Parity, beside: _Beside, words: str) -> str:
    rows = [
        [
            one.grade,
            heads(one.heads),
            rate(one.pay),
            beside.places.get(one.grade, "not mapped"),
            rate(one.comparator),
            percent(one.gap),
            pounds(one.cost),
        ]
        for one in found.grades
    ]
    rows.append(["All", heads(found.heads), "", "", "", percent(found.gap), pounds(found.cost)])
    head = f"Pay {words} beside {beside.label}."
    parts = [
        head,
        table(
            ["Grade", "staff", "mean an hour", "stands beside", "there", "short by", "to close, a year"], rows
        ),
        _ASSUMED,
        f"Source of the comparator: {beside.source}.",
    ]
    if found.no_comparator:
        parts.append(f"{heads(found.no_comparator)} staff are in no mapped grade and left as they are.")
    return "\n\n".join(parts)


def _closing(years: float | None, pace: float) -> str:
    if years is None:
        return "In how many years the gap closes is not known: there is no comparator."
    return f"Rising {pace:g} % a year faster than the comparator, pay would be level with it after {years:.1f} years."
