"""What goes to the clipboard and beside a chart carries no formula, and its amounts stay amounts."""

from __future__ import annotations

import csv
import io

import pytest
from PySide6.QtCore import Qt

from bargain.offers.scale_edit import pasted
from bargain.plain_cells import prose_as_copied
from tests.helpers.payloads import PAYLOADS, RUNS
from ui.charts.model import Bar, BarChart, Ink, Level, LineChart, Number, Series
from ui.charts.twin import csv_of
from ui.itemmodels.column_table import Column, ColumnTable
from ui.itemmodels.compare_table import CompareRow, CompareTable
from ui.itemmodels.entry_table import EntryTable


def cells_of(text: str) -> list[str]:
    return [cell for line in text.split("\n") for cell in line.split("\t")]


def runs(cell: str) -> bool:
    """Whether a spreadsheet would take the cell for a formula."""
    return cell.startswith(RUNS) and not cell.lstrip("+-").rstrip("%").replace(".", "").isdigit()


def test_that_a_copied_table_carries_no_formula(qapp) -> None:
    table = ColumnTable(
        (Column(PAYLOADS[0], PAYLOADS), Column("Amount", [-1200.5] * 60, lambda one: f"{one:.2f}", is_number=True))
    )  # fmt: skip
    cells = cells_of(table.text_of(range(60), range(2)))
    assert len(cells) == 2 * 61
    assert [cell for cell in cells if runs(cell)] == []
    assert cells.count("-1200.50") == 60


def test_that_a_copied_comparison_carries_no_formula(qapp) -> None:
    model = CompareTable()
    rows = tuple(CompareRow(text, (text, "-3.2%")) for text in PAYLOADS)
    model.set_rows(("", PAYLOADS[0], "\t" + PAYLOADS[5]), rows)
    cells = cells_of(model.as_text())
    assert len(cells) == 3 * 61
    assert [cell for cell in cells if runs(cell)] == []
    assert cells.count("-3.2%") == 60


@pytest.mark.parametrize("text", PAYLOADS)
def test_that_figures_beside_a_chart_carry_no_formula(text: str) -> None:
    bars = BarChart(text, text, Number.PLAIN, (Bar(text, -3.5, mark=-1.0),), text, mark_name=text)
    lines = LineChart(
        text, text, text, Number.PLAIN, (Series(text, (0.0,), (-3.5,), Ink.OFFER),), (Level(text, -2.0),), x_names=(text,)
    )  # fmt: skip
    for chart in (bars, lines):
        cells = [cell for row in csv.reader(io.StringIO(csv_of(chart))) for cell in row]
        assert [cell for cell in cells if runs(cell)] == []
        assert "-3.5" in cells
        assert sum(cell.endswith(text) for cell in cells) >= 3


def test_that_points_copied_out_are_pasted_back_as_they_were(qapp) -> None:
    table = ColumnTable((Column("Point", PAYLOADS), Column("Annual", ["24000"] * 60)))
    assert list(pasted(table.text_of(range(60), range(2))).names) == PAYLOADS


def test_that_entries_pasted_lose_the_mark_of_what_was_copied(qapp) -> None:
    table = ColumnTable((Column("Region", PAYLOADS),))
    entries = EntryTable(("Region",))
    entries.paste(table.text_of(range(60), range(1)).partition("\n")[2], 0, 0)
    shown = [entries.data(entries.index(row, 0), Qt.ItemDataRole.EditRole) for row in range(60)]
    assert shown == PAYLOADS


@pytest.mark.parametrize("text", PAYLOADS)
def test_that_copied_sentences_begin_no_line_like_a_formula(text: str) -> None:
    """Explanations, answers and letters hold names that others typed, at the beginning of lines too."""
    copied = prose_as_copied(f"{text}\n\n{text}: £12\tand {text}\t{text}\nPlain\n")
    assert [cell for cell in cells_of(copied) if runs(cell)] == []
    assert copied.endswith("\nPlain\n")
