"""Reading employers' accounts: files, columns, check. Nothing is added before Add, and then all of it as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.issues import UnusableInput
from ui.accounts_import.files import AccountsFiles, Stage
from ui.accounts_import.step_check import CheckStep
from ui.accounts_import.step_columns import ColumnsStep
from ui.accounts_import.step_files import FilesStep
from ui.done import tell_done
from ui.import_assistant.pane import ChoiceBox
from ui.session import Session
from ui.widgets.assistant_frame import AssistantFrame
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.step_row import show_step

FILES, COLUMNS, CHECK = range(3)


def _tr(text: str) -> str:
    """A text of the assistant, before it is made."""
    return QCoreApplication.translate("AccountsAssistant", text)


class AccountsAssistant(AssistantFrame):
    """Three steps in the work area; it can be left and come back to."""

    def __init__(
        self, session: Session, ask_files: Callable[[], list[Path]], parent: QWidget | None = None
    ) -> None:
        super().__init__((_tr("Files"), _tr("Columns"), _tr("Check")), ask_files, parent)
        self._session = session
        self._current: Path | None = None
        self.reader = AccountsFiles(session, self)
        self.which = ChoiceBox(self.tr("File"), self)
        self.which.setMaximumWidth(320)
        self.files_step = FilesStep(self.reader, self)
        self.columns_step = ColumnsStep(self.reader, self)
        self.check_step = CheckStep(session, self.reader, self)
        self._pages = (self.files_step, self.columns_step, self.check_step)
        self.make_bottom()
        self.says = ElidedLabel(parent=self)
        self._lay_out()
        self._connect()
        self.go(FILES)

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
        self._pages[step].focus_first()

    def go_on(self) -> None:
        """To the next step."""
        if self.reader.files:
            super().go_on()

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
        self.forget()
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
        self.show_turns(counts, has_files=bool(files))
        self.add_button.setEnabled(self.reader.is_ready)
        count = len({row.employer for one in files for row in one.rows})
        self.add_button.setText(self.tr("Add accounts of %n employer(s)", "", count))
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

    def forget(self) -> None:
        """Do without all files, as if nothing had been begun."""
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

    # Putting together

    def _lay_out(self) -> None:
        body, bottom = QHBoxLayout(), QHBoxLayout()
        body.addWidget(self.stack, 1)
        bottom.addWidget(self.give_up_button)
        bottom.addWidget(self.says, 1)
        for button in (self.back_button, self.next_button, self.add_button):
            bottom.addWidget(button)
        self.lay_out(self.tr("Read employers' accounts"), self._pages, body, bottom, self.which)

    def _connect(self) -> None:
        self.reader.changed.connect(self.refresh)
        self.reader.broke.connect(self.say_broke)
        self.files_step.chosen.connect(self.choose)
        self.files_step.zone.choose_button.clicked.connect(self.choose_files)
        self.which.picked.connect(lambda text: self.choose(Path(text)))
        self._session.began.connect(self._began)
        self._session.sector_changed.connect(self._sector_changed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
