"""New figures for the offer on the table: at most one appraisal at a time, and the latest wish wins."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from models.grossing import Range
from models.issues import UnusableInput
from models.offer import Offer
from models.target import Target, Verdict
from ui.tasks import Report, Task, TaskRunner

if TYPE_CHECKING:
    from models.appraisal import Appraisal
    from models.sector import Sector


@dataclass(frozen=True, slots=True)
class Wish:
    """What figures are wanted of: everything the answer depends on."""

    sector: Sector
    offer: Offer
    targets: tuple[Target, ...]
    weight: str = "heads"


@dataclass(frozen=True, slots=True)
class Figures:
    """The answer to a wish: an appraisal with its verdicts, or why there is none; how long it took."""

    wish: Wish
    appraisal: Appraisal | None
    verdicts: tuple[Verdict, ...] = ()
    problem: str = ""
    seconds: float = 0.0
    ranges: Mapping[str, Range] = field(default_factory=dict)  # only where figures are grossed up


class Appraiser(QObject):
    """Turns wishes into figures in the worker."""

    answered = Signal(object)  # Figures
    broke = Signal(object)  # an exception that is our fault

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._wish: Wish | None = None  # not begun yet
        self._task: Task | None = None
        self._soon = QTimer(self)  # several changes in one turn of the event loop make one wish
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._begin)

    @property
    def is_behind(self) -> bool:
        """Whether newer figures are on their way."""
        return self._wish is not None or self._task is not None

    def want(self, wish: Wish) -> None:
        """Ask for figures; an older wish that has not begun is dropped."""
        self._wish = wish
        if self._task is None:
            self._soon.start()

    def forget(self) -> None:
        """Drop every wish: what it was about is closed."""
        self._wish = None
        self._soon.stop()
        if self._task is not None:
            self._task.cancel()

    def _begin(self) -> None:
        wish, self._wish = self._wish, None
        if wish is None:
            return

        def work(_: Report) -> Figures:
            return figures_of(wish)

        self._task = self._tasks.start(
            work, on_done=self._done, on_failed=self._failed, on_cancelled=self._next
        )

    def _done(self, figures: Figures) -> None:
        self._next()
        self.answered.emit(figures)

    def _failed(self, error: Exception) -> None:
        self._next()
        self.broke.emit(error)

    def _next(self) -> None:
        self._task = None
        if self._wish is not None:
            self._begin()


def figures_of(wish: Wish) -> Figures:
    """Appraise and judge. Runs in the worker; what the engine cannot price comes back as a sentence."""
    from bargain.appraisal import appraise
    from bargain.grossing_range import ranges_and_verdicts
    from bargain.targets import judge

    started = time.perf_counter()
    try:
        appraisal = appraise(wish.sector, wish.offer, weight=wish.weight)
        judged = judge(wish.targets, wish.sector, appraisal)
        ranges, verdicts = ranges_and_verdicts(wish.sector, appraisal, judged, weight=wish.weight)
    except UnusableInput as unusable:
        return Figures(wish, None, (), str(unusable), time.perf_counter() - started)
    return Figures(wish, appraisal, verdicts, "", time.perf_counter() - started, ranges)
