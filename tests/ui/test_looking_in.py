"""Explain this number, the register of assumptions, what moves a cost, why two costings differ."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog

from bargain.appraisal import appraise
from bargain.progress import drive
from bargain.sensitivity import tornado
from bargain.storage.container import write_sector
from models.assumptions import Assumption, Standing
from tests.ui import sectors
from tests.ui.clip import clipped
from tests.ui.conftest import PASSPHRASE
from tests.ui.walk import bare_labels, unnamed
from ui.charts.tornado_chart import NO_SOURCE, tornado_chart
from ui.dialogs.what_moves_it import WhatMovesItDialog
from ui.dialogs.why_different import WhyDifferentDialog
from ui.main_window import BASELINE, PROPOSALS, MainWindow
from ui.pages.assumptions import AssumptionsTab
from ui.pages.baseline import BaselinePage
from ui.widgets.explain_panel import ExplainPanel

SIZES = ((1366, 688), (1093, 534))


def settle(window: MainWindow, qtbot) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=60_000
    )


@pytest.fixture
def proposals(open_window: MainWindow, qtbot) -> MainWindow:
    open_window.show_page(PROPOSALS)
    settle(open_window, qtbot)
    return open_window


def panel_of(window: MainWindow, qtbot) -> ExplainPanel:
    assert window.explain_panel is not None
    qtbot.waitUntil(lambda: not window.session.tasks.is_busy, timeout=60_000)
    return window.explain_panel


def opened(window: MainWindow, kind: type[QDialog], qtbot) -> QDialog:
    shown = next(one for one in window.findChildren(kind) if one.isVisible())
    qtbot.waitUntil(lambda: not window.session.tasks.is_busy, timeout=60_000)
    return shown


# Explain this number


def test_that_f8_explains_the_figure_of_the_tile_that_has_the_focus(proposals: MainWindow, qtbot) -> None:
    tile = next(
        one
        for one in proposals.findChildren(type(proposals._pages[PROPOSALS].scoreboard.tiles[0]))
        if one.content.measure == "lowest"
    )
    tile.setFocus()
    qtbot.keyClick(tile, Qt.Key.Key_F8)
    panel = panel_of(proposals, qtbot)

    assert panel.isVisible()
    assert panel.found.figure == "lowest"
    assert panel.chooser.currentData() == "lowest"
    qtbot.keyClick(panel.chooser, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert proposals.focusWidget() is tile


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_that_the_panel_stands_over_the_scoreboard_and_cuts_nothing_off(
    proposals: MainWindow, qtbot, size: tuple[int, int]
) -> None:
    proposals.resize(*size)
    proposals.explain_figure("cost_full_year")
    panel = panel_of(proposals, qtbot)

    assert panel.geometry().right() == proposals.rect().right()
    assert clipped(panel) == []
    assert unnamed(panel) == []
    assert bare_labels(panel) == []
    QAbstractItemModelTester(panel.steps.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_that_the_panel_shows_the_engines_figure_and_its_copy_is_the_command_lines_text(
    proposals: MainWindow, qtbot
) -> None:
    proposals.explain_figure("cost_full_year")
    panel = panel_of(proposals, qtbot)
    session = proposals.session
    cost = appraise(session.sector, session.offer).cost

    assert panel.found.value == cost.full_year
    qtbot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)
    assert "→ Full-year cost" in QGuiApplication.clipboard().text()


def test_that_the_panel_follows_the_offer_and_a_chosen_figure(proposals: MainWindow, qtbot) -> None:
    proposals.explain_figure("cost_full_year")
    panel = panel_of(proposals, qtbot)
    before = panel.found.value
    session = proposals.session
    rule = replace(session.offer.settlements[0].pay[0], percent_ppm=70_000)
    step = replace(session.offer.settlements[0], pay=(rule,))
    session.change_offer(replace(session.offer, settlements=(step,)), "7 %")
    settle(proposals, qtbot)
    assert panel.found.value > before

    panel.chooser.setCurrentIndex(panel.chooser.findData("element:pay rules"))
    panel.chooser.activated.emit(panel.chooser.currentIndex())
    qtbot.waitUntil(lambda: panel.found.figure == "element:pay rules", timeout=20_000)


def test_that_a_part_that_may_not_be_told_is_refused_in_words(proposals: MainWindow, qtbot) -> None:
    """The small sector's employers have three staff each."""
    proposals.explain_figure("employer:Northshire Homes")
    panel = panel_of(proposals, qtbot)

    assert "fewer than 10 staff" in panel.sentence.text()
    assert not panel.steps.isVisible()


