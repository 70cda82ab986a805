"""What can't be seen is shown: labels, tables, tips and menus never let a text turn itself round."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt

from tests.ui.importing import HEADINGS, ROWS, assistant_with
from tests.ui.test_keeping import settle
from ui import view_choices
from ui.itemmodels.column_table import Column, ColumnTable
from ui.main_window import MainWindow
from ui.widgets.plain_label import PlainLabel, plain_menu, plain_tip

HOSTILE = "Offer \u202e31.20\u200b"
SHOWN = "Offer ⟦U+202E⟧31.20⟦U+200B⟧"


def test_that_every_way_to_show_a_text_marks_what_can_t_be_seen(qapp) -> None:
    assert PlainLabel(HOSTILE).text() == SHOWN
    assert plain_tip(HOSTILE) == f"<span>{SHOWN}</span>"
    assert plain_menu(HOSTILE) == SHOWN
    table = ColumnTable((Column("Name", [HOSTILE]),))
    at = table.index(0, 0)
    assert table.data(at) == SHOWN
    assert table.data(at, Qt.ItemDataRole.AccessibleTextRole) == f"Name: {SHOWN}"
    assert PlainLabel("two\nlines\tand £1 – 3%").text() == "two\nlines\tand £1 – 3%"


def test_that_an_offer_renamed_or_added_with_unseen_characters_gets_a_plain_name(
    open_window: MainWindow, qtbot
) -> None:
    session = open_window.session
    settle(open_window, qtbot)
    session.change_offer(replace(session.offer, name=HOSTILE, by="Un\u200bion"), "Rename offer")
    assert (session.offer.name, session.offer.by) == ("Offer 31.20", "Union")
    session.add_offer(replace(session.offer, name=HOSTILE), "New draft")
    assert session.offer.name == "Offer 31.20 (2)"
    settle(open_window, qtbot)


def test_that_file_names_in_lists_are_marked(open_window: MainWindow, qtbot, documents: Path) -> None:
    settle(open_window, qtbot)
    path = documents / "pay\u202evsc.csv"
    path.write_text(HEADINGS + ROWS, "utf-8")
    shown = assistant_with(open_window, qtbot, path)
    assert shown.files.item(0).text().startswith("pay⟦U+202E⟧vsc.csv")
    assert shown.files_step.title.text() == "pay⟦U+202E⟧vsc.csv"
    view_choices.remember_recent(path, "Homes\u200b")
    page = open_window.start_page
    page.refresh()
    assert page.recent_list.item(0).text().startswith("Homes⟦U+200B⟧")
