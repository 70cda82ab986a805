"""Whose statement a sheet holds: as was said, by the lines above it, by the sheet's name or the file's; else asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from bargain.intake.accounts_gathered import Gathered
from bargain.intake.accounts_groups import name_key
from bargain.intake.accounts_plan import is_generic
from bargain.intake.reading import Question
from bargain.intake.tables import clean_text
from bargain.intake.words import plain_words

_COMPANY = re.compile(
    r"((?:[A-Z0-9][\w&'’.\-]*|of|and|for|the|&|y|yr)(?: (?:[A-Z0-9(][\w&'’.\-)]*|of|and|for|the|&|y|yr)){0,8}? "
    r"(?:Ltd|Limited|LIMITED|LTD|CIC|C\.I\.C\.|CIO|PLC|plc|LLP|Cyf|Cyfyngedig|Trust|Charity|Council))\b\.?"
)
_LONGEST = 300
_LONGEST_TITLE = 60
_NO_NAMES = frozenset({"year", "period", "ended", "account", "accounts", "statement", "profit", "loss", "income", "figures", "amounts", "months", "page", "report"})  # fmt: skip
_MOST_OFFERED = 40


def whose(gathered: Gathered, texts: Sequence[str], *, file: str, is_one_of_many: bool) -> str:
    """The employer of a statement that names none in its heads; blank where it has to be asked, and then it is.

    texts: the lines above the figures; is_one_of_many: whether the workbook has other sheets with statements.
    """
    sheet = gathered.sheet
    if sheet in gathered.mapping.whose:
        return gathered.mapping.whose[sheet]
    if sheet in gathered.mapping.employers:
        return sheet
    known = _known_in(gathered, texts)
    if len(known) == 1:
        return _said(gathered, known[0], "the lines above the table")
    companies = list(
        dict.fromkeys(one for text in texts if len(text) <= _LONGEST for one in _COMPANY.findall(text))
    )
    if not known and len(companies) == 1:
        return _said(gathered, companies[0], "the lines above the table")
    if gathered.known(sheet):
        return _said(gathered, gathered.known(sheet), "the sheet's name")
    if is_one_of_many and not is_generic(sheet) and not known and not companies:
        return _said(gathered, sheet, "the sheet's name")
    stem = plain_words(PurePath(file).stem)
    in_file = _known_in(gathered, [stem])
    if len(in_file) == 1 and not known and not companies:
        return _said(gathered, in_file[0], "the file's name")
    _ask(gathered, [*known, *companies, *([] if is_generic(sheet) else [sheet]), *_titles(texts)], stem)
    return ""


def _known_in(gathered: Gathered, texts: Sequence[str]) -> list[str]:
    """The sector's employers that are named in the texts; one whose name is part of another's there is left out."""
    keys = {
        name_key(name): name
        for name in (*(one.name for one in gathered.sector.employers), *gathered.sector.workforce.employers)
    }
    held = f" {' '.join(name_key(text[:_LONGEST]) for text in texts)} "
    found = [key for key in keys if len(key) > 2 and f" {key} " in held]
    return [
        keys[key] for key in found if not any(key != other and f" {key} " in f" {other} " for other in found)
    ]


def _titles(texts: Sequence[str]) -> list[str]:
    """The first line, where it may be a name: short, and not what a statement is called."""
    first = clean_text(texts[0]) if texts else ""
    is_name = 2 < len(first) < _LONGEST_TITLE and not {*plain_words(first).split()} & _NO_NAMES
    return [first] if is_name else []


def _said(gathered: Gathered, name: str, where: str) -> str:
    gathered.notes.append(f"{name} is named by {where}")
    return name


def _ask(gathered: Gathered, near: Sequence[str], stem: str) -> None:
    sector = gathered.sector
    ours = [*gathered.like(stem), *(one.name for one in sector.employers), *sector.workforce.employers]
    by_file = [stem.title()] if stem and not is_generic(stem) else []
    offered = {one.casefold(): one for one in reversed([*near, *ours, *by_file]) if one}
    candidates = list(reversed(offered.values()))[:_MOST_OFFERED] or [gathered.sheet]
    gathered.questions.append(
        Question(
            f"whose.{gathered.sheet}",
            gathered.sheet,
            "These are the figures of one employer, and nothing says of which. Whose are they?",
            tuple(candidates),
            about=gathered.sheet,
        )
    )
