"""What assistants in the work area have in common: steps across the top, a page a step, and buttons that go on and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui import formats
from ui.import_assistant.pane import Band, on_keys
from ui.widgets.plain_label import PlainLabel
from ui.widgets.step_row import show_marks, step_buttons


class AssistantFrame(QWidget):
    """Made in the order in which Tab should come by: the steps first, then an assistant's pages, then the bottom.

    ``left``: the person is done here, or gave it up.
    """

    left = Signal()

    def __init__(
        self, names: Sequence[str], ask_files: Callable[[], list[Path]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ask_files = ask_files
        self._names = tuple(names)
        self.steps = step_buttons(self._names, self.go, self)
        self.stack = QStackedWidget(self)

    # What an assistant says for itself

    def go(self, step: int) -> None:
        """Go to a step."""
        raise NotImplementedError

    def come(self, paths: Sequence[Path] = ()) -> None:
        """Come here, with more files; new ones are shown in the first step."""
        raise NotImplementedError

    def forget(self) -> None:
        """Do without all files and answers, as if nothing had been begun."""
        raise NotImplementedError

    def add(self) -> None:
        """Add what was read, as one step that can be undone."""
        raise NotImplementedError

    # Going

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self.stack.currentIndex()

    @property
    def last(self) -> int:
        """The step on which what was read is added."""
        return len(self._names) - 1

    def go_on(self) -> None:
        """To the next step."""
        self.go(min(self.step + 1, self.last))

    def go_back(self) -> None:
        """To the step before."""
        self.go(max(self.step - 1, 0))

    def choose_files(self) -> None:
        """Ask for more files."""
        paths = self._ask_files()
        if paths:
            self.come(paths)

    def give_up(self) -> None:
        """Leave everything as it was."""
        self.forget()
        self.left.emit()

    def say_broke(self, error: Exception) -> None:
        """The app itself made a mistake while it read."""
        text = self.tr("✗ The app made a mistake ({kind}). Nothing was changed.")
        self.wrong.show_text(text.format(kind=type(error).__name__))

    # For assistants: the bottom, the frame, and what the buttons say

    def make_bottom(self) -> None:
        """The band for what is wrong, and the buttons; after the pages."""
        self.wrong = Band(self, ground="error")
        self.give_up_button = QPushButton(self.tr("Give up this import"), self)
        self.back_button = QPushButton(self.tr("Back"), self)
        self.next_button = QPushButton("", self)
        self.add_button = QPushButton("", self)
        for button, act in (
            (self.give_up_button, self.give_up),
            (self.back_button, self.go_back),
            (self.next_button, self.go_on),
            (self.add_button, self.add),
        ):
            button.setAutoDefault(True)  # Enter presses the one that has the focus
            button.clicked.connect(act)
        on_keys(self, ("Alt+Right",), self.go_on, within=True)
        on_keys(self, ("Alt+Left",), self.go_back, within=True)

    def lay_out(
        self, title: str, pages: Sequence[QWidget], body: QLayout, bottom: QLayout, *beside: QWidget
    ) -> None:
        """Title and steps (and what stands beside them), what is wrong, the body, the bottom."""
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(PlainLabel(title, self, bold=True, scale=1.3))
        top.addSpacing(12)
        for button in self.steps:
            top.addWidget(button)
        for widget in beside:
            top.addSpacing(12)
            top.addWidget(widget)
        top.addStretch(1)
        for page in pages:
            self.stack.addWidget(page)
        bottom.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.wrong)
        column.addLayout(body, 1)
        column.addLayout(bottom)
        self.wrong.hide()

    def show_turns(self, counts: Sequence[tuple[str, int]], *, has_files: bool) -> None:
        """Each step with its sign and number; where one can go from here."""
        marks = [f"{sign}{formats.number(count)}" if count else "" for sign, count in counts]
        show_marks(self.steps, self._names, marks)
        self.back_button.setEnabled(self.step > 0)
        self.next_button.setVisible(self.step < self.last)
        self.next_button.setEnabled(has_files)
        if self.step < self.last:
            self.next_button.setText(self.tr("Next: {step}").format(step=self._names[self.step + 1]))
        self.add_button.setVisible(self.step == self.last)
        self.give_up_button.setEnabled(has_files)
