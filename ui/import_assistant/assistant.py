"""The import assistant (S2): five steps in the work area. It can be left and come back to; nothing is added before Add."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QWidget,
)

from bargain.plain_names import marked
from models.issues import UnusableInput
from ui import formats
from ui.done import tell_done
from ui.import_assistant import words
from ui.import_assistant.batch import Stage, added
from ui.import_assistant.pane import on_keys
from ui.import_assistant.reader import ImportReader, Pace
from ui.import_assistant.settings import FileSettings
from ui.import_assistant.step_check import CheckStep
from ui.import_assistant.step_columns import ColumnsStep
from ui.import_assistant.step_confirm import ConfirmStep
from ui.import_assistant.step_files import FilesStep
from ui.import_assistant.step_sheet import SheetStep
from ui.session import Session
from ui.widgets.assistant_frame import AssistantFrame
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain_label import plain_menu, plain_tip
from ui.widgets.step_row import show_step

FILES, SHEET, COLUMNS, CHECK, CONFIRM = range(5)
LIST_WIDTH, NARROW_LIST, NARROW = 200, 160, 1100  # px; below the last of the assistant's own width


def _tr(text: str) -> str:
    """A text of the assistant, before it is made."""
    return QCoreApplication.translate("ImportAssistant", text)


class ImportAssistant(AssistantFrame):
    """Files, sheet and heading, columns, checks, confirm."""

    def __init__(
        self, session: Session, ask_files: Callable[[], list[Path]], parent: QWidget | None = None
    ) -> None:
        names = (_tr("Files"), _tr("Sheet and heading"), _tr("Match columns"), _tr("Check"), _tr("Confirm"))
        super().__init__(names, ask_files, parent)
        self._session = session
        self._current: Path | None = None
        self.reader = ImportReader(session, self)
        self.files = QListWidget(self)
        self.files_step = FilesStep(self.reader, self)
        self.sheet_step = SheetStep(self.reader, self)
        self.columns_step = ColumnsStep(self.reader, self)
        self.check_step = CheckStep(self.reader, self)
        self.confirm_step = ConfirmStep(self.reader, self)
        self._pages: tuple[QWidget, ...] = (
            self.files_step, self.sheet_step, self.columns_step, self.check_step, self.confirm_step,
        )  # fmt: skip
        self.make_bottom()
        self._make_beside()
        self._lay_out()
        self._connect()
        self.go(FILES)

    @property
    def is_begun(self) -> bool:
        """Whether files are here."""
        return bool(self.reader.files)

    def come(self, paths: Sequence[Path] = (), settings: FileSettings | None = None) -> None:
        """Come here, with more files; new ones are shown in the first step."""
        if paths:
            self.reader.add(list(dict.fromkeys(paths)), settings)
            self.choose(paths[0])
            self.go(FILES)
        elif not self.is_begun:
            self.go(FILES)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower list of files in a narrow window."""
        super().resizeEvent(event)
        self.files.setFixedWidth(NARROW_LIST if self.width() < NARROW else LIST_WIDTH)

    def choose(self, path: Path | None) -> None:
        """Make a file the current one."""
        if path != self._current:
            self._current = path
            self._refresh()

    def go(self, step: int) -> None:
        """Go to a step."""
        show_step(self.stack, self.steps, step)
        self._refresh()
        if step == FILES:
            self.files_step.focus_first()
        elif step == COLUMNS:
            self.columns_step.focus_first()
        elif step == SHEET:
            self.sheet_step.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        elif step == CHECK:
            self.check_step.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif step == CONFIRM:
            self.confirm_step.focus_first()

    def add(self) -> None:
        """Add the staff of all files, as one step that can be undone."""
        sector, files = self._session.sector, self.reader.files
        if sector is None or not self._can_add():
            return
        try:
            changed = added(sector, files, date.today())
        except UnusableInput as unusable:
            self.wrong.show_text(f"✗ {unusable}")
            return
        heads = round(sum(one.staff for one in files))
        text = self.tr("Import {name}").format(name=files[0].path.name)
        if len(files) > 1:
            text = self.tr("Import %n files", "", len(files))
        said = self.tr("%Ln staff were added from {whose}.", "", heads).format(whose=self._whose())
        self._session.change_sector(changed, text)
        self.forget()
        tell_done(self._session, said)
        self.left.emit()

    # Showing

    def _refresh(self) -> None:
        """Show everything as it is now."""
        files = self.reader.files
        if self._current not in {one.path for one in files}:
            self._current = files[0].path if files else None
        self._fill_list()
        self._show_step()
        self._show_bars()

    def _show_step(self) -> None:
        state = None if self._current is None else self.reader.state(self._current)
        match self.step:
            case 0:
                self.files_step.show_files(self._current)
            case 1:
                self.sheet_step.show_state(state)
            case 2:
                self.columns_step.show_state(state)
            case 3:
                self.check_step.show_files()
            case _:
                self.confirm_step.show_files(self._session.sector)
        self.files.setVisible(self.step in {SHEET, COLUMNS} and len(self.reader.files) > 1)

    def _fill_list(self) -> None:
        with QSignalBlocker(self.files):
            self.files.clear()
            for one in self.reader.files:
                word = words.state(one)
                name = marked(one.path.name)
                item = QListWidgetItem(f"{name}\n{word}")
                item.setToolTip(plain_tip(str(one.path)))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}: {word}")
                item.setSizeHint(QSize(0, self.fontMetrics().height() * 2 + 12))
                self.files.addItem(item)
                if one.path == self._current:
                    self.files.setCurrentItem(item)

    def _show_bars(self) -> None:
        files = self.reader.files
        open_count = sum(1 for one in files if not one.is_ready)
        asks = sum(1 for one in files if one.stage is Stage.ASKS)
        found = sum(1 for one in files for _, finding in one.findings if finding.severity != "note")
        counts = (("", len(files)), ("", 0), ("? ", asks), ("⚠ ", found), ("", 0))
        self.show_turns(counts, has_files=bool(files))
        self.skip_button.setVisible(self.step < CHECK)
        self.skip_button.setEnabled(bool(files) and not open_count)
        self.add_button.setEnabled(self._can_add())
        self.add_button.setText(self._add_words())
        if self._can_add():
            self.wrong.show_text("")

    def _add_words(self) -> str:
        heads = formats.number(round(sum(one.staff for one in self.reader.files)))
        whose = self._whose()
        if not whose:
            return self.tr("Add staff")
        if len(whose) > 40:
            whose = whose[:39] + "…"
        return plain_menu(self.tr("Add {heads} staff from {whose}").format(heads=heads, whose=whose))

    def _whose(self) -> str:
        names = list(dict.fromkeys(name for one in self.reader.files for name in one.employers))
        if len(names) == 1:
            return names[0]
        return self.tr("%n employers", "", len(names)) if names else ""

    def _can_add(self) -> bool:
        files = self.reader.files
        if not files or self.reader.is_reading or not all(one.is_ready for one in files):
            return False
        return all(self.reader.twin_of(one) is None for one in files) and sum(one.staff for one in files) > 0

    def _show_pace(self, pace: Pace | None) -> None:
        for one in (self.progress, self.progress_bar, self.stop_button):
            one.setVisible(pace is not None)
        if pace is None:
            self._show_bars()
            return
        text = self.tr("Reading {name}").format(name=pace.name)
        if pace.rows:
            text += ": " + self.tr("%Ln row(s)", "", pace.rows)
        if pace.rows_a_second:
            text += " – " + self.tr("%Ln rows a second", "", pace.rows_a_second)
        self.progress.show_text(text)
        self.progress_bar.setRange(0, pace.total if pace.total > 1 else 0)
        self.progress_bar.setValue(pace.done)
        self.add_button.setEnabled(False)

    # What happens

    def _changed(self, path: object) -> None:
        if self.step in {CHECK, CONFIRM, FILES} or path == self._current:
            self._show_step()
        self._fill_list()
        self._show_bars()

    def _choose_in_list(self, at: int) -> None:
        files = self.reader.files
        if 0 <= at < len(files):
            self.choose(files[at].path)

    def forget(self) -> None:
        """Do without all files and answers, as if nothing had been begun."""
        self.reader.clear()
        self._current = None
        self.wrong.show_text("")
        self.confirm_step.control.clear()
        self.go(FILES)

    def _sector_changed(self) -> None:
        """Titles and grades may be others now: what is shown of them is made anew."""
        if self.step == CONFIRM:
            self._show_step()

    # Putting together

    def _make_beside(self) -> None:
        """The list of files, and what is seen of reading."""
        self.files.setAccessibleName(self.tr("Files"))
        self.files.setFixedWidth(LIST_WIDTH)
        self.files.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.files.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.progress = ElidedLabel(parent=self)
        self.progress_bar = QProgressBar(self)
        self.progress_bar.setAccessibleName(self.tr("Progress"))
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setMaximumWidth(160)
        self.stop_button = QPushButton(self.tr("Cancel reading"), self)
        self.skip_button = QPushButton(self.tr("Straight to Confirm"), self)
        for button in (self.stop_button, self.skip_button):
            button.setAutoDefault(True)

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.files)
        body.addWidget(self.stack, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.give_up_button)
        bottom.addWidget(self.progress, 1)
        bottom.addWidget(self.progress_bar)
        bottom.addWidget(self.stop_button)
        bottom.addStretch(1)
        for button in (self.back_button, self.skip_button, self.next_button, self.add_button):
            bottom.addWidget(button)
        self.lay_out(self.tr("Import staff data"), self._pages, body, bottom)
        self._show_pace(None)

    def _connect(self) -> None:
        self.files.currentRowChanged.connect(self._choose_in_list)
        self.files_step.chosen.connect(self.choose)
        self.files_step.zone.choose_button.clicked.connect(self.choose_files)
        self.confirm_step.changed.connect(self._show_bars)
        self.skip_button.clicked.connect(lambda: self.go(CONFIRM))
        self.stop_button.clicked.connect(self.reader.stop)
        self.reader.changed.connect(self._changed)
        self.reader.listed.connect(self._refresh)
        self.reader.moved.connect(self._show_pace)
        self.reader.broke.connect(self.say_broke)
        self._session.began.connect(self.forget)
        self._session.sector_changed.connect(self._sector_changed)
        on_keys(self, ("Ctrl+Return", "Ctrl+Enter"), self.add_now, within=True)

    def add_now(self) -> None:
        """Ctrl+Enter: to the last step; there, add."""
        if self.step < CONFIRM:
            if self.reader.files and all(one.is_ready for one in self.reader.files):
                self.go(CONFIRM)
        else:
            self.add()
