"""Why do two costings differ? Chooses the other side's sector file, and shows the difference by cause."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QPushButton, QWidget

from models.issues import UnusableInput
from ui import formats
from ui.dialogs.form import FormDialog
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from models.differences import Difference
    from ui.session import Session
    from ui.tasks import ProgressLike, Report, Task


class WhyDifferentDialog(FormDialog):
    """Their file is opened for reading alone, and nothing of it is kept."""

    def __init__(self, session: Session, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Why do two costings differ?"), self.tr("Compare"), parent)
        self._session = session
        self._folder = folder
        self._path: Path | None = None
        self._task: Task | None = None
        self.file = ElidedLabel(parent=self)
        self.file.show_text(self.tr("no file chosen"))
        self.choose = QPushButton(self.tr("Choose &file…"), self)
        self.choose.clicked.connect(self._ask_file)
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(self.file, 1)
        self.passphrase = self.passphrase_field()
        self.figure = QComboBox(self)
        self._fill_figures()
        self.said = PlainLabel("", self, wrap=True)
        self.model = ColumnTable((), self)
        self.table = Table(self.model, self.tr("The difference by cause"), self)
        self.add_row(self.tr("Their sector file:"), row, self.choose)
        self.add_row(self.tr("&Passphrase of it:"), self.passphrase)
        self.add_row(self.tr("Fi&gure:"), self.figure)
        self.column.insertWidget(2, self.said)
        self.column.insertWidget(3, self.table, 1)
        self.column.setStretch(4, 0)  # the table takes the room, not the gap above the buttons
        self.said.setText(
            self.tr(
                "Both sectors cost “{offer}”. Each cause gets the mean of what it changes over every order in which "
                "the causes could be exchanged, so no order decides it."
            ).format(offer=session.offer.name)
        )
        self.table.hide()
        self.resize(640, 470)

    def _fill_figures(self) -> None:
        for words, key in (
            (self.tr("Full-year cost"), "cost_full_year"),
            (self.tr("Cost in the first year"), "cost_in_year"),
            (self.tr("Cost over the deal"), "cost_total"),
            (self.tr("Back pay"), "back_pay"),
            (self.tr("One-off payments"), "one_off"),
            (self.tr("Pay and on-costs before the offer"), "labour_before"),
            (self.tr("Full-year cost for expected staff"), "cost_expected"),
        ):
            self.figure.addItem(words, key)

    def take_file(self, path: Path) -> None:
        """Compare with this file."""
        self._path = path
        self.file.show_text(path.name)
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Open their file and compare, in the worker."""
        sector, offer, path = self._session.sector, self._session.offer, self._path
        if sector is None or self._task is not None:
            return
        if path is None:
            self.say_wrong(self.tr("Choose the other side's sector file first."))
            return
        if not self.passphrase.text():
            self.say_wrong(self.tr("Type the passphrase of their file."))
            return
        self.say_wrong("")
        passphrase, figure = self.passphrase.text(), str(self.figure.currentData())

        def work(report: Report) -> Difference:
            from bargain.differences import Side, why_different
            from bargain.progress import drive
            from bargain.storage.container import read_sector

            theirs = read_sector(path, passphrase)
            return drive(why_different(Side(sector, offer), Side(theirs, offer), figure), report)

        self._wait(is_waiting=True)
        self._task = self._session.tasks.start(
            work,
            on_done=self._show,
            on_failed=self._failed,
            on_cancelled=self._ended,
            on_progress=self._progress,
        )

    def done(self, result: int) -> None:
        """Stop what is under way."""
        if self._task is not None:
            self._task.cancel()
        super().done(result)

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Their sector file"), str(self._folder), self.tr("Sectors (*.bargain)")
        )
        if name:
            self.take_file(Path(name))

    def _progress(self, step: ProgressLike) -> None:
        text = self.tr("Costing {number} of {count}…")
        self.main_button.setText(text.format(number=step.done + 1, count=step.total))

    def _show(self, found: Difference) -> None:
        self._ended()
        same = self.tr("the same")
        causes = sorted(found.causes, key=lambda one: -abs(one.amount))
        names = [one.label for one in causes]
        amounts = [formats.money(one.shown, 2, sign=True) if one.differs else same for one in causes]
        self.model.set_columns(
            (
                Column(self.tr("Cause"), [*names, self.tr("= Difference")]),
                Column(
                    self.tr("Theirs less ours"),
                    [*amounts, formats.money(found.total, 2, sign=True)],
                    is_number=True,
                ),
            )
        )
        self.table.show()
        self.table.fit(0)
        text = self.tr("{figure}: {ours} by our file, {theirs} by theirs, {difference} apart.")
        said = text.format(
            figure=self.figure.currentText(),
            ours=formats.money(found.one, 2),
            theirs=formats.money(found.other, 2),
            difference=formats.money(abs(found.total), 2),
        )
        if found.renamed:
            taken = self.tr("“{theirs}” is taken as our “{ours}”.")
            said = " ".join([said, *(taken.format(theirs=there, ours=here) for there, here in found.renamed)])
        self.said.setText(said)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: Exception) -> None:
        self._ended()
        if isinstance(error, UnusableInput):
            self.say_wrong(str(error))
        else:
            self._session.report_fault(error)

    def _ended(self) -> None:
        self._task = None
        self._wait(is_waiting=False)

    def _wait(self, *, is_waiting: bool) -> None:
        self.main_button.setEnabled(not is_waiting)
        for field in (self.choose, self.passphrase, self.figure):
            field.setEnabled(not is_waiting)
        self.main_button.setText(self.tr("Comparing…") if is_waiting else self.tr("Compare"))
