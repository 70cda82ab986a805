"""Every measure by kind of owner, now and under the offer; employers whose owner is not recorded are a kind too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from bargain.ladder import grades_held
from bargain.small_groups import hidden_among
from models.target import Target
from ui import formats
from ui.charts.view import ChartPane
from ui.charts.what_if_charts import owners_chart
from ui.itemmodels.column_table import Column, ColumnTable
from ui.report import Sheet, sheet_of
from ui.what_if.number import NumberField
from ui.what_if.panel import Form, Panel, fit_names
from ui.widgets.chooser import widen
from ui.widgets.plain_label import PlainLabel
from ui.widgets.scoreboard import catalogue_label, difference_text, figure_text, unit_of
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Generator

    from bargain.owners import OwnerFigures
    from bargain.progress import Progress
    from models.appraisal import Appraisal
    from models.sector import Sector
    from ui.session import Session
    from ui.tasks import Report
    from ui.what_if.panel import Work

NOW, THEN, CHANGE = range(3)


class OwnershipPanel(Panel):
    """A row a measure, a column a kind of owner; the chosen row as a chart."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "", parent)
        self.name = self.tr("Ownership")
        self.kinds = QComboBox()
        self.when = QComboBox()
        self.finder = QLineEdit()
        self.grade, self.over = QComboBox(), QComboBox()
        self.hourly = NumberField(self.tr("Hourly rate, pounds"), least=0.01, most=1000.0)
        self.norm = NumberField(self.tr("Norm for the general rise, per cent"), least=-0.5, percent=True)
        self.margin = NumberField(self.tr("Margin to keep, per cent"), least=-1.0, most=1.0, percent=True)
        self.model = ColumnTable((), self)
        self.table = Table(self.model, self.tr("Measures by kind of owner"))
        self.table.setSortingEnabled(False)
        self.chart = ChartPane()
        self.found: tuple[OwnerFigures, ...] = ()
        self.hidden: tuple[bool, ...] = ()  # whose figures stay on this screen
        self._shown: list[str] = []  # the measure of each row; empty for the rows of counts
        self.views.addTab(self.table, self.tr("All measures"))
        self.views.addTab(self.chart, self.tr("Chart of the chosen one"))
        self.lay_out(self._inputs())
        self._connect_inputs()

    def _inputs(self) -> QWidget:
        for words, families in (
            (self.tr("each kind of owner"), False),
            (self.tr("families of owners"), True),
        ):
            self.kinds.addItem(words, families)
        for words, when in (
            (self.tr("under the offer"), THEN),
            (self.tr("now"), NOW),
            (self.tr("the change"), CHANGE),
        ):
            self.when.addItem(words, when)
        for box in (self.kinds, self.when):
            widen(box)
        self.finder.setPlaceholderText(self.tr("gini, margin, gap…"))
        self.finder.setClearButtonEnabled(True)
        self.hourly.setPlaceholderText(self.tr("real Living Wage"))
        self.norm.setPlaceholderText(self.tr("none"))
        self.margin.setPlaceholderText("0")
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        form = Form()
        form.add(self.tr("By"), self.kinds)
        form.add(self.tr("Show"), self.when)
        form.add(self.tr("Find"), self.finder)
        column.addLayout(form)
        column.addWidget(PlainLabel(self.tr("What some measures are taken with"), bold=True, wrap=True))
        more = Form()
        for box in (self.grade, self.over):
            widen(box)
        more.add(self.tr("Grade"), self.grade)
        more.add(self.tr("over"), self.over)
        more.add(self.tr("Hourly rate, £"), self.hourly)
        more.add(self.tr("Norm, %"), self.norm)
        more.add(self.tr("Margin to keep, %"), self.margin)
        column.addLayout(more)
        column.addWidget(
            PlainLabel(
                self.tr(
                    "Owners come with the staff data or the accounts. Not recorded is a kind of its own."
                ),
                wrap=True,
            )
        )
        column.addStretch(1)
        return made

    def _connect_inputs(self) -> None:
        for box in (self.kinds, self.grade, self.over):
            box.activated.connect(self.want)
        for field in (self.hourly, self.norm, self.margin):
            field.changed.connect(self.want)
            field.spoilt.connect(self.say_wrong)
        self.when.activated.connect(self._show)
        self.finder.textChanged.connect(self._show)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_one())

    # What is asked

    def show_sector(self, sector: Sector) -> None:
        """The ladder's grades to choose from; the second over the first unless another pair was chosen."""
        grades = grades_held(sector)
        for box, usual in ((self.grade, 1), (self.over, 0)):
            before = box.currentText()
            with QSignalBlocker(box):
                box.clear()
                box.addItems(grades)
                at = box.findText(before)
                box.setCurrentIndex(at if at >= 0 else min(usual, len(grades) - 1))

    def question(self, sector: Sector, appraisal: Appraisal) -> Work | None:
        """Every kind in turn; between two of them the work can be stopped."""
        families = bool(self.kinds.currentData())
        asked = Target(
            "",
            "",
            grade=self.grade.currentText(),
            over=self.over.currentText(),
            hourly=self.hourly.value,
            norm=self.norm.value,
            margin=self.margin.value,
        )

        def work(report: Report) -> tuple[OwnerFigures, ...]:
            from bargain.progress import drive

            return drive(_steps(sector, appraisal, families=families, asked=asked), report)

        return work

    def show_answer(self, answer: tuple[OwnerFigures, ...]) -> None:
        """Keep the figures; the choosers decide what of them is shown."""
        self.found = answer
        self.hidden = hidden_among([one.staff for one in answer])
        self._show()

    # Showing

    def _show(self) -> None:
        if not self.found:
            return
        from bargain.measures.catalogue import MEASURES

        when = int(self.when.currentData())
        wanted = self.finder.text().strip().casefold()
        named = [
            key
            for key, one in MEASURES.items()
            if (one.timed or when == THEN)
            and any(wanted in words.casefold() for words in (catalogue_label(key), key, one.label))
        ]
        at = self._measure()
        self._shown = ["", "", "", *named]
        counts = (self.tr("Employers"), self.tr("Staff"), self.tr("Employers with accounts"))
        columns = [Column(self.tr("Measure"), [*counts, *map(catalogue_label, named)])]
        for one, is_hidden in zip(self.found, self.hidden, strict=True):
            cells = [
                formats.number(one.employers),
                formats.number(one.staff),
                formats.number(one.with_accounts),
                *(self._cell(one, key, when) for key in named),
            ]
            alone = [
                is_hidden and row > 0 for row in range(len(cells))
            ]  # that there are employers may be said
            columns.append(Column(owner_words(one.name), cells, is_number=True, hide=alone))
        self.model.set_columns(columns)
        fit_names(self.table)
        first = 3 if named else 0
        self.table.selectRow(self._shown.index(at) if at in named else first)
        self._show_one()
        self.headline.setText(self._headline(when))

    def _headline(self, when: int) -> str:
        offer = self._session.offer.name
        return {
            NOW: self.tr("Every measure by kind of owner, as it is now"),
            THEN: self.tr("Every measure by kind of owner, under “{offer}”").format(offer=offer),
            CHANGE: self.tr("What “{offer}” changes, by kind of owner").format(offer=offer),
        }[when]

    def _cell(self, one: OwnerFigures, measure: str, when: int) -> str:
        unit = unit_of(measure)
        now, then = one.before.get(measure), one.after.get(measure)
        if when == CHANGE:
            if now is None or then is None:
                return formats.not_known()
            return difference_text(then - now, unit)
        return figure_text(now if when == NOW else then, unit)

    def _measure(self) -> str:
        index = self.table.currentIndex()
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else ""

    def _show_one(self) -> None:
        """The chosen measure as a chart, and how many stand behind it in each kind."""
        measure = self._measure()
        if not measure or not self.found:
            return
        names = [owner_words(one.name) for one in self.found]
        chart = owners_chart(self.found, measure, names=names, hidden=self.hidden)
        self.chart.show_chart(chart, self._session.appraisal)
        self.said.setText(self._behind(measure))

    def _behind(self, measure: str) -> str:
        counts = [
            (owner_words(one.name), one.behind(measure))
            for one, is_hidden in zip(self.found, self.hidden, strict=True)
            if not is_hidden  # this sentence is copied and printed
        ]
        parts = [
            self.tr("{kind} {n} of {all} {unit}").format(
                kind=kind, n=formats.number(one.n), all=formats.number(one.of), unit=one.unit
            )
            for kind, one in counts
            if one.left_out
        ]
        label, unit = catalogue_label(measure), unit_of(measure)
        if parts:
            why = next((one.why for _, one in counts if one.left_out), "")
            text = self.tr("{measure} leaves some out ({why}). It stands on: {parts}; on all of the others.")
            said = text.format(measure=label, why=why, parts="; ".join(parts))
        else:
            said = self.tr("{measure} stands on all staff of each kind that returned.").format(measure=label)
        spans = [
            self.tr("{kind} {low} to {high}").format(
                kind=owner_words(one.name), low=figure_text(span.low, unit), high=figure_text(span.high, unit)
            )
            for one, is_hidden in zip(self.found, self.hidden, strict=True)
            if not is_hidden and (span := one.ranges.get(measure)) is not None
        ]
        if spans:
            text = self.tr("95% range under the offer, from resampling employers: {spans}.")
            said = f"{said} {text.format(spans='; '.join(spans))}"
        alone = ", ".join(
            owner_words(one.name) for one, is_hidden in zip(self.found, self.hidden, strict=True) if is_hidden
        )
        if not alone:
            return said
        text = self.tr("{kinds}: fewer than 10 people, or next to so few. Not shown outside your side.")
        return f"{said} {text.format(kinds=alone)}"

    # Elsewhere

    def assumed(self) -> Sequence[str]:
        """What the measures that need it were taken with."""
        rate = (
            self.tr("the real Living Wage") if self.hourly.value is None else formats.rate(self.hourly.value)
        )
        return (
            self.tr(
                "Taken with: {grade} over {over}; hourly rate {rate}; norm {norm}; margin to keep {margin}."
            ).format(
                grade=self.grade.currentText() or formats.not_known(),
                over=self.over.currentText() or formats.not_known(),
                rate=rate,
                norm=formats.percent(self.norm.value),
                margin=formats.percent(self.margin.value or 0.0),
            ),
        )

    def sheets(self) -> Sequence[Sheet]:
        """The table; what could be one person's figure is left out of it."""
        return (sheet_of(self.name, self.model), self._left_out())

    def _left_out(self) -> Sheet:
        """How many stand behind each measure that does not count everybody."""
        rows = [
            (
                catalogue_label(key),
                owner_words(one.name),
                formats.number(counted.n),
                formats.number(counted.of),
                f"{counted.unit}: {counted.why}",
            )
            for key in self._shown
            if key
            for one, is_hidden in zip(self.found, self.hidden, strict=True)
            if not is_hidden and (counted := one.behind(key)).left_out
        ]
        headings = (
            self.tr("Measure"),
            self.tr("Kind of owner"),
            self.tr("n"),
            self.tr("of"),
            self.tr("Left out"),
        )
        return Sheet(self.tr("Measures that do not count everybody"), headings, tuple(rows))


def owner_words(name: str) -> str:
    """A kind of owner as a heading."""
    short = name.removesuffix(" company").removesuffix(", type not recorded")
    return short[:1].upper() + short[1:]


def _steps(
    sector: Sector, appraisal: Appraisal, *, families: bool, asked: Target
) -> Generator[Progress, None, tuple[OwnerFigures, ...]]:
    """Runs in the worker."""
    from bargain.owners import by_owner
    from bargain.progress import Progress

    found = []
    for one in by_owner(sector, appraisal, families=families, asked=asked, with_ranges=True):
        found.append(one)
        yield Progress(one.name, len(found))
    return tuple(found)
