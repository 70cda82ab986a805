"""The order of the grades: a chosen grade up or down the list, onto the ladder or off it, each a step to undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bargain.ladder import LadderChange, Pair, change_between, moved, off_ladder, put_in, taken_out
from models.sector import Sector
from ui import formats
from ui.session import Session
from ui.widgets.plain_label import PlainLabel, plain_tip
from ui.widgets.table import Table

MOST_PAIRS = 4  # that a sentence names


class LadderBar(QWidget):
    """Buttons and keys for the grades chosen in a table; ``chosen`` names them, in the table's order."""

    def __init__(
        self,
        session: Session,
        table: Table,
        chosen: Callable[[], Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._table = table
        self._chosen = chosen
        self.said = PlainLabel("", self, wrap=True)
        self.up = QPushButton(self.tr("Up the list"), self)
        self.down = QPushButton(self.tr("Down the list"), self)
        self.put = QPushButton(self.tr("Put on the ladder"), self)
        self.take = QPushButton(self.tr("Take off the ladder"), self)
        self._acts = (
            (self.up, "Alt+Up", self.move_up, self.tr("One place lower on the ladder")),
            (self.down, "Alt+Down", self.move_down, self.tr("One place higher on the ladder")),
            (self.put, "Ins", self.put_on, self.tr("At the top of the ladder; then move it")),
            (self.take, "Del", self.take_off, self.tr("Staff keep the grade; it counts after the ladder")),
        )
        for button, key, act, tip in self._acts:
            button.clicked.connect(act)
            shortcut = QShortcut(QKeySequence(key), table, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
            shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(plain_tip(f"{tip} ({shown})"))
        buttons = QHBoxLayout()
        for button in (self.up, self.down, self.put, self.take):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.said)
        column.addLayout(buttons)
        session.appraised.connect(self.refresh)

    def refresh(self) -> None:
        """Say what the order decides, and let what can be done to the chosen grades be done."""
        sector = self._session.sector
        if sector is None:
            return
        chosen, ladder = list(self._chosen()), sector.grades
        one = chosen[0] if len(chosen) == 1 and chosen[0] in ladder else ""
        self.up.setEnabled(bool(one) and one != ladder[0])
        self.down.setEnabled(bool(one) and one != ladder[-1])
        self.put.setEnabled(any(grade not in ladder for grade in chosen))
        self.take.setEnabled(any(grade in ladder for grade in chosen))
        self.said.setText(self._said(sector))

    def move_up(self) -> None:
        """The chosen grade one row up: one place lower on the ladder."""
        self._move(-1)

    def move_down(self) -> None:
        """The chosen grade one row down: one place higher on the ladder."""
        self._move(1)

    def _move(self, by: int) -> None:
        sector, chosen = self._session.sector, self._chosen()
        if sector is None or len(chosen) != 1 or chosen[0] not in sector.grades:
            return
        self._change(
            sector, moved(sector, chosen[0], by=by), self.tr("Place of {grade}").format(grade=chosen[0])
        )

    def put_on(self) -> None:
        """The chosen grades that are not on the ladder, at its top."""
        sector = self._session.sector
        if sector is not None:
            self._change(sector, put_in(sector, self._chosen()), self.tr("Put on the ladder"))

    def take_off(self) -> None:
        """The chosen grades off the ladder; staff keep them."""
        sector = self._session.sector
        if sector is not None:
            self._change(sector, taken_out(sector, self._chosen()), self.tr("Take off the ladder"))

    def _change(self, before: Sector, after: Sector, text: str) -> None:
        if after.grades == before.grades:
            return
        self._table.sortByColumn(
            -1, Qt.SortOrder.AscendingOrder
        )  # a row that moves is seen in the ladder's order
        self._session.change_sector(after, text)
        self._session.notice(what_changes(change_between(before, after)), key="ladder")
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _said(self, sector: Sector) -> str:
        """What the order decides, today's smallest gap, and which grades are not on the ladder."""
        said = [
            self.tr(
                "Lowest grade first. The order says which grades are neighbours, for gaps between grades."
            )
        ]
        appraisal = self._session.appraisal
        least = appraisal.before.measures.get("smallest_differential") if appraisal is not None else None
        if least is not None and not self._session.is_stale:
            said.append(self.tr("Smallest differential today: {gap}.").format(gap=formats.percent(least, 2)))
        off = off_ladder(sector)
        if off:
            text = self.tr(
                "Held by staff and not on the ladder: {grades}. They count above its highest grade, in the order in which the "
                "files name them; put them where they belong."
            )
            said.append(text.format(grades=", ".join(f"“{one}”" for one in off)))
        return " ".join(said)


def tr(text: str) -> str:
    """A text of the page in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


def what_changes(change: LadderChange) -> str:
    """A sentence or more on what is compared otherwise from now on."""
    said = []
    if change.new:
        said.append(tr("Neighbours now: {pairs}.").format(pairs=_listed(change.new)))
    if change.gone:
        said.append(tr("No longer: {pairs}.").format(pairs=_listed(change.gone)))
    if not said:
        said.append(tr("Staff hold the same neighbouring grades as before, so no figure changes."))
    if change.titles:
        text = tr("Job titles no longer placed by later imports: {count}.")
        said.append(text.format(count=formats.number(change.titles)))
    return " ".join(said)


def _listed(pairs: Sequence[Pair]) -> str:
    named = [tr("“{upper}” over “{lower}”").format(upper=upper, lower=lower) for lower, upper in pairs]
    more = len(named) - MOST_PAIRS
    shown = "; ".join(named[:MOST_PAIRS])
    return tr("{pairs}; and {count} more").format(pairs=shown, count=more) if more > 0 else shown
