"""Changing a sector file from the command line: one step with a sentence, saved whole or not at all."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bargain.commands.options import secret_of
from bargain.storage.refusals import ReadOnlyError
from bargain.storage.sector_file import SectorFile
from models.issues import UnusableInput
from models.sector import Sector

SAMPLE_NAME = "sample.bargain"


def is_sample_itself(file: SectorFile) -> bool:
    """Whether this is the sample as it was made, and not a copy that somebody works in."""
    return file.sector.is_sample and file.is_pristine and file.path.name == SAMPLE_NAME


@contextmanager
def to_change(options: argparse.Namespace) -> Iterator[SectorFile]:
    """The sector file, open to be changed. Raises UnusableInput where it is open elsewhere or made by a newer version."""
    with to_look_at(options, lock=True) as file:
        if file.read_only:
            raise ReadOnlyError(f"{file.path} was not changed. {file.read_only}")
        if is_sample_itself(file):
            raise UnusableInput(
                f"{file.path} is the sample, which stays as it is. To try this, copy the file to a name of its own, such as "
                f"{file.path.with_name('my-copy.bargain')}, and change the copy. The sample can't hold staff data: for that "
                "make a sector file of your own with “new”."
            )
        for step in file.recovered:
            print(f"Recovered from the journal: {step.text}", file=sys.stderr)
        yield file


@contextmanager
def to_look_at(options: argparse.Namespace, *, lock: bool = False) -> Iterator[SectorFile]:
    """The sector file, open to be read."""
    if not options.sector.exists():
        raise UnusableInput(
            f"There is no sector file {options.sector}; check its name, or make one with “new”."
        )
    file = SectorFile.open(options.sector, secret_of(options), lock=lock)
    try:
        yield file
    finally:
        file.close()


def keep(options: argparse.Namespace, changed: Sector, text: str) -> None:
    """A sector that was read and changed, back into its file as one step."""
    with to_change(options) as file:
        change(file, changed, text)


def change(file: SectorFile, sector: Sector, text: str, *, kind: str = "") -> None:
    """One step, saved or not done at all; before an import the file is backed up. What the disk has not confirmed is said."""
    if kind == "import":
        file.back_up(kind)
    file.record(sector, text, kind)
    try:
        save(file)
    except UnusableInput:
        file.discard()  # the command ends as if it had not begun: the next one must not bring half of it back
        raise


def save(file: SectorFile) -> None:
    """Save; what is saved but not confirmed, and what went wrong beside it, is said on the error stream."""
    saved = file.save()
    for sentence in (saved.unconfirmed, file.problem):
        if sentence:
            print(sentence, file=sys.stderr)
