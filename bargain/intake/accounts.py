"""Employers' accounts from a spreadsheet: one row an employer and year. What is blank is not known, never nought.

A look shows how a file is read and what it leaves open; reading it is a look without open questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bargain.intake.accounts_columns import SURE, check_mapping, match_columns, with_suggestions
from bargain.intake.accounts_down import StatementReader
from bargain.intake.accounts_drafts import (
    ROWS_SEARCHED,
    AccountsColumn,
    Draft,
    draft_of,
    likeliest,
    lines_of,
    remembered_lines,
)
from bargain.intake.accounts_mapping import ACROSS, DOWN, AccountsMapping
from bargain.intake.accounts_rows import RowsReader
from bargain.intake.open_safely import OpenedFile, SafeReader
from bargain.intake.reading import AccountsReading, OpenQuestion, Problem, Question
from bargain.intake.tables import clean_text, is_blank
from models.accounts import Accounts
from models.employer import Employer
from models.issues import UnusableInput
from models.sector import Sector

_COLUMNS_SHOWN = 300  # of a sheet with more, so many and those that are read: accounts have far fewer
_SAMPLES, _LONGEST_SAMPLE, _LONGEST_HEADING = 3, 40, 200


@dataclass(frozen=True, slots=True, eq=False)
class AccountsLook:
    """What a file of accounts says under some settings. ``reading`` stands for good only without questions.

    ``sheets`` are the sheets that could be read; ``heading_row`` counts from 1, nought where none was found;
    ``read_as`` names the earlier file whose settings were used, which ``mapping`` then holds. Where it ``runs`` down, the
    ``columns`` are the lines of the statement, each in the place of its row (from 0).
    """

    file: str
    sha256: str
    mapping: AccountsMapping
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    runs: str = ACROSS
    heading_row: int = 0
    columns: tuple[AccountsColumn, ...] = ()
    questions: tuple[Question, ...] = ()
    reading: AccountsReading | None = None
    read_as: str = ""
    problem: str = ""


def read_accounts(
    path: Path,
    *,
    sector: Sector,
    password: str | None = None,
    mapping: AccountsMapping | None = None,
    labour: Mapping[str, float] | None = None,
) -> AccountsReading:
    """The accounts in a file. Employers are matched to the sector's by name, whatever the case or “Ltd”.

    mapping: what the person says of the columns; without one, a file with headings that were read before is read
    as then. labour: each employer's labour cost by the staff data, £ a year, to hold the unit against. Raises OpenQuestion
    for what the file leaves open and UnusableInput with one sentence.
    """
    with SafeReader() as reader:
        opened = reader.read(path, password)
    look = look_at(opened, sector=sector, mapping=mapping, labour=labour)
    if look.questions:
        raise OpenQuestion(look.file, look.questions)
    if look.reading is None:
        raise UnusableInput(look.problem)
    return look.reading


def look_at(
    opened: OpenedFile,
    *,
    sector: Sector,
    mapping: AccountsMapping | None = None,
    labour: Mapping[str, float] | None = None,
) -> AccountsLook:
    """How an open file is read, what it leaves open, and what it gives. A fault of the file is its ``problem``."""
    told = mapping or AccountsMapping()
    try:
        return _look(opened, sector, mapping, labour or {})
    except UnusableInput as unusable:
        return _bare_look(opened, told, str(unusable), sector)


def _look(
    opened: OpenedFile, sector: Sector, mapping: AccountsMapping | None, labour: Mapping[str, float]
) -> AccountsLook:
    drafts = [
        one
        for table in opened.tables
        if table.visible and (one := draft_of(table, sector, mapping)) is not None
    ]
    names = tuple(one.table.sheet for one in drafts)
    wanted = mapping.sheets if mapping else ()
    for name in wanted:
        if name not in names:
            shown = ", ".join(f"“{one}”" for one in names) or "none"
            raise UnusableInput(
                f"{opened.file}: the mapping names sheet “{name}”; sheets of accounts are {shown}."
            )
    chosen = [one for one in drafts if one.table.sheet in wanted] if wanted else likeliest(drafts)
    if not chosen:
        raise UnusableInput(
            f"{opened.file}: no row of headings was found that names an employer and figures of its accounts, such as Employer, "
            "Year end, Revenue, Labour, nor lines of a statement such as Turnover and Staff costs with figures beside them. Add "
            "headings above the figures, or name the columns or lines in a mapping file."
        )
    questions: list[Question] = []
    if len(chosen) > 1 and not wanted:
        questions.append(_which_sheets(opened.file, tuple(one.table.sheet for one in chosen)))
    many = sum(one.statement is not None for one in chosen) > 1
    readings = []
    for draft in chosen if wanted or len(chosen) == 1 else chosen[:1]:
        if draft.question is not None:
            questions.append(draft.question)
        found, asked = _read(draft, opened, sector, labour, is_one_of_many=many)
        readings.append(found)
        questions += [one for one in asked if one.key not in {known.key for known in questions}]
    first = chosen[0]
    left = [one.table.sheet for one in drafts if one not in chosen and not wanted]
    if left:
        named = ", ".join(f"“{one}”" for one in left)
        readings[0] = replace(
            readings[0], notes=(*readings[0].notes, f"Not read: {named}, which may hold accounts too")
        )
    return AccountsLook(
        file=opened.file,
        sha256=opened.sha256,
        mapping=first.mapping,
        sheets=names,
        sheet=first.table.sheet,
        runs=ACROSS if first.statement is None else DOWN,
        heading_row=first.heading_row,
        columns=_columns_of(first) if first.statement is None else lines_of(first, sector),
        questions=tuple(questions),
        reading=_joined(readings),
        read_as=first.read_as,
    )


def _read(
    draft: Draft, opened: OpenedFile, sector: Sector, labour: Mapping[str, float], *, is_one_of_many: bool
) -> tuple[AccountsReading, list[Question]]:
    """What a sheet gives as it is drafted, and what it leaves open."""
    if draft.statement is not None:
        down = StatementReader(
            draft.table,
            draft.statement,
            sector,
            draft.mapping,
            labour,
            is_one_of_many=is_one_of_many,
            remembered=remembered_lines(sector),
        )
        return replace(down.read(opened.sha256), read_as=draft.read_as), down.questions
    reader = RowsReader(draft.table, draft.heading, draft.found, sector, draft.mapping, labour)
    check_mapping(draft.mapping, reader.headings, file=opened.file)
    return replace(reader.read(opened.sha256), read_as=draft.read_as), reader.questions


def _which_sheets(file: str, names: tuple[str, ...]) -> Question:
    return Question(
        "sheet.names",
        names[0],
        f"{file} has {len(names)} sheets of accounts. Which are read?",
        (*names, "\n".join(names)),
    )


def _bare_look(opened: OpenedFile, mapping: AccountsMapping, problem: str, sector: Sector) -> AccountsLook:
    """A file that can't be read so: its first sheet with the likeliest heading, so that columns can be named by hand."""
    tables = [one for one in opened.tables if one.visible and len(one.rows)]
    wanted = [one for one in tables if one.sheet in mapping.sheets] or tables
    look = AccountsLook(
        opened.file, opened.sha256, mapping, tuple(one.sheet for one in tables), problem=problem
    )
    if not wanted:
        return look
    table = wanted[0]
    statement = None if mapping.runs == ACROSS else draft_of(table, sector, mapping)
    if statement is not None and statement.statement is not None:
        lines = lines_of(statement, sector)
        return replace(look, sheet=table.sheet, runs=DOWN, heading_row=statement.heading_row, columns=lines)
    at = (mapping.heading_row or 0) - 1
    if not 0 <= at < len(table.rows):
        rows = list(table.rows[:ROWS_SEARCHED])
        at = max(
            range(len(rows)),
            key=lambda at: (len(match_columns(rows[at], mapping).columns), _texts(rows[at]), -at),
        )
    draft = Draft(table, mapping, at, match_columns(table.rows[at], mapping))
    return replace(look, sheet=table.sheet, heading_row=at + 1, columns=_columns_of(draft))


