"""Employers' accounts from a spreadsheet: one row an employer and year. What is blank is not known, never nought.

A look shows how a file is read and what it leaves open; reading it is a look without open questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bargain.intake.accounts_columns import (
    MONEY,
    SURE,
    ColumnsFound,
    check_mapping,
    match_columns,
    with_suggestions,
)
from bargain.intake.accounts_mapping import AccountsMapping, read_accounts_mapping
from bargain.intake.accounts_rows import RowsReader
from bargain.intake.open_safely import OpenedFile, SafeReader
from bargain.intake.reading import AccountsReading, OpenQuestion, Problem, Question
from bargain.intake.sheets import signature_of
from bargain.intake.tables import SheetTable, clean_text, is_blank
from models.accounts import Accounts
from models.employer import Employer
from models.issues import UnusableInput
from models.sector import RememberedMapping, Sector

_ROWS_SEARCHED = 60
_COLUMNS_SHOWN = 300  # of a sheet with more, so many and those that are read: accounts have far fewer
_SAMPLES, _LONGEST_SAMPLE, _LONGEST_HEADING = 3, 40, 200


@dataclass(frozen=True, slots=True)
class AccountsColumn:
    """One column of a sheet: its place (from 0), heading, what it is read as (blank: nothing), how sure, first values.

    ``suggested`` is what a column that is not read may be.
    """

    column: int
    heading: str
    field: str
    confidence: float
    samples: tuple[str, ...]
    suggested: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class AccountsLook:
    """What a file of accounts says under some settings. ``reading`` stands for good only without questions.

    ``sheets`` are the sheets that could be read; ``heading_row`` counts from 1, nought where none was found;
    ``read_as`` names the earlier file whose settings were used, which ``mapping`` then holds.
    """

    file: str
    sha256: str
    mapping: AccountsMapping
    sheets: tuple[str, ...] = ()
    sheet: str = ""
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
        return _bare_look(opened, told, str(unusable))


def _look(
    opened: OpenedFile, sector: Sector, mapping: AccountsMapping | None, labour: Mapping[str, float]
) -> AccountsLook:
    drafts = [one for table in opened.tables if table.visible for one in _drafts(table, sector, mapping)]
    names = tuple(one.table.sheet for one in drafts)
    wanted = mapping.sheets if mapping else ()
    for name in wanted:
        if name not in names:
            shown = ", ".join(f"“{one}”" for one in names) or "none"
            raise UnusableInput(
                f"{opened.file}: the mapping names sheet “{name}”; sheets of accounts are {shown}."
            )
    chosen = [one for one in drafts if one.table.sheet in wanted] if wanted else drafts
    if not chosen:
        raise UnusableInput(
            f"{opened.file}: no row of headings was found that names an employer and figures of its accounts, such as Employer, "
            "Year end, Revenue, Labour. Add one above the figures, or name the columns in a mapping file."
        )
    questions: list[Question] = []
    if len(chosen) > 1 and not wanted:
        questions.append(_which_sheets(opened.file, names))
        chosen = chosen[:1]
    readings = []
    for draft in chosen:
        reader = RowsReader(draft.table, draft.heading, draft.found, sector, draft.mapping, labour)
        check_mapping(draft.mapping, reader.headings, file=opened.file)
        readings.append(replace(reader.read(opened.sha256), read_as=draft.read_as))
        questions += [one for one in reader.questions if one.key not in {asked.key for asked in questions}]
    first = chosen[0]
    return AccountsLook(
        file=opened.file,
        sha256=opened.sha256,
        mapping=first.mapping,
        sheets=names,
        sheet=first.table.sheet,
        heading_row=first.heading + 1,
        columns=_columns_of(first),
        questions=tuple(questions),
        reading=_joined(readings),
        read_as=first.read_as,
    )


@dataclass(frozen=True, slots=True)
class _Draft:
    table: SheetTable
    heading: int
    found: ColumnsFound
    mapping: AccountsMapping
    read_as: str = ""


def _drafts(table: SheetTable, sector: Sector, mapping: AccountsMapping | None) -> list[_Draft]:
    """How a sheet would be read; none where it holds no accounts."""
    if mapping is None:
        held = {one.signature: one for one in sector.accounts_mappings}
        for at, row in enumerate(table.rows[:_ROWS_SEARCHED]) if held else ():
            one = held.get(signature_of([clean_text(cell) for cell in row]))
            if one is not None:
                used = read_accounts_mapping(one.settings, source=one.file)
                return [_Draft(table, at, match_columns(row, used), used, one.file)]
    used = mapping or AccountsMapping()
    found = _find_heading(table, used)
    return [_Draft(table, *found, used)] if found is not None else []


def _find_heading(table: SheetTable, mapping: AccountsMapping) -> tuple[int, ColumnsFound] | None:
    """The row whose texts name most fields, if the employer and a figure are among them; or the one that was said."""
    if mapping.heading_row is not None:
        at = mapping.heading_row - 1
        found = match_columns(table.rows[at], mapping) if at < len(table.rows) else ColumnsFound()
        return (at, found) if _is_enough(found) else None
    best: tuple[int, ColumnsFound] | None = None
    for at, row in enumerate(table.rows[:_ROWS_SEARCHED]):
        found = match_columns(row, mapping)
        if _is_enough(found) and (best is None or len(found.columns) > len(best[1].columns)):
            best = at, found
    return best


def _is_enough(found: ColumnsFound) -> bool:
    return "employer" in found.columns and any(name in found.columns for name in MONEY)


def _which_sheets(file: str, names: tuple[str, ...]) -> Question:
    return Question(
        "sheet.names",
        names[0],
        f"{file} has {len(names)} sheets of accounts. Which are read?",
        (*names, "\n".join(names)),
    )


def _bare_look(opened: OpenedFile, mapping: AccountsMapping, problem: str) -> AccountsLook:
    """A file that can't be read so: its first sheet with the likeliest heading, so that columns can be named by hand."""
    tables = [one for one in opened.tables if one.visible and len(one.rows)]
    wanted = [one for one in tables if one.sheet in mapping.sheets] or tables
    look = AccountsLook(
        opened.file, opened.sha256, mapping, tuple(one.sheet for one in tables), problem=problem
    )
    if not wanted:
        return look
    table = wanted[0]
    at = (mapping.heading_row or 0) - 1
    if not 0 <= at < len(table.rows):
        rows = list(table.rows[:_ROWS_SEARCHED])
        at = max(
            range(len(rows)),
            key=lambda at: (len(match_columns(rows[at], mapping).columns), _texts(rows[at]), -at),
        )
    draft = _Draft(table, at, match_columns(table.rows[at], mapping), mapping)
    return replace(look, sheet=table.sheet, heading_row=at + 1, columns=_columns_of(draft))


