"""Parties at the table and the clauses that bind employers, in the window: entered, counted, drawn, undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from models.party import PartnerGroup, Party
from models.sector import Sector
from models.what_if import Constraint, StayingPlan, Union, WhatIf
from tests.ui.clip import clipped
from tests.ui.conftest import PASSPHRASE
from tests.ui.test_what_if import f1 as f1_assuming
from tests.ui.test_what_if import row, settle, show
from tests.ui.walk import bare_labels, not_reached, unnamed
from ui.dialogs.parties import PartiesDialog
from ui.main_window import AGREEMENT, WHAT_IF, MainWindow
from ui.pages.agreement import AgreementPage
from ui.pages.what_if import WhatIfPage
from ui.what_if.parties import PartiesEditor
from ui.widgets.plain_label import PlainLabel

SIZES = [(1366, 688), (1093, 534)]
PARTIES = (
    Party("x", PartnerGroup.WORKERS, "trade union"),
    Party("Federation", PartnerGroup.EMPLOYERS, "", 175),
)
PLAN = StayingPlan(
    unions=(Union("x", 60),), constraints=(Constraint("A", 200_000, "Exclusion from the framework"),)
)


def f1() -> Sector:
    return replace(f1_assuming(WhatIf(staying=PLAN)), parties=PARTIES)


@pytest.fixture
def page(qtbot, window: MainWindow, documents: Path) -> WhatIfPage:
    window.session.create(f1(), documents / "f1.bargain", PASSPHRASE)
    settle(qtbot, window)
    window.show_page(WHAT_IF)
    settle(qtbot, window)
    found = window._pages[WHAT_IF]
    assert isinstance(found, WhatIfPage)
    show(qtbot, window, found, found.staying)
    return found


def type_party(qtbot, editor: PartiesEditor, name: str, side: PartnerGroup, staff: str) -> None:
    editor.name.clear()
    qtbot.keyClicks(editor.name, name)
    editor.side.setCurrentIndex(editor.side.findData(side))
    editor.staff.setText(staff)
    editor.staff.editingFinished.emit()


def test_that_parties_are_entered_counted_on_each_side_and_taken_back(
    qtbot, window: MainWindow, page: WhatIfPage
) -> None:
    panel = page.staying
    editor, session = panel.parties, window.session
    assert session.sector is not None
    assert (
        "1 at the table for 60 staff, 1.000 parties in effect" in editor.said.text()
    )  # the union's own members
    type_party(qtbot, editor, "y", PartnerGroup.WORKERS, "30")
    editor.add.click()
    settle(qtbot, window)
    assert editor.wrong.text() == ""
    assert "2 at the table for 90 staff, 1.800 parties in effect" in editor.said.text()
    assert row(panel.reach, "At the table: effective number on the workers' side") == ["1.800"]
    assert row(panel.reach, "Effective number of unions") == ["1.000"]  # in the field is another number
    type_party(qtbot, editor, "y", PartnerGroup.WORKERS, "")
    qtbot.keyClick(editor.staff, Qt.Key.Key_Return)  # Enter records the chosen one
    assert "not known until you enter for how many staff y speak" in editor.said.text()
    editor.remove.click()
    assert [one.name for one in session.sector.parties] == ["x", "Federation"]
    for _ in range(3):
        session.undo.undo()
    assert session.sector.parties == PARTIES


def test_that_a_party_that_can_not_be_is_refused_beside_the_fields(qtbot, page: WhatIfPage) -> None:
    editor = page.staying.parties
    type_party(qtbot, editor, "FEDERATION", PartnerGroup.WORKERS, "5")
    editor.add.click()
    assert "at the table already" in editor.wrong.text()
    type_party(qtbot, editor, "New", PartnerGroup.WORKERS, "lots")
    assert "is not a number" in editor.wrong.text()
    assert editor.rows() == PARTIES


def test_that_a_table_nobody_sits_at_says_what_to_enter_also_without_staff(
    qtbot, window: MainWindow, documents: Path
) -> None:
    window.session.create(Sector("Empty"), documents / "e.bargain", PASSPHRASE)
    settle(qtbot, window)
    window._desk.parties()
    dialog = window.findChild(PartiesDialog)
    assert dialog is not None
    assert "Nobody is at the table yet. Enter each union" in dialog.editor.said.text()
    assert not dialog.editor.remove.isEnabled()
    type_party(qtbot, dialog.editor, "Care Workers", PartnerGroup.WORKERS, "1250")
    qtbot.keyClick(dialog.editor.name, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert window.session.sector is not None
    assert window.session.sector.parties == (Party("Care Workers", PartnerGroup.WORKERS, "", 1250.0),)
    dialog.reject()


def drafted(window: MainWindow, qtbot) -> str:
    """Every word of the draft as it is drawn."""
    window.show_page(AGREEMENT)
    page = window._pages[AGREEMENT]
    assert isinstance(page, AgreementPage)
    settle(qtbot, window)
    qtbot.waitUntil(
        lambda: page.draft is not None and page._drafted_of is window.session.appraisal, timeout=30_000
    )
    return "\n".join(one.text() for one in page.preview.findChildren(PlainLabel))


def test_that_a_marked_constraint_is_drawn_in_the_draft_and_undo_takes_it_out(
    qtbot, window: MainWindow, page: WhatIfPage
) -> None:
    panel = page.staying
    assert panel.chosen.text() == "B"  # the largest gain that nothing covers
    assert not panel.clause.isEnabled()  # nothing is recorded that could be a clause
    panel.table.selectRow(0)
    assert (panel.chosen.text(), panel.clause.isEnabled(), panel.tells_worth.isEnabled()) == (
        "A",
        True,
        False,
    )
    assert "Exclusion" not in drafted(window, qtbot)
    window.show_page(WHAT_IF)
    qtbot.keyClick(panel.clause, Qt.Key.Key_Space)
    assert window.session.undo.undoText() == "A clause binds A"
    qtbot.keyClick(panel.tells_worth, Qt.Key.Key_Space)
    assert window.session.undo.undoText() == "The clause of A says its worth"
    settle(qtbot, window)
    assert row(panel.model, "A")[-1] == "clause, with its worth"
    clause = "(a) Exclusion from the framework. This binds A. It is put at £200,000 a year for A."
    assert clause in drafted(window, qtbot)
    window.session.undo.undo()
    settle(qtbot, window)
    assert "(a) Exclusion from the framework. This binds A." in drafted(window, qtbot)
    window.session.undo.undo()
    settle(qtbot, window)
    assert "Exclusion" not in drafted(window, qtbot)


@pytest.mark.parametrize("size", SIZES)
def test_that_nothing_of_the_parties_is_cut_and_all_is_named_and_reached(
    qtbot, window: MainWindow, page: WhatIfPage, size: tuple[int, int]
) -> None:
    window.resize(*size)
    page.staying.views.setCurrentWidget(page.staying.parties)
    settle(qtbot, window)
    assert (window.width(), window.height()) == size
    assert clipped(window) == []
    assert unnamed(page.staying) == []
    assert not not_reached(window, page.staying)
    window._desk.parties()
    dialog = window.findChild(PartiesDialog)
    assert dialog is not None
    qtbot.waitExposed(dialog)
    assert clipped(dialog) == []
    assert unnamed(dialog) == []
    assert bare_labels(dialog) == []
    assert dialog.height() <= size[1]
    dialog.reject()
