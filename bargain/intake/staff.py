"""The staff rows of a sheet as columns of values, with every cell that could not be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as of_field
from datetime import date
from decimal import Decimal
from functools import partial

import numpy as np
from numpy.typing import NDArray

from bargain.intake.coded import Coded, Mask, grouped, over, refolded
from bargain.intake.csv_columns import Texts
from bargain.intake.mapping import ColumnMap
from bargain.intake.pay_headings import hours_period, unit_of
from bargain.intake.ranges import at_end, read_hidden_count, read_range
from bargain.intake.reading import MappingFile, Period, Problem, Question
from bargain.intake.tables import Cell, Rows, SheetTable, blanks, clean_text, cleaned, is_blank
from bargain.intake.values import (
    Column,
    month_first,
    read_column,
    read_day,
    read_hours,
    read_number,
    read_share,
    shows_error,
    uses_decimal_comma,
)
from bargain.intake.words import plain_words
from bargain.plain_cells import MARK, without_mark

_TEXTS = (
    "employer", "job_title", "grade", "point", "contract", "ownership", "region", "setting", "sex", "age_band",
    "staff_number", "pay_period", "status", "apprentice", "veteran", "pension_scheme",
)  # fmt: skip
_HOURS = ("hours", "full_hours")
_NUMBERS = ("weeks", "heads", "heads_female", "heads_male", "sleep_ins", "age")
_SHARES = ("fte", "pension_rate")
_DAYS = ("start_date",)
_COUNTS = {"heads", "heads_female", "heads_male", "fte"}
_SHOWN = 60
_IN_POUNDS = {"pence": Decimal("0.01"), "thousands": Decimal(1000)}
_NEEDED = {
    "hours",
    "fte",
    "heads",
    "heads_female",
    "heads_male",
    "weeks",
}  # unreadable in one of these, and the row cannot be costed


@dataclass(frozen=True, slots=True, eq=False)
class StaffTable:
    """One entry a staff row. ``rows`` are sheet row numbers; ``pay`` is by column; None is blank or unreadable.

    ``same_as`` is the row number of an earlier row with the very same cells, where rows name a person.
    """

    rows: NDArray[np.int32]
    headings: Mapping[str, str]
    texts: Mapping[str, Coded[str]]
    numbers: Mapping[str, Coded[Decimal | None]]
    days: Mapping[str, Coded[date | None]]
    birth: Coded[date | None] | None
    pay: Mapping[int, Column[Decimal]]
    same_as: Mapping[int, int]
    problems: tuple[Problem, ...]
    has_persons: bool
    cells: Mapping[str, Coded[Cell]]  # as they stand in the file, by field
    ni_numbers: Coded[Cell] | None = None  # only where a person allowed them to serve once
    # by pay column: where a cell holds a range of pay, and the cells as they stand in the file
    ranges: Mapping[int, Mask] = of_field(default_factory=dict)
    pay_else: Mapping[int, Mask] = of_field(default_factory=dict)  # further pay columns: where pay is theirs
    pay_cells: Mapping[int, Coded[Cell]] = of_field(default_factory=dict)
    hidden_counts: Mask | None = None  # where a count was hidden, such as <5

    def __len__(self) -> int:
        return len(self.rows)

    def text(self, field: str, at: int) -> str:
        """The text of a field in one row; blank where the file has no such column."""
        column = self.texts.get(field)
        return column[at] if column is not None else ""

    def all_texts(self, field: str) -> Coded[str]:
        """A field's texts; blank everywhere where the file has no such column."""
        column = self.texts.get(field)
        return Coded.same("", len(self)) if column is None else column

    def all_numbers(self, field: str) -> Coded[Decimal | None]:
        """A field's numbers; None everywhere where the file has no such column."""
        column = self.numbers.get(field)
        return Coded[Decimal | None].same(None, len(self)) if column is None else column

    def number(self, field: str, at: int) -> Decimal | None:
        """The number of a field in one row."""
        column = self.numbers.get(field)
        return column[at] if column is not None else None


