"""The first thing that a file of accounts leaves open, with its answers: a choice and Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.accounts_import import words
from ui.import_assistant.pane import Band, ChoiceBox
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from bargain.intake.reading import Question


class QuestionBand(QWidget):
    """Shown only while something is open. ``answered`` carries the key and the answer."""

    answered = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question: Question | None = None
        self.band = Band(self, ground="warning")
        self.answers = ChoiceBox(self.tr("Answers"), self)
        self.label = PlainLabel(self.tr("Ans&wer:"), self)
        self.label.setBuddy(self.answers)
        self.use_button = QPushButton(self.tr("&Use this answer"), self)
        self.use_button.setAutoDefault(True)
        self.use_button.clicked.connect(self._answer)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.label)
        line.addWidget(self.answers, 1)
        line.addWidget(self.use_button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.band)
        column.addLayout(line)

    def show_questions(self, questions: tuple[Question, ...]) -> None:
        """Show the first of them; nothing where there is none."""
        question = questions[0] if questions else None
        self.setVisible(question is not None)
        if question is None:
            self.question = None
            return
        more = len(questions) - 1
        text = f"? {question.question}"
        if question.examples:
            rows = [
                " | ".join(f"{heading}: {cell}" for heading, cell in row) for row in question.examples[:5]
            ]
            text += "\n" + "\n".join(rows)
        if more:
            text += "\n" + self.tr("(%n more to answer after this)", "", more)
        self.band.show_text(text)
        if self.question != question:
            first = ("", self.tr("choose…"))  # no answer is nearer at hand than another
            offered = [(one, words.answer(question.key, one)) for one in question.candidates]
            self.answers.show_choices([first, *offered], "")
        self.question = question

    def focus_answers(self) -> None:
        """Go to the answers."""
        self.answers.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self) -> None:
        answer = self.answers.currentData()
        if self.question is not None and answer:
            self.answered.emit(self.question.key, answer)
