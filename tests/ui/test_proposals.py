"""Proposals as a negotiator uses them: type, drag, undo, choose, read the verdict. Figures are F1's."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from bargain.offers.offer_file import read_offer, write_offer
from bargain.offers.target_file import read_targets
from models.offer import Differential, FeeRule, Offer, On, Scope, Settlement, Within
from models.sector import Sector
from models.target import Status, Worst
from tests.helpers.f1 import GRADES, O1, O2, O3, TARGETS, f1_sector
from tests.ui.clip import clipped
from tests.ui.sectors import offer, small
from tests.ui.test_element_forms import scaled
from tests.ui.walk import bare_labels, unnamed
from ui import text_size
from ui.appraising import Figures, Wish, figures_of
from ui.dialogs.elements import ElementsDialog
from ui.done import tell_done
from ui.elements.beside import FeeForm, GapForm
from ui.elements.listing import Kind, elements_of
from ui.elements.rule import RuleForm
from ui.lever_words import NotANumber, value_of, value_text
from ui.levers import SPECS, LeverKey
from ui.main_window import COMPARE, PROPOSALS, MainWindow
from ui.pages.proposals import ProposalsPage
from ui.session import Session
from ui.widgets.lever import LeverRow
from ui.widgets.scoreboard import content_of_verdict

PASSPHRASE = "five odd words in a row"
HOSTILE = "<b>Bold</b> & Sons $\\frac{"


def made_sector(*texts: str) -> Sector:
    sector = f1_sector()
    offers = tuple(read_offer(text, source="F1") for text in texts)
    targets = replace(read_targets(TARGETS, source="F1"), name="Ours")
    return replace(sector, offers=offers, target_sets=(targets,))


@pytest.fixture
def page(qtbot, session: Session, documents: Path) -> ProposalsPage:
    """F1 with a draft that changes nothing on the table."""
    draft = Offer("Draft", settlements=(Settlement(date(2026, 4, 6)),))
    start(session, replace(made_sector(), offers=(draft,)), documents, qtbot)
    made = ProposalsPage(session)
    qtbot.addWidget(made)
    made.resize(1198, 600)
    made.show()
    qtbot.waitExposed(made)
    settle(qtbot, session)
    return made


def start(session: Session, sector: Sector, documents: Path, qtbot) -> None:
    session.create(sector, documents / "f1.bargain", PASSPHRASE)
    settle(qtbot, session)


def settle(qtbot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.is_stale and not session.tasks.is_busy, timeout=20_000)


def tile_texts(page: ProposalsPage) -> dict[str, str]:
    """Caption to everything else, of the tiles that are shown."""
    tiles = [tile for tile in page.scoreboard.tiles if tile.isVisible()]
    return {t.content.caption: f"{t.value.whole} | {t.change.whole} | {t.verdict.whole}" for t in tiles}


def type_in(qtbot, row: LeverRow, text: str) -> None:
    row.box.setFocus()
    row.box.selectAll()
    qtbot.keyClicks(row.box, text)


# -- typing, undo, redo ------------------------------------------------------------------------


def test_that_four_per_cent_misses_both_compression_targets_on_f1(qtbot, page: ProposalsPage) -> None:
    type_in(qtbot, page.rows[LeverKey.PERCENT], "4")
    settle(qtbot, page._session)
    tiles = tile_texts(page)
    assert tiles["Narrow the sector"].startswith("−0.036%")
    assert tiles["Narrow the sector"].endswith("✗ missed · ≤ −1.5%")
    assert tiles["Keep seniors ahead"] == "6.96% | lowest: A · 1.04 pts short | ✗ missed · ≥ 8%"
    assert tiles["Envelope"].endswith("✓ met · ≤ £400k")


def test_that_typing_in_one_box_is_one_step_of_undo(qtbot, page: ProposalsPage) -> None:
    session = page._session
    before = session.offer
    type_in(qtbot, page.rows[LeverKey.PERCENT], "3.25")
    assert session.offer.settlements[0].pay[0].percent_ppm == 32_500
    assert session.undo.count() == 1
    session.undo.undo()
    assert session.offer == before
    assert page.rows[LeverKey.PERCENT].box.text() == "0.00"
    session.undo.redo()
    assert session.offer.settlements[0].pay[0].percent_ppm == 32_500
    assert page.rows[LeverKey.PERCENT].box.text() == "3.25"


def test_that_two_visits_to_a_box_are_two_steps_of_undo(qtbot, page: ProposalsPage) -> None:
    type_in(qtbot, page.rows[LeverKey.PERCENT], "3")
    type_in(qtbot, page.rows[LeverKey.FLOOR], "14")
    type_in(qtbot, page.rows[LeverKey.PERCENT], "4")
    assert page._session.undo.count() == 3
    assert page._session.undo.undoText() == "All staff: percent: 4.00%"


def test_that_ctrl_z_in_a_box_takes_back_the_change_to_the_offer(qtbot, three: ProposalsPage) -> None:
    row, before = three.rows[LeverKey.PERCENT], three._session.offer
    type_in(qtbot, row, "7.5")
    qtbot.keyClick(row.box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert three._session.offer == before
    assert row.box.text() == "4.00"
    qtbot.keyClick(row.box, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert three._session.offer.settlements[0].pay[0].percent_ppm == 75_000


def test_that_what_is_being_typed_is_never_rewritten(qtbot, page: ProposalsPage) -> None:
    row = page.rows[LeverKey.PERCENT]
    type_in(qtbot, row, "4.")
    settle(qtbot, page._session)
    assert row.box.text() == "4."
    qtbot.keyClicks(row.box, "5")
    assert page._session.offer.settlements[0].pay[0].percent_ppm == 45_000


@pytest.mark.parametrize(("typed", "said"), [("abc", "Write a figure"), ("300", "at most 100.00%")])
def test_that_an_impossible_figure_is_outlined_and_said_and_changes_nothing(
    qtbot, page: ProposalsPage, typed: str, said: str
) -> None:
    row, before = page.rows[LeverKey.PERCENT], page._session.offer
    row.box.setFocus()
    row.box.selectAll()
    qtbot.keyClicks(row.box, typed)
    offer_after_digits = page._session.offer
    assert row.box.text() == typed
    assert row.box.is_wrong
    assert said in row.said.text()
    assert row.box.accessibleDescription() == row.said.text()
    if typed == "abc":
        assert offer_after_digits == before
    qtbot.keyClick(row.box, Qt.Key.Key_Escape)
    assert not row.box.is_wrong


def test_that_a_floor_below_the_law_is_said_in_a_sentence(qtbot, page: ProposalsPage) -> None:
    type_in(qtbot, page.rows[LeverKey.FLOOR], "12.50")
    settle(qtbot, page._session)
    assert "£12.71" in page.rows[LeverKey.FLOOR].said.text()
    type_in(qtbot, page.rows[LeverKey.FLOOR], "14")
    settle(qtbot, page._session)
    assert page.rows[LeverKey.FLOOR].said.text() == ""


def test_that_staff_below_the_minimum_wage_are_said_under_the_charts_and_among_the_words(
    qtbot, session: Session, documents: Path
) -> None:
    """One of six would be paid £12.61 a year before the others fall behind £13.21; a floor takes the warning away."""
    start(session, replace(small(), offers=(offer("Low", 1_000),)), documents, qtbot)
    made = ProposalsPage(session)
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    qtbot.waitUntil(made.below_law.isVisible, timeout=20_000)
    assert made.below_law.text().startswith("▲ 1 staff below the minimum wage of £12.71 (21 and over)")
    assert "1 of 6 staff aged 21 and over" in made.words.toPlainText()
    type_in(qtbot, made.rows[LeverKey.FLOOR], "14")
    qtbot.waitUntil(lambda: "none of 6 staff aged 21 and over" in made.words.toPlainText(), timeout=20_000)
    assert not made.below_law.isVisible()
    settle(qtbot, session)


@pytest.mark.parametrize("key", [key for key in LeverKey if key is not LeverKey.START])
def test_that_a_box_reads_back_what_it_shows(key: LeverKey, qapp: QApplication) -> None:
    spec = SPECS[key]
    for value in (spec.low, spec.low + spec.step, spec.high, spec.low + 7 * spec.step):
        assert value_of(value_text(value, spec), spec) == value


@pytest.mark.parametrize(("text", "month"), [("Apr 2027", 2027 * 12 + 3), ("4/2027", 2027 * 12 + 3)])
def test_that_a_month_can_be_typed_as_word_or_number(text: str, month: int, qapp: QApplication) -> None:
    assert value_of(text, SPECS[LeverKey.START]) == month


@pytest.mark.parametrize("text", ["", "13/2027", "Ju 2027", "Apr 27", "soon"])
def test_that_half_a_month_is_not_guessed(text: str, qapp: QApplication) -> None:
    if text:
        with pytest.raises(NotANumber):
            value_of(text, SPECS[LeverKey.START])
    else:
        assert value_of(text, SPECS[LeverKey.START]) is None


# -- sliders -----------------------------------------------------------------------------------


def test_that_a_drag_is_one_step_of_undo_and_ends_where_it_is_let_go(qtbot, page: ProposalsPage) -> None:
    slider = page.rows[LeverKey.PERCENT].slider
    middle = slider.height() // 2
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(30, middle))
    for x in range(40, 200, 20):
        qtbot.mouseMove(slider, pos=QPoint(x, middle))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(180, middle))
    percent = page._session.offer.settlements[0].pay[0].percent_ppm
    assert percent > 0
    assert percent % SPECS[LeverKey.PERCENT].step == 0
    assert page._session.undo.count() == 1
    settle(qtbot, page._session)
    assert tile_texts(page)["Envelope"].split(" | ")[0] != "£0"


def test_that_esc_during_a_drag_puts_the_offer_back(qtbot, page: ProposalsPage) -> None:
    slider, before = page.rows[LeverKey.PERCENT].slider, page._session.offer
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    qtbot.mouseMove(slider, pos=QPoint(120, 10))
    assert page._session.offer != before
    qtbot.keyClick(slider, Qt.Key.Key_Escape)
    assert page._session.offer == before
    assert page._session.undo.count() == 0
    qtbot.mouseMove(slider, pos=QPoint(150, 10))
    assert page._session.offer == before


def test_that_a_click_on_the_track_jumps_there(qtbot, page: ProposalsPage) -> None:
    slider = page.rows[LeverKey.PERCENT].slider
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(8 + (slider.width() - 16) // 2, 10))
    assert page._session.offer.settlements[0].pay[0].percent_ppm == pytest.approx(60_000, abs=1_000)


@pytest.mark.parametrize(
    ("key", "modifier", "percent"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 30_500),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 29_500),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 35_000),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier, 30_050),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 120_000),
    ],
)
def test_that_the_keys_move_a_slider_by_their_steps(
    qtbot, page: ProposalsPage, key: Qt.Key, modifier: Qt.KeyboardModifier, percent: int
) -> None:
    row = page.rows[LeverKey.PERCENT]
    type_in(qtbot, row, "3")
    row.slider.setFocus()
    qtbot.keyClick(row.slider, key, modifier)
    assert page._session.offer.settlements[0].pay[0].percent_ppm == percent


def test_that_home_and_reset_put_a_lever_as_now(qtbot, page: ProposalsPage) -> None:
    row, before = page.rows[LeverKey.PERCENT], page._session.offer
    for act in (
        lambda: qtbot.keyClick(row.slider, Qt.Key.Key_Home),
        lambda: qtbot.mouseClick(row.reset, Qt.MouseButton.LeftButton),
    ):
        type_in(qtbot, row, "3")
        act()
        assert page._session.offer == before
    assert row.reset.accessibleName() == "Reset All staff: percent"
    assert not row.reset.isEnabled()


def test_that_the_marks_say_now_theirs_and_ours(qtbot, session: Session, documents: Path) -> None:
    sector = made_sector(O1, O2, O3)
    theirs, ours, draft = sector.offers
    offers = (
        replace(theirs, tabled=True),
        replace(ours, tabled=True, by="unions"),
        replace(draft, by="unions"),
    )
    start(session, replace(sector, offers=offers), documents, qtbot)
    session.choose_offer(draft.name)
    page = ProposalsPage(session)
    qtbot.addWidget(page)
    page.resize(1198, 600)
    page.show()
    settle(qtbot, session)
    tip = page.rows[LeverKey.PERCENT].slider.toolTip()
    assert "now: 0.00%" in tip
    assert "their last tabled: 4.00%" in tip
    assert "our last tabled: 3.00%" in tip
    qtbot.waitUntil(lambda: "theirs" in tile_texts(page)["Envelope"], timeout=5_000)
    assert tile_texts(page)["Envelope"].split(" | ")[1] == "+£46.9k on theirs"
    assert [one.name for one in page.scale.view.chart.series] == ["now", theirs.name, "this offer"]


# -- choosing, tabling, files ------------------------------------------------------------------


@pytest.fixture
def three(qtbot, window: MainWindow, documents: Path) -> ProposalsPage:
    """The window at Proposals with F1's three offers."""
    start(window.session, made_sector(O1, O2, O3), documents, qtbot)
    window.show_page(PROPOSALS)
    settle(qtbot, window.session)
    return window._pages[PROPOSALS]  # type: ignore[return-value]


