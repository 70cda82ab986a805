"""After how many minutes without a key or a move of the pointer the window locks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from ui.dialogs.form import FormDialog
from ui.lock.idle import FEWEST, MOST, keep_minutes, minutes_kept
from ui.widgets.plain_label import PlainLabel


class LockAfterDialog(FormDialog):
    """There is no “never”: payroll on an unattended laptop is what the lock is for."""

    kept = Signal()

    def __init__(self, *, system_tells: bool, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Lock after"), self.tr("Keep this"), parent)
        self.minutes = QSpinBox(self)
        self.minutes.setRange(FEWEST, MOST)
        self.minutes.setValue(minutes_kept())
        self.minutes.setSuffix(self.tr(" min"))
        self.add_row(self.tr("&Idle minutes until the window locks:"), self.minutes)
        words = (
            self.tr("It also locks when this computer locks its screen or goes to sleep, and with Ctrl+L.")
            if system_tells
            else self.tr(
                "It also locks after a sleep, and with Ctrl+L. This system does not tell when it locks its own screen."
            )
        )
        self.column.insertWidget(1, PlainLabel(words, self, wrap=True))
        self.resize(480, 150)

    def submit(self) -> None:
        """Keep the number."""
        keep_minutes(self.minutes.value())
        self.kept.emit()
        self.accept()
