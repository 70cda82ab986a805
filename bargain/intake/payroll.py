"""A payroll spreadsheet → what it says: the one path from file to posts, the same for preview and import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np

from bargain.intake.checked import Checked
from bargain.intake.checks import CHECKS
from bargain.intake.coded import Coded
from bargain.intake.full_week import full_weeks
from bargain.intake.mapping import meaning_of
from bargain.intake.open_safely import OpenedFile, ReadingStopped, SafeReader
from bargain.intake.pay import PayPlanner
from bargain.intake.posts import make_posts
from bargain.intake.reading import (
    MappingFile,
    OpenQuestion,
    PayrollReading,
    Problem,
    Question,
    RowKind,
    SectorFacts,
    SheetReading,
)
from bargain.intake.rows import classify, forget_cells
from bargain.intake.sheet_reading import sheet_reading
from bargain.intake.sheets import Draft, Memory, ask_which_sheets, employer_names, sheets_to_read
from bargain.intake.staff import StaffTable, count_heads, free_numbers, month_comes_first, read_staff
from bargain.intake.tables import forget_texts
from bargain.intake.words import plain_words
from bargain.money import micros
from models.issues import UnusableInput
from models.sector import Sector


def facts_of(sector: Sector) -> SectorFacts:
    """What reading a payroll needs to know of a sector."""
    return SectorFacts(
        weekly_hours=sector.weekly_hours,
        weeks_y=sector.weeks_y,
        grades=sector.grades,
        title_grades=sector.title_grades,
        data_date=sector.data_date,
        employers=sector.employers,
        minimum_wage_micros=_minimum_wage("national_living_wage", sector.data_date),
        minimum_18_20_micros=_minimum_wage("minimum_wage_18_20", sector.data_date),
        minimum_under_18_micros=_minimum_wage("minimum_wage_under_18", sector.data_date),
        minimum_apprentice_micros=_minimum_wage("minimum_wage_apprentice", sector.data_date),
        imports=sector.imports,
        mappings=sector.mappings,
    )


def _minimum_wage(key: str, day: date | None) -> int | None:
    from bargain.parameters.load import value_on

    try:
        return None if day is None else micros(value_on(key, day).value)
    except UnusableInput:  # a day before the first published value: there is no floor to compare with
        return None


def read_payroll(
    path: Path,
    *,
    facts: SectorFacts,
    employer: str | None = None,
    mapping: MappingFile | None = None,
    password: str | None = None,
) -> PayrollReading:
    """Read one payroll file. What is open is asked by ``OpenQuestion``; what cannot be read says why."""
    return read_payrolls([path], facts=facts, employer=employer, mapping=mapping, password=password)[0]


def read_payrolls(
    paths: Sequence[Path],
    *,
    facts: SectorFacts,
    employer: str | None = None,
    mapping: MappingFile | None = None,
    password: str | None = None,
    on_read: Callable[[], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> tuple[PayrollReading, ...]:
    """Read several payroll files through one child process.

    ``on_read`` is called after each file. Once ``stop`` says True the child is ended and ``ReadingStopped`` raised.
    """
    readings = []
    try:
        with SafeReader(stop=stop) as reader:
            for path in paths:
                if stop is not None and stop():
                    raise ReadingStopped
                opened = reader.read(path, password)
                readings.append(
                    read_opened(opened, facts=facts, employer=employer, mapping=mapping or MappingFile())
                )
                if on_read is not None:
                    on_read()
    finally:
        forget_what_was_seen()
    return tuple(readings)


def forget_what_was_seen() -> None:
    """The short-cuts that made reading fast hold texts of cells, names among them: let go of them."""
    forget_cells()
    forget_texts()
    plain_words.cache_clear()
    meaning_of.cache_clear()


def read_opened(
    opened: OpenedFile, *, facts: SectorFacts, employer: str | None, mapping: MappingFile
) -> PayrollReading:
    """Read a file that is open already; call ``forget_what_was_seen`` after it."""
    whose = (Path(opened.file).stem.strip(),) if employer is None else (employer,)
    wanted, left = sheets_to_read(opened, Memory(mapping, facts.mappings, whose))
    names = employer_names(opened.file, [draft.table.sheet for draft in wanted], employer)
    ask_which_sheets(opened.file, wanted, mapping, employer)
    sheets: list[SheetReading] = []
    questions: list[Question] = []
    for draft, name in zip(wanted, names, strict=True):
        read = _read_sheet(draft, employer=name, facts=facts, named=employer is not None)
        if isinstance(read, SheetReading):
            sheets.append(read)
        else:
            questions.extend(read)
    if questions:
        raise OpenQuestion(opened.file, questions)
    return PayrollReading(opened.file, opened.sha256, tuple(sheets), left)


def _read_sheet(
    draft: Draft, *, employer: str, facts: SectorFacts, named: bool
) -> SheetReading | tuple[Question, ...]:
    table, heading, columns, mapping = draft.table, draft.heading, draft.columns, draft.mapping
    body = table.rows[heading.body_from :]
    first_row = heading.body_from + 1
    month_first, questions = month_comes_first(table, columns, body, mapping)
    classified = classify(
        columns, body, first_row=first_row, data_date=facts.data_date or date.today(), month_first=month_first
    )
    is_staff = classified.kinds.mask(lambda kind: kind is RowKind.STAFF)
    staff_rows = (np.flatnonzero(is_staff) + first_row).astype(np.int32)
    if not len(staff_rows):
        raise UnusableInput(
            f"{table.file}, sheet {table.sheet}: there is a heading in row {heading.body_from} but no row of staff under it."
        )
    staff = read_staff(table, columns, staff_rows, mapping=mapping)
    counted = count_heads(staff, grouped_rows=mapping.grouped)
    employers, carried = _employers_of_rows(staff, employer, named=named)
    weeks = full_weeks(staff, counted, employers, facts=facts, told=mapping.full_time_hours)
    planner = PayPlanner(
        columns,
        staff,
        counted,
        weeks,
        mapping=mapping,
        sheet=table.sheet,
        weeks_y=Decimal(str(facts.weeks_y)),
        free=lambda: free_numbers(table, columns, staff_rows),
    )
    answer = planner.plan()
    questions = columns.questions + questions + answer.questions
    if questions or answer.plan is None:
        return questions
    posts = make_posts(staff, counted, weeks, employers, answer.plan, facts=facts, mapping=mapping)
    found = [*staff.problems, *carried]
    for check in CHECKS:
        found.extend(check(Checked(staff, posts, counted, answer.plan, facts)))
    return sheet_reading(
        draft,
        classified=classified,
        staff=staff,
        posts=posts,
        found=found,
        counted=counted,
        plan=answer.plan,
        mapping=mapping,
    )


def _employers_of_rows(staff: StaffTable, employer: str, *, named: bool) -> tuple[Coded[str], list[Problem]]:
    """Each row's employer: the name given, else its cell, else the last one named above it."""
    if named or "employer" not in staff.texts:
        return Coded.same(employer, len(staff)), []
    told = staff.texts["employer"]
    blank = told.mask(lambda text: not text)
    if not blank.any():
        return told, []
    above = np.maximum.accumulate(np.where(blank, -1, np.arange(len(told))))
    codes = np.where(above < 0, len(told.distinct), told.codes[above])
    names = Coded(codes.astype(np.int32), [*told.distinct, employer])
    problems = [
        Problem(
            "no_employer", int(staff.rows[at]), staff.headings["employer"], "",
            f"no employer here; taken to be {names[at]}",
        )
        for at in np.flatnonzero(blank).tolist()
    ]  # fmt: skip
    return names, problems
