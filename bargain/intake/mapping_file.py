"""The mapping file: answers and settings for reading a payroll, as TOML that a person can edit and send on."""

from __future__ import annotations

from decimal import Decimal
from difflib import get_close_matches
from typing import Any

import tomlkit

from bargain.intake.findings import offers_of
from bargain.intake.reading import (
    DECIMALS,
    HIDDEN,
    NI_NUMBERS,
    PAY_FOR,
    PAY_UNITS,
    RANGE_ENDS,
    Choice,
    Do,
    MappingFile,
    PayKind,
    Period,
    SheetReading,
)
from bargain.intake.words import meanings, plain_words, word_table
from bargain.toml_tables import TomlTable, parse_toml

_FORMAT = 1
_ORDERS = ("", "day_first", "month_first")
_WORD_FIELDS = {"sex": "sexes", "contract": "contracts", "apprentice": "answers", "veteran": "answers"}
STAFF, LEAVER = "staff", "leaver"


def read_mapping(text: str, *, source: str) -> MappingFile:
    """A mapping file. Keys that are not known are refused with the nearest known key."""
    top = TomlTable(parse_toml(text, source=source), source=source, where="")
    written_for = top.number("format")
    if written_for is not None and written_for != _FORMAT:
        raise top.fault("format", f"is {written_for}; this version reads format {_FORMAT}")
    columns, sheet, pay, dates, counts, privacy, take, hours, numbers = (
        top.table(name)
        for name in ("columns", "sheet", "pay", "dates", "counts", "privacy", "take", "hours", "numbers")
    )
    top.table("remembered").rest()  # whose file it was: for people, and for taking it into a sector
    fields = (*word_table("headings")["fields"], "pay")
    named = {field: columns.text(field) for field in fields if columns.has(field)}
    columns.done()
    heading_row = sheet.number("heading_row", least=1, most=1_000_000)
    heading_rows = sheet.number("heading_rows", least=0, most=3)
    mapping = MappingFile(
        columns=named,
        sheets=sheet.texts("names"),
        heading_row=None if heading_row is None else int(heading_row),
        heading_rows=None if heading_rows is None else int(heading_rows),
        pay_period=_period(pay.choice("per", ("", *map(str, Period)), "")),
        pay_kind=_kind(pay.choice("of", ("", *map(str, PayKind)), "")),
        periods={word: _word_period(pay, word, value) for word, value in pay.table("periods").rest().items()},
        date_order=dates.choice("order", _ORDERS, ""),
        full_time_hours=pay.number("full_time_hours", least=1, most=100),
        hours_each=pay.number("hours_each", least=1, most=100),
        grouped=top.truth("rows_are_groups"),
        titles=_titles(top.table("titles")),
        words=_words(top.table("words")),
        hidden=sheet.choice("hidden", ("", *HIDDEN), ""),
        tables=sheet.text("tables"),
        take_column=take.text("column"),
        take=take.text("value"),
        pay_unit=pay.choice("unit", ("", *PAY_UNITS), ""),
        pay_range=pay.choice("range", ("", *RANGE_ENDS), ""),
        hidden_counts=counts.choice("hidden", ("", *RANGE_ENDS), ""),
        ni_numbers=privacy.choice("ni_numbers", ("", *NI_NUMBERS), ""),
        choices=_choices(top.tables("choices")),
        hours_period=_period(hours.choice("per", ("", *map(str, Period)), "")),
        pay_for=pay.choice("for", ("", *PAY_FOR), ""),
        decimals=numbers.choice("decimals", ("", *DECIMALS), ""),
        take_element=take.text("element"),
    )
    for table in (sheet, pay, dates, counts, privacy, take, hours, numbers, top):
        table.done()
    return mapping


