"""Employers: a row each with its money, live with the offer, its fees and a stress; and what is missing said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from bargain.offers.offer_file import read_offer
from models.offer import FeeRule
from models.sector import Sector
from tests.helpers.f1 import O1, O2, f1_sector
from tests.ui import sectors
from tests.ui.clip import clipped
from tests.ui.walk import bare_labels, unnamed
from ui.charts.twin import csv_of, twin_of
from ui.main_window import EMPLOYERS, MainWindow
from ui.pages.employers import EmployersPage

PASSPHRASE = "five odd words in a row"


def settle(qtbot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.session.is_stale and not window.session.tasks.is_busy, timeout=20_000)


def opened(qtbot, window: MainWindow, sector: Sector, documents: Path) -> EmployersPage:
    window.session.create(sector, documents / "f1.bargain", PASSPHRASE)
    settle(qtbot, window)
    window.show_page(EMPLOYERS)
    settle(qtbot, window)
    page = window._pages[EMPLOYERS]
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
    assert "1 have no accounts" in page.said.text()


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
