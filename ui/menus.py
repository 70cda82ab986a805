"""The menus and their keys: each entry is a verb and the method that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

Keys = str | QKeySequence.StandardKey | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a menu. ``needs_sector``: only with a sector open. ``name`` finds its action again."""

    name: str
    text: str
    act: Callable[[], object]
    keys: Keys = ""
    needs_sector: bool = False


class Menus(QObject):
    """Fills a menu bar from entries, and switches those that need a sector."""

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._actions: dict[str, QAction] = {}
        self._need_sector: list[QAction] = []

    def add(self, title: str, *entries: Entry | QAction | None) -> QMenu:
        """Add a menu; None is a line between groups."""
        menu = self._bar.addMenu(title)
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            elif isinstance(entry, QAction):
                menu.addAction(entry)
            else:
                menu.addAction(self._action(entry))
        return menu

    def action(self, name: str) -> QAction:
        """The action of an entry."""
        return self._actions[name]

    def actions(self) -> tuple[QAction, ...]:
        """All actions made from entries."""
        return tuple(self._actions.values())

    def show_open(self, *, is_open: bool) -> None:
        """Switch what needs a sector."""
        for action in self._need_sector:
            action.setEnabled(is_open)

    def _action(self, entry: Entry) -> QAction:
        action = QAction(entry.text, self._bar)
        set_keys(action, entry.keys)
        action.triggered.connect(entry.act)
        self._actions[entry.name] = action
        if entry.needs_sector:
            self._need_sector.append(action)
        return action


def set_keys(action: QAction, keys: Keys) -> None:
    """Give an action its keys."""
    if isinstance(keys, QKeySequence.StandardKey):
        action.setShortcuts(keys)
    elif isinstance(keys, tuple):
        action.setShortcuts([QKeySequence(key) for key in keys])
    elif keys:
        action.setShortcut(QKeySequence(keys))


def keys_of(action: QAction) -> str:
    """An action's keys as people read them."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(one.toString(native) for one in action.shortcuts())


def plain_words(action: QAction) -> str:
    """An action's words, without the mark of its letter and the dots."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")
