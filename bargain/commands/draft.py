"""bargain draft: the agreement draft as PDF, Word document or plain text."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from bargain.appraisal import appraise
from bargain.commands.options import add_json, add_offer, add_sector, offer_of, sector_of
from bargain.commands.show import print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --offer OFFER --out FILE.pdf, FILE.docx or FILE.txt."""
    add_sector(parser)
    add_offer(parser)
    parser.add_argument("--out", required=True, type=Path, metavar="FILE.pdf|FILE.docx|FILE.txt")
    parser.add_argument(
        "--draft-version", default="1", metavar="TEXT", help="the version printed on every page"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write the draft."""
    from bargain.agreement.compose import compose
    from bargain.agreement.files import check_ending, write_draft

    check_ending(options.out)
    sector = sector_of(options)
    appraisal = appraise(sector, offer_of(options.offer, sector))
    draft = compose(sector, appraisal, version=options.draft_version, today=date.today())
    write_draft(draft, options.out)
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
