"""The staff rows of a sheet as columns of values, with every cell that could not be read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from bargain.intake.mapping import ColumnMap
from bargain.intake.reading import MappingFile, Problem, Question
from bargain.intake.tables import Cell, Row, SheetTable, clean_text, is_blank
from bargain.intake.values import (
    Column,
    month_first,
    read_column,
    read_day,
    read_hours,
    read_number,
    read_share,
    uses_decimal_comma,
)
from bargain.intake.words import plain_words

_TEXTS = (
    "employer", "job_title", "grade", "point", "contract", "ownership", "region", "setting", "sex", "age_band",
    "staff_number", "pay_period",
)  # fmt: skip
_HOURS = ("hours", "full_hours")
_NUMBERS = ("weeks", "heads", "sleep_ins", "age")
_SHARES = ("fte", "pension_rate")
_DAYS = ("start_date",)
_SHOWN = 60
_NEEDED = {"hours", "fte", "heads", "weeks"}  # unreadable in one of these, and the row cannot be costed


@dataclass(frozen=True, slots=True, eq=False)
class StaffTable:
    """One entry a staff row. ``rows`` are sheet row numbers; ``pay`` is by column; None is blank or unreadable.

    ``same_as`` is the row number of an earlier row with the very same cells, where rows name a person.
    """

    rows: tuple[int, ...]
    headings: Mapping[str, str]
    texts: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, tuple[Decimal | None, ...]]
    days: Mapping[str, tuple[date | None, ...]]
    birth: tuple[date | None, ...] | None
    pay: Mapping[int, Column[Decimal]]
    same_as: Mapping[int, int]
    problems: tuple[Problem, ...]
    has_persons: bool

    def __len__(self) -> int:
        return len(self.rows)

    def text(self, field: str, at: int) -> str:
        """The text of a field in one row; blank where the file has no such column."""
        column = self.texts.get(field)
        return column[at] if column else ""

    def number(self, field: str, at: int) -> Decimal | None:
        """The number of a field in one row."""
        column = self.numbers.get(field)
        return column[at] if column else None


def read_staff(
    table: SheetTable, columns: ColumnMap, staff_rows: Sequence[int], *, mapping: MappingFile
) -> StaffTable:
    """Values of every field that is mapped. ``staff_rows`` are sheet row numbers."""
    body = [table.rows[row - 1] for row in staff_rows]
    reader = _Reader(table, columns, staff_rows, body, mapping)
    texts = {field: reader.texts(field) for field in _TEXTS if field in columns.fields}
    numbers: dict[str, tuple[Decimal | None, ...]] = {}
    for fields, read in ((_HOURS, read_hours), (_NUMBERS, read_number), (_SHARES, read_share)):
        for field in fields:
            if field in columns.fields:
                numbers[field] = reader.numbers(field, read)
    days = {field: reader.days(columns.fields[field], field) for field in _DAYS if field in columns.fields}
    born = columns.personal_column("birth_date")
    pay = {one.column: reader.pay(one.column) for one in columns.pay}
    reader.faulty_cells()
    return StaffTable(
        rows=tuple(staff_rows),
        headings={field: columns.headings[column] for field, column in columns.fields.items()},
        texts=texts,
        numbers=numbers,
        days=days,
        birth=None if born is None else reader.days(born, ""),
        pay=pay,
        same_as=reader.same_rows(),
        problems=tuple(reader.problems),
        has_persons=reader.has_persons,
    )


def month_comes_first(
    table: SheetTable, columns: ColumnMap, body: Sequence[Row], mapping: MappingFile
) -> tuple[bool, tuple[Question, ...]]:
    """Whether dates in text put the month first; a question where no date of the file tells."""
    if mapping.date_order:
        return mapping.date_order == "month_first", ()
    places = [columns.fields[field] for field in ("start_date", "leaving_date") if field in columns.fields]
    born = columns.personal_column("birth_date")
    places += [] if born is None else [born]
    told = [month_first([row[place] for row in body]) for place in places]
    if any(answer is not None for answer in told):
        firsts = [answer for answer in told if answer is not None]
        if True in firsts or None not in told:
            return True in firsts, ()
        return False, ()
    if not told:
        return False, ()
    place = places[0]
    shown = [
        clean_text(row[place]) for row in body if isinstance(row[place], str) and not is_blank(row[place])
    ][:5]
    heading = columns.headings[place]
    personal = place in columns.personal
    question = Question(
        key="dates.order",
        sheet=table.sheet,
        question=f"In the dates of “{heading}”, does the day or the month come first?",
        candidates=("day_first", "month_first"),
        examples=() if personal else tuple(((heading, one),) for one in shown),
    )
    return False, (question,)


class _Reader:
    """Reads columns and gathers what could not be read."""

    def __init__(
        self,
        table: SheetTable,
        columns: ColumnMap,
        rows: Sequence[int],
        body: list[Row],
        mapping: MappingFile,
    ) -> None:
        self._table = table
        self._columns = columns
        self._rows = rows
        self._body = body
        self._month_first, _ = month_comes_first(table, columns, body, mapping)
        self.problems: list[Problem] = []
        self.has_persons = "staff_number" in columns.fields or any(
            kind in {"name", "national_insurance", "birth_date"} for kind in columns.personal.values()
        )

    def _cells(self, column: int) -> list[Cell]:
        return [row[column] for row in self._body]

    def texts(self, field: str) -> tuple[str, ...]:
        return tuple(map(clean_text, self._cells(self._columns.fields[field])))

    def numbers(self, field: str, read: Callable[..., Decimal | None]) -> tuple[Decimal | None, ...]:
        column = self._columns.fields[field]
        cells = self._cells(column)
        found: Column[Decimal] = read_column(cells, partial(read, decimal_comma=uses_decimal_comma(cells)))
        self._note(
            column, found.unreadable, cells, "not a number that can be read", set_aside=field in _NEEDED
        )
        return found.values

    def pay(self, column: int) -> Column[Decimal]:
        cells = self._cells(column)
        return read_column(cells, partial(read_number, decimal_comma=uses_decimal_comma(cells)))

    def days(self, column: int, field: str) -> tuple[date | None, ...]:
        cells = self._cells(column)
        read = partial(read_day, month_first=self._month_first, start_1904=self._table.date_1904)
        found: Column[date] = read_column(cells, read)
        if field:
            self._note(column, found.unreadable, cells, "not a date that can be read", set_aside=False)
        return found.values

    def _note(
        self, column: int, unreadable: frozenset[int], cells: list[Cell], reason: str, *, set_aside: bool
    ) -> None:
        heading = self._columns.headings[column]
        self.problems.extend(
            Problem("unreadable", self._rows[at], heading, clean_text(cells[at])[:_SHOWN], reason, set_aside)
            for at in sorted(unreadable)
        )

    def faulty_cells(self) -> None:
        """Error cells and formulas without a result, in columns that are read."""
        used = set(self._columns.fields.values()) | {one.column for one in self._columns.pay}
        wanted = set(self._rows)
        for row, column, why in self._table.faulty:
            if row in wanted and column in used and is_blank(self._table.rows[row - 1][column]):
                self.problems.append(
                    Problem("faulty_cell", row, self._columns.headings[column], "", why, set_aside=True)
                )

    def same_rows(self) -> dict[int, int]:
        """Rows with the very same cells as an earlier one, where the cells name a person."""
        if not self.has_persons:
            return {}
        persons = [
            column
            for column, kind in self._columns.personal.items()
            if kind in {"name", "national_insurance"}
        ]
        if "staff_number" in self._columns.fields:
            persons.append(self._columns.fields["staff_number"])
        seen: dict[bytes, int] = {}
        same: dict[int, int] = {}
        for number, row in zip(self._rows, self._body, strict=True):
            if all(is_blank(row[column]) for column in persons):
                continue
            digest = hashlib.sha256("\x1f".join(map(clean_text, row)).encode()).digest()
            if digest in seen:
                same[number] = seen[digest]
            else:
                seen[digest] = number
        return same


def free_numbers(
    table: SheetTable, columns: ColumnMap, staff_rows: Sequence[int]
) -> dict[int, tuple[Decimal | None, ...]]:
    """Columns of numbers that have a heading and no meaning yet: what a question about pay can offer."""
    used = set(columns.fields.values()) | set(columns.personal) | {one.column for one in columns.pay}
    found: dict[int, tuple[Decimal | None, ...]] = {}
    for column, heading in enumerate(columns.headings):
        if heading and column not in used:
            cells = [table.rows[row - 1][column] for row in staff_rows]
            read = read_column(cells, partial(read_number, decimal_comma=uses_decimal_comma(cells)))
            if sum(value is not None for value in read.values) * 2 > len(cells):
                found[column] = read.values
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people each row stands for, and the share of full time of each of them.

    ``fte`` is None where the file does not say; ``counts_posts`` where an FTE figure is the number of
    full-time posts on a pay point, so that part time does not enter.
    """

    heads: tuple[Decimal, ...]
    fte: tuple[Decimal | None, ...]
    counts_posts: bool
    says: str


