"""The Data check page: employers by checks, letters, grossing up; with the keyboard, and at the sizes of laptops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog

from bargain.basis import counted_in
from models.employer import Employer
from models.grossing import Grossing, KnownTotal, SectorTotals, TotalsUnit
from models.quality import CheckCount
from models.sector import Sector
from tests.bargain.grossing_cases import plain_offer, six
from tests.ui import sectors
from tests.ui.clip import clipped
from tests.ui.conftest import PASSPHRASE
from tests.ui.walk import bare_labels, unnamed
from ui.dialogs.awaited import AwaitedDialog
from ui.dialogs.headcounts import HeadcountsDialog
from ui.itemmodels.totals_table import COUNT, REGION, TotalsTable
from ui.main_window import CHECK, PROPOSALS, MainWindow
from ui.pages.data_check import DataCheckPage

SIZES = ((1366, 688), (1093, 534))


def settle(window: MainWindow, qtbot) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=30_000
    )


def opened(window: MainWindow, qtbot, documents: Path, sector: Sector) -> DataCheckPage:
    window.session.create(sector, documents / "check.bargain", PASSPHRASE)
    settle(window, qtbot)
    window.show_page(CHECK)
    page = window._pages[CHECK]
    assert isinstance(page, DataCheckPage)
    settle(window, qtbot)
    return page


def doubtful() -> Sector:
    """The small sector with a third employer that has not returned, and what an import's checks found."""
    plain = sectors.small()
    checks = (
        CheckCount(sectors.HOSTILE, "missing_pay", 2, 2, "Pay <b>rate</b>", (7, 8)),
        CheckCount("Northshire Homes", "hours_above_48", 1, 0, "Hours", (5,)),
        CheckCount("Northshire Homes", "text_row", 3, 0, "", (1, 2, 3)),
    )
    return replace(
        plain,
        employers=(*plain.employers, Employer("West Homes")),
        imports=(replace(plain.imports[0], checks=checks),),
    )


def cells(page: DataCheckPage) -> dict[str, list[str]]:
    """Each employer's row as it is shown."""
    model = page.model
    return {
        model.data(model.index(row, 0)): [
            model.data(model.index(row, column)) for column in range(1, model.columnCount())
        ]
        for row in range(model.rowCount())
    }


