"""What reading a spreadsheet gives: frozen values, and the question where its meaning is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from models.accounts import Accounts
from models.employer import Employer
from models.issues import UnusableInput
from models.sector import ImportRecord, RememberedMapping, TitleGrade
from models.workforce import Workforce


@dataclass(frozen=True, slots=True)
class SectorFacts:
    """What a sector says that a payroll may leave unsaid.

    ``weekly_hours`` is a full-time week; ``weeks_y`` the weeks in a paid year; ``employers`` the records
    already held; ``minimum_wage_micros`` the legal floor (£/10⁶ an hour, 21 and over) on the data date, and beside it
    the lower ones by age and for apprentices; ``imports`` what was brought in before; ``mappings`` how.
    """

    weekly_hours: float = 37.0
    weeks_y: float = 52.143
    grades: tuple[str, ...] = ()
    title_grades: tuple[TitleGrade, ...] = ()
    data_date: date | None = None
    employers: tuple[Employer, ...] = ()
    minimum_wage_micros: int | None = None
    minimum_18_20_micros: int | None = None
    minimum_under_18_micros: int | None = None
    minimum_apprentice_micros: int | None = None
    imports: tuple[ImportRecord, ...] = ()
    mappings: tuple[RememberedMapping, ...] = ()


class RowKind(StrEnum):
    """What a row of a sheet is. Every row is exactly one of these."""

    STAFF = "staff"
    TOTAL = "totals"
    LEAVER = "leavers"
    SET_ASIDE = "set_aside"
    BLANK = "blank"


class Period(StrEnum):
    """The time that a pay figure is for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    FOUR_WEEKS = "four_weeks"
    MONTH = "month"
    YEAR = "year"


class PayKind(StrEnum):
    """Whether a salary is what is paid for the contracted hours, or what full time would be paid."""

    ACTUAL = "actual"
    FULL_TIME = "full_time"


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell or row that is doubtful. ``row`` counts from 1 as the spreadsheet does; ``column`` is a heading."""

    code: str
    row: int
    column: str
    value: str
    reason: str
    set_aside: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What the file leaves open. ``key`` is the mapping key that answers it; an example is (heading, value) pairs."""

    key: str
    sheet: str
    question: str
    candidates: tuple[str, ...]
    examples: tuple[tuple[tuple[str, str], ...], ...] = ()


class OpenQuestion(UnusableInput):
    """A file whose meaning is open: it is asked, never guessed."""

    def __init__(self, file: str, questions: Sequence[Question]) -> None:
        self.file = file
        self.questions = tuple(questions)
        first = self.questions[0]
        self.question = first.question
        self.candidates = first.candidates
        self.examples = first.examples
        more = f" ({len(self.questions) - 1} more to answer)" if len(self.questions) > 1 else ""
        super().__init__(
            f"{file}, sheet {first.sheet}: {first.question} The answers are: {'; '.join(first.candidates)}.{more} "
            f"Answer in a mapping file with the key {first.key} (--mapping)."
        )


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """A column that is read: the field, its heading, its place (from 0) and how sure the match is (0 to 1)."""

    field: str
    heading: str
    column: int
    confidence: float


@dataclass(frozen=True, slots=True)
class EmployerFound:
    """What the rows of one employer say of the employer itself."""

    name: str
    heads: float
    ownership: str = ""
    region: str = ""
    weekly_hours: float | None = None
    pension_ppm: int | None = None


@dataclass(frozen=True, slots=True)
class MappingFile:
    """Answers and settings for reading a payroll: what is blank or missing is worked out from the file.

    ``columns`` is field → heading; ``heading_row`` is the first row of the heading, from 1; ``titles`` is
    job title → grade; ``periods`` is the file's word for a pay period → a Period; ``remembered_from`` names the
    file that was read with these settings last, where nobody gave them for this one.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    heading_row: int | None = None
    heading_rows: int | None = None
    pay_period: Period | None = None
    pay_kind: PayKind | None = None
    periods: Mapping[str, Period] = field(default_factory=dict)
    date_order: str = ""
    full_time_hours: Decimal | None = None
    grouped: bool | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    remembered_from: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class SheetReading:
    """One sheet read. ``rows_in_file = staff + totals + leavers + set_aside + blank``, always.

    ``workforce`` holds the staff with import_code 0; ``paybill`` is the exact sum of heads × annual basic pay.
    ``header_row`` is the last row of the heading, from 1. ``pay_says`` tells in words how pay was read;
    ``settled`` holds every setting by which it was, so that the next file of its kind is read the same way; its kind
    is known by ``signature``, and ``read_as`` names the file that it was read like.
    """

    sheet: str
    header_row: int
    header_rows: int
    rows_in_file: int
    counts: Mapping[RowKind, int]
    problems: tuple[Problem, ...]
    uses: tuple[ColumnUse, ...]
    dropped_columns: tuple[str, ...]
    workforce: Workforce
    employers: tuple[EmployerFound, ...]
    paybill: Decimal
    heads: Decimal
    unmapped_titles: tuple[tuple[str, float], ...]
    pay_says: str
    notes: tuple[str, ...] = ()
    hidden_rows: int = 0
    settled: MappingFile | None = None
    signature: str = ""
    read_as: str = ""

    @property
    def mapping(self) -> dict[str, str]:
        """Field → heading."""
        return {use.field: use.heading for use in self.uses}


@dataclass(frozen=True, slots=True)
class SheetLeft:
    """A sheet that was not read, how many rows it has, and why."""

    sheet: str
    rows: int
    hidden: bool
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class PayrollReading:
    """One payroll file read: a reading for each sheet of staff, and the sheets that were left."""

    file: str
    sha256: str
    sheets: tuple[SheetReading, ...]
    sheets_left: tuple[SheetLeft, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountsReading:
    """Employers' accounts read, with what they say of each employer beside the figures.

    ``settings`` is the mapping file that reads this file so; files with the headings of ``signature`` are read by
    it from now on, and ``read_as`` names the earlier file whose mapping was used.
    """

    file: str
    sha256: str
    sheet: str
    accounts: tuple[Accounts, ...]
    employers: tuple[Employer, ...]
    stated: tuple[tuple[str, frozenset[str]], ...]
    problems: tuple[Problem, ...]
    mapping: Mapping[str, str]
    dropped_columns: tuple[str, ...]
    rows_in_file: int
    rows_read: int
    signature: str = ""
    settings: str = ""
    read_as: str = ""
