"""Which column of an accounts file is which figure: known headings, a mapping file, or what was said last time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import tomlkit

from bargain.intake.tables import Row, clean_text
from bargain.intake.words import meanings, plain_words
from bargain.toml_tables import TomlTable, parse_toml
from models.issues import UnusableInput

MONEY = (
    "revenue", "labour", "rent", "other", "directors", "net_interest", "depreciation", "connected_rent",
    "connected_charges", "connected_interest", "capital", "distributions", "total_costs", "profit",
)  # fmt: skip
_FORMAT = 1
# Words beside a known phrase that change nothing about what it means.
_PLAIN = frozenset(
    [
        "total",
        "annual",
        "full",
        "year",
        "yearly",
        "of",
        "the",
        "for",
        "in",
        "and",
        "cost",
        "costs",
        "expense",
        "expenses",
        "payable",
        "paid",
        "fy",
        "gbp",
        "k",
        "m",
        "000",
        "000s",
        "thousand",
        "thousands",
        "million",
        "millions",
        "pounds",
        "usd",
        "p",
        "a",
        "pa",
        "ended",
        "patient",
        "operating",
        "cyfanswm",
    ]
)
_YEAR = re.compile(r"(?:19|20)?\d\d")
_UNITS = {"pounds": 1, "thousands": 1_000, "millions": 1_000_000}


@dataclass(frozen=True, slots=True)
class AccountsMapping:
    """How an accounts file is read: columns by field, the unit of money, the row of headings. Empty is not said."""

    columns: Mapping[str, str] = field(default_factory=dict)
    unit: int | None = None
    heading_row: int | None = None

    def __bool__(self) -> bool:
        return bool(self.columns) or self.unit is not None or self.heading_row is not None


def read_accounts_mapping(text: str, *, source: str) -> AccountsMapping:
    """A mapping file for accounts. Raises UnusableInput for keys that are not known."""
    top = TomlTable(parse_toml(text, source=source), source=source, where="")
    version = top.number("format")
    if version is not None and version != _FORMAT:
        raise top.fault("format", f"is {version}; this version reads format {_FORMAT}")
    columns, money, sheet = top.table("columns"), top.table("money"), top.table("sheet")
    known = dict.fromkeys(meanings("accounts", "fields").values())
    named = {name: columns.text(name) for name in known if columns.has(name)}
    unit = money.choice("unit", ("", *_UNITS), "")
    row = sheet.number("heading_row", least=1, most=1_000_000)
    for table in (columns, money, sheet, top):
        table.done()
    return AccountsMapping(named, _UNITS[unit] if unit else None, None if row is None else int(row))


def write_accounts_mapping(mapping: AccountsMapping) -> str:
    """The mapping as a file that ``read_accounts_mapping`` reads back to an equal value."""
    document = tomlkit.document()
    document["format"] = _FORMAT
    columns = tomlkit.table()
    for name, heading in mapping.columns.items():
        columns[name] = heading
    document["columns"] = columns
    if mapping.unit is not None:
        money = tomlkit.table()
        money["unit"] = next(word for word, unit in _UNITS.items() if unit == mapping.unit)
        document["money"] = money
    if mapping.heading_row is not None:
        sheet = tomlkit.table()
        sheet["heading_row"] = mapping.heading_row
        document["sheet"] = sheet
    return tomlkit.dumps(document)


def columns_of(row: Row, mapping: AccountsMapping) -> dict[str, int]:
    """Field → column: as the mapping says, then exact headings, then a known phrase beside words that change nothing.

    An empty heading in the mapping leaves its field out.
    """
    known = meanings("accounts", "fields")
    texts = [clean_text(cell) if isinstance(cell, str) else "" for cell in row]
    words = [plain_words(text) for text in texts]
    said = {plain_words(heading): name for name, heading in mapping.columns.items() if heading}
    columns = {said[text]: at for at, text in reversed(list(enumerate(words))) if text in said}
    for at, text in enumerate(words):
        name = known.get(text)
        if name is not None and name not in mapping.columns and at not in columns.values():
            columns.setdefault(name, at)
    for at, text in enumerate(words):
        if text and at not in columns.values():
            name = _inside(text, known)
            if name is not None and name not in mapping.columns:
                columns.setdefault(name, at)
    return columns


def _inside(text: str, known: Mapping[str, str]) -> str | None:
    """The field of a known phrase in a heading, where every other word of the heading is a plain one."""
    parts = text.split()
    for length in range(len(parts), 0, -1):
        for start in range(len(parts) - length + 1):
            name = known.get(" ".join(parts[start : start + length]))
            beside = [*parts[:start], *parts[start + length :]]
            if name is not None and all(word in _PLAIN or _YEAR.fullmatch(word) for word in beside):
                return name
    return None


def check_mapping(mapping: AccountsMapping, headings: Sequence[str], *, file: str) -> None:
    """Refuse a mapping that names a heading the file does not have."""
    held = {plain_words(one) for one in headings}
    for name, heading in mapping.columns.items():
        if heading and plain_words(heading) not in held:
            shown = ", ".join(f"“{one}”" for one in headings if one)
            raise UnusableInput(
                f"{file}: the mapping reads {name} from “{heading}”, but there is no such heading; there are {shown}."
            )
