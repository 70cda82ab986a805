"""The baseline: what pay and terms are today, before any offer. One tab a subject."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ui.pages.baseline_grades import GradesTab
from ui.pages.baseline_scale import ScaleTab
from ui.session import Session
from ui.widgets.plain_label import PlainLabel


class BaselinePage(QWidget):
    """Tabs: the scale, the grades on it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.scale = ScaleTab(session, self)
        self.grades = GradesTab(session, self)
        self.tabs.addTab(self.scale, self.tr("Scale"))
        self.tabs.addTab(self.grades, self.tr("Grades"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        column.addWidget(PlainLabel(self.tr("Baseline"), self, bold=True, scale=1.3))
        column.addWidget(self.tabs, 1)
