"""Our own staff spreadsheet: an empty template to fill in, or the posts of a sector, which import reads back exactly."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from bargain.export.book import Book, Column, Entry, Table, Value
from bargain.export.release import released
from bargain.export.write import book_bytes
from bargain.plain_cells import as_plain, without_mark
from models.basis import Basis
from models.employer import Employer
from models.units import MICROS_PER_POUND, PPM
from models.workforce import NONE_CODE, Contract, Sex, Workforce, YesNo

SHEETS = ("Staff", "Notes")
PRIVATE = "Private: one row a post. It names nobody, but people can be told by it. Keep it as safe as the payroll itself."
EXAMPLE = "Example row: not read"
_CONTRACTS = {
    Contract.PERMANENT: "Permanent",
    Contract.FIXED_TERM: "Fixed term",
    Contract.ZERO_HOURS: "Zero hours",
    Contract.CASUAL: "Casual",
    Contract.BANK: "Bank",
    Contract.AGENCY: "Agency",
}
_SEXES = {Sex.FEMALE: "Female", Sex.MALE: "Male", Sex.OTHER: "Other"}
_ANSWERS = {YesNo.YES: "Yes", YesNo.NO: "No"}
_SCHEMES = {YesNo.YES: "Qualifying earnings", YesNo.NO: "All basic pay"}
_BASES = {Basis.HOUR: "Hour", Basis.YEAR: "Year"}
_LOW_SHARE = 450_000  # ppm: import reads a number up to 0.45 as a share, above it as a percentage
_PPM_IN_PERCENT = 10_000

# Heading, how it looks, an example, and what to write there.
_COLUMNS: tuple[tuple[str, str, Value, str], ...] = (
    ("Employer", "", EXAMPLE, "The employer's name. Needed where the file is for more than one."),
    ("Job title", "", "Residential support worker", "As your payroll has it."),
    ("Grade", "", "Grade 3", "Leave blank where there are no grades."),
    ("Point", "", "5", "The pay point, where there is a scale."),
    ("Setting", "", "Oak House", "The home, site or service."),
    ("Full-time pay rate", "rate", 12.71, "Basic pay for one hour, or for a full-time year; pay basis says which."),
    ("Pay basis", "", "Hour", "Hour or Year."),
    ("Contracted hours", "number", 30, "A week, for one person."),
    ("Full-time hours", "number", 37.5, "What is full time in this post."),
    ("Weeks per year", "number", 52.143, "Paid weeks; fewer for term-time staff."),
    ("FTE each", "factor", 0.8, "The share of a full-time year that one person is paid for."),
    ("Heads", "number", 1, "People in this row; 1 for a person, more for a group of like posts."),
    ("Contract type", "", "Permanent", "Permanent, Fixed term, Zero hours, Casual, Bank or Agency."),
    ("Sex", "", "Female", "Female, Male or Other; blank where it is not recorded."),
    ("Age", "whole", 34, "In years; blank where it is not recorded."),
    ("Start date", "date", date(2021, 9, 1), "The month is enough."),
    ("Sleep-ins per year", "number", 0, "For one person."),
    ("Employer pension rate", "factor", 0.03, "What the employer pays, as a share: 0.03 is 3 %. Blank: the employer's usual."),
    ("Pension scheme", "", "NEST", "Its name, or Qualifying earnings or All basic pay: what the employer's contribution is due on."),
    ("Apprentice", "", "No", "Yes or No; blank where it is not recorded. Under 25, employers pay less NI."),
    ("Veteran NI relief", "", "No", "Yes for a veteran of the armed forces in the first year of a first civilian job, else No."),
)  # fmt: skip
HEADINGS = tuple(heading for heading, *_rest in _COLUMNS)
_NOTES = (
    "One row a person, or a row for a group of like posts with its heads. Columns may stand in any order, and more of them do no harm.",
    "Please send no names, addresses, NI numbers, bank details, dates of birth, union or health data: they are left out anyway.",
    "The example row may stay: it is not read.",
)


def template_bytes() -> bytes:
    """The empty template: headings, a row that shows how, and a sheet of notes."""
    return _bytes([[example] for _heading, _style, example, _note in _COLUMNS], (*_NOTES, ""))


def staff_bytes(posts: Workforce, employers: Sequence[Employer] = ()) -> bytes:
    """The posts of a sector as a workbook, with what the records of employers say of their pensions.

    Import gives the very same posts.
    """
    kept = [[_kept(cell) for cell in column] for column in _values(posts, employers)]
    return _bytes(kept, (PRIVATE, ""))


def _kept(cell: Value) -> Value:
    """A cell that import reads as it is: a text that looks marked as text gets a mark of its own to lose."""
    return as_plain(cell) if isinstance(cell, str) and without_mark(cell) != cell else cell


def staff_csv(posts: Workforce, employers: Sequence[Employer] = ()) -> str:
    """The same as CSV, with every text that begins like a formula marked as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in zip(*_values(posts, employers), strict=True):
        writer.writerow(
            [as_plain(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row]
        )
    return out.getvalue()


def _bytes(values: Sequence[Sequence[Value]], notes: Sequence[str]) -> bytes:
    book = Book()
    table = Table("staff")
    for (heading, style, _example, _note), column in zip(_COLUMNS, values, strict=True):
        table.add(Column(heading, heading, style, column))
    sheet = book.sheet("Staff", widths=[max(len(heading) + 2, 12) for heading in HEADINGS], freeze="A2")
    sheet.place(table)
    told = book.sheet("Notes", widths=(26, 90))
    for note in notes:
        told.row(Entry("", ""), Entry(note, "wrap"))
    for heading, _style, _example, note in _COLUMNS:
        told.row(Entry(heading, "heading"), Entry(note, "wrap"))
    return released(book_bytes(book), sheets=SHEETS)


def _values(posts: Workforce, employers: Sequence[Employer]) -> list[list[Value]]:
    """One list a column, in the order of the headings."""

    def words(vocabulary: Sequence[str], codes: Any) -> list[Value]:
        return [vocabulary[code] if code != NONE_CODE else None for code in codes.tolist()]

    def mapped(column: Any, work: Callable[[Any], Value]) -> list[Value]:
        return [work(one) for one in column.tolist()]

    return [
        words(posts.employers, posts.employer_code),
        words(posts.titles, posts.title_code),
        words(posts.grades, posts.grade_code),
        words(posts.points, posts.point_code),
        words(posts.settings, posts.setting_code),
        mapped(posts.rate_micros, lambda micros: float(Decimal(micros) / MICROS_PER_POUND)),
        mapped(posts.basis, lambda basis: _BASES[Basis(basis)]),
        posts.hours_w.tolist(),
        posts.full_hours_w.tolist(),
        posts.weeks_y.tolist(),
        posts.fte.tolist(),
        posts.heads.tolist(),
        mapped(posts.contract, lambda contract: _CONTRACTS.get(Contract(contract))),
        mapped(posts.sex, lambda sex: _SEXES.get(Sex(sex))),
        mapped(posts.age, lambda age: age if age != NONE_CODE else None),
        mapped(posts.start_month, _first_of_month),
        posts.sleep_ins_y.tolist(),
        mapped(posts.pension_ppm, _pension),
        _schemes(posts, employers),
        mapped(posts.apprentice, lambda answer: _ANSWERS.get(YesNo(answer))),
        mapped(posts.veteran, lambda answer: _ANSWERS.get(YesNo(answer))),
    ]


def _schemes(posts: Workforce, employers: Sequence[Employer]) -> list[Value]:
    """The kind of scheme of each post: its own; its employer's where none of the employer's posts has one of its own.

    Blank where import would find out by itself what stands there now: the kind that most rows of the employer name.
    """
    known = {one.name: one.pension_on_band for one in employers}
    own = posts.pension_on_band
    mixed = (
        np.bincount(posts.employer_code + 1, weights=own != YesNo.UNKNOWN, minlength=len(posts.employers) + 1)
        > 0
    )
    usual = np.array(
        [YesNo.UNKNOWN, *(known.get(name, YesNo.UNKNOWN) for name in posts.employers)], dtype=np.int8
    )
    usual[mixed] = YesNo.UNKNOWN
    found = np.where(own == YesNo.UNKNOWN, usual[posts.employer_code + 1], own)
    return [_SCHEMES.get(YesNo(code)) for code in found.tolist()]


def _first_of_month(month: int) -> date | None:
    return None if month == NONE_CODE else date(month // 12, month % 12 + 1, 1)


def _pension(ppm: int) -> float | None:
    if ppm == NONE_CODE:
        return None
    return ppm / PPM if ppm <= _LOW_SHARE else ppm / _PPM_IN_PERCENT