def _choices(tables: tuple[TomlTable, ...]) -> tuple[Choice, ...]:
    """Choices in one order, whatever order they were made in. Two about the same rows are refused."""
    found: dict[tuple[str, str], Choice] = {}
    for table in tables:
        check = table.text("check")
        if check not in word_table("checks"):
            near = get_close_matches(check, word_table("checks"), n=1, cutoff=0)[0]
            raise table.fault("check", f"is “{check}”, which is no check; the nearest is “{near}”")
        do = Do(table.choice("do", tuple(map(str, Do)), ""))
        one = Choice(check, do, table.text("reason").strip(), table.text("value"))
        table.done()
        offered = tuple(map(str, offers_of(check)))
        if str(do) not in offered:
            raise table.fault("do", f"is “{do}”; for {check} it may be {', '.join(offered)}")
        if do is Do.LEAVE_OUT and not one.reason:
            raise table.fault("reason", "is missing: rows are left out only with a reason, which is kept")
        if found.setdefault((check, one.value), one) != one:
            raise table.fault("check", f"says two things about {check}; keep one of them")
    return tuple(found[key] for key in sorted(found))


def _words(table: TomlTable) -> dict[str, dict[str, str]]:
    """The file's words for sex, contract, status and plain answers → ours. A word of ours may be any that is known without being told."""
    told: dict[str, dict[str, str]] = {}
    for field in (*_WORD_FIELDS, "status"):
        inner = table.table(field)
        for word, ours in inner.rest().items():
            known = (
                meanings("rows", _WORD_FIELDS[field])
                if field in _WORD_FIELDS
                else {STAFF: STAFF, LEAVER: LEAVER}
            )
            if not isinstance(ours, str) or plain_words(ours) not in known:
                examples = ", ".join(sorted(map(str.lower, set(known.values())))).replace("_", " ")
                raise inner.fault(word, f"must be one of {examples}")
            told.setdefault(field, {})[word] = ours
    table.done()
    return told


def _period(word: str) -> Period | None:
    return Period(word) if word else None


def _kind(word: str) -> PayKind | None:
    return PayKind(word) if word else None


def _word_period(table: TomlTable, word: str, value: Any) -> Period:
    if value not in set(map(str, Period)):
        raise table.fault(f"periods.{word}", f"is “{value}”; it may be {', '.join(map(str, Period))}")
    return Period(value)


def _titles(table: TomlTable) -> dict[str, str]:
    titles = table.rest()
    for title, grade in titles.items():
        if not isinstance(grade, str):
            raise table.fault(title, "must be the name of a grade in quotes")
    return titles


def write_mapping(source: MappingFile | SheetReading) -> str:
    """A mapping as TOML: one that was given, or all settings by which a sheet was read."""
    mapping = source if isinstance(source, MappingFile) else source.settled or MappingFile()
    document: dict[str, Any] = {"format": _FORMAT}
    if mapping.grouped is not None:
        document["rows_are_groups"] = mapping.grouped
    sheet: dict[str, Any] = {"names": list(mapping.sheets)} if mapping.sheets else {}
    sheet |= _given(
        heading_row=mapping.heading_row,
        heading_rows=mapping.heading_rows,
        hidden=mapping.hidden or None,
        tables=mapping.tables or None,
    )
    pay = _given(
        per=mapping.pay_period and str(mapping.pay_period),
        of=mapping.pay_kind and str(mapping.pay_kind),
        full_time_hours=_number(mapping.full_time_hours),
        hours_each=_number(mapping.hours_each),
        unit=mapping.pay_unit or None,
        range=mapping.pay_range or None,
        periods={word: str(period) for word, period in sorted(mapping.periods.items())} or None,
    ) | ({"for": mapping.pay_for} if mapping.pay_for else {})
    tables = {
        "columns": dict(sorted(mapping.columns.items())),
        "sheet": sheet,
        "pay": pay,
        "dates": _given(order=mapping.date_order or None),
        "counts": _given(hidden=mapping.hidden_counts or None),
        "hours": _given(per=mapping.hours_period and str(mapping.hours_period)),
        "numbers": _given(decimals=mapping.decimals or None),
        "take": _given(
            column=mapping.take_column or None,
            value=mapping.take or None,
            element=mapping.take_element or None,
        ),
        "privacy": _given(ni_numbers=mapping.ni_numbers or None),
        "titles": dict(sorted(mapping.titles.items())),
        "words": {
            field: dict(sorted(words.items())) for field, words in sorted(mapping.words.items()) if words
        },
        "choices": [
            _given(check=one.check, do=str(one.do), reason=one.reason or None, value=one.value or None)
            for one in sorted(mapping.choices, key=lambda one: (one.check, one.value))
        ],
    }
    return tomlkit.dumps(document | {name: table for name, table in tables.items() if table})


def _given(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
