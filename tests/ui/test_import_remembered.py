"""What is remembered of files can be seen and changed, and an import can be read otherwise later."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.ui.clip import clipped
from tests.ui.importing import HEADINGS, ROWS, assistant_with, click, payroll_file, read
from tests.ui.walk import bare_labels, unnamed
from ui.dialogs.remembered import RememberedDialog
from ui.import_assistant.assistant import COLUMNS
from ui.main_window import STAFF, MainWindow


@pytest.fixture
def imported(open_window: MainWindow, qtbot, documents: Path) -> MainWindow:
    """A window into which one payroll was imported."""
    path = documents / "northshire.csv"
    path.write_text(HEADINGS + ROWS, "utf-8")
    shown = assistant_with(open_window, qtbot, path)
    shown.add_now()
    click(qtbot, shown.add_button)
    return open_window


@pytest.fixture
def remembered(imported: MainWindow, qtbot) -> RememberedDialog:
    imported._menus.action("remembered").trigger()
    shown = imported.findChild(RememberedDialog)
    qtbot.waitExposed(shown)
    return shown


def settle(window: MainWindow, qtbot) -> None:
    session = window.session
    qtbot.waitUntil(
        lambda: session.is_saved and not session.is_stale and not session.tasks.is_busy, timeout=60_000
    )


def test_that_a_remembered_way_of_reading_is_shown_and_fits(
    remembered: RememberedDialog, imported: MainWindow
) -> None:
    assert remembered.model.data(remembered.model.index(0, 0)) == "northshire.csv"
    assert remembered.model.data(remembered.model.index(0, 1)) == "Northshire Homes"
    assert 'job_title = "Job title"' in remembered.text.toPlainText()
    assert not remembered.keep_button.isEnabled()
    for check in (clipped, unnamed, bare_labels):
        assert check(remembered) == []


def test_that_edited_settings_are_kept_only_if_they_can_be_read(
    remembered: RememberedDialog, imported: MainWindow, qtbot
) -> None:
    session, before = imported.session, remembered.text.toPlainText()
    remembered.text.setPlainText(before.replace("job_title", "job_tilte"))
    click(qtbot, remembered.keep_button)
    assert "job_tilte" in remembered.wrong.text.text()
    assert session.sector.mappings[0].settings == before
    remembered.text.setPlainText(before.replace('sex = "Sex"\n', ""))
    click(qtbot, remembered.keep_button)
    assert "sex" not in session.sector.mappings[0].settings
    assert not remembered.wrong.isVisible()
    session.undo.undo()
    assert session.sector.mappings[0].settings == before
    assert remembered.text.toPlainText() == before
    settle(imported, qtbot)


def test_that_a_way_of_reading_is_forgotten_and_brought_back(
    remembered: RememberedDialog, imported: MainWindow, qtbot
) -> None:
    qtbot.keyClick(remembered.table, Qt.Key.Key_Delete)
    assert imported.session.sector.mappings == ()
    assert remembered.nothing.isVisible()
    assert not remembered.forget_button.isEnabled()
    imported.session.undo.undo()
    assert remembered.model.rowCount() == 1
    settle(imported, qtbot)


def test_that_a_way_of_reading_is_saved_as_a_file_and_taken_in(
    remembered: RememberedDialog, imported: MainWindow, qtbot, documents: Path, monkeypatch
) -> None:
    path, one = documents / "sent.toml", imported.session.sector.mappings[0]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    click(qtbot, remembered.export_button)
    assert path.exists()
    remembered.forget()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    click(qtbot, remembered.take_button)
    assert imported.session.sector.mappings == (one,)
    path.write_text("nothing = 1\n", "utf-8")
    click(qtbot, remembered.take_button)
    assert "sent.toml" in remembered.wrong.text.text()
    settle(imported, qtbot)


def test_that_an_import_is_read_otherwise_later_and_takes_the_place_of_what_it_brought_in(
    imported: MainWindow, qtbot, documents: Path, monkeypatch
) -> None:
    window = imported
    page = window._pages[STAFF]
    page.tabs.setCurrentIndex(1)
    assert not page.reread_button.isEnabled()
    page._tables[1].selectRow(1)
    asked: list[str] = []

    def answer(_: object, title: str, at: str) -> tuple[str, str]:
        asked.extend([title, at])
        return str(documents / "northshire.csv"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    click(qtbot, page.reread_button)
    assert asked == ["Where is northshire.csv?", str(documents / "northshire.csv")]
    read(window, qtbot)
    shown = window.assistant
    assert shown.files_step.before.text().startswith("What you imported from this file on ")
    shown.go(COLUMNS)
    assert "will be replaced" in shown.columns_step.banner.text.text()
    state = shown.reader.files[0]
    assert state.settings.answers_to("columns.sex") == ("Sex",)
    shown.reader.change(state.path, state.settings.with_change("columns.sex", ""))
    read(window, qtbot)
    shown.add_now()
    click(qtbot, shown.add_button)
    sector = window.session.sector
    assert float(sector.workforce.heads.sum()) == 9  # three of them anew
    assert len(sector.imports) == 2
    assert "sex" not in dict(sector.imports[-1].mapping)
    assert "sex" not in sector.mappings[-1].settings
    window.session.undo.undo()
    assert dict(window.session.sector.imports[-1].mapping)["sex"] == "Sex"
    settle(window, qtbot)


def test_that_a_corrected_file_replaces_the_one_before_it(
    imported: MainWindow, qtbot, documents: Path, monkeypatch
) -> None:
    window = imported
    better = payroll_file(
        documents, "corrected.csv", HEADINGS.strip(), "Northshire Homes,Support worker,13.{k}0,37,F,Ash{k}", 5
    )
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(better), ""))
    window._desk.read_again(window.session.sector.imports[-1])
    read(window, qtbot)
    window.assistant.add_now()
    click(qtbot, window.assistant.add_button)
    assert float(window.session.sector.workforce.heads.sum()) == 6 + 5
    assert [one.file for one in window.session.sector.imports] == ["payroll.csv", "corrected.csv"]
    settle(window, qtbot)
