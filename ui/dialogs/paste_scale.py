"""A block that does not fit the scale: what it would do, before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from models.units import MICROS_PER_POUND
from ui import formats
from ui.itemmodels.column_table import Column, ColumnTable
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from bargain.offers.scale_edit import Pasted
    from models.payscale import PayScale


class PasteDialog(QDialog):
    """The sentence, the points side by side, and what can be done. ``take(grow)`` does it.

    ``follows``: what becomes of staff and grades whose points go.
    """

    def __init__(
        self,
        scale: PayScale,
        block: Pasted,
        at: int,
        take: Callable[[bool], None],
        parent: QWidget | None = None,
        *,
        follows: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Paste into the pay scale"))
        self.resize(520 if block.grades else 460, 420)
        room = len(scale.points) - at
        self.sentence = PlainLabel(f"{self._said(scale, block, at)} {follows}".strip(), self, wrap=True)
        self.table = Table(self._preview(scale, block, at), self.tr("Before and after pasting"), self)
        self.table.fit(0)
        self.buttons = QDialogButtonBox(self)
        roles = QDialogButtonBox.ButtonRole
        more = len(block) - room
        if block.is_named:
            self._offer(self.tr("&Replace the scale"), roles.AcceptRole, lambda: take(False))
        elif more > 0:
            words = self.tr("&Add a point") if more == 1 else self.tr("&Add %n point(s)", "", more)
            self._offer(words, roles.AcceptRole, lambda: take(True))
            if room:
                self._offer(
                    self.tr("Paste the &first {number}").format(number=room),
                    roles.AcceptRole,
                    lambda: take(False),
                )
        else:
            self._offer(self.tr("&Paste %n value(s)", "", len(block)), roles.AcceptRole, lambda: take(False))
        cancel = QPushButton(self.tr("Cancel"), self)
        self.buttons.addButton(cancel, roles.RejectRole)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.sentence)
        column.addWidget(self.table, 1)
        column.addWidget(self.buttons)

    def _offer(self, words: str, role: QDialogButtonBox.ButtonRole, act: Callable[[], None]) -> None:
        button = QPushButton(words, self)
        self.buttons.addButton(button, role)

        def done() -> None:
            act()
            self.accept()

        button.clicked.connect(done)

    def _said(self, scale: PayScale, block: Pasted, at: int) -> str:
        if block.is_named:
            words = (
                self.tr(
                    "You pasted {pasted} points with their names and grades; they take the place of the scale's {held} "
                    "points."
                )
                if block.grades
                else self.tr(
                    "You pasted {pasted} points with their names; they take the place of the scale's {held} points."
                )
            )
            return words.format(pasted=len(block), held=len(scale.points))
        if at:
            said = self.tr("You pasted {pasted} values; from point {point} on the scale has {room} points.")
            said = said.format(pasted=len(block), point=scale.points[at].name, room=len(scale.points) - at)
        else:
            said = self.tr("You pasted {pasted} values; the scale has {held} points.").format(
                pasted=len(block), held=len(scale.points)
            )
        if block.gaps:
            said += " " + self.tr("%n of them is empty and leaves its point as it is.", "", block.gaps)
        return said

    def _preview(self, scale: PayScale, block: Pasted, at: int) -> ColumnTable:
        """The points that are touched: what they are now, and what they would be."""
        before = {point.name: point.amount_micros for point in scale.points}
        if block.is_named:
            names = list(block.names)
        else:
            held = [point.name for point in scale.points[at:]]
            names = [*held, *([self.tr("new")] * max(len(block) - len(held), 0))][: len(block)]
        now = [None if name not in before else before[name] / MICROS_PER_POUND for name in names]
        new = [None if amount is None else amount / MICROS_PER_POUND for amount in block.amounts]
        stays = self.tr("empty: stays")
        graded = (Column(self.tr("Grade"), [one or formats.DASH for one in block.grades]),)
        return ColumnTable(
            (
                Column(self.tr("Point"), names),
                *(graded if block.grades else ()),
                Column(self.tr("Now (£)"), now, _pounds, is_number=True),
                Column(
                    self.tr("Pasted (£)"),
                    new,
                    lambda value: stays if value is None else _pounds(value),
                    is_number=True,
                ),
            ),
            self,
        )


def _pounds(value: float | None) -> str:
    return formats.DASH if value is None else formats.number(value, 0 if value == round(value) else 2)
