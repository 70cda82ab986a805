"""Readings → a new Sector: posts added, employers known better, and a record of each import. All or nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from bargain.intake.categories import ownership_of
from bargain.intake.mapping_file import write_mapping
from bargain.intake.memory import remembered
from bargain.intake.reading import EmployerFound, PayrollReading, RowKind, SheetReading
from bargain.money import micros
from models.employer import Employer, Ownership
from models.issues import UnusableInput
from models.sector import ImportRecord, Sector
from models.workforce import COLUMNS, NONE_CODE, VOCABULARIES, Workforce

_CODE_OF = {
    "employers": "employer_code",
    "grades": "grade_code",
    "points": "point_code",
    "titles": "title_code",
    "settings": "setting_code",
}


class Again(StrEnum):
    """What to do with a file that was imported before."""

    REFUSE = "refuse"
    REPLACE = "replace"
    KEEP_BOTH = "keep-both"


def imported_before(sector: Sector, reading: PayrollReading) -> tuple[ImportRecord, ...]:
    """The records of the very same file, if it was imported before."""
    return tuple(one for one in sector.imports if one.sha256 == reading.sha256)


def without_imports(sector: Sector, records: Collection[ImportRecord]) -> Sector:
    """The sector without what these imports brought in. What they taught of employers and mappings stays."""
    gone = [code for code, one in enumerate(sector.imports) if one in records]
    if not gone:
        return sector
    kept = [code for code in range(len(sector.imports)) if code not in gone]
    new_codes = np.full(
        len(sector.imports) + 1, NONE_CODE, dtype=np.int32
    )  # the last is for posts of no import
    new_codes[kept] = np.arange(len(kept), dtype=np.int32)
    posts = sector.workforce
    stays = ~np.isin(posts.import_code, gone)
    columns: dict[str, Any] = {name: getattr(posts, name)[stays] for name in COLUMNS}
    columns["import_code"] = new_codes[columns["import_code"]]
    return replace(
        sector,
        workforce=replace(posts, **columns),
        imports=tuple(one for code, one in enumerate(sector.imports) if code not in gone),
    )


def add_readings(
    sector: Sector, readings: Sequence[PayrollReading], *, today: date, again: Again = Again.REFUSE
) -> Sector:
    """The sector with the readings' posts, employers and import records.

    A file imported before is refused, or replaces what it brought in then, or comes in beside it, as ``again`` says.
    """
    if again is Again.REPLACE:
        old = [record for reading in readings for record in imported_before(sector, reading)]
        sector = without_imports(sector, old)
    imports = list(sector.imports)
    employers = {one.name: one for one in sector.employers}
    workforces = [sector.workforce]
    mappings = sector.mappings
    known = {one.sha256: one for one in sector.imports}
    new: set[str] = set()
    for reading in readings:
        before = known.get(reading.sha256)
        if before is not None and (again is not Again.KEEP_BOTH or reading.sha256 in new):
            raise UnusableInput(
                f"{reading.file} was imported before, as {before.file} on {before.imported.day} {before.imported:%B %Y}: importing it again would "
                "count its staff twice. To read it anew in the place of that one, import it with --again replace; to hold both, "
                "with --again keep-both."
            )
        new.add(reading.sha256)
        for sheet in reading.sheets:
            posts = sheet.workforce
            columns: dict[str, Any] = {name: getattr(posts, name) for name in COLUMNS}
            columns["import_code"] = np.full(len(posts), len(imports), dtype=np.int32)
            workforces.append(replace(posts, **columns))
            record = _record(reading, sheet, today)
            imports.append(record)
            known[reading.sha256] = record
            mappings = remembered(
                mappings, signature=sheet.signature, file=reading.file, employers=record.employers,
                settings=write_mapping(sheet),
            )  # fmt: skip
            for found in sheet.employers:
                employers[found.name] = _known_better(employers.get(found.name, Employer(found.name)), found)
    return replace(
        sector,
        workforce=joined(workforces),
        employers=tuple(employers.values()),
        imports=tuple(imports),
        mappings=mappings,
    )


def joined(workforces: Sequence[Workforce]) -> Workforce:
    """Workforces one after another; their vocabularies are made one and the codes follow."""
    words: dict[str, dict[str, int]] = {name: {} for name in VOCABULARIES}
    parts: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for workforce in workforces:
        for name in COLUMNS:
            parts[name].append(getattr(workforce, name))
        for vocabulary, column in _CODE_OF.items():
            known = words[vocabulary]
            codes = [known.setdefault(word, len(known)) for word in getattr(workforce, vocabulary)]
            table = np.array([*codes, NONE_CODE], dtype=np.int32)
            parts[column][-1] = table[getattr(workforce, column)]  # code −1 takes the last entry
    columns: dict[str, Any] = {
        name: np.concatenate(arrays).astype(COLUMNS[name]) for name, arrays in parts.items()
    }
    vocabularies: dict[str, Any] = {name: tuple(known) for name, known in words.items()}
    return Workforce(**vocabularies, **columns)


def _record(reading: PayrollReading, sheet: SheetReading, today: date) -> ImportRecord:
    counts = sheet.counts
    return ImportRecord(
        file=reading.file,
        sheet=sheet.sheet,
        sha256=reading.sha256,
        imported=today,
        employers=tuple(one.name for one in sheet.employers),
        rows_in_file=sheet.rows_in_file,
        staff=counts[RowKind.STAFF],
        totals=counts[RowKind.TOTAL],
        leavers=counts[RowKind.LEAVER],
        set_aside=counts[RowKind.SET_ASIDE],
        blank=counts[RowKind.BLANK],
        heads=float(sheet.heads),
        paybill_micros=micros(sheet.paybill),
        mapping=tuple(sheet.mapping.items()),
        dropped_columns=sheet.dropped_columns,
        unmapped_titles=tuple(title for title, _heads in sheet.unmapped_titles),
        checks=sheet.checks,
    )


def _known_better(employer: Employer, found: EmployerFound) -> Employer:
    """What the file says fills what the record lacks; it never overwrites, and a blank never clears."""
    ownership = ownership_of(found.ownership) or Ownership.UNKNOWN
    return replace(
        employer,
        ownership=ownership if employer.ownership is Ownership.UNKNOWN else employer.ownership,
        region=employer.region or found.region,
        weekly_hours=found.weekly_hours if employer.weekly_hours is None else employer.weekly_hours,
        pension_ppm=found.pension_ppm if employer.pension_ppm is None else employer.pension_ppm,
        pension_on_band=employer.pension_on_band and found.pension_on_band is not False,
    )
