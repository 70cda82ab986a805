"""What a chart shows, as values: one model for the picture, the table that says the same, and the export."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Ink(StrEnum):
    """Which position a mark stands for; colour and dash follow from it."""

    NOW = "now"
    OFFER = "offer"
    OTHER = "other"
    LAW = "law"
    TOTAL = "total"


class Shape(StrEnum):
    """How a series is drawn."""

    LINE = "line"
    STEP = "step"
    POINTS = "points"


class Number(StrEnum):
    """How a figure is written."""

    POUNDS = "£"
    HOURLY = "£/h"
    PERCENT = "%"
    PLAIN = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One position: its name, its points, and how it is drawn."""

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    ink: Ink
    shape: Shape = Shape.LINE


@dataclass(frozen=True, slots=True)
class Level:
    """A horizontal line with its own label, as the legal floor."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over numbers, or over names (``x_names``: then x is the place in them, from 0). ``note``: what of.

    ``told``: the series that stand in a picture or a file of it, where what the screen shows may not leave this side.
    """

    title: str
    x_label: str
    y_label: str
    number: Number
    series: tuple[Series, ...]
    levels: tuple[Level, ...] = ()
    x_names: tuple[str, ...] = ()
    x_suffix: str = ""
    note: str = ""
    told: tuple[Series, ...] | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar from ``base`` to ``base + value``. ``value`` None is not known, and ``note`` says why.

    ``mark`` is another position's value. A heading is words alone.
    """

    label: str
    value: float | None
    base: float = 0.0
    ink: Ink = Ink.OFFER
    mark: float | None = None
    heading: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars from left to right, one a row, top to bottom; a waterfall is bars with bases. ``note``: what of."""

    title: str
    value_label: str
    number: Number
    bars: tuple[Bar, ...]
    unknown: str
    mark_name: str = ""
    note: str = ""


Chart = LineChart | BarChart
