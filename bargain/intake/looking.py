"""A look at one file with some settings: what stands in it, how its columns are taken, and what reading it gives.

The window shows a look and imports the very reading in it: preview and import are one calculation of bytes and settings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from bargain.intake.ni_once import Persons
from bargain.intake.open_safely import OpenedFile, ReadingStopped, SafeReader
from bargain.intake.payroll import forget_what_was_seen, read_opened
from bargain.intake.preview import FilePreview, SheetPreview, preview_from
from bargain.intake.reading import MappingFile, OpenQuestion, PayrollReading, Question, SectorFacts
from bargain.intake.sheets import Draft, Memory, sheets_to_read
from bargain.plain_names import plain_name
from models.issues import UnusableInput
from models.sector import ImportRecord

_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """One column of the sheet that is shown, by its place (from 0).

    ``field`` is what it is read as (``pay`` among them), blank for nothing; ``personal`` the kind of personal data in
    it, which is never kept; ``confidence`` is 0 to 1; ``samples`` are its first values, dots where they are personal.
    """

    column: int
    heading: str
    field: str
    personal: str
    confidence: float
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recall:
    """The settings that like files were read with before: from which file, for whom, and known by what."""

    mapping: MappingFile
    file: str
    employers: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What a file says with some settings. Of reading, questions and problem exactly one is there."""

    sha256: str
    preview: FilePreview
    columns: tuple[ColumnLook, ...]
    recall: Recall | None = None
    before: ImportRecord | None = None
    reading: PayrollReading | None = None
    questions: tuple[Question, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """Which file is open: a changed file is another one."""

    path: Path
    changed_ns: int
    size: int
    password: str


class Looker:
    """Looks at files one after another, through one child process. The file looked at last stays open.

    That is why a changed answer costs no second opening of a large workbook.
    """

    def __init__(self) -> None:
        self._reader = SafeReader()
        self._persons = Persons()  # of all files of one import: it goes, with its key, when this is closed
        self._known: _Known | None = None
        self._opened: OpenedFile | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child process and let go of the open file."""
        self._reader.close()
        self._known = self._opened = None
        self._persons = Persons()

    @property
    def process(self) -> int | None:
        """The number of the child process, where one runs."""
        return self._reader.process

    def rest(self) -> None:
        """End the child process; the file looked at last stays open."""
        self._reader.close()

    def look(
        self,
        path: Path,
        *,
        facts: SectorFacts,
        employer: str | None = None,
        mapping: MappingFile | None = None,
        password: str | None = None,
        sheet: str | None = None,
        stop: Callable[[], bool] | None = None,
        on_open: Callable[[int], None] | None = None,
    ) -> Look:
        """Look at a file; ``sheet`` says which one is shown, and changes nothing about how the file is read.

        ``on_open`` is told how many rows there are as soon as the file is open. Raises UnusableInput where it cannot
        be opened, and ReadingStopped once ``stop`` says True.
        """
        told = mapping or MappingFile()
        try:
            opened = self._open(path, password, stop)
            if on_open is not None:
                on_open(sum(len(table.rows) for table in opened.tables))
            if stop is not None and stop():
                raise ReadingStopped
            return _look(
                opened, facts=facts, employer=employer, mapping=told, sheet=sheet, persons=self._persons
            )
        finally:
            forget_what_was_seen()

    def _open(self, path: Path, password: str | None, stop: Callable[[], bool] | None) -> OpenedFile:
        known = _known_as(path, password)
        if self._opened is not None and known is not None and known == self._known:
            return self._opened
        self._known = self._opened = None
        self._reader.stop = stop
        self._opened = self._reader.read(path, password)
        self._known = known
        return self._opened


def _known_as(path: Path, password: str | None) -> _Known | None:
    try:
        state = path.stat()
    except OSError:  # reading it says what is wrong
        return None
    return _Known(path, state.st_mtime_ns, state.st_size, password or "")


def _look(
    opened: OpenedFile,
    *,
    facts: SectorFacts,
    employer: str | None,
    mapping: MappingFile,
    sheet: str | None,
    persons: Persons,
) -> Look:
    drafts = _drafts(opened, facts, employer, mapping)
    shown = sheet if sheet in {table.sheet for table in opened.tables} else None
    if shown is None and drafts:
        shown = drafts[0].table.sheet
    draft = next((one for one in drafts if one.table.sheet == shown), None)
    heading = None if draft is None else draft.heading
    as_read = mapping
    if heading is not None:  # shown where it was found, also by memory
        as_read = replace(mapping, heading_row=heading.first + 1, heading_rows=heading.rows)
    preview = preview_from(opened, sheet=shown, mapping=mapping if draft is None else as_read)
    if draft is not None:
        preview = replace(preview, sheets=preview_from(opened, sheet=shown, mapping=mapping, rows=0).sheets)
    look = Look(
        sha256=opened.sha256,
        preview=preview,
        columns=() if draft is None or preview.shown is None else _columns(draft, preview.shown, ()),
        recall=None if draft is None else _recall(draft, facts),
        before=next((one for one in reversed(facts.imports) if one.sha256 == opened.sha256), None),
    )
    try:
        reading = read_opened(opened, facts=facts, employer=employer, mapping=mapping, persons=persons)
    except OpenQuestion as asked:
        return replace(look, questions=asked.questions)
    except UnusableInput as unusable:
        return replace(look, problem=str(unusable))
    read = next((one for one in reading.sheets if one.sheet == shown), None)
    if read is not None and draft is not None and preview.shown is not None:
        uses = [(use.column, use.field, use.confidence) for use in read.uses]
        look = replace(look, columns=_columns(draft, preview.shown, uses))
    return replace(look, reading=reading)


def _drafts(
    opened: OpenedFile, facts: SectorFacts, employer: str | None, mapping: MappingFile
) -> list[Draft]:
    whose = (plain_name(Path(opened.file).stem),) if employer is None else (employer,)
    try:
        return sheets_to_read(opened, Memory(mapping, facts.mappings, whose))[0]
    except UnusableInput:  # reading says why
        return []


def _columns(
    draft: Draft, shown: SheetPreview, uses: Sequence[tuple[int, str, float]]
) -> tuple[ColumnLook, ...]:
    """Each column as it was read; where reading is not through yet, as it is likely to be."""
    columns = draft.columns
    taken = {column: (field, confidence) for column, field, confidence in uses}
    if not taken:
        taken = {at: (field, columns.confidence.get(field, 1.0)) for field, at in columns.fields.items()}
        if len(columns.pay) == 1:
            taken[columns.pay[0].column] = ("pay", columns.pay[0].confidence)
    body = shown.cells[draft.heading.body_from :]
    found = []
    for at, heading in enumerate(columns.headings):
        field, confidence = taken.get(at, ("", 0.0))
        values = dict.fromkeys(row[at] for row in body if at < len(row) and row[at])
        found.append(
            ColumnLook(at, heading, field, columns.personal.get(at, ""), confidence, tuple(values)[:_SAMPLES])
        )
    return tuple(found)


def _recall(draft: Draft, facts: SectorFacts) -> Recall | None:
    mapping = draft.mapping
    if not mapping.remembered_from:
        return None
    held = [one for one in facts.mappings if one.file == mapping.remembered_from]
    employers = tuple(dict.fromkeys(name for one in held for name in one.employers))
    told = replace(mapping, remembered_from="", remembered_by="")
    return Recall(told, mapping.remembered_from, employers, mapping.remembered_by)
