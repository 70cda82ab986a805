"""The pay scale as a grid that can be typed into: points, their pay, who stands on them."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from bargain.plain_cells import as_copied
from ui import formats
from ui.report import Sheet
from ui.widgets.plain_label import plain_tip

if TYPE_CHECKING:
    from bargain.offers.scale_view import PointView

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Col(IntEnum):
    """The columns, from the left."""

    POINT = 0
    GRADE = 1
    ANNUAL = 2
    HOURLY = 3
    STEP = 4
    STAFF = 5
    FTE = 6
    WOMEN = 7
    FLOOR = 8


class ScaleTable(QAbstractTableModel):
    """Points in rows. What is typed goes out as ``typed``; the page decides, and gives new rows."""

    typed = Signal(int, int, str)  # row, column, text

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PointView, ...] = ()
        self._by_year = True
        self._floor_is_sure = True

    def set_rows(self, rows: tuple[PointView, ...], *, by_year: bool, floor_is_sure: bool = True) -> None:
        """Show other points; the current cell stays where as many points stay. A floor not verified has a mark."""
        self._by_year = by_year
        if floor_is_sure != self._floor_is_sure:
            self._floor_is_sure = floor_is_sure
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, Col.FLOOR, Col.FLOOR)
        if len(rows) == len(self._rows):
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(Col) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Points."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(Col)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names and pay can be typed; the rest follows."""
        flags = super().flags(index)
        if index.isValid() and index.column() in {Col.POINT, self.pay_column}:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    @property
    def pay_column(self) -> Col:
        """The column of the scale's own amounts; the other one follows from it."""
        return Col.ANNUAL if self._by_year else Col.HOURLY

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, the text to edit, words for a screen reader, and alignment."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], Col(index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_text = column in {Col.POINT, Col.GRADE}
            side = Qt.AlignmentFlag.AlignLeft if is_text else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.EditRole:
            return _editable(row, column)
        text = _text(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            below = column is Col.FLOOR and row.above_floor is not None and row.above_floor < 0
            return f"⚠ {text}" if below else text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heading(column)}: {text}"
        return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand on what was typed, unless it is what stood there."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        text = str(value).strip()
        if text != self.data(index, Qt.ItemDataRole.EditRole):
            self.typed.emit(index.row(), index.column(), text)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Headings across the top, row numbers down the side."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(Col):
            return self._heading(Col(section))
        return None

    def text_of(self, cells: list[tuple[int, int]]) -> str:
        """Cells as a spreadsheet takes them: amounts in plain figures, one line a row."""
        rows = sorted({row for row, _ in cells})
        columns = sorted({column for _, column in cells})
        return "\n".join(
            "\t".join(
                as_copied(self.data(self.index(row, column), Qt.ItemDataRole.EditRole) or "")
                for column in columns
            )
            for row in rows
        )

    def sheet(self, title: str) -> Sheet:
        """The grid as a table to print, cells as they are shown."""
        rows = tuple(
            tuple(str(self.data(self.index(row, column))) for column in Col) for row in range(self.rowCount())
        )
        return Sheet(title, tuple(self._heading(column) for column in Col), rows)

    def _heading(self, column: Col) -> str:
        return {
            Col.POINT: self.tr("Point"),
            Col.GRADE: self.tr("Grade"),
            Col.ANNUAL: self.tr("£ a year"),
            Col.HOURLY: self.tr("£ an hour"),
            Col.STEP: self.tr("Step"),
            Col.STAFF: self.tr("Staff"),
            Col.FTE: self.tr("FTE"),
            Col.WOMEN: self.tr("Women"),
            Col.FLOOR: self.tr("Over legal floor (£/h)")
            if self._floor_is_sure
            else self.tr("Over legal floor? (£/h)"),
        }[column]


def _text(row: PointView, column: Col) -> str:
    if column is Col.POINT:
        return row.name
    if column is Col.GRADE:
        return row.grade or formats.DASH
    whole = row.annual == round(row.annual)
    texts = {
        Col.ANNUAL: formats.number(row.annual, 0 if whole else 2),
        Col.HOURLY: formats.number(row.hourly, 2),
        Col.STEP: formats.DASH if row.step_up is None else formats.percent(row.step_up, 2),
        Col.STAFF: formats.number(row.heads),
        Col.FTE: formats.number(row.fte, 1),
        Col.WOMEN: formats.DASH if row.women is None else formats.percent(row.women, 0),
        Col.FLOOR: formats.DASH if row.above_floor is None else formats.number(row.above_floor, 2, sign=True),
    }
    return texts[column]


def _editable(row: PointView, column: Col) -> str:
    """Plain figures without separators."""
    if column is Col.ANNUAL:
        return f"{row.annual:.2f}".removesuffix(".00")
    if column is Col.HOURLY:
        return f"{row.hourly:.2f}"
    return _text(row, column)
