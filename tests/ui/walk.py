"""Walks over a window's widgets as a screen reader does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

from ui.widgets.plain_label import PlainLabel


def unnamed(top: QWidget) -> list[str]:
    """Controls that take focus and have no accessible name."""
    found = []
    for widget in (top, *top.findChildren(QWidget)):
        takes_focus = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not takes_focus or not widget.isVisibleTo(top) or widget.focusProxy() is not None:
            continue
        reader = QAccessible.queryAccessibleInterface(widget)
        if reader is None or not reader.text(QAccessible.Text.Name):
            found.append(
                f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parentWidget()).__name__}"
            )
    return found


def bare_labels(top: QWidget) -> list[str]:
    """Labels that could read markup in a name."""
    labels = top.findChildren(QLabel)
    return [
        repr(one.text())
        for one in labels
        if not isinstance(one, PlainLabel) and one.textFormat() != Qt.TextFormat.PlainText and one.text()
    ]


def not_reached(window: QWidget, page: QWidget) -> list[str]:
    """The enabled controls of a page that Tab does not come by within one round."""
    window.activateWindow()
    wanted = {
        one
        for one in page.findChildren(QWidget)
        if one.isVisibleTo(window) and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        if one.focusProxy() is None
    }
    reached = set()
    for _ in range(150):
        window.focusNextChild()
        reached.add(window.focusWidget())
    return [f"{type(one).__name__} {one.accessibleName()!r}" for one in wanted - reached]
