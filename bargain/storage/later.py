"""Sectors whose fields and columns are read when first asked for.

Every byte was authenticated when the file was opened; what is put off is only making values out of bytes. What is
read so does not differ from what is read at once, and a changed copy (``dataclasses.replace``) is an ordinary value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import RLock
from typing import Any

from models.sector import Sector
from models.workforce import Workforce

Read = Callable[[str], Any]  # a field's name to its value


class _Pending:
    """What is still to be read of one value. Any thread may ask; each field is read once."""

    def __init__(self, names: Iterable[str], read: Read) -> None:
        self._names = set(names)
        self._read: Read | None = read
        self._one_at_a_time = RLock()

    def fill(self, value: object, name: str) -> Any:
        """The field of ``value``, read now unless it was meanwhile. Raises AttributeError for what is no field."""
        with self._one_at_a_time:
            if name in self._names and self._read is not None:
                object.__setattr__(value, name, self._read(name))  # as a frozen value sets its own fields
                self._names.remove(name)
                if not self._names:
                    self._read = None  # lets go of the bytes
        return object.__getattribute__(value, name)


class SectorLater(Sector):
    """A sector that reads each field when it is first asked for."""

    __slots__ = ("_pending",)
    _pending: _Pending

    def __new__(cls, *parts: Any, **fields: Any) -> Any:
        """A changed copy has all its fields: it is an ordinary sector."""
        return Sector(*parts, **fields)

    def __getattr__(self, name: str) -> Any:
        return object.__getattribute__(self, "_pending").fill(self, name)


class WorkforceLater(Workforce):
    """A workforce that reads each column when it is first asked for."""

    __slots__ = ("_pending", "_posts")
    _pending: _Pending
    _posts: int

    def __new__(cls, *parts: Any, **fields: Any) -> Any:
        """A changed copy has all its columns: it is an ordinary workforce."""
        return Workforce(*parts, **fields)

    def __getattr__(self, name: str) -> Any:
        return object.__getattribute__(self, "_pending").fill(self, name)

    def __len__(self) -> int:
        return self._posts


def sector_later(names: Iterable[str], read: Read) -> Sector:
    """A sector whose ``names`` are read by ``read``."""
    made: SectorLater = object.__new__(SectorLater)
    object.__setattr__(made, "_pending", _Pending(names, read))
    return made


def workforce_later(posts: int, names: Iterable[str], read: Read) -> Workforce:
    """A workforce of so many posts whose ``names`` are read by ``read``; columns must come read-only."""
    made: WorkforceLater = object.__new__(WorkforceLater)
    object.__setattr__(made, "_posts", posts)
    object.__setattr__(made, "_pending", _Pending(names, read))
    return made
