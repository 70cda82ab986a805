"""The command line: every command headless, the same figures as the window, one plain sentence for bad input."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from models.issues import UnusableInput

DONE, ANSWER_IS_NO, UNUSABLE, STOPPED = 0, 1, 2, 130


@dataclass(frozen=True, slots=True)
class Command:
    """One sub-command: the module under ``bargain.commands`` that does it, a summary and a worked example."""

    module: str
    summary: str
    example: str


COMMANDS = {
    "demo": Command("demo", "write, import and appraise the sample sector", "bargain demo sample --open"),
    "new": Command(
        "new", "make an empty sector file", 'bargain new homes.bargain --name "Children\'s homes 2027"'
    ),
    "import": Command(
        "import_files",
        "read payroll spreadsheets, all or nothing",
        "bargain import homes.bargain payroll/*.xlsx",
    ),
    "inspect": Command("inspect", "what import would do with a file", "bargain inspect payroll.xlsx"),
    "mappings": Command(
        "mappings",
        "how files were read before: list, show, edit, forget, save, take",
        "bargain mappings homes.bargain --show 1",
    ),
    "template": Command(
        "template", "an empty staff spreadsheet for employers", "bargain template staff.xlsx"
    ),
    "staff": Command(
        "staff",
        "the posts as a spreadsheet that import reads back",
        "bargain staff homes.bargain --out staff.xlsx",
    ),
    "accounts": Command(
        "accounts", "read employers' accounts", "bargain accounts homes.bargain accounts.xlsx"
    ),
    "scale": Command(
        "scale",
        "apply an offer to a pay scale alone",
        "bargain scale spine.csv --offer offer.toml --out next.csv --rounding half-up-pound",
    ),
    "assimilate": Command(
        "assimilate",
        "spot rates onto a scale, in both orders; exit 1 if somebody would lose",
        "bargain assimilate rates.csv --scale spine.csv --offer offer.toml --increments 04-01",
    ),
    "measure": Command(
        "measure",
        "distribution, differentials, low pay and margins",
        "bargain measure homes.bargain --offer offer.toml",
    ),
    "cost": Command(
        "cost", "every headline cost of an offer", "bargain cost homes.bargain --offer offer.toml --json"
    ),
    "test": Command(
        "test_offer",
        "an offer against targets; exit 1 if one is missed",
        "bargain test homes.bargain --offer offer.toml --targets union.toml",
    ),
    "compare": Command(
        "compare",
        "offers side by side",
        "bargain compare homes.bargain first.toml second.toml --targets union.toml",
    ),
    "money": Command(
        "money",
        "employers' money: margins, fees, what is affordable, what stress does",
        "bargain money homes.bargain --offer offer.toml --margin 3 --stress occupancy=-5 agency=20",
    ),
    "insource": Command(
        "insource",
        "what bringing employers in-house would cost, save and pay back",
        "bargain insource homes.bargain --employers A --like C --multiple 5",
    ),
    "agency": Command(
        "agency",
        "agencies' charges taken apart, and their hours converted to direct work",
        "bargain agency --charge 24 --pay 14 --on-cost 3.20 --hours 10000",
    ),
    "convert": Command(
        "convert",
        "agency and zero-hours work brought inside: cost, saving and unfilled hours",
        "bargain convert homes.bargain --offer offer.toml --charge 24 --filled 80",
    ),
    "parity": Command(
        "parity",
        "how far pay is short of NHS bands, local-government points or other rates",
        'bargain parity homes.bargain --nhs "Team leader=5 entry" --offer offer.toml',
    ),
    "staying": Command(
        "staying",
        "who is covered, and who would gain by leaving; exit 1 if a gain has no constraint",
        "bargain staying homes.bargain --offer offer.toml --newly B --constraint A=200000",
    ),
    "table": Command(
        "table",
        "the facts of the table: nations, settlement, years, week, inflation, legal basis, and the law of the day",
        "bargain table homes.bargain --settlement 2027-04-01 --years 2 --inflation CPIH",
    ),
    "constraints": Command(
        "constraints",
        "what keeps each employer in the agreement, and which of it is a clause of the draft",
        'bargain constraints homes.bargain --set A --pounds 200000 --what "Exclusion from the framework" --clause yes',
    ),
    "parties": Command(
        "parties",
        "who sits at the table, for which side, and for how many staff each speaks",
        'bargain parties homes.bargain --set "Care Workers\' Union" --side workers --speaks-for 1250',
    ),
    "regimes": Command(
        "regimes",
        "three ways to buy care, on one set of data",
        "bargain regimes homes.bargain --offer offer.toml --fee-cut 10 --falls-on-pay 50",
    ),
    "solve": Command(
        "solve",
        "values that meet the targets, or which targets can't be met together",
        "bargain solve homes.bargain --offer offer.toml --vary percent=2:5 floor_hourly=13:15 --targets union.toml",
    ),
    "draft": Command(
        "draft",
        "the agreement draft as PDF",
        "bargain draft homes.bargain --offer offer.toml --out draft.pdf",
    ),
    "export": Command(
        "export",
        "the costing as a workbook with live formulas",
        "bargain export homes.bargain --offer offer.toml --out costing.xlsx",
    ),
    "explain": Command(
        "explain",
        "where one figure of an offer comes from",
        "bargain explain homes.bargain --offer offer.toml --figure cost_full_year",
    ),
    "sensitivity": Command(
        "sensitivity",
        "which inputs move the cost of an offer most",
        "bargain sensitivity homes.bargain --offer offer.toml --by step",
    ),
    "why": Command(
        "why",
        "why two costings of one offer differ, cause by cause",
        "bargain why ours.bargain theirs.bargain --offer offer.toml",
    ),
    "gross": Command(
        "gross",
        "gross the returns up to known totals, once agreed",
        "bargain gross homes.bargain --totals totals.toml --agreed-on 2026-10-01",
    ),
    "quality": Command(
        "quality",
        "what is doubtful or missing in the staff data, by employer",
        "bargain quality homes.bargain --letters letters",
    ),
    "check": Command("check", "open, authenticate and verify a sector file", "bargain check homes.bargain"),
    "history": Command("history", "what was done, and the earlier versions", "bargain history homes.bargain"),
    "restore": Command(
        "restore",
        "an earlier version as the present one; undo and redo",
        "bargain restore homes.bargain 12",
    ),
    "recover": Command(
        "recover",
        "the newest good copy of a damaged or missing file",
        "bargain recover homes.bargain --put-back",
    ),
    "passphrase": Command(
        "passphrase",
        "another passphrase, or a new recovery key",
        "bargain passphrase homes.bargain --recovery-key page.txt",
    ),
    "erase": Command(
        "erase",
        "the staff data out of a file and its backups, for good",
        "bargain erase homes.bargain --yes --certificate erased.txt",
    ),
    "rounds": Command(
        "rounds",
        "close a round; closed rounds and tabled offers as frozen; exit 1 if today's engine differs",
        'bargain rounds homes.bargain --close "Round 3"',
    ),
    "send": Command(
        "send",
        "a tabled offer as a signed file for the other side",
        'bargain send homes.bargain --offer "Union claim" --by Unions --to Employers --out claim.pack',
    ),
    "take": Command(
        "take",
        "a signed offer from the other side, as a draft; exit 1 if their key is another",
        "bargain take homes.bargain offer.pack",
    ),
    "keep": Command(
        "keep",
        "how long staff data is kept; exit 1 where its time is over",
        "bargain keep homes.bargain --agreed-on 2027-03-14",
    ),
    "bench": Command("bench", "how fast the engine is on this machine", "bargain bench --posts 200000"),
}


def main(arguments: Sequence[str], *, open_window: Callable[[Path, str], int] | None = None) -> int:
    """Run one command. Returns the exit code: 0 done, 1 the answer is no, 2 the input is unusable.

    open_window: shows a sector file, given its path and passphrase; handed in so that nothing here knows Qt.
    """
    parser = _parser(arguments)
    parser.set_defaults(open_window=open_window)
    options = parser.parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except UnusableInput as error:
        print(f"bargain {options.command}: {error}", file=sys.stderr)
    except BrokenPipeError:  # the reader of our output has left, as “head” does: nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except FileNotFoundError as error:
        print(
            f"bargain {options.command}: There is no file {error.filename}; check its name.", file=sys.stderr
        )
    except OSError as error:
        print(f"bargain {options.command}: {error.filename or 'a file'}: {error.strerror}.", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"bargain {options.command}: Stopped; nothing was changed.", file=sys.stderr)
        return STOPPED
    return UNUSABLE


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """A parser that loads only the command in use: start-up is a feature."""
    parser = argparse.ArgumentParser(
        prog="bargain",
        description="Sectoral pay bargaining. Without a command the window opens.",
        epilog="bargain COMMAND --help shows a worked example.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    wanted = next((one for one in arguments if one in COMMANDS), None)
    for name, command in COMMANDS.items():
        one = commands.add_parser(
            name,
            help=command.summary,
            description=f"{command.summary[0].upper()}{command.summary[1:]}.",
            epilog=f"Example:  {command.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if name == wanted:
            module: Any = import_module(f"bargain.commands.{command.module}")
            module.add_arguments(one)
            one.set_defaults(run=module.run)
    return parser
