"""Compare: offers side by side, differences only, pounds or per cent, copied as text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from bargain.offers.offer_file import read_offer
from bargain.offers.target_file import read_targets
from models.sector import Sector
from tests.helpers.f1 import O1, O2, O3, TARGETS, f1_sector
from tests.ui.clip import clipped
from tests.ui.on_a_page import page_shown, settle
from tests.ui.walk import bare_labels, unnamed
from ui.itemmodels.compare_table import CompareRow, CompareTable, only_differences
from ui.main_window import COMPARE, MainWindow
from ui.pages.compare import ComparePage

PASSPHRASE = "five odd words in a row"
HOSTILE = "<b>Bold</b> & Sons $\\frac{"


def f1(*texts: str) -> Sector:
    targets = replace(read_targets(TARGETS, source="F1"), name="Ours")
    offers = tuple(read_offer(text, source="F1") for text in texts)
    return replace(f1_sector(), offers=offers, target_sets=(targets,))


def shown(qtbot, window: MainWindow, sector: Sector, documents: Path) -> ComparePage:
    page = page_shown(qtbot, window, sector, documents, COMPARE)
    assert isinstance(page, ComparePage)
    return page


@pytest.fixture
def page(qtbot, window: MainWindow, documents: Path) -> ComparePage:
    return shown(qtbot, window, f1(O1, O2, O3), documents)


def cells(page: ComparePage) -> dict[str, tuple[str, ...]]:
    return {row.label: row.cells for row in page.model.rows if not row.is_heading}


def headings(page: ComparePage) -> list[str]:
    return [page.model.headerData(at, Qt.Orientation.Horizontal) for at in range(1, page.model.columnCount())]


def test_that_f1s_three_offers_stand_side_by_side_with_their_published_figures(page: ComparePage) -> None:
    assert headings(page) == ["Now", "O1: four per cent", "O2: bottom-weighted", "O3: floor only"]
    found = cells(page)
    assert found["Keep seniors ahead · ≥ 8%"] == (
        "–",
        "✗ missed  6.96%",
        "✓ met  8.00%",
        "✗ missed  0.00%",
    )
    assert found["All staff: percent"] == ("0.00%", "4.00%", "3.00%", "1.00%")
    assert found["Lowest hourly rate"][1:] == ("none", "£14.00", "£14.00")
    assert found["Lowest rate paid"] == ("£12.71", "£13.22", "£14.00", "£14.00")
    assert found["A tenth are paid more than (P90)"] == ("£16.10", "£16.74", "£17.39", "£16.26")
    assert found["Pay bill, growth without on-costs"] == ("–", "4.00%", "6.48%", "4.65%")
    assert found["Full year"][2:] == ("£471,619", "£337,947")
    assert (found["Lowest margin"][0], found["Highest margin"][2]) == ("5.8%", "13.7%")


def test_that_whose_figure_it_is_is_said_in_the_tip_to_a_screen_reader_and_below_the_table(
    page: ComparePage,
) -> None:
    row = next(at for at, one in enumerate(page.model.rows) if one.label == "Lowest margin")
    index = page.model.index(row, 1)
    assert "5.8% · B" in page.model.data(index, Qt.ItemDataRole.ToolTipRole)
    assert page.model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Lowest margin, Now: 5.8% · B"
    page.table.setCurrentIndex(index)
    assert page.cell.whole == "Lowest margin, Now: 5.8% · B"
    first = next(at for at, one in enumerate(page.model.rows) if one.label.startswith("Keep seniors"))
    assert page.model.sentence(page.model.index(first, 2)).endswith("✗ missed  6.96% · lowest: A")
    assert "5.8% · B" in page.model.as_text()


@pytest.mark.parametrize("width", [1366, 1045, 500])
def test_that_no_figure_or_verdict_of_the_comparison_is_ever_cut(page: ComparePage, width: int) -> None:
    page.resize(width, 500)
    for column in range(1, page.model.columnCount()):
        assert page.table.columnWidth(column) >= page.table.sizeHintForColumn(column)


def test_that_rows_are_grouped_under_their_headings(page: ComparePage) -> None:
    found = [row.label for row in page.model.rows if row.is_heading]
    assert found == ["Targets", "Terms", "Cost, £ with on-costs", "People", "Employers"]


def test_that_d_leaves_only_what_differs_and_d_again_brings_all_back(qtbot, page: ComparePage) -> None:
    whole = page.model.rows
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_D)
    assert page.differences.isChecked()
    assert "Weekly hours" not in cells(page)
    assert "All staff: percent" in cells(page)
    qtbot.keyClick(page.table, Qt.Key.Key_D)
    assert page.model.rows == whole


def test_that_p_shows_costs_in_per_cent(qtbot, page: ComparePage) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_P)
    o1, o2, _ = cells(page)["Full year"][1:]
    assert (o1, o2) == ("4.12%", "6.67%")  # of £7,066,912, the labour of A, B and C together


def test_that_a_copy_tells_no_lowest_rate_and_medians_to_the_nearest_10p(page: ComparePage) -> None:
    shown = {row.label: row.cells[0] for row in page.model.rows if row.cells}
    assert (shown["Lowest rate paid"], shown["Half are paid less than (P50)"]) == ("£12.71", "£13.45")
    copied = {line.split("\t")[0]: line.split("\t")[1] for line in page.model.as_text().splitlines()}
    assert copied["Lowest rate paid"] == copied["Lowest hourly rate"] == "not shown (few staff)"
    assert copied["Half are paid less than (P50)"] == "£13.50"
    assert copied["A tenth are paid less than (P10)"] == "£12.70"  # 222 staff


def test_that_the_table_is_copied_with_tabs(qtbot, page: ComparePage) -> None:
    qtbot.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    table, said = QApplication.clipboard().text().split("\n\n")
    lines = table.splitlines()
    assert said == "Returns only: 222 staff of 3 employers, 6 April 2026.\n" + said.split("\n", 1)[1]
    assert lines[0].split("\t") == ["", "Now", "O1: four per cent", "O2: bottom-weighted", "O3: floor only"]
    assert len({line.count("\t") for line in lines}) == 1


def test_that_another_offer_can_be_put_in_each_place(qtbot, page: ComparePage) -> None:
    chooser = page.choosers[0]
    chooser.setCurrentIndex(chooser.findData("O3: floor only"))
    chooser.activated.emit(chooser.currentIndex())
    settle(qtbot, page.window())
    assert headings(page) == ["Now", "O3: floor only", "O2: bottom-weighted"]


def test_that_a_change_on_another_page_is_compared_anew(qtbot, window: MainWindow, page: ComparePage) -> None:
    session = window.session
    before = cells(page)["Full year"][1]
    step = session.offer.settlements[0]
    dearer = replace(step, pay=(replace(step.pay[0], percent_ppm=80_000),))
    session.change_offer(replace(session.offer, settlements=(dearer,)), "Dearer")
    settle(qtbot, window)
    assert cells(page)["All staff: percent"][1] == "8.00%"
    assert cells(page)["Full year"][1] != before
    session.undo.undo()
    settle(qtbot, window)
    assert cells(page)["Full year"][1] == before


def test_that_without_offers_the_page_says_what_to_do(qtbot, window: MainWindow, documents: Path) -> None:
    page = shown(qtbot, window, f1(), documents)
    assert "Write one under Proposals" in page.said.text()
    assert page.model.rows == ()


def test_that_an_offer_that_cannot_be_priced_says_why(qtbot, window: MainWindow, documents: Path) -> None:
    offer = read_offer(O2, source="O2")
    gap = replace(offer.settlements[0].differentials[0], grade="Nobody's grade")
    step = replace(offer.settlements[0], differentials=(gap,))
    sector = replace(f1(O1), offers=(read_offer(O1, source="O1"), replace(offer, settlements=(step,))))
    page = shown(qtbot, window, sector, documents)
    assert "Nobody's grade" in page.said.text()
    assert cells(page)["Full year"][2] == "–"


def test_that_hostile_names_are_shown_literally(qtbot, window: MainWindow, documents: Path) -> None:
    sector = replace(f1(O1), offers=(replace(read_offer(O1, source="O1"), name=HOSTILE),))
    page = shown(qtbot, window, sector, documents)
    assert headings(page) == ["Now", HOSTILE]
    assert bare_labels(page) == []


@pytest.mark.parametrize("size", [(1366, 688), (1093, 534)])
def test_that_nothing_is_cut_off_at_the_size_of_a_laptop(
    qtbot, page: ComparePage, size: tuple[int, int]
) -> None:
    window = page.window()
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    qtbot.waitUntil(lambda: clipped(window) == [], timeout=2_000)
    assert unnamed(page) == []


def test_that_the_comparison_is_a_sound_model(qapp: QApplication) -> None:
    model = CompareTable()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = (
        CompareRow("Terms"),
        CompareRow("Percent", ("0%", "4%", "3%")),
        CompareRow("Hours", ("37", "37", "37")),
    )
    model.set_rows(("", "Now", "O1", "O2"), rows)
    model.set_rows(("", "Now", "O1", "O2"), only_differences(rows))
    model.set_rows(("", "Now"), ())
    model.set_rows(("", "Now", "O1", "O2"), rows)
    spoken = model.data(model.index(1, 2), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Percent, O1: 4%"
    assert isinstance(model, QAbstractTableModel)
    assert tester.model() is model


def test_that_a_group_without_differences_goes_with_its_heading() -> None:
    rows = (
        CompareRow("Terms"),
        CompareRow("Hours", ("37", "37", "37")),
        CompareRow("Cost"),
        CompareRow("Full year", ("–", "£1", "£2")),
        CompareRow("People"),
    )
    assert [row.label for row in only_differences(rows)] == ["Cost", "Full year"]


def test_that_the_moves_between_two_offers_are_priced_and_go_into_a_draft(
    qtbot, page: ComparePage, window: MainWindow
) -> None:
    page.gap.setChecked(True)
    page.closing.start.setCurrentText("O3: floor only")
    page.closing.goal.setCurrentText("O2: bottom-weighted")
    page.closing.ask()
    settle(qtbot, window)
    model = page.closing.model
    moves = [model.data(model.index(row, 0)) for row in range(model.rowCount())]

    assert moves == ["Pay rules", "Gap between grades"]
    assert "£133,672" in page.closing.said.text()
    page.closing.table.selectRow(0)
    page.closing.put.click()
    settle(qtbot, window)
    assert window.session.offer.settlements[0].pay[0].percent_ppm == 30_000
    assert window.session.offer.settlements[0].differentials == ()
    assert not list(clipped(window))
    assert not unnamed(page)
