"""What would close the gap: the single moves from one offer toward another, cheapest first, each with its cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.issues import UnusableInput
from ui import formats
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.moves import Closing
    from models.offer import Offer
    from ui.session import Session
    from ui.tasks import ProgressLike, Task

ROWS = 5  # shown at once


class ClosingPanel(QWidget):
    """Chooses from which offer toward which, asks the worker, and puts a move into a new draft."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._offers: tuple[Offer, ...] = ()
        self._task: Task | None = None
        self.found: Closing | None = None
        self.start, self.goal = QComboBox(), QComboBox()
        self.put = QPushButton(self.tr("P&ut in a new draft"))
        self.said = PlainLabel("", wrap=True)
        self.model = ColumnTable()
        self.table = Table(self.model, self.tr("Single moves"))
        self._lay_out()
        self.start.activated.connect(self.ask)
        self.goal.activated.connect(self.ask)
        self.put.clicked.connect(self._put)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_put())

    def _lay_out(self) -> None:
        self.start.setAccessibleName(self.tr("From this offer"))
        self.goal.setAccessibleName(self.tr("Toward this offer"))
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(PlainLabel(self.tr("What would close the gap, from"), bold=True))
        line.addWidget(self.start, 1)
        line.addWidget(PlainLabel(self.tr("toward")))
        line.addWidget(self.goal, 1)
        line.addWidget(self.put)
        for chooser in (self.start, self.goal):
            chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            chooser.setMinimumContentsLength(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.said)
        self.table.setFixedHeight((self.fontMetrics().height() + 10) * (ROWS + 1) + 4)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Offer these; from the last of them toward the first, unless something else was chosen."""
        if tuple(offers) == self._offers:
            return
        kept = self.start.currentText(), self.goal.currentText()
        self._offers = tuple(offers)
        names = [one.name for one in self._offers]
        for chooser, name, usual in ((self.start, kept[0], -1), (self.goal, kept[1], 0)):
            chooser.clear()
            chooser.addItems(names)
            if names:
                chooser.setCurrentIndex(names.index(name) if name in names else range(len(names))[usual])
        self.ask()

    def ask(self) -> None:
        """Price the moves in the worker; the latest question wins."""
        sector = self._session.sector
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._show(None)
        if not self.isVisible() or sector is None or not len(sector.workforce) or len(self._offers) < 2:
            return
        from bargain.solve.moves import closing_steps

        start, goal = self._offers[self.start.currentIndex()], self._offers[self.goal.currentIndex()]
        steps = closing_steps(sector, start, goal, self._session.target_set.targets)
        self._task = self._session.tasks.start_steps(
            steps, on_done=self._done, on_failed=self._failed, on_progress=self._progress
        )
        self.said.setText(self.tr("Pricing single moves…"))

    def _progress(self, step: ProgressLike) -> None:
        text = self.tr("Pricing single moves: {done} of {total}…")
        self.said.setText(text.format(done=step.done, total=step.total))

    def _done(self, found: Closing) -> None:
        self._task = None
        self._show(found)

    def _failed(self, error: Exception) -> None:
        self._task = None
        if isinstance(error, UnusableInput):
            self.said.setText(str(error))
        else:
            self._session.report_fault(error)

    def _show(self, found: Closing | None) -> None:
        self.found = found
        moves = () if found is None else found.moves
        self.model.set_columns(
            (
                Column(self.tr("Single move"), [self._words(one.key, one.step) for one in moves]),
                Column(
                    self.tr("Cost, full year"),
                    [one.cost for one in moves],
                    lambda cost: self.tr("not priced") if cost is None else formats.money(cost, sign=True),
                    is_number=True,
                ),
                Column(
                    self.tr("Of the gap"),
                    [one.closes for one in moves],
                    lambda share: formats.DASH if share is None else formats.percent(share),
                    is_number=True,
                ),
                Column(self.tr("Targets it would meet"), ["; ".join(one.newly) for one in moves]),
            )
        )
        self.table.fit(3)
        self._show_put()
        if found is None:
            self.said.setText("")
        elif not moves:
            self.said.setText(self.tr("The two offers have the same elements."))
        else:
            text = self.tr(
                "The gap is {gap} a full year. One by one the moves add up to {sum}: elements work on one another."
            )
            self.said.setText(
                text.format(gap=formats.money(found.gap), sum=formats.money(found.gap + found.together))
            )

    def _words(self, key: str, step: int) -> str:
        from ui.find_words import lever_words

        if key in {"settlement", "without_settlement"}:
            whole = (
                self.tr("Step {number} as well") if key == "settlement" else self.tr("Without step {number}")
            )
            return whole.format(number=step)
        names = {
            "pay": self.tr("Pay rules"),
            "fees": self.tr("Fees"),
            "delete_points": self.tr("Deleted points"),
            "effective": self.tr("Start and payment dates"),
            "sick_pay_full_weeks": self.tr("Sick pay"),
            "unsocial_percent": self.tr("Unsocial hours"),
            "paid_travel_time": self.tr("Paid travel time"),
            "zero_hours": self.tr("Guaranteed hours"),
        }
        words = names.get(key) or lever_words(key)
        return words if step == 1 else self.tr("{words}, step {number}").format(words=words, number=step)

    def _show_put(self) -> None:
        self.put.setEnabled(self._move() is not None)

    def _move(self) -> Offer | None:
        index = self.table.currentIndex()
        if self.found is None or not index.isValid() or index.row() >= self.model.rowCount():
            return None
        return self.found.moves[self.model.row_of(index)].offer

    def _put(self) -> None:
        """The first offer with this one move, as a new draft."""
        offer = self._move()
        if offer is not None:
            self._session.add_offer(
                offer, self.tr("Move toward “{name}”").format(name=self.goal.currentText())
            )
