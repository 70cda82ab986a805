"""Drawing a chart on any painter: screen, SVG or PNG. One function a kind; all text is drawn literally."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPalette, QPen, QPolygonF

from ui.charts.model import Bar, BarChart, Chart, Ink, LineChart, Series, Shape
from ui.charts.ticks import figure_text, nice_step, nice_ticks

ROW_LEAST = 20.0
GAP = 6.0

_LIGHT = {
    Ink.NOW: "#5b5b5b",
    Ink.OFFER: "#1d4f91",
    Ink.OTHER: "#a3123f",
    Ink.LAW: "#1b6e3c",
    Ink.TOTAL: "#333333",
}
_DARK = {
    Ink.NOW: "#bdbdbd",
    Ink.OFFER: "#8abcf5",
    Ink.OTHER: "#f59bb5",
    Ink.LAW: "#7fd49b",
    Ink.TOTAL: "#e0e0e0",
}
_DASH: dict[Ink, list[float]] = {Ink.NOW: [5, 3], Ink.OTHER: [7, 3, 1.5, 3], Ink.LAW: [1.5, 2.5]}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that answers to the pointer: where it is, where its mark is drawn, and which figure it is."""

    rect: QRectF
    at: QPointF
    figure: int


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours of one palette."""

    paper: QColor
    text: QColor
    grid: QColor
    marks: dict[Ink, QColor]


def inks_of(palette: QPalette) -> Inks:
    """Colours with enough contrast on this palette's paper, light or dark."""
    paper = palette.color(QPalette.ColorRole.Base)
    dark = paper.lightness() < 128
    grid = QColor("#5a5a5a") if dark else QColor("#d4d4d4")
    marks = {ink: QColor(name) for ink, name in (_DARK if dark else _LIGHT).items()}
    return Inks(paper, palette.color(QPalette.ColorRole.Text), grid, marks)


