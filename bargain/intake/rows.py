"""Every row under the heading is one thing: staff, a total, a leaver, set aside, or blank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bargain.intake.mapping import ColumnMap
from bargain.intake.reading import Problem, RowKind
from bargain.intake.tables import Cell, Row, clean_text, is_blank
from bargain.intake.values import Unreadable, is_total_label, read_day, read_number, says_nothing
from bargain.intake.words import phrases, plain_words

_IDENTITY = ("job_title", "grade", "point", "staff_number", "employer", "contract", "sex", "start_date")
_AMOUNTS = ("heads", "fte", "hours", "weeks")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Classified:
    """The kind of each row under the heading, and why rows were set aside."""

    kinds: tuple[RowKind, ...]
    problems: tuple[Problem, ...]


class RowJudge:
    """Judges rows in order; keeps the sums since the last total, so that totals without a label are known by them."""

    def __init__(
        self,
        columns: ColumnMap,
        body: Sequence[Row],
        *,
        first_row: int,
        data_date: date,
        month_first: bool,
    ) -> None:
        self._columns = columns
        self._first_row = first_row
        self._data_date = data_date
        self._month_first = month_first
        self._heading = [plain_words(text) for text in columns.headings]
        self._identity = [columns.fields[one] for one in _IDENTITY if one in columns.fields]
        self._identity += [
            at for at, kind in columns.personal.items() if kind in {"name", "national_insurance"}
        ]
        self._amounts = [one.column for one in columns.pay] + [
            columns.fields[f] for f in _AMOUNTS if f in columns.fields
        ]
        self._has_identity = self._mostly_filled(body)
        self._all: dict[int, Decimal] = {}
        self._marks: list[dict[int, Decimal]] = [{}]  # the sums so far at the start and at each total
        self._staff_seen = 0
        self.problems: list[Problem] = []

    def _mostly_filled(self, body: Sequence[Row]) -> bool:
        filled = [row for row in body if not all(map(is_blank, row))]
        named = sum(any(not is_blank(row[at]) for at in self._identity) for row in filled)
        return named * 2 > len(filled)

    def judge(self, at: int, row: Row) -> RowKind:
        """What the row is. Its reason is noted where it is set aside."""
        filled = [column for column, cell in enumerate(row) if not is_blank(cell)]
        if not filled:
            return RowKind.BLANK
        if self._repeats_heading(row, filled):
            return self._aside(at, row, filled, "repeated_heading", "the heading again")
        has_amount = any(not says_nothing(row[column]) for column in self._amounts)
        if self._is_total(row, filled, has_amount=has_amount):
            self._reconcile(at, row)
            self._marks.append(dict(self._all))
            return RowKind.TOTAL
        named = sum(column in filled for column in self._identity)
        if not has_amount and (len(filled) == 1 or (len(filled) == 2 and named < 2)):
            return self._aside(at, row, filled, "text_row", "a line of text, not a post")
        if self._has_left(row):
            return RowKind.LEAVER
        if not has_amount and not any(column in filled for column in self._identity):
            return self._aside(at, row, filled, "outside_table", "nothing in the columns that are read")
        if self._has_identity and not any(not is_blank(row[column]) for column in self._identity):
            return self._aside(
                at, row, filled, "unnamed_row", "figures with no title, grade, number or name beside them"
            )
        self._add(row)
        return RowKind.STAFF

    def _aside(self, at: int, row: Row, filled: list[int], code: str, reason: str) -> RowKind:
        column = next((one for one in filled if one not in self._columns.personal), None)
        shown = "" if column is None or code == "repeated_heading" else clean_text(row[column])[:_SHOWN]
        heading = "" if column is None else self._columns.headings[column]
        self.problems.append(Problem(code, self._first_row + at, heading, shown, reason, set_aside=True))
        return RowKind.SET_ASIDE

    def _repeats_heading(self, row: Row, filled: list[int]) -> bool:
        texts = [at for at in filled if isinstance(row[at], str)]
        if not any(self._is_own_heading(at, row[at]) for at in texts[:4]):
            return False
        same = sum(self._is_own_heading(at, row[at]) for at in texts)
        return same >= 2 and same * 2 > len(filled)

    def _is_own_heading(self, at: int, cell: Cell) -> bool:
        words = plain_words(clean_text(cell))
        return bool(words) and self._heading[at].endswith(words)

    def _is_total(self, row: Row, filled: list[int], *, has_amount: bool) -> bool:
        texts = self._first_texts(row, filled)
        if texts and len(texts) <= 2:
            for text in texts:
                if plain_words(text) in phrases("rows", "totals", "starts"):
                    return True
                if is_total_label(text) and (self._sums_match(row) or not self._looks_like_post(row)):
                    return True
        if has_amount and self._has_identity and not any(not is_blank(row[at]) for at in self._identity):
            return self._sums_match(row)
        return False

    @staticmethod
    def _first_texts(row: Row, filled: list[int]) -> list[str]:
        """Up to three cells of words: a total has one or two."""
        texts: list[str] = []
        for at in filled:
            cell = row[at]
            if isinstance(cell, str) and _is_words(cell):
                texts.append(clean_text(cell))
                if len(texts) > 2:
                    break
        return texts

    def _looks_like_post(self, row: Row) -> bool:
        """Whether a row that begins with a word for a total is a post all the same (a total quality manager)."""
        named = [at for at in self._identity if not is_blank(row[at])]
        priced = any(not says_nothing(row[one.column]) for one in self._columns.pay)
        return priced and (len(named) >= 2 or not self._has_identity)

    def _sums_match(self, row: Row) -> bool:
        """Whether a figure of the row is the sum of its column since some earlier total, or of all rows so far."""
        if self._staff_seen < 2:
            return False
        return any(
            value and self._is_sum(column, value)
            for column in self._amounts
            if (value := _number(row[column]))
        )

    def _is_sum(self, column: int, value: Decimal) -> bool:
        near = max(Decimal("0.011"), abs(value) / 100_000)
        whole = self._all.get(column, Decimal(0))
        return any(abs(whole - mark.get(column, Decimal(0)) - value) <= near for mark in self._marks)

    def _reconcile(self, at: int, row: Row) -> None:
        """A printed total of people or hours that is no sum of the rows above it is said, not mended."""
        # in a return with heads, hours and FTE are of one head and their totals are of all: another sum
        for field in ("heads",) if "heads" in self._columns.fields else ("fte", "hours"):
            column = self._columns.fields.get(field)
            value = None if column is None else _number(row[column])
            if column is not None and value and not self._is_sum(column, value):
                since = self._all.get(column, Decimal(0)) - self._marks[-1].get(column, Decimal(0))
                reason = f"the printed total is not the sum of the rows above it; since the last total they come to {since:f}"
                heading = self._columns.headings[column]
                self.problems.append(
                    Problem("total_disagrees", self._first_row + at, heading, clean_text(row[column]), reason)
                )

    def _add(self, row: Row) -> None:
        self._staff_seen += 1
        for column in self._amounts:
            value = _number(row[column])
            if value is not None:
                self._all[column] = self._all.get(column, Decimal(0)) + value

    def _has_left(self, row: Row) -> bool:
        fields = self._columns.fields
        status = fields.get("status")
        if status is not None and plain_words(clean_text(row[status])) in phrases("rows", "leavers", "words"):
            return True
        leaving = fields.get("leaving_date")
        if leaving is None or says_nothing(row[leaving]):
            return False
        try:
            day = read_day(row[leaving], month_first=self._month_first)
        except Unreadable:
            return plain_words(clean_text(row[leaving])) in {"yes", "y", "leaver", "left", "true"}
        return day is not None and day <= self._data_date


def forget_cells() -> None:
    """Let go of the cells seen: they may be names."""
    _number.cache_clear()
    _is_words.cache_clear()


def classify(
    columns: ColumnMap, body: Sequence[Row], *, first_row: int, data_date: date, month_first: bool
) -> Classified:
    """The kind of every row; ``first_row`` is the sheet's number of the first of them."""
    judge = RowJudge(columns, body, first_row=first_row, data_date=data_date, month_first=month_first)
    kinds = tuple(judge.judge(at, row) for at, row in enumerate(body))
    return Classified(kinds, tuple(judge.problems))


@lru_cache(maxsize=50_000, typed=True)
def _number(cell: Cell) -> Decimal | None:
    try:
        return read_number(cell)
    except Unreadable:
        return None


@lru_cache(maxsize=50_000)
def _is_words(cell: str) -> bool:
    return not says_nothing(cell) and _number(cell) is None
