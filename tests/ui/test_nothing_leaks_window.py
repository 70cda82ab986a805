"""A whole run of the window, from a new sector to a crash: nothing planted is in any file that it left behind."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORDS = [f"Canary{number:03}zq" for number in range(40)]

RUN = """
import os, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(event) if event.startswith("socket.") else None)
os.umask(0o077)
from dataclasses import replace
from datetime import date
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from models.assumptions import Assumption
from models.offer import Offer
from models.target import Target, TargetSet
from tests.ui import sectors
from ui import faults
from ui.app import make_app
from ui.main_window import MainWindow
from ui.session import Session

home, inbox = Path(sys.argv[1]), Path(sys.argv[2])
W = iter(sys.argv[3:]).__next__
faults.install()
app = make_app([])
window = MainWindow(Session())
window.show()
session = window.session

def wait(ready):
    for _ in range(6000):
        QTest.qWait(25)
        if ready():
            return
    raise TimeoutError

def settled():
    return session.is_saved and not session.is_stale and not session.tasks.is_busy and not session.reading.is_busy

force = replace(sectors.small().workforce, employers=(W(), W()), titles=(W(), W(), W(), W()))
sector = replace(
    sectors.small(), name=W(), is_listed=False, workforce=force, legal_basis=W(), coverage=W(), employers=(),
    target_sets=(TargetSet(W(), (Target(W(), "cost_full_year", at_most=5.0),)),),
    assumptions=(Assumption("k", W(), 0.5, "share", source=W()),),
    imports=(replace(sectors.small().imports[0], file=W() + ".xlsx", employers=(W(),)),),
)
path = home / "a.bargain"
session.create(sector, path, W() + " secret phrase")
wait(settled)
for at in range(8):
    window.show_page(at)
    wait(settled)
session.change_offer(replace(session.offer, name=W(), by=W()), W())
wait(settled)
session.change_offer(replace(session.offer, tabled=True), "Table " + W())
wait(settled)
assert window._desk.rounds.close(W(), W()) == ""
wait(settled)
payroll = inbox / (W() + ".csv")
row = ",".join((W(), W(), "12.80", "37", W(), "QQ123456A"))
payroll.write_text("Employer,Job title,Hourly rate,Weekly hours,Surname,NI number\\n" + (row + "\\n") * 3)
window._desk.import_paths([payroll])
wait(lambda: not window.assistant.reader.is_reading and settled())
window.lock.lock()
wait(lambda: session.sector is None)
session.open(path, sys.argv[3 + 17] + " wrong", on_failed=lambda _: None)
wait(lambda: not session.is_opening)
canary = W()
def crash():
    raise ValueError(canary)
QTimer.singleShot(0, crash)
loop = QEventLoop()
QTimer.singleShot(50, loop.quit)
loop.exec()
try:
    raise KeyError(canary)
except KeyError as error:
    session.report_fault(error)
print("connections:", opened)
sys.stdout.flush()
os._exit(0)  # as if the power went
"""


def live_through(folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    """A window of its own, with its own home and temporary folder."""
    for name in ("home", "temp", "inbox"):
        (folder / name).mkdir()
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("XDG_", "BARGAIN_", "DBUS_"))
    } | {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "temp"),
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(
        [*before, sys.executable, "-c", RUN, str(folder / "home"), str(folder / "inbox"), *WORDS],
        cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=500,
    )  # fmt: skip


def test_that_a_whole_run_leaves_no_planted_word_in_home_temp_or_what_it_printed(tmp_path: Path) -> None:
    done = live_through(tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "connections: []"
    written = [one for name in ("home", "temp") for one in (tmp_path / name).rglob("*") if one.is_file()]
    assert any(one.name == "faults.log" for one in written)
    assert any(one.name == "a.bargain" for one in written)
    assert any(one.name == "events.log" for one in written)
    found = []
    for one in written:
        text = os.fsencode(one.relative_to(tmp_path)) + one.read_bytes()
        found += [
            f"{one.name}: {word}" for word in (*WORDS, "QQ123456A")
            for form in (word.encode(), word.encode("utf-16-le"), word.lower().encode()) if form in text
        ]  # fmt: skip
        assert stat.S_IMODE(one.stat().st_mode) & 0o077 == 0, one.name
    assert found == []
    printed = done.stdout + done.stderr
    assert [word for word in WORDS if word in printed] == []
    assert "ValueError at" in printed  # the crash was noticed, and told without its value


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_that_the_window_asks_the_system_for_no_connection(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    done = live_through(
        tmp_path, "strace", "-f", "-qq", "-e", "trace=socket,connect,bind,sendto", "-o", str(trace)
    )
    assert done.returncode == 0, done.stderr
    asked = [line for line in trace.read_text().splitlines() if "AF_INET" in line or "AF_NETLINK" in line]
    assert asked == []
