"""Offers that pass between the sides: a tabled one sent as a signed file, one of theirs taken in as a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from models.issues import Severity, UnusableInput
from models.offer import Offer
from ui.session import Session
from ui.tasks import Report

if TYPE_CHECKING:
    from bargain.signed_offers import SignedOffer

KEY = "passing"
PACK_SUFFIX = ".pack"


class Passing(QObject):
    """``documents`` gives the folder in which files are looked for first."""

    def __init__(self, session: Session, window: QWidget, documents: Callable[[], Path]) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._documents = documents

    def send(self) -> None:
        """Show what would leave, and ask for whom."""
        sector = self._session.sector
        if sector is None or not self._may():
            return
        if not any(one.tabled for one in sector.offers):
            text = self.tr(
                "Nothing is tabled yet. Table an offer first: only what is tabled leaves your side."
            )
            self._session.notice(text, Severity.WARNING, key=KEY)
            return
        from ui.dialogs.send_offer import SendOfferDialog

        SendOfferDialog(self._session, self._documents(), self.write, self._window).open()

    def write(self, offer: Offer, path: Path, *, shown_as: str, by: str, to: str, table: str) -> str:
        """Write the signed file and keep a line about it, as one step; why it can't be, in a sentence, or nothing."""
        from bargain.signed_offers import with_sent, write_pack
        from bargain.storage import log
        from bargain.whole_file import write_whole
        from models.signed import SentOffer

        sector = self._session.sector
        if sector is None:
            return ""
        today, sign = self._session.today(), self._session.file_desk.sign
        try:
            data = write_pack(offer, shown_as=shown_as, table=table, by=by, to=to, made_on=today, sign=sign)
            write_whole(path, data)
        except UnusableInput as unusable:
            return str(unusable)
        except OSError as error:
            text = self.tr("Not written – the system says “{reason}”. Choose another folder.")
            return text.format(reason=error.strerror or path.name)
        log.note("sent", size=len(data))
        sent = SentOffer(offer.name, shown_as, to, today, hashlib.sha256(data).hexdigest())
        text = self.tr("Send “{name}” to {to}").format(name=shown_as, to=to)
        self._session.change_sector(with_sent(sector, sent), text)
        done = self.tr("{file} is written and signed. It holds the offer and nothing else; send it to {to}.")
        self._session.notice(done.format(file=path.name, to=to), key=KEY)
        return ""

    def take(self) -> None:
        """Ask for the file that came from the other side."""
        if not self._may():
            return
        title = self.tr("Take in an offer")
        kinds = self.tr("Signed offers (*{suffix})").format(suffix=PACK_SUFFIX)
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(self._documents()), kinds)
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Read a signed offer in the worker, and show it before anything is changed."""
        if self._session.sector is None:
            text = self.tr("Open the sector first that this offer is for, then take it in.")
            self._session.notice(text, Severity.WARNING, key=KEY)
            return
        if not self._may():
            return

        def work(_: Report) -> SignedOffer:
            from bargain.commands.take import bytes_of
            from bargain.signed_offers import read_pack

            return read_pack(bytes_of(path), source=path.name)

        self._session.tasks.start(work, on_done=self._show, on_failed=self._refuse)

    def take_in(self, signed: SignedOffer) -> None:
        """The offer as one more draft of theirs, as one undoable step."""
        from bargain.signed_offers import with_taken
        from bargain.storage import log

        sector = self._session.sector
        if sector is None:
            return
        changed, name = with_taken(sector, signed, today=self._session.today())
        text = self.tr("Take in “{name}” from {by}").format(name=name, by=signed.by)
        self._session.change_sector(changed, text)
        self._session.choose_offer(name)
        log.note("taken_in", steps=1)

    def _show(self, signed: SignedOffer) -> None:
        from ui.dialogs.take_offer import TakeOfferDialog

        if self._session.sector is not None:
            TakeOfferDialog(self._session, signed, self.take_in, self._window).open()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UnusableInput):
            self._session.notice(str(error), Severity.ERROR, key=KEY)
        else:
            self._session.report_fault(error)

    def _may(self) -> bool:
        """Only a file that is there, and may be changed, can sign and take in."""
        if self._session.read_only:
            self._session.notice(self._session.read_only, Severity.WARNING, key="read only")
            return False
        if self._session.file is None:
            text = self.tr("This works as soon as the file has been saved for the first time.")
            self._session.notice(text, key=KEY)
            return False
        return True
