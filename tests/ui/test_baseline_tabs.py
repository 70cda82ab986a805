"""The other tabs of the baseline: off the scale, assimilation, terms, assumptions, law; empty, changed, undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from bargain.parameters.load import parameters, value_on
from models.offer import Offer, PayRule, Settlement
from models.terms import Terms
from tests.ui.clip import clipped
from tests.ui.test_baseline import page_of, scaled, settle  # noqa: F401  # scaled is a fixture
from tests.ui.walk import bare_labels, not_reached, unnamed
from ui.main_window import BASELINE, MainWindow
from ui.pages.baseline_assimilation import FULL, NO_SCALE, NOBODY
from ui.report import Report

SIZES = ((1366, 688), (1093, 534))


@pytest.fixture
def baseline(scaled: MainWindow) -> MainWindow:  # noqa: F811
    return scaled


def show(window: MainWindow, tab: QWidget, qtbot) -> None:
    page_of(window).tabs.setCurrentWidget(tab)
    settle(window, qtbot)


def rows_of(table: QWidget) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_that_staff_off_the_scale_are_listed_by_kind(baseline: MainWindow, qtbot) -> None:
    """£25,500 on point 3 of £24,500; £12.75 an hour on point 4, £25,000 or £12.96; two more on no point."""
    tab = page_of(baseline).off_scale
    show(baseline, tab, qtbot)
    assert [tuple(row[2:7]) for row in rows_of(tab.table)] == [
        ("3", "above its point", "1", "25,500 *", "+1,000 *"),
        ("4", "below its point", "1", "24,598 *", "−405 *"),
        ("–", "on no point", "1", "28,939 *", "–"),
        ("–", "on no point", "1", "31,255 *", "–"),
    ]
    assert "Protected pay rises like any other." in tab.said.text()
    tab.chooser.setCurrentIndex(1)
    assert [row[3] for row in rows_of(tab.table)] == ["above its point"]
    tab.table.selectRow(0)
    qtbot.keyClick(tab.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "25,500" not in QApplication.clipboard().text()
    assert "fewer than 10" in QApplication.clipboard().text()
    sector = baseline.session.sector
    baseline.session.change_sector(replace(sector, scale=replace(sector.scale, marked_time=True)), "marked")
    assert "stands still" in tab.said.text()
    settle(baseline, qtbot)


def test_that_spot_rates_are_placed_in_both_orders_and_each_month_is_shown(
    baseline: MainWindow, qtbot
) -> None:
    tab = page_of(baseline).assimilation
    step = Settlement(date(2026, 4, 1), pay=(PayRule(percent_ppm=20_000),))
    baseline.session.add_offer(Offer("Two", settlements=(step,)), "two")
    show(baseline, tab, qtbot)
    qtbot.waitUntil(lambda: tab.found is not None)
    assert tab._middle.currentIndex() == FULL
    assert tab.said.text().startswith("2 staff are on no point. Under “Two”")
    assert tab.said.text().count("nobody loses") + tab.said.text().count("would get less") == 2
    groups = rows_of(tab.table)
    assert len(groups) == 2
    months = rows_of(tab.months)
    assert len(months) == 12
    assert months[0][0] == "Apr 2026"
    # 2 % on the hourly spot rate of the chosen post, and never less than it in order 2
    cells = (groups[0][2], months[0][1], months[0][3])
    assert all(one.endswith(" *") for one in cells)  # one person's pay
    now, spot, second = (float(one.removesuffix(" *")) for one in cells)
    assert spot == pytest.approx(now * 1.02, abs=0.006)
    assert second >= spot
    tab.protect.setChecked(False)
    qtbot.waitUntil(lambda: not baseline.session.tasks.is_busy)
    settle(baseline, qtbot)


def test_that_empty_tabs_say_what_is_missing_and_lead_there(open_window: MainWindow, qtbot) -> None:
    open_window.show_page(BASELINE)
    page = page_of(open_window)
    for tab in (page.off_scale, page.assimilation):
        show(open_window, tab, qtbot)
        assert tab._middle.currentIndex() == NO_SCALE
        tab.to_scale.click()
        assert page.tabs.currentWidget() is page.scale


def test_that_nobody_to_place_is_said(baseline: MainWindow, qtbot) -> None:
    sector = baseline.session.sector
    codes = sector.workforce.point_code.copy()
    codes[:] = 0
    baseline.session.change_sector(
        replace(sector, workforce=replace(sector.workforce, point_code=codes)), "all on a point"
    )
    tab = page_of(baseline).assimilation
    show(baseline, tab, qtbot)
    qtbot.waitUntil(lambda: tab._middle.currentIndex() == NOBODY)


def test_that_terms_are_recorded_with_enter_held_against_the_law_and_undone(
    baseline: MainWindow, qtbot
) -> None:
    tab = page_of(baseline).terms
    show(baseline, tab, qtbot)
    assert not tab.record_button.isEnabled()
    leave = tab.form.field("annual_leave_days")
    leave.setText("27,5")
    tab.form.field("unsocial_ppm:night").setText("33")
    assert "✗ 1 below the law of 1 Apr 2026." in tab.said.text()
    assert "Not recorded yet" in tab.said.text()
    assert rows_of(tab.table)[0][2] == "✗ below the law: 28 days a year"
    assert baseline.session.sector.terms == Terms()
    qtbot.keyClick(leave, Qt.Key.Key_Return)
    assert baseline.session.sector.terms == Terms(annual_leave_days=27.5, unsocial_ppm=(("night", 330_000),))
    assert baseline.session.undo.undoText() == "Terms as they are today"
    settle(baseline, qtbot)
    baseline.session.undo.undo()
    assert baseline.session.sector.terms == Terms()
    assert tab.form.field("annual_leave_days").text() == ""
    settle(baseline, qtbot)


def test_that_a_term_that_cannot_be_read_is_marked_and_not_recorded(baseline: MainWindow, qtbot) -> None:
    tab = page_of(baseline).terms
    show(baseline, tab, qtbot)
    tab.form.field("weekly_hours").setText("many")
    assert "weekly_hours" in tab.form.faults
    assert not tab.record_button.isEnabled()
    tab.back_button.click()
    assert tab.form.faults == {}


def test_that_terms_may_be_emptied_again(baseline: MainWindow, qtbot) -> None:
    sector = baseline.session.sector
    baseline.session.change_sector(replace(sector, terms=Terms(weekly_hours=37)), "terms")
    tab = page_of(baseline).terms
    show(baseline, tab, qtbot)
    tab.form.field("weekly_hours").setText("")
    tab.record_button.click()
    assert baseline.session.sector.terms == Terms()
    settle(baseline, qtbot)


def test_that_the_law_of_any_day_is_shown_with_its_source(baseline: MainWindow, qtbot) -> None:
    tab = page_of(baseline).law
    show(baseline, tab, qtbot)
    for day, words in ((date(2026, 4, 6), "6/4/2026"), (date(2024, 5, 1), "2024-05-01")):
        tab.day.setText(words)
        rows = rows_of(tab.table)
        assert [row[0] for row in rows] == [one.label for one in parameters().values()]
        wage = next(row for row in rows if row[0].startswith("National Living Wage"))
        held = value_on("national_living_wage", day)
        assert wage[1] == f"£{held.value:.2f} / hour"
        assert wage[5] == held.reference
    tab.day.setText("1 Jan 1990")
    assert {row[1] for row in rows_of(tab.table)} == {"not known"}
    tab.day.setText("soon")
    assert "is not a date" in tab.said.text()


def test_that_every_tab_is_copied_and_printed_as_it_is_shown(
    baseline: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(baseline)
    sector = baseline.session.sector
    baseline.session.change_sector(replace(sector, terms=Terms(annual_leave_days=28)), "terms")
    printed: list[Report] = []
    monkeypatch.setattr("ui.paper.print_report", lambda report, _: printed.append(report) or True)
    for at in range(page.tabs.count()):
        page.tabs.setCurrentIndex(at)
        settle(baseline, qtbot)
        page.print_button.click()
    assert [one.title.rpartition(": ")[2] for one in printed] == [
        page.tabs.tabText(at) for at in range(page.tabs.count())
    ]
    assert all(one.sentences[0].startswith("Private") for one in printed)
    scale, _, off, placed, terms, assumptions, law = printed
    assert scale.sheets[0].rows[0][:4] == ("2", "–", "24,000", "12.44")
    assert len(off.sheets[0].rows) == 4
    few = "not shown (few staff)"  # one person's pay each
    assert {row[4:] for row in off.sheets[0].rows} == {("fewer than 10", few, few, few)}
    assert "fewer than 10 staff are paid above their point, an amount that is not shown" in off.sentences[1]
    assert len(placed.sheets[1].rows) == 12
    assert {row[1:] for row in placed.sheets[0].rows} == {("fewer than 10", *[few] * 7)}
    assert {row[1:] for row in placed.sheets[1].rows} == {(few,) * 4}
    assert placed.sheets[1].title == "fewer than 10 staff"
    assert "fewer than 10 staff are on no point" in placed.sentences[1]
    assert ("Annual leave, days a year", "28") in terms.sheets[0].rows
    assert ("Sleep-in, £", "not known") in terms.sheets[0].rows
    assert len(assumptions.sheets[0].rows) > 5
    assert len(law.sheets[0].rows) == len(parameters())
    page.tabs.setCurrentWidget(page.terms)
    page.copy_button.click()
    assert "Annual leave, days a year\t28" in QApplication.clipboard().text()


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_that_every_tab_fits_is_named_and_reached_with_the_keyboard(
    baseline: MainWindow, qtbot, size: tuple[int, int]
) -> None:
    baseline.resize(*size)
    page = page_of(baseline)
    for at in range(page.tabs.count()):
        page.tabs.setCurrentIndex(at)
        settle(baseline, qtbot)
        QApplication.processEvents()
        assert (baseline.width(), baseline.height()) == size
        assert clipped(baseline) == [], page.tabs.tabText(at)
        assert unnamed(baseline) == []
        assert bare_labels(baseline) == []
        assert not_reached(baseline, page.tabs.widget(at)) == [], page.tabs.tabText(at)
