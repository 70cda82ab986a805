"""Grossing up: the known totals, the switch that uses them, and whom the returns then stand for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, QSignalBlocker
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bargain.plain_names import plain_name
from models.grossing import Grossing, KnownTotal, SectorTotals, TotalsUnit
from models.issues import UnusableInput
from models.sector import Sector
from ui import desk, formats
from ui.itemmodels.column_table import Column, ColumnTable
from ui.itemmodels.totals_table import OWNER, REGION, TotalsTable
from ui.session import Session
from ui.widgets.columns import Column as PageColumn
from ui.widgets.entry_view import EntryView
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table


class GrossingPanel(QWidget):
    """Totals on the left, before and after on the right. Using totals and agreeing to them are undoable steps."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: Grossing | None = None
        self.model = TotalsTable(self)
        self.view = EntryView(
            self.model, self.tr("Known totals of the sector"), wide=(REGION, OWNER), parent=self
        )
        self.name = QLineEdit(self)
        self.name.setAccessibleName(self.tr("Name of the totals"))
        self.source = QLineEdit(self)
        self.source.setAccessibleName(self.tr("Where the totals come from"))
        self.dated = QDateEdit(QDate.currentDate(), self)
        self.dated.setCalendarPopup(True)
        self.dated.setDisplayFormat("d MMMM yyyy")
        self.unit = QComboBox(self)
        for unit, word in (
            (TotalsUnit.EMPLOYERS, self.tr("employers")),
            (TotalsUnit.STAFF, self.tr("staff")),
            (TotalsUnit.PLACES, self.tr("places")),
        ):
            self.unit.addItem(word, unit)
        self.add_button = QPushButton(self.tr("&Add row"), self)
        self.remove_button = QPushButton(self.tr("&Remove row"), self)
        self.fill_button = QPushButton(self.tr("Start from the ret&urns"), self)
        self.use_button = QPushButton(self.tr("&Keep these totals"), self)
        self.read_button = QPushButton(self.tr("Read a totals f&ile…"), self)
        self.agreed = QCheckBox(self.tr("&Gross up every figure (agreed by both sides)"), self)
        self.state = PlainLabel("", self, wrap=True)
        self.profile = ColumnTable(parent=self)
        self.profile_table = Table(self.profile, self.tr("Before and after grossing up"), self)
        self._lay_out()
        self.add_button.clicked.connect(self.view.add_row)
        self.remove_button.clicked.connect(self.view.remove_chosen)
        self.fill_button.clicked.connect(self.fill_from_returns)
        self.use_button.clicked.connect(self.use_totals)
        self.read_button.clicked.connect(self.read_file)
        self.agreed.clicked.connect(self.agree)
        session.sector_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the session's totals, and what they make of the returns."""
        sector = self._session.sector
        if sector is None:
            return
        if sector.grossing != self._shown:
            self._show_totals(sector.grossing)
        with QSignalBlocker(self.agreed):
            self.agreed.setChecked(sector.grossing.is_on)
        self.agreed.setEnabled(sector.grossing.totals is not None)
        self._show_profile(sector)

    def use_totals(self) -> None:
        """Keep what was typed, if weights follow from it; it must then be agreed to."""
        sector = self._session.sector
        if sector is None:
            return
        try:
            totals = self._typed()
            changed = replace(sector, grossing=Grossing(totals))
            if len(sector.workforce):
                from bargain.grossing import weighting_of

                weighting_of(changed)
        except UnusableInput as unusable:
            self.state.setText(str(unusable))
            return
        if totals != sector.grossing.totals:
            self._session.change_sector(changed, self.tr("Keep totals “{name}”").format(name=totals.name))
        self.refresh()

    def read_file(self) -> None:
        """Fill everything in from a totals file; it is kept only when the person says so."""
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Read known totals"), str(desk.documents()), self.tr("Files (*.toml)")
        )
        if not name:
            return
        from bargain.commands.options import text_of
        from bargain.offers.totals_file import read_totals

        try:
            self._fill(read_totals(text_of(Path(name)), source=Path(name).name))
        except (UnusableInput, OSError) as error:
            self.state.setText(str(error))
            return
        self.state.setText(
            self.tr("Read from {name}. Look at it, then keep these totals.").format(name=Path(name).name)
        )

    def agree(self, checked: bool) -> None:
        """Gross every figure up from now on, or no longer."""
        sector = self._session.sector
        if sector is None or sector.grossing.totals is None:
            return
        grossing = replace(sector.grossing, agreed_on=date.today() if checked else None)
        text = self.tr("Gross up every figure") if checked else self.tr("Show the returns alone")
        self._session.change_sector(replace(sector, grossing=grossing), text)

    def fill_from_returns(self) -> None:
        """A row for every region that returned, with how many did: to be typed over with the known totals."""
        sector = self._session.sector
        if sector is None:
            return
        from bargain.basis import employers_returned

        regions: dict[str, int] = {}
        for name in employers_returned(sector):
            region = sector.employer(name).region
            regions[region] = regions.get(region, 0) + 1
        named = {region: count for region, count in regions.items() if region}
        if len(named) == len(regions) and named:
            rows = tuple(KnownTotal(float(count), region=region) for region, count in sorted(named.items()))
        else:  # somebody's region is not recorded: one total for all
            rows = (KnownTotal(float(sum(regions.values()))),)
        self.model.set_totals(rows)
        self.state.setText(self.tr("These are the returns. Type the known totals over them, then keep them."))

    def _typed(self) -> SectorTotals:
        if not self.source.text().strip():
            self.source.setFocus()
            raise UnusableInput(self.tr("Say where the totals come from."))
        name = plain_name(self.name.text()) or self.tr("Known totals")
        day = self.dated.date()
        return SectorTotals(
            name,
            TotalsUnit(self.unit.currentData()),
            self.source.text().strip(),
            date(day.year(), day.month(), day.day()),
            self.model.totals(),
        )

    def _show_totals(self, grossing: Grossing) -> None:
        self._shown = grossing
        if grossing.totals is None:
            self.model.set_totals(())
        else:
            self._fill(grossing.totals)

    def _fill(self, totals: SectorTotals) -> None:
        self.model.set_totals(totals.totals)
        self.name.setText(totals.name)
        self.source.setText(totals.source)
        self.dated.setDate(QDate(totals.dated.year, totals.dated.month, totals.dated.day))
        self.unit.setCurrentIndex(self.unit.findData(totals.unit))

    def _show_profile(self, sector: Sector) -> None:
        rows = []
        if sector.grossing.totals is None:
            said = self.tr(
                "Type or paste what is known of the whole sector. Nothing is grossed up until it is agreed."
            )
        elif not len(sector.workforce):
            said = self.tr("There are no staff data to gross up yet.")
        else:
            from bargain.basis import banner, basis_of
            from bargain.grossing import weighting_of
            from bargain.grossing_profile import profile

            try:
                rows = list(profile(sector))
                notes = weighting_of(sector).told.notes
            except UnusableInput as unusable:
                said = str(unusable)
            else:
                state = banner(basis_of(sector, ()))
                said = f"{state}." if state else self.tr("Not in use: every figure is of the returns alone.")
                said = " ".join((said, *notes))
        self.state.setText(said)
        words = {"region": self.tr("Region"), "owner": self.tr("Owner"), "size": self.tr("Size")}
        self.profile.set_columns(
            (
                Column(self.tr("Employers"), [f"{words[row.by]}: {row.name}" for row in rows]),
                Column(self.tr("Returned"), [row.employers for row in rows], formats.number, is_number=True),
                Column(
                    self.tr("Staff"),
                    [row.staff_share for row in rows],
                    formats.percent,
                    is_number=True,
                ),
                Column(
                    self.tr("Stand for"), [row.employers_grossed for row in rows], _one_place, is_number=True
                ),
                Column(
                    self.tr("Staff, grossed"),
                    [row.staff_share_grossed for row in rows],
                    formats.percent,
                    is_number=True,
                ),
            )
        )
        self.profile_table.fit(0)

    def _dated_and_unit(self) -> QHBoxLayout:
        """The day of the totals, and what they count, on one line."""
        label = PlainLabel(self.tr("&Counts:"), self)
        label.setBuddy(self.unit)
        self.dated.setAccessibleName(self.tr("As of"))
        self.unit.setAccessibleName(self.tr("What the totals count"))
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.dated, 1)
        line.addWidget(label)
        line.addWidget(self.unit)
        return line

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(6)
        form.setVerticalSpacing(4)
        for word, field in ((self.tr("&Name:"), self.name), (self.tr("&Source:"), self.source)):
            label = PlainLabel(word, self)
            label.setBuddy(field)
            form.addRow(label, field)
        label = PlainLabel(self.tr("As &of:"), self)
        label.setBuddy(self.dated)
        form.addRow(label, self._dated_and_unit())
        buttons = QHBoxLayout()
        for button in (self.add_button, self.remove_button, self.fill_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        left = PageColumn(400, self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 4, 8, 4)
        column.setSpacing(4)
        column.addLayout(form)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)
        keep = QHBoxLayout()
        keep.addWidget(self.use_button)
        keep.addWidget(self.read_button)
        keep.addStretch(1)
        column.addLayout(keep)
        right = QVBoxLayout()
        right.setContentsMargins(0, 4, 0, 4)
        right.setSpacing(4)
        right.addWidget(self.agreed)
        right.addWidget(self.state)
        right.addWidget(self.profile_table, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(left)
        whole.addLayout(right, 1)


def _one_place(value: float | None) -> str:
    return formats.number(value, 1)
