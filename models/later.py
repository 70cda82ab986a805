"""What is worked out when somebody looks at it: one value, or the rows of a table whose columns are at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value")
_NOT_YET: Any = object()


class Later(Generic[Value]):
    """A value that is made the first time it is asked for, and is the same ever after."""

    __slots__ = ("_make", "_value")

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make: Callable[[], Value] | None = make
        self._value: Value = _NOT_YET

    def make(self) -> None:
        """Have the value made now, for those who will ask."""
        _ = self.value

    @property
    def value(self) -> Value:
        """The value. Two threads that ask at once may both make it; it is the same."""
        make = self._make
        if make is not None and self._value is _NOT_YET:
            self._value = make()
            self._make = None  # what it was made from may go
        return self._value


class Rows(Sequence[Value]):
    """A table of like values, read as a tuple is: rows are made when they are looked at, columns are there before.

    columns: what is known of every row by the name of its field, shape (n_rows,) each.
    """

    __slots__ = ("_columns", "_rows", "_size")

    def __init__(
        self,
        size: int,
        make: Callable[[], Sequence[Value]],
        columns: Mapping[str, NDArray[np.float64]] | None = None,
    ) -> None:
        self._size = size
        self._rows = Later(lambda: tuple(make()))
        self._columns = dict(columns or {})

    def column(self, name: str) -> NDArray[np.float64]:
        """One number of every row, without making the rows where that can be avoided."""
        if name not in self._columns:
            self._columns[name] = _column(self._rows.value, name)
        return self._columns[name]

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, place: int) -> Value: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Value, ...]: ...

    def __getitem__(self, place: int | slice) -> Value | tuple[Value, ...]:
        return self._rows.value[place]

    def __iter__(self) -> Iterator[Value]:
        return iter(self._rows.value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(self._rows.value)

    def __repr__(self) -> str:
        return repr(self._rows.value)


def column_of_rows(rows: Sequence[Any], name: str) -> NDArray[np.float64]:
    """One number of every row, of a table or of any other sequence, shape (n_rows,)."""
    return rows.column(name) if isinstance(rows, Rows) else _column(rows, name)


def _column(rows: Sequence[Any], name: str) -> NDArray[np.float64]:
    return np.array([getattr(one, name) for one in rows], dtype=np.float64)
