"""An offer from the other side, read and proved, before it is taken in: who signed it, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui import formats
from ui.dialogs.form import FormDialog
from ui.session import Session
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from bargain.signed_offers import SignedOffer


class TakeOfferDialog(FormDialog):
    """``take_in`` adds it as a draft of theirs; until then nothing is changed."""

    def __init__(
        self,
        session: Session,
        signed: SignedOffer,
        take_in: Callable[[SignedOffer], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Take in an offer"))
        self.main_button.setText(self.tr("Take it in as a draft"))
        from bargain.offers.words import describe_offer
        from bargain.signed_offers import key_in_words

        self._signed = signed
        self._take_in = take_in
        head = self.tr("“{name}”, made by {by} for {to} on {day}. Table: {table}.").format(
            name=signed.offer.name,
            by=signed.by,
            to=signed.to or formats.DASH,
            day=formats.day(signed.made_on),
            table=signed.table or formats.DASH,
        )
        key = self.tr("Signed with the key {key}, and not changed since.")
        self.trust = PlainLabel(self._trust_in(session), self, wrap=True, bold=True)
        self.says = QPlainTextEdit("\n".join(describe_offer(replace(signed.offer, tabled=True))), self)
        self.says.setReadOnly(True)
        self.says.setTabChangesFocus(True)
        self.says.setAccessibleName(self.tr("What the offer says"))
        notes = (*signed.notes, *self._passes_for(session))
        lines: list[QWidget] = [
            PlainLabel(head, self, wrap=True),
            PlainLabel(key.format(key=key_in_words(signed.key)), self, wrap=True),
            self.trust,
            *(PlainLabel(f"⚠ {note}", self, wrap=True) for note in notes),
            self.says,
        ]
        for at, one in enumerate(lines):
            self.column.insertWidget(at, one, 20 if one is self.says else 0)
        self.resize(640, 440)

    def submit(self) -> None:
        """Take it in."""
        self._take_in(self._signed)
        self.accept()

    def _trust_in(self, session: Session) -> str:
        from bargain.signed_offers import Trust, trust_in

        sector, file = session.sector, session.file
        if sector is None or file is None:
            return ""
        by = self._signed.by
        trust = trust_in(sector, self._signed, own_key=file.public_key)
        words = {
            Trust.OWN: self.tr("This very file signed it: it is your own side's offer."),
            Trust.KNOWN: self.tr("✓ The same key as on what came from {by} before."),
            Trust.NEW: self.tr(
                "Nothing came from {by} before. Compare the key with them: by telephone, or at the table."
            ),
            Trust.OTHER: self.tr("⚠ {by} signed with another key before. Ask them before you rely on this."),
        }
        return words[trust].format(by=by)

    def _passes_for(self, session: Session) -> tuple[str, ...]:
        from bargain.signed_offers import passes_for

        sector = session.sector
        if sector is None:
            return ()
        known = {one.name for one in sector.parties} | {one.party for one in sector.signers}
        like = passes_for(self._signed.by, sorted(known))
        words = self.tr("“{by}” looks like “{like}”, but is written otherwise.")
        return (words.format(by=self._signed.by, like=like),) if like else ()
