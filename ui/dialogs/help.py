"""The list of keys, and what this app is."""

from __future__ import annotations

import platform
from collections.abc import Sequence

from PySide6.QtCore import QLibraryInfo
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from bargain.version import VERSION
from ui.itemmodels.column_table import Column, ColumnTable
from ui.menus import keys_of, plain_words
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table import Table


class KeysDialog(QDialog):
    """Every action that has a key."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.finished.connect(self.deleteLater)
        with_keys = [(plain_words(one).partition(":")[0], keys_of(one)) for one in actions if one.shortcuts()]
        with_keys += self._page_keys()
        model = ColumnTable(
            (
                Column(self.tr("Does"), [does for does, _ in with_keys]),
                Column(self.tr("Key"), [key for _, key in with_keys]),
            ),
            self,
        )
        table = Table(model, self.tr("Keys"), self)
        table.fit(0)
        column = QVBoxLayout(self)
        column.addWidget(table)
        column.addWidget(_close_button(self))
        self.resize(520, 460)

    def _page_keys(self) -> list[tuple[str, str]]:
        """What the pages themselves listen to."""
        return [
            (self.tr("Proposals: table the offer"), "Ctrl+T"),
            (self.tr("Proposals: next panel"), "F6"),
            (self.tr("Proposals: chart as a table"), "Ctrl+Shift+T"),
            (self.tr("Lever: one step, ten steps, a tenth"), self.tr("←→, Shift+←→, Ctrl+←→")),
            (self.tr("Lever: as now, as high as it goes"), self.tr("Home, End")),
            (self.tr("Chart: read out the figures"), self.tr("←→ Home End")),
            (
                self.tr("Compare: differences only, costs in per cent, what closes the gap"),
                self.tr("D, P, G"),
            ),
            (self.tr("Employers: chart as a table"), "Ctrl+Shift+T"),
            (self.tr("What if: next question, chart as a table"), self.tr("F6, Ctrl+Shift+T")),
            (self.tr("Pay scale: copy an amount down, continue a step"), "Ctrl+D, Ctrl+Shift+D"),
            (self.tr("Job titles: choose a grade"), self.tr("Enter")),
            (self.tr("Import: next step, step before"), self.tr("Alt+→, Alt+←")),
            (self.tr("Import: straight to the last step; there, add"), self.tr("Ctrl+Enter")),
            (self.tr("Import: the heading is here, move it, its rows"), self.tr("Enter, Alt+↑↓, Alt+1 to 3")),
            (self.tr("Import: read from another column, leave out"), self.tr("Enter, Del")),
            (self.tr("Import: next finding, finding before"), self.tr("F3, Shift+F3")),
            (self.tr("Tables: copy the chosen rows"), "Ctrl+C"),
        ]


class AboutDialog(QDialog):
    """Version, licence, and the promise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Bargain"))
        self.finished.connect(self.deleteLater)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 14)
        column.setSpacing(8)
        column.addWidget(PlainLabel("Bargain", self, bold=True, scale=1.8))
        for text in (
            self.tr("Version {version}").format(version=VERSION),
            self.tr(
                "Sectoral pay bargaining: from payroll spreadsheets to the agreement, on your own computer."
            ),
            self.tr("This app never connects to the internet. It sends nothing, and looks for no updates."),
            self.tr("Python {python}, Qt {qt}. Licences are in the app's folder.").format(
                python=platform.python_version(), qt=QLibraryInfo.version().toString()
            ),
        ):
            column.addWidget(PlainLabel(text, self, wrap=True))
        column.addStretch(1)
        column.addWidget(_close_button(self))
        self.resize(440, 230)


def _close_button(dialog: QDialog) -> QDialogButtonBox:
    box = QDialogButtonBox(dialog)
    box.addButton(dialog.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
    box.rejected.connect(dialog.reject)
    return box
