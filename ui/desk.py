"""What the menus, the start page and the pages ask for: opens dialogs and hands their answers to the session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from models.issues import Severity
from ui.keeping import Keeping
from ui.notices import NoticeButton
from ui.passing import PACK_SUFFIX, Passing
from ui.rounds import Rounds
from ui.session import Session

if TYPE_CHECKING:
    from models.sector import ImportRecord, Sector

SUFFIX = ".bargain"
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv")


class Desk(QObject):
    """The verbs of the menus. Dialogs are imported when they are first wanted."""

    # payroll files to read (none: only go there), and the settings to read them with or None
    import_wanted = Signal(list, object)
    accounts_wanted = Signal(list)  # files of accounts to read; none: only go there

    def __init__(self, session: Session, window: QWidget, show_beside: Callable[[Sector, str], None]) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.keeping = Keeping(session, window, show_beside)
        self.rounds = Rounds(session, window, show_beside)
        self.passing = Passing(session, window, documents)

    # Files

    def new_sector(self) -> None:
        """Ask for the facts of a new sector and make its file."""
        from ui.dialogs.new_sector import NewSectorDialog

        NewSectorDialog(self._session, documents(), self._window).open()

    def open(self) -> None:
        """Ask which sector file to open."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open a sector"), str(documents()), self.tr("Sectors (*.bargain)")
        )
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path, *, recover: bool = True) -> None:
        """Open a sector file, asking for its passphrase; the sample has none."""
        from bargain.storage.outside import opens_to_everybody

        if opens_to_everybody(path):
            self._session.open(path, None, recover=recover)
            return
        from ui.dialogs.passphrase import PassphraseDialog

        PassphraseDialog(self._session, path, self.keeping.mend, self._window, recover=recover).open()

    def open_sample(self) -> None:
        """Make a fresh copy of the sample sector in a folder of its own, and open it."""
        self._session.open_sample(unused(documents() / self.tr("Bargain sample")))

    def save_elsewhere(self) -> None:
        """Ask where the file should be from now on."""
        at = self._session.path or documents() / f"sector{SUFFIX}"
        sector = self._session.sector
        if sector is not None and sector.is_sample:
            at = unused(documents() / self.tr("My copy of the sample{suffix}").format(suffix=SUFFIX))
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save somewhere else"), str(at), self.tr("Sectors (*.bargain)")
        )
        if name:
            path = Path(name)
            self._session.save_elsewhere(
                path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
            )

    def take_dropped(self, paths: Sequence[Path], *, as_accounts: bool = False) -> None:
        """Open a dropped sector file; import dropped spreadsheets, as accounts where those are being read."""
        sectors = [path for path in paths if path.suffix.casefold() == SUFFIX]
        packs = [path for path in paths if path.suffix.casefold() == PACK_SUFFIX]
        if sectors:
            self.open_path(sectors[0])
        elif packs:
            self.passing.take_file(packs[0])
        elif paths and as_accounts:
            self.accounts_wanted.emit(list(paths))
        elif paths:
            self.import_paths(paths)

    def import_files(self) -> None:
        """Go to the import assistant, where files are chosen or dropped; with nothing open, first ask which files."""
        if self._session.sector is None:
            paths = self.ask_payrolls()
            if paths:
                self._start_with(paths)
        elif not self._is_refused_by_sample(()):
            self.import_wanted.emit([], None)

    def ask_payrolls(self) -> list[Path]:
        """Ask which payroll files to read."""
        return self._ask_spreadsheets(self.tr("Import staff data"))

    def _ask_spreadsheets(self, title: str) -> list[Path]:
        kinds = " ".join(f"*{suffix}" for suffix in SPREADSHEETS)
        names, _ = QFileDialog.getOpenFileNames(
            self._window, title, str(documents()), self.tr("Spreadsheets ({kinds})").format(kinds=kinds)
        )
        return [Path(name) for name in names]

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Read payroll files and show what is in them; where nothing is open, first ask for the new sector."""
        if self._session.sector is None:
            self._start_with(paths)
        elif not self._is_refused_by_sample(paths):
            self.import_wanted.emit(list(paths), None)

    def _is_refused_by_sample(self, paths: Sequence[Path]) -> bool:
        """The sample takes no staff data: better said before the five steps than after them."""
        sector = self._session.sector
        if sector is None or not sector.is_sample:
            return False
        start = NoticeButton(self.tr("Start a new sector…"), lambda: self._start_with(paths))
        text = self.tr(
            "The sample opens without a secret, so it can't hold staff data. Make a new sector first."
        )
        self._session.notice(text, Severity.WARNING, start, key="sample")
        return True

    def read_again(self, record: ImportRecord) -> None:
        """Change how a file of an import was read: asks for the file, which is not kept here."""
        from ui.import_assistant.settings import reread

        sector = self._session.sector
        if sector is None or self._is_refused_by_sample(()):
            return
        title = self.tr("Where is {file}?").format(file=record.file)
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(documents() / record.file))
        if name:
            self.import_wanted.emit([Path(name)], reread(sector, record))

    def remembered(self) -> None:
        """How files were read before: shown, edited, sent on, forgotten."""
        from ui.dialogs.remembered import RememberedDialog

        if self._session.sector is not None:
            RememberedDialog(self._session, documents(), self._window).open()

    def _start_with(self, paths: Sequence[Path]) -> None:
        """A new sector, and as soon as it is made the payroll files that it starts with."""
        from ui.dialogs.new_sector import NewSectorDialog

        form = NewSectorDialog(self._session, documents(), self._window)

        def then() -> None:
            """The sector that was open may have had to be saved first."""
            sector = self._session.sector
            if sector is not None and not sector.is_sample:
                self.import_paths(paths)
            else:
                self._session.began.connect(
                    lambda: self.import_paths(paths), Qt.ConnectionType.SingleShotConnection
                )

        form.made.connect(then)
        form.open()

    def enter_headcounts(self) -> None:
        """Type in how many staff an employer has on each grade or pay point."""
        if self._session.sector is None:
            return
        from ui.dialogs.headcounts import HeadcountsDialog

        HeadcountsDialog(self._session, self._window).open()

    def add_awaited(self) -> None:
        """Name the employers from whom a return is awaited."""
        if self._session.sector is None:
            return
        from ui.dialogs.awaited import AwaitedDialog

        AwaitedDialog(self._session, self._window).open()

    def table_facts(self) -> None:
        """What is known of the talks: nations, settlement, years, week, legal basis."""
        from ui.dialogs.table_facts import TableFactsDialog

        if self._session.sector is not None:
            TableFactsDialog(self._session, self._session.sector, self._window).open()

    def parties(self) -> None:
        """Who sits at the table, and for how many staff each speaks."""
        from ui.dialogs.parties import PartiesDialog

        if self._session.sector is not None:
            PartiesDialog(self._session, self._window).open()

    def read_accounts(self) -> None:
        """Go to where employers' accounts are read: files are chosen or dropped there."""
        if self._session.sector is not None:
            self.accounts_wanted.emit([])

    def edit_accounts(self) -> None:
        """Type in or change employers' accounts, a column a year."""
        self.edit_accounts_of("")

    def edit_accounts_of(self, employer: str) -> None:
        """The same, with one employer's shown first."""
        from ui.dialogs.accounts_by_hand import AccountsByHandDialog

        if self._session.sector is not None:
            AccountsByHandDialog(self._session, employer, self._window).open()

    def ask_accounts(self) -> list[Path]:
        """Ask which files of accounts to read."""
        return self._ask_spreadsheets(self.tr("Read employers' accounts"))

    def read_targets(self) -> None:
        """Ask for a targets file, and read it."""
        from ui.side_files import SideFiles

        path = self._ask(self.tr("Read targets"), (".toml",))
        if path is not None:
            SideFiles(self._session, self).read_targets(path)

    def _ask(self, title: str, suffixes: Sequence[str]) -> Path | None:
        kinds = " ".join(f"*{suffix}" for suffix in suffixes)
        name, _ = QFileDialog.getOpenFileName(
            self._window, title, str(documents()), self.tr("Files ({kinds})").format(kinds=kinds)
        )
        return Path(name) if name else None

    # Offers

    def new_draft(self) -> None:
        """A draft that changes nothing yet."""
        from ui.drafts import first_draft

        sector = self._session.sector
        if sector is not None:
            self._session.add_offer(first_draft(sector, self.tr("Draft")), self.tr("New draft"))

    def duplicate_draft(self) -> None:
        """A copy of the offer on the table, to change."""
        offer = self._session.offer
        name = self.tr("{name} – copy").format(name=offer.name)
        text = self.tr("Duplicate “{name}”").format(name=offer.name)
        self._session.add_offer(replace(offer, name=name, tabled=False), text)

    def remove_draft(self) -> None:
        """Take the offer on the table away; undo brings it back."""
        name = self._session.offer.name
        self._session.remove_offer(name, self.tr("Remove “{name}”").format(name=name))

    def find_value(self) -> None:
        """The offer that would do what is asked of it."""
        from ui.dialogs.find_value import FindValueDialog

        FindValueDialog(self._session, self._window).open()

    # Looking into the figures

    def open_workbook(self, appraisal: object = None) -> None:
        """The costing with live formulas, saved where the person says and opened; of the offer on the table or another."""
        from models.appraisal import Appraisal
        from ui.workbook import open_workbook

        other = appraisal if isinstance(appraisal, Appraisal) else None
        open_workbook(self._session, other, documents(), self._window)

    def what_moves_it(self) -> None:
        """The chart of what moves the cost."""
        from ui.dialogs.what_moves_it import WhatMovesItDialog

        WhatMovesItDialog(self._session, self._window).open()

    def why_different(self) -> None:
        """Ask for the other side's file, and tell the causes of the difference."""
        from ui.dialogs.why_different import WhyDifferentDialog

        WhyDifferentDialog(self._session, documents(), self._window).open()

    # Help

    def keys(self, actions: Sequence[QAction]) -> None:
        """The list of keys."""
        from ui.dialogs.help import KeysDialog

        KeysDialog(actions, self._window).open()

    def report(self) -> None:
        """What a report about a mistake of the app would hold."""
        from ui.dialogs.report import ReportDialog

        ReportDialog(self._window).open()

    def about(self) -> None:
        """What this is, and that it stays off the internet."""
        from ui.dialogs.help import AboutDialog

        AboutDialog(self._window).open()


def documents() -> Path:
    """The person's documents folder; their home where there is none."""
    found = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return found if found.is_dir() else Path.home()


def unused(folder: Path) -> Path:
    """The folder itself, or the first of its numbered names that is not there yet."""
    found, number = folder, 2
    while found.exists():
        found, number = folder.with_name(f"{folder.stem} {number}{folder.suffix}"), number + 1
    return found


def dropped_files(data: QMimeData) -> list[Path]:
    """The local files in what was dropped."""
    found = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in found if path.suffix.casefold() in {SUFFIX, PACK_SUFFIX, *SPREADSHEETS}]
