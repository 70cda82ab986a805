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
from ui import formats
from ui.appraising import Figures, Wish, figures_of
from ui.figure_at import Asked
from ui.hidden import hidden_places
from ui.itemmodels.compare_table import CompareRow, CompareTable, only_differences
from ui.lever_words import figure_of_lever, lever_name, value_words, words_of_state
from ui.levers import LeverKey, LeverState, lever_values
from ui.widgets.closing import ClosingPanel
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain_label import PlainLabel
from ui.widgets.scoreboard import (
    figure_text,
    measure_label,
    place_of,
    status_word,
    unit_of,
    verdict_words,
    whose_words,
)
from ui.widgets.tile import SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from models.appraisal import Appraisal
    from models.costing import CostBreakdown
    from models.offer import Offer
    from models.target import Verdict
    from ui.session import Session
    from ui.tasks import Report

MOST = 4
MARGIN = 8
NOTHING = formats.DASH
PEOPLE = (
    "lowest",
    "p10",
    "p50",
    "p90",
    "p90_p10",
    "gini",
    "smallest_differential",
    "gender_pay_gap_median",
    "heads_below_hourly",
)


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
        missing = [offer for offer in self._offers() if offer not in self._known]
        self._show()
        if sector is None or not missing or self._running or not self.isVisible():
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
        rows = self._rows(offers, figures)
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

    def _rows(self, offers: list[Offer], figures: list[Figures | None]) -> list[CompareRow]:
        if not offers:
            return []
        found = [None if one is None else one.appraisal for one in figures]
        verdicts = [() if one is None else one.verdicts for one in figures]
        return [
            *self._target_rows(verdicts),
            *self._term_rows(offers, found),
            *self._cost_rows(found),
            *self._people_rows(found),
            *self._employer_rows(found),
        ]

    def _target_rows(self, verdicts: list[tuple[Verdict, ...]]) -> list[CompareRow]:
        targets = self._session.target_set.targets
        if not targets:
            return []
        rows, hidden = [CompareRow(self.tr("Targets"))], self._hidden()
        for at, target in enumerate(targets):
            cells, notes, hide = [NOTHING], [""], [False]
            label = target.name or measure_label(target.measure)
            for each in verdicts:
                verdict = each[at] if at < len(each) else None
                cells.append(NOTHING if verdict is None else self._verdict_cell(verdict))
                notes.append("" if verdict is None else whose_words(verdict))
                hide.append(verdict is not None and place_of(verdict) in hidden)
                if verdict is not None and " · " in verdict_words(verdict) and "·" not in label:
                    label = f"{label} · {verdict_words(verdict).split(' · ', 1)[1]}"
            rows.append(CompareRow(label, tuple(cells), tuple(notes), target.measure, tuple(hide)))
        return rows

    def _hidden(self) -> frozenset[str]:
        """Employers and grades of so few staff that their figures stay on this side."""
        appraisal = self._session.appraisal
        return frozenset() if appraisal is None else hidden_places(appraisal)

    def _verdict_cell(self, verdict: Verdict) -> str:
        known = verdict.value is not None
        value = figure_text(verdict.value, unit_of(verdict.target.measure)) if known else ""
        return f"{SYMBOLS[verdict.status]} {status_word(verdict.status)}  {value}".strip()

    def _term_rows(self, offers: list[Offer], found: list[Appraisal | None]) -> list[CompareRow]:
        sector = self._session.sector
        if sector is None:
            return []
        first = next((one for one in found if one is not None), None)
        lowest = None if first is None else int(first.hourly_before.min())
        states = [lever_values(offer, sector, lowest_micros=lowest) for offer in offers]
        rows = [CompareRow(self.tr("Terms"))]
        for key in LeverKey:
            now = states[0][key].now
            today = NOTHING if now is None or key is LeverKey.START else value_words(key, now)
            cells = (self._term(each[key]) for each in states)
            rows.append(CompareRow(lever_name(key), (today, *cells), figure=figure_of_lever(key)))
        return rows

    def _term(self, state: LeverState) -> str:
        if state.mixed and not state.can_change:
            return self.tr("mixed")
        words = words_of_state(state)
        return self.tr("{value} (mixed)").format(value=words) if state.mixed else words

    def _cost_rows(self, found: list[Appraisal | None]) -> list[CompareRow]:
        lines: tuple[tuple[str, str, Callable[[CostBreakdown], float]], ...] = (
            (self.tr("Full year"), "cost_full_year", lambda cost: cost.full_year),
            (self.tr("Year 1"), "cost_in_year", lambda cost: cost.in_year_cost),
            (self.tr("Whole deal"), "cost_total", lambda cost: cost.over_term),
            (self.tr("Back pay"), "back_pay", lambda cost: cost.back_pay),
            (self.tr("Paid once"), "one_off", lambda cost: cost.one_off),
        )
        unit = (
            self.tr("Cost, % of labour cost now")
            if self.percent.isChecked()
            else self.tr("Cost, £ with on-costs")
        )
        rows = [CompareRow(unit)]
        for label, figure, read in lines:
            cells = [
                NOTHING if one is None else self._money(read(one.cost), one.cost.labour_before)
                for one in found
            ]
            rows.append(CompareRow(label, (NOTHING, *cells), figure=figure))
        growth = [NOTHING if one is None else formats.percent(one.cost.level, 2) for one in found]
        label = self.tr("Pay bill, growth without on-costs")
        rows.append(CompareRow(label, (NOTHING, *growth), figure="level"))
        return rows

    def _money(self, pounds: float, labour: float) -> str:
        if self.percent.isChecked():
            return formats.percent(pounds / labour, 2) if labour else formats.not_known()
        return formats.money(pounds)

    def _people_rows(self, found: list[Appraisal | None]) -> list[CompareRow]:
        rows = [CompareRow(self.tr("People"))]
        first = next((one for one in found if one is not None), None)
        for measure in PEOPLE:
            unit = unit_of(measure)
            now = NOTHING if first is None else figure_text(first.before.measures.get(measure), unit)
            cells = [
                NOTHING if one is None else figure_text(one.after.measures.get(measure), unit)
                for one in found
            ]
            rows.append(CompareRow(self._people_label(measure), (now, *cells), figure=measure))
        return rows

    def _people_label(self, measure: str) -> str:
        names = {
            "lowest": self.tr("Lowest rate paid"),
            "p10": self.tr("A tenth are paid less than (P10)"),
            "p50": self.tr("Half are paid less than (P50)"),
            "p90": self.tr("A tenth are paid more than (P90)"),
            "gini": self.tr("Inequality (Gini)"),
            "heads_below_hourly": self.tr("Staff below the real living wage"),
        }
        return names.get(measure, measure_label(measure))

    def _employer_rows(self, found: list[Appraisal | None]) -> list[CompareRow]:
        rows, hidden = [CompareRow(self.tr("Employers"))], self._hidden()
        first = next((one for one in found if one is not None), None)
        for label, pick in ((self.tr("Lowest margin"), min), (self.tr("Highest margin"), max)):
            now = ("", "") if first is None else _extreme_margin(first, pick, after=False)
            then = [("", "") if one is None else _extreme_margin(one, pick, after=True) for one in found]
            rows.append(_row_of_places(label, (now, *then), "margin", hidden))
        unit = unit_of("employers_below_margin")
        before = None if first is None else first.before.measures.get("employers_below_margin")
        counts = [
            NOTHING if one is None else figure_text(one.after.measures.get("employers_below_margin"), unit)
            for one in found
        ]
        label = self.tr("Employers at a loss")
        cells = (figure_text(before, unit), *counts)
        rows.append(CompareRow(label, cells, figure="employers_below_margin"))
        dearest = [("", "") if one is None else self._dearest(one) for one in found]
        steepest = self.tr("Steepest rise in labour cost")
        rows.append(_row_of_places(steepest, (("", ""), *dearest), "employer", hidden))
        return rows

    def _dearest(self, appraisal: Appraisal) -> tuple[str, str]:
        """The rise of the employer whose labour cost rises most, in proportion, and its name."""
        groups = [one for one in appraisal.cost.by_employer if one.labour_before > 0]
        if not groups:
            return formats.not_known(), ""
        worst = max(groups, key=lambda one: one.full_year / one.labour_before)
        own = worst.full_year / worst.represents, worst.labour_before / worst.represents
        return self._money(*own), worst.name

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


def _extreme_margin(
    appraisal: Appraisal, pick: Callable[[list[tuple[float, str]]], tuple[float, str]], *, after: bool
) -> tuple[str, str]:
    """The lowest or highest operating margin, and whose it is."""
    read = [(one.margin_after if after else one.margin_before, one.name) for one in appraisal.margins]
    known = [(margin, name) for margin, name in read if margin is not None]
    if not known:
        return formats.not_known(), ""
    margin, name = pick(known)
    return formats.percent(margin), name


def _row_of_places(
    label: str, places: tuple[tuple[str, str], ...], kind: str, hidden: Collection[str]
) -> CompareRow:
    """A line of figures with the names they belong to as notes; what F8 explains is of that kind and name."""
    cells, names = tuple(figure or NOTHING for figure, _ in places), tuple(name for _, name in places)
    return CompareRow(label, cells, names, f"{kind}:", tuple(name in hidden for name in names))
