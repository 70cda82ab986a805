"""The fill handle of the scale grid: dragged, by keys and by its menu; one step of undo each."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.ui.test_baseline import CONTROL, amounts, page_of, paste, scaled, settle  # noqa: F401  # scaled is a fixture
from ui.itemmodels.scale_table import Col
from ui.main_window import MainWindow
from ui.widgets.scale_grid import ScaleGrid

SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
SPINE = [23_000 + 500 * at for at in range(2, 14)]


@pytest.fixture
def sheet(scaled: MainWindow) -> MainWindow:  # noqa: F811
    return scaled


@pytest.fixture
def grid(sheet: MainWindow) -> ScaleGrid:
    grid = page_of(sheet).scale.grid
    grid.setFocus()
    return grid


def choose(grid: ScaleGrid, first: int, last: int, column: Col = Col.ANNUAL) -> None:
    model = grid.model()
    grid.setCurrentIndex(model.index(first, column))
    block = QItemSelection(model.index(first, column), model.index(last, column))
    grid.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def corner(grid: ScaleGrid, row: int) -> QPoint:
    return grid.visualRect(grid.model().index(row, Col.ANNUAL)).bottomRight() - QPoint(2, 2)


def drag(
    grid: ScaleGrid, at: int, to: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press the handle below one row, drag to another, let go."""
    view = grid.viewport()
    QTest.mousePress(view, LEFT, keys, corner(grid, at))
    QTest.mouseMove(view, corner(grid, to) - QPoint(20, 8))
    QTest.mouseRelease(view, LEFT, keys, corner(grid, to) - QPoint(20, 8))


def chosen(grid: ScaleGrid) -> list[int]:
    return sorted({one.row() for one in grid.selectedIndexes()})


def test_that_a_drag_down_continues_an_even_series_in_one_step_of_undo(
    sheet: MainWindow,
    grid: ScaleGrid,
    qtbot,
) -> None:
    assert paste(sheet, qtbot, "\n".join(["24000", "24700", *["1"] * 10])) is None
    steps = sheet.session.undo.count()
    choose(grid, 0, 1)
    drag(grid, 1, 5)
    assert amounts(sheet) == [24_000, 24_700, 25_400, 26_100, 26_800, 27_500, *[1] * 6]
    assert sheet.session.undo.count() == steps + 1
    assert sheet.session.undo.undoText() == "Fill points 4 to 7"
    assert chosen(grid) == [0, 1, 2, 3, 4, 5]
    sheet.session.undo.undo()
    assert amounts(sheet)[2:] == [1] * 10
    settle(sheet, qtbot)


def test_that_a_drag_up_copies_one_amount_and_ctrl_copies_a_series(
    sheet: MainWindow,
    grid: ScaleGrid,
    qtbot,
) -> None:
    choose(grid, 4, 4)
    drag(grid, 4, 2)
    assert amounts(sheet)[:6] == [24_000, 24_500, 26_000, 26_000, 26_000, 26_500]
    choose(grid, 0, 1)
    drag(grid, 1, 3, CONTROL)
    assert amounts(sheet)[:4] == [24_000, 24_500, 24_000, 24_500]
    settle(sheet, qtbot)


def test_that_escape_and_a_drag_back_into_what_was_chosen_change_nothing(
    sheet: MainWindow,
    grid: ScaleGrid,
    qtbot,
) -> None:
    view, steps = grid.viewport(), sheet.session.undo.count()
    choose(grid, 0, 2)
    QTest.mousePress(view, LEFT, pos=corner(grid, 2))
    QTest.mouseMove(view, corner(grid, 6))
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    QTest.mouseRelease(view, LEFT, pos=corner(grid, 6))
    choose(grid, 0, 2)
    drag(grid, 2, 1)
    assert amounts(sheet) == SPINE
    assert sheet.session.undo.count() == steps


def test_that_the_keys_fill_and_leave_the_menu_its_own_ctrl_d_elsewhere(
    sheet: MainWindow,
    grid: ScaleGrid,
    qtbot,
) -> None:
    offers = len(sheet.session.sector.offers)
    choose(grid, 1, 3)
    qtbot.keyClick(grid, Qt.Key.Key_D, CONTROL)
    assert amounts(sheet)[:5] == [24_000, 24_500, 24_500, 24_500, 26_000]
    choose(grid, 4, 4)
    qtbot.keyClick(grid, Qt.Key.Key_D, CONTROL)
    assert amounts(sheet)[4] == 24_500
    assert len(sheet.session.sector.offers) == offers
    settle(sheet, qtbot)


def test_that_ctrl_shift_d_goes_on_with_the_first_step(sheet: MainWindow, grid: ScaleGrid, qtbot) -> None:
    choose(grid, 3, 3)
    page_of(sheet).scale.model.setData(grid.currentIndex(), "25800")
    choose(grid, 2, 5)
    qtbot.keyClick(grid, Qt.Key.Key_D, CONTROL | SHIFT)
    assert amounts(sheet)[2:7] == [25_000, 25_800, 26_600, 27_400, 27_000]
    settle(sheet, qtbot)


def test_that_with_nothing_to_fill_from_it_says_what_to_choose(
    sheet: MainWindow, grid: ScaleGrid, qtbot
) -> None:
    choose(grid, 0, 3, Col.POINT)
    qtbot.keyClick(grid, Qt.Key.Key_D, CONTROL)
    assert "Choose the amounts to fill" in sheet.notices.notice.text
    assert amounts(sheet) == SPINE


def test_that_the_menu_of_the_button_fills_without_a_drag(sheet: MainWindow, grid: ScaleGrid, qtbot) -> None:
    choose(grid, 0, 2)
    page = page_of(sheet).scale
    assert isinstance(page.fill_button, QPushButton)
    copy, go_on = page.fill_button.menu().actions()
    copy.trigger()
    assert amounts(sheet)[:3] == [24_000] * 3
    assert copy.text().endswith("Ctrl+D")
    go_on.trigger()
    assert amounts(sheet)[:3] == [24_000] * 3
    settle(sheet, qtbot)
