"""Which version of Bargain this is."""

from __future__ import annotations

from functools import cache
from importlib import metadata


@cache
def version() -> str:
    """The version as installed; "0" where the program is run from its folder without being installed."""
    try:
        return metadata.version("bargain")
    except metadata.PackageNotFoundError:
        return "0"
