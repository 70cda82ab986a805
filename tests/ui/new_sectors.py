"""Fills the pages of a new sector as a person does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import PASSPHRASE
from ui.dialogs.new_sector import FACTS, PROTECT, SIDE, TABLE, NewSectorDialog


def press(qtbot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def fill_table(qtbot, form: NewSectorDialog, name: str) -> None:
    """Page 1."""
    assert form.at == TABLE
    qtbot.keyClicks(form.table.name, name)


def fill_protection(qtbot, form: NewSectorDialog) -> None:
    """Page 3: the passphrase twice, and the recovery page stored."""
    secret = form.protect.secret
    for field in (secret.first, secret.again):
        field.clear()
        qtbot.keyClicks(field, PASSPHRASE)
    qtbot.keyClick(form.protect.recovery.stored, Qt.Key.Key_Space)


def make(qtbot, form: NewSectorDialog) -> str:
    """On from page 1 to the file, with nothing said of side and facts; the recovery key."""
    press(qtbot, form.main_button)
    assert form.at == SIDE, form.wrong.text()
    press(qtbot, form.skip_button)
    fill_protection(qtbot, form)
    press(qtbot, form.main_button)
    assert form.at == FACTS, form.wrong.text()
    key = form.protect.recovery.recovery_key
    press(qtbot, form.skip_button)
    return key


__all__ = ["FACTS", "PROTECT", "SIDE", "TABLE", "fill_protection", "fill_table", "make", "press"]
