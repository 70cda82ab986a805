"""What saving says, word for word, and which key it seals with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bargain.storage import keys, sector_file
from bargain.storage.container import read_sector
from bargain.storage.refusals import NotConfirmedError, not_saved
from bargain.storage.sector_file import SectorFile
from models.issues import Severity
from tests.ui import sectors
from tests.ui.conftest import PASSPHRASE
from ui.main_window import MainWindow
from ui.notices import Notice
from ui.session import Session


def settle(session: Session, qtbot) -> None:
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=30_000
    )


def idle(session: Session, qtbot) -> None:
    qtbot.waitUntil(lambda: not session.tasks.is_busy and session.saved_text != "Saving…", timeout=30_000)


def notices(session: Session) -> list[Notice]:
    heard: list[Notice] = []
    session.noticed.connect(heard.append)
    return heard


def unconfirmed(write: Callable[..., None]) -> Callable[..., None]:
    """Writes the file, then can't get the disk's word for it."""

    def written(path: Path, data: bytes, **how: object) -> None:
        write(path, data, **how)
        raise NotConfirmedError(path)

    return written


@pytest.fixture
def path(documents: Path) -> Path:
    return documents / "small.bargain"


@pytest.fixture
def opened(session: Session, qtbot, path: Path) -> Session:
    """A sector that was made, closed, and opened from its file."""
    session.create(sectors.small(), path, PASSPHRASE)
    settle(session, qtbot)
    session.close()
    session.open(path, PASSPHRASE)
    qtbot.waitUntil(lambda: session.sector is not None, timeout=30_000)
    settle(session, qtbot)
    return session


def test_that_a_refusal_of_the_file_is_shown_as_it_is_under_a_sign_alone(
    open_window: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    session = open_window.session
    refusal = not_saved(path, OSError(28, "No space left on device"), 2_500_000, had_before=True)

    def full(*_: object) -> None:
        raise refusal

    monkeypatch.setattr("ui.saving.write", full)
    session.add_offer(sectors.offer("Late", 1_000), "New draft")
    qtbot.waitUntil(lambda: session.saved_text == "Not saved", timeout=10_000)
    bar = open_window.notices
    assert bar._text.text() == str(refusal)
    assert bar._text.text().count("Not saved") == 1
    assert bar._word.text() == "✗"
    assert bar.notice.severity is Severity.ERROR


def test_that_a_file_the_disk_has_not_confirmed_is_never_called_not_saved(
    opened: Session, qtbot, monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    heard = notices(opened)
    with monkeypatch.context() as patch:
        patch.setattr(sector_file, "replace_whole", unconfirmed(sector_file.replace_whole))
        opened.add_offer(sectors.offer("Late", 1_000), "New draft")
        idle(opened, qtbot)
    assert opened.saved_text.endswith(", not confirmed")
    assert opened.saved_text.startswith("Saved ")
    assert [one.severity for one in heard] == [Severity.WARNING]
    assert heard[0].text == str(NotConfirmedError(path))
    assert "Not saved" not in heard[0].text
    assert not opened.is_saved
    assert read_sector(path, PASSPHRASE).offers[-1].name == "Late"
    heard[0].buttons[0].act()
    settle(opened, qtbot)
    assert len(heard) == 1
    assert not opened.saved_text.endswith("confirmed")


def test_that_a_change_after_an_unconfirmed_save_is_saved_and_not_taken_for_another_hand_s(
    opened: Session, qtbot, monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sector_file, "replace_whole", unconfirmed(sector_file.replace_whole))
        opened.add_offer(sectors.offer("Late", 1_000), "New draft")
        idle(opened, qtbot)
    heard = notices(opened)
    opened.add_offer(sectors.offer("Later", 2_000), "New draft")
    settle(opened, qtbot)
    assert heard == []
    assert [one.name for one in read_sector(path, PASSPHRASE).offers][-2:] == ["Late", "Later"]


def test_that_a_window_with_an_unconfirmed_file_stays_and_can_be_closed_all_the_same(
    open_window: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window
    monkeypatch.setattr(sector_file, "replace_whole", unconfirmed(sector_file.replace_whole))
    window.session.add_offer(sectors.offer("Late", 1_000), "New draft")
    window.close()
    qtbot.waitUntil(lambda: window.notices.notice is not None, timeout=30_000)
    assert window.isVisible()
    words = [button.text() for button in window.notices._buttons]
    assert words == ["Save again", "Save somewhere else…", "Close all the same"]
    window.notices._buttons[-1].click()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_that_every_save_of_an_opened_file_uses_the_key_it_was_opened_with(
    opened: Session, qtbot, monkeypatch: pytest.MonkeyPatch, documents: Path
) -> None:
    def forbidden(*_: object) -> None:
        raise AssertionError("a passphrase was stretched again")

    monkeypatch.setattr(keys, "derive_key", forbidden)
    file = opened.file
    assert file is not None
    key = file.key
    for number in range(3):
        opened.add_offer(sectors.offer(f"Draft {number}", 1_000), "New draft")
        settle(opened, qtbot)
    opened.save_elsewhere(documents / "elsewhere.bargain")
    settle(opened, qtbot)
    monkeypatch.undo()
    assert opened.file is file
    assert file.key is key
    assert opened.sector is not None
    assert read_sector(documents / "elsewhere.bargain", PASSPHRASE).offers == opened.sector.offers


def test_that_a_new_file_forgets_its_passphrase_once_it_has_a_key(
    session: Session, qtbot, path: Path
) -> None:
    session.create(sectors.small(), path, PASSPHRASE)
    settle(session, qtbot)
    assert session._saver._first is None
    assert isinstance(session.file, SectorFile)


def test_that_figures_that_could_not_be_made_are_said_in_the_status_bar_and_nothing_waits_for_ever(
    open_window: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bargain.appraisal.appraise", broken)
    step = replace(window.session.offer.settlements[0], floor_micros=14_000_000)
    window.session.change_offer(replace(window.session.offer, settlements=(step,)), "Floor")
    settle(window.session, qtbot)
    assert "not recalculated: The app made a mistake (ZeroDivisionError)" in window._status.whole
    assert "recalculating" not in window._status.whole
    assert window.session.appraisal is None
    monkeypatch.undo()
    window.session.undo.undo()
    settle(window.session, qtbot)
    assert window.session.appraisal is not None
    assert "recalculated in" in window._status.whole
