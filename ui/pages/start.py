"""The first page: open, start new, try the sample, or carry on where work was left."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from bargain.plain_names import marked
from models.issues import UnusableInput
from models.table import Role
from ui import formats, palette, view_choices
from ui.role_words import role_badge
from ui.session import Session
from ui.tasks import ProgressLike
from ui.widgets.plain_label import PlainLabel, plain_tip

LEFT = 420
LOOK_AFTER_MS = 250  # the page is to be seen first


class Opens(Protocol):
    """What this page asks of the desk."""

    def open(self) -> None:
        """Ask for a file to open."""

    def new_sector(self) -> None:
        """Ask for the facts of a new sector."""

    def import_files(self) -> None:
        """Ask for payroll files, and for the new sector that they start."""

    def open_sample(self) -> None:
        """Make and open the sample."""

    def report(self) -> None:
        """Show what a report about a mistake of the app would hold."""

    def open_path(self, path: Path, *, recover: bool = True) -> None:
        """Open a file, with or without what a crash had kept from it."""


def folder_words(folder: Path) -> str:
    """A folder as people speak of it: from their own home on, without the machine's part of the path."""
    home = Path.home()
    if folder == home or home not in folder.parents:
        return str(folder)
    return str(folder.relative_to(home))


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Work that a crash kept from a file: when it was put into the journal."""

    recent: view_choices.Recent
    at: datetime


def newest_unfinished(recent: Sequence[view_choices.Recent]) -> Unfinished | None:
    """The newest unfinished work in the files of the recent list. Runs in the worker."""
    from bargain.storage.outside import look

    found = []
    for one in recent:
        with contextlib.suppress(UnusableInput):  # a file that can't be looked at says so when it is opened
            at = look(one.path).unfinished
            if at is not None:
                found.append(Unfinished(one, at))
    return max(found, key=lambda one: one.at, default=None)


class UnfinishedCard(QFrame):
    """Offers work that was not closed properly. It opens nothing by itself; deciding later keeps both."""

    def __init__(self, desk: Opens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._desk = desk
        self._shown: Unfinished | None = None
        self.words = PlainLabel("", self, wrap=True, bold=True)
        self.open_button = QPushButton(self.tr("Open recovered work"), self)
        self.saved_button = QPushButton(self.tr("Open as last saved"), self)
        self.later_button = QPushButton(self.tr("Decide later"), self)
        self.report_button = QPushButton(self.tr("See what would go in a report – nothing is sent"), self)
        self.report_button.clicked.connect(desk.report)
        row = QHBoxLayout()
        for button, act in (
            (self.open_button, lambda: self._open(recover=True)),
            (self.saved_button, lambda: self._open(recover=False)),
            (self.later_button, self.hide),
        ):
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addLayout(row)
        last = QHBoxLayout()
        last.addWidget(self.report_button)
        last.addStretch(1)
        column.addLayout(last)
        self.hide()

    def show_work(self, found: Unfinished | None) -> None:
        """Show the card, or nothing."""
        self._shown = found
        self.setVisible(found is not None)
        if found is not None:
            local = found.at.astimezone()
            text = self.tr(
                "The app stopped unexpectedly. Nothing you saw is lost: work in {name} from {time} on {day} was not closed "
                "properly, and can be brought back."
            )
            self.words.setText(
                text.format(name=found.recent.name, time=f"{local:%H:%M}", day=formats.day(local.date()))
            )

    def _open(self, *, recover: bool) -> None:
        found = self._shown
        if found is not None:
            self._desk.open_path(found.recent.path, recover=recover)


class StartPage(QWidget):
    """Nothing heavy is imported for this page: it shows before numpy."""

    def __init__(self, session: Session, desk: Opens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._desk = desk
        self.open_button = self._big_button(self.tr("Open…"), desk.open)
        self.new_button = self._big_button(self.tr("New sector…"), desk.new_sector)
        self.import_button = self._big_button(self.tr("Import payroll files…"), desk.import_files)
        self.sample_button = self._big_button(self.tr("Try the sample sector"), desk.open_sample)
        self.progress_text = PlainLabel("", self)
        self.progress_bar = QProgressBar(self)
        self.progress_bar.setAccessibleName(self.tr("Progress"))
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.cancel_button.clicked.connect(session.stop_opening)
        self.recent_list = QListWidget(self)
        self.recent_list.setAccessibleName(self.tr("Recent sectors"))
        self.recent_list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recent_list.itemActivated.connect(self._open_recent)
        self.recent_list.currentRowChanged.connect(self._show_chosen)
        self.open_recent_button = QPushButton(self.tr("Open this one"), self)
        self.open_recent_button.clicked.connect(lambda: self._open_recent(self.recent_list.currentItem()))
        self.forget_button = QPushButton(self.tr("Take off this list"), self)
        self.forget_button.clicked.connect(self._forget)
        self._recent: tuple[view_choices.Recent, ...] = ()
        self.unfinished = UnfinishedCard(desk, self)
        self._look_later = QTimer(self)
        self._look_later.setSingleShot(True)
        self._look_later.setInterval(LOOK_AFTER_MS)
        self._look_later.timeout.connect(self._look_for_unfinished)
        self._lay_out()
        session.progressed.connect(self._show_progress)
        self._show_progress(None)
        self.refresh()

    def refresh(self) -> None:
        """Read the recent list again."""
        self._recent = view_choices.recent()
        self.recent_list.clear()
        for one in self._recent:
            self.recent_list.addItem(self._recent_item(one))
        self._right.setCurrentIndex(0 if self._recent else 1)
        if self._recent:
            self.recent_list.setCurrentRow(0)
            self._look_later.start()
        self.unfinished.show_work(None)
        self._show_chosen()

    def _look_for_unfinished(self) -> None:
        """In the worker: the newest work in a journal that its file may not have."""
        if self._session.sector is None and not self._session.is_opening:
            recent = self._recent
            self._session.tasks.start(lambda _: newest_unfinished(recent), on_done=self.unfinished.show_work)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(6)
        left.addWidget(PlainLabel("Bargain", self, bold=True, scale=2.2))
        left.addWidget(
            PlainLabel(self.tr("Sectoral pay bargaining, from payroll to agreement."), self, wrap=True)
        )
        left.addSpacing(14)
        for button, text in (
            (self.open_button, self.tr("A sector file you or a colleague saved.")),
            (self.new_button, self.tr("Four pages: which table, which side, a passphrase, the facts.")),
            (self.import_button, self.tr("Spreadsheets as employers sent them, into a new sector.")),
            (self.sample_button, self.tr("Made-up staff and employers, ready in a few seconds.")),
        ):
            note = PlainLabel(text, self, wrap=True)
            note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            button.setAccessibleDescription(text)
            left.addWidget(button)
            left.addWidget(note)
            left.addSpacing(8)
        left.addLayout(self._progress_row())
        left.addStretch(1)
        offline = PlainLabel(self.tr("This app never connects to the internet."), self, wrap=True)
        offline.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        left.addWidget(offline)
        left_side = QWidget(self)
        left_side.setLayout(left)
        left_side.setFixedWidth(LEFT)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 24, 16)
        row.setSpacing(28)
        row.addWidget(left_side)
        row.addLayout(self._right_side(), 1)

    def _progress_row(self) -> QGridLayout:
        grid = QGridLayout()
        grid.addWidget(self.progress_text, 0, 0, 1, 2)
        grid.addWidget(self.progress_bar, 1, 0)
        grid.addWidget(self.cancel_button, 1, 1)
        return grid

    def _right_side(self) -> QVBoxLayout:
        recent = QWidget(self)
        column = QVBoxLayout(recent)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.recent_list, 1)
        row = QHBoxLayout()
        row.addWidget(self.open_recent_button)
        row.addWidget(self.forget_button)
        row.addStretch(1)
        column.addLayout(row)
        empty = QFrame(self)
        empty.setFrameShape(QFrame.Shape.StyledPanel)
        words = PlainLabel(
            self.tr(
                "No projects yet. Start a new sector, or try the sample – it takes two minutes "
                "and can't break anything."
            ),
            empty,
            wrap=True,
        )
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = QVBoxLayout(empty)
        inside.setContentsMargins(60, 20, 60, 20)
        inside.addWidget(words)
        side = QVBoxLayout()
        side.setSpacing(8)
        heading = PlainLabel(self.tr("Recent"), self, bold=True, scale=1.2)
        heading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        side.addWidget(self.unfinished)
        side.addWidget(heading)
        self._right = QStackedLayout()
        self._right.addWidget(recent)
        self._right.addWidget(empty)
        side.addLayout(self._right, 1)
        return side

    def _big_button(self, text: str, act: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setMinimumHeight(38)
        button.clicked.connect(act)
        return button

    def _recent_item(self, one: view_choices.Recent) -> QListWidgetItem:
        is_there = one.path.exists()
        opened = self._day(one.opened)
        second = (
            self.tr("Opened {day} · {folder}")
            if is_there
            else self.tr("Not found. Last seen {day} in {folder}")
        )
        second = second.format(day=opened, folder=folder_words(one.path.parent))
        name = self.tr("{name} (sample)").format(name=one.name) if one.is_sample else one.name
        if one.role is not Role.NOT_SAID:
            name = f"{name} · {role_badge(one.role)}"
        name, second = marked(name), marked(second)
        item = QListWidgetItem(f"{name}\n{second}")
        item.setToolTip(plain_tip(str(one.path)))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}. {second}")
        item.setSizeHint(QSize(0, self.fontMetrics().height() * 2 + 14))
        if not is_there:
            item.setForeground(QColor(palette.current().muted))
        return item

    @staticmethod
    def _day(opened: str) -> str:
        try:
            return formats.day(datetime.fromisoformat(opened).date())
        except ValueError:  # a settings file that another hand has changed
            return formats.day(None)

    def _chosen(self) -> view_choices.Recent | None:
        at = self.recent_list.currentRow()
        return self._recent[at] if 0 <= at < len(self._recent) else None

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self.forget_button.setEnabled(chosen is not None)
        self.open_recent_button.setEnabled(
            chosen is not None and chosen.path.exists() and not self._session.is_opening
        )

    def _open_recent(self, _: QListWidgetItem | None) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen.path.exists() and not self._session.is_opening:
            self._desk.open_path(chosen.path)

    def _forget(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            view_choices.forget_recent(chosen.path)
            self.refresh()

    def _show_progress(self, step: ProgressLike | None) -> None:
        is_busy = self._session.is_opening
        for widget in (self.progress_text, self.progress_bar, self.cancel_button):
            widget.setVisible(is_busy)
        for button in (self.open_button, self.new_button, self.sample_button):
            button.setEnabled(not is_busy)
        self._show_chosen()
        if step is not None:
            self.progress_text.setText(step.stage)
            self.progress_bar.setRange(0, step.total)
            self.progress_bar.setValue(step.done)