def read_staff(
    table: SheetTable,
    columns: ColumnMap,
    staff_rows: NDArray[np.int32],
    *,
    mapping: MappingFile,
    weeks_y: Decimal = Decimal("52.143"),
) -> StaffTable:
    """Values of every field that is mapped. ``staff_rows`` are sheet row numbers; ``weeks_y`` weeks in a paid year."""
    body = Rows([column.take(staff_rows - 1) for column in table.rows.columns], len(staff_rows))
    reader = _Reader(table, columns, staff_rows, body, mapping, weeks_y=weeks_y)
    texts = {field: reader.texts(field) for field in _TEXTS if field in columns.fields}
    numbers: dict[str, Coded[Decimal | None]] = {}
    for fields, read in ((_HOURS, read_hours), (_NUMBERS, read_number), (_SHARES, read_share)):
        for field in fields:
            if field in columns.fields:
                numbers[field] = reader.numbers(field, read)
    days = {field: reader.days(columns.fields[field], field) for field in _DAYS if field in columns.fields}
    born = columns.personal_column("birth_date")
    pay = {one.column: reader.pay(one.column) for one in columns.pay}
    reader.faulty_cells()
    ni = columns.personal_column("national_insurance") if mapping.ni_numbers == "once" else None
    return StaffTable(
        rows=staff_rows,
        headings={field: columns.headings[column] for field, column in columns.fields.items()},
        texts=texts,
        numbers=numbers,
        days=days,
        birth=None if born is None else reader.days(born, ""),
        pay=pay,
        same_as=reader.same_rows(),
        problems=tuple(reader.problems),
        has_persons=reader.has_persons,
        cells={field: body.columns[column] for field, column in columns.fields.items()},
        ni_numbers=None if ni is None else body.columns[ni],
        pay_else=reader.pay_else,
        ranges=reader.ranges,
        pay_cells={one.column: body.columns[one.column] for one in columns.pay},
        hidden_counts=reader.hidden_counts,
    )


