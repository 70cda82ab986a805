"""The mapping file: answers and settings for reading a payroll, as TOML that a person can edit and send on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import tomlkit

from bargain.intake.reading import MappingFile, PayKind, Period, SheetReading
from bargain.intake.words import word_table
from bargain.toml_tables import TomlTable, parse_toml

_FORMAT = 1
_ORDERS = ("", "day_first", "month_first")


def read_mapping(text: str, *, source: str) -> MappingFile:
    """A mapping file. Keys that are not known are refused with the nearest known key."""
    top = TomlTable(parse_toml(text, source=source), source=source, where="")
    written_for = top.number("format")
    if written_for is not None and written_for != _FORMAT:
        raise top.fault("format", f"is {written_for}; this version reads format {_FORMAT}")
    columns, sheet, pay, dates = (
        top.table("columns"),
        top.table("sheet"),
        top.table("pay"),
        top.table("dates"),
    )
    fields = (*word_table("headings")["fields"], "pay")
    named = {field: columns.text(field) for field in fields if columns.has(field)}
    columns.done()
    heading_row = sheet.number("heading_row", least=1, most=1_000_000)
    heading_rows = sheet.number("heading_rows", least=1, most=3)
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
        grouped=top.truth("rows_are_groups"),
        titles=_titles(top.table("titles")),
    )
    for table in (sheet, pay, dates, top):
        table.done()
    return mapping


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
    sheet |= _given(heading_row=mapping.heading_row, heading_rows=mapping.heading_rows)
    pay = _given(
        per=mapping.pay_period and str(mapping.pay_period),
        of=mapping.pay_kind and str(mapping.pay_kind),
        full_time_hours=_number(mapping.full_time_hours),
        periods={word: str(period) for word, period in mapping.periods.items()} or None,
    )
    tables = {
        "columns": dict(mapping.columns),
        "sheet": sheet,
        "pay": pay,
        "dates": _given(order=mapping.date_order or None),
        "titles": dict(mapping.titles),
    }
    return tomlkit.dumps(document | {name: table for name, table in tables.items() if table})


def _given(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
