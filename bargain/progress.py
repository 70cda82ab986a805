"""How far long work has come, and a bar of it on standard error for a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_WIDTH = 30


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come: what is being done, how many of ``total`` are done (0: not known)."""

    stage: str
    done: int = 0
    total: int = 0


@contextmanager
def bar(what: str, total: int, *, quiet: bool = False) -> Iterator[Callable[[], None]]:
    """Yields a function that counts one step done. Silent with ``quiet`` or without a terminal."""
    show = not quiet and sys.stderr.isatty() and total > 1
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if show:
            filled = "█" * (_WIDTH * done // total)
            print(f"\r{what} {filled:<{_WIDTH}} {done}/{total}", end="", file=sys.stderr, flush=True)

    try:
        yield step
    finally:
        if show and done:
            print(file=sys.stderr)
