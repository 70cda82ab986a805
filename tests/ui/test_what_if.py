"""What if: assumptions beside figures, kept in the file and undone; nothing missing is nought; fits and is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication

from bargain.offers.offer_file import read_offer
from models.sector import Sector
from models.what_if import AgencyLine, Comparator, GradeRate, InHousePlan, StayingPlan, Union, WhatIf
from tests.helpers.f1 import GRADES, O1, O2, f1_sector
from tests.ui import sectors
from tests.ui.clip import clipped
from tests.ui.walk import bare_labels, not_reached, unnamed
from ui.charts.cost_pane import CostPane
from ui.charts.model import LineChart
from ui.charts.twin import csv_of, twin_of
from ui.itemmodels.column_table import ColumnTable
from ui.main_window import PROPOSALS, WHAT_IF, MainWindow
from ui.pages.proposals import ProposalsPage
from ui.pages.what_if import WhatIfPage
from ui.report import Report, Sheet, as_csv, as_text
from ui.what_if.number import read_number
from ui.what_if.panel import Panel

PASSPHRASE = "five odd words in a row"
FEE = "\n  [settlement.fees]\n  uplift_percent = 3.0\n"
FULL = WhatIf(
    agency=(
        AgencyLine("Night cover", "A", 24, 14, 3.2, 10_000, None, 0.9),
        AgencyLine("Relief", "B", None, 12, 2.9, 600),
    ),
    in_house=InHousePlan(employers=("A",), like="C", stated=3_000_000, multiple=5),
    staying=StayingPlan(signing=("B",), unions=(Union("x", 60), Union("y", 30), Union("z", 15))),
    fee_cut=0.1,
    falls_on_pay=0.5,
)


def settle(qtbot, window: MainWindow) -> None:
    def is_still() -> bool:
        return not window.session.is_stale and not window.session.tasks.is_busy

    for _ in range(2):  # an answer may ask the next question
        qtbot.waitUntil(is_still, timeout=20_000)
        qtbot.wait(1)


def opened(qtbot, window: MainWindow, sector: Sector, documents: Path) -> WhatIfPage:
    window.session.create(sector, documents / "f1.bargain", PASSPHRASE)
    settle(qtbot, window)
    window.show_page(WHAT_IF)
    settle(qtbot, window)
    page = window._pages[WHAT_IF]
    assert isinstance(page, WhatIfPage)
    return page


def f1(what_if: WhatIf = WhatIf()) -> Sector:  # noqa: B008  # frozen
    return replace(
        f1_sector(),
        offers=(read_offer(O2 + FEE, source="F1"), read_offer(O1, source="F1")),
        what_if=what_if,
    )


@pytest.fixture
def page(qtbot, window: MainWindow, documents: Path) -> WhatIfPage:
    return opened(qtbot, window, f1(FULL), documents)


def show(qtbot, window: MainWindow, page: WhatIfPage, panel: Panel) -> None:
    page.tabs.setCurrentWidget(panel)
    settle(qtbot, window)


def cells(model: ColumnTable) -> list[list[str]]:
    return [
        [str(model.data(model.index(row, at))) for at in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def row(model: ColumnTable, name: str) -> list[str]:
    return next(line for line in cells(model) if line[0] == name)[1:]


def type_into(model, at: int, column: int, text: str) -> None:
    assert model.setData(model.index(at, column, QModelIndex()), text)


# -- each panel's figures ----------------------------------------------------------------------


def test_that_measures_stand_by_kind_of_owner_and_the_chosen_one_is_a_chart(
    qtbot, window: MainWindow, page: WhatIfPage
) -> None:
    panel = page.ownership
    show(qtbot, window, page, panel)

    assert row(panel.model, "Staff") == ["63", "47", "112"]
    assert row(panel.model, "Operating margin") == ["5.62%", "not known", "16.23%"]
    panel.finder.setText("operating margin")
    panel.table.selectRow(3)
    assert [one[0] for one in twin_of(panel.chart.view.chart).rows][1] == "Local authority (0 of 1 employers)"
    assert "no accounts that say so" in panel.said.text()
    panel.when.setCurrentIndex(1)
    panel.when.activated.emit(1)
    assert row(panel.model, "Operating margin") == ["5.82%", "not known", "19.79%"]


def test_that_an_agencys_charge_comes_apart_and_a_line_without_one_is_not_known(
    qtbot, window: MainWindow, page: WhatIfPage
) -> None:
    panel = page.agency
    show(qtbot, window, page, panel)

    assert row(panel.model, "Night cover")[4:9] == ["£6.80", "28.33%", "10,000", "£68,000", "✓"]
    assert row(panel.model, "Relief")[4:] == ["not known", "not known", "600", "not known", "✗ £2.00"]
    assert row(panel.own, "Night cover")[2:] == ["£154,800", "£61,200", "1,000"]
    assert "Line 2 does not say the charge." in panel.said.text()
    assert "floor of £14.00" in panel.headline.text()


def test_that_a_typed_agency_line_is_a_step_that_can_be_undone_and_nonsense_waits(
    qtbot, window: MainWindow, page: WhatIfPage
) -> None:
    panel = page.agency
    show(qtbot, window, page, panel)
    assert window.session.sector is not None

    type_into(panel.grid, 1, 2, "twenty")
    assert "Line 2, Charge £/h: “twenty” is not a number." in panel.wrong.text()
    assert window.session.sector.what_if == FULL
    type_into(panel.grid, 1, 2, "£21.50")
    settle(qtbot, window)
    assert window.session.sector.what_if.agency[1].charge == 21.5
    assert not panel.wrong.isVisible()
    assert row(panel.model, "Relief")[4] == "£6.60"
    window.session.undo.undo()
    settle(qtbot, window)
    assert window.session.sector.what_if == FULL
    assert panel.grid.rows()[1][2] == ""


def test_that_every_basis_of_compensation_is_shown_and_the_sign_change_is_the_headline(
    qtbot, window: MainWindow, page: WhatIfPage
) -> None:
    panel = page.in_house
    show(qtbot, window, page, panel)

    assert row(panel.model, "Stated sum")[:3] == ["£3,000,000", "4.76 years", "+£2,241,749"]
    assert row(panel.model, "5 × profit")[:3] == ["£5,541,425", "8.79 years", "−£299,676"]
    assert row(panel.model, "Book capital")[:1] == ["not known"]
    assert "£478,010" in panel.headline.text()
    assert "−£299.7k to +£2.24m" in panel.headline.text()
    assert "Parliament decides" in panel.said.text()
    assert len(panel.chart.view.chart.series) == 2  # type: ignore[union-attr]
    panel.nobody.click()
    settle(qtbot, window)
    assert "Choose on the left which employers" in panel.headline.text()
    assert panel.model.rowCount() == 0
    assert panel.chart.view.chart.series == ()  # type: ignore[union-attr]


def test_that_a_grade_is_mapped_to_a_band_by_hand_and_a_wrong_one_is_refused_with_the_nearest(
    qtbot, window: MainWindow, page: WhatIfPage
) -> None:
    panel = page.in_house
    show(qtbot, window, page, panel)
    assert window.session.sector is not None
    panel.comparator.setCurrentIndex(panel.comparator.findData(Comparator.NHS))
    panel.comparator.activated.emit(panel.comparator.currentIndex())
    settle(qtbot, window)
    assert panel.rates.grid.rows()[0] == (GRADES[0], "")  # nothing is mapped by itself

    type_into(panel.rates.grid, 0, 1, "3 tops")
    assert "3 top" in panel.wrong.text()
    type_into(panel.rates.grid, 0, 1, "Band 3 top")
    settle(qtbot, window)
    assert window.session.sector.what_if.in_house.rates == (GradeRate(GRADES[0], "3 top"),)
    assert row(panel.grades, GRADES[0])[2:5] == ["3 top", "£14.05", "9.54%"]  # S1-06: 9.5 %
    assert "32 of 112 staff have no comparator" in panel.said.text()
    assert "1 Apr 2026" in panel.said.text()


def test_that_an_employers_gain_is_held_against_what_keeps_it_in(
    qtbot, window: MainWindow, page: WhatIfPage
) -> None:
    panel = page.staying
    show(qtbot, window, page, panel)

    assert row(panel.model, "A")[0] == "✗ no constraint"
    assert row(panel.model, "C")[0] == "? not known"
    assert "49.5%" in panel.headline.text()
    assert "A (112 staff)" in panel.said.text()
    assert panel.chosen.text() == "A"  # the largest gain that nothing covers
    panel.worth.setText("200000")
    panel.worth.editingFinished.emit()
    settle(qtbot, window)
    assert row(panel.model, "A")[0] == "✓ covered"
    panel.signs.setChecked(True)
    settle(qtbot, window)
    assert row(panel.reach, "Coverage with those who would sign") == ["100.0%"]
    assert row(panel.reach, "Effective number of unions") == ["2.333"]
    for _ in range(2):
        window.session.undo.undo()
    settle(qtbot, window)
    assert window.session.sector is not None
    assert window.session.sector.what_if == FULL
    assert row(panel.model, "A")[0] == "✗ no constraint"


def test_that_figures_that_come_while_somebody_types_leave_the_words_alone(
    qtbot, window: MainWindow, page: WhatIfPage
) -> None:
    panel = page.staying
    show(qtbot, window, page, panel)
    window.activateWindow()
    panel.what.setFocus()
    qtbot.keyClicks(panel.what, "Framework")
    panel.change(replace(FULL, fee_cut=0.2), "Something else")
    settle(qtbot, window)

    assert (panel.what.text(), panel.what.hasFocus()) == ("Framework", True)
    panel.what.editingFinished.emit()
    settle(qtbot, window)
    assert window.session.sector is not None
    assert [one.what for one in window.session.sector.what_if.staying.constraints] == ["Framework"]


def test_that_the_federation_is_a_fact_of_the_employer(qtbot, window: MainWindow, page: WhatIfPage) -> None:
    panel = page.staying
    show(qtbot, window, page, panel)
    panel.member.setCurrentIndex(1)
    panel.member.activated.emit(1)
    settle(qtbot, window)

    assert window.session.sector is not None
    assert window.session.sector.employer("A").federation_member is True
    assert row(panel.reach, "Employer density: staff at members of the federation") == ["50.5%"]
    panel.all_members.click()
    settle(qtbot, window)
    assert window.session.sector.what_if.staying.signing == ("B", "A")


def test_that_the_regimes_turn_on_assumptions_that_have_no_default(
    qtbot, window: MainWindow, documents: Path
) -> None:
    page = opened(qtbot, window, f1(), documents)
    panel = page.regimes
    show(qtbot, window, page, panel)

    assert row(panel.model, "Operating margin") == ["15.30%", "not known", "12.82%"]
    two = panel.margins.view.chart
    assert isinstance(two, LineChart)
    assert [(one.name, set(one.ys)) for one in two.series] == [
        ("spot purchase", {panel.found.spot.margin}),
        ("social partnership", {panel.found.partnership.margin}),
    ]
    assert "co-operative not known" in two.title
    assert "enter what it takes off fees" in two.note
    panel.fee_cut.setText("10")
    panel.fee_cut.editingFinished.emit()
    settle(qtbot, window)
    assert "62.3%" in panel.headline.text()
    assert row(panel.model, "Operating margin")[1] == "not known"
    panel.falls_on_pay.setText("50 %")
    panel.falls_on_pay.editingFinished.emit()
    settle(qtbot, window)
    assert row(panel.model, "Operating margin")[1] == "11.45%"
    assert "below the legal floor of £12.71" in panel.said.text()
    panel.falls_on_pay.setText("150")
    panel.falls_on_pay.editingFinished.emit()
    assert "from 0 to 100" in panel.wrong.text()
    assert window.session.sector is not None
    assert window.session.sector.what_if.falls_on_pay == 0.5


# -- nothing there yet -------------------------------------------------------------------------


def test_that_what_is_missing_is_asked_for_where_it_can_be_entered(
    qtbot, window: MainWindow, documents: Path
) -> None:
    page = opened(qtbot, window, sectors.small(), documents)
    said = {}
    for panel in page.panels():
        show(qtbot, window, page, panel)
        said[panel.name] = panel.headline.text()
        assert panel.is_told == (panel.name in {"Ownership", "Staying in"})

    assert "Type a line below" in said["Agency"]
    assert "which share of the insecure hours" in said["Insecure work"]
    assert "Choose on the left which employers" in said["In-house"]
    assert "No employer's accounts are known" in said["Three regimes"]
    assert "No unions entered" in page.staying.said.text()
    assert not page.copy.isEnabled()


def test_that_without_staff_every_panel_says_what_to_import(
    qtbot, window: MainWindow, documents: Path
) -> None:
    page = opened(qtbot, window, Sector("Empty"), documents)

    for panel in page.panels():
        assert panel._stack.currentWidget() is panel._empty
        assert not panel.is_told


# -- taking it elsewhere -----------------------------------------------------------------------


def test_that_every_panel_copies_and_saves_its_figures_with_what_they_rest_on(
    qtbot, window: MainWindow, page: WhatIfPage, tmp_path: Path
) -> None:
    for panel in (page.ownership, page.agency, page.in_house, page.staying, page.regimes):
        show(qtbot, window, page, panel)
        page.copy.click()
        text = QApplication.clipboard().text()
        assert text.startswith(f"{panel.name}: F1")
        assert "222 staff of 3 employers" in text or panel is page.agency
        for kind in (".csv", ".pdf"):
            panel.save_to(tmp_path / f"{panel.name}{kind}")
            assert (tmp_path / f"{panel.name}{kind}").stat().st_size > 300
    page.regimes.save_to(tmp_path / "none" / "x.pdf")
    assert "was not saved" in page.regimes.wrong.text()


def test_that_text_from_a_file_stays_text_in_what_is_copied_and_saved() -> None:
    report = Report("T", ("=1+1",), (Sheet("S", ("=A1", "n"), (("@cmd", "+£1,200"),)),))

    assert "'=A1\tn" in as_text(report)
    assert "'@cmd\t+£1,200" in as_text(report)
    assert "'=1+1" in as_csv(report)
    assert '\'@cmd,"+£1,200"' in as_csv(report)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,250.5", 1250.5), ("£14", 14.0), ("12.5 %", 12.5), ("−3", -3.0), ("ten", None), ("", None)],
)
def test_that_numbers_are_read_as_people_write_them(text: str, value: float | None) -> None:
    assert read_number(text) == value


# -- the worker, keys and fit ------------------------------------------------------------------


def test_that_only_the_last_of_several_questions_is_answered(
    qtbot, window: MainWindow, page: WhatIfPage
) -> None:
    answers: list[int] = []
    page.regimes.asker.answered.disconnect()
    page.regimes.asker.answered.connect(answers.append)
    for number in range(5):
        page.regimes.asker.ask(lambda _, number=number: number)
    settle(qtbot, window)

    assert answers == [4]


def test_that_small_groups_stay_on_the_screen(qtbot, window: MainWindow, documents: Path) -> None:
    page = opened(qtbot, window, sectors.small(), documents)  # six staff
    show(qtbot, window, page, page.ownership)

    sheet = page.ownership.sheets()[0]
    assert all(cell == "not shown (few staff)" for line in sheet.rows[1:] for cell in line[1:])
    shown = page.ownership.model.data(page.ownership.model.index(3, 1))
    assert str(shown).startswith("£")  # its own side may see it, marked
    assert str(shown).endswith(" *")
    page.ownership.table.selectRow(5)
    assert all(one.value is None for one in page.ownership.chart.view.chart.bars)  # type: ignore[union-attr]
    assert "Not shown outside your side" in page.ownership.said.text()


@pytest.mark.parametrize("size", [(1366, 688), (1093, 534)])
def test_that_nothing_is_cut_and_everything_is_named_and_reached(
    qtbot, page: WhatIfPage, window: MainWindow, size: tuple[int, int]
) -> None:
    window.resize(*size)
    for panel in page.panels():
        show(qtbot, window, page, panel)
        assert (window.width(), window.height()) == size
        assert not list(clipped(window)), panel.name
        assert not unnamed(panel)
        assert not bare_labels(panel)
        assert not not_reached(window, panel), panel.name


def test_that_f6_goes_from_one_question_to_the_next(qtbot, page: WhatIfPage) -> None:
    page.tabs.tabBar().setFocus()
    for expected in (1, 2, 3, 4, 5, 0):
        qtbot.keyClick(page.tabs.tabBar(), Qt.Key.Key_F6)
        assert page.tabs.currentIndex() == expected


# -- the waterfall without an order ------------------------------------------------------------


def test_that_the_waterfall_switches_to_the_average_of_all_orders_and_adds_up_to_the_same(
    qtbot, window: MainWindow, documents: Path
) -> None:
    window.session.create(f1(), documents / "f1.bargain", PASSPHRASE)
    settle(qtbot, window)
    window.show_page(PROPOSALS)
    settle(qtbot, window)
    proposals = window._pages[PROPOSALS]
    assert isinstance(proposals, ProposalsPage)
    pane = proposals.steps
    assert isinstance(pane, CostPane)
    in_order = {bar.label: bar.value for bar in pane.view.chart.bars}  # type: ignore[union-attr]
    pane.order.setCurrentIndex(1)
    pane.order.activated.emit(1)
    settle(qtbot, window)
    average = {bar.label: bar.value for bar in pane.view.chart.bars}  # type: ignore[union-attr]

    assert "average over all orders" in pane.view.chart.title
    assert average["Full-year cost"] == in_order["Full-year cost"] == pytest.approx(471_619, abs=1)
    parts = [value for label, value in average.items() if label != "Full-year cost"]
    assert sum(value or 0 for value in parts) == pytest.approx(471_619, abs=1)
    assert average["Floor"] != in_order["Floor"]
    assert "222 staff of 3 employers" in csv_of(pane.view.chart)
    assert "O2: bottom-weighted" in pane.view.chart.note
