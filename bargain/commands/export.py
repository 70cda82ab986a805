"""bargain export: the costing as a workbook with live formulas."""

from __future__ import annotations

import argparse
from pathlib import Path

from bargain.appraisal import appraise
from bargain.commands.options import add_json, add_offer, add_sector, offer_of, sector_of
from bargain.commands.shapes import basis_json
from bargain.commands.show import basis_text, pounds, print_json
from bargain.working import working_of
from models.issues import UnusableInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --offer OFFER --out FILE.xlsx."""
    add_sector(parser)
    add_offer(parser)
    parser.add_argument("--out", required=True, type=Path, metavar="FILE.xlsx")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write the workbook."""
    if options.out.suffix.lower() != ".xlsx":
        raise UnusableInput(
            f"{options.out}: the costing is written as a workbook; give a name that ends in .xlsx."
        )
    if not options.out.parent.is_dir():
        raise UnusableInput(f"There is no folder {options.out.parent}; make it, or name another place.")
    sector = sector_of(options)
    offer = offer_of(options.offer, sector)
    appraisal = appraise(sector, offer)
    working = working_of(sector, offer)
    from bargain.export.workbook import PRIVATE, SHEETS, workbook_bytes
    from bargain.whole_file import write_whole

    write_whole(options.out, workbook_bytes(sector, appraisal, working))
    if options.json:
        print_json(
            {
                "out": str(options.out),
                "private": True,
                "sheets": list(SHEETS),
                "full_year": round(appraisal.cost.full_year, 2),
                "basis": basis_json(appraisal.basis, {}),
            }
        )
    else:
        print(
            f"Wrote {options.out}: full-year cost {pounds(appraisal.cost.full_year)}.\n{basis_text(appraisal.basis)}\n{PRIVATE}"
        )
    return 0
