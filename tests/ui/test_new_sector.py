"""The four pages of a new sector: what they ask is stored and used, and nobody gets past what must be answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bargain.storage.container import read_sector
from bargain.storage.sector_file import SectorFile
from models.sector import Sector
from models.table import Role, TableFacts
from models.target import TargetSet
from tests.ui import sectors
from tests.ui.clip import clipped
from tests.ui.conftest import PASSPHRASE
from tests.ui.new_sectors import FACTS, PROTECT, SIDE, TABLE, fill_protection, fill_table, press
from tests.ui.walk import bare_labels, unnamed
from ui import view_choices
from ui.dialogs.new_sector import HEIGHT, WIDTH, NewSectorDialog
from ui.dialogs.table_facts import TableFactsDialog
from ui.main_window import TARGETS, MainWindow
from ui.pages.targets import TargetsPage
from ui.widgets.new_passphrase import strength
from ui.widgets.plain_label import PlainLabel


@pytest.fixture
def form(qtbot, window: MainWindow) -> NewSectorDialog:
    press(qtbot, window.start_page.new_button)
    found = window.findChild(NewSectorDialog)
    assert found is not None
    qtbot.waitExposed(found)
    return found


def settle(window: MainWindow, qtbot) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=20_000
    )


def test_that_what_the_pages_ask_is_in_the_file_and_on_the_screen(
    qtbot, window: MainWindow, form: NewSectorDialog, documents: Path
) -> None:
    fill_table(qtbot, form, "Homes")
    qtbot.keyClick(form.table.nations[1], Qt.Key.Key_Space)
    form.table.data_date.setDate(QDate(2027, 3, 31))
    press(qtbot, form.main_button)
    form.side.buttons[Role.EMPLOYERS].click()
    press(qtbot, form.main_button)
    fill_protection(qtbot, form)
    key = form.protect.recovery.recovery_key
    press(qtbot, form.main_button)
    assert form.main_button.text().replace("&", "") == "Make the sector"
    form.facts.settlement.setDate(QDate(2027, 9, 1))
    form.facts.years.setCurrentIndex(2)
    form.facts.hours.setText("39")
    form.facts.hours.editingFinished.emit()
    form.facts.weeks.setCurrentIndex(1)
    form.facts.inflation.setCurrentIndex(form.facts.inflation.findData("CPIH"))
    press(qtbot, form.main_button)
    settle(window, qtbot)
    made = read_sector(documents / "Homes.bargain", PASSPHRASE)

    assert (made.name, made.jurisdiction, made.role) == ("Homes", "England and Wales", Role.EMPLOYERS)
    assert made.table == TableFacts(date(2027, 9, 1), 2, "CPIH")
    assert (made.weekly_hours, made.weeks_y, made.data_date) == (39.0, 52.18, date(2027, 3, 31))
    assert SectorFile.open(documents / "Homes.bargain", key, lock=False).sector.name == "Homes"
    assert window.session.offer.settlements[0].effective == date(2027, 9, 1)
    assert window.session.offer.ends == date(2029, 8, 31)
    assert window.windowTitle() == "EMPLOYERS' SIDE – PRIVATE – Homes – Bargain"
    assert window._header.badge.text() == "EMPLOYERS' SIDE – PRIVATE"
    assert view_choices.recent()[0].role is Role.EMPLOYERS


def test_that_pages_that_are_skipped_say_nothing_and_leave_the_starters_week(
    qtbot, window: MainWindow, form: NewSectorDialog, documents: Path
) -> None:
    fill_table(qtbot, form, "Homes")
    press(qtbot, form.main_button)
    form.side.buttons[Role.UNION].click()
    press(qtbot, form.skip_button)  # what was chosen is taken back
    form.facts.hours.setText("39")
    press(qtbot, form.back_button)
    make_from_side(qtbot, form)
    settle(window, qtbot)
    made = read_sector(documents / "Homes.bargain", PASSPHRASE)

    assert (made.role, made.table, made.weekly_hours) == (Role.NOT_SAID, TableFacts(), 37.5)
    assert window.windowTitle() == "PRIVATE – Homes – Bargain"


def make_from_side(qtbot, form: NewSectorDialog) -> None:
    assert form.at == SIDE
    press(qtbot, form.skip_button)
    fill_protection(qtbot, form)
    press(qtbot, form.main_button)
    assert form.at == FACTS
    press(qtbot, form.skip_button)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ((PASSPHRASE, PASSPHRASE + "x"), "The two passphrases are not the same. Type them again."),
        (("short", "short"), "The passphrase is too short. Use 8 characters or more."),
        ((PASSPHRASE, PASSPHRASE), "Print or save the recovery key, store it apart, and tick that you have."),
    ],
)
def test_that_nobody_gets_past_protection_without_passphrase_and_stored_key(
    qtbot, form: NewSectorDialog, documents: Path, typed: tuple[str, str], said: str
) -> None:
    fill_table(qtbot, form, "Homes")
    press(qtbot, form.steps[PROTECT])
    assert (form.at, form.skip_button.isVisible()) == (PROTECT, False)
    qtbot.keyClicks(form.protect.secret.first, typed[0])
    qtbot.keyClicks(form.protect.secret.again, typed[1])
    for way in (form.main_button, form.steps[FACTS]):
        press(qtbot, way)
        assert (form.at, form.wrong.text()) == (PROTECT, f"✗ {said}")
    assert list(documents.iterdir()) == []


def test_that_the_keys_go_to_what_is_wrong_and_not_to_the_top_of_the_page(
    qtbot, form: NewSectorDialog
) -> None:
    press(qtbot, form.main_button)
    assert form.table.name.hasFocus()
    fill_table(qtbot, form, "Homes")
    press(qtbot, form.steps[PROTECT])
    secret = form.protect.secret
    qtbot.keyClicks(secret.first, PASSPHRASE)
    press(qtbot, form.main_button)
    assert secret.again.hasFocus()
    qtbot.keyClicks(secret.again, PASSPHRASE)
    press(qtbot, form.main_button)
    assert form.protect.recovery.stored.hasFocus()
    qtbot.keyClick(form.protect.recovery.stored, Qt.Key.Key_Space)
    press(qtbot, form.main_button)
    assert form.at == FACTS


def test_that_a_sector_without_a_name_or_over_another_file_stays_on_the_first_page(
    qtbot, form: NewSectorDialog, documents: Path
) -> None:
    (documents / "Homes.bargain").write_bytes(b"precious")
    press(qtbot, form.main_button)
    assert form.wrong.text() == "✗ Give the sector a name."
    fill_table(qtbot, form, "Homes")
    for step in (SIDE, FACTS):
        press(qtbot, form.steps[step])
        assert form.at == TABLE
    assert "There is a file Homes.bargain there already" in form.wrong.text()
    assert (documents / "Homes.bargain").read_bytes() == b"precious"


def test_that_a_page_of_another_file_name_has_to_be_stored_again(qtbot, form: NewSectorDialog) -> None:
    fill_table(qtbot, form, "Homes")
    press(qtbot, form.steps[PROTECT])
    fill_protection(qtbot, form)
    assert any("Homes.bargain" in line for line in form.protect.recovery.lines)
    press(qtbot, form.steps[TABLE])
    qtbot.keyClicks(form.table.name, " 2")
    press(qtbot, form.steps[PROTECT])
    assert any("Homes 2.bargain" in line for line in form.protect.recovery.lines)
    assert not form.protect.recovery.stored.isChecked()
    assert form.protect.secret.text == PASSPHRASE


def test_that_five_random_words_fill_both_fields_and_their_strength_is_said(
    qtbot, form: NewSectorDialog
) -> None:
    fill_table(qtbot, form, "Homes")
    press(qtbot, form.steps[PROTECT])
    secret = form.protect.secret
    press(qtbot, secret.words_button)
    assert len(secret.text.split()) == 5
    assert secret.again.text() == secret.text
    assert (strength(secret.text), secret.strength.text()) == (3, "Strength: good.")


def test_that_the_recovery_page_is_saved_and_a_folder_that_is_not_there_is_said(
    qtbot, form: NewSectorDialog, tmp_path: Path
) -> None:
    fill_table(qtbot, form, "Homes")
    press(qtbot, form.steps[PROTECT])
    form.protect.recovery.save_to(tmp_path / "no folder" / "key.pdf")
    assert "Not saved" in form.wrong.text()
    form.protect.recovery.save_to(tmp_path / "key.pdf")
    assert (tmp_path / "key.pdf").read_bytes().startswith(b"%PDF")
    assert form.wrong.text() == ""


def test_that_each_side_has_a_sentence_on_what_it_can_hold_and_that_it_stays(form: NewSectorDialog) -> None:
    said = " ".join(one.text() for one in form.side.findChildren(PlainLabel))
    assert all(one.accessibleDescription() in said for one in form.side.buttons.values())
    assert "no side's targets" in said
    assert "make a new project for the other role" in said


def test_that_the_law_of_the_settlement_date_stands_with_source_and_day(qtbot, form: NewSectorDialog) -> None:
    """£12.71 from 1 April 2026 and 15 % employer NI: the figures that GOV.UK published."""
    facts = form.facts
    facts.settlement.setDate(QDate(2026, 6, 1))
    qtbot.waitUntil(lambda: "1 Jun 2026" in facts.said.text())
    rows = [
        [str(facts.model.data(facts.model.index(at, column))) for column in range(4)]
        for at in range(facts.model.rowCount())
    ]
    assert rows[0][0].startswith("National Living Wage")
    assert rows[0][1:3] == ["£12.71 an hour", "1 Apr 2026"]
    assert next(row[1] for row in rows if row[0].startswith("Employer")).startswith("15")
    assert all(row[2] and row[3] for row in rows)


def test_that_a_week_that_can_not_be_is_said_once_and_what_was_there_comes_back(
    qtbot, window: MainWindow, form: NewSectorDialog
) -> None:
    fill_table(qtbot, form, "Homes")
    press(qtbot, form.steps[PROTECT])
    fill_protection(qtbot, form)
    press(qtbot, form.main_button)
    form.facts.hours.setText("400")
    form.facts.hours.editingFinished.emit()
    press(qtbot, form.main_button)
    assert (form.at, "from 1 to 60" in form.wrong.text()) == (FACTS, True)
    assert window.session.sector is None


def test_that_all_of_it_goes_with_the_keyboard_alone(
    qtbot, window: MainWindow, form: NewSectorDialog, documents: Path
) -> None:
    def key(code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or form, code, modifier)

    window.activateWindow()
    form.activateWindow()
    qtbot.waitUntil(form.table.name.hasFocus)
    qtbot.keyClicks(form.table.name, "Homes")
    key(Qt.Key.Key_Return)
    assert form.at == SIDE
    key(Qt.Key.Key_Space)
    assert form.side.role is Role.UNION
    key(Qt.Key.Key_Return)
    assert form.at == PROTECT
    for _ in range(2):
        qtbot.keyClicks(QApplication.focusWidget(), PASSPHRASE)
        key(Qt.Key.Key_Tab)
    for _ in range(10):
        if form.protect.recovery.stored.hasFocus():
            break
        key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Space)
    assert form.protect.recovery.stored.isChecked()
    qtbot.keyClick(form, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert form.at == SIDE
    for _ in range(2):
        qtbot.keyClick(form, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert form.at == FACTS
    key(Qt.Key.Key_Return)
    settle(window, qtbot)
    assert read_sector(documents / "Homes.bargain", PASSPHRASE).role is Role.UNION


def test_that_the_joint_secretariats_file_is_offered_no_targets(
    qtbot, window: MainWindow, documents: Path
) -> None:
    joint: Sector = replace(sectors.small(), role=Role.JOINT, target_sets=())
    window.session.create(joint, documents / "joint.bargain", PASSPHRASE)
    settle(window, qtbot)
    window.show_page(TARGETS)
    page = window._pages[TARGETS]
    assert isinstance(page, TargetsPage)
    assert not page.new_set.isEnabled()
    assert not page.add.isEnabled()
    assert "it holds no side's targets" in page.said.text()
    assert not window._menus.action("targets").isEnabled()
    window.session.change_sector(replace(joint, target_sets=(TargetSet("Ours"),)), "New set")
    assert window.session.sector is not None
    assert window.session.sector.target_sets == ()
    assert "no side's targets" in window.notices.notice.text
    assert window.windowTitle().startswith("JOINT – ")


@pytest.mark.parametrize("size", [(1366, 688), (1093, 534)])
def test_that_the_facts_of_the_table_are_changed_later_as_one_step(
    qtbot, window: MainWindow, documents: Path, size: tuple[int, int]
) -> None:
    window.resize(*size)
    before = replace(sectors.small(), role=Role.UNION, weeks_y=52.2)
    window.session.create(before, documents / "a.bargain", PASSPHRASE)
    settle(window, qtbot)
    window._desk.table_facts()
    dialog = window.findChild(TableFactsDialog)
    assert dialog is not None
    qtbot.waitExposed(dialog)
    assert clipped(dialog) == unnamed(dialog) == bare_labels(dialog) == []
    assert dialog.height() <= size[1]
    dialog.settlement.setText("someday")
    press(qtbot, dialog.main_button)
    assert "is not a date" in dialog.wrong.text()
    dialog.settlement.setText("1 Sep 2027")
    dialog.years.setCurrentIndex(3)
    dialog.nations[2].click()
    dialog.basis.setPlainText("By law.")
    press(qtbot, dialog.main_button)
    sector = window.session.sector
    assert sector is not None
    assert sector.table == TableFacts(date(2027, 9, 1), 3)
    assert (sector.jurisdiction, sector.legal_basis, sector.weeks_y) == ("Scotland", "By law.", 52.2)
    assert window.session.undo.count() == 1
    window.session.undo.undo()
    assert window.session.sector is not None
    assert (window.session.sector.table, window.session.sector.legal_basis) == (TableFacts(), "")


@pytest.mark.parametrize("role", list(Role))
def test_that_the_header_says_whose_file_it_is_and_nothing_is_cut(
    qtbot, window: MainWindow, documents: Path, role: Role
) -> None:
    window.resize(1093, 534)
    window.session.create(replace(sectors.small(), role=role), documents / "a.bargain", PASSPHRASE)
    settle(window, qtbot)
    assert clipped(window) == []


@pytest.mark.parametrize("size", [(1366, 688), (1093, 534)])
def test_that_nothing_is_cut_on_the_four_pages_and_every_control_has_a_name(
    qtbot, window: MainWindow, form: NewSectorDialog, size: tuple[int, int]
) -> None:
    window.resize(*size)
    fill_table(qtbot, form, "Homes")
    for step in range(4):
        form.go_to(step)
        if step == PROTECT:
            press(qtbot, form.protect.secret.words_button)
            press(qtbot, form.protect.recovery.stored)
        qtbot.wait(1)
        if step == 1:
            form.say_wrong(
                "A sentence that is rather long, so that it goes over more than one line of the dialog, as the one on folders does."
            )
        assert form.at == step
        assert clipped(form) == []
        assert unnamed(form) == []
        assert bare_labels(form) == []
        assert (form.width(), form.height()) == (WIDTH, HEIGHT)
