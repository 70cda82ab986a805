"""A locked window shows nothing of the sector, loses no edit, and comes back to the page where work stopped."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel

from bargain.storage.container import read_sector
from models.offer import Offer
from tests.ui.clip import clipped
from tests.ui.conftest import PASSPHRASE
from tests.ui.importing import HEADINGS, ROWS, assistant_with, read
from ui.dialogs.history import HistoryDialog
from ui.main_window import COMPARE, MainWindow


def settle(window: MainWindow, qtbot) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=60_000
    )


def lock(window: MainWindow, qtbot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.lock.is_locked


def unlock(window: MainWindow, qtbot, secret: str = PASSPHRASE) -> None:
    qtbot.keyClicks(window._lock_page.secret, secret)
    qtbot.keyClick(window._lock_page.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.lock.is_locked, timeout=30_000)
    settle(window, qtbot)


def all_words(window: MainWindow) -> str:
    """Everything that can be read on the screen, in the title and in the accessible names."""
    shown = [one for one in window.findChildren(QLabel) if one.isVisible()]
    words = [window.windowTitle(), *(one.text() for one in shown), *(one.accessibleName() for one in shown)]
    words += [one.windowTitle() for one in QApplication.topLevelWidgets() if one.isVisible()]
    return " ".join(words)


def test_that_a_locked_window_shows_nothing_of_the_sector_and_holds_none(
    open_window: MainWindow, qtbot
) -> None:
    window = open_window
    name = window.session.sector.name
    assert name in all_words(window)
    lock(window, qtbot)
    assert name not in all_words(window)
    assert "small" not in all_words(window)  # nor the file's name
    qtbot.waitUntil(lambda: window.session.sector is None)
    assert window.session.appraisal is None
    assert not window.menuBar().isEnabled()
    assert not any(one.isEnabled() for one in window._menus.actions())
    assert not window.rail.isVisible()
    assert not window.statusBar().isVisible()


def said_anywhere() -> str:
    """Every word that a screen reader, a tooltip, a menu or the task bar could give away, of hidden widgets too."""
    words = [one.title() + one.filePath() for one in QApplication.topLevelWindows()]
    kinds = (
        QAccessible.Text.Name,
        QAccessible.Text.Description,
        QAccessible.Text.Value,
        QAccessible.Text.Help,
    )
    for widget in QApplication.allWidgets():
        words += [widget.windowTitle(), widget.toolTip(), widget.statusTip(), widget.whatsThis()]
        words += [action.text() + action.toolTip() for action in widget.actions()]
        words += [getattr(widget, "text", str)() if isinstance(widget, QLabel) else ""]
        seen = QAccessible.queryAccessibleInterface(widget)
        words += [] if seen is None else [seen.text(kind) for kind in kinds]
    return " ".join(words)


def test_that_a_locked_window_gives_no_name_away_through_what_is_hidden(
    open_window: MainWindow, qtbot
) -> None:
    window = open_window
    sector = window.session.sector
    names = [sector.name, *(one.name for one in sector.employers), *(one.name for one in sector.offers)]
    for page in range(1, 9):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + page), Qt.KeyboardModifier.ControlModifier)
    settle(window, qtbot)
    assert any(name in said_anywhere() for name in names)
    lock(window, qtbot)
    qtbot.waitUntil(lambda: window.session.sector is None, timeout=60_000)
    assert [name for name in names if len(name) > 3 and name in said_anywhere()] == []
    unlock(window, qtbot)
    for page in range(1, 9):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + page), Qt.KeyboardModifier.ControlModifier)
        settle(window, qtbot)
    assert [name for name in names if name not in said_anywhere()] == []  # and all are shown again


def test_that_unlocking_comes_back_to_the_page_where_work_stopped(open_window: MainWindow, qtbot) -> None:
    window = open_window
    window.show_page(COMPARE)
    settle(window, qtbot)
    page = window._stack.currentWidget()
    lock(window, qtbot)
    qtbot.waitUntil(lambda: window.session.sector is None)
    unlock(window, qtbot)
    assert window._stack.currentWidget() is page
    assert window.session.sector.name in window.windowTitle()
    assert window.menuBar().isEnabled()


def test_that_a_wrong_passphrase_keeps_it_locked_and_names_no_file(open_window: MainWindow, qtbot) -> None:
    window = open_window
    lock(window, qtbot)
    qtbot.waitUntil(lambda: window.session.sector is None)
    qtbot.keyClicks(window._lock_page.secret, "not the one")
    qtbot.keyClick(window._lock_page.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(window._lock_page.wrong.isVisible, timeout=30_000)
    assert "doesn't open this sector" in window._lock_page.wrong.text()
    assert "small" not in all_words(window)
    assert window.lock.is_locked
    window._lock_page.secret.clear()
    unlock(window, qtbot)


def test_that_an_edit_whose_save_was_under_way_is_there_after_unlocking(
    open_window: MainWindow, qtbot, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui import saving

    window, session = open_window, open_window.session
    may_write, real = threading.Event(), saving.write

    def slow(job):
        may_write.wait(20)
        return real(job)

    monkeypatch.setattr(saving, "write", slow)
    session.add_offer(Offer("Made just before the lock"), "New draft")
    session.save_now()
    lock(window, qtbot)
    assert "Made just before" not in all_words(window)
    may_write.set()
    qtbot.waitUntil(lambda: session.sector is None, timeout=30_000)
    assert "Made just before the lock" in [
        one.name for one in read_sector(documents / "small.bargain", PASSPHRASE).offers
    ]
    unlock(window, qtbot)
    assert "Made just before the lock" in [one.name for one in session.sector.offers]


def test_that_what_cannot_be_saved_stays_behind_the_lock_until_it_can(
    open_window: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch, documents: Path
) -> None:
    from ui import saving

    window, session = open_window, open_window.session
    real = saving.write

    def full(job):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving, "write", full)
    session.add_offer(Offer("Held back"), "New draft")
    lock(window, qtbot)
    page = window._lock_page
    qtbot.waitUntil(page.unsaved.isVisible, timeout=30_000)
    assert "Not saved" in page.unsaved.text()
    assert session.sector is not None
    page.leave_button.click()
    assert window.lock.is_locked
    monkeypatch.setattr(saving, "write", real)
    unlock(window, qtbot)
    assert "Held back" in [one.name for one in session.sector.offers]
    assert "Held back" in [one.name for one in read_sector(documents / "small.bargain", PASSPHRASE).offers]


def test_that_dialogs_close_and_a_second_lock_is_nothing(open_window: MainWindow, qtbot) -> None:
    window = open_window
    window._desk.keeping.history()
    shown = next(one for one in window.findChildren(HistoryDialog) if one.isVisible())
    window.lock.lock()
    assert not shown.isVisible()
    window.lock.lock()
    qtbot.waitUntil(lambda: window.session.sector is None)
    assert window.lock.is_locked


def test_that_idle_time_locks_and_the_status_bar_counts_down(open_window: MainWindow, qtbot) -> None:
    window = open_window
    assert window._idle.is_watching
    window._idle.tick()
    assert re.fullmatch(r"locks in (5:00|4:[0-5]\d)", window._locks_in.text())
    window._idle.wanted.emit()
    assert window.lock.is_locked
    assert not window._idle.is_watching


def test_that_the_system_locking_its_screen_locks_the_window(open_window: MainWindow, qtbot) -> None:
    open_window._system.changed(False)
    assert not open_window.lock.is_locked
    open_window._system.changed(True)
    assert open_window.lock.is_locked


def test_that_leaving_goes_to_the_start_page_and_asks_again(open_window: MainWindow, qtbot) -> None:
    window = open_window
    lock(window, qtbot)
    qtbot.waitUntil(lambda: window.session.sector is None)
    qtbot.mouseClick(window._lock_page.leave_button, Qt.MouseButton.LeftButton)
    assert not window.lock.is_locked
    assert window._stack.currentWidget() is window.start_page
    assert window.session.sector is None


@pytest.mark.parametrize("size", [(1366, 688), (1093, 534)])
def test_that_the_lock_page_fits(open_window: MainWindow, qtbot, size: tuple[int, int]) -> None:
    window = open_window
    window.resize(*size)
    lock(window, qtbot)
    window._lock_page.say_wrong("A sentence that says at some length why the file can't be opened just now.")
    assert clipped(window) == []


def test_that_the_sample_unlocks_without_a_passphrase(window: MainWindow, qtbot, documents: Path) -> None:
    from tests.ui import sectors

    sample = replace(sectors.small(), is_sample=True)
    window.session.create(sample, documents / "sample.bargain", None)
    settle(window, qtbot)
    window.lock.lock()
    qtbot.waitUntil(lambda: window.session.sector is None)
    assert not window._lock_page.secret.isVisible()
    qtbot.mouseClick(window._lock_page.unlock_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.lock.is_locked, timeout=30_000)
    assert window.session.sector.is_sample


def test_that_a_lock_stops_an_import_and_keeps_its_answers_sealed_until_unlocked(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window = open_window
    settle(window, qtbot)
    path = documents / "staff.csv"
    path.write_text(HEADINGS + ROWS, "utf-8")
    assistant = assistant_with(window, qtbot, path)
    settings = assistant.reader.state(path).settings.with_change("columns.sex", "", about="")
    settings = replace(settings, employer="Canary Homes", password="Canary password")
    assistant.reader.change(path, settings)
    read(window, qtbot)
    lock(window, qtbot)
    assert assistant.reader.files == ()
    assert b"Canary" not in window._put_by._sealed
    assert window._put_by._sealed
    qtbot.waitUntil(lambda: window.session.sector is None)
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: window.notices.notice is not None)
    notice = window.notices.notice
    assert notice.text.startswith("The lock stopped your import.")
    assert assistant.reader.files == ()
    notice.buttons[0].act()
    read(window, qtbot)
    assert window._stack.currentWidget() is assistant
    (found,) = assistant.reader.files
    assert found.path == path
    assert found.settings == replace(settings, password="")
    assert found.look is not None


def test_that_a_lock_without_an_import_offers_nothing_after_it(open_window: MainWindow, qtbot) -> None:
    window = open_window
    settle(window, qtbot)
    window.show_import()
    lock(window, qtbot)
    qtbot.waitUntil(lambda: window.session.sector is None)
    unlock(window, qtbot)
    assert window.notices.notice is None
