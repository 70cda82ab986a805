"""Charts: round ticks, figures for the pictures, the table that says the same, hostile names, files."""

from __future__ import annotations

import html
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPalette
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from bargain.appraisal import appraise
from bargain.measures.curves import offer_curves
from bargain.money_of import MoneyAssumptions, money_of
from bargain.offers.offer_file import read_offer
from bargain.progress import drive
from bargain.sensitivity import tornado
from bargain.waterfall import order_free
from models.parameters import LegalFloor
from models.workforce import selected
from tests.helpers.f1 import GRADES, O1, O2, O3, f1_sector
from ui import palette
from ui.charts.employer_charts import affordable_chart, ahead_chart, hundred_chart, margins_chart
from ui.charts.model import Bar, BarChart, Chart, Ink, Level, LineChart, Number, Series, Shape
from ui.charts.offer_charts import cost_chart, gains_chart, order_free_chart, scale_chart
from ui.charts.paint import inks_of
from ui.charts.ticks import figure_text, nice_ticks
from ui.charts.tornado_chart import tornado_chart
from ui.charts.twin import TwinModel, csv_of, twin_of
from ui.charts.view import EMPTY, ChartPane, ChartView

HOSTILE = ("<b>Bold</b> & Sons", r"$\frac{1}{2}$", "<img src='file:///etc/passwd'>")

LINES = LineChart(
    "Hourly pay by pay point",
    "Pay point",
    "£ per hour",
    Number.HOURLY,
    (
        Series("now", (0.0, 1.0, 2.0), (12.0, 13.0, 15.0), Ink.NOW),
        Series("this offer", (0.0, 1.0, 2.0), (12.5, 13.5, 15.5), Ink.OFFER),
    ),
    (Level("legal floor", 12.71),),
    ("2", "3", "4"),
)
BARS = BarChart(
    "Cost",
    "£ a year",
    Number.POUNDS,
    (
        Bar("Pay rises", 100.0),
        Bar("Sick pay", None, 100.0),
        Bar("Savings", -40.0, 100.0),
        Bar("Total", 60.0, mark=80.0),
    ),
    "not known",
    "their last",
)


@given(st.floats(-1e6, 1e6), st.floats(0.001, 1e9))
def test_that_ticks_enclose_what_is_drawn_and_are_few(low: float, span: float) -> None:
    ticks = nice_ticks(low, low + span)
    assert ticks[0] <= low + span * 1e-6
    assert ticks[-1] >= (low + span) - span * 1e-6 - abs(low) * 1e-9
    assert 2 <= len(ticks) <= 12


@pytest.mark.parametrize(
    ("value", "number", "text"),
    [
        (12.715, Number.HOURLY, "£12.72"),
        (-1234.5, Number.POUNDS, "−£1,235"),
        (0.0696, Number.PERCENT, "6.96%"),
    ],
)
def test_that_figures_are_written_whole(value: float, number: Number, text: str) -> None:
    assert figure_text(value, number) == text


def test_that_the_table_of_a_chart_says_every_figure_of_it() -> None:
    twin = twin_of(LINES)
    assert twin.headings == ("Pay point", "now", "this offer", "legal floor")
    assert twin.rows[1] == ("3", "£13.00", "£13.50", "£12.71")


def test_that_an_unknown_cost_is_never_nought_in_the_table() -> None:
    rows = {row[0]: row[1:] for row in twin_of(BARS).rows}
    assert rows["Sick pay"] == ("not known", "")
    assert rows["Total"] == ("£60", "£80")


def test_that_the_table_of_a_chart_is_a_sound_model(qapp: QApplication) -> None:
    model = TwinModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for chart in (LINES, BARS, LINES):
        model.set_twin(twin_of(chart))
    assert model.data(model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole) == "£12.00"
    assert tester.failureReportingMode() == QAbstractItemModelTester.FailureReportingMode.Fatal


def test_that_a_chart_without_figures_has_no_table_and_is_not_saved(qapp: QApplication) -> None:
    pane = ChartPane()
    assert [pane.as_table.isEnabled(), pane._save.isEnabled()] == [False, False]
    pane.show_chart(LINES)
    assert pane.as_table.isEnabled()
    assert pane._save.isEnabled()
    pane.show_chart(EMPTY)
    assert [pane.as_table.isEnabled(), pane._save.isEnabled()] == [False, False]


