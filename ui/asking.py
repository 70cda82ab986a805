"""A question to the worker of which only the latest counts: an older one is stopped as soon as it can be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from models.issues import UnusableInput

if TYPE_CHECKING:
    from ui.session import Session
    from ui.tasks import Report, Task


class Asker(QObject):
    """At most one question is under way. ``answered`` brings the answer to the last one that was asked.

    What can't be answered comes as a sentence by ``refused``; a mistake of the app goes to the session.
    """

    answered = Signal(object)
    refused = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._task: Task | None = None
        self._next: Callable[[Report], Any] | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._task is not None

    def ask(self, work: Callable[[Report], Any]) -> None:
        """Ask ``work`` of the worker in the place of whatever was asked before."""
        self._next = work
        if self._task is None:
            self._begin()
        else:
            self._task.cancel()

    def forget(self) -> None:
        """Ask nothing any more."""
        self._next = None
        if self._task is not None:
            self._task.cancel()

    def _begin(self) -> None:
        work, self._next = self._next, None
        if work is None:
            return
        self._task = self._session.tasks.start(
            work, on_done=self._done, on_failed=self._failed, on_cancelled=self._ended
        )
        if self._task.ended:  # the app is closing: nobody is left to ask
            self._task = None

    def _ended(self) -> None:
        self._task = None
        self._begin()

    def _done(self, answer: object) -> None:
        self._ended()
        self.answered.emit(answer)

    def _failed(self, error: Exception) -> None:
        self._ended()
        if isinstance(error, UnusableInput):
            self.refused.emit(str(error))
        else:
            self._session.report_fault(error)
