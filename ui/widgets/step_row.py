"""The steps of an assistant as a row of buttons, and the page of the one that is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStackedWidget, QWidget

from ui.widgets.plain_label import plain_menu, plain_tip


def step_buttons(names: Sequence[str], go: Callable[[int], None], parent: QWidget) -> list[QPushButton]:
    """A button for each step. No button group: Tab would pass by all but one of them."""
    made: list[QPushButton] = []
    tip = QCoreApplication.translate("", "{step} (Alt+← and Alt+→ go back and on)")
    for at, name in enumerate(names):
        button = QPushButton(f"{at + 1}  {name}", parent)
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setToolTip(plain_tip(tip.format(step=name)))
        button.clicked.connect(lambda _, at=at: go(at))
        made.append(button)
    return made


def show_marks(buttons: Sequence[QPushButton], names: Sequence[str], marks: Sequence[str]) -> None:
    """The names of the steps, with what is to be seen to in each."""
    for at, (button, name, mark) in enumerate(zip(buttons, names, marks, strict=True)):
        button.setText(plain_menu(f"{at + 1}  {name}{f' ({mark})' if mark else ''}"))


def show_step(stack: QStackedWidget, buttons: Sequence[QPushButton], step: int) -> None:
    """Turn to the page of a step; it alone says how small the window may be."""
    stack.setCurrentIndex(step)
    policies = QSizePolicy.Policy
    for at, button in enumerate(buttons):
        button.setChecked(at == step)
        policy = policies.Preferred if at == step else policies.Ignored
        page = stack.widget(at)
        if page is not None:
            page.setSizePolicy(policy, policy)
