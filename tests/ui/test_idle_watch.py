"""The window locks when nobody is there, when the machine slept, and when the system says so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ui import view_choices
from ui.lock.idle import FEWEST, MOST, USUAL, IdleWatch, Moment, keep_minutes, minutes_kept

ROOT = Path(__file__).parents[2]


class Clock:
    """Two clocks under the test's hand."""

    def __init__(self) -> None:
        self.running, self.wall = 1000.0, 5_000_000.0

    def __call__(self) -> Moment:
        return Moment(self.running, self.wall)

    def pass_seconds(self, watch: IdleWatch, seconds: int) -> None:
        for _ in range(seconds):
            self.running += 1
            self.wall += 1
            watch.tick()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(qapp, clock: Clock):
    made = IdleWatch(clock=clock)
    made.start()
    yield made
    made.stop()


def test_that_it_locks_after_five_minutes_unless_told_otherwise(watch: IdleWatch, clock: Clock) -> None:
    locks, left = [], []
    watch.wanted.connect(lambda: locks.append(clock.running))
    watch.left.connect(left.append)
    clock.pass_seconds(watch, 299)
    assert not locks
    assert left[0] == 299
    assert left[-1] == 1
    clock.pass_seconds(watch, 1)
    assert locks == [1300.0]


def test_that_a_key_counts_as_somebody_there(watch: IdleWatch, clock: Clock, qtbot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    locks = []
    watch.wanted.connect(lambda: locks.append(clock.running))
    clock.pass_seconds(watch, 200)
    qtbot.keyClick(field, Qt.Key.Key_A)
    clock.pass_seconds(watch, 299)
    assert not locks
    clock.pass_seconds(watch, 1)
    assert len(locks) == 1


@pytest.mark.parametrize(("running", "wall"), [(0, 3600), (3600, 3600), (1, -7200)])
def test_that_a_sleep_or_a_jump_of_the_clock_locks(
    watch: IdleWatch, clock: Clock, running: float, wall: float
) -> None:
    """Some systems stop one clock during sleep, some neither; a clock set back may hide that time went by."""
    locks = []
    watch.wanted.connect(lambda: locks.append(1))
    clock.pass_seconds(watch, 5)
    clock.running += running
    clock.wall += wall
    watch.tick()
    assert locks == [1]


def test_that_a_short_stall_does_not_lock(watch: IdleWatch, clock: Clock) -> None:
    locks = []
    watch.wanted.connect(lambda: locks.append(1))
    clock.running += 15
    clock.wall += 15
    watch.tick()
    assert not locks


def test_that_the_minutes_are_kept_between_one_and_thirty(qapp) -> None:
    assert minutes_kept() == USUAL
    for wanted, kept in ((0, FEWEST), (12, 12), (90, MOST)):
        keep_minutes(wanted)
        assert minutes_kept() == kept
    view_choices.settings().setValue("lock/minutes", "never")
    assert minutes_kept() == USUAL


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("dbus-run-session") is None,
    reason="needs Linux with a message bus to start (package dbus)",
)
def test_that_a_locked_screen_is_heard_of(tmp_path: Path) -> None:
    """A private bus, with ourselves in the part of the desktop's screen saver: on locks, off does not."""
    code = """
from PySide6.QtCore import QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication, QWidget
from ui.lock.system import SystemWatch
app = QApplication([])
window = QWidget()
watch = SystemWatch(window)
heard = []
watch.locked.connect(lambda: (heard.append("locked"), QTimer.singleShot(200, app.quit)))
name = "org.freedesktop.ScreenSaver"
saver = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, "saver")
assert saver.registerService(name)
def send():
    for is_on in (False, True):
        message = QDBusMessage.createSignal("/org/freedesktop/ScreenSaver", name, "ActiveChanged")
        message.setArguments([is_on])
        saver.send(message)
QTimer.singleShot(0, send)
QTimer.singleShot(20_000, app.quit)
app.exec()
print(watch.hears, heard)
"""
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT),
        },
    )
    assert done.stdout.strip() == "True ['locked']", done.stderr
