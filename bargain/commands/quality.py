"""bargain quality: what is doubtful or missing in the staff data, by employer, and letters that ask about it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from bargain.commands.options import add_json, add_sector, passphrase_of, sector_of, text_of
from bargain.commands.show import heads, percent, pounds, print_json, table
from bargain.quality.awaited import add_awaited
from bargain.quality.check import (
    SYMBOLS,
    DataQuality,
    EmployerQuality,
    State,
    cell_text,
    check_data,
    whole_percent,
)
from bargain.quality.letter_files import write_letters
from bargain.quality.letters import letters_of, words_of
from bargain.quality.words import groups, target_share, target_source
from bargain.storage.container import write_sector
from models.issues import UnusableInput

_KEY = (
    "✓ nothing to ask, ?n to ask about, ✗n set aside, – not returned. "
    "Complete: at least {share} of required fields. {source}"
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain [--letters FOLDER] [--reply-by DATE] [--awaited LIST] [--employer NAME]."""
    add_sector(parser)
    parser.add_argument(
        "--letters", type=Path, metavar="FOLDER", help="write a query letter (PDF and text) to each employer"
    )
    parser.add_argument("--reply-by", metavar="DATE", help="the day by which letters ask for an answer")
    parser.add_argument(
        "--awaited",
        type=Path,
        metavar="LIST.txt",
        help="first add the employers in this list, one a line, to those from whom a return is awaited",
    )
    parser.add_argument("--employer", metavar="NAME", help="this employer alone")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the check; with --letters write the letters. 0 when every employer is ready, else 1."""
    today = date.today()
    reply_by = _day(options.reply_by, today) if options.reply_by else None
    sector = sector_of(options)
    if options.awaited is not None:
        sector = add_awaited(sector, text_of(options.awaited).splitlines())
        write_sector(options.sector, sector, passphrase_of(options))
    quality = check_data(sector)
    shown = [one for one in quality.employers if options.employer in (None, one.name)]
    if not shown and options.employer:
        raise UnusableInput(f"There is no employer “{options.employer}” in the sector file; check the name.")
    written: list[str] = []
    if options.letters is not None:
        letters = letters_of(sector, quality, today=today, reply_by=reply_by)
        wanted = {one.name for one in shown}
        written = write_letters([one for one in letters if one.employer in wanted], options.letters)
    if options.json:
        print_json(_json(quality, shown, written))
    else:
        print(_text(quality, shown, written))
    return 0 if all(one.state is State.READY for one in shown) else 1


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UnusableInput(f"--reply-by: “{text}” is not a date; write it like 2026-12-01.") from None
    if day < today:
        raise UnusableInput(f"--reply-by: {text} has passed; give a day that is still to come.")
    return day


def _json(quality: DataQuality, shown: list[EmployerQuality], written: list[str]) -> dict[str, Any]:
    return {
        "staff": quality.staff,
        "employers_returned": quality.returned,
        "employers_expected": quality.expected,
        "paybill": round(quality.paybill, 2),
        "missing_sex": quality.missing_sex,
        "off_scale": quality.off_scale,
        "staff_set_aside": quality.set_aside,
        "rows_set_aside": quality.rows_aside,
        "target": {"share": target_share(), "source": target_source()},
        "employers": [_employer_json(one) for one in shown],
        "letters": written,
    }


def _employer_json(one: EmployerQuality) -> dict[str, Any]:
    return {
        "name": one.name,
        "state": str(one.state),
        "staff": one.staff,
        "complete": one.complete,
        "missing": dict(one.missing),
        "titles_to_place": one.to_place,
        "queries": [
            {
                "code": query.code,
                "group": query.group,
                "question": words_of(query),
                "count": query.count,
                "set_aside": query.set_aside,
                "column": query.column,
                "rows": list(query.rows),
                "whole_file": query.whole,
            }
            for query in one.queries
        ],
    }


def _text(quality: DataQuality, shown: list[EmployerQuality], written: list[str]) -> str:
    tiles = [
        ["Staff", heads(quality.staff)],
        ["Employers returned", f"{quality.returned:,} of {quality.expected:,.0f}"],
        ["Pay bill a year", pounds(quality.paybill)],
        ["Sex not recorded", percent(quality.missing_sex, 1)],
        ["Off the pay scale", "no scale" if quality.off_scale is None else percent(quality.off_scale, 1)],
        ["Staff set aside", f"{quality.set_aside:,} (of {quality.rows_aside:,} rows set aside in all)"],
    ]
    rows = [
        [
            one.name,
            f"{SYMBOLS[one.state]} {one.state}",
            heads(one.staff),
            percent(None if one.complete is None else whole_percent(one.complete), 0),
            *(cell_text(*one.counts(group)) if one.staff or one.queries else "–" for group in groups()),
        ]
        for one in shown
    ]
    parts = [
        table(["Staff data", ""], tiles),
        table(["Employer", "state", "staff", "complete", *groups()], rows, left=2),
        _KEY.format(share=f"{target_share():.0%}", source=target_source()),
    ]
    if written:
        parts.append(
            f"Wrote {len(written)} files: {', '.join(written[:4])}{' …' if len(written) > 4 else ''}"
        )
    return "\n\n".join(parts)