def test_that_the_grid_says_in_symbols_and_words_who_must_be_asked_what(
    window: MainWindow, qtbot, documents: Path
) -> None:
    page = opened(window, qtbot, documents, doubtful())
    shown = cells(page)
    assert shown[sectors.HOSTILE][:2] == ["✗ set aside", "3"]
    assert shown[sectors.HOSTILE][3] == "✗2"
    assert shown["Northshire Homes"][4] == "?1"
    assert shown["West Homes"] == ["– not returned", "0", *["–"] * 9]
    said = page.model.data(page.model.index(0, 4), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Pay: 0 to ask about, 2 set aside"
    assert page.figures["returned"].text == "2 of 3"
    assert page.figures["aside"].text == "2"
    assert page.figures["scale"].text == "–"


def test_that_the_rail_counts_the_employers_to_ask(window: MainWindow, qtbot, documents: Path) -> None:
    opened(window, qtbot, documents, doubtful())
    item = window.rail.item(CHECK)
    assert "◐ 3" in item.text()
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "Data check: employers to ask: 3"


def test_that_the_letter_to_the_chosen_employer_stands_beside_it_and_is_copied_as_text(
    window: MainWindow, qtbot, documents: Path
) -> None:
    page = opened(window, qtbot, documents, doubtful())
    page.table.setFocus()
    page.table.selectRow(0)
    text = page.letter.toPlainText()
    assert f"To {sectors.HOSTILE}" in text
    assert "Pay <b>rate</b>" in text
    assert "rows 7–8" in text
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert "rows 5" in page.letter.toPlainText()
    page.copy_button.click()
    assert QApplication.clipboard().text() == page.letter.toPlainText()


def test_that_letters_are_written_into_the_folder_that_is_chosen(
    window: MainWindow, qtbot, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window, qtbot, documents, doubtful())
    folder = tmp_path / "letters"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    page.save_all_button.click()
    assert len(list(folder.glob("*.pdf"))) == 3
    assert window.notices.notice is not None
    assert "6 files" in window.notices.notice.text
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    page.save_button.click()
    assert len(list(folder.iterdir())) == 6


def test_that_before_anything_is_known_the_page_says_what_to_do(
    window: MainWindow, qtbot, documents: Path
) -> None:
    page = opened(window, qtbot, documents, Sector("Empty", data_date=date(2026, 3, 31)))
    assert page.import_button.isVisible()
    assert not page.table.isVisible()
    assert "○" in window.rail.item(CHECK).text()


def test_that_totals_are_typed_kept_and_agreed_to_and_every_step_can_be_undone(
    window: MainWindow, qtbot, documents: Path
) -> None:
    sector = replace(six(), offers=(plain_offer(),))
    page = opened(window, qtbot, documents, sector)
    page.tabs.setCurrentWidget(page.grossing)
    panel, session = page.grossing, window.session
    plain = session.appraisal.cost.full_year
    assert not panel.agreed.isEnabled()
    panel.fill_button.click()
    assert [panel.model.data(panel.model.index(row, REGION)) for row in range(2)] == [
        "North West",
        "South East",
    ]
    panel.model.setData(panel.model.index(0, COUNT), "6")
    panel.model.setData(panel.model.index(1, COUNT), "12")
    panel.use_button.click()
    assert panel.state.text() == "Say where the totals come from."
    assert session.sector.grossing == Grossing()
    panel.source.setText("the register")
    panel.use_button.click()
    settle(window, qtbot)
    assert session.sector.grossing.totals.totals == (
        KnownTotal(6, region="North West"),
        KnownTotal(12, region="South East"),
    )
    assert session.appraisal.cost.full_year == plain  # kept is not agreed
    assert window._basis.isHidden()
    panel.agreed.click()
    settle(window, qtbot)
    assert window._basis.isVisible()
    assert window._basis.label.whole.startswith("Grossed up from 6 of 18 employers")
    assert session.appraisal.cost.full_year > 2 * plain
    assert session.ranges["cost_full_year"].low < session.appraisal.cost.full_year
    session.undo.undo()
    settle(window, qtbot)
    assert not panel.agreed.isChecked()
    assert window._basis.isHidden()
    assert session.appraisal.cost.full_year == plain
    session.undo.undo()
    assert session.sector.grossing == Grossing()
    settle(window, qtbot)


@pytest.mark.parametrize(
    "case",
    [
        (COUNT, "many", "Row 1: “many” is no count; write a number."),
        (1, "greedy", "Row 1: “greedy” is no kind of owner"),
        (2, "small", "Row 1: “small” is no size"),
        (COUNT, "2", "“North West” has 2 employers, but 3 returned"),
    ],
)
def test_that_totals_that_cannot_be_used_are_refused_beside_them(
    window: MainWindow, qtbot, documents: Path, case: tuple[int, str, str]
) -> None:
    cell, typed, said = case
    page = opened(window, qtbot, documents, six())
    panel = page.grossing
    panel.fill_from_returns()
    panel.source.setText("the register")
    panel.model.setData(panel.model.index(0, cell), typed)
    panel.use_totals()
    assert said in panel.state.text()
    assert window.session.sector.grossing.totals is None


def test_that_a_block_from_a_spreadsheet_is_pasted_over_the_totals(
    window: MainWindow, qtbot, documents: Path
) -> None:
    page = opened(window, qtbot, documents, six())
    view = page.grossing.view
    QApplication.clipboard().setText("North West\tcharity\t1-49\t1,200\r\nSouth East\t\t250+\t7\r\n")
    view.setCurrentIndex(page.grossing.model.index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.grossing.model.totals() == (
        KnownTotal(1200, "North West", "charity", 1, 49),
        KnownTotal(7, "South East", "", 250, None),
    )
    view.selectRow(1)
    page.grossing.remove_button.click()
    assert len(page.grossing.model.totals()) == 1


def test_that_the_totals_table_keeps_the_rules_of_a_model(qapp: QApplication) -> None:
    model = TotalsTable()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.paste("a\tb\tc\t1\nd\te\tf\t2", 0, 0)
    model.add_row()
    model.remove_rows([0])
    model.set_totals((KnownTotal(3.0),))
    assert model.totals() == (KnownTotal(3.0),)


def test_that_a_tile_says_n_what_is_left_out_and_whether_it_is_grossed(
    window: MainWindow, qtbot, documents: Path
) -> None:
    opened(window, qtbot, documents, doubtful())
    window.show_page(PROPOSALS)
    settle(window, qtbot)
    tiles = {tile.content.caption: tile.content for tile in window._pages[PROPOSALS].scoreboard.tiles}
    tip = tiles["Median gender gap"].tip
    assert "Returns only, data of 31 Mar" in tip
    assert "n = 5 staff" in tip
    assert "1 staff left out: sex not recorded" in tip
    assert counted_in(window.session.appraisal.basis, "gini").n == 6


def grossed_six() -> Sector:
    totals = SectorTotals(
        "Register",
        TotalsUnit.EMPLOYERS,
        "the register",
        date(2026, 3, 31),
        (KnownTotal(6, region="North West"), KnownTotal(12, region="South East")),
    )
    return replace(six(), offers=(plain_offer(),), grossing=Grossing(totals, date(2026, 10, 1)))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("tab", [0, 1])
def test_that_nothing_is_cut_off_and_every_control_has_a_name(
    window: MainWindow, qtbot, documents: Path, size: tuple[int, int], tab: int
) -> None:
    page = opened(window, qtbot, documents, doubtful() if tab == 0 else grossed_six())
    window.resize(*size)
    page.tabs.setCurrentIndex(tab)
    settle(window, qtbot)
    assert clipped(window) == []
    assert unnamed(window) == []
    assert bare_labels(page) == []


def test_that_headcounts_are_typed_in_from_the_empty_page_and_one_undo_takes_them_away(
    window: MainWindow, qtbot, documents: Path
) -> None:
    empty = Sector("Empty", data_date=date(2026, 3, 31), grades=sectors.GRADES)
    page = opened(window, qtbot, documents, empty)
    page.headcounts_button.click()
    dialog = next(one for one in window.findChildren(HeadcountsDialog) if one.isVisible())
    assert clipped(dialog) == []
    assert unnamed(dialog) == []
    dialog.submit()
    assert "Say which employer" in dialog.wrong.text()
    dialog.employer.setEditText("Northshire Homes")
    QApplication.clipboard().setText("Support worker\t\t12.90\t\t7\t5\t1\nTeam leader\t\t16.20\t30\t2\t\t")
    dialog.view.setCurrentIndex(dialog.model.index(0, 0))
    qtbot.keyClick(dialog.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog.main_button.click()
    settle(window, qtbot)
    assert window.session.sector.workforce.heads.sum() == 15
    assert page.table.isVisible()
    assert page.figures["staff"].text == "15"
    window.session.undo.undo()
    settle(window, qtbot)
    assert not len(window.session.sector.workforce)
    assert page.import_button.isVisible()


def test_that_f3_goes_to_the_next_employer_that_must_be_asked(
    window: MainWindow, qtbot, documents: Path
) -> None:
    page = opened(window, qtbot, documents, doubtful())
    page.table.setFocus()
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_F3)
    assert page.chosen.whole == "Northshire Homes"
    qtbot.keyClick(page.table, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert page.chosen.whole == sectors.HOSTILE


def test_that_awaited_employers_are_named_in_a_list_and_count_as_not_returned(
    window: MainWindow, qtbot, documents: Path
) -> None:
    page = opened(window, qtbot, documents, sectors.small())
    window._desk.add_awaited()
    dialog = next(one for one in window.findChildren(AwaitedDialog) if one.isVisible())
    assert clipped(dialog) == []
    assert unnamed(dialog) == []
    dialog.submit()
    assert "no new name" in dialog.wrong.text()
    dialog.names.setPlainText("West Homes\nnorthshire homes\n")
    dialog.main_button.click()
    settle(window, qtbot)
    assert page.figures["returned"].text == "2 of 3"
    assert cells(page)["West Homes"][0] == "– not returned"
    window.session.undo.undo()
    settle(window, qtbot)
    assert page.figures["returned"].text == "2 of 2"
