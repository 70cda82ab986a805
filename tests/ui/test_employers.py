"""Employers: a row each with its money, live with the offer, its fees and a stress; and what is missing said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bargain.offers.offer_file import read_offer
from models.offer import FeeRule
from models.sector import Sector
from tests.helpers.f1 import O1, O2, f1_sector
from tests.ui import sectors
from tests.ui.clip import clipped
from tests.ui.on_a_page import page_shown, settle
from tests.ui.walk import bare_labels, unnamed
from ui.charts.twin import csv_of, twin_of
from ui.dialogs.accounts_by_hand import AccountsByHandDialog
from ui.main_window import EMPLOYERS, MainWindow
from ui.pages.employers import EmployersPage

PASSPHRASE = "five odd words in a row"


def opened(qtbot, window: MainWindow, sector: Sector, documents: Path) -> EmployersPage:
    page = page_shown(qtbot, window, sector, documents, EMPLOYERS)
    assert isinstance(page, EmployersPage)
    return page


@pytest.fixture
def page(qtbot, window: MainWindow, documents: Path) -> EmployersPage:
    offers = (read_offer(O2, source="F1"), read_offer(O1, source="F1"))
    return opened(qtbot, window, replace(f1_sector(), offers=offers), documents)


def column(page: EmployersPage, heading: str) -> dict[str, str]:
    headings = [
        page.model.headerData(at, page.table.horizontalHeader().orientation())
        for at in range(page.model.columnCount())
    ]
    at = headings.index(heading)
    return {
        page.model.data(page.model.index(row, 0)): page.model.data(page.model.index(row, at))
        for row in range(page.model.rowCount())
    }


def test_that_each_employer_has_its_margins_and_the_one_without_accounts_says_so(page: EmployersPage) -> None:
    assert column(page, "Margin now") == {"A": "19.8%", "B": "5.8%", "C": "not known"}
    assert column(page, "after") == {"A": "13.7%", "B": "2.8%", "C": "not known"}
    assert "of one the accounts do not tell the margin" in page.said.text()


def test_that_a_rule_for_fees_is_a_step_of_the_offer_that_can_be_undone(
    qtbot, page: EmployersPage, window: MainWindow
) -> None:
    page.rule.setCurrentIndex(page.rule.findData(FeeRule.HOLD_PROFIT))
    page.rule.activated.emit(page.rule.currentIndex())
    settle(qtbot, window)

    assert window.session.offer.settlements[-1].fees.rule is FeeRule.HOLD_PROFIT
    assert column(page, "Fee rise")["A"] == "6.1%"
    assert column(page, "profit")["A"] == "0.0%"
    window.session.undo.undo()
    settle(qtbot, window)
    assert page.rule.currentData() == FeeRule.FIXED
    assert column(page, "Fee rise")["A"] == "0.0%"


def test_that_a_stress_moves_margins_and_counts_who_is_at_risk(
    qtbot, page: EmployersPage, window: MainWindow
) -> None:
    page.stress["occupancy"].setValue(-5)
    settle(qtbot, window)

    assert column(page, "stressed")["B"] == "−2.3%"
    assert "Under this stress: 1 of 2 employers" in page.said.text()


def test_that_a_stress_is_kept_in_the_file_and_taken_again(
    qtbot, page: EmployersPage, window: MainWindow
) -> None:
    page.stress["agency"].setValue(20)
    page.keep_stress("Dear agencies")
    settle(qtbot, window)
    page.stress["agency"].setValue(0)
    page.stresses.setCurrentIndex(page.stresses.findText("Dear agencies"))
    page.stresses.activated.emit(page.stresses.currentIndex())
    settle(qtbot, window)

    assert page.stress["agency"].value() == 20
    assert window.session.sector is not None
    assert [one.name for one in window.session.sector.stresses] == ["Dear agencies"]
    window.session.undo.undo()
    assert window.session.sector.stresses == ()


def test_that_100_pounds_of_the_chosen_employer_are_drawn_and_listed(
    qtbot, page: EmployersPage, window: MainWindow
) -> None:
    page.table.selectRow(1)
    chart = page.hundred.view.chart
    rows = twin_of(chart).rows

    assert chart.title.endswith("B")
    assert rows[-1][1] == "£100.00"
    assert any(line.startswith("Together,100.0") for line in csv_of(chart).splitlines())
    assert len(page.ahead.view.chart.series[0].xs) == 24  # type: ignore[union-attr]


def figures(page: EmployersPage) -> dict[str, tuple[str, str]]:
    """The Fees panel: its rows, for the chosen employer and for all together."""
    model = page.fees.model
    cell = model.data
    return {
        cell(model.index(at, 0)): (cell(model.index(at, 1)), cell(model.index(at, 2)))
        for at in range(model.rowCount())
    }


def test_that_fees_are_taken_apart_for_one_employer_and_for_all_with_accounts(
    qtbot, page: EmployersPage, window: MainWindow
) -> None:
    found = figures(page)

    assert page.fees.model.headerData(2, Qt.Orientation.Horizontal) == "2 of 3 employers"
    assert found["Fee rise that holds the profit in £"] == ("6.07%", "5.10%")
    assert found["Fee rise that holds the margin"][0] == "7.57%"
    assert found["Profit on the pay rise, margin held"][0] == "£83.9k"
    assert found["– profit"][0] == "−6.07%"
    assert found["Fee rise under the cap"] == ("no cap", "no cap")
    page.fees.inflation.setValue(2.5)
    assert figures(page)["Fee rise above inflation"] == ("−2.50%", "−2.50%")
    page.table.selectRow(2)
    assert figures(page)["Fee rise that holds the margin"][0] == "not known"


def test_that_fees_by_an_index_are_a_step_of_the_offer_whose_boxes_change_it(
    qtbot, page: EmployersPage, window: MainWindow
) -> None:
    page.rule.setCurrentIndex(page.rule.findData(FeeRule.INDEXED))
    page.rule.activated.emit(page.rule.currentIndex())
    settle(qtbot, window)
    assert page.tabs.currentWidget() is page.fees
    page.fees.own_rise.setChecked(False)
    page.fees.pay_index.setValue(10.1)
    settle(qtbot, window)

    assert window.session.offer.settlements[-1].fees.pay_index_ppm == 101_000
    assert figures(page)["Fee rise under the rule"] == ("7.26%", "7.26%")
    while window.session.undo.canUndo():
        window.session.undo.undo()
    settle(qtbot, window)
    assert page.rule.currentData() == FeeRule.FIXED
    assert page.fees.index.isHidden()


def test_that_stresses_come_on_top_of_each_other(qtbot, page: EmployersPage, window: MainWindow) -> None:
    page.stress["fees"].setValue(-10)
    page.stress["occupancy"].setValue(-2)
    page.keep_stress("Cuts")
    page.add_on_top.click()
    settle(qtbot, window)

    assert page.stress["fees"].value() == pytest.approx(-19.0)
    assert page.stress["occupancy"].value() == pytest.approx(-4.0)


def test_that_who_is_at_risk_is_listed_first_with_a_word_and_a_mark(
    qtbot, page: EmployersPage, window: MainWindow
) -> None:
    page.stress["occupancy"].setValue(-5)
    settle(qtbot, window)
    model = page.risk.model
    rows = [[model.data(model.index(at, column)) for column in (0, 1)] for at in range(model.rowCount())]

    assert rows == [["B", "✗ below"], ["A", "✓ holds"], ["C", "not known"]]
    assert "over 2 of 3 employers" in page.risk.spread.text()


def test_that_the_page_says_whose_accounts_of_which_year_are_used_and_looks_as_far_ahead_as_wished(
    qtbot, page: EmployersPage, window: MainWindow
) -> None:
    assert "Accounts of 2 of 3 employers; year ends 31 Mar 2026." in page.said.text()
    assert column(page, "Year end") == {"A": "31 Mar 2026", "B": "31 Mar 2026", "C": "–"}
    page.months.setCurrentIndex(0)
    page.months.activated.emit(0)
    settle(qtbot, window)
    assert len(page.ahead.view.chart.series[0].xs) == 12  # type: ignore[union-attr]


def test_that_accounts_without_staff_data_are_named_as_left_out(
    qtbot, window: MainWindow, documents: Path
) -> None:
    sector = f1_sector()
    alone = replace(sector.accounts[0], employer="Far Away")
    found = opened(qtbot, window, replace(sector, accounts=(*sector.accounts, alone)), documents)

    assert "left out, as they have no staff data: Far Away" in found.said.text()


def test_that_the_accounts_of_the_chosen_employer_open_by_hand(
    qtbot, page: EmployersPage, window: MainWindow
) -> None:
    page.table.selectRow(1)
    page.edit.click()
    dialog = window.findChild(AccountsByHandDialog)

    assert dialog.employer.currentText() == "B"


def test_that_without_accounts_the_page_says_what_to_read(qtbot, window: MainWindow, documents: Path) -> None:
    page = opened(qtbot, window, sectors.small(), documents)

    assert page.none_yet.isVisible()
    assert page.read.isVisible()
    assert not page._whole.isVisible()
    page.accounts_wanted.disconnect()
    with qtbot.waitSignal(page.accounts_wanted):
        page.read.click()


@pytest.mark.parametrize("size", [(1366, 688), (1093, 534)])
def test_that_nothing_is_cut_and_everything_has_a_name(
    qtbot, page: EmployersPage, window: MainWindow, qapp: QApplication, size: tuple[int, int]
) -> None:
    window.resize(*size)
    settle(qtbot, window)
    qapp.processEvents()

    assert (window.width(), window.height()) == size
    assert not list(clipped(window))
    assert not unnamed(page)
    assert not bare_labels(page)


def test_that_a_chart_saves_as_picture_and_as_figures(page: EmployersPage, tmp_path: Path) -> None:
    for name in ("margins.svg", "margins.png", "margins.csv"):
        page.margins.save(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 50
    assert "A,0.13" in (tmp_path / "margins.csv").read_text("utf-8-sig")
    page.margins.save(tmp_path / "none" / "margins.svg")
    assert "was not saved" in page.margins.old.text()
