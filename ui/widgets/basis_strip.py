"""The band that stands over every page while figures are grossed up."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.session import Session
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain_label import plain_tip


class BasisStrip(QWidget):
    """Says ``Grossed up from 168 of 212 employers``, and in the tip everything about it; hidden otherwise."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.label = ElidedLabel(bold=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 12, 3)
        row.addWidget(self.label)
        session.appraised.connect(self.refresh)
        session.sector_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the figures on screen are taken of."""
        appraisal = self._session.appraisal
        if appraisal is None or appraisal.basis.grossed is None:
            self.hide()
            return
        from bargain.basis import banner, sentences

        text = self.tr("{banner}. Every total is an estimate for the whole sector.")
        self.label.show_text(text.format(banner=banner(appraisal.basis)))
        said = "\n".join(sentences(appraisal.basis))
        self.setToolTip(plain_tip(said))
        self.setAccessibleName(self.label.text())
        self.setAccessibleDescription(said)
        self.show()
