"""Headings → fields: what each column of a payroll means, how sure that is, and which columns are never kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as of_field
from functools import cache

from bargain.intake.coded import Coded, grouped
from bargain.intake.pay_headings import PayHeading, hours_period, pay_heading
from bargain.intake.personal import NEVER_READ, kind_by_value
from bargain.intake.ranges import read_hidden_count
from bargain.intake.reading import MappingFile, Period, Question
from bargain.intake.tables import Cell, Rows, blanks
from bargain.intake.values import Unreadable, read_number, says_nothing
from bargain.intake.words import has_phrase, longest_phrase, meanings, phrases, plain_words, word_table
from models.issues import UnusableInput

SURE = 0.9
PLUS = " + "  # joins the headings of a field that has several columns
_MAY_BE_SEVERAL = {"heads", "pay"}
_TYPO_CUT_OFF = 88
_NEVER_PERSONAL = {"start_date", "leaving_date", "hours", "fte", "when"}

# Fields in which two different columns would change the figures: asked, not chosen.
_ASKED = {"hours", "fte", "heads", "employer", "full_hours", "weeks"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading means: a ``field``, a kind of personal column (``drop``), or ``pay``; nothing if all are unset."""

    field: str = ""
    drop: str = ""
    pay: PayHeading | None = None
    confidence: float = 0.0

    @property
    def is_known(self) -> bool:
        """Whether the heading says anything."""
        return bool(self.field or self.drop or self.pay)


