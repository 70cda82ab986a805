"""Commands that keep a list of records in the sector file: --set NAME with its details, --remove NAME, or only look."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from bargain.commands.sector_files import change, to_change, to_look_at
from models.issues import UnusableInput
from models.sector import Sector

NOT_KNOWN = "unknown"


def add_record(parser: argparse.ArgumentParser, metavar: str, *, to_set: str, to_remove: str) -> None:
    """--set and --remove, one of them or neither."""
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--set", metavar=metavar, help=to_set)
    act.add_argument("--remove", metavar=metavar, help=to_remove)


def sector_after(
    options: argparse.Namespace,
    changed: Callable[[Sector], tuple[Sector, str]],
    *,
    details: Sequence[str],
    what: str,
    kept: Callable[[Sector], object],
) -> Sector:
    """The sector as it stands after what was asked, saved with its text where ``kept`` is no longer the same.

    Raises UnusableInput where one of the ``details`` is given without the record (``what``) that it is about.
    """
    given = [getattr(options, one) is not None for one in details]
    if options.set is None and any(given):
        *most, last = (f"--{one.replace('_', '-')}" for one in details)
        raise UnusableInput(f"{', '.join(most)} and {last} are about one {what}; name it with --set.")
    if options.set is None and options.remove is None:
        with to_look_at(options) as file:
            return file.sector
    with to_change(options) as file:
        sector, text = changed(file.sector)
        if kept(sector) != kept(file.sector):
            change(file, sector, text)
        return sector


def known_number(text: str, flag: str, *, what: str, like: str) -> float | None:
    """A number, or None for the word that nobody knows it. Raises UnusableInput."""
    if text == NOT_KNOWN:
        return None
    try:
        return float(text)
    except ValueError:
        raise UnusableInput(
            f"{flag}: “{text}” is no {what}; write it like {like}, or “{NOT_KNOWN}”."
        ) from None
