"""Windows that crash on purpose: a process that imports the app once, and forks a window for each line it is given.

A line is JSON: the sector file, what to do, in which way to crash, and where to write the state that the screen shows
at that moment. The answer is the signal or the exit code that the window ended with. Nothing here is cleared up
after a crash, as after a real one.
"""

from __future__ import annotations

import ctypes
import faulthandler
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from bargain.storage.sector_file import SectorFile
from bargain.storage.store import Store
from tests.ui import sectors
from tests.ui.conftest import PASSPHRASE
from ui import saving
from ui.app import make_app
from ui.commands import Command, KeptStep, ReplaceOffer, ReplaceSector
from ui.main_window import PROPOSALS, MainWindow
from ui.session import Session

PATIENCE_MS = 30_000


@dataclass(frozen=True)
class Case:
    """One thing that a person does: the kind of command that it goes through, and whether forth or back."""

    command: type[Command]
    act: Callable[[Session], object]
    back: bool = False


def changed_percent(session: Session) -> None:
    settlement = session.offer.settlements[0]
    pay = (replace(settlement.pay[0], percent_ppm=31_000),)
    offer = replace(session.offer, settlements=(replace(settlement, pay=pay),))
    session.change_offer(offer, "Rise → 3.10 %", field="percent")


def imported(session: Session) -> None:
    sector = session.sector
    force = replace(sector.workforce, rate_micros=sector.workforce.rate_micros + 10_000)
    imports = (*sector.imports, replace(sector.imports[0], file="second.csv"))
    session.change_sector(replace(sector, workforce=force, imports=imports), "Import: second.csv")


def tabled(session: Session) -> None:
    session.choose_offer("Union claim")
    session.change_offer(replace(session.offer, tabled=True), "Tabled “Union claim”")


def restored(session: Session) -> None:
    version = next(one for one in session.file.versions() if one.is_step)
    session.file_desk.restore(version)


# Every kind of command in every use it has. A kind without a case fails the test.
CASES = {
    "an offer changed": Case(ReplaceOffer, changed_percent),
    "an offer added": Case(ReplaceOffer, lambda one: one.add_offer(sectors.offer("New", 9_000), "New draft")),
    "an offer removed": Case(ReplaceOffer, lambda one: one.remove_offer("Union claim", "Removed")),
    "a change of the sector": Case(
        ReplaceSector, lambda one: one.change_sector(replace(one.sector, name="Anew"), "Renamed")
    ),
    "an import": Case(ReplaceSector, imported),
    "an offer tabled": Case(ReplaceSector, tabled),
    "an earlier version restored": Case(ReplaceSector, restored),
    "a step of an earlier day undone": Case(KeptStep, lambda one: one.undo.undo(), back=True),
    "a step of an earlier day redone": Case(KeptStep, lambda one: (one.undo.setIndex(1), one.undo.redo())),
}


def crashes(way: str) -> NoReturn:
    """End as a fault would."""
    faulthandler.disable()  # the crash is meant: no traceback among the results
    if way == "segfault":
        ctypes.string_at(0)
    elif way == "abort":
        os.abort()
    os._exit(7)


def make(path: Path) -> None:
    """A sector file with two steps of an earlier day, opened quickly."""
    from bargain.storage.keys import Argon2Cost

    file = SectorFile.create(path, sectors.small(), PASSPHRASE, cost=Argon2Cost(64, 1, 1))
    for name in ("First", "Second"):
        file.record(replace(file.sector, offers=(*file.sector.offers, sectors.offer(name, 1_000))), name)
    file.save()
    file.close()


class Handler(QObject):
    """A command's own handler, after which the window ends as soon as it is painted: a person sees the result."""

    def __init__(self, window: MainWindow, end: Callable[[], object], *, does_raise: bool) -> None:
        super().__init__(window)
        self._window, self.end, self._does_raise = window, end, does_raise
        self.is_awaited = self._is_done = False
        QApplication.instance().installEventFilter(self)

    def put_into(self, case: Case) -> None:
        """In the place of the handler of this case."""
        name = "back" if case.back else "forth"
        real = getattr(case.command, name)

        def handler(command: Command) -> None:
            real(command)
            if self.is_awaited:
                self._is_done = True
                self._window.update()
                if self._does_raise:
                    raise RuntimeError("a mistake in a handler, after all of its work")

        setattr(case.command, name, handler)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._is_done and event.type() == QEvent.Type.UpdateRequest:
            self._is_done = False
            QTimer.singleShot(0, self.end)  # after the paint that this asks for
        return False


def waited(until: Callable[[], bool]) -> None:
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: until() and loop.quit())
    timer.start(2)
    QTimer.singleShot(PATIENCE_MS, lambda: os._exit(9))
    if not until():
        loop.exec()
    timer.stop()


def told(session: Session, where: Path) -> None:
    where.write_text(Store(bytes(32)).put(session.sector))


def work(job: dict[str, str]) -> NoReturn:
    """One window: opens the file, acts, and crashes."""
    app = make_app(["bargain"])
    window = MainWindow(Session())
    session = window.session
    window.resize(1093, 534)
    window.show()
    path, where, way = Path(job["path"]), Path(job["where"]), job["way"]
    saving.JOURNAL_SECONDS = (
        PATIENCE_MS / 1000
    )  # the machine may be busy: how long it takes is not the question
    session._saver._pause.setInterval(10_000_000)  # every crash comes before the file itself is saved
    handler = Handler(window, lambda: (told(session, where), crashes(way)), does_raise=way == "raise")
    case = CASES.get(job["act"])
    if case is not None:
        handler.put_into(case)
    session.open(path, PASSPHRASE)
    waited(lambda: session.sector is not None and not session.is_opening)
    if case is None:  # the second crash: what was recovered is shown, and nothing saved yet
        handler.end()
    waited(lambda: not session.tasks.is_busy and not session.is_stale)
    window.show_page(PROPOSALS)
    handler.is_awaited = True
    case.act(session)
    QTimer.singleShot(PATIENCE_MS, lambda: os._exit(9))
    app.exec()
    os._exit(8)


def silence() -> None:
    """What the platform and a fault that is meant would write."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def main() -> None:
    """Answer each line of the input."""
    for line in sys.stdin:
        job = json.loads(line)
        if job["act"] == "make":
            make(Path(job["path"]))
            print("0", flush=True)
            continue
        pid = os.fork()
        if pid == 0:
            silence()
            try:
                work(job)
            finally:
                os._exit(6)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
