"""Finds what does not fit: words cut off, and widgets that stick out of their parents."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

from ui.widgets.plain_label import PlainLabel

SLACK = 1  # px, for rounding between hint and layout


def clipped(top: QWidget) -> list[str]:
    """What is cut off in a window, in words; empty when all fits."""
    for _ in range(3):  # a layout that changes may ask its parent to change
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    return [*_cut_words(top), *_sticking_out(top)]


def _cut_words(top: QWidget) -> Iterator[str]:
    for widget in top.findChildren(QWidget):
        if not widget.isVisibleTo(top) or not isinstance(
            widget, (PlainLabel, QPushButton, QToolButton, QCheckBox)
        ):
            continue
        if not widget.text():
            continue
        needs, has = widget.sizeHint(), widget.size()
        if isinstance(widget, QLabel) and widget.wordWrap():
            if widget.heightForWidth(has.width()) > has.height() + SLACK:
                yield f"{_name(widget)} needs {widget.heightForWidth(has.width())} px of height, has {has.height()}"
        elif needs.width() > has.width() + SLACK or needs.height() > has.height() + SLACK:
            yield f"{_name(widget)} needs {needs.width()}×{needs.height()}, has {has.width()}×{has.height()}"


def _sticking_out(top: QWidget) -> Iterator[str]:
    for widget in top.findChildren(QWidget):
        parent = widget.parentWidget()
        if parent is None or widget.isWindow() or not widget.isVisibleTo(top) or _scrolls(parent):
            continue
        place = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
        if not widget.size().isEmpty() and not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(
            place
        ):
            yield f"{_name(widget)} at {place.getRect()} sticks out of {_name(parent)} {parent.rect().getRect()}"


def _scrolls(parent: QWidget) -> bool:
    """Whether a parent is the port of something that is meant to be larger than it."""
    area = parent.parentWidget()
    return isinstance(area, QScrollArea) or (
        isinstance(area, QAbstractScrollArea) and area.viewport() is parent
    )


def _name(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else widget.accessibleName()
    return f"{type(widget).__name__} {words[:40]!r}"
