"""A progress bar on standard error, for a person at a terminal and nobody else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_WIDTH = 30


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
