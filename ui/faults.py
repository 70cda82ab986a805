"""Our own mistakes, written down without anybody's data: kinds and places in the code, never values."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

log = logging.getLogger("bargain.ui")


def record(error: BaseException) -> str:
    """Log a mistake, and return the line that was logged."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in reversed(frames))
    line = f"{type(error).__name__} at {places or 'an unknown place'}"
    log.error("%s", line)
    return line
