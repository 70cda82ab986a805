"""Find a value (F7): the offer that meets the targets and is best, or what can't be met together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bargain.plain_cells import prose_as_copied
from models.issues import UnusableInput
from models.solve import Aim, Question, Sense, Vary
from models.target import Status, Verdict
from ui import formats
from ui.find_words import answer_sentence, lever_with_unit, lever_words, read_number, reason_lines
from ui.hidden import hidden_places
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel
from ui.widgets.scoreboard import catalogue_label, place_of, unit_of, value_words, verdict_words
from ui.widgets.table import Table
from ui.widgets.tile import SYMBOLS

if TYPE_CHECKING:
    from models.solve import Answer
    from ui.session import Session
    from ui.tasks import ProgressLike, Task

LEVERS = (
    "percent",
    "floor_hourly",
    "differential",
    "at_least_cash",
    "cash",
    "at_least_hourly",
    "weekly_hours",
    "annual_leave_days",
    "sleep_in_rate",
    "allowances_percent",
    "employer_pension_percent",
    "paid_training_hours",
    "uplift_percent",
)
AIMS = (
    "cost_full_year",
    "cost_share",
    "cost_in_year",
    "cost_total",
    "paybill_growth",
    "p90_p10",
    "gini",
    "smallest_differential",
    "general_rise",
    "low_pay_share",
    "gender_pay_gap_median",
    "operating_margin",
    "required_fee_uplift",
)
_USUAL = {  # limits offered first, in the lever's own unit
    "percent": ("0", "8"),
    "differential": ("0", "12"),
    "at_least_cash": ("0", "2500"),
    "cash": ("0", "2500"),
    "at_least_hourly": ("0", "1.50"),
    "weekly_hours": ("35", "37.5"),
    "annual_leave_days": ("28", "34"),
    "sleep_in_rate": ("50", "100"),
    "allowances_percent": ("0", "8"),
    "employer_pension_percent": ("3", "8"),
    "paid_training_hours": ("0", "40"),
    "uplift_percent": ("0", "8"),
}
MOST = 3


class FindValueDialog(QDialog):
    """Asks what may change, between which limits, for what; searches in the worker; shows the answer."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._task: Task | None = None
        self.answer: Answer | None = None
        self.setWindowTitle(self.tr("Find a value"))
        self.finished.connect(self._leave)
        self.measure, self.sense = QComboBox(), QComboBox()
        self.value, self.envelope = QLineEdit(), QLineEdit()
        self.spend = QCheckBox(self.tr("for at most £ a full &year"))
        self.rows = tuple((QComboBox(), QLineEdit(), QLineEdit()) for _ in range(MOST))
        self.targets = QListWidget()
        self.find_button = QPushButton(self.tr("&Find"))
        self.stop = QPushButton(self.tr("Stop"))
        self.put = QPushButton(self.tr("Put in a new &draft"))
        self.copy = QPushButton(self.tr("&Copy sentence"))
        self.said, self.reasons = PlainLabel("", wrap=True), PlainLabel("", wrap=True)
        self.model = ColumnTable()
        self.table = Table(self.model, self.tr("Targets after"))
        self._fill()
        self._lay_out()
        self._connect()
        self._show_sense()
        self._show_answer(None)

    # Putting together

    def _fill(self) -> None:
        for measure in AIMS:
            self.measure.addItem(catalogue_label(measure), measure)
        for sense, words in (
            (Sense.LEAST, self.tr("as low as can be")),
            (Sense.MOST, self.tr("as high as can be")),
            (Sense.NEAREST, self.tr("equal to")),
        ):
            self.sense.addItem(words, sense)
        for at, (lever, _, _) in enumerate(self.rows):
            if at:
                lever.addItem(self.tr("(nothing more)"), "")
            for key in LEVERS:
                lever.addItem(lever_with_unit(key), key)
            if at == 0:
                self._offer_limits(at)
        for target in self._session.target_set.targets:
            item = QListWidgetItem(target.name or catalogue_label(target.measure))
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Checked)
            self.targets.addItem(item)

    def _lay_out(self) -> None:
        asked = QGridLayout()
        asked.setHorizontalSpacing(8)
        aim = QHBoxLayout()
        aim.setSpacing(8)
        aim.addWidget(self.measure, 3)
        aim.addWidget(self.sense, 2)
        aim.addWidget(self.value, 2)
        self._row(asked, 0, self.tr("&Make"), aim, self.measure)
        for at, (lever, low, high) in enumerate(self.rows):
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(lever, 3)
            line.addWidget(PlainLabel(self.tr("between")))
            line.addWidget(low, 1)
            line.addWidget(PlainLabel(self.tr("and")))
            line.addWidget(high, 1)
            self._row(asked, at + 1, self.tr("by c&hanging") if at == 0 else self.tr("and"), line, lever)
        spend = QHBoxLayout()
        spend.addWidget(self.spend)
        spend.addWidget(self.envelope, 1)
        self._row(asked, MOST + 1, "", spend, self.spend)
        asked.setRowStretch(MOST + 2, 1)  # the lines stay together above what is left
        keep = QVBoxLayout()
        label = PlainLabel(self.tr("&Keeping (ticked):"))
        label.setBuddy(self.targets)
        keep.addWidget(label)
        keep.addWidget(self.targets)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addLayout(asked, 3)
        top.addLayout(keep, 2)
        go = QHBoxLayout()
        go.addWidget(self.find_button)
        go.addWidget(self.stop)
        go.addWidget(self.said, 1)
        buttons = QDialogButtonBox()
        buttons.addButton(self.put, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addLayout(top)
        whole.addLayout(go)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.reasons)
        whole.addWidget(buttons)
        self.find_button.setDefault(True)
        for widget, name in (
            (self.sense, self.tr("How")),
            (self.value, self.tr("Value to reach")),
            (self.envelope, self.tr("Most that may be spent a full year, in pounds")),
            (self.targets, self.tr("Targets to keep")),
        ):
            widget.setAccessibleName(name)
        self.resize(800, 500)

    def _row(self, grid: QGridLayout, at: int, words: str, line: QHBoxLayout, buddy: QWidget) -> None:
        label = PlainLabel(words)
        label.setBuddy(buddy)
        grid.addWidget(label, at, 0)
        grid.addLayout(line, at, 1)

    def _connect(self) -> None:
        self.sense.currentIndexChanged.connect(self._show_sense)
        self.measure.currentIndexChanged.connect(self._show_sense)
        self.spend.toggled.connect(self.envelope.setEnabled)
        self.envelope.setEnabled(False)
        for at, (lever, low, high) in enumerate(self.rows):
            lever.currentIndexChanged.connect(lambda _, at=at: self._offer_limits(at))
            lever.setAccessibleName(self.tr("Lever {number}").format(number=at + 1))
            low.setAccessibleName(self.tr("Lower limit {number}").format(number=at + 1))
            high.setAccessibleName(self.tr("Upper limit {number}").format(number=at + 1))
            low.setEnabled(bool(lever.currentData()))
            high.setEnabled(bool(lever.currentData()))
        self.find_button.clicked.connect(self.search)
        self.stop.clicked.connect(self._stop)
        self.put.clicked.connect(self._put)
        self.copy.clicked.connect(self._copy)

    def _offer_limits(self, at: int) -> None:
        """Usual limits of the lever that was chosen, to be typed over."""
        lever, low, high = self.rows[at]
        key = str(lever.currentData() or "")
        usual = self._floor_limits() if key == "floor_hourly" else _USUAL.get(key, ("", ""))
        for box, text in zip((low, high), usual, strict=True):
            box.setText(text)
            box.setEnabled(bool(key))

    def _floor_limits(self) -> tuple[str, str]:
        appraisal = self._session.appraisal
        lowest = 12.0 if appraisal is None else int(appraisal.hourly_before.min()) / 1_000_000
        steps = self._session.offer.settlements
        offered = (steps[0].floor_micros or 0) / 1_000_000 if steps else 0.0
        return formats.number(lowest, 2), formats.number(max(lowest, offered) + 2, 2)

    def _show_sense(self) -> None:
        nearest = self.sense.currentData() == Sense.NEAREST
        self.value.setVisible(nearest)
        unit = unit_of(str(self.measure.currentData()))
        self.value.setPlaceholderText(
            {"share": "%", "ratio": "", "heads": ""}.get(unit, unit) if nearest else ""
        )

    # Searching

    def question(self) -> Question:
        """What is asked. Raises UnusableInput with the sentence that says what is missing."""
        targets = [
            target
            for at, target in enumerate(self._session.target_set.targets)
            if self.targets.item(at).checkState() == Qt.CheckState.Checked
        ]
        name = self.tr("{name} – found").format(name=self._session.offer.name)
        question = Question(
            replace(self._session.offer, name=name, tabled=False),
            tuple(self._vary(at) for at in range(MOST) if self.rows[at][0].currentData()),
            tuple(targets),
            self._aim(),
        )
        if not self.spend.isChecked():
            return question
        from bargain.solve.answer import envelope

        pounds = read_number(self.envelope.text())
        if pounds is None:
            raise UnusableInput(self.tr("Type what may be spent in a full year, in pounds."))
        return envelope(question, float(pounds))

    def _aim(self) -> Aim:
        measure, sense = str(self.measure.currentData()), self.sense.currentData()
        if sense != Sense.NEAREST:
            return Aim(measure, Sense(sense))
        value = read_number(self.value.text())
        if value is None:
            raise UnusableInput(self.tr("Type the value that the measure should reach."))
        return Aim(measure, Sense.NEAREST, float(value) / (100 if unit_of(measure) == "share" else 1))

    def _vary(self, at: int) -> Vary:
        from bargain.solve.levers import lever_of, limits_of

        lever, low, high = self.rows[at]
        key = str(lever.currentData())
        spec = lever_of(key)
        numbers = [read_number(box.text()) for box in (low, high)]
        if any(one is None for one in numbers):
            words = self.tr("Type both limits of {lever}.")
            raise UnusableInput(words.format(lever=lever_words(key)))
        lowest, highest = (round(one * spec.scale) for one in numbers if one is not None)
        return limits_of(key, lowest, highest, spec.step)

    def search(self) -> None:
        """Search in the worker."""
        sector = self._session.sector
        if sector is None or self._task is not None:
            return
        from bargain.solve.answer import solving

        try:
            question = self.question()
        except UnusableInput as unusable:
            self.said.setText(f"✗ {unusable}")
            return
        self._show_answer(None)
        self._show_running(running=True)
        self._task = self._session.tasks.start_steps(
            solving(sector, question),
            on_done=self._done,
            on_failed=self._failed,
            on_cancelled=self._stopped,
            on_progress=self._progress,
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _leave(self) -> None:
        self._stop()
        self.deleteLater()

    def _progress(self, step: ProgressLike) -> None:
        text = self.tr("Searching: {count} offers appraised…")
        self.said.setText(text.format(count=formats.number(step.done)))

    def _done(self, answer: Answer) -> None:
        self._ended()
        self._show_answer(answer)

    def _failed(self, error: Exception) -> None:
        self._ended()
        if isinstance(error, UnusableInput):
            self.said.setText(f"✗ {error}")
            return
        self.said.setText("")
        self._session.report_fault(error)

    def _stopped(self) -> None:
        self._ended()
        self.said.setText(self.tr("Stopped. Nothing was changed."))

    def _ended(self) -> None:
        self._task = None
        self._show_running(running=False)

    def _show_running(self, *, running: bool) -> None:
        self.find_button.setEnabled(not running)
        self.stop.setEnabled(running)
        if running:
            self.said.setText(self.tr("Searching…"))

    # The answer

    def _show_answer(self, answer: Answer | None) -> None:
        self.answer = answer
        self.stop.setEnabled(self._task is not None)
        self.put.setEnabled(answer is not None)
        self.copy.setEnabled(answer is not None)
        self.put.setText(
            self.tr("Put in a new &draft")
            if answer is None or answer.feasible
            else self.tr("Put the nearest in a new &draft")
        )
        verdicts = () if answer is None else answer.verdicts
        self.model.set_columns(self._columns(verdicts))
        self.table.setVisible(bool(verdicts))
        self.table.fit(0)
        self.said.setText("" if answer is None else answer_sentence(answer))
        self.reasons.setText("" if answer is None else "\n".join(reason_lines(answer)))
        self.reasons.setVisible(answer is not None)

    def _columns(self, verdicts: tuple[Verdict, ...]) -> tuple[Column, ...]:
        appraisal = self._session.appraisal
        hidden = frozenset() if appraisal is None else hidden_places(appraisal)
        few = [place_of(one) in hidden for one in verdicts]
        return (
            Column(self.tr("Target"), [one.target.name for one in verdicts]),
            Column(
                self.tr("Verdict"),
                [f"{SYMBOLS[Status(one.status)]} {verdict_words(one)}" for one in verdicts],
            ),
            Column(self.tr("Value"), [value_words(one) for one in verdicts], hide=few),
            Column(self.tr("Decided by"), [place_of(one) for one in verdicts]),
        )

    def _put(self) -> None:
        """The offer as a new draft, on the table."""
        if self.answer is not None:
            self._session.add_offer(self.answer.offer, self.tr("Find a value"))
            self.accept()

    def _copy(self) -> None:
        if self.answer is not None:
            QGuiApplication.clipboard().setText(
                prose_as_copied("\n".join([answer_sentence(self.answer), *reason_lines(self.answer)]))
            )
