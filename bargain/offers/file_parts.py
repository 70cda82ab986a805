"""What the readers and writers of offer files share: figures in their units, and tables without empty keys."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import tomlkit
from tomlkit.items import AoT, Item, Table

from bargain.money import micros, ppm
from bargain.toml_tables import TomlTable
from models.units import MICROS_PER_POUND, PPM

MOST_PERCENT = 100  # a rise above this is a slip of the keyboard
MOST_CASH = 100_000
MOST_HOURLY = 1_000
MOST_PAY = 10_000_000


def percent(table: TomlTable, key: str, *, least: float = 0, most: float = MOST_PERCENT) -> int | None:
    """A percentage as parts per million, or None."""
    value = table.number(key, least=least, most=most)
    return None if value is None else ppm(value)


def pounds(table: TomlTable, key: str, *, most: float) -> int | None:
    """Pounds as £/10⁶, or None."""
    value = table.number(key, least=0, most=most)
    return None if value is None else micros(value)


def whole(table: TomlTable, key: str, *, least: int, most: int) -> int | None:
    """A whole number, or None."""
    value = table.number(key, least=least, most=most)
    if value is not None and value != value.to_integral_value():
        raise table.fault(key, f"must be a whole number, not {value}")
    return None if value is None else int(value)


def number(table: TomlTable, key: str, *, least: float, most: float) -> float | None:
    """A number of hours, days or weeks, or None."""
    value = table.number(key, least=least, most=most)
    return None if value is None else float(value)


def in_pounds(value: int | None) -> Item | None:
    """£/10⁶ as the shortest exact decimal."""
    return _out(value, MICROS_PER_POUND)


def in_percent(value: int | None) -> Item | None:
    """Parts per million as the shortest exact percentage."""
    return _out(value, PPM // 100)


def _out(value: int | None, unit: int) -> Item | None:
    if value is None:
        return None
    exact = (Decimal(value) / unit).normalize()
    return tomlkit.value(format(exact, "f"))


def put(table: Any, key: str, value: object) -> None:
    """Write a key, unless there is nothing to write."""
    if value is not None:
        table[key] = value


def sub_table(values: dict[str, Any]) -> Table | None:
    """A table of the values that are there; None where none is."""
    table = tomlkit.table()
    for key, value in values.items():
        put(table, key, value)
    return table if len(table) else None


def array_of(rows: list[dict[str, Any]]) -> AoT | None:
    """An array of tables; None where there are no rows."""
    array = tomlkit.aot()
    for row in rows:
        array.append(sub_table(row) or tomlkit.table())
    return array if rows else None
