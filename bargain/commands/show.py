"""Answers on standard output: one JSON object, or a short table that a person can read."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from bargain.basis import sentences
from models.grossing import DataBasis, Range


def print_json(value: dict[str, Any]) -> None:
    """One JSON object and nothing else. What is not a finite number is null."""
    print(json.dumps(_clean(value), ensure_ascii=False, indent=1, default=str))


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    if isinstance(value, float):
        return None if not math.isfinite(value) else value
    return value


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1) -> str:
    """Columns of text, the first ``left`` ones to the left and figures to the right."""
    widths = [max(len(row[place]) for row in (headings, *rows)) for place in range(len(headings))]
    lines = [
        "  ".join(
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (headings, *rows)
    ]
    return "\n".join(lines)


def basis_text(basis: DataBasis) -> str:
    """What the figures are taken of, a line a sentence: first of all that they are grossed up, where they are."""
    return "\n".join(sentences(basis))


def range_rows(ranges: Mapping[str, Range], figure: str, unit: str) -> list[list[str]]:
    """A line under a figure with its range; nothing where it has none."""
    found = ranges.get(figure)
    if found is None:
        return []
    return [
        [
            "  95 % range, from resampling employers",
            span_text(found, unit),
        ]
    ]


def span_text(span: Range, unit: str) -> str:
    """A range in its measure's unit."""
    return f"{in_unit(span.low, unit)} to {in_unit(span.high, unit)}"


def pounds(amount: float | None) -> str:
    """Whole pounds with separators; – where not known."""
    return "–" if amount is None else f"{'-' if round(amount) < 0 else ''}£{abs(round(amount)):,}"


def rate(amount: float | None) -> str:
    """Pounds and pence an hour."""
    return "–" if amount is None else f"£{amount:,.2f}"


def percent(share: float | None, places: int = 2) -> str:
    """A share as a percentage, with a true minus sign's plain form."""
    return "–" if share is None else f"{_no_minus_zero(share * 100, places)} %"


def number(value: float | None, places: int = 4) -> str:
    """A plain number."""
    return "–" if value is None else _no_minus_zero(value, places)


def heads(value: float) -> str:
    """Staff: whole where whole, else to two decimals (returns by full-time equivalent)."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def in_unit(value: float | None, unit: str) -> str:
    """A figure of a measure in its unit."""
    if value is None:
        return "not known"
    if unit == "share":
        return percent(value)
    if unit == "£":
        return pounds(value)
    if unit == "£/h":
        return rate(value)
    return f"{value:,.0f}" if unit == "heads" else number(value)


def _no_minus_zero(value: float, places: int) -> str:
    text = f"{value:,.{places}f}"
    return text.lstrip("-") if float(text.replace(",", "")) == 0 else text
