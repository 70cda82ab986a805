"""The mapping file of accounts: what the person said of columns, units, signs, dates, names and groups, as TOML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

import tomlkit

from bargain.intake.words import meanings
from bargain.toml_tables import TomlTable, parse_toml
from models.issues import UnusableInput

_FORMAT = 1
UNITS = {"pounds": 1, "thousands": 1_000, "millions": 1_000_000}
PLUS, MINUS = "plus", "minus"
SIGNS = (PLUS, MINUS)
ORDERS = ("day_first", "month_first")
HIDDEN = ("include", "leave_out")
LEAVE_OUT, KEEP, INSTEAD = "leave_out", "keep", "instead"
GROUPS = (LEAVE_OUT, KEEP, INSTEAD)
ACROSS, DOWN = "across", "down"
RUNS = (ACROSS, DOWN)
EMPLOYERS, PARTS = "employers", "parts"
HEADS = (EMPLOYERS, PARTS)
# What a line of a statement may be said to be, beside nothing; mixed costs are costs of several kinds.
LINES = (
    "revenue", "labour", "rent", "other", "directors", "depreciation", "mixed", "interest_paid", "interest_received",
    "net_interest", "result", "profit", "tax", "subtotal", "connected_rent", "connected_charges", "connected_interest",
    "distributions", "capital", "beds",
)  # fmt: skip
UNKNOWN_LINES = "*"  # stands for every line that is not known
YEARS_END = ("03-31", "04-05", "06-30", "08-31", "09-30", "12-31")
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class AccountsMapping:
    """How an accounts file is read; what is empty is worked out from the file, or asked.

    ``columns`` is field → heading, an empty heading leaving the field out; ``unit`` is how many pounds one unit of money
    is; ``costs`` and ``interest`` say how what is paid is written, ``plus`` or ``minus``; ``years_end`` is the month and
    day (03-31) on which years without a day end; ``year_end`` is every row's that has none; ``employers`` is the file's
    name → the sector's, an empty one leaving its rows out; ``groups`` says of a group's row whether to ``leave_out`` it,
    ``keep`` it beside its members, or count it ``instead`` of them.

    ``runs`` says whether a row is an employer's (``across``) or a line of a statement (``down``). Of statements, ``lines``
    is the line's name → what it is (one of LINES, empty to leave it out), ``heads`` whether several named columns are
    ``employers`` or ``parts`` of one, ``column`` the head of the one that is read of several of one year, and ``whose`` the sheet → the employer whose statement it holds.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    unit: int | None = None
    heading_row: int | None = None
    sheets: tuple[str, ...] = ()
    costs: str = ""
    interest: str = ""
    date_order: str = ""
    years_end: str = ""
    year_end: date | None = None
    hidden: str = ""
    employers: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    runs: str = ""
    heads: str = ""
    column: str = ""
    lines: Mapping[str, str] = field(default_factory=dict)
    whose: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) not in ({}, (), None, "") for one in fields(self))


def for_next_file(mapping: AccountsMapping) -> AccountsMapping:
    """What is worth remembering of how a file was read: not where its heading stood, nor whose or of which year it was."""
    return replace(mapping, heading_row=None, sheets=(), year_end=None, whose={})


def read_accounts_mapping(text: str, *, source: str) -> AccountsMapping:
    """A mapping file for accounts. Raises UnusableInput for keys that are not known."""
    top = TomlTable(parse_toml(text, source=source), source=source, where="")
    version = top.number("format")
    if version is not None and version != _FORMAT:
        raise top.fault("format", f"is {version}; this version reads format {_FORMAT}")
    columns, money, sheet, dates, runs = (
        top.table(name) for name in ("columns", "money", "sheet", "dates", "table")
    )
    top.table("remembered").rest()  # whose file it was: for people, and for taking it into a sector
    known = dict.fromkeys(meanings("accounts", "fields").values())
    named = {name: columns.text(name) for name in known if columns.has(name)}
    unit = money.choice("unit", ("", *UNITS), "")
    row = sheet.number("heading_row", least=1, most=1_000_000)
    mapping = AccountsMapping(
        columns=named,
        unit=UNITS[unit] if unit else None,
        heading_row=None if row is None else int(row),
        sheets=sheet.texts("names"),
        costs=money.choice("costs", ("", *SIGNS), ""),
        interest=money.choice("interest", ("", *SIGNS), ""),
        date_order=dates.choice("order", ("", *ORDERS), ""),
        years_end=_month_day(dates),
        year_end=dates.day("year_end"),
        hidden=sheet.choice("hidden", ("", *HIDDEN), ""),
        employers=_texts(top.table("employers")),
        groups=_among(top.table("groups"), GROUPS),
        runs=runs.choice("runs", ("", *RUNS), ""),
        heads=runs.choice("heads", ("", *HEADS), ""),
        column=runs.text("column"),
        lines=_among(top.table("lines"), ("", *LINES)),
        whose=_texts(top.table("whose")),
    )
    for table in (columns, money, sheet, dates, runs, top):
        table.done()
    return mapping


