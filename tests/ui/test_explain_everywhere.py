"""F8 on every page explains the figure at the cursor; the costing opens as a workbook."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from bargain.appraisal import appraise
from bargain.explain import explain
from bargain.offers.offer_file import read_offer
from bargain.offers.target_file import read_targets
from bargain.targets import KNOWN_MEASURES
from models.explanation import LineKind
from models.issues import UnusableInput
from models.offer import Offer
from tests.helpers.f1 import O1, O2, TARGETS, f1_sector
from tests.ui.clip import clipped
from tests.ui.conftest import PASSPHRASE
from tests.ui.walk import unnamed
from ui.levers import LeverKey
from ui.main_window import COMPARE, EMPLOYERS, PROPOSALS, STAFF, MainWindow
from ui.main_window import TARGETS as TARGETS_PAGE
from ui.widgets.explain_panel import ExplainPanel
from ui.widgets.plain_label import PlainLabel
from ui.workbook import write_and_open


def settle(window: MainWindow, qtbot) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=60_000
    )


@pytest.fixture
def f1(window: MainWindow, qtbot, documents: Path) -> MainWindow:
    offers = tuple(read_offer(one, source="o") for one in (O1, O2))
    sets = (read_targets(TARGETS, source="t", known_measures=KNOWN_MEASURES),)
    sector = replace(f1_sector(), offers=offers, target_sets=sets)
    window.session.create(sector, documents / "f1.bargain", PASSPHRASE)
    settle(window, qtbot)
    return window


def f8(window: MainWindow, widget: QWidget, qtbot) -> ExplainPanel | None:
    window.activateWindow()
    widget.setFocus()
    window._explain() if window.focusWidget() is not widget else qtbot.keyClick(widget, Qt.Key.Key_F8)
    settle(window, qtbot)
    return window.explain_panel


def said(window: MainWindow) -> str:
    return " ".join(one.text() for one in window.notices.findChildren(PlainLabel))


def test_that_f8_in_compare_explains_the_cell_of_its_own_offer(f1: MainWindow, qtbot) -> None:
    """The offer in the second column is not on the table; its figure is explained all the same."""
    f1.show_page(COMPARE)
    settle(f1, qtbot)
    page = f1._pages[COMPARE]
    other = page._offers()[1]
    assert other.name != f1.session.offer.name
    row = next(k for k, one in enumerate(page.model.rows) if one.figure == "cost_full_year")
    page.table.setCurrentIndex(page.model.index(row, 3))
    panel = f8(f1, page.table, qtbot)
    wanted = appraise(f1.session.sector, other).cost.full_year
    assert panel.found.value == pytest.approx(wanted)
    assert panel.whose.text() == f"Of “{other.name}”"
    panel.chooser.setCurrentIndex(panel.chooser.findData("cost_in_year"))
    panel.chooser.activated.emit(panel.chooser.currentIndex())
    settle(f1, qtbot)
    assert panel.found.value == pytest.approx(appraise(f1.session.sector, other).cost.in_year_cost)
    f1.explain_figure("cost_full_year")
    settle(f1, qtbot)
    assert panel.whose.text() == f"Of “{f1.session.offer.name}”"


def test_that_every_line_of_compare_is_explained_or_said(f1: MainWindow, qtbot) -> None:
    f1.show_page(COMPARE)
    settle(f1, qtbot)
    page = f1._pages[COMPARE]
    sector = f1.session.sector
    for at, row in enumerate(page.model.rows):
        for column in range(1, page.model.columnCount()):
            page.table.setCurrentIndex(page.model.index(at, column))
            asked = page.figure_here()
            if asked.figure:
                explain(sector, asked.appraisal, asked.figure)
            else:
                assert row.label in asked.words
    page.table.setCurrentIndex(page.model.index(len(page.model.rows) - 1, 2))
    assert page.figure_here().figure.startswith("employer:")


def test_that_f8_in_targets_explains_the_value_that_decides_the_row(f1: MainWindow, qtbot) -> None:
    f1.show_page(TARGETS_PAGE)
    settle(f1, qtbot)
    page = f1._pages[TARGETS_PAGE]
    page.table.selectRow(1)
    panel = f8(f1, page.table, qtbot)
    held = f1.session.target_set
    assert panel.found.figure == f"target:{held.name}/{held.targets[1].name}"
    assert panel.found.value < 0.08  # O1 fails both halves of the pair
    assert "missed" in panel.found.sentence
    assert "Senior support worker over Residential support worker" in {
        one.value for one in panel.found.inputs
    }
    assert panel.chooser.currentText() == panel.found.label


def test_that_a_tile_of_a_target_is_explained_with_what_the_target_names(f1: MainWindow, qtbot) -> None:
    """Two grades are the target's own: the bare measure has no value, the tile has."""
    f1.show_page(PROPOSALS)
    settle(f1, qtbot)
    tile = next(
        one for one in f1._pages[PROPOSALS].scoreboard.tiles if one.content.caption == "Keep seniors ahead"
    )
    found = f8(f1, tile, qtbot).found
    assert found.figure.startswith("target:")
    assert found.value == pytest.approx(0.0696, abs=1e-4)
    envelope = explain(f1.session.sector, f1.session.appraisal, "target:Envelope")
    assert [one.kind for one in envelope.lines].count(LineKind.TOTAL) == 1
    assert "Limit: at most" in [one.label for one in envelope.lines]