def test_that_f1_under_o3_gains_most_at_the_bottom() -> None:
    sector = f1_sector()
    figures = offer_curves(appraise(sector, read_offer(O3, source="O3")), GRADES)
    tenths = [rise.share for rise in figures.by_tenth]
    assert tenths[0] == pytest.approx(14.00 / 12.71 - 1)
    assert tenths[9] == pytest.approx(0.01, abs=0.0005)
    assert [rise.name for rise in figures.by_grade] == list(GRADES)


def test_that_the_tenths_together_weigh_as_the_whole() -> None:
    appraisal = appraise(f1_sector(), read_offer(O2, source="O2"))
    figures = offer_curves(appraisal, GRADES)
    heads = appraisal.workforce_after.heads
    rises = appraisal.hourly_after / appraisal.hourly_before - 1
    mean = float(np.average(rises, weights=heads))
    assert np.mean([rise.share for rise in figures.by_tenth if rise.share is not None]) == pytest.approx(mean)


def test_that_the_steps_of_a_cost_add_up_as_they_are_shown() -> None:
    for text in (O1, O2, O3):
        chart = cost_chart(appraise(f1_sector(), read_offer(text, source="offer")).cost)
        *steps, total = chart.bars
        assert sum(round(bar.value or 0) for bar in steps) == round(total.value or 0)
        for before, after in pairwise(steps):
            assert after.base == before.base + (before.value or 0.0)


def test_that_the_other_sides_last_offer_is_drawn_as_its_own_line() -> None:
    sector = f1_sector()
    ours, theirs = (offer_curves(appraise(sector, read_offer(t, source="o")), GRADES) for t in (O2, O1))
    chart = scale_chart(ours, theirs=theirs, their_name="O1", legal_floor=LegalFloor(12.71))
    assert [(one.name, one.ink) for one in chart.series] == [
        ("now", Ink.NOW),
        ("O1", Ink.OTHER),
        ("this offer", Ink.OFFER),
    ]
    assert gains_chart(ours, theirs=theirs, their_name="O1").bars[1].mark == pytest.approx(0.04, abs=0.001)


def test_that_names_from_data_are_drawn_literally_on_every_kind_of_chart(qtbot, tmp_path: Path) -> None:
    bars = BarChart(
        "<i>t</i>", HOSTILE[1], Number.PLAIN, tuple(Bar(name, 1.0) for name in HOSTILE), "?", HOSTILE[0]
    )
    lines = LineChart(
        "<i>t</i>",
        HOSTILE[0],
        HOSTILE[1],
        Number.PLAIN,
        (Series(HOSTILE[0], (0.0,), (1.0,), Ink.NOW),),
        (),
        (HOSTILE[2],),
    )
    view = ChartView()
    qtbot.addWidget(view)
    view.resize(700, 300)
    for chart in (bars, lines):
        view.show_chart(chart)
        view.save_svg(tmp_path / "chart.svg")
        text = (tmp_path / "chart.svg").read_text("utf-8")
        assert "&lt;b&gt;Bold" in text
        assert r"$\frac{1}{2}$" in text
        assert "<img" not in text


def test_that_the_arrow_keys_read_out_the_figures(qtbot) -> None:
    view = ChartView()
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show_chart(LINES)
    view.show()
    view.setFocus()
    view.grab()
    assert "arrow keys" in view.accessibleDescription()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.read_out == ("Pay point: 3", "now: £13.00", "this offer: £13.50")
    assert view.accessibleDescription() == "Pay point: 3. now: £13.00. this offer: £13.50"
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.read_out[0] == "Pay point: 4"


def test_that_the_pointer_reads_out_the_bar_under_it(qtbot) -> None:
    view = ChartView()
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show_chart(BARS)
    view.show()
    view.grab()
    for height in range(20, 290, 3):
        qtbot.mouseMove(view, pos=QPoint(60, height))
        if view.read_out == ("Sick pay: not known",):
            return
    pytest.fail("no place read out the unknown bar")


