"""The sample can't be hurt: its file stays byte for byte, and what is tried out goes into a copy, or nowhere."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from bargain.storage.container import write_sector
from bargain.storage.keys import new_seal_key, open_to_everybody
from bargain.storage.sector_file import SectorFile
from tests.ui import sectors
from tests.ui.clip import clipped
from ui.main_window import MainWindow
from ui.notices import Notice


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def sample(window: MainWindow, qtbot, documents: Path) -> Path:
    """A sample as it is made, open in the window."""
    path = documents / "sample.bargain"
    key = open_to_everybody(new_seal_key("sample sector"))
    write_sector(path, replace(sectors.small(), is_sample=True), key)
    window.session.open(path, None)
    qtbot.waitUntil(lambda: window.session.sector is not None, timeout=30_000)
    quiet(window, qtbot)
    return path


def quiet(window: MainWindow, qtbot) -> None:
    session = window.session
    qtbot.waitUntil(lambda: not session.is_stale and not session.tasks.is_busy, timeout=30_000)


def change(window: MainWindow, qtbot) -> Notice:
    """Change something, and give the message that asks for a copy."""
    session = window.session
    session.change_offer(replace(session.offer, by="Somebody"), "Whose offer it is")
    qtbot.waitUntil(
        lambda: window.notices.notice is not None and "sample stays" in window.notices.notice.text
    )
    return window.notices.notice


def test_that_a_changed_sample_is_not_saved_over_but_asked_for_a_new_name(
    window: MainWindow, qtbot, documents: Path, sample: Path
) -> None:
    before = digest(sample)
    assert window._header.sample.isVisible()
    assert "not real people" in window._header.sample.text()
    notice = change(window, qtbot)
    assert [one.text for one in notice.buttons] == ["Save a copy…"]
    assert not window.session.is_saved
    assert not clipped(window)
    window.session.save_now()
    window.session.save_elsewhere(sample)  # nor under its own name
    quiet(window, qtbot)
    assert digest(sample) == before
    copy = documents / "mine.bargain"
    window.session.save_elsewhere(copy)
    qtbot.waitUntil(lambda: window.session.is_saved, timeout=30_000)
    quiet(window, qtbot)
    window.session.change_offer(replace(window.session.offer, by="Somebody else"), "Whose offer it is")
    qtbot.waitUntil(lambda: window.session.is_saved, timeout=30_000)  # the copy is saved like any file
    assert digest(sample) == before
    assert SectorFile.open(copy, None, lock=False).sector.offers[0].by == "Somebody else"


def test_that_leaving_a_changed_sample_asks_once_more_and_can_drop_what_was_tried_out(
    window: MainWindow, qtbot, sample: Path
) -> None:
    before = digest(sample)
    change(window, qtbot)
    window.session.close()
    quiet(window, qtbot)
    assert window.session.sector is not None
    go_on = next(one for one in window.notices.notice.buttons if one.text == "Go on without saving")
    go_on.act()
    assert window.session.sector is None
    assert digest(sample) == before
    again = SectorFile.open(sample, None)
    assert (again.recovered, again.set_aside) == ((), None)  # its journal is gone
    again.close()


def test_that_an_untouched_sample_closes_without_a_word(window: MainWindow, qtbot, sample: Path) -> None:
    before = digest(sample)
    window.session.close()
    qtbot.waitUntil(lambda: window.session.sector is None, timeout=30_000)
    assert window.notices.notice is None
    assert digest(sample) == before
