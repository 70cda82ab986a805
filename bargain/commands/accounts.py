"""bargain accounts: employers' accounts into a sector file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bargain.accounts_preview import AccountsRow, payroll_labour, preview_rows
from bargain.commands.import_files import asking, workbook_password
from bargain.commands.options import add_json, add_sector, text_of, write_text
from bargain.commands.sector_files import change, to_change
from bargain.commands.show import percent, pounds, print_json, table
from bargain.intake.accounts import read_accounts
from bargain.intake.accounts_adding import add_accounts
from bargain.intake.accounts_mapping import DOWN, read_accounts_mapping
from bargain.intake.reading import AccountsReading


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
    return asking(options, _accounts)


def _accounts(options: argparse.Namespace) -> int:
    mapping = None
    if options.mapping is not None:
        mapping = read_accounts_mapping(text_of(options.mapping), source=options.mapping.name)
    with to_change(options) as file:
        labour = payroll_labour(file.sector)
        reading = read_accounts(
            options.file, sector=file.sector, mapping=mapping, labour=labour, password=workbook_password()
        )
        rows = preview_rows(file.sector, reading.accounts, labour)
        change(file, add_accounts(file.sector, reading), f"Read accounts {options.file.name}")
    if options.save_mapping is not None:
        write_text(options.save_mapping, reading.settings)
    if options.json:
        print_json(_json(reading, rows))
    else:
        print(_text(reading, rows))
    return 0


def _json(reading: AccountsReading, rows: Sequence[AccountsRow]) -> dict[str, object]:
    return {
        "file": reading.file,
        "sheet": reading.sheet,
        "runs": reading.runs,
        "mapping": dict(reading.mapping),
        "read_as": reading.read_as or None,
        "dropped_columns": list(reading.dropped_columns),
        "rows_in_file": reading.rows_in_file,
        "rows_read": reading.rows_read,
        "totals": reading.totals,
        "set_aside": reading.set_aside,
        "blank": reading.blank,
        "notes": list(reading.notes),
        "unmatched": [{"name": name, "like": list(like)} for name, like in reading.unmatched],
        "problems": [
            {"row": one.row, "column": one.column, "value": one.value, "reason": one.reason}
            for one in reading.problems
        ],
        "employers": [_figures(one) for one in rows],
    }


def _text(reading: AccountsReading, rows: Sequence[AccountsRow]) -> str:
    cells = [
        [
            one.employer,
            one.year_end.isoformat() if one.year_end else "–",
            pounds(one.books.revenue),
            pounds(one.books.result),
            percent(one.margin, 1),
            percent(one.ratio, 1),
        ]
        for one in rows
    ]
    counted = (
        f"{reading.rows_in_file} {'lines' if reading.runs == DOWN else 'rows'} in file = {reading.rows_read} read + {reading.totals} totals + {reading.set_aside} set "
        f"aside + {reading.blank} blank."
    )
    parts = [
        table(
            ["Employer", "year end", "revenue", "operating result", "margin", "payroll ÷ accounts"],
            cells,
        ),
        counted,
        ("Lines: " if reading.runs == DOWN else "Columns: ")
        + ", ".join(f"{field} from “{heading}”" for field, heading in reading.mapping.items())
        + ".",
    ]
    if reading.read_as:
        parts.append(f"Read as {reading.read_as} was, which had the same headings.")
    parts += [f"{one}." for one in reading.notes]
    if reading.runs == DOWN and reading.dropped_columns:
        parts.append(f"Lines not read: {'; '.join(reading.dropped_columns)}.")
    new = [name for name, like in reading.unmatched if not like]
    if new:
        parts.append(f"Not among the sector's employers, so added: {', '.join(new)}.")
    parts += [
        f"{name} is not among the sector's employers, so it was added; if it is {' or '.join(like)}, say so under [employers] "
        "in a mapping file."
        for name, like in reading.unmatched
        if like
    ]
    parts += [
        f"Row {one.row}, {one.column}: {f'{one.value} ' if one.value else ''}{one.reason}."
        for one in reading.problems
    ]
    return "\n\n".join(parts)


def _figures(one: AccountsRow) -> dict[str, object]:
    books = one.books
    return {
        "name": one.employer,
        "year_end": one.year_end.isoformat() if one.year_end else None,
        "state": one.state,
        "revenue": books.revenue,
        "labour": books.labour,
        "result": books.result,
        "margin": one.margin,
        "ebitdar": books.ebitdar,
        "ebitda": books.ebitda,
        "profit_before_tax": books.pretax,
        "payroll_labour": one.labour,
        "reconciliation": one.ratio,
    }
