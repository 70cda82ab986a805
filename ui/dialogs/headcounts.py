"""Headcounts by hand: how many women and men an employer has on each grade or pay point."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from bargain.headcounts import GRADE, HOURS, MEN, PAY, POINT, UNKNOWN, WOMEN, add_headcounts
from models.basis import Basis
from models.issues import UnusableInput
from models.sector import Sector
from ui.dialogs.form import FormDialog
from ui.itemmodels.entry_table import EntryTable
from ui.session import Session
from ui.widgets.entry_view import EntryView
from ui.widgets.plain_label import PlainLabel


class HeadcountsDialog(FormDialog):
    """A grid to type in or paste into; what is added is one undoable step."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Enter headcounts"))
        self.main_button.setText(self.tr("Add these staff"))
        self._session = session
        self.employer = QComboBox(self)
        self.employer.setEditable(True)
        self.employer.setMinimumWidth(320)
        self.basis = QComboBox(self)
        self.basis.addItem(self.tr("an hour"), Basis.HOUR)
        self.basis.addItem(self.tr("a full-time year"), Basis.YEAR)
        headings = {
            GRADE: self.tr("Grade"),
            POINT: self.tr("Pay point"),
            PAY: self.tr("Pay (£)"),
            HOURS: self.tr("Hours a week"),
            WOMEN: self.tr("Women"),
            MEN: self.tr("Men"),
            UNKNOWN: self.tr("Sex not recorded"),
        }
        self.model = EntryTable(
            list(headings.values()), numbers=(PAY, HOURS, WOMEN, MEN, UNKNOWN), parent=self
        )
        self.view = EntryView(self.model, self.tr("Headcounts"), wide=(GRADE, POINT), parent=self)
        self.view.setMinimumSize(560, 220)
        self.add_button = QPushButton(self.tr("A&dd row"), self)
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self.view.add_row)
        self.main_button.setAutoDefault(False)
        self.main_button.setDefault(False)  # Enter belongs to the cell that is typed in
        self.add_row(self.tr("&Employer:"), self.employer)
        self.add_row(self.tr("&Pay is for:"), self.basis)
        self.column.insertWidget(1, self.view, 20)
        line = QHBoxLayout()
        line.addWidget(self.add_button)
        line.addStretch(1)
        self.column.insertLayout(2, line)
        help_text = self.tr(
            "Blank hours are full time. Blank pay takes the amount of the pay point. Ctrl+V pastes a block from a "
            "spreadsheet."
        )
        self.column.insertWidget(3, PlainLabel(help_text, self, wrap=True))
        self.resize(720, 470)
        if session.sector is not None:
            self._fill(session.sector)

    def submit(self) -> None:
        """Add the staff, or say which row stands in the way."""
        sector = self._session.sector
        if sector is None:
            return
        name = self.employer.currentText().strip()
        try:
            changed = add_headcounts(
                sector, name, self.model.rows(), basis=Basis(self.basis.currentData()), today=date.today()
            )
        except UnusableInput as unusable:
            self.say_wrong(str(unusable))
            return
        self._session.change_sector(changed, self.tr("Enter headcounts of {name}").format(name=name))
        self.accept()

    def _fill(self, sector: Sector) -> None:
        """The employers that are awaited, and a row for each grade or pay point."""
        from bargain.basis import employers_returned

        returned = set(employers_returned(sector))
        self.employer.addItems([one.name for one in sector.employers if one.name not in returned])
        self.employer.setCurrentIndex(0 if self.employer.count() else -1)
        if sector.scale is not None:
            self.model.set_rows([(one.grade, one.name, "", "", "", "", "") for one in sector.scale.points])
        else:
            self.model.set_rows([(one, "", "", "", "", "", "") for one in sector.grades])
