"""Fields of a form: each reads what was typed as a value of the offer, or says in a sentence why it can't.

An empty field is None: not given. Nothing is rewritten while it is typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from bargain.plain_names import plain_name
from bargain.typed import figure_of
from models.units import MICROS_PER_POUND, PPM
from ui import formats
from ui.typed_days import day_of, month_of
from ui.widgets.check_list import CheckList

PERCENT = PPM // 100


def tr(text: str) -> str:
    """A text of the fields in the person's language."""
    return QCoreApplication.translate("", text)  # where lupdate files a bare tr()


class Fault(ValueError):  # noqa: N818  # what was typed, not a fault of ours
    """What is wrong with a field, as a sentence that says what to do."""


class Field(Protocol):
    """What a form needs of a field; every field is a widget too."""

    changed: Signal

    def read(self) -> Any:
        """The value; None where nothing is given. Raises Fault."""

    def put(self, value: Any) -> None:
        """Show a value."""


class _Typed(QLineEdit):
    """A line to type in."""

    changed = Signal()

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.textChanged.connect(lambda _: self.changed.emit())


class FigureField(_Typed):
    """A figure in a unit: kept as whole millionths (pounds), parts per million (per cent), or a plain number."""

    def __init__(
        self,
        unit: int | None,
        *,
        most: float,
        least: float = 0,
        whole: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(hint, parent)
        self._unit, self._least, self._most, self._whole = unit, least, most, whole
        self.setMaximumWidth(16 * self.fontMetrics().averageCharWidth())

    def read(self) -> int | float | None:
        """Exact; below the least or above the most is a slip of the keyboard."""
        text = self.text().strip()
        if not text:
            return None
        value = figure_of(text)
        if value is None:
            raise Fault(tr("“{text}” is not a figure; write one such as 3.5.").format(text=text))
        if not self._least <= value <= self._most:
            ends = formats.number(self._least), formats.number(self._most)
            raise Fault(
                tr("From {least} to {most}; write another figure.").format(least=ends[0], most=ends[1])
            )
        if self._whole:
            if value != value.to_integral_value():
                raise Fault(tr("A whole number is needed here."))
            return int(value)
        return float(value) if self._unit is None else self._exact(value)

    def _exact(self, value: Decimal) -> int:
        exact = value * (self._unit or 1)
        if exact != exact.to_integral_value():
            raise Fault(tr("More digits than can be kept; round it."))
        return int(exact)

    def put(self, value: float | None) -> None:
        """With the digits it has, and no others."""
        if value is None:
            self.clear()
            return
        exact = Decimal(str(value)) / (self._unit or 1)
        self.setText(f"{exact.normalize():f}".replace(".", formats.locale().decimalPoint()))


def percent(*, least: float = 0, most: float = 100, hint: str = "") -> FigureField:
    """A percentage, kept as parts per million."""
    return FigureField(PERCENT, least=least, most=most, hint=hint)


def pounds(most: float, *, hint: str = "") -> FigureField:
    """An amount in pounds, kept as £/10⁶."""
    return FigureField(MICROS_PER_POUND, most=most, hint=hint)


def number(least: float, most: float, *, hint: str = "") -> FigureField:
    """A plain number."""
    return FigureField(None, least=least, most=most, hint=hint)


def whole(least: int, most: int, *, hint: str = "") -> FigureField:
    """A whole number."""
    return FigureField(None, least=least, most=most, whole=True, hint=hint)


class TextField(_Typed):
    """Words; empty is an empty text."""

    def read(self) -> str:
        """What was typed, without what can't be seen."""
        return plain_name(self.text())

    def put(self, value: str | None) -> None:
        """Show it."""
        self.setText(value or "")


class DayField(_Typed):
    """A day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("such as 1 Apr 2027"), parent)

    def read(self) -> date | None:
        """Written in any usual way."""
        text = self.text().strip()
        if not text:
            return None
        found = day_of(text)
        if found is None:
            raise Fault(tr("“{text}” is not a date; write one such as 1 Apr 2027.").format(text=text))
        return found

    def put(self, value: date | None) -> None:
        """Show it."""
        self.setText("" if value is None else formats.day(value))


class MonthField(_Typed):
    """A month of a year, as its first day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("such as Sep 2027"), parent)

    def read(self) -> date | None:
        """Written in any usual way."""
        text = self.text().strip()
        if not text:
            return None
        found = month_of(text)
        if found is None:
            raise Fault(tr("“{text}” is not a month; write one such as Sep 2027.").format(text=text))
        return found

    def put(self, value: date | None) -> None:
        """Show it."""
        self.setText("" if value is None else formats.day(value).split(" ", 1)[1])


class ChoiceField(QComboBox):
    """One of a few things, each with its value."""

    changed = Signal()

    def __init__(self, items: Sequence[tuple[str, object]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)  # names of grades are long
        for text, value in items:
            self.addItem(text, value)
        self._values = [value for _, value in items]
        self.currentIndexChanged.connect(lambda _: self.changed.emit())

    def read(self) -> Any:
        """The value that is chosen."""
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    def put(self, value: object) -> None:
        """Choose it; a value that is not there yet is added under its own name."""
        if value not in self._values:
            self._values.append(value)
            self.addItem(str(value), value)
        self.setCurrentIndex(self._values.index(value))


class TickField(QCheckBox):
    """Yes or no. ``upside_down``: the tick says that the value is False."""

    changed = Signal()

    def __init__(self, text: str, *, upside_down: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._upside_down = upside_down
        self.toggled.connect(lambda _: self.changed.emit())

    def read(self) -> bool:
        """Whether it is so."""
        return self.isChecked() != self._upside_down

    def put(self, value: bool) -> None:
        """Show it."""
        self.setChecked(value != self._upside_down)


class NamesField(CheckList):
    """Names out of those that are known, and any that the offer has beside them."""

    _put: tuple[str, ...] = ()

    def read(self) -> tuple[str, ...]:
        """Those with a tick; in the order in which they were put, where they are the same."""
        ticked = self.ticked()
        return self._put if set(self._put) == set(ticked) else ticked

    def put(self, value: Sequence[str]) -> None:
        """Tick these and no others; one that is not there yet is added."""
        self._put = tuple(value)
        self.tick_only(self._put)


class LinesField(QPlainTextEdit):
    """Several things, one a line; pasted from a spreadsheet, tabs stand between the columns."""

    changed = Signal()

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(4 * self.fontMetrics().lineSpacing() + 10)
        self.setMaximumHeight(6 * self.fontMetrics().lineSpacing() + 10)
        self.textChanged.connect(self.changed.emit)

    def lines(self) -> list[tuple[int, str]]:
        """Lines that say something, with their numbers."""
        return [
            (number, line.strip())
            for number, line in enumerate(self.toPlainText().splitlines(), 1)
            if line.strip()
        ]