def test_that_a_chart_has_a_name_and_a_table_twin(qtbot) -> None:
    pane = ChartPane()
    qtbot.addWidget(pane)
    pane.show_chart(LINES)
    pane.show()
    reader = QAccessible.queryAccessibleInterface(pane.view)
    assert reader.text(QAccessible.Text.Name) == "Hourly pay by pay point"
    assert not pane.table.isVisible()
    pane.toggle_table()
    assert pane.table.isVisible()
    assert pane.as_table.text() == "Show as chart"
    assert pane.table.model().rowCount() == 3


@pytest.mark.parametrize("colours", [palette.LIGHT, palette.DARK])
def test_that_every_mark_stands_out_from_the_paper(colours: palette.Colours, qapp: QApplication) -> None:
    inks = inks_of(palette.qt_palette(colours))
    for ink, colour in inks.marks.items():
        assert palette.contrast(colour.name(), inks.paper.name()) >= 4.5, ink
    assert palette.contrast(inks.text.name(), inks.paper.name()) >= 4.5


def test_that_positions_differ_by_dash_and_not_by_colour_alone(qtbot) -> None:
    flat = (0.0, 1.0), (13.0, 13.0)
    views = []
    for ink in (Ink.NOW, Ink.OFFER, Ink.OTHER):
        view = ChartView()
        qtbot.addWidget(view)
        view.resize(400, 300)
        view.show_chart(LineChart("t", "x", "y", Number.HOURLY, (Series("s", *flat, ink, Shape.LINE),)))
        grey = view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        row = max(
            range(40, 260), key=lambda y: sum(grey.pixelColor(x, y).value() < 170 for x in range(60, 380))
        )
        views.append(tuple(grey.pixelColor(x, row).value() < 170 for x in range(60, 380)))
    assert len(set(views)) == 3


def test_that_a_picture_is_saved_in_light_colours_and_at_double_size(qtbot, tmp_path: Path) -> None:
    view = ChartView()
    qtbot.addWidget(view)
    view.setPalette(palette.qt_palette(palette.DARK))
    view.resize(400, 300)
    view.show_chart(BARS)
    view.save_png(tmp_path / "chart.png")
    image = QImage(str(tmp_path / "chart.png"))
    assert image.width() == 800
    assert image.height() > 600  # the title stands above the picture
    assert image.pixelColor(2, 2) == QColor("white")


def test_that_an_empty_chart_is_drawn_without_fault(qtbot) -> None:
    view = ChartView()
    qtbot.addWidget(view)
    for chart in (LineChart("", "", "", Number.PLAIN, ()), BarChart("", "", Number.PLAIN, (), "")):
        view.show_chart(chart)
        assert not view.grab().isNull()
    assert view.palette().color(QPalette.ColorRole.Base).isValid()


@cache
def _all_charts() -> dict[str, Chart]:
    """Each chart of an offer and of employers' money, of F1's second offer."""
    sector = f1_sector()
    offer = read_offer(O2, source="O2")
    appraisal = appraise(sector, offer)
    figures = offer_curves(appraisal, GRADES)
    money = money_of(sector, appraisal, MoneyAssumptions())
    return {
        "scale": scale_chart(figures, theirs=None, their_name="", legal_floor=LegalFloor(12.71)),
        "steps in order": cost_chart(appraisal.cost),
        "steps without an order": order_free_chart(order_free(sector, offer), appraisal.cost),
        "who gains": gains_chart(figures, theirs=None, their_name=""),
        "tornado": tornado_chart(drive(tornado(sector, offer, "cost_full_year", by="tenth"), lambda _: None)),
        "margins": margins_chart(appraisal.margins),
        "affordability": affordable_chart(money),
        "100 pounds": hundred_chart(appraisal.margins[0]),
        "months ahead": ahead_chart(money.ahead[0]),
    }


