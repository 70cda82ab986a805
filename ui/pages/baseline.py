"""The baseline: what pay and terms are today, before any offer, and what is assumed. One tab a subject."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ui.pages.assumptions import AssumptionsTab
from ui.pages.baseline_assimilation import AssimilationTab
from ui.pages.baseline_grades import GradesTab
from ui.pages.baseline_law import LawTab
from ui.pages.baseline_off_scale import OffScaleTab
from ui.pages.baseline_scale import ScaleTab
from ui.pages.baseline_terms import TermsTab
from ui.session import Session
from ui.widgets.plain_label import PlainLabel


class BaselinePage(QWidget):
    """Tabs: the scale and who stands on it, the terms, the assumptions, the law."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        self.scale = ScaleTab(session, self)
        self.grades = GradesTab(session, self)
        self.off_scale = OffScaleTab(session, self.show_scale, self)
        self.assimilation = AssimilationTab(session, self.show_scale, self)
        self.terms = TermsTab(session, self)
        self.assumptions = AssumptionsTab(session, self)
        self.law = LawTab(session, self)
        for tab, words in (
            (self.scale, self.tr("Scale")),
            (self.grades, self.tr("Grades")),
            (self.off_scale, self.tr("Off the scale")),
            (self.assimilation, self.tr("Assimilation")),
            (self.terms, self.tr("Terms")),
            (self.assumptions, self.tr("Assumptions")),
            (self.law, self.tr("Law and on-costs")),
        ):
            self.tabs.addTab(tab, words)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        column.addWidget(PlainLabel(self.tr("Baseline"), self, bold=True, scale=1.3))
        column.addWidget(self.tabs, 1)

    def show_scale(self) -> None:
        """Go to the scale."""
        self.tabs.setCurrentWidget(self.scale)

    def show_assumptions(self) -> None:
        """Go to the register of assumptions."""
        self.tabs.setCurrentWidget(self.assumptions)
        self.assumptions.table.setFocus()
