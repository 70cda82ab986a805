"""What is kept outside the sector file: the recent list and which offer was looked at.

Nothing here may say what a side wants: choices are kept as positions, never as names.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSettings

from models.table import Role

MOST_RECENT = 12


@dataclass(frozen=True, slots=True)
class Choices:
    """Positions of the offer and the target set last looked at; -1 for none."""

    offer: int = -1
    targets: int = -1


@dataclass(frozen=True, slots=True)
class Recent:
    """A sector file opened before."""

    path: Path
    name: str
    opened: str  # ISO date and minute
    is_sample: bool = False
    role: Role = Role.NOT_SAID


def settings() -> QSettings:
    """The user's own settings."""
    return QSettings("Bargain", "Bargain")


def load(path: Path) -> Choices:
    """The choices kept for a file."""
    store = settings()
    return Choices(_number(store, _key(path, "offer")), _number(store, _key(path, "targets")))


def save(path: Path, choices: Choices) -> None:
    """Keep the choices for a file."""
    store = settings()
    store.setValue(_key(path, "offer"), choices.offer)
    store.setValue(_key(path, "targets"), choices.targets)


def recent() -> tuple[Recent, ...]:
    """Sector files opened before, newest first."""
    store = settings()
    found = []
    for at in range(store.beginReadArray("recent")):
        store.setArrayIndex(at)
        path = str(store.value("path", ""))
        if path:
            is_sample = str(store.value("sample", "")) == "yes"
            name, opened = str(store.value("name", "")), str(store.value("opened", ""))
            found.append(Recent(Path(path), name, opened, is_sample, _role(str(store.value("side", "")))))
    store.endArray()
    return tuple(found)


def remember_recent(path: Path, name: str, *, is_sample: bool = False, role: Role = Role.NOT_SAID) -> None:
    """Put a file at the head of the recent list."""
    now = datetime.now().isoformat(timespec="minutes")
    rest = [one for one in recent() if one.path != path]
    _write_recent([Recent(path, name, now, is_sample, role), *rest][:MOST_RECENT])


def forget_recent(path: Path) -> None:
    """Take a file off the recent list."""
    _write_recent([one for one in recent() if one.path != path])


def forget(path: Path) -> None:
    """Keep nothing about a file: not on the recent list, nor what was looked at."""
    forget_recent(path)
    settings().remove(_key(path, "").rstrip("/"))


def _write_recent(rows: list[Recent]) -> None:
    store = settings()
    store.remove("recent")
    store.beginWriteArray("recent", len(rows))
    for at, one in enumerate(rows):
        store.setArrayIndex(at)
        store.setValue("path", str(one.path))
        store.setValue("name", one.name)
        store.setValue("opened", one.opened)
        store.setValue("sample", "yes" if one.is_sample else "no")
        store.setValue("side", one.role.name)
    store.endArray()


def _role(name: str) -> Role:
    """Whose file it is; not said where the settings don't, or another hand has changed them."""
    return Role.__members__.get(name, Role.NOT_SAID)


def _key(path: Path, what: str) -> str:
    return f"files/{hashlib.sha256(str(path).encode()).hexdigest()[:16]}/{what}"


def _number(store: QSettings, key: str) -> int:
    text = str(store.value(key, "-1"))
    return int(text) if text.lstrip("-").isdigit() else -1
