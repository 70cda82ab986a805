"""bargain constraints: what keeps each employer in the agreement, and which of it is a clause of the draft."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace

from bargain.commands.options import add_json, add_sector
from bargain.commands.records import NOT_KNOWN, add_record, known_number, sector_after
from bargain.commands.show import pounds, print_json, table
from bargain.constraints import constraint_of, with_constraint
from models.issues import UnusableInput
from models.sector import Sector
from models.what_if import Constraint

_ANSWERS = {"yes": True, "no": False}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain [--set EMPLOYER [--pounds N] [--what TEXT] [--clause yes|no] [--tell-worth yes|no]] [--remove EMPLOYER]."""
    add_sector(parser)
    add_record(
        parser,
        "EMPLOYER",
        to_set="the employer whose record is added or changed",
        to_remove="the employer whose record goes",
    )
    parser.add_argument(
        "--pounds", metavar="N", help=f"what leaving would cost it a year beside the fee; “{NOT_KNOWN}”"
    )
    parser.add_argument("--what", metavar="TEXT", help="the clause, law or condition that takes it")
    parser.add_argument(
        "--clause", choices=tuple(_ANSWERS), help="whether the text is a clause of the agreement draft"
    )
    parser.add_argument(
        "--tell-worth", choices=tuple(_ANSWERS), help="whether the clause says the pounds a year"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Set what is to be set, then list."""
    sector = sector_after(
        options,
        lambda one: (_changed(one, options), f"What keeps {options.set or options.remove} in"),
        details=("pounds", "what", "clause", "tell_worth"),
        what="employer",
        kept=lambda one: one.what_if,
    )
    held = sector.what_if.staying.constraints
    if options.json:
        print_json({"constraints": [asdict(one) for one in held]})
    elif not held:
        print(
            "No constraint is recorded. Record one: bargain constraints SECTOR --set EMPLOYER --pounds N --what TEXT."
        )
    else:
        rows = [[one.employer, one.what, pounds(one.pounds), _in_draft(one)] for one in held]
        print(table(["employer", "what keeps it in", "£ a year", "in the draft"], rows, left=2))
    return 0


def _in_draft(one: Constraint) -> str:
    return "no" if not one.in_draft else "yes, with its worth" if one.tells_worth else "yes"


def _changed(sector: Sector, options: argparse.Namespace) -> Sector:
    employer = options.set or options.remove
    plan = sector.what_if.staying
    before = constraint_of(plan, employer)
    if options.remove is not None:
        if before not in plan.constraints:
            raise UnusableInput(
                f"No constraint is recorded for “{employer}”; bargain constraints lists those there are."
            )
        return _with(sector, Constraint(employer))
    if before not in plan.constraints and employer not in sector.workforce.employers:
        raise UnusableInput(f"There is no employer “{employer}” in the staff data; check the name.")
    after = before
    if options.pounds is not None:
        after = replace(after, pounds=known_number(options.pounds, "--pounds", what="amount", like="200000"))
    if options.what is not None:
        after = replace(after, what=options.what.strip())
    if options.clause is not None:
        after = replace(after, in_draft=_ANSWERS[options.clause])
    if options.tell_worth is not None:
        after = replace(after, tells_worth=_ANSWERS[options.tell_worth])
    if after.in_draft and not after.what:
        raise UnusableInput(f"The clause for {employer} has no words yet; write them with --what.")
    if after.tells_worth and not (after.in_draft and after.pounds is not None):
        raise UnusableInput(
            f"Only a clause of known pounds can tell them; give {employer} --clause yes and --pounds too."
        )
    return _with(sector, after)


def _with(sector: Sector, after: Constraint) -> Sector:
    what_if = sector.what_if
    return replace(sector, what_if=replace(what_if, staying=with_constraint(what_if.staying, after)))
