"""Targets: the sets of each side, the verdict on each, and the two pairs that must be read together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from models.issues import Severity, UnusableInput
from models.table import Role
from models.target import Status, Target, TargetScope, TargetSet, Verdict
from ui import formats
from ui.basis_words import copied_basis
from ui.dialogs.target import TargetDialog
from ui.figure_at import Asked
from ui.hidden import hidden_places
from ui.itemmodels.column_table import Column, ColumnTable
from ui.role_words import no_targets
from ui.widgets.plain_label import PlainLabel
from ui.widgets.scoreboard import (
    catalogue_label,
    difference_text,
    figure_text,
    limit_text,
    place_of,
    status_word,
    unit_of,
    value_words,
    verdict_words,
)
from ui.widgets.table import Table
from ui.widgets.tile import SYMBOLS

if TYPE_CHECKING:
    from models.target import Pair
    from ui.session import Session
    from ui.tasks import Report


class TargetsPage(QWidget):
    """A set's targets with their verdicts at the left, the pairs at the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._running = False
        self._again = False
        self.pairs: tuple[Pair, ...] = ()
        self.chooser = QComboBox()
        self.new_set = QPushButton(self.tr("&New set…"))
        self.drop_set = QPushButton(self.tr("Remove &set"))
        self.save = QPushButton(self.tr("Save &as file…"))
        self.add = QPushButton(self.tr("Add tar&get…"))
        self.edit = QPushButton(self.tr("&Change…"))
        self.remove = QPushButton(self.tr("&Remove"))
        self.model = ColumnTable()
        self.table = Table(self.model, self.tr("Targets and verdicts"))
        self.table.notes = lambda: copied_basis(session)
        self.said = PlainLabel("", wrap=True)
        self.symmetry = QCheckBox(self.tr("S&ymmetry: no profit grows faster than the pay bill"))
        self.together = PlainLabel("", wrap=True)
        self._lay_out()
        self._connect()
        self._show_set()

    def _lay_out(self) -> None:
        self.chooser.setAccessibleName(self.tr("Target set in use"))
        top = QHBoxLayout()
        label = PlainLabel(self.tr("&Targets"), bold=True)
        label.setBuddy(self.chooser)
        top.addWidget(label)
        top.addWidget(self.chooser, 1)
        for button in (self.new_set, self.drop_set, self.save):
            top.addWidget(button)
        under = QHBoxLayout()
        for button in (self.add, self.edit, self.remove):
            under.addWidget(button)
        under.addStretch(1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addLayout(under)
        column.addWidget(self.said)
        inside = QWidget()
        words = QVBoxLayout(inside)
        words.setContentsMargins(6, 0, 6, 0)
        words.addWidget(self.together)
        words.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(self.tr("The pairs"))
        right = QWidget()
        pairs = QVBoxLayout(right)
        pairs.setContentsMargins(0, 0, 0, 0)
        pairs.addWidget(PlainLabel(self.tr("Both halves together"), bold=True))
        pairs.addWidget(scroll, 1)
        pairs.addWidget(self.symmetry)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(left)
        halves.addWidget(right)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        halves.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(halves, 1)

    def _connect(self) -> None:
        session = self._session
        session.sector_changed.connect(self._show_set)
        session.targets_changed.connect(self._show_set)
        session.appraised.connect(self._show_verdicts)
        self.chooser.activated.connect(lambda _: session.choose_targets(self.chooser.currentText()))
        self.new_set.clicked.connect(self._ask_set)
        self.drop_set.clicked.connect(self._drop_set)
        self.save.clicked.connect(self._ask_file)
        self.add.clicked.connect(self._add)
        self.edit.clicked.connect(self._edit)
        self.remove.clicked.connect(self._remove)
        self.symmetry.toggled.connect(self._want)
        self.table.doubleClicked.connect(lambda _: self._edit())
        self.table.explains = self._figure_of
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_left_out())
        only = Qt.ShortcutContext.WidgetShortcut
        for key, act in (("Return", self._edit), ("Delete", self._remove)):
            QShortcut(QKeySequence(key), self.table, act, context=only)

    def showEvent(self, event: QShowEvent) -> None:
        """The pairs are asked for when they are seen."""
        super().showEvent(event)
        self._want()

    # Showing

    def _show_set(self) -> None:
        sector = self._session.sector
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            for one in sector.target_sets if sector is not None else ():
                self.chooser.addItem(one.name)
            self.chooser.setCurrentIndex(self.chooser.findText(self._session.target_set.name))
        is_set = bool(self._session.target_set.name)
        for adding in (self.new_set, self.add):
            adding.setEnabled(sector is None or sector.role is not Role.JOINT)
        for button in (self.drop_set, self.save, self.chooser):
            button.setEnabled(is_set)
        self._show_verdicts()

    def _show_verdicts(self) -> None:
        targets = self._session.target_set.targets
        known = {one.target: one for one in self._session.verdicts}
        rows = [known.get(target) for target in targets]
        at = self.table.currentIndex().row()
        appraisal = self._session.appraisal
        hidden = frozenset() if appraisal is None else hidden_places(appraisal)
        few = [one is not None and place_of(one) in hidden for one in rows]
        self.model.set_columns(
            (
                Column(self.tr("Target"), [one.name for one in targets]),
                Column(self.tr("Verdict"), [self._verdict(one) for one in rows]),
                Column(self.tr("Value"), ["" if one is None else value_words(one) for one in rows], hide=few),
                Column(self.tr("Room"), [self._room(one) for one in rows], hide=few),
                Column(self.tr("Decided by"), ["" if one is None else place_of(one) for one in rows]),
                Column(self.tr("Measure"), [catalogue_label(one.measure) for one in targets]),
            )
        )
        self.table.fit(5)
        if targets:
            self.table.selectRow(min(max(at, 0), len(targets) - 1))
        self._show_left_out()
        self._want()

    def _figure_of(self, row: int, _column: int) -> Asked | None:
        """The verdict on a target, with what it counts."""
        held = self._session.target_set
        return Asked(f"target:{held.name}/{held.targets[row].name}") if row < len(held.targets) else None

    def _verdict(self, verdict: Verdict | None) -> str:
        return "" if verdict is None else f"{SYMBOLS[verdict.status]} {verdict_words(verdict)}"

    def _room(self, verdict: Verdict | None) -> str:
        if verdict is None or verdict.margin is None:
            return ""
        return difference_text(verdict.margin, unit_of(verdict.target.measure))

    def _show_left_out(self) -> None:
        """What the chosen target's verdict does not cover; what to do where there is nothing yet."""
        at = self._place()
        for button in (self.edit, self.remove):
            button.setEnabled(at is not None)
        sector = self._session.sector
        if sector is not None and sector.role is Role.JOINT:
            self.said.setText(no_targets())
            return
        if at is None:
            self.said.setText(
                self.tr(
                    "No targets yet. Add one, or read a targets file (Data menu): verdicts follow the offer."
                )
            )
            return
        target = self._session.target_set.targets[at]
        verdict = next((one for one in self._session.verdicts if one.target == target), None)
        if verdict is None:
            self.said.setText(self._session.problem)
            return
        counted = {
            TargetScope.SECTOR: self.tr("Employers with accounts: {n}.").format(n=formats.number(verdict.n))
            if verdict.n_of == "employers"
            else self.tr("Counts %Ln staff.", "", verdict.n),
            TargetScope.EVERY_EMPLOYER: self.tr("Judged at %Ln employer(s).", "", verdict.n),
            TargetScope.EVERY_GRADE: self.tr("Judged in %Ln grade(s).", "", verdict.n),
        }[target.scope]
        left = (
            self.tr("Left out: {names}").format(names="; ".join(verdict.left_out)) if verdict.left_out else ""
        )
        self.said.setText(" ".join(one for one in (counted, left, self._range(verdict)) if one))

    def _range(self, verdict: Verdict) -> str:
        """Where the figure most likely lies, and whether that settles the verdict; empty for the returns alone."""
        span, limit = verdict.range, verdict.limit
        if span is None:
            return ""
        unit = unit_of(verdict.target.measure)
        ends = (
            limit_text(one, unit) if unit == "£" else figure_text(one, unit) for one in (span.low, span.high)
        )
        text = self.tr("Likely {low} to {high} (95% range from resampling employers).")
        said = text.format(low=next(ends), high=next(ends))
        if limit is None or not span.low < limit < span.high:
            return said
        return f"{said} " + self.tr("The limit lies inside it, so the returns do not settle this.")

    def _place(self) -> int | None:
        index = self.table.currentIndex()
        count = len(self._session.target_set.targets)
        if not index.isValid() or index.row() >= count:
            return None
        return self.model.row_of(index)

    # The pairs

    def _want(self) -> None:
        sector, appraisal = self._session.sector, self._session.appraisal
        if self._running:
            self._again = True
            return
        if sector is None or appraisal is None or not self.isVisible():
            if appraisal is None:
                self.together.setText(self._session.problem or self.tr("No figures yet."))
            return
        targets, symmetry = self._session.target_set.targets, self.symmetry.isChecked()

        def work(_: Report) -> tuple[Pair, ...]:
            from bargain.pairs import pairs_of

            return pairs_of(targets, sector, appraisal, symmetry=symmetry)

        self._running = True
        self._session.tasks.start(work, on_done=self._done, on_failed=self._failed, on_cancelled=self._next)

    def _done(self, pairs: tuple[Pair, ...]) -> None:
        self.pairs = pairs
        self.together.setText("\n\n".join(self._pair_words(one) for one in pairs))
        self._next()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UnusableInput):
            self.together.setText(str(error))
        else:
            self._session.report_fault(error)
        self._next()

    def _next(self) -> None:
        self._running = False
        if self._again:
            self._again = False
            self._want()

    def _pair_words(self, pair: Pair) -> str:
        names = {
            "Compression": self.tr("Compression"),
            "Restraint": self.tr("Restraint"),
            "Less dispersion": self.tr("Less dispersion"),
            "Differentials kept": self.tr("Differentials kept"),
            "Pay restraint": self.tr("Pay restraint"),
            "Profit restraint": self.tr("Profit restraint"),
        }
        lines = [f"{SYMBOLS[pair.status]} {names[pair.name]}: {status_word(pair.status)}"]
        for half in pair.halves:
            guarded = "" if half.status is not Status.NOT_KNOWN else f" {half.note}"
            note = f" {half.note}" if half.note and not guarded else guarded
            lines.append(f"    {SYMBOLS[half.status]} {names[half.name]}: {status_word(half.status)}.{note}")
        for fact in pair.facts:
            figure = figure_text(fact.value, unit_of(fact.measure))
            whose = f" – {fact.worst.name}" if fact.worst else ""
            if fact.measure == "operating_margin" and not fact.worst:
                whose = self.tr(" – the average, which hides the spread")
            lines.append(f"    {catalogue_label(fact.measure)}: {figure}{whose}")
        return "\n".join(lines)

    # Changing

    def _ask_set(self) -> None:
        name, agreed = QInputDialog.getText(
            self, self.tr("New set"), self.tr("Name, such as the side it is of:")
        )
        if agreed and name.strip():
            self.make_set(name.strip())

    def make_set(self, name: str) -> None:
        """A new, empty set, put to use."""
        sector = self._session.sector
        if sector is None:
            return
        if any(one.name == name for one in sector.target_sets):
            text = self.tr("There is another set called “{name}”. Choose a different name.")
            self._session.notice(text.format(name=name), Severity.WARNING)
            return
        sets = (*sector.target_sets, TargetSet(name))
        self._session.change_sector(
            replace(sector, target_sets=sets), self.tr("New set “{name}”").format(name=name)
        )
        self._session.choose_targets(name)

    def _drop_set(self) -> None:
        sector, name = self._session.sector, self._session.target_set.name
        if sector is not None:
            sets = tuple(one for one in sector.target_sets if one.name != name)
            words = self.tr("Remove the set “{name}”").format(name=name)
            self._session.change_sector(replace(sector, target_sets=sets), words)

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save targets"),
            self.tr("Targets.toml"),  # no name of a set: it may say what a side wants
            self.tr("Targets (*.toml)"),
        )
        if name:
            self.save_file(Path(name))

    def save_file(self, path: Path) -> None:
        """The set in use as a targets file."""
        from bargain.offers.target_file import write_targets
        from bargain.whole_file import write_whole

        try:
            write_whole(path, write_targets(self._session.target_set).encode())
        except OSError as error:
            text = self.tr("{name} was not saved: {why}. Choose another folder or name.")
            self._session.notice(text.format(name=path.name, why=error.strerror), Severity.ERROR)

    def _add(self) -> None:
        self._open(None)

    def _edit(self) -> None:
        at = self._place()
        if at is not None:
            self._open(at)

    def _open(self, at: int | None) -> None:
        if not self._session.target_set.name:
            self.make_set(self.tr("Our targets"))
        target = None if at is None else self._session.target_set.targets[at]
        dialog = TargetDialog(self._session, target, self)
        dialog.made.connect(lambda made: self.put(at, made))
        dialog.open()

    def put(self, at: int | None, target: Target) -> None:
        """A target in its place in the set, or as a new one at its end."""
        held = list(self._session.target_set.targets)
        if at is None:
            held.append(target)
            words = self.tr("Add the target “{name}”")
        else:
            held[at] = target
            words = self.tr("Change the target “{name}”")
        self._swap(held, words.format(name=target.name))

    def _remove(self) -> None:
        at = self._place()
        if at is not None:
            held = list(self._session.target_set.targets)
            gone = held.pop(at)
            self._swap(held, self.tr("Remove the target “{name}”").format(name=gone.name))

    def _swap(self, targets: list[Target], words: str) -> None:
        sector, used = self._session.sector, self._session.target_set
        if sector is None:
            return
        sets = tuple(
            replace(one, targets=tuple(targets)) if one.name == used.name else one
            for one in sector.target_sets
        )
        self._session.change_sector(replace(sector, target_sets=sets), words)
