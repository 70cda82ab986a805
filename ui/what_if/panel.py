"""What the panels of the What-if page share: assumptions beside figures, what figures stand on, and a report of both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from bargain.whole_file import write_whole
from ui import palette
from ui.asking import Asker
from ui.basis_words import basis_now, basis_sentences, copied_basis
from ui.charts.counted import as_counted
from ui.charts.view import EMPTY, ChartPane
from ui.hidden import mark_words
from ui.itemmodels.column_table import ColumnTable
from ui.report import Report, Sheet, as_csv, as_text
from ui.widgets.columns import TallList
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.empty_page import EmptyPage
from ui.widgets.plain_label import PlainLabel, plain_tip
from ui.widgets.table import Table

if TYPE_CHECKING:
    from models.appraisal import Appraisal
    from models.sector import Sector
    from models.what_if import WhatIf
    from ui.charts.model import Chart
    from ui.session import Session
    from ui.tasks import Report as Progressing

LEFT = 316
SAY_AFTER_MS = 400  # of waiting, that an answer is on its way
Work = Callable[["Progressing"], Any]


class _Inputs(TallList):
    """As wide as its fields ask for, and no narrower than usual."""

    def sizeHint(self) -> QSize:
        """The width to keep to."""
        return QSize(max(LEFT, self.minimumSizeHint().width()), super().sizeHint().height())


class Form(QFormLayout):
    """Fields under their names, each with its accessible name."""

    def __init__(self) -> None:
        super().__init__()
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.setVerticalSpacing(5)

    def add(self, words: str, field: QWidget) -> None:
        """A field; the letter after & in its name leads to it."""
        label = PlainLabel(words)
        label.setBuddy(field)
        field.setAccessibleName(words.replace("&", ""))
        self.addRow(label, field)


def fit_names(table: Table) -> None:
    """Every column as wide as its contents; what does not fit beside the names is scrolled to."""
    table.fit(-1)


class Panel(QWidget):
    """One what-if. What is assumed is the sector's, changed by one undoable step each; figures come from the worker.

    A panel says what it asks (``question``), shows the answer (``show_answer``) and its sector (``show_sector``).
    ``of_returns``: its figures count the returns alone, also where the sector's are grossed up.
    """

    of_returns = False
    told = Signal()  # whether there are figures to copy, save and print has changed

    def __init__(self, session: Session, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.name = name
        self.is_told = False
        self.asker = Asker(session, self)
        self.headline = PlainLabel("", bold=True, wrap=True)
        self.wrong = PlainLabel("", wrap=True)
        self.views = QTabWidget()
        self.said = PlainLabel("", wrap=True)
        self.basis = ElidedLabel()
        self.basis.set_lines(2)
        self._body = QWidget()
        self._empty = EmptyPage(
            self.tr("No staff data yet"),
            self.tr("These figures need staff with hours and pay. Import payroll files (Ctrl+I)."),
        )
        self._stack = QStackedWidget()
        self._say_soon = QTimer(self)
        self._say_soon.setSingleShot(True)
        self._say_soon.setInterval(SAY_AFTER_MS)
        self._say_soon.timeout.connect(self._say_waiting)

    # Putting together

    def lay_out(self, inputs: QWidget | None = None) -> None:
        """Assumptions to the left, where there are any; figures, and what they stand on, in the rest."""
        self.wrong.hide()
        for table in self.views.findChildren(Table):
            table.notes = lambda: copied_basis(self._session, of_returns=self.of_returns)
        self.views.setAccessibleName(self.tr("{name}: figures and charts").format(name=self.name))
        right = QVBoxLayout()
        right.setSpacing(5)
        right.addWidget(self.wrong)
        right.addWidget(self.headline)
        right.addWidget(self.views, 1)
        right.addWidget(self.said)
        right.addWidget(self.basis)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(6, 6, 6, 4)
        row.setSpacing(8)
        if inputs is not None:
            row.addWidget(self._left(inputs))
        row.addLayout(right, 1)
        self._stack.addWidget(self._body)
        self._stack.addWidget(self._empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self._connect()
        self._take_sector()

    def _left(self, inputs: QWidget) -> QWidget:
        scroll = _Inputs(inputs)
        scroll.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        return scroll

    def _connect(self) -> None:
        self._session.sector_changed.connect(self._take_sector)
        self._session.offer_changed.connect(self._take_sector)
        self._session.appraised.connect(self.want)
        self.asker.answered.connect(self._take_answer)
        self.asker.refused.connect(self._refuse)

    # What a panel says of itself

    def show_sector(self, sector: Sector) -> None:
        """Put the sector's assumptions into the fields."""
        raise NotImplementedError

    def question(self, sector: Sector, appraisal: Appraisal) -> Work | None:
        """What to ask the worker; None where nothing can be asked yet."""
        raise NotImplementedError

    def show_answer(self, answer: Any) -> None:
        """Show what the worker found."""
        raise NotImplementedError

    def assumed(self) -> Sequence[str]:
        """What is assumed, in sentences, for paper and clipboard."""
        raise NotImplementedError

    def told_outside(self) -> Sequence[str]:
        """The sentences of the answer, as they may leave this side."""
        return (self.headline.text(), self.said.text())

    def sheets(self) -> Sequence[Sheet]:
        """The tables, for paper and clipboard."""
        raise NotImplementedError

    # Asking and answering

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while another page was shown is asked for now."""
        super().showEvent(event)
        self.want()

    def want(self) -> None:
        """Ask for the figures of the offer on the table; an older question is given up."""
        session = self._session
        sector, appraisal = session.sector, session.appraisal
        if sector is None or not self.isVisible() or session.is_stale:
            return
        if appraisal is None:
            self._refuse(session.problem)
            return
        work = self.question(sector, appraisal)
        if work is None:
            self.asker.forget()
            self._clear_charts()
            self._set_told(told=False)
        else:
            self.asker.ask(work)
            self._say_soon.start()

    def _say_waiting(self) -> None:
        """The answer takes a while: what is shown is of the question before."""
        if self.asker.is_waiting:
            self.headline.setText(self.tr("Working it out…"))
            self._pale_charts()

    def _charts(self) -> list[ChartPane]:
        views = (self.views.widget(at) for at in range(self.views.count()))
        return [one for one in views if isinstance(one, ChartPane)]

    def _pale_charts(self) -> None:
        for chart in self._charts():
            chart.set_stale(True)

    def _clear_charts(self) -> None:
        """There is nothing to show: a chart of before would be read as if there were."""
        for chart in self._charts():
            chart.show_chart(EMPTY)

    def _take_answer(self, answer: object) -> None:
        self._say_soon.stop()
        self.say_wrong("")
        self.show_answer(answer)
        self._show_basis()
        self._set_told(told=True)

    def _refuse(self, why: str) -> None:
        """There are no figures: say why; those of before stay, pale, with a word over each chart."""
        self._say_soon.stop()
        self.headline.setText(why)
        self._pale_charts()
        self._set_told(told=False)

    def _take_sector(self) -> None:
        sector = self._session.sector
        if sector is None:
            self.asker.forget()
            return
        staffed = len(sector.workforce) > 0
        self._stack.setCurrentWidget(self._body if staffed else self._empty)
        if staffed:
            self.show_sector(sector)

    def _set_told(self, *, told: bool) -> None:
        if told != self.is_told:
            self.is_told = told
            self.told.emit()

    def _show_basis(self) -> None:
        appraisal = self._session.appraisal
        if appraisal is not None:
            alone = [mark_words()] if any(one.hides_any for one in self.findChildren(ColumnTable)) else []
            self.basis.show_text(" ".join([*alone, *self._basis_sentences()]))
            self.basis.setToolTip(plain_tip("\n".join(self._basis_sentences())))

    def _basis_sentences(self) -> tuple[str, ...]:
        return basis_sentences(self._session, of_returns=self.of_returns)

    def _noted(self, chart: Chart) -> Chart:
        """A chart of figures that count the returns alone, and hang on no offer."""
        basis = basis_now(self._session, of_returns=True)
        return chart if basis is None else as_counted(chart, basis)

    # Changing

    def what_if(self) -> WhatIf:
        """What the sector assumes now."""
        from models.what_if import WhatIf

        return self._session.sector.what_if if self._session.sector is not None else WhatIf()

    def change(self, after: WhatIf, text: str) -> None:
        """Assume something else, as one undoable step."""
        sector = self._session.sector
        if sector is not None and after != sector.what_if:
            self._session.change_sector(replace(sector, what_if=after), text)

    def say_wrong(self, text: str) -> None:
        """Say what can't be used; an empty text takes it back."""
        self.wrong.setText(f"✗ {text}" if text else "")
        self.wrong.setVisible(bool(text))
        own = QPalette(self.wrong.palette())
        own.setColor(QPalette.ColorRole.WindowText, QColor(palette.current().error_text))
        self.wrong.setPalette(own)

    # Taking it elsewhere

    def report(self) -> Report:
        """The panel on paper: its figures with everything they rest on."""
        sector = self._session.sector
        title = self.tr("{name}: {sector}").format(name=self.name, sector=sector.name if sector else "")
        lines = [
            *self.told_outside(),
            *self.assumed(),
            *copied_basis(self._session, of_returns=self.of_returns),
        ]
        if sector is not None and sector.is_sample:
            lines.insert(0, self.tr("Sample data. These are not real people."))
        return Report(title, tuple(line for line in lines if line), tuple(self.sheets()))

    def copy_text(self) -> None:
        """Everything on the clipboard, tables as spreadsheets take them."""
        QGuiApplication.clipboard().setText(as_text(self.report()))

    def choose_file(self) -> None:
        """Ask where to save."""
        kinds = self.tr("Page to print (*.pdf);;Figures (*.csv)")
        name, kind = QFileDialog.getSaveFileName(self, self.tr("Save these figures"), self.name, kinds)
        if name:
            self.save_to(Path(name), kind)

    def save_to(self, path: Path, kind: str = "") -> None:
        """Write a PDF or CSV by the file's ending; says so where the folder can't take it."""
        if path.suffix.lower() not in {".pdf", ".csv"}:
            path = path.with_name(path.name + (".csv" if "csv" in kind else ".pdf"))
        if path.suffix.lower() == ".csv":
            data = as_csv(self.report()).encode("utf-8-sig")
        else:
            from ui.paper import report_pdf

            data = report_pdf(self.report())
        try:
            write_whole(path, data)
        except OSError as error:
            text = self.tr("{name} was not saved: {why}. Choose another folder or name.")
            self.say_wrong(text.format(name=path.name, why=error.strerror))

    def print_out(self) -> None:
        """Ask for a printer and print."""
        from ui.paper import print_report

        print_report(self.report(), self)
