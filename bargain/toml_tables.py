"""TOML tables read strictly: every key is known, every value has its kind, and a wrong one is named."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from models.issues import UnusableInput


def parse_toml(text: str, *, source: str) -> dict[str, Any]:
    """The document as plain values, numbers with a point as Decimal."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise UnusableInput(
            f"{source} is not a TOML file that can be read: {error}. Correct that place."
        ) from None


class TomlTable:
    """One table: hands out its values by kind and, at the end, refuses keys that nobody asked for."""

    def __init__(self, values: dict[str, Any], *, source: str, where: str) -> None:
        self._values = values
        self._asked: set[str] = set()
        self.source = source
        self.where = where

    def fault(self, key: str, what: str) -> UnusableInput:
        """A sentence that names file, table and key."""
        place = f"{self.where}, " if self.where else ""
        return UnusableInput(f"{self.source}: {place}key “{key}” {what}.")

    def has(self, key: str) -> bool:
        """Whether the key stands in the table."""
        self._asked.add(key)
        return key in self._values

    def _get(self, key: str) -> Any:
        self._asked.add(key)
        return self._values.get(key)

    def text(self, key: str, default: str = "") -> str:
        """A text, or the default."""
        value = self._get(key)
        if value is None:
            return default
        if not isinstance(value, str):
            raise self.fault(key, f"must be a text in quotes, not {_shown(value)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        value = self._get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.fault(key, f'must be a list of texts such as ["A", "B"], not {_shown(value)}')
        return tuple(value)

    def number(self, key: str, *, least: float | None = None, most: float | None = None) -> Decimal | None:
        """A number within its limits, or None."""
        value = self._get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            raise self.fault(key, f"must be a number, not {_shown(value)}")
        number = Decimal(value)
        if least is not None and number < Decimal(str(least)):
            raise self.fault(key, f"is {number}, below the least that makes sense, {least}")
        if most is not None and number > Decimal(str(most)):
            raise self.fault(key, f"is {number}, above the most that makes sense, {most:,.0f}")
        return number

    def truth(self, key: str, default: bool | None = None) -> bool | None:
        """True or false, or the default."""
        value = self._get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.fault(key, f"must be true or false, not {_shown(value)}")
        return value

    def day(self, key: str) -> date | None:
        """A date such as 2027-04-01, or None."""
        value = self._get(key)
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self.fault(key, f"must be a date such as 2027-04-01, without quotes, not {_shown(value)}")
        return value

    def choice(self, key: str, known: Iterable[str], default: str) -> str:
        """One of the known words."""
        value = self.text(key, default)
        known = tuple(known)
        if value not in known:
            raise self.fault(key, f"is “{value}”; it may be {_or_list(known)}")
        return value

    def table(self, key: str) -> TomlTable:
        """The sub-table; empty where there is none."""
        value = self._get(key)
        if value is not None and not isinstance(value, dict):
            raise self.fault(key, "must be a table")
        return TomlTable(value or {}, source=self.source, where=_deeper(self.where, key))

    def tables(self, key: str) -> tuple[TomlTable, ...]:
        """The tables of an array such as [[settlement]]."""
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.fault(key, f"must be written as [[{key}]] tables")
        return tuple(
            TomlTable(one, source=self.source, where=_deeper(self.where, f"{key} {index}"))
            for index, one in enumerate(value, start=1)
        )

    def is_list(self, key: str) -> bool:
        """Whether the key holds a list."""
        return isinstance(self._get(key), list)

    def rest(self) -> dict[str, Any]:
        """Every value, for tables whose keys are free."""
        self._asked.update(self._values)
        return dict(self._values)

    def done(self) -> None:
        """Refuse a key that is not known, naming the nearest one that is."""
        for key in self._values:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, n=1, cutoff=0.5)
                hint = (
                    f"did you mean “{near[0]}”"
                    if near
                    else f"known keys are {', '.join(sorted(self._asked))}"
                )
                raise self.fault(key, f"is not known; {hint}")


def _deeper(where: str, key: str) -> str:
    return f"{where}, {key}" if where else key


def _shown(value: object) -> str:
    return f"“{value}”" if isinstance(value, str) else str(value)


def _or_list(words: tuple[str, ...]) -> str:
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
