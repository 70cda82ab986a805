"""Explain this number (F8): stands over the right of the window, says where a figure comes from, closes with Esc."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPalette
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from bargain.plain_cells import prose_as_copied
from models.assumptions import YES_OR_NO
from models.issues import UnusableInput
from ui import formats
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel
from ui.widgets.scoreboard import figure_text
from ui.widgets.table import Table

if TYPE_CHECKING:
    from models.appraisal import Appraisal
    from models.explanation import ExplainedInput, ExplainedLine, Explanation
    from models.sector import Sector
    from ui.session import Session
    from ui.tasks import Report, Task

WIDE, NARROW = 400, 348
WIDE_WINDOW = 1180
FIRST = "cost_full_year"
_INDENT = "    "


class ExplainPanel(QFrame):
    """One figure: the sentence, the steps, who adds most, what changed, what went in."""

    workbook_wanted = Signal(object)  # the appraisal whose steps are wanted

    def __init__(self, session: Session, beside: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._beside = beside
        self._task: Task | None = None
        self._came_from: QWidget | None = None
        self._other: Appraisal | None = None  # the figures of an offer that is not on the table
        self._sector: Sector | None = None  # that they belong to
        self.found: Explanation | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Explain this number"))
        self.chooser = QComboBox()
        self.chooser.setAccessibleName(self.tr("Figure to explain"))
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chooser.setMinimumContentsLength(14)
        self.chooser.activated.connect(lambda at: self.explain(str(self.chooser.itemData(at))))
        self.sentence = PlainLabel("", wrap=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.steps = _Part(self.tr("Steps"))
        self.most = _Part(self.tr("Who adds most"))
        self.since = _Part(self.tr("What changed"))
        self.inputs = _Part(self.tr("What went in"))
        self.title = PlainLabel(self.tr("Explain this number"), bold=True, scale=1.1)
        self.whose = PlainLabel("", wrap=True)
        self.copy = QPushButton(self.tr("&Copy text"))
        self.copy.clicked.connect(self._copy)
        self.excel = QPushButton(self.tr("Open in E&xcel"))
        self.excel.setToolTip(self.tr("These steps as a workbook with live formulas"))
        self.excel.clicked.connect(lambda: self.workbook_wanted.emit(self._appraisal()))
        self.shut = QPushButton(self.tr("Close (Esc)"))
        self.shut.clicked.connect(self.close_panel)
        self._lay_out()
        session.appraised.connect(self._renew)
        session.sector_changed.connect(self._renew)
        beside.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        inner = QWidget()
        parts = QVBoxLayout(inner)
        parts.setContentsMargins(0, 0, 4, 0)
        parts.setSpacing(8)
        parts.addWidget(self.sentence)
        for part in (self.steps, self.most, self.since, self.inputs):
            parts.addWidget(part)
        parts.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidget(inner)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addWidget(self.excel)
        buttons.addStretch(1)
        buttons.addWidget(self.shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.whose)
        column.addWidget(self.chooser)
        column.addWidget(self.area, 1)
        column.addLayout(buttons)

    def open_panel(self, figure: str = "", appraisal: Appraisal | None = None) -> None:
        """Show the panel on a figure; on the one it showed last where none is asked for.

        appraisal: of an offer that is compared; None is the offer on the table.
        """
        own = self._session.appraisal
        is_other = appraisal is not None and (own is None or appraisal.offer != own.offer)
        self._other, self._sector = (appraisal, self._session.sector) if is_other else (None, None)
        if self._appraisal() is None:
            self._session.notice(self.tr("There are no figures yet; import staff data first (Ctrl+I)."))
            return
        if not self.isVisible():
            self._came_from = self.window().focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.chooser.setFocus(Qt.FocusReason.OtherFocusReason)
        self.explain(figure or (self.found.figure if self.found is not None else FIRST))

    def close_panel(self) -> None:
        """Hide it, and go back to where the person was."""
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None

    def leave(self) -> None:
        """Another page is shown: what was explained is not on it, and its own buttons are to be seen and reached."""
        self._came_from = None
        self.hide()

    def explain(self, figure: str) -> None:
        """Explain a figure of the offer on the table, or of the one that is compared, in the worker."""
        sector, appraisal = self._session.sector, self._appraisal()
        if sector is None or appraisal is None:
            return
        if self._task is not None:
            self._task.cancel()

        def work(_: Report) -> tuple[Explanation, tuple[tuple[str, str], ...]]:
            from bargain.explain import figures, label_of
            from bargain.explain_groups import part_figures
            from bargain.explain_since import explain_with_changes

            named = (*figures(), *part_figures(appraisal))
            labels = tuple((one, label_of(one)) for one in named)
            return explain_with_changes(sector, appraisal, figure), labels

        self._task = self._session.tasks.start(work, on_done=self._show, on_failed=self._failed)

    def _appraisal(self) -> Appraisal | None:
        """Whose figures are explained; those of another offer only as long as the sector is the same."""
        if self._other is not None and self._sector is self._session.sector:
            return self._other
        self._other = None
        return self._session.appraisal

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over the right of the pages, whatever their size."""
        if watched is self._beside and event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        width = WIDE if self._beside.width() >= WIDE_WINDOW else NARROW
        corner = self._beside.mapTo(parent, self._beside.rect().topLeft())
        self.setGeometry(corner.x() + self._beside.width() - width, corner.y(), width, self._beside.height())

    def _renew(self) -> None:
        """New figures: explain the same one again; nothing to explain: close."""
        if not self.isVisible():
            return
        if self._appraisal() is None:
            self.close_panel()
        elif self.found is not None and not self._session.is_stale:
            self.explain(self.found.figure)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UnusableInput):
            self.sentence.setText(str(error))
            for part in (self.steps, self.most, self.since, self.inputs):
                part.hide()
        else:
            self._session.report_fault(error)

    def _show(self, answer: tuple[Explanation, tuple[tuple[str, str], ...]]) -> None:
        found, labels = answer
        self.found = found
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            for figure, label in labels:
                self.chooser.addItem(label, figure)
            if self.chooser.findData(found.figure) < 0:  # a column of a table: too many to list them all
                self.chooser.insertItem(0, found.label, found.figure)
            self.chooser.setCurrentIndex(self.chooser.findData(found.figure))
        shown = self._appraisal()
        self.whose.setText("" if shown is None else self.tr("Of “{offer}”").format(offer=shown.offer.name))
        self.sentence.setText(found.sentence)
        self.steps.show_rows(
            self.tr("Steps"), [(name, _amount(one)) for name, one in _named(found)], self.tr("Amount")
        )
        by = self.tr("grade") if found.contributors_by == "grade" else self.tr("employer")
        self.most.show_rows(
            self.tr("Who adds most, by {group}").format(group=by),
            [(one.name, formats.money(one.shown)) for one in found.contributors],
            self.tr("Amount"),
        )
        self._show_since(found)
        self.inputs.show_rows(
            self.tr("What went in"),
            [(_input(one), _value(one)) for one in found.inputs],
            self.tr("Value"),
        )
        self.area.verticalScrollBar().setValue(0)

    def _show_since(self, found: Explanation) -> None:
        if found.since is None:
            self.since.hide()
            return
        was = (
            formats.money(found.since.value)
            if found.unit == "£"
            else figure_text(found.since.value, found.unit)
        )
        rows = [(self.tr("It was"), was), *((_line(one), _amount(one)) for one in found.since.lines)]
        title = self.tr("Since “{offer}” was tabled").format(offer=found.since.offer)
        self.since.show_rows(title, rows, self.tr("Change"))

    def _copy(self) -> None:
        if self.found is not None:
            from bargain.commands.explain import explanation_text

            QGuiApplication.clipboard().setText(prose_as_copied(explanation_text(self.found)))


