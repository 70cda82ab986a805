"""Our own mistakes, written down without anybody's data: kinds and places in the code, never values.

They go to a small file in the app's own folder, so that a person can see what a report would hold. Nothing is sent.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

log = logging.getLogger("bargain.ui")

_NAME = "faults.log"
_MOST_LINES = 200


def record(error: BaseException) -> str:
    """Log a mistake, and return the line that was logged."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in reversed(frames))
    line = f"{type(error).__name__} at {places or 'an unknown place'}"
    log.error("%s", line)
    _keep(line)
    return line


def install() -> None:
    """Have every mistake that nothing catches recorded like this, instead of printed with its values."""

    def uncaught(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        record(error)

    def in_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            record(told.exc_value)

    sys.excepthook = uncaught
    threading.excepthook = in_thread


def kept_lines() -> tuple[str, ...]:
    """What was written down so far, oldest first."""
    from bargain.storage.places import data_folder

    try:
        return tuple((data_folder() / _NAME).read_text("utf-8").splitlines())
    except OSError:  # nothing was written yet
        return ()


def _keep(line: str) -> None:
    """One more line in the file; a file that can't be written is no reason to stop working."""
    from bargain.storage import clock
    from bargain.storage.places import data_folder, make_private
    from bargain.whole_file import write_whole

    lines = [*kept_lines(), f"{clock.as_text(clock.now())} {line}"][-_MOST_LINES:]
    with contextlib.suppress(OSError):
        make_private(data_folder())
        write_whole(data_folder() / _NAME, ("\n".join(lines) + "\n").encode())
