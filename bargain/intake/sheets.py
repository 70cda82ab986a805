"""Which sheets of a file hold staff, and who employs them where no column says."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bargain.intake.beside import ALL, blocks_of, chosen_tables, which_tables
from bargain.intake.choices import Chosen
from bargain.intake.coded import Coded
from bargain.intake.headings import MOST_ROWS, ROWS_SEARCHED, Heading, find_heading, is_figure, joined
from bargain.intake.mapping import ColumnMap, match_columns, meaning_of
from bargain.intake.memory import recall
from bargain.intake.open_safely import OpenedFile
from bargain.intake.periods import MONTHS, is_period
from bargain.intake.reading import Choice, Do, MappingFile, OpenQuestion, Question, SheetLeft
from bargain.intake.tables import Rows, SheetTable, clean_text
from bargain.intake.words import phrases, plain_words
from bargain.plain_names import plain_name
from models.issues import UnusableInput
from models.sector import RememberedMapping

_STAFF_SIGNS = {
    "job_title",
    "hours",
    "fte",
    "heads",
    "heads_female",
    "contract",
    "sex",
    "staff_number",
    "start_date",
    "employer",
}
_ROWS_FOR_EMPLOYER = 200
_NO_HEADING = "no heading of a payroll was found"


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A sheet with its heading found and its columns matched."""

    table: SheetTable
    heading: Heading
    columns: ColumnMap
    mapping: MappingFile


