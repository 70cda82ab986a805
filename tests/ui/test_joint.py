"""The joint secretariat's file from its making to the draft: both sides look at its screen, so nobody's pay is on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication, QWidget

from bargain.offers.offer_file import read_offer
from models.table import Role
from tests.ui.importing import assistant_with, click
from tests.ui.new_sectors import FACTS, fill_protection, fill_table, press
from tests.ui.on_a_page import settle
from ui.charts.model import LineChart
from ui.dialogs.new_sector import NewSectorDialog
from ui.main_window import AGREEMENT, COMPARE, PROPOSALS, MainWindow
from ui.pages.agreement import AgreementPage
from ui.pages.compare import ComparePage
from ui.pages.proposals import ProposalsPage
from ui.widgets.plain_label import PlainLabel

HEADINGS = "Employer,Job title,Hourly rate,Weekly hours,Sex\n"
RATES = [f"{1273 + 7 * at:04d}" for at in range(40)]  # £12.73 to £15.46, each one person's own
LOWEST, HIGHEST = "12.73", "15.46"
OFFER = """format = 1
name = "Three per cent"
[[settlement]]
effective = 2027-04-01
[[settlement.pay]]
percent = 3
"""


@pytest.fixture
def joint(qtbot, window: MainWindow, documents: Path) -> MainWindow:
    """Made, filled from a payroll and given an offer as a person does."""
    press(qtbot, window.start_page.new_button)
    form = window.findChild(NewSectorDialog)
    qtbot.waitExposed(form)
    fill_table(qtbot, form, "Table")
    form.table.data_date.setDate(QDate(2026, 4, 6))
    press(qtbot, form.main_button)
    form.side.buttons[Role.JOINT].click()
    press(qtbot, form.main_button)
    fill_protection(qtbot, form)
    press(qtbot, form.main_button)
    assert form.at == FACTS
    press(qtbot, form.skip_button)
    settle(qtbot, window)
    path = documents / "payroll.csv"
    homes = ["Northshire Homes"] * 37 + ["Tinyhome"] * 3
    rows = [
        f"{home},Support worker,{rate[:2]}.{rate[2:]},37,F\n" for home, rate in zip(homes, RATES, strict=True)
    ]
    path.write_text(HEADINGS + "".join(rows), "utf-8")
    assistant = assistant_with(window, qtbot, path)
    click(qtbot, assistant.add_button)
    settle(qtbot, window)
    assert len(window.session.sector.workforce) == 40
    window.session.add_offer(read_offer(OFFER, source="x"), "offer")
    settle(qtbot, window)
    return window


def page_at(qtbot, window: MainWindow, at: int):
    window.show_page(at)
    settle(qtbot, window)
    return window._pages[at]


def test_that_the_joint_file_is_walked_from_import_to_draft_and_tells_nobody_s_pay(
    qtbot, joint: MainWindow
) -> None:
    assert joint.windowTitle().startswith("JOINT – ")
    proposals = page_at(qtbot, joint, PROPOSALS)
    assert isinstance(proposals, ProposalsPage)
    qtbot.waitUntil(lambda: bool(proposals.scale.view.chart.series))
    chart = proposals.scale.view.chart
    assert isinstance(chart, LineChart)
    assert chart.told is None
    assert "nearest 10p" in chart.note
    for line in chart.series:  # forty staff: ten on either side
        assert (min(line.xs), max(line.xs)) == (25.0, 75.0)
        assert all(round(rate * 10) == pytest.approx(rate * 10) for rate in line.ys)
    proposals.scale.toggle_table()
    shown = proposals.scale.table.model()
    assert shown.index(0, 0).data() == "25%"
    assert shown.rowCount() == 51

    for one in proposals.findChildren(QWidget):
        for text in (one.toolTip(), one.accessibleName(), one.accessibleDescription()):
            assert LOWEST not in text
    assert "Lowest hourly rate" not in [tile.content.caption for tile in proposals.scoreboard.tiles]

    compare = page_at(qtbot, joint, COMPARE)
    assert isinstance(compare, ComparePage)
    qtbot.waitUntil(lambda: bool(compare.model.rows))
    settle(qtbot, joint)
    screen = {row.label: row.cells for row in compare.model.rows if row.cells}
    assert screen["Lowest rate paid"] == 2 * ("not shown (few staff)",)
    assert screen["Lowest hourly rate"][0] == "not shown (few staff)"
    # the 20th of 40 rates is £12.73 + 19 × 7p = £14.06; 3 % on it £14.48
    assert screen["Half are paid less than (P50)"] == ("£14.10", "£14.50")
    press(qtbot, compare.copy)
    copied = QApplication.clipboard().text()
    for line in copied.splitlines():
        label, *cells = line.split("\t")
        if label in screen and "in words" not in label:
            assert [cell.split(" · ")[0] for cell in cells] == list(screen[label]), label
    told = copied + "".join(cell for cells in screen.values() for cell in cells)
    assert LOWEST not in told
    assert HIGHEST not in told
    assert "Basic pay rises by 3 % for all staff." in copied

    agreement = page_at(qtbot, joint, AGREEMENT)
    assert isinstance(agreement, AgreementPage)
    qtbot.waitUntil(lambda: agreement.draft is not None)
    said = " ".join(one.text() for one in agreement.preview.findChildren(PlainLabel))
    assert "3 %" in said
    cells = " ".join(cell for table in _tables(agreement) for cell in table)
    for rate in (LOWEST, HIGHEST):
        assert rate not in said
        assert rate not in cells


def _tables(page: AgreementPage) -> list[list[str]]:
    from ui.pages.agreement import DraftTableView

    found = []
    for view in page.preview.findChildren(DraftTableView):
        model = view.model()
        rows, columns = range(model.rowCount()), range(model.columnCount())
        found.append([str(model.index(row, column).data()) for row in rows for column in columns])
    return found
