"""Import staff data: reads the files in the worker, shows what is in them, asks what they leave open, adds them all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.issues import UnusableInput
from ui import faults, formats
from ui.dialogs.import_details import FileDetails
from ui.importing import Answers, FileState, added, read_state
from ui.session import Session
from ui.tasks import ProgressLike, Report, Step, Task
from ui.widgets.plain_label import PlainLabel, plain_tip

if TYPE_CHECKING:
    from models.sector import Sector

LIST_WIDTH = 260


class ImportDialog(QDialog):
    """All files or none: a file that can't be read is answered for, or left out by name."""

    def __init__(self, session: Session, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import staff data"))
        self.finished.connect(self.deleteLater)
        self._session = session
        self._paths = list(dict.fromkeys(paths))
        self._states: dict[Path, FileState] = {}
        self._task: Task | None = None
        self._is_closed = False
        self.files = QListWidget(self)
        self.files.setAccessibleName(self.tr("Files"))
        self.files.setFixedWidth(LIST_WIDTH)
        self.files.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.details = FileDetails(self)
        self.progress_text = PlainLabel("", self)
        self.progress_bar = QProgressBar(self)
        self.progress_bar.setAccessibleName(self.tr("Progress"))
        self.summary = PlainLabel("", self, wrap=True)
        self.wrong = PlainLabel("", self, wrap=True, bold=True)
        self.control = QLineEdit(self)
        self.control.setFixedWidth(150)
        self.control.setPlaceholderText(self.tr("if you have it"))
        self.difference = PlainLabel("", self)
        self.add_button = QPushButton("", self)
        self.add_button.setDefault(True)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self._lay_out()
        self.files.currentRowChanged.connect(self._show_file)
        self.details.answered.connect(self._take_answers)
        self.details.left_out.connect(self._leave_out)
        self.control.textChanged.connect(self._compare)
        self.add_button.clicked.connect(self.add)
        self.cancel_button.clicked.connect(self.reject)
        self.resize(1000, 490)  # fits the smallest laptop, with its title bar
        self._fill_list()
        self._read(self._paths)

    def add(self) -> None:
        """Add the staff of all files, as one step that can be undone."""
        sector = self._session.sector
        if sector is None or not self._can_add():
            return
        states = [self._states[path] for path in self._paths]
        try:
            changed = added(sector, states, date.today())
        except UnusableInput as unusable:
            self._say_wrong(str(unusable))
            return
        self._session.change_sector(changed, self._step_name(states))
        self.accept()

    def reject(self) -> None:
        """Leave everything as it was."""
        if self._task is not None:
            self._task.cancel()
        self._is_closed = True
        super().reject()

    # Reading

    def _read(self, paths: Sequence[Path], answers: Answers | None = None) -> None:
        """Read files in the worker, one after another."""
        sector = self._session.sector
        if sector is None or not paths:
            self._refresh()
            return
        reading = self.tr("Reading {name}…")

        def work(report: Report) -> list[FileState]:
            return _read_all(paths, sector, answers, report, reading)

        def ended(_: object = None) -> None:
            self._task = None
            if not self._is_closed:
                self._refresh()

        def done(states: list[FileState]) -> None:
            self._states.update((state.path, state) for state in states)
            ended()

        def failed(error: Exception) -> None:
            ended()
            faults.record(error)
            if self._is_closed:
                return
            self._say_wrong(
                self.tr("The app made a mistake ({kind}). Nothing was changed.").format(
                    kind=type(error).__name__
                )
            )

        self._task = self._session.tasks.start(
            work, on_done=done, on_failed=failed, on_cancelled=ended, on_progress=self._show_progress
        )
        self._refresh()

    def _show_progress(self, step: ProgressLike) -> None:
        self.progress_text.setText(step.stage)
        self.progress_bar.setRange(0, step.total if step.total > 1 else 0)
        self.progress_bar.setValue(step.done)

    def _take_answers(self, answers: Answers) -> None:
        path = self._current()
        if path is not None and self._task is None:
            self._read([path], answers)

    def _leave_out(self) -> None:
        path = self._current()
        if path is None:
            return
        self._paths.remove(path)
        self._states.pop(path, None)
        if not self._paths:
            self.reject()
            return
        self._fill_list()
        self._refresh()

    # Showing

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.addWidget(self.files)
        middle.addWidget(self.details, 1)
        progress = QHBoxLayout()
        progress.addWidget(self.progress_text)
        progress.addWidget(self.progress_bar, 1)
        control = QHBoxLayout()
        words = PlainLabel(self.tr("Your payroll &control total, £ a year:"), self)
        words.setBuddy(self.control)
        control.addWidget(words)
        control.addWidget(self.control)
        control.addWidget(self.difference, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.summary, 1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(middle, 1)
        column.addLayout(progress)
        column.addWidget(self.wrong)
        column.addLayout(control)
        column.addLayout(buttons)
        self.wrong.hide()

    def _fill_list(self) -> None:
        at = max(0, self.files.currentRow())
        self.files.blockSignals(True)
        self.files.clear()
        for path in self._paths:
            item = QListWidgetItem(path.name)
            item.setToolTip(plain_tip(str(path)))
            self.files.addItem(item)
        self.files.setCurrentRow(min(at, len(self._paths) - 1))
        self.files.blockSignals(False)

    def _refresh(self) -> None:
        is_reading = self._task is not None
        self.progress_text.setVisible(is_reading)
        self.progress_bar.setVisible(is_reading)
        for at, path in enumerate(self._paths):
            item, word = self.files.item(at), self._word(path)
            item.setText(f"{path.name}\n{word}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{path.name}: {word}")
            item.setSizeHint(QSize(0, self.fontMetrics().height() * 2 + 12))
        self._show_file(self.files.currentRow())
        states = [state for state in self._states.values() if state.reading is not None]
        heads = sum(state.staff for state in states)
        self.add_button.setText(self.tr("Add {heads} staff").format(heads=formats.number(heads)))
        self.add_button.setEnabled(self._can_add())
        self.add_button.setDefault(self._can_add())
        self.summary.setText(self._summary(states))
        self._compare()

    def _show_file(self, at: int) -> None:
        if not 0 <= at < len(self._paths):
            return
        state = self._states.get(self._paths[at])
        if state is None:
            self.details.show_waiting(self._paths[at].name)
        else:
            self.details.show_state(state)

    def _word(self, path: Path) -> str:
        state = self._states.get(path)
        if state is None:
            return "… " + self.tr("not read yet")
        if state.questions:
            return "? " + self.tr("has a question")
        if state.problem:
            return "✗ " + self.tr("can't be read")
        return "✓ " + self.tr("{heads} staff").format(heads=formats.number(state.staff))

    def _summary(self, states: Sequence[FileState]) -> str:
        waiting = len(self._paths) - len(states)
        if self._task is not None:
            return self.tr("Reading. Nothing is added until you say so.")
        if waiting:
            return self.tr("%n file(s) still need an answer, or to be left out.", "", waiting)
        if not any(state.staff for state in states):
            return self.tr("No staff were found, so there is nothing to add.")
        names = list(dict.fromkeys(name for state in states for name in state.employers))
        if len(names) == 1:
            return self.tr("All rows are accounted for. Staff of {name}.").format(name=names[0])
        return self.tr("All rows are accounted for. Staff of %n employers.", "", len(names))

    def _compare(self) -> None:
        """The difference between the files and the person's own control total."""
        text = self.control.text().replace("£", "").replace(",", "").strip()
        if not text:
            self.difference.setText("")
            return
        try:
            control = Decimal(text)
        except InvalidOperation:
            control = Decimal("NaN")
        if not control.is_finite():
            self.difference.setText(self.tr("Write an amount in pounds, such as 31420118.50."))
            return
        found = sum((state.paybill for state in self._states.values()), Decimal(0))
        text = self.tr("The files add up to {found}. Difference {difference}.")
        self.difference.setText(
            text.format(
                found=formats.money(float(found), 2),
                difference=formats.money(float(found - control), 2, sign=True),
            )
        )

    def _can_add(self) -> bool:
        all_read = all(
            path in self._states and self._states[path].reading is not None for path in self._paths
        )
        staff = sum(state.staff for state in self._states.values())
        return self._task is None and bool(self._paths) and all_read and staff > 0

    def _current(self) -> Path | None:
        at = self.files.currentRow()
        return self._paths[at] if 0 <= at < len(self._paths) else None

    def _say_wrong(self, text: str) -> None:
        self.wrong.setText(f"✗ {text}")
        self.wrong.show()

    def _step_name(self, states: Sequence[FileState]) -> str:
        if len(states) == 1:
            return self.tr("Import {name}").format(name=states[0].path.name)
        return self.tr("Import %n files", "", len(states))


def _read_all(
    paths: Sequence[Path], sector: Sector, answers: Answers | None, report: Report, words: str
) -> list[FileState]:
    """Runs in the worker."""
    states = []
    for at, path in enumerate(paths):
        report(Step(words.format(name=path.name), at, len(paths)))
        states.append(read_state(path, sector, answers or Answers()))
    report(Step("", len(paths), len(paths)))
    return states
