"""The data check: who returned, what is missing or doubtful, and the letters that ask for it."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QDate, QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDateEdit,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from bargain.plain_cells import prose_as_copied
from models.issues import Severity, UnusableInput
from ui import desk, formats
from ui.checking import Checker
from ui.itemmodels.column_table import Column, ColumnTable, staff_column
from ui.session import Session
from ui.widgets.columns import Column as PageColumn
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.empty_page import EmptyPage
from ui.widgets.figure import Figure
from ui.widgets.grossing_panel import GrossingPanel
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.quality.check import DataQuality, EmployerQuality
    from models.quality import QueryLetter

_PADDING = 16  # px beside the text of a cell
_LEAST_NAME = 170  # px for an employer's name
_ASIDE = 1_000_000  # sorts what was set aside above what is only asked


class Imports(Protocol):
    """What this page asks of the desk."""

    def import_files(self) -> None:
        """Ask which payroll files to read."""

    def enter_headcounts(self) -> None:
        """Type headcounts in by hand."""


class DataCheckPage(QWidget):
    """Six figures above; employers by checks below, with the letter to the chosen one; then grossing up."""

    def __init__(
        self, session: Session, imports: Imports, checker: Checker, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._checker = checker
        self._shown: tuple[EmployerQuality, ...] = ()
        self.figures = {
            "staff": Figure(self.tr("Staff"), self),
            "returned": Figure(self.tr("Employers returned"), self),
            "paybill": Figure(self.tr("Pay bill a year"), self),
            "sex": Figure(self.tr("Sex not recorded"), self),
            "scale": Figure(self.tr("Off the pay scale"), self),
            "aside": Figure(self.tr("Staff set aside"), self),
        }
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Employers and checks"), self)
        self.chosen = ElidedLabel(bold=True, parent=self)
        self.standing = PlainLabel("", self, wrap=True)
        self.letter = QPlainTextEdit(self)
        self.letter.setReadOnly(True)
        self.letter.setTabChangesFocus(True)
        self.letter.setAccessibleName(self.tr("Query letter"))
        self.reply_by = QDateEdit(QDate.currentDate().addDays(14), self)
        self.reply_by.setMinimumDate(QDate.currentDate())
        self.reply_by.setCalendarPopup(True)
        self.reply_by.setDisplayFormat("d MMM yyyy")
        self.copy_button = QPushButton(self.tr("Cop&y letter"), self)
        self.save_button = QPushButton(self.tr("Save &letter…"), self)
        self.save_all_button = QPushButton(self.tr("Save all le&tters…"), self)
        self.grossing = GrossingPanel(session, self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self._lay_out(imports)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_letter())
        self.reply_by.dateChanged.connect(lambda _: self._show_letter())
        self.copy_button.clicked.connect(self.copy_letter)
        self.save_button.clicked.connect(self.save_letter)
        self.save_all_button.clicked.connect(self.save_all)
        for key, step in (("F3", 1), ("Shift+F3", -1)):
            QShortcut(
                QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            ).activated.connect(partial(self.next_to_ask, step))
        checker.checked.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the newest check."""
        quality, sector = self._checker.quality, self._session.sector
        if quality is None or sector is None:
            return
        self._middle.setCurrentIndex(0 if quality.staff or sector.employers else 1)  # 1: nothing is known yet
        self._show_figures(quality)
        kept = self._chosen_name()
        self._shown = quality.employers
        self.model.set_columns(self._columns(quality))
        self._fit()
        self._choose(kept)
        self._show_letter()

    def next_to_ask(self, step: int) -> None:
        """Go to the next employer (or, with -1, the one before) that is not ready."""
        from bargain.quality.check import State

        count = self.model.rowCount()
        start = self.table.currentIndex().row()
        for away in range(1, count + 1):
            at = (start + step * away) % count
            if self._shown[self.model.row_of(self.model.index(at, 0))].state is not State.READY:
                self.table.selectRow(at)
                self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def copy_letter(self) -> None:
        """Put the letter on the clipboard."""
        QApplication.clipboard().setText(prose_as_copied(self.letter.toPlainText()))

    def save_letter(self) -> None:
        """Ask for a folder, and write the letter to the chosen employer into it."""
        letter = self._letter()
        if letter is not None:
            self._save([letter])

    def save_all(self) -> None:
        """Ask for a folder, and write a letter to every employer of which something is asked."""
        from bargain.quality.letters import letters_of

        sector, quality = self._session.sector, self._checker.quality
        if sector is None or quality is None:
            return
        letters = letters_of(sector, quality, today=date.today(), reply_by=self._reply_by())
        if letters:
            self._save(list(letters))
        else:
            self._session.notice(self.tr("There is nothing to ask: every employer is ready."))

    # Showing

    def _show_figures(self, quality: DataQuality) -> None:
        show = self.figures
        show["staff"].show_value(formats.number(quality.staff), self.tr("counted in every figure"))
        show["returned"].show_value(
            self.tr("{returned} of {expected}").format(
                returned=formats.number(quality.returned), expected=formats.number(quality.expected)
            ),
            self.tr("{number} to ask").format(number=formats.number(quality.attention)),
        )
        show["paybill"].show_value(formats.money_short(quality.paybill), self.tr("basic pay, as returned"))
        sex = formats.DASH if quality.missing_sex is None else formats.percent(quality.missing_sex)
        show["sex"].show_value(sex, self.tr("of staff"))
        if quality.off_scale is None:
            show["scale"].show_value(formats.DASH, self.tr("no scale"))
        else:
            show["scale"].show_value(formats.percent(quality.off_scale), self.tr("of staff"))
        show["aside"].show_value(
            formats.number(quality.set_aside),
            self.tr("of {rows} rows set aside").format(rows=formats.number(quality.rows_aside)),
        )

    def _columns(self, quality: DataQuality) -> tuple[Column, ...]:
        from bargain.quality.check import SYMBOLS
        from bargain.quality.words import groups, target_share, target_source

        rows = quality.employers
        words = self._state_words()
        headings = {
            "pay": self.tr("Pay"),
            "hours": self.tr("Hours"),
            "grade": self.tr("Grade"),
            "sex": self.tr("Sex"),
            "contract": self.tr("Contract"),
            "dates": self.tr("Dates"),
            "twice": self.tr("Twice"),
            "rows": self.tr("Rows"),
        }
        target = self.tr("At least {share} of required fields. {source}").format(
            share=formats.percent(target_share(), 0), source=target_source()
        )
        first = (
            Column(self.tr("Employer"), [row.name for row in rows]),
            Column(self.tr("State"), [f"{SYMBOLS[row.state]} {words[row.state]}" for row in rows]),
            staff_column(self.tr("Staff"), [row.staff for row in rows], formats.number),
            Column(
                self.tr("Complete"), [row.complete for row in rows], _complete, is_number=True, tip=target
            ),
        )
        checks = tuple(
            Column(
                headings[group],
                [_key(row, group) for row in rows],
                _cell,
                is_number=True,
                say=self._say,
                tip=self.tr("✓ nothing to ask · ?n to ask about · ✗n set aside · – not returned"),
            )
            for group in groups()
        )
        return (*first, *checks)

    def _fit(self) -> None:
        """As narrow as headings and figures allow, so that employers keep room for their names."""
        self.table.fit(0)
        heading, metrics = self.table.horizontalHeader(), self.table.fontMetrics()
        widest = 0
        for at in range(1, self.model.columnCount()):
            heading.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
            texts = [str(self.model.headerData(at, Qt.Orientation.Horizontal))]
            texts += [str(self.model.data(self.model.index(row, at))) for row in range(self.model.rowCount())]
            width = max(metrics.horizontalAdvance(text) for text in texts) + _PADDING
            heading.resizeSection(at, width)
            widest += width
        heading.setMinimumSectionSize(_PADDING)
        names = [metrics.horizontalAdvance(row.name) for row in self._shown]
        room = self.table.viewport().width() - widest
        if room < _LEAST_NAME:  # then the checks scroll, not the names
            heading.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            needed = max(max(names, default=0) + _PADDING, heading.sectionSizeHint(0))
            heading.resizeSection(0, min(needed, _LEAST_NAME))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew, once the table has its own."""
        super().resizeEvent(event)
        if self.model.columnCount():
            QTimer.singleShot(0, self, self._fit)

    def _state_words(self) -> dict[str, str]:
        return {
            "not returned": self.tr("not returned"),
            "rows set aside": self.tr("set aside"),
            "incomplete": self.tr("incomplete"),
            "queries": self.tr("queries"),
            "ready": self.tr("ready"),
        }

    def _say(self, key: float | None) -> str:
        if key is None:
            return self.tr("not returned")
        aside, asked = divmod(int(key), _ASIDE)
        return self.tr("{asked} to ask about, {aside} set aside").format(asked=asked, aside=aside)

    def _show_letter(self) -> None:
        letter, one = self._letter(), self._employer()
        for button in (self.copy_button, self.save_button):
            button.setEnabled(letter is not None)
        if letter is None or one is None:
            self.chosen.show_text(self.tr("Choose an employer to see what to ask."))
            self.standing.setText("")
            self.letter.setPlainText("")
            return
        from bargain.quality.letters import letter_text
        from bargain.quality.words import target_share

        self.chosen.show_text(one.name)
        parts = [self._state_words()[one.state]]
        if one.complete is not None:
            parts.append(
                self.tr("{share} of required fields (target {target})").format(
                    share=_complete(one.complete), target=formats.percent(target_share(), 0)
                )
            )
        if one.to_place:
            parts.append(
                self.tr("{number} staff to place on the ladder").format(number=formats.number(one.to_place))
            )
        self.standing.setText(" · ".join(parts))
        self.letter.setPlainText(letter_text(letter))

    # The chosen employer

    def _employer(self) -> EmployerQuality | None:
        selected = self.table.selectionModel().selectedRows()
        return self._shown[self.model.row_of(selected[0])] if selected else None

    def _chosen_name(self) -> str:
        one = self._employer() if self.model.rowCount() and self._shown else None
        return one.name if one is not None else ""

    def _choose(self, name: str) -> None:
        """The employer that was chosen before; else the first that must be asked something."""
        from bargain.quality.check import State

        places = {
            self._shown[self.model.row_of(self.model.index(at, 0))].name: at for at in range(len(self._shown))
        }
        to_ask = [one.name for one in self._shown if one.state is not State.READY]
        wanted = name if name in places else next(iter(to_ask), next(iter(places), ""))
        if wanted:
            at = self.model.index(places[wanted], 0)
            flags = QItemSelectionModel.SelectionFlag
            self.table.setCurrentIndex(at)
            self.table.selectionModel().select(at, flags.ClearAndSelect | flags.Rows)

    def _letter(self) -> QueryLetter | None:
        from bargain.quality.letters import letter_to

        sector, one = self._session.sector, self._employer()
        if sector is None or one is None:
            return None
        return letter_to(sector, one, today=date.today(), reply_by=self._reply_by())

    def _reply_by(self) -> date:
        day = self.reply_by.date()
        return date(day.year(), day.month(), day.day())

    def _save(self, letters: list[QueryLetter]) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Folder for the letters"), str(desk.documents())
        )
        if not folder:
            return
        from bargain.quality.letter_files import write_letters

        try:
            names = write_letters(letters, Path(folder))
        except UnusableInput as unusable:
            self._session.notice(str(unusable), Severity.ERROR)
            return
        text = self.tr("Letters written: {number} files in {folder}. They name no staff.")
        self._session.notice(text.format(number=formats.number(len(names)), folder=folder))

    # Putting together

    def _lay_out(self, imports: Imports) -> None:
        tiles = QGridLayout()
        tiles.setSpacing(8)
        for at, figure in enumerate(self.figures.values()):
            tiles.addWidget(figure, 0, at)
            tiles.setColumnStretch(at, 1)
        self.tabs.addTab(self._employers_tab(), self.tr("Employers and checks"))
        self.tabs.addTab(self.grossing, self.tr("Grossing up"))
        full = QWidget(self)
        below = QVBoxLayout(full)
        below.setContentsMargins(0, 0, 0, 0)
        below.addLayout(tiles)
        below.addWidget(self.tabs, 1)
        self._middle = QStackedLayout()
        self._middle.addWidget(full)
        self._middle.addWidget(self._empty(imports))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        column.addWidget(PlainLabel(self.tr("Data check"), self, bold=True, scale=1.3))
        column.addLayout(self._middle, 1)

    def _employers_tab(self) -> QWidget:
        line = QHBoxLayout()
        label = PlainLabel(self.tr("Reply &by:"), self)
        label.setBuddy(self.reply_by)
        line.addWidget(label)
        line.addWidget(self.reply_by)
        line.addStretch(1)
        line.addWidget(self.save_all_button)
        buttons = QHBoxLayout()
        for button in (self.copy_button, self.save_button):
            buttons.addWidget(button)
        right = PageColumn(300, self)
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 4, 0, 4)
        column.setSpacing(4)
        column.addWidget(self.chosen)
        column.addWidget(self.standing)
        column.addWidget(self.letter, 1)
        column.addLayout(buttons)
        column.addLayout(line)
        tab = QWidget(self)
        row = QHBoxLayout(tab)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.table, 1)
        row.addWidget(right)
        return tab

    def _empty(self, imports: Imports) -> QWidget:
        """What stands here before anything is known of any employer."""
        self.import_button = QPushButton(self.tr("Import staff data…"), self)
        self.import_button.clicked.connect(imports.import_files)
        self.headcounts_button = QPushButton(self.tr("Enter headcounts…"), self)
        self.headcounts_button.clicked.connect(imports.enter_headcounts)
        return EmptyPage(
            self.tr("No staff data yet."),
            self.tr(
                "Import what the employers have sent. Then you see here who has returned, what is missing or "
                "doubtful, and can write to each employer about it. You can still work without: type how many women "
                "and men are on each pay point."
            ),
            self.import_button,
            self.headcounts_button,
            parent=self,
        )


def _key(row: EmployerQuality, group: str) -> float | None:
    if not row.staff and not row.queries:
        return None
    count, aside = row.counts(group)
    return float(aside * _ASIDE + count - aside)


def _cell(key: float | None) -> str:
    if key is None:
        return formats.DASH
    from bargain.quality.check import cell_text

    aside, asked = divmod(int(key), _ASIDE)
    return cell_text(asked + aside, aside)


def _complete(share: float | None) -> str:
    if share is None:
        return formats.DASH
    from bargain.quality.check import whole_percent

    return formats.percent(whole_percent(share), 0)
