"""What if: the larger questions on the same data and the offer on the table, each with its assumptions beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ui.charts.view import ChartPane
from ui.what_if.agency import AgencyPanel
from ui.what_if.ownership import OwnershipPanel
from ui.what_if.panel import Panel
from ui.what_if.regimes import RegimesPanel

if TYPE_CHECKING:
    from ui.session import Session


class WhatIfPage(QWidget):
    """A tab a question. Assumptions are part of the sector's file; what is not known is said, never counted as nought."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ownership = OwnershipPanel(session)
        self.agency = AgencyPanel(session)
        self.regimes = RegimesPanel(session)
        self.tabs = QTabWidget()
        for panel in self.panels():
            self.tabs.addTab(panel, panel.name)
        self.tabs.setAccessibleName(self.tr("What-ifs"))
        self.tabs.setDocumentMode(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.tabs)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (("Ctrl+Shift+T", self._toggle_table), ("F6", self._next_panel)):
            QShortcut(QKeySequence(keys), self, act, context=within)

    def panels(self) -> tuple[Panel, ...]:
        """The questions, in their order."""
        return (self.ownership, self.agency, self.regimes)

    def _toggle_table(self) -> None:
        """The chart that is shown as a table, and back."""
        panel = self.tabs.currentWidget()
        shown = panel.views.currentWidget() if isinstance(panel, Panel) else None
        if isinstance(shown, ChartPane):
            shown.toggle_table()

    def _next_panel(self) -> None:
        """The next what-if, and after the last the first."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())
        self.tabs.tabBar().setFocus(Qt.FocusReason.TabFocusReason)
