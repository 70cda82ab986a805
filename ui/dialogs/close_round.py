"""Closing a round: its name, what to keep beside it, and what is frozen by it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.dialogs.form import FormDialog
from ui.session import Session
from ui.widgets.plain_label import PlainLabel


class CloseRoundDialog(FormDialog):
    """``close_round`` takes name and note, and answers why it can't be, or nothing."""

    def __init__(
        self, session: Session, close_round: Callable[[str, str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", parent)
        self.setWindowTitle(self.tr("Close the round"))
        self.main_button.setText(self.tr("Close the round"))
        from bargain.freezing import next_round

        self._close_round = close_round
        sector = session.sector
        tabled = [] if sector is None else [one.name for one in sector.offers if one.tabled]
        self.name = QLineEdit("" if sector is None else next_round(sector), self)
        self.note = QPlainTextEdit(self)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self.fontMetrics().height() * 4)
        self.note.setPlaceholderText(
            self.tr("For example: Leeds, 14 March; both secretaries, adjourned twice")
        )
        words = self.tr(
            "This freezes the figures of what is tabled, on the data and the rules of today: {offers}. They stay as they are, "
            "whatever changes later. Undo takes the closing back."
        )
        none = self.tr("Nothing is tabled yet, so there is nothing to freeze. Table an offer first.")
        text = words.format(offers=", ".join(f"“{one}”" for one in tabled)) if tabled else none
        self.column.insertWidget(0, PlainLabel(text, self, wrap=True))
        self.add_row(self.tr("&Name of the round:"), self.name)
        self.add_row(self.tr("To &keep beside it:"), self.note)
        self.main_button.setEnabled(bool(tabled))
        self.name.selectAll()
        self.resize(560, 260)

    def submit(self) -> None:
        """Close it, or say why not."""
        wrong = self._close_round(self.name.text(), self.note.toPlainText())
        self.say_wrong(wrong)
        if not wrong:
            self.accept()
