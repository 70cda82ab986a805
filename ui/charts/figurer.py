"""Asks the worker for what the charts show: of the offer on the table, and of the other side's last one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.issues import UnusableInput
from models.parameters import LegalFloor
from ui.levers import last_tabled

if TYPE_CHECKING:
    from bargain.measures.curves import OfferCurves
    from models.appraisal import Appraisal
    from models.offer import Offer
    from models.sector import Sector
    from ui.session import Session
    from ui.tasks import Report


@dataclass(frozen=True, slots=True, eq=False)
class Position:
    """The other side's last offer with its figures; none of them where it cannot be priced."""

    offer: Offer
    appraisal: Appraisal | None
    figures: OfferCurves | None


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    figures: OfferCurves
    theirs: Position | None
    legal_floor: LegalFloor | None


class OfferFigurer(QObject):
    """At most one question at a time; the latest wins. ``ready`` says that the answers are new."""

    ready = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._running = False
        self._again = False
        self._sector_number = 0
        self.figures: OfferCurves | None = None
        self.theirs: Position | None = None
        self.legal_floor: LegalFloor | None = None

    @property
    def their_name(self) -> str:
        """The name of the other side's last offer."""
        return self.theirs.offer.name if self.theirs is not None else ""

    @property
    def their_figures(self) -> OfferCurves | None:
        """Its figures."""
        return self.theirs.figures if self.theirs is not None else None

    @property
    def their_appraisal(self) -> Appraisal | None:
        """What follows from it."""
        return self.theirs.appraisal if self.theirs is not None else None

    def forget(self) -> None:
        """The sector was swapped: nothing that was worked out holds any more."""
        self._sector_number += 1
        self.figures, self.theirs, self.legal_floor = None, None, None

    def want(self) -> None:
        """Ask for the figures of the session's appraisal."""
        if self._running:
            self._again = True
            return
        sector, appraisal = self._session.sector, self._session.appraisal
        if sector is None or appraisal is None:
            return
        offer = last_tabled(self._session.offer, sector, own=False)
        known = self.theirs if self.theirs is not None and self.theirs.offer == offer else None
        number = self._sector_number

        def work(_: Report) -> _Made:
            return _make(sector, appraisal, offer, known)

        def done(made: _Made) -> None:
            self._running = False
            if number == self._sector_number:
                self.figures, self.theirs, self.legal_floor = made.figures, made.theirs, made.legal_floor
                self.ready.emit()
            self._ask_again()

        def failed(error: Exception) -> None:
            self._running = False
            self._session.report_fault(error)
            self._ask_again()

        self._running = True
        self._session.tasks.start(work, on_done=done, on_failed=failed, on_cancelled=self._cancelled)

    def _cancelled(self) -> None:
        self._running = False

    def _ask_again(self) -> None:
        if self._again:
            self._again = False
            self.want()


def _make(sector: Sector, appraisal: Appraisal, offer: Offer | None, known: Position | None) -> _Made:
    """Runs in the worker."""
    from bargain.measures.curves import offer_curves

    figures = offer_curves(appraisal, sector.grades)
    theirs = known
    if known is None and offer is not None:
        theirs = _position(sector, offer)
    return _Made(figures, theirs, _legal_floor(sector, appraisal.offer))


def _position(sector: Sector, offer: Offer) -> Position:
    from bargain.appraisal import appraise
    from bargain.measures.curves import offer_curves

    try:
        appraisal = appraise(sector, offer)
    except UnusableInput:
        return Position(offer, None, None)  # it says why when it is put on the table itself
    return Position(offer, appraisal, offer_curves(appraisal, sector.grades))


def _legal_floor(sector: Sector, offer: Offer) -> LegalFloor | None:
    """The minimum wage on the day the offer starts; None for a day with no figure."""
    from bargain.parameters.load import legal_floor_on

    day = offer.settlements[0].effective if offer.settlements else sector.data_date
    return legal_floor_on(day)