def signature_of(headings: Sequence[str]) -> str:
    """What the headings in their order are known by: files of one payroll system have the same."""
    words = "\x1f".join(plain_words(text) for text in headings)
    return hashlib.sha256(words.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Memory:
    """What is given for a file, what is known of files before it, and whose it is, as far as its name or the user says."""

    given: MappingFile
    known: tuple[RememberedMapping, ...] = ()
    employers: tuple[str, ...] = ()


def sheets_to_read(opened: OpenedFile, memory: Memory) -> tuple[list[Draft], tuple[SheetLeft, ...]]:
    """The sheets with staff in them; the others are named with their rows and the reason."""
    mapping = memory.given
    missing = set(mapping.sheets) - {table.sheet for table in opened.tables}
    if missing:
        raise UnusableInput(f"{opened.file} has no sheet named “{min(missing)}”, which the mapping asks for.")
    wanted: list[Draft] = []
    by_shape: list[Draft] = []
    left: list[SheetLeft] = []
    refused: list[UnusableInput] = []
    asked: list[Question] = []
    for table in opened.tables:
        judged: list[Draft] | str
        try:
            judged = _drafts_or_reason(table, memory, left, file=opened.file)
        except OpenQuestion as question:
            asked += question.questions
            continue
        except UnusableInput as why:
            refused.append(why)
            judged = "the columns that the mapping names are not in it"
        if isinstance(judged, str):
            left.append(SheetLeft(table.sheet, len(table.rows), not table.visible, judged))
        else:
            for draft in judged:
                (wanted if draft.heading.is_known else by_shape).append(draft)
    if asked:
        raise OpenQuestion(opened.file, asked)
    with_pay = [one for one in wanted if one.columns.pay]
    if with_pay:  # a list of leave or training beside the payroll has no pay, and needs no question
        left += [
            SheetLeft(one.table.sheet, len(one.table.rows), not one.table.visible, "no pay in it")
            for one in wanted
            if not one.columns.pay
        ]
        wanted = with_pay
    if not wanted and by_shape:
        wanted, by_shape = by_shape, []
    left += [
        SheetLeft(one.table.sheet, len(one.table.rows), not one.table.visible, _NO_HEADING)
        for one in by_shape
    ]
    if not wanted:
        raise refused[0] if refused else UnusableInput(_nothing_found(opened.file, left))
    return wanted, tuple(left)


def _known_heading(table: SheetTable, known: Sequence[RememberedMapping]) -> Heading | None:
    """The heading of a file seen before, wherever it now stands: needed where its words alone do not give it away."""
    signatures = {one.signature for one in known}
    for first in range(min(len(table.rows), ROWS_SEARCHED)):
        for rows in range(1, MOST_ROWS + 1):
            if first + rows < len(table.rows):
                texts = joined(table, first, rows)
                if signature_of(texts) in signatures:
                    return Heading(first, rows, texts)
    return None


def _with_memory(table: SheetTable, memory: Memory) -> tuple[Heading | None, MappingFile]:
    """The heading and the settings: as given, else as like files were read before."""
    mapping, known = memory.given, memory.known
    heading = find_heading(table, mapping)
    if mapping != MappingFile() or not known:
        return heading, mapping
    if heading is None or signature_of(heading.texts) not in {one.signature for one in known}:
        heading = _known_heading(table, known) or heading
    if heading is None:
        return None, mapping
    found = recall(
        known,
        signature=signature_of(heading.texts),
        headings=heading.texts,
        employers=(*memory.employers, *_employers_in(table, heading)),
    )
    return heading, mapping if found is None else replace(found.mapping, sheets=())


def _employers_in(table: SheetTable, heading: Heading) -> tuple[str, ...]:
    """The employers that the first rows of a file name, where a column does."""
    for column, text in enumerate(heading.texts):
        if meaning_of(text).field == "employer":
            cells = table.rows.columns[column][heading.body_from : heading.body_from + _ROWS_FOR_EMPLOYER]
            return tuple(dict.fromkeys(name for name in map(clean_text, cells) if name))
    return ()


def _drafts_or_reason(
    table: SheetTable, memory: Memory, left: list[SheetLeft], *, file: str
) -> list[Draft] | str:
    """The sheet ready to be read, or why it is left."""
    mapping = memory.given
    named = table.sheet in mapping.sheets
    if mapping.sheets and not named:
        return "not among the sheets that the mapping names"
    if not table.visible and not named and mapping.hidden != "include":
        return "the sheet is hidden"
    if not table.rows:
        return "the sheet is empty"
    heading, mapping = _with_memory(table, memory)
    if heading is None:
        return _NO_HEADING
    blocks = blocks_of(table, heading)
    if blocks and not mapping.tables:
        raise OpenQuestion(file, [which_tables(table, heading, blocks)])
    if blocks:
        pairs, beside = chosen_tables(table, heading, blocks, mapping)
        left += beside
        return [_draft(one, its_heading, mapping, file=file) for one, its_heading in pairs]
    if mapping.tables not in {"", ALL} and memory.given.tables:
        raise UnusableInput(
            f"{file}, sheet {table.sheet}: there are no tables side by side, of which {mapping.tables} could be one (sheet.tables)."
        )
    draft = _draft(table, heading, mapping, file=file)
    if heading.is_known and not _is_payroll(draft, mapping):
        return "pay without staff: it looks like a pay scale or a list"
    return [draft]


def _draft(table: SheetTable, heading: Heading, mapping: MappingFile, *, file: str) -> Draft:
    if Chosen(mapping.choices).of("merged_cells") == Choice("merged_cells", Do.FIX):
        table = filled_down(table, heading.body_from)
    body = table.rows[heading.body_from :]
    columns = match_columns(heading.texts, body, mapping=mapping, file=file, sheet=table.sheet)
    return Draft(table, heading, columns, mapping)


def filled_down(table: SheetTable, body_from: int) -> SheetTable:
    """The sheet with each text merged down several rows standing in all of them. Figures are not copied: they would be doubled."""
    columns = list(table.rows.columns)
    for top, left, bottom, right in table.merged:
        if top < body_from or bottom <= top or left != right or left >= len(columns):
            continue
        cells = columns[left]
        first = cells[top]
        if not isinstance(first, str) or is_figure(first):
            continue
        codes = cells.codes.copy()
        codes[top + 1 : bottom + 1] = codes[top]
        columns[left] = Coded(codes, cells.distinct)
    return replace(table, rows=Rows(columns, len(table.rows)))


def _nothing_found(file: str, left: Sequence[SheetLeft]) -> str:
    if not left or all(one.rows == 0 for one in left):
        return f"{file} has no rows in any sheet. Ask for the file again."
    seen = "; ".join(f"{one.sheet}: {one.reason}" for one in left[:5])
    return (
        f"{file} holds no sheet that can be read as a payroll ({seen}). It needs a row of headings such as job title, pay "
        "and hours; if there is one, name its row in a mapping file (sheet.heading_row). If the file has no headings at all, say heading_rows = 0 there and "
        "name columns by their letters, such as pay = “column D”."
    )


def _is_payroll(draft: Draft, mapping: MappingFile) -> bool:
    columns = draft.columns
    signs = _STAFF_SIGNS & set(columns.fields) or "name" in columns.personal.values()
    return bool(signs) or bool(mapping.columns) or draft.table.sheet in mapping.sheets


def ask_which_sheets(file: str, wanted: Sequence[Draft], mapping: MappingFile, employer: str | None) -> None:
    """Several sheets called only by dates or the like may be the same staff at different times."""
    if len(wanted) < 2 or mapping.sheets:
        return
    names = [one.table.sheet for one in wanted]
    of_times = sum(is_period(name) for name in names) >= 2
    told_apart = any("employer" in one.columns.fields for one in wanted) or (
        employer is None and not all(_is_generic(name) for name in names)
    )
    if told_apart and not of_times:
        return
    raise OpenQuestion(
        file,
        [
            Question(
                "sheet.names",
                names[0],
                "Several sheets hold staff and may repeat them. Which should be read?",
                tuple(names),
            )
        ],
    )


def employer_names(file: str, sheets: Sequence[str], employer: str | None) -> list[str]:
    """Who employs the staff of each sheet, where no column says: as told, by the sheet's name, else by the file's."""
    if employer is not None:
        return [employer for _ in sheets]
    stem = plain_name(Path(file).stem)
    letters = re.sub(r"[^a-z0-9]", "", plain_words(stem))
    names = []
    for sheet in sheets:
        in_stem = re.sub(r"[^a-z0-9]", "", plain_words(sheet)) in letters
        by_sheet = not _is_generic(sheet) and (len(sheets) > 1 or in_stem or _is_generic(stem))
        names.append(plain_name(sheet) if by_sheet else stem)
    return names


def _is_generic(name: str) -> bool:
    """Whether a name says only that it is a sheet of staff, or a date."""
    generic = phrases("rows", "sheets", "generic") | MONTHS
    return all(
        word.isdigit() or word.rstrip("0123456789") in generic or word in generic
        for word in plain_words(name).split()
    )