def _month_day(dates: TomlTable) -> str:
    text = dates.text("years_end")
    if text and day_of_year(2000, text) is None:
        raise dates.fault("years_end", f"is “{text}”; it must be a month and a day, such as 03-31")
    return text


def day_of_year(year: int, month_day: str) -> date | None:
    """The day of a year that ``03-31`` means; None where there is none. 02-29 is the last of February."""
    found = _MONTH_DAY.fullmatch(month_day)
    if found is None:
        return None
    month, day = int(found[1]), int(found[2])
    if (month, day) == (2, 29) and (year % 4 or (year % 100 == 0 and year % 400)):
        day = 28
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _texts(table: TomlTable) -> dict[str, str]:
    values = table.rest()
    for key, value in values.items():
        if not isinstance(value, str):
            raise table.fault(key, "must be a text in quotes")
    return values


def _among(table: TomlTable, known: Sequence[str]) -> dict[str, str]:
    values = _texts(table)
    for key, value in values.items():
        if value not in known:
            raise table.fault(key, f"is “{value}”; it may be {', '.join(one for one in known if one)}")
    return values


def write_accounts_mapping(mapping: AccountsMapping) -> str:
    """The mapping as a file that ``read_accounts_mapping`` reads back to an equal value."""
    unit = next((word for word, unit in UNITS.items() if unit == mapping.unit), "")
    tables: dict[str, dict[str, Any]] = {
        "columns": dict(mapping.columns),
        "money": {"unit": unit, "costs": mapping.costs, "interest": mapping.interest},
        "sheet": {
            "names": list(mapping.sheets),
            "heading_row": mapping.heading_row,
            "hidden": mapping.hidden,
        },
        "dates": {
            "order": mapping.date_order,
            "years_end": mapping.years_end,
            "year_end": mapping.year_end,
        },
        "table": {"runs": mapping.runs, "heads": mapping.heads, "column": mapping.column},
    }
    document: dict[str, Any] = {"format": _FORMAT, "columns": tables.pop("columns")}
    for name, values in tables.items():
        given = {key: value for key, value in values.items() if value not in ("", None, [])}
        if given:
            document[name] = given
    for name, told in (
        ("employers", mapping.employers),
        ("groups", mapping.groups),
        ("lines", mapping.lines),
        ("whose", mapping.whose),
    ):
        if told:
            document[name] = dict(sorted(told.items()))
    return tomlkit.dumps(document)


def with_answer(mapping: AccountsMapping, key: str, answer: str) -> AccountsMapping:
    """The mapping with the answer to a question put into it; keys are such as ``money.unit`` or ``columns.revenue``."""
    table, _, about = key.partition(".")
    match table:
        case "columns":
            return replace(mapping, columns={**mapping.columns, about: answer})
        case "employers":
            return replace(mapping, employers={**mapping.employers, about: answer})
        case "groups" if answer in GROUPS:
            return replace(mapping, groups={**mapping.groups, about: answer})
        case "lines" if answer in {*LINES, LEAVE_OUT, ""}:
            said = "" if answer == LEAVE_OUT else answer
            return replace(mapping, lines={**mapping.lines, about: said})
        case "whose":
            return replace(mapping, whose={**mapping.whose, about: answer})
    match key:
        case "sheet.names":
            return replace(mapping, sheets=tuple(answer.split("\n")))
        case "money.unit" if answer in UNITS:
            return replace(mapping, unit=UNITS[answer])
        case "money.costs" if answer in SIGNS:
            return replace(mapping, costs=answer)
        case "money.interest" if answer in SIGNS:
            return replace(mapping, interest=answer)
        case "dates.order" if answer in ORDERS:
            return replace(mapping, date_order=answer)
        case "dates.years_end" if day_of_year(2000, answer):
            return replace(mapping, years_end=answer)
        case "table.runs" if answer in RUNS:
            return replace(mapping, runs=answer)
        case "table.heads" if answer in HEADS:
            return replace(mapping, heads=answer)
        case "table.column":
            return replace(mapping, column=answer)
        case "sheet.hidden" if answer in HIDDEN:
            return replace(mapping, hidden=answer)
    raise UnusableInput(
        f"“{answer}” for {key} is no answer that an accounts mapping can hold; choose one that is offered."
    )
