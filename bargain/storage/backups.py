"""Earlier copies of a sector file, whole and sealed as it is, in the app's own folder; thinned by age.

A copy's name is its number (what the file's count of changes was), its time and its kind. What is kept: the
last 20, then one an hour for two days of hours in which there was a save, one a day for 14 such days, one a week for
eight such weeks, one a month for twelve such months, and every one made before an import, a restore, a migration or
an erasure; in all at most 120 and 1 GB. Hours, days, weeks and months with a save are counted, not those since: a
clock that jumps ahead, or a summer without talks, makes no copy too old.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bargain.storage.atomic import put_private, remove

SAVED, UNSAVED = "save", "unsaved"
BEFORE = ("import", "restore", "migration", "erase", "damaged")  # kinds that age does not thin
KINDS = (SAVED, UNSAVED, *BEFORE)

LAST = 20
MOST_COPIES = 120
MOST_BYTES = 1_000_000_000
_FEWEST = 3  # the newest stay, however large they are

_NAME = re.compile(r"(\d{10})-(\d{8}T\d{6}Z)-([a-z]+)\.bargain")
# How many turns, and what of a moment names its turn: the newest copy of each turn stays.
_TURNS: tuple[tuple[int, Callable[[datetime], tuple[int, ...]]], ...] = (
    (48, lambda at: (at.year, at.month, at.day, at.hour)),
    (14, lambda at: (at.year, at.month, at.day)),
    (8, lambda at: at.isocalendar()[:2]),
    (12, lambda at: (at.year, at.month)),
)


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy. Numbers order them; clocks may have jumped."""

    path: Path
    number: int
    at: datetime
    kind: str
    size: int


def backups_in(folders: Iterable[Path]) -> tuple[Backup, ...]:
    """The copies in these folders, newest first."""
    found = []
    for folder in folders:
        with contextlib.suppress(OSError):
            for path in folder.iterdir():
                backup = _backup_at(path)
                if backup is not None:
                    found.append(backup)
    return tuple(sorted(found, key=lambda one: (one.number, one.at, one.kind), reverse=True))


def add(folder: Path, data: bytes, *, number: int, kind: str, at: datetime) -> Backup:
    """Keep a copy, then thin the older ones. Raises OSError where the copy can't be written."""
    if kind not in KINDS:
        raise ValueError(f"{kind} is no kind of backup")
    at = at.replace(microsecond=0)  # as its name says it
    path = folder / f"{number:010d}-{at:%Y%m%dT%H%M%SZ}-{kind}.bargain"
    put_private(path, data, flushed=kind != SAVED)  # what is saved is in the file itself, flushed
    thin(folder)
    return Backup(path, number, at, kind, len(data))


def thin(folder: Path) -> int:
    """Remove the copies that are no longer to be kept; how many. What can't be removed stays."""
    found = backups_in([folder])
    kept = set(to_keep(found))
    count = 0
    for one in found:
        if one not in kept:
            with contextlib.suppress(OSError):
                remove(one.path)
                count += 1
    return count


def to_keep(found: Sequence[Backup]) -> tuple[Backup, ...]:
    """Which of the copies (newest first) are kept. Touches nothing."""
    saved = [one for one in found if one.kind == SAVED]
    wanted = {one for one in found if one.kind in BEFORE} | set(saved[:LAST])
    wanted.update([one for one in found if one.kind == UNSAVED][:1])
    for count, turn in _TURNS:
        newest: dict[tuple[int, ...], Backup] = {}
        for one in saved:
            newest.setdefault(turn(one.at), one)
        wanted.update(list(newest.values())[:count])
    return _within_limits([one for one in found if one in wanted])


def _within_limits(kept: list[Backup]) -> tuple[Backup, ...]:
    """Drop the oldest, those thinned by age first, until number and size are within their limits."""
    dispensable = [one for one in reversed(kept[_FEWEST:]) if one.kind not in BEFORE]
    dispensable += [one for one in reversed(kept[_FEWEST:]) if one.kind in BEFORE]
    total = sum(one.size for one in kept)
    gone: set[Backup] = set()
    for one in dispensable:
        if len(kept) - len(gone) <= MOST_COPIES and total <= MOST_BYTES:
            break
        gone.add(one)
        total -= one.size
    return tuple(one for one in kept if one not in gone)


def drop_before(folders: Iterable[Path], number: int) -> int:
    """Remove every copy of before a change, such as an erasure; how many. Raises OSError."""
    count = 0
    for one in backups_in(folders):
        if one.number < number:
            remove(one.path)
            count += 1
    return count


def _backup_at(path: Path) -> Backup | None:
    matched = _NAME.fullmatch(path.name)
    if matched is None:
        return None
    with contextlib.suppress(OSError, ValueError):
        at = datetime.fromisoformat(matched[2])
        return Backup(path, int(matched[1]), at, matched[3], path.stat().st_size)
    return None
