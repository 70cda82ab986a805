"""bargain solve: values of an offer's levers that meet the targets, or which targets can't be met together."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from bargain.appraisal import appraise
from bargain.commands.options import (
    add_json,
    add_offer,
    add_sector,
    offer_of,
    sector_of,
    targets_of,
    write_text,
)
from bargain.commands.shapes import basis_json, verdict_json
from bargain.commands.show import basis_text, in_unit, print_json
from bargain.commands.test_offer import verdict_table
from bargain.measures.catalogue import MEASURES
from bargain.offers.offer_file import write_offer
from bargain.offers.words import describe_offer
from bargain.progress import drive
from bargain.solve.answer import envelope, solving
from bargain.solve.levers import lever_of, number_text, read_vary
from bargain.solve.search import SearchStep
from models.issues import UnusableInput
from models.sector import Sector
from models.solve import Aim, Answer, Gives, Question, Sense


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """SECTOR.bargain --offer OFFER --vary KEY=LOW:HIGH… --targets TARGETS [--minimise MEASURE]."""
    add_sector(parser)
    add_offer(parser)
    parser.add_argument(
        "--vary",
        required=True,
        action="append",
        nargs="+",
        metavar="KEY=LOW:HIGH[:STEP]",
        help="a lever by its key in the offer file, with its limits; up to three",
    )
    parser.add_argument("--targets", metavar="TARGETS", help="a targets file (.toml), or a set's name")
    aim = parser.add_mutually_exclusive_group()
    aim.add_argument("--minimise", metavar="MEASURE", help="what to make least (cost_full_year)")
    aim.add_argument("--maximise", metavar="MEASURE", help="what to make most")
    aim.add_argument("--reach", metavar="MEASURE=VALUE", help="what to bring as near as can be to a value")
    parser.add_argument(
        "--envelope", type=float, metavar="POUNDS", help="the best shape for a full-year cost of at most this"
    )
    parser.add_argument("--out", type=Path, metavar="OFFER.toml", help="write the offer that was found")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Search, and print what was found. 1 where the targets can't be met together."""
    sector = sector_of(options)
    question = _question(options, sector)
    answer = _searched(sector, question, quiet=options.json)
    basis = appraise(sector, answer.offer).basis
    if options.out is not None and answer.feasible:
        write_text(options.out, write_offer(answer.offer))
    if options.json:
        print_json({**answer_json(answer), "basis": basis_json(basis, {})})
    else:
        print(f"{basis_text(basis)}\n\n{_text(answer)}")
    return 0 if answer.feasible else 1


def _question(options: argparse.Namespace, sector: Sector) -> Question:
    offer = offer_of(options.offer, sector)
    targets = targets_of(options.targets, sector).targets if options.targets else ()
    question = Question(
        replace(offer, name=f"{offer.name} – found"),
        tuple(read_vary(text) for group in options.vary for text in group),
        targets,
        _aim(options),
    )
    if options.envelope is None:
        return question
    if not (options.minimise or options.maximise):
        raise UnusableInput(
            "An envelope says what may be spent, not on what; say with --minimise or --maximise which measure "
            "makes one shape better than another, such as --minimise low_pay_share."
        )
    return envelope(question, options.envelope)


def _aim(options: argparse.Namespace) -> Aim:
    if options.maximise:
        return Aim(options.maximise, Sense.MOST)
    if not options.reach:
        return Aim(options.minimise or "cost_full_year")
    measure, _, value = options.reach.partition("=")
    try:
        return Aim(measure, Sense.NEAREST, float(value))
    except ValueError:
        raise UnusableInput(
            f"“{options.reach}” gives no value; write MEASURE=VALUE, such as cost_full_year=400000."
        ) from None


def _searched(sector: Sector, question: Question, *, quiet: bool) -> Answer:
    """Drive the search, with a running count on a terminal."""
    show = not quiet and sys.stderr.isatty()

    def tell(step: SearchStep) -> None:
        if show:
            print(f"\r{step.stage}: {step.done:,} offers tried ", end="", file=sys.stderr, flush=True)

    try:
        return drive(solving(sector, question), tell)
    finally:
        if show:
            print(file=sys.stderr)


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer of ``solve``: values in the units of the offer file."""
    return {
        "feasible": answer.feasible,
        "values": {key: float(number_text(value, lever_of(key))) for key, value in answer.values},
        "offer": write_offer(answer.offer),
        "aim": {
            "measure": answer.aim.measure,
            "sense": str(answer.aim.sense),
            "wanted": answer.aim.value,
            "value": answer.aim_value,
        },
        "targets": [verdict_json(one) for one in answer.verdicts],
        "binding": list(dict.fromkeys(one.name for one in answer.binding)),
        "at_limits": list(answer.at_limits),
        "conflict": [_gives_json(one) for one in answer.conflicts[0]] if answer.conflicts else [],
        "conflicts": [[_gives_json(one) for one in members] for members in answer.conflicts],
        "looked_at": answer.looked_at,
        "combinations": answer.combinations,
        "proved": answer.whole,
    }


def _gives_json(one: Gives) -> dict[str, Any]:
    return {
        "name": one.target.name,
        "measure": one.target.measure,
        "limit": one.limit,
        "best_beside_the_others": one.best,
        "moved_by_what_varies": one.moves,
    }


def _text(answer: Answer) -> str:
    unit = MEASURES[answer.aim.measure].unit
    label = MEASURES[answer.aim.measure].label
    values = ", ".join(
        f"{key} = {number_text(value, lever_of(key))} {lever_of(key).unit}" for key, value in answer.values
    )
    proved = answer.whole and answer.looked_at < answer.combinations
    rest = "; these prove that the others are no better." if proved else "."
    tried = f"{answer.looked_at:,} of {answer.combinations:,} combinations were appraised{rest}"
    table = [verdict_table(answer.verdicts)] if answer.verdicts else []
    if answer.feasible:
        binding = list(dict.fromkeys(one.name for one in answer.binding))
        binds = f"What binds: {'; '.join(binding)}." if binding else "No target binds."
        limits = f"At its limit: {', '.join(answer.at_limits)}." if answer.at_limits else ""
        head = f"Found: {values}.\n{label}: {in_unit(answer.aim_value, unit)}."
        words = "\n".join(describe_offer(answer.offer))
        return "\n\n".join([head, words, *table, "\n".join(one for one in (binds, limits, tried) if one)])
    head = f"Can't be done within these limits. Nearest: {values}."
    sets = [_conflict_text(members) for members in answer.conflicts]
    return "\n\n".join([head, *table, *sets, tried])


def _conflict_text(members: tuple[Gives, ...]) -> str:
    head = "Out of reach:" if len(members) == 1 else "These can't hold together:"
    return "\n".join([head, *(_gives(one, alone=len(members) == 1) for one in members)])


def _gives(one: Gives, *, alone: bool) -> str:
    """What one target of the conflict would have to give, in a sentence."""
    unit = MEASURES[one.target.measure].unit
    sign = "≥" if one.target.at_least is not None else "≤"
    limit = f"“{one.target.name}” ({sign} {in_unit(one.limit, unit)})"
    if not one.moves:
        return (
            f"- {limit} is {in_unit(one.best, unit)} whatever is varied here; nothing that may vary moves it."
        )
    if one.best is None:
        return f"- {limit} would not help alone: even without it the others are missed."
    if alone:
        return f"- {limit} comes no nearer than {in_unit(one.best, unit)}."
    return f"- {limit} would have to give way to {in_unit(one.best, unit)} for the others to hold."
