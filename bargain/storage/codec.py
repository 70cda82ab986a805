"""Frozen values to plain JSON and back, by their type hints: no code, no pickle, no surprises.

Plain means what JSON can hold: dict, list, str, int, float, bool, None. A dataclass is a dict of all its
fields, a tuple a list, an enum its value, a date or Decimal its text. JSON has no NaN or infinity, so these
floats are the texts "nan", "inf" and "-inf"; the type hint says that a float is meant.

Writing names every field, even one at its default, so that a default that changes later does not change what
an old file says. Reading refuses keys it does not know; a field that the text lacks takes its default.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import numpy as np

from models.issues import UnusableInput

T = TypeVar("T")

Writers = Mapping[type, Callable[[Any], Any]]  # kinds that are stored in a way of their own
Readers = Mapping[type, Callable[[Any], Any]]
Reader = Callable[[Any, Readers], Any]

NO_OWN_WAY: Mapping[type, Callable[[Any], Any]] = MappingProxyType({})

ROWS_FROM = 8  # values; fewer are read one after another as quickly

_ODD_FLOATS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class PlainShapeError(UnusableInput):
    """Plain text that does not have the shape of the value it should be.

    ``where`` is the way to the place ("offers[2].settlements[0].effective"); it is put together only when
    something is wrong, on the way out.
    """

    def __init__(self, wanted: str, where: str = "") -> None:
        super().__init__(wanted, where)
        self.wanted, self.where = wanted, where

    def __str__(self) -> str:
        return f"{self.where or 'The text'} should be {self.wanted}."

    def inside(self, place: str) -> None:
        """Say that the place so far lies within ``place``."""
        joint = "." if self.where and not self.where.startswith("[") else ""
        self.where = f"{place}{joint}{self.where}"


class IgnoreUnknown:
    """Put among the readers' own ways, it lets keys pass that this version does not know: for looking only."""


LENIENT: Readers = MappingProxyType({IgnoreUnknown: lambda plain: plain})


class UnknownKeyError(PlainShapeError):
    """A key that this version does not know: most likely written by a newer one."""

    def __init__(self, key: str) -> None:
        super().__init__("left out: this version of Bargain does not know it", key)


def to_plain(value: Any, *, own: Writers = NO_OWN_WAY) -> Any:
    """Turn a value into what JSON can hold.

    ``own`` says how kinds that are stored in a way of their own are written. Raises TypeError for a kind of
    value that has no stored form: that is a fault in the program, not in anybody's file.
    """
    if type(value) in own:
        return own[type(value)](value)
    if isinstance(value, np.generic):  # a figure taken out of a column
        value = value.item()
    if isinstance(value, Enum):
        return to_plain(value.value)
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, float):
        return _float_to_plain(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [to_plain(one, own=own) for one in value]
    if isinstance(value, Mapping):
        return {_text_key(key): to_plain(one, own=own) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name), own=own) for field in fields(value)}
    raise TypeError(f"a {type(value).__name__} has no stored form")


def from_plain(kind: type[T], plain: Any, *, own: Readers = NO_OWN_WAY, where: str = "") -> T:
    """Read a value of ``kind`` out of plain JSON.

    ``where`` is the name of the whole, for messages. Raises UnknownKeyError or PlainShapeError (both
    UnusableInput) where the text does not fit, and TypeError for a kind that has no stored form.
    """
    try:
        return cast("T", _reader(cast("Any", kind))(plain, own))
    except PlainShapeError as error:
        if where:
            error.inside(where)
        raise


def canonical(plain: Any) -> bytes:
    """Write plain JSON so that equal values have equal bytes: sorted keys, no spaces, ASCII only."""
    return _ENCODER.encode(plain).encode()


