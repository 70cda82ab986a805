"""bargain compare: offers side by side."""

from __future__ import annotations

import argparse

from bargain.appraisal import appraise
from bargain.commands.options import add_json, add_sector, offer_of, sector_of, targets_of
from bargain.commands.shapes import basis_json, total_json, verdict_json
from bargain.commands.show import basis_text, in_unit, percent, pounds, print_json, table
from bargain.commands.test_offer import SYMBOLS
from bargain.measures.catalogue import MEASURES
from bargain.targets import judge
from models.appraisal import Appraisal
from models.target import Verdict

_SHOWN = ("lowest", "p50", "p90_p10", "gini", "smallest_differential", "low_pay_share", "operating_margin")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain OFFER OFFER… [--targets TARGETS]."""
    add_sector(parser)
    parser.add_argument("offers", nargs="+", metavar="OFFER", help="offer files, or names in the sector file")
    parser.add_argument("--targets", metavar="TARGETS", help="a targets file (.toml), or a set's name")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print a column an offer."""
    sector = sector_of(options)
    targets = targets_of(options.targets, sector).targets if options.targets else ()
    appraisals = [appraise(sector, offer_of(name, sector)) for name in options.offers]
    verdicts = [judge(targets, sector, one) for one in appraisals]
    basis = appraisals[0].basis
    if options.json:
        print_json(
            {
                "basis": basis_json(basis, {}),
                "before": dict(appraisals[0].before.measures),
                "offers": [
                    {
                        "name": one.offer.name,
                        "cost": {
                            **total_json(one.cost),
                            "cost_of_one_percent": round(one.cost.cost_of_one_percent, 2),
                        },
                        "measures": dict(one.after.measures),
                        "unmapped_heads": one.unmapped_heads,
                        "targets": [verdict_json(verdict) for verdict in judged],
                    }
                    for one, judged in zip(appraisals, verdicts, strict=True)
                ],
            }
        )
    else:
        print(f"{basis_text(basis)}\n\n{_text(appraisals, verdicts)}")
    return 0


def _text(appraisals: list[Appraisal], verdicts: list[tuple[Verdict, ...]]) -> str:
    rows = [
        ["Full-year cost", "", *(pounds(one.cost.full_year) for one in appraisals)],
        ["Cost in the first settlement year", "", *(pounds(one.cost.in_year_cost) for one in appraisals)],
        ["Pay bill growth", "", *(percent(one.cost.level) for one in appraisals)],
    ]
    for key in _SHOWN:
        info = MEASURES[key]
        before = in_unit(appraisals[0].before.measures[key], info.unit)
        rows.append(
            [info.label, before, *(in_unit(one.after.measures[key], info.unit) for one in appraisals)]
        )
    for place, verdict in enumerate(verdicts[0]):
        unit = MEASURES[verdict.target.measure].unit
        rows.append([verdict.target.name, "", *(_cell(judged[place], unit) for judged in verdicts)])
    return table(["", "now", *(one.offer.name for one in appraisals)], rows)


def _cell(verdict: Verdict, unit: str) -> str:
    return f"{in_unit(verdict.value, unit)} {SYMBOLS[verdict.status]} {verdict.status}"
