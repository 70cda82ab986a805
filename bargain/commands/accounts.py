"""bargain accounts: employers' accounts into a sector file."""

from __future__ import annotations

import argparse
from pathlib import Path

from bargain.appraisal import appraise, no_offer
from bargain.commands.options import add_json, add_sector, text_of, write_text
from bargain.commands.sector_files import change, to_change
from bargain.commands.show import percent, pounds, print_json, table
from bargain.intake.accounts import add_accounts, read_accounts
from bargain.intake.accounts_columns import read_accounts_mapping
from bargain.intake.reading import AccountsReading
from bargain.measures.margins import Books, books_of
from models.accounts import Accounts
from models.sector import Sector


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain FILE [--mapping MAP] [--save-mapping MAP]."""
    add_sector(parser)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--mapping", type=Path, metavar="MAP.toml", help="which columns are which, and the unit of money"
    )
    parser.add_argument(
        "--save-mapping", type=Path, metavar="MAP.toml", help="write down how this file was read"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Read the accounts, keep them beside the staff data, and hold them against it."""
    mapping = None
    if options.mapping is not None:
        mapping = read_accounts_mapping(text_of(options.mapping), source=options.mapping.name)
    with to_change(options) as file:
        reading = read_accounts(options.file, sector=file.sector, mapping=mapping)
        changed = add_accounts(file.sector, reading)
        change(file, changed, f"Read accounts {options.file.name}")
    if options.save_mapping is not None:
        write_text(options.save_mapping, reading.settings)
    held = _reconciliation(changed)
    if options.json:
        print_json(
            {
                "file": options.file.name,
                "sheet": reading.sheet,
                "mapping": dict(reading.mapping),
                "read_as": reading.read_as or None,
                "dropped_columns": list(reading.dropped_columns),
                "rows_in_file": reading.rows_in_file,
                "rows_read": reading.rows_read,
                "problems": [
                    {"row": one.row, "column": one.column, "value": one.value, "reason": one.reason}
                    for one in reading.problems
                ],
                "employers": [_figures(one, held) for one in reading.accounts],
            }
        )
    else:
        print(_text(reading, held))
    return 0


def _reconciliation(sector: Sector) -> dict[str, float]:
    """Labour cost of the staff data, by employer, £ a year with on-costs; empty without staff data."""
    if not len(sector.workforce):
        return {}
    groups = appraise(sector, no_offer(sector)).cost.by_employer
    return {one.name: one.labour_before / one.represents for one in groups}


def _text(reading: AccountsReading, held: dict[str, float]) -> str:
    cells = []
    for one in reading.accounts:
        books = books_of(one)
        ended = one.year_end.isoformat() if one.year_end else "–"
        ratio = _ratio(books, held.get(one.employer))
        cells.append(
            [
                one.employer,
                ended,
                pounds(books.revenue),
                pounds(books.result),
                percent(_margin(books), 1),
                percent(ratio, 1),
            ]
        )
    parts = [
        table(
            ["Employer", "year end", "revenue", "operating result", "margin", "payroll ÷ accounts"],
            cells,
        ),
        "Columns: "
        + ", ".join(f"{field} from “{heading}”" for field, heading in reading.mapping.items())
        + ".",
    ]
    if reading.read_as:
        parts.append(f"Read as {reading.read_as} was, which had the same headings.")
    parts += [f"Row {one.row}, {one.column}: {one.value} {one.reason}." for one in reading.problems]
    return "\n\n".join(parts)


def _figures(one: Accounts, held: dict[str, float]) -> dict[str, object]:
    books = books_of(one)
    return {
        "name": one.employer,
        "year_end": one.year_end.isoformat() if one.year_end else None,
        "revenue": books.revenue,
        "labour": books.labour,
        "result": books.result,
        "margin": _margin(books),
        "ebitdar": books.ebitdar,
        "ebitda": books.ebitda,
        "profit_before_tax": books.pretax,
        "payroll_labour": held.get(one.employer),
        "reconciliation": _ratio(books, held.get(one.employer)),
    }


def _ratio(books: Books, labour: float | None) -> float | None:
    """Labour in the payroll over labour in the accounts."""
    return labour / books.labour if labour is not None and books.labour else None


def _margin(books: Books) -> float | None:
    return books.result / books.revenue if books.result is not None and books.revenue else None
