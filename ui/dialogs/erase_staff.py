"""Erases the staff data for good: says what goes and what stays, asks for a reason and a word, gives the certificate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import formats, paper
from ui.dialogs.form import FormDialog
from ui.session import Session
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from bargain.retention import Keeping
    from bargain.storage.erasing import Certificate


class EraseStaffDialog(FormDialog):
    """The one step that undo does not bring back: so it takes a typed word.

    ``overdue``: erase only these imports, whose last day has passed. That was settled when the day was set, so it takes
    one click; the button is still not the one that Enter presses.
    """

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, overdue: Sequence[Keeping] = ()
    ) -> None:
        super().__init__(self.tr("Erase the staff data"), self.tr("Erase for good"), parent)
        self._session = session
        self._word = self.tr("erase")
        self._overdue = tuple(overdue)
        sector = session.sector
        staff = 0 if sector is None else int(sector.workforce.heads.sum())
        if overdue:
            staff = int(sum(one.heads for one in overdue))
        words = (
            self._words_of_some()
            if overdue
            else self.tr(
                "This takes all {staff} staff out of the file, out of every step of its history, out of its earlier copies and "
                "out of the recovery copy. Undo can't bring them back. Employers, accounts, offers and targets stay, and so do the "
                "figures of offers that were tabled."
            )
        )
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText(self.tr("For example: agreement signed, kept for three months"))
        self.typed = QLineEdit(self)
        self.column.insertWidget(0, PlainLabel(words.format(staff=formats.number(staff)), self, wrap=True))
        self.add_row(self.tr("&Reason:"), self.reason)
        self.add_row(self.tr("&Type “{word}”:").format(word=self._word), self.typed)
        if overdue:
            from bargain.retention import reason_for

            self.reason.setText(reason_for(overdue))
            self.form.setRowVisible(self.typed, False)
        self.typed.textChanged.connect(self._may_erase)
        self.cancel_button.setDefault(True)  # Enter alone never erases
        self.main_button.setDefault(False)
        self._may_erase("")
        self.resize(600, 230)

    def submit(self) -> None:
        """Erase, and show the certificate."""
        if not self._is_typed() or not self.reason.text().strip():
            self.say_wrong(self.tr("Give a reason, and type the word “{word}”.").format(word=self._word))
            return
        session, window = self._session, self.parentWidget()

        def erased(certificate: Certificate) -> None:
            path = session.path
            lines = certificate.lines("" if path is None else path.name)
            CertificateDialog(lines, Path.home() if path is None else path.parent, window).open()

        only = [one.number for one in self._overdue] or None
        session.file_desk.erase_staff(self.reason.text().strip(), erased, only)
        self.accept()

    def _words_of_some(self) -> str:
        return self.tr(
            "The time to keep these {staff} staff is over. This takes them out of the file, out of every step of its history, "
            "out of its earlier copies and out of the recovery copy. Undo can't bring them back, nor the steps before. Staff "
            "of other imports stay, and so do the figures of tabled offers and closed rounds."
        )

    def _is_typed(self) -> bool:
        return bool(self._overdue) or self.typed.text().strip().casefold() == self._word.casefold()

    def _may_erase(self, _: str) -> None:
        self.main_button.setEnabled(self._is_typed())


class CertificateDialog(QDialog):
    """The certificate of erasure, to print or to save; the file keeps it too."""

    def __init__(self, lines: tuple[str, ...], folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(lines[0])
        self.finished.connect(self.deleteLater)
        self.lines = lines
        self._folder = folder
        self.said = PlainLabel("", self, wrap=True)
        self.print_button = QPushButton(self.tr("&Print…"), self)
        self.save_button = QPushButton(self.tr("Save as P&DF…"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        for at, line in enumerate(lines):
            column.addWidget(PlainLabel(line, self, wrap=True, bold=at == 0, scale=1.4 if at == 0 else 1.0))
        column.addWidget(self.said)
        column.addStretch(1)
        row = QHBoxLayout()
        for button, act in (
            (self.print_button, self._print),
            (self.save_button, self._ask_where),
            (self.close_button, self.accept),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(act)
            row.addWidget(button)
        column.addLayout(row)
        self.resize(560, 380)

    def save_to(self, path: Path) -> None:
        """Save the certificate as a PDF."""
        try:
            paper.save_pdf(path, self.lines, title=self.lines[0])
        except OSError as error:
            text = self.tr("✗ Not saved – the system says “{reason}”. Choose another folder.")
            self.said.setText(text.format(reason=error.strerror or error))
            return
        self.said.setText(self.tr("Saved as {name}.").format(name=path.name))

    def _print(self) -> None:
        if paper.print_lines(self.lines, self):
            self.said.setText(self.tr("Sent to the printer."))

    def _ask_where(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.lines[0],
            str(self._folder / self.tr("Certificate of erasure.pdf")),
            self.tr("PDF files (*.pdf)"),
        )
        if name:
            path = Path(name)
            self.save_to(path if path.suffix.casefold() == ".pdf" else path.with_name(path.name + ".pdf"))
