"""Whether an offer would leave anybody below the minimum wage of its days: asked of the worker once figures are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui import formats
from ui.asking import Asker

if TYPE_CHECKING:
    from bargain.wage_law import WageCheck
    from models.offer import Offer
    from models.sector import Sector
    from ui.session import Session
    from ui.tasks import Report


class WageNote(QObject):
    """What is known of the offer on the table. ``ready`` says that it is new; nothing is said of another offer."""

    ready = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asked: tuple[Sector, Offer] | None = None
        self._known: tuple[Sector, Offer] | None = None
        self._checks: tuple[WageCheck, ...] = ()
        self._asker = Asker(session, self)
        self._asker.answered.connect(self._take)
        self._asker.refused.connect(self._forget)

    def want(self) -> None:
        """Ask of the session's offer, unless that is known or asked already."""
        sector, offer = self._session.sector, self._session.offer
        if sector is None or not len(sector.workforce) or not offer.settlements:
            return
        if self._asked is not None and self._asked[0] is sector and self._asked[1] == offer:
            return
        self._asked = asked = (sector, offer)

        def work(_: Report) -> tuple[tuple[Sector, Offer], tuple[WageCheck, ...]]:
            from bargain.wage_law import wages_held

            return asked, wages_held(sector, offer)

        self._asker.ask(work)

    def text(self) -> str:
        """One line for those below the law; empty where there are none, or where it is not known yet."""
        below = [one for one in self._here() if one.below]
        if not below:
            return ""
        worst = max(below, key=lambda one: one.below)
        said = self.tr("▲ {count} staff below the minimum wage of {rate} ({band}) from {day}; see the words")
        return said.format(
            count=formats.number(worst.below),
            rate=formats.rate(worst.least),
            band=worst.band,
            day=formats.day(worst.day),
        )

    def sentences(self) -> tuple[str, ...]:
        """A sentence a step and age band, for one's own screen."""
        from bargain.wage_law import wage_sentence

        return tuple(wage_sentence(one, others_read=False) for one in self._here())

    def _here(self) -> tuple[WageCheck, ...]:
        sector, offer = self._session.sector, self._session.offer
        if self._known is None or self._known[0] is not sector or self._known[1] != offer:
            return ()
        return self._checks

    def _take(self, answer: tuple[tuple[Sector, Offer], tuple[WageCheck, ...]]) -> None:
        self._known, self._checks = answer
        self.ready.emit()

    def _forget(self) -> None:
        """The law of such a day is not known: nothing is said, and the offer itself says why."""
        self._known = None
        self.ready.emit()
