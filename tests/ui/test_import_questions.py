"""Import: a file whose meaning is open shows the question, its answers and five rows, and takes an answer back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QRadioButton

from bargain.intake.reading import Period, Question
from tests.ui.clip import clipped
from tests.ui.walk import unnamed
from ui.dialogs.import_details import MANY_ANSWERS
from ui.dialogs.import_files import ImportDialog
from ui.importing import Answers, mapping_of, setting_key
from ui.main_window import MainWindow
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table


def file(folder: Path, name: str, headings: str, row: str, count: int = 8) -> Path:
    """A payroll of ``count`` rows; {k} in the row is its number."""
    path = folder / name
    rows = "".join(f"{row.format(k=k)}\n" for k in range(count))
    path.write_text(f"{headings}\n{rows}", "utf-8")
    return path


def asked(window: MainWindow, qtbot, *paths: Path) -> ImportDialog:
    window._desk.import_paths(paths)
    shown = next(one for one in window.findChildren(ImportDialog) if one.isVisible())
    wait(window, qtbot)
    return shown


def wait(window: MainWindow, qtbot) -> None:
    qtbot.waitUntil(lambda: not window.session.tasks.is_busy, timeout=60_000)


def words(shown: ImportDialog) -> str:
    return " ".join(one.text() for one in shown.details._open.findChildren(PlainLabel))


def button(shown: ImportDialog, text: str) -> QPushButton:
    return next(
        one for one in shown.details.findChildren(QPushButton) if one.text() == text and one.isVisible()
    )


def choose(shown: ImportDialog, text: str) -> QRadioButton:
    found = next(one for one in shown.details.choices.buttons() if one.text() == text)
    found.setChecked(True)
    return found


@pytest.fixture
def pay_range(documents: Path) -> Path:
    headings = "Employer,Job title,Minimum salary,Maximum salary,Weekly hours"
    return file(documents, "range.csv", headings, "Example Homes,Support worker,2300{k},2500{k},37")


def test_that_a_file_with_only_a_pay_range_asks_which_end_and_takes_the_answer(
    open_window: MainWindow, qtbot, pay_range: Path
) -> None:
    window = open_window
    shown = asked(window, qtbot, pay_range)
    assert shown.files.item(0).text() == "range.csv\n? has a question"
    assert "The file gives the ends of a pay range" in words(shown)
    table = shown.details._open.findChild(Table)
    model = table.model()
    headings = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    assert model.rowCount() == 5
    assert model.data(model.index(0, headings.index("Minimum salary"))) == "23000"
    assert [one.text() for one in shown.details.choices.buttons()] == ["Minimum salary", "Maximum salary"]
    assert not shown.details.answer_button.isEnabled()
    assert clipped(shown) == []
    assert unnamed(shown) == []
    choose(shown, "Minimum salary")
    qtbot.mouseClick(shown.details.answer_button, Qt.MouseButton.LeftButton)
    wait(window, qtbot)
    # 23,000 + 23,001 + … + 23,007
    assert "8 rows in file = 8 staff. Pay bill £184,028 a year." in shown.details._read.sentences.text()
    qtbot.mouseClick(shown.add_button, Qt.MouseButton.LeftButton)
    assert float(window.session.sector.workforce.heads.sum()) == 14
    qtbot.waitUntil(lambda: window.session.is_saved and not window.session.tasks.is_busy, timeout=60_000)


def test_that_an_answer_is_given_with_the_keyboard_alone(
    open_window: MainWindow, qtbot, pay_range: Path
) -> None:
    shown = asked(open_window, qtbot, pay_range)
    first = shown.details.choices.buttons()[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert shown.details.choices.buttons()[1].isChecked()
    qtbot.keyClick(shown.details.choices.buttons()[1], Qt.Key.Key_Return)
    wait(open_window, qtbot)
    assert "£200,028" in shown.details._read.sentences.text()
    assert shown.add_button.isDefault()
    shown.reject()


def test_that_a_wrong_answer_can_be_taken_back(open_window: MainWindow, qtbot, documents: Path) -> None:
    path = file(
        documents,
        "open.csv",
        "Employer,Job title,Min,Max,Weekly hours",
        "Example Homes,Support worker,2300{k},2500{k},37",
    )
    shown = asked(open_window, qtbot, path)
    for answer in ("Min", "An hour"):
        choose(shown, answer)
        qtbot.mouseClick(shown.details.answer_button, Qt.MouseButton.LeftButton)
        wait(open_window, qtbot)
    assert shown.summary.text() == "No staff were found, so there is nothing to add."
    assert not shown.add_button.isEnabled()
    qtbot.mouseClick(button(shown, "Take my answers back"), Qt.MouseButton.LeftButton)
    wait(open_window, qtbot)
    for answer in ("Min", "A year"):
        choose(shown, answer)
        qtbot.mouseClick(shown.details.answer_button, Qt.MouseButton.LeftButton)
        wait(open_window, qtbot)
    assert shown.add_button.text() == "Add 8 staff"
    shown.reject()


def test_that_an_answer_that_settles_nothing_is_said_to_settle_nothing(
    open_window: MainWindow, qtbot, documents: Path
) -> None:
    path = file(
        documents,
        "one column.csv",
        "Employer,Job title,Salary,Weekly hours",
        "Example Homes,Support worker,see letter {k},37",
    )
    shown = asked(open_window, qtbot, path)
    assert "✗" not in words(shown)
    choose(shown, "Salary")
    qtbot.mouseClick(shown.details.answer_button, Qt.MouseButton.LeftButton)
    wait(open_window, qtbot)
    assert "✗ “Salary” does not settle it" in words(shown)
    assert "or leave the file out" in words(shown)
    assert clipped(shown) == []
    shown.reject()


def test_that_none_of_many_answers_is_left_out(open_window: MainWindow, qtbot, documents: Path) -> None:
    extra = ",".join(f"Note {number}" for number in range(MANY_ANSWERS))
    path = file(
        documents,
        "many.csv",
        f"Employer,Job title,Weekly hours,{extra},Band",
        "Example Homes,Support worker,37," + "," * MANY_ANSWERS + "high",
    )
    shown = asked(open_window, qtbot, path)
    assert shown.details.many.isVisible()
    texts = [shown.details.many.itemText(at) for at in range(shown.details.many.count())]
    assert texts[-1] == "Band"
    assert len(texts) > MANY_ANSWERS
    assert not shown.details.answer_button.isEnabled()
    shown.details.many.setCurrentIndex(len(texts) - 1)
    assert shown.details.answer_button.isEnabled()
    assert shown.details.chosen() == len(texts) - 1
    shown.reject()


def test_that_a_question_about_a_word_for_a_period_is_answered_for_that_word() -> None:
    question = Question(
        "pay.periods", "Staff", "In rows marked “Mthly” the figures in “Pay” are not …", ("year",)
    )
    assert setting_key(question) == "pay.periods.Mthly"
    answers = Answers().with_setting(setting_key(question), "year")
    assert mapping_of(answers).periods == {"Mthly": Period.YEAR}
    assert answers.answer_to(question) == "year"
