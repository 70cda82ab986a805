"""The import assistant as a person uses it: five steps, all or nothing, with the keyboard alone."""

from __future__ import annotations

import threading
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QToolButton

from bargain.intake.reading import Do
from bargain.storage.container import read_sector
from tests.ui import sectors
from tests.ui.clip import clipped
from tests.ui.conftest import PASSPHRASE
from tests.ui.importing import HEADINGS, ROWS, assistant_with, click, payroll_file, read
from tests.ui.walk import bare_labels, unnamed
from ui.import_assistant.assistant import CHECK, COLUMNS, CONFIRM, FILES, SHEET, ImportAssistant
from ui.import_assistant.batch import Stage
from ui.import_assistant.cards import Group
from ui.import_assistant.questions import MANY_ANSWERS
from ui.main_window import PROPOSALS, STAFF, MainWindow
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

SIZES = ((1366, 688), (1093, 534))


@pytest.fixture
def payroll(documents: Path) -> Path:
    """A payroll as an employer might send it, with surnames in it."""
    path = documents / "northshire.csv"
    path.write_text(HEADINGS + ROWS, encoding="utf-8")
    return path


@pytest.fixture
def pay_range(documents: Path) -> Path:
    """A payroll that gives only the two ends of a pay range."""
    headings = "Employer,Job title,Minimum salary,Maximum salary,Weekly hours"
    return payroll_file(documents, "range.csv", headings, "Example Homes,Support worker,2300{k},2500{k},37")


@pytest.fixture
def doubtful(documents: Path) -> Path:
    """Eight staff: two with hours for a fortnight, and one whose sex is in an unknown word."""
    rows = [
        f"Example Homes,Support worker,13.{k}0,{74 if k < 2 else 37},{'zz' if k == 7 else 'F'}"
        for k in range(8)
    ]
    path = documents / "doubtful.csv"
    path.write_text(HEADINGS.replace(",Surname", "") + "\n".join(rows) + "\n", "utf-8")
    return path


@pytest.fixture
def three_files(payroll: Path, pay_range: Path, doubtful: Path) -> tuple[Path, ...]:
    """One that is read, one that asks, one with findings."""
    return payroll, pay_range, doubtful


def settle(window: MainWindow, qtbot) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=60_000
    )


def words(shown: ImportAssistant) -> str:
    return " ".join(one.text() for one in shown.columns_step.questions.findChildren(PlainLabel))


def choose(shown: ImportAssistant, text: str) -> None:
    """Choose an answer and use it."""
    view = shown.columns_step.questions
    next(one for one in view.choices.buttons() if one.text() == text).setChecked(True)
    view.answer_button.click()


def sentence(shown: ImportAssistant) -> str:
    shown.go(CONFIRM)
    return shown.confirm_step.sentence.text()


def column_of(table: Table, heading: str) -> list[str]:
    """The texts of one column of a table."""
    model = table.model()
    headings = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    at = headings.index(heading)
    return [model.data(model.index(row, at)) for row in range(model.rowCount())]


def header_button(window: MainWindow, word: str) -> QToolButton:
    return next(one for one in window._header.findChildren(QToolButton) if one.accessibleName() == word)


# All or nothing, one step


def test_that_an_import_is_one_step_that_can_be_undone_and_redone_and_is_in_the_file(
    open_window: MainWindow, qtbot, payroll: Path, documents: Path
) -> None:
    window = open_window
    shown = assistant_with(window, qtbot, payroll)
    assert sentence(shown).startswith("3 rows in file = 3 staff.")
    assert shown.add_button.text() == "Add 3 staff from Northshire Homes"
    click(qtbot, shown.add_button)
    page = window._pages[STAFF]
    assert window._stack.currentWidget() is page
    assert page.figures["staff"].text == "9"
    assert window.session.undo.count() == 1
    assert window.notices.notice.text == "3 staff were added from Northshire Homes."
    click(qtbot, window.notices._buttons[0])  # Undo
    assert page.figures["staff"].text == "6"
    click(qtbot, header_button(window, "Redo"))
    assert page.figures["staff"].text == "9"
    settle(window, qtbot)
    kept = read_sector(documents / "small.bargain", PASSPHRASE)
    assert float(kept.workforce.heads.sum()) == 9
    assert kept.imports[-1].file == "northshire.csv"
    assert kept.imports[-1].dropped_columns == ("Surname",)


