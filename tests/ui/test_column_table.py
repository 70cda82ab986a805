"""The table model: sorting, missing values, words for screen readers, and Qt's own tester."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.table import Table

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def pounds(value: float | None) -> str:
    return "not known" if value is None else f"£{value:,.0f}"


def employers() -> tuple[Column, ...]:
    return (
        Column("Employer", ["beta", "Alpha", "gamma", "Delta"]),
        Column("Pay bill (£)", [3000.0, None, 1000.0, 3000.0], pounds, is_number=True),
    )


def shown(table: ColumnTable, column: int) -> list[str]:
    return [table.data(table.index(row, column)) for row in range(table.rowCount())]


def test_that_the_model_passes_qts_own_tester_through_sorts_and_swaps(qapp) -> None:
    table = ColumnTable(employers())
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.sort(1, DOWN)
    table.set_columns(employers()[:1])
    table.set_columns(())
    table.set_columns(employers())
    table.sort(-1)
    assert tester.model() is table


def test_that_text_sorts_without_regard_to_case(qapp) -> None:
    table = ColumnTable(employers())
    table.sort(0, UP)
    assert shown(table, 0) == ["Alpha", "beta", "Delta", "gamma"]


def test_that_what_is_not_known_comes_last_both_ways_and_equal_rows_keep_their_order(qapp) -> None:
    table = ColumnTable(employers())
    table.sort(1, UP)
    assert shown(table, 0) == ["gamma", "beta", "Delta", "Alpha"]
    table.sort(1, DOWN)
    assert shown(table, 0) == ["beta", "Delta", "gamma", "Alpha"]


def test_that_a_kept_index_follows_its_row_through_a_sort(qapp) -> None:
    table = ColumnTable(employers())
    kept = QPersistentModelIndex(table.index(2, 0))
    table.sort(0, DOWN)
    assert table.data(kept) == "gamma"
    assert table.row_of(kept) == 2


def test_that_the_order_asked_for_stays_when_the_columns_are_swapped(qapp) -> None:
    table = ColumnTable(employers())
    table.sort(0, UP)
    table.set_columns(employers())
    assert shown(table, 0) == ["Alpha", "beta", "Delta", "gamma"]


def test_that_numbers_stand_right_and_a_screen_reader_hears_the_heading(qapp) -> None:
    table = ColumnTable(employers())
    side = table.data(table.index(0, 1), Qt.ItemDataRole.TextAlignmentRole)
    assert side & Qt.AlignmentFlag.AlignRight
    assert table.data(table.index(1, 1), Qt.ItemDataRole.AccessibleTextRole) == "Pay bill (£): not known"


def test_that_columns_of_different_lengths_are_refused(qapp) -> None:
    with pytest.raises(ValueError, match="different lengths"):
        ColumnTable((Column("a", [1]), Column("b", [1, 2])))


def test_that_ctrl_c_copies_the_selected_rows_with_their_headings(qtbot) -> None:
    view = Table(ColumnTable(employers()), "Employers")
    qtbot.addWidget(view)
    view.selectRow(2)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Employer\tPay bill (£)\ngamma\t£1,000"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.one_of(st.none(), st.integers(-50, 50)), max_size=30), down=st.booleans())
def test_that_any_column_sorts_as_pythons_own_sort_does(qapp, values: list[int | None], down: bool) -> None:
    table = ColumnTable(
        (Column("n", values, str, is_number=True), Column("at", list(range(len(values))), str))
    )
    table.sort(0, DOWN if down else UP)
    known = [at for at, value in enumerate(values) if value is not None]
    known.sort(key=lambda at: values[at], reverse=down)
    missing = [at for at, value in enumerate(values) if value is None]
    assert shown(table, 1) == [str(at) for at in (*known, *missing)]


def test_that_names_stay_legible_in_a_narrow_table_which_then_scrolls(qtbot) -> None:
    name = "Residential support worker"
    figures = [Column(f"A figure of some width {at}", ["1"], is_number=True) for at in range(4)]
    table = Table(ColumnTable((Column("Grade", [name]), *figures)), "Grades")
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.show()
    table.fit(0)
    assert table.columnWidth(0) >= table.fontMetrics().horizontalAdvance(name[:12])
    assert table.horizontalScrollBar().maximum() > 0
    table.resize(1400, 200)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    assert sum(table.columnWidth(at) for at in range(5)) == table.viewport().width()
