"""Reading employers' accounts: files, columns, check. Nothing is added before Add, and then all of it as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.issues import UnusableInput
from ui import formats
from ui.accounts_import.files import AccountsFiles, Stage
from ui.accounts_import.step_check import CheckStep
from ui.accounts_import.step_columns import ColumnsStep
from ui.accounts_import.step_files import FilesStep
from ui.import_assistant.pane import Band, ChoiceBox, on_keys
from ui.notices import tell_done
from ui.session import Session
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain_label import PlainLabel
from ui.widgets.step_row import show_marks, show_step, step_buttons

FILES, COLUMNS, CHECK = range(3)


class AccountsAssistant(QWidget):
    """Three steps in the work area; it can be left and come back to. ``left``: the person is done, or gave it up."""

    left = Signal()

    def __init__(
        self, session: Session, ask_files: Callable[[], list[Path]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._ask_files = ask_files
        self._current: Path | None = None
        self.reader = AccountsFiles(session, self)
        self._make_top()  # made in the order in which Tab should come by
        self.files_step = FilesStep(self.reader, self)
        self.columns_step = ColumnsStep(self.reader, self)
        self.check_step = CheckStep(session, self.reader, self)
        self._pages: tuple[QWidget, ...] = (self.files_step, self.columns_step, self.check_step)
        self.stack = QStackedWidget(self)
        self.wrong = Band(self, ground="error")
        self._make_bottom()
        self._lay_out()
        self._connect()
        self.go(FILES)

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self.stack.currentIndex()

    def come(self, paths: Sequence[Path] = ()) -> None:
        """Come here, with more files; new ones are shown in the first step."""
        if paths:
            self.wrong.show_text("")
            self.reader.add(list(dict.fromkeys(paths)))
            self._current = paths[0]
            self.go(FILES)
        elif not self.reader.files:
            self.go(FILES)

    def choose(self, path: Path | None) -> None:
        """Make a file the current one."""
        if path != self._current:
            self._current = path
            self.refresh()

    def go(self, step: int) -> None:
        """Go to a step."""
        show_step(self.stack, self.steps, step)
        self.refresh()
        (self.files_step, self.columns_step, self.check_step)[step].focus_first()

    def go_on(self) -> None:
        """To the next step."""
        if self.reader.files:
            self.go(min(self.step + 1, CHECK))

    def go_back(self) -> None:
        """To the step before."""
        self.go(max(self.step - 1, FILES))

    def choose_files(self) -> None:
        """Ask for more files."""
        paths = self._ask_files()
        if paths:
            self.come(paths)

    def give_up(self) -> None:
        """Leave everything as it was."""
        self._forget()
        self.left.emit()

    def add(self) -> None:
        """Add the accounts of all files, as one step that can be undone; or say why not, and add nothing."""
        from bargain.intake.accounts_adding import add_accounts

        sector, files = self._session.sector, self.reader.files
        readings = [
            one.look.reading for one in files if one.look is not None and one.look.reading is not None
        ]
        if sector is None or not self.reader.is_ready or len(readings) < len(files):
            return
        try:
            changed = add_accounts(sector, *readings)
        except UnusableInput as unusable:
            self.wrong.show_text(f"✗ {unusable}")
            return
        text = self.tr("Read accounts {name}").format(name=files[0].path.name)
        if len(files) > 1:
            text = self.tr("Read accounts of %n files", "", len(files))
        count = len({one.employer for reading in readings for one in reading.accounts})
        self._forget()
        self._session.change_sector(changed, text)
        said = self.tr("Accounts of %n employer(s) were read.", "", count)
        tell_done(self._session, said)
        self.left.emit()

    def refresh(self) -> None:
        """Show everything as it is now."""
        files = self.reader.files
        if self._current not in {one.path for one in files}:
            self._current = files[0].path if files else None
        names = [(str(one.path), one.path.name) for one in files]
        self.which.show_choices(names, str(self._current or ""))
        self.which.setVisible(len(files) > 1 and self.step == COLUMNS)
        if self.step == FILES:
            self.files_step.show_files(self._current)
        elif self.step == COLUMNS:
            self.columns_step.show_file(self.reader.file(self._current))
        else:
            self.check_step.show_files()
        self._show_bars()

    def _show_bars(self) -> None:
        files = self.reader.files
        asks = sum(1 for one in files if one.stage is not Stage.READ)
        found = sum(len(one.look.reading.problems) for one in files if one.look and one.look.reading)
        counts = (("", len(files)), ("? ", asks), ("⚠ ", found))
        marks = [f"{sign}{formats.number(count)}" if count else "" for sign, count in counts]
        show_marks(self.steps, self._names, marks)
        self.back_button.setEnabled(self.step > FILES)
        self.next_button.setVisible(self.step < CHECK)
        self.next_button.setEnabled(bool(files))
        if self.step < CHECK:
            self.next_button.setText(self.tr("Next: {step}").format(step=self._names[self.step + 1]))
        self.add_button.setVisible(self.step == CHECK)
        self.add_button.setEnabled(self.reader.is_ready)
        count = len({row.employer for one in files for row in one.rows})
        self.add_button.setText(self.tr("Add accounts of %n employer(s)", "", count))
        self.give_up_button.setEnabled(bool(files))
        self.says.show_text(self._state_words())

    def _state_words(self) -> str:
        """Why Add is not ready yet, in a sentence."""
        if self.reader.is_reading:
            return self.tr("Reading…")
        open_files = [one for one in self.reader.files if one.stage is not Stage.READ]
        if not open_files:
            return ""
        first = open_files[0]
        if first.stage is Stage.ASKS:
            return self.tr("{name} leaves something open: see Columns.").format(name=first.path.name)
        return self.tr("{name} can't be read yet: see Columns.").format(name=first.path.name)

    def _forget(self) -> None:
        self._current = None
        self.reader.clear()
        self.wrong.show_text("")
        self.go(FILES)

    def _began(self) -> None:
        """Another sector, or none: what was begun for the one before is over."""
        self.reader.clear()

    def _sector_changed(self) -> None:
        if self.reader.files and self._session.sector is not None:
            self.reader.look_again()

    def _broke(self, error: Exception) -> None:
        text = self.tr("✗ The app made a mistake ({kind}). Nothing was changed.")
        self.wrong.show_text(text.format(kind=type(error).__name__))

    # Putting together

    def _make_top(self) -> None:
        self._names = (self.tr("Files"), self.tr("Columns"), self.tr("Check"))
        self.steps = step_buttons(self._names, self.go, self)
        self.which = ChoiceBox(self.tr("File"), self)
        self.which.setMaximumWidth(320)

    def _make_bottom(self) -> None:
        self.give_up_button = QPushButton(self.tr("Give up this import"), self)
        self.says = ElidedLabel(parent=self)
        self.back_button = QPushButton(self.tr("Back"), self)
        self.next_button = QPushButton("", self)
        self.add_button = QPushButton("", self)
        for button in (self.give_up_button, self.back_button, self.next_button, self.add_button):
            button.setAutoDefault(True)  # Enter presses the one that has the focus

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(PlainLabel(self.tr("Read employers' accounts"), self, bold=True, scale=1.3))
        top.addSpacing(12)
        for button in self.steps:
            top.addWidget(button)
        top.addSpacing(12)
        top.addWidget(self.which)
        top.addStretch(1)
        for page in self._pages:
            self.stack.addWidget(page)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.give_up_button)
        bottom.addWidget(self.says, 1)
        for button in (self.back_button, self.next_button, self.add_button):
            bottom.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.wrong)
        column.addWidget(self.stack, 1)
        column.addLayout(bottom)
        self.wrong.hide()

    def _connect(self) -> None:
        self.reader.changed.connect(self.refresh)
        self.reader.broke.connect(self._broke)
        self.files_step.chosen.connect(self.choose)
        self.files_step.zone.choose_button.clicked.connect(self.choose_files)
        self.which.picked.connect(lambda text: self.choose(Path(text)))
        self.give_up_button.clicked.connect(self.give_up)
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        self.add_button.clicked.connect(self.add)
        self._session.began.connect(self._began)
        self._session.sector_changed.connect(self._sector_changed)
        on_keys(self, ("Alt+Left",), self.go_back, within=True)
        on_keys(self, ("Alt+Right",), self.go_on, within=True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