def test_that_every_chart_has_its_table_and_saves_as_picture_and_figures_with_its_basis(
    qtbot, tmp_path: Path
) -> None:
    appraisal = appraise(f1_sector(), read_offer(O2, source="O2"))
    for name, chart in _all_charts().items():
        pane = ChartPane()
        qtbot.addWidget(pane)
        pane.resize(500, 360)
        pane.show_chart(chart, appraisal)
        pane.toggle_table()
        model = pane.table.model()
        assert model.rowCount() == len(twin_of(chart).rows) > 1, name
        for ending in (".png", ".svg", ".csv"):
            pane.save(tmp_path / f"{name}{ending}")
        assert not QImage(str(tmp_path / f"{name}.png")).isNull(), name
        assert f"<title>{html.escape(chart.title)}</title>" in (tmp_path / f"{name}.svg").read_text("utf-8")
        figures = (tmp_path / f"{name}.csv").read_text("utf-8-sig")
        assert "Offer: O2: bottom-weighted. Returns only: 222 staff of 3 employers, 6 April 2026." in figures


def test_that_a_saved_pay_curve_has_no_ends_and_no_rate_that_could_be_one_person_s(
    qtbot, tmp_path: Path
) -> None:
    appraisal = appraise(f1_sector(), read_offer(O2, source="O2"))
    chart = scale_chart(offer_curves(appraisal, GRADES), theirs=None, their_name="", legal_floor=None)
    pane = ChartPane()
    qtbot.addWidget(pane)
    pane.show_chart(chart, appraisal)
    assert "£26.00" in twin_of(pane.view.chart).rows[-1]  # two managers of C: their own side may see it
    pane.save(tmp_path / "curve.csv")
    pane.save(tmp_path / "curve.svg")
    rows = (tmp_path / "curve.csv").read_text("utf-8-sig").splitlines()
    shown = [row.split(",") for row in rows if row[:1].isdigit()]
    assert [float(row[0]) for row in shown] == [
        float(at) for at in range(5, 96)
    ]  # 222 staff: eleven on either side
    assert {row[1] for row in shown} == {
        "12.7",
        "13.5",
        "13.6",
        "14.2",
        "14.6",
        "16.0",
        "16.1",
        "16.8",
        "19.0",
    }
    assert "to the nearest 10p" in (tmp_path / "curve.csv").read_text("utf-8-sig")
    few = appraise(
        replace(f1_sector(), workforce=selected(f1_sector().workforce, np.arange(12) == 2)),
        read_offer(O1, source="O1"),
    )
    pane.show_chart(scale_chart(offer_curves(few, GRADES), theirs=None, their_name="", legal_floor=None), few)
    assert pane.as_table.isEnabled()
    assert not pane._save.isEnabled()


def test_that_what_is_copied_from_a_chart_s_table_is_what_its_file_holds(qtbot) -> None:
    appraisal = appraise(f1_sector(), read_offer(O2, source="O2"))
    chart = scale_chart(offer_curves(appraisal, GRADES), theirs=None, their_name="", legal_floor=None)
    pane = ChartPane()
    qtbot.addWidget(pane)
    pane.show_chart(chart, appraisal)
    pane.toggle_table()
    table = pane.table
    assert table.model().index(100, 1).data() == "£26.00"  # on its own side's screen

    def copied(row: int) -> list[str]:
        table.clearSelection()
        table.selectRow(row)
        qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        return QApplication.clipboard().text().splitlines()

    for end in (0, 4, 96, 100):  # of 222 staff fewer than ten on one side
        assert copied(end)[1].split("\t") == [f"{end}%", *2 * ["not shown (few staff)"]]
    middle = copied(50)
    assert middle[0].split("\t") == ["Share of staff, lowest paid first", "now", "this offer"]
    exact = table.model().index(50, 1).data()
    assert middle[1].split("\t")[1] == f"£{round(float(exact[1:]) * 10 + 1e-9) / 10:.2f}"
    assert "Returns only: 222 staff" in middle[-1]
    assert "to the nearest 10p" in middle[-1]
    table.selectAll()
    assert "26.00" not in table.text_of(range(101))


def test_that_a_group_of_fewer_than_ten_has_no_figure_in_picture_table_or_file() -> None:
    chart = _all_charts()["who gains"]
    assert isinstance(chart, BarChart)
    managers = next(bar for bar in chart.bars if bar.label == GRADES[3])  # nine heads in all

    assert (managers.value, managers.mark) == (None, None)
    assert "fewer than 10" in dict(row[:2] for row in twin_of(chart).rows)[GRADES[3]]
    assert f"{GRADES[3]},not shown: fewer than 10 staff,\n" in csv_of(chart)
