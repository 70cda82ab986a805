"""Reminds, as soon as a file is open, that the time to keep some of its staff data is over or nearly so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models.issues import Severity
from ui import formats
from ui.keeping import Keeping
from ui.notices import Notice, NoticeBar, NoticeButton
from ui.session import Session

if TYPE_CHECKING:
    from bargain.retention import Keeping as Kept

KEY = "keep"


class Reminder(QObject):
    """Shows one message, and takes it away when there is nothing to be reminded of any more."""

    def __init__(self, session: Session, keeping: Keeping, notices: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._keeping = keeping
        self._notices = notices
        self._told: tuple[object, ...] | None = None  # nothing said of this file yet
        session.began.connect(self._begin)
        session.sector_changed.connect(self.look)

    def look(self) -> None:
        """Look at the days of all imports, if anything about them is new."""
        sector = self._session.sector
        if sector is None or self._session.read_only or sector.is_sample or not sector.imports:
            self._tell((), ())
            return
        from bargain.retention import over, soon

        today = self._session.today()
        self._tell(over(sector, today), soon(sector, today))

    def _begin(self) -> None:
        self._told = None

    def _tell(self, overdue: tuple[Kept, ...], coming: tuple[Kept, ...]) -> None:
        told = tuple((one.number, one.until) for one in (*overdue, *coming))
        if told == self._told:
            return
        self._told = told
        self._notices.clear(KEY)
        days = NoticeButton(self.tr("How long it is kept…"), self._keeping.how_long)
        if overdue:
            first = min(one.until for one in overdue)
            staff = int(sum(one.heads for one in overdue))
            text = self.tr(
                "Staff data ({staff} staff) was to be kept until {day}. That time is over: remove it."
            )
            remove = NoticeButton(self.tr("Remove it…"), self._keeping.erase_over)
            said = text.format(staff=formats.number(staff), day=formats.day(first))
            self._notices.show_notice(Notice(said, Severity.WARNING, (remove, days), KEY))
        elif coming:
            first = min(one.until for one in coming)
            text = self.tr("Staff data in this file is to be kept until {day}, and then removed.")
            self._notices.show_notice(
                Notice(text.format(day=formats.day(first)), Severity.NOTE, (days,), KEY)
            )
