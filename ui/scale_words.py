"""The rules of a pay scale in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from models.payscale import Rounding


def tr(text: str) -> str:
    """A text about scales in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


def rounding_words(rule: Rounding) -> str:
    """Which way and to what unit: ``nearest pound, halves up``."""
    return {
        Rounding.HALF_UP_POUND: tr("nearest pound, halves up"),
        Rounding.UP_POUND: tr("up to the pound"),
        Rounding.DOWN_POUND: tr("down to the pound"),
        Rounding.HALF_EVEN_POUND: tr("nearest pound, halves to even"),
        Rounding.HALF_UP_PENNY: tr("nearest penny, halves up"),
        Rounding.UP_PENNY: tr("up to the penny"),
        Rounding.DOWN_PENNY: tr("down to the penny"),
        Rounding.HALF_EVEN_PENNY: tr("nearest penny, halves to even"),
        Rounding.NONE: tr("not rounded"),
    }[rule]
