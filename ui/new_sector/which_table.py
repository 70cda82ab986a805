"""Page 1, which table: name, nations, what the sector starts from, the day of its data, and where its file goes."""

from __future__ import annotations

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
    QVBoxLayout,
    QWidget,
)

from bargain.plain_names import plain_name
from ui.new_sector.fields import nation_boxes
from ui.new_sector.page import Page, add_row, form_of
from ui.widgets.chooser import widen
from ui.widgets.plain_label import PlainLabel, plain_tip

SUFFIX = ".bargain"
_FORBIDDEN = set('/\\:*?"<>|')


class TablePage(Page):
    """``pack_changed``: another starter, with a week and nations of its own."""

    pack_changed = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._path_is_typed = False
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.tr("For example: Children's homes, North West, 2027"))
        self.name.setToolTip(plain_tip(self.tr("It stands in the window's title and on the start page.")))
        self.nations = nation_boxes(self)
        self.pack = QComboBox(self)
        widen(self.pack, letters=20)
        self.data_date = QDateEdit(QDate.currentDate(), self)
        self.data_date.setCalendarPopup(True)
        self.data_date.setDisplayFormat("d MMMM yyyy")
        self.path = QLineEdit(self)
        self.choose = QPushButton(self.tr("Choose…"), self)
        self._fill_packs()
        self._lay_out()
        self._take_nations()
        self.pack.currentIndexChanged.connect(self._change_pack)
        self.name.textChanged.connect(self._follow_name)
        self.path.textEdited.connect(self._typed_path)
        self.choose.clicked.connect(self._choose_path)

    def enter(self) -> None:
        """The name comes first."""
        self.name.setFocus()

    @property
    def pack_id(self) -> str:
        """The starter."""
        return str(self.pack.currentData())

    def ticked(self) -> tuple[str, ...]:
        """The nations covered."""
        return tuple(one.text() for one in self.nations if one.isChecked())

    def day(self) -> date:
        """Of the pay data."""
        chosen = self.data_date.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def file(self) -> Path:
        """Where the file goes."""
        return Path(self.path.text())

    def wrong_field(self) -> QLineEdit:
        """The name, or the file."""
        return self.path if plain_name(self.name.text()) else self.name

    def what_is_wrong(self) -> str:
        """A name, and a file that is not there yet in a folder that is."""
        path = self.file()
        if not plain_name(self.name.text()):
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
        return ""

    def _lay_out(self) -> None:
        nations = QHBoxLayout()
        for box in self.nations:
            nations.addWidget(box)
        nations.addStretch(1)
        self.choose.setAccessibleName(self.tr("Choose where the file goes"))
        self.choose.setAutoDefault(False)
        place = QHBoxLayout()
        place.addWidget(self.path, 1)
        place.addWidget(self.choose)
        form = form_of()
        add_row(form, self.tr("Sector &name:"), self.name)
        add_row(form, self.tr("Nations covered:"), nations)
        add_row(form, self.tr("S&tarts from:"), self.pack)
        add_row(form, self.tr("Pay data as &of:"), self.data_date)
        add_row(form, self.tr("F&ile:"), place, self.path)
        note = PlainLabel(
            self.tr(
                "The start brings grades with the job titles they are known by, the week, the sides at the table and the legal "
                "basis. All of it can be changed later (Data menu and Baseline)."
            ),
            self,
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addSpacing(6)
        column.addWidget(note)
        column.addStretch(1)

    def _fill_packs(self) -> None:
        from bargain.packs import DEFAULT_PACK, pack_ids, pack_label

        for one in pack_ids():
            self.pack.addItem(pack_label(one), one)
        self.pack.setCurrentIndex(max(0, self.pack.findData(DEFAULT_PACK)))

    def _take_nations(self) -> None:
        """The nations that a starter is written for are ticked; one for any nation leaves the ticks as they are."""
        from bargain.packs import pack_nations

        own = pack_nations(self.pack_id)
        for box in self.nations if own else ():
            box.setChecked(box.text() in own)

    def _change_pack(self) -> None:
        self._take_nations()
        self.pack_changed.emit()

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