def test_that_two_keys_lead_from_the_page_to_the_next_offers_verdict(qtbot, three: ProposalsPage) -> None:
    qtbot.keyClick(three.bar.chooser, Qt.Key.Key_Down)
    settle(qtbot, three._session)
    tiles = tile_texts(three)
    assert three._session.offer.name == "O2: bottom-weighted"
    assert tiles["Narrow the sector"].startswith("−1.94% | ")
    assert tiles["Keep seniors ahead"].startswith("8.00% | lowest: A")
    assert tiles["Envelope"] == "£471,619 | £71,619 over | ✗ missed · ≤ £400k"
    qtbot.keyClick(three.bar.chooser, Qt.Key.Key_Down)
    settle(qtbot, three._session)
    tiles = tile_texts(three)
    assert tiles["Narrow the sector"].startswith("−8.31%")
    assert tiles["Keep seniors ahead"].startswith("0.00% | lowest: A")
    assert three.scoreboard.tiles[1].content.status is Status.MISSED


def test_that_the_chooser_has_the_focus_when_the_page_is_shown(three: ProposalsPage) -> None:
    assert three.focusWidget() is three.bar.chooser


def test_that_a_lever_with_more_rules_than_it_can_show_says_mixed(qtbot, three: ProposalsPage) -> None:
    three._session.choose_offer("O2: bottom-weighted")
    row = three.rows[LeverKey.GAP]
    assert row.mixed.isVisibleTo(three)
    assert row.mixed.text().startswith("Mixed")
    assert (row.box.text(), row.box.lineEdit().placeholderText()) == ("", "mixed")
    assert row.box.isReadOnly()
    assert not row.slider.isEnabled()


