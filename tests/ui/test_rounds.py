"""Rounds are closed, and opened again with the same figures; where the engine changed, both are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bargain import freezing
from tests.ui.clip import clipped
from tests.ui.test_keeping import click, settle, shown
from ui.dialogs.close_round import CloseRoundDialog
from ui.dialogs.frozen import FrozenDialog
from ui.main_window import MainWindow


def cells(table) -> list[list[str]]:
    model = table.model()
    return [
        [model.index(row, at).data() for at in range(model.columnCount())] for row in range(model.rowCount())
    ]


def close_one(window: MainWindow, qtbot) -> None:
    window._desk.rounds.ask()
    form = shown(CloseRoundDialog, window, qtbot)
    assert not clipped(form)
    assert form.name.text() == "Round 1"
    form.note.setPlainText("Leeds, both secretaries")
    click(qtbot, form.main_button)
    settle(window, qtbot)


def opened(window: MainWindow, qtbot) -> FrozenDialog:
    window._desk.rounds.show_all()
    form = shown(FrozenDialog, window, qtbot)
    qtbot.waitUntil(lambda: form.side() is not None, timeout=30_000)
    return form


def test_that_a_closed_round_opens_with_the_same_figures_although_data_changed(
    open_window: MainWindow, qtbot
) -> None:
    window, session = open_window, open_window.session
    settle(window, qtbot)
    close_one(window, qtbot)
    assert [(one.kind, one.name) for one in session.sector.frozen] == [
        ("offer", "Employers' offer"),
        ("round", "Round 1"),
    ]
    then = dict(session.sector.frozen[1].offers[0].figures)
    force = session.sector.workforce
    dearer = replace(session.sector, workforce=replace(force, rate_micros=force.rate_micros * 2))
    session.change_sector(dearer, "Pay doubled")
    settle(window, qtbot)
    form = opened(window, qtbot)
    assert not clipped(form)
    assert form.said.text() == "✓ This version of Bargain gives the same figures."
    assert form.note.text() == "Leeds, both secretaries"
    rows = {row[1]: row for row in cells(form.figures)}
    assert rows["Full-year cost"][2] == rows["Full-year cost"][3] == f"£{then['full_year']:,.2f}"
    click(qtbot, form.look_button)
    (beside,) = window._besides
    assert beside.session.sector.workforce.fingerprint() == force.fingerprint()
    assert beside.session.read_only.startswith("This is “Round 1” as frozen on")
    beside.close()
    session.undo.undo()
    session.undo.undo()
    assert session.sector.frozen == ()
    session.undo.redo()
    assert len(session.sector.frozen) == 2
    settle(window, qtbot)


def test_that_where_today_s_engine_differs_both_figures_are_shown_and_it_is_said_at_opening(
    open_window: MainWindow, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, session = open_window, open_window.session
    settle(window, qtbot)
    close_one(window, qtbot)
    real = freezing.appraise

    def dearer(sector, offer):
        appraisal = real(sector, offer)
        return replace(appraisal, cost=replace(appraisal.cost, full_year=appraisal.cost.full_year + 7.25))

    monkeypatch.setattr(freezing, "appraise", dearer)
    session.file_desk.check_frozen()
    qtbot.waitUntil(lambda: window.notices.notice is not None and window.notices.notice.key == "frozen")
    assert "“Employers' offer”, “Round 1” stay as they were frozen" in window.notices.notice.text
    window.notices.notice.buttons[0].act()
    form = shown(FrozenDialog, window, qtbot)
    qtbot.waitUntil(lambda: form.side() is not None, timeout=30_000)
    then = dict(session.sector.frozen[1].offers[0].figures)["full_year"]
    assert f"is £{then:,.2f}, and would now be £{then + 7.25:,.2f}" in form.said.text()
    row = next(row for row in cells(form.figures) if row[1] == "Full-year cost")
    assert row[2:] == [f"£{then:,.2f}", f"£{then + 7.25:,.2f}", "✗ other"]
    form.reject()


def test_that_after_erasing_the_frozen_figures_stay_and_it_is_said_why_nothing_stands_beside_them(
    open_window: MainWindow, qtbot
) -> None:
    window, session = open_window, open_window.session
    settle(window, qtbot)
    close_one(window, qtbot)
    frozen = session.sector.frozen
    session.file_desk.erase_staff("settled", lambda _: None)
    qtbot.waitUntil(lambda: not len(session.sector.workforce), timeout=30_000)
    form = opened(window, qtbot)
    assert session.sector.frozen == frozen
    assert "erased since" in form.said.text()
    assert not form.look_button.isEnabled()
    assert {row[3] for row in cells(form.figures)} == {"–"}
    form.reject()


def test_that_nothing_can_be_closed_before_anything_is_tabled(open_window: MainWindow, qtbot) -> None:
    window, session = open_window, open_window.session
    drafts = tuple(replace(one, tabled=False) for one in session.sector.offers)
    session.change_sector(replace(session.sector, offers=drafts), "Untabled")
    window._desk.rounds.ask()
    form = shown(CloseRoundDialog, window, qtbot)
    assert not form.main_button.isEnabled()
    form.reject()
    window._desk.rounds.show_all()
    empty = shown(FrozenDialog, window, qtbot)
    assert empty.said.text().startswith("Nothing was tabled or closed yet.")
    assert not empty.round_button.isEnabled()
    assert "Table an offer first" in window._desk.rounds.close("Round 1", "")
    settle(window, qtbot)
