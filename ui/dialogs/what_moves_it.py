"""What moves it: a chart of how far each input moves the cost of the offer, with its table beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from models.issues import UnusableInput
from ui import formats
from ui.charts.tornado_chart import tornado_chart
from ui.charts.view import ChartPane
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from models.sensitivity import Tornado
    from ui.session import Session
    from ui.tasks import ProgressLike, Task


class WhatMovesItDialog(QDialog):
    """Works the swings out in the worker, again for each choice."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What moves it"))
        self.finished.connect(self.deleteLater)
        self._session = session
        self._task: Task | None = None
        self.said = PlainLabel("", wrap=True)
        self.figure = self._chooser(
            self.tr("Cost to vary"),
            (
                (self.tr("Full-year cost"), "cost_full_year"),
                (self.tr("Cost in the first year"), "cost_in_year"),
                (self.tr("Cost over the deal"), "cost_total"),
            ),
        )
        self.by = self._chooser(
            self.tr("How far each input moves"),
            (
                (self.tr("A tenth lower and higher"), "tenth"),
                (self.tr("One step lower and higher"), "step"),
            ),
        )
        self.pane = ChartPane()
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        top = QHBoxLayout()
        top.addWidget(self.figure)
        top.addWidget(self.by)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.addLayout(top)
        column.addWidget(self.said)
        column.addWidget(self.pane, 1)
        column.addWidget(buttons)
        QShortcut(QKeySequence("Ctrl+Shift+T"), self, self.pane.toggle_table)
        self.resize(820, 500)
        self._begin()

    def _chooser(self, name: str, choices: tuple[tuple[str, str], ...]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for words, key in choices:
            box.addItem(words, key)
        box.activated.connect(self._begin)
        return box

    def _begin(self) -> None:
        sector, offer = self._session.sector, self._session.offer
        if sector is None:
            return
        if self._task is not None:
            self._task.cancel()
        from bargain.sensitivity import tornado

        steps = tornado(sector, offer, str(self.figure.currentData()), by=str(self.by.currentData()))
        self._task = self._session.tasks.start_steps(
            steps, on_done=self._show, on_failed=self._failed, on_progress=self._progress
        )
        self.said.setText(self.tr("Working it out…"))

    def _progress(self, step: ProgressLike) -> None:
        text = self.tr("Varying input {number} of {count}…")
        self.said.setText(text.format(number=step.done + 1, count=step.total))

    def _show(self, found: Tornado) -> None:
        self._task = None
        text = self.tr("{figure} of “{offer}”: {cost}. Each input alone, all else unchanged; widest first.")
        if any(not one.is_sourced for one in found.swings):
            text += " " + self.tr("Inputs marked ◊ have no source.")
        self.said.setText(
            text.format(
                figure=self.figure.currentText(),
                offer=self._session.offer.name,
                cost=formats.money(found.base),
            )
        )
        self.pane.show_chart(tornado_chart(found), self._session.appraisal)

    def _failed(self, error: Exception) -> None:
        self._task = None
        if isinstance(error, UnusableInput):
            self.said.setText(str(error))
        else:
            self._session.report_fault(error)

    def done(self, result: int) -> None:
        """Stop what is under way."""
        if self._task is not None:
            self._task.cancel()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is leaving too."""
        if self._task is not None:
            self._task.cancel()
        super().closeEvent(event)
