"""Spot rates in a CSV text: name and pay, and what else is known of them, as a small workforce."""

from __future__ import annotations

import csv
import io

import numpy as np

from bargain.money import micros
from bargain.offers.scale_file import amount_of
from models.basis import Basis
from models.issues import UnusableInput
from models.workforce import COLUMNS, OPTIONAL, Workforce

EMPLOYER = "all"
_UNKNOWN = (
    "point_code",
    "title_code",
    "setting_code",
    "sex",
    "age",
    "start_month",
    "contract",
    "pension_ppm",
    *OPTIONAL,
)


def read_spots(
    text: str, *, source: str, weekly_hours: float, weeks_y: float
) -> tuple[tuple[str, ...], Workforce]:
    """Names and posts. Columns ``name`` and ``annual`` or ``hourly``; ``grade``, ``heads``, ``hours`` optional."""
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    headings = {(one or "").strip().lower(): one for one in (rows[0] if rows else ())}
    kinds = [one for one in ("annual", "hourly") if one in headings]
    if "name" not in headings or len(kinds) != 1:
        raise UnusableInput(
            f"{source} is not a list of spot rates: its first row must name the columns “name” and “annual” or “hourly”."
        )

    def cell(row: dict[str, str], column: str) -> str:
        return (row.get(headings.get(column, "")) or "").strip()

    names, grades, rates, heads, hours = [], [], [], [], []
    for line, row in enumerate(rows, start=2):
        place = f"{source}, row {line}, column"
        names.append(cell(row, "name") or f"row {line}")
        grades.append(cell(row, "grade"))
        rates.append(micros(amount_of(cell(row, kinds[0]), f"{place} {kinds[0]}")))
        heads.append(_number(cell(row, "heads"), 1.0, f"{place} heads"))
        hours.append(_number(cell(row, "hours"), weekly_hours, f"{place} hours"))
    if not names:
        raise UnusableInput(f"{source} has no rows; add at least one spot rate.")
    known = tuple(dict.fromkeys(one for one in grades if one))
    count = len(names)
    columns = {name: np.zeros(count, dtype=kind) for name, kind in COLUMNS.items()}
    for name in _UNKNOWN:
        columns[name] = np.full(count, -1, dtype=COLUMNS[name])
    columns["grade_code"] = np.array([known.index(one) if one else -1 for one in grades], dtype=np.int32)
    columns["basis"] = np.full(count, Basis.YEAR if kinds == ["annual"] else Basis.HOUR, dtype=np.int8)
    columns["rate_micros"] = np.array(rates, dtype=np.int64)
    columns["heads"] = np.array(heads)
    columns["hours_w"] = np.array(hours)
    columns["full_hours_w"] = np.full(count, weekly_hours)
    columns["weeks_y"] = np.full(count, weeks_y)
    columns["fte"] = columns["hours_w"] / weekly_hours
    columns["row"] = np.arange(2, count + 2, dtype=np.int32)
    force = Workforce(employers=(EMPLOYER,), grades=known, points=(), titles=(), settings=(), **columns)
    return tuple(names), force


def _number(text: str, default: float, place: str) -> float:
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 1_000_000:
        raise UnusableInput(f"{place}: “{text}” is not a number above nought; correct it.")
    return value
