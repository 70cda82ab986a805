"""bargain import: payroll spreadsheets into a sector file, all or nothing."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from bargain.commands.options import add_json, add_sector, text_of, write_text
from bargain.commands.sector_files import change, to_change
from bargain.commands.show import heads, print_json
from bargain.intake.all_checks import problems_of_import
from bargain.intake.control import Control, control_of
from bargain.intake.findings import why_of
from bargain.intake.join import Again, add_readings
from bargain.intake.mapping_file import read_mapping, write_mapping
from bargain.intake.payroll import facts_of, read_payrolls
from bargain.intake.reading import MappingFile, OpenQuestion, PayrollReading
from bargain.intake.reading_json import questions_as_json, reading_as_json
from bargain.progress import bar
from models.issues import UnusableInput

WORKBOOK_PASSWORD = "BARGAIN_WORKBOOK_PASSWORD"  # noqa: S105  # the variable's name, no password
_SHOWN = 8


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """--employer and --mapping, for import and inspect alike."""
    parser.add_argument("--employer", metavar="NAME", help="the employer, where the file does not say")
    parser.add_argument(
        "--mapping", type=Path, metavar="MAP.toml", help="answers and column settings for these files"
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain FILE… [--employer NAME] [--mapping MAP] [--save-mapping MAP] [--control-total POUNDS]."""
    add_sector(parser)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add_reading_options(parser)
    parser.add_argument("--save-mapping", type=Path, metavar="MAP.toml", help="write how the files were read")
    parser.add_argument(
        "--control-total", metavar="POUNDS", help="the pay bill that the files should add up to"
    )
    parser.add_argument(
        "--again",
        choices=tuple(map(str, Again)),
        default=str(Again.REFUSE),
        help="what to do with a file that was imported before (default: refuse)",
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Read every file first; only then change the sector file, once."""
    return asking(options, _import)


def asking(options: argparse.Namespace, work: Callable[[argparse.Namespace], int]) -> int:
    """Do the work; where a file's meaning is open, give the question, its answers and example rows, and exit 2."""
    try:
        return work(options)
    except OpenQuestion as asked:
        if options.json:
            print_json(questions_as_json(asked))
        else:
            print(_questions(asked), file=sys.stderr)
        raise


def _questions(asked: OpenQuestion) -> str:
    """Every question with its answers and up to five example rows."""
    lines = []
    for one in asked.questions:
        lines += [
            f"{asked.file}, sheet {one.sheet}: {one.question}",
            f"  Answers for “{one.key}”: {', '.join(one.candidates)}",
        ]
        lines += [
            "  e.g. " + ", ".join(f"{heading}: {value}" for heading, value in row) for row in one.examples[:5]
        ]
    return "\n".join(lines)


def _import(options: argparse.Namespace) -> int:
    control = _control_total(options.control_total)
    if options.save_mapping and len(options.files) > 1:
        raise UnusableInput("--save-mapping keeps how one file was read; give one FILE.")
    with to_change(options) as file:
        sector = file.sector
        if sector.is_sample:
            raise UnusableInput(
                f"{options.sector} is the sample: everybody knows its passphrase, so it can't hold staff data. "
                "Make a sector file of your own with “new”."
            )
        mapping = mapping_of(options)
        facts = facts_of(sector)
        with bar("Reading payrolls", len(options.files), quiet=options.json) as step:
            readings = read_payrolls(
                options.files,
                facts=facts,
                employer=options.employer,
                mapping=mapping,
                password=workbook_password(),
                on_read=step,
            )
        changed = add_readings(sector, readings, today=date.today(), again=Again(options.again))
        if options.save_mapping:
            write_text(options.save_mapping, write_mapping(readings[0].sheets[0]))
        change(file, changed, _step_text(options.files), kind="import")
    held = None if control is None else control_of(readings, control)
    whole = list(problems_of_import(sector, readings, control_total=control))
    if options.json:
        told = {
            "files": _with_control(readings, held),
            "paybill_annual": float(paybill_of(readings)),
            "findings": [
                {"file": name, "code": one.code, "reason": one.reason, "why": why_of(one.code)}
                for name, one in whole
            ],
        }
        print_json(told if held is None else told | {"control": control_as_json(held)})
    else:
        print_readings(readings)
        for name, one in whole:
            if one.code == "file_imported_before":
                print(f"{name}: {one.reason}.")
        if held is not None:
            print(held.says)
            for cause in held.likely:
                print(f"  {cause}")
    return 0


def control_as_json(control: Control) -> dict[str, Any]:
    """The control total beside what was read."""
    return {
        "total": float(control.total),
        "difference": float(round(control.difference, 2)),
        "about_staff": control.about_staff,
        "agrees": control.agrees,
        "likely": list(control.likely),
    }


def _step_text(files: Sequence[Path]) -> str:
    """What the history says of an import."""
    more = f" and {len(files) - 1} more" if len(files) > 1 else ""
    return f"Import: {files[0].name}{more}"


def mapping_of(options: argparse.Namespace) -> MappingFile | None:
    """The mapping file, if one was named."""
    if options.mapping is None:
        return None
    return read_mapping(text_of(options.mapping), source=options.mapping.name)


def workbook_password() -> str | None:
    """The password of protected workbooks: from the environment, never from an argument."""
    return os.environ.get(WORKBOOK_PASSWORD)


def paybill_of(readings: Sequence[PayrollReading]) -> Decimal:
    """The annual pay bill of all files together, exactly as the files have it."""
    return sum((sheet.paybill for reading in readings for sheet in reading.sheets), Decimal(0))


def _with_control(readings: Sequence[PayrollReading], control: Control | None) -> list[dict[str, Any]]:
    entries = [entry for reading in readings for entry in reading_as_json(reading)["files"]]
    for entry in entries:
        entry["control_difference"] = None if control is None else float(round(control.difference, 2))
    return entries


def _control_total(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        value = Decimal(text.replace(",", "").replace("£", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise UnusableInput(
            f"--control-total: “{text}” is not an amount in pounds; write it like 31420118.50."
        )
    return value


def print_readings(readings: Sequence[PayrollReading]) -> None:
    """The reconciling sentence of every sheet, how pay was read, what was dropped, and the first problems."""
    for reading in readings:
        for entry in reading_as_json(reading)["files"]:
            print(
                f"{entry['file']}, {entry['sheet'] or 'text'}: {entry['rows_in_file']:,} rows = {entry['staff']:,} staff"
                f" + {entry['totals']:,} totals + {entry['leavers']:,} leavers + {entry['set_aside']:,} set aside"
                f" + {entry['blank']:,} blank. Pay bill £{entry['paybill_annual']:,.2f}."
            )
            if entry["read_as"]:
                print(
                    f"  Read as last time, like {entry['read_as']}. Give --mapping to read it in another way."
                )
            columns = ", ".join(f"{field} ← {heading}" for field, heading in entry["mapping"].items())
            print(f"  Columns: {columns}.")
            if entry["dropped_columns"]:
                print(f"  Left out: {', '.join(entry['dropped_columns'])}.")
            for problem in entry["problems"][:_SHOWN]:
                print(
                    f"  Row {problem['row']}, {problem['column']} “{problem['value']}”: {problem['reason']}"
                )
            if len(entry["problems"]) > _SHOWN:
                print(f"  … and {len(entry['problems']) - _SHOWN:,} more findings (--json lists them all).")
    total = sum(float(sheet.heads) for reading in readings for sheet in reading.sheets)
    print(f"{heads(total)} staff in all, pay bill £{paybill_of(readings):,.2f} a year.")
