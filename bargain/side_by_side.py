"""Work on columns, two parts of it at a time: numpy lets other threads run while it calculates."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache

_WORKERS = 2
_CHUNK = 32_768  # entries that stay in the processor's cache from the first step to the last
_WORTHWHILE = 4 * _CHUNK


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_WORKERS, thread_name_prefix="figures")


def beside(work: Callable[[], None]) -> Future[None]:
    """Begin work beside what follows; ask for its result before the end. It may not use ``in_chunks`` itself."""
    return _pool().submit(work)


def in_chunks(length: int, work: Callable[[slice], None]) -> None:
    """Do the work on every chunk of a column; chunks may run at once, so each may write only to its own place."""
    if length < _WORTHWHILE or (os.cpu_count() or 1) < _WORKERS:
        _run(0, length, work)
        return
    middle = length // _WORKERS // _CHUNK * _CHUNK
    first = _pool().submit(_run, 0, middle, work)
    _run(middle, length, work)
    first.result()


def _run(start: int, stop: int, work: Callable[[slice], None]) -> None:
    for first in range(start, stop, _CHUNK):
        work(slice(first, min(first + _CHUNK, stop)))
