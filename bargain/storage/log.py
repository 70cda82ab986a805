"""What happened, as events and counts: never a name, a path, a figure of anybody's pay, or a sentence.

One line of JSON each, numbered: the clock may jump, the numbers don't. Nothing is ever sent anywhere.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading

from bargain.storage import clock
from bargain.storage.places import data_folder, make_private

EVENTS = (
    "made", "opened", "opened_read_only", "recovered", "saved", "not_saved", "not_confirmed", "changed_elsewhere",
    "backed_up", "restored", "migrated", "erased", "passphrase_changed", "recovery_key_made", "journal_failed",
    "journal_set_aside", "backup_failed", "closed", "damaged", "put_back", "sent", "taken_in",
)  # fmt: skip
_LARGEST = 256 * 1024  # bytes; the log before it is kept too
_NAME = "events.log"

_one_at_a_time = threading.Lock()
_count = 0


def note(event: str, **counts: int) -> None:
    """Write one event with its counts. Raises ValueError for what is not an event or not a count.

    A log that can't be written is no reason to stop working.
    """
    global _count  # noqa: PLW0603  # one log for the process
    if event not in EVENTS or not all(type(value) is int for value in counts.values()):
        raise ValueError("the log takes known events and whole numbers only")
    with _one_at_a_time, contextlib.suppress(OSError):
        _count += 1
        path = data_folder() / _NAME
        make_private(path.parent)
        if path.exists() and path.stat().st_size > _LARGEST:
            path.replace(path.with_name(f"{_NAME}.1"))
        line = json.dumps({"number": _count, "at": clock.as_text(clock.now()), "event": event, **counts})
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line.encode() + b"\n")
        finally:
            os.close(handle)