def test_that_f8_in_employers_explains_margin_and_cost_and_says_the_rest(f1: MainWindow, qtbot) -> None:
    f1.show_page(EMPLOYERS)
    settle(f1, qtbot)
    page = f1._pages[EMPLOYERS]
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    for column, figure in ((0, "employer:A"), (2, "margin:A")):
        page.table.setCurrentIndex(page.model.index(0, column))
        assert f8(f1, page.table, qtbot).found.figure == figure
    page.table.setCurrentIndex(page.model.index(0, 4))
    f8(f1, page.table, qtbot)
    assert "A – Can afford: " in said(f1)
    assert "leaves the margin to keep" in said(f1)


def test_that_f8_in_proposals_explains_levers_and_bars(f1: MainWindow, qtbot) -> None:
    f1.session.choose_offer(read_offer(O2, source="o").name)
    f1.show_page(PROPOSALS)
    settle(f1, qtbot)
    page = f1._pages[PROPOSALS]
    assert f8(f1, page.rows[LeverKey.FLOOR].box, qtbot).found.figure == "element:floor"
    f1.explain_panel.close_panel()
    page.tabs.setCurrentWidget(page.steps)
    page.steps.view.setFocus()
    assert f8(f1, page.steps.view, qtbot).found.figure == "cost_full_year"
    f1.explain_panel.close_panel()
    page.steps.view.setFocus()
    for _ in range(3):
        qtbot.keyClick(page.steps.view, Qt.Key.Key_Right)
    elements = [one.element for one in f1.session.appraisal.cost.elements]
    asked = page.figure_here()
    assert asked.figure == f"element:{elements[2]}"


def test_that_f8_on_a_figure_that_is_counted_says_what_it_is(f1: MainWindow, qtbot) -> None:
    f1.show_page(STAFF)
    settle(f1, qtbot)
    page = f1._pages[STAFF]
    table = page._tables[0]
    table.setCurrentIndex(table.model().index(0, 2))
    f8(f1, table, qtbot)
    heading = table.model().headerData(2, Qt.Orientation.Horizontal)
    assert f"A – {heading}: {table.model().index(0, 2).data()}." in said(f1)


def test_that_a_margin_is_explained_from_the_accounts_by_fees_and_pay() -> None:
    """Result 5,600,000 − 3,371,715 − 280,000 − 720,000 − 120,000 = 1,108,285, less the rise in labour cost."""
    sector = f1_sector()
    appraisal = appraise(sector, read_offer(O2, source="o"))
    found = explain(sector, appraisal, "margin:A")
    parts = [one.amount for one in found.lines if one.kind is LineKind.PART]
    rise = next(one.full_year for one in appraisal.cost.by_employer if one.name == "A")
    assert parts == [pytest.approx(1_108_285), pytest.approx(-rise)]
    total = next(one for one in found.lines if one.kind is LineKind.TOTAL)
    assert found.value == pytest.approx(total.amount / 5_600_000)
    assert total.shown == sum(one.shown for one in found.lines if one.kind is LineKind.PART)
    with_fees = appraise(sector, replace_fees())
    lines = explain(sector, with_fees, "margin:A").lines
    assert lines[1].amount == pytest.approx(5_600_000 * 0.03)
    with pytest.raises(UnusableInput, match="no figure"):
        explain(sector, appraisal, "margin:Nobody")


def replace_fees() -> Offer:
    """O2 with fees up by 3 %."""
    offer = read_offer(O2, source="o")
    step = offer.settlements[-1]
    return replace(
        offer,
        settlements=(*offer.settlements[:-1], replace(step, fees=replace(step.fees, uplift_ppm=30_000))),
    )


# Open in Excel


def test_that_the_costing_is_written_with_live_formulas_and_opened(
    f1: MainWindow, qtbot, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()) or True)
    path = documents / "mine.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path.with_suffix("")), ""))
    f1._menus.action("excel").trigger()
    qtbot.waitUntil(lambda: bool(shown), timeout=60_000)
    assert shown == [str(path)]
    with zipfile.ZipFile(path) as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sum(sheet.count(b"<f>") for sheet in sheets) > 100
    assert "live formula" in said(f1)
    assert any(one.text() == "Open it" for one in f1.notices.findChildren(QPushButton))


def test_that_the_panel_opens_the_workbook_of_the_offer_that_it_explains(
    f1: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "ui.workbook.write_and_open", lambda _session, appraisal, _path: asked.append(appraisal.offer.name)
    )
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("book.xlsx", ""))
    other = appraise(f1.session.sector, f1.session.sector.offers[1])
    f1.show_page(COMPARE)
    f1.explain_figure("cost_full_year", other)
    settle(f1, qtbot)
    f1.explain_panel.excel.click()
    assert asked == [other.offer.name]


def test_that_a_folder_that_cannot_be_written_to_is_said(f1: MainWindow, qtbot, documents: Path) -> None:
    write_and_open(f1.session, f1.session.appraisal, documents / "no such folder" / "a.xlsx")
    qtbot.waitUntil(lambda: "a.xlsx was not saved" in said(f1), timeout=60_000)


@pytest.mark.parametrize("size", [(1366, 688), (1093, 534)], ids=str)
def test_that_the_panel_with_its_buttons_fits(f1: MainWindow, qtbot, size: tuple[int, int]) -> None:
    f1.resize(*size)
    f1.show_page(COMPARE)
    f1.explain_figure("cost_full_year")
    settle(f1, qtbot)
    assert clipped(f1.explain_panel) == []
    assert unnamed(f1.explain_panel) == []


def test_that_an_element_that_cannot_be_priced_is_not_known_and_never_nought() -> None:
    """Nobody recorded what share of pay allowances are."""
    offer = read_offer("[[settlement]]\neffective = 2026-04-06\nallowances_percent = 3", source="o")
    sector = f1_sector()
    found = explain(sector, appraise(sector, offer), "element:allowances")
    assert found.value is None
    assert "is not known: " in found.sentence
    assert [one.amount for one in found.lines] == [None]
