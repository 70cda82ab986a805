"""A statement of accounts, figures down the side → figures by employer and year, with every line accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from bargain.intake.accounts_checks import covered_rows, missed_sums, missed_total
from bargain.intake.accounts_columns import MONEY
from bargain.intake.accounts_facts import facts_of
from bargain.intake.accounts_figures import Figures, figures_of, labels
from bargain.intake.accounts_gathered import Gathered
from bargain.intake.accounts_lines import (
    AFTER_TAX,
    BALANCE,
    OF_EMPLOYER,
    PROFIT,
    SUMS,
    LineName,
    bare_name,
    line_name,
    section_of,
)
from bargain.intake.accounts_mapping import (
    DOWN,
    LEAVE_OUT,
    MINUS,
    UNITS,
    UNKNOWN_LINES,
    AccountsMapping,
    for_next_file,
    write_accounts_mapping,
)
from bargain.intake.accounts_money import unit_said
from bargain.intake.accounts_open_lines import examples_of, open_in
from bargain.intake.accounts_plan import Part, Plan, Planner
from bargain.intake.accounts_statement import Statement, facts_rows, figure
from bargain.intake.accounts_sums import SUM, TOTAL, Line, Sums, settle_sums
from bargain.intake.accounts_whose import whose
from bargain.intake.reading import AccountsReading, Problem, Question
from bargain.intake.sheets import signature_of
from bargain.intake.tables import Cell, Row, SheetTable, clean_text, is_blank
from bargain.intake.values import read_number, says_nothing, uses_decimal_comma
from bargain.intake.words import plain_words
from bargain.money import micros
from models.accounts import Accounts
from models.employer import Employer
from models.issues import UnusableInput
from models.sector import Sector
from models.units import MICROS_PER_POUND

_MOST_POUNDS = Decimal(10) ** 12
_MOST_LINES = 3_000
_SMALL = 20_000  # pounds a year: less is no employer's income
_EXAMPLES = 5


@dataclass(slots=True)
class StatementReader:
    """Reads one statement under one mapping; ``questions`` are what it leaves open, and then the reading is not to be used.

    ``is_one_of_many``: whether other sheets of the workbook hold statements too, so that a sheet's name is a name.
    ``remembered`` is what lines were said to be in other files, by plain words.
    """

    table: SheetTable
    statement: Statement
    sector: Sector
    mapping: AccountsMapping
    labour: Mapping[str, float] = field(default_factory=dict)
    is_one_of_many: bool = False
    remembered: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    gathered: Gathered = field(init=False)
    lines: list[Line] = field(default_factory=list)
    sums: Sums = field(init=False)
    names: dict[int, tuple[str, LineName]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=lambda: {"blank": 0, "set_aside": 0, "totals": 0})
    _facts: dict[str, Row] = field(default_factory=dict)
    _heads: list[str] = field(default_factory=list)
    _said: dict[str, str] = field(default_factory=dict)
    _read: set[int] = field(default_factory=set)
    _stated: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.gathered = Gathered(
            self.table.sheet,
            self.sector,
            self.mapping,
            self.labour,
            self.problems,
            self.questions,
            self.notes,
        )
        self._said = {plain_words(bare_name(name)): kind for name, kind in self.mapping.lines.items()}

    def read(self, sha256: str) -> AccountsReading:
        """Every line under the heads. Raises UnusableInput where no figure can be made of them."""
        body = self.table.rows[self.statement.start :]
        if len(body) > _MOST_LINES:
            raise UnusableInput(
                f"{self.table.file}, sheet {self.table.sheet}: there are {len(body):,} lines; a statement of accounts of up to "
                f"{_MOST_LINES:,} lines is read."
            )
        plan = Planner(self.table, self.statement, self.mapping, self.gathered).plan()
        self._heads = [part.head.text[:24] or part.where for part in plan.parts]
        self._take_lines(list(body), plan)
        self._refuse_a_second_statement()
        self.sums = settle_sums(self.lines, said_sign=self.mapping.costs, said_interest=self.mapping.interest)
        self.lines = self.sums.lines
        self.questions += open_in(self.sums, sheet=self.table.sheet, heads=self._heads, said=set(self._said))
        self._settle_signs()
        self._take_parts(plan)
        if not self.gathered.accounts and not self.questions:
            raise UnusableInput(
                f"{self.table.file}, sheet {self.table.sheet}: lines of accounts were found, but no employer's figures in them."
            )
        self.gathered.settle_groups()
        self.problems += missed_sums(self.sums, plan) + missed_total(self.sums, plan, self.table)
        self._hold_against_pay(plan)
        self._name_unread()
        self._name_faulty_cells(plan)
        return self._reading(sha256, len(body))

    # Lines

    def _take_lines(self, body: list[Row], plan: Plan) -> None:
        section = ""
        self._facts = facts_rows(self.table, self.statement)
        commas = {
            at: uses_decimal_comma(row[at] for row in body) for part in plan.parts for at in part.places
        }
        hidden = [at for at in sorted(self.table.hidden_rows) if at > self.statement.start]
        hidden = [at for at in hidden if at <= len(self.table.rows) and self._has_figures(at, plan)]
        if hidden and not self.mapping.hidden:
            self._ask_about_hidden(hidden)
        for at, row in enumerate(body, start=self.statement.start + 1):
            label = self.statement.label(row)
            name = self._name_of(label, section)
            values, totals = self._values(row, plan.parts, commas)
            if name.kind in OF_EMPLOYER and label:
                self._read.add(at)
            elif all(one is None for one in values):
                section = section_of(label) or section
                self._counts["blank"] += 1
            elif at in hidden and self.mapping.hidden == LEAVE_OUT:
                self._set_aside(at, label, values, "is in a hidden row, which was left out as was said")
            else:
                is_apart = section in {BALANCE, "notes"}
                if name.kind == "revenue" and section == BALANCE:
                    section, is_apart = "", False
                self._add_line(at, label, name, values, section)
                if (name.is_total or name.kind in SUMS) and not is_apart:
                    section = ""  # a total ends what its heading began
                if any(one is not None for one in totals):
                    self.lines.append(Line(at, "", "", totals, section, is_total=True))

    def _refuse_a_second_statement(self) -> None:
        """Two statements under each other would be added up as one."""
        ended = False
        for at, line in enumerate(self.lines):
            if line.section in {BALANCE, "notes"}:
                continue
            if ended and line.kind == "revenue" and any(one.kind in SUMS for one in self.lines[at:]):
                raise UnusableInput(
                    f"{self.table.file}, sheet {self.table.sheet}: a second statement seems to begin in row {line.row} "
                    f"(“{line.label}”). Put each on a sheet of its own, or leave one in the file."
                )
            ended = ended or line.kind in {PROFIT, AFTER_TAX}

    def _name_of(self, label: str, section: str) -> LineName:
        name = line_name(label, self._said, section)
        words = plain_words(bare_name(label))
        if (not name.kind or name.may_be) and words in self.remembered and words not in self._said:
            self.notes.append(f"“{label}” is read as in an earlier file")
            return replace(name, kind=self.remembered[words] or LEAVE_OUT, may_be=())
        return name

    def _add_line(
        self, at: int, label: str, name: LineName, values: Sequence[Decimal | None], section: str
    ) -> None:
        kind = name.kind
        if not kind and not name.may_be and label and not name.is_total:
            kind = self._for_all_unknown(section)
        self.names[at] = label, name
        self.lines.append(
            Line(
                at,
                label,
                kind,
                tuple(values),
                section,
                name.is_total,
                name.is_within,
                name.is_loss,
                name.may_be,
            )
        )

    def _for_all_unknown(self, section: str) -> str:
        said = self.mapping.lines.get(UNKNOWN_LINES)
        if said is None:
            return ""
        return ("revenue" if section == "income" else said) or LEAVE_OUT

    def _values(
        self, row: Row, parts: Sequence[Part], commas: Mapping[int, bool]
    ) -> tuple[list[Decimal | None], tuple[Decimal | None, ...]]:
        """A line's figure for each part, and the total that stands beside it in the same row, if one does."""
        values: list[Decimal | None] = []
        totals: list[Decimal | None] = []
        for part in parts:
            found = [
                one for at in part.places if (one := _number(row[at], decimal_comma=commas[at])) is not None
            ]
            if part.is_added:
                values.append(sum(found, Decimal(0)) if found else None)
                totals.append(None)
            else:
                values.append(found[0] if found else None)
                totals.append(found[1] if len(found) > 1 else None)
        return values, tuple(totals)

    def _has_figures(self, at: int, plan: Plan) -> bool:
        row = self.table.rows[at - 1]
        return any(figure(row[place]) is not None for part in plan.parts for place in part.places)

    def _ask_about_hidden(self, hidden: Sequence[int]) -> None:
        self.questions.append(
            Question(
                "sheet.hidden",
                self.table.sheet,
                f"Rows are hidden that hold figures (the first is row {hidden[0]}, there are {len(hidden)}). Are they read?",
                ("include", "leave_out"),
            )
        )

    def _settle_signs(self) -> None:
        if self.sums.is_ledger:
            self.notes.append(
                "Income is written with a minus and costs without one, as in a ledger; they are turned"
            )
        elif self.sums.sign == MINUS:
            self.notes.append("Costs are written with a minus; they are taken as costs")

    # Figures

    def _take_parts(self, plan: Plan) -> None:
        alone = ""
        if any(part.employer in {"", "Group"} for part in plan.parts):
            only_group = any(part.employer == "Group" for part in plan.parts) and all(
                part.employer in {"", "Group"} for part in plan.parts
            )
            if only_group or any(not part.employer for part in plan.parts):
                alone = whose(
                    self.gathered,
                    self._texts_above(),
                    file=self.table.file,
                    is_one_of_many=self.is_one_of_many,
                )
        for column, part in enumerate(plan.parts):
            told = part.employer or alone
            if part.employer == "Group" and alone:
                told = f"{alone} Group"
            if told:
                self._take_part(column, part, told)
            elif not self.questions:
                self._column_aside(part, "was left out, as was said")

    def _take_part(self, column: int, part: Part, told: str) -> None:
        name = self.gathered.name_of(told)
        if not name:
            self._column_aside(part, f"“{told}” was left out, as was said")
            return
        found = figures_of(self.sums, column)
        if not found.amounts:
            return
        for note in found.notes:
            if note not in self.notes:
                self.notes.append(note)
        key = (name, part.year_end)
        if key in self.gathered.accounts:
            self._column_aside(part, "is this employer and year again; the first column is read")
            return
        self._read.update(self.lines[at].row for places in found.lines.values() for at in places)
        self.gathered.accounts[key] = self._accounts(name, part, found)
        self.gathered.places[key] = (self.statement.start, f"column {part.where}")
        self._stated.setdefault(name, {}).update(self._facts_of(part))

    def _accounts(self, name: str, part: Part, found: Figures) -> Accounts:
        scale = Decimal(1)
        if part.months and part.months != 12:
            scale = Decimal(12) / part.months
            self.notes.append(f"{name}: {part.months} months are brought to twelve")
        unit = self._unit(part)
        figures: dict[str, int | None] = {}
        for money in MONEY:
            amount = found.amounts.get(money)
            if amount is None:
                continue
            amount *= unit * (1 if money == "capital" else scale)
            if abs(amount) > _MOST_POUNDS:
                self._column_aside(part, f"{money} is more than any employer has; it counts as not known")
                continue
            figures[f"{money}_micros"] = micros(amount)
        beds = found.amounts.get("beds")
        group = self._facts.get("part_of")
        return Accounts(
            name,
            part.year_end,
            beds=float(beds) if beds is not None and 0 <= beds <= 1_000_000 else None,
            part_of="" if group is None else clean_text(group[part.places[0]]),
            source=f"{self.table.file}, {self.table.sheet}, column {part.where}",
            **figures,
        )

    def _facts_of(self, part: Part) -> dict[str, Any]:
        """What lines of the table say of the employer itself: its owner, region, hours."""
        cells: dict[str, Cell] = {name: row[part.places[0]] for name, row in self._facts.items()}

        def note(name: str, cell: Cell, reason: str) -> None:
            self.problems.append(
                Problem("unreadable", 0, name.replace("_", " "), clean_text(cell)[:60], reason)
            )

        return facts_of(cells, figure(cells.get("weekly_hours")), note)

    def _unit(self, part: Part) -> int:
        """1,000 or 1,000,000 where the mapping, the column's head or a line above the table says so."""
        if self.mapping.unit is not None:
            return self.mapping.unit
        heads = [clean_text(cell) for at in part.places for cell in self.statement.heads.get(at, ())]
        return unit_said([*heads, *self._texts_beside()]) or 1

    def _texts_beside(self) -> list[str]:
        """The texts above the figures, those nearest to them first, and the name of the column of lines."""
        return self._texts_above()[::-1]

    def _texts_above(self) -> list[str]:
        return self.statement.texts_above(list(self.table.rows[: self.statement.start]))

    # After the figures

    def _hold_against_pay(self, plan: Plan) -> None:
        units = {self._unit(part) for part in plan.parts}
        if units and self.gathered.accounts:
            is_said = (
                self.mapping.unit is not None or units != {1} or unit_said(self._unit_texts()) is not None
            )
            self.gathered.hold_against_pay(max(units), is_said=is_said)
            if not (is_said or self.questions) and not any(
                one.employer in self.labour for one in self.gathered.accounts.values()
            ):
                self._ask_for_unit_of_small_sums()

    def _ask_for_unit_of_small_sums(self) -> None:
        """No employer lives on a few thousand pounds: a statement that names no unit may be in thousands."""
        incomes = [one.revenue_micros or 0 for one in self.gathered.accounts.values()]
        if 0 < max(incomes) < _SMALL * MICROS_PER_POUND:
            self.questions.append(
                Question(
                    "money.unit",
                    self.table.sheet,
                    "Nothing says what the amounts are in, and as pounds the largest income would be "
                    f"£{max(incomes) / MICROS_PER_POUND:,.0f}. Are they pounds, thousands or millions?",
                    tuple(UNITS),
                    examples_of(self.lines, self._heads),
                )
            )

    def _unit_texts(self) -> list[str]:
        return [
            clean_text(one) for cells in self.statement.heads.values() for one in cells
        ] + self._texts_beside()

    def _name_unread(self) -> None:
        """Count every line, and name those that nobody knows."""
        covered = covered_rows(self.lines, self._read)
        rows: dict[int, list[Line]] = {}
        for line in self.lines:
            rows.setdefault(line.row, []).append(line)
        for row, found in rows.items():
            line = found[0]
            if row in covered:
                continue
            if line.role in {TOTAL, SUM} or line.parts:
                self._counts["totals"] += 1
            elif not line.label:
                self._set_aside(row, "", line.values, "figures without a name, so they are not read")
            elif not line.kind and not line.is_total:
                self._set_aside(row, line.label, line.values, "is not recognised, so it is not read")
            elif line.kind == LEAVE_OUT:
                self._set_aside(row, line.label, line.values, "was left out, as was said")
            else:
                self._counts["set_aside"] += 1

    def _set_aside(self, row: int, label: str, values: Sequence[Decimal | None], reason: str) -> None:
        value = next((f"{one:,f}" for one in values if one is not None), "")
        self._counts["set_aside"] += 1
        self.problems.append(Problem("line_not_read", row, label or "no name", value, reason, set_aside=True))

    def _column_aside(self, part: Part, reason: str) -> None:
        head = part.head.text or f"column {part.where}"
        self.problems.append(
            Problem(
                "column_not_read", self.statement.start, f"column {part.where}", head, reason, set_aside=True
            )
        )

    def _name_faulty_cells(self, plan: Plan) -> None:
        """Formulas without a result and error cells: each is not known, and said."""
        places = {at for part in plan.parts for at in part.places}
        for row, column, why in self.table.faulty:
            if row > self.statement.start and column in places and is_blank(self.table.rows[row - 1][column]):
                label = self.statement.label(self.table.rows[row - 1])
                self.problems.append(Problem("faulty_cell", row, label, "", f"{why}; it counts as not known"))

    # The reading

    def _reading(self, sha256: str, rows: int) -> AccountsReading:
        names = dict.fromkeys(name for name, _ in self.gathered.accounts)
        used: dict[str, list[int]] = {}
        for column in range(len(self.lines[0].values) if self.lines else 0):
            for name, places in figures_of(self.sums, column).lines.items():
                used.setdefault(name, []).extend(at for at in places if at not in used.get(name, []))
        covered = covered_rows(self.lines, self._read)
        left = [
            line.label
            for line in self.lines
            if line.label and line.row not in covered and line.role not in {TOTAL, SUM}
        ]
        blank = self._counts["blank"]
        totals, aside = self._counts["totals"], self._counts["set_aside"]
        return AccountsReading(
            file=self.table.file,
            sha256=sha256,
            sheet=self.table.sheet,
            accounts=tuple(self.gathered.accounts.values()),
            employers=tuple(Employer(name, **self._stated.get(name, {})) for name in names),
            stated=tuple((name, frozenset(self._stated.get(name, {}))) for name in names),
            problems=tuple(self.problems),
            mapping={name: labels(self.lines, places) for name, places in used.items()},
            dropped_columns=tuple(dict.fromkeys(left)),
            rows_in_file=rows,
            rows_read=rows - blank - totals - aside,
            signature=signature_of_lines([line.label for line in self.lines if line.label]),
            settings=write_accounts_mapping(self._settings()),
            totals=totals,
            set_aside=aside,
            blank=blank,
            unmatched=self.gathered.still_unmatched(),
            notes=tuple(dict.fromkeys(self.notes)),
            runs=DOWN,
        )

    def _settings(self) -> AccountsMapping:
        """The mapping with what was said of all unknown lines written out for each, so that the next file's are asked."""
        lines = {name: kind for name, kind in self.mapping.lines.items() if name != UNKNOWN_LINES}
        if UNKNOWN_LINES in self.mapping.lines:
            for label, name in self.names.values():
                if label and not name.kind and not name.may_be and not name.is_total:
                    lines.setdefault(bare_name(label), self.mapping.lines[UNKNOWN_LINES])
        return for_next_file(replace(self.mapping, lines=lines, runs=DOWN))


def signature_of_lines(names: Sequence[str]) -> str:
    """What a statement is known by: the names of its lines, in whatever order; ledgers print them by size or code."""
    return signature_of(["\x1elines", *sorted({bare_name(name) for name in names})])


def _number(cell: Cell, *, decimal_comma: bool) -> Decimal | None:
    if says_nothing(cell) or figure(cell) is None:
        return None
    return read_number(cell, decimal_comma=decimal_comma)
