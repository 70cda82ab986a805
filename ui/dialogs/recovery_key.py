"""Shows a new recovery key once, and stays until its page is printed or stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui import paper
from ui.dialogs.form import FormDialog
from ui.widgets.plain_label import PlainLabel


class RecoveryKeyDialog(FormDialog):
    """``then`` is called with the key when the person says that the page is safe; cancelling forgets the key."""

    def __init__(
        self, file_name: str, folder: Path, then: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Recovery key"), self.tr("Carry on"), parent)
        from bargain.storage.recovery import new_recovery_key, page

        self._folder = folder
        self._then = then
        self.recovery_key = new_recovery_key()
        self.lines = page(self.recovery_key, file_name=file_name, made=date.today())
        self.key_label = PlainLabel(self._in_two_rows(self.recovery_key), self)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 1.5)
        self.key_label.setFont(font)
        self.key_label.setAccessibleName(self.tr("Recovery key: {key}").format(key=self.recovery_key))
        self.print_button = QPushButton(self.tr("&Print…"), self)
        self.save_button = QPushButton(self.tr("Save as P&DF…"), self)
        self.stored = QCheckBox(self.tr("&I have printed it, or stored it apart from this computer"), self)
        self.done_text = PlainLabel("", self, wrap=True)
        for button, act in ((self.print_button, self._print), (self.save_button, self._ask_where)):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        self.stored.toggled.connect(self.main_button.setEnabled)
        self.main_button.setEnabled(False)
        self._lay_out()
        self.resize(600, 330)

    def submit(self) -> None:
        """The page is safe: go on."""
        if not self.stored.isChecked():
            return
        self._then(self.recovery_key)
        self.accept()

    def save_to(self, path: Path) -> None:
        """Save the page as a PDF."""
        try:
            paper.save_pdf(path, self.lines, title=self.lines[0], typed=self.recovery_key)
        except OSError as error:
            text = self.tr("Not saved – the system says “{reason}”. Choose another folder, or print it.")
            self.say_wrong(text.format(reason=error.strerror or error))
            return
        self.say_wrong("")
        self.done_text.setText(
            self.tr("Saved as {name}. Move it to a stick or a safe place.").format(name=path.name)
        )

    def _lay_out(self) -> None:
        why = PlainLabel(
            self.tr(
                "If the passphrase is lost, this key opens the file. We cannot recover either of them. Nobody can. "
                "It is shown only this once."
            ),
            self,
            wrap=True,
        )
        why.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        buttons = QHBoxLayout()
        buttons.addWidget(self.print_button)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.done_text, 1)
        self.column.insertWidget(0, why)
        self.column.insertWidget(1, self.key_label)
        self.column.insertLayout(2, buttons)
        self.column.insertWidget(3, self.stored)

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

    @staticmethod
    def _in_two_rows(key: str) -> str:
        groups = key.split("-")
        half = len(groups) // 2
        return "-".join(groups[:half]) + "\n" + "-".join(groups[half:])
