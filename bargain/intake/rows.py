"""Every row under the heading is one thing: staff, a total, a leaver, set aside, or blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache, partial
from typing import cast

import numpy as np
from numpy.typing import NDArray

from bargain.intake.choices import Chosen
from bargain.intake.coded import Coded, Mask
from bargain.intake.csv_columns import Texts
from bargain.intake.mapping import ColumnMap
from bargain.intake.reading import Do, MappingFile, Period, Problem, RowKind
from bargain.intake.tables import Cell, Cells, Row, Rows, blanks, clean_text, is_blank
from bargain.intake.values import (
    Unreadable,
    ends_as_summary,
    is_total_label,
    may_name_total,
    names_summary,
    read_day,
    read_number,
    says_nothing,
)
from bargain.intake.words import phrases, plain_words

_IDENTITY = ("job_title", "grade", "point", "staff_number", "employer", "contract", "sex", "start_date")
_AMOUNTS = ("heads", "heads_female", "heads_male", "fte", "hours", "weeks")
_SHOWN = 60
PLACES = 100
_NUMBERED = 3
_FILLED, _FILLED_OF = 1, 2  # what half of the rows have, a total or a sub-total lacks
_SUMMED = {
    Period.WEEK,
    Period.FORTNIGHT,
    Period.FOUR_WEEKS,
    Period.MONTH,
    Period.YEAR,
}  # nobody adds up hourly rates
_KINDS = list(RowKind)


@dataclass(frozen=True, slots=True)
class Classified:
    """The kind of each row under the heading, and why rows were set aside."""

    kinds: Coded[RowKind]
    problems: tuple[Problem, ...]


class RowJudge:
    """Judges doubtful rows in order; knows the sums since each total, so that totals without a label are found.

    ``plain`` says which rows are staff beyond doubt: they are not judged one by one, only added up.
    """

    def __init__(
        self,
        columns: ColumnMap,
        body: Rows,
        looks: _Looks,
        *,
        first_row: int,
        data_date: date,
        month_first: bool,
        chosen: Chosen,
        is_left: Callable[[Cell], bool],
    ) -> None:
        self._chosen = chosen
        self._is_left = is_left
        self._columns = columns
        self._body = body
        self._first_row = first_row
        self._data_date = data_date
        self._month_first = month_first
        self._looks = looks
        self._heading = [plain_words(text) for text in columns.headings]
        self._identity = looks.identity
        self._amounts = looks.amounts
        self._has_identity = looks.has_identity
        self._plain = looks.plain_staff
        self._added_to = 0
        self._values = {at: body.columns[at].map(_number) for at in self._amounts}
        self._all: dict[int, Decimal] = {}
        self._marks: list[dict[int, Decimal]] = [{}]  # the sums so far at the start and at each total
        self._staff_seen = 0
        self.problems: list[Problem] = []

    def _catch_up(self, at: int) -> None:
        """Add up the plain rows of staff before this one."""
        if at <= self._added_to:
            return
        there = self._plain[self._added_to : at]
        for column, values in self._values.items():
            codes = values.codes[self._added_to : at][there]
            if len(codes) > len(values.distinct) // 8:
                counts = np.bincount(codes, minlength=len(values.distinct))
                found = [(int(code), int(counts[code])) for code in np.flatnonzero(counts)]
            else:
                found = [(code, 1) for code in codes.tolist()]
            for code, count in found:
                value = values.distinct[code]
                if value is not None:
                    self._all[column] = self._all.get(column, Decimal(0)) + value * count
        self._staff_seen += int(there.sum())
        self._added_to = at

    def judge(self, at: int, row: Row) -> RowKind:
        """What the row is. Its reason is noted where it is set aside."""
        self._catch_up(at)
        self._added_to = at + 1
        filled = [column for column, cell in enumerate(row) if not is_blank(cell)]
        if self._repeats_heading(row, filled):
            return self._aside(at, row, filled, "repeated_heading", "the heading again")
        if any(is_example(row[column]) for column in self._identity):
            return self._aside(at, row, filled, "example_row", "the template's example, not a post")
        if self._is_summary(row, filled):
            kind = self._aside(at, row, filled, "summary_row", "an average, a count or the like, not a post")
            if kind is RowKind.SET_ASIDE:
                return kind
        if _numbers_columns(row, filled):
            return self._aside(at, row, filled, "text_row", "the columns numbered, not a post")
        if self._is_vacant(row):
            kind = self._aside(at, row, filled, "vacant_row", "a vacant post, which nobody is paid for")
            if kind is RowKind.SET_ASIDE:
                return kind
        has_amount = any(not says_nothing(row[column]) for column in self._amounts)
        if self._is_total(row, filled, has_amount=has_amount):
            return self._total(at, row, filled)
        named = sum(column in filled for column in self._identity)
        if not has_amount and (len(filled) == 1 or (len(filled) == 2 and named < 2)):
            return self._aside(at, row, filled, "text_row", "a line of text, not a post")
        if self._has_left(row) and not self._chosen.keeps("leaver_row"):
            return RowKind.LEAVER
        knows_columns = bool(self._identity or self._amounts)  # else the headings are in words we do not know
        if knows_columns and not has_amount and not any(column in filled for column in self._identity):
            return self._aside(at, row, filled, "outside_table", "nothing in the columns that are read")
        if self._has_identity and not any(not is_blank(row[column]) for column in self._identity):
            kind = self._aside(
                at, row, filled, "unnamed_row", "figures with no title, grade, number or name beside them"
            )
            if kind is RowKind.SET_ASIDE:
                return kind
        self._add(row)
        return RowKind.STAFF

    def _aside(self, at: int, row: Row, filled: list[int], code: str, reason: str) -> RowKind:
        column = next((one for one in filled if one not in self._columns.personal), None)
        shown = "" if column is None or code == "repeated_heading" else clean_text(row[column])[:_SHOWN]
        heading = "" if column is None else self._columns.headings[column]
        kept = self._chosen.keeps(code, shown)
        done = Do.KEEP if kept else None
        self.problems.append(
            Problem(code, self._first_row + at, heading, shown, reason, set_aside=not kept, done=done)
        )
        return RowKind.STAFF if kept else RowKind.SET_ASIDE

    def _total(self, at: int, row: Row, filled: list[int]) -> RowKind:
        """A total is held against its rows; where totals are kept, it is staff like any other row."""
        label = next((text for _at, text in self._first_texts(row, filled)), "")[:_SHOWN]
        kept = self._chosen.keeps("total_row", label)
        reason = (
            "read as staff, though it looks like a total"
            if kept
            else "a total, so it is not counted as staff"
        )
        self.problems.append(
            Problem("total_row", self._first_row + at, "", label, reason, done=Do.KEEP if kept else None)
        )
        if kept:
            self._add(row)
            return RowKind.STAFF
        self._reconcile(at, row)
        self._marks.append(dict(self._all))
        return RowKind.TOTAL

    def _repeats_heading(self, row: Row, filled: list[int]) -> bool:
        texts = [at for at in filled if isinstance(row[at], str)]
        if not any(self._is_own_heading(at, row[at]) for at in texts[:4]):
            return False
        same = sum(self._is_own_heading(at, row[at]) for at in texts)
        return same >= 2 and same * 2 > len(filled)

    def _is_own_heading(self, at: int, cell: Cell) -> bool:
        words = plain_words(clean_text(cell))
        return bool(words) and self._heading[at].endswith(words)

    def _is_vacant(self, row: Row) -> bool:
        """Whether anything where the post, its holder or its status stands says that nobody holds it."""
        status = self._columns.fields.get("status")
        places = self._identity if status is None else [*self._identity, status]
        return any(is_vacant(row[at]) for at in places) or any(
            begins_as_vacant(row[at]) for at in self._looks.names
        )

    def _is_summary(self, row: Row, filled: list[int]) -> bool:
        """Whether the row is an average, a count or the like. Names that people have say so only where no post is named."""
        bare = self._looks.is_bare(row)
        for at in filled:
            text = clean_text(row[at]) if isinstance(row[at], str) else ""
            if not text or not (at in self._identity or at == filled[0]):
                continue
            is_name = at in self._looks.names and not bare
            if names_summary(text, is_name=is_name) and (bare or not self._named_beside(row, at)):
                return True
            if bare and ends_as_summary(text) and not _ends_as_job(text):
                return True
        return False

    def _named_beside(self, row: Row, label: int) -> bool:
        """Whether something other than the employer names a post beside the cell of a label."""
        employer = self._columns.fields.get("employer")
        return any(not is_blank(row[at]) for at in self._identity if at not in {label, employer})

    def _is_total(self, row: Row, filled: list[int], *, has_amount: bool) -> bool:
        texts = self._first_texts(row, filled)
        if texts and len(texts) <= 2:
            for at, text in texts:
                if plain_words(text) in phrases("rows", "totals", "starts"):
                    if at in self._looks.names and self._named_beside(row, at):  # a surname, such as Sum
                        return self._sums_match(row)
                    return True
                in_place = at in self._identity or at == filled[0]
                if (
                    in_place
                    and may_name_total(text)
                    and (self._sums_match(row) or not self._looks_like_post(row))
                ):
                    return True
                least = 2 if _ends_as_job(text) else 1  # one figure may be a sum by chance
                if is_total_label(text) and (
                    self._sums_match(row, least=least) or not self._looks_like_post(row)
                ):
                    return True
        if has_amount and self._has_identity and not any(not is_blank(row[at]) for at in self._identity):
            return self._sums_match(row)
        # whatever it is called: what nearly every post has is missing, and the figures are sums
        return has_amount and len(texts) <= 2 and self._looks.is_bare(row) and self._sums_match(row, least=2)

    @staticmethod
    def _first_texts(row: Row, filled: list[int]) -> list[tuple[int, str]]:
        """Up to three cells of words, each with its column: a total has one or two."""
        texts: list[tuple[int, str]] = []
        for at in filled:
            cell = row[at]
            if isinstance(cell, str) and _is_words(cell):
                texts.append((at, clean_text(cell)))
                if len(texts) > 2:
                    break
        return texts

    def _looks_like_post(self, row: Row) -> bool:
        """Whether a row that begins with a word for a total is a post all the same (a total quality manager)."""
        named = [at for at in self._identity if not is_blank(row[at])]
        priced = any(not says_nothing(row[one.column]) for one in self._columns.pay)
        is_job = any(_ends_as_job(clean_text(row[at])) for at in named)
        return priced and (len(named) >= 2 or not self._has_identity or is_job)

    def _sums_match(self, row: Row, *, least: int = 1) -> bool:
        """Whether figures of the row are sums of their columns since some earlier total, or of all rows so far."""
        if self._staff_seen < 2:
            return False
        values = [(column, _number(row[column])) for column in self._amounts]
        return (
            sum(bool(value) and self._is_sum(column, value or Decimal(0)) for column, value in values)
            >= least
        )

    def _is_sum(self, column: int, value: Decimal) -> bool:
        near = max(Decimal("0.011"), abs(value) / 100_000)
        whole = self._all.get(column, Decimal(0))
        return any(abs(whole - mark.get(column, Decimal(0)) - value) <= near for mark in self._marks)

    def _reconcile(self, at: int, row: Row) -> None:
        """A printed total of people, hours or pay that is no sum of the rows above it is said, not mended."""
        # in a return with heads, hours, FTE and pay are of one head and their totals are of all: another sum
        fields = ("heads",) if "heads" in self._columns.fields else ("fte", "hours")
        columns = [self._columns.fields[one] for one in fields if one in self._columns.fields]
        if "heads" not in self._columns.fields and "pay_period" not in self._columns.fields:
            columns += [one.column for one in self._columns.pay if one.says.period in _SUMMED]
        for column in columns:
            value = _number(row[column])
            if value and not self._is_sum(column, value) and not self._is_mean(column, value):
                since = self._all.get(column, Decimal(0)) - self._marks[-1].get(column, Decimal(0))
                reason = f"the printed total is not the sum of the rows above it; since the last total they come to {since:f}"
                heading = self._columns.headings[column]
                self.problems.append(
                    Problem("total_disagrees", self._first_row + at, heading, clean_text(row[column]), reason)
                )

    def _is_mean(self, column: int, value: Decimal) -> bool:
        """Whether a figure is nearer to an average of the column than to its sum."""
        return abs(value) * max(self._staff_seen, 1) < 2 * abs(self._all.get(column, Decimal(0)))

    def _add(self, row: Row) -> None:
        self._staff_seen += 1
        for column in self._amounts:
            value = _number(row[column])
            if value is not None:
                self._all[column] = self._all.get(column, Decimal(0)) + value

    def _has_left(self, row: Row) -> bool:
        fields = self._columns.fields
        status, leaving = fields.get("status"), fields.get("leaving_date")
        return (status is not None and self._is_left(row[status])) or (
            leaving is not None and _left_by(row[leaving], self._data_date, month_first=self._month_first)
        )


def is_vacant(cell: Cell) -> bool:
    """Whether a cell says that nobody holds the post."""
    return (
        isinstance(cell, str)
        and len(cell) < _SHOWN
        and plain_words(cell) in phrases("rows", "vacant", "words")
    )


def begins_as_vacant(cell: Cell) -> bool:
    """Whether what stands in the place of a name begins as nobody's: ``Vacant – out to advert``."""
    if not isinstance(cell, str) or len(cell) >= _SHOWN:
        return False
    words = f"{plain_words(cell)} "
    return any(words.startswith(f"{one} ") for one in phrases("rows", "vacant", "starts"))


