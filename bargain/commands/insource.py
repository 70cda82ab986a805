"""bargain insource: what bringing employers in-house would cost, save and pay back."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace

from bargain.basis import basis_of
from bargain.commands.options import add_json, add_sector, sector_of
from bargain.commands.shapes import basis_json
from bargain.commands.show import basis_text, heads, percent, pounds, print_json, table
from bargain.in_house import in_house_of, rates_of
from bargain.insourcing import CAVEAT, in_sourcing
from models.choices import InSourcing
from models.issues import UnusableInput
from models.what_if import Comparator, GradeRate, InHousePlan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain [--employers NAME…] [--like NAME | --rates GRADE=POUNDS…] [--compensation | --multiple]."""
    add_sector(parser)
    parser.add_argument(
        "--employers", nargs="+", metavar="NAME", help="whom to bring in-house (those of the sector file)"
    )
    rates = parser.add_mutually_exclusive_group()
    rates.add_argument(
        "--like", metavar="NAME", help="the employer whose median pay by grade is the comparator (the file's)"
    )
    rates.add_argument(
        "--rates", nargs="+", metavar="GRADE=POUNDS", help="the comparator, £ an hour by grade (the file's)"
    )
    basis = parser.add_mutually_exclusive_group()
    basis.add_argument("--compensation", type=float, metavar="POUNDS", help="a stated sum (the file's)")
    basis.add_argument(
        "--multiple", type=float, metavar="N", help="so many times operating profit (the file's)"
    )
    parser.add_argument(
        "--recoverable", type=float, metavar="POUNDS", help="charges that come back (the file's, else none)"
    )
    parser.add_argument("--rate", type=float, metavar="PERCENT", help="discount rate (the file's, else 3.5)")
    parser.add_argument("--years", type=int, help="years of the present value (the file's, else 10)")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Print the case, with its assumptions."""
    sector = sector_of(options)
    plan = _plan(options, sector.what_if.in_house)
    if not plan.employers:
        raise UnusableInput(
            "The sector file does not say whom to bring in-house; give --employers, or choose them under What if."
        )
    comparator = rates_of(sector, plan)
    if not comparator:
        raise UnusableInput(
            "The sector file does not say which pay to compare with; give --like or --rates, or choose it under What if."
        )
    found = in_sourcing(
        sector,
        plan.employers,
        comparator=comparator,
        compensation=plan.stated,
        multiple=plan.multiple,
        recoverable=plan.recoverable,
        rate=plan.rate,
        years=plan.years,
    )
    basis = replace(basis_of(sector, ()), grossed=None)  # the case counts the employers that are named
    if options.json:
        counted = basis_json(basis, {})
        ways = [
            {
                "basis": one.basis.value,
                "compensation": one.compensation,
                "payback": one.payback,
                "npv": one.npv,
                "why": one.why or None,
            }
            for one in in_house_of(sector, plan).ways
        ]
        extra = {"comparator": comparator, "caveat": CAVEAT, "data_basis": counted, "ways": ways}
        print_json({**asdict(found), **extra})
    else:
        print(f"{basis_text(basis)}\n\n{_text(found, comparator)}")
    return 0


def _plan(options: argparse.Namespace, filed: InHousePlan) -> InHousePlan:
    """What the file assumes, with what the options say in its place: a basis that is given is the only one."""
    plan = filed
    if options.employers is not None:
        plan = replace(plan, employers=tuple(options.employers))
    if options.like is not None:
        plan = replace(plan, comparator=Comparator.EMPLOYER, like=options.like)
    if options.rates is not None:
        rates = tuple(GradeRate(grade, hourly=hourly) for grade, hourly in map(_rate, options.rates))
        plan = replace(plan, comparator=Comparator.TYPED, rates=rates)
    if options.compensation is not None or options.multiple is not None:
        plan = replace(plan, stated=options.compensation, multiple=options.multiple)
    said = {name: getattr(options, name) for name in ("recoverable", "years")}
    said["rate"] = None if options.rate is None else options.rate / 100
    return replace(plan, **{name: value for name, value in said.items() if value is not None})


def _rate(text: str) -> tuple[str, float]:
    grade, _, value = text.rpartition("=")
    try:
        return grade, float(value)
    except ValueError:
        raise UnusableInput(
            f"“{text}” gives no rate; write GRADE=POUNDS, such as “Team leader=19.00”."
        ) from None


def _text(found: InSourcing, comparator: dict[str, float]) -> str:
    payback = "never: nothing is saved" if found.payback is None else f"{found.payback:.2f} years"
    rows = [
        ["Staff", heads(found.heads)],
        ["Operating profit and recoverable charges, a year", pounds(found.gross)],
        ["Cost of parity of pay, a year, with on-costs", pounds(found.parity_cost)],
        ["Pay short of the comparator", percent(found.parity_gap)],
        ["Saved a year", pounds(found.net)],
        [f"Compensation: {found.basis}", pounds(found.compensation)],
        ["Paid back after", payback],
        [f"Net present value, {found.years} years at {percent(found.rate, 1)}", pounds(found.npv)],
    ]
    mapping = "; ".join(f"{grade} £{rate:.2f}" for grade, rate in comparator.items())
    lines = [table([f"In-house: {', '.join(found.employers)}", ""], rows), f"Comparator an hour: {mapping}."]
    if found.no_comparator:
        lines.append(f"{heads(found.no_comparator)} staff have no comparator and are priced as they are.")
    if found.not_known:
        lines.append(f"No accounts, so no profit is counted: {', '.join(found.not_known)}.")
    return "\n\n".join([*lines, CAVEAT])