class _Part(QWidget):
    """A heading over a small table that is as high as its rows."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(title, bold=True, wrap=True)
        self.model = ColumnTable((), self)
        self.table = Table(self.model, title)
        self.table.setSortingEnabled(False)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setWordWrap(True)
        self.table.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.table)

    def show_rows(self, title: str, rows: Sequence[tuple[str, str]], heading: str) -> None:
        """Fill the table; nothing to show hides the part."""
        self.setVisible(bool(rows))
        self.title.setText(title)
        self.table.setAccessibleName(title)
        self.model.set_columns(
            (
                Column("", [name for name, _ in rows]),
                Column(heading, [value for _, value in rows], is_number=True),
            )
        )
        self.table.fit(0)
        self.table.horizontalHeader().hide()
        self._fit_height()

    def _fit_height(self) -> None:
        view = self.table
        view.resizeRowsToContents()
        height = sum(view.rowHeight(at) for at in range(self.model.rowCount()))
        view.setFixedHeight(height + 2 * view.frameWidth() + 2)


def _named(found: Explanation) -> list[tuple[str, ExplainedLine]]:
    """Each line with its words; a part without the name of the sub-total that follows it."""
    from models.explanation import LineKind

    totals = {one.label for one in found.lines if one.kind is LineKind.SUBTOTAL}
    named = []
    for one in found.lines:
        whole, _, part = one.label.partition(": ")
        is_short = one.kind is LineKind.PART and whole in totals
        named.append((f"{_INDENT}{part}" if is_short else _line(one), one))
    return named


def _line(one: ExplainedLine) -> str:
    from models.explanation import LineKind

    lead = {LineKind.PART: _INDENT, LineKind.SUBTOTAL: "= ", LineKind.TOTAL: "= "}.get(one.kind, "")
    return f"{lead}{one.label}"


def _amount(one: ExplainedLine) -> str:
    return formats.money(one.shown) if one.unit == "£" else figure_text(one.shown, one.unit)


def _input(one: ExplainedInput) -> str:
    """What it is, where it comes from, from when, and how it stands."""
    standing = {True: "✓", False: "?", None: ""}[one.agreed]
    if one.disputed:
        standing = "✗"
    label = f"{one.label}: {one.value}" if isinstance(one.value, str) else one.label
    parts = [label, one.source.partition(" · ")[0], formats.day(one.dated) if one.dated else "", one.note]
    text = " · ".join(part for part in parts if part)
    return f"{text} {standing}".strip()


def _value(one: ExplainedInput) -> str:
    if one.value is None:
        return formats.not_known()
    if isinstance(one.value, str):  # words stand with the label: they would push all figures out
        return ""
    if one.unit == YES_OR_NO:
        return formats.yes_or_no(one.value)
    if one.unit.startswith("£"):
        return formats.money(one.value, 2 if one.value % 1 else 0)
    if one.unit == "share":
        return formats.percent(one.value, 2)
    places = next((p for p in range(4) if abs(round(one.value, p) - one.value) < 1e-9), 3)
    return f"{formats.number(one.value, places)} {one.unit}"
