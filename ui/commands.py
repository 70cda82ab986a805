"""What a person did, as undoable steps: each swaps one immutable value for another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QUndoCommand

from models.offer import Offer

if TYPE_CHECKING:
    from models.sector import Sector

_CHANGE_OFFER = 1


class HoldsSector(Protocol):
    """What the commands need of the session."""

    def put_offer(self, before: Offer | None, after: Offer | None, place: int) -> None:
        """Swap one offer for another in the sector; None stands for no offer."""

    def put_sector(self, sector: Sector) -> None:
        """Swap the sector."""


class ReplaceOffer(QUndoCommand):
    """One offer for another; None before means it was added, None after that it was removed.

    Steps in the same ``field`` of the same offer, one after another, become one step.
    """

    def __init__(
        self,
        session: HoldsSector,
        before: Offer | None,
        after: Offer | None,
        *,
        place: int,
        text: str,
        field: str | None = None,
    ) -> None:
        super().__init__(text)
        self._session = session
        self.before = before
        self.after = after
        self.place = place
        self.field = field

    def redo(self) -> None:
        """Put the new offer."""
        self._session.put_offer(self.before, self.after, self.place)

    def undo(self) -> None:
        """Put the old offer back."""
        self._session.put_offer(self.after, self.before, self.place)

    def id(self) -> int:
        """Only steps that name a field may merge."""
        return _CHANGE_OFFER if self.field is not None else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over the end of the next step, if it is in the same field of the same offer."""
        if not isinstance(other, ReplaceOffer) or other.field != self.field or other.before != self.after:
            return False
        self.after = other.after
        self.setText(other.text())
        self.setObsolete(self.after == self.before)
        return True


class ReplaceSector(QUndoCommand):
    """One sector for another: an import, a new grade, a changed assumption."""

    def __init__(self, session: HoldsSector, before: Sector, after: Sector, text: str) -> None:
        super().__init__(text)
        self._session = session
        self.before = before
        self.after = after

    def redo(self) -> None:
        """Put the new sector."""
        self._session.put_sector(self.after)

    def undo(self) -> None:
        """Put the old sector back."""
        self._session.put_sector(self.before)