def test_that_a_file_that_can_t_be_read_blocks_the_import_until_it_is_left_out(
    open_window: MainWindow, qtbot, payroll: Path, documents: Path
) -> None:
    window = open_window
    broken = documents / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook at all")
    sector = window.session.sector
    shown = assistant_with(window, qtbot, broken, payroll)
    assert column_of(shown.files_step.table, "How far") == ["✗ can't be read", "✓ 3 staff"]
    assert "broken.xlsx" in shown.files_step.problem.text()
    assert not shown.skip_button.isEnabled()
    shown.go(CONFIRM)
    assert not shown.add_button.isEnabled()
    assert shown.confirm_step.waiting.text.text().startswith("1 file still needs an answer")
    shown.add_now()
    assert window.session.sector is sector
    shown.go(FILES)
    qtbot.keyClick(shown.files_step.table, Qt.Key.Key_Delete)
    assert [one.path for one in shown.reader.files] == [payroll]
    assert shown.skip_button.isEnabled()
    click(qtbot, shown.give_up_button)
    assert window.session.sector is sector
    assert window.session.undo.count() == 0
    assert not shown.is_begun


def test_that_the_assistant_can_be_left_and_come_back_to(
    open_window: MainWindow, qtbot, pay_range: Path
) -> None:
    window = open_window
    shown = assistant_with(window, qtbot, pay_range)
    shown.go(COLUMNS)
    window.show_page(PROPOSALS)
    assert window._stack.currentWidget() is not shown
    window._menus.action("import").trigger()
    assert window._stack.currentWidget() is shown
    assert shown.step == COLUMNS
    assert [one.path for one in shown.reader.files] == [pay_range]


