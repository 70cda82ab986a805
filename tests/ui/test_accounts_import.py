"""Employers' accounts in the window: mapped, asked about, checked, added as one step; nothing before Add, never the file."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from bargain.offers.offer_file import read_offer
from tests.bargain.intake.statements import QUICKBOOKS
from tests.helpers.f1 import O2, f1_sector
from tests.ui.clip import clipped
from tests.ui.importing import click
from tests.ui.walk import bare_labels, not_reached, unnamed
from ui.accounts_import.assistant import CHECK, COLUMNS, FILES, AccountsAssistant
from ui.accounts_import.files import Stage
from ui.dialogs.remembered import RememberedDialog
from ui.main_window import EMPLOYERS, MainWindow

PASSPHRASE = "five odd words in a row"
OPEN = """Accounts of members,,,,,,,,
Employer,Year ended,Revenue 2026,Revenue 2025,Labour,Rent,Other operating costs,Directors,Net interest
A,2026,5600000,5100000,3371715,280000,720000,120000,350000
B Ltd,2026,2650000,2500000,2045701,60000,330000,60000,5000
Cee,2026,2000000,1900000,1649496,n/a,120000,20000,1000
Total,,10250000,9500000,,,,,
"""


@pytest.fixture
def shown(qtbot, window: MainWindow, documents: Path) -> AccountsAssistant:
    """The assistant in a window on F1 without its accounts."""
    sector = replace(f1_sector(), accounts=(), offers=(read_offer(O2, source="F1"),))
    window.session.create(sector, documents / "f1.bargain", PASSPHRASE)
    settle(qtbot, window)
    window._menus.action("accounts").trigger()
    assert window.accounts is not None
    return window.accounts


def settle(qtbot, window: MainWindow) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: not session.is_stale and not session.tasks.is_busy and not session.reading.is_busy,
        timeout=60_000,
    )


def with_files(qtbot, window: MainWindow, *texts: str) -> tuple[Path, ...]:
    """Files of accounts, taken in and read."""
    folder = window.session.path.parent
    paths = []
    for at, text in enumerate(texts):
        path = folder / f"accounts{at}.csv"
        path.write_text(text, "utf-8")
        paths.append(path)
    window.show_accounts(paths)
    settle(qtbot, window)
    return tuple(paths)


def answer_all(qtbot, window: MainWindow, shown: AccountsAssistant) -> list[str]:
    """Take the first answer to whatever is asked; the keys of the questions."""
    shown.go(COLUMNS)
    keys = []
    while shown.columns_step.questions.question is not None:
        band = shown.columns_step.questions
        keys.append(band.question.key)
        band.answers.setCurrentIndex(1)
        click(qtbot, band.use_button)
        settle(qtbot, window)
    return keys


def employers(shown: AccountsAssistant, column: int = 0) -> list[str]:
    model = shown.check_step.model
    return [model.data(model.index(at, column)) for at in range(model.rowCount())]


def test_that_what_is_open_is_asked_before_anything_can_be_added(
    qtbot, shown: AccountsAssistant, window: MainWindow
) -> None:
    with_files(qtbot, window, OPEN)

    assert shown.reader.files[0].stage is Stage.ASKS
    shown.go(CHECK)
    assert not shown.add_button.isEnabled()
    assert answer_all(qtbot, window, shown) == ["columns.revenue", "dates.years_end"]
    shown.go(CHECK)
    assert shown.add_button.isEnabled()
    assert "4 rows in the file = 3 read + 1 total + 0 set aside + 0 blank" in shown.check_step.said.text()


def test_that_no_answer_is_taken_that_nobody_chose(
    qtbot, shown: AccountsAssistant, window: MainWindow
) -> None:
    with_files(qtbot, window, OPEN)
    shown.go(COLUMNS)
    click(qtbot, shown.columns_step.questions.use_button)

    assert shown.reader.files[0].said is None


def test_that_margins_and_labour_against_the_staff_data_are_shown_before_add(
    qtbot, shown: AccountsAssistant, window: MainWindow
) -> None:
    with_files(qtbot, window, OPEN)
    answer_all(qtbot, window, shown)
    shown.go(CHECK)
    model = shown.check_step.model
    headings = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]

    assert employers(shown) == ["A", "B", "Cee"]
    assert employers(shown, headings.index("Margin")) == ["19.8%", "5.8%", "not known"]
    assert employers(shown, headings.index("Pay ÷ accounts")) == ["100.0%", "100.0%", "not known"]
    assert employers(shown, headings.index("What happens"))[2] == "new, not in this sector"


def test_that_accounts_are_added_as_one_step_that_undo_takes_back_and_the_file_stays_as_it_was(
    qtbot, shown: AccountsAssistant, window: MainWindow
) -> None:
    (path,) = with_files(qtbot, window, OPEN)
    before, steps = path.read_bytes(), window.session.undo.count()
    answer_all(qtbot, window, shown)
    shown.go(CHECK)
    click(qtbot, shown.add_button)
    settle(qtbot, window)
    sector = window.session.sector

    assert [one.revenue_micros for one in sector.accounts] == [
        5_600_000 * 10**6,
        2_650_000 * 10**6,
        2_000_000 * 10**6,
    ]
    assert sector.accounts[0].source == "accounts0.csv, accounts0, row 3"
    assert window.session.undo.count() == steps + 1
    assert window._stack.currentWidget() is window._pages[EMPLOYERS]
    assert shown.reader.files == ()
    window.session.undo.undo()
    assert window.session.sector.accounts == ()
    assert path.read_bytes() == before


def test_that_an_unknown_employer_can_be_said_to_be_one_of_the_sectors(
    qtbot, shown: AccountsAssistant, window: MainWindow
) -> None:
    with_files(qtbot, window, OPEN)
    answer_all(qtbot, window, shown)
    shown.go(CHECK)
    step = shown.check_step
    step.table.selectRow(2)
    assert step.is_box.isVisible()
    step.is_box.setCurrentIndex(step.is_box.findData("C"))
    step.is_box.activated.emit(step.is_box.currentIndex())
    settle(qtbot, window)

    assert employers(shown) == ["A", "B", "C"]
    assert "“Cee”" in step.told.text()
    step.is_box.setCurrentIndex(step.is_box.count() - 1)  # left out
    step.is_box.activated.emit(step.is_box.currentIndex())
    settle(qtbot, window)
    assert employers(shown) == ["A", "B"]
    assert "1 set aside" in step.said.text()


def test_that_a_column_can_be_read_as_another_and_left_out_by_keys(
    qtbot, shown: AccountsAssistant, window: MainWindow
) -> None:
    with_files(qtbot, window, "Employer,Revenue,Wages bill,Rent\nA,10,6,1\n")
    shown.go(COLUMNS)
    step = shown.columns_step
    row = [one.heading for one in step._columns].index("Wages bill")
    step.table.selectRow(row)
    step.field.setCurrentIndex(step.field.findData("labour"))
    step.field.activated.emit(step.field.currentIndex())
    settle(qtbot, window)
    assert shown.reader.files[0].look.reading.mapping["labour"] == "Wages bill"
    step.table.selectRow([one.heading for one in step._columns].index("Rent"))
    step.table.setFocus()
    qtbot.keyClick(step.table, Qt.Key.Key_Delete)
    settle(qtbot, window)

    assert "rent" not in shown.reader.files[0].look.reading.mapping
    click(qtbot, step.pane.back_button)
    settle(qtbot, window)
    assert shown.reader.files[0].look.reading.mapping.keys() == {"employer", "revenue", "rent"}


def test_that_the_unit_said_in_the_pane_counts_and_a_year_end_is_every_rows(
    qtbot, shown: AccountsAssistant, window: MainWindow
) -> None:
    with_files(qtbot, window, "Employer,Revenue\nA,5600\n")
    shown.go(COLUMNS)
    pane = shown.columns_step.pane
    box = pane.boxes["money.unit"]
    box.setCurrentIndex(box.findData("thousands"))
    box.activated.emit(box.currentIndex())
    settle(qtbot, window)
    pane.year_end.setText("31/03/2026")
    pane.year_end.editingFinished.emit()
    settle(qtbot, window)
    (one,) = shown.reader.files[0].look.reading.accounts

    assert (one.revenue_micros, str(one.year_end)) == (5_600_000 * 10**6, "2026-03-31")
    pane.year_end.setText("soon")
    pane.year_end.editingFinished.emit()
    assert "is not a date" in pane.wrong.text()


def test_that_two_files_that_differ_add_nothing_and_say_so(
    qtbot, shown: AccountsAssistant, window: MainWindow
) -> None:
    with_files(qtbot, window, "Employer,Revenue\nA,5000000\n", "Employer,Revenue\nA,5000001\n")
    shown.go(CHECK)
    click(qtbot, shown.add_button)

    assert "both have accounts of A" in shown.wrong.text.text()
    assert window.session.sector.accounts == ()
    shown.go(FILES)
    shown.files_step.remove()
    shown.go(CHECK)
    click(qtbot, shown.add_button)
    assert len(window.session.sector.accounts) == 1


def test_that_a_file_without_accounts_says_so_and_can_be_mapped_by_hand(
    qtbot, shown: AccountsAssistant, window: MainWindow
) -> None:
    with_files(qtbot, window, "Who,Takings\nA,5000000\n")
    assert "no row of headings" in shown.files_step.problem.text.text()
    shown.go(COLUMNS)
    for heading, name in (("Who", "employer"), ("Takings", "revenue")):
        step = shown.columns_step
        step.table.selectRow([one.heading for one in step._columns].index(heading))
        step.field.setCurrentIndex(step.field.findData(name))
        step.field.activated.emit(step.field.currentIndex())
        settle(qtbot, window)

    assert shown.reader.files[0].stage is Stage.READ


def test_that_a_file_that_is_no_spreadsheet_is_refused_in_a_sentence(
    qtbot, shown: AccountsAssistant, window: MainWindow, documents: Path
) -> None:
    book = Workbook()
    book.active.append(["nothing here"])
    path = documents / "odd.xlsx"
    book.save(path)
    path.write_bytes(path.read_bytes()[:300])
    window.show_accounts([path])
    settle(qtbot, window)

    assert shown.reader.files[0].stage is Stage.REFUSED
    assert "odd.xlsx" in shown.files_step.problem.text.text()


def test_that_a_protected_workbook_asks_for_its_password_and_opens_with_it(
    qtbot, shown: AccountsAssistant, window: MainWindow, documents: Path
) -> None:
    book, plain, sealed = Workbook(), io.BytesIO(), io.BytesIO()
    for row in (["Employer", "Revenue"], ["A", 5_000_000]):
        book.active.append(row)
    book.save(plain)
    OOXMLFile(plain).encrypt("Dim mynediad", sealed)
    path = documents / "locked.xlsx"
    path.write_bytes(sealed.getvalue())
    window.show_accounts([path])
    settle(qtbot, window)
    step = shown.files_step
    assert "password" in step.problem.text.text()
    for typed, stage in (("wrong", Stage.REFUSED), ("Dim mynediad", Stage.READ)):
        step.password.setText(typed)
        qtbot.keyClick(step.password, Qt.Key.Key_Return)
        settle(qtbot, window)
        assert shown.reader.files[0].stage is stage


def test_that_files_dropped_here_are_read_as_accounts(
    qtbot, shown: AccountsAssistant, window: MainWindow, documents: Path
) -> None:
    path = documents / "dropped.csv"
    path.write_text("Employer,Revenue\nA,10\n", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    window.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    settle(qtbot, window)

    assert [one.path for one in shown.reader.files] == [path]
    assert window.assistant is None


def test_that_how_accounts_were_read_stands_among_the_remembered_and_can_be_forgotten(
    qtbot, shown: AccountsAssistant, window: MainWindow
) -> None:
    with_files(qtbot, window, OPEN)
    answer_all(qtbot, window, shown)
    shown.go(CHECK)
    click(qtbot, shown.add_button)
    (again,) = with_files(qtbot, window, OPEN)
    assert shown.reader.files[0].stage is Stage.READ
    assert shown.reader.files[0].look.read_as == again.name
    shown.give_up()
    window._menus.action("remembered").trigger()
    dialog = window.findChild(RememberedDialog)

    assert dialog.model.data(dialog.model.index(0, 2)) == "Accounts"
    assert 'years_end = "03-31"' in dialog.text.toPlainText()
    dialog.text.setPlainText(dialog.text.toPlainText().replace("03-31", "08-31"))
    dialog.keep()
    assert "08-31" in window.session.sector.accounts_mappings[0].settings
    dialog.forget()
    assert window.session.sector.accounts_mappings == ()
    window.session.undo.undo()
    assert len(window.session.sector.accounts_mappings) == 1
    assert not list(clipped(dialog))


def test_that_a_statement_shows_its_lines_asks_and_is_added_as_one_step(
    qtbot, shown: AccountsAssistant, window: MainWindow
) -> None:
    with_files(qtbot, window, QUICKBOOKS)
    shown.go(COLUMNS)
    step = shown.columns_step
    read_as = {step.model.data(step.model.index(at, 0)): step.model.data(step.model.index(at, 1)) for at in range(step.model.rowCount())}  # fmt: skip

    assert step.model.headerData(0, Qt.Orientation.Horizontal) == "Their line"
    assert read_as["11: Agency"] == "? not known (like Labour?)"
    assert read_as["16: Zebra hire"] == "? not known"
    assert read_as["20: Net Income"] == "Profit after tax"
    assert answer_all(qtbot, window, shown) == ["lines.Agency", "lines.*"]
    shown.go(CHECK)
    model = shown.check_step.model
    headings = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    assert employers(shown, headings.index("Margin")) == ["25.0%"]
    assert "15 rows in the file = 8 read + 4 totals + 0 set aside + 3 blank" in shown.check_step.said.text()
    click(qtbot, shown.add_button)
    settle(qtbot, window)
    (one,) = window.session.sector.accounts
    assert (one.employer, one.labour_micros) == ("Pine House Limited", 750_000 * 10**6)
    window.session.undo.undo()
    assert window.session.sector.accounts == ()


def test_that_a_line_can_be_said_to_be_another_thing_and_left_out_by_keys(
    qtbot, shown: AccountsAssistant, window: MainWindow
) -> None:
    with_files(qtbot, window, "A Ltd,31 March 2026\nFees,100\nNight cover,40\nRent,10\nSurplus,50\n")
    shown.go(COLUMNS)
    step = shown.columns_step
    assert step.questions.question.key == "lines.*"
    step.table.selectRow(1)
    step.field.setCurrentIndex(step.field.findData("labour"))
    step.field.activated.emit(step.field.currentIndex())
    settle(qtbot, window)
    reading = shown.reader.files[0].look.reading
    assert step.questions.question is None
    assert reading.accounts[0].labour_micros == 40 * 10**6
    step.table.selectRow(2)
    step.table.setFocus()
    qtbot.keyClick(step.table, Qt.Key.Key_Delete)
    settle(qtbot, window)

    look = shown.reader.files[0].look
    assert look.reading.accounts[0].rent_micros is None
    assert any(one.code == "sub_total_differs" for one in look.reading.problems)


def test_that_whose_figures_are_and_which_way_a_table_runs_can_be_said_in_the_pane(
    qtbot, shown: AccountsAssistant, window: MainWindow
) -> None:
    with_files(qtbot, window, "Year ended 31 March 2026,£\nFees,100\nWages,40\nSurplus,60\n")
    shown.go(COLUMNS)
    pane = shown.columns_step.pane
    assert shown.columns_step.questions.question.key.startswith("whose.")
    assert pane.whose.isVisible()
    pane.whose.setText("B")
    pane.whose.editingFinished.emit()
    settle(qtbot, window)
    assert shown.reader.files[0].look.reading.accounts[0].employer == "B"
    box = pane.boxes["table.runs"]
    box.setCurrentIndex(box.findData("across"))
    box.activated.emit(box.currentIndex())
    settle(qtbot, window)
    assert shown.reader.files[0].stage is Stage.REFUSED
    assert not pane.whose.isVisible()
    box.setCurrentIndex(0)
    box.activated.emit(0)
    settle(qtbot, window)
    assert shown.reader.files[0].stage is Stage.READ


@pytest.mark.parametrize("text", [OPEN, QUICKBOOKS], ids=["rows", "statement"])
@pytest.mark.parametrize("size", [(1366, 688), (1093, 534)])
def test_that_every_step_fits_has_names_and_is_reached_by_tab(
    qtbot, shown: AccountsAssistant, window: MainWindow, size: tuple[int, int], text: str
) -> None:
    window.resize(*size)
    found = []
    for step in (FILES, COLUMNS, CHECK):
        if step == COLUMNS:
            with_files(qtbot, window, text)
        shown.go(step)
        settle(qtbot, window)
        found += [*clipped(window), *unnamed(shown), *bare_labels(shown), *not_reached(window, shown)]
        assert (window.width(), window.height()) == size

    assert found == []
