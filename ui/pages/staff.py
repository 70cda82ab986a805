"""The staff data: what has been imported, how it adds up, and what is still missing."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from bargain.small_groups import is_small
from models.sector import ImportRecord, Sector
from models.units import MICROS_PER_POUND
from models.workforce import Workforce
from ui import formats, reconcile
from ui.basis_words import copied_basis
from ui.itemmodels.column_table import Column, ColumnTable, staff_column
from ui.session import Session
from ui.staff_summary import StaffSummary, summarise
from ui.widgets.empty_page import EmptyPage
from ui.widgets.figure import Figure
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table
from ui.widgets.title_placer import TitlePlacer

TITLES = 2  # the tab of the job titles


class Imports(Protocol):
    """What this page asks of the desk."""

    def import_files(self) -> None:
        """Ask which payroll files to read."""

    def read_again(self, record: ImportRecord) -> None:
        """Change how the file of an import was read."""

    def remembered(self) -> None:
        """Show how files were read before."""


class StaffPage(QWidget):
    """Six figures above; employers, imports and job titles below."""

    def __init__(self, session: Session, desk: Imports, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.import_button = QPushButton(self.tr("Import staff data…"), self)
        self.import_button.clicked.connect(desk.import_files)
        self.figures = {
            "staff": Figure(self.tr("Staff"), self),
            "employers": Figure(self.tr("Employers"), self),
            "paybill": Figure(self.tr("Pay bill a year"), self),
            "sex": Figure(self.tr("Sex not recorded"), self),
            "titles": Figure(self.tr("Job titles not placed"), self),
            "aside": Figure(self.tr("Rows set aside"), self),
        }
        self.employers = ColumnTable(parent=self)
        self.imports = ColumnTable(parent=self)
        self.titles = TitlePlacer(session, self)
        self._tables = (
            Table(self.employers, self.tr("Employers"), self),
            Table(self.imports, self.tr("Imports"), self),
        )
        for table in self._tables:
            table.notes = lambda: copied_basis(session, of_returns=True)
        self._paybill: tuple[Workforce, float] | None = None  # whose it is, and pounds a year
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self._lay_out(desk)
        session.sector_changed.connect(self.refresh)
        session.appraised.connect(self._show_paybill)
        self.refresh()

    def refresh(self) -> None:
        """Show the session's sector."""
        sector = self._session.sector
        if sector is None:
            return
        has_staff = len(sector.workforce) > 0
        self._middle.setCurrentIndex(0 if has_staff else 1)
        self.import_button.setVisible(has_staff)
        summary = summarise(sector)
        self._show_figures(sector, summary)
        self.employers.set_columns(self._employer_columns(summary))
        self.imports.set_columns(self._import_columns(sector))
        for table, stretch in zip(self._tables, (0, 3), strict=True):
            table.fit(stretch)
        self.titles.show_rows(summary.titles)
        to_place = summary.unmapped_titles
        name = self.tr("Job titles ({number} to place)") if to_place else self.tr("Job titles")
        self.tabs.setTabText(TITLES, name.format(number=formats.number(to_place)))

    def show_under_way(self, files: int) -> None:
        """An import was begun and left: say that it waits."""
        words = self.tr("Import staff data…")
        if files:
            words = self.tr("Go on with the import (%n file(s))", "", files)
        for button in (self.import_button, self.first_import_button):
            button.setText(words)

    def _lay_out(self, desk: Imports) -> None:
        top = QHBoxLayout()
        top.addWidget(PlainLabel(self.tr("Staff data"), self, bold=True, scale=1.3), 1)
        top.addWidget(self.import_button)
        tiles = QGridLayout()
        tiles.setSpacing(8)
        for at, figure in enumerate(self.figures.values()):
            tiles.addWidget(figure, 0, at)
            tiles.setColumnStretch(at, 1)
        names = (self.tr("Employers"), self.tr("Imports"), self.tr("Job titles"))
        imports = self._imports_page(desk)
        for page, name in zip((self._tables[0], imports, self.titles), names, strict=True):
            self.tabs.addTab(page, name)
        full = QWidget(self)
        below = QVBoxLayout(full)
        below.setContentsMargins(0, 0, 0, 0)
        below.addLayout(tiles)
        below.addWidget(self.tabs, 1)
        self._middle = QStackedLayout()
        self._middle.addWidget(full)
        self._middle.addWidget(self._empty(desk))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(self._middle, 1)

    def _imports_page(self, desk: Imports) -> QWidget:
        """The list of imports, and what can be done about one of them."""
        page = QWidget(self)
        self.reread_button = QPushButton(self.tr("Change how we read this file…"), page)
        self.remembered_button = QPushButton(self.tr("Remembered ways of reading…"), page)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.remembered_button)
        line.addWidget(self.reread_button)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        table = self._tables[1]
        column.addWidget(table, 1)
        column.addLayout(line)

        def reread() -> None:
            sector, at = self._session.sector, table.currentIndex()
            if sector is not None and at.isValid():
                desk.read_again(sector.imports[self.imports.row_of(at)])

        self.reread_button.clicked.connect(reread)
        self.remembered_button.clicked.connect(desk.remembered)
        self.reread_button.setEnabled(False)
        chosen = table.selectionModel().currentRowChanged
        chosen.connect(lambda now, _: self.reread_button.setEnabled(now.isValid()))
        self.imports.modelReset.connect(lambda: self.reread_button.setEnabled(False))
        return page

    def _empty(self, desk: Imports) -> QWidget:
        """What stands here before the first import."""
        self.first_import_button = QPushButton(self.tr("Import staff data…"), self)
        self.first_import_button.clicked.connect(desk.import_files)
        return EmptyPage(
            self.tr("No staff data yet."),
            self.tr(
                "Import the payroll spreadsheets as the employers sent them, or drop the files anywhere on "
                "this window. Names, NI numbers and bank details are left out before anything is kept."
            ),
            self.first_import_button,
            parent=self,
        )

    # Figures

    def _show_figures(self, sector: Sector, summary: StaffSummary) -> None:
        show = self.figures
        show["staff"].show_value(
            formats.number(summary.heads),
            self.tr("{fte} FTE").format(fte=formats.number(summary.fte)),
        )
        returned = len(summary.employers)
        show["employers"].show_value(
            formats.number(returned), self.tr("%Ln import(s)", "", len(sector.imports))
        )
        self._show_paybill()
        show["sex"].show_value(formats.percent(summary.sex_missing), self.tr("of staff"))
        show["titles"].show_value(
            formats.number(summary.unmapped_titles),
            self.tr("%Ln staff", "", round(summary.unmapped_heads)),
        )
        show["aside"].show_value(formats.number(summary.set_aside), self.tr("not counted as staff"))

    def _show_paybill(self) -> None:
        """Today's pay bill: it comes with the figures of an offer, and outlasts one that has none."""
        session, figure = self._session, self.figures["paybill"]
        if session.sector is None:
            return
        force = session.sector.workforce
        if session.appraisal is not None and not session.is_stale:
            own = session.appraisal.cost.by_employer  # as returned, whatever it stands for
            self._paybill = force, sum(one.paybill_before / one.represents for one in own)
        if self._paybill is not None and self._paybill[0] is force:
            figure.show_value(formats.money_short(self._paybill[1]), self.tr("basic pay"))
        elif session.is_stale:
            figure.show_value("…", self.tr("working it out"))
        else:
            figure.show_value(formats.DASH, self.tr("see Proposals"))

    # Tables

    def _employer_columns(self, summary: StaffSummary) -> tuple[Column, ...]:
        rows = summary.employers
        return (
            Column(self.tr("Employer"), [row.name for row in rows]),
            Column(self.tr("Owner"), [row.ownership for row in rows]),
            Column(self.tr("Region"), [row.region or formats.DASH for row in rows]),
            staff_column(self.tr("Staff"), [row.heads for row in rows], formats.number),
            Column(
                self.tr("FTE"),
                [row.fte for row in rows],
                _one_place,
                is_number=True,
                hide=[is_small(row.heads) for row in rows],
                is_count=True,
            ),
            Column(
                self.tr("Sex not recorded"),
                [row.sex_missing for row in rows],
                formats.percent,
                is_number=True,
                hide=[is_small(row.heads) for row in rows],
                is_count=True,
            ),
            staff_column(self.tr("Staff not placed"), [row.unmapped for row in rows], formats.number),
        )

    def _import_columns(self, sector: Sector) -> tuple[Column, ...]:
        rows = sector.imports
        return (
            Column(self.tr("File"), [row.file for row in rows]),
            Column(self.tr("Sheet"), [row.sheet or formats.DASH for row in rows]),
            Column(self.tr("Imported"), [row.imported for row in rows], formats.day),
            Column(self.tr("Rows"), [self._sentence(row) for row in rows]),
            Column(
                self.tr("Pay bill (£)"),
                [row.paybill_micros / MICROS_PER_POUND for row in rows],
                formats.money,
                is_number=True,
                hide=[is_small(row.staff) for row in rows],
            ),
        )

    @staticmethod
    def _sentence(record: ImportRecord) -> str:
        """The sentence that reconciles: every row of the file is somewhere."""
        return reconcile.sentence(
            rows=record.rows_in_file,
            staff=record.staff,
            totals=record.totals,
            leavers=record.leavers,
            set_aside=record.set_aside,
            blank=record.blank,
            heads=record.heads,
        )


def _one_place(value: float | None) -> str:
    return formats.number(value, 1)
