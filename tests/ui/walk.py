"""Walks over a window's widgets as a screen reader does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QGroupBox, QLabel, QMenuBar, QTabBar, QWidget

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


def letters_of(top: QWidget) -> list[tuple[str, str]]:
    """Each letter that goes with Alt among what is to be seen, with the text that it stands in."""
    texts = []
    for one in (top, *top.findChildren(QWidget)):
        if not one.isVisibleTo(top) or one.window() is not top.window():
            continue  # a dialog over the window has its letters to itself
        if isinstance(one, QAbstractButton) or (isinstance(one, QLabel) and one.buddy() is not None):
            texts.append(one.text())
        elif isinstance(one, QGroupBox):
            texts.append(one.title())
        elif isinstance(one, QTabBar):
            texts += [one.tabText(at) for at in range(one.count())]
        elif isinstance(one, QMenuBar):
            texts += [action.text() for action in one.actions()]
    return [(letter_of(text), text) for text in texts if letter_of(text)]


def letter_of(text: str) -> str:
    """The letter that goes with Alt; empty for none."""
    return text.replace("&&", "").partition("&")[2][:1].casefold()


def doubled_letters(top: QWidget) -> list[str]:
    """Texts that share their letter with another one that is to be seen beside it."""
    found = letters_of(top)
    held = [letter for letter, _ in found]
    return sorted(f"Alt+{letter.upper()}: {text}" for letter, text in found if held.count(letter) > 1)


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
