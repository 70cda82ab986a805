"""What the menus, the start page and the pages ask for: opens dialogs and hands their answers to the session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QStandardPaths
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.session import Session

SUFFIX = ".bargain"
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv")


class Desk(QObject):
    """The verbs of the menus. Dialogs are imported when they are first wanted."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

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

    def open_path(self, path: Path, *, is_sample: bool = False) -> None:
        """Open a sector file, asking for its passphrase; the sample's is known."""
        if is_sample:
            self._session.open(path, None)
            return
        from ui.dialogs.passphrase import PassphraseDialog

        PassphraseDialog(self._session, path, self._window).open()

    def open_sample(self) -> None:
        """Make a fresh copy of the sample sector in a folder of its own, and open it."""
        self._session.open_sample(unused(documents() / self.tr("Bargain sample")))

    def save_elsewhere(self) -> None:
        """Ask where the file should be from now on."""
        at = self._session.path or documents() / f"sector{SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save somewhere else"), str(at), self.tr("Sectors (*.bargain)")
        )
        if name:
            path = Path(name)
            self._session.save_elsewhere(
                path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
            )

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Open a dropped sector file; import dropped spreadsheets."""
        sectors = [path for path in paths if path.suffix.casefold() == SUFFIX]
        if sectors:
            self.open_path(sectors[0])
        elif paths:
            self.import_paths(paths)

    def import_files(self) -> None:
        """Ask which payroll files to read."""
        kinds = " ".join(f"*{suffix}" for suffix in SPREADSHEETS)
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Import staff data"),
            str(documents()),
            self.tr("Spreadsheets ({kinds})").format(kinds=kinds),
        )
        if names:
            self.import_paths([Path(name) for name in names])

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Read payroll files and show what is in them; where nothing is open, first ask for the new sector."""
        if self._session.sector is None:
            self._start_with(paths)
            return
        from ui.dialogs.import_files import ImportDialog

        ImportDialog(self._session, paths, self._window).open()

    def _start_with(self, paths: Sequence[Path]) -> None:
        """A new sector, and as soon as it is made the payroll files that it starts with."""
        from ui.dialogs.new_sector import NewSectorDialog

        form = NewSectorDialog(self._session, documents(), self._window)
        form.made.connect(lambda: self.import_paths(paths))
        form.open()

    def read_accounts(self) -> None:
        """Ask for employers' accounts, and read them."""
        from ui.side_files import SideFiles

        path = self._ask(self.tr("Read employers' accounts"), SPREADSHEETS)
        if path is not None:
            SideFiles(self._session, self).read_accounts(path)

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

    # Help

    def keys(self, actions: Sequence[QAction]) -> None:
        """The list of keys."""
        from ui.dialogs.help import KeysDialog

        KeysDialog(actions, self._window).open()

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
        found, number = folder.with_name(f"{folder.name} {number}"), number + 1
    return found


def dropped_files(data: QMimeData) -> list[Path]:
    """The local files in what was dropped."""
    found = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in found if path.suffix.casefold() in {SUFFIX, *SPREADSHEETS}]
