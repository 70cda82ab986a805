"""The line at the foot of the window: what the figures are taken of, and how they stand."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui import formats
from ui.basis_words import basis_sentences
from ui.session import Session
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain_label import plain_tip


class StatusLine(ElidedLabel):
    """Follows the session; the whole of what figures are taken of is its tip, and its description for readers."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._session = session
        self.setMargin(3)
        session.appraised.connect(self.refresh)
        session.busy_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Say it anew; what was said stays while no sector is open, since the line is hidden then."""
        sector = self._session.sector
        if sector is None:
            return
        staff = int(sector.workforce.heads.sum())
        appraisal = self._session.appraisal
        grossed = appraisal is not None and appraisal.basis.grossed is not None
        parts = [
            *([] if grossed else [self.tr("returns only")]),  # else the strip above says what they stand for
            self.tr("%Ln staff", "", staff),
            self.tr("%Ln employer(s)", "", len(sector.workforce.employers)),
            self.tr("data {day}").format(day=formats.day(sector.data_date)),
        ]
        if self._session.is_stale:
            parts.append(self.tr("recalculating…"))
        elif not staff:
            parts.append(self.tr("no figures until staff data are imported"))
        elif self._session.problem:
            parts.append(self.tr("not recalculated: {why}").format(why=self._session.problem))
        elif appraisal is not None:
            time = formats.milliseconds(self._session.last_seconds)
            parts.append(self.tr("recalculated in {time}").format(time=time))
        self.show_text(" · ".join(parts))
        said = "\n".join(basis_sentences(self._session))
        self.setToolTip(plain_tip(f"{self.whole}\n{said}"))
        self.setAccessibleDescription(said)