def test_that_a_click_on_a_tile_asks_where_its_figure_is_from(proposals: MainWindow, qtbot) -> None:
    tile = proposals._pages[PROPOSALS].scoreboard.tiles[0]
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)

    found = panel_of(proposals, qtbot).found
    assert found.figure == tile.content.figure
    assert found.value == proposals.session.appraisal.cost.full_year


def test_that_the_line_under_the_charts_tells_four_rules_of_thumb(proposals: MainWindow, qtbot) -> None:
    text = proposals._pages[PROPOSALS].rule_of_thumb.text()

    for words in ("1% = £", "£100 flat = £", "10p on the floor = £", "an hour off = "):
        assert words in text


# The register


@pytest.fixture
def register(open_window: MainWindow, qtbot) -> AssumptionsTab:
    qtbot.keyClick(open_window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    settle(open_window, qtbot)
    page = open_window._pages[BASELINE]
    assert isinstance(page, BaselinePage)
    assert page.assumptions.isVisible()
    return page.assumptions


def row_named(register: AssumptionsTab, label: str) -> None:
    at = next(k for k, one in enumerate(register._rows) if one.label.startswith(label))
    register.table.selectRow(at)


def test_that_a_value_with_its_source_is_recorded_and_taken_back(
    register: AssumptionsTab, open_window: MainWindow, qtbot
) -> None:
    row_named(register, "Share of lost hours")
    register.value.setText("75 %")
    register.source.setText("rota survey")
    register.dated.setText("2026-04-01")
    register.owner.setText("joint secretaries")
    register.standing.setCurrentIndex(register.standing.findData(Standing.AGREED))
    qtbot.keyClick(register.value, Qt.Key.Key_Return)
    held = open_window.session.sector.assumptions

    assert [(one.key, one.value, one.source, one.owner) for one in held] == [
        ("cover_share", 0.75, "rota survey", "joint secretaries")
    ]
    assert held[0].standing is Standing.AGREED
    assert held[0].dated.isoformat() == "2026-04-01"
    open_window.session.undo.undo()
    assert open_window.session.sector.assumptions == ()
    settle(open_window, qtbot)


def test_that_an_input_without_a_source_is_marked(
    register: AssumptionsTab, open_window: MainWindow, qtbot
) -> None:
    row_named(register, "Overtime")
    register.value.setText("60")
    register.save.click()
    index = register.table.currentIndex()
    shown = [register.model.index(index.row(), at).data() for at in range(register.model.columnCount())]

    assert shown[:3] == ["Overtime", "60 hours a head a year", f"{NO_SOURCE} no source"]
    bare = [one for one in register._rows if one.value is not None and not one.is_sourced]
    assert f"{len(bare)} of them have no source" in register.intro.text()
    settle(open_window, qtbot)


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("value", "much", "is not a number"),
        ("value", "7", "give a value from 0 to 1"),
        ("dated", "1/4/26", "year-month-day"),
    ],
)
def test_that_what_cannot_be_recorded_is_said_and_changes_nothing(
    register: AssumptionsTab, open_window: MainWindow, field: str, typed: str, says: str
) -> None:
    row_named(register, "Share of lost hours")
    getattr(register, field).setText(typed)
    register.save.click()

    assert says in register.wrong.text()
    assert open_window.session.sector.assumptions == ()


def test_that_a_figure_set_elsewhere_gets_its_source_here_and_keeps_its_value(
    register: AssumptionsTab, open_window: MainWindow, qtbot
) -> None:
    row_named(register, "Weeks a year")
    weeks = open_window.session.sector.weeks_y
    assert not register.value.isEnabled()
    assert "Facts of the table" in register.purpose.text()
    register.source.setText("NJC circular")
    register.save.click()
    held = open_window.session.sector.assumptions
    assert [(one.key, one.value, one.source) for one in held] == [("sector.weeks_y", weeks, "NJC circular")]
    assert register._shown.source == "NJC circular"
    open_window.session.undo.undo()
    assert open_window.session.sector.assumptions == ()
    settle(open_window, qtbot)


