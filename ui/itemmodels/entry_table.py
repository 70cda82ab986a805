"""A grid of text to type in or paste into: the rows of a form that has many of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bargain.plain_cells import without_mark

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class EntryTable(QAbstractTableModel):
    """Rows of text under headings; ``numbers`` are the columns that stand to the right. One row is always there."""

    def __init__(
        self, headings: Sequence[str], *, numbers: Sequence[int] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._numbers = frozenset(numbers)
        self._rows: list[list[str]] = [self._blank()]

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Every row as it was typed."""
        return tuple(tuple(row) for row in self._rows)

    def set_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows, or one blank row where there are none."""
        self.beginResetModel()
        self._rows = [list(row) for row in rows] or [self._blank()]
        self.endResetModel()

    def add_row(self) -> int:
        """One blank row more, at the end; its number."""
        at = len(self._rows)
        self.beginInsertRows(NOWHERE, at, at)
        self._rows.append(self._blank())
        self.endInsertRows()
        return at

    def remove_rows(self, rows: Sequence[int]) -> None:
        """Take rows away; one blank row stays."""
        self.set_rows([row for at, row in enumerate(self._rows) if at not in set(rows)])

    def paste(self, text: str, row: int, column: int) -> None:
        """A block of tab-separated cells from a spreadsheet, from this cell on; rows are added as needed."""
        self.beginResetModel()
        for down, line in enumerate(text.rstrip("\r\n").splitlines()):
            while len(self._rows) <= row + down:
                self._rows.append(self._blank())
            for across, cell in enumerate(line.split("\t")[: len(self._headings) - column]):
                self._rows[row + down][column + across] = without_mark(cell.strip())
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell, and what a screen reader says of it."""
        if not index.isValid():
            return None
        text = self._rows[index.row()][index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headings[index.column()]}: {text}"
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self._numbers:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Type into a cell."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        self._rows[index.row()][index.column()] = str(value)
        self.dataChanged.emit(index, index, [role])
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be edited."""
        return (
            super().flags(index) | Qt.ItemFlag.ItemIsEditable if index.isValid() else Qt.ItemFlag.NoItemFlags
        )

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Headings across the top, row numbers down the side."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return section + 1 if orientation == Qt.Orientation.Vertical else self._headings[section]

    def _blank(self) -> list[str]:
        return [""] * len(self._headings)