def _texts(row: Sequence[object]) -> int:
    return sum(isinstance(one, str) and bool(one.strip()) for one in row)


def _columns_of(draft: Draft) -> tuple[AccountsColumn, ...]:
    headings = [clean_text(cell)[:_LONGEST_HEADING] for cell in draft.table.rows[draft.heading]]
    found = with_suggestions(draft.found, headings[:_COLUMNS_SHOWN])
    by_place = {at: name for name, at in found.columns.items()}
    body = list(draft.table.rows[draft.heading + 1 : draft.heading + 1 + ROWS_SEARCHED])
    shown = {*range(_COLUMNS_SHOWN), *by_place}
    columns = []
    for at, heading in enumerate(headings):
        if at not in shown:
            continue
        cells = [clean_text(row[at])[:_LONGEST_SAMPLE] for row in body if not is_blank(row[at])]
        samples = tuple(dict.fromkeys(cells))[:_SAMPLES]
        name = by_place.get(at, "")
        if heading or samples:
            sure = found.confidence.get(name, SURE) if name else 0.0
            columns.append(AccountsColumn(at, heading, name, sure, samples, found.suggested.get(at, "")))
    return tuple(columns)


def _joined(readings: Sequence[AccountsReading]) -> AccountsReading:
    """Several sheets of one file as one reading; the same employer and year again is set aside, and said."""
    first = readings[0]
    if len(readings) == 1:
        return first
    accounts: dict[tuple[str, object], Accounts] = {}
    stated: dict[str, Employer] = {}
    fields: dict[str, frozenset[str]] = {}
    problems: list[Problem] = []
    again = 0
    for one in readings:
        problems += one.problems
        for books in one.accounts:
            key = (books.employer, books.year_end)
            if key in accounts:
                again += one.runs == ACROSS
                reason = (
                    f"is this employer and year again, in sheet {one.sheet}; {accounts[key].source} is read"
                )
                problems.append(Problem("same_accounts_again", 0, "", books.employer, reason, set_aside=True))
            else:
                accounts[key] = books
        for employer, (name, said) in zip(one.employers, one.stated, strict=True):
            before = stated.get(name, Employer(name))
            stated[name] = replace(before, **{field: getattr(employer, field) for field in said})
            fields[name] = fields.get(name, frozenset()) | said
    return replace(
        first,
        sheet=", ".join(one.sheet for one in readings),
        accounts=tuple(accounts.values()),
        employers=tuple(stated.values()),
        stated=tuple(fields.items()),
        problems=tuple(problems),
        rows_in_file=sum(one.rows_in_file for one in readings),
        rows_read=sum(one.rows_read for one in readings) - again,
        totals=sum(one.totals for one in readings),
        set_aside=sum(one.set_aside for one in readings) + again,
        blank=sum(one.blank for one in readings),
        unmatched=tuple(dict(pair for one in readings for pair in one.unmatched).items()),
        notes=tuple(dict.fromkeys(note for one in readings for note in one.notes)),
    )
