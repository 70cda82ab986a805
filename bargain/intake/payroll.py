"""A payroll spreadsheet → what it says: the one path from file to posts, the same for preview and import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from bargain.intake.mapping import meaning_of
from bargain.intake.ni_once import Persons
from bargain.intake.one_sheet import Surroundings, read_one_sheet
from bargain.intake.open_safely import OpenedFile, ReadingStopped, SafeReader
from bargain.intake.reading import (
    MappingFile,
    OpenQuestion,
    PayrollReading,
    Question,
    SectorFacts,
    SheetReading,
)
from bargain.intake.rows import forget_cells
from bargain.intake.sheets import Memory, ask_which_sheets, employer_names, sheets_to_read
from bargain.intake.tables import forget_texts
from bargain.intake.words import plain_words
from bargain.money import micros
from bargain.plain_names import plain_name
from models.issues import UnusableInput
from models.sector import Sector


def facts_of(sector: Sector) -> SectorFacts:
    """What reading a payroll needs to know of a sector."""
    from bargain.parameters.load import legal_floor_on

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
        minimum_is_checked=(floor := legal_floor_on(sector.data_date)) is None or floor.is_checked,
        imports=sector.imports,
        mappings=sector.mappings,
        scale=sector.scale,
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
    persons = Persons()  # gone, with its key, when the last file has been read
    with SafeReader(stop=stop) as reader:
        for path in paths:
            if stop is not None and stop():
                raise ReadingStopped
            opened = reader.read(path, password)
            readings.append(
                read_opened(opened, facts=facts, employer=employer, mapping=mapping, persons=persons)
            )
            if on_read is not None:
                on_read()
    return tuple(readings)


def read_opened(
    opened: OpenedFile,
    *,
    facts: SectorFacts,
    employer: str | None = None,
    mapping: MappingFile | None = None,
    persons: Persons | None = None,
) -> PayrollReading:
    """Read a file that was opened before: the same bytes and settings give the same reading, as often as is asked."""
    try:
        return _read_opened(
            opened,
            facts=facts,
            employer=employer,
            mapping=mapping or MappingFile(),
            persons=persons or Persons(),
        )
    finally:
        forget_what_was_seen()


def forget_what_was_seen() -> None:
    """The short-cuts that made reading fast hold texts of cells, names among them: let go of them."""
    forget_cells()
    forget_texts()
    plain_words.cache_clear()
    meaning_of.cache_clear()


def _read_opened(
    opened: OpenedFile,
    *,
    facts: SectorFacts,
    employer: str | None,
    mapping: MappingFile,
    persons: Persons,
) -> PayrollReading:
    whose = (plain_name(Path(opened.file).stem),) if employer is None else (employer,)
    wanted, left = sheets_to_read(opened, Memory(mapping, facts.mappings, whose))
    names = employer_names(opened.file, [draft.table.sheet for draft in wanted], employer)
    ask_which_sheets(opened.file, wanted, mapping, employer)
    sheets: list[SheetReading] = []
    questions: list[Question] = []
    for draft, name in zip(wanted, names, strict=True):
        read = read_one_sheet(draft, Surroundings(name, facts, employer is not None, persons))
        if isinstance(read, SheetReading):
            sheets.append(read)
        else:
            questions.extend(read)
    if questions:
        raise OpenQuestion(opened.file, questions)
    return PayrollReading(opened.file, opened.sha256, tuple(sheets), left)