def _texts(row: Sequence[object]) -> int:
    return sum(isinstance(one, str) and bool(one.strip()) for one in row)


def _columns_of(draft: _Draft) -> tuple[AccountsColumn, ...]:
    headings = [clean_text(cell)[:_LONGEST_HEADING] for cell in draft.table.rows[draft.heading]]
    found = with_suggestions(draft.found, headings[:_COLUMNS_SHOWN])
    by_place = {at: name for name, at in found.columns.items()}
    body = list(draft.table.rows[draft.heading + 1 : draft.heading + 1 + _ROWS_SEARCHED])
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
                again += 1
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
        rows_read=len(accounts),
        totals=sum(one.totals for one in readings),
        set_aside=sum(one.set_aside for one in readings) + again,
        blank=sum(one.blank for one in readings),
        unmatched=tuple(dict(pair for one in readings for pair in one.unmatched).items()),
        notes=tuple(dict.fromkeys(note for one in readings for note in one.notes)),
    )


def add_accounts(sector: Sector, *readings: AccountsReading) -> Sector:
    """The sector with these accounts. Figures for the same employer and year are brought up to date; blanks clear nothing.

    Raises UnusableInput where two of the files differ about an employer's year: then nothing is added.
    """
    _refuse_rivals(readings)
    for reading in readings:
        sector = _with_reading(sector, reading)
    return sector


def _refuse_rivals(readings: Sequence[AccountsReading]) -> None:
    seen: dict[tuple[str, object], tuple[Accounts, str]] = {}
    for reading in readings:
        for one in reading.accounts:
            other, file = seen.setdefault((one.employer, one.year_end), (one, reading.file))
            if file != reading.file and replace(other, source="") != replace(one, source=""):
                day = one.year_end.isoformat() if one.year_end else "a year end that is not known"
                raise UnusableInput(
                    f"{file} and {reading.file} both have accounts of {one.employer} for {day}, and they differ. Leave one of "
                    "the files out."
                )


def _with_reading(sector: Sector, reading: AccountsReading) -> Sector:
    held = {(one.employer, one.year_end): one for one in sector.accounts}
    for one in reading.accounts:
        key = (one.employer, one.year_end)
        held[key] = _over(held[key], one) if key in held else one
    employers = {one.name: one for one in sector.employers}
    stated = dict(reading.stated)
    for one_employer in reading.employers:
        before = employers.get(one_employer.name, Employer(one_employer.name))
        said = {field: getattr(one_employer, field) for field in stated[one_employer.name]}
        employers[one_employer.name] = replace(before, **said)
    kept = tuple(one for one in sector.accounts_mappings if one.signature != reading.signature)
    remembered = RememberedMapping(reading.signature, reading.file, tuple(stated), reading.settings)
    return replace(
        sector,
        accounts=in_order(tuple(held.values())),
        employers=tuple(employers.values()),
        accounts_mappings=(*kept, remembered) if reading.signature else kept,
    )


def in_order(accounts: Sequence[Accounts]) -> tuple[Accounts, ...]:
    """Employers in the order in which they came, each with its newest year first."""
    order = {name: at for at, name in enumerate(dict.fromkeys(one.employer for one in accounts))}
    return tuple(
        sorted(
            accounts,
            key=lambda one: (order[one.employer], -(one.year_end.toordinal() if one.year_end else 0)),
        )
    )


def _over(before: Accounts, after: Accounts) -> Accounts:
    known = {
        name: getattr(after, name) for name in Accounts.__slots__ if getattr(after, name) not in {None, ""}
    }
    return replace(before, **known)
