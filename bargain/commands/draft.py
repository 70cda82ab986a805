"""bargain draft: the agreement draft as PDF."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from bargain.appraisal import appraise
from bargain.commands.options import add_json, add_offer, add_sector, offer_of, sector_of
from bargain.commands.show import print_json
from models.issues import UnusableInput


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --offer OFFER --out FILE.pdf."""
    add_sector(parser)
    add_offer(parser)
    parser.add_argument("--out", required=True, type=Path, metavar="FILE.pdf")
    parser.add_argument(
        "--draft-version", default="1", metavar="TEXT", help="the version printed on every page"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write the draft."""
    if options.out.suffix.lower() != ".pdf":
        raise UnusableInput(f"{options.out}: the draft is written as PDF; give a name that ends in .pdf.")
    from bargain.agreement.compose import compose
    from bargain.agreement.pdf import write_pdf

    sector = sector_of(options)
    appraisal = appraise(sector, offer_of(options.offer, sector))
    draft = compose(sector, appraisal, version=options.draft_version, today=date.today())
    write_pdf(draft, options.out)
    if options.json:
        print_json(
            {
                "out": str(options.out),
                "watermark": draft.watermark,
                "warnings": list(draft.warnings),
                "basis": draft.basis,
                "unmapped_heads": appraisal.unmapped_heads,
            }
        )
    else:
        print("\n".join([f"Wrote {options.out}.", draft.basis, *draft.warnings]))
    return 0
