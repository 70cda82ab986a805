"""The steps of the work, down the left: any order is allowed. Folds to its numbers in a narrow window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from ui.widgets.plain_label import plain_tip

WIDTH = 168
FOLDED = 48
ROW = 40
FOLD_BELOW = 1200  # px of window width


class Rail(QListWidget):
    """One row a page; ``chosen`` gives its number from 0."""

    chosen = Signal(int)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(names)
        self._states: dict[int, tuple[str, str]] = {}  # a symbol with a count, and what it says
        self._folded = False
        self._wanted = WIDTH
        self._by_hand: bool | None = None  # the person's own wish, where there is one
        self._width = 0
        self.setAccessibleName(self.tr("Steps"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        for name in self._names:
            self.addItem(QListWidgetItem(name))
        self._refresh()
        self.currentRowChanged.connect(self._choose)

    @property
    def is_folded(self) -> bool:
        """Whether only the numbers show."""
        return self._folded

    def sizeHint(self) -> QSize:
        """As wide as its rows need."""
        return QSize(self._wanted, super().sizeHint().height())

    def toggle(self) -> None:
        """Fold or unfold, whatever the width."""
        self._by_hand = not self._folded
        self._fold(self._by_hand)

    def follow_width(self, width: int) -> None:
        """Fold in a narrow window, unless the person chose otherwise."""
        narrow = width < FOLD_BELOW
        was_narrow = self._width and self._width < FOLD_BELOW
        if self._width and narrow != bool(was_narrow):
            self._by_hand = None  # the window crossed the line: its width decides again
        self._width = width
        self._fold(narrow if self._by_hand is None else self._by_hand)

    def show_page(self, at: int) -> None:
        """Mark a page as the current one without choosing it again."""
        self.blockSignals(True)
        self.setCurrentRow(at)
        self.blockSignals(False)

    def show_state(self, at: int, mark: str, said: str) -> None:
        """Mark how far a step is, such as ``◐ 3``; ``said`` is the same in words."""
        if self._states.get(at) != (mark, said):
            self._states[at] = (mark, said)
            self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        """A new text size needs a new width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._refresh()

    def _fold(self, folded: bool) -> None:
        if folded != self._folded:
            self._folded = folded
            self._refresh()

    def _refresh(self) -> None:
        metrics = self.fontMetrics()
        marks = [self._states.get(at, ("", ""))[0] for at in range(len(self._names))]
        widest = max(
            metrics.horizontalAdvance(f"0  {name}  {mark}")
            for name, mark in zip(self._names, marks, strict=True)
        )
        self._wanted = FOLDED if self._folded else max(WIDTH, widest + 28)
        self.setMinimumWidth(FOLDED)  # no more, or a window could not be made narrow enough for it to fold
        self.setMaximumWidth(self._wanted)
        self.updateGeometry()
        height = max(ROW, metrics.height() + 16)
        for at, name in enumerate(self._names):
            item = self.item(at)
            mark, said = self._states.get(at, ("", ""))
            item.setText(f" {at + 1} {mark[:1]}" if self._folded else f" {at + 1}  {name}  {mark}".rstrip())
            spoken = f"{name}: {said}" if said else name
            item.setToolTip(plain_tip(f"{spoken} (Ctrl+{at + 1})"))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setSizeHint(QSize(0, height))

    def _choose(self, at: int) -> None:
        if at >= 0:
            self.chosen.emit(at)
