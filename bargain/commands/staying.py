"""bargain staying: who is covered, how divided each side is, and who would gain by leaving."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace

from bargain.appraisal import appraise
from bargain.at_the_table import with_party
from bargain.commands.options import add_json, add_offer, add_sector, offer_of, sector_of
from bargain.commands.parties import SIDE_HEADINGS, side_json, side_rows
from bargain.commands.shapes import basis_json
from bargain.commands.show import basis_text, heads, number, percent, pounds, print_json, table
from bargain.what_if import Staying, staying_of
from models.issues import UnusableInput
from models.party import PartnerGroup, Party
from models.sector import Sector
from models.what_if import Constraint, StayingPlan, Union


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --offer OFFER [--newly NAME…] [--unions NAME=N…] [--constraint NAME=POUNDS…]."""
    add_sector(parser)
    add_offer(parser)
    parser.add_argument(
        "--newly", nargs="+", metavar="NAME", help="employers that would sign (those of the sector file)"
    )
    parser.add_argument(
        "--unions", nargs="+", metavar="NAME=MEMBERS", help="members by union (those of the sector file)"
    )
    parser.add_argument(
        "--constraint",
        nargs="+",
        metavar="NAME=POUNDS",
        help="what leaving would cost an employer a year beside the fee: exclusion, sanctions (those of the file)",
    )
    parser.add_argument(
        "--excluded",
        type=float,
        metavar="N",
        help="staff excluded from bargaining (those of the sector file)",
    )
    for side in (PartnerGroup.WORKERS, PartnerGroup.EMPLOYERS):
        parser.add_argument(
            f"--table-{side}",
            nargs="+",
            metavar="NAME=STAFF",
            help=f"parties at the table on the {side}' side, with the staff each speaks for (those of the sector file)",
        )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print coverage and gains; 1 where a gain has no constraint of its size."""
    sector = sector_of(options)
    names = set(sector.workforce.employers)
    for name in options.newly or ():
        if name not in names:
            raise UnusableInput(f"There is no employer “{name}” in the staff data.")
    appraisal = appraise(sector, offer_of(options.offer, sector))
    sector = _seated(sector, options)
    found = staying_of(sector, appraisal, _plan(options, sector.what_if.staying))
    held, gains = found.coverage, found.leaving
    basis = replace(appraisal.basis, grossed=None)  # coverage and gains count what was returned
    open_ = list(found.open)
    if options.json:
        each = [{**asdict(one), "uncovered": one.uncovered} for one in gains]
        print_json(
            {
                "coverage": asdict(held),
                "table": [side_json(one) for one in found.table],
                "leaving": each,
                "no_constraint": [one.name for one in open_],
                "basis": basis_json(basis, {}),
            }
        )
    else:
        print(f"{basis_text(basis)}\n\n{_text(found)}")
    return 1 if open_ else 0


def _seated(sector: Sector, options: argparse.Namespace) -> Sector:
    """The sector with the parties that the options seat in the place of its own."""
    for side in (PartnerGroup.WORKERS, PartnerGroup.EMPLOYERS):
        given = getattr(options, f"table_{side}")
        if given is None:
            continue
        sector = replace(sector, parties=tuple(one for one in sector.parties if one.group is not side))
        for name, size in _amounts(given).items():
            sector = with_party(sector, Party(name, side, speaks_for=size))
    return sector


def _plan(options: argparse.Namespace, filed: StayingPlan) -> StayingPlan:
    """What the file assumes, with what the options say in its place."""
    unions, held = options.unions, options.constraint
    return StayingPlan(
        signing=filed.signing if options.newly is None else tuple(options.newly),
        unions=filed.unions
        if unions is None
        else tuple(Union(name, members) for name, members in _amounts(unions).items()),
        excluded=filed.excluded if options.excluded is None else options.excluded,
        constraints=filed.constraints
        if held is None
        else tuple(Constraint(name, pounds) for name, pounds in _amounts(held).items()),
    )


def _amounts(texts: Sequence[str]) -> dict[str, float]:
    found = {}
    for text in texts:
        name, _, value = text.rpartition("=")
        try:
            found[name] = float(value)
        except ValueError:
            raise UnusableInput(f"“{text}” gives no number; write NAME=NUMBER.") from None
    return found


def _text(found: Staying) -> str:
    held, gains = found.coverage, found.leaving
    rows = [
        ["Staff in scope", heads(held.in_scope)],
        [
            "Covered now, by national agreements",
            f"{heads(held.covered)} ({percent(held.coverage_before, 1)})",
        ],
        ["Covered with those who would sign", percent(held.coverage_after, 1)],
        ["Residual group", heads(held.residual)],
        ["of it covered", percent(held.residual_coverage, 1)],
        ["Union density", percent(held.union_density, 1)],
        ["Employer density", percent(held.employer_density, 1)],
        ["Unions in effect", number(held.unions_in_effect, 2)],
        ["Employers' parties in effect", number(held.employers_in_effect, 2)],
    ]
    leaving = [
        [
            one.name,
            pounds(one.pay_avoided),
            pounds(one.fee_lost),
            pounds(one.gain),
            pounds(one.constraints),
            "not known" if one.uncovered is None else "✗ no constraint" if one.uncovered > 0 else "✓ covered",
        ]
        for one in gains
    ]
    headings = ["Leaving", "pay avoided", "fee lost", "gain", "constraints", ""]
    return "\n\n".join(
        [
            table(["Coverage", ""], rows),
            table(SIDE_HEADINGS, side_rows(found.table)),
            table(headings, leaving),
            f"{len(found.open)} employers would gain by leaving more than the constraints cost them.",
        ]
    )
