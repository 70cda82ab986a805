"""Which columns of a statement are read, and whose and of which year each is; what has to be asked of that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bargain.intake.accounts_dates import read_year_end, settled_dates, year_end_above
from bargain.intake.accounts_gathered import Gathered
from bargain.intake.accounts_heads import (
    Head,
    bears_company_word,
    days_in,
    is_bare_total,
    parts_of_year,
    read_heads,
)
from bargain.intake.accounts_mapping import EMPLOYERS, HEADS, PARTS, AccountsMapping
from bargain.intake.accounts_statement import Statement, facts_rows, figure
from bargain.intake.reading import Question
from bargain.intake.tables import Cell, Row, SheetTable, clean_text, column_letters
from bargain.intake.values import says_nothing
from bargain.intake.words import phrases, plain_words
from models.issues import UnusableInput

_DATE_TEXT = re.compile(r"\b\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}\b")
_ONE_OF_TWO = {"group", "consolidated", "company", "parent", "parent company", "the group", "the company"}
_DAYS_IN_MONTH = 30.44
_MOST_FILLED_BOTH = 0.3  # of the rows of two columns of one year, one for details and one for totals


@dataclass(frozen=True, slots=True)
class Part:
    """Figures of one employer's year: ``places`` are columns whose first filled cell counts, or all that are ``added``.

    ``employer`` is blank where the column does not say whose it is; ``months`` is the length of its period.
    """

    head: Head
    places: tuple[int, ...]
    employer: str = ""
    year_end: date | None = None
    months: int | None = None
    is_added: bool = False

    @property
    def of(self) -> tuple[str, date | None, str]:
        """Whose and of which year it is, as far as that is known yet."""
        return self.employer, self.year_end, "" if self.year_end else clean_text(self.head.year)

    @property
    def where(self) -> str:
        """Its columns by their letters."""
        return "+".join(column_letters(at) for at in self.places)


@dataclass(slots=True)
class Plan:
    """The parts of a statement; ``left`` are columns that are not read, ``total`` one that says it is all others' sum."""

    parts: list[Part]
    left: list[Head]
    total: Head | None = None


