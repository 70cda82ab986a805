"""Puts people and layout together: the rows of a return, each with its kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from sample_data.layouts import INVENTED, Layout
from sample_data.people import Post
from sample_data.sheets import Cell, Line, RowKind, SheetRow, group_alike, written_pay


@dataclass(frozen=True, slots=True)
class Return:
    """One payroll file before it is written."""

    title: str
    layout: Layout
    lead: tuple[tuple[Cell, ...], ...]  # what stands above the heading
    headings: tuple[tuple[Cell, ...], ...]  # one row or two
    rows: tuple[SheetRow, ...]  # everything below the heading
    staff: tuple[Line, ...]

    @property
    def file_name(self) -> str:
        return f"{self.title}.{self.layout.suffix}"

    @property
    def header_row(self) -> int:
        """Counted from 1; of two heading rows, the lower."""
        return len(self.lead) + len(self.headings)

    def count(self, kind: RowKind) -> int:
        return sum(row.kind is kind for row in self.rows)


def compose_return(title: str, layout: Layout, posts: Sequence[Post], leavers: Sequence[Post]) -> Return:
    staff = [Line(post, written_pay(post, layout.basis)) for post in posts]
    if layout.grouped:
        staff = group_alike(staff)
    gone = [Line(post, written_pay(post, layout.basis)) for post in leavers]
    rows = _paged(layout, list(_table(layout, staff, gone)))
    if layout.grand_total:
        rows.append(_total_row(layout, layout.grand_total, staff))
    if layout.notes:
        rows.append(_blank_row(layout))
        rows.extend(_text_row(layout, note) for note in layout.notes)
    lead = ((f"{title}: payroll at 30 April 2026",), (INVENTED,), ()) if layout.title_rows else ()
    return Return(title, layout, lead, _heading_rows(layout), tuple(rows), tuple(staff))


def _heading_rows(layout: Layout) -> tuple[tuple[Cell, ...], ...]:
    if not layout.upper_headings:
        return (tuple(column.heading for column in layout.columns),)
    upper = tuple(column.over or column.heading for column in layout.columns)
    lower = tuple(column.heading if column.over else None for column in layout.columns)
    return (upper, lower)


def _table(layout: Layout, staff: Sequence[Line], gone: Sequence[Line]) -> Iterator[SheetRow]:
    """People home by home, with the homes' own rows where the layout has them."""
    homes = list(dict.fromkeys((line.post.employer.name, line.post.home) for line in staff))
    if layout.grouped:
        yield from (_person_row(layout, line) for line in staff)
        return

    def place(line: Line) -> int:
        return homes.index((line.post.employer.name, line.post.home))

    everyone = sorted(
        [*staff, *gone], key=lambda line: (place(line), -line.post.grade, line.post.identity.serial)
    )
    for at, lines_here in groupby(everyone, key=place):
        lines = list(lines_here)
        name = homes[at][1]
        if layout.home_rows:
            yield _text_row(layout, name)
        yield from (_person_row(layout, line) for line in lines)
        if layout.home_totals:
            yield _total_row(layout, f"Sub-total {name}", [line for line in lines if line.post.left is None])


def _paged(layout: Layout, rows: list[SheetRow]) -> list[SheetRow]:
    """Blank rows and repeated headings between the rows, as printing leaves them."""
    paged: list[SheetRow] = []
    for number, row in enumerate(rows):
        if number and layout.blank_every and number % layout.blank_every == 0:
            paged.append(_blank_row(layout))
        if number and layout.page_rows and number % layout.page_rows == 0:
            paged.append(_blank_row(layout))
            paged.append(_text_row(layout, f"PAGE {number // layout.page_rows + 1}"))
            paged.append(SheetRow(RowKind.SET_ASIDE, _heading_rows(layout)[-1]))
        paged.append(row)
    return paged


def _person_row(layout: Layout, line: Line) -> SheetRow:
    kind = RowKind.STAFF if line.post.left is None else RowKind.LEAVER
    return SheetRow(kind, tuple(column.value(line) for column in layout.columns))


def _total_row(layout: Layout, label: str, lines: Sequence[Line]) -> SheetRow:
    """The label in the first column, and the sums of current staff where a sum means something."""
    cells: list[Cell] = [label]
    for column in layout.columns[1:]:
        summed = column.summed
        if summed is None or column.total is None:
            cells.append(None)
        else:
            heads_apart = column.field == "heads"
            cells.append(
                column.total(sum((summed(x) * (1 if heads_apart else x.heads) for x in lines), Decimal(0)))
            )
    return SheetRow(RowKind.TOTAL, tuple(cells))


def _text_row(layout: Layout, text: str) -> SheetRow:
    return SheetRow(RowKind.SET_ASIDE, (text, *[None] * (len(layout.columns) - 1)))


def _blank_row(layout: Layout) -> SheetRow:
    return SheetRow(RowKind.BLANK, (None,) * len(layout.columns))
