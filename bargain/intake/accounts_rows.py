"""The rows of one sheet of accounts → figures by employer and year, with every row accounted for."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from bargain.intake.accounts_columns import MONEY, ColumnsFound
from bargain.intake.accounts_dates import read_year_end, settled_dates, year_end_above
from bargain.intake.accounts_facts import facts_of
from bargain.intake.accounts_gathered import Gathered
from bargain.intake.accounts_mapping import (
    AccountsMapping,
    for_next_file,
    write_accounts_mapping,
)
from bargain.intake.accounts_money import turned_signs, unit_said
from bargain.intake.reading import AccountsReading, Problem, Question
from bargain.intake.sheets import signature_of
from bargain.intake.tables import Cell, Row, SheetTable, clean_text, is_blank
from bargain.intake.values import (
    Unreadable,
    is_total_label,
    read_number,
    says_nothing,
    uses_decimal_comma,
)
from bargain.money import micros
from models.accounts import Accounts
from models.employer import Employer
from models.issues import UnusableInput
from models.sector import Sector

MOST_ROWS = 50_000
_MOST_POUNDS = Decimal(10) ** 12  # more is no employer's, and would not fit


@dataclass(slots=True)
class RowsReader:
    """Reads one table under one mapping; ``questions`` are what it leaves open, and then the reading is not to be used.

    ``labour`` is each employer's labour cost by the staff data, £ a year, against which the unit is held.
    """

    table: SheetTable
    heading: int
    found: ColumnsFound
    sector: Sector
    mapping: AccountsMapping
    labour: Mapping[str, float] = dataclasses.field(default_factory=dict)
    headings: list[str] = dataclasses.field(init=False)
    problems: list[Problem] = dataclasses.field(default_factory=list)
    questions: list[Question] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)
    _commas: dict[int, bool] = dataclasses.field(default_factory=dict)
    _turned: frozenset[str] = frozenset()
    _month_first: bool = False
    _year_end: date | None = None
    _unit_row: int = -1
    gathered: Gathered = dataclasses.field(init=False)
    _stated: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)
    _places: dict[str, str] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headings = [clean_text(cell) for cell in self.table.rows[self.heading]]
        self.gathered = Gathered(
            self.table.sheet,
            self.sector,
            self.mapping,
            self.labour,
            self.problems,
            self.questions,
            self.notes,
        )

    @property
    def columns(self) -> dict[str, int]:
        """Field → column."""
        return self.found.columns

    def read(self, sha256: str) -> AccountsReading:
        """Every row under the heading. Raises UnusableInput where there are no accounts at all."""
        body = self.table.rows[self.heading + 1 :]
        if len(body) > MOST_ROWS:
            raise UnusableInput(
                f"{self.table.file}, sheet {self.table.sheet}: there are {len(body):,} rows under the heading; accounts are "
                f"a row an employer and year, and up to {MOST_ROWS:,} are read."
            )
        self._settle(list(body))
        counts = {"totals": 0, "set_aside": 0, "blank": 0}
        for at, row in enumerate(body, start=self.heading + 2):
            kind = self._take(at, row)
            if kind:
                counts[kind] += 1
        if not self.gathered.accounts and not self.questions:
            raise UnusableInput(
                f"{self.table.file}, sheet {self.table.sheet}: there are headings in row {self.heading + 1} but no employer's "
                "accounts under them."
            )
        counts["set_aside"] += self.gathered.settle_groups()
        self._hold_against_pay()
        self._name_faulty_cells()
        return self._reading(sha256, len(body), counts)

    def _reading(self, sha256: str, rows: int, counts: dict[str, int]) -> AccountsReading:
        used = set(self.columns.values())
        names = dict.fromkeys(name for name, _ in self.gathered.accounts)
        settings = replace(
            self.mapping, columns={name: self.headings[at] for name, at in self.columns.items()}
        )
        left_out = {name: "" for name, heading in self.mapping.columns.items() if not heading}
        settings = replace(for_next_file(settings), columns={**settings.columns, **left_out})
        return AccountsReading(
            file=self.table.file,
            sha256=sha256,
            sheet=self.table.sheet,
            accounts=tuple(self.gathered.accounts.values()),
            employers=tuple(Employer(name, **self._stated.get(name, {})) for name in names),
            stated=tuple((name, frozenset(self._stated.get(name, {}))) for name in names),
            problems=tuple(self.problems),
            mapping={name: self.headings[at] for name, at in self.columns.items()},
            dropped_columns=tuple(text for at, text in enumerate(self.headings) if text and at not in used),
            rows_in_file=rows,
            rows_read=len(self.gathered.accounts),
            signature=signature_of(self.headings),
            settings=write_accounts_mapping(settings),
            totals=counts["totals"],
            set_aside=counts["set_aside"],
            blank=counts["blank"],
            unmatched=self.gathered.still_unmatched(),
            notes=tuple(self.notes),
        )

    # What holds for the whole sheet

    def _settle(self, body: list[Row]) -> None:
        """Dates, signs, hidden rows and rival columns, before any row is read."""
        sheet = self.table.sheet
        for name, places in self.found.rivals.items():
            cells = {tuple(row[at] for row in body) for at in places}
            if len(cells) > 1:
                self._ask_which_column(name, places, body)
        if (
            body
            and not clean_text(body[0][self.columns["employer"]])
            and unit_said([clean_text(one) for one in body[0]])
        ):
            self._unit_row = self.heading + 1
        numbers = {
            name: [self._plain_number(name, row) for row in body]
            for name in self.columns
            if name in MONEY and name != "profit"
        }
        headings = {name: self.headings[at] for name, at in self.columns.items()}
        self._turned, asked, notes = turned_signs(numbers, self.mapping, headings, sheet=sheet)
        self.questions += asked
        self.notes += notes
        days = [row[self.columns["year_end"]] for row in body] if "year_end" in self.columns else []
        self._month_first, asked = settled_dates(days, self.mapping, sheet=sheet)
        self.questions += asked
        self._year_end = self.mapping.year_end
        if self._year_end is None and any(says_nothing(one) for one in days or [None]):
            self._year_end = year_end_above(list(self.table.rows[: self.heading]))
            if self._year_end is not None:
                self.notes.append(
                    f"The year end, {self._year_end.isoformat()}, is from the lines above the table"
                )
        hidden = [
            at for at in sorted(self.table.hidden_rows) if at > self.heading + 1 and self._has_figures(at)
        ]
        if hidden and not self.mapping.hidden:
            self.questions.append(
                Question(
                    "sheet.hidden",
                    sheet,
                    f"Rows are hidden that hold accounts (the first is row {hidden[0]}, there are {len(hidden)}). Are they read?",
                    ("include", "leave_out"),
                )
            )

    def _ask_which_column(self, name: str, places: Sequence[int], body: Sequence[Row]) -> None:
        named = tuple(dict.fromkeys(self.headings[at] for at in places))
        if len(named) == 1:
            raise UnusableInput(
                f"{self.table.file}, sheet {self.table.sheet}: two columns are headed “{named[0]}” and differ. Rename the one "
                "that is not meant, save the file and read it again."
            )
        examples = tuple(
            tuple((self.headings[at], clean_text(row[at])[:40]) for at in places) for row in body[:5]
        )
        self.questions.append(
            Question(
                f"columns.{name}",
                self.table.sheet,
                f"More than one column may be the {name.replace('_', ' ')}. Which one is it?",
                named,
                examples,
                name,
            )
        )

    def _has_figures(self, at: int) -> bool:
        """Whether a row (from 1) names an employer and gives a figure."""
        if at > len(self.table.rows):
            return False
        row = self.table.rows[at - 1]
        return bool(clean_text(row[self.columns["employer"]])) and any(
            self._filled(row, name) for name in MONEY if name in self.columns
        )

    # Rows

    def _take(self, at: int, row: Row) -> str:
        """Read one row, or say what else it is: totals, set_aside or blank."""
        told = clean_text(row[self.columns["employer"]])
        has_figures = any(self._filled(row, name) for name in MONEY if name in self.columns)
        if at - 1 == self._unit_row:
            return "blank"
        if not told:
            if has_figures:
                self._note(
                    at,
                    "employer",
                    None,
                    "figures without an employer's name, so they are left out",
                    set_aside=True,
                )
            return "set_aside" if has_figures else "blank"
        if is_total_label(told):
            return "totals"
        if not any(self._filled(row, name) for name in self.columns if name != "employer"):
            return "blank"
        if at in self.table.hidden_rows and self.mapping.hidden == "leave_out":
            self._note(
                at, "employer", told, "is in a hidden row, which was left out as was said", set_aside=True
            )
            return "set_aside"
        name = self.gathered.name_of(told)
        if not name:
            self._note(at, "employer", told, "was left out, as was said", set_aside=True)
            return "set_aside"
        one = self._read_row(name, at, row)
        place = clean_text(row[self.columns["place"]]) if "place" in self.columns else ""
        if (name, one.year_end) in self.gathered.accounts and place and place != self._places.get(name):
            name = f"{name} ({place})"
            one = replace(one, employer=name)
        key = (name, one.year_end)
        if key in self.gathered.accounts:
            same = replace(one, source="") == replace(self.gathered.accounts[key], source="")
            again = "the same figures" if same else "other figures"
            first = self.gathered.places[key][0]
            reason = (
                f"is this employer and year again with {again} (first in row {first}); the first row is read"
            )
            heading = self.headings[self.columns["employer"]]
            self.problems.append(Problem("same_accounts_again", at, heading, told, reason, set_aside=True))
            return "set_aside"
        self.gathered.accounts[key] = one
        self._places.setdefault(name, place)
        self.gathered.places[key] = (at, self.headings[self.columns["employer"]])
        self._stated.setdefault(name, {}).update(self._employer(at, row))
        return ""

    def _read_row(self, name: str, at: int, row: Row) -> Accounts:
        figures: dict[str, int | None] = {}
        scale = self._to_a_year(at, row)
        for money in MONEY:
            amount = self._number(money, at, row)
            if amount is not None and money != "capital":
                amount *= scale
            if amount is not None and money in self._turned:
                amount = -amount
            if amount is not None and abs(amount * self._unit(money)) > _MOST_POUNDS:
                self._note(
                    at,
                    money,
                    row[self.columns[money]],
                    "is more than any employer has; it counts as not known",
                )
                amount = None
            figures[money] = None if amount is None else micros(amount * self._unit(money))
        beds = self._number("beds", at, row)
        if beds is not None and not 0 <= beds <= 1_000_000:
            self._note(
                at, "beds", row[self.columns["beds"]], "is no number of places; it counts as not known"
            )
            beds = None
        part_of = clean_text(row[self.columns["part_of"]]) if self._filled(row, "part_of") else ""
        return Accounts(
            name,
            self._year_end_of(at, row),
            beds=None if beds is None else float(beds),
            part_of=part_of,
            source=f"{self.table.file}, {self.table.sheet}, row {at}",
            **{f"{money}_micros": amount for money, amount in figures.items()},
        )

    def _year_end_of(self, at: int, row: Row) -> date | None:
        if "year_end" not in self.columns:
            return self._year_end
        cell = row[self.columns["year_end"]]
        try:
            day = read_year_end(
                cell,
                month_first=self._month_first,
                years_end=self.mapping.years_end,
                start_1904=self.table.date_1904,
            )
        except Unreadable:
            self._note(
                at, "year_end", cell, "is not a date that can be read; the year end counts as not known"
            )
            return None
        return self._year_end if day is None and says_nothing(cell) else day

    def _to_a_year(self, at: int, row: Row) -> Decimal:
        """What brings figures of a shorter or longer period to twelve months, where the period is stated."""
        months = self._number("months", at, row) if self._filled(row, "months") else None
        if months is None or months == 12:
            return Decimal(1)
        if not 0 < months <= 36:
            self._note(
                at,
                "months",
                row[self.columns["months"]],
                "is no number of months; the figures stay as they are",
            )
            return Decimal(1)
        self._note(at, "months", row[self.columns["months"]], "months; the figures are brought to twelve")
        return Decimal(12) / months

    def _number(self, name: str, at: int, row: Row) -> Decimal | None:
        if name not in self.columns:
            return None
        cell = row[self.columns[name]]
        try:
            return read_number(cell, decimal_comma=self._has_decimal_comma(self.columns[name]))
        except Unreadable:
            self._note(at, name, cell, "is not a number that can be read; it counts as not known")
            return None

    def _plain_number(self, name: str, row: Row) -> Decimal | None:
        """The same without a word about what can't be read."""
        at = self.columns[name]
        try:
            return read_number(row[at], decimal_comma=self._has_decimal_comma(at))
        except Unreadable:
            return None

    def _has_decimal_comma(self, column: int) -> bool:
        """Whether a column writes 12,71 for twelve and 71 hundredths: looked at once, for all its rows."""
        if column not in self._commas:
            cells = [one[column] for one in self.table.rows[self.heading + 1 :]]
            self._commas[column] = uses_decimal_comma(cells)
        return self._commas[column]

    def _unit(self, name: str) -> int:
        """1,000 or 1,000,000 where the mapping, the heading, the cell below it, or a line above the table says so."""
        if self.mapping.unit is not None:
            return self.mapping.unit
        column = self.columns[name]
        near = [self.headings[column]]
        if self._unit_row >= 0:
            near.append(clean_text(self.table.rows[self._unit_row][column]))
        above = " ".join(
            clean_text(cell)
            for row in self.table.rows[: self.heading]
            for cell in row
            if isinstance(cell, str)
        )
        return unit_said([*near, above]) or 1

    def _filled(self, row: Row, name: str) -> bool:
        return name in self.columns and not says_nothing(row[self.columns[name]])

    def _employer(self, at: int, row: Row) -> dict[str, Any]:
        """What the row says of the employer: only fields that it states."""
        cells = {name: row[column] for name, column in self.columns.items()}
        hours = self._number("weekly_hours", at, row)
        return facts_of(cells, hours, lambda name, cell, reason: self._note(at, name, cell, reason))

    # After the rows

    def _hold_against_pay(self) -> None:
        field = "labour" if "labour" in self.columns else "revenue"
        if field in self.columns:
            is_said = self.mapping.unit is not None or any(
                self._unit(one) != 1 for one in MONEY if one in self.columns
            )
            self.gathered.hold_against_pay(self._unit(field), is_said=is_said)

    def _name_faulty_cells(self) -> None:
        """Formulas without a result and error cells: each is not known, and said."""
        named = {at: name for name, at in self.columns.items()}
        read = {row for row, _ in self.gathered.places.values()}
        for row, column, why in self.table.faulty:
            if row in read and column in named and is_blank(self.table.rows[row - 1][column]):
                self.problems.append(
                    Problem("faulty_cell", row, self.headings[column], "", f"{why}; it counts as not known")
                )

    def _note(self, at: int, name: str, cell: Cell, reason: str, *, set_aside: bool = False) -> None:
        heading = self.headings[self.columns[name]]
        self.problems.append(Problem("unreadable", at, heading, clean_text(cell)[:60], reason, set_aside))
