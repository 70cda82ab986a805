"""What a file leaves open: the question, five of its rows, and the answers. Answers can be changed or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bargain.intake.answers import TAKE_ANY_HOURS, with_setting
from bargain.intake.reading import MappingFile
from models.issues import UnusableInput
from ui.import_assistant import words
from ui.import_assistant.pane import buttons_row
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel, plain_menu
from ui.widgets.table import Table

if TYPE_CHECKING:
    from bargain.intake.reading import Question
    from ui.import_assistant.batch import FileState

MANY_ANSWERS = 12
ACROSS_FROM, SHORT = 3, 14  # so many short answers stand side by side


class QuestionView(QScrollArea):
    """The first open question of a file; ``answered`` carries the Question and the answer."""

    answered = Signal(object, str)
    taken_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Question about this file"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.question: Question | None = None
        self._shown: tuple[object, ...] = ()

    def show_state(self, state: FileState | None) -> None:
        """Show what a file asks; nothing where it asks nothing."""
        questions = () if state is None else state.questions
        told = () if state is None else state.settings.changes
        shown = (state.path if state else None, questions, told)
        if shown == self._shown and self.widget() is not None:
            return  # half-made choices stay
        self._shown = shown
        self.question = questions[0] if questions else None
        self.setWidget(self._inside(state, questions) if state is not None and questions else QWidget())

    def chosen(self) -> int:
        """Which candidate is chosen; -1 for none."""
        return self.many.currentIndex() if self._is_many else self.choices.checkedId()

    def focus_answers(self) -> None:
        """Go to the answers."""
        if self.question is None:
            return
        if self._is_many:
            self.many.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            at = max(self.choices.checkedId(), 0)
            self.choices.button(at).setFocus(Qt.FocusReason.OtherFocusReason)

    def _inside(self, state: FileState, questions: tuple[Question, ...]) -> QWidget:
        question = questions[0]
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 4, 8, 4)
        more = len(questions) - 1
        head = self.tr("The file leaves this open:")
        if more:
            head = self.tr("The file leaves this open (and %n more):", "", more)
        column.addWidget(PlainLabel(head, inside, bold=True))
        column.addWidget(PlainLabel(self._words(question), inside, wrap=True))
        if question.examples:
            column.addWidget(self._examples(question, inside))
        before = state.settings.answer_to(question)
        if before:
            text = self.tr(
                "✗ “{answer}” does not settle it: the app finds no amounts of pay there. Choose another answer; or give "
                "each amount a column of its own in the spreadsheet, save it and import it again; or leave the file out."
            )
            column.addWidget(
                PlainLabel(text.format(answer=words.answer(before)), inside, wrap=True, bold=True)
            )
        self.answer_button = QPushButton(self.tr("Use this answer"), inside)
        self.answer_button.setEnabled(False)
        self._offer(question, inside, column)
        self._offer_hours(inside, column)
        self.answer_button.clicked.connect(self._answer)
        buttons = [self.answer_button]
        if state.settings.reads_otherwise:
            again = QPushButton(self.tr("Take my answers back"), inside)
            again.clicked.connect(self.taken_back)
            buttons.append(again)
        column.addLayout(buttons_row(*buttons))
        column.addStretch(1)
        return inside

    def _answer(self) -> None:
        if self.question is None:
            return
        typed = self._typed()
        if typed:
            self.answered.emit(self.question, typed)
        elif self.chosen() >= 0:
            self.answered.emit(self.question, self.question.candidates[self.chosen()])

    def _typed(self) -> str:
        """The hours typed in; blank where they are no answer."""
        text = self.hours.text().strip().replace(",", ".")
        if self.question is None or not text:
            return ""
        try:
            with_setting(MappingFile(), self.question.key, text)
        except UnusableInput:
            return ""
        return text

    def _offer_hours(self, inside: QWidget, column: QVBoxLayout) -> None:
        """A line for any number of hours: typing unchooses the candidates, and choosing one clears the line."""
        takes = self.question is not None and self.question.key in TAKE_ANY_HOURS
        self.hours = QLineEdit(inside)
        self.hours.setVisible(takes)
        if not takes:
            return
        label = PlainLabel(self.tr("Or another number of hours a week, from 1 to 100:"), inside, wrap=True)
        label.setBuddy(self.hours)
        self.hours.setAccessibleName(self.tr("Another number of hours a week"))
        self.hours.setPlaceholderText(self.tr("such as 21.5"))
        column.addWidget(label)
        column.addWidget(self.hours)
        self.hours.textEdited.connect(self._hours_edited)
        # Queued: an answer takes this line away, which must not happen while it still handles the key.
        self.hours.returnPressed.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self.choices.idToggled.connect(lambda _at, on: self.hours.clear() if on else None)

    def _hours_edited(self) -> None:
        self.choices.setExclusive(False)
        for one in self.choices.buttons():
            one.setChecked(False)
        self.choices.setExclusive(True)
        self.answer_button.setEnabled(bool(self._typed()))

    def _offer(self, question: Question, inside: QWidget, column: QVBoxLayout) -> None:
        """A few candidates as buttons, many as a list to open; Enter takes the chosen one."""
        self.choices = QButtonGroup(inside)
        self.many = QComboBox(inside)
        self.many.setAccessibleName(self.tr("Answer"))
        self.many.setPlaceholderText(self.tr("Choose an answer"))
        self.many.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.many.setMinimumContentsLength(20)
        self._is_many = len(question.candidates) > MANY_ANSWERS
        self.many.setVisible(self._is_many)
        if self._is_many:
            self.many.addItems([words.answer(one) for one in question.candidates])
            self.many.setCurrentIndex(-1)
            column.addWidget(self.many)
        grid = QGridLayout()
        short = all(len(words.answer(one)) <= SHORT for one in question.candidates)
        across = 4 if question.key in TAKE_ANY_HOURS else 3
        across = across if short and len(question.candidates) > ACROSS_FROM else 1
        for at, candidate in enumerate(() if self._is_many else question.candidates):
            choice = _Answer(plain_menu(words.answer(candidate)), inside)
            choice.taken.connect(self._answer)
            self.choices.addButton(choice, at)
            grid.addWidget(choice, at // across, at % across)
        column.addLayout(grid)
        self.choices.idToggled.connect(lambda *_: self.answer_button.setEnabled(self.chosen() >= 0))
        self.many.currentIndexChanged.connect(lambda at: self.answer_button.setEnabled(at >= 0))

    def _words(self, question: Question) -> str:
        if not question.sheet:
            return question.question
        return self.tr("Sheet {sheet}: {question}").format(sheet=question.sheet, question=question.question)

    def _examples(self, question: Question, parent: QWidget) -> Table:
        headings = list(dict.fromkeys(heading for row in question.examples for heading, _ in row))
        cells = [dict(row) for row in question.examples]
        columns = [Column(heading, [row.get(heading, "") for row in cells]) for heading in headings]
        table = Table(ColumnTable(columns, parent), self.tr("Example rows"), parent)
        table.fit(-1)
        row = self.fontMetrics().height() + 10
        bar = table.horizontalScrollBar().sizeHint().height()
        table.setFixedHeight(table.horizontalHeader().sizeHint().height() + len(cells) * row + bar + 4)
        return table


class _Answer(QRadioButton):
    """A radio button whose Enter takes it."""

    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses and answers in one."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.setChecked(True)
            self.taken.emit()
        else:
            super().keyPressEvent(event)
