"""The baseline: what pay and terms are today, before any offer, and what is assumed. One tab a subject."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from ui.basis_words import copied_basis
from ui.pages.assumptions import AssumptionsTab
from ui.pages.baseline_assimilation import AssimilationTab
from ui.pages.baseline_grades import GradesTab
from ui.pages.baseline_law import LawTab
from ui.pages.baseline_off_scale import OffScaleTab
from ui.pages.baseline_scale import ScaleTab
from ui.pages.baseline_terms import TermsTab
from ui.report import Report, Sheet, as_text, sheet_of
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
        self._session = session
        self.copy_button = QPushButton(self.tr("Copy this tab"), self)
        self.print_button = QPushButton(self.tr("Print this tab…"), self)
        self.copy_button.clicked.connect(self.copy)
        self.print_button.clicked.connect(self.print_tab)
        top = QHBoxLayout()
        top.addWidget(PlainLabel(self.tr("Baseline"), self, bold=True, scale=1.3), 1)
        top.addWidget(self.copy_button)
        top.addWidget(self.print_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.tabs, 1)

    def show_scale(self) -> None:
        """Go to the scale."""
        self.tabs.setCurrentWidget(self.scale)

    def report(self) -> Report:
        """What the tab that is shown says, as one value."""
        sector = self._session.sector
        tab = self.tabs.tabText(self.tabs.currentIndex())
        title = self.tr("{sector} – baseline: {tab}").format(sector=sector.name if sector else "", tab=tab)
        private = self.tr("Private: for your own side.")
        sentences, sheets = self._said()
        staffed = self.tabs.currentWidget() in {self.grades, self.off_scale, self.assimilation}
        basis = copied_basis(self._session, of_returns=True) if staffed else ()
        kept = tuple(line for text in (private, *sentences, *basis) for line in text.splitlines() if line)
        return Report(title, kept, tuple(one for one in sheets if one.rows))

    def _said(self) -> tuple[tuple[str, ...], tuple[Sheet, ...]]:
        """The sentences and the tables of the tab that is shown."""
        shown = self.tabs.currentWidget()
        name = self.tabs.tabText(self.tabs.currentIndex())
        scale = self.scale
        if shown is scale:
            return (scale.about.text(), scale.warnings.text()), (scale.model.sheet(name),)
        if shown is self.grades:
            return (scale.about.text(), self.grades.ladder.said.text(), self.grades.fit.text()), (
                sheet_of(name, self.grades.model),
            )
        if shown is self.off_scale:
            return (self.off_scale.said_outside(),), (sheet_of(name, self.off_scale.model),)
        if shown is self.assimilation:
            tab = self.assimilation
            months = sheet_of(tab.chosen_outside(), tab.month_model)
            return (tab.said_outside(), scale.about.text()), (sheet_of(name, tab.model), months)
        if shown is self.terms:
            terms = self.terms
            return (terms.said.text(),), (terms.sheet(), sheet_of(self.tr("The law"), terms.model))
        if shown is self.assumptions:
            return (self.assumptions.intro.text(),), (sheet_of(name, self.assumptions.model),)
        day = self.tr("In force on {day}.").format(day=self.law.day.text())
        return (day, self.law.said.text()), (sheet_of(name, self.law.model),)

    def copy(self) -> None:
        """The tab as text for a spreadsheet or a letter."""
        QGuiApplication.clipboard().setText(as_text(self.report()))

    def print_tab(self) -> None:
        """Ask for a printer and print the tab."""
        from ui.paper import print_report

        print_report(self.report(), self)

    def show_assumptions(self) -> None:
        """Go to the register of assumptions."""
        self.tabs.setCurrentWidget(self.assumptions)
        self.assumptions.table.setFocus()
