"""Whatever a person does, a crash once the screen shows it loses nothing; nor does a second one while it is brought back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bargain.storage import journal, places
from bargain.storage.sector_file import SectorFile
from tests.ui.conftest import PASSPHRASE
from tests.ui.crash_child import CASES
from ui.commands import KINDS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

ROOT = Path(__file__).parents[2]
WAYS = {"segfault": -11, "abort": -6, "raise": 7}

Crash = Callable[[Path, str, str], tuple[int, str]]


def test_that_every_kind_of_command_has_a_case() -> None:
    assert {one.command for one in CASES.values()} == set(KINDS)


@pytest.fixture(scope="module")
def crash(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crash]:
    """Windows in a process of their own, with a home of their own: gives how one ended, and the state it showed."""
    home = tmp_path_factory.mktemp("home")
    own = {"HOME": home, "XDG_CONFIG_HOME": home / "config", "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.crash_child"],
        cwd=ROOT,
        env=os.environ | {name: str(value) for name, value in own.items()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    asks, answers = child.stdin, child.stdout

    def crashed(path: Path, act: str, way: str) -> tuple[int, str]:
        where = path.with_suffix(".state")
        where.unlink(missing_ok=True)
        asks.write(json.dumps({"path": str(path), "act": act, "way": way, "where": str(where)}) + "\n")
        asks.flush()
        ended = int(answers.readline())
        return ended, where.read_text() if where.exists() else ""

    yield crashed
    asks.close()
    answers.close()
    child.wait()


def check(crash: Crash, path: Path, act: str, way: str) -> None:
    crash(path, "make", "")
    ended, shown = crash(path, act, way)
    assert (ended, len(shown)) == (WAYS[way], 64), "the window did not come so far"
    again, recovered = crash(path, "only open", "abort")  # the second crash, while it is brought back
    assert (again, recovered) == (WAYS["abort"], shown)
    file = SectorFile.open(path, PASSPHRASE)
    assert file.state == shown
    assert not file.is_saved
    folder = places.folder_of(path, file.file_id)
    assert journal.has_work(folder), "the journal was let go before a verified save"
    file.save()
    assert not journal.has_work(folder)
    file.close()
    kept = SectorFile.open(path, PASSPHRASE, lock=False)
    assert kept.state == shown
    assert kept.recovered == ()


def test_that_a_crash_after_the_screen_shows_a_change_loses_nothing(crash: Crash, tmp_path: Path) -> None:
    check(crash, tmp_path / "a.bargain", "an offer changed", "segfault")


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("act", CASES)
def test_that_a_crash_after_the_screen_shows_any_kind_of_command_loses_nothing(
    crash: Crash, tmp_path: Path, act: str, way: str
) -> None:
    check(crash, tmp_path / "a.bargain", act, way)
