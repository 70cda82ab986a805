"""What a person chose about one file. The order of the choices never matters: each key holds its newest answer.

Knows no Qt. ``mapping`` is the only way from choices to the settings that a file is read with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bargain.intake.answers import FULL_WEEK, HOURS_EACH, with_choice, with_setting
from bargain.intake.mapping_file import read_mapping
from bargain.intake.reading import Choice, Do, MappingFile, Question
from bargain.intake.words import word_table
from models.sector import ImportRecord, Sector

SHEETS, HEADING, GROUPS, CHOICE, TITLE = (
    "sheet.names",
    "sheet.heading",
    "rows_are_groups",
    "choice",
    "title",
)
AGAIN = "again"  # a file that was imported before: replace (and what), or keep both
REPLACE = "replace"
COLUMNS = "columns."
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One choice: its key and what it is about (a word of the file, a check), and the answers.

    Several answers for the sheets to read (their names), the heading (its row, how many rows) and a check (what to do
    about its rows, and the reason).
    """

    key: str
    about: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileSettings:
    """All that was said about one file. ``fresh``: begin with nothing, whatever like files were read with before."""

    employer: str = ""
    password: str = ""
    fresh: bool = False
    changes: tuple[Change, ...] = ()

    def with_change(self, key: str, *answers: str, about: str = "") -> FileSettings:
        """One more choice, in the place of an older one of the same key. Without answers the older one is taken back."""
        kept = [one for one in self.changes if (one.key, one.about) != (key, about)]
        if answers:
            kept.append(Change(key, about, answers))
        return replace(self, changes=tuple(sorted(kept)))

    def without(self, key: str, about: str = "") -> FileSettings:
        """A choice taken back."""
        return self.with_change(key, about=about)

    def answered(self, question: Question, answer: str) -> FileSettings:
        """A question answered."""
        return self.with_change(question.key, answer, about=question.about)

    def answers_to(self, key: str, about: str = "") -> tuple[str, ...]:
        """What was chosen under a key; nothing where nothing was."""
        return next((one.answers for one in self.changes if (one.key, one.about) == (key, about)), ())

    def answer_to(self, question: Question) -> str:
        """What was answered to a question before; blank where it has not been."""
        return next(iter(self.answers_to(question.key, question.about)), "")

    def with_choice(self, check: str, do: Do, reason: str = "") -> FileSettings:
        """What to do about all rows of a check."""
        return self.with_change(CHOICE, str(do), reason, about=check)

    def started_again(self) -> FileSettings:
        """Without any choice of how it is read, and without what is remembered."""
        return replace(self, fresh=True, changes=self._kept())

    def remembered(self) -> FileSettings:
        """Without any choice of how it is read: as like files were read before."""
        return replace(self, fresh=False, changes=self._kept())

    @property
    def reads_otherwise(self) -> bool:
        """Whether anything was chosen about how the file is read."""
        return self.changes != self._kept()

    def _kept(self) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.key == AGAIN)


def mapping_of(settings: FileSettings, recalled: MappingFile | None) -> MappingFile:
    """The complete settings: what was chosen, over what is remembered of like files.

    Without any choice it is blank, so that the reader recalls for itself. Raises UnusableInput for an answer that its
    key does not take.
    """
    if not settings.reads_otherwise:
        return MappingFile()
    mapping = MappingFile() if settings.fresh or recalled is None else recalled
    for change in settings.changes:
        mapping = _changed(mapping, change)
    return mapping


def _changed(mapping: MappingFile, change: Change) -> MappingFile:
    first = change.answers[0]
    if change.key == AGAIN:
        return mapping
    if change.key == SHEETS:
        return replace(mapping, sheets=change.answers)
    if change.key == HEADING:
        return replace(mapping, heading_row=int(first), heading_rows=int(change.answers[1]))
    if change.key == TITLE:
        return replace(mapping, titles={**mapping.titles, change.about: first})
    if change.key == GROUPS:
        return replace(mapping, grouped=first == YES)
    if change.key == CHOICE:
        return with_choice(mapping, Choice(change.about, Do(first), change.answers[1]))
    return with_setting(mapping, change.key, first, about=change.about)


def changes_of(mapping: MappingFile) -> tuple[Change, ...]:
    """A mapping as choices, so that settings from elsewhere can be shown and changed one by one."""
    found = [Change(f"{COLUMNS}{field}", "", (heading,)) for field, heading in mapping.columns.items()]
    found += [Change("pay.periods", word, (str(one),)) for word, one in mapping.periods.items()]
    found += [Change(TITLE, title, (grade,)) for title, grade in mapping.titles.items()]
    found += [
        Change(f"words.{field}", word, (ours,))
        for field, words in mapping.words.items()
        for word, ours in words.items()
    ]
    found += [Change(CHOICE, one.check, (str(one.do), one.reason)) for one in mapping.choices]
    if mapping.sheets:
        found.append(Change(SHEETS, "", mapping.sheets))
    if mapping.heading_row is not None:
        rows = str(mapping.heading_rows or 1)
        found.append(Change(HEADING, "", (str(mapping.heading_row), rows)))
    if mapping.grouped is not None:
        found.append(Change(GROUPS, "", (YES if mapping.grouped else NO,)))
    if mapping.full_time_hours is not None:
        found.append(Change(FULL_WEEK, "", (f"{mapping.full_time_hours:f}",)))
    if mapping.hours_each is not None:
        found.append(Change(HOURS_EACH, "", (f"{mapping.hours_each:f}",)))
    found += [Change(key, "", (text,)) for key, text in _plain(mapping) if text]
    return tuple(sorted(found))


def _plain(mapping: MappingFile) -> Iterable[tuple[str, str]]:
    return (
        ("sheet.hidden", mapping.hidden),
        ("sheet.tables", mapping.tables),
        ("pay.per", "" if mapping.pay_period is None else str(mapping.pay_period)),
        ("pay.of", "" if mapping.pay_kind is None else str(mapping.pay_kind)),
        ("pay.for", mapping.pay_for),
        ("hours.per", "" if mapping.hours_period is None else str(mapping.hours_period)),
        ("numbers.decimals", mapping.decimals),
        ("take.element", mapping.take_element),
        ("pay.unit", mapping.pay_unit),
        ("pay.range", mapping.pay_range),
        ("counts.hidden", mapping.hidden_counts),
        ("dates.order", mapping.date_order),
        ("take.column", mapping.take_column),
        ("take.value", mapping.take),
        ("privacy.ni_numbers", mapping.ni_numbers),
    )


def reread(sector: Sector, record: ImportRecord) -> FileSettings:
    """How a file of an import was read, to be changed; what it brought in then will be replaced.

    What is remembered of the file holds everything; where that was forgotten, the record still knows the columns.
    """
    held = [
        one
        for one in sector.mappings
        if one.file == record.file and set(one.employers) & set(record.employers)
    ]
    if held:
        changes = changes_of(read_mapping(held[-1].settings, source=f"the settings of {record.file}"))
    else:
        known = word_table("headings")["fields"]
        changes = tuple(
            Change(f"{COLUMNS}{field}", "", (heading,))
            for field, heading in record.mapping
            if heading and (field in known or field == "pay")
        )
    return FileSettings(fresh=True, changes=changes).with_change(AGAIN, REPLACE, record.sha256)
