"""The steps of the file as sentences, newest first; choosing one goes back or forward to it."""

from __future__ import annotations

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.commands import Command, KeptStep
from ui.dialogs.earlier_versions import moment
from ui.widgets.plain_label import PlainLabel


class HistoryDialog(QDialog):
    """Nothing is lost by going back: the later steps stay until something else is done."""

    def __init__(self, stack: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("History"))
        self.finished.connect(self.deleteLater)
        self._stack = stack
        self.steps = QListWidget(self)
        self.steps.setAccessibleName(self.tr("Steps, newest first"))
        self.go_button = QPushButton(self.tr("&Go to this step"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        for button, act in ((self.go_button, self.go), (self.close_button, self.reject)):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        self.steps.itemActivated.connect(lambda _: self.go())
        self.steps.currentRowChanged.connect(self._show_chosen)
        self._lay_out()
        self._fill()
        self.resize(620, 420)

    def go(self) -> None:
        """Undo or redo up to the chosen step."""
        wanted = self._wanted()
        if wanted >= 0:
            self._stack.setIndex(wanted)
            self._fill()

    def _wanted(self) -> int:
        row = self.steps.currentRow()
        return -1 if row < 0 else self._stack.count() - row

    def _lay_out(self) -> None:
        words = PlainLabel(
            self.tr(
                "Choose a step to have the sector as it was after it. The last 200 steps are kept in the file."
            ),
            self,
            wrap=True,
        )
        row = QHBoxLayout()
        row.addWidget(self.go_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.steps, 1)
        column.addLayout(row)

    def _fill(self) -> None:
        self.steps.clear()
        index = self._stack.index()
        for done in range(self._stack.count(), -1, -1):
            self.steps.addItem(QListWidgetItem(self._sentence(done, index)))
        self.steps.setCurrentRow(self._stack.count() - index)
        self._show_chosen()

    def _sentence(self, done: int, index: int) -> str:
        mark = "● " if done == index else "○ "
        if done == 0:
            words = self.tr("Before these steps")
        else:
            command = self._stack.command(done - 1)
            words = command.text()
            if isinstance(command, Command):
                words = f"{moment(command.entry().at if isinstance(command, KeptStep) else command.done_at)}  {words}"
        if done > index:
            return mark + self.tr("{step} (undone)").format(step=words)
        return mark + (self.tr("{step} – now").format(step=words) if done == index else words)

    def _show_chosen(self, _: int = 0) -> None:
        self.go_button.setEnabled(self._wanted() not in {-1, self._stack.index()})
