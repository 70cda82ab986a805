"""Work on columns, two parts of it at a time: numpy lets other threads run while it calculates."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, partial
from typing import Generic, TypeVar

Found = TypeVar("Found")
_CHUNK = 32_768  # entries that stay in the processor's cache from the first step to the last
_WORTHWHILE = 4 * _CHUNK
_STRETCHES = 4 * _CHUNK  # the same where each step is one long look: fewer turns at the interpreter
_TURN_SECONDS = 0.0005


@cache
def _helper() -> ThreadPoolExecutor:
    """One thread beside the one that asks: whoever asks never waits for work that has not begun, but does it itself.

    Steps between two looks at a column are short: a thread that waits its turn at the interpreter for the usual five
    milliseconds has missed most of them.
    """
    sys.setswitchinterval(min(sys.getswitchinterval(), _TURN_SECONDS))
    return ThreadPoolExecutor(1, thread_name_prefix="figures")


def is_long(length: int) -> bool:
    """Whether columns are long enough; on short ones two threads wait for one another longer than they save."""
    return length >= _WORTHWHILE and (os.cpu_count() or 1) > 1


class Begun(Generic[Found]):
    """Work that may be going on already."""

    def __init__(self, work: Callable[[], Found], begun: Future[Found] | None) -> None:
        self._work = work
        self._begun = begun

    def result(self) -> Found:
        """What it found; raises what the work raised. To be asked for once."""
        begun = self._begun
        return self._work() if begun is None or begun.cancel() else begun.result()


def beside(work: Callable[[], Found], length: int) -> Begun[Found]:
    """Begin work beside what follows; ask for its result before the end. length: of the columns that it works on."""
    return Begun(work, _helper().submit(work) if is_long(length) else None)


def each_of(works: Sequence[Callable[[], object]], length: int) -> None:
    """Do pieces of work, in any order, two at a time. length: of the columns that they work on.

    Raises what a piece raised; others may then be left undone.
    """
    if not is_long(length) or len(works) < 2:
        for work in works:
            work()
        return
    waiting = deque(works)

    def go_on() -> None:
        while waiting:
            try:
                work = waiting.popleft()
            except IndexError:  # the other took the last one in between
                return
            work()

    other = _helper().submit(go_on)
    try:
        go_on()
    finally:
        waiting.clear()
        if not other.cancel():
            other.result()


def in_chunks(length: int, work: Callable[[slice], None]) -> None:
    """Do the work on every chunk of a column; chunks may run at once, so each may write only to its own place."""
    parts = [slice(at, min(at + _CHUNK, length)) for at in range(0, length, _CHUNK)]
    each_of([partial(work, part) for part in parts], length)


def chunk_edges(starts: Sequence[int], length: int) -> list[int]:
    """Places in ``starts`` that cut a column into chunks without cutting any of the stretches that begin there.

    starts: where each stretch begins, in order.  Returns places from 0 to ``len(starts)``.
    """
    edges, full = [0], _STRETCHES
    for place, start in enumerate(starts):
        if start >= full:
            edges.append(place)
            full = start + _STRETCHES
    return [*edges, len(starts)] if length else [0]
