"""Which column of an accounts file is which figure: as was said, by known headings, or open between several."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bargain.intake.accounts_mapping import AccountsMapping
from bargain.intake.tables import Row, clean_text
from bargain.intake.words import meanings, phrases, plain_words
from models.issues import UnusableInput

MONEY = (
    "revenue", "labour", "rent", "other", "directors", "net_interest", "depreciation", "connected_rent",
    "connected_charges", "connected_interest", "capital", "distributions", "total_costs", "profit",
)  # fmt: skip
SURE, LIKELY = 1.0, 0.8
_LONGEST = 200  # letters: a text that is longer is no heading, and looking into it would take for ever
_ALIKE = 86  # of 100: how alike a heading must be to a known one to be suggested
# Fields of which two columns are a question; of the others, the first is as good as the next.
_WEIGHTY = ("employer", "year_end", *MONEY, "beds", "months", "part_of")
_YEAR = re.compile(r"(?:19|20)?\d\d")


@dataclass(frozen=True, slots=True)
class ColumnsFound:
    """Field → column (from 0) with how sure the match is; ``rivals`` are columns that a field could be read from as well.

    ``suggested`` is what a column that is not read looks like, without being near enough to be read.
    """

    columns: dict[str, int] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)
    rivals: dict[str, tuple[int, ...]] = field(default_factory=dict)
    suggested: dict[int, str] = field(default_factory=dict)


def match_columns(row: Row, mapping: AccountsMapping) -> ColumnsFound:
    """As the mapping says, then exact headings, then a known phrase beside words that change nothing.

    An empty heading in the mapping leaves its field out.
    """
    known = meanings("accounts", "fields")
    words = [
        plain_words(clean_text(cell)) if isinstance(cell, str) and len(cell) <= _LONGEST else ""
        for cell in row
    ]
    said = {plain_words(heading): name for name, heading in mapping.columns.items() if heading}
    found = ColumnsFound()
    for at, text in reversed(list(enumerate(words))):
        if text in said:
            found.columns[said[text]] = at
            found.confidence[said[text]] = SURE
    exact = [(at, known.get(text)) for at, text in enumerate(words)]
    inside = [(at, _inside(text, known) if text else None) for at, text in enumerate(words)]
    for matches, confidence in ((exact, SURE), (inside, LIKELY)):
        taken = set(found.columns.values())
        by_field: dict[str, list[int]] = {}
        for at, name in matches:
            if name is not None and name not in mapping.columns and at not in taken:
                by_field.setdefault(name, []).append(at)
        for name, places in by_field.items():
            if name not in found.columns:
                found.columns[name] = places[0]
                found.confidence[name] = confidence
                if len(places) > 1 and name in _WEIGHTY:
                    found.rivals[name] = tuple(places)
    return found


def with_suggestions(found: ColumnsFound, headings: Sequence[str]) -> ColumnsFound:
    """The same with what the unread columns may be: a slip of the pen, or a known phrase among other words."""
    from rapidfuzz import fuzz, process

    known = meanings("accounts", "fields")
    long = [one for one in known if len(one) >= 5]
    for at, heading in enumerate(headings):
        words = plain_words(heading) if len(heading) <= _LONGEST else ""
        if at in found.columns.values() or len(words) < 5:
            continue
        near = process.extractOne(words, long, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE)
        if near is not None and known[near[0]] not in found.columns:
            found.suggested[at] = known[near[0]]
    return found


def _inside(text: str, known: Mapping[str, str]) -> str | None:
    """The field of a known phrase in a heading, where every other word of the heading is a plain one."""
    parts, plain = text.split(), phrases("accounts", "beside", "words")
    for length in range(len(parts), 0, -1):
        for start in range(len(parts) - length + 1):
            name = known.get(" ".join(parts[start : start + length]))
            beside = [*parts[:start], *parts[start + length :]]
            if name is not None and all(word in plain or _YEAR.fullmatch(word) for word in beside):
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
