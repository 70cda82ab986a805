"""Where a figure comes from: a sentence, steps that add exactly, inputs with their source, who adds most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class LineKind(StrEnum):
    """What a line of an explanation does in its column."""

    PART = "part"  # is added
    SUBTOTAL = "subtotal"  # repeats what the parts above it come to
    TOTAL = "total"  # what all parts come to
    SHOWN = "shown"  # stands for itself: a level, a quotient


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """One line. amount: exact, in its unit; None where not known. shown: pounds rounded so that parts add up."""

    label: str
    amount: float | None
    shown: float | None
    unit: str
    kind: LineKind = LineKind.PART


@dataclass(frozen=True, slots=True)
class ExplainedInput:
    """What went in. agreed is None where nobody was asked: a statutory figure, the staff data."""

    label: str
    value: float | str | None
    unit: str
    source: str = ""
    dated: date | None = None
    agreed: bool | None = None
    note: str = ""
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Contributor:
    """An employer or grade with its share of a figure, or all others together. Pounds, exact and as shown."""

    name: str
    heads: float
    amount: float
    shown: float


@dataclass(frozen=True, slots=True)
class Since:
    """The figure in the offer that was tabled last, and what makes the difference.

    lines: parts of the difference in the figure's unit, which add up to a total.
    """

    offer: str
    value: float | None
    lines: tuple[ExplainedLine, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One figure explained. contributors_by: ``employer``, ``grade`` or empty where nobody adds a part."""

    figure: str
    label: str
    value: float | None
    unit: str
    sentence: str
    lines: tuple[ExplainedLine, ...]
    inputs: tuple[ExplainedInput, ...]
    contributors_by: str = ""
    contributors: tuple[Contributor, ...] = ()
    since: Since | None = None
