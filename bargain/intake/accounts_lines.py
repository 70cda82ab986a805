"""What a line of a statement of accounts is, by its name: income, a kind of cost, interest, a sub-total, or none of these."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from bargain.intake.accounts_columns import MONEY
from bargain.intake.accounts_mapping import LEAVE_OUT, LINES
from bargain.intake.words import meanings, phrases, plain_words

# Kinds of line beside the fields of accounts. Mixed costs are those of several kinds, such as cost of sales.
MIXED, INTEREST_PAID, INTEREST_RECEIVED, NET_ASSETS = (
    "mixed",
    "interest_paid",
    "interest_received",
    "net_assets",
)
GROSS, RESULT, EBITDA, PROFIT, AFTER_TAX, RUNNING = (
    "gross",
    "result",
    "ebitda",
    "profit",
    "after_tax",
    "running",
)
TAX, GAIN, KEPT, MEMO, BALANCE, SUBTOTAL = "tax", "gain", "kept", "memo", "balance", "subtotal"
COSTS = ("labour", "rent", "other", "directors", "depreciation", "connected_rent", "connected_charges", MIXED)
INTEREST = (INTEREST_PAID, INTEREST_RECEIVED, "net_interest", "connected_interest")
SUMS = (GROSS, RESULT, EBITDA, PROFIT, AFTER_TAX, RUNNING)  # each is all above it together
OF_EMPLOYER = (
    "employer", "year_end", "months", "part_of", "place", "ownership", "region", "weekly_hours", "employment_allowance", "levy",
    "federation_member", "pension_scheme", "pension_rate", "connected_group",
)  # fmt: skip
_TOTALS_OF_THEIR_OWN = frozenset({"capital", NET_ASSETS, BALANCE, KEPT, AFTER_TAX, MEMO})
_LONGEST = 200
_SMALL = frozenset({"other", "others", "sundry"})
_ALIKE = 86  # of 100: how alike a name must be to a known one to be suggested
_NOTE = re.compile(r"\(?\bnotes?\s*\d{1,2}[a-z]?(?:\s*(?:,|and|&)\s*\d{1,2}[a-z]?)*\)?\s*$", re.IGNORECASE)
_CODE = re.compile(r"^\s*\d{3,6}\s*[-–:.]?\s+(?=\D)")
_MARKER = re.compile(r"^\s*\(?(?:[a-zA-Z]|[ivxIVX]{1,4}|\d{1,2})[).]\s+")
_LESS = re.compile(r"^\s*(?:less|add|plus|deduct)\b\s*[:\-–]?\s*", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(?:net |operating |trading )?(?:profit|surplus|deficit|loss|income)(?: loss| deficit)? (?:before|after)\b"
)
_LOSS = re.compile(r"^(?:gross |net |operating )?(?:loss|deficit|expenditure)\b")


@dataclass(frozen=True, slots=True)
class LineName:
    """What a name says. ``kind`` is blank where it is not known; ``may_be`` are the kinds between which it is open.

    ``is_total``: it says that it sums others; ``is_within``: that it is part of another; ``is_loss``: a figure
    without a minus is a loss.
    """

    kind: str = ""
    is_total: bool = False
    is_within: bool = False
    is_loss: bool = False
    may_be: tuple[str, ...] = ()


def bare_name(label: str) -> str:
    """A line's name without account code, list mark, “less” and a reference to a note; what mappings know it by."""
    text = _NOTE.sub("", label[:_LONGEST])
    text = _MARKER.sub("", _CODE.sub("", text))
    return _LESS.sub("", text).strip(" :") or label.strip()


def line_name(label: str, said: Mapping[str, str], section: str = "") -> LineName:
    """What a line is. said: by plain words of its name, what a person says it is (blank to leave it out).

    section: what the heading above says, as ``section_of`` gives it: charities name income and costs alike.
    """
    words = plain_words(bare_name(label))
    if not words:
        return LineName()
    parts = words.split()
    told = said.get(words)
    if told is not None:
        return LineName(told or LEAVE_OUT, is_total=told == SUBTOTAL)
    for phrase in phrases("statements", "beside", "within"):
        if words.startswith(f"{phrase} "):
            return LineName(_kind(words.removeprefix(phrase).strip()), is_within=True)
    known = _kinds()
    for phrase in sorted(phrases("statements", "beside", "totals"), key=len, reverse=True):
        if words == phrase:
            return LineName(is_total=True)
        rest = ""
        if words.startswith(f"{phrase} "):
            rest = words.removeprefix(phrase).strip()
        elif words.endswith(f" {phrase}"):
            rest = words.removesuffix(phrase).strip()
        if rest and known.get(words) not in _TOTALS_OF_THEIR_OWN:
            return LineName(known.get(words) or _kind(rest), is_total=True)
    if section in {"income", "costs"} and words in phrases("statements", "by_section", "names"):
        is_income_from = section == "income"
        return LineName("revenue" if is_income_from else "other" if words in _SMALL else MIXED)
    open_between = _open().get(words) or _open().get(" ".join(parts[:-1]) if parts[-1] == "costs" else "")
    if open_between:
        return LineName(may_be=open_between)
    kind = _kind(words) or (RUNNING if _BEFORE.match(words) else "")
    return LineName(kind, is_loss=kind in SUMS and _LOSS.match(words.removeprefix("net ")) is not None)


@lru_cache(maxsize=20_000)
def _kind(words: str) -> str:
    """The kind of a known phrase in a name, where all other words of it change nothing; blank for none."""
    known, plain = _kinds(), phrases("statements", "beside", "words")
    parts = words.split()[:24]
    for length in range(len(parts), 0, -1):
        for start in range(len(parts) - length + 1):
            kind = known.get(" ".join(parts[start : start + length]))
            beside = [*parts[:start], *parts[start + length :]]
            if kind is not None and all(word in plain or word.isdigit() for word in beside):
                return kind
    return ""


def is_known_name(label: str) -> bool:
    """Whether a line's name is a known one as it stands, no word more."""
    return plain_words(bare_name(label)) in _kinds()


@cache
def _kinds() -> Mapping[str, str]:
    """Each known name of a line → its kind: those of statements first, then headings of accounts in rows."""
    of_rows = {
        phrase: name
        for phrase, name in meanings("accounts", "fields").items()
        if name in MONEY or name in OF_EMPLOYER or name == "beds"
    }
    return MappingProxyType({**of_rows, **meanings("statements", "lines")})


@cache
def _open() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType(
        {phrase: tuple(both.split("_or_")) for phrase, both in meanings("statements", "open").items()}
    )


def section_of(label: str) -> str:
    """What a heading without figures says of the lines under it: income, costs, balance, notes, or nothing."""
    words = plain_words(bare_name(label))
    known = meanings("statements", "sections")
    if words in known:
        return known[words]
    kind = _kind(words)
    if kind == "revenue":
        return "income"
    if kind in COSTS or kind == "total_costs":
        return "costs"
    return "balance" if kind == BALANCE else ""


def suggested_kind(label: str) -> str:
    """The kind of a known name that this one is like, a slip of the pen apart; blank for none."""
    from rapidfuzz import fuzz, process

    words = plain_words(bare_name(label))
    if len(words) < 5:
        return ""
    long = [one for one, kind in _kinds().items() if len(one) >= 5 and kind in LINES]
    near = process.extractOne(words, long, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE)
    return "" if near is None else _kinds()[near[0]]
