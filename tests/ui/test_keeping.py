"""The screens that keep a file safe: its keys, its steps, its earlier versions, a damaged or doubly opened file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton

from bargain.storage.container import read_sector
from bargain.storage.recovery import new_recovery_key
from bargain.storage.sector_file import SectorFile
from models.offer import Offer
from tests.ui.clip import clipped
from tests.ui.conftest import PASSPHRASE
from ui.dialogs.change_passphrase import ChangePassphraseDialog
from ui.dialogs.damaged import DamagedDialog
from ui.dialogs.earlier_versions import EarlierVersionsDialog
from ui.dialogs.erase_staff import CertificateDialog, EraseStaffDialog
from ui.dialogs.history import HistoryDialog
from ui.dialogs.passphrase import PassphraseDialog
from ui.dialogs.recovery_key import RecoveryKeyDialog
from ui.main_window import MainWindow
from ui.session import Session
from ui.widgets.caps_note import CapsNote


def settle(window: MainWindow, qtbot) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=60_000
    )


def shown(kind: type[QDialog], window: MainWindow, qtbot) -> QDialog:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(kind)), timeout=30_000)
    return next(one for one in window.findChildren(kind) if one.isVisible())


def click(qtbot, button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def names(session: Session) -> list[str]:
    return [one.name for one in session.sector.offers]


def words_of(path: Path) -> str:
    """A PDF's text without spaces; joined letters such as ﬁ are two letters."""
    text = unicodedata.normalize("NFKC", PdfReader(path).pages[0].extract_text())
    return re.sub(r"\s", "", text)


# Keys


