"""What a screen says, as one value: to copy, to save as a table of figures or a PDF, and to print."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO

from PySide6.QtCore import Qt

from bargain.plain_cells import as_copied, as_plain
from ui.itemmodels.column_table import ColumnTable


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table with its title; cells as they are shown.

    words: which columns are no numbers, and so stand to the left; where it is empty, the first alone.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A title, sentences (what is assumed, what the figures are taken of), and tables."""

    title: str
    sentences: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def sheet_of(title: str, model: ColumnTable) -> Sheet:
    """A table in the order in which it stands on screen, without figures of small groups."""
    columns = range(model.columnCount())
    headings = tuple(str(model.headerData(at, Qt.Orientation.Horizontal) or "") for at in columns)
    rows = tuple(tuple(model.outside(row, at) for at in columns) for row in range(model.rowCount()))
    sides = (
        model.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) for at in columns
    )
    return Sheet(title, headings, rows, tuple(not side & Qt.AlignmentFlag.AlignRight for side in sides))


def as_text(report: Report) -> str:
    """The report for the clipboard: sentences as lines, tables as spreadsheets take them."""
    lines = [report.title, *report.sentences]
    for sheet in report.sheets:
        lines += ["", sheet.title]
        lines += ["\t".join(map(as_copied, cells)) for cells in (sheet.headings, *sheet.rows)]
    return "\n".join(lines)


def as_csv(report: Report) -> str:
    """The report as comma-separated values, text that begins like a formula marked."""
    made = StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerows([as_plain(line)] for line in (report.title, *report.sentences))
    for sheet in report.sheets:
        writer.writerows(((), (as_plain(sheet.title),)))
        writer.writerows([as_copied(cell) for cell in cells] for cells in (sheet.headings, *sheet.rows))
    return made.getvalue()
