"""Of fewer than ten people nothing leaves its side: every page, table, chart, copy, print and file of the window."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QTableView, QTabWidget, QWidget

import ui
from bargain.offers.offer_file import read_offer
from models.accounts import Accounts
from models.employer import Employer, Ownership
from models.sector import Sector
from models.target import Target, TargetScope, TargetSet
from models.what_if import StayingPlan
from models.workforce import Contract
from tests.helpers.f1 import EMPLOYERS, F1_ROWS, GRADES, O2, Row, f1_sector, workforce_of
from tests.ui.test_what_if import FEE, FULL, PASSPHRASE, settle
from ui.charts.twin import TwinModel, csv_of
from ui.charts.view import ChartPane
from ui.itemmodels.column_table import ColumnTable
from ui.itemmodels.compare_table import CompareTable
from ui.main_window import CHECK, MainWindow
from ui.report import Report, as_csv, as_text
from ui.widgets.table import Table

TINY, CHEF = "Tinyhome", "Chef"
PUBLIC = {"10.0%", "£200.0k", "£200,000", "2026", "112"}  # its published accounts; and how many A has
FIGURE = re.compile(r"[£]\s?[\d.,]+[km]?|[−+-]?\d+[.,]\d+%?|[−+-]?\d+%|\b\d{3,}\b")


def with_a_few() -> Sector:
    """F1, a fourth employer with three staff, alone of its kind, and a grade in which two of them are."""
    rows = (
        *F1_ROWS,
        Row(TINY, GRADES[0], "17.37", 1),
        Row(TINY, CHEF, "19.43", 2),
    )
    made = f1_sector()
    employers = (*EMPLOYERS, Employer(TINY, Ownership.COMMUNITY_INTEREST))
    grades = (*GRADES, CHEF)
    force = workforce_of(rows, employers=[one.name for one in employers], grades=grades)
    contracts = np.where(force.employer_code == 3, Contract.ZERO_HOURS, Contract.PERMANENT).astype(np.int8)
    contracts[0] = Contract.AGENCY
    pounds = (200_000, 120_000, 20_000, 30_000, 10_000, 1_000)
    books = Accounts(TINY, date(2026, 3, 31), *(one * 1_000_000 for one in pounds))
    every = TargetScope.EVERY_EMPLOYER
    targets = (
        Target("Ahead", "smallest_differential", at_least=0.5, scope=every),
        Target("Spread", "max_min", at_most=1.0, scope=TargetScope.EVERY_GRADE),
        Target("Cap", "operating_margin", at_most=-0.9, scope=every),
    )
    return replace(
        made,
        grades=grades,
        employers=employers,
        workforce=replace(force, contract=contracts),
        accounts=(*made.accounts, books),
        offers=(read_offer(O2 + FEE, source="F1"), replace(read_offer(O2, source="F1"), name="Other")),
        target_sets=(TargetSet("Ours", targets),),
        what_if=replace(FULL, staying=StayingPlan(signing=("B",)), filled=0.8, agency_charge=24.0),
    )


def leaving(page: QWidget) -> list[str]:
    """Every line that can leave a page as it stands: copied tables, what charts are saved with, reports."""
    texts = []
    for table in page.findChildren(Table):
        model = table.model()
        assert isinstance(model, ColumnTable)
        texts.append(model.text_of(range(model.rowCount()), range(model.columnCount())))
    for view in page.findChildren(QTableView):
        model = view.model()
        if isinstance(model, CompareTable):
            texts.append(model.as_text())
        if isinstance(model, TwinModel):
            texts += ["\t".join(row) for row in model._twin.rows]
    texts += [csv_of(pane.view.chart) for pane in page.findChildren(ChartPane)]
    for one in (page, *page.findChildren(QWidget)):
        report = getattr(one, "report", None)
        if callable(report) and one.isVisible():
            made = report()
            assert isinstance(made, Report)
            texts += [as_text(made), as_csv(made)]
    return [line for text in texts for line in text.splitlines()]


def test_that_no_page_lets_a_figure_of_a_few_people_out(qtbot, window: MainWindow, documents: Path) -> None:
    window.session.create(with_a_few(), documents / "few.bargain", PASSPHRASE)
    settle(qtbot, window)
    seen, let_out = 0, []
    for at in range(9):
        window.show_page(at)
        settle(qtbot, window)
        page = window._pages[at]
        tabs = page.findChildren(QTabWidget)
        for places in [(), *((bar, tab) for bar in tabs for tab in range(bar.count()))]:
            if places:
                places[0].setCurrentIndex(places[1])
                settle(qtbot, window)
            for line in leaving(page):
                if TINY in line or CHEF in line or "ommunity interest" in line:
                    seen += 1
                    told = set(FIGURE.findall(line)) - PUBLIC
                    if at == CHECK:  # how complete a file is says nothing of anybody's pay
                        told = {one for one in told if not one.endswith("%")}
                    if told:
                        let_out.append((at, sorted(told), line[:90]))
    assert let_out == [], "\n".join(map(str, let_out))
    assert seen > 40  # the few are named on many pages, and none of it says what they are paid


# Where text and files leave the window. A new place must be looked at: does it go through a table's ``outside``, a
# report, a chart's figures, or what was composed for others?
DOORS = {
    "charts/twin_view.py",  # what the chart's file would hold
    "dialogs/find_value.py",  # sentences of an answer, about the sector
    "dialogs/report.py",  # a fault of ours, without figures
    "import_assistant/preview_table.py",  # one cell of a file that this side was sent
    "pages/baseline.py",  # a report
    "pages/compare.py",  # CompareTable.as_text
    "pages/data_check.py",  # a letter to an employer about its own file
    "widgets/explain_panel.py",  # explanations name no small group
    "widgets/scale_grid.py",  # the pay scale
    "widgets/table.py",  # ColumnTable.text_of
    "what_if/panel.py",  # a report
}


def test_that_every_place_that_copies_is_known() -> None:
    root = Path(ui.__file__).parent
    found = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Attribute)
                and node.attr == "setText"
                and "clipboard" in ast.unparse(node)
            ):
                found.add(path.relative_to(root).as_posix())
    assert found == DOORS


def test_that_a_marked_cell_is_shown_told_and_not_copied(qapp) -> None:
    from PySide6.QtCore import Qt

    from ui.itemmodels.column_table import Column, staff_column

    table = ColumnTable(
        (
            Column("Whose", ["A", "B"]),
            staff_column("Staff", [3, 30], str),
            Column("Pay", [17.37, 13.0], str, is_number=True, hide=(True, False)),
        )
    )
    assert [table.index(0, at).data() for at in range(3)] == ["A", "3", "17.37 *"]
    assert "Not shown outside your side" in table.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Not shown outside your side" in table.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert "Not shown outside your side" in table.cell_words(table.index(0, 2))
    table.sort(2)
    assert table.text_of(range(2), range(3)).splitlines() == [
        "Whose\tStaff\tPay",
        "B\t30\t13.0",
        "A\tfewer than 10\tnot shown (few staff)",
    ]


def test_that_grossed_up_the_few_in_the_data_decide() -> None:
    """Three staff that stand for thirty are three: who gains is not shown of them."""
    from bargain.appraisal import appraise
    from bargain.measures.curves import rise_by_grade, rise_by_size
    from models.grossing import Grossing, KnownTotal, SectorTotals, TotalsUnit

    made = with_a_few()
    totals = SectorTotals("R", TotalsUnit.EMPLOYERS, "register", date(2026, 3, 31), (KnownTotal(40),))
    grossed = replace(made, grossing=Grossing(totals, date(2026, 10, 1)))
    for sector in (made, grossed):
        found = appraise(sector, sector.offers[0])
        people = {one.name: one.people for one in rise_by_grade(found, sector.grades)}
        assert people[CHEF] == 2
        assert {one.name: one.people for one in rise_by_size(found)} == {"0": 50, "50": 175}
