"""The rows that a finding is about: where they are, what they were read as, and what is doubtful in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from models.workforce import NONE_CODE
from ui import formats
from ui.itemmodels.column_table import Column

if TYPE_CHECKING:
    from bargain.intake.findings import Finding
    from models.workforce import Workforce
    from ui.import_assistant.batch import FileState

_tr = QCoreApplication.translate


def rows_of(state: FileState, sheet: str, finding: Finding) -> tuple[Column, ...]:
    """A table of the first rows of a finding."""
    problems = finding.first
    read = next((one for one in state.sheets if one.sheet == sheet), None)
    posts = [None] * len(problems) if read is None else _posts(read.workforce, [one.row for one in problems])
    force = None if read is None else read.workforce
    columns = [Column(_tr("import", "Row"), [one.row for one in problems], formats.number, is_number=True)]
    titles = [_title(force, at) for at in posts]
    if any(titles):
        rates = [None if at is None or force is None else int(force.rate_micros[at]) for at in posts]
        hours = [None if at is None or force is None else float(force.hours_w[at]) for at in posts]
        columns += [
            Column(_tr("import", "Job title"), titles),
            Column(_tr("import", "Rate read (£)"), rates, _rate, is_number=True),
            Column(_tr("import", "Hours"), hours, _hours, is_number=True),
        ]
    columns.append(Column(_tr("import", "Column"), [one.column for one in problems]))
    columns.append(Column(_tr("import", "In the file"), [one.value for one in problems]))
    if len({one.reason for one in problems}) > 1:
        columns.append(Column(_tr("import", "What about it"), [one.reason for one in problems]))
    return tuple(columns)


def _posts(force: Workforce, rows: list[int]) -> list[int | None]:
    """The post made of each row of the file; None for rows that made none."""
    order = np.argsort(force.row, kind="stable")
    places = np.searchsorted(force.row, rows, sorter=order)
    found: list[int | None] = []
    for row, place in zip(rows, places.tolist(), strict=True):
        at = int(order[place]) if place < len(order) else -1
        found.append(at if at >= 0 and int(force.row[at]) == row else None)
    return found


def _title(force: Workforce | None, at: int | None) -> str:
    if force is None or at is None:
        return ""
    code = int(force.title_code[at])
    return "" if code == NONE_CODE else force.titles[code]


def _rate(micros: int | None) -> str:
    return formats.DASH if micros is None else formats.micros(micros)


def _hours(hours: float | None) -> str:
    return formats.DASH if hours is None else formats.number(hours, 1)
