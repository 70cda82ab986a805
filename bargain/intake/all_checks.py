"""Checks of a whole import: against what the sector holds, and against the payroll's own control total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bargain.intake.control import control_of
from bargain.intake.join import imported_before
from bargain.intake.reading import PayrollReading, Problem
from models.sector import Sector


def problems_of_import(
    sector: Sector, readings: Sequence[PayrollReading], *, control_total: Decimal | None = None
) -> Iterator[tuple[str, Problem]]:
    """What is doubtful about files as a whole, each with the file's name."""
    for reading in readings:
        for record in imported_before(sector, reading)[:1]:
            when = f"{record.imported.day} {record.imported:%B %Y}"
            reason = f"this same file was imported on {when}, as {record.file}"
            yield reading.file, Problem("file_imported_before", 0, "", "", reason)
    if control_total is not None:
        control = control_of(readings, control_total)
        if not control.agrees:
            yield "", Problem("control_total_differs", 0, "", f"{control.difference:.2f}", control.says)
