"""bargain accounts: employers' accounts into a sector file."""

from __future__ import annotations

import argparse
from pathlib import Path

from bargain.commands.options import add_json, add_sector
from bargain.commands.sector_files import change, to_change
from bargain.commands.show import percent, pounds, print_json, table
from bargain.intake.accounts import add_accounts, read_accounts
from bargain.measures.margins import Books, books_of
from models.accounts import Accounts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain FILE."""
    add_sector(parser)
    parser.add_argument("file", type=Path, metavar="FILE")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Read the accounts and keep them beside the staff data."""
    with to_change(options) as file:
        reading = read_accounts(options.file, sector=file.sector)
        change(file, add_accounts(file.sector, reading), f"Read accounts {options.file.name}")
    if options.json:
        print_json({"file": options.file.name, "employers": [_figures(one) for one in reading.accounts]})
        return 0
    cells = []
    for one in reading.accounts:
        books = books_of(one)
        ended = one.year_end.isoformat() if one.year_end else "–"
        cells.append(
            [one.employer, ended, pounds(books.revenue), pounds(books.result), percent(_margin(books), 1)]
        )
    print(table(["Employer", "year end", "revenue", "operating result", "margin"], cells))
    return 0


def _figures(one: Accounts) -> dict[str, object]:
    books = books_of(one)
    return {
        "name": one.employer,
        "year_end": one.year_end.isoformat() if one.year_end else None,
        "revenue": books.revenue,
        "labour": books.labour,
        "result": books.result,
        "margin": _margin(books),
    }


def _margin(books: Books) -> float | None:
    return books.result / books.revenue if books.result is not None and books.revenue else None
