"""What the figures of the window are taken of, in sentences: how many, returns or grossed up, of which day, what is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from models.grossing import DataBasis
    from ui.session import Session


def basis_now(session: Session, *, of_returns: bool = False) -> DataBasis | None:
    """The basis of the figures on screen; before there are figures, that of the staff data.

    of_returns: of figures that count the returns alone, also where the sector's are grossed up.
    """
    from bargain.basis import basis_of
    from models.issues import UnusableInput

    sector, appraisal = session.sector, session.appraisal
    if sector is None or not len(sector.workforce):
        return None
    try:
        basis = basis_of(sector, ()) if appraisal is None else appraisal.basis
    except UnusableInput:  # totals that do not fit: the page says so, and there are no grossed figures
        basis = basis_of(replace(sector, grossing=type(sector.grossing)()), ())
    return replace(basis, grossed=None) if of_returns else basis


def basis_sentences(session: Session, *, of_returns: bool = False) -> tuple[str, ...]:
    """The same in sentences; none where there is no staff data."""
    from bargain.basis import sentences

    basis = basis_now(session, of_returns=of_returns)
    return () if basis is None else sentences(basis)


def copied_basis(session: Session, *, of_returns: bool = False) -> tuple[str, ...]:
    """The same for what leaves this side: no number of fewer than ten staff is told."""
    from bargain.basis import sentences
    from bargain.small_groups import SMALLEST_GROUP

    basis = basis_now(session, of_returns=of_returns)
    offer = QCoreApplication.translate("", "Offer: {offer}.").format(offer=session.offer.name)
    return () if basis is None else (offer, *sentences(basis, least=SMALLEST_GROUP))
