"""A sector as the file gives it back."""

from __future__ import annotations

from bargain.storage.store import Store
from models.sector import Sector


def kept_and_read(sector: Sector) -> Sector:
    """Put a sector into a sector file's store, and take it out again."""
    store = Store(bytes(32))
    return store.get(store.put(sector))
