"""What is doubtful in the staff data, employer by employer: counts and places, never a value of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CheckCount:
    """What one check found in one employer's rows of one sheet.

    ``column`` is the heading that most of them are about, as the employer wrote it; ``rows`` the first rows, as
    the employer's own spreadsheet numbers them.
    """

    employer: str
    code: str
    count: int
    set_aside: int = 0
    column: str = ""
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One query: what is asked, and in which file, sheet, column and rows."""

    query: str
    file: str
    sheet: str
    column: str
    rows: tuple[int, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class QueryLetter:
    """A letter to one employer: it names no staff, only rows and columns of the employer's own file."""

    employer: str
    sector: str
    dated: date
    reply_by: date
    paragraphs: tuple[str, ...]
    lines: tuple[LetterLine, ...]
    closing: tuple[str, ...]
