"""Writes a composed return in its layout's own file type."""

from decimal import Decimal
from pathlib import Path

from sample_data.compose import Return
from sample_data.layouts import INVENTED
from sample_data.sheets import Cell
from sample_data.writers import Page, write_delimited, write_workbook

_COVER = Page(
    "Read me",
    (
        ("Staff list for the sector's return",),
        (INVENTED,),
        ("The list is on the next sheet. Leavers are marked in the column Employment Status.",),
        ("Hourly pay is basic pay, before tax.",),
    ),
    bold_rows=(1,),
)

# The shape of a payroll, on a sheet nobody sees: reading it would add people who are no longer there.
_LAST_YEAR = Page(
    "Rates 2024 (old)",
    (
        ("Job Title", "Hourly Rate", "Weekly Hours"),
        ("Residential Support Worker", Decimal("11.44"), Decimal("37.5")),
        ("Residential Support Worker", Decimal("11.60"), Decimal(30)),
        ("Senior Support Worker", Decimal("12.90"), Decimal("37.5")),
        ("Team Leader", Decimal("14.75"), Decimal("37.5")),
    ),
    bold_rows=(1,),
    hidden=True,
)


def write_return(folder: Path, made: Return) -> Path:
    path = folder / made.file_name
    layout = made.layout
    if layout.suffix == "xlsx":
        write_workbook(path, _pages(made), made.title)
    else:
        rows: list[tuple[Cell, ...]] = [*made.headings, *(row.cells for row in made.rows)]
        write_delimited(path, rows, delimiter=layout.delimiter, encoding=layout.encoding)
    return path


def _pages(made: Return) -> list[Page]:
    layout = made.layout
    top = len(made.lead) + 1
    table = Page(
        layout.sheet,
        (*made.lead, *made.headings, *(row.cells for row in made.rows)),
        bold_rows=(1, *range(top, made.header_row + 1)),
        formats=tuple(column.number_format for column in layout.columns),
        first_column=layout.first_column,
        merges=_merges(made, top),
    )
    return [*([_COVER] if layout.cover_sheet else []), table, *([_LAST_YEAR] if layout.hidden_sheet else [])]


def _merges(made: Return, top: int) -> list[tuple[int, int, int, int]]:
    """Upper headings across the columns they cover; single headings down both rows."""
    if not made.layout.upper_headings:
        return []
    columns = made.layout.columns
    merges: list[tuple[int, int, int, int]] = []
    place = 0
    while place < len(columns):
        end = place
        while columns[place].over and end + 1 < len(columns) and columns[end + 1].over == columns[place].over:
            end += 1
        bottom = top if columns[place].over else top + 1
        merges.append((top, place + 1, bottom, end + 1))
        place = end + 1
    return merges
