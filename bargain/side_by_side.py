"""Work on columns, two parts of it at a time: numpy lets other threads run while it calculates."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TypeVar

Found = TypeVar("Found")
_WORKERS = 2
_CHUNK = 32_768  # entries that stay in the processor's cache from the first step to the last
_WORTHWHILE = 16 * _CHUNK


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_WORKERS, thread_name_prefix="figures")


def beside(work: Callable[[], Found], length: int) -> Future[Found]:
    """Begin work beside what follows; ask for its result before the end. It may not use ``in_chunks`` itself.

    length: of the columns that it works on; on short ones two threads wait for one another longer than they save.
    """
    if length >= _WORTHWHILE:
        return _pool().submit(work)
    done: Future[Found] = Future()
    done.set_result(work())
    return done


def in_chunks(length: int, work: Callable[[slice], None]) -> None:
    """Do the work on every chunk of a column; chunks may run at once, so each may write only to its own place."""
    in_parts([slice(at, min(at + _CHUNK, length)) for at in range(0, length, _CHUNK)], length, work)


def in_parts(parts: Sequence[slice], length: int, work: Callable[[slice], None]) -> None:
    """The same for parts that are told. length: how many entries they hold together."""
    if length < _WORTHWHILE or len(parts) < _WORKERS or (os.cpu_count() or 1) < _WORKERS:
        _run(parts, work)
        return
    middle = len(parts) // _WORKERS
    first = _pool().submit(_run, parts[:middle], work)
    _run(parts[middle:], work)
    first.result()


def chunk_edges(starts: Sequence[int], length: int) -> list[int]:
    """Places in ``starts`` that cut a column into chunks without cutting any of the stretches that begin there.

    starts: where each stretch begins, in order.  Returns places from 0 to ``len(starts)``.
    """
    edges, full = [0], _CHUNK
    for place, start in enumerate(starts):
        if start >= full:
            edges.append(place)
            full = start + _CHUNK
    return [*edges, len(starts)] if length else [0]


def _run(parts: Sequence[slice], work: Callable[[slice], None]) -> None:
    for part in parts:
        work(part)
