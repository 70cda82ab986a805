"""Targets: sets and targets made, changed and taken away as undoable steps; verdicts and pairs in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from bargain.offers.offer_file import read_offer
from bargain.offers.target_file import read_targets
from models.sector import Sector
from models.target import Target, TargetScope
from tests.helpers.f1 import GRADES, O1, O2, O3, TARGETS, f1_sector
from tests.ui.clip import clipped
from tests.ui.on_a_page import page_shown, settle
from tests.ui.walk import bare_labels, unnamed
from ui.dialogs.target import TargetDialog
from ui.main_window import TARGETS as PAGE
from ui.main_window import MainWindow
from ui.pages.targets import TargetsPage


def opened(qtbot, window: MainWindow, sector: Sector, documents: Path) -> TargetsPage:
    page = page_shown(qtbot, window, sector, documents, PAGE)
    assert isinstance(page, TargetsPage)
    return page


@pytest.fixture
def page(qtbot, window: MainWindow, documents: Path) -> TargetsPage:
    offers = tuple(read_offer(text, source="F1") for text in (O3, O1, O2))
    targets = replace(read_targets(TARGETS, source="F1"), name="Ours")
    return opened(qtbot, window, replace(f1_sector(), offers=offers, target_sets=(targets,)), documents)


def verdicts(page: TargetsPage) -> list[str]:
    return [page.model.data(page.model.index(row, 1)) for row in range(page.model.rowCount())]


def test_that_a_floor_only_offer_fails_as_a_pair_though_it_narrows(page: TargetsPage) -> None:
    assert verdicts(page)[0].startswith("✓ met")
    assert verdicts(page)[1].startswith("✗ missed")
    assert page.together.text().startswith("✗ Compression: missed")
    assert "Smallest differential: 0.00% – A" in page.together.text()
    assert "the average, which hides the spread" in page.together.text()


def test_that_the_symmetry_rule_is_judged_when_it_is_wanted(
    qtbot, page: TargetsPage, window: MainWindow
) -> None:
    before = page.pairs[1].halves[1].verdicts
    page.symmetry.setChecked(True)
    settle(qtbot, window)

    assert len(page.pairs[1].halves[1].verdicts) == len(before) + 1


def test_that_targets_are_added_changed_and_removed_and_undone(
    qtbot, page: TargetsPage, window: MainWindow
) -> None:
    start = window.session.target_set.targets
    page.put(None, Target("Rise", "general_rise", at_least=0.02))
    settle(qtbot, window)
    assert verdicts(page)[-1].startswith("✗ missed")
    page.put(len(start), Target("Rise", "general_rise", at_least=0.005))
    settle(qtbot, window)
    assert verdicts(page)[-1].startswith("✓ met")
    page.table.selectRow(len(start))
    page._remove()
    settle(qtbot, window)
    assert window.session.target_set.targets == start
    for _ in range(3):
        window.session.undo.undo()
    assert window.session.target_set.targets == start


def test_that_a_set_is_made_put_to_use_and_saved(
    qtbot, page: TargetsPage, window: MainWindow, tmp_path: Path
) -> None:
    page.make_set("Theirs")
    settle(qtbot, window)
    assert window.session.target_set.name == "Theirs"
    assert "No targets yet" in page.said.text()
    page.put(None, Target("Rise", "general_rise", at_most=0.02))
    settle(qtbot, window)
    page.save_file(tmp_path / "theirs.toml")
    assert read_targets((tmp_path / "theirs.toml").read_text("utf-8"), source="t").targets == (
        Target("Rise", "general_rise", at_most=0.02),
    )
    page._drop_set()
    settle(qtbot, window)
    assert window.session.target_set.name == "Ours"


def test_that_it_says_what_is_counted_staff_or_employers(
    qtbot, page: TargetsPage, window: MainWindow
) -> None:
    page.make_set("Theirs")
    page.put(None, Target("Rise", "general_rise", at_most=0.02))
    page.put(None, Target("Margin", "operating_margin", at_most=0.1, scope=TargetScope.EVERY_EMPLOYER))
    settle(qtbot, window)
    page.table.selectRow(0)
    assert page.said.text().startswith("Counts 222 staff.")
    page.table.selectRow(1)
    assert page.said.text().startswith("Judged at 2 employers.")


@pytest.mark.parametrize(
    "target",
    [
        Target("a", "p90_p10_change", at_most=-0.015),
        Target(
            "b",
            "differential",
            at_least=0.08,
            grade=GRADES[1],
            over=GRADES[0],
            scope=TargetScope.EVERY_EMPLOYER,
        ),
        Target(
            "c", "operating_margin", at_most=0.1, scope=TargetScope.EVERY_EMPLOYER, ownership=("for-profit",)
        ),
        Target("d", "operating_margin", at_most=0.1, ownership=("for-profit", "charity")),
        Target("e", "heads_below_hourly", at_most=0.0, hourly=13.6),
        Target("f", "restraint_gap", at_most=0.0, norm=0.035),
        Target("g", "employers_below_margin", at_most=3.0, margin=0.02),
        Target("h", "cost_full_year", at_most=400_000.0),
        Target("i", "gini", at_most=0.0612),
    ],
    ids=lambda one: one.measure,
)
def test_that_the_dialog_gives_back_the_target_it_was_shown(page: TargetsPage, target: Target) -> None:
    dialog = TargetDialog(page._session, target, page)

    assert dialog.target() == target


def test_that_the_dialog_says_what_is_missing(qtbot, page: TargetsPage) -> None:
    dialog = TargetDialog(page._session, None, page)
    dialog.open()
    dialog.limit.setText("")
    dialog.submit()
    assert "Type the limit" in dialog.wrong.text()
    dialog.limit.setText("8")
    dialog.measure.setCurrentIndex(dialog.measure.findData("differential"))
    dialog.submit()
    assert "Choose the grade" in dialog.wrong.text()
    dialog.measure.setCurrentIndex(dialog.measure.findData("gini"))
    dialog.limit.setText("0.05")
    with qtbot.waitSignal(dialog.made) as caught:
        dialog.submit()
    assert caught.args[0].measure == "gini"


@pytest.mark.parametrize("size", [(1366, 688), (1093, 534)])
def test_that_nothing_is_cut_and_everything_has_a_name(
    qtbot, page: TargetsPage, window: MainWindow, qapp: QApplication, size: tuple[int, int]
) -> None:
    window.resize(*size)
    settle(qtbot, window)
    qapp.processEvents()

    assert (window.width(), window.height()) == size
    assert not list(clipped(window))
    assert not unnamed(page)
    assert not bare_labels(page)
