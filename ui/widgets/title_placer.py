"""Job titles and their grades: choose titles, choose a grade, place them – one step that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.issues import Severity, UnusableInput
from ui import formats
from ui.itemmodels.column_table import Column, ColumnTable, staff_column
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from ui.session import Session
    from ui.staff_summary import TitleRow


class TitlePlacer(QWidget):
    """The list of job titles, those without a grade first; below it the grade for the chosen ones."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: tuple[TitleRow, ...] = ()
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Job titles"), self)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.chosen = ElidedLabel(parent=self)
        self.grade = QComboBox(self)
        self.grade.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.grade.setMinimumContentsLength(24)
        self.place_button = QPushButton(self.tr("P&lace"), self)
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.place_button.clicked.connect(self.place)
        for key in ("Return", "Enter", "F2"):
            shortcut = QShortcut(QKeySequence(key), self.table, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._ask_grade)
        for key in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(key), self.grade, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self.place)
        self.table.doubleClicked.connect(lambda _: self._ask_grade())

    def show_rows(self, rows: tuple[TitleRow, ...]) -> None:
        """Show the titles of the session's sector."""
        sector = self._session.sector
        if sector is None:
            return
        self._rows = rows
        missing = self.tr("not placed yet")
        self.model.set_columns(
            (
                Column(self.tr("Job title"), [row.title for row in rows]),
                Column(self.tr("Grade"), [row.grade or missing for row in rows]),
                staff_column(self.tr("Staff"), [row.heads for row in rows], formats.number),
            )
        )
        self.table.fit(0)
        with QSignalBlocker(self.grade):
            before = self.grade.currentText()
            self.grade.clear()
            self.grade.addItems(sector.grades)
            self.grade.setCurrentIndex(max(self.grade.findText(before), 0))
        self._show_chosen()

    def place(self) -> None:
        """Put the chosen titles on the chosen grade."""
        from bargain.titles import place_titles

        sector, rows = self._session.sector, self._chosen()
        grade = self.grade.currentText()
        if sector is None or not rows or not grade:
            return
        first = self.table.selectionModel().selectedRows()[0].row()
        try:
            changed = sector
            for standing in dict.fromkeys(row.grade for row in rows):
                titles = [row.title for row in rows if row.grade == standing]
                changed = place_titles(changed, titles, grade, standing=standing)
        except UnusableInput as unusable:
            self._session.notice(str(unusable), Severity.ERROR)
            return
        if len(rows) == 1:
            text = self.tr("Place “{title}” on {grade}").format(title=rows[0].title, grade=grade)
        else:
            text = self.tr("Place %n job title(s) on {grade}", "", len(rows)).format(grade=grade)
        self._session.change_sector(changed, text)
        self._choose_row(first)

    def _lay_out(self) -> None:
        label = PlainLabel(self.tr("&Grade:"), self)
        label.setBuddy(self.grade)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.chosen, 1)
        line.addWidget(label)
        line.addWidget(self.grade)
        line.addWidget(self.place_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        column.addWidget(self.table, 1)
        column.addLayout(line)

    def _chosen(self) -> list[TitleRow]:
        selected = self.table.selectionModel().selectedRows()
        return [self._rows[self.model.row_of(one)] for one in selected]

    def _show_chosen(self) -> None:
        sector, rows = self._session.sector, self._chosen()
        has_ladder = sector is not None and bool(sector.grades)
        for widget in (self.grade, self.place_button):
            widget.setEnabled(bool(rows) and has_ladder)
        staff = self.tr("%Ln staff", "", round(sum(row.heads for row in rows)))
        if not has_ladder:
            self.chosen.show_text(self.tr("This sector has no grades to place titles on."))
        elif not rows:
            self.chosen.show_text(self.tr("Choose a job title to give it a grade (Enter)."))
        elif len(rows) == 1:
            self.chosen.show_text(self.tr("“{title}”, {staff}").format(title=rows[0].title, staff=staff))
        else:
            titles = self.tr("%n job title(s)", "", len(rows))
            self.chosen.show_text(self.tr("{titles}, {staff}").format(titles=titles, staff=staff))
        if sector is not None and len(rows) == 1:
            self._propose(rows[0])

    def _propose(self, row: TitleRow) -> None:
        """The grade it has, or the one its name is most like."""
        from bargain.titles import likely_grade

        sector = self._session.sector
        wanted = row.grade or (likely_grade(sector, row.title) if sector is not None else "")
        self.grade.setCurrentIndex(max(self.grade.findText(wanted), 0))

    def _ask_grade(self) -> None:
        if self.grade.isEnabled():
            self.grade.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose_row(self, at: int) -> None:
        """Stay where the work is: the next title has come up to the place of the last."""
        at = min(at, self.model.rowCount() - 1)
        if at >= 0:
            self.table.setCurrentIndex(self.model.index(at, 0))
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().select(self.model.index(at, 0), flags.ClearAndSelect | flags.Rows)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
