"""Earlier copies of a sector file, whole and sealed as it is, in the app's own folder; thinned by age.

A copy's name is its number (what the file's count of changes was), its time and its kind. What is kept: the
last 20, then one an hour for two days, one a day for two weeks, one a week for eight weeks, one a month for a
year, and every one made before an import, a restore, a migration or an erasure; in all at most 120 and 1 GB.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
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
_TIME = "%Y%m%dT%H%M%S%z"
# How far back, and what of a moment names its turn: the newest copy of each turn stays.
_TURNS = (
    (timedelta(days=2), "%Y-%m-%d %H"),
    (timedelta(days=14), "%Y-%m-%d"),
    (timedelta(weeks=8), "%G-%V"),
    (timedelta(days=366), "%Y-%m"),
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
    thin(folder, now=at)
    return Backup(path, number, at, kind, len(data))


def thin(folder: Path, *, now: datetime) -> int:
    """Remove the copies that are no longer to be kept; how many. What can't be removed stays."""
    found = backups_in([folder])
    kept = set(to_keep(found, now=now))
    count = 0
    for one in found:
        if one not in kept:
            with contextlib.suppress(OSError):
                remove(one.path)
                count += 1
    return count


def to_keep(found: Sequence[Backup], *, now: datetime) -> tuple[Backup, ...]:
    """Which of the copies (newest first) are kept. Touches nothing."""
    kept = [*(one for one in found if one.kind == SAVED)][:LAST]
    seen: set[str] = set()
    newest_unsaved = next((one for one in found if one.kind == UNSAVED), None)
    for one in found:
        if one.kind in BEFORE or one is newest_unsaved:
            kept.append(one)
            continue
        for reach, turn in _TURNS:
            if one.kind != SAVED or now - one.at > reach:
                continue
            name = one.at.strftime(f"{turn} of {reach.days}")
            if name not in seen:
                seen.add(name)
                kept.append(one)
    wanted = set(kept)
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
        at = datetime.strptime(matched[2].replace("Z", "+0000"), _TIME)
        return Backup(path, int(matched[1]), at, matched[3], path.stat().st_size)
    return None
