"""Watches whether anybody is there: no key and no pointer for some minutes, or a clock that jumped while asleep."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from ui import view_choices

FEWEST, USUAL, MOST = 1, 5, 30  # minutes
TICK_S = 1.0
ASLEEP_S = 20.0
"""A second's tick that comes this late: the machine slept, or somebody moved its clock. Both lock."""

_KEY = "lock/minutes"
_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
        QEvent.Type.Drop,
    }
)


@dataclass(frozen=True, slots=True)
class Moment:
    """Two clocks, in seconds: one that only runs forward, and the one on the wall."""

    running: float
    wall: float


def now() -> Moment:
    """What both clocks show."""
    return Moment(time.monotonic(), time.time())


def minutes_kept() -> int:
    """After how many idle minutes the window locks; what is not a number from 1 to 30 counts as usual."""
    text = str(view_choices.settings().value(_KEY, USUAL))
    return min(MOST, max(FEWEST, int(text))) if text.isdigit() and int(text) else USUAL


def keep_minutes(minutes: int) -> None:
    """Keep the number of minutes for this person on this computer."""
    view_choices.settings().setValue(_KEY, min(MOST, max(FEWEST, minutes)))


class IdleWatch(QObject):
    """Says once a second how long is left, and when it is time to lock. ``start`` and ``stop`` bracket its work."""

    left = Signal(int)  # seconds until the lock
    wanted = Signal()  # nobody is there: lock now

    def __init__(self, parent: QObject | None = None, clock: Callable[[], Moment] = now) -> None:
        super().__init__(parent)
        self._clock = clock
        self._minutes = minutes_kept()
        self._last_sign = self._last_tick = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(int(TICK_S * 1000))
        self._timer.timeout.connect(self.tick)

    @property
    def is_watching(self) -> bool:
        """Whether a lock may come."""
        return self._timer.isActive()

    @property
    def seconds_left(self) -> int:
        """Until the lock, if nothing is touched."""
        idle = self._clock().running - self._last_sign.running
        return max(0, round(self._minutes * 60 - idle))

    def start(self) -> None:
        """Watch, from now."""
        self._minutes = minutes_kept()
        self._last_sign = self._last_tick = self._clock()
        app = QCoreApplication.instance()
        if not self.is_watching and app is not None:
            app.installEventFilter(self)
            self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def restart(self) -> None:
        """Count again from now, with the minutes as they are kept now."""
        self._minutes = minutes_kept()
        self._last_sign = self._clock()

    def tick(self) -> None:
        """Look at the clocks: a second has gone, or much more where the machine slept."""
        present, before = self._clock(), self._last_tick
        self._last_tick = present
        late = max(present.running - before.running, abs(present.wall - before.wall)) - TICK_S
        if late > ASLEEP_S or self.seconds_left == 0:
            self.wanted.emit()
            return
        self.left.emit(self.seconds_left)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Every key and every move of the pointer is a sign of life; nothing is kept back."""
        if event.type() in _SIGNS_OF_LIFE:
            self._last_sign = self._clock()
        return False
