"""A new recovery key, shown once: to print, to save, and to be ticked as stored."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import paper
from ui.widgets.plain_label import PlainLabel


class RecoveryPage(QWidget):
    """``refused`` brings a sentence on why the page was not saved; an empty one, that it was."""

    refused = Signal(str)

    def __init__(self, file_name: str, folder: Path, parent: QWidget | None = None, *, why: str = "") -> None:
        super().__init__(parent)
        from bargain.storage.recovery import new_recovery_key

        self._folder = folder
        self._file_name = ""
        self.recovery_key = new_recovery_key()
        self.lines: list[str] = []
        self.key_label = PlainLabel(_in_two_rows(self.recovery_key), self)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 1.5)
        self.key_label.setFont(font)
        self.key_label.setAccessibleName(self.tr("Recovery key: {key}").format(key=self.recovery_key))
        self.print_button = QPushButton(self.tr("P&rint…"), self)
        self.save_button = QPushButton(self.tr("Save as P&DF…"), self)
        self.done_text = PlainLabel("", self, wrap=True)
        self.stored = QCheckBox(self.tr("&I have printed it, or stored it apart from this computer"), self)
        for button, act in ((self.print_button, self._print), (self.save_button, self._ask_where)):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        self.set_file(file_name)
        self._lay_out(
            why
            or self.tr(
                "If the passphrase is lost, this key opens the file. We cannot recover either of them. Nobody can. "
                "It is shown only this once."
            )
        )

    def set_file(self, name: str) -> None:
        """The file that the page names. A page of another name is another page: it has to be stored again."""
        from bargain.storage.recovery import page

        if name == self._file_name:
            return
        self._file_name = name
        self.lines = list(page(self.recovery_key, file_name=name, made=date.today()))
        self.done_text.setText("")
        with QSignalBlocker(self.stored):
            self.stored.setChecked(False)

    def save_to(self, path: Path) -> None:
        """Save the page as a PDF."""
        try:
            paper.save_pdf(path, self.lines, title=self.lines[0], typed=self.recovery_key)
        except OSError as error:
            text = self.tr("Not saved – the system says “{reason}”. Choose another folder, or print it.")
            self.refused.emit(text.format(reason=error.strerror or error))
            return
        self.refused.emit("")
        self.done_text.setText(
            self.tr("Saved as {name}. Move it to a stick or a safe place.").format(name=path.name)
        )

    def _lay_out(self, why: str) -> None:
        said = PlainLabel(why, self, wrap=True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.print_button)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.done_text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(said)
        column.addWidget(self.key_label)
        column.addLayout(buttons)
        column.addWidget(self.stored)

    def _print(self) -> None:
        if paper.print_lines(self.lines, self, typed=self.recovery_key):
            self.done_text.setText(self.tr("Sent to the printer."))

    def _ask_where(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the recovery key"),
            str(self._folder / self.tr("Recovery key.pdf")),
            self.tr("PDF files (*.pdf)"),
        )
        if name:
            path = Path(name)
            self.save_to(path if path.suffix.casefold() == ".pdf" else path.with_name(path.name + ".pdf"))


def _in_two_rows(key: str) -> str:
    groups = key.split("-")
    half = len(groups) // 2
    return "-".join(groups[:half]) + "\n" + "-".join(groups[half:])
