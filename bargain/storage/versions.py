"""Earlier versions of a sector: the steps of its history, and the copies of the whole file."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bargain.storage.backups import Backup
from bargain.storage.container import present_text, read_sector
from bargain.storage.history import History, Step
from bargain.storage.keys import SealKey
from models.issues import UnusableInput
from models.sector import Sector


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """An earlier version that can be looked at or restored: a step of the history, or a backup.

    ``text`` says what was done last in it; ``kind`` is the step's or the backup's; ``size`` is in bytes.
    """

    at: datetime
    text: str
    kind: str
    size: int = 0
    step: Step | None = None
    backup: Backup | None = None

    @property
    def is_step(self) -> bool:
        """Whether it is a step of the history, rather than a copy of the whole file."""
        return self.step is not None


def versions_of(history: History, copies: Sequence[Backup], key: SealKey) -> tuple[Version, ...]:
    """What can be gone back to, newest first: the steps before the present one, then the copies that open."""
    done = [history.start, *history.steps[: history.at]]
    found = [Version(one.at, one.text, one.kind or "step", step=one) for one in reversed(done[:-1])]
    for backup in copies:
        with contextlib.suppress(UnusableInput, OSError):
            text = present_text(backup.path, key)
            found.append(Version(backup.at, text, backup.kind, backup.size, backup=backup))
    return tuple(found)


def sector_of(version: Version, key: SealKey) -> Sector:
    """The sector of an earlier version. Raises UnusableInput where its copy does not open."""
    if version.step is not None:
        return version.step.sector()
    if version.backup is None:
        raise ValueError("a version is a step or a backup")
    return read_sector(version.backup.path, key)
