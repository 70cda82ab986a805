"""Grades as ranges of points, in the order of the ladder: each change one step that can be undone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.issues import Severity, UnusableInput
from ui import formats
from ui.basis_words import copied_basis
from ui.itemmodels.column_table import Column, ColumnTable, staff_column
from ui.pages.baseline_ladder import LadderBar
from ui.session import Session
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.offers.grade_view import GradeRow
    from models.payscale import PayScale


class GradesTab(QWidget):
    """A row a grade, lowest first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: tuple[GradeRow, ...] = ()
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Grades"), self)
        self.table.notes = lambda: copied_basis(session, of_returns=True)
        self.fit = PlainLabel("", self, wrap=True)
        self.chosen = PlainLabel("", self, wrap=True)
        self.bottom, self.top = (QComboBox(self) for _ in range(2))
        self.set_button = QPushButton(self.tr("&Set range"), self)
        self.clear_button = QPushButton(self.tr("&No range"), self)
        self.ladder = LadderBar(session, self.table, self._chosen_grades, self)
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.set_button.clicked.connect(self.set_range)
        self.clear_button.clicked.connect(self.clear_range)
        for key in ("Return", "Enter", "F2"):
            shortcut = QShortcut(QKeySequence(key), self.table, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda: self.bottom.setFocus(Qt.FocusReason.ShortcutFocusReason))
        session.sector_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the session's grades on its scale."""
        sector = self._session.sector
        if sector is None:
            return
        from bargain.offers.grade_view import grade_rows

        before = self._chosen_grades()
        self._rows = grade_rows(sector)
        places = {grade: at for at, grade in enumerate(sector.grades, start=1)}
        self.model.set_columns(
            (
                Column(self.tr("Grade"), [row.grade for row in self._rows]),
                Column(
                    self.tr("Place"),
                    [places.get(row.grade) for row in self._rows],
                    _or_dash,
                    is_number=True,
                    tip=self.tr("On the ladder, from the lowest grade; a dash: not on it"),
                ),
                Column(self.tr("From point"), [row.bottom or formats.DASH for row in self._rows]),
                Column(self.tr("To point"), [row.top or formats.DASH for row in self._rows]),
                Column(self.tr("Points"), [row.points for row in self._rows], _or_dash, is_number=True),
                Column(
                    self.tr("From (£ a year)"), [row.lowest for row in self._rows], _or_dash, is_number=True
                ),
                Column(
                    self.tr("To (£ a year)"), [row.highest for row in self._rows], _or_dash, is_number=True
                ),
                staff_column(self.tr("Staff"), [row.heads for row in self._rows], formats.number),
                staff_column(self.tr("At the top"), [row.at_top for row in self._rows], _or_dash),
                staff_column(self.tr("Outside"), [row.outside for row in self._rows], _or_dash),
            )
        )
        self.table.fit(0)
        self.fit.setText(self._said_of(sector.scale))
        self.fit.setVisible(bool(self.fit.text()))
        names = [point.name for point in sector.scale.points] if sector.scale else []
        for box in (self.bottom, self.top):
            with QSignalBlocker(box):
                box.clear()
                box.addItems(names)
        self._choose(before)

    def _said_of(self, scale: PayScale | None) -> str:
        """Points that are in no grade, and points that grades share."""
        from bargain.offers.grade_view import fit_of

        if scale is None:
            return ""
        fit = fit_of(scale)
        said = []
        if fit.alone:
            to = self.tr("{first} to {last}")
            runs = [
                first if first == last else to.format(first=first, last=last) for first, last in fit.alone
            ]
            said.append(self.tr("In no grade: points {points}.").format(points=", ".join(runs)))
        if fit.shared:
            shared = "; ".join(f"{name} ({', '.join(grades)})" for name, grades in fit.shared)
            said.append(self.tr("In several grades: points {points}.").format(points=shared))
        return " ".join(said)

    def set_range(self) -> None:
        """The chosen grade runs between the two chosen points."""
        self._put(self.bottom.currentText(), self.top.currentText())

    def clear_range(self) -> None:
        """The chosen grade has no range."""
        self._put("", "")

    def _put(self, bottom: str, top: str) -> None:
        from bargain.offers.increments import grade_ranges
        from bargain.offers.scale_edit import with_range

        sector, grade = self._session.sector, self._grade()
        if sector is None or sector.scale is None or not grade:
            return
        scale = replace(sector.scale, grades=grade_ranges(sector.scale))
        try:
            changed = with_range(scale, grade, bottom, top)
        except UnusableInput as unusable:
            self._session.notice(str(unusable), Severity.ERROR, key="scale")
            return
        if changed != sector.scale:
            text = self.tr("Range of {grade}").format(grade=grade)
            self._session.change_sector(replace(sector, scale=changed), text)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen_grades(self) -> list[str]:
        """The grades of the chosen rows, from the top."""
        chosen = sorted(self.table.selectionModel().selectedRows(), key=lambda one: one.row())
        return [self._rows[self.model.row_of(one)].grade for one in chosen] if self._rows else []

    def _grade(self) -> str:
        chosen = self._chosen_grades()
        return chosen[0] if len(chosen) == 1 else ""

    def _choose(self, grades: Collection[str]) -> None:
        """Stay on the grades after a change."""
        select = self.table.selectionModel()
        kind = QItemSelectionModel.SelectionFlag
        for at in range(self.model.rowCount()):
            index = self.model.index(at, 0)
            if self._rows[self.model.row_of(index)].grade in grades:
                if not select.hasSelection():
                    select.setCurrentIndex(index, kind.NoUpdate)
                select.select(index, kind.Select | kind.Rows)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.ladder.refresh()
        sector, grade = self._session.sector, self._grade()
        has_scale = sector is not None and sector.scale is not None
        for widget in (self.bottom, self.top, self.set_button):
            widget.setEnabled(bool(grade) and has_scale)
        row = next((one for one in self._rows if one.grade == grade), None)
        self.clear_button.setEnabled(row is not None and bool(row.bottom))
        if not has_scale:
            self.chosen.setText(self.tr("Grades become ranges of points once there is a pay scale."))
        elif row is None:
            self.chosen.setText(self.tr("Choose a grade to give it a range of points (Enter)."))
        else:
            self.chosen.setText(self.tr("“{grade}” runs from point").format(grade=grade))
            if row.bottom:
                self.bottom.setCurrentText(row.bottom)
                self.top.setCurrentText(row.top)

    def _lay_out(self) -> None:
        self.bottom.setAccessibleName(self.tr("Lowest point of the grade"))
        self.top.setAccessibleName(self.tr("Highest point of the grade"))
        to = PlainLabel(self.tr("t&o"), self)
        to.setBuddy(self.top)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.chosen, 1)
        for widget in (self.bottom, to, self.top, self.set_button, self.clear_button):
            line.addWidget(widget)
        for box in (self.bottom, self.top):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 4)
        column.setSpacing(6)
        column.addWidget(self.table, 1)
        column.addWidget(self.ladder)
        column.addWidget(self.fit)
        column.addLayout(line)


def _or_dash(value: float | None) -> str:
    return formats.DASH if value is None else formats.number(value)
