"""What a person did, as undoable steps: each swaps one immutable value for another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QUndoCommand, QUndoStack

from models.offer import Offer

if TYPE_CHECKING:
    from bargain.storage.history import Step as StoredStep
    from bargain.storage.sector_file import Change
    from models.sector import Sector

_CHANGE_OFFER = 1


class HoldsSector(Protocol):
    """What the commands need of the session."""

    is_rebuilding: bool

    def put_offer(self, before: Offer | None, after: Offer | None, place: int) -> None:
        """Swap one offer for another in the sector; None stands for no offer."""

    def put_sector(self, sector: Sector) -> None:
        """Swap the sector."""

    def report_fault(self, error: Exception) -> None:
        """Say that the app made a mistake."""


class Command(QUndoCommand):
    """A step that can be kept in the sector file: it knows when it was done and the sector it led to.

    ``number`` orders the steps of a file, whatever the clock says; the session gives it.
    """

    def __init__(self, session: HoldsSector, text: str, kind: str = "") -> None:
        super().__init__(text)
        self._session = session
        self.kind = kind
        self.done_at = datetime.now(UTC)
        self.number = 0
        self.led_to: Sector | None = None

    def forth(self) -> None:
        """Put what the step leads to."""
        raise NotImplementedError

    def back(self) -> None:
        """Put what was before it."""
        raise NotImplementedError

    def redo(self) -> None:
        """Go forth."""
        self._carry_out(self.forth)

    def undo(self) -> None:
        """Go back."""
        self._carry_out(self.back)

    def _carry_out(self, act: Callable[[], None]) -> None:
        """A mistake of ours never gets into Qt's stack: it would keep what is on the screen from the journal."""
        try:
            act()
        except Exception as error:  # noqa: BLE001  # told, and the stack counts the step whatever it did
            self._session.report_fault(error)

    def entry(self) -> StoredStep | Change:
        """The step as the file keeps it. Raises ValueError before it was done."""
        from bargain.storage.sector_file import Change

        if self.led_to is None:
            raise ValueError("a step that was not done yet can't be kept")
        return Change(self.number, self.done_at, self.text(), self.led_to, self.kind)


class ReplaceOffer(Command):
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
        super().__init__(session, text)
        self.before = before
        self.after = after
        self.place = place
        self.field = field

    def forth(self) -> None:
        """Put the new offer."""
        self._session.put_offer(self.before, self.after, self.place)

    def back(self) -> None:
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
        self.done_at, self.led_to = other.done_at, None
        self.setText(other.text())
        self.setObsolete(self.after == self.before)
        return True


class ReplaceSector(Command):
    """One sector for another: an import, a new grade, a changed assumption."""

    def __init__(
        self, session: HoldsSector, before: Sector, after: Sector, *, text: str, kind: str = ""
    ) -> None:
        super().__init__(session, text, kind)
        self.before = before
        self.after = after

    def forth(self) -> None:
        """Put the new sector."""
        self._session.put_sector(self.after)

    def back(self) -> None:
        """Put the old sector back."""
        self._session.put_sector(self.before)


class KeptStep(Command):
    """A step that the file had kept from an earlier day; its sectors are read when they are wanted."""

    def __init__(self, session: HoldsSector, before: StoredStep, after: StoredStep) -> None:
        super().__init__(session, after.text, after.kind)
        self._before = before
        self._after = after
        self.number = after.number

    def entry(self) -> StoredStep | Change:
        """The step as it stands in the file."""
        return self._after

    def forth(self) -> None:
        """Put the sector after it; not while the stack is being put together."""
        if not self._session.is_rebuilding:
            self._session.put_sector(self._after.sector())

    def back(self) -> None:
        """Put the sector before it."""
        if not self._session.is_rebuilding:
            self._session.put_sector(self._before.sector())


# Every kind of step there is. The tests draw each of them, and fail for a kind that has no generator.
KINDS: tuple[type[Command], ...] = (ReplaceOffer, ReplaceSector, KeptStep)


def entries_of(stack: QUndoStack, present: Sector, first_number: int) -> list[StoredStep | Change]:
    """Every step of a stack as the file keeps it; the newest one has led to ``present``.

    A step gets its number when it is first seen: the one after those before it, or ``first_number``.
    """
    made: list[StoredStep | Change] = []
    number = first_number - 1
    for at in range(stack.count()):
        command = stack.command(at)
        if not isinstance(command, Command):
            raise TypeError(f"{type(command).__name__} can't be kept in a sector file")
        if not command.number:
            command.number = number + 1
        number = command.number
        if at == stack.index() - 1 and command.led_to is None:
            command.led_to = present
        made.append(command.entry())
    return made
