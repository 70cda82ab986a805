"""What leaves traces outside the sealed file: proposed file names, and the app's own mistakes, say nothing of what is in it."""

from __future__ import annotations

import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from bargain.storage.places import VARIABLE
from tests.ui.test_keeping import settle, shown
from ui import faults
from ui.charts.view import ChartPane
from ui.dialogs.report import ReportDialog
from ui.main_window import AGREEMENT, PROPOSALS, TARGETS, MainWindow

SECRET = "Final 13.20 walk-away"


def test_that_no_proposed_file_name_holds_the_name_of_an_offer_or_of_targets(
    open_window: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, session = open_window, open_window.session
    settle(window, qtbot)
    sector = session.sector
    sets = (replace(sector.target_sets[0], name=SECRET),)
    session.change_sector(replace(sector, target_sets=sets), "Named")
    session.change_offer(replace(session.offer, name=SECRET), "Rename offer")
    proposed: list[str] = []

    def ask(_: object, title: str, name: str = "", *__: object) -> tuple[str, str]:
        proposed.append(name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    for at in (PROPOSALS, TARGETS, AGREEMENT):
        window.show_page(at)
        settle(window, qtbot)
    qtbot.waitUntil(lambda: window._pages[AGREEMENT].draft is not None, timeout=30_000)
    window._pages[PROPOSALS].bar._save_file()
    window._pages[TARGETS]._ask_file()
    window._pages[AGREEMENT].print_draft()
    window._desk.save_elsewhere()
    window._pages[PROPOSALS].findChildren(ChartPane)[0]._choose_file()
    assert len(proposed) == 5
    assert not [one for one in proposed if "13.20" in one or "walk" in one]


def test_that_an_offer_saved_as_a_file_is_its_owner_s_alone(
    open_window: MainWindow, qtbot, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window
    window.show_page(PROPOSALS)
    settle(window, qtbot)
    path = documents / "mine.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window._pages[PROPOSALS].bar._save_file()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the app's own, for this test alone."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "own"))
    return tmp_path / "own"


def fail(secret: str) -> None:
    raise ValueError(secret)


def test_that_a_mistake_is_kept_as_its_kind_and_place_and_two_hundred_at_most(own_data: Path) -> None:
    for number in range(205):
        try:
            fail(f"{SECRET} {number}")
        except ValueError as error:
            line = faults.record(error)
    kept = faults.kept_lines()
    assert len(kept) == 200
    assert kept[-1].endswith(line)
    assert "ValueError at test_file_names_and_faults.py" in line
    assert not [one for one in kept if "13.20" in one]
    assert stat.S_IMODE((own_data / "faults.log").stat().st_mode) == 0o600


def test_that_what_nothing_catches_is_recorded_too_without_its_values(
    own_data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    faults.install()
    try:
        fail(SECRET)
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    worker = threading.Thread(target=fail, args=(SECRET,))
    worker.start()
    worker.join()
    assert len(faults.kept_lines()) == 2
    assert "13.20" not in "".join((*faults.kept_lines(), *capsys.readouterr()))


def test_that_a_person_can_read_all_that_a_report_would_hold(
    window: MainWindow, qtbot, own_data: Path
) -> None:
    window._desk.report()
    form = shown(ReportDialog, window, qtbot)
    assert "No mistakes were written down." in form.text.toPlainText()
    assert str(own_data) not in form.text.toPlainText()
    form.accept()
