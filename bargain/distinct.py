"""The place of each value among those there are: quickly where they are few, which they mostly are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.units import CodeColumn

_DENSE = 4  # possible values an entry up to which they are counted through, not sorted
_SMALL = 65_536
_SAMPLE = 4_096


def distinct_of(column: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """The values there are, lowest first, and the place of each entry among them, as ``np.unique`` gives them."""
    if not len(column) or (column == column[0]).all():
        return column[:1], np.zeros(len(column), dtype=np.intp)
    few = np.unique(column[:: max(len(column) // _SAMPLE, 1)])
    places = np.minimum(np.searchsorted(few, column), len(few) - 1)
    if (few.take(places) == column).all():
        return few, places
    every: tuple[NDArray[Any], NDArray[np.intp]] = np.unique(column, return_inverse=True)
    return every


def codes_of(column: NDArray[Any]) -> tuple[NDArray[np.integer], int]:
    """The place of each value among those there are (or could be), and how many there are."""
    if not len(column) or (column == column[0]).all():
        return np.zeros(len(column), dtype=np.int64), 1
    if column.dtype.kind == "i":
        whole = column.astype(np.int64)
        low, high = int(whole.min()), int(whole.max())
        if high - low < _SMALL:
            return whole - low, high - low + 1
    found, places = distinct_of(column)
    return places, len(found)


def places_of(key: NDArray[np.int64], size: int) -> tuple[CodeColumn, NDArray[np.intp]]:
    """The place of each key among those that occur, in their order, and of each of these some entry that has it.

    size: above every key.
    """
    if size <= max(_DENSE * len(key), _SMALL):
        some = np.full(size, -1, dtype=np.intp)
        some[key] = np.arange(len(key))
        held = some >= 0
        places = np.cumsum(held, dtype=np.int32) - 1
        return places.take(key), some[held]
    order = np.argsort(key)
    ranked_keys = key[order]
    new = np.empty(len(key), dtype=bool)
    new[0] = True
    np.not_equal(ranked_keys[1:], ranked_keys[:-1], out=new[1:])
    result = np.empty(len(key), dtype=np.int32)
    result[order] = np.cumsum(new, dtype=np.int32) - 1
    return result, order[new]
