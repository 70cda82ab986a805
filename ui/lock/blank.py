"""Takes the names of a sector out of widgets that a lock hides: accessibility and tooltips reach what is not shown.

Pages write their texts anew when the sector is there again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QTextEdit, QWidget

if TYPE_CHECKING:
    from models.sector import Sector


def names_in(sector: Sector | None) -> tuple[str, ...]:
    """The names by which a sector, its employers and its offers are known."""
    if sector is None:
        return ()
    named = (sector.name, *(one.name for one in sector.employers), *(one.name for one in sector.offers))
    return tuple(dict.fromkeys(name for name in named if name.strip()))


def blank(root: QWidget, names: Iterable[str]) -> None:
    """Empty every text, tooltip and accessible text under a widget that holds one of the names."""
    names = tuple(names)

    def tells(text: str) -> bool:
        return any(name in text for name in names)

    for widget in root.findChildren(QWidget):
        if tells(widget.toolTip()):
            widget.setToolTip("")
        if tells(widget.accessibleName()):
            widget.setAccessibleName("")
        if tells(widget.accessibleDescription()):
            widget.setAccessibleDescription("")
        if isinstance(widget, QLabel) and tells(widget.text()):
            widget.clear()
        elif (isinstance(widget, QPlainTextEdit | QTextEdit) and tells(widget.toPlainText())) or (
            isinstance(widget, QComboBox) and any(tells(widget.itemText(at)) for at in range(widget.count()))
        ):
            with QSignalBlocker(widget):
                widget.clear()
