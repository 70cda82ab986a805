"""Long work off the window's thread: one worker, one queue, one timer.

The worker touches no Qt. It puts events into a queue; a 30 ms timer in the window's thread takes them out and
calls back. Exactly one of done, failed, cancelled arrives for each task. One worker keeps work in order.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from bargain.progress import drive

Result = TypeVar("Result")

DRAIN_MS = 30


class ProgressLike(Protocol):
    """What any progress report of the engine carries."""

    @property
    def stage(self) -> str:
        """What is being done, in words."""
        ...

    @property
    def done(self) -> int:
        """How many of ``total`` are done."""
        ...

    @property
    def total(self) -> int:
        """How many there are; 0 where that is not known."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """A progress report made in the window's own code."""

    stage: str
    done: int = 0
    total: int = 0


class Stopped(BaseException):  # not an error: the person pressed Cancel
    """Raised inside the work, out of its progress report, once its task was cancelled."""


Report = Callable[[ProgressLike], None]


def nothing(*_: object) -> None:
    """The callback of those who do not want to hear."""


@dataclass(eq=False, slots=True)
class Task:
    """One piece of work: its callbacks and its stop flag."""

    on_done: Callable[[Any], None]
    on_failed: Callable[[Exception], None]
    on_cancelled: Callable[[], None]
    on_progress: Callable[[ProgressLike], None]
    stop: threading.Event = field(default_factory=threading.Event)
    ended: bool = False

    def cancel(self) -> None:
        """Ask the work to stop; ``on_cancelled`` follows, unless it has ended."""
        self.stop.set()


class TaskRunner(QObject):
    """Runs work in its one worker thread, for the life of the app."""

    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._events: SimpleQueue[tuple[Task, str, Any]] = SimpleQueue()
        self._running: list[Task] = []
        self._is_closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(DRAIN_MS)
        self._timer.timeout.connect(self._drain)

    @property
    def is_busy(self) -> bool:
        """Whether any task has not ended yet."""
        return bool(self._running)

    def start(
        self,
        work: Callable[[Report], Result],
        *,
        on_done: Callable[[Result], None] = nothing,
        on_failed: Callable[[Exception], None] = nothing,
        on_cancelled: Callable[[], None] = nothing,
        on_progress: Callable[[ProgressLike], None] = nothing,
    ) -> Task:
        """Run ``work(report)`` in the worker. Calling ``report`` shows progress, and is where it can be stopped."""
        task = Task(on_done, on_failed, on_cancelled, on_progress)
        if self._is_closed:  # a last event may ask for more work: nobody is left to see it
            task.ended = True
            return task
        self._running.append(task)
        if len(self._running) == 1:
            self._timer.start()
            self.busy_changed.emit(True)
        self._pool.submit(_work, work, task, self._events)
        return task

    def start_steps(
        self,
        steps: Generator[ProgressLike, None, Result],
        *,
        on_done: Callable[[Result], None] = nothing,
        on_failed: Callable[[Exception], None] = nothing,
        on_cancelled: Callable[[], None] = nothing,
        on_progress: Callable[[ProgressLike], None] = nothing,
    ) -> Task:
        """Run a generator that yields progress and returns its result."""

        def work(report: Report) -> Result:
            return drive(steps, report)

        return self.start(
            work,
            on_done=on_done,
            on_failed=on_failed,
            on_cancelled=on_cancelled,
            on_progress=on_progress,
        )

    def close(self) -> None:
        """Cancel what runs, wait for the worker, and deliver the last events."""
        self._is_closed = True
        for task in self._running:
            task.cancel()
        self._pool.shutdown(wait=True)
        self._drain()
        self._timer.stop()

    def _drain(self) -> None:
        newest: dict[int, tuple[Task, ProgressLike]] = {}
        ends: list[tuple[Task, str, Any]] = []
        while True:
            try:
                task, kind, value = self._events.get_nowait()
            except Empty:
                break
            if kind == "progress":
                newest[id(task)] = (task, value)
            else:
                ends.append((task, kind, value))
        for task, step in newest.values():
            if not task.stop.is_set():
                task.on_progress(step)
        for task, kind, value in ends:
            self._end(task, kind, value)

    def _end(self, task: Task, kind: str, value: Any) -> None:
        task.ended = True
        self._running.remove(task)
        if not self._running:
            self._timer.stop()
            self.busy_changed.emit(False)
        if (
            kind == "cancelled" or task.stop.is_set()
        ):  # cancelled after the last step: its result is not wanted
            task.on_cancelled()
        elif kind == "done":
            task.on_done(value)
        else:
            task.on_failed(value)


def _work(work: Callable[[Report], Any], task: Task, events: SimpleQueue[tuple[Task, str, Any]]) -> None:
    """Runs in the worker thread: touches no Qt."""

    def report(step: ProgressLike) -> None:
        if task.stop.is_set():
            raise Stopped
        events.put((task, "progress", step))

    if task.stop.is_set():
        events.put((task, "cancelled", None))
        return
    try:
        events.put((task, "done", work(report)))
    except Stopped:
        events.put((task, "cancelled", None))
    except Exception as error:  # noqa: BLE001  # handed to on_failed, which tells the person
        events.put((task, "failed", error))
