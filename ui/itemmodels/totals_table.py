"""Known totals as they are typed: four columns of text, turned into totals when they are used."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bargain.offers.totals_file import band_text, size_band
from models.employer import FAMILIES, Ownership
from models.grossing import KnownTotal
from models.issues import UnusableInput

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
REGION, OWNER, SIZE, COUNT = range(4)
_BLANK = ("", "", "", "")


class TotalsTable(QAbstractTableModel):
    """Rows of region, owner, size band and count; every cell can be typed in or pasted over."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[list[str]] = [list(_BLANK)]

    def set_totals(self, totals: tuple[KnownTotal, ...]) -> None:
        """Show totals, or one blank row where there are none."""
        self.beginResetModel()
        self._rows = [
            [
                one.region,
                one.ownership,
                band_text(one),
                f"{one.count:g}" if one.count < 1e6 else f"{one.count:.0f}",
            ]
            for one in totals
        ] or [list(_BLANK)]
        self.endResetModel()

    def totals(self) -> tuple[KnownTotal, ...]:
        """The rows that are filled in, as totals. Raises UnusableInput that names the row."""
        made = []
        for number, row in enumerate(self._rows, 1):
            if any(cell.strip() for cell in row):
                made.append(self._total(number, [cell.strip() for cell in row]))
        if not made:
            raise UnusableInput(self.tr("There is no total yet; fill in at least one row."))
        return tuple(made)

    def _total(self, number: int, row: list[str]) -> KnownTotal:
        owner = next(
            (one for one in (*FAMILIES, *Ownership) if one.casefold() == row[OWNER].casefold()), row[OWNER]
        )
        if owner and owner not in {*FAMILIES, *Ownership}:
            raise UnusableInput(
                self.tr("Row {number}: “{owner}” is no kind of owner; write {known} or a type.").format(
                    number=number, owner=owner, known=", ".join(FAMILIES)
                )
            )
        try:
            start, end = size_band(row[SIZE])
        except ValueError:
            raise UnusableInput(
                self.tr(
                    "Row {number}: “{size}” is no size; write a band of staff such as 1-49 or 250+."
                ).format(number=number, size=row[SIZE])
            ) from None
        digits = row[COUNT].replace(",", "").replace("\u00a0", "")
        if not digits.replace(".", "", 1).isdigit():
            raise UnusableInput(
                self.tr("Row {number}: “{count}” is no count; write a number.").format(
                    number=number, count=row[COUNT]
                )
            )
        return KnownTotal(float(digits), row[REGION], str(owner), start, end)

    def add_row(self) -> int:
        """One blank row more, at the end; its number."""
        at = len(self._rows)
        self.beginInsertRows(NOWHERE, at, at)
        self._rows.append(list(_BLANK))
        self.endInsertRows()
        return at

    def remove_rows(self, rows: list[int]) -> None:
        """Take rows away; one blank row stays."""
        self.beginResetModel()
        self._rows = [row for at, row in enumerate(self._rows) if at not in rows] or [list(_BLANK)]
        self.endResetModel()

    def paste(self, text: str, row: int, column: int) -> None:
        """A block of tab-separated cells from a spreadsheet, from this cell on; rows are added as needed."""
        self.beginResetModel()
        for down, line in enumerate(text.rstrip("\r\n").splitlines()):
            while len(self._rows) <= row + down:
                self._rows.append(list(_BLANK))
            for across, cell in enumerate(line.split("\t")[: COUNT + 1 - column]):
                self._rows[row + down][column + across] = cell.strip()
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Region, owner, size, count."""
        return 0 if parent.isValid() else COUNT + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell."""
        if not index.isValid():
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(index.column(), Qt.Orientation.Horizontal)}: {self._rows[index.row()][index.column()]}"
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == COUNT:
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
        """Headings across the top."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1
        return (self.tr("Region"), self.tr("Owner"), self.tr("Staff"), self.tr("How many"))[section]
