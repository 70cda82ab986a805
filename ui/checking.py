"""The data check of the open sector, worked out off the window's thread whenever its staff data change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.session import Session
from ui.tasks import Report

if TYPE_CHECKING:
    from bargain.quality.check import DataQuality
    from models.sector import Sector


class Checker(QObject):
    """Holds the newest answer; ``checked`` says that there is one."""

    checked = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.quality: DataQuality | None = None
        session.sector_changed.connect(self.check)
        self.check()

    def check(self) -> None:
        """Check the session's sector anew."""
        sector = self._session.sector
        if sector is None:
            self.quality = None
            self.checked.emit()
            return

        def work(_: Report) -> tuple[Sector, DataQuality]:
            from bargain.quality.check import check_data

            return sector, check_data(sector)

        self._session.tasks.start(work, on_done=self._take, on_failed=self._session.report_fault)

    def _take(self, found: tuple[Sector, DataQuality]) -> None:
        sector, quality = found
        held = self._session.sector
        if held is None or held.workforce is not sector.workforce:
            return  # a newer answer is on its way
        self.quality = quality
        self.checked.emit()
