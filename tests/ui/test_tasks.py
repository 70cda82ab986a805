"""The worker: one thread, one end for each task, and a window that stays alive meanwhile."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from threading import Event

import pytest
from PySide6.QtCore import QTimer

from ui.tasks import Step, TaskRunner


class Ends:
    """Collects how tasks end."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, object]] = []

    def callbacks(self) -> dict[str, object]:
        return {
            "on_done": lambda value: self.seen.append(("done", value)),
            "on_failed": lambda error: self.seen.append(("failed", str(error))),
            "on_cancelled": lambda: self.seen.append(("cancelled", None)),
            "on_progress": lambda step: self.seen.append(("progress", step.done)),
        }

    def ends(self) -> list[str]:
        return [kind for kind, _ in self.seen if kind != "progress"]


@pytest.fixture
def runner(qapp) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.close()


def counting(upto: int) -> Generator[Step, None, str]:
    for done in range(upto):
        yield Step("counting", done, upto)
    return "counted"


def test_that_a_task_that_returns_ends_as_done_once(runner, qtbot) -> None:
    ends = Ends()
    runner.start_steps(counting(5), **ends.callbacks())
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert ends.ends() == ["done"]
    assert ends.seen[-1] == ("done", "counted")


def test_that_a_task_that_raises_ends_as_failed_once_and_the_next_one_still_runs(runner, qtbot) -> None:
    ends = Ends()

    def work(_: object) -> None:
        raise OSError("the disk is gone")

    runner.start(work, **ends.callbacks())
    runner.start(lambda _: 7, **ends.callbacks())
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert ends.seen == [("failed", "the disk is gone"), ("done", 7)]


def test_that_a_cancelled_task_stops_at_its_next_report_and_closes_its_generator(runner, qtbot) -> None:
    ends, closed, begun = Ends(), Event(), Event()

    def endless() -> Generator[Step, None, None]:
        try:
            while True:
                begun.set()
                yield Step("on and on")
        finally:
            closed.set()

    task = runner.start_steps(endless(), **ends.callbacks())
    qtbot.waitUntil(begun.is_set)
    task.cancel()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert ends.ends() == ["cancelled"]
    assert closed.is_set()


def test_that_a_task_cancelled_after_its_last_step_gives_no_result(runner, qtbot) -> None:
    ends, finished = Ends(), Event()

    def work(_: object) -> str:
        finished.set()
        return "too late"

    task = runner.start(work, **ends.callbacks())
    finished.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert ends.ends() == ["cancelled"]


def test_that_a_task_cancelled_before_it_began_never_runs(runner, qtbot) -> None:
    ends, gate, ran = Ends(), Event(), Event()
    runner.start(lambda _: gate.wait(5))
    second = runner.start(lambda _: ran.set(), **ends.callbacks())
    second.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert ends.ends() == ["cancelled"]
    assert not ran.is_set()


def test_that_only_the_newest_progress_of_a_turn_is_shown(runner, qtbot) -> None:
    ends = Ends()
    runner.start_steps(counting(10_000), **ends.callbacks())
    qtbot.waitUntil(lambda: not runner.is_busy)
    shown = [value for kind, value in ends.seen if kind == "progress"]
    assert len(shown) < 1_000
    assert shown == sorted(shown)


def test_that_busy_is_told_once_at_the_start_and_once_at_the_end(runner, qtbot) -> None:
    told: list[bool] = []
    runner.busy_changed.connect(told.append)
    for _ in range(3):
        runner.start(lambda _: None)
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert told == [True, False]


def test_that_the_window_keeps_ticking_while_a_job_computes(runner, qtbot) -> None:
    ticks: list[float] = []
    timer = QTimer()
    timer.setInterval(10)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))

    def work(report) -> int:
        total = 0
        until = time.perf_counter() + 1.0
        while time.perf_counter() < until:
            total += sum(range(20_000))
            report(Step("adding"))
        return total

    timer.start()
    runner.start(work)
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=10_000)
    timer.stop()
    assert len(ticks) > 20  # how long the longest gap is depends on what else the machine does


def test_that_closing_the_runner_cancels_what_runs_and_tells_it(qapp) -> None:
    ends, begun = Ends(), Event()

    def endless() -> Generator[Step, None, None]:
        while True:
            begun.set()
            yield Step("on and on")

    runner = TaskRunner()
    runner.start_steps(endless(), **ends.callbacks())
    begun.wait(5)
    runner.close()
    assert ends.ends() == ["cancelled"]


def test_that_two_thousand_signals_to_a_python_slot_do_not_abort_the_process() -> None:
    code = """
from PySide6.QtCore import QObject, Signal
class Bell(QObject):
    rung = Signal(object)
heard = []
bell = Bell()
bell.rung.connect(heard.append)
for number in range(2000):
    bell.rung.emit(number)
assert heard == list(range(2000))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_that_work_asked_for_after_closing_never_begins_and_raises_nothing(qapp) -> None:
    runner = TaskRunner()
    runner.close()
    heard: list[object] = []
    task = runner.start(lambda _: heard.append("ran"), on_done=heard.append)
    assert task.ended
    assert not runner.is_busy
    assert heard == []
