"""Asks for the facts of a new sector: its name, starting pack, file and passphrase."""

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
from ui.dialogs.form import FormDialog
from ui.session import Session
from ui.widgets.plain_label import PlainLabel

SUFFIX = ".bargain"
SHORTEST = 8  # characters of a passphrase
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
        self.pack = QComboBox(self)
        self._fill_packs()
        self.data_date = QDateEdit(QDate.currentDate(), self)
        self.data_date.setCalendarPopup(True)
        self.data_date.setDisplayFormat("d MMMM yyyy")
        self.path = QLineEdit(self)
        self.passphrase = self.passphrase_field()
        self.again = self.passphrase_field()
        self.strength = PlainLabel("", self)
        self._lay_out()
        self.name.textChanged.connect(self._follow_name)
        self.path.textEdited.connect(self._typed_path)
        self.passphrase.textChanged.connect(self._show_strength)
        self._show_strength("")
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
        sector = replace(sector, data_date=self._day())
        self._session.create(sector, Path(self.path.text()), self.passphrase.text())
        self.passphrase.clear()
        self.again.clear()
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
                "Nobody can open the file without the passphrase, and nobody can bring it back. Write it down."
            ),
            self,
            wrap=True,
        )
        note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.add_row(self.tr("Sector &name:"), self.name)
        self.add_row(self.tr("S&tarting pack:"), self.pack)
        self.add_row(self.tr("Pay data as &of:"), self.data_date)
        self.add_row(self.tr("F&ile:"), place, self.path)
        self.add_row(self.tr("&Passphrase:"), self.passphrase)
        self.add_row(self.tr("The same &again:"), self.again)
        self.add_row("", self.strength)
        self.add_row("", self.show_box(self.passphrase, self.again))
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
        if len(self.passphrase.text()) < SHORTEST:
            return self.tr("The passphrase is too short. Use %n characters or more.", "", SHORTEST)
        if self.passphrase.text() != self.again.text():
            return self.tr("The two passphrases are not the same. Type them again.")
        return ""

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

    def _show_strength(self, text: str) -> None:
        words = {
            0: self.tr("Four or five words that do not belong together are strong and easy to remember."),
            1: self.tr("Strength: weak. Add words."),
            2: self.tr("Strength: fair. One more word would help."),
            3: self.tr("Strength: good."),
        }
        self.strength.setText(words[strength(text)])


def strength(text: str) -> int:
    """How strong a passphrase is: 0 nothing typed, 1 weak, 2 fair, 3 good. By length and variety, roughly."""
    if not text:
        return 0
    varied = len(set(text))
    if len(text) < 12 or varied < 6:
        return 1
    return 2 if len(text) < 20 or varied < 8 else 3
