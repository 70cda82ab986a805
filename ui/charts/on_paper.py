"""A chart for a file: its title above, what its figures are taken of below, in colours for paper."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPalette

from ui.charts.model import Chart
from ui.charts.paint import inks_of, paint

_EDGE = 8.0
_NOTE_SCALE = 0.85


def size_on_paper(chart: Chart, size: QSize, font: QFont) -> QSize:
    """The size of the whole sheet for a picture of a size."""
    above, below = _heights(chart, size.width(), font)
    return QSize(size.width(), round(size.height() + above + below))


def paint_on_paper(painter: QPainter, chart: Chart, size: QSize, font: QFont) -> None:
    """Draw the sheet. Light colours, whatever the screen has: files go to paper and to other people."""
    above, below = _heights(chart, size.width(), font)
    width = float(size.width())
    light = QPalette(Qt.GlobalColor.white)
    light.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.white)
    light.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    inks = inks_of(light)
    painter.fillRect(QRectF(0, 0, width, size.height() + above + below), inks.paper)
    painter.setPen(inks.text)
    wrapped = Qt.TextFlag.TextWordWrap
    painter.setFont(_bold(font))
    painter.drawText(QRectF(_EDGE, _EDGE, width - 2 * _EDGE, above - _EDGE), wrapped, chart.title)
    painter.setFont(font)
    painter.translate(QPointF(0, above))
    paint(painter, QRectF(0, 0, width, size.height()), chart, inks)
    painter.setPen(inks.text)
    painter.setFont(_small(font))
    painter.drawText(QRectF(_EDGE, size.height(), width - 2 * _EDGE, below), wrapped, chart.note)


def _heights(chart: Chart, width: int, font: QFont) -> tuple[float, float]:
    """The room that title and note take, nought for none."""
    return (
        _height(chart.title, width, _bold(font)),
        _height(chart.note, width, _small(font)),
    )


def _height(text: str, width: int, font: QFont) -> float:
    if not text:
        return 0.0
    room = QRectF(0, 0, width - 2 * _EDGE, 10_000)
    return QFontMetricsF(font).boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() + 2 * _EDGE


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * _NOTE_SCALE)
    return made
