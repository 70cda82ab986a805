"""Texts → categories: contract, sex, age band, ownership, and the sector's grades."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from bargain.intake.reading import SectorFacts
from bargain.intake.words import longest_phrase, meanings, plain_words
from models.employer import Ownership
from models.workforce import Contract, Sex, YesNo

_SUGGEST_FROM = 70.0
_BAND = re.compile(r"(\d{2})\D+(\d{2})")
_ENDS = re.compile(r"\d{2}")


@cache
def contract_of(text: str) -> Contract | None:
    """The kind of contract; None where the word is not known."""
    words = plain_words(text.replace("hrs", "hours").replace("Hrs", "hours"))
    if not words:
        return Contract.UNKNOWN
    known = meanings("rows", "contracts")
    if words in known:
        return Contract[known[words]]
    longer = {phrase: meaning for phrase, meaning in known.items() if len(phrase) > 3}
    found = longest_phrase(words, longer)
    return Contract[found[1]] if found else None


@cache
def sex_of(text: str) -> Sex | None:
    """As recorded; None where the word is not known."""
    words = plain_words(text)
    if not words:
        return Sex.UNKNOWN
    meaning = meanings("rows", "sexes").get(words)
    return Sex[meaning] if meaning else None


@cache
def yes_or_no(text: str) -> YesNo | None:
    """What is answered to a plain question; None where the word is not known."""
    words = plain_words(text)
    if not words:
        return YesNo.UNKNOWN
    meaning = meanings("rows", "answers").get(words)
    return YesNo[meaning] if meaning else None


def says_apprentice(text: str) -> bool:
    """Whether a job title or a kind of contract names apprentices, in English or Welsh."""
    return "apprentic" in text.casefold() or "prentis" in text.casefold()


@cache
def age_of_band(text: str) -> int:
    """The middle of an age band in years: 25-34 is 29; 65+ is 65; under 21 is 20; −1 where it does not say."""
    found = _BAND.search(text)
    if found:
        return (int(found[1]) + int(found[2])) // 2
    end = _ENDS.search(text)
    if end is None:
        return -1
    words = plain_words(text)
    return (
        int(end[0]) - 1 if words.startswith(("under", "below", "less", "dan")) or "<" in text else int(end[0])
    )


@cache
def ownership_of(text: str) -> Ownership | None:
    """The kind of owner by the longest phrase that says one; None where nothing does."""
    words = plain_words(text)
    if not words:
        return Ownership.UNKNOWN
    exact = next((one for one in Ownership if plain_words(one.value) == words), None)
    found = longest_phrase(words, meanings("rows", "ownership"))
    return exact or (Ownership(found[1]) if found else None)


def plain_title(title: str) -> str:
    """A job title for comparison: no case, punctuation or footnote marks."""
    return plain_words(title)


class GradeFinder:
    """Finds a post's grade: its grade cell, else its job title on the sector's list."""

    def __init__(self, facts: SectorFacts, titles: Mapping[str, str]) -> None:
        self._ladder = {plain_words(grade): grade for grade in facts.grades}
        self._titles = {plain_title(one.title): one.grade for one in facts.title_grades}
        self._titles |= {plain_title(title): grade for title, grade in titles.items()}

    def grade_of(self, grade: str, title: str) -> str:
        """The sector's grade; else the file's own; blank where nothing says."""
        words, title_words = plain_words(grade), plain_title(title)
        return (
            self._ladder.get(words)
            or self._titles.get(words)
            or self._titles.get(title_words)
            or self._ladder.get(title_words)
            or grade
        )


def suggest_grades(title: str, facts: SectorFacts, *, most: int = 3) -> tuple[tuple[str, float], ...]:
    """Grades whose name or known titles are like this title, likeliest first, each with how sure (0 to 1)."""
    from rapidfuzz import fuzz, process

    known = {plain_words(grade): grade for grade in facts.grades}
    known |= {plain_title(one.title): one.grade for one in facts.title_grades}
    best: dict[str, float] = {}
    scored: Sequence[tuple[str, float, int]] = process.extract(
        plain_title(title), list(known), scorer=fuzz.token_sort_ratio, score_cutoff=_SUGGEST_FROM, limit=10
    )
    for words, score, _at in scored:
        best[known[words]] = max(best.get(known[words], 0.0), round(score / 100, 2))
    return tuple(sorted(best.items(), key=lambda item: -item[1])[:most])
