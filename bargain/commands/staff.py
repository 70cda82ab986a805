"""bargain staff: the posts of a sector as a spreadsheet that import reads back exactly."""

from __future__ import annotations

import argparse
from pathlib import Path

from bargain.commands.options import add_json, add_sector, sector_of
from bargain.commands.show import print_json
from bargain.whole_file import write_whole
from models.issues import UnusableInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --out FILE.xlsx|FILE.csv."""
    add_sector(parser)
    parser.add_argument("--out", required=True, type=Path, metavar="FILE.xlsx|FILE.csv")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write the posts."""
    checked_place(options.out, (".xlsx", ".csv"))
    sector = sector_of(options)
    posts, employers = sector.workforce, sector.employers
    from bargain.export.staff_book import PRIVATE, staff_bytes, staff_csv

    is_book = options.out.suffix.lower() == ".xlsx"
    write_whole(
        options.out,
        staff_bytes(posts, employers) if is_book else staff_csv(posts, employers).encode("utf-8-sig"),
    )
    if options.json:
        print_json({"out": str(options.out), "private": True, "rows": len(posts)})
    else:
        print(f"Wrote {options.out}: {len(posts):,} rows.\n{PRIVATE}")
    return 0


def checked_place(out: Path, endings: tuple[str, ...]) -> None:
    """Refuse a name or folder that nothing can be written to."""
    if out.suffix.lower() not in endings:
        raise UnusableInput(f"{out}: give a name that ends in {' or '.join(endings)}.")
    if not out.parent.is_dir():
        raise UnusableInput(f"There is no folder {out.parent}; make it, or name another place.")
