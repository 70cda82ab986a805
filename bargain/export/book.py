"""A workbook as values: sheets of cells whose formulas name other cells by key.

A formula is written with slots, which become addresses when the whole book stands:
``{key}`` the same row of its table; ``{table.key}`` the whole column; ``{table.key!}`` its total;
``{table.key@3}`` its third row; ``{@anchor}`` a single cell. So no sheet needs to know where another puts
its columns. Each formula carries its result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

_SLOT = re.compile(r"\{([^{}]+)\}")
_ROW = "\0"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its equals sign, and its result."""

    text: str
    value: float


Value = str | int | float | date | Formula | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: what it holds, how it looks, and the name by which formulas find it."""

    value: Value
    style: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of a table. With templates it holds formulas, ``which`` saying which one a row has; -1: none."""

    key: str
    heading: str
    style: str
    values: Sequence[Value] | NDArray[np.generic]
    templates: tuple[str, ...] = ()
    which: NDArray[np.integer] | None = None
    total: float | None = None


@dataclass(eq=False)
class Table:
    """Columns of one length under headings, with a row of totals where a column has one."""

    name: str
    columns: list[Column] = field(default_factory=list)

    def add(self, column: Column) -> str:
        """Take in a column; its key, which formulas use."""
        self.columns.append(column)
        return column.key

    @property
    def height(self) -> int:
        """Rows between heading and total."""
        return len(self.columns[0].values)

    @property
    def has_total(self) -> bool:
        """Whether there is a row of totals."""
        return any(column.total is not None for column in self.columns)


class Sheet:
    """Rows from the top, some of them tables."""

    def __init__(self, book: Book, name: str, *, widths: Sequence[float] = (), freeze: str = "") -> None:
        self.name = name
        self.widths = tuple(widths)
        self.freeze = freeze
        self._book = book
        self._parts: list[Sequence[Entry] | tuple[Table, int]] = []
        self._next = 1

    def row(self, *entries: Entry | Value) -> None:
        """One row of cells."""
        cells = [one if isinstance(one, Entry) else Entry(one) for one in entries]
        for place, one in enumerate(cells):
            if one.anchor:
                self._book.address(f"@{one.anchor}", f"{self._prefix}${letter(place)}${self._next}")
        self._parts.append(cells)
        self._next += 1

    def place(self, table: Table) -> None:
        """A table here, headings first."""
        first = self._next + 1
        last = first + table.height - 1
        for place, column in enumerate(table.columns):
            name, col = f"{table.name}.{column.key}", f"${letter(place)}$"
            self._book.address(name, f"{self._prefix}{col}{first}:{col}{max(last, first)}")
            self._book.address(f"{name}!", f"{self._prefix}{col}{last + 1}")
            self._book.column(name, f"{self._prefix}{col}", first)
        self._parts.append((table, first))
        self._next = last + 1 + table.has_total

    def rows(self) -> Iterator[Sequence[Entry]]:
        """Every row with its formulas in addresses."""
        for part in self._parts:
            if isinstance(part, tuple):
                yield from self._table_rows(*part)
            else:
                yield [self._finished(one) for one in part]

    @property
    def _prefix(self) -> str:
        return f"'{self.name}'!"

    def _finished(self, entry: Entry) -> Entry:
        if not isinstance(entry.value, Formula):
            return entry
        formula = Formula(self._book.resolved(entry.value.text, {}), entry.value.value)
        return Entry(formula, entry.style)

    def _table_rows(self, table: Table, first: int) -> Iterator[Sequence[Entry]]:
        yield [Entry(column.heading, "heading") for column in table.columns]
        letters = {column.key: letter(place) for place, column in enumerate(table.columns)}
        ready = [
            tuple(self._book.resolved(text, letters) for text in column.templates) for column in table.columns
        ]
        for index in range(table.height):
            row = str(first + index)
            yield [
                Entry(_cell(column, texts, index, row), column.style)
                for column, texts in zip(table.columns, ready, strict=True)
            ]
        if table.has_total:
            last = first + table.height - 1
            yield [
                _total(column, f"{letter(place)}{first}:{letter(place)}{last}", first_column=not place)
                for place, column in enumerate(table.columns)
            ]


class Book:
    """Sheets in order, and where everything with a name stands."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._addresses: dict[str, str] = {}
        self._columns: dict[str, tuple[str, int]] = {}

    def sheet(self, name: str, *, widths: Sequence[float] = (), freeze: str = "") -> Sheet:
        """A new sheet at the end."""
        self.sheets.append(Sheet(self, name, widths=widths, freeze=freeze))
        return self.sheets[-1]

    def address(self, name: str, where: str) -> None:
        """Give a place a name. Two places of one name would be our mistake."""
        if name in self._addresses:
            raise ValueError(f"two places are named {name}")
        self._addresses[name] = where

    def column(self, name: str, start: str, first: int) -> None:
        """Where a table's column starts."""
        self._columns[name] = (start, first)

    def resolved(self, template: str, letters: dict[str, str]) -> str:
        """The template with addresses in its slots; a NUL stands for the row of a table."""

        def address(slot: re.Match[str]) -> str:
            name = slot[1]
            if name in letters:
                return f"{letters[name]}{_ROW}"
            if name in self._addresses:
                return self._addresses[name]
            column, _, row = name.rpartition("@")
            if column not in self._columns:
                raise ValueError(f"nothing is named {name}")
            start, first = self._columns[column]
            return f"{start}{first + int(row) - 1}"

        return _SLOT.sub(address, template)


def letter(place: int) -> str:
    """The letters of a column, counted from nought."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def _cell(column: Column, texts: tuple[str, ...], index: int, row: str) -> Value:
    value = column.values[index]
    plain: Value = value.item() if isinstance(value, np.generic) else value
    if not texts or not isinstance(plain, int | float):
        return plain
    at = 0 if column.which is None else int(column.which[index])
    if at < 0:
        return plain
    text = texts[at]
    return Formula(text.replace(_ROW, row), float(plain))


def _total(column: Column, cells: str, *, first_column: bool) -> Entry:
    if column.total is None:
        return Entry("Total" if first_column else None, "heading")
    return Entry(Formula(f"SUM({cells})", column.total), f"{column.style} total")
