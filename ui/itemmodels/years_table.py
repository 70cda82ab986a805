"""A grid of accounts to type in: a row a figure, a column a year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from bargain.plain_cells import without_mark
from ui.itemmodels.entry_table import NOWHERE, EntryTable, Index


class YearsTable(EntryTable):
    """Figures down the side, years across; all cells are text. The rows are fixed, years come and go."""

    def __init__(self, names: Sequence[str], parent: QObject | None = None) -> None:
        self._names = tuple(names)
        super().__init__(("",), parent=parent)
        self.set_years([[""] * len(names)])

    def years(self) -> tuple[tuple[str, ...], ...]:
        """Every year's texts, in the order of the rows."""
        return tuple(zip(*self.rows(), strict=True))

    def set_years(self, years: Sequence[Sequence[str]]) -> None:
        """Show other years; one blank year where there are none."""
        years = list(years) or [[""] * len(self._names)]
        self._headings = tuple("" for _ in years)
        self.set_rows([list(row) for row in zip(*years, strict=True)])

    def add_year(self) -> int:
        """One blank year more, at the front where the newest stands; its column."""
        self.set_years([[""] * len(self._names), *self.years()])
        return 0

    def remove_year(self, at: int) -> None:
        """Take a year away."""
        self.set_years([year for place, year in enumerate(self.years()) if place != at])

    def paste(self, text: str, row: int, column: int) -> None:
        """A block of cells from a spreadsheet; what reaches beyond the figures is left, years are added as needed."""
        lines = [line.split("\t") for line in text.rstrip("\r\n").splitlines()][: len(self._names) - row]
        years = [list(year) for year in self.years()]
        while len(years) < column + max((len(line) for line in lines), default=0):
            years.append([""] * len(self._names))
        for down, line in enumerate(lines):
            for across, cell in enumerate(line):
                years[column + across][row + down] = without_mark(cell.strip())
        self.set_years(years)
        self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text; a screen reader also hears the figure's name and the year."""
        if index.isValid() and role == Qt.ItemDataRole.AccessibleTextRole:
            text = self.data(index)
            return f"{self._names[index.row()]}, {self._year(index.column())}: {text}"
        if index.isValid() and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().data(index, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Year ends across the top, figures down the side."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._names[section] if section < len(self._names) else None
        return self._year(section)

    def _year(self, at: int) -> str:
        text = str(super().data(self.index(0, at)) or "") if at < self.columnCount(NOWHERE) else ""
        return text or self.tr("no year end yet")