def parse(text: bytes) -> Any:
    """Read JSON bytes, refusing what JSON does not allow (NaN, infinity) and nesting without end."""
    try:
        return _DECODER.decode(text.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise PlainShapeError("JSON that can be read") from error


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


# Made once: making one takes as long as a small text.
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def _float_to_plain(value: float) -> float | str:
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return value


def _text_key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a mapping's keys must be text to be stored, not {type(key).__name__}")
    return key.value if isinstance(key, Enum) else key


@cache
def _reader(kind: Any) -> Reader:
    """What reads a kind of value; built once for each, since looking into type hints is slow."""
    origin = get_origin(kind)
    if kind in _SCALARS:
        return _SCALARS[kind]
    if origin in (Union, UnionType):
        return _optional_reader(kind)
    if origin is tuple:
        return _tuple_reader(get_args(kind))
    if origin is Sequence:  # rows that are made when somebody looks come back as plain rows
        return _tuple_reader((*get_args(kind), Ellipsis))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping_reader(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum_reader(kind)
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    raise TypeError(f"{kind} has no stored form")


def _optional_reader(kind: Any) -> Reader:
    others = [one for one in get_args(kind) if one is not NoneType]
    if len(others) != 1 or len(others) == len(get_args(kind)):
        raise TypeError(f"{kind} has no stored form: only one kind, or None")
    reader = _reader(others[0])

    def read(plain: Any, own: Readers) -> Any:
        return None if plain is None else reader(plain, own)

    return read


def _tuple_reader(kinds: tuple[Any, ...]) -> Reader:
    is_open = len(kinds) == 2 and kinds[1] is Ellipsis
    readers = tuple(_reader(kind) for kind in (kinds[:1] if is_open else kinds))
    has_rows = is_open and is_dataclass(kinds[0])

    def read(plain: Any, own: Readers) -> tuple[Any, ...]:
        if not isinstance(plain, list):
            raise PlainShapeError("a list")
        if has_rows and len(plain) >= ROWS_FROM and not own:
            with suppress(PlainShapeError, ValueError, TypeError):  # what is wrong, and where, is found below
                return _read_rows(kinds[0], plain)
        if not is_open and len(plain) != len(readers):
            raise PlainShapeError(f"a list of {len(readers)}")
        values, index = [], 0
        try:
            for index, one in enumerate(plain):
                reader = readers[0] if is_open else readers[index]
                values.append(reader(one, own))
        except PlainShapeError as error:
            error.inside(f"[{index}]")
            raise
        return tuple(values)

    return read


def _read_rows(kind: Any, plain: list[Any]) -> tuple[Any, ...]:
    """Many values of one dataclass, read field by field: a third of the time of one after another.

    Takes only tables that name every field; raises PlainShapeError, ValueError or TypeError for all others.
    """
    parts = _parts_of(kind)
    if any(type(one) is not dict or one.keys() != parts.keys() for one in plain):
        raise PlainShapeError("tables that name every field")
    columns = ([one[name] for one in plain] for name in parts)
    return tuple(map(kind, *(_read_column(*one) for one in zip(columns, parts.values(), strict=True))))


def _read_column(values: list[Any], part: tuple[Reader, bool]) -> list[Any]:
    """One field of many values."""
    reader = part[0]
    as_it_is = _AS_IT_IS.get(reader)
    if as_it_is is not None and set(map(type, values)) == {as_it_is}:
        return values
    return [reader(one, NO_OWN_WAY) for one in values]


def _mapping_reader(kinds: tuple[Any, ...]) -> Reader:
    if kinds[:1] != (str,):
        raise TypeError("a mapping's keys must be text to be stored")
    reader = _reader(kinds[1])

    def read(plain: Any, own: Readers) -> dict[str, Any]:
        if not isinstance(plain, dict):
            raise PlainShapeError("a table")
        values, key = {}, ""
        try:
            for key, one in plain.items():
                values[key] = reader(one, own)
        except PlainShapeError as error:
            error.inside(key)
            raise
        return values

    return read


def _enum_reader(kind: type[Enum]) -> Reader:
    members = {(type(member.value), member.value): member for member in kind}
    choices = "one of " + ", ".join(str(member.value) for member in kind)

    def read(plain: Any, _: Readers) -> Enum:
        if isinstance(plain, str | int) and (type(plain), plain) in members:
            return members[type(plain), plain]
        raise PlainShapeError(choices)

    return read


@cache
def _parts_of(kind: Any) -> Mapping[str, tuple[Reader, bool]]:
    """Each field of a dataclass: what reads it, and whether it must be there."""
    hints = get_type_hints(kind)
    return {
        field.name: (
            _reader(hints[field.name]),
            field.default is MISSING and field.default_factory is MISSING,
        )
        for field in fields(kind)
    }


def _dataclass_reader(kind: Any) -> Reader:
    def read(plain: Any, own: Readers) -> Any:
        if kind in own:
            return own[kind](plain)
        parts = _parts_of(kind)  # only now: a kind with a way of its own need have no other
        if not isinstance(plain, dict):
            raise PlainShapeError("a table")
        if not plain.keys() <= parts.keys() and IgnoreUnknown not in own:
            raise UnknownKeyError(min(plain.keys() - parts.keys()))
        values, name = {}, ""
        try:
            for name, (reader, is_needed) in parts.items():
                if name in plain:
                    values[name] = reader(plain[name], own)
                elif is_needed:
                    raise PlainShapeError("there")  # noqa: TRY301  # its place is put together below
        except PlainShapeError as error:
            error.inside(name)
            raise
        try:
            return kind(**values)
        except (ValueError, TypeError) as error:  # what the value itself refuses
            raise PlainShapeError(f"a value that holds together ({error})") from error

    return read


def _read_str(plain: Any, _: Readers) -> str:
    if not isinstance(plain, str):
        raise PlainShapeError("text")
    return plain


def _read_bool(plain: Any, _: Readers) -> bool:
    if not isinstance(plain, bool):
        raise PlainShapeError("true or false")
    return plain


def _read_int(plain: Any, _: Readers) -> int:
    if not isinstance(plain, int) or isinstance(plain, bool):
        raise PlainShapeError("a whole number")
    return plain


def _read_float(plain: Any, _: Readers) -> float:
    if isinstance(plain, str) and plain in _ODD_FLOATS:
        return _ODD_FLOATS[plain]
    if not isinstance(plain, int | float) or isinstance(plain, bool):
        raise PlainShapeError("a number")
    try:
        return float(plain)
    except OverflowError as error:
        raise PlainShapeError("a number of ordinary size") from error


def _read_date(plain: Any, _: Readers) -> date:
    try:
        day = date.fromisoformat(plain)
    except (ValueError, TypeError) as error:
        raise PlainShapeError("a date such as 2027-04-01") from error
    if day.isoformat() != plain:
        raise PlainShapeError("a date such as 2027-04-01")
    return day


def _read_decimal(plain: Any, own: Readers) -> Decimal:
    try:
        number = Decimal(_read_str(plain, own))
    except InvalidOperation as error:
        raise PlainShapeError("a decimal number as text") from error
    if str(number) != plain:
        raise PlainShapeError("a decimal number in its shortest form")
    return number


_SCALARS: dict[Any, Reader] = {
    str: _read_str,
    bool: _read_bool,
    int: _read_int,
    float: _read_float,
    date: _read_date,
    Decimal: _read_decimal,
}

# What reads nothing but this very type, which JSON holds as it is.
_AS_IT_IS: dict[Reader, type] = {_read_str: str, _read_bool: bool, _read_int: int, _read_float: float}
