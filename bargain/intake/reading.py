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
from models.payscale import PayScale
from models.quality import CheckCount
from models.sector import ImportRecord, RememberedMapping, TitleGrade
from models.workforce import Workforce


@dataclass(frozen=True, slots=True)
class SectorFacts:
    """What a sector says that a payroll may leave unsaid.

    ``weekly_hours`` is a full-time week; ``weeks_y`` the weeks in a paid year; ``employers`` the records
    already held; ``minimum_wage_micros`` the legal floor (£/10⁶ an hour, 21 and over) on the data date, and beside it
    the lower ones by age and for apprentices, and whether they have been verified; ``imports`` what was brought in before; ``mappings`` how;
    ``scale`` is the sector's pay scale.
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
    minimum_is_checked: bool = True
    imports: tuple[ImportRecord, ...] = ()
    mappings: tuple[RememberedMapping, ...] = ()
    scale: PayScale | None = None


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


PAY_UNITS = ("pounds", "pence", "thousands")
RANGE_ENDS = ("lowest", "middle", "highest", "leave_out")
HIDDEN = ("include", "leave_out")
PAY_FOR = ("each", "together")
DECIMALS = ("point", "comma")
NONE_OF_THESE = "none of these"  # the answer that a field has no column
NI_NUMBERS = ("leave_out", "once")


class PayKind(StrEnum):
    """Whether a salary is what is paid for the contracted hours, or what full time would be paid."""

    ACTUAL = "actual"
    FULL_TIME = "full_time"


class Do(StrEnum):
    """What may be done about the rows of a check: read them as they are, leave them out, or read them otherwise."""

    KEEP = "keep"
    LEAVE_OUT = "leave_out"
    FIX = "fix"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person wants done about the rows of a check.

    ``value`` narrows it to rows in which the check shows this value; blank is all of them. Leaving out needs a ``reason``.
    """

    check: str
    do: Do
    reason: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell or row that is doubtful. ``row`` counts from 1 as the spreadsheet does; ``column`` is a heading.

    ``rows`` is how many rows it stands for, where a check names only the first, and ``places`` are the first hundred of
    them; ``done`` is what a choice did about it.
    """

    code: str
    row: int
    column: str
    value: str
    reason: str
    set_aside: bool = False
    rows: int = 1
    places: tuple[int, ...] = ()
    done: Do | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What the file leaves open. ``key`` is the mapping key that answers it; an example is (heading, value) pairs.

    ``about`` is the word of the file that is asked about, where an answer is for one word (``pay.periods``).
    """

    key: str
    sheet: str
    question: str
    candidates: tuple[str, ...]
    examples: tuple[tuple[tuple[str, str], ...], ...] = ()
    about: str = ""


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
    pension_on_band: bool | None = None


@dataclass(frozen=True, slots=True)
class MappingFile:
    """Answers and settings for reading a payroll: what is blank or missing is worked out from the file.

    ``columns`` is field → heading; ``heading_row`` is the first row of the heading, from 1; ``titles`` is
    job title → grade; ``periods`` is the file's word for a pay period → a Period; ``words`` is, by field (sex, contract,
    status), the file's word → ours. ``hidden`` says whether hidden sheets and rows are read; ``tables`` which of several
    tables beside each other (such as ``A:F``); ``take`` which value of the column ``take_column`` (a month or year) is
    read; ``pay_unit`` what a figure of pay counts; ``pay_range`` which figure of a range in one cell is pay;
    ``hidden_counts`` what a count such as ``<5`` is taken to be; ``hours_each`` is
    the weekly hours of everyone paid by the hour in a file that gives none; ``ni_numbers`` whether they may serve once to find two
    jobs of one person; ``hours_period`` is the time that hours are for; ``pay_for`` whether the pay of a group is that of
    ``each`` of it or of all ``together``; ``decimals`` which mark parts pounds from pence where figures do not tell;
    ``take_element`` which kind of payment is read where each has a row of its own. ``remembered_from`` names the file that was read with these settings last, where nobody gave
    them for this one, and ``remembered_by`` how that file was found.
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
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    hidden: str = ""
    tables: str = ""
    take_column: str = ""
    take: str = ""
    pay_unit: str = ""
    pay_range: str = ""
    hidden_counts: str = ""
    ni_numbers: str = ""
    choices: tuple[Choice, ...] = ()
    hours_each: Decimal | None = None
    hours_period: Period | None = None
    pay_for: str = ""
    decimals: str = ""
    take_element: str = ""
    remembered_from: str = ""
    remembered_by: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class SheetReading:
    """One sheet read. ``rows_in_file = staff + totals + leavers + set_aside + blank``, always.

    ``workforce`` holds the staff with import_code 0; ``paybill`` is the exact sum of heads × annual basic pay.
    ``header_row`` is the last row of the heading, from 1. ``pay_says`` tells in words how pay was read;
    ``settled`` holds every setting by which it was, so that the next file of its kind is read the same way; its kind
    is known by ``signature``, and ``read_as`` names the file that it was read like, found by the same headings or the same
    employer (``read_as_by``). ``personal`` pairs the heading of each personal column that was left out with its kind;
    ``suggested_grades`` gives, for each title without a grade, grades that it is like and how sure that is (0 to 1).
    ``checks`` are the problems by employer, without values.
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
    read_as_by: str = ""
    personal: tuple[tuple[str, str], ...] = ()
    checks: tuple[CheckCount, ...] = ()
    suggested_grades: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = ()

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
    it from now on, and ``read_as`` names the earlier file whose mapping was used. ``rows_in_file = rows_read + totals +
    set_aside + blank``, always; a row with nothing but a name counts as blank. ``unmatched`` are employers that the
    sector does not have, each with those of the sector whose names are like it; ``notes`` say in sentences how units,
    signs and year ends were read. ``runs`` is ``down`` where the rows are lines of a statement; then ``rows_read`` counts
    lines, and ``dropped_columns`` are lines that are not read.
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
    totals: int = 0
    set_aside: int = 0
    blank: int = 0
    unmatched: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()
    runs: str = "across"
