"""Where the app keeps what is not the user's own file: backups, journals and the log, for their owner only.

A sector's folder is named by the file's random id and a digest of its full path: two files of one name, or
two copies of one file, never meet, and no name of a sector or folder can be read there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

VARIABLE = "BARGAIN_DATA"  # another folder than the system's own, for tests and for memory sticks

_SECTORS = "sectors"


def data_folder() -> Path:
    """The app's own folder for this user. Made when it is first written to."""
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Bargain"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Bargain"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "bargain"


def folder_of(path: Path, file_id: str) -> Path:
    """Where the backups and the journal of one sector file are."""
    return data_folder() / _SECTORS / f"{file_id[:16]}-{_path_digest(path)}"


def folders_at(path: Path) -> tuple[Path, ...]:
    """The folders of every sector file that was ever at ``path``: a damaged file can't say its id."""
    return tuple(one for one in _all_folders() if one.name.endswith(f"-{_path_digest(path)}"))


def folders_for(file_id: str) -> tuple[Path, ...]:
    """The folders of a file under every path that it was at: files are moved and renamed."""
    return tuple(one for one in _all_folders() if one.name.startswith(f"{file_id[:16]}-"))


def make_private(folder: Path) -> None:
    """Make a folder (and those above it) that only its owner can look into. Raises OSError."""
    missing = list(takewhile(lambda one: not one.exists(), (folder, *folder.parents)))
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)


def _all_folders() -> Iterator[Path]:
    with contextlib.suppress(OSError):
        yield from sorted((data_folder() / _SECTORS).iterdir())


def _path_digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:16]
