"""How a sheet of accounts would be read: a row an employer, or a statement with figures down the side; asked where open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bargain.intake.accounts_columns import LIKELY, MONEY, SURE, ColumnsFound, match_columns
from bargain.intake.accounts_down import signature_of_lines
from bargain.intake.accounts_lines import bare_name, is_known_name, line_name, suggested_kind
from bargain.intake.accounts_mapping import (
    ACROSS,
    DOWN,
    LEAVE_OUT,
    RUNS,
    AccountsMapping,
    read_accounts_mapping,
)
from bargain.intake.accounts_statement import Statement, figure, find_statement
from bargain.intake.reading import Question
from bargain.intake.sheets import signature_of
from bargain.intake.tables import Row, SheetTable, clean_text
from bargain.intake.words import plain_words
from models.sector import Sector

ROWS_SEARCHED = 60
_LINES_SHOWN = 400
_SAMPLES, _LONGEST_SAMPLE, _LONGEST_NAME = 3, 40, 200
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class AccountsColumn:
    """One column of a sheet: its place (from 0), heading, what it is read as (blank: nothing), how sure, first values.

    ``suggested`` is what a column that is not read may be. Of a statement it is a line, and ``column`` its row.
    """

    column: int
    heading: str
    field: str
    confidence: float
    samples: tuple[str, ...]
    suggested: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """One sheet with the place of its accounts: a row of headings, or a statement. ``question`` is which way it runs.

    ``kinds`` is how many known figures it names, and how far it is to be believed.
    """

    table: SheetTable
    mapping: AccountsMapping
    heading: int = 0
    found: ColumnsFound = field(default_factory=ColumnsFound)
    statement: Statement | None = None
    read_as: str = ""
    question: Question | None = None
    kinds: int = 0

    @property
    def heading_row(self) -> int:
        """The row of its headings, from 1; of a statement the last row of its heads."""
        return self.heading + 1 if self.statement is None else self.statement.start


def draft_of(table: SheetTable, sector: Sector, mapping: AccountsMapping | None) -> Draft | None:
    """How a sheet would be read; None where it holds no accounts."""
    if mapping is None:
        remembered = _remembered(table, sector)
        if remembered is not None:
            return remembered
    used = mapping or AccountsMapping()
    across = None if used.runs == DOWN else _find_heading(table, used)
    down = None
    if used.runs != ACROSS:
        said = {plain_words(bare_name(name)): kind for name, kind in used.lines.items()}
        down = find_statement(table, said, used.heading_row, is_sure=used.runs == DOWN)
    by_rows = 0 if across is None else sum(name in MONEY for name in across[1].columns)
    by_lines = 0 if down is None else down.kinds
    statement = Draft(table, used, statement=down, kinds=by_lines) if down is not None else None
    if across is None:
        if statement is None or by_lines > 1 or used.runs:
            return statement
        return Draft(table, used, statement=down, kinds=by_lines, question=_which_way(table, statement))
    if by_lines > 1:
        return Draft(table, used, *across, kinds=by_rows, question=_which_way(table, statement))
    return Draft(table, used, *across, kinds=by_rows)


def likeliest(drafts: Sequence[Draft]) -> list[Draft]:
    """Of several sheets those with a row an employer, else those with statements, else those that may be one."""
    sure = [one for one in drafts if one.question is None]
    rows = [one for one in sure if one.statement is None]
    return rows or sure or list(drafts)


def _remembered(table: SheetTable, sector: Sector) -> Draft | None:
    """The sheet as a file with the same headings, or the same lines, was read."""
    held = {one.signature: one for one in sector.accounts_mappings}
    for at, row in enumerate(table.rows[:ROWS_SEARCHED]) if held else ():
        one = held.get(signature_of([clean_text(cell) for cell in row]))
        if one is not None:
            used = read_accounts_mapping(one.settings, source=one.file)
            found = match_columns(row, used)
            return Draft(table, used, at, found, read_as=one.file, kinds=len(found.columns))
    statement = find_statement(table, {}, is_sure=True) if held else None
    if statement is None:
        return None
    names = [statement.label(row) for row in _with_figures(table, statement)]
    known = held.get(signature_of_lines([name for name in names if name]))
    if known is None:
        return None
    used = read_accounts_mapping(known.settings, source=known.file)
    return Draft(table, used, statement=statement, read_as=known.file, kinds=statement.kinds)


def remembered_lines(sector: Sector) -> dict[str, str]:
    """What people said in other files that lines are, by plain words; what mixed costs are differs by employer."""
    said: dict[str, str] = {}
    for one in sector.accounts_mappings:
        for name, kind in read_accounts_mapping(one.settings, source=one.file).lines.items():
            if kind != "mixed":
                said[plain_words(bare_name(name))] = kind
    return said


def _find_heading(table: SheetTable, mapping: AccountsMapping) -> tuple[int, ColumnsFound] | None:
    """The row whose texts name most fields, if the employer and a figure are among them; or the one that was said."""
    if mapping.heading_row is not None:
        at = mapping.heading_row - 1
        found = match_columns(table.rows[at], mapping) if at < len(table.rows) else ColumnsFound()
        return (at, found) if _is_enough(found) else None
    best: tuple[int, ColumnsFound] | None = None
    for at, row in enumerate(table.rows[:ROWS_SEARCHED]):
        found = match_columns(row, mapping)
        if _is_enough(found) and (best is None or len(found.columns) > len(best[1].columns)):
            best = at, found
    return best


def _is_enough(found: ColumnsFound) -> bool:
    return "employer" in found.columns and any(name in found.columns for name in MONEY)


def _which_way(table: SheetTable, statement: Draft | None) -> Question:
    rows: list[Row] = []
    if statement is not None and statement.statement is not None:
        rows = _with_figures(table, statement.statement)[:_EXAMPLES]
    examples = tuple(
        tuple((str(at + 1), clean_text(cell)[:_LONGEST_SAMPLE]) for at, cell in enumerate(row[:6]))
        for row in rows
    )
    return Question(
        "table.runs",
        table.sheet,
        "It is not clear which way this table runs. Is each row an employer (across), or a line of accounts such as Turnover, "
        "with the figures down the side (down)?",
        RUNS,
        examples,
    )


def _with_figures(table: SheetTable, statement: Statement) -> list[Row]:
    return [
        row
        for row in table.rows[statement.start :]
        if any(figure(row[at]) is not None for at in statement.figures)
    ]


def lines_of(draft: Draft, sector: Sector) -> tuple[AccountsColumn, ...]:
    """The lines of a statement with what each is read as, for people to look at and change."""
    statement = draft.statement
    if statement is None:
        return ()
    said: Mapping[str, str] = {
        **remembered_lines(sector),
        **{plain_words(bare_name(name)): kind for name, kind in draft.mapping.lines.items()},
    }
    lines = []
    for at, row in enumerate(draft.table.rows[statement.start :], start=statement.start):
        label = statement.label(row)
        cells = [clean_text(row[place])[:_LONGEST_SAMPLE] for place in statement.figures]
        samples = tuple(cell for cell in cells if cell)[:_SAMPLES]
        if not label or not samples:
            continue
        name = line_name(label, said)
        kind = "" if name.kind == LEAVE_OUT else name.kind or ("subtotal" if name.is_total else "")
        suggested = "" if kind else (name.may_be[0] if name.may_be else suggested_kind(label))
        is_sure = plain_words(bare_name(label)) in said or is_known_name(label)
        sure = (SURE if is_sure else LIKELY) if kind else 0.0
        lines.append(AccountsColumn(at, label[:_LONGEST_NAME], kind, sure, samples, suggested))
    return tuple(lines[:_LINES_SHOWN])
