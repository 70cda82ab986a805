"""The mapping of grades to a comparator's points, or to rates typed in: visible, and changed in place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from models.issues import UnusableInput
from models.what_if import Comparator, GradeRate, InHousePlan
from ui import formats
from ui.itemmodels.entry_table import EntryTable, Index
from ui.what_if.number import number_text, read_number
from ui.widgets.entry_view import EntryView
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from models.comparator import ComparatorTable
    from models.sector import Sector

ROWS = 7  # grades that show without scrolling


class _Rates(EntryTable):
    """Grades stand fast; what they are mapped to is typed or pasted."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column is read only."""
        found = super().flags(index)
        return found & ~Qt.ItemFlag.ItemIsEditable if index.column() == 0 else found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A grade's name stays."""
        return index.column() != 0 and super().setData(index, value, role)


class _Points(QStyledItemDelegate):
    """A chooser of the table's points where there is a table, else the usual field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.names: tuple[str, ...] = ()

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Every point by name; others may be typed, and are refused with the nearest one."""
        if not self.names:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        box.setEditable(True)
        box.setAccessibleName(self.tr("Point of the comparator"))
        box.addItems(["", *self.names])
        return box

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """What the cell says."""
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        else:
            super().setEditorData(editor, index)

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """What was chosen or typed."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        else:
            super().setModelData(editor, model, index)


class GradeRates(QWidget):
    """A row a grade: its point in the comparator's table, or its rate. ``changed`` brings every row that says something."""

    changed = Signal(tuple)
    spoilt = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = InHousePlan()
        self._table: ComparatorTable | None = None
        self._is_filling = False
        self.grid = _Rates((self.tr("Grade"), self.tr("Rate or point")), numbers=(1,), parent=self)
        self.view = EntryView(
            self.grid, self.tr("Grades and what they are mapped to"), wide=(0,), parent=self
        )
        self._points = _Points(self)
        self.view.setItemDelegateForColumn(1, self._points)
        self.said = PlainLabel("", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        column.addWidget(self.said)
        self.grid.dataChanged.connect(self._take)
        self.grid.modelReset.connect(self._take)

    def show_plan(self, sector: Sector, plan: InHousePlan) -> None:
        """Every grade of the staff data, the ladder's first, as the plan maps it."""
        self._plan = plan
        self._table, fault = _table_of(sector, plan)
        self._points.names = tuple(one.name for one in self._table.points) if self._table is not None else ()
        ladder = [one for one in sector.grades if one in sector.workforce.grades]
        grades = [*ladder, *(one for one in sector.workforce.grades if one not in ladder)]
        held = {one.grade: one for one in plan.rates}
        cells = tuple((grade, self._cell(held.get(grade))) for grade in grades)
        if cells != self.grid.rows():
            self._is_filling = True
            try:
                self.grid.set_rows(cells)
            finally:
                self._is_filling = False
        rows = min(len(cells), ROWS) + 1
        self.view.setFixedHeight(self.view.verticalHeader().defaultSectionSize() * rows + 8)
        self.said.setText(fault or self._advice())

    def source(self) -> str:
        """Where the comparator's rates come from, in a sentence; empty where the plan itself says so."""
        if self._table is None:
            return ""
        return self.tr("Rates: {table}, from {day}, {hours} hours a week ({confidence}).").format(
            table=self._table.label,
            day=formats.day(self._table.starts),
            hours=number_text(self._table.weekly_hours),
            confidence=self._table.confidence,
        )

    def _advice(self) -> str:
        if self._table is None:
            return self.tr("£ an hour for each grade. Grades left empty stay as they are.")
        first, last = self._table.points[0].name, self._table.points[-1].name
        return self.tr(
            "The {word} beside which each grade stands, “{first}” to “{last}”: an assumption for both sides to agree. "
            "Nothing is mapped by itself; grades left empty stay as they are."
        ).format(word=self._table.word, first=first, last=last)

    def _cell(self, one: GradeRate | None) -> str:
        if one is None:
            return ""
        if self._table is not None:
            return one.point
        return "" if one.hourly is None else number_text(one.hourly)

    def _take(self) -> None:
        """What was typed or pasted; what can't be read is said and waits."""
        if self._is_filling:
            return
        held = {one.grade: one for one in self._plan.rates}
        made = []
        for grade, cell in self.grid.rows():
            before = held.get(grade, GradeRate(grade))
            try:
                made.append(self._read(before, cell.strip()))
            except UnusableInput as error:
                self.spoilt.emit(f"{grade}: {error}")
                return
        self.spoilt.emit("")
        self.changed.emit(tuple(one for one in made if one.point or one.hourly is not None))

    def _read(self, before: GradeRate, text: str) -> GradeRate:
        """A row with another point or rate. Raises UnusableInput."""
        if self._table is not None:
            from bargain.comparators import point_named

            point = point_named(self._table, text).name if text else ""
            return GradeRate(before.grade, point, before.hourly)
        hourly = read_number(text) if text else None
        if text and (hourly is None or hourly <= 0):
            raise UnusableInput(self.tr("“{text}” is no rate in pounds an hour.").format(text=text))
        return GradeRate(before.grade, before.point, hourly)


def _table_of(sector: Sector, plan: InHousePlan) -> tuple[ComparatorTable | None, str]:
    """The table of the plan's comparator on the day of the data; None, with why, where there is none."""
    from bargain.comparators import table_on
    from bargain.in_house import TABLES

    if plan.comparator not in (Comparator.NHS, Comparator.COUNCIL):
        return None, ""
    try:
        return table_on(TABLES[plan.comparator], sector.data_date or date.today()), ""
    except UnusableInput as error:
        return None, str(error)
