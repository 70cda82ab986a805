"""Step 3: what would be added – margins by employer and year, labour against the staff data – and what is doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from ui import formats
from ui.accounts_import import words
from ui.import_assistant.pane import ChoiceBox, SidePane, on_keys
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.accounts_preview import AccountsRow
    from ui.accounts_import.files import AccountsFile, AccountsFiles
    from ui.session import Session

_AS_NEW, _LEAVE_OUT = "\x00new", "\x00out"


class CheckStep(QWidget):
    """A table of employers' years, a table of doubtful rows, and on the right who an employer is."""

    def __init__(self, session: Session, reader: AccountsFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._reader = reader
        self._rows: tuple[tuple[AccountsFile, AccountsRow], ...] = ()
        self.model = ColumnTable(parent=self)
        self.table = Table(self.model, self.tr("Accounts that would be added"), self)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.doubts = ColumnTable(parent=self)
        self.doubt_table = Table(self.doubts, self.tr("Doubtful rows"), self)
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName(self.tr("Accounts and doubtful rows"))
        self.tabs.addTab(self.table, self.tr("Employers"))
        self.tabs.addTab(self.doubt_table, self.tr("Doubtful rows"))
        self.said = PlainLabel("", self, wrap=True)
        self.pane = SidePane(self.tr("This employer"), self)
        self.who = self.pane.words(bold=True)
        self.told = self.pane.words()
        self.is_box = ChoiceBox(self.tr("The sector's employer"), self.pane.inside)
        self.is_label = self.pane.named(self.tr("In this sector &it is:"), self.is_box)
        self.others = self.pane.words()
        self.pane.column.addStretch(1)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_employer())
        self.is_box.picked.connect(self._choose)
        on_keys(self.table, ("Return", "Enter", "F2"), self._ask)

    def focus_first(self) -> None:
        """Go to the employers."""
        self.tabs.setCurrentIndex(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_files(self) -> None:
        """Show what all files together would add."""
        at = max(self.table.currentIndex().row(), 0)
        files = self._reader.files
        self._rows = tuple((one, row) for one in files for row in one.rows)
        self.model.set_columns(self._columns() if self._rows else ())
        self.table.fit(0)
        self.doubts.set_columns(self._doubts(files))
        self.doubt_table.fit(4)
        self.tabs.setTabText(1, self.tr("Doubtful rows (%n)", "", self.doubts.rowCount()))
        self.said.setText(self._summary(files))
        if self._rows:
            flags = QItemSelectionModel.SelectionFlag
            index = self.model.index(min(at, len(self._rows) - 1), 0)
            with QSignalBlocker(self.table.selectionModel()):
                self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._show_employer()

    def _columns(self) -> tuple[Column, ...]:
        rows = [row for _, row in self._rows]
        books = [row.books for row in rows]
        pounds, percent = formats.money_short, formats.percent
        unknown = self.tr("not in this sector")
        return (
            Column(self.tr("Employer"), [one.employer for one in rows]),
            Column(self.tr("Year end"), [one.year_end for one in rows], formats.day),
            Column(
                self.tr("What happens"),
                [
                    words.state(one.state) if one.is_known else f"{words.state(one.state)}, {unknown}"
                    for one in rows
                ],
            ),
            Column(self.tr("Income"), [one.revenue for one in books], pounds, is_number=True),
            Column(self.tr("Labour"), [one.labour for one in books], pounds, is_number=True),
            Column(
                self.tr("Result"),
                [one.result for one in books],
                pounds,
                is_number=True,
                tip=self.tr("Operating result: income less labour, other costs, directors' pay and rent"),
            ),
            Column(self.tr("Margin"), [one.margin for one in rows], percent, is_number=True),
            Column(
                self.tr("Pay ÷ accounts"),
                [one.ratio for one in rows],
                percent,
                is_number=True,
                tip=self.tr("Labour cost of the staff data over labour in the accounts"),
            ),
        )

    def _doubts(self, files: tuple[AccountsFile, ...]) -> tuple[Column, ...]:
        readings = [
            one.look.reading for one in files if one.look is not None and one.look.reading is not None
        ]
        found = [(one.file, problem) for one in readings for problem in one.problems]
        return (
            Column(self.tr("File"), [file for file, _ in found]),
            Column(self.tr("Row"), [one.row for _, one in found], str, is_number=True),
            Column(self.tr("Column"), [one.column for _, one in found]),
            Column(self.tr("In the file"), [one.value for _, one in found]),
            Column(self.tr("What about it"), [one.reason for _, one in found]),
        )

    def _summary(self, files: tuple[AccountsFile, ...]) -> str:
        """Every row of the files accounted for, and margins and ratio together with how many stand behind them."""
        from bargain.accounts_preview import together

        readings = [
            one.look.reading for one in files if one.look is not None and one.look.reading is not None
        ]
        if not readings:
            return ""
        counted = self.tr("{rows} = {read} read + {totals} + {aside} set aside + {blank} blank.").format(
            rows=self.tr("%Ln row(s) in the file", "", sum(one.rows_in_file for one in readings)),
            read=formats.number(sum(one.rows_read for one in readings)),
            totals=self.tr("%Ln total(s)", "", sum(one.totals for one in readings)),
            aside=formats.number(sum(one.set_aside for one in readings)),
            blank=formats.number(sum(one.blank for one in readings)),
        )
        whole = together([row for _, row in self._rows])
        parts = [
            self.tr("Margin together {margin}, of {n} of {rows}").format(
                margin=formats.percent(whole.margin), n=whole.with_margin, rows=whole.rows
            ),
            self.tr("pay of the staff data ÷ labour in the accounts {ratio}, of {n}").format(
                ratio=formats.percent(whole.ratio), n=whole.with_ratio
            )
            if whole.with_ratio
            else self.tr("no pay in the staff data to hold against labour in the accounts"),
        ]
        if whole.first_year is not None:
            span = formats.day(whole.first_year)
            if whole.last_year != whole.first_year:
                span = f"{span} – {formats.day(whole.last_year)}"
            parts.append(self.tr("year ends {span}").format(span=span))
        if whole.without_year:
            parts.append(self.tr("%n without a year end", "", whole.without_year))
        return f"{counted} {'; '.join(parts)}."

    # Who an employer is

    def _current(self) -> tuple[AccountsFile, AccountsRow] | None:
        index = self.table.currentIndex()
        if not index.isValid() or index.row() >= self.model.rowCount():
            return None
        return self._rows[self.model.row_of(index)]

    def _told_name(self, file: AccountsFile, row: AccountsRow) -> str:
        """The file's own name of an employer that it had to be told of; blank where the name was known."""
        look = file.look
        if look is None or look.reading is None:
            return ""
        if row.employer in dict(look.reading.unmatched):
            return row.employer
        return next((told for told, ours in look.mapping.employers.items() if ours == row.employer), "")

    def _show_employer(self) -> None:
        current = self._current()
        told = "" if current is None else self._told_name(*current)
        for widget in (self.is_label, self.is_box):
            widget.setVisible(bool(told))
        self.others.setText(self._others())
        if current is None:
            self.who.setText("")
            self.told.setText("")
            return
        file, row = current
        self.who.setText(row.employer)
        if not told:
            known = (
                self.tr("Known in this sector.")
                if row.is_known
                else self.tr("A new employer of this sector.")
            )
            self.told.setText(known)
            return
        self.told.setText(
            self.tr("The file calls it “{name}”, which this sector does not have.").format(name=told)
        )
        reading = None if file.look is None else file.look.reading
        like = () if reading is None else dict(reading.unmatched).get(told, ())
        sector = self._session.sector
        names = (
            () if sector is None else (*(one.name for one in sector.employers), *sector.workforce.employers)
        )
        rest = sorted(set(names) - set(like), key=str.casefold)
        near = [(name, self.tr("{name} (a like name)").format(name=name)) for name in like]
        choices = [(_AS_NEW, self.tr("a new employer")), *near, *((name, name) for name in rest)]
        choices.append((_LEAVE_OUT, self.tr("left out of this import")))
        self.is_box.show_choices(choices, row.employer if row.employer != told else _AS_NEW)

    def _others(self) -> str:
        """Employers that this sector does not know, by name."""
        names = [
            name
            for one in self._reader.files
            if one.look is not None and one.look.reading is not None
            for name, _ in one.look.reading.unmatched
        ]
        if not names:
            return ""
        shown = ", ".join(names[:12]) + ("…" if len(names) > 12 else "")
        return self.tr("Not in this sector yet: {names}.").format(names=shown)

    def _choose(self, value: str) -> None:
        from dataclasses import replace

        current = self._current()
        if current is None or current[0].look is None:
            return
        file, row = current
        told = self._told_name(file, row)
        if not told:
            return
        held = dict(file.look.mapping.employers) if file.look is not None else {}
        if value == _AS_NEW:
            held.pop(told, None)
        else:
            held[told] = "" if value == _LEAVE_OUT else value
        if file.look is not None:
            self._reader.say(file.path, replace(file.look.mapping, employers=held))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        if self.is_box.isVisible():
            self.is_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.is_box.showPopup()

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(6)
        middle.addWidget(self.tabs, 1)
        middle.addWidget(self.said)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(middle, 1)
        row.addWidget(self.pane)
