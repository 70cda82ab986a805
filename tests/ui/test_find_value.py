"""Find a value: what is asked, what is found, what can't be; into a new draft as one undoable step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bargain.offers.offer_file import read_offer
from models.solve import Sense
from models.target import Target, TargetScope, TargetSet
from tests.helpers.f1 import GRADES, O1, O2, f1_sector
from tests.ui.clip import clipped
from tests.ui.walk import bare_labels, unnamed
from ui.dialogs.find_value import AIMS, LEVERS, FindValueDialog
from ui.find_words import lever_with_unit, read_number, value_text
from ui.main_window import MainWindow

AHEAD = Target(
    "Keep seniors ahead",
    "differential",
    at_least=0.08,
    grade=GRADES[1],
    over=GRADES[0],
    scope=TargetScope.EVERY_EMPLOYER,
)
RISE = Target("Rise", "general_rise", at_least=0.02)
CHEAP = Target("Cheap", "cost_full_year", at_most=1_000.0)


@pytest.fixture
def dialog(qtbot, window: MainWindow, documents: Path) -> FindValueDialog:
    sector = replace(
        f1_sector(),
        offers=(read_offer(O2, source="F1"), read_offer(O1, source="F1")),
        target_sets=(TargetSet("Ours", (AHEAD, RISE, CHEAP)),),
    )
    window.session.create(sector, documents / "f1.bargain", "five odd words in a row")
    qtbot.waitUntil(lambda: not window.session.is_stale and not window.session.tasks.is_busy, timeout=20_000)
    made = FindValueDialog(window.session, window)
    made.open()
    made.targets.item(2).setCheckState(Qt.CheckState.Unchecked)
    return made


def searched(qtbot, dialog: FindValueDialog) -> None:
    dialog.search()
    qtbot.waitUntil(lambda: dialog._task is None, timeout=30_000)


def limits(dialog: FindValueDialog, at: int, key: str, low: str, high: str) -> None:
    lever, lower, upper = dialog.rows[at]
    lever.setCurrentIndex(lever.findData(key))
    lower.setText(low)
    upper.setText(high)


def test_that_the_cheapest_rise_that_keeps_the_targets_is_found(qtbot, dialog: FindValueDialog) -> None:
    limits(dialog, 0, "percent", "0", "4")
    searched(qtbot, dialog)

    assert dialog.answer is not None
    assert dialog.answer.feasible
    assert dict(dialog.answer.values) == {"percent": 20_000}
    assert "Rise 2.00%" in dialog.said.text()
    assert "What binds: Rise." in dialog.reasons.text()
    assert dialog.model.rowCount() == 2


def test_that_the_answer_becomes_a_draft_that_one_undo_takes_away(qtbot, dialog: FindValueDialog) -> None:
    session = dialog._session
    limits(dialog, 0, "percent", "0", "4")
    searched(qtbot, dialog)
    promised = dialog.answer
    dialog.put.click()
    qtbot.waitUntil(lambda: not session.is_stale and not session.tasks.is_busy, timeout=20_000)

    assert promised is not None
    assert session.offer == promised.offer
    assert not session.offer.tabled
    assert session.appraisal is not None
    assert session.appraisal.cost.full_year == promised.aim_value
    session.undo.undo()
    assert promised.offer not in session.sector.offers  # type: ignore[union-attr]


def test_that_what_cannot_hold_together_is_said_with_what_it_would_give(
    qtbot, dialog: FindValueDialog
) -> None:
    dialog.targets.item(2).setCheckState(Qt.CheckState.Checked)
    limits(dialog, 0, "percent", "0", "4")
    searched(qtbot, dialog)

    assert dialog.answer is not None
    assert not dialog.answer.feasible
    assert "Can't be done" in dialog.said.text()
    assert "Cheap" in dialog.reasons.text()
    assert dialog.put.text().startswith("Put the nearest")


def test_that_a_value_is_reached_for_in_the_units_of_the_screen(qtbot, dialog: FindValueDialog) -> None:
    dialog.measure.setCurrentIndex(dialog.measure.findData("paybill_growth"))
    dialog.sense.setCurrentIndex(dialog.sense.findData(Sense.NEAREST))
    dialog.value.setText("7 %")
    limits(dialog, 0, "percent", "0", "8")
    searched(qtbot, dialog)

    assert dialog.answer is not None
    assert dialog.answer.aim_value == pytest.approx(0.07, abs=0.0005)


def test_that_what_is_missing_is_asked_for_and_nothing_is_searched(dialog: FindValueDialog) -> None:
    limits(dialog, 0, "percent", "", "4")
    dialog.search()
    assert "Type both limits" in dialog.said.text()

    limits(dialog, 0, "percent", "5", "4")
    dialog.search()
    assert "lower limit" in dialog.said.text()

    limits(dialog, 0, "percent", "0", "4")
    dialog.spend.setChecked(True)
    dialog.search()
    assert "what may be spent" in dialog.said.text()
    assert dialog._task is None


def test_that_a_search_can_be_stopped(qtbot, dialog: FindValueDialog) -> None:
    limits(dialog, 0, "percent", "0", "8")
    limits(dialog, 1, "floor_hourly", "12", "15")
    limits(dialog, 2, "differential", "0", "12")
    dialog.search()
    dialog.stop.click()
    qtbot.waitUntil(lambda: dialog._task is None, timeout=30_000)

    assert dialog.answer is None
    assert "Nothing was changed" in dialog.said.text()


def test_that_f7_opens_it_and_everything_has_a_name_and_room(
    qtbot, dialog: FindValueDialog, qapp: QApplication
) -> None:
    searched(qtbot, dialog)

    assert not unnamed(dialog)
    assert not bare_labels(dialog)
    assert not list(clipped(dialog))
    assert dialog.minimumSizeHint().height() <= 534
    window = dialog.parent()
    assert isinstance(window, MainWindow)
    assert window._menus.action("find").shortcut().toString() == "F7"


def test_that_each_lever_and_measure_is_one_that_the_engine_knows() -> None:
    from bargain.measures.catalogue import MEASURES

    assert set(AIMS) <= set(MEASURES)
    assert all(lever_with_unit(key) for key in LEVERS)
    assert value_text("floor_hourly", 13_450_000) == "£13.45"
    assert value_text("percent", 31_500) == "3.15%"
    assert value_text("weekly_hours", 36_500_000) == "36.50 h"
    assert read_number("£1,250.50") == 1250.5
    assert read_number("x") is None
