"""Readings → a new Sector: posts added, employers known better, and a record of each import. All or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from bargain.intake.categories import ownership_of
from bargain.intake.mapping_file import write_mapping
from bargain.intake.reading import EmployerFound, PayrollReading, RowKind, SheetReading
from bargain.money import micros
from models.employer import Employer, Ownership
from models.issues import UnusableInput
from models.sector import ImportRecord, RememberedMapping, Sector
from models.workforce import COLUMNS, NONE_CODE, VOCABULARIES, Workforce

_CODE_OF = {
    "employers": "employer_code",
    "grades": "grade_code",
    "points": "point_code",
    "titles": "title_code",
    "settings": "setting_code",
}


def add_readings(sector: Sector, readings: Sequence[PayrollReading], *, today: date) -> Sector:
    """The sector with the readings' posts, employers and import records. A file imported before is refused."""
    imports = list(sector.imports)
    employers = {one.name: one for one in sector.employers}
    workforces = [sector.workforce]
    mappings = {one.signature: one for one in sector.mappings}
    known = {one.sha256: one for one in sector.imports}
    for reading in readings:
        before = known.get(reading.sha256)
        if before is not None:
            raise UnusableInput(
                f"{reading.file} was imported before, as {before.file} on {before.imported.day} {before.imported:%B %Y}: importing it again would "
                "count its staff twice. Undo that import first if this one should replace it."
            )
        for sheet in reading.sheets:
            posts = sheet.workforce
            columns: dict[str, Any] = {name: getattr(posts, name) for name in COLUMNS}
            columns["import_code"] = np.full(len(posts), len(imports), dtype=np.int32)
            workforces.append(replace(posts, **columns))
            record = _record(reading, sheet, today)
            imports.append(record)
            known[reading.sha256] = record
            mappings.pop(sheet.signature, None)  # the last one stands last
            mappings[sheet.signature] = RememberedMapping(
                sheet.signature, reading.file, record.employers, write_mapping(sheet)
            )
            for found in sheet.employers:
                employers[found.name] = _known_better(employers.get(found.name, Employer(found.name)), found)
    return replace(
        sector,
        workforce=joined(workforces),
        employers=tuple(employers.values()),
        imports=tuple(imports),
        mappings=tuple(mappings.values()),
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
    )
