"""Verifying a sector file from end to end, and naming what is wrong with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from bargain.storage.atomic import read_whole
from bargain.storage.codec import PlainShapeError
from bargain.storage.container import open_data
from bargain.storage.contents import Contents
from bargain.storage.keys import SealKey
from bargain.storage.refusals import DamagedFileError
from models.frozen import Frozen
from models.sector import Sector


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What ``check`` reports. ``faults`` names, in sentences, what is wrong; the counts are then of what opened.

    ``frozen``: what was tabled, each with the sector as it was at that moment.
    """

    intact: bool
    version: int = 0
    heads: float = 0.0
    employers: int = 0
    offers: int = 0
    rounds: int = 0
    steps: int = 0
    sha256: str = ""
    faults: tuple[str, ...] = ()
    frozen: tuple[tuple[Sector, Frozen], ...] = ()
    is_newer: bool = False


def verify(path: Path, secret: str | SealKey | None) -> FileCheck:
    """Authenticate every byte and read every state; what is wrong becomes ``faults``.

    Raises UnusableInput where the question can't be put: no file, a wrong passphrase, a file of another kind.
    """
    data = read_whole(path)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        opened = open_data(data, secret, source=str(path))
    except DamagedFileError as error:
        return FileCheck(False, sha256=sha256, faults=(error.place_sentence(),))
    contents = opened.contents
    contents.store.trusted = ""  # here nothing is put off
    faults = tuple(_faults_in(contents))
    sector = contents.history.present.sector()
    employers = {employer.name for employer in sector.employers} | set(sector.workforce.employers)
    return FileCheck(
        intact=not faults,
        version=opened.version,
        heads=float(sector.workforce.heads.sum()),
        employers=len(employers),
        offers=len(sector.offers),
        rounds=sum(one.kind == "round" for one in sector.frozen),
        steps=len(contents.history.steps),
        sha256=sha256,
        faults=faults,
        frozen=tuple(
            (contents.store.get(contents.pins[one.fingerprint]), one)
            for one in sector.frozen
            if one.fingerprint in contents.pins
        ),
        is_newer=opened.is_newer,
    )


def _faults_in(contents: Contents) -> list[str]:
    """Every state of the history is read, and each of its columns held against its digest."""
    faults = []
    history = contents.history
    states = {step.state: f"Step {step.number} of the history" for step in (history.start, *history.steps)}
    states |= {state: "A state that was frozen" for state in contents.pins.values() if state not in states}
    for state, name in states.items():
        try:
            contents.store.get(state)
            contents.store.check_column_names(state)
        except PlainShapeError as error:
            faults.append(f"{name} can't be read: {error}")
    return faults
