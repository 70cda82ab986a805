"""Pay columns → one plan of how pay is read: which column, for what time, actual or full-time. Open meaning is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from operator import eq
from typing import Any

import numpy as np

from bargain.intake.coded import Coded, grouped, over
from bargain.intake.mapping import PLUS, ColumnMap, PayColumn
from bargain.intake.pay_headings import pay_heading
from bargain.intake.pay_questions import PayQuestions
from bargain.intake.pay_sizes import (
    cannot_be,
    ends_and_middle,
    in_other_money,
    may_be_thousands,
    may_group_by_point,
    period_by_size,
    too_many,
)
from bargain.intake.reading import MappingFile, PayKind, Period, Question
from bargain.intake.staff import Counted, StaffTable
from bargain.intake.words import has_phrase, longest_phrase, meanings, phrases, plain_words

_PART_TIME = Decimal("0.995")
_SAME = Decimal("0.01")
_ENOUGH_VOTES = 3
_CLEAR = Decimal("0.95")
_DECIDED = {
    Period.HOUR: {"pay_in_pence", "not_hourly_pay"},
    Period.YEAR: {"not_yearly_pay"},
}
_IN_WORDS = {
    Period.HOUR: "an hour",
    Period.DAY: "a day",
    Period.WEEK: "a week",
    Period.FORTNIGHT: "a fortnight",
    Period.FOUR_WEEKS: "four weeks",
    Period.MONTH: "a month",
    Period.YEAR: "a year",
}
_KIND_IN_WORDS = {PayKind.ACTUAL: ", as actually paid", PayKind.FULL_TIME: ", as full time would be paid"}
_TIERS = {"basic": 0, "plain": 1, "gross": 2}


@dataclass(frozen=True, slots=True)
class PayPlan:
    """How pay is read. ``periods`` is one a row (None: not known there); ``check`` a second column to compare with."""

    column: int
    heading: str
    periods: Coded[Period | None]
    kind: PayKind
    check: int | None = None
    check_heading: str = ""

    @property
    def says(self) -> str:
        """How pay was read, in words."""
        known = [one for one in _IN_WORDS if any(period is one for period, _count in self.periods.counted())]
        times = [_IN_WORDS[one] for one in known] or ["a time that is not known"]
        *most, last = times
        listed = f"{', '.join(most)} or {last}, row by row" if most else last
        of = "" if known == [Period.HOUR] else _KIND_IN_WORDS[self.kind]
        return f"“{self.heading}” is pay for {listed}{of}"


@dataclass(frozen=True, slots=True)
class PayAnswer:
    """The plan, or the questions that stand in its way."""

    plan: PayPlan | None
    questions: tuple[Question, ...] = ()


class PayPlanner:
    """Looks at the candidates for pay beside hours, FTE and points, and settles what they mean or asks."""

    def __init__(
        self,
        columns: ColumnMap,
        staff: StaffTable,
        counted: Counted,
        full_weeks: Coded[Decimal],
        *,
        mapping: MappingFile,
        file: str,
        sheet: str,
        weeks_y: Decimal,
        free: Callable[[], Mapping[int, Coded[Decimal | None]]],
    ) -> None:
        self._columns = columns
        self._staff = staff
        self._counted = counted
        self._mapping = mapping
        self._weeks_y = weeks_y
        self.questions = PayQuestions(columns, staff, file=file, sheet=sheet, free=free)
        self._shares = over(
            self._share, counted.fte, staff.all_numbers("hours"), full_weeks, staff.all_numbers("weeks")
        )

    def plan(self) -> PayAnswer:
        """The plan, or what must be asked first."""
        candidates = [one for one in self._columns.pay if self._has_values(one.column)]
        if "pay" in self._columns.also:
            return self._chosen(list(self._columns.pay))
        if not candidates:
            return PayAnswer(None, (self.questions.which_is_pay(),))
        basic = [one for one in candidates if one.says.tier in _TIERS]
        if not basic and not self._columns.pay_named:
            return PayAnswer(None, (self.questions.which_end(candidates),))
        basic = basic or candidates
        if all(one.says.tier == "gross" for one in basic) and not self._columns.pay_named:
            return PayAnswer(None, (self.questions.is_gross_basic(basic),))
        tier = min(_TIERS.get(one.says.tier, 0) for one in basic)
        best = self._without_copies([one for one in basic if _TIERS.get(one.says.tier, 0) == tier])
        return self._chosen(best)

    def _chosen(self, best: list[PayColumn]) -> PayAnswer:
        """Of several equal candidates: the full-time one beside the actual, the yearly beside the hourly; else ask."""
        main, check, rivals = best[0], None, best[1:]
        both = ""
        if "pay" in self._columns.also:
            rivals = []
        elif len(best) == 2:
            one, two = best
            kinds = {one.says.kind: one, two.says.kind: two}
            if one.says.period == two.says.period and PayKind.ACTUAL in kinds and len(kinds) == 2:
                check = kinds[PayKind.ACTUAL]
                main = two if check is one else one
                rivals = []
                if main.says.kind is None and not self._follows(main.column, check.column):
                    rivals = [check]
            elif one.says.period == two.says.period and self._follows(one.column, two.column):
                main, check, rivals = one, two, []
            elif one.says.period == two.says.period and self._follows(two.column, one.column):
                main, check, rivals = two, one, []
            elif Period.HOUR in {one.says.period, two.says.period} and one.says.period != two.says.period:
                main = one if one.says.period is Period.HOUR else two
                rivals = []
                other = two if main is one else one
                if self._filled(main.column) < self._filled(other.column) or self._fills_gaps(main, other):
                    rivals = [other]
                    both = PLUS.join((main.heading, other.heading)) if other.says.period else ""
        if rivals:
            return PayAnswer(None, (self.questions.which_of(best, both),))
        if self._of_ranges(main.column) and not self._mapping.pay_range:
            return PayAnswer(None, (self.questions.which_of_range(main),))
        periods, question = self._periods(main)
        if question is not None:
            return PayAnswer(None, (question,))
        kind, question = self._kind(main, check, periods)
        if question is not None:
            return PayAnswer(None, (question,))
        return PayAnswer(
            PayPlan(
                main.column, main.heading, periods, kind,
                None if check is None else check.column, "" if check is None else check.heading,
            )
        )  # fmt: skip

    # What the figures say

    def _values(self, column: int) -> Coded[Decimal | None]:
        return self._staff.pay[column].values

    def _has_values(self, column: int) -> bool:
        return self._of_ranges(column) or any(value for value, _count in self._values(column).counted())

    def _of_ranges(self, column: int) -> bool:
        """Whether a tenth or more of a column are ranges of pay, each in one cell."""
        there = self._staff.ranges.get(column)
        return there is not None and int(there.sum()) * 10 >= max(len(there), 1)

    def _filled(self, column: int) -> int:
        return sum(count for value, count in self._values(column).counted() if value)

    def _fills_gaps(self, main: PayColumn, other: PayColumn) -> bool:
        """Whether one row in fifty has its pay in the other column alone, as where some are salaried and some hourly."""
        gaps = ~self._values(main.column).mask(bool) & self._values(other.column).mask(bool)
        return int(gaps.sum()) * 50 >= max(len(gaps), 1)

    def _share(
        self, told: Decimal | None, hours: Decimal | None, full_week: Decimal, weeks: Decimal | None
    ) -> Decimal | None:
        """The share of full time of one person in the row, where the file tells."""
        if told is not None:
            return told
        if hours is None or not full_week:
            return None
        return hours / full_week * (1 if weeks is None else min(weeks / self._weeks_y, Decimal(1)))

    def _without_copies(self, candidates: list[PayColumn]) -> list[PayColumn]:
        kept: list[PayColumn] = []
        for one in candidates:
            if not any(_are_equal(self._values(one.column), self._values(other.column)) for other in kept):
                kept.append(one)
        return kept

    def _follows(self, full: int, actual: int) -> bool:
        """Whether ``actual`` is ``full`` × FTE within 1 % nearly everywhere, in rows that are part time."""
        agree = disagree = 0
        for (share, pay, paid), rows in _alike(self._shares, self._values(full), self._values(actual)):
            if share and pay and paid and share < _PART_TIME:
                if abs(pay * share - paid) <= _SAME * paid:
                    agree += rows
                else:
                    disagree += rows
        return agree >= _ENOUGH_VOTES and agree >= _CLEAR * (agree + disagree)

    # For what time

    def _periods(self, main: PayColumn) -> tuple[Coded[Period | None], Question | None]:
        by_row = self._staff.texts.get("pay_period")
        unknown = Coded[Period | None].same(None, len(self._staff))
        if not self._mapping.decimals and may_group_by_point(self._staff.pay_cells[main.column]):
            return unknown, self.questions.which_decimals(main)
        if by_row is not None and self._mapping.pay_period is None:
            told = by_row.map(lambda text: self._period_of(text) or main.says.period)
            if any(period for period, _count in told.counted()):
                question = self._about_word(main, told, by_row, least=10 if self._mapping.periods else 3)
                return told, question or self._if_implausible(main, told, by_row)
        period = self._mapping.pay_period or main.says.period
        ends = ends_and_middle(self._values(main.column))
        if (
            not self._mapping.pay_unit
            and self._mapping.pay_period is None
            and may_be_thousands(main.heading, ends, period)
        ):
            return unknown, self.questions.which_unit(main)
        if period is None and by_row is not None and len([one for one in by_row.occurring() if one]) > 1:
            by_word = self._about_word(main, unknown, by_row, least=len(unknown) + 1)
            if by_word is not None:  # words for times that differ by row go before what sizes seem to say
                return unknown, by_word
        if period is None:
            period = self._period_by_size(main)
        if period is None:
            return unknown, self.questions.for_what_time(main, "Pay in “{}” is for how long a time?")
        periods = self._with_others(period)
        if self._mapping.pay_period is not None and not self._mapping.remembered_from:
            return periods, None  # what was told for this very file is not doubted
        return periods, self._if_implausible(main, periods)

    def _with_others(self, period: Period) -> Coded[Period | None]:
        """One period everywhere but where pay is from a further column, which is for the time that its own heading says."""
        periods = Coded[Period | None].same(period, len(self._staff))
        for column, there in self._staff.pay_else.items():
            own = next(one.says.period for one in self._columns.pay if one.column == column)
            periods = over(
                lambda held, is_there, of=own: of if is_there else held, periods, Coded.of(there.tolist())
            )
        return periods

    def _about_word(
        self, main: PayColumn, told: Coded[Period | None], by_row: Coded[str], *, least: int
    ) -> Question | None:
        """What a word for the time of pay means, where it is not known and more than one row in ``least`` has it."""
        unsaid = ~told.mask(bool) & by_row.mask(bool) & self._values(main.column).mask(bool)
        counted = by_row.counted(unsaid)
        if int(unsaid.sum()) * least <= len(told) or not counted:
            return None
        word = max(counted, key=lambda one: one[1])[0]
        places = np.flatnonzero(unsaid & by_row.mask(partial(eq, word)))[:5].tolist()
        question = f"In rows marked “{word}”, pay in “{main.heading}” is for how long a time?"
        return self.questions.of_marked(main, word, question, places)

    def _period_of(self, text: str) -> Period | None:
        words = plain_words(text)
        told = {plain_words(word): period for word, period in self._mapping.periods.items()}
        if words in told:
            return told[words]
        found = longest_phrase(words, meanings("pay", "periods"))
        if found is not None:
            return Period(found[1])
        return Period.YEAR if words in {"salaried", "salary", "salaries"} else None

    def _period_by_size(self, main: PayColumn) -> Period | None:
        """An hour or a year, where the size of nearly all figures leaves no doubt; never for a column only named."""
        words = plain_words(main.heading)
        if pay_heading(words) is None or has_phrase(words, phrases("pay", "words", "piece")):
            return None
        ends = ends_and_middle(self._values(main.column))
        if ends is None or in_other_money(self._staff.pay_cells[main.column]):
            return None
        return period_by_size(ends)

    def _if_implausible(
        self, main: PayColumn, periods: Coded[Period | None], marked: Coded[str] | None = None
    ) -> Question | None:
        """A question where more than a tenth of what is called hourly, or yearly, cannot be that.

        ``marked`` is the file's own word for the period of each row, where it has such a column.
        """
        for period in _IN_WORDS:
            if any(one.check in _DECIDED.get(period, ()) for one in self._mapping.choices):
                continue  # what is to be done about such rows has been said
            if period not in _DECIDED and self._mapping.pay_period is not None:
                continue  # a month's pay of a size that was confirmed for the file before
            values = self._values(main.column)
            rows = periods.mask(partial(eq, period)) & values.mask(_above_nought)
            if marked is not None and period not in _DECIDED:
                rows &= ~marked.mask(lambda word: plain_words(word) in self._told_words)
            wrong = np.flatnonzero(rows & values.mask(partial(cannot_be, period))).tolist()
            if not too_many(period, len(wrong), int(rows.sum())):
                continue
            name = str(period).replace("_", " ").replace("four weeks", "four-week period")
            if marked is None:
                return self.questions.for_what_time(
                    main,
                    f"“{{}}” is said to be for one {name}, but its figures are not. What are they for?",
                )
            word = marked[wrong[0]]
            question = f"In rows marked “{word}” the figures in “{main.heading}” are not for one {name}. What are they for?"
            return self.questions.of_marked(main, word, question, wrong[:5])
        return None

    @cached_property
    def _told_words(self) -> frozenset[str]:
        return frozenset(map(plain_words, self._mapping.periods))

    # Actual or full-time

    def _kind(
        self, main: PayColumn, check: PayColumn | None, periods: Coded[Period | None]
    ) -> tuple[PayKind, Question | None]:
        """What the mapping or the heading says; else what the figures show; asked only where it matters."""
        if self._mapping.pay_kind is not None:
            return self._mapping.pay_kind, None
        if main.says.kind is not None:
            return main.says.kind, None
        if check is not None:
            return PayKind.FULL_TIME, None
        salaried = periods.mask(lambda period: period not in {None, Period.HOUR, Period.DAY})
        part_time = self._shares.mask(lambda share: share is not None and share < _PART_TIME)
        paid = self._counted.heads.mask(bool) & self._values(main.column).mask(bool)
        matters = np.flatnonzero(salaried & part_time & paid)[:5].tolist()
        if self._counted.counts_posts or not matters:
            return PayKind.FULL_TIME, None
        shown = self._shown_by_like_posts(main.column)
        if shown is not None:
            return shown, None
        return PayKind.ACTUAL, self.questions.which_kind(main, matters)

    def _shown_by_like_posts(self, column: int) -> PayKind | None:
        """Part-time staff beside full-time staff of the same title, grade and point: is their pay equal, or their share?"""
        full: dict[tuple[str, ...], set[Decimal]] = defaultdict(set)
        fields = ("employer", "grade", "point", "job_title")
        posts = [self._staff.all_texts(field) for field in fields]
        like_rows = list(_alike(*posts, self._shares, self._values(column)))
        for (*key, share, value), _rows in like_rows:
            if share is not None and share >= _PART_TIME and value:
                full[tuple(key)].add(value)
        actual = full_time = 0
        for (*key, share, value), rows in like_rows:
            if share and share < _PART_TIME and value:
                like = full.get(tuple(key), set())
                as_full = any(abs(value - one) <= one / 1000 for one in like)
                as_actual = any(abs(value / share - one) <= one / 200 for one in like)
                full_time += rows if as_full and not as_actual else 0
                actual += rows if as_actual and not as_full else 0
        votes = full_time + actual
        if votes < _ENOUGH_VOTES:
            return None
        if full_time >= _CLEAR * votes:
            return PayKind.FULL_TIME
        return PayKind.ACTUAL if actual >= _CLEAR * votes else None


def _alike(*columns: Coded[Any]) -> Iterable[tuple[tuple[Any, ...], int]]:
    """The values that stand together in a row, each combination once with the number of its rows."""
    codes, firsts = grouped(columns)
    sizes = np.bincount(codes, minlength=len(firsts)).tolist()
    picked = [[column.distinct[code] for code in column.codes[firsts].tolist()] for column in columns]
    return zip(zip(*picked, strict=True), sizes, strict=True)


def _above_nought(value: Decimal | None) -> bool:
    return value is not None and value > 0


def _are_equal(one: Coded[Any], other: Coded[Any]) -> bool:
    return all(a == b for (a, b), _rows in _alike(one, other))
