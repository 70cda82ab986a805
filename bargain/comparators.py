"""NHS bands and local-government points as a comparator: published tables, dated, and a grade's place in them.

Which band or point a grade stands beside is nobody's finding but an assumption that the partners negotiate (M26), so
nothing here maps a grade by itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib import resources

import numpy as np

from bargain.money import hourly_of_year
from bargain.plain_days import in_full
from models.comparator import ComparatorPoint, ComparatorTable
from models.issues import UnusableInput
from models.units import MICROS_PER_POUND

NHS = "nhs_england"
LOCAL_GOVERNMENT = "local_government"
KEYS = (NHS, LOCAL_GOVERNMENT)


def table_on(key: str, day: date) -> ComparatorTable:
    """The table that holds on a day. Raises UnusableInput before the first one, and for a table that there is not."""
    if key not in KEYS:
        raise UnusableInput(f"There is no pay table “{key}” to compare with; use {' or '.join(KEYS)}.")
    tables = _tables(key)
    held = [one for one in tables if one.starts <= day]
    if not held:
        first = tables[0]
        raise UnusableInput(
            f"There is no {first.label} for {in_full(day)}: the first one known is of {in_full(first.starts)}. Use a later date."
        )
    return held[-1]


def rates_at(table: ComparatorTable, mapping: Mapping[str, str]) -> dict[str, float]:
    """£ an hour by grade, for grades mapped to points. Raises UnusableInput for a point that the table has not."""
    return {grade: point_named(table, text).hourly for grade, text in mapping.items()}


def point_named(table: ComparatorTable, text: str) -> ComparatorPoint:
    """The point that a text names, as the table writes it or with its word before it: “3 top”, “Band 3 top”."""
    wanted = " ".join(text.casefold().split())
    for word in (table.word, "scp"):
        wanted = wanted.removeprefix(f"{word} ")
    for one in table.points:
        if one.name == wanted:
            return one
    names = [one.name for one in table.points]
    near = get_close_matches(wanted, names, 1)
    start = [name for name in names if name.split()[0] == wanted]
    if start:
        hint = f"say which: {', '.join(start)}"
    else:
        hint = f"the nearest is “{near[0]}”" if near else f"it runs from “{names[0]}” to “{names[-1]}”"
    raise UnusableInput(f"The {table.label} has no {table.word} “{text}”; {hint}.")


@cache
def _tables(key: str) -> tuple[ComparatorTable, ...]:
    """Every dated table of one kind, earliest first; a fault in them is ours, not the user's."""
    text = resources.files("bargain").joinpath(f"data/comparators/{key}.toml").read_text("utf-8")
    held = tomllib.loads(text)
    return tuple(
        ComparatorTable(
            key=key,
            label=held["label"],
            word=held["word"],
            weekly_hours=held["weekly_hours"],
            starts=one["from"],
            points=tuple(
                ComparatorPoint(name, annual, _hourly(annual, held["weeks_y"], held["weekly_hours"]))
                for name, annual in one["points"]
            ),
            reference=held["reference"],
            confidence=one["confidence"],
        )
        for one in held["table"]
    )


def _hourly(annual: int, weeks_y: float, weekly_hours: float) -> float:
    year = np.array([annual * MICROS_PER_POUND], dtype=np.int64)
    return float(hourly_of_year(year, weeks_y=weeks_y, weekly_hours=weekly_hours)[0]) / MICROS_PER_POUND