class Planner:
    """Takes the heads of one statement apart."""

    def __init__(
        self, table: SheetTable, statement: Statement, mapping: AccountsMapping, gathered: Gathered
    ) -> None:
        self._table = table
        self._at = statement
        self._mapping = mapping
        self._gathered = gathered
        self._facts = facts_rows(table, statement)
        self.rows_above: list[Row] = list(table.rows[: statement.start])

    def plan(self) -> Plan:
        """What is read of which column. What is open is asked; then the plan is not to be used."""
        is_month_first = self._settle_order()
        heads = read_heads(self._at.heads, month_first=is_month_first)
        if any(one.is_debit for one in heads):
            raise UnusableInput(
                f"{self._table.file}, sheet {self._table.sheet}: figures stand under Debit and Credit, as in a trial balance. "
                "Ask for the profit and loss account with its sub-totals."
            )
        heads = tuple(self._named_in_rows(one) for one in heads)
        plan = Plan([], [one for one in heads if one.is_skipped])
        kept = self._merged([one for one in heads if not one.is_skipped])
        kept = self._without_funds(kept, plan)
        kept = self._without_hidden(kept, plan)
        kept = self._settle_names(kept, plan)
        kept = self._settle_parts_of_year(kept, plan)
        plan.parts = self._one_of_a_year(self._with_years(kept, is_month_first), plan)
        return plan

    def _ask(self, question: Question) -> None:
        if question.key not in {one.key for one in self._gathered.questions}:
            self._gathered.questions.append(question)

    # Names and years in the heads

    def _settle_order(self) -> bool:
        """Whether the month comes first in dates that are texts; asked where they read both ways."""
        texts: list[Cell] = [
            found
            for row in self.rows_above
            for cell in row
            if isinstance(cell, str) and len(cell) < 300
            for found in _DATE_TEXT.findall(cell)
        ]
        texts += [cell for cell in self._row_of("year_end").values() if isinstance(cell, str)]
        is_month_first, asked = settled_dates(texts, self._mapping, sheet=self._table.sheet)
        for one in asked:
            if one.key == "dates.order":
                self._ask(one)
        return is_month_first

    def _row_of(self, kind: str) -> dict[int, Cell]:
        """The cells of the line that gives employers, year ends or months, by column."""
        row = self._facts.get(kind)
        return {} if row is None else {at: row[at] for at in self._at.figures}

    def _named_in_rows(self, head: Head) -> Head:
        """A head with what lines of the table say of its column: employer, year end, months."""
        name = clean_text(self._row_of("employer").get(head.column))
        day = self._row_of("year_end").get(head.column)
        months = figure(self._row_of("months").get(head.column))
        if name:
            head = replace(head, name=name, is_total=False, is_fund=False, is_skipped=False)
        if not says_nothing(day):
            taken = read_heads({head.column: (day,)}, month_first=self._mapping.date_order == "month_first")[
                0
            ]
            head = replace(head, day=taken.day, year=taken.year)
        return head if months is None else replace(head, months=int(months))

    def _merged(self, heads: Sequence[Head]) -> list[tuple[Head, tuple[int, ...]]]:
        """Two columns under one year, one for details and one for their totals, are one."""
        kept: list[tuple[Head, tuple[int, ...]]] = []
        for one in heads:
            if kept:
                before, places = kept[-1]
                same = (one.name, one.period) == (before.name, before.period) or not (
                    one.name or one.day or one.year or one.is_total
                )
                if same and self._are_one(places[-1], one.column):
                    kept[-1] = before, (*places, one.column)
                    continue
                if same and one.text == before.text and before.text:
                    raise UnusableInput(
                        f"{self._table.file}, sheet {self._table.sheet}: two columns are headed “{one.text}” and differ. Rename "
                        "the one that is not meant, save the file and read it again."
                    )
            kept.append((one, (one.column,)))
        return kept

    def _are_one(self, left: int, right: int) -> bool:
        either = both = 0
        for row in self._table.rows[self._at.start :]:
            filled = (figure(row[left]) is not None) + (figure(row[right]) is not None)
            either += filled > 0
            both += filled == 2
        return either > 0 and both <= _MOST_FILLED_BOTH * either

    # Which are read

    def _without_funds(
        self, kept: list[tuple[Head, tuple[int, ...]]], plan: Plan
    ) -> list[tuple[Head, tuple[int, ...]]]:
        """Charities show restricted and unrestricted funds apart and together: what is together is read."""
        funds = [one for one in kept if one[0].is_fund and not one[0].is_total]
        rest = [one for one in kept if one not in funds]
        if not funds or not rest or not any("restricted" in plain_words(one[0].text) for one in funds):
            return kept
        plan.left += [head for head, _ in funds]
        self._gathered.notes.append(
            f"Of the funds, the column “{rest[0][0].text}” is read, which is all of them"
        )
        return [(replace(head, name="", is_total=False), places) for head, places in rest]

    def _without_hidden(
        self, kept: list[tuple[Head, tuple[int, ...]]], plan: Plan
    ) -> list[tuple[Head, tuple[int, ...]]]:
        hidden = [one for one in kept if set(one[1]) <= self._table.hidden_columns]
        if hidden and not self._mapping.hidden:
            self._ask(
                Question(
                    "sheet.hidden",
                    self._table.sheet,
                    f"Columns are hidden that hold accounts (the first is {column_letters(hidden[0][1][0])}). Are they read?",
                    ("include", "leave_out"),
                )
            )
        if self._mapping.hidden != "leave_out":
            return kept
        plan.left += [head for head, _ in hidden]
        return [one for one in kept if one not in hidden]

    def _settle_names(
        self, kept: list[tuple[Head, tuple[int, ...]]], plan: Plan
    ) -> list[tuple[Head, tuple[int, ...]]]:
        """Whether named columns are employers or parts of one; a column of their total is not read beside employers."""
        totals = [one for one in kept if is_bare_total(one[0]) and len(kept) > 1]
        named = [one for one in kept if one not in totals]
        names = list(dict.fromkeys(head.name for head, _ in named if head.name))
        if not names:
            with_years = [one for one in named if one[0].day or one[0].year]
            if totals and with_years and not parts_of_year([head for head, _ in named]):
                plan.left += [head for head, _ in totals]
                return named
            return kept
        if {plain_words(name) for name in names} <= _ONE_OF_TWO:
            return [
                (replace(head, name="" if "group" not in plain_words(head.name) and "consolidated" not in plain_words(head.name) else "Group"), places)
                for head, places in named
            ]  # fmt: skip
        if self._says_heads(names) == EMPLOYERS:
            plan.left += [head for head, _ in totals]
            plan.total = totals[0][0] if totals and len(totals) == 1 else None
            return named
        return self._together(named, totals, plan)

    def _says_heads(self, names: Sequence[str]) -> str:
        """Whether several names are employers or parts of one employer, asked where nothing tells."""
        if self._mapping.heads:
            return self._mapping.heads
        if (
            len(names) == 1
            or self._row_of("employer")
            or any(self._gathered.known(name) or bears_company_word(name) for name in names)
            or any(name in self._mapping.employers for name in names)
        ):
            return EMPLOYERS
        self._ask(
            Question(
                "table.heads",
                self._table.sheet,
                f"The columns are headed {', '.join(f'“{name}”' for name in names[:8])}. Are these employers, or parts of one "
                "employer, such as its homes?",
                HEADS,
                tuple(self._example(row) for row in self._lines_with_figures()[:5]),
            )
        )
        return EMPLOYERS

    def _lines_with_figures(self) -> list[Row]:
        rows = (row for row in self._table.rows[self._at.start :] if self._at.label(row))
        return [row for row in rows if any(figure(row[at]) is not None for at in self._at.figures)]

    def _example(self, row: Row) -> tuple[tuple[str, str], ...]:
        figures = [
            (
                " ".join(clean_text(one) for one in self._at.heads[at]) or column_letters(at),
                clean_text(row[at])[:24],
            )
            for at in self._at.figures[:4]
        ]
        return (("line", self._at.label(row)[:40]), *figures)

    def _together(
        self,
        named: list[tuple[Head, tuple[int, ...]]],
        totals: list[tuple[Head, tuple[int, ...]]],
        plan: Plan,
    ) -> list[tuple[Head, tuple[int, ...]]]:
        """Parts of one employer: their total where there is one, else all of them added up, year by year."""
        if totals:
            plan.left += [head for head, _ in named]
            self._gathered.notes.append(
                f"Of the parts, the column “{totals[0][0].text}” is read, which is all of them"
            )
            return [(replace(head, name=""), places) for head, places in totals]
        years = dict.fromkeys(head.period for head, _ in named)
        self._gathered.notes.append("The columns are parts of one employer and added up")
        return [
            (
                replace(next(head for head, _ in named if head.period == year), name="", text=PARTS),
                tuple(at for head, places in named if head.period == year for at in places),
            )
            for year in years
        ]

    def _settle_parts_of_year(
        self, kept: list[tuple[Head, tuple[int, ...]]], plan: Plan
    ) -> list[tuple[Head, tuple[int, ...]]]:
        """Months or quarters: a year of them is added up, or their total read; less than a year is refused."""
        dated = sorted((one for one in kept if one[0].day), key=lambda one: one[0].day or date.min)
        if len({head.name for head, _ in dated}) > 1 or not parts_of_year([head for head, _ in dated]):
            return kept
        first, last = dated[0][0].day, dated[-1][0].day
        if first is None or last is None:
            return kept
        apart = round((last - first).days / _DAYS_IN_MONTH / (len(dated) - 1))
        months = apart * len(dated)
        if months != 12:
            raise UnusableInput(
                f"{self._table.file}, sheet {self._table.sheet}: the columns are parts of a year, {months} months together. Ask "
                "for accounts of a whole year, or leave one year's months in the file."
            )
        totals = [one for one in kept if one not in dated and is_bare_total(one[0])]
        plan.left += [head for head, _ in kept if head not in [one for one, _ in (totals or dated)]]
        whole = replace(dated[-1][0], text=f"{dated[0][0].text} – {dated[-1][0].text}")
        self._gathered.notes.append(f"The {len(dated)} columns to {last.isoformat()} are parts of one year")
        if totals:
            return [(replace(totals[0][0], day=last), totals[0][1])]
        return [(replace(whole, is_month=True), tuple(places[0] for _, places in dated))]

    # Years

    def _with_years(self, kept: Sequence[tuple[Head, tuple[int, ...]]], is_month_first: bool) -> list[Part]:
        """Each column with its year end: as its head says, or the lines above the table, or a person."""
        above = year_end_above(self.rows_above)
        months = None
        for row in self.rows_above:
            for cell in row:
                days = (
                    days_in(cell, month_first=is_month_first)
                    if isinstance(cell, str) and len(cell) < 300
                    else []
                )
                if len(days) == 2 and 25 < (days[1] - days[0]).days < 1_200:
                    above = above or days[1]
                    starts_a_month = days[0].day > 27 and days[0].month != days[1].month
                    gap = (days[1] - days[0]).days / _DAYS_IN_MONTH + (1 if starts_a_month else 0)
                    months = round(gap)
        month_day = self._mapping.years_end or (f"{above:%m-%d}" if above else "")
        alone = [head.year for head, _ in kept if head.day is None and head.year is not None]
        if alone and not month_day:
            for one in settled_dates(alone, self._mapping, sheet=self._table.sheet)[1]:
                self._ask(one)
        elif alone and not self._mapping.years_end and above is not None:
            self._gathered.notes.append(f"Years end on the day that the lines above name, {above:%d %B}")
        told = self._mapping.year_end or above
        parts = []
        for head, places in kept:
            day = head.day
            if day is None and head.year is not None:
                day = read_year_end(
                    head.year, month_first=is_month_first, years_end=month_day, start_1904=False
                )
            elif day is None:
                day = told
                if above is not None and self._mapping.year_end is None:
                    self._say_once(f"The year end, {above.isoformat()}, is from the lines above the table")
            length = head.months or (months if day == above and months != 12 else None)
            is_added = len(places) > 1 and (head.is_month or head.text == PARTS)
            parts.append(Part(head, places, head.name, day, length, is_added))
        return parts

    def _one_of_a_year(self, parts: list[Part], plan: Plan) -> list[Part]:
        """Columns of one employer and year, such as a month and the year to date: one is read, and asked for."""
        kept: list[Part] = []
        for part in parts:
            rivals = [one for one in parts if one.of == part.of]
            heads = tuple(dict.fromkeys(self._named(one.head) for one in rivals))
            if len(rivals) > 1 and self._mapping.column in heads and len(heads) == len(rivals):
                if self._named(part.head) != self._mapping.column:
                    plan.left.append(part.head)
                    continue
            elif len(rivals) > 1:
                self._ask(
                    Question(
                        "table.column",
                        self._table.sheet,
                        f"{len(rivals)} columns may be of one employer and year. Which one is read?",
                        heads,
                        tuple(self._example(row) for row in self._lines_with_figures()[:5]),
                    )
                )
            kept.append(part)
        return kept

    def _named(self, head: Head) -> str:
        return head.text or f"column {column_letters(head.column)}"

    def _say_once(self, note: str) -> None:
        if note not in self._gathered.notes:
            self._gathered.notes.append(note)


def is_generic(name: str) -> bool:
    """Whether a sheet's name says nothing of whose it is: Sheet1, P&L, 2025."""
    words = plain_words(name)
    plain = phrases("statements", "heads", "generic") | phrases("statements", "heads", "plain")
    return words in plain or all(word in plain or word.isdigit() for word in words.split())
