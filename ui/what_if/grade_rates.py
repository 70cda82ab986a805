"""The mapping of grades to a comparator's points, or to rates typed in: visible, and changed in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.what_if import Comparator, GradeRate, InHousePlan
from ui.itemmodels.entry_table import EntryTable, Index
from ui.what_if.number import number_text, read_number
from ui.widgets.entry_view import EntryView
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from models.sector import Sector
    from ui.session import Session


class _Rates(EntryTable):
    """Grades stand fast; what they are mapped to is typed or pasted."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column is read only."""
        found = super().flags(index)
        return found & ~Qt.ItemFlag.ItemIsEditable if index.column() == 0 else found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A grade's name stays."""
        return index.column() != 0 and super().setData(index, value, role)


class GradeRates(QWidget):
    """A row a grade: its point in the comparator's table, or its rate. ``changed`` brings every row that says something."""

    changed = Signal(tuple)
    spoilt = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._plan = InHousePlan()
        self._is_filling = False
        self.grid = _Rates((self.tr("Grade"), self.tr("£ an hour")), numbers=(1,), parent=self)
        self.view = EntryView(
            self.grid, self.tr("Grades and what they are mapped to"), wide=(0,), parent=self
        )
        self.said = PlainLabel("", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        column.addWidget(self.said)
        self.grid.dataChanged.connect(self._take)
        self.grid.modelReset.connect(self._take)

    def show_plan(self, sector: Sector, plan: InHousePlan) -> None:
        """Every grade of the staff data, the ladder's first."""
        self._plan = plan
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
        self.view.setFixedHeight(
            self.view.verticalHeader().defaultSectionSize() * (min(len(cells), 6) + 1) + 8
        )

    def source(self) -> str:
        """Where the comparator's rates come from, in a sentence; empty where the plan itself says so."""
        return ""

    def _cell(self, one: GradeRate | None) -> str:
        if one is None:
            return ""
        if self._plan.comparator is Comparator.TYPED:
            return "" if one.hourly is None else number_text(one.hourly)
        return one.point

    def _take(self) -> None:
        if self._is_filling:
            return
        held = {one.grade: one for one in self._plan.rates}
        made = []
        for grade, cell in self.grid.rows():
            before = held.get(grade, GradeRate(grade))
            text = cell.strip()
            hourly = read_number(text) if text else None
            if text and (hourly is None or hourly <= 0):
                said = self.tr("{grade}: “{text}” is no rate in pounds an hour.")
                self.spoilt.emit(said.format(grade=grade, text=text))
                return
            made.append(GradeRate(grade, before.point, hourly))
        self.spoilt.emit("")
        self.changed.emit(tuple(one for one in made if one.point or one.hourly is not None))
