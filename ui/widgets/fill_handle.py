"""The fill handle of the scale grid: a small square that is dragged up or down to fill what it passes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPen, Qt

SIDE = 8  # px, as it is drawn
REACH = 9  # px from its middle to where a press still takes it


class FillHandle:
    """Where the handle stands, and how far it has been dragged. Rows are counted from the top of the sheet."""

    def __init__(self) -> None:
        self._chosen: range | None = None
        self._end: int | None = None

    @property
    def is_dragged(self) -> bool:
        """Whether the pointer holds it."""
        return self._chosen is not None

    @property
    def chosen(self) -> range:
        """The rows that are filled from."""
        return self._chosen or range(0)

    @property
    def target(self) -> range:
        """The rows that would be filled if it were let go now; none within the rows that were chosen."""
        if self._chosen is None or self._end is None or self._end in self._chosen:
            return range(0)
        if self._end >= self._chosen.stop:
            return range(self._chosen.stop, self._end + 1)
        return range(self._end, self._chosen.start)

    def take(self, chosen: range) -> None:
        """It has been pressed, with these rows chosen."""
        self._chosen, self._end = chosen, chosen.stop - 1

    def drag(self, row: int) -> None:
        """It has been dragged to a row."""
        self._end = row

    def let_go(self) -> None:
        """The drag is over."""
        self._chosen = self._end = None

    @staticmethod
    def is_at(cell: QRect, at: QPoint) -> bool:
        """Whether a point of the viewport takes the handle of a cell."""
        return cell.isValid() and (cell.bottomRight() - at).manhattanLength() <= REACH

    def paint(self, painter: QPainter, cell: QRect, reach: QRect, ink: QColor, ground: QColor) -> None:
        """Draw the square on the last chosen ``cell``, and a dashed frame round what would be filled."""
        painter.setPen(QPen(ground, 1))
        painter.setBrush(ink)
        square = QRect(0, 0, SIDE, SIDE)
        square.moveCenter(cell.bottomRight() - QPoint(SIDE // 2 - 1, SIDE // 2 - 1))
        painter.drawRect(square)
        if reach.isValid():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ink, 2, Qt.PenStyle.DashLine))
            painter.drawRect(reach.adjusted(1, 1, -1, -1))