def pen_of(ink: Ink, inks: Inks, width: float = 2.0) -> QPen:
    """The pen of a position: its colour and its dashes."""
    pen = QPen(inks.marks[ink], width)
    if ink in _DASH:
        pen.setDashPattern(_DASH[ink])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def paint(painter: QPainter, area: QRectF, chart: Chart, inks: Inks) -> tuple[Spot, ...]:
    """Draw the chart into the area; what comes back answers to the pointer and the arrow keys."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(area, inks.paper)
    if isinstance(chart, LineChart):
        return _paint_lines(painter, area, chart, inks)
    return _paint_bars(painter, area, chart, inks)


def least_height(chart: Chart, metrics: QFontMetricsF, width: float) -> int:
    """How high the chart must be, at a width, for every label to be read."""
    if isinstance(chart, LineChart):
        return 160
    legend = 2 * metrics.height() + 34
    return int(sum(_row_heights(chart, metrics, _label_room(chart, metrics, width))) + legend)


def elided(metrics: QFontMetricsF, text: str, width: float) -> str:
    """The text on one line, cut with an ellipsis where it does not fit."""
    return metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, width)


# -- lines -------------------------------------------------------------------------------------


def _paint_lines(painter: QPainter, area: QRectF, chart: LineChart, inks: Inks) -> tuple[Spot, ...]:
    metrics = QFontMetricsF(painter.font())
    drawn = [series for series in chart.series if series.xs]
    if not drawn:
        return ()
    names = [(series.name, series.ink) for series in drawn]
    top = _legend(painter, area, chart.y_label, names, inks)
    ys = [y for series in drawn for y in series.ys] + [level.value for level in chart.levels]
    ticks = nice_ticks(min(ys), max(ys), max(3, int((area.height() - 80) / 55)))
    step = ticks[1] - ticks[0]
    labels = [figure_text(tick, chart.number, step=step) for tick in ticks]
    left = area.left() + GAP + max(metrics.horizontalAdvance(label) for label in labels) + GAP
    plot = QRectF(left, top, area.right() - left - 12, area.bottom() - top - 2 * metrics.height() - 8)
    xs = [x for series in drawn for x in series.xs]
    low_x, high_x = min(xs), max(xs)
    reach = (high_x - low_x) or 1.0

    def place(x: float, y: float) -> QPointF:
        right = plot.left() + (x - low_x) / reach * plot.width()
        return QPointF(right, plot.bottom() - (y - ticks[0]) / (ticks[-1] - ticks[0]) * plot.height())

    for tick, label in zip(ticks, labels, strict=True):
        line = place(low_x, tick).y()
        painter.setPen(QPen(inks.grid, 1))
        painter.drawLine(QPointF(plot.left(), line), QPointF(plot.right(), line))
        painter.setPen(inks.text)
        box = QRectF(area.left(), line - metrics.height() / 2, left - area.left() - GAP, metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label)
    _x_axis(painter, plot, chart, inks, (low_x, high_x))
    for series in drawn:
        _draw_series(painter, [place(x, y) for x, y in zip(series.xs, series.ys, strict=True)], series, inks)
    _levels(painter, plot, chart, inks, ends=(ticks[0], ticks[-1]))
    return _line_spots(plot, drawn, place)


def _draw_series(painter: QPainter, points: list[QPointF], series: Series, inks: Inks) -> None:
    painter.setPen(pen_of(series.ink, inks, 2.4 if series.ink is Ink.OFFER else 1.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if series.shape is Shape.POINTS:
        painter.setBrush(inks.marks[series.ink])
        for point in points:
            painter.drawEllipse(point, 2.5, 2.5)
        return
    if series.shape is Shape.STEP:
        stepped = points[:1]
        for before, after in pairwise(points):
            stepped += [QPointF(after.x(), before.y()), after]
        points = stepped
    painter.drawPolyline(QPolygonF(points))
    if len(points) == 1:
        painter.drawEllipse(points[0], 3, 3)


def _x_axis(painter: QPainter, plot: QRectF, chart: LineChart, inks: Inks, ends: tuple[float, float]) -> None:
    """Labels under the plot: as many as fit side by side, and the name of the axis below them."""
    metrics = QFontMetricsF(painter.font())
    painter.setPen(inks.text)
    low, high = ends
    reach = (high - low) or 1.0
    if chart.x_names:
        widest = max(metrics.horizontalAdvance(name) for name in chart.x_names[:200])
        room = max(1, int(plot.width() / (min(widest, 90.0) + 14)))
        every = max(1, -(-len(chart.x_names) // room))
        marks = [(float(k), chart.x_names[k]) for k in range(0, len(chart.x_names), every)]
    else:
        step = nice_step(reach, 5)
        marks = [
            (tick, f"{tick:,.0f}{chart.x_suffix}" if step >= 1 else f"{tick:,.2f}{chart.x_suffix}")
            for tick in nice_ticks(low, high, 5)
            if low - 1e-9 <= tick <= high + 1e-9
        ]
    for x, label in marks:
        text = elided(metrics, label, 90)
        width = metrics.horizontalAdvance(text)
        centre = plot.left() + (x - low) / reach * plot.width()
        left = min(max(centre - width / 2, plot.left() - 8), plot.right() + 10 - width)
        painter.drawLine(QPointF(centre, plot.bottom()), QPointF(centre, plot.bottom() + 3))
        painter.drawText(QPointF(left, plot.bottom() + 5 + metrics.ascent()), text)
    box = QRectF(plot.left(), plot.bottom() + metrics.height() + 4, plot.width(), metrics.height() + 2)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, elided(metrics, chart.x_label, plot.width()))


def _levels(
    painter: QPainter, plot: QRectF, chart: LineChart, inks: Inks, *, ends: tuple[float, float]
) -> None:
    low, high = ends
    metrics = QFontMetricsF(painter.font())
    for level in chart.levels:
        y = plot.bottom() - (level.value - low) / (high - low) * plot.height()
        painter.setPen(pen_of(Ink.LAW, inks, 1.8))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        text = elided(metrics, f"{level.name} {figure_text(level.value, chart.number)}", plot.width() * 0.8)
        width = metrics.horizontalAdvance(text)
        below = y + metrics.height() + 2 < plot.bottom()
        box = QRectF(
            plot.right() - width - 4,
            y + 2 if below else y - metrics.height() - 2,
            width + 4,
            metrics.height(),
        )
        painter.fillRect(box, inks.paper)
        painter.setPen(inks.marks[Ink.LAW])
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _line_spots(
    plot: QRectF, drawn: list[Series], place: Callable[[float, float], QPointF]
) -> tuple[Spot, ...]:
    """One spot for each x of the series that is drawn last."""
    last = drawn[-1]
    step = plot.width() / max(len(last.xs), 1)
    spots = []
    for k, (x, y) in enumerate(zip(last.xs, last.ys, strict=True)):
        at = place(x, y)
        spots.append(Spot(QRectF(at.x() - step / 2, plot.top(), step, plot.height()), at, k))
    return tuple(spots)


def _legend(painter: QPainter, area: QRectF, lead: str, names: list[tuple[str, Ink]], inks: Inks) -> float:
    """The name of the values, then each position with a sample of its line; returns where it ends."""
    metrics = QFontMetricsF(painter.font())
    x, y = area.left() + GAP, area.top() + GAP
    painter.setPen(inks.text)
    painter.drawText(QPointF(x, y + metrics.ascent()), elided(metrics, lead, area.width() - 2 * GAP))
    x += metrics.horizontalAdvance(lead) + 14
    for name, ink in names:
        text = elided(metrics, name, area.width() - 70)
        width = 41 + metrics.horizontalAdvance(text)
        if x + width > area.right() - GAP:
            x, y = area.left() + GAP, y + metrics.height() + 3
        middle = y + metrics.height() / 2
        painter.setPen(pen_of(ink, inks, 2.4))
        painter.drawLine(QPointF(x, middle), QPointF(x + 35, middle))
        painter.setPen(inks.text)
        painter.drawText(QPointF(x + 40, y + metrics.ascent()), text)
        x += width + 14
    return y + metrics.height() + 10


# -- bars --------------------------------------------------------------------------------------


def _paint_bars(painter: QPainter, area: QRectF, chart: BarChart, inks: Inks) -> tuple[Spot, ...]:
    metrics = QFontMetricsF(painter.font())
    if not chart.bars:
        return ()
    marked = chart.mark_name and any(bar.mark is not None for bar in chart.bars)
    top = _bar_legend(painter, area, chart, inks, marked=bool(marked))
    label_room = _label_room(chart, metrics, area.width())
    ends = [0.0]
    for bar in chart.bars:
        ends += [bar.base, bar.base + (bar.value or 0.0)]
        if marked and bar.mark is not None:
            ends.append(bar.mark)
    figures = [_bar_figure(bar, chart) for bar in chart.bars]
    value_room = max(metrics.horizontalAdvance(figure) for figure in figures) + 2 * GAP
    plot = QRectF(
        area.left() + label_room, top, area.width() - label_room - value_room - GAP, area.bottom() - top - GAP
    )
    low, high = min(ends), max(ends)
    reach = (high - low) or 1.0
    heights = _row_heights(chart, metrics, label_room)
    stretch = min(max(plot.height() / sum(heights), 1.0), 1.6)
    heights = [height * stretch for height in heights]

    def across(value: float) -> float:
        return plot.left() + (value - low) / reach * plot.width()

    spots = []
    for k, (bar, figure, height) in enumerate(zip(chart.bars, figures, heights, strict=True)):
        rect = QRectF(area.left(), top, area.width(), height)
        top += height
        if not bar.heading:  # the line of nought stops where words run across
            painter.setPen(QPen(inks.grid, 1))
            painter.drawLine(QPointF(across(0.0), rect.top()), QPointF(across(0.0), rect.bottom()))
        end = _draw_bar(painter, rect, plot, bar, inks, figure=figure, across=across)
        if not bar.heading:
            spots.append(Spot(rect, QPointF(end, rect.center().y()), k))
    return tuple(spots)


def _label_room(chart: BarChart, metrics: QFontMetricsF, width: float) -> float:
    labels = [metrics.horizontalAdvance(bar.label) for bar in chart.bars if not bar.heading]
    return min(width * 0.42, max(labels, default=0.0) + 2 * GAP)


def _row_heights(chart: BarChart, metrics: QFontMetricsF, label_room: float) -> list[float]:
    """A row for each bar: two lines high where its label needs two."""
    one = max(ROW_LEAST, metrics.height() + 4)
    two = 2 * metrics.height() + 4
    return [
        one if bar.heading or metrics.horizontalAdvance(bar.label) <= label_room - 2 * GAP else two
        for bar in chart.bars
    ]


def _bar_figure(bar: Bar, chart: BarChart) -> str:
    if bar.heading:
        return ""
    return chart.unknown if bar.value is None else figure_text(bar.value, chart.number)


def _bar_legend(painter: QPainter, area: QRectF, chart: BarChart, inks: Inks, *, marked: bool) -> float:
    metrics = QFontMetricsF(painter.font())
    bottom = _legend(painter, area, chart.value_label, [], inks)
    if not marked:
        return bottom
    x, middle = area.left() + GAP + 6, bottom - 4 + metrics.height() / 2
    _diamond(painter, QPointF(x, middle), inks)
    painter.setPen(inks.text)
    text = elided(metrics, chart.mark_name, area.width() - 40)
    painter.drawText(QPointF(x + 12, bottom - 4 + metrics.ascent()), text)
    return bottom + metrics.height() + 2


def _draw_bar(
    painter: QPainter,
    rect: QRectF,
    plot: QRectF,
    bar: Bar,
    inks: Inks,
    *,
    figure: str,
    across: Callable[[float], float],
) -> float:
    """One row: label, bar, figure, mark. Returns where the bar ends."""
    painter.setPen(inks.text)
    middle = Qt.AlignmentFlag.AlignVCenter
    if bar.heading:
        font = painter.font()
        font.setBold(True)
        painter.save()
        painter.setFont(font)
        painter.drawText(
            rect.adjusted(GAP, 0, 0, 0), middle, elided(QFontMetricsF(font), bar.label, rect.width() - GAP)
        )
        painter.restore()
        return plot.left()
    room = plot.left() - rect.left() - 2 * GAP
    _label(painter, QRectF(rect.left() + GAP, rect.top(), room, rect.height()), bar.label)
    start = across(bar.base)
    end = across(bar.base + (bar.value or 0.0))
    thick = min(18.0, rect.height() - 6)
    shape = QRectF(min(start, end), rect.center().y() - thick / 2, max(abs(end - start), 1.0), thick)
    if bar.value is not None:
        colour = inks.marks[bar.ink]
        painter.fillRect(shape, QBrush(inks.paper))
        falls = bar.value < 0
        painter.fillRect(
            shape, QBrush(colour, Qt.BrushStyle.BDiagPattern if falls else Qt.BrushStyle.SolidPattern)
        )
        painter.setPen(QPen(colour, 1))
        painter.drawRect(shape)
        painter.setPen(inks.text)
    right = max(start, end)
    if bar.mark is not None:
        spot = across(bar.mark)
        _diamond(painter, QPointF(spot, rect.center().y()), inks)
        painter.setPen(inks.text)
        right = max(right, spot + 4)
    painter.drawText(QRectF(right + GAP, rect.top(), rect.right() - right, rect.height()), middle, figure)
    return end


def _label(painter: QPainter, box: QRectF, text: str) -> None:
    """On one line; on two where one is too short and the row is high enough; cut where even that is."""
    metrics = QFontMetricsF(painter.font())
    flags = Qt.AlignmentFlag.AlignVCenter
    if metrics.horizontalAdvance(text) <= box.width() or box.height() < 2 * metrics.height():
        painter.drawText(box, flags, elided(metrics, text, box.width()))
        return
    painter.save()
    painter.setClipRect(box)
    cut = elided(metrics, text, 1.8 * box.width())
    painter.drawText(box, int(flags | Qt.TextFlag.TextWordWrap), cut)
    painter.restore()


def _diamond(painter: QPainter, at: QPointF, inks: Inks) -> None:
    painter.setPen(QPen(inks.paper, 1.2))
    painter.setBrush(inks.marks[Ink.OTHER])
    corners = [QPointF(0, -6), QPointF(5, 0), QPointF(0, 6), QPointF(-5, 0)]
    painter.drawPolygon(QPolygonF([at + corner for corner in corners]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
