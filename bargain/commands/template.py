"""bargain template: our own staff spreadsheet, to be filled in by employers."""

from __future__ import annotations

import argparse
from pathlib import Path

from bargain.commands.options import add_json
from bargain.commands.show import print_json
from bargain.commands.staff import checked_place
from bargain.whole_file import write_whole


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE.xlsx."""
    parser.add_argument("out", type=Path, metavar="FILE.xlsx")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write the template."""
    checked_place(options.out, (".xlsx",))
    from bargain.export.staff_book import HEADINGS, template_bytes

    write_whole(options.out, template_bytes())
    if options.json:
        print_json({"out": str(options.out), "columns": list(HEADINGS)})
    else:
        print(f"Wrote {options.out}: headings, a row that shows how (it is not read), and notes.")
    return 0
