"""Where a statement of accounts stands in a sheet: the names of its lines, the columns of its figures, their heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from bargain.intake.accounts_columns import MONEY
from bargain.intake.accounts_dates import year_alone
from bargain.intake.accounts_lines import COSTS, INTEREST, OF_EMPLOYER, SUMS, line_name
from bargain.intake.accounts_money import unit_said
from bargain.intake.tables import Cell, Row, SheetTable, clean_text, is_blank
from bargain.intake.values import Unreadable, read_number

_LABELS_IN = 8  # columns from the left in which names of lines are looked for
_ROWS_SEARCHED = 400
_WIDEST = 300  # columns in which figures are looked for
_HEAD_ROWS = 5
_YEARS_APART = 6  # years in one row of heads; figures that look like years are further apart
_LONGEST_HEAD = 60
_NOTE_NUMBERS = 99
_COUNTED = frozenset(
    {*MONEY, *COSTS, *SUMS, *INTEREST, "total_costs", "beds"}
)  # kinds that speak for a statement


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement in a sheet, all places from 0.

    ``names`` are the columns in which names of lines stand, ``figures`` those of figures, ``start`` the first row below
    the heads; ``heads`` gives each column of figures the texts above it, ``first_row`` is where the heads begin.
    ``kinds`` is how many different known items it names.
    """

    names: tuple[int, ...]
    figures: tuple[int, ...]
    start: int
    first_row: int
    heads: Mapping[int, tuple[Cell, ...]]
    kinds: int

    def texts_above(self, rows: Sequence[Row]) -> list[str]:
        """The texts above the figures but for the heads of their columns, from above; years alone are none."""
        found = []
        for at, row in enumerate(rows[: self.start]):
            cells = row if at < self.first_row else [row[place] for place in self.names]
            found += [clean_text(cell) for cell in cells if label_of(cell) and year_alone(cell) is None]
        return found

    def label(self, row: Row) -> str:
        """The name of a line: the first text among the columns of names, the likeliest first, that is no number."""
        return next((text for at in self.names if (text := label_of(row[at]))), "")


def label_of(cell: Cell) -> str:
    """A cell as the name of a line; blank where it holds a number or nothing."""
    if not isinstance(cell, str) or is_blank(cell):
        return ""
    return "" if figure(cell) is not None else clean_text(cell)


def figure(cell: Cell) -> Decimal | None:
    """The number in a cell; None for anything else."""
    if cell is None or isinstance(cell, bool | date):
        return None
    try:
        return read_number(cell)
    except Unreadable:
        return None


def find_statement(
    table: SheetTable, said: Mapping[str, str], heading_row: int | None = None, *, is_sure: bool = False
) -> Statement | None:
    """The statement in a sheet, if one column names at least one known item beside a figure.

    said: what a person says lines are, by plain words. heading_row: the row (from 1) of the heads, where it was said.
    is_sure: somebody said that this is a statement, so that lines that nobody knows are enough.
    """
    rows = [row[:_WIDEST] for row in table.rows[:_ROWS_SEARCHED]]
    at = _column_of_names(rows, said)
    if at is None and is_sure:
        at = _column_of_texts(rows)
    if at is None:
        return None
    known = [row for row in rows if line_name(label_of(row[at]), said).kind in _COUNTED]
    if not known:
        known = [row for row in rows if label_of(row[at])]
    figures = _columns_of_figures(rows, known, at)
    if not figures:
        return None
    names = (at, *(one for one in range(figures[0]) if one != at))
    start = _first_line(rows, names, figures) if heading_row is None else min(heading_row, len(rows))
    first_row = _first_head(rows, start, figures) if heading_row is None else heading_row - 1
    kinds = {
        line_name(label_of(row[at]), said).kind
        for row in known
        if any(figure(row[c]) is not None for c in figures)
    }
    figures = tuple(c for c in figures if not _numbers_notes(rows[start:], c, figures))
    heads = _heads(table, rows, first_row, start, figures)
    return Statement(names, figures, start, first_row, heads, len(kinds & _COUNTED))


def _column_of_names(rows: Sequence[Row], said: Mapping[str, str]) -> int | None:
    """The column that names most known items beside a figure; None where none names any."""
    best, most = None, 0
    ends = [_last_figure(row) for row in rows]
    for at in range(min(_LABELS_IN, len(rows[0]) if rows else 0)):
        kinds = {
            line_name(label_of(row[at]), said).kind
            for row, end in zip(rows, ends, strict=True)
            if end > at and isinstance(row[at], str)
        }
        count = len(kinds & _COUNTED)
        if count > most:
            best, most = at, count
    return best


def _last_figure(row: Row) -> int:
    return next((at for at in range(len(row) - 1, -1, -1) if figure(row[at]) is not None), -1)


def _column_of_texts(rows: Sequence[Row]) -> int | None:
    """The first column with most texts that have a figure to their right."""
    ends = [_last_figure(row) for row in rows]
    counts = [
        sum(end > at and bool(label_of(row[at])) for row, end in zip(rows, ends, strict=True))
        for at in range(min(_LABELS_IN, len(rows[0]) if rows else 0))
    ]
    return counts.index(max(counts)) if any(counts) else None


def _columns_of_figures(rows: Sequence[Row], known: Sequence[Row], names: int) -> tuple[int, ...]:
    """Columns right of the names with a number in a known line; a column of years or dates alone is none."""
    width = len(rows[0]) if rows else 0
    return tuple(at for at in range(names + 1, width) if any(figure(row[at]) is not None for row in known))