def count_heads(staff: StaffTable, *, grouped: bool | None) -> Counted:
    """Tell returns in which a row is a person from those in which it is a group of posts."""
    one = Decimal(1)
    fte = _as_shares(staff)
    heads = staff.numbers.get("heads")
    if heads is not None:
        told = tuple(Decimal(0) if head is None else head for head in heads)
        in_all = any(share is not None and share > Decimal("1.2") for share in fte)
        each = tuple(
            share if share is None or not in_all else (share / head if head else one)
            for share, head in zip(fte, told, strict=True)
        )
        return Counted(told, each, counts_posts=False, says="a row is a group of posts, with its heads")
    filled = [share for share in fte if share is not None]
    above = sum(share > Decimal("1.2") for share in filled)
    is_count = bool(filled) and (
        above * 10 >= len(filled) or (not staff.has_persons and max(filled) > Decimal("1.5"))
    )
    if grouped if grouped is not None else is_count:
        counts = tuple(Decimal(0) if share is None else share for share in fte)
        return Counted(
            counts,
            tuple(one for _ in counts),
            counts_posts=True,
            says="a row is a pay point with its full-time posts",
        )
    return Counted(tuple(one for _ in staff.rows), fte, counts_posts=False, says="a row is a person")


def _as_shares(staff: StaffTable) -> tuple[Decimal | None, ...]:
    """FTE as a share of full time, also where it is written as 100 for full time."""
    fte = staff.numbers.get("fte")
    if fte is None:
        return tuple(None for _ in staff.rows)
    filled = [share for share in fte if share]
    if not filled:
        return fte
    in_percent = "percent" in plain_words(staff.headings["fte"]).split() and max(filled) > 2
    usual = Counter(filled).most_common(1)[0][0]
    if in_percent or (staff.has_persons and usual == 100 and max(filled) <= 100):
        return tuple(None if share is None else share / 100 for share in fte)
    return fte
