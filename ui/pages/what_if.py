"""What if: the larger questions on the same data and the offer on the table, each with its assumptions beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from ui.charts.view import ChartPane
from ui.what_if.agency import AgencyPanel
from ui.what_if.in_house import InHousePanel
from ui.what_if.insecure import InsecurePanel
from ui.what_if.ownership import OwnershipPanel
from ui.what_if.panel import Panel
from ui.what_if.regimes import RegimesPanel
from ui.what_if.staying import StayingPanel

if TYPE_CHECKING:
    from ui.session import Session


class WhatIfPage(QWidget):
    """A tab a question. Assumptions are part of the sector's file; what is not known is said, never counted as nought."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ownership = OwnershipPanel(session)
        self.agency = AgencyPanel(session)
        self.insecure = InsecurePanel(session)
        self.in_house = InHousePanel(session)
        self.staying = StayingPanel(session)
        self.regimes = RegimesPanel(session)
        self.tabs = QTabWidget()
        for panel in self.panels():
            self.tabs.addTab(panel, panel.name)
        self.tabs.setAccessibleName(self.tr("What-ifs"))
        self.tabs.setDocumentMode(True)
        self.tabs.setCornerWidget(self._buttons(), Qt.Corner.TopRightCorner)
        self.tabs.currentChanged.connect(self._show_told)
        self._show_told()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.tabs)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (("Ctrl+Shift+T", self._toggle_table), ("F6", self._next_panel)):
            QShortcut(QKeySequence(keys), self, act, context=within)

    def _buttons(self) -> QWidget:
        self.copy = QPushButton(self.tr("Cop&y"))
        self.save = QPushButton(self.tr("&Save…"))
        self.print_it = QPushButton(self.tr("Prin&t…"))
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 2, 2)
        for button, act in (
            (self.copy, Panel.copy_text),
            (self.save, Panel.choose_file),
            (self.print_it, Panel.print_out),
        ):
            button.clicked.connect(partial(self._do, act))
            layout.addWidget(button)
        for panel in self.panels():
            panel.told.connect(self._show_told)
        return row

    def _do(self, act: Callable[[Panel], None]) -> None:
        act(self.panels()[self.tabs.currentIndex()])

    def _show_told(self) -> None:
        """Only figures that are there can be taken elsewhere."""
        is_told = self.panels()[self.tabs.currentIndex()].is_told
        for button in (self.copy, self.save, self.print_it):
            button.setEnabled(is_told)

    def panels(self) -> tuple[Panel, ...]:
        """The questions, in their order."""
        return (self.ownership, self.agency, self.insecure, self.in_house, self.staying, self.regimes)

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
