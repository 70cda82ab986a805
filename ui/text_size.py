"""The size of all text, from 80 to 200 per cent, kept between starts."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ui import view_choices
from ui.widgets.plain_label import PlainLabel

BASE_POINTS = 9.5
STEPS = (80, 90, 100, 110, 125, 150, 175, 200)
_KEY = "text/percent"


def kept() -> int:
    """The size the person chose last, in per cent."""
    text = str(view_choices.settings().value(_KEY, "100"))
    return int(text) if text.isdigit() and int(text) in STEPS else 100


def apply(percent: int) -> None:
    """Set the size of all text, and keep it."""
    font = QApplication.font()
    font.setPointSizeF(BASE_POINTS * percent / 100)
    QApplication.setFont(font)
    for widget in QApplication.allWidgets():
        if isinstance(widget, PlainLabel):
            widget.follow_text_size()
    view_choices.settings().setValue(_KEY, percent)


def larger() -> None:
    """One step up."""
    apply(next((step for step in STEPS if step > kept()), STEPS[-1]))


def smaller() -> None:
    """One step down."""
    apply(next((step for step in reversed(STEPS) if step < kept()), STEPS[0]))


def normal() -> None:
    """Back to 100 %."""
    apply(100)
