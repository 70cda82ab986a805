"""Staff data whose time is over: the reminder at the start, one click to remove it, and figures that stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate

from bargain.storage.sector_file import SectorFile
from tests.ui import sectors
from tests.ui.clip import clipped
from tests.ui.conftest import PASSPHRASE
from tests.ui.test_keeping import click, settle, shown
from ui.dialogs.erase_staff import CertificateDialog, EraseStaffDialog
from ui.dialogs.how_long import HowLongDialog
from ui.main_window import MainWindow

IMPORTED = date(2026, 4, 20)


def open_on(window: MainWindow, qtbot, path: Path, today: date) -> None:
    window.session.today = lambda: today
    window.session.open(path, PASSPHRASE)
    qtbot.waitUntil(lambda: window.session.sector is not None, timeout=30_000)
    settle(window, qtbot)


def test_that_a_file_opened_after_its_last_day_says_so_and_removes_the_staff_with_one_click(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window, session = open_window, open_window.session
    settle(window, qtbot)
    assert "kept until" not in (window.notices.notice.text if window.notices.notice else "")
    window._desk.rounds.close("Round 1", "")
    settle(window, qtbot)
    frozen, offers = session.sector.frozen, session.sector.offers
    session.close()
    qtbot.waitUntil(lambda: session.sector is None, timeout=30_000)
    open_on(window, qtbot, documents / "small.bargain", date(2028, 4, 21))
    notice = window.notices.notice
    assert notice.text.startswith("Staff data (6 staff) was to be kept until 20 Apr 2028.")
    remove = next(one for one in notice.buttons if one.text == "Remove it…")
    remove.act()
    form = shown(EraseStaffDialog, window, qtbot)
    assert not clipped(form)
    assert not form.main_button.isDefault()
    assert form.reason.text() == "Kept until 20 April 2028, as was set for it"
    click(qtbot, form.main_button)
    certificate = shown(CertificateDialog, window, qtbot)
    assert any("6 posts" in line for line in certificate.lines)
    settle(window, qtbot)
    assert not len(session.sector.workforce)
    assert (session.sector.frozen, session.sector.offers) == (frozen, offers)
    assert window.notices.notice is None or window.notices.notice.key != "keep"


def test_that_the_reminder_comes_thirty_days_before_and_not_in_the_sample(
    window: MainWindow, qtbot, documents: Path
) -> None:
    file = SectorFile.create(documents / "a.bargain", sectors.small(), PASSPHRASE)
    file.save()
    file.close()
    open_on(window, qtbot, documents / "a.bargain", date(2028, 3, 20))
    assert all(one.key != "keep" for one in window.notices._notices)
    window.session.close()
    qtbot.waitUntil(lambda: window.session.sector is None, timeout=30_000)
    open_on(window, qtbot, documents / "a.bargain", date(2028, 3, 22))
    assert "is to be kept until 20 Apr 2028" in window.notices.notice.text
    window.session.sector = replace(window.session.sector, is_sample=True)
    window._reminder.look()
    assert all(one.key != "keep" for one in window.notices._notices)


def test_that_days_are_set_and_the_agreement_dated_as_steps_that_can_be_undone(
    open_window: MainWindow, qtbot
) -> None:
    window, session = open_window, open_window.session
    session.today = lambda: date(2026, 5, 1)
    settle(window, qtbot)
    window._desk.keeping.how_long()
    form = shown(HowLongDialog, window, qtbot)
    assert not clipped(form)
    assert form.table.model().index(0, 3).data() == "20 Apr 2028"
    assert not form.over_button.isEnabled()
    form.until.setDate(QDate(2026, 4, 30))
    click(qtbot, form.set_button)
    assert session.sector.imports[0].keep_until == date(2026, 4, 30)
    assert form.table.model().index(0, 4).data() == "✗ over: erase it"
    assert form.over_button.isEnabled()
    assert window.notices.notice.key == "keep"
    form.until.setDate(QDate(2030, 1, 1))
    click(qtbot, form.set_button)
    assert "more than 24 months" in form.said.text()
    click(qtbot, form.usual_button)
    assert session.sector.imports[0].keep_until is None
    form.signed.setChecked(True)
    form.signed_on.setDate(QDate(2026, 7, 1))
    assert form.table.model().index(0, 3).data() == "1 Oct 2026"
    for _ in range(session.undo.count()):
        session.undo.undo()
    assert session.sector.agreed_on is None
    assert form.table.model().index(0, 3).data() == "20 Apr 2028"
    assert session.undo.text(0) == "How long staff data is kept"
    settle(window, qtbot)
