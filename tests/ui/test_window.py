"""The window as a person uses it: start, new, open, import, undo, close; at the sizes of small laptops."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from bargain.storage.container import read_sector
from models.issues import Severity
from models.target import Status
from tests.ui import sectors
from tests.ui.clip import clipped
from tests.ui.conftest import PASSPHRASE
from tests.ui.importing import HEADINGS, ROWS, assistant_with, click, read
from tests.ui.new_sectors import fill_table, make
from tests.ui.walk import bare_labels, not_reached, unnamed
from ui import palette, text_size, view_choices
from ui.dialogs.help import AboutDialog, KeysDialog
from ui.dialogs.new_sector import NewSectorDialog
from ui.dialogs.passphrase import PassphraseDialog
from ui.itemmodels.column_table import ColumnTable
from ui.main_window import AGREEMENT, STAFF, MainWindow
from ui.notices import Notice, NoticeButton
from ui.pages.start import folder_words
from ui.side_files import SideFiles
from ui.widgets.plain_label import PlainLabel

SIZES = ((1366, 688), (1093, 534))


@pytest.fixture
def payroll(documents: Path) -> Path:
    """A payroll as an employer might send it, with surnames in it."""
    path = documents / "northshire.csv"
    path.write_text(HEADINGS + ROWS, encoding="utf-8")
    return path


def dialog(kind: type[QDialog], window: MainWindow) -> QDialog:
    """The open dialog of a kind."""
    return next(one for one in window.findChildren(kind) if one.isVisible())


def settle(window: MainWindow, qtbot, timeout: int = 60_000) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=timeout
    )


# The start page


def test_that_the_start_page_says_what_to_do_when_nothing_was_opened_before(window: MainWindow) -> None:
    words = [one.text() for one in window.start_page.findChildren(PlainLabel) if one.isVisible()]
    assert any("No projects yet" in text for text in words)
    assert not window.rail.isVisible()


def test_that_a_new_sector_is_made_from_the_start_page_and_its_empty_staff_page_asks_for_files(
    window: MainWindow, qtbot, documents: Path
) -> None:
    click(qtbot, window.start_page.new_button)
    form = dialog(NewSectorDialog, window)
    fill_table(qtbot, form, "Homes: North West")
    assert form.table.path.text() == str(documents / "Homes- North West.bargain")
    make(qtbot, form)
    settle(window, qtbot)
    assert read_sector(documents / "Homes- North West.bargain", PASSPHRASE).name == "Homes: North West"
    assert window.windowTitle() == "PRIVATE – Homes: North West – Bargain"
    page = window._pages[STAFF]
    assert page.first_import_button.isVisible()
    assert not page.import_button.isVisible()


@pytest.mark.slow
def test_that_the_sample_opens_from_the_start_page_and_shows_six_thousand_staff(
    window: MainWindow, qtbot
) -> None:
    click(qtbot, window.start_page.sample_button)
    assert window.start_page.cancel_button.isVisible()
    qtbot.waitUntil(lambda: window.session.sector is not None, timeout=240_000)
    settle(window, qtbot)
    assert window._pages[STAFF].figures["staff"].text == "6,000"
    assert window._header.sample.isVisible()
    assert window._status.text().startswith("returns only · 6,000 staff · ")


# Opening and closing


def test_that_closing_and_opening_again_finds_the_sector_and_the_recent_list_names_it(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window = open_window
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.sector is None)
    assert window._stack.currentWidget() is window.start_page
    assert window.start_page.recent_list.item(0).text().startswith("Children's homes, small\nOpened ")
    click(qtbot, window.start_page.open_recent_button)
    ask = dialog(PassphraseDialog, window)
    qtbot.keyClicks(ask.passphrase, PASSPHRASE)
    qtbot.keyClick(ask.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.sector is not None, timeout=30_000)
    settle(window, qtbot)
    assert not window.findChildren(PassphraseDialog)
    assert window.session.path == documents / "small.bargain"
    assert window._pages[STAFF].figures["staff"].text == "6"


def test_that_a_wrong_passphrase_is_said_in_the_dialog_and_the_right_one_then_opens(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window, path = open_window, documents / "small.bargain"
    window.session.close()
    window.open_file(path)
    ask = dialog(PassphraseDialog, window)
    qtbot.keyClicks(ask.passphrase, "not the one")
    click(qtbot, ask.main_button)
    qtbot.waitUntil(ask.wrong.isVisible, timeout=30_000)
    assert "That passphrase doesn't open this sector" in ask.wrong.text()
    assert window.session.sector is None
    ask.passphrase.clear()
    qtbot.keyClicks(ask.passphrase, PASSPHRASE)
    click(qtbot, ask.main_button)
    qtbot.waitUntil(lambda: window.session.sector is not None, timeout=30_000)
    settle(window, qtbot)


def test_that_a_damaged_file_is_said_to_be_damaged_and_what_is_open_stays(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window = open_window
    data = bytearray((documents / "small.bargain").read_bytes())
    data[-20] ^= 1
    damaged = documents / "damaged.bargain"
    damaged.write_bytes(data)
    sector = window.session.sector
    window.open_file(damaged, PASSPHRASE)
    qtbot.waitUntil(lambda: window.notices.notice is not None, timeout=30_000)
    assert window.notices.notice.severity is Severity.ERROR
    assert "damaged" in window.notices.notice.text
    assert window.session.sector is sector


def test_that_closing_the_window_waits_until_the_last_change_is_in_the_file(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window = open_window
    window.session.add_offer(sectors.offer("Last minute", 10_000), "New draft")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=30_000)
    names = [one.name for one in read_sector(documents / "small.bargain", PASSPHRASE).offers]
    assert names[-1] == "Last minute"


def test_that_a_window_that_can_t_save_stays_open_until_told_to_go(
    open_window: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ui.saving.write", full)
    window.session.add_offer(sectors.offer("Last minute", 10_000), "New draft")
    window.close()
    qtbot.waitUntil(lambda: window.notices.notice is not None, timeout=30_000)
    assert window.isVisible()
    leave = next(one for one in window.notices._buttons if one.text() == "Close without saving")
    click(qtbot, leave)
    qtbot.waitUntil(lambda: not window.isVisible())


# Dropping files


def test_that_dropped_spreadsheets_are_imported_and_dropped_sectors_opened(
    open_window: MainWindow, qtbot, payroll: Path, documents: Path
) -> None:
    window = open_window
    drop(window, payroll)
    read(window, qtbot)
    assert window._stack.currentWidget() is window.assistant
    assert [one.path for one in window.assistant.reader.files] == [payroll]
    window.assistant.give_up()
    assert window.rail.currentRow() == STAFF
    drop(window, documents / "small.bargain")
    assert dialog(PassphraseDialog, window).isVisible()


def test_that_spreadsheets_dropped_before_a_sector_is_open_start_a_new_one(
    window: MainWindow, qtbot, payroll: Path, documents: Path
) -> None:
    drop(window, payroll)
    form = dialog(NewSectorDialog, window)
    fill_table(qtbot, form, "Homes")
    make(qtbot, form)
    qtbot.waitUntil(lambda: window.assistant is not None and window.assistant.is_begun, timeout=60_000)
    read(window, qtbot)
    window.assistant.add_now()
    click(qtbot, window.assistant.add_button)
    settle(window, qtbot)
    assert float(read_sector(documents / "Homes.bargain", PASSPHRASE).workforce.heads.sum()) == 3


def test_that_a_new_sector_not_made_after_all_leaves_the_dropped_files_alone(
    window: MainWindow, payroll: Path, documents: Path
) -> None:
    drop(window, payroll)
    dialog(NewSectorDialog, window).reject()
    assert window.session.sector is None
    assert window.assistant is None


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(QPoint(10, 10)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


# The frame


@pytest.mark.parametrize("size", SIZES)
def test_that_nothing_is_clipped_on_the_start_and_staff_pages(
    window: MainWindow, qtbot, documents: Path, size: tuple[int, int]
) -> None:
    window.resize(*size)
    assert (window.width(), window.height()) == size
    assert clipped(window) == []
    window.session.create(sectors.small(), documents / "small.bargain", PASSPHRASE)
    settle(window, qtbot)
    for tab in range(3):
        window._pages[STAFF].tabs.setCurrentIndex(tab)
        assert clipped(window) == []
    assert (window.width(), window.height()) == size
    assert window.rail.is_folded == (size[0] < 1200)


@pytest.mark.parametrize("size", SIZES)
def test_that_nothing_is_clipped_in_the_dialogs_and_every_control_has_a_name(
    open_window: MainWindow, qtbot, documents: Path, size: tuple[int, int]
) -> None:
    window = open_window
    window.resize(*size)
    others = (
        NewSectorDialog(window.session, documents, window),
        PassphraseDialog(window.session, documents / "small.bargain", window),
        KeysDialog(window._menus.actions(), window),
        AboutDialog(window),
    )
    for one in others:
        one.show()
        qtbot.waitExposed(one)
        assert clipped(one) == []
        assert unnamed(one) == []
        assert bare_labels(one) == []
        assert one.width() <= size[0]
        assert one.height() <= size[1]
        one.reject()


def test_that_every_control_of_the_window_has_an_accessible_name(open_window: MainWindow) -> None:
    assert unnamed(open_window) == []
    assert bare_labels(open_window) == []
    open_window.session.close()
    assert unnamed(open_window) == []


def test_that_a_hostile_employer_name_is_shown_letter_by_letter(open_window: MainWindow) -> None:
    table = open_window._pages[STAFF].employers
    names = [table.data(table.index(row, 0)) for row in range(table.rowCount())]
    assert sectors.HOSTILE in names


def test_that_ctrl_and_a_number_goes_to_a_step_and_ctrl_b_folds_the_rail(
    open_window: MainWindow, qtbot
) -> None:
    window = open_window
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.rail.currentRow() == 1
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window._stack.currentWidget() is window._pages[STAFF]
    assert not window.rail.is_folded
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert window.rail.is_folded
    assert window.rail.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Staff data"
    settle(window, qtbot)


def test_that_text_grows_and_shrinks_with_the_keys_and_bold_labels_follow(
    open_window: MainWindow, qtbot
) -> None:
    window = open_window
    before = window._header.badge.font().pointSizeF()
    qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.font().pointSizeF() == pytest.approx(9.5 * 1.1)
    assert window._header.badge.font().pointSizeF() == pytest.approx(before * 1.1)
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.font().pointSizeF() == pytest.approx(9.5)


def test_that_undo_names_what_it_would_undo_in_menu_and_button(open_window: MainWindow) -> None:
    window = open_window
    window.session.add_offer(sectors.offer("R&D", 1_000), "Add “R&D”")
    assert window._undo.text() == "Undo: Add “R&&D”"
    assert _header_button(window, "Undo").accessibleDescription() == "Undo: Add “R&D”"
    assert not window._redo.isEnabled()


def test_that_no_two_actions_share_a_key(window: MainWindow) -> None:
    actions = [*window._menus.actions(), window._undo, window._redo]
    keys = [key.toString() for action in actions for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_that_no_letter_of_a_page_is_also_that_of_a_menu(open_window: MainWindow, qtbot) -> None:
    window = open_window
    letters = [_letter(one.title()) for one in window.menuBar().findChildren(QMenu) if one.title()]
    for at in range(len(window._page_names())):
        window.show_page(at)
        settle(window, qtbot)
        page = window._stack.currentWidget()
        marked = [one for one in page.findChildren(QWidget) if isinstance(one, QAbstractButton | QLabel)]
        own = [_letter(one.text()) for one in marked if "&" in one.text().replace("&&", "")]
        both = [letter for letter in own + letters if letter]
        assert len(both) == len(set(both)), (at, both)


def test_that_no_two_lines_of_a_menu_share_a_letter(window: MainWindow) -> None:
    for menu in window.menuBar().findChildren(QMenu):
        letters = [letter for letter in (_letter(one.text()) for one in menu.actions()) if letter]
        assert len(letters) == len(set(letters)), (menu.title(), letters)


def test_that_no_letter_of_the_two_imports_is_also_that_of_a_menu(open_window: MainWindow) -> None:
    menus = {_letter(one.title()) for one in open_window.menuBar().findChildren(QMenu) if one.title()}
    for go in (open_window.show_import, open_window.show_accounts):
        go()
        page = open_window._stack.currentWidget()
        marked = [one for one in page.findChildren(QWidget) if isinstance(one, QAbstractButton | QLabel)]
        assert {_letter(one.text()) for one in marked} & menus - {""} == set()


def _letter(text: str) -> str:
    """The letter that goes with Alt; empty for none."""
    return text.replace("&&", "").partition("&")[2][:1].casefold()


def test_that_the_keys_of_the_pages_are_in_the_list_of_keys(open_window: MainWindow) -> None:
    open_window._show_keys()
    shown = dialog(KeysDialog, open_window)
    model = shown.findChild(ColumnTable)
    keys = {model.data(model.index(row, 1)) for row in range(model.rowCount())}
    assert {"Ctrl+P", "Ctrl+T", "F6", "Ctrl+Shift+T"} <= keys
    shown.reject()


def test_that_a_recent_file_is_named_by_its_folder_from_home_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/sam"))
    assert folder_words(Path("/home/sam/Documents/Talks")) == str(Path("Documents/Talks"))
    assert folder_words(Path("/media/stick")) == str(Path("/media/stick"))


def test_that_what_needs_a_sector_is_off_without_one(open_window: MainWindow) -> None:
    assert open_window._menus.action("import").isEnabled()
    open_window.session.close()
    assert not open_window._menus.action("import").isEnabled()
    assert open_window._menus.action("open").isEnabled()


def test_that_a_notice_shows_its_buttons_and_the_older_one_comes_back_when_it_is_dismissed(
    window: MainWindow, qtbot
) -> None:
    pressed: list[str] = []
    window.session.noticed.emit(Notice("First <b>thing</b>.", Severity.WARNING))
    button = NoticeButton("Mend & go", lambda: pressed.append("mended"))
    window.session.noticed.emit(Notice("Second thing.", Severity.ERROR, (button,)))
    bar = window.notices
    assert bar._text.text() == "Second thing."
    assert bar._more.text() == "1 more"
    click(qtbot, bar._buttons[0])
    assert pressed == ["mended"]
    assert bar._text.text() == "First <b>thing</b>."
    click(qtbot, bar._dismiss)
    assert not bar.isVisible()


def test_that_what_was_said_about_one_sector_is_gone_when_another_is_opened(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    open_window.session.notice("About the small one.")
    assert open_window.notices.isVisible()
    open_window.session.create(sectors.small(), documents / "other.bargain", PASSPHRASE)
    settle(open_window, qtbot)
    assert open_window.notices.notice is None


def _header_button(window: MainWindow, word: str) -> QPushButton:
    return next(one for one in window._header.findChildren(QToolButton) if one.accessibleName() == word)


# The smaller files, and printing


def test_that_a_targets_file_becomes_the_targets_in_use_and_undo_takes_it_away(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window, path = open_window, documents / "theirs.toml"
    path.write_text(
        'name = "Theirs"\n[[target]]\nname = "Envelope"\nmeasure = "cost_full_year"\nat_most = 5\n', "utf-8"
    )
    SideFiles(window.session, window).read_targets(path)
    settle(window, qtbot)
    assert window.session.target_set.name == "Theirs"
    assert window.session.verdicts[0].status is Status.MISSED
    assert window.notices.notice.text == "1 target was read; “Theirs” is now in use."
    window.session.undo.undo()
    assert window.session.target_set.name == "Ours"
    settle(window, qtbot)


def test_that_a_targets_file_with_a_wrong_key_says_so_and_changes_nothing(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window, path = open_window, documents / "theirs.toml"
    path.write_text('[[target]]\nname = "Envelope"\nmeasure = "cost_full_yaer"\nat_most = 5\n', "utf-8")
    SideFiles(window.session, window).read_targets(path)
    qtbot.waitUntil(lambda: window.notices.notice is not None, timeout=20_000)
    assert "theirs.toml" in window.notices.notice.text
    assert window.session.undo.count() == 0


def test_that_print_goes_to_the_agreement_and_asks_for_a_place_once_the_draft_is_composed(
    open_window: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(*_: object) -> tuple[str, str]:
        asked.append("where")
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    qtbot.keyClick(open_window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert open_window.rail.currentRow() == AGREEMENT
    qtbot.waitUntil(lambda: asked == ["where"], timeout=30_000)
    settle(open_window, qtbot)


def test_that_a_dark_desktop_gets_dark_colours_in_the_header_too(open_window: MainWindow) -> None:
    palette.use(palette.DARK)
    try:
        shown = open_window._header.name.palette().color(QPalette.ColorRole.WindowText).name()
        assert shown == palette.DARK.text
        assert clipped(open_window) == []
    finally:
        palette.use(palette.LIGHT)


@pytest.mark.parametrize("percent", [100, 125])
def test_that_the_staff_page_fits_a_whole_laptop_screen_in_larger_text(
    open_window: MainWindow, percent: int
) -> None:
    try:
        text_size.apply(percent)
        open_window._pages[STAFF].refresh()
        assert clipped(open_window) == []
        assert open_window.width() <= 1366
    finally:
        text_size.apply(100)


def test_that_tab_reaches_every_control_of_the_start_and_staff_pages(open_window: MainWindow, qtbot) -> None:
    window = open_window
    assert not_reached(window, window._pages[STAFF]) == []
    window.session.close()
    window.start_page.recent_list.setFocus()
    assert not_reached(window, window.start_page) == []


def test_that_tab_reaches_every_control_of_the_other_pages(open_window: MainWindow, qtbot) -> None:
    window = open_window
    for at in range(1, len(window._page_names())):
        window.show_page(at)
        settle(window, qtbot)
        assert not_reached(window, window._pages[at]) == []


def test_that_tab_reaches_every_control_of_the_import_assistant(
    open_window: MainWindow, qtbot, payroll: Path
) -> None:
    window = open_window
    shown = assistant_with(window, qtbot, payroll)
    for step in range(5):
        shown.go(step)
        assert not_reached(window, shown) == []


def test_that_a_message_of_two_lines_leaves_the_window_as_it_is_on_a_small_screen(
    open_window: MainWindow, qtbot
) -> None:
    window = open_window
    window.resize(1093, 534)
    text = "Not saved – the disk is full: talks.bargain. The version saved before is untouched. " * 2
    for at in range(len(window._page_names())):
        window.show_page(at)
        settle(window, qtbot)
        window.session.notice(text, Severity.ERROR)
        qtbot.wait(50)
        assert (window.width(), window.height()) == (1093, 534)
        assert clipped(window) == []
        window.notices.clear()


def test_that_the_sample_takes_no_payroll_and_offers_a_new_sector_for_it(
    window: MainWindow, qtbot, payroll: Path, documents: Path
) -> None:
    window.session.create(replace(sectors.small(), is_sample=True), documents / "sample.bargain", None)
    settle(window, qtbot)
    drop(window, payroll)
    assert window.assistant is None
    assert "can't hold staff data" in window.notices.notice.text
    click(qtbot, next(one for one in window.notices.findChildren(QPushButton) if "new sector" in one.text()))
    form = dialog(NewSectorDialog, window)
    fill_table(qtbot, form, "Homes")
    make(qtbot, form)
    qtbot.waitUntil(lambda: window.assistant is not None and window.assistant.is_begun, timeout=60_000)
    assert window.session.sector.name == "Homes"


def test_that_the_start_page_asks_for_payrolls_and_then_for_their_sector(
    window: MainWindow, qtbot, payroll: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window._desk, "ask_payrolls", lambda: [payroll])
    click(qtbot, window.start_page.import_button)
    assert dialog(NewSectorDialog, window).isVisible()


def test_that_a_sector_that_is_not_to_be_listed_leaves_nothing_on_the_start_page(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    window, session = open_window, open_window.session
    path = documents / "small.bargain"
    assert [one.path for one in view_choices.recent()] == [path]
    session.choose_offer("Employers' offer")
    action = window._menus.action("listed")
    assert action.isChecked()
    action.trigger()
    assert not action.isChecked()
    assert view_choices.recent() == ()
    assert not [key for key in view_choices.settings().allKeys() if key.startswith("files/")]
    session.undo.undo()
    assert [one.path for one in view_choices.recent()] == [path]
    session.undo.redo()
    qtbot.waitUntil(lambda: session.is_saved and not session.tasks.is_busy, timeout=30_000)
    session.close()
    qtbot.waitUntil(lambda: session.sector is None, timeout=30_000)
    session.open(path, PASSPHRASE)
    qtbot.waitUntil(lambda: session.sector is not None, timeout=30_000)
    assert view_choices.recent() == ()  # it was kept in the file
