"""The templates in which offers and drafts are worded, and the few ways of writing an amount.

Amounts are written exactly (a rate of 14.005 prints as £14.005), names from data stand in quotation marks,
and a closing mark inside a name is doubled, so that two different offers never read the same. The templates
are in ``data/wording/<language>.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType

from models.units import MICROS_PER_POUND, PPM

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The templates of one language, by dotted key, with the few ways of writing an amount."""

    texts: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """The template with its slots filled. A value with braces in it is left as it is."""
        return self.texts[key].format(**values)

    def listed(self, parts: Iterable[str]) -> str:
        """``a, b and c``."""
        every = list(parts)
        if len(every) < 2:
            return "".join(every)
        return self.texts["list.separator"].join(every[:-1]) + self.texts["list.last"] + every[-1]

    def quoted(self, name: str) -> str:
        """A name from data; a closing quotation mark inside it is doubled."""
        return self.say("number.quoted", value=name.replace("”", "””"))

    def names(self, names: Iterable[str]) -> str:
        """Names from data as a list."""
        return self.listed(self.quoted(name) for name in names)

    def any_of(self, names: Iterable[str]) -> str:
        """Names from data of which each will do: ``“A”, “B” or “C”``."""
        every = [self.quoted(name) for name in names]
        if len(every) < 2:
            return "".join(every)
        return self.texts["list.separator"].join(every[:-1]) + self.texts["list.either"] + every[-1]

    def day(self, day: date) -> str:
        """``1 April 2027``."""
        month = self.texts["date.months"].split("|")[day.month - 1]
        return self.say("date.day", day=day.day, month=month, year=day.year)

    def percent(self, ppm: int) -> str:
        """Parts per million as an exact percentage: ``3.2 %``."""
        digits = _exact(abs(ppm), PPM // 100, places=0)
        return self._signed(ppm, self.say("number.percent", value=digits))

    def pounds(self, micros: int) -> str:
        """£/10⁶ as exact pounds: ``£1,290``, with pence where there are any."""
        digits = _exact(abs(micros), MICROS_PER_POUND, places=2 if micros % MICROS_PER_POUND else 0)
        return self._signed(micros, self.say("number.pounds", value=digits))

    def rate(self, micros: int) -> str:
        """£/10⁶ as pounds and at least two decimals: ``£14.00``."""
        digits = _exact(abs(micros), MICROS_PER_POUND, places=2)
        return self._signed(micros, self.say("number.pounds", value=digits))

    def a_year(self, micros: int) -> str:
        """``£1,290 a year full-time (pro rata for part-time staff)``."""
        return self.say("number.a_year", value=self.pounds(micros))

    def of_year(self, ppm: int) -> str:
        """``3.2 % of a year's basic pay``."""
        return self.say("number.of_year", value=self.percent(ppm))

    def full_time(self, micros: int) -> str:
        """``£1,290 full-time (pro rata for part-time staff)``."""
        return self.say("number.full_time", value=self.pounds(micros))

    def a_year_each(self, micros: int) -> str:
        """``£1,290 a year for each person (whatever their hours)``."""
        return self.say("number.a_year_each", value=self.pounds(micros))

    def each(self, micros: int) -> str:
        """``£1,290 for each person (whatever their hours)``."""
        return self.say("number.each", value=self.pounds(micros))

    def an_hour(self, micros: int) -> str:
        """``£14.00 an hour``."""
        return self.say("number.an_hour", value=self.rate(micros))

    def _signed(self, amount: int, text: str) -> str:
        return self.say("number.below_nought", value=text) if amount < 0 else text


def number(value: float) -> str:
    """A count of hours, days or weeks, exactly: ``36``, ``37.5``."""
    return repr(float(value)).removesuffix(".0")


def _exact(amount: int, unit: int, *, places: int) -> str:
    """A whole amount over a power of ten, with at least so many decimals and no needless noughts."""
    whole, rest = divmod(amount, unit)
    decimals = f"{rest:0{len(str(unit)) - 1}d}".rstrip("0").ljust(places, "0")
    return f"{whole:,}.{decimals}" if decimals else f"{whole:,}"


@cache
def phrases(language: str = ENGLISH) -> Phrases:
    """The templates of a language, read once."""
    source = resources.files("bargain").joinpath("data", "wording", f"{language}.toml")
    return Phrases(MappingProxyType(dict(_flat(tomllib.loads(source.read_text(encoding="utf-8"))))))


def _flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, str(value)