def test_that_tabling_asks_once_and_then_locks_every_lever(qtbot, three: ProposalsPage) -> None:
    qtbot.keyClick(three, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    boxes = three.bar.findChildren(QMessageBox)
    assert [box.textFormat() for box in boxes] == [Qt.TextFormat.PlainText]
    box = boxes[0]
    table = next(button for button in box.buttons() if button.text() == "Table it")
    qtbot.mouseClick(table, Qt.MouseButton.LeftButton)
    assert three._session.offer.tabled
    assert all(row.box.isReadOnly() for row in three.rows.values())
    assert not three.bar.table.isEnabled()
    assert three.bar.chooser.currentText() == "O1: four per cent (tabled)"
    three._session.undo.undo()
    assert not three.rows[LeverKey.PERCENT].box.isReadOnly()


def test_that_a_copy_of_a_tabled_offer_is_a_draft(qtbot, three: ProposalsPage) -> None:
    session = three._session
    session.change_offer(replace(session.offer, tabled=True), "Table")
    three.bar._copy_this()
    assert session.offer.name == "O1: four per cent – copy"
    assert not session.offer.tabled
    assert session.offer.settlements == read_offer(O1, source="O1").settlements


def test_that_an_offer_file_comes_in_and_goes_out_unchanged(
    qtbot, three: ProposalsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "offer.toml"
    offer = replace(read_offer(O2, source="O2"), name=HOSTILE)
    path.write_text(write_offer(offer), encoding="utf-8")
    three.bar.take_file(path)
    assert three._session.offer == offer
    assert HOSTILE in three.bar.chooser.currentText()
    saved = tmp_path / "out.toml"
    monkeypatch.setattr("ui.widgets.offer_bar.QFileDialog.getSaveFileName", lambda *_: (str(saved), ""))
    three.bar._save_file()
    assert read_offer(saved.read_text("utf-8"), source="out") == offer


@pytest.mark.parametrize("content", [b"format = 9\n", b"\xff\xfe\x00bad", b"[[settlement]]\nzzz = 1\n"])
def test_that_a_file_that_is_no_offer_is_refused_in_a_sentence(
    qtbot, three: ProposalsPage, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    before = three._session.sector.offers
    with qtbot.waitSignal(three._session.noticed) as said:
        three.bar.take_file(path)
    assert "bad.toml" in said.args[0].text
    assert three._session.sector.offers == before


# -- what is missing ---------------------------------------------------------------------------


def test_that_without_drafts_the_page_offers_three_ways_to_start(
    qtbot, window: MainWindow, documents: Path
) -> None:
    start(window.session, made_sector(), documents, qtbot)
    window.show_page(PROPOSALS)
    page = window._pages[PROPOSALS]
    assert [button.isVisible() for button in page.starts] == [
        True,
        True,
        True,
        False,
    ]  # there is no scale to paste
    assert QApplication.focusWidget() is page.starts[0]
    assert not page.bar.isVisible()
    qtbot.mouseClick(page.starts[1], Qt.MouseButton.LeftButton)
    settle(qtbot, window.session)
    assert page.bar.isVisible()
    assert window.session.offer.settlements[0].pay[0].percent_ppm == 30_000
    assert clipped(window) == []


def test_that_without_staff_the_page_says_what_to_do_and_still_takes_an_offer(
    qtbot, window: MainWindow, documents: Path
) -> None:
    bare = Sector("Empty", data_date=date(2026, 3, 31), grades=GRADES, offers=(read_offer(O1, source="O1"),))
    start(window.session, bare, documents, qtbot)
    window.show_page(PROPOSALS)
    page = window._pages[PROPOSALS]
    assert page.no_staff.isVisible()
    assert "Import payroll files" in page.no_staff.text()
    type_in(qtbot, page.rows[LeverKey.PERCENT], "5")
    assert window.session.offer.settlements[0].pay[0].percent_ppm == 50_000
    assert "5 %" in page.words.toPlainText()


def test_that_old_figures_stay_grey_while_new_ones_are_worked_out(
    qtbot, page: ProposalsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(wish: Wish) -> Figures:
        go_on.wait(10)
        return figures_of(wish)

    monkeypatch.setattr("ui.appraising.figures_of", slow)
    values = [tile.value.whole for tile in page.scoreboard.tiles]
    type_in(qtbot, page.rows[LeverKey.PERCENT], "2")
    qtbot.waitUntil(lambda: all(tile.is_stale for tile in page.scoreboard.tiles), timeout=2_000)
    assert [tile.value.whole for tile in page.scoreboard.tiles] == values
    go_on.set()
    settle(qtbot, page._session)
    assert not any(tile.is_stale for tile in page.scoreboard.tiles)
    assert [tile.value.whole for tile in page.scoreboard.tiles] != values


def test_that_an_offer_nobody_can_price_keeps_the_old_figures_and_says_why(
    qtbot, page: ProposalsPage
) -> None:
    session = page._session
    values = [tile.value.whole for tile in page.scoreboard.tiles]
    rule = replace(read_offer(O1, source="O1").settlements[0].pay[0], scope=Scope(grades=("Nobody's grade",)))
    step = replace(session.offer.settlements[0], pay=(rule,))
    session.change_offer(replace(session.offer, settlements=(step,)), "Impossible")
    settle(qtbot, session)
    assert session.problem
    assert page.scoreboard.problem.text() == session.problem
    assert [tile.value.whole for tile in page.scoreboard.tiles] == values
    assert all(tile.is_stale for tile in page.scoreboard.tiles)


def test_that_what_cannot_be_priced_is_said_beside_the_words_and_not_as_nought(
    qtbot, page: ProposalsPage
) -> None:
    row = page.rows[LeverKey.SICK_PAY]
    row.slider.setFocus()
    qtbot.keyClick(row.slider, Qt.Key.Key_Right)
    settle(qtbot, page._session)
    assert "Not priced: sick pay" in page.words.toPlainText()
    bars = {bar.label: bar for bar in page.steps.view.chart.bars}
    assert bars["Sick pay"].value is None
    assert bars["Sick pay"].note


# -- fit, names, order -------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1366, 688), (1093, 534)])
def test_that_nothing_is_cut_off_at_the_size_of_a_laptop(
    qtbot, three: ProposalsPage, size: tuple[int, int]
) -> None:
    window = three.window()
    window.resize(*size)
    for at in range(three.tabs.count()):
        three.tabs.setCurrentIndex(at)
        settle(qtbot, three._session)
        qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
        assert clipped(window) == []
    for name in ("O2: bottom-weighted", "O1: four per cent"):
        three._session.choose_offer(name)
        settle(qtbot, three._session)
        qtbot.waitUntil(lambda: _levers_fit(three), timeout=2_000)
    for tile in three.scoreboard.tiles:
        assert tile.verdict.text() == tile.verdict.whole


@pytest.mark.parametrize("size", [(1366, 688), (1093, 534)])
def test_that_the_page_fits_under_a_message_and_beside_a_refusal(
    qtbot, three: ProposalsPage, size: tuple[int, int]
) -> None:
    window, session = three.window(), three._session
    wrong = Differential("Nobody's grade", "No grade either", at_least_percent_ppm=50_000)
    steps = session.offer.settlements
    refused = replace(session.offer, settlements=(replace(steps[0], differentials=(wrong,)), *steps[1:]))
    session.notice("Six hundred staff were added from twelve employers. " * 4, key="import")
    session.change_offer(refused, "a gap between grades that nobody has")
    settle(qtbot, session)
    assert three.scoreboard.problem.isVisible()
    window.resize(*size)
    settle(qtbot, session)
    assert clipped(window) == []
    assert (window.width(), window.height()) == size
    assert window.minimumSizeHint().height() <= size[1]


def _levers_fit(page: ProposalsPage) -> bool:
    return page.levers.widget().minimumSizeHint().width() <= page.levers.viewport().width()


def test_that_a_long_name_of_an_employer_stands_on_the_line_below_the_figure(
    qtbot, three: ProposalsPage
) -> None:
    session = three._session
    verdict = next(one for one in session.verdicts if one.target.name == "Keep seniors ahead")
    long = replace(verdict, worst=Worst("Northshire Homes for Children", 0.0696))
    content = content_of_verdict(long, session.appraisal, None)
    assert content.value == "6.96%"
    assert content.change == "lowest: Northshire Homes for Children"
    assert "1.04 pts short" in content.tip
    assert "Northshire Homes for Children" in content.tip


def test_that_nothing_is_cut_off_at_150_per_cent_text(qtbot, three: ProposalsPage) -> None:
    try:
        text_size.apply(150)
        three.window().resize(1800, 1000)
        settle(qtbot, three._session)
        assert QApplication.font().pointSizeF() == pytest.approx(14.25)
        qtbot.waitUntil(lambda: clipped(three.window()) == [], timeout=2_000)
    finally:
        text_size.apply(100)


def test_that_every_control_has_a_name_and_every_text_is_plain(three: ProposalsPage) -> None:
    assert unnamed(three) == []
    assert bare_labels(three) == []


def test_that_tab_goes_through_the_levers_from_top_to_bottom(qtbot, three: ProposalsPage) -> None:
    reached = []
    widget = three.rows[LeverKey.PERCENT].box
    widget.setFocus()
    for _ in range(60):
        now = QApplication.focusWidget()
        for key, row in three.rows.items():
            if now is not None and row.isAncestorOf(now) and (not reached or reached[-1] is not key):
                reached.append(key)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    shown = [key for key, row in three.rows.items() if row.isVisibleTo(three)]
    assert reached[: len(shown)] == shown


def test_that_f6_walks_through_the_three_panels(qtbot, three: ProposalsPage) -> None:
    three.bar.chooser.setFocus()
    seen = []
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert seen == [three.tabs.tabBar(), three.scoreboard.chooser, three.bar.chooser]


def test_that_a_tile_says_everything_to_a_screen_reader(qtbot, three: ProposalsPage) -> None:
    tile = three.scoreboard.tiles[1]
    assert tile.accessibleName() == "Keep seniors ahead: 6.96%"
    assert "missed · ≥ 8%" in tile.accessibleDescription()
    assert "A" in tile.toolTip()


def test_that_neither_figure_nor_verdict_is_ever_cut_and_a_caption_takes_a_second_line(
    qtbot, three: ProposalsPage
) -> None:
    session = three._session
    names = ("Nobody below fourteen pounds and fifty pence an hour", "Northshire Homes for Children Ltd")
    verdict = next(one for one in session.verdicts if one.target.name == "Keep seniors ahead")
    long = replace(verdict, target=replace(verdict.target, name=names[0]), worst=Worst(names[1], 0.0696))
    tile = three.scoreboard.tiles[0]
    for width, height in ((1366, 688), (1093, 534)):
        three.window().resize(width, height)
        tile.show_content(content_of_verdict(long, session.appraisal, None))
        settle(qtbot, session)
        for label in (tile.value, tile.verdict):
            assert label.text() == label.whole
            assert label.width() >= label.minimumSizeHint().width()
        assert tile.caption.text().count("\n") == 1
        assert clipped(three.window()) == []
    assert names[1] in tile.change.whole
    assert names[1] in tile.toolTip()
    assert names[1] in tile.accessibleDescription()


def test_that_a_refused_offer_leaves_the_old_figures_pale_and_says_why(qtbot, three: ProposalsPage) -> None:
    session = three._session
    gaps = (Differential(GRADES[1], GRADES[0], 50_000), Differential(GRADES[0], GRADES[1], 50_000))
    before = [tile.value.whole for tile in three.scoreboard.tiles]
    step = replace(session.offer.settlements[0], differentials=gaps)
    session.change_offer(replace(session.offer, settlements=(step,)), "A circle")
    settle(qtbot, session)
    assert not session.is_stale
    assert "round in a circle" in session.problem
    assert three.scoreboard.problem.text() == session.problem
    assert [tile.value.whole for tile in three.scoreboard.tiles] == before
    assert all(tile.is_stale for tile in three.scoreboard.tiles)
    for pane in (three.scale, three.steps, three.gains):
        assert pane.view._stale
        assert pane.old.isVisibleTo(pane)
    session.undo.undo()
    settle(qtbot, session)
    assert not any(tile.is_stale for tile in three.scoreboard.tiles)
    for pane in (three.scale, three.steps, three.gains):
        assert not pane.view._stale
        assert not pane.old.isVisibleTo(pane)


# -- elements ----------------------------------------------------------------------------------


@pytest.fixture
def dialog(qtbot, three: ProposalsPage) -> Iterator[ElementsDialog]:
    three.bar._open_elements()
    made = three.bar.findChild(ElementsDialog)
    settle(qtbot, three._session)
    yield made
    made.reject()


def open_kind(dialog: ElementsDialog, words: str) -> None:
    dialog.kind.setCurrentIndex(dialog.kind.findText(words))


def choose_element(dialog: ElementsDialog, kind: Kind) -> None:
    at = next(at for at, one in enumerate(dialog._elements) if one.kind is kind)
    dialog.elements.setCurrentIndex(dialog._sentences.index(at, 0))


def test_that_a_rule_for_one_grade_is_said_before_it_is_added(qtbot, dialog: ElementsDialog) -> None:
    form = dialog.form
    assert isinstance(form, RuleForm)
    assert not dialog.add.isEnabled()
    form.field("percent_ppm").setText("1.5")
    form.field("grades").tick("Team leader")
    assert "Team leader" in dialog.preview.text()
    assert "1.5 %" in dialog.preview.text()
    qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    rule = dialog._session.offer.settlements[0].pay[-1]
    assert (rule.percent_ppm, rule.scope) == (15_000, Scope(grades=("Team leader",)))
    assert (
        len([one for one in elements_of(dialog._session.offer.settlements[0]) if one.kind is Kind.RULE]) == 2
    )
    dialog._session.undo.undo()
    assert dialog._session.offer == read_offer(O1, source="O1")


def test_that_enter_in_a_figure_adds_and_never_removes(qtbot, dialog: ElementsDialog) -> None:
    percent = dialog.form.field("percent_ppm")
    percent.setText("2")
    percent.setFocus()
    qtbot.keyClick(percent, Qt.Key.Key_Return)
    assert len(dialog._session.offer.settlements[0].pay) == 2


def test_that_what_cannot_be_read_is_marked_at_its_field_and_not_added(dialog: ElementsDialog) -> None:
    dialog.form.field("percent_ppm").setText("three")
    assert "“three” is not a figure" in dialog.form.faults["percent_ppm"]
    assert "marked above" in dialog.preview.text()
    assert not dialog.add.isEnabled()


def test_that_what_is_not_filled_in_yet_is_asked_for_and_not_marked_as_wrong(dialog: ElementsDialog) -> None:
    index = dialog.form.field("index")
    index.setCurrentIndex(1)
    assert dialog.form.faults == {}
    assert dialog.preview.text().startswith("Give a figure to price the index at")
    dialog.form.field("assumed_ppm").setText("3")
    assert dialog.add.isEnabled()
    dialog.form.field("from_point").setCurrentIndex(1)
    assert (dialog.form.faults, dialog.preview.text()) == ({}, "A rise that runs evenly needs both its ends.")
    dialog.form.field("assumed_ppm").setText("three")
    assert list(dialog.form.faults) == ["assumed_ppm"]
    assert "marked above" in dialog.preview.text()


def test_that_a_gap_is_offered_between_the_grades_that_staff_hold(
    qtbot, window: MainWindow, documents: Path
) -> None:
    """A payroll with grades of its own, under a starter's ladder that none of its staff is on."""
    session = window.session
    start(session, replace(f1_sector(), grades=("Carer", "Senior carer")), documents, qtbot)
    window.show_page(PROPOSALS)
    page = window._pages[PROPOSALS]
    page.bar.start_from_now()
    dialog = ElementsDialog(session, page.bar)
    qtbot.addWidget(dialog)
    open_kind(dialog, "A gap between two grades")
    dialog.form.field("at_least_percent_ppm").setText("8")
    dialog._add()
    settle(qtbot, session)
    assert [(one.grade, one.over) for one in session.offer.settlements[0].differentials] == [
        (GRADES[1], GRADES[0])
    ]
    assert session.problem == ""
    session.undo.undo()
    page.rows[LeverKey.GAP].slider.setFocus()
    qtbot.keyClick(page.rows[LeverKey.GAP].slider, Qt.Key.Key_Right)
    settle(qtbot, session)
    assert len(session.offer.settlements[0].differentials) == len(GRADES) - 1
    assert session.problem == ""


def test_that_explain_closes_with_the_page_that_it_explains(qtbot, three: ProposalsPage) -> None:
    window = three.window()
    window.explain_figure("cost_full_year")
    qtbot.waitUntil(window.explain_panel.isVisible, timeout=5_000)
    window.show_page(COMPARE)
    assert not window.explain_panel.isVisible()


def test_that_a_message_with_undo_goes_with_the_next_step(qtbot, three: ProposalsPage) -> None:
    """Its button would take back that step, not the one of which it tells."""
    window, session = three.window(), three._session
    tell_done(session, "600 staff were added.")
    assert window.notices.notice is not None
    session.change_offer(replace(session.offer, name="Another name"), "Rename offer")
    assert window.notices.notice is None


def test_that_tab_goes_from_the_last_field_of_a_form_to_its_buttons(qtbot, dialog: ElementsDialog) -> None:
    for kind in ("A lowest rate", "A gap between two grades", "A lowest rate"):
        open_kind(dialog, kind)
    dialog.form.field("floor_annual_micros").setFocus()
    dialog.form.field("floor_annual_micros").setText("20000")
    for wanted in (dialog.add, dialog.shut):
        dialog.focusNextChild()
        while QApplication.focusWidget() is not None and not QApplication.focusWidget().isVisible():
            dialog.focusNextChild()
        assert QApplication.focusWidget() is wanted


def test_that_a_scale_copied_in_a_spreadsheet_starts_a_draft(
    qtbot, window: MainWindow, documents: Path
) -> None:
    session = window.session
    start(session, replace(f1_sector(), scale=scaled().scale), documents, qtbot)
    window.show_page(PROPOSALS)
    page = window._pages[PROPOSALS]
    assert page.starts[-1].isVisible()
    QGuiApplication.clipboard().setText("N1\t24000\nN2\t25500\n")
    qtbot.mouseClick(page.starts[-1], Qt.MouseButton.LeftButton)
    dialog = page.bar.findChild(ElementsDialog)
    assert dialog is not None
    assert "N1" in dialog.preview.text()
    assert dialog.add.isEnabled()
    dialog._add()
    spine = session.offer.settlements[0].spine
    assert spine is not None
    assert [(one.name, one.amount_micros) for one in spine.points] == [
        ("N1", 24_000 * 10**6),
        ("N2", 25_500 * 10**6),
    ]
    dialog.reject()


def test_that_a_gap_takes_the_place_of_an_older_one_between_the_same_grades(
    qtbot, dialog: ElementsDialog
) -> None:
    open_kind(dialog, "A gap between two grades")
    assert isinstance(dialog.form, GapForm)
    for percent in ("8", "9"):
        dialog.form.field("at_least_percent_ppm").setText(percent)
        qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    gaps = dialog._session.offer.settlements[0].differentials
    assert [(g.grade, g.over, g.at_least_percent_ppm, g.within, g.on) for g in gaps] == [
        (GRADES[1], GRADES[0], 90_000, Within.EMPLOYER, On.HIGHEST)
    ]


def test_that_an_element_is_changed_in_its_place_with_the_keyboard(qtbot, dialog: ElementsDialog) -> None:
    session = dialog._session
    session.choose_offer("O2: bottom-weighted")
    before = session.offer.settlements[0]
    choose_element(dialog, Kind.DIFFERENTIAL)
    dialog.elements.setFocus()
    qtbot.keyClick(dialog.elements, Qt.Key.Key_F2)
    field = dialog.form.field("at_least_percent_ppm")
    assert field.text() == "8"
    assert dialog.add.text().replace("&", "") == "Put in its place"
    assert not dialog.add.isEnabled()  # nothing is changed yet
    field.setText("8.5")
    field.setFocus()
    assert "8.5 %" in dialog.preview.text()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    after = session.offer.settlements[0]
    assert [one.at_least_percent_ppm for one in after.differentials] == [85_000, 150_000]
    assert replace(after, differentials=before.differentials) == before
    assert dialog.add.text().replace("&", "") == "Add to the offer"
    session.undo.undo()
    assert session.offer.settlements[0] == before


def test_that_leaving_a_change_alone_changes_nothing(qtbot, dialog: ElementsDialog) -> None:
    before = dialog._session.offer
    choose_element(dialog, Kind.RULE)
    dialog.change_element()
    dialog.form.field("percent_ppm").setText("9")
    qtbot.mouseClick(dialog.give_up, Qt.MouseButton.LeftButton)
    assert dialog._session.offer == before
    assert dialog.kind.isEnabled()


def test_that_one_term_is_taken_out_and_the_others_stay(qtbot, dialog: ElementsDialog) -> None:
    open_kind(dialog, "Terms: hours, leave, sick pay, nights…")
    for key, text in (("on_call_micros", "25"), ("overtime_ppm", "50"), ("unsocial_ppm:night", "33")):
        dialog.form.field(key).setText(text)
    qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    terms = dialog._session.offer.settlements[0].terms
    assert (terms.on_call_micros, terms.overtime_ppm, terms.unsocial_ppm) == (
        25_000_000,
        500_000,
        (("night", 330_000),),
    )
    at = next(at for at, one in enumerate(dialog._elements) if one.at == "overtime_ppm")
    dialog.elements.setCurrentIndex(dialog._sentences.index(at, 0))
    dialog.elements.setFocus()
    qtbot.keyClick(dialog.elements, Qt.Key.Key_Delete)
    assert dialog._session.offer.settlements[0].terms == replace(terms, overtime_ppm=None)


def test_that_steps_are_added_dated_and_removed(qtbot, dialog: ElementsDialog) -> None:
    session = dialog._session
    first = session.offer.settlements[0].effective
    for years in (1, 2):
        qtbot.mouseClick(dialog.more_steps, Qt.MouseButton.LeftButton)
        assert session.offer.settlements[-1].effective == first.replace(year=first.year + years)
    assert dialog.step.currentIndex() == 2
    open_kind(dialog, "Dates of this step, and which rates it moves")
    dialog.form.field("effective").setText(f"1 Jan {first.year}")
    assert "not in date order" in dialog.preview.text()
    assert not dialog.add.isEnabled()
    dialog.form.field("effective").setText(f"1 Jan {first.year + 3}")
    qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    assert session.offer.settlements[2].effective == date(first.year + 3, 1, 1)
    qtbot.mouseClick(dialog.fewer_steps, Qt.MouseButton.LeftButton)
    assert len(session.offer.settlements) == 2
    session.undo.undo()
    assert len(session.offer.settlements) == 3


def test_that_the_offer_ends_only_after_its_last_step_begins(qtbot, dialog: ElementsDialog) -> None:
    session = dialog._session
    day = session.offer.settlements[-1].effective
    dialog.ends.setFocus()
    for text, ends, wrong in (
        (f"1 Jan {day.year - 1}", session.offer.ends, True),
        (f"31 Mar {day.year + 2}", date(day.year + 2, 3, 31), False),
        ("", None, False),
    ):
        dialog.ends.setText(text)
        dialog.ends.editingFinished.emit()
        assert session.offer.ends == ends
        assert bool(dialog.ends_wrong.text()) is wrong


def test_that_an_element_is_taken_out_again(qtbot, dialog: ElementsDialog) -> None:
    dialog._session.choose_offer("O2: bottom-weighted")
    choose_element(dialog, Kind.DIFFERENTIAL)
    qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    step = dialog._session.offer.settlements[0]
    assert [gap.grade for gap in step.differentials] == ["Team leader"]
    assert step.pay == read_offer(O2, source="O2").settlements[0].pay


def test_that_a_rule_for_fees_needs_its_figure(qtbot, dialog: ElementsDialog) -> None:
    open_kind(dialog, "A rule for fees")
    assert isinstance(dialog.form, FeeForm)
    dialog.form.field("rule").put(FeeRule.CAP)
    assert not dialog.add.isEnabled()
    dialog.form.field("margin_cap_ppm").setText("10")
    qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    fees = dialog._session.offer.settlements[0].fees
    assert (fees.rule, fees.margin_cap_ppm) == (FeeRule.CAP, 100_000)


def test_that_the_elements_dialog_is_named_and_whole(dialog: ElementsDialog) -> None:
    for at in range(dialog.kind.count()):
        dialog.kind.setCurrentIndex(at)
        for head in dialog.form.sections.values():
            head.setChecked(True)
        QApplication.processEvents()
        assert unnamed(dialog) == []
        assert bare_labels(dialog) == []
        assert clipped(dialog) == []