@dataclass(frozen=True, slots=True)
class PayColumn:
    """A column that may hold basic pay."""

    column: int
    heading: str
    says: PayHeading
    confidence: float


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which column holds which field.

    ``fields`` is field → column from 0; ``personal`` are columns whose values are never shown or kept, by
    kind; ``pay`` are the candidates for pay. ``also`` are further columns of a field that several were named for: counts
    are added up, pay is taken from the next where the first has none.
    """

    headings: tuple[str, ...]
    fields: dict[str, int]
    confidence: dict[str, float]
    personal: dict[int, str]
    pay: tuple[PayColumn, ...]
    pay_named: bool
    questions: tuple[Question, ...]
    also: Mapping[str, tuple[int, ...]] = of_field(default_factory=dict)

    def heading_of(self, field: str, column: int) -> str:
        """What the column of a field is called in a mapping file: with several, all of them."""
        return PLUS.join(self.headings[at] for at in (column, *self.also.get(field, ())))

    def personal_column(self, kind: str) -> int | None:
        """The first column of a personal kind."""
        return next((column for column, found in self.personal.items() if found == kind), None)


@cache
def meaning_of(heading: str) -> Meaning:
    """What one heading means by its words alone."""
    if len(heading) > 120:
        return Meaning()
    words = plain_words(heading)
    if not words or words.isdigit():
        return Meaning()
    fields, drops = meanings("headings", "fields"), meanings("headings", "drop")
    if words in drops:
        return Meaning(drop=drops[words], confidence=1.0)
    if words in fields:
        order = [plain_words(one) for one in word_table("headings")["fields"][fields[words]]]
        return Meaning(field=fields[words], confidence=1.0 - 0.001 * order.index(words))
    pay = pay_heading(words)
    if pay is not None:
        return Meaning(pay=pay, confidence=SURE if pay.tier == "plain" else 0.8)
    return _inside(words) or _misspelt(words) or Meaning()


def _inside(words: str) -> Meaning | None:
    """A known phrase inside a longer heading; a personal one decides over a field of the same length."""
    if len(words.split()) > 9:
        return None
    drop = longest_phrase(words, meanings("headings", "drop"))
    field = longest_phrase(words, meanings("headings", "fields"))
    if field is not None and not _may_stand_inside(field[0], field[1], words):
        field = None
    if drop is not None and (field is None or len(drop[0].split()) >= len(field[0].split())):
        return Meaning(drop=drop[1], confidence=0.8)
    if field is None:
        return None
    share = len(field[0].split()) / len(words.split())
    return Meaning(field=field[1], confidence=0.6 + 0.25 * share)


def _may_stand_inside(phrase: str, field: str, words: str) -> bool:
    if " " not in phrase and phrase not in phrases("headings", "contained", "words"):
        return False
    rest = f" {words} ".replace(f" {phrase} ", " ", 1).strip()
    return not has_phrase(rest, word_table("headings")["not"].get(field, ()))


def _misspelt(words: str) -> Meaning | None:
    """A known heading of six letters or more with a slip of the pen."""
    if len(words) < 6:
        return None
    from rapidfuzz import fuzz, process

    known = {
        **meanings("headings", "fields"),
        **{k: f"drop:{v}" for k, v in meanings("headings", "drop").items()},
    }
    found = process.extractOne(
        words, [one for one in known if len(one) >= 6], scorer=fuzz.ratio, score_cutoff=_TYPO_CUT_OFF
    )
    if found is None:
        return None
    meaning = known[found[0]]
    sure = found[1] / 100 * 0.8
    if meaning.startswith("drop:"):
        return Meaning(drop=meaning.removeprefix("drop:"), confidence=sure)
    return Meaning(field=meaning, confidence=sure)


def match_columns(
    headings: Sequence[str], body: Rows, *, mapping: MappingFile, file: str, sheet: str
) -> ColumnMap:
    """Give each field its column. What the mapping file names is taken as named; a field with no name is left out."""
    named, also = _named_columns(headings, body, mapping, file=file, sheet=sheet)
    taken = {*named.values(), *(at for places in also.values() for at in places)}
    personal: dict[int, str] = {}
    claims: dict[str, list[tuple[float, int]]] = {}
    pay: list[PayColumn] = []
    for column, heading in enumerate(headings):
        if column in taken:
            continue
        meaning = meaning_of(heading)
        kind = meaning.drop or _personal_by_value(body.columns[column], meaning)
        if kind:
            personal[column] = kind
        elif meaning.pay is not None:
            pay.append(PayColumn(column, heading, meaning.pay, meaning.confidence))
        elif meaning.field:
            claims.setdefault(meaning.field, []).append((meaning.confidence, column))
    fields = {field: column for field, column in named.items() if field != "pay"}
    confidence = dict.fromkeys(fields, 1.0)
    questions: list[Question] = []
    left_out = {field for field, heading in mapping.columns.items() if not heading}
    for field, every_claim in claims.items():
        claimed = every_claim
        if field in fields or field in left_out:
            continue
        if field == "hours":  # weekly hours go before hours for a month or a year
            of_week = [claim for claim in claimed if hours_period(headings[claim[1]]) in {None, Period.WEEK}]
            claimed = of_week or claimed
        column, rivals = _strongest(claimed, body)
        fields[field] = column
        confidence[field] = max(sure for sure, at in claimed if at == column)
        if rivals and field in _ASKED:
            questions.append(_which_column(field, [column, *rivals], headings, sheet))
    _by_sex_or_not(fields, body)
    if "pay" in named:
        places = (named["pay"], *also.get("pay", ()))
        pay = [PayColumn(at, headings[at], _says_pay(headings[at]), 1.0) for at in places]
    return ColumnMap(
        tuple(headings), fields, confidence, personal, tuple(pay), "pay" in named, tuple(questions), also
    )


def _says_pay(heading: str) -> PayHeading:
    return pay_heading(plain_words(heading)) or PayHeading()


def _by_sex_or_not(fields: dict[str, int], body: Rows) -> None:
    """Columns headed women and men are counts only where both are there and hold figures; else one may say the sex."""
    places = [fields.get(one) for one in ("heads_female", "heads_male")]
    if None not in places and all(_are_counts(body.columns[at]) for at in places if at is not None):
        return
    for one in ("heads_female", "heads_male"):
        fields.pop(one, None)


def _are_counts(cells: Coded[Cell]) -> bool:
    """Whether a column holds whole numbers, and hidden counts such as <5, alone."""
    found = 0
    for cell in cells.occurring():
        if says_nothing(cell) or read_hidden_count(cell) is not None:
            continue
        try:
            number = read_number(cell)
        except Unreadable:
            return False
        if number is None or number < 0 or number != number.to_integral_value():
            return False
        found += 1
    return found > 0


def _named_columns(
    headings: Sequence[str], body: Rows, mapping: MappingFile, *, file: str, sheet: str
) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """The column that the mapping names for each field, and further ones where it names several (“A + B”)."""
    by_words: dict[str, int] = {}
    for column, heading in enumerate(headings):
        by_words.setdefault(plain_words(heading), column)
    named: dict[str, int] = {}
    also: dict[str, tuple[int, ...]] = {}
    for field, heading in mapping.columns.items():
        if not heading:
            continue
        parts = [heading]
        if field in _MAY_BE_SEVERAL and plain_words(heading) not in by_words:
            parts = heading.split(PLUS)
        places = [by_words.get(plain_words(part)) for part in parts]
        known = [at for at in places if at is not None]
        if len(known) < len(parts):
            listed = ", ".join(f"“{one}”" for one in headings if one)
            raise UnusableInput(
                f"{file}, sheet {sheet}: the mapping says that {field} is in the column “{heading}”, which is not there. "
                f"The columns are {listed}."
            )
        for place in known:
            kind = meaning_of(headings[place]).drop or kind_by_value(body.columns[place], field=field)
            if kind in NEVER_READ:
                raise UnusableInput(
                    f"{file}, sheet {sheet}: the mapping says that {field} is in the column “{heading}”, which holds "
                    f"{_KINDS_IN_WORDS[kind]}. Such data is never read; name another column."
                )
        named[field] = known[0]
        if known[1:]:
            also[field] = tuple(known[1:])
    return named, also


_KINDS_IN_WORDS = {
    "national_insurance": "NI numbers or the like",
    "bank": "bank details",
    "union": "union membership",
    "health": "data about health",
    "special": "data that the law protects specially",
    "tax": "tax codes or deductions",
}


def _strongest(claimed: list[tuple[float, int]], body: Rows) -> tuple[int, list[int]]:
    """The column that claims a field best, and those that claim it as well with other values."""
    ranked = sorted(
        claimed, key=lambda claim: (-round(claim[0], 1), -_filled(body, claim[1]) // 10, -claim[0], claim[1])
    )
    best_sure, best = ranked[0]
    cells = body.columns[best]
    rivals = [
        column
        for sure, column in ranked[1:]
        if sure >= best_sure - 0.05 and _filled(body, column) and not _are_same(body.columns[column], cells)
    ]
    return best, rivals


def _filled(body: Rows, column: int) -> int:
    """How much of a column is filled, in percent."""
    return 100 * int((~blanks(body.columns[column])).sum()) // max(len(body), 1)


def _are_same(one: Coded[Cell], other: Coded[Cell]) -> bool:
    _codes, firsts = grouped([one, other])
    return all(one[at] == other[at] for at in firsts.tolist())


def _which_column(field: str, columns: list[int], headings: Sequence[str], sheet: str) -> Question:
    return Question(
        key=f"columns.{field}",
        sheet=sheet,
        question=f"Two columns could be {field.replace('_', ' ')} and they differ. Which is it?",
        candidates=tuple(headings[column] for column in columns),
    )


def _personal_by_value(cells: Coded[Cell], meaning: Meaning) -> str:
    """The kind of personal data a column holds by the look of its values; blank if none."""
    if meaning.pay is not None or meaning.field in _NEVER_PERSONAL:
        return ""
    return kind_by_value(cells, field=meaning.field)
