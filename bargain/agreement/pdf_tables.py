"""Tables on paper: column widths from what stands in them, headings repeated, nothing off the page."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, Table, TableStyle

from bargain.agreement.pdf_text import (
    CAPTION,
    CELL,
    HEAD_CELL,
    INK,
    LOOSE_CAPTION,
    NUMBER_CELL,
    NUMBER_HEAD,
    REGULAR,
    RULE,
    SHADE,
    escape,
    width,
)
from bargain.agreement.plain_text import printable, shortened
from bargain.offers.phrases import phrases
from models.agreement import DraftTable

ROWS_A_CHUNK = 150  # reportlab's tables take time in the square of their rows
LONG_TABLE = 24  # rows: more than this may start where it stands and go on over the page
_PADDING = 5.0
_WRITING_ROOM = 24.0
_ROOM_TO_START = 120.0
_LONGEST_WORD = 0.45  # of the page's width: a longer word is broken
_WORDS_ROOM = 0.85  # of the page's width for longest words, where texts must wrap; the rest goes by need


def table_flowables(table: DraftTable, room: float) -> list[Flowable]:
    """The table in chunks, each with its caption and headings; ``room`` is the width in points."""
    widths = _widths(table, room)
    numbers = frozenset(table.number_columns)
    bare = not any(table.headings)
    flowables: list[Flowable] = [CondPageBreak(_ROOM_TO_START)] if is_long(table) else []
    caption_style = LOOSE_CAPTION if is_long(table) else CAPTION
    for start in range(0, max(len(table.rows), 1), ROWS_A_CHUNK):
        rows = table.rows[start : start + ROWS_A_CHUNK]
        caption = table.caption
        if start:
            caption = phrases().say("page.continued", caption=caption)
        if caption:
            flowables.append(Paragraph(escape(caption), caption_style))
        head = [] if bare else [_heading_row(table.headings, numbers)]
        body = [_row(row, widths, numbers) for row in rows]
        heights = [None] * len(head) + [_height(row) for row in rows]
        flowables.append(_laid_out([*head, *body], widths, heights, numbers, headed=not bare))
        flowables.append(Spacer(1, 8))
    return flowables


def is_long(table: DraftTable) -> bool:
    """Whether a table is too long to be kept on one page."""
    return len(table.rows) > LONG_TABLE


def _heading_row(headings: Sequence[str], numbers: frozenset[int]) -> list[Paragraph]:
    return [
        Paragraph(escape(shortened(text)), NUMBER_HEAD if column in numbers else HEAD_CELL)
        for column, text in enumerate(headings)
    ]


def _row(row: Sequence[str], widths: Sequence[float], numbers: frozenset[int]) -> list[str | Paragraph]:
    """A text that fits on one line goes in as it is; a longer one as a paragraph that wraps."""
    cells: list[str | Paragraph] = []
    for column, text in enumerate(row):
        shown = printable(text)
        if width(shown, CELL) <= widths[column] - 2 * _PADDING:
            cells.append(shown)
        else:
            cells.append(Paragraph(escape(text), NUMBER_CELL if column in numbers else CELL))
    return cells


def _height(row: Sequence[str]) -> float | None:
    """Room to write in where cells are empty on purpose; else as high as the text needs."""
    return _WRITING_ROOM if row and not row[-1] and all(len(text) < 40 for text in row) else None


def _laid_out(
    cells: list[list[str | Paragraph]] | list[list[Paragraph]],
    widths: Sequence[float],
    heights: Sequence[float | None],
    numbers: frozenset[int],
    *,
    headed: bool,
) -> Table:
    style = [
        ("FONT", (0, 0), (-1, -1), REGULAR, CELL.fontSize, CELL.leading),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, INK),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.6),
    ]
    style += [("ALIGN", (column, 0), (column, -1), "RIGHT") for column in numbers]
    if headed:
        style += [
            ("BACKGROUND", (0, 0), (-1, 0), SHADE),
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
        ]
    return Table(
        cells,
        colWidths=list(widths),
        rowHeights=list(heights),
        repeatRows=1 if headed else 0,
        splitInRow=1,
        hAlign="LEFT",
        style=TableStyle(style),
    )


def _widths(table: DraftTable, room: float) -> list[float]:
    """Each column as wide as its widest text where all fit; else its longest word, the rest by need."""
    columns = (
        max(len(table.headings), *(len(row) for row in table.rows), 1) if table.rows else len(table.headings)
    )
    most, least = [0.0] * columns, [0.0] * columns
    for row, style in ((table.headings, HEAD_CELL), *((row, CELL) for row in table.rows)):
        for column, text in enumerate(row):
            shown = printable(text)
            most[column] = max(most[column], _wanted(shown, style, table, column) + 2 * _PADDING + 0.5)
            word = max((width(part, style) for part in shown.split(" ")), default=0.0)
            least[column] = max(least[column], min(word, room * _LONGEST_WORD) + 2 * _PADDING + 0.5)
    most = [max(pair) for pair in zip(most, least, strict=True)]
    if any(not text for row in table.rows for text in row):
        return _with_writing_room(table, most, room)
    if sum(most) <= room:
        return _filled(most, table.number_columns, room)
    if sum(least) > room * _WORDS_ROOM:
        least = _capped(least, room * _WORDS_ROOM)
    spare = room - sum(least)
    need = [high - low for high, low in zip(most, least, strict=True)]
    return [low + spare * part / sum(need) for low, part in zip(least, need, strict=True)]


def _capped(least: list[float], room: float) -> list[float]:
    """The widest columns cut to one width, so that only the longest words (addresses of sources) are broken."""
    for place, one in enumerate(sorted(least)):
        cap = (room - sum(sorted(least)[:place])) / (len(least) - place)
        if one > cap:
            return [min(each, cap) for each in least]
    return least


def _wanted(text: str, style: ParagraphStyle, table: DraftTable, column: int) -> float:
    """A heading over numbers may wrap; it asks for no more than its longest word."""
    if style is HEAD_CELL and column in table.number_columns:
        return max((width(part, style) for part in text.split(" ")), default=0.0)
    return width(text, style)


def _filled(most: list[float], numbers: Sequence[int], room: float) -> list[float]:
    """What is left over goes to the columns of text; a table of numbers alone is spread evenly."""
    takers = [column for column in range(len(most)) if column not in numbers] or list(range(len(most)))
    extra = (room - sum(most)) / (len(takers) + 0.5 * (len(most) - len(takers)))
    return [one + extra * (1.0 if column in takers else 0.5) for column, one in enumerate(most)]


def _with_writing_room(table: DraftTable, most: list[float], room: float) -> list[float]:
    """Columns that are empty on purpose share what the filled ones leave."""
    columns = range(len(most))
    empty = [column for column in columns if table.rows and not any(row[column] for row in table.rows)]
    if not empty or len(empty) == len(most):
        return [room * one / sum(most) for one in most] if empty == [] else [room / len(most)] * len(most)
    filled = sum(most[column] for column in columns if column not in empty)
    share = max((room - filled) / len(empty), room / (2 * len(most)))
    widths = [share if column in empty else most[column] for column in columns]
    return [one * room / sum(widths) for one in widths]