def _numbers_notes(body: Sequence[Row], at: int, figures: Sequence[int]) -> bool:
    """Whether a column holds the numbers of notes: small, whole, never falling, beside columns that are larger."""
    values = [one for row in body if (one := figure(row[at])) is not None]
    if not values or at != figures[0] or len(figures) < 2:
        return False
    small = all(0 < one <= _NOTE_NUMBERS and one == int(one) for one in values)
    rising = all(a <= b for a, b in pairwise(values)) and len(set(values)) > 1
    others = [abs(one) for row in body for c in figures[1:] if (one := figure(row[c])) is not None]
    return small and rising and bool(others) and max(others) > 10 * _NOTE_NUMBERS


def _is_head(row: Row, figures: Sequence[int]) -> bool:
    """Whether the cells of the figures are years, dates, units or other words: the head of a table, no line of it."""
    cells = [row[at] for at in figures if not is_blank(row[at])]
    years = [year for cell in cells if (year := year_alone(cell)) is not None]
    if years and max(years) - min(years) > _YEARS_APART:
        return False  # income of 2,026 and 1,985 thousand is no pair of years
    return bool(cells) and all(_heads_a_column(cell) for cell in cells)


def _is_line(row: Row, figures: Sequence[int]) -> bool:
    """Whether a row that looks like a head is named like a line: “Turnover” beside 2026 may be two thousand and 26."""
    label = next((text for cell in row[: figures[0]] if (text := label_of(cell))), "")
    return line_name(label, {}).kind in _COUNTED


def _heads_a_column(cell: Cell) -> bool:
    if isinstance(cell, date | datetime) or year_alone(cell) is not None:
        return True
    return (
        isinstance(cell, str)
        and (figure(cell) is None or unit_said([cell]) is not None)
        and any(one.isalnum() or one in "£%" for one in cell)
    )


def _first_line(rows: Sequence[Row], names: Sequence[int], figures: Sequence[int]) -> int:
    """The row under the last head above the first line that has a name and a figure."""
    heads: list[int] = []
    first = len(rows)
    for at, row in enumerate(rows):
        is_near = any(at - one < _HEAD_ROWS for one in heads)
        if _is_head(row, figures) and not (is_near and _is_line(row, figures)):
            heads.append(at)
        elif any(label_of(row[c]) for c in names) and any(figure(row[c]) is not None for c in figures):
            first = at
            break
    if any(first - one <= _HEAD_ROWS for one in heads):
        return heads[-1] + 1
    start = first
    while start > 0 and start - 1 not in heads and any(label_of(rows[start - 1][c]) for c in names):
        start -= 1
    return start if start > 0 else first


def _first_head(rows: Sequence[Row], start: int, figures: Sequence[int]) -> int:
    at, heads = start, 0
    while (
        at > 0
        and heads < _HEAD_ROWS
        and _is_head(rows[at - 1], figures)
        and not _is_title(rows[at - 1], figures)
    ):
        at -= 1
        heads += not _is_of_employer(rows[at], figures)
    return at


def _is_of_employer(row: Row, figures: Sequence[int]) -> bool:
    """Whether a row among the heads says of the employers who owns them or where they are, and is no head itself."""
    label = next((text for cell in row[: figures[0]] if (text := label_of(cell))), "")
    return bool(label) and line_name(label, {}).kind in {*OF_EMPLOYER} - {"employer", "year_end"}


def _is_title(row: Row, figures: Sequence[int]) -> bool:
    """A row with one text that is long, or names neither day nor unit above several columns, heads the page."""
    texts = [cell for cell in row if not is_blank(cell)]
    if len(texts) != 1 or not isinstance(texts[0], str):
        return False
    says = any(one.isdigit() for one in texts[0]) or unit_said([texts[0]]) is not None
    return len(texts[0]) > _LONGEST_HEAD // 2 or (len(figures) > 1 and not says)


def facts_rows(table: SheetTable, statement: Statement) -> dict[str, Row]:
    """The lines that say something of the employers themselves, by field: name, year end, owner, months."""
    found: dict[str, Row] = {}
    for row in table.rows[statement.first_row :]:
        label = statement.label(row)
        kind = line_name(label, {}).kind if label else ""
        if kind in OF_EMPLOYER and any(not is_blank(row[at]) for at in statement.figures):
            found.setdefault(kind, row)
    return found


def _heads(
    table: SheetTable, rows: Sequence[Row], first_row: int, start: int, figures: Sequence[int]
) -> dict[int, tuple[Cell, ...]]:
    """The texts above each column, from above; one that stands over several columns counts for all of them."""
    head_rows: list[list[Cell]] = [
        [None] * len(row) if _is_of_employer(row, figures) else list(row) for row in rows[first_row:start]
    ]
    for top, left, _, right in table.merged:
        if first_row <= top < start and right > left:
            for at in range(left, min(right, len(rows[0]) - 1) + 1):
                head_rows[top - first_row][at] = rows[top][left]
    for above, below in pairwise(head_rows):
        under = [clean_text(below[at]) for at in figures if not is_blank(below[at])]
        if len(set(under)) < len(under):  # 2026 2025 2026 2025: what stands above is for each run of them
            _spread(above, figures)
    return {at: tuple(row[at] for row in head_rows if not is_blank(row[at])) for at in figures}


def _spread(row: list[Cell], figures: Sequence[int]) -> None:
    held: Cell = None
    for at in figures:
        if is_blank(row[at]):
            row[at] = held
        else:
            held = row[at]