def test_that_one_employer_may_have_a_figure_of_its_own(
    register: AssumptionsTab, open_window: MainWindow, qtbot
) -> None:
    register.kinds.setCurrentIndex(register.kinds.findData("on_call_y"))
    register.add.click()
    assert register.employer.currentData() == sectors.HOSTILE
    register.value.setText("24")
    register.save.click()
    held = open_window.session.sector.assumptions
    assert [(one.key, one.employer, one.value) for one in held] == [("on_call_y", sectors.HOSTILE, 24.0)]

    register.remove.click()
    assert open_window.session.sector.assumptions == ()
    settle(open_window, qtbot)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_that_the_register_fits_and_every_field_has_a_name(
    register: AssumptionsTab, open_window: MainWindow, size: tuple[int, int]
) -> None:
    open_window.resize(*size)
    QApplication.processEvents()

    assert register.isVisible()
    assert clipped(open_window) == []
    assert unnamed(open_window) == []
    assert bare_labels(open_window) == []


# What moves it


def test_that_the_swings_are_a_chart_and_a_table(proposals: MainWindow, qtbot) -> None:
    proposals._desk.what_moves_it()
    shown = opened(proposals, WhatMovesItDialog, qtbot)

    assert "Full-year cost" in shown.said.text()
    assert shown.pane.view.chart.bars[0].label.startswith("Percent")
    shown.pane.toggle_table()
    assert shown.pane.table.model().rowCount() == len(shown.pane.view.chart.bars)
    assert clipped(shown) == []
    assert unnamed(shown) == []
    shown.by.setCurrentIndex(1)
    shown.by.activated.emit(1)
    qtbot.waitUntil(lambda: not proposals.session.tasks.is_busy, timeout=60_000)
    assert "4.95–5.05" in shown.pane.view.chart.bars[0].label
    shown.reject()


def test_that_bars_stand_around_the_cost_as_it_is_and_unsourced_inputs_are_marked() -> None:
    bare = replace(sectors.small(), assumptions=(Assumption("cover_share", "cover", 0.5, "share"),))
    step = replace(bare.offers[0].settlements[0], terms=replace(bare.terms, weekly_hours=36.0))
    found = drive(tornado(bare, replace(bare.offers[0], settlements=(step,))))
    bars = [one for one in tornado_chart(found).bars if not one.heading]

    assert all(bar.value is None or bar.base <= 0 <= bar.base + bar.value or bar.value < 0 for bar in bars)
    assert any(NO_SOURCE in bar.label for bar in bars)


# Why two costings differ


def test_that_their_file_is_compared_by_cause(proposals: MainWindow, qtbot, documents: Path) -> None:
    theirs = replace(sectors.small(), offers=(), year_start=(9, 1))
    records = tuple(replace(one, pension_ppm=80_000) for one in theirs.employers)
    path = documents / "theirs.bargain"
    write_sector(path, replace(theirs, employers=records), "their own odd words")
    proposals._desk.why_different()
    shown = opened(proposals, WhyDifferentDialog, qtbot)
    shown.submit()
    assert "Choose the other side" in shown.wrong.text()
    shown.take_file(path)
    shown.passphrase.setText("wrong words altogether")
    shown.submit()
    qtbot.waitUntil(lambda: bool(shown.wrong.text()) and shown.main_button.isEnabled(), timeout=60_000)
    shown.passphrase.setText("their own odd words")
    shown.submit()
    qtbot.waitUntil(shown.table.isVisible, timeout=60_000)

    first = [shown.model.index(0, at).data() for at in range(2)]
    assert first[0] == "On-costs of employers"
    assert shown.model.index(shown.model.rowCount() - 1, 1).data() == first[1]
    assert clipped(shown) == []
    assert unnamed(shown) == []
    shown.reject()
    assert PASSPHRASE not in shown.said.text()
