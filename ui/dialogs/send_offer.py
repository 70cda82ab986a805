"""Sending an offer: exactly what leaves, under which name, from whom to whom; then the signed file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from models.offer import Offer
from ui import formats
from ui.dialogs.form import FormDialog
from ui.session import Session
from ui.widgets.plain_label import PlainLabel


class SendOfferDialog(FormDialog):
    """``write`` writes the file and answers why it can't be, or nothing. Enter alone never sends."""

    def __init__(
        self, session: Session, folder: Path, write: Callable[..., str], parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Send an offer to the other side"))
        self.main_button.setText(self.tr("Release to the other side…"))
        from bargain.signed_offers import PUBLIC_NAME

        self._session = session
        self._folder = folder
        self._write = write
        sector = session.sector
        self._tabled = () if sector is None else tuple(one for one in sector.offers if one.tabled)
        parties = [] if sector is None else [one.name for one in sector.parties]
        self.offers = QComboBox(self)
        for one in self._tabled:
            self.offers.addItem(one.name)
        self.shown_as = QLineEdit(PUBLIC_NAME, self)
        self.by, self.to = self._party_field(parties), self._party_field(parties)
        self.table = QLineEdit("" if sector is None else sector.name, self)
        self.leaves = QPlainTextEdit(self)
        self.leaves.setReadOnly(True)
        self.leaves.setTabChangesFocus(True)
        self.leaves.setAccessibleName(self.tr("Exactly what leaves"))
        self._lay_out()
        names = [one.name for one in self._tabled]
        on_table = session.offer.name
        self.offers.setCurrentIndex(names.index(on_table) if on_table in names else len(names) - 1)
        self.offers.currentIndexChanged.connect(self._choose)
        for field in (self.shown_as, self.table):
            field.textChanged.connect(self._show)
        for box in (self.by, self.to):
            box.currentTextChanged.connect(self._show)
        self.main_button.setDefault(False)
        self.main_button.setAutoDefault(False)
        self.cancel_button.setDefault(True)
        self._choose()
        self.resize(680, 500)

    def submit(self) -> None:
        """Ask where the file goes, and write it."""
        missing = self._what_is_missing()
        self.say_wrong(missing)
        if missing:
            return
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Where the signed offer goes"),
            str(self._folder / self.default_name()),
            self.tr("Signed offers (*.pack)"),
        )
        if name:
            path = Path(name)
            self.send_to(path if path.suffix.casefold() == ".pack" else path.with_name(path.name + ".pack"))

    def send_to(self, path: Path) -> None:
        """Write the file there, and close; or say why not."""
        offer = self._offer()
        if offer is None:
            return
        wrong = self._write(
            offer,
            path,
            shown_as=self.shown_as.text().strip(),
            by=self.by.currentText().strip(),
            to=self.to.currentText().strip(),
            table=self.table.text().strip(),
        )
        self.say_wrong(wrong)
        if not wrong:
            self.accept()

    def default_name(self) -> str:
        """A name that tells nothing of what is inside but the day."""
        return self.tr("Offer {day}.pack").format(day=self._session.today().isoformat())

    def _offer(self) -> Offer | None:
        at = self.offers.currentIndex()
        return self._tabled[at] if 0 <= at < len(self._tabled) else None

    def _choose(self) -> None:
        offer = self._offer()
        if offer is not None:
            self.by.setEditText(offer.by)
        self._show()

    def _show(self) -> None:
        from bargain.offers.words import describe_offer
        from bargain.plain_names import plain_name
        from bargain.signed_offers import what_leaves

        offer = self._offer()
        if offer is None:
            return
        shown = what_leaves(offer, shown_as=self.shown_as.text(), by=self.by.currentText())
        head = self.tr("{table}: from {by}, for {to}, {day}").format(
            table=plain_name(self.table.text()) or formats.DASH,
            by=shown.by or formats.DASH,
            to=plain_name(self.to.currentText()) or formats.DASH,
            day=formats.day(self._session.today()),
        )
        self.leaves.setPlainText("\n".join((head, *describe_offer(shown))))

    def _what_is_missing(self) -> str:
        if not self.shown_as.text().strip():
            return self.tr("Give the name that the other side sees.")
        if not self.by.currentText().strip():
            return self.tr("Say who makes the offer.")
        if not self.to.currentText().strip():
            return self.tr("Say for whom it is.")
        return ""

    def _party_field(self, parties: list[str]) -> QComboBox:
        box = QComboBox(self)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.addItems(parties)
        box.setEditText("")
        return box

    def _lay_out(self) -> None:
        words = PlainLabel(
            self.tr(
                "This leaves your side. The other side will see exactly what stands below, and that your file signed it: "
                "no limits, no drafts, no staff data, no costs."
            ),
            self,
            wrap=True,
            bold=True,
        )
        self.column.insertWidget(0, words)
        self.add_row(self.tr("&Offer:"), self.offers)
        self.add_row(self.tr("&Name they see:"), self.shown_as)
        self.add_row(self.tr("&From:"), self.by)
        self.add_row(self.tr("Fo&r:"), self.to)
        self.add_row(self.tr("&Table:"), self.table)
        self.column.insertWidget(2, PlainLabel(self.tr("Exactly what leaves"), self))
        self.column.insertWidget(3, self.leaves, 20)