def month_comes_first(
    table: SheetTable, columns: ColumnMap, body: Rows, mapping: MappingFile
) -> tuple[bool, tuple[Question, ...]]:
    """Whether dates in text put the month first; a question where no date of the file tells."""
    if mapping.date_order:
        return mapping.date_order == "month_first", ()
    places = [columns.fields[field] for field in ("start_date", "leaving_date") if field in columns.fields]
    born = columns.personal_column("birth_date")
    places += [] if born is None else [born]
    told = [month_first(body.columns[place].distinct) for place in places]
    if any(answer is not None for answer in told):
        firsts = [answer for answer in told if answer is not None]
        if True in firsts or None not in told:
            return True in firsts, ()
        return False, ()
    if not told:
        return False, ()
    place = places[0]
    dated = body.columns[place].mask(lambda cell: isinstance(cell, str) and not is_blank(cell))
    shown = [clean_text(body.columns[place][at]) for at in np.flatnonzero(dated)[:5].tolist()]
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
        rows: NDArray[np.int32],
        body: Rows,
        mapping: MappingFile,
        *,
        weeks_y: Decimal,
    ) -> None:
        self._table = table
        self._columns = columns
        self._rows = rows
        self._body = body
        self._words = mapping.words
        self._weeks_y = weeks_y
        self._pay_unit, self._hours_period = mapping.pay_unit, mapping.hours_period
        self._decimals = mapping.decimals
        self.pay_else: dict[int, Mask] = {}
        self._pay_range, self._count_end = mapping.pay_range, mapping.hidden_counts
        self.ranges: dict[int, Mask] = {}
        self.hidden_counts: Mask | None = None
        self._month_first, _ = month_comes_first(table, columns, body, mapping)
        self.problems: list[Problem] = []
        self.has_persons = "staff_number" in columns.fields or any(
            kind in {"name", "national_insurance", "birth_date"} for kind in columns.personal.values()
        )

    def _cells(self, column: int) -> Coded[Cell]:
        return self._body.columns[column]

    def texts(self, field: str) -> Coded[str]:
        texts = cleaned(self._cells(self._columns.fields[field]))
        if _has_marks(texts):
            texts = refolded(texts.map(without_mark))
        if field != "staff_number" and texts.mask(shows_error).any():
            texts = refolded(texts.map(lambda text: "" if shows_error(text) else text))
        told = {plain_words(word): ours for word, ours in self._words.get(field, {}).items()}
        return refolded(texts.map(lambda text: told.get(plain_words(text), text))) if told else texts

    def numbers(self, field: str, read: Callable[..., Decimal | None]) -> Coded[Decimal | None]:
        column = self._columns.fields[field]
        found = read_numbers(self._cells(column), read)
        for more in self._columns.also.get(field, ()):
            found = self._added(found, more, read)
        if field == "hours":
            found = self._a_week(found, self._columns.headings[column])
        if field in _COUNTS:
            found = self._shown_counts(self._cells(column), found)
        self._note(column, found.unreadable, "not a number that can be read", set_aside=field in _NEEDED)
        return found.values

    def _added(
        self, found: Column[Decimal], column: int, read: Callable[..., Decimal | None]
    ) -> Column[Decimal]:
        """Counts of a further column added; what cannot be read there is named like any other."""
        more = read_numbers(self._cells(column), read)
        self._note(column, more.unreadable, "not a number that can be read", set_aside=True)
        values = over(
            lambda one, other: other if one is None else one + (other or 0), found.values, more.values
        )
        return Column(values, found.unreadable)

    def pay(self, column: int) -> Column[Decimal]:
        """Pay in pounds; from the next column where several were named and the first has none."""
        found = self._pay_in(column)
        for more in self._columns.also.get("pay", ()) if column == self._columns.pay[0].column else ():
            other = self._pay_in(more)
            gaps = ~found.values.mask(bool) & ~found.unreadable
            self.pay_else[more] = gaps & other.values.mask(bool)
            values = over(lambda one, two: one or two, found.values, other.values)
            found = Column(values, found.unreadable | (gaps & other.unreadable))
        return found

    def _pay_in(self, column: int) -> Column[Decimal]:
        cells = self._cells(column)
        found = read_numbers(cells, read_number, decimals=self._decimals)
        if found.unreadable.any():
            found, self.ranges[column] = _with_ends(cells, found, read_range, self._pay_range)
        unit = self._pay_unit or unit_of(self._columns.headings[column])
        if unit not in _IN_POUNDS:
            return found
        times = _IN_POUNDS[unit]
        return Column(found.values.map(lambda paid: None if paid is None else paid * times), found.unreadable)

    def _a_week(self, found: Column[Decimal], heading: str) -> Column[Decimal]:
        """Hours a week from hours for the time that the heading names; a year's are spread over the paid weeks."""
        period = self._hours_period or hours_period(heading)
        if period in {None, Period.WEEK}:
            return found
        if period is Period.YEAR:
            told = self._columns.fields.get("weeks")
            usual = self._weeks_y
            weeks = (
                Coded[Decimal | None].same(usual, len(self._rows))
                if told is None
                else read_numbers(self._cells(told), read_number).values
            )
            values = over(
                lambda hours, of: None if hours is None else hours / (of or usual), found.values, weeks
            )
            return Column(values, found.unreadable)
        times = {
            Period.FORTNIGHT: Decimal(2),
            Period.FOUR_WEEKS: Decimal(4),
            Period.MONTH: self._weeks_y / 12,
        }
        by = times.get(period or Period.WEEK, Decimal(1))
        return Column(found.values.map(lambda hours: None if hours is None else hours / by), found.unreadable)

    def _shown_counts(self, cells: Coded[Cell], found: Column[Decimal]) -> Column[Decimal]:
        """Hidden counts at the end that was chosen; where none was, they stay unread and are asked about."""
        if not found.unreadable.any():
            return found
        found, hidden = _with_ends(cells, found, read_hidden_count, self._count_end)
        self.hidden_counts = hidden if self.hidden_counts is None else self.hidden_counts | hidden
        return Column(found.values, found.unreadable & ~hidden)

    def days(self, column: int, field: str) -> Coded[date | None]:
        read = partial(read_day, month_first=self._month_first, start_1904=self._table.date_1904)
        found: Column[date] = read_column(self._cells(column), read)
        if field:
            self._note(column, found.unreadable, "not a date that can be read", set_aside=False)
        return found.values

    def _note(self, column: int, unreadable: Mask, reason: str, *, set_aside: bool) -> None:
        heading = self._columns.headings[column]
        cells = self._cells(column)
        self.problems.extend(
            Problem(
                "unreadable", int(self._rows[at]), heading, clean_text(cells[at])[:_SHOWN], reason, set_aside
            )
            for at in np.flatnonzero(unreadable).tolist()
        )

    def faulty_cells(self) -> None:
        """Error cells and formulas without a result, in columns that are read."""
        used = set(self._columns.fields.values()) | {one.column for one in self._columns.pay}
        needed = {at for field, at in self._columns.fields.items() if field in _NEEDED}
        needed |= {one.column for one in self._columns.pay}
        if not self._table.faulty:
            return
        wanted = set(self._rows.tolist())
        for row, column, why in self._table.faulty:
            if row in wanted and column in used and is_blank(self._table.rows.columns[column][row - 1]):
                self.problems.append(
                    Problem(
                        "faulty_cell",
                        row,
                        self._columns.headings[column],
                        "",
                        why,
                        set_aside=column in needed,
                    )
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
        named = np.zeros(len(self._rows), dtype=np.bool_)
        for column in persons:
            named |= ~blanks(self._cells(column))
        places = np.flatnonzero(named)
        rows = self._rows[places]
        codes: Coded[int] | None = None
        for column in sorted(range(self._body.width), key=lambda at: -len(self._cells(at).distinct)):
            more = cleaned(self._cells(column).take(places))
            groups, firsts = grouped([more] if codes is None else [codes, more])
            if len(firsts) == len(places):
                return {}
            codes = Coded(groups, range(len(firsts)))
        if codes is None:
            return {}
        first_rows = rows[firsts][codes.codes]
        again = np.flatnonzero(first_rows != rows)
        return dict(zip(rows[again].tolist(), first_rows[again].tolist(), strict=True))


def _with_ends(
    cells: Coded[Cell],
    found: Column[Decimal],
    read: Callable[[Cell], tuple[Decimal, Decimal] | None],
    end: str,
) -> tuple[Column[Decimal], Mask]:
    """Cells of two ends read at one of them, and where they stand."""
    bad = np.zeros(len(cells.distinct), dtype=np.bool_)
    bad[cells.codes[found.unreadable]] = True
    values, held = list(found.values.distinct), np.zeros(len(cells.distinct), dtype=np.bool_)
    for code in np.flatnonzero(bad).tolist():
        ends = read(cells.distinct[code])
        if ends is not None:
            held[code] = True
            values[code] = at_end(ends, end)
    there: Mask = held[cells.codes]
    read_now = there if end and end != "leave_out" else np.zeros_like(there)
    return Column(Coded(found.values.codes, values), found.unreadable & ~read_now), there


def read_numbers(
    cells: Coded[Cell], read: Callable[..., Decimal | None], *, decimals: str = ""
) -> Column[Decimal]:
    """A column of figures; whether commas are decimal is as told (``decimals``), else judged by the column as a whole."""
    comma = decimals == "comma" if decimals else uses_decimal_comma(cells.distinct)
    found: Column[Decimal] = read_column(cells, partial(read, decimal_comma=comma))
    return found


def free_numbers(
    table: SheetTable, columns: ColumnMap, staff_rows: NDArray[np.int32]
) -> dict[int, Coded[Decimal | None]]:
    """Columns of numbers that have a heading and no meaning yet: what a question about pay can offer."""
    used = set(columns.fields.values()) | set(columns.personal) | {one.column for one in columns.pay}
    found: dict[int, Coded[Decimal | None]] = {}
    for column, heading in enumerate(columns.headings):
        if heading and column not in used:
            read = read_numbers(table.rows.columns[column].take(staff_rows - 1), read_number)
            if int(read.values.mask(_is_given).sum()) * 2 > len(staff_rows):
                found[column] = read.values
    return found


def _has_marks(texts: Coded[str]) -> bool:
    """Whether any text begins with the mark of our own exports; a million staff numbers are not decoded for it."""
    if isinstance(texts.distinct, Texts):
        return texts.distinct.any_begins_with(MARK)
    return any(text[:1] == MARK for text in texts.distinct)


def _is_given(value: object) -> bool:
    return value is not None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people each row stands for, and the share of full time of each of them.

    ``fte`` is None where the file does not say; ``counts_posts`` where an FTE figure is the number of
    full-time posts on a pay point, so that part time does not enter.
    """

    heads: Coded[Decimal]
    fte: Coded[Decimal | None]
    counts_posts: bool
    says: str


def count_heads(staff: StaffTable, *, grouped_rows: bool | None) -> Counted:
    """Tell returns in which a row is a person from those in which it is a group of posts."""
    one = Decimal(1)
    fte = _as_shares(staff)
    filled = [(share, count) for share, count in fte.counted() if share is not None]
    heads = staff.numbers.get("heads")
    if heads is None and {"heads_female", "heads_male"} <= set(staff.numbers):
        heads = over(_both, staff.numbers["heads_female"], staff.numbers["heads_male"])
    if heads is not None:
        each_of = "each" in plain_words(staff.headings.get("fte", "")).split()
        told = heads.map(lambda head: Decimal(0) if head is None else head)
        in_all = not each_of and any(share > Decimal("1.2") for share, _count in filled)
        each = fte
        if in_all:
            each = over(
                lambda share, head: share if share is None else (share / head if head else one), fte, told
            )
        return Counted(told, each, counts_posts=False, says="a row is a group of posts, with its heads")
    above = sum(count for share, count in filled if share > Decimal("1.2"))
    is_count = bool(filled) and (
        above * 10 >= sum(count for _share, count in filled)
        or (not staff.has_persons and max(share for share, _count in filled) > Decimal("1.5"))
    )
    if grouped_rows if grouped_rows is not None else is_count:
        return Counted(
            fte.map(lambda share: Decimal(0) if share is None else share),
            Coded[Decimal | None].same(one, len(staff)),
            counts_posts=True,
            says="a row is a pay point with its full-time posts",
        )
    return Counted(Coded.same(one, len(staff)), fte, counts_posts=False, says="a row is a person")


def _both(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None and other is None else (one or Decimal(0)) + (other or Decimal(0))


def _as_shares(staff: StaffTable) -> Coded[Decimal | None]:
    """FTE as a share of full time, also where it is written as 100 for full time."""
    fte = staff.all_numbers("fte")
    filled = [(share, count) for share, count in refolded(fte).counted() if share]
    if not filled:
        return fte
    largest = max(share for share, _count in filled)
    in_percent = "percent" in plain_words(staff.headings["fte"]).split() and largest > 2
    usual = max(filled, key=lambda one: one[1])[0]
    if in_percent or usual == largest == 100:
        return fte.map(lambda share: None if share is None else share / 100)
    return fte
