"""The files of an accounts import, read in a worker; a changed answer looks again at the open file, not at the disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.issues import UnusableInput
from ui import faults
from ui.tasks import Report, Step, Stopped

if TYPE_CHECKING:
    from bargain.accounts_preview import AccountsRow
    from bargain.intake.accounts import AccountsLook
    from bargain.intake.accounts_mapping import AccountsMapping
    from bargain.intake.open_safely import OpenedFile
    from models.sector import Sector
    from ui.session import Session


class Stage(Enum):
    """How far a file is."""

    WAITING = auto()
    READ = auto()
    ASKS = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True, eq=False)
class AccountsFile:
    """One file: what was said of it, and what it then gives.

    ``said`` is None as long as nobody changed anything: then what is remembered of like files counts.
    """

    path: Path
    password: str = ""
    said: AccountsMapping | None = None
    opened: OpenedFile | None = None
    look: AccountsLook | None = None
    rows: tuple[AccountsRow, ...] = ()
    problem: str = ""

    @property
    def stage(self) -> Stage:
        """How far it is."""
        if self.problem:
            return Stage.REFUSED
        if self.look is None:
            return Stage.WAITING
        return Stage.ASKS if self.look.questions else Stage.READ

    @property
    def wants_password(self) -> bool:
        """Whether a workbook password would help."""
        return self.opened is None and "password" in self.problem


class AccountsFiles(QObject):
    """Holds the files in their order; ``changed`` tells that any of them has new things to show."""

    changed = Signal()
    broke = Signal(object)  # a fault of our own

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._files: dict[Path, AccountsFile] = {}
        self._wanted: list[Path] = []
        self._now: Path | None = None

    @property
    def files(self) -> tuple[AccountsFile, ...]:
        """The files in their order."""
        return tuple(self._files.values())

    @property
    def is_reading(self) -> bool:
        """Whether a file is being read, or waits for its turn."""
        return self._now is not None or bool(self._wanted)

    @property
    def is_ready(self) -> bool:
        """Whether all files can be added as they are."""
        return (
            bool(self._files) and not self.is_reading and all(one.stage is Stage.READ for one in self.files)
        )

    def file(self, path: Path | None) -> AccountsFile | None:
        """One of the files."""
        return None if path is None else self._files.get(path)

    def add(self, paths: Sequence[Path]) -> None:
        """Take more files; one that is here already is opened anew."""
        for path in paths:
            held = self._files.get(path, AccountsFile(path))
            self._files[path] = replace(held, opened=None, look=None, problem="")
            self._want(path)
        self._go_on()

    def remove(self, path: Path) -> None:
        """Do without a file."""
        self._files.pop(path, None)
        self._wanted = [one for one in self._wanted if one != path]
        self.changed.emit()

    def clear(self) -> None:
        """Do without all files, and let go of what is open."""
        self._files.clear()
        self._wanted.clear()
        self.changed.emit()

    def say(self, path: Path, said: AccountsMapping | None) -> None:
        """Read a file with other answers; None takes all answers back."""
        held = self._files.get(path)
        if held is not None and held.said != said:
            self._files[path] = replace(held, said=said)
            self._want(path)
            self._go_on()

    def unlock(self, path: Path, password: str) -> None:
        """Open a protected workbook."""
        held = self._files.get(path)
        if held is not None and password:
            self._files[path] = replace(held, password=password, problem="")
            self._want(path)
            self._go_on()

    def look_again(self) -> None:
        """The sector has changed: names and what is replaced may be others."""
        for path in self._files:
            self._want(path)
        self._go_on()

    def _want(self, path: Path) -> None:
        if path not in self._wanted:
            self._wanted.append(path)

    def _go_on(self) -> None:
        """Start the next file, if none is being read."""
        sector = self._session.sector
        if self._now is not None:
            return
        if sector is None or not self._wanted:
            self._wanted.clear()
            self.changed.emit()
            return
        path = self._wanted.pop(0)
        held = self._files[path]
        self._now = path

        def work(report: Report) -> AccountsFile:
            return _read(held, sector, report)

        self._session.reading.start(
            work, on_done=self._take, on_failed=self._take_fault, on_cancelled=self._ended
        )
        self.changed.emit()

    def _take(self, read: AccountsFile) -> None:
        held = self._files.get(read.path)
        if held is not None and held.said == read.said and held.password == read.password:
            self._files[read.path] = read
        elif held is not None:  # answered otherwise meanwhile: what is open stays open
            self._files[read.path] = replace(held, opened=held.opened or read.opened)
        self._ended()

    def _take_fault(self, error: Exception) -> None:
        faults.record(error)
        self.broke.emit(error)
        self._ended()

    def _ended(self) -> None:
        self._now = None
        self._go_on()


def _read(held: AccountsFile, sector: Sector, report: Report) -> AccountsFile:
    """Open a file if it is not open, and look at it. Runs in the worker: touches no Qt."""
    from bargain.accounts_preview import payroll_labour, preview_rows
    from bargain.intake.accounts import look_at
    from bargain.intake.open_safely import ReadingStopped, SafeReader

    step = Step(held.path.name)

    def is_stopped() -> bool:
        try:
            report(step)
        except Stopped:
            return True
        return False

    opened = held.opened
    try:
        if opened is None:
            with SafeReader(stop=is_stopped) as reader:
                opened = reader.read(held.path, held.password or None)
        labour = payroll_labour(sector)
    except ReadingStopped:
        raise Stopped from None
    except UnusableInput as unusable:
        return replace(held, look=None, rows=(), problem=str(unusable))
    look = look_at(opened, sector=sector, mapping=held.said, labour=labour)
    rows = () if look.reading is None else preview_rows(sector, look.reading.accounts, labour)
    return replace(held, opened=opened, look=look, rows=rows, problem=look.problem)
