"""The bar above the levers: which offer is on the table, and what can be done with it as a whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QMenu,
    QMessageBox,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from models.issues import Severity, UnusableInput
from models.offer import Offer
from ui.levers import last_tabled, plain_rise
from ui.widgets.plain_label import plain_tip

if TYPE_CHECKING:
    from ui.session import Session

PLAIN_RISE = 30_000  # parts per million


class OfferBar(QWidget):
    """Which offer is on the table, and what can be done with it as a whole."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.chooser = QComboBox()
        self.chooser.setAccessibleName(self.tr("Offer on the table"))
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chooser.setMinimumContentsLength(10)
        self.chooser.currentIndexChanged.connect(self._choose)
        self.new = QPushButton(self.tr("&New"))
        self.new.setAccessibleName(self.tr("New offer"))
        self.new.setMenu(self._new_menu())
        self.table = QPushButton(self.tr("&Table it…"))
        self.table.setToolTip(
            plain_tip(self.tr("Put this offer to the other side: it can't be changed after (Ctrl+T)"))
        )
        self.table.clicked.connect(self.table_it)
        self.elements = QPushButton(self.tr("E&lements…"))
        self.elements.setToolTip(
            plain_tip(
                self.tr("Add or take out rules for some staff, gaps between grades, deleted points, fees")
            )
        )
        self.elements.clicked.connect(self._open_elements)
        self.more = QPushButton(self.tr("&More"))
        self.more.setAccessibleName(self.tr("More about this offer"))
        self.more.setMenu(self._more_menu())
        line = QHBoxLayout()
        line.setSpacing(4)
        for button in (self.new, self.table, self.elements, self.more):
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            line.addWidget(button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.chooser)
        rows.addLayout(line)

    def refresh(self) -> None:
        """Show the offers of the sector."""
        sector, offer = self._session.sector, self._session.offer
        offers = sector.offers if sector is not None else ()
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            for one in offers:
                state = self.tr("tabled") if one.tabled else self.tr("draft")
                self.chooser.addItem(f"{one.name} ({state})", one.name)
            self.chooser.setCurrentIndex(
                next((k for k, one in enumerate(offers) if one.name == offer.name), -1)
            )
        self.chooser.setToolTip(plain_tip(self.chooser.currentText()))
        self.table.setEnabled(bool(offers) and not offer.tabled)
        self.elements.setEnabled(not offer.tabled)
        self.rename_action.setEnabled(not offer.tabled)
        self.party_action.setEnabled(not offer.tabled)
        self.paste_action.setVisible(sector is not None and sector.scale is not None)
        self.theirs_action.setVisible(
            sector is not None and last_tabled(offer, sector, own=False) is not None
        )

    def start_from_now(self) -> None:
        """A draft that changes nothing yet."""
        sector = self._session.sector
        if sector is not None:
            self._session.add_offer(self._by(plain_rise(self.tr("Draft"), sector)), self.tr("New draft"))

    def start_from_rise(self) -> None:
        """A draft with the same percentage for everyone."""
        sector = self._session.sector
        if sector is not None:
            offer = plain_rise(self.tr("Plain 3%"), sector, percent_ppm=PLAIN_RISE)
            self._session.add_offer(self._by(offer), self.tr("New draft of 3%"))

    def start_from_paste(self) -> None:
        """A draft with a new pay scale, as it was copied in a spreadsheet."""
        from ui.dialogs.elements import ElementsDialog

        self.start_from_now()
        dialog = ElementsDialog(self._session, self)
        dialog.open()
        dialog.paste_scale()

    def start_from_file(self) -> None:
        """A draft from an offer file."""
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open an offer file"), "", self.tr("Offer files (*.toml)")
        )
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Read an offer file and put it on the table; what is wrong with it is said in one sentence."""
        from bargain.offers.offer_file import read_offer

        try:
            offer = read_offer(path.read_text(encoding="utf-8-sig"), source=path.name)
        except UnusableInput as unusable:
            self._session.notice(str(unusable), Severity.ERROR)
            return
        except (OSError, UnicodeDecodeError):
            text = self.tr("“{name}” can't be read as text. Choose an offer file (.toml).")
            self._session.notice(text.format(name=path.name), Severity.ERROR)
            return
        self._session.add_offer(offer, self.tr("Open offer “{name}”").format(name=offer.name))

    def table_it(self) -> None:
        """Ask once more, then make the offer one that can't be changed."""
        offer = self._session.offer
        if self._session.sector is None or offer.tabled or not self.table.isEnabled():
            return
        box = QMessageBox(self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Table it"))
        box.setText(self.tr("Table “{name}”?").format(name=offer.name))
        more = self.tr("A tabled offer can't be changed, only copied. Undo takes the tabling back.")
        if not offer.by:
            more = self.tr("{more} It is not recorded whose offer this is: see More, Whose offer.").format(
                more=more
            )
        box.setInformativeText(more)
        table = box.addButton(self.tr("Table it"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Back"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(table)

        def answered() -> None:
            if box.clickedButton() is table:
                text = self.tr("Table “{name}”").format(name=offer.name)
                self._session.change_offer(replace(offer, tabled=True), text)

        box.finished.connect(answered)
        box.open()

    def _new_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("&Copy of this offer"), self._copy_this)
        self.theirs_action = menu.addAction(self.tr("&Their last proposal, as a draft"), self._copy_theirs)
        menu.addAction(self.tr("A &plain rise of 3%"), self.start_from_rise)
        menu.addAction(self.tr("&Now: nothing changes"), self.start_from_now)
        menu.addAction(self.tr("From a &file…"), self.start_from_file)
        self.paste_action = menu.addAction(
            self.tr("A &scale copied in a spreadsheet…"), self.start_from_paste
        )
        return menu

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        self.rename_action = menu.addAction(self.tr("&Rename…"), self._rename)
        self.party_action = menu.addAction(self.tr("&Whose offer…"), self._ask_party)
        menu.addAction(self.tr("&Save as a file…"), self._save_file)
        menu.addAction(self.tr("Re&move"), self._remove)
        return menu

    def _open_elements(self) -> None:
        from ui.dialogs.elements import ElementsDialog

        ElementsDialog(self._session, self).open()

    def _by(self, offer: Offer) -> Offer:
        return replace(offer, by=self._session.offer.by)

    def _copy_this(self) -> None:
        self._copy(self._session.offer, by=self._session.offer.by)

    def _copy_theirs(self) -> None:
        sector, own = self._session.sector, self._session.offer
        theirs = last_tabled(own, sector, own=False) if sector is not None else None
        if theirs is not None:
            self._copy(theirs, by=own.by)

    def _copy(self, offer: Offer, *, by: str) -> None:
        name = self.tr("{name} – copy").format(name=offer.name)
        text = self.tr("Copy “{name}”").format(name=offer.name)
        self._session.add_offer(replace(offer, name=name, by=by, tabled=False), text)

    def _rename(self) -> None:
        offer = self._session.offer
        name, agreed = QInputDialog.getText(
            self, self.tr("Rename"), self.tr("Name of the offer"), text=offer.name
        )
        if agreed and name.strip():
            self._session.change_offer(replace(offer, name=name.strip()), self.tr("Rename offer"))

    def _ask_party(self) -> None:
        sector, offer = self._session.sector, self._session.offer
        if sector is None:
            return
        names = [party.name for party in sector.parties] + [one.by for one in sector.offers]
        known = list(dict.fromkeys(name for name in [offer.by, *names] if name))
        by, agreed = QInputDialog.getItem(
            self, self.tr("Whose offer"), self.tr("Which party makes this offer?"), known or [""], 0
        )
        if agreed:
            self._session.change_offer(replace(offer, by=by.strip()), self.tr("Whose offer it is"))

    def _save_file(self) -> None:
        from bargain.offers.offer_file import write_offer
        from bargain.whole_file import write_whole

        offer = self._session.offer
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the offer as a file"), self.tr("Offer.toml"), self.tr("Offer files (*.toml)")
        )
        if not name:
            return
        path = Path(name) if name.endswith(".toml") else Path(f"{name}.toml")
        try:
            write_whole(path, write_offer(offer).encode())
        except OSError as error:
            text = self.tr("Not saved: {why}. Choose another folder and try again.")
            self._session.notice(text.format(why=error.strerror or path.name), Severity.ERROR)

    def _remove(self) -> None:
        name = self._session.offer.name
        self._session.remove_offer(name, self.tr("Remove “{name}”").format(name=name))

    def _choose(self, at: int) -> None:
        if at >= 0:
            self._session.choose_offer(str(self.chooser.itemData(at)))
