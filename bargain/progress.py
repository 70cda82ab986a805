"""How far long work has come, and a bar of it on standard error for a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TypeVar

_WIDTH = 30
Step = TypeVar("Step")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come: what is being done, how many of ``total`` are done (0: not known)."""

    stage: str
    done: int = 0
    total: int = 0


def drive(steps: Generator[Step, None, Result], tell: Callable[[Step], object] = lambda _: None) -> Result:
    """Run long work to its end, telling of each step; where the telling stops it, the work is closed."""
    try:
        while True:
            tell(next(steps))
    except StopIteration as end:
        result: Result = end.value
        return result
    finally:
        steps.close()


def drive_with_bar(what: str, steps: Generator[Progress, None, Result], *, quiet: bool) -> Result:
    """The same for a person at a terminal; the first step tells how many there are."""
    with ExitStack() as stack:
        counts: list[Callable[[], None]] = []

        def tell(one: Progress) -> None:
            if counts:
                counts[0]()
            else:
                counts.append(stack.enter_context(bar(what, one.total, quiet=quiet)))

        return drive(steps, tell)


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