def test_that_a_changed_passphrase_opens_the_file_and_the_old_one_does_not(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window = open_window
    window._desk.keeping.change_passphrase()
    form = shown(ChangePassphraseDialog, window, qtbot)
    qtbot.keyClicks(form.secret.first, "a wholly different phrase")
    click(qtbot, form.main_button)
    assert "not the same" in form.wrong.text()
    qtbot.keyClicks(form.secret.again, "a wholly different phrase")
    click(qtbot, form.main_button)
    qtbot.waitUntil(lambda: not window.session.tasks.is_busy, timeout=30_000)
    settle(window, qtbot)
    path = documents / "small.bargain"
    assert read_sector(path, "a wholly different phrase").name == window.session.sector.name
    with pytest.raises(Exception, match="does not open"):
        read_sector(path, PASSPHRASE)


def test_that_five_random_words_are_filled_in_twice_and_shown(open_window: MainWindow, qtbot) -> None:
    window = open_window
    window._desk.keeping.change_passphrase()
    form = shown(ChangePassphraseDialog, window, qtbot)
    click(qtbot, form.secret.words_button)
    assert len(form.secret.text.split()) == 5
    assert form.secret.what_is_wrong() == ""
    assert form.secret.first.echoMode() == form.secret.first.EchoMode.Normal
    assert form.secret.strength.text() == "Strength: good."


def test_that_a_recovery_key_must_be_kept_before_it_counts_and_then_opens_the_file(
    open_window: MainWindow, qtbot, documents: Path, tmp_path: Path
) -> None:
    window = open_window
    window._desk.keeping.new_recovery_key()
    ask = shown(RecoveryKeyDialog, window, qtbot)
    ask.page.save_to(tmp_path / "no such folder" / "key.pdf")
    assert "Not saved" in ask.wrong.text()
    ask.page.save_to(tmp_path / "key.pdf")
    assert ask.page.recovery_key in words_of(tmp_path / "key.pdf")
    assert (tmp_path / "key.pdf").stat().st_mode & 0o077 == 0
    assert not ask.main_button.isEnabled()
    qtbot.keyClick(ask.page.stored, Qt.Key.Key_Space)
    click(qtbot, ask.main_button)
    qtbot.waitUntil(lambda: window.session.file.has_recovery_key, timeout=30_000)
    settle(window, qtbot)
    path = documents / "small.bargain"
    assert SectorFile.open(path, ask.page.recovery_key.lower(), lock=False).sector.name
    with pytest.raises(Exception, match="does not open"):
        SectorFile.open(path, new_recovery_key(), lock=False)


def test_that_a_forgotten_key_page_makes_no_key(open_window: MainWindow, qtbot) -> None:
    window = open_window
    window._desk.keeping.new_recovery_key()
    shown(RecoveryKeyDialog, window, qtbot).reject()
    assert not window.session.file.has_recovery_key


def test_that_caps_lock_is_noticed_from_the_letters(open_window: MainWindow, qtbot) -> None:
    window = open_window
    window._desk.keeping.change_passphrase()
    form = shown(ChangePassphraseDialog, window, qtbot)
    note = CapsNote(form.secret.first, parent=form)
    qtbot.keyClicks(form.secret.first, "a")
    assert note.text() == ""
    qtbot.keyClick(form.secret.first, "A")  # a capital without Shift
    assert "Caps Lock" in note.text()
    qtbot.keyClick(form.secret.first, Qt.Key.Key_CapsLock)
    assert note.text() == ""


# Steps and versions


def test_that_the_history_lists_sentences_and_goes_back_and_forth(open_window: MainWindow, qtbot) -> None:
    window, session = open_window, open_window.session
    before = names(session)
    session.add_offer(Offer("One"), "New draft One")
    session.add_offer(Offer("Two"), "New draft Two")
    settle(window, qtbot)
    window._desk.keeping.history()
    history = shown(HistoryDialog, window, qtbot)
    lines = [history.steps.item(at).text() for at in range(history.steps.count())]
    assert "New draft Two – now" in lines[0]
    assert "New draft One" in lines[1]
    assert not history.go_button.isEnabled()
    history.steps.setCurrentRow(history.steps.count() - 1)
    click(qtbot, history.go_button)
    assert names(session) == before
    assert "(undone)" in history.steps.item(0).text()
    history.steps.setCurrentRow(0)
    qtbot.keyClick(history.steps, Qt.Key.Key_Return)
    assert names(session)[-1] == "Two"
    settle(window, qtbot)


def test_that_an_earlier_version_opens_beside_and_cannot_be_changed(open_window: MainWindow, qtbot) -> None:
    window, session = open_window, open_window.session
    session.add_offer(Offer("Later"), "New draft Later")
    settle(window, qtbot)
    window._desk.keeping.earlier_versions()
    versions = shown(EarlierVersionsDialog, window, qtbot)
    assert versions.table.model().rowCount() >= 1
    click(qtbot, versions.look_button)
    qtbot.waitUntil(lambda: bool(window._besides), timeout=30_000)
    beside = window._besides[0]
    assert "Later" not in names(beside.session)
    assert "Later" in names(session)
    assert "You can look, but not change it" in beside.notices.notice.text
    beside.session.add_offer(Offer("Not here"), "New draft")
    assert "Not here" not in names(beside.session)
    window.lock.lock()
    qtbot.waitUntil(lambda: not window._besides)
    qtbot.waitUntil(lambda: session.sector is None)


def test_that_an_earlier_version_comes_back_in_three_clicks_and_undo_takes_it_back(
    open_window: MainWindow, qtbot
) -> None:
    window, session = open_window, open_window.session
    session.add_offer(Offer("Later"), "New draft Later")
    settle(window, qtbot)
    window._menus.action("earlier").trigger()  # one
    versions = shown(EarlierVersionsDialog, window, qtbot)
    versions.table.selectRow(0)  # two
    click(qtbot, versions.restore_button)  # three
    qtbot.waitUntil(lambda: "Later" not in names(session), timeout=30_000)
    settle(window, qtbot)
    session.undo.undo()
    assert "Later" in names(session)
    settle(window, qtbot)


# Damaged, open twice, not closed properly


def test_that_a_damaged_file_offers_its_newest_good_copy_and_opens_it(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window, path = open_window, documents / "small.bargain"
    window.session.add_offer(Offer("Kept"), "New draft Kept")
    settle(window, qtbot)
    window.session.close()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    window.open_file(path)
    ask = shown(PassphraseDialog, window, qtbot)
    qtbot.keyClicks(ask.passphrase, PASSPHRASE)
    click(qtbot, ask.main_button)
    copies = shown(DamagedDialog, window, qtbot)
    assert copies.table.currentIndex().row() == 0
    assert clipped(copies) == []
    qtbot.keyClicks(copies.passphrase, "not the one")
    click(qtbot, copies.main_button)
    qtbot.waitUntil(copies.wrong.isVisible, timeout=30_000)
    copies.passphrase.clear()
    qtbot.keyClicks(copies.passphrase, PASSPHRASE)
    click(qtbot, copies.main_button)
    qtbot.waitUntil(lambda: window.session.sector is not None, timeout=30_000)
    settle(window, qtbot)
    assert "Kept" in names(window.session)


def test_that_a_file_open_elsewhere_can_be_looked_at_and_says_since_when(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window, path = open_window, documents / "small.bargain"
    window.session.close()
    qtbot.waitUntil(lambda: window.session.sector is None)
    other = SectorFile.open(path, PASSPHRASE)
    window.open_file(path)
    ask = shown(PassphraseDialog, window, qtbot)
    qtbot.waitUntil(ask.facts.isVisible, timeout=30_000)
    assert "You can look, but not change it" in ask.facts.text()
    assert clipped(ask) == []
    qtbot.keyClicks(ask.passphrase, PASSPHRASE)
    click(qtbot, ask.main_button)
    qtbot.waitUntil(lambda: window.session.sector is not None, timeout=30_000)
    assert "You can look" in window.notices.notice.text
    before = names(window.session)
    window.session.add_offer(Offer("Not now"), "New draft")
    assert names(window.session) == before
    other.close()


def test_that_work_not_closed_properly_is_offered_on_the_start_page(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    """The app ends with a step in its journal that the file never got."""
    window, path = open_window, documents / "small.bargain"
    window.session.close()
    qtbot.waitUntil(lambda: window.session.sector is None)
    crashed = SectorFile.open(path, PASSPHRASE)
    sector = crashed.sector
    crashed.record(replace(sector, coverage="All homes in the region"), "Coverage changed")
    crashed.close()
    window.start_page.refresh()
    card = window.start_page.unfinished
    qtbot.waitUntil(card.isVisible, timeout=30_000)
    assert "was not closed properly" in card.words.text()
    assert clipped(window) == []
    click(qtbot, card.open_button)
    ask = shown(PassphraseDialog, window, qtbot)
    qtbot.waitUntil(ask.with_work.isVisible, timeout=30_000)
    assert ask.with_work.isChecked()
    qtbot.keyClicks(ask.passphrase, PASSPHRASE)
    click(qtbot, ask.main_button)
    qtbot.waitUntil(lambda: window.session.sector is not None, timeout=30_000)
    settle(window, qtbot)
    assert window.session.sector.coverage == "All homes in the region"


# Erasing


def test_that_erasing_takes_a_reason_and_a_word_and_leaves_a_certificate(
    open_window: MainWindow, qtbot, documents: Path, tmp_path: Path
) -> None:
    window, session = open_window, open_window.session
    assert len(session.sector.workforce)
    window._desk.keeping.erase_staff()
    ask = shown(EraseStaffDialog, window, qtbot)
    assert not ask.main_button.isEnabled()
    qtbot.keyClicks(ask.typed, "erase")
    click(qtbot, ask.main_button)
    assert "Give a reason" in ask.wrong.text()
    qtbot.keyClicks(ask.reason, "agreement signed")
    click(qtbot, ask.main_button)
    paper = shown(CertificateDialog, window, qtbot)
    assert any("agreement signed" in line for line in paper.lines)
    assert clipped(paper) == []
    paper.save_to(tmp_path / "certificate.pdf")
    assert "Certificateoferasure" in words_of(tmp_path / "certificate.pdf")
    settle(window, qtbot)
    assert not len(session.sector.workforce)
    assert not session.undo.canUndo()
    assert not len(read_sector(documents / "small.bargain", PASSPHRASE).workforce)


def test_that_enter_alone_never_erases(open_window: MainWindow, qtbot) -> None:
    window = open_window
    window._desk.keeping.erase_staff()
    ask = shown(EraseStaffDialog, window, qtbot)
    qtbot.keyClicks(ask.reason, "agreement signed")
    qtbot.keyClicks(ask.typed, "erase")
    qtbot.keyClick(ask.typed, Qt.Key.Key_Return)
    assert len(window.session.sector.workforce)


@pytest.mark.parametrize("verb", ["change_passphrase", "new_recovery_key", "history", "erase_staff"])
def test_that_no_word_is_cut_off(open_window: MainWindow, qtbot, verb: str) -> None:
    window = open_window
    getattr(window._desk.keeping, verb)()
    dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
    assert clipped(dialog) == []
