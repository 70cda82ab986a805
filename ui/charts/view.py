"""A chart on screen: picture with a read-out, the table that says the same, and saving it as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bargain.whole_file import write_whole
from ui.charts.counted import as_counted, leaving
from ui.charts.model import BarChart, Chart, LineChart, Number
from ui.charts.on_paper import paint_on_paper, size_on_paper
from ui.charts.paint import Spot, inks_of, least_height, paint
from ui.charts.twin import csv_of, read_out
from ui.charts.twin_view import TwinView
from ui.hidden import own_side_words
from ui.widgets.plain_label import PlainLabel, plain_tip

if TYPE_CHECKING:
    from models.appraisal import Appraisal

STALE = 0.4  # opacity
EMPTY = LineChart("", "", "", Number.PLAIN, ())


def has_figures(chart: Chart) -> bool:
    """Whether a chart draws anything at all."""
    return bool(chart.bars) if isinstance(chart, BarChart) else any(one.xs for one in chart.series)


class ChartView(QWidget):
    """Paints one chart; the pointer or the arrow keys read it out, figure by figure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart = EMPTY
        self._spots: tuple[Spot, ...] = ()
        self._spot: int | None = None
        self._stale = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Chart"))

    @property
    def chart(self) -> Chart:
        """What is shown."""
        return self._chart

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self._chart = chart
        self._spot = None
        self.setAccessibleName(chart.title or self.tr("Chart"))
        self._describe()
        self._claim_height()
        self.update()

    def set_stale(self, stale: bool) -> None:
        """Pale while it is of an earlier offer."""
        if stale != self._stale:
            self._stale = stale
            self.update()

    @property
    def read_out(self) -> tuple[str, ...]:
        """The lines read out at present."""
        if self._spot is None or self._spot >= len(self._spots):
            return ()
        return read_out(self._chart, self._spots[self._spot].figure)

    @property
    def figure(self) -> int | None:
        """Which figure of the chart is read out."""
        if self._spot is None or self._spot >= len(self._spots):
            return None
        return self._spots[self._spot].figure

    def sizeHint(self) -> QSize:
        """A usual size; the chart takes what it is given."""
        return QSize(360, self._least_height(360))

    def save_svg(self, path: Path) -> None:
        """Write the picture with its title and what it is taken of, in lines that scale."""
        made = QBuffer()
        made.open(QIODevice.OpenModeFlag.WriteOnly)
        chart = leaving(self._chart)
        size = size_on_paper(chart, self.size(), self.font())
        writer = QSvgGenerator()
        writer.setOutputDevice(made)
        writer.setSize(size)
        writer.setViewBox(QRect(0, 0, size.width(), size.height()))
        writer.setTitle(chart.title)
        painter = QPainter(writer)
        paint_on_paper(painter, chart, self.size(), self.font())
        painter.end()
        write_whole(path, bytes(made.data().data()))

    def save_png(self, path: Path, *, scale: float = 2.0) -> None:
        """Write the picture with its title and what it is taken of, in dots: ``scale`` to each of the screen."""
        chart = leaving(self._chart)
        size = size_on_paper(chart, self.size(), self.font())
        image = QImage(size * scale, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        painter = QPainter(image)
        paint_on_paper(painter, chart, self.size(), self.font())
        painter.end()
        made = QBuffer()
        made.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(made, "PNG")  # type: ignore[call-overload]  # the stubs ask for bytes, Qt takes str
        write_whole(path, bytes(made.data().data()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Labels wrap otherwise at another width."""
        super().resizeEvent(event)
        self._claim_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chart, then the read-out over it."""
        painter = QPainter(self)
        painter.setFont(self.font())
        inks = inks_of(self.palette())
        painter.setOpacity(STALE if self._stale else 1.0)
        self._spots = paint(painter, QRectF(self.rect()), self._chart, inks)
        painter.setOpacity(1.0)
        if not has_figures(self._chart):
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("No figures to show."))
        if self._spot is not None and self._spot < len(self._spots):
            self._draw_read_out(painter, self._spots[self._spot], self.read_out)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out what is under the pointer."""
        at = event.position()
        found = next((k for k, spot in enumerate(self._spots) if spot.rect.contains(at)), None)
        self._read(found)

    def leaveEvent(self, event: QEvent) -> None:
        """Stop reading out."""
        if not self.hasFocus():
            self._read(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop reading out."""
        self._read(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys, Home and End walk along the figures."""
        last = len(self._spots) - 1
        here = self._spot
        key = event.key()
        moves = {
            Qt.Key.Key_Right: 0 if here is None else min(here + 1, last),
            Qt.Key.Key_Down: 0 if here is None else min(here + 1, last),
            Qt.Key.Key_Left: last if here is None else max(here - 1, 0),
            Qt.Key.Key_Up: last if here is None else max(here - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if last < 0 or key not in moves:
            super().keyPressEvent(event)
            return
        self._read(moves[Qt.Key(key)])
        event.accept()

    def _claim_height(self) -> None:
        self.setMinimumHeight(self._least_height(self.width()) if isinstance(self._chart, BarChart) else 0)

    def _least_height(self, width: int) -> int:
        return least_height(self._chart, QFontMetricsF(self.font()), width)

    def _read(self, spot: int | None) -> None:
        if spot == self._spot:
            return
        self._spot = spot
        self._describe()
        self.update()

    def _describe(self) -> None:
        """What a screen reader says: the figures at the cursor, else how to get at them."""
        lines = self.read_out
        self.setAccessibleDescription(
            ". ".join(lines)
            if lines
            else self.tr("Press the arrow keys to read the figures, Ctrl+Shift+T to show them as a table.")
        )

    def _draw_read_out(self, painter: QPainter, spot: Spot, lines: tuple[str, ...]) -> None:
        metrics = QFontMetricsF(self.font())
        inks = inks_of(self.palette())
        width = min(max(metrics.horizontalAdvance(line) for line in lines) + 16, self.width() - 4.0)
        height = metrics.height() * len(lines) + 10
        left = spot.at.x() + 10
        if left + width > self.width() - 2:
            left = max(2.0, spot.at.x() - width - 10)
        top = min(max(2.0, spot.at.y() - height - 8), self.height() - height - 2)
        if isinstance(self._chart, LineChart):
            painter.setPen(QPen(inks.text, 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(spot.at.x(), spot.rect.top()), QPointF(spot.at.x(), spot.rect.bottom()))
        painter.setPen(QPen(inks.text, 1))
        painter.setBrush(inks.paper)
        painter.drawRect(QRectF(left, top, width, height))
        for k, line in enumerate(lines):
            text = metrics.elidedText(line, Qt.TextElideMode.ElideRight, width - 14)
            painter.drawText(QPointF(left + 8, top + 5 + k * metrics.height() + metrics.ascent()), text)


class ChartPane(QWidget):
    """A chart with its table twin and its two buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = ChartView()
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.view)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table = TwinView()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self.table)
        self.as_table = QPushButton(self.tr("Show as table"))
        self.as_table.setCheckable(True)
        self.as_table.setToolTip(self.tr("The figures of this chart as a table (Ctrl+Shift+T)"))
        self.as_table.toggled.connect(self._show_table)
        self._save = QPushButton(self.tr("Save chart…"))
        self._save.clicked.connect(self._choose_file)
        self.buttons = QHBoxLayout()
        self.buttons.setContentsMargins(4, 0, 4, 2)
        self.buttons.addWidget(self.as_table)
        self.buttons.addWidget(self._save)
        self.buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self.old = PlainLabel(self.tr("Of the offer as it was before."), bold=True)
        self.old.setMargin(4)
        self.old.hide()
        self._allow()
        layout.addWidget(self.old)
        layout.addWidget(self._stack, 1)
        layout.addLayout(self.buttons)

    @property
    def figure_at_cursor(self) -> int | None:
        """Which figure of the chart, or row of its table, the cursor is at."""
        if not self.as_table.isChecked():
            return self.view.figure
        at = self.table.currentIndex()
        return at.row() if at.isValid() else None

    def set_stale(self, stale: bool) -> None:
        """Say that what is shown is of an earlier offer."""
        self.view.set_stale(stale)
        self.old.setText(self.tr("Of the offer as it was before."))
        self.old.setVisible(stale and has_figures(self.view.chart))

    def show_chart(self, chart: Chart, of: Appraisal | None = None) -> None:
        """Show a chart, as picture and as table. of: the appraisal whose offer and basis it is noted with."""
        if of is not None:
            chart = as_counted(chart, of.basis, offer=of.offer.name)
        self.set_stale(False)
        self.view.show_chart(chart)
        self._allow()
        self.table.setAccessibleName(chart.title)
        self.as_table.setAccessibleDescription(chart.note)
        if self.as_table.isChecked():
            self.table.show_chart(chart)

    def toggle_table(self) -> None:
        """Between the picture and its table."""
        self.as_table.toggle()

    def _allow(self) -> None:
        """What shows nothing has no table and is not saved."""
        self.as_table.setEnabled(has_figures(self.view.chart))
        self._save.setEnabled(has_figures(leaving(self.view.chart)))
        is_kept = self.as_table.isEnabled() and not self._save.isEnabled()
        self._save.setToolTip(plain_tip(own_side_words()) if is_kept else "")

    def _show_table(self, wanted: bool) -> None:
        if wanted:
            self.table.show_chart(self.view.chart)
        self._stack.setCurrentIndex(1 if wanted else 0)
        self.as_table.setText(self.tr("Show as chart") if wanted else self.tr("Show as table"))

    def _choose_file(self) -> None:
        kinds = self.tr("Picture that scales (*.svg);;Picture in dots (*.png);;Figures (*.csv)")
        name, kind = QFileDialog.getSaveFileName(self, self.tr("Save chart"), self.tr("Chart"), kinds)
        if name:
            self.save(Path(name), kind)

    def save(self, path: Path, kind: str = "") -> None:
        """Write the picture or its figures, by the file's ending; says so where the folder can't take it."""
        ending = next((one for one in (".png", ".csv") if one in kind), ".svg")
        if path.suffix.lower() not in {".svg", ".png", ".csv"}:
            path = path.with_name(path.name + ending)
        try:
            if path.suffix.lower() == ".png":
                self.view.save_png(path)
            elif path.suffix.lower() == ".csv":
                write_whole(path, csv_of(leaving(self.view.chart)).encode("utf-8-sig"))
            else:
                self.view.save_svg(path)
        except OSError as error:
            text = self.tr("{name} was not saved: {why}. Choose another folder or name.")
            self.old.setText(text.format(name=path.name, why=error.strerror))
            self.old.show()