def test_that_the_rest_of_the_app_works_while_a_file_is_being_read(
    open_window: MainWindow, qtbot, payroll: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, go_on = open_window, threading.Event()
    slow_down(monkeypatch, go_on)
    window._desk.import_paths([payroll])
    shown = window.assistant
    try:
        qtbot.waitUntil(shown.stop_button.isVisible)
        assert shown.progress.whole.startswith("Reading northshire.csv")
        window._menus.action("new_draft").trigger()
        settle(window, qtbot)  # figures and saving went on
        assert window.session.appraisal is not None
        assert window.session.undo.count() == 1
    finally:
        go_on.set()
    read(window, qtbot)
    assert shown.reader.files[0].stage is Stage.READ


def test_that_cancel_stops_reading_and_changes_nothing(
    open_window: MainWindow, qtbot, payroll: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, go_on = open_window, threading.Event()
    sector = window.session.sector
    slow_down(monkeypatch, go_on)
    window._desk.import_paths([payroll])
    shown = window.assistant
    qtbot.waitUntil(shown.stop_button.isVisible)
    click(qtbot, shown.stop_button)
    read(window, qtbot)  # the reader notices by itself: nobody let it go on
    assert shown.reader.files[0].stage is Stage.STOPPED
    assert column_of(shown.files_step.table, "How far") == ["■ stopped, not read"]
    assert window.session.sector is sector
    go_on.set()
    click(qtbot, shown.files_step.again_button)
    read(window, qtbot)
    assert shown.reader.files[0].stage is Stage.READ


@pytest.mark.parametrize("how", ["close the sector", "close the app", "open another"])
def test_that_closing_in_the_middle_of_reading_leaves_everything_as_it_was(
    open_window: MainWindow, qtbot, payroll: Path, monkeypatch, how: str
) -> None:
    window, documents = open_window, payroll.parent
    before = (documents / "small.bargain").read_bytes()
    slow_down(monkeypatch, threading.Event())
    window._desk.import_paths([payroll])
    qtbot.waitUntil(window.assistant.stop_button.isVisible)
    if how == "close the sector":
        window.session.close()
        qtbot.waitUntil(lambda: window.session.sector is None)
    elif how == "open another":
        window.session.create(sectors.small(), documents / "other.bargain", PASSPHRASE)
        settle(window, qtbot)
        assert float(read_sector(documents / "other.bargain", PASSPHRASE).workforce.heads.sum()) == 6
    else:
        window.close()
        qtbot.waitUntil(lambda: not window.isVisible())
    assert (documents / "small.bargain").read_bytes() == before
    assert not window.assistant.is_begun or how == "close the app"


def slow_down(monkeypatch: pytest.MonkeyPatch, go_on: threading.Event) -> None:
    """Reading lasts until ``go_on`` is set or it is asked to stop, as with a file that takes its time."""
    from bargain.intake.looking import Looker
    from bargain.intake.open_safely import ReadingStopped

    whole = Looker.look

    def slow(self, path, *, stop, **rest):
        while not go_on.wait(0.02):
            if stop():
                raise ReadingStopped
        return whole(self, path, stop=stop, **rest)

    monkeypatch.setattr(Looker, "look", slow)


def test_that_a_file_imported_before_asks_and_can_replace_or_stand_beside(
    open_window: MainWindow, qtbot, payroll: Path
) -> None:
    window = open_window
    shown = assistant_with(window, qtbot, payroll)
    shown.add_now()
    click(qtbot, shown.add_button)
    shown = assistant_with(window, qtbot, payroll)
    assert column_of(shown.files_step.table, "How far") == ["? imported before"]
    assert shown.files_step.before.text().startswith("You imported this same file on ")
    shown.go(CONFIRM)
    assert not shown.add_button.isEnabled()
    shown.go(FILES)
    click(qtbot, shown.files_step.replace_button)
    read(window, qtbot)
    shown.add_now()
    click(qtbot, shown.add_button)
    assert float(window.session.sector.workforce.heads.sum()) == 9
    assert len(window.session.sector.imports) == 2
    shown = assistant_with(window, qtbot, payroll)
    click(qtbot, shown.files_step.both_button)
    read(window, qtbot)
    shown.add_now()
    click(qtbot, shown.add_button)
    assert float(window.session.sector.workforce.heads.sum()) == 12
    settle(window, qtbot)


def test_that_the_same_file_twice_in_one_import_is_said_and_not_added(
    open_window: MainWindow, qtbot, payroll: Path, documents: Path
) -> None:
    copy = documents / "copy.csv"
    copy.write_bytes(payroll.read_bytes())
    shown = assistant_with(open_window, qtbot, payroll, copy)
    assert "the very same file as copy.csv" in shown.files_step.note.text()
    shown.go(CONFIRM)
    assert "are the very same file" in shown.confirm_step.waiting.text.text()
    assert not shown.add_button.isEnabled()
    shown.reader.remove(copy)
    assert shown.add_button.isEnabled()


def test_that_cancel_while_a_changed_answer_is_read_shows_nothing_read_with_the_older_one(
    open_window: MainWindow, qtbot, payroll: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, go_on = open_window, threading.Event()
    shown = assistant_with(window, qtbot, payroll)
    slow_down(monkeypatch, go_on)
    state = shown.reader.files[0]
    shown.reader.change(payroll, state.settings.with_change("columns.sex", ""))
    shown.reader.change(payroll, state.settings.with_change("columns.grade", ""))  # the newest of several
    qtbot.waitUntil(shown.stop_button.isVisible)
    click(qtbot, shown.stop_button)
    read(window, qtbot)
    assert shown.reader.files[0].stage is Stage.STOPPED
    assert shown.reader.files[0].reading is None
    go_on.set()
    shown.reader.read_again(payroll)
    read(window, qtbot)
    assert shown.reader.files[0].settings.answers_to("columns.grade") == ("",)
    assert float(shown.reader.files[0].paybill) == pytest.approx(75_742.92, abs=0.01)


# The steps


def test_that_a_password_is_asked_for_used_in_memory_and_a_wrong_one_is_said_to_be_wrong(
    open_window: MainWindow, qtbot
) -> None:
    path = Path(__file__).parents[3] / "shared/fixtures/real/nasty/password/poi__protected_sha512.xlsx"
    if not path.exists():
        pytest.skip("the shared files with passwords are not here")
    shown = assistant_with(open_window, qtbot, path)
    step = shown.files_step
    assert "we decrypt it in memory only" in step.problem.text()
    qtbot.keyClicks(step.password, "wrong")
    qtbot.keyClick(step.password, Qt.Key.Key_Return)
    read(open_window, qtbot)
    assert "That password doesn't open this workbook." in step.problem.text()
    assert clipped(open_window) == []


def test_that_the_heading_is_moved_by_the_keyboard_and_found_again(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    path = documents / "odd.csv"
    path.write_text("Example Homes payroll,,,\n,,,\n" + HEADINGS + ROWS, "utf-8")
    shown = assistant_with(open_window, qtbot, path)
    shown.go(SHEET)
    grid = shown.sheet_step.grid
    assert [at + 1 for at in range(grid.cells.rowCount()) if grid.cells.is_heading(at)] == [3]
    qtbot.keyClick(grid, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    read(open_window, qtbot)
    assert shown.sheet_step.first.value() == 2
    qtbot.keyClick(grid, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    read(open_window, qtbot)
    assert shown.reader.files[0].staff == 3
    assert [at + 1 for at in range(grid.cells.rowCount()) if grid.cells.is_heading(at)] == [2, 3]
    click(qtbot, shown.sheet_step.found_button)
    read(open_window, qtbot)
    assert shown.sheet_step.first.value() == 3
    grid.setCurrentIndex(grid.cells.index(2, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    read(open_window, qtbot)
    assert shown.reader.files[0].settings.answers_to("sheet.heading") == ("3", "1")


def test_that_hidden_sheets_are_listed_unread_until_they_are_ticked(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    path = documents / "hidden.xlsx"
    book = openpyxl.Workbook()
    rows = [line.split(",") for line in (HEADINGS + ROWS).splitlines()]
    for name in ("Homes", "Old homes"):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([float(one) if one.replace(".", "").isdigit() else one for one in row])
    del book["Sheet"]
    book["Old homes"].sheet_state = "hidden"
    book.save(path)
    shown = assistant_with(open_window, qtbot, path)
    shown.go(SHEET)
    step = shown.sheet_step
    assert "1 sheet is hidden in this workbook. We have not read it." in step.hidden_words.text()
    item = step.sheets.item(1)
    assert item.text() == "Old homes – 4 rows, hidden: not read"
    assert not item.icon().isNull()
    item.setCheckState(Qt.CheckState.Checked)
    read(open_window, qtbot)
    assert shown.reader.files[0].staff == 6
    assert shown.reader.files[0].settings.answers_to("sheet.names") == ("Homes", "Old homes")


def test_that_a_pay_range_asks_which_end_shows_five_rows_and_takes_the_answer(
    open_window: MainWindow, qtbot, pay_range: Path
) -> None:
    window = open_window
    shown = assistant_with(window, qtbot, pay_range)
    assert column_of(shown.files_step.table, "How far") == ["? has a question"]
    shown.go(COLUMNS)
    view = shown.columns_step.questions
    assert "The file gives the ends of a pay range" in words(shown)
    table = view.widget().findChild(Table)
    assert column_of(table, "Minimum salary") == ["23000", "23001", "23002", "23003", "23004"]
    assert [one.text() for one in view.choices.buttons()] == ["Minimum salary", "Maximum salary"]
    assert not view.answer_button.isEnabled()
    assert clipped(shown) == []
    assert unnamed(shown) == []
    choose(shown, "Minimum salary")
    read(window, qtbot)
    # 23,000 + 23,001 + … + 23,007
    assert sentence(shown) == "8 rows in file = 8 staff. Pay bill £184,028 a year."


def test_that_a_wrong_answer_can_be_taken_back(open_window: MainWindow, qtbot, documents: Path) -> None:
    headings, row = (
        "Employer,Job title,Min,Max,Weekly hours",
        "Example Homes,Support worker,2300{k},2500{k},37",
    )
    shown = assistant_with(open_window, qtbot, payroll_file(documents, "open.csv", headings, row))
    shown.go(COLUMNS)
    for answer in ("Min", "An hour"):
        choose(shown, answer)
        read(open_window, qtbot)
    assert shown.reader.files[0].staff == 0
    click(qtbot, shown.columns_step.pane.back_button)
    read(open_window, qtbot)
    for answer in ("Min", "A year"):
        choose(shown, answer)
        read(open_window, qtbot)
    assert shown.reader.files[0].staff == 8


def test_that_an_answer_that_settles_nothing_is_said_to_settle_nothing(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    headings, row = "Employer,Job title,Salary,Weekly hours", "Example Homes,Support worker,see letter {k},37"
    shown = assistant_with(open_window, qtbot, payroll_file(documents, "one column.csv", headings, row))
    shown.go(COLUMNS)
    assert "✗" not in words(shown)
    choose(shown, "Salary")
    read(open_window, qtbot)
    assert "✗ “Salary” does not settle it" in words(shown)
    assert "or leave the file out" in words(shown)
    assert clipped(shown) == []


def test_that_none_of_many_answers_is_left_out(open_window: MainWindow, qtbot, documents: Path) -> None:
    extra = ",".join(f"Note {number}" for number in range(MANY_ANSWERS))
    path = payroll_file(
        documents, "many.csv", f"Employer,Job title,Weekly hours,{extra},Band",
        "Example Homes,Support worker,37," + "," * MANY_ANSWERS + "high",
    )  # fmt: skip
    shown = assistant_with(open_window, qtbot, path)
    shown.go(COLUMNS)
    view = shown.columns_step.questions
    assert view.many.isVisible()
    assert view.many.itemText(view.many.count() - 1) == "Band"
    assert not view.answer_button.isEnabled()
    view.many.setCurrentIndex(view.many.count() - 1)
    assert view.answer_button.isEnabled()


def test_that_a_column_is_left_out_with_delete_and_given_back_by_typing_its_name(
    open_window: MainWindow, qtbot, payroll: Path
) -> None:
    shown = assistant_with(open_window, qtbot, payroll)
    shown.go(COLUMNS)
    step = shown.columns_step
    assert column_of(step.table, "Group")[0] == "Never kept"  # the surname, locked at the top
    step.table.selectRow(0)
    assert not step.combo.isEnabled()
    assert "could name people" in step.card_more.whole
    at = column_of(step.table, "We read").index("Sex")
    step.table.selectRow(at)
    qtbot.keyClick(step.table, Qt.Key.Key_Delete)
    read(open_window, qtbot)
    uses = shown.reader.files[0].sheets[0].mapping
    assert "sex" not in uses
    at = next(place for place, one in enumerate(step._cards) if one.field == "sex")
    assert step._cards[at].group is Group.ABSENT
    step.table.selectRow(at)
    qtbot.keyClick(step.table, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is step.combo.lineEdit() or step.combo.hasFocus()
    qtbot.keyClicks(step.combo.lineEdit(), "se")
    assert step.card_more.whole == "Enter takes: Sex"
    qtbot.keyClick(step.combo.lineEdit(), Qt.Key.Key_Return)
    read(open_window, qtbot)
    assert shown.reader.files[0].sheets[0].mapping["sex"] == "Sex"


def test_that_ni_numbers_are_offered_once_or_never(open_window: MainWindow, qtbot, documents: Path) -> None:
    headings = "Employer,Job title,Hourly rate,Weekly hours,Reference"
    path = payroll_file(
        documents, "ni.csv", headings, "Example Homes,Support worker,13.1{k},20,QQ 12 34 5{k} A"
    )
    shown = assistant_with(open_window, qtbot, path)
    shown.go(COLUMNS)
    step = shown.columns_step
    assert step.ni_band.text.text().startswith("This looks like NI numbers. We don't need them.")
    assert "QQ" not in " ".join(column_of(step.table, "First values"))
    click(qtbot, step.once_button)
    read(open_window, qtbot)
    assert "then they are forgotten" in step.ni_band.text.text()
    assert shown.reader.files[0].stage is Stage.READ
    click(qtbot, step.never_button)
    read(open_window, qtbot)
    assert shown.reader.files[0].settings.answers_to("privacy.ni_numbers") == ("leave_out",)
    assert "Reference" in shown.reader.files[0].sheets[0].dropped_columns


def test_that_a_finding_is_fixed_left_out_with_a_reason_or_kept(
    open_window: MainWindow, qtbot, doubtful: Path
) -> None:
    window = open_window
    shown = assistant_with(window, qtbot, doubtful)
    shown.go(CHECK)
    step = shown.check_step
    at = column_of(step.table, "Check").index("Hours above 60")
    step.table.selectRow(at)
    assert column_of(step.table, "Rows")[at] == "2"
    assert column_of(step.rows, "Row") == ["2", "3"]
    leave = step._choices[Do.LEAVE_OUT]
    leave.setChecked(True)
    assert not step.apply_button.isEnabled()  # it needs a reason
    qtbot.keyClicks(step.reason, "not clear what these hours are")
    click(qtbot, step.apply_button)
    read(window, qtbot)
    reading = shown.reader.files[0].sheets[0]
    assert float(reading.heads) == 6
    assert {one.row for one in reading.problems if one.set_aside} == {2, 3}
    step._choices[Do.FIX].setChecked(True)
    click(qtbot, step.apply_button)
    read(window, qtbot)
    assert shown.reader.files[0].staff == 8
    assert float(shown.reader.files[0].sheets[0].workforce.hours_w.max()) == 37.0
    assert doubtful.read_text("utf-8").count(",74,") == 2  # the file is as it was
    shown.add_now()
    click(qtbot, shown.add_button)
    settle(window, qtbot)


def test_that_f3_walks_the_findings(open_window: MainWindow, qtbot, doubtful: Path) -> None:
    shown = assistant_with(open_window, qtbot, doubtful)
    shown.go(CHECK)
    step = shown.check_step
    count = step.model.rowCount()
    assert count > 1
    seen = [step.table.currentIndex().row()]
    for _ in range(count):
        qtbot.keyClick(step.table, Qt.Key.Key_F3)
        seen.append(step.table.currentIndex().row())
    assert seen[-1] == seen[0]
    assert set(seen) == set(range(count))


def test_that_a_control_total_is_compared_to_the_penny_with_likely_causes(
    open_window: MainWindow, qtbot, payroll: Path
) -> None:
    shown = assistant_with(open_window, qtbot, payroll)
    shown.go(CONFIRM)
    step = shown.confirm_step
    # (12.60 × 37 + 12.90 × 30 + 16.20 × 37) × 52.143 weeks
    qtbot.keyClicks(step.control, "£75,743.96")
    assert "The files add up to £75,742.92. The control total is £75,743.96. Difference £1.04." in (
        step.difference.text()
    )
    paid = float(shown.reader.files[0].paybill)
    assert paid == pytest.approx((12.60 * 37 + 12.90 * 30 + 16.20 * 37) * 52.143, abs=0.01)
    step.control.setText(f"{paid / 12:.2f}")
    assert "a month" in step.causes.text()
    step.control.setText("a lot")
    assert step.difference.text() == "Write an amount in pounds, such as 31420118.50."


def test_that_titles_are_placed_as_suggested_before_the_import(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    headings = "Employer,Job title,Hourly rate,Weekly hours"
    path = payroll_file(documents, "titles.csv", headings, "Example Homes,Suport worker,13.1{k},37")
    shown = assistant_with(open_window, qtbot, path)
    shown.go(CONFIRM)
    step = shown.confirm_step
    assert column_of(step.tables[2], "Job title") == ["Suport worker"]
    assert column_of(step.tables[2], "Most like") == ["Support worker"]
    step.tables[2].selectRow(0)
    click(qtbot, step.place_button) if step.place_button.isVisible() else step.place_chosen()
    read(open_window, qtbot)
    assert column_of(step.tables[2], "Job title") == []
    assert shown.reader.files[0].sheets[0].unmapped_titles == ()


def test_that_the_next_file_with_the_same_headings_is_read_without_answers_and_can_start_again(
    open_window: MainWindow, qtbot, documents: Path, pay_range: Path
) -> None:
    window = open_window
    shown = assistant_with(window, qtbot, pay_range)
    shown.go(COLUMNS)
    choose(shown, "Maximum salary")
    read(window, qtbot)
    shown.add_now()
    click(qtbot, shown.add_button)
    headings = "Employer,Job title,Minimum salary,Maximum salary,Weekly hours"
    row = "Other Homes,Support worker,2300{k},2600{k},37"
    shown = assistant_with(window, qtbot, payroll_file(documents, "next.csv", headings, row))
    assert shown.reader.files[0].stage is Stage.READ
    assert float(shown.reader.files[0].paybill) == 8 * 26_000 + 28
    shown.go(COLUMNS)
    banner = shown.columns_step.banner
    assert banner.text.text() == "Read as range.csv was last time."
    # one more answer keeps all that is remembered
    shown.columns_step.pane.boxes["pay.of"].picked.emit("actual")
    read(window, qtbot)
    assert float(shown.reader.files[0].paybill) == 8 * 26_000 + 28
    click(qtbot, shown.columns_step.again_button)
    read(window, qtbot)
    assert shown.reader.files[0].stage is Stage.ASKS
    click(qtbot, shown.columns_step.use_button)
    read(window, qtbot)
    assert shown.reader.files[0].stage is Stage.READ
    settle(window, qtbot)


# Keys, names, room


def test_that_a_file_with_a_question_is_imported_with_the_keyboard_alone(
    open_window: MainWindow, qtbot, pay_range: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window
    window.activateWindow()
    monkeypatch.setattr("ui.desk.Desk.ask_payrolls", lambda _: [pay_range])

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)

    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    shown = window.assistant
    assert QApplication.focusWidget() is shown.files_step.zone.choose_button
    shown._ask_files = lambda: [pay_range]
    press(Qt.Key.Key_Space)
    read(window, qtbot)
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert shown.step == SHEET
    press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert shown.step == COLUMNS
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Down)  # from the first answer to the second
    assert shown.columns_step.questions.choices.buttons()[1].isChecked()
    press(Qt.Key.Key_Return)
    read(window, qtbot)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shown.step == CONFIRM
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert float(window.session.sector.workforce.heads.sum()) == 14
    settle(window, qtbot)


@pytest.mark.parametrize("size", SIZES)
def test_that_nothing_is_clipped_in_any_step_and_every_control_has_a_name(
    open_window: MainWindow, qtbot, three_files: tuple[Path, ...], size: tuple[int, int]
) -> None:
    window = open_window
    window.resize(*size)
    window.show_import()
    empty = window.assistant
    assert clipped(window) == []
    shown = assistant_with(window, qtbot, *three_files)
    assert shown is empty
    for path in three_files:
        shown.choose(path)
        for step in (FILES, SHEET, COLUMNS, CHECK, CONFIRM):
            shown.go(step)
            QGuiApplication.processEvents()
            assert clipped(window) == [], (path.name, step)
            assert unnamed(window) == []
            assert bare_labels(window) == []
            assert (window.width(), window.height()) == size


def test_that_a_hostile_name_is_shown_letter_by_letter(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    headings = "Employer,Job title,Hourly rate,Weekly hours"
    path = payroll_file(documents, "R&D <b>x.csv", headings, f"{sectors.HOSTILE},<i>Chef</i>,13.1{{k}},37")
    shown = assistant_with(open_window, qtbot, path)
    shown.go(CONFIRM)
    assert shown.add_button.text() == "Add 8 staff from Jo <b>Bloggs</b> && Sons"
    assert column_of(shown.confirm_step.tables[2], "Job title") == ["<i>Chef</i>"]
    assert bare_labels(shown) == []


def hourly_without_hours(documents: Path) -> Path:
    return payroll_file(
        documents, "rates only.csv", "Employer,Job title,Hourly rate", "Example Homes,Support worker,12.{k}1"
    )


def test_that_hours_of_hourly_pay_are_asked_and_any_number_can_be_typed_in_by_keyboard(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    shown = assistant_with(open_window, qtbot, hourly_without_hours(documents))
    shown.go(COLUMNS)
    view = shown.columns_step.questions
    assert view.question is not None
    assert view.question.key == "pay.hours_each"
    view.choices.buttons()[0].setChecked(True)
    assert view.answer_button.isEnabled()
    view.hours.setFocus()
    qtbot.keyClicks(view.hours, "lots")
    assert view.chosen() == -1  # what was chosen before no longer counts
    assert not view.answer_button.isEnabled()
    view.hours.clear()
    qtbot.keyClicks(view.hours, "21,5")
    assert view.answer_button.isEnabled()
    qtbot.keyClick(view.hours, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.reader.files[0].stage is Stage.READ, timeout=60_000)
    read(open_window, qtbot)
    (state,) = shown.reader.files
    (sheet,) = state.sheets
    assert sheet.workforce.hours_w.tolist() == [21.5] * 8
    assert shown.columns_step.pane.hours["pay.hours_each"].text() == "21.5"


def test_that_choosing_a_full_week_clears_typed_hours(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    shown = assistant_with(open_window, qtbot, hourly_without_hours(documents))
    shown.go(COLUMNS)
    view = shown.columns_step.questions
    qtbot.keyClicks(view.hours, "20")
    view.choices.buttons()[0].setChecked(True)
    assert view.hours.text() == ""
    view.answer_button.click()
    read(open_window, qtbot)
    (state,) = shown.reader.files
    week = open_window.session.sector.weekly_hours
    assert state.sheets[0].workforce.hours_w.tolist() == [week] * 8
    assert state.sheets[0].workforce.fte.tolist() == [1.0] * 8


@pytest.mark.parametrize("size", SIZES)
def test_that_the_question_about_hours_has_room(
    open_window: MainWindow, qtbot, documents: Path, size: tuple[int, int]
) -> None:
    open_window.resize(*size)
    shown = assistant_with(open_window, qtbot, hourly_without_hours(documents))
    shown.go(COLUMNS)
    assert clipped(shown) == []
