"""The comparison as a table model: rows in groups, one column for now and one for each offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from bargain.plain_cells import as_copied
from ui.hidden import MARK, hidden_words, own_side_words
from ui.widgets.plain_label import plain_tip

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One line: what it is and its text in each column; a heading of a group has no cells.

    ``figure`` is what F8 explains. ``notes``, where there are any, say of each column what does not fit beside its figure: whose it is.
    ``hide`` marks the columns whose figure is of a few people: the screen shows it, and nothing that leaves this side does.
    """

    label: str
    cells: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    figure: str = ""
    hide: tuple[bool, ...] = ()
    told: tuple[
        str, ...
    ] = ()  # what leaves in the place of the cells, where that is less exact; empty: the cells
    full: tuple[str, ...] = ()  # what the cells only begin to say

    def hides(self, column: int) -> bool:
        """Whether the figure of a column stays on its own side."""
        return column < len(self.hide) and self.hide[column]

    def leaving(self, column: int) -> str:
        """The text of a column as it leaves its own side."""
        if self.hides(column):
            return hidden_words()
        return self.told[column] if self.told else self.whole(column)

    def whole(self, column: int) -> str:
        """The text of a column in full, with its note."""
        if self.full:
            return self.full[column]
        note = self.notes[column] if column < len(self.notes) else ""
        return f"{self.cells[column]} · {note}" if note else self.cells[column]

    def for_everybody(self) -> CompareRow:
        """The line on a screen that both sides look at: what leaves a side is all that is shown."""
        if self.is_heading or self.full:
            return self
        columns = range(len(self.cells))
        cells = tuple(
            hidden_words() if self.hides(at) else self.told[at] if self.told else self.cells[at]
            for at in columns
        )
        notes = tuple("" if self.hides(at) else one for at, one in enumerate(self.notes))
        return replace(self, cells=cells, notes=notes, hide=(), told=())

    @property
    def is_heading(self) -> bool:
        """Whether this line opens a group."""
        return not self.cells

    @property
    def differs(self) -> bool:
        """Whether the offers say different things here (now does not count)."""
        return len(set((self.full or self.cells)[1:])) > 1


def only_differences(rows: Sequence[CompareRow]) -> tuple[CompareRow, ...]:
    """Lines in which the offers differ, under their headings; a group with none of them goes."""
    kept: list[CompareRow] = []
    for row in rows:
        if row.is_heading:
            if kept and kept[-1].is_heading:
                kept.pop()
            kept.append(row)
        elif row.differs:
            kept.append(row)
    if kept and kept[-1].is_heading:
        kept.pop()
    return tuple(kept)


class CompareTable(QAbstractTableModel):
    """Shows lines; ``set_rows`` swaps them all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings: tuple[str, ...] = ("",)
        self._rows: tuple[CompareRow, ...] = ()

    @property
    def rows(self) -> tuple[CompareRow, ...]:
        """The lines that are shown."""
        return self._rows

    def set_rows(self, headings: Sequence[str], rows: Sequence[CompareRow]) -> None:
        """Show other lines. ``headings``: of the labels, of now, of each offer."""
        self.beginResetModel()
        self._headings, self._rows = tuple(headings), tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Lines."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """The label, now, and the offers."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text; what a screen reader says; bold headings; figures to the right."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        text = row.label if index.column() == 0 else "".join(row.cells[index.column() - 1 : index.column()])
        alone = index.column() > 0 and row.hides(index.column() - 1)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{text} {MARK}" if alone else text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.sentence(index)}. {own_side_words()}" if alone else self.sentence(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            whole = row.whole(index.column() - 1) if index.column() and not row.is_heading else text
            return plain_tip(f"{whole}\n{own_side_words()}" if alone else whole) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and row.is_heading:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Now and the names of the offers."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._headings):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._headings[section]) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every line can be walked to; headings too, so that they are read out."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def sentence(self, index: Index) -> str:
        """A cell in words: what it is, of which offer, its figure, and whose that is."""
        if not index.isValid():
            return ""
        row, column = self._rows[index.row()], index.column()
        if not column or row.is_heading:
            return row.label
        return f"{row.label}, {self._headings[column]}: {row.whole(column - 1)}"

    def as_text(self) -> str:
        """All there is to say, with tabs between columns, as spreadsheets take it; without figures of a few people."""
        lines = ["\t".join(map(as_copied, self._headings))]
        for row in self._rows:
            columns = len(self._headings) - 1
            cells = [""] * columns
            if row.cells:
                cells = [row.leaving(at) for at in range(columns)]
            lines.append("\t".join(map(as_copied, (row.label, *cells))))
        return "\n".join(lines)
