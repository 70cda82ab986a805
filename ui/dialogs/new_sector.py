"""Asks for the facts of a new sector: its name, starting pack, file and passphrase; then shows its recovery key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from models.issues import UnusableInput
from models.sector import Sector
from ui.dialogs.form import FormDialog
from ui.dialogs.recovery_key import RecoveryKeyDialog
from ui.session import Session
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.plain_label import PlainLabel, plain_tip

SUFFIX = ".bargain"
_FORBIDDEN = set('/\\:*?"<>|')


class NewSectorDialog(FormDialog):
    """Makes the file when all is well; says what is not, in a sentence, beside the buttons."""

    made = Signal()  # the sector is open

    def __init__(self, session: Session, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("New sector"), self.tr("Make the sector"), parent)
        self._session = session
        self._folder = folder
        self._path_is_typed = False
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.tr("For example: Children's homes, North West, 2027"))
        self.name.setToolTip(plain_tip(self.tr("It stands in the window's title and on the start page.")))
        self.pack = QComboBox(self)
        self._fill_packs()
        self.data_date = QDateEdit(QDate.currentDate(), self)
        self.data_date.setCalendarPopup(True)
        self.data_date.setDisplayFormat("d MMMM yyyy")
        self.path = QLineEdit(self)
        self.secret = NewPassphrase(self)
        self.passphrase, self.again = self.secret.first, self.secret.again
        self._lay_out()
        self.name.textChanged.connect(self._follow_name)
        self.path.textEdited.connect(self._typed_path)
        self.resize(640, 390)
        self.name.setFocus()

    def submit(self) -> None:
        """Make the sector, or say what is missing."""
        wrong = self._what_is_wrong()
        self.say_wrong(wrong)
        if wrong:
            return
        from bargain.packs import new_sector

        try:
            sector = new_sector(self.name.text().strip(), self.pack.currentData())
        except UnusableInput as unusable:
            self.say_wrong(str(unusable))
            return
        made = replace(sector, data_date=self._day())
        path = Path(self.path.text())
        RecoveryKeyDialog(path.name, self._folder, lambda key: self._make(made, path, key), self).open()

    def _make(self, sector: Sector, path: Path, recovery_key: str) -> None:
        self._session.create(sector, path, self.secret.text, recovery_key=recovery_key)
        self.secret.clear()
        self.accept()
        self.made.emit()

    def _day(self) -> date:
        chosen = self.data_date.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _lay_out(self) -> None:
        choose = QPushButton(self.tr("Choose…"), self)
        choose.setAccessibleName(self.tr("Choose where the file goes"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_path)
        place = QHBoxLayout()
        place.addWidget(self.path, 1)
        place.addWidget(choose)
        note = PlainLabel(
            self.tr(
                "Nobody can open the file without the passphrase or the recovery key, which comes next. Nobody can bring "
                "back a lost passphrase, not even we."
            ),
            self,
            wrap=True,
        )
        note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.add_row(self.tr("Sector &name:"), self.name)
        self.add_row(self.tr("S&tarting pack:"), self.pack)
        self.add_row(self.tr("Pay data as &of:"), self.data_date)
        self.add_row(self.tr("F&ile:"), place, self.path)
        self.secret.add_to(self.form, self.tr("&Passphrase:"), self.tr("The same &again:"))
        self.add_row("", note)

    def _fill_packs(self) -> None:
        from bargain.packs import DEFAULT_PACK, pack_ids, pack_label

        for one in pack_ids():
            self.pack.addItem(pack_label(one), one)
        self.pack.setCurrentIndex(max(0, self.pack.findData(DEFAULT_PACK)))

    def _what_is_wrong(self) -> str:
        path = Path(self.path.text())
        if not self.name.text().strip():
            return self.tr("Give the sector a name.")
        if path.suffix != SUFFIX or not path.name.removesuffix(SUFFIX):
            return self.tr("The file name must end in .bargain.")
        if path.exists():
            return self.tr(
                "There is a file {name} there already. Choose another name, so that nothing is lost."
            ).format(name=path.name)
        if not path.parent.is_dir():
            return self.tr("There is no folder {folder}. Choose one that is there.").format(
                folder=path.parent
            )
        return self.secret.what_is_wrong()

    def _follow_name(self, name: str) -> None:
        if not self._path_is_typed:
            safe = "".join("-" if letter in _FORBIDDEN else letter for letter in name).strip(" .")
            self.path.setText(str(self._folder / f"{safe}{SUFFIX}") if safe else "")

    def _typed_path(self, _: str) -> None:
        self._path_is_typed = True

    def _choose_path(self) -> None:
        at = self.path.text() or str(self._folder)
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Where the file goes"), at, self.tr("Sectors (*.bargain)")
        )
        if name:
            self._path_is_typed = True
            self.path.setText(name if name.endswith(SUFFIX) else name + SUFFIX)