def _numbers_columns(row: Row, filled: list[int]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 and so on."""
    figures = [_number(row[at]) for at in filled]
    first = figures[0] if figures else None
    return len(figures) >= 3 and first in {0, 1} and figures == [first + at for at in range(len(figures))]


def _ends_as_job(text: str) -> bool:
    words = plain_words(text)
    return any(words.endswith(f" {job}") for job in phrases("rows", "totals", "jobs"))


def is_example(cell: Cell) -> bool:
    """Whether a cell says that its row only shows how the template is filled in."""
    return (
        isinstance(cell, str)
        and len(cell) <= _SHOWN
        and plain_words(cell) in phrases("rows", "example", "words")
    )


def _says_nobody(cell: Cell) -> bool:
    """Whether a cell says that its row is nobody's; nearly all texts are told apart by lacking the longest words."""
    if not isinstance(cell, str) or (cell.isascii() and not _nobodys_words().search(cell)):
        return False
    return is_vacant(cell) or is_example(cell)


@cache
def _nobodys_words() -> re.Pattern[str]:
    """The longest word of every phrase that says so."""
    known = [*phrases("rows", "vacant", "words"), *phrases("rows", "example", "words")]
    longest = {max(phrase.split(), key=len) for phrase in known}
    return re.compile("|".join(map(re.escape, sorted(longest))), re.IGNORECASE)


def says_left(cell: Cell) -> bool:
    """Whether a status says that somebody has left."""
    return plain_words(clean_text(cell)) in phrases("rows", "leavers", "words")


def says_staff(text: str) -> bool | None:
    """True for a status of people in post, False for leavers; None where the word is not known."""
    words = plain_words(text)
    if words in phrases("rows", "leavers", "words"):
        return False
    return True if words in phrases("rows", "staff", "words") else None


def _left_test(told: Mapping[str, str]) -> Callable[[Cell], bool]:
    """What says that somebody has left: the file's own words where they were told, else the words we know."""
    known = {plain_words(word): ours for word, ours in told.items()}

    def is_left(cell: Cell) -> bool:
        ours = known.get(plain_words(clean_text(cell)))
        return says_left(cell) if ours is None else ours == "leaver"

    return is_left if known else says_left


def _left_by(cell: Cell, data_date: date, *, month_first: bool) -> bool:
    """Whether a leaving date is not after the data date; a plain yes counts too."""
    if says_nothing(cell):
        return False
    try:
        day = read_day(cell, month_first=month_first)
    except Unreadable:
        return plain_words(clean_text(cell)) in {"yes", "y", "leaver", "left", "true"}
    return day is not None and day <= data_date


class _Looks:
    """Which rows are blank, or staff or leavers beyond doubt, told column by column."""

    def __init__(
        self,
        columns: ColumnMap,
        body: Rows,
        *,
        data_date: date,
        month_first: bool,
        is_left: Callable[[Cell], bool],
    ) -> None:
        self.identity = [columns.fields[one] for one in _IDENTITY if one in columns.fields]
        self.identity += [
            at for at, kind in columns.personal.items() if kind in {"name", "national_insurance"}
        ]
        self.amounts = [one.column for one in columns.pay] + [
            columns.fields[f] for f in _AMOUNTS if f in columns.fields
        ]
        self.amounts += [at for places in columns.also.values() for at in places if at not in self.amounts]
        size = len(body)
        empty = np.zeros(size, dtype=np.bool_)
        filled = [~blanks(column) for column in body.columns]
        self.counts = np.zeros(size, dtype=np.int16)
        for one in filled:
            self.counts += one
        self.blank: Mask = self.counts == 0
        named = empty.copy()
        for at in self.identity:
            named |= filled[at]
        self.has_identity = int(named.sum()) * 2 > size - int(self.blank.sum())
        has_amount = empty.copy()
        for at in self.amounts:
            has_amount |= ~body.columns[at].mask(says_nothing)
        self.names = [at for at, kind in columns.personal.items() if kind == "name"]
        there = ~self.blank
        self._usual = [
            at for at in self.identity if int(filled[at].sum()) * _FILLED_OF >= int(there.sum()) * _FILLED
        ]
        bare = empty.copy()
        for at in self._usual:
            bare |= ~filled[at]
        doubtful = self._like_heading(columns, body) | ~has_amount | (bare & there)
        doubtful[:_NUMBERED] = True  # the columns may be numbered under their headings
        for column in body.columns:
            doubtful |= _total_like(column)
        for at in self.identity:
            # with the last letters of these phrases, which many texts lack
            doubtful |= _where(body.columns[at], "tydg", _says_nobody)
        if self.has_identity:
            doubtful |= ~named
        left = empty.copy()
        status, leaving = columns.fields.get("status"), columns.fields.get("leaving_date")
        if status is not None:
            left |= body.columns[status].mask(is_left)
        if leaving is not None:
            left |= body.columns[leaving].mask(
                lambda cell: _left_by(cell, data_date, month_first=month_first)
            )
        self.plain_left: Mask = ~doubtful & ~self.blank & left
        self.plain_staff: Mask = ~doubtful & ~self.blank & ~left

    def is_bare(self, row: Row) -> bool:
        """Whether the row lacks something that names nearly every other: a title, a number, a name."""
        return any(is_blank(row[at]) for at in self._usual)

    def _like_heading(self, columns: ColumnMap, body: Rows) -> Mask:
        """Rows in which most cells are as their own headings."""
        same = np.zeros(len(body), dtype=np.int16)
        for at, column in enumerate(body.columns):
            heading = plain_words(columns.headings[at])
            size = max(len(heading) * 3, 40)  # a longer text is not the heading, however it is written
            if heading:
                same += _where(column, heading[-1], partial(_is_heading, heading, size))
        return (same >= 2) & (same * 2 > self.counts)


def forget_cells() -> None:
    """Let go of the cells seen: they may be names."""
    _number.cache_clear()
    _is_words.cache_clear()


def classify(
    columns: ColumnMap,
    body: Rows,
    *,
    first_row: int,
    data_date: date,
    month_first: bool,
    mapping: MappingFile | None = None,
) -> Classified:
    """The kind of every row; ``first_row`` is the sheet's number of the first of them."""
    mapping = mapping or MappingFile()
    chosen, is_left = Chosen(mapping.choices), _left_test(mapping.words.get("status", {}))
    looks = _Looks(columns, body, data_date=data_date, month_first=month_first, is_left=is_left)
    judge = RowJudge(
        columns, body, looks, first_row=first_row, data_date=data_date, month_first=month_first,
        chosen=chosen, is_left=is_left,
    )  # fmt: skip
    kinds = np.full(len(body), _KINDS.index(RowKind.STAFF), dtype=np.int8)
    kinds[looks.blank] = _KINDS.index(RowKind.BLANK)
    if not chosen.keeps("leaver_row"):
        kinds[looks.plain_left] = _KINDS.index(RowKind.LEAVER)
    for at in np.flatnonzero(~(looks.blank | looks.plain_left | looks.plain_staff)).tolist():
        kinds[at] = _KINDS.index(judge.judge(at, body[at]))
    left = np.flatnonzero(kinds == _KINDS.index(RowKind.LEAVER))
    if len(left):
        judge.problems.append(_leavers(left + first_row, columns))
    return Classified(Coded(kinds.astype(np.int32), _KINDS), tuple(judge.problems))


def _leavers(rows: NDArray[np.int64], columns: ColumnMap) -> Problem:
    """All leavers as one finding, with the first of them."""
    field = "status" if "status" in columns.fields else "leaving_date"
    heading = columns.headings[columns.fields[field]]
    reason = f"{len(rows):,} × somebody who has left, so not counted as staff; this is the first"
    return Problem(
        "leaver_row", int(rows[0]), heading, "", reason, rows=len(rows), places=tuple(rows[:PLACES].tolist())
    )


def _where(column: Coded[Cell], endings: str, test: Callable[[Cell], bool]) -> Mask:
    """Where a test holds that only texts which end in one of these letters can pass, whatever signs follow them."""
    texts = column.distinct
    if not isinstance(texts, Texts | Cells):
        return column.mask(test)
    flags = np.zeros(len(texts), dtype=np.bool_)
    places = np.flatnonzero(texts.may_end_with(endings))
    flags[places] = [bool(test(text)) for text in texts.some(places)]
    return flags.take(column.codes)


def _is_heading(heading: str, size: int, cell: Cell) -> bool:
    """Whether a cell is the end of this heading again."""
    if not isinstance(cell, str) or len(cell) > size:
        return False
    words = plain_words(clean_text(cell))
    return bool(words) and heading.endswith(words)


_LETTERS_OF_TOTAL = 2
_SHORT_TOTAL = re.compile(r"(?m)^[^a-z0-9\n]*[cb][^a-z0-9\n]*f[^a-z0-9\n]*$")


@lru_cache(maxsize=1)
def _stems() -> tuple[str, ...]:
    """The longest word of each label of a row that is no post: what a text must hold to be one."""
    known = {
        *phrases("rows", "totals", "starts"), *phrases("rows", "totals", "ends"), *phrases("rows", "totals", "weak"),
        *phrases("rows", "summary", "words"), *phrases("rows", "summary", "names"), *phrases("rows", "summary", "ends"),
        *phrases("rows", "vacant", "starts"),
    }  # fmt: skip
    words = {max(one.split(), key=len) for one in known}
    words = {one for one in words if len(one) > 1}
    return tuple(one for one in words if not any(other in one and other != one for other in words))


def _total_like(column: Coded[Cell]) -> Mask:
    """Where a column holds a label of a row that is no post. Of many texts only those with such a word are looked at."""
    texts = column.distinct
    flags = np.zeros(len(texts), dtype=np.bool_)
    places: Sequence[int]
    if isinstance(texts, Texts):
        lettered = np.flatnonzero(texts.letters >= _LETTERS_OF_TOTAL)
        places, words = lettered.tolist(), texts.some(lettered)
    else:
        places = [at for at, text in enumerate(texts) if isinstance(text, str)]
        words = [cast("str", texts[at]) for at in places]
    words = [word.replace("\n", " ") for word in words]
    likely: Sequence[int] = range(len(words))
    if len(words) > 1_000:
        likely = _with_stems(words)
    for at in likely:
        flags[places[at]] = _labels(clean_text(words[at]))
    return cast("Mask", flags.take(column.codes))


def _labels(text: str) -> bool:
    """Whether a text may label a total, an average or the like, or a post that nobody holds."""
    return (
        is_total_label(text)
        or may_name_total(text)
        or names_summary(text, is_name=False)
        or ends_as_summary(text)
        or begins_as_vacant(text)
    )


def _with_stems(words: Sequence[str]) -> Sequence[int]:
    """Which of many texts hold a word for a total, or letters beyond ASCII that may stand for one."""
    lines = "\n".join(words).lower().replace("'", "").replace("’", "")
    places = {match.start() for match in _SHORT_TOTAL.finditer(lines)}
    for stem in _stems():
        at = lines.find(stem)
        while at >= 0:
            places.add(at)
            at = lines.find(stem, at + 1)
    found = {at for at, word in enumerate(words) if not word.isascii()} if not lines.isascii() else set()
    if places:
        breaks = np.flatnonzero(np.frombuffer(lines.encode("utf-32-le"), np.uint32) == ord("\n"))
        found |= set(np.searchsorted(breaks, sorted(places)).tolist())
    return sorted(found)


@lru_cache(maxsize=50_000, typed=True)
def _number(cell: Cell) -> Decimal | None:
    try:
        return read_number(cell)
    except Unreadable:
        return None


@lru_cache(maxsize=50_000)
def _is_words(cell: str) -> bool:
    return not says_nothing(cell) and _number(cell) is None
