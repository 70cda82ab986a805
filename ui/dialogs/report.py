"""What a report about a mistake of the app would hold: to be read, and copied by hand. Nothing is sent."""

from __future__ import annotations

import platform

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bargain.version import VERSION
from ui import faults
from ui.widgets.plain_label import PlainLabel


class ReportDialog(QDialog):
    """Versions, and the kinds and places of mistakes: no name, no figure, no path of yours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What a report would hold"))
        self.finished.connect(self.deleteLater)
        words = PlainLabel(
            self.tr(
                "This is all that a report about a mistake of the app would hold: versions, and where in the program it "
                "happened. No name, no figure, no file of yours. Nothing is sent; copy it if you want to pass it on."
            ),
            self,
            wrap=True,
        )
        self.text = QPlainTextEdit(report(), self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("The report"))
        self.copy_button = QPushButton(self.tr("&Copy"), self)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.copy_button.clicked.connect(lambda: QApplication.clipboard().setText(self.text.toPlainText()))
        self.close_button.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.text, 1)
        column.addLayout(row)
        self.resize(640, 380)


def report() -> str:
    """The report as text."""
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    lines = faults.kept_lines() or ("No mistakes were written down.",)
    return "\n".join((f"Bargain {VERSION}", system, "", *lines))
