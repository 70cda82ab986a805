"""The baseline page: the scale typed, pasted, undone; grades as ranges; all of it with the keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from bargain.offers.offer_file import read_offer
from bargain.offers.scale_file import read_scale
from models.basis import Basis
from models.payscale import GradeRange, IncrementOrder, Increments, Rounding
from tests.helpers.f1 import GRADES, O1, f1_sector
from tests.ui import sectors
from tests.ui.clip import clipped
from tests.ui.conftest import PASSPHRASE
from tests.ui.walk import bare_labels, unnamed
from ui import formats
from ui.dialogs.paste_scale import PasteDialog
from ui.dialogs.scale_settings import ScaleSettingsDialog
from ui.itemmodels.scale_table import Col
from ui.main_window import BASELINE, MainWindow
from ui.pages.baseline import BaselinePage
from ui.widgets.plain_label import PlainLabel

SPINE = "point,annual\n" + "".join(f"{at},{23000 + 500 * at}\n" for at in range(2, 14))
CONTROL = Qt.KeyboardModifier.ControlModifier


def settle(window: MainWindow, qtbot) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=30_000
    )


@pytest.fixture
def scaled(window: MainWindow, qtbot, documents: Path) -> MainWindow:
    """A window on the small sector with a scale of twelve points, three staff on it, one above it."""
    small = sectors.small()
    force = small.workforce
    scale = read_scale(SPINE, source="Council spine")[0]
    code = np.array([0, 1, 1, 2, -1, -1], dtype=np.int32)
    rates = force.rate_micros.copy()
    rates[:3] = (24_000 * 10**6, 24_500 * 10**6, 25_500 * 10**6)
    basis = force.basis.copy()
    basis[:3] = Basis.YEAR
    force = replace(force, points=("2", "3", "4"), point_code=code, rate_micros=rates, basis=basis)
    window.session.create(
        replace(small, workforce=force, scale=scale), documents / "scaled.bargain", PASSPHRASE
    )
    settle(window, qtbot)
    window.show_page(BASELINE)
    return window


def page_of(window: MainWindow) -> BaselinePage:
    made = window._pages[BASELINE]
    assert isinstance(made, BaselinePage)
    return made


def amounts(window: MainWindow) -> list[int]:
    scale = window.session.sector.scale
    return [point.amount_micros // 10**6 for point in scale.points] if scale else []


def cell(window: MainWindow, row: int, column: Col) -> str:
    model = page_of(window).scale.model
    return str(model.data(model.index(row, column)))


def test_that_each_point_shows_pay_staff_and_the_law(scaled: MainWindow) -> None:
    """£24,000 ÷ 52.143 ÷ 37 is £12.44; £12.71 is the floor from 1 April 2026."""
    assert [cell(scaled, 0, column) for column in Col] == [
        "2",
        "–",
        "24,000",
        "12.44",
        "–",
        "1",
        "1.0",
        "100%",
        "⚠ −0.27",
    ]
    assert cell(scaled, 1, Col.STEP) == "2.08%"
    told = page_of(scaled).scale.warnings.text()
    assert "2 points below the legal floor of £12.71 from 1 Apr 2026: 2, 3." in told
    assert "1 staff paid above their point (protected pay)." in told
    assert "1 staff paid below their point." in told
    assert "2 staff on no point of this scale (spot rates)." in told


def test_that_the_model_of_the_grid_keeps_the_rules_of_models(scaled: MainWindow) -> None:
    tester = QAbstractItemModelTester(
        page_of(scaled).scale.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    page_of(scaled).scale.insert_point()
    page_of(scaled).scale.refresh()
    assert tester.model() is page_of(scaled).scale.model


def test_that_pay_is_typed_with_the_keyboard_and_enter_goes_down(scaled: MainWindow, qtbot) -> None:
    page = page_of(scaled).scale
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.model.index(0, Col.ANNUAL))
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    editor = page.grid.findChild(QLineEdit)
    assert editor.text() == "24000"
    qtbot.keyClicks(editor, "24,413")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: amounts(scaled)[:2] == [24413, 24500])
    assert page.grid.currentIndex().row() == 1
    assert scaled.session.undo.undoText() == "Pay of point 2"
    settle(scaled, qtbot)
    qtbot.keyClick(scaled, Qt.Key.Key_Z, CONTROL)
    assert amounts(scaled)[0] == 24000
    settle(scaled, qtbot)


def test_that_what_is_no_amount_is_refused_and_nothing_changes(scaled: MainWindow, qtbot) -> None:
    page = page_of(scaled).scale
    page.model.setData(page.model.index(0, Col.ANNUAL), "lots")
    assert amounts(scaled)[0] == 24000
    assert "“lots” is not an amount in pounds" in scaled.notices.findChildren(type(page.about))[
        0
    ].text() or any(
        "“lots” is not an amount" in label.text() for label in scaled.notices.findChildren(type(page.about))
    )
    assert not page.model.index(0, Col.HOURLY).flags() & Qt.ItemFlag.ItemIsEditable


def test_that_points_go_in_and_out_with_insert_and_delete(scaled: MainWindow, qtbot) -> None:
    page = page_of(scaled).scale
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.model.index(0, Col.ANNUAL))
    qtbot.keyClick(page.grid, Qt.Key.Key_Insert)
    assert amounts(scaled)[:3] == [24000, 24250, 24500]
    assert cell(scaled, 1, Col.POINT) == "2a"
    assert page.grid.currentIndex().row() == 1
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
    assert amounts(scaled)[:2] == [24000, 24500]
    assert scaled.session.undo.undoText() == "Delete point 2a"
    settle(scaled, qtbot)


def paste(window: MainWindow, qtbot, text: str) -> PasteDialog | None:
    QApplication.clipboard().setText(text)
    page = page_of(window).scale
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_V, CONTROL)
    found = page.findChildren(PasteDialog)
    return found[-1] if found else None


def press(dialog: PasteDialog, words: str) -> None:
    button = next(one for one in dialog.findChildren(QPushButton) if one.text().replace("&", "") == words)
    button.click()


def test_that_a_block_that_fits_is_pasted_as_one_step(scaled: MainWindow, qtbot) -> None:
    new = [23100 + 500 * at for at in range(2, 14)]
    assert paste(scaled, qtbot, "\n".join(map(str, new))) is None
    assert amounts(scaled) == new
    assert scaled.session.undo.undoText() == "Paste 12 values"
    settle(scaled, qtbot)


def test_that_grades_pasted_beside_the_points_are_shown_and_taken(scaled: MainWindow, qtbot) -> None:
    dialog = paste(scaled, qtbot, "Grade\tSCP\tSalary\nA\t2\t24100\nB\t3\t24600\n")
    assert dialog is not None
    assert dialog.sentence.text().startswith("You pasted 2 points with their names and grades;")
    press(dialog, "Replace the scale")
    sector = scaled.session.sector
    assert sector is not None
    assert sector.scale is not None
    assert [(one.name, one.grade) for one in sector.scale.points] == [("2", "A"), ("3", "B")]
    settle(scaled, qtbot)


def test_that_one_value_too_many_is_asked_about_in_a_sentence(scaled: MainWindow, qtbot) -> None:
    block = "\n".join(str(24100 + at) for at in range(13))
    dialog = paste(scaled, qtbot, block)
    assert dialog is not None
    assert dialog.sentence.text() == "You pasted 13 values; the scale has 12 points."
    words = [one.text().replace("&", "") for one in dialog.findChildren(QPushButton)]
    assert words == ["Add a point", "Paste the first 12", "Cancel"]
    assert unnamed(dialog) == []
    press(dialog, "Paste the first 12")
    assert amounts(scaled) == [24100 + at for at in range(12)]
    settle(scaled, qtbot)
    scaled.session.undo.undo()
    second = paste(scaled, qtbot, block)
    press(second, "Add a point")
    assert amounts(scaled) == [24100 + at for at in range(13)]
    assert cell(scaled, 12, Col.POINT) == "14"
    settle(scaled, qtbot)


def test_that_a_gap_in_the_block_is_shown_and_leaves_its_point_alone(scaled: MainWindow, qtbot) -> None:
    block = "\r\n".join("" if at == 1 else f"£{24100 + at},00".replace("24", "24.") for at in range(12))
    dialog = paste(scaled, qtbot, block)
    assert dialog is not None
    assert dialog.sentence.text().endswith("1 of them is empty and leaves its point as it is.")
    model = dialog.table.model()
    assert [model.data(model.index(1, column)) for column in range(3)] == ["3", "24,500", "empty: stays"]
    press(dialog, "Paste 12 values")
    assert amounts(scaled)[:3] == [24100, 24500, 24102]
    settle(scaled, qtbot)


def test_that_deleting_a_point_with_staff_says_what_follows_and_can_be_undone(
    scaled: MainWindow, qtbot
) -> None:
    """Two of the six stand on point 3."""
    page = page_of(scaled).scale
    page.grid.setCurrentIndex(page.model.index(1, Col.ANNUAL))
    page.delete_points()
    shown = " ".join(label.text() for label in scaled.notices.findChildren(PlainLabel))
    assert "Delete point 3: 2 staff keep their pay and stand on no point." in shown
    back = next(one for one in scaled.notices.findChildren(QPushButton) if one.text() == "Undo")
    back.click()
    assert amounts(scaled)[1] == 24500
    dialog = paste(scaled, qtbot, "Point\tAnnual\nA\t25000\n2\t26000")
    assert "2 staff" not in dialog.sentence.text()
    assert "3 staff keep their pay and stand on no point." in dialog.sentence.text()
    press(dialog, "Cancel")
    settle(scaled, qtbot)


def test_that_cancelling_a_paste_changes_nothing(scaled: MainWindow, qtbot) -> None:
    before = scaled.session.sector
    dialog = paste(scaled, qtbot, "24100\n24200")
    press(dialog, "Cancel")
    assert scaled.session.sector is before
    assert scaled.session.undo.count() == 0


def test_that_points_with_names_take_the_place_of_the_scale(scaled: MainWindow, qtbot) -> None:
    dialog = paste(scaled, qtbot, "Point\tAnnual\nA\t25000\nB\t26000")
    press(dialog, "Replace the scale")
    assert [point.name for point in scaled.session.sector.scale.points] == ["A", "B"]
    settle(scaled, qtbot)


def test_that_copied_cells_come_back_as_plain_figures(scaled: MainWindow, qtbot) -> None:
    page = page_of(scaled).scale
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.model.index(0, Col.ANNUAL))
    qtbot.keyClick(page.grid, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "24000"


def test_that_a_sector_without_a_scale_says_so_and_takes_one(open_window: MainWindow, qtbot) -> None:
    open_window.show_page(BASELINE)
    page = page_of(open_window).scale
    assert page.first_point.isVisibleTo(open_window)
    QApplication.clipboard().setText("24000\n25000\n")
    page.first_paste.click()
    assert [(p.name, p.amount_micros) for p in open_window.session.sector.scale.points] == [
        ("1", 24_000 * 10**6),
        ("2", 25_000 * 10**6),
    ]
    assert page.grid.isVisibleTo(open_window)
    settle(open_window, qtbot)
    open_window.session.undo.undo()
    assert open_window.session.sector.scale is None
    page.first_point.click()
    assert amounts(open_window) == [25000]
    page.delete_points()
    assert open_window.session.sector.scale is None
    settle(open_window, qtbot)


def test_that_a_scale_file_is_read_and_a_wrong_one_is_refused(
    open_window: MainWindow, qtbot, tmp_path: Path
) -> None:
    open_window.show_page(BASELINE)
    page = page_of(open_window).scale
    (tmp_path / "wrong.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    page.read_path(tmp_path / "wrong.csv")
    assert open_window.session.sector.scale is None
    (tmp_path / "spine.csv").write_text(SPINE, encoding="utf-8")
    page.read_path(tmp_path / "spine.csv")
    assert len(amounts(open_window)) == 12
    assert open_window.session.undo.undoText() == "Read the scale “spine”"
    settle(open_window, qtbot)


def test_that_the_settings_are_one_step(scaled: MainWindow, qtbot) -> None:
    page = page_of(scaled).scale
    page.settings_button.click()
    dialog = page.findChildren(ScaleSettingsDialog)[-1]
    assert unnamed(dialog) == []
    dialog.way.setCurrentIndex(dialog.way.findData(Rounding.UP_POUND))
    dialog.to.setValue(3)
    dialog.increments.setCurrentIndex(1)
    dialog.day.setValue(31)
    dialog.month.setCurrentIndex(3)
    dialog.submit()
    assert "no such day" in dialog.wrong.text()
    dialog.day.setValue(1)
    dialog.order.setCurrentIndex(1)
    dialog.marked.setChecked(True)
    dialog.points.setValue(2)
    dialog.service.setValue(0)
    dialog.hourly_way.setCurrentIndex(dialog.hourly_way.findData(Rounding.UP_PENNY))
    dialog.from_unrounded.setChecked(True)
    dialog.carried.setChecked(True)
    dialog.submit()
    scale = scaled.session.sector.scale
    assert (scale.rounding, scale.rounding_to, scale.marked_time) == (Rounding.UP_POUND, 3, True)
    assert scale.increments == Increments(4, 1, 2, 0, order=IncrementOrder.UPLIFT_FIRST)
    assert (scale.hourly_rounding, scale.hourly_from_unrounded, scale.carry_unrounded) == (
        Rounding.UP_PENNY,
        True,
        True,
    )
    assert (
        "Rounding: up to the pound, in steps of 3. Increments on 1 April. On the day of a rise the rise comes first. "
        "Pay above its point stands still." in page.about.text()
    )
    assert scaled.session.undo.count() == 1
    settle(scaled, qtbot)


def test_that_a_grade_gets_its_range_with_the_keyboard(scaled: MainWindow, qtbot) -> None:
    page = page_of(scaled)
    page.tabs.setCurrentWidget(page.grades)
    tab = page.grades
    tab.table.setFocus()
    tab.table.selectRow(0)
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is tab.bottom
    tab.bottom.setCurrentText("2")
    tab.top.setCurrentText("4")
    tab.set_button.click()
    assert scaled.session.sector.scale.grades == (GradeRange("Support worker", "2", "4"),)
    row = [tab.model.data(tab.model.index(0, at)) for at in range(tab.model.columnCount())]
    assert row[:7] == ["Support worker", "1", "2", "4", "3", "24,000", "25,000"]
    tab.bottom.setCurrentText("9")
    tab.set_button.click()  # ends in the wrong order: refused
    assert scaled.session.sector.scale.grades == (GradeRange("Support worker", "2", "4"),)
    assert tab.fit.text() == "In no grade: points 5 to 13."
    tab.table.selectRow(1)
    tab.bottom.setCurrentText("4")
    tab.top.setCurrentText("4")
    tab.set_button.click()
    assert tab.fit.text().endswith("In several grades: points 4 (Support worker, Senior support worker).")
    scaled.session.undo.undo()
    tab.table.selectRow(0)
    tab.clear_button.click()
    assert scaled.session.sector.scale.grades == ()
    assert not tab.fit.isVisible()
    settle(scaled, qtbot)


def test_that_the_ladder_is_put_in_order_with_the_keyboard_and_undone(
    window: MainWindow, qtbot, documents: Path
) -> None:
    a, b, c, d = GRADES
    ladder = (a, c, "Nobody's grade")
    sector = replace(f1_sector(), grades=ladder, offers=(read_offer(O1, source="O1"),))
    window.session.create(sector, documents / "ladder.bargain", PASSPHRASE)
    settle(window, qtbot)
    window.show_page(BASELINE)
    page = page_of(window)
    page.tabs.setCurrentWidget(page.grades)
    tab, bar = page.grades, page.grades.ladder

    def shown() -> list[tuple[str, str]]:
        at = [[tab.model.index(row, column).data() for column in (0, 1)] for row in range(5)]
        return [(grade, place) for grade, place in at]

    assert shown() == [(a, "1"), (c, "2"), ("Nobody's grade", "3"), (b, "–"), (d, "–")]
    assert f"not on the ladder: “{b}”, “{d}”. They count above its highest grade" in bar.said.text()
    tab.table.setFocus()
    tab.table.selectRow(3)
    assert [one.isEnabled() for one in (bar.up, bar.down, bar.put, bar.take)] == [False, False, True, False]
    qtbot.keyClick(tab.table, Qt.Key.Key_Insert)
    assert window.session.sector.grades == (*ladder, b)
    assert (
        window.notices.notice.text
        == "Staff hold the same neighbouring grades as before, so no figure changes."
    )
    for _ in range(2):  # past the grade that nobody holds, then past one that staff hold
        qtbot.keyClick(tab.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert window.session.sector.grades == (a, b, c, "Nobody's grade")
    assert window.notices.notice.text == (
        f"Neighbours now: “{b}” over “{a}”; “{c}” over “{b}”; “{d}” over “{c}”. "
        f"No longer: “{c}” over “{a}”; “{b}” over “{c}”; “{d}” over “{b}”."
    )
    assert [one.row() for one in tab.table.selectionModel().selectedRows()] == [1]
    settle(window, qtbot)
    least = window.session.appraisal.before.measures["smallest_differential"]
    assert f"Smallest differential today: {formats.percent(least, 2)}." in bar.said.text()
    tab.table.selectRow(3)
    qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    assert window.session.sector.grades == (a, b, c)
    assert window.session.undo.undoText() == "Take off the ladder"
    for _ in range(4):
        window.session.undo.undo()
    assert window.session.sector.grades == ladder
    settle(window, qtbot)


@pytest.mark.parametrize("size", [(1366, 688), (1093, 534)])
def test_that_nothing_is_cut_off_or_unnamed(scaled: MainWindow, qtbot, size: tuple[int, int]) -> None:
    scaled.resize(*size)
    page = page_of(scaled)
    for at in range(page.tabs.count()):
        page.tabs.setCurrentIndex(at)
        settle(scaled, qtbot)
        qtbot.wait(50)
        assert (scaled.width(), scaled.height()) == size
        assert clipped(scaled) == []
        assert unnamed(page) == []
        assert bare_labels(page) == []


def test_that_a_legal_floor_that_nobody_verified_is_marked_on_screen_and_print(
    scaled: MainWindow, qtbot
) -> None:
    """£13.21 from April 2027 rests on one listing; £12.71 from April 2026 is a fact."""
    page = page_of(scaled).scale
    assert "not verified" not in page.warnings.text()
    assert cell_heading(scaled) == "Over legal floor (£/h)"
    sector = scaled.session.sector
    scaled.session.change_sector(replace(sector, data_date=date(2027, 3, 31)), "A year on")
    settle(scaled, qtbot)
    told = page.warnings.text()
    assert "below the legal floor of £13.21 (not verified) from 1 Apr 2027" in told
    assert "? The legal floor from 1 Apr 2027 has not been verified" in told
    assert cell_heading(scaled) == "Over legal floor? (£/h)"
    assert cell_heading(scaled) in page.model.sheet("Scale").headings


def cell_heading(window: MainWindow) -> str:
    return str(page_of(window).scale.model.headerData(Col.FLOOR, Qt.Orientation.Horizontal))
