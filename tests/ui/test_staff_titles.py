"""Placing job titles on the ladder from the staff page, by mouse and by keyboard, as one undoable step."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from models.sector import TitleGrade
from tests.ui import sectors
from tests.ui.clip import clipped
from tests.ui.conftest import PASSPHRASE
from tests.ui.walk import bare_labels, unnamed
from ui.main_window import STAFF, MainWindow
from ui.pages.staff import TITLES, StaffPage


@pytest.fixture
def page(open_window: MainWindow) -> StaffPage:
    made = open_window._pages[STAFF]
    assert isinstance(made, StaffPage)
    made.tabs.setCurrentIndex(TITLES)
    return made


def shown(page: StaffPage) -> list[tuple[str, str]]:
    """Title and grade of each row, as the table has them."""
    model = page.titles.model
    return [
        (model.data(model.index(row, 0)), model.data(model.index(row, 1))) for row in range(model.rowCount())
    ]


def settle(window: MainWindow, qtbot) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=30_000
    )


def test_that_titles_without_a_grade_come_first_and_the_tab_counts_them(page: StaffPage) -> None:
    assert shown(page)[0] == ("Wellbeing lead", "not placed yet")
    assert page.tabs.tabText(TITLES) == "Job titles (1 to place)"


def test_that_a_title_is_placed_with_the_keyboard_alone_and_ctrl_z_takes_it_back(
    page: StaffPage, open_window: MainWindow, qtbot
) -> None:
    window, before = open_window, open_window.session.sector
    table = page.titles.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    table.selectRow(0)
    assert page.titles.chosen.whole == "“Wellbeing lead”, 1 staff"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.titles.grade
    qtbot.keyClick(page.titles.grade, Qt.Key.Key_T)
    assert page.titles.grade.currentText() == "Team leader"
    qtbot.keyClick(page.titles.grade, Qt.Key.Key_Return)
    sector = window.session.sector
    assert sector.title_grades[-1] == TitleGrade("Wellbeing lead", "Team leader")
    assert int((sector.workforce.grade_code < 0).sum()) == 0
    assert ("Wellbeing lead", "Team leader") in shown(page)
    assert page.figures["titles"].text == "0"
    assert page.tabs.tabText(TITLES) == "Job titles"
    assert QApplication.focusWidget() is table
    assert window.session.undo.undoText() == "Place “Wellbeing lead” on Team leader"
    settle(window, qtbot)
    assert window.session.appraisal.unmapped_heads == 0
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.sector.title_grades == before.title_grades
    assert window.session.sector.workforce.fingerprint() == before.workforce.fingerprint()
    assert shown(page)[0] == ("Wellbeing lead", "not placed yet")
    settle(window, qtbot)


def test_that_several_titles_are_placed_as_one_step(page: StaffPage, open_window: MainWindow, qtbot) -> None:
    page.titles.table.selectAll()
    assert page.titles.chosen.whole == "4 job titles, 6 staff"
    page.titles.grade.setCurrentText("Senior support worker")
    qtbot.mouseClick(page.titles.place_button, Qt.MouseButton.LeftButton)
    force = open_window.session.sector.workforce
    assert {force.grades[code] for code in force.grade_code.tolist()} == {"Senior support worker"}
    assert open_window.session.undo.count() == 1
    assert open_window.session.undo.undoText() == "Place 4 job titles on Senior support worker"
    settle(open_window, qtbot)


def test_that_the_grade_it_has_or_is_most_like_is_proposed(page: StaffPage) -> None:
    titles = [title for title, _ in shown(page)]
    page.titles.table.selectRow(titles.index("Team leader"))
    assert page.titles.grade.currentText() == "Team leader"


def test_that_a_sector_without_grades_says_so_and_places_nothing(
    window: MainWindow, qtbot, documents
) -> None:
    bare = sectors.small()
    force = bare.workforce
    no_code = np.full(len(force), -1, dtype=np.int32)
    bare = replace(bare, grades=(), workforce=replace(force, grades=(), grade_code=no_code))
    window.session.create(bare, documents / "bare.bargain", PASSPHRASE)
    settle(window, qtbot)
    page = window._pages[STAFF]
    page.tabs.setCurrentIndex(TITLES)
    page.titles.table.selectRow(0)
    assert page.titles.chosen.whole == "This sector has no grades to place titles on."
    assert not page.titles.place_button.isEnabled()


@pytest.mark.parametrize("size", [(1366, 688), (1093, 534)])
def test_that_the_title_tab_fits_and_has_a_name_for_everything(
    page: StaffPage, open_window: MainWindow, size: tuple[int, int]
) -> None:
    open_window.resize(*size)
    page.titles.table.selectRow(0)
    assert clipped(open_window) == []
    assert unnamed(page) == []
    assert bare_labels(page) == []
    assert (open_window.width(), open_window.height()) == size


def test_that_the_pay_bill_stays_when_an_offer_can_not_be_priced(
    page: StaffPage, open_window: MainWindow, qtbot
) -> None:
    from models.offer import Differential

    settle(open_window, qtbot)
    before = page.figures["paybill"].text
    assert before.startswith("£")
    session, grades = open_window.session, sectors.GRADES
    circle = (
        Differential(grades[1], grades[0], 50_000),
        Differential(grades[0], grades[1], 50_000),
    )
    step = replace(session.offer.settlements[0], differentials=circle)
    session.change_offer(replace(session.offer, settlements=(step,)), "A circle")
    settle(open_window, qtbot)
    assert session.appraisal is None
    assert page.figures["paybill"].text == before
    assert clipped(open_window) == []
