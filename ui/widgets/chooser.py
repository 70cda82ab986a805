"""Choosers that fit: they take the room there is and cut long names, rather than push their neighbours out."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QSizePolicy


def widen(box: QComboBox, *, letters: int = 8) -> None:
    """Let a chooser share the room that is left; it never asks for more than a few letters."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(letters)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
