"""Page 2, which side: whose file it is, with a sentence on what each can hold."""

from __future__ import annotations

from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from models.table import Role
from ui.new_sector.page import Page
from ui.role_words import role_holds, role_name
from ui.widgets.plain_label import PlainLabel

ROLES = (Role.UNION, Role.EMPLOYERS, Role.JOINT)


class SidePage(Page):
    """Nobody's until somebody chooses; what is chosen can't be changed once the file is made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[Role, QRadioButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        keys = {
            Role.UNION: self.tr("&Union side"),
            Role.EMPLOYERS: self.tr("&Employers' side"),
            Role.JOINT: self.tr("&Joint secretariat (no private data)"),
        }
        for role in ROLES:
            button = QRadioButton(keys[role], self)
            button.setAccessibleName(role_name(role))
            button.setAccessibleDescription(role_holds(role))
            self.buttons[role] = button
            holds = PlainLabel(role_holds(role), self, wrap=True)
            holds.setIndent(24)
            column.addWidget(button)
            column.addWidget(holds)
            column.addSpacing(10)
        text = self.tr(
            "It can't be changed later: make a new project for the other role. Skip this page, and the file is private to "
            "whoever has its passphrase, with no side's name on it."
        )
        column.addWidget(PlainLabel(text, self, wrap=True, bold=True))
        column.addStretch(1)

    def enter(self) -> None:
        """On what is chosen, or the first."""
        chosen = next((one for one in self.buttons.values() if one.isChecked()), self.buttons[Role.UNION])
        chosen.setFocus()

    @property
    def role(self) -> Role:
        """What is chosen."""
        return next((role for role, one in self.buttons.items() if one.isChecked()), Role.NOT_SAID)

    def clear(self) -> None:
        """Nothing is chosen: the page was skipped."""
        for one in self.buttons.values():
            one.setAutoExclusive(False)
            one.setChecked(False)
            one.setAutoExclusive(True)
