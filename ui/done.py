"""Says that a step is done, and offers to undo it while it is the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from models.issues import Severity
from ui.notices import DONE, NoticeButton

if TYPE_CHECKING:
    from ui.session import Session


def tell_done(session: Session, said: str) -> None:
    """Say what the newest step did, with a button that undoes it; the next step takes the message away."""
    word = QCoreApplication.translate("NoticeBar", "Undo")
    session.notice(said, Severity.NOTE, NoticeButton(word, session.undo.undo), key=DONE)
