"""A table model over columns: they stay arrays, and sorting is one array of row numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bargain.plain_cells import as_copied
from bargain.plain_names import marked
from bargain.small_groups import is_small
from ui.hidden import MARK, few_words, hidden_words, own_side_words
from ui.widgets.plain_label import plain_tip

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_TEXT_ROLES = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,  # the whole text, where a narrow column cuts it
}


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: its heading (with the unit), its values, and how one of them is shown.

    ``say`` is what a screen reader says, where that differs from what is shown. None and NaN sort last. ``hide`` marks
    the values of small groups: a side's own screen shows them, and nothing that leaves it does; ``is_count``: the number
    of people itself, which needs no mark beside it.
    """

    heading: str
    values: Sequence[Any] | NDArray[Any]
    show: Callable[[Any], str] = str
    is_number: bool = False
    say: Callable[[Any], str] | None = None
    tip: str = ""
    hide: Sequence[bool] = ()
    is_count: bool = False

    def hides(self, row: int) -> bool:
        """Whether the value of a row stays on its own side."""
        return bool(self.hide) and self.hide[row]

    def hiding(self, hide: Sequence[bool]) -> Column:
        """The same column, with the values of these rows kept on their own side."""
        return replace(self, hide=tuple(hide))


def staff_column(
    heading: str, heads: Sequence[float | None], show: Callable[[Any], str], tip: str = ""
) -> Column:
    """How many people; that they are fewer than ten is all that leaves this side."""
    few = [one is not None and is_small(one) for one in heads]
    return Column(heading, heads, show, is_number=True, tip=tip, hide=few, is_count=True)


class ColumnTable(QAbstractTableModel):
    """Shows columns of one length; ``set_columns`` swaps them all."""

    def __init__(self, columns: Sequence[Column] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self._order: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None
        self.set_columns(columns)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns, in the order that was asked for last."""
        lengths = {len(one.values) for one in columns}
        if len(lengths) > 1:
            raise ValueError(f"columns of different lengths: {sorted(lengths)}")
        self.beginResetModel()
        self._columns = tuple(columns)
        self._order = np.arange(lengths.pop() if lengths else 0)
        if self._sorted_by is not None and self._sorted_by[0] < len(self._columns):
            self._order = self._sorted_order(*self._sorted_by)
        self.endResetModel()

    def row_of(self, index: Index) -> int:
        """The row of the columns that stands at a place of the view."""
        return int(self._order[index.row()])

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Rows."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, words for a screen reader, and alignment."""
        if not index.isValid() or index.row() >= len(self._order) or index.column() >= len(self._columns):
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role not in _TEXT_ROLES:
            return None
        row = int(self._order[index.row()])
        value = column.values[row]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = marked(f"{column.heading}: {(column.say or column.show)(value)}")
            return f"{said}. {own_side_words()}" if column.hides(row) else said
        shown = marked(column.show(value))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{shown}\n{own_side_words()}" if column.hides(row) else shown)
        is_figure = value is not None and not column.is_count
        return f"{shown} {MARK}" if is_figure and column.hides(row) else shown

    def outside(self, row: int, at: int) -> str:
        """The text of a cell, by its place in the view, as it may leave this side."""
        column = self._columns[at]
        place = int(self._order[row])
        if column.hides(place):
            return few_words() if column.is_count else hidden_words()
        return marked(column.show(column.values[place]))

    @property
    def hides_any(self) -> bool:
        """Whether some figures are of so few people that they stay on their own side."""
        return any(any(one.hide) for one in self._columns if not one.is_count)

    def cell_words(self, index: Index) -> str:
        """A cell in a sentence: whose row it is, what it says, and what its heading means."""
        column = self._columns[index.column()]
        row = self.row_of(index)
        whose = self._columns[0].show(self._columns[0].values[row])
        said = f"{column.heading}: {column.show(column.values[row])}." if column.heading else ""
        named = f"{whose} – {said}" if index.column() else said
        alone = own_side_words() if column.hides(row) else ""
        return " ".join(part for part in (named, f"{column.tip}." if column.tip else "", alone) if part)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Headings across the top, row numbers down the side."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return column.tip or None
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, stably; -1 puts the rows back as they came."""
        self.layoutAboutToBeChanged.emit()
        before = self._order
        if 0 <= column < len(self._columns):
            self._sorted_by = (column, order)
            self._order = self._sorted_order(column, order)
        else:
            self._sorted_by = None
            self._order = np.arange(len(before))
        place = np.empty(len(before), dtype=np.int64)
        place[self._order] = np.arange(len(before))
        old = self.persistentIndexList()
        new = [self.index(int(place[before[one.row()]]), one.column()) for one in old]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def text_of(self, rows: Sequence[int], columns: Sequence[int]) -> str:
        """Cells as tab-separated text with headings, as spreadsheets take it; without figures of small groups."""
        lines = ["\t".join(as_copied(self._columns[at].heading) for at in columns)]
        lines += ["\t".join(as_copied(self.outside(row, at)) for at in columns) for row in rows]
        return "\n".join(lines)

    def _sorted_order(self, column: int, order: Qt.SortOrder) -> NDArray[np.int64]:
        keys, missing = _sort_keys(self._columns[column])
        if order == Qt.SortOrder.AscendingOrder:
            rows = np.argsort(keys, kind="stable")
        else:  # reversed twice, so that equal rows keep their order
            rows = len(keys) - 1 - np.argsort(keys[::-1], kind="stable")[::-1]
        return np.concatenate([rows[~missing[rows]], rows[missing[rows]]]).astype(np.int64)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _sort_keys(column: Column) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Keys that numpy can sort, and which rows hold nothing."""
    values = column.values
    if column.is_number:
        numbers = np.array([np.nan if one is None else one for one in values], dtype=np.float64)
        missing = np.isnan(numbers)
        return np.where(missing, 0.0, numbers), missing
    missing = np.array([one is None for one in values], dtype=bool)
    texts = ["" if one is None else _text_key(one) for one in values]
    return np.array(texts, dtype=np.str_), missing


def _text_key(value: Any) -> str:
    """Text without regard to case; dates in their ISO form."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value).casefold()
