"""Agreement: outline, preview, warnings, and the printed draft."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from bargain.offers.offer_file import read_offer
from models.agreement import DraftTable
from models.sector import Sector
from tests.helpers.f1 import O1, O2, f1_sector
from tests.ui.clip import clipped
from tests.ui.on_a_page import page_shown, settle
from tests.ui.walk import bare_labels, unnamed
from ui.main_window import AGREEMENT, MainWindow
from ui.pages.agreement import AgreementPage, DraftTableModel, DraftTableView
from ui.widgets.plain_label import PlainLabel

PASSPHRASE = "five odd words in a row"
HOSTILE = "<b>Bold</b> & Sons $\\frac{"


def f1(*texts: str) -> Sector:
    return replace(f1_sector(), offers=tuple(read_offer(text, source="F1") for text in texts))


def shown(qtbot, window: MainWindow, sector: Sector, documents: Path) -> AgreementPage:
    page = page_shown(qtbot, window, sector, documents, AGREEMENT)
    assert isinstance(page, AgreementPage)
    return page


@pytest.fixture
def page(qtbot, window: MainWindow, documents: Path) -> AgreementPage:
    return shown(qtbot, window, f1(O2, O1), documents)


def texts(page: AgreementPage) -> list[str]:
    return [label.text() for label in page.preview.findChildren(PlainLabel)]


def test_that_the_preview_holds_every_section_of_the_draft_in_order(page: AgreementPage) -> None:
    assert page.draft is not None
    sections = [f"{one.number}  {one.heading}".strip() for _, part in page.draft.parts for one in part]
    found = [label.text() for label in page.preview.headings]
    assert [text for text in found if text in sections] == sections
    assert any("14.00" in text for text in texts(page))


def test_that_warnings_stand_before_everything_else(page: AgreementPage) -> None:
    assert page.draft is not None
    assert page.draft.warnings
    assert texts(page)[0] == f"!  {page.draft.warnings[0]}"


def test_that_choosing_in_the_outline_goes_to_the_section(qtbot, page: AgreementPage) -> None:
    last = page._sections.item(page._sections.rowCount() - 1)
    page.outline.setFocus()
    page.outline.setCurrentIndex(last.index())
    bar = page.preview.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0, timeout=2_000)
    assert bar.value() == bar.maximum() or bar.value() == page.preview.headings[-1].y() - 8


def test_that_the_draft_follows_the_offer_on_the_table(
    qtbot, window: MainWindow, page: AgreementPage
) -> None:
    before = page.draft
    window.session.choose_offer("O1: four per cent")
    settle(qtbot, window)
    assert page.draft is not before
    assert page.draft is not None
    assert "O1: four per cent" in page.said.text()


def test_that_the_printed_file_says_what_the_preview_says(
    qtbot, window: MainWindow, page: AgreementPage, tmp_path: Path
) -> None:
    path = tmp_path / "draft.pdf"
    with qtbot.waitSignal(window.session.noticed, timeout=30_000) as said:
        page.print_to(path)
    assert said.args[0].buttons[0].text == "Open folder"
    assert page.draft is not None
    printed = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(path).pages).split())
    assert page.draft.title in printed
    for _, sections in page.draft.parts:
        for section in sections:
            assert " ".join(section.heading.split()) in printed


def test_that_a_word_document_is_saved_where_the_user_says(
    qtbot, window: MainWindow, page: AgreementPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def chosen(_parent: object, title: str, proposed: str, kinds: str) -> tuple[str, str]:
        asked[:] = [title, proposed, kinds]
        return str(tmp_path / "our draft"), kinds

    monkeypatch.setattr("ui.pages.agreement.QFileDialog.getSaveFileName", chosen)
    with qtbot.waitSignal(window.session.noticed, timeout=30_000):
        page.word_button.click()
        assert not page.print_button.isEnabled()
    assert asked[1].endswith(".docx")
    assert page.draft is not None
    assert Document(tmp_path / "our draft.docx").paragraphs[0].text == page.draft.title
    assert page.word_button.isEnabled()


def test_that_a_print_that_cannot_be_written_is_said_and_leaves_the_button(
    qtbot, window: MainWindow, page: AgreementPage, tmp_path: Path
) -> None:
    with qtbot.waitSignal(window.session.noticed, timeout=30_000) as said:
        page.print_to(tmp_path / "no such folder" / "draft.pdf")
    assert said.args[0].text
    assert page.print_button.isEnabled()
    assert list(tmp_path.glob("**/*.pdf")) == []


def test_that_without_staff_data_the_page_says_so_and_prints_nothing(
    qtbot, window: MainWindow, documents: Path
) -> None:
    page = shown(qtbot, window, Sector("Empty", offers=(read_offer(O1, source="O1"),)), documents)
    assert page.said.text()
    assert not page.print_button.isEnabled()
    assert not page.word_button.isEnabled()
    with qtbot.waitSignal(window.session.noticed):
        page.print_draft()


def test_that_hostile_names_are_shown_literally(qtbot, window: MainWindow, documents: Path) -> None:
    sector = replace(f1(O1), name=HOSTILE, legal_basis=HOSTILE)
    page = shown(qtbot, window, sector, documents)
    assert HOSTILE in texts(page)
    assert bare_labels(page) == []


@pytest.mark.parametrize("size", [(1366, 688), (1093, 534)])
def test_that_nothing_is_cut_off_at_the_size_of_a_laptop(
    qtbot, page: AgreementPage, size: tuple[int, int]
) -> None:
    window = page.window()
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    qtbot.waitUntil(lambda: clipped(window) == [], timeout=2_000)
    assert unnamed(page) == []


def test_that_a_table_of_the_draft_is_a_sound_model_with_its_numbers_to_the_right(qtbot) -> None:
    table = DraftTable(
        "Rates", ("Grade", "Old", "New"), (("Worker", "12.71", "14.00"),), number_columns=(1, 2)
    )
    model = DraftTableModel(table)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    role = Qt.ItemDataRole.TextAlignmentRole
    assert model.data(model.index(0, 0), role) & Qt.AlignmentFlag.AlignLeft
    assert model.data(model.index(0, 2), role) & Qt.AlignmentFlag.AlignRight
    assert tester.model() is model
    view = DraftTableView(table)
    qtbot.addWidget(view)
    assert view.accessibleName() == "Rates"
    assert QApplication.instance() is not None


@pytest.mark.parametrize(
    ("typed", "kind", "written"),
    [
        ("d.docx", "Plain text (*.txt)", "d.txt"),
        ("d", "Plain text (*.txt)", "d.txt"),
        ("d.txt", "Word documents (*.docx)", "d.txt"),
        ("d", "Word documents (*.docx)", "d.docx"),
    ],
)
def test_that_the_draft_is_saved_as_word_or_text_as_asked(
    page: AgreementPage, monkeypatch: pytest.MonkeyPatch, typed: str, kind: str, written: str
) -> None:
    asked = []
    monkeypatch.setattr("ui.pages.agreement.QFileDialog.getSaveFileName", lambda *_: (typed, kind))
    monkeypatch.setattr(page, "print_to", asked.append)
    page.word_button.click()
    assert asked == [Path(written)]
