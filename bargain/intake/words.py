"""Words as people write them in headings and cells, brought to one form; and the tables of words we know."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_FOOTNOTE = re.compile(r"(?<=[a-z]{2})\d{1,2}\b")
_OTHER = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=50_000)
def plain_words(text: str) -> str:
    """Lower-case words without accents, punctuation or footnote marks, one space between: ``Hrs p/w`` → ``hrs p w``."""
    text = _CAMEL.sub(" ", text.replace("%", " percent ").replace("’", "").replace("'", ""))
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return _OTHER.sub(" ", _FOOTNOTE.sub("", text)).strip()


@cache
def word_table(name: str) -> Mapping[str, Any]:
    """One of the tables in ``bargain/data/intake``."""
    path = resources.files("bargain").joinpath("data", "intake", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def meanings(name: str, section: str) -> Mapping[str, str]:
    """Each known phrase of a section of a table, in plain words → its meaning."""
    known: dict[str, str] = {}
    for meaning, phrases in word_table(name)[section].items():
        for phrase in phrases:
            known.setdefault(plain_words(phrase), meaning)
    return known


@cache
def phrases(name: str, section: str, key: str) -> frozenset[str]:
    """The phrases under one key, in plain words."""
    return frozenset(plain_words(phrase) for phrase in word_table(name)[section][key])


def has_phrase(words: str, known: frozenset[str] | Sequence[str]) -> bool:
    """Whether any phrase stands in the words, whole words only."""
    padded = f" {words} "
    return any(f" {phrase} " in padded for phrase in known)


def longest_phrase(words: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    """The longest known phrase inside the words, with its meaning."""
    parts = words.split()
    for length in range(len(parts), 0, -1):
        for start in range(len(parts) - length + 1):
            phrase = " ".join(parts[start : start + length])
            if phrase in known:
                return phrase, known[phrase]
    return None
