"""Rounds of talks: closing one, and opening again what was closed or tabled."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from models.issues import UnusableInput
from ui.file_desk import FrozenSide
from ui.session import Session

if TYPE_CHECKING:
    from models.sector import Sector


class Rounds(QObject):
    """``show_beside`` opens a second window on a sector that may only be read."""

    def __init__(self, session: Session, window: QWidget, show_beside: Callable[[Sector, str], None]) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._show_beside = show_beside
        session.file_desk.frozen_wanted.connect(self.show_all)

    def show_all(self) -> None:
        """Closed rounds and tabled offers, each figure as frozen and as today's engine gives it."""
        if self._session.sector is not None and self._session.file is None:
            text = self.tr(
                "This works in the window of the file itself, as soon as it has been saved for the first time."
            )
            self._session.notice(text)
        elif self._session.sector is not None:
            from ui.dialogs.frozen import FrozenDialog

            FrozenDialog(self._session, look=self.look, close_round=self.ask, parent=self._window).open()

    def ask(self) -> None:
        """Ask for the round's name, then close it."""
        if self._session.sector is not None:
            from ui.dialogs.close_round import CloseRoundDialog

            CloseRoundDialog(self._session, self.close, self._window).open()

    def close(self, name: str, note: str) -> str:
        """Close a round, as one undoable step; why it can't be, in a sentence, or nothing."""
        from bargain.freezing import closed

        sector = self._session.sector
        if sector is None:
            return ""
        try:
            changed = closed(sector, name, note=note)
        except UnusableInput as unusable:
            return str(unusable)
        text = self.tr("Close “{name}”").format(name=changed.frozen[-1].name)
        self._session.change_sector(changed, text, kind="round")
        return ""

    def look(self, side: FrozenSide) -> None:
        """The sector as it was then, beside the present one."""
        from ui.dialogs.frozen import moment_of, sentence_of

        if side.sector is not None:
            words = self.tr(
                "This is “{name}” as frozen on {time}. You can look, but not change it. {figures}"
            )
            text = words.format(name=side.frozen.name, time=moment_of(side.frozen), figures=sentence_of(side))
            self._show_beside(side.sector, text)
