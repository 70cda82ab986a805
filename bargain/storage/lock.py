"""Who has a sector file open: a small hidden file beside it, with the computer's name and the time.

It is a courtesy between people, not a proof: what protects the work is that the file's digest is compared
before every save. A lock whose program has ended on this computer is cleared; one of another computer can only
be taken over by a person who knows better.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bargain.storage import clock
from bargain.storage.atomic import first_bytes, make_alone, remove

_LARGEST = 4096  # bytes


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the file open: the computer and since when. ``is_gone``: that program has ended without clearing up."""

    host: str
    since: datetime | None
    is_gone: bool = False
    is_here: bool = False  # on this computer

    def sentence(self) -> str:
        """What to tell whoever opens it too."""
        where = "on this computer" if self.is_here else f"on {self.host or 'another computer'}"
        since = f" since {self.since.astimezone():%H:%M on %d/%m/%Y}" if self.since else ""
        return f"This file is open {where}{since}. You can look, but not change it."


class FileLock:
    """One program's hold on one file."""

    def __init__(self, path: Path) -> None:
        real = Path(os.path.realpath(path))
        name = real.name.encode("utf-8", "surrogateescape")[:150].decode("utf-8", "ignore")
        self.path = real.with_name(f".{name}.lock")
        self._token = secrets.token_hex(8)
        self.is_held = False

    def take(self, now: clock.Clock = clock.now) -> Holder | None:
        """Take the lock; who holds it instead, or None where it is ours (or locks can't be made there)."""
        try:
            for _ in range(3):
                if make_alone(self.path, self._text(now)):
                    self.is_held = True
                    return None
                holder = self.holder()
                if holder is not None and not holder.is_gone:
                    return holder
                remove(self.path)
        except OSError:  # a folder that can't be written to: saving will say so
            return None
        return self.holder()

    def take_over(self, now: clock.Clock = clock.now) -> None:
        """Take the lock from whoever holds it: the person said that nobody does. Raises OSError."""
        remove(self.path)
        self.is_held = make_alone(self.path, self._text(now))

    def release(self) -> None:
        """Let go, if the lock is still ours."""
        with contextlib.suppress(OSError):  # then it is still ours, and goes when this program has ended
            if self.is_held and _read(self.path).get("token") == self._token:
                remove(self.path)
            self.is_held = False

    def is_lost(self) -> bool:
        """Whether somebody took the lock over since."""
        with contextlib.suppress(OSError):
            return self.is_held and _read(self.path).get("token") not in (self._token, None)
        return False

    def holder(self) -> Holder | None:
        """Who holds the lock; None where nobody does."""
        try:
            found = _read(self.path)
        except FileNotFoundError:
            return None
        except OSError:
            return Holder("", None)
        if not found:  # cut short while it was written
            return Holder("", None, is_gone=True)
        since = None
        with contextlib.suppress(ValueError, TypeError):
            since = clock.from_text(str(found.get("since")))
        host, pid = str(found.get("host", ""))[:100], found.get("pid")
        is_here = host == platform.node()
        is_gone = is_here and isinstance(pid, int) and not _is_running(pid)
        return Holder(host, since, is_gone, is_here)

    def _text(self, now: clock.Clock) -> bytes:
        return json.dumps(
            {
                "host": platform.node(),
                "pid": os.getpid(),
                "since": clock.as_text(now()),
                "token": self._token,
            }
        ).encode()


def _read(path: Path) -> dict[str, object]:
    """What a lock says; an empty table where it says nothing. Raises OSError."""
    try:
        found = json.loads(first_bytes(path, _LARGEST))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_running(pid: int) -> bool:
    if os.name == "nt":  # os.kill would end the program there: assume that it runs
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
