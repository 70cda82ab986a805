"""Reads the files of an import in a worker of its own, one after another, so that everything else goes on meanwhile.

A changed answer reads its file again; several changes in a row become one reading with the newest of them.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui import faults
from ui.import_assistant.batch import FileState, read_state
from ui.tasks import ProgressLike, Report, Step, Stopped, Task, TaskRunner

if TYPE_CHECKING:
    from bargain.intake.looking import Looker
    from ui.import_assistant.settings import FileSettings
    from ui.session import Session


@dataclass(frozen=True, slots=True)
class Pace:
    """How far reading is: which file, how many of how many are done, its rows and rows a second (0: not known yet)."""

    name: str
    done: int
    total: int
    rows: int = 0
    rows_a_second: int = 0


class ImportReader(QObject):
    """Holds the files in their order. ``changed`` names one that has new things to show; ``moved`` tells of progress."""

    changed = Signal(object)  # a Path
    listed = Signal()  # files came or went
    moved = Signal(object)  # a Pace, or None when nothing is being read
    broke = Signal(object)  # a fault of our own

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks: TaskRunner = session.reading
        self._files: dict[Path, FileState] = {}
        self._wanted: list[Path] = []
        self._now: tuple[Path, Task] | None = None
        self._looker: Looker | None = None
        self._done = 0
        self._rows = 0
        self._opened = 0  # rows of the file that is being read, as soon as it is open
        self._since = 0.0

    @property
    def files(self) -> tuple[FileState, ...]:
        """The files in their order."""
        return tuple(self._files.values())

    @property
    def is_reading(self) -> bool:
        """Whether a file is being read, or waits for its turn."""
        return self._now is not None or bool(self._wanted)

    def state(self, path: Path) -> FileState | None:
        """One of the files."""
        return self._files.get(path)

    def twin_of(self, state: FileState) -> FileState | None:
        """Another file here with the very same bytes."""
        if state.look is None:
            return None
        same = (one for one in self.files if one.path != state.path and one.look is not None)
        return next(
            (one for one in same if one.look is not None and one.look.sha256 == state.look.sha256), None
        )

    def add(self, paths: Sequence[Path], settings: FileSettings | None = None) -> None:
        """Take more files; those that are here already are read again only with other settings."""
        for path in paths:
            if path not in self._files:
                self._files[path] = FileState(path, _size(path))
            elif settings is None:
                continue
            if settings is not None:
                self._files[path] = replace(self._files[path], settings=settings, look=None)
            self._want(path)
        self.listed.emit()
        self._go_on()

    def remove(self, path: Path) -> None:
        """Do without a file."""
        self._files.pop(path, None)
        self._unwant(path)
        self.listed.emit()

    def clear(self) -> None:
        """Do without all files, and let go of what is open."""
        for path in list(self._files):
            self._unwant(path)
        self._files.clear()
        self._close_looker()
        self.listed.emit()

    def change(self, path: Path, settings: FileSettings) -> None:
        """Read a file with other settings."""
        state = self._files.get(path)
        if state is None or state.settings == settings:
            return
        self._files[path] = replace(state, settings=settings)
        self._again(path)

    def show_sheet(self, path: Path, sheet: str) -> None:
        """Show another sheet of a file."""
        state = self._files.get(path)
        if state is not None and state.sheet != sheet:
            self._files[path] = replace(state, sheet=sheet)
            self._again(path)

    def read_again(self, path: Path) -> None:
        """Read a file again: it was stopped, or it may have changed."""
        state = self._files.get(path)
        if state is not None:
            self._files[path] = replace(state, problem="", stopped=False)
            self._again(path)

    def stop(self) -> None:
        """Read no further. What is read stays; files that were being read, anew perhaps, say that they were stopped."""
        left = [*self._wanted]
        if self._now is not None:
            left.insert(0, self._now[0])
            self._now[1].cancel()
        self._wanted.clear()
        for path in left:
            state = self._files.get(path)
            if state is not None:  # what was read with older answers is not what they now say
                self._files[path] = replace(state, look=None, problem="", stopped=True, findings=())
            self.changed.emit(path)

    # How it works

    def _again(self, path: Path) -> None:
        self._files[path] = replace(self._files[path], stopped=False)
        if self._now is not None and self._now[0] == path:
            self._now[1].cancel()  # its answers have changed: what it is about to say is out of date
        self._want(path)
        self.changed.emit(path)
        self._go_on()

    def _want(self, path: Path) -> None:
        if not self.is_reading:
            self._done, self._rows, self._since = 0, 0, time.monotonic()
        if path not in self._wanted:
            self._wanted.append(path)

    def _unwant(self, path: Path) -> None:
        if path in self._wanted:
            self._wanted.remove(path)
        if self._now is not None and self._now[0] == path:
            self._now[1].cancel()

    def _go_on(self) -> None:
        """Start the next file, if none is being read."""
        sector = self._session.sector
        if self._now is not None:
            return
        if not self._wanted or sector is None:
            self._wanted.clear()
            self._rest()
            self.moved.emit(None)
            return
        path = self._wanted.pop(0)
        state = self._files[path]
        looker = self._open_looker()
        self._opened = 0
        step = Step(path.name, self._done, self._done + len(self._wanted) + 1)

        def work(report: Report) -> FileState:
            from bargain.intake.open_safely import ReadingStopped

            def is_stopped() -> bool:
                try:
                    report(step)
                except Stopped:
                    return True
                return False

            def opened(rows: int) -> None:
                self._opened = rows
                report(step)

            try:
                return read_state(looker, state, sector, is_stopped, opened)
            except ReadingStopped:
                raise Stopped from None

        self._now = (
            path,
            self._tasks.start(
                work,
                on_done=self._take,
                on_failed=self._take_fault,
                on_cancelled=self._ended,
                on_progress=self._tell,
            ),
        )
        self._tell(step)

    def _take(self, state: FileState) -> None:
        path = state.path
        held = self._files.get(path)
        if held is not None and held.settings == state.settings and held.sheet == state.sheet:
            self._files[path] = state
            self._done += 1
            self._rows += sum(sheet.rows_in_file for sheet in state.sheets)
        self._ended()
        self.changed.emit(path)

    def _take_fault(self, error: Exception) -> None:
        path = None if self._now is None else self._now[0]
        if path in self._files:
            self._files[path] = replace(self._files[path], look=None, stopped=True)
        self._ended()
        faults.record(error)
        self.broke.emit(error)
        self.changed.emit(path)

    def _ended(self) -> None:
        self._now = None
        self._go_on()

    def _tell(self, step: ProgressLike) -> None:
        passed = time.monotonic() - self._since
        rows = self._rows + self._opened
        pace = round(rows / passed) if rows and passed > 0 else 0
        self.moved.emit(Pace(step.stage, step.done, step.total, self._opened, pace))

    def _open_looker(self) -> Looker:
        from bargain.intake.looking import Looker

        if self._looker is None:
            self._looker = Looker()
        return self._looker

    def _rest(self) -> None:
        """Nothing to read for now: end the child process, in the worker, where it was begun."""
        looker = self._looker
        if looker is not None:
            self._tasks.start(lambda _: looker.rest())

    def _close_looker(self) -> None:
        looker, self._looker = self._looker, None
        if looker is not None:
            self._tasks.start(lambda _: looker.close())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # reading it says what is wrong
        return 0
