"""Compare: now and up to four offers side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from bargain.small_groups import SMALLEST_GROUP
from ui.appraising import Figures, Wish, figures_of
from ui.figure_at import Asked
from ui.itemmodels.compare_table import CompareTable, only_differences
from ui.pages.compare_lines import Lines
from ui.widgets.closing import ClosingPanel
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from models.offer import Offer
    from ui.session import Session
    from ui.tasks import Report

MOST = 4
MARGIN = 8


class ComparePage(QWidget):
    """Chooses the offers, asks the worker for their figures, shows the table."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._known: dict[Offer, Figures] = {}
        self._running = False
        self._chosen: list[str] | None = None  # None: nobody has chosen yet
        self.choosers = tuple(QComboBox() for _ in range(MOST))
        self.model = CompareTable(self)
        self.table = QTableView()
        self.differences = QCheckBox(self.tr("Differences &only (D)"))
        self.percent = QCheckBox(self.tr("Costs in per ce&nt (P)"))
        self.copy = QPushButton(self.tr("&Copy as text"))
        self.gap = QCheckBox(self.tr("What would close the &gap (G)"))
        self.closing = ClosingPanel(session)
        self.said = PlainLabel("", wrap=True)
        self.cell = ElidedLabel()
        self._blank = QWidget()
        self._lay_out()
        self._connect()
        self._take_offers()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(PlainLabel(self.tr("Compare"), bold=True))
        for number, chooser in enumerate(self.choosers, 1):
            chooser.setAccessibleName(self.tr("Offer {number} to compare").format(number=number))
            chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            chooser.setMinimumContentsLength(8)
            top.addWidget(chooser, 1)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Offers side by side"))
        self.table.verticalHeader().hide()
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        bottom = QHBoxLayout()
        bottom.setSpacing(16)
        bottom.addWidget(self.differences)
        bottom.addWidget(self.percent)
        bottom.addWidget(self.gap)
        bottom.addWidget(self.cell, 1)
        bottom.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, 6, MARGIN, 6)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.said)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._blank, 1)
        layout.addWidget(self.closing)
        layout.addLayout(bottom)
        self.closing.hide()

    def _connect(self) -> None:
        session = self._session
        session.sector_changed.connect(self._forget)
        session.targets_changed.connect(self._forget)
        session.offer_changed.connect(self._take_offers)
        for chooser in self.choosers:
            chooser.activated.connect(self._choose)
        self.differences.toggled.connect(lambda _: self._show())
        self.percent.toggled.connect(lambda _: self._show())
        self.copy.clicked.connect(self._copy)
        self.table.doubleClicked.connect(lambda _: self._explain())
        self.table.selectionModel().currentChanged.connect(lambda *_: self._say_cell())
        self.model.modelReset.connect(self._say_cell)
        self.gap.toggled.connect(self._show_closing)
        for key, act in (
            ("D", self.differences.toggle),
            ("P", self.percent.toggle),
            ("G", self.gap.toggle),
            ("Return", self._explain),
        ):
            QShortcut(QKeySequence(key), self.table, act, context=Qt.ShortcutContext.WidgetShortcut)
        QShortcut(
            QKeySequence(QKeySequence.StandardKey.Copy),
            self.table,
            self._copy,
            context=Qt.ShortcutContext.WidgetShortcut,
        )

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while another page was shown is asked for now."""
        super().showEvent(event)
        self._want()
        if self.focusWidget() is None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width; where a figure would be cut, the table scrolls instead."""
        super().resizeEvent(event)
        self._fit_columns()

    # Which offers

    def _forget(self) -> None:
        self._known.clear()
        self._take_offers()

    def _take_offers(self) -> None:
        """Fill the choosers; without a choice, the offer on the table and the newest others."""
        sector = self._session.sector
        names = [one.name for one in sector.offers] if sector is not None else []
        if self._chosen is None:
            others = [name for name in names if name != self._session.offer.name]
            own = [name for name in names if name == self._session.offer.name]
            shown = own + others[-(MOST - 1) :]
        else:
            shown = [name for name in self._chosen if name in names]
        for at, chooser in enumerate(self.choosers):
            chooser.setEnabled(bool(names))
            with QSignalBlocker(chooser):
                chooser.clear()
                chooser.addItem(self.tr("(none)"), "")
                for name in names:
                    chooser.addItem(name, name)
                found = chooser.findData(shown[at]) if at < len(shown) else 0
                chooser.setCurrentIndex(max(found, 0))
        self._want()

    def _choose(self) -> None:
        picked = [str(chooser.currentData()) for chooser in self.choosers]
        self._chosen = list(dict.fromkeys(name for name in picked if name))
        self._want()

    def _offers(self) -> list[Offer]:
        """The chosen offers, each once, in the order of the choosers."""
        sector = self._session.sector
        if sector is None:
            return []
        by_name = {one.name: one for one in sector.offers}
        picked = dict.fromkeys(str(chooser.currentData()) for chooser in self.choosers)
        return [by_name[name] for name in picked if name in by_name]

    # Figures

    def _want(self) -> None:
        """Ask the worker for what is not known yet; show what is."""
        sector, targets = self._session.sector, self._session.target_set.targets
        if sector is not None and not self.isVisible():
            return  # when the page is shown; laying out a table that nobody sees would hold up every change
        missing = [offer for offer in self._offers() if offer not in self._known]
        self._show()
        if sector is None or not missing or self._running:
            return

        def work(_: Report) -> list[Figures]:
            return [figures_of(Wish(sector, offer, targets)) for offer in missing]

        def done(made: list[Figures]) -> None:
            self._running = False
            if sector.workforce is not getattr(self._session.sector, "workforce", None):
                self._want()
                return
            if self._session.target_set.targets == targets:
                self._known.update({one.wish.offer: one for one in made})
            self._want()

        def failed(error: Exception) -> None:
            self._running = False
            problem = self.tr("The figures could not be worked out; change the offer and come back.")
            for offer in missing:
                self._known[offer] = Figures(Wish(sector, offer, targets), None, problem=problem)
            self._session.report_fault(error)
            self._show()

        self._running = True
        self._session.tasks.start(work, on_done=done, on_failed=failed, on_cancelled=self._stopped)

    def _stopped(self) -> None:
        self._running = False

    # Showing

    def _show(self) -> None:
        offers = self._offers()
        figures = [self._known.get(offer) for offer in offers]
        self.said.setText(self._sentence(offers, figures))
        self.said.setVisible(bool(self.said.text()))
        rows = []
        if offers:
            found = [None if one is None else one.appraisal for one in figures]
            verdicts = [() if one is None else one.verdicts for one in figures]
            rows = Lines(self._session, in_percent=self.percent.isChecked()).rows(offers, found, verdicts)
        if self.differences.isChecked() and len(offers) > 1:
            rows = list(only_differences(rows))
        self.model.set_rows(("", self.tr("Now"), *(offer.name for offer in offers)), rows)
        self.copy.setEnabled(bool(rows))
        for widget in (self.table, self.differences, self.percent):
            widget.setVisible(bool(rows))
        self._show_closing()
        self._blank.setVisible(not rows)
        self.table.clearSpans()
        for at, row in enumerate(rows):
            if row.is_heading:
                self.table.setSpan(at, 0, 1, len(offers) + 2)
        self._fit_columns()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)

    def _show_closing(self) -> None:
        """The single moves between the chosen offers, where they are wanted and there are two."""
        offers = self._offers()
        can = len(offers) > 1
        self.gap.setVisible(can)
        self.closing.setVisible(can and self.gap.isChecked())
        if self.closing.isVisibleTo(self):
            self.closing.show_offers(offers)

    def _fit_columns(self) -> None:
        header, modes = self.table.horizontalHeader(), QHeaderView.ResizeMode
        columns = range(self.model.columnCount())
        widths = [self.table.sizeHintForColumn(column) for column in columns]
        others = len(widths) - 1
        beside = self.table.verticalScrollBar().sizeHint().width() + 2 * self.table.frameWidth()
        room = self.contentsRect().width() - 2 * MARGIN - beside - widths[0]
        fits = others > 0 and max(widths[1:]) * others <= room
        for column in columns:
            header.setSectionResizeMode(column, modes.Stretch if column and fits else modes.ResizeToContents)

    def _say_cell(self) -> None:
        """The chosen cell in words, with what does not fit in it."""
        self.cell.show_text(self.model.sentence(self.table.currentIndex()))

    def _sentence(self, offers: list[Offer], figures: list[Figures | None]) -> str:
        sector = self._session.sector
        if sector is None or not sector.offers:
            return self.tr("No offers to compare yet. Write one under Proposals (Ctrl+4).")
        if not offers:
            return self.tr("Choose above which offers to compare.")
        if not len(sector.workforce):
            return self.tr("No staff data yet, so there are no figures. Import payroll files (Ctrl+I).")
        problems = [
            self.tr("{offer}: {problem}").format(offer=offer.name, problem=one.problem)
            for offer, one in zip(offers, figures, strict=True)
            if one is not None and one.problem
        ]
        if problems:
            return " ".join(problems)
        return self.tr("Working out the figures…") if None in figures else ""

    def figure_here(self) -> Asked | None:
        """What the chosen cell holds, of the offer in its column; today's figures are explained with the first offer."""
        index = self.table.currentIndex()
        offers = self._offers()
        if not index.isValid() or not offers:
            return None
        row, column = self.model.rows[index.row()], index.column()
        figure = row.figure
        if figure.endswith(":"):
            whose = row.notes[column - 1] if 0 < column <= len(row.notes) else ""
            figure = figure + whose if whose else ""
        known = self._known.get(offers[max(column - 2, 0)])
        if not figure or known is None or known.appraisal is None:
            return Asked(words=self.model.sentence(index))
        elements = {f"element:{one.element}" for one in known.appraisal.cost.elements}
        if figure.startswith("element:") and figure not in elements:
            return Asked(words=self.model.sentence(index))
        return Asked(figure, known.appraisal)

    def _explain(self) -> None:
        asked = self.figure_here()
        if asked is not None and asked.figure:
            self._session.explain_wanted.emit(asked)

    def _copy(self) -> None:
        appraisal = self._session.appraisal
        text = self.model.as_text()
        if appraisal is not None:
            from bargain.basis import sentences

            said = "\n".join(sentences(appraisal.basis, least=SMALLEST_GROUP))
            text = f"{text}\n\n{said}"
        QGuiApplication.clipboard().setText(text)
