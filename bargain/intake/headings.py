"""Where a table begins: the heading, of one to three rows, merged or not, and what each column is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bargain.intake.mapping import Meaning, meaning_of
from bargain.intake.reading import MappingFile
from bargain.intake.tables import Row, SheetTable, clean_text, column_letters, is_blank
from bargain.intake.values import Unreadable, read_number
from bargain.intake.words import plain_words

ROWS_SEARCHED = 60
MOST_ROWS = 3
_BY_SEX = {"heads_female", "heads_male"}
_CORE = {"fte", "heads", "hours", "job_title", "grade", "point"}


@dataclass(frozen=True, slots=True)
class Heading:
    """``first`` is the index of the first heading row, ``rows`` how many there are; one text a column."""

    first: int
    rows: int
    texts: tuple[str, ...]
    is_known: bool = True

    @property
    def body_from(self) -> int:
        """The index of the first row under the heading."""
        return self.first + self.rows


def find_heading(table: SheetTable, mapping: MappingFile) -> Heading | None:
    """The heading whose words say most; else, the row of texts that stands on rows of figures; else None."""
    if mapping.heading_rows == 0:  # no heading: columns go by their letters
        letters = tuple(f"column {column_letters(at)}" for at in range(table.width))
        return Heading((mapping.heading_row or 1) - 1, 0, letters)
    if mapping.heading_row is not None:
        first = mapping.heading_row - 1
        rows = mapping.heading_rows or 1
        if first + rows > len(table.rows):
            return None
        return Heading(first, rows, joined(table, first, rows))
    best: Heading | None = None
    best_score = 0.0
    wanted = {plain_words(one) for one in mapping.columns.values() if one}
    for first in range(min(len(table.rows), ROWS_SEARCHED)):
        for rows in range(1, MOST_ROWS + 1):
            if first + rows > len(table.rows) or not _looks_like_heading(table.rows[first + rows - 1]):
                break
            texts = joined(table, first, rows)
            score = _score(texts, wanted)
            if score > best_score + 1e-9:
                best, best_score = Heading(first, rows, texts), score
    return best or _by_shape(table)


def _looks_like_heading(row: Row) -> bool:
    cells = [cell for cell in row if not is_blank(cell)]
    texts = [cell for cell in cells if isinstance(cell, str) and not is_figure(cell)]
    return bool(texts) and len(texts) >= 0.75 * len(cells)


def is_figure(text: str) -> bool:
    """Whether a text is a number or an amount, with a point or a comma before its decimals."""
    for comma in (False, True):
        try:
            read_number(text, decimal_comma=comma)
        except Unreadable:
            continue
        return True
    return False


def joined(table: SheetTable, first: int, rows: int) -> tuple[str, ...]:
    """One text a column: the rows of the heading read downward, group headings carried over what they span."""
    levels = [[clean_text(cell) for cell in table.rows[first + at]] for at in range(rows)]
    lowest = levels[-1]
    if rows > 1:
        for at in range(rows - 1):
            levels[at] = _spread(table, first + at, levels[at], levels[at + 1 :])
    texts: list[str] = []
    for column in range(table.width):
        parts: list[str] = []
        for level in levels:
            if level[column] and level[column] not in parts:
                parts.append(level[column])
        whole = " ".join(parts)
        alone = lowest[column]
        keeps_alone = (
            alone and not table.merges_known and meaning_of(alone).confidence >= meaning_of(whole).confidence
        )
        texts.append(alone if keeps_alone and meaning_of(alone).is_known else whole)
    return tuple(texts)


def _spread(table: SheetTable, row: int, level: list[str], below: list[list[str]]) -> list[str]:
    """A group heading repeated over the columns it is merged across; without merges, over the blanks to its right."""
    spread = list(level)
    if table.merges_known and table.merged:
        for top, left, _bottom, right in table.merged:
            if top == row and left < len(level):
                spread[left : right + 1] = [level[left]] * (min(right, len(level) - 1) - left + 1)
        return spread
    carried = ""
    for column, text in enumerate(level):
        under = any(lower[column] for lower in below)
        carried = text or (carried if under else "")
        spread[column] = carried
    return spread


def _score(texts: Sequence[str], wanted: set[str]) -> float:
    """How much the texts say: the sum of what is sure about different columns; nothing unless they say enough."""
    seen: dict[str, float] = {}
    for text in texts:
        meaning = meaning_of(text)
        key = _key(meaning)
        if key:
            seen[key] = max(seen.get(key, 0.0), meaning.confidence)
        if wanted and plain_words(text[:500]) in wanted:
            seen[f"wanted {plain_words(text[:500])}"] = 2.0
    if len(_BY_SEX & set(seen)) == 1:  # the sex of the first post, not a column of women or of men
        seen = {key: sure for key, sure in seen.items() if key not in _BY_SEX}
    core = any(key in _CORE or key.startswith(("pay", "wanted")) for key in seen)
    length = sum(len(text) for text in texts)
    return sum(seen.values()) - length / 100_000 if core and len(seen) >= 2 else 0.0


def _key(meaning: Meaning) -> str:
    if meaning.pay is not None:
        return f"pay {meaning.pay.tier} {meaning.pay.period} {meaning.pay.kind}"
    return meaning.field or meaning.drop


def _by_shape(table: SheetTable) -> Heading | None:
    """The last rows of texts before rows of figures, where no heading is in words we know."""
    limit = min(len(table.rows) - 1, ROWS_SEARCHED)
    for at in range(1, max(limit, 0)):
        if not (_has_figures(table.rows[at]) and _has_figures(table.rows[at + 1])):
            continue
        first = at
        while first > 0 and at - first < MOST_ROWS and _heads_many(table.rows[first - 1]):
            first -= 1
        if first == at:
            return None
        return Heading(first, at - first, joined(table, first, at - first), is_known=False)
    return None


def _heads_many(row: Row) -> bool:
    return _looks_like_heading(row) and sum(not is_blank(cell) for cell in row) >= 3


def _has_figures(row: Row) -> bool:
    figures = [
        cell
        for cell in row
        if isinstance(cell, int | float | date | datetime)
        or (isinstance(cell, str) and not is_blank(cell) and is_figure(cell))
    ]
    return len(figures) >= 2
