"""What amounts of accounts count: pounds, thousands or millions, and whether a minus is a cost or takes from one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from statistics import median

from bargain.intake.accounts_mapping import MINUS, PLUS, UNITS, AccountsMapping
from bargain.intake.reading import Question
from bargain.intake.words import plain_words

COSTS = (
    "labour", "rent", "other", "directors", "depreciation", "total_costs", "connected_rent", "connected_charges",
    "connected_interest", "distributions",
)  # fmt: skip
_THOUSANDS = re.compile(r"£\s*'?’?000|\(000s?\)|£k\b|thousand|^\s*'?’?000s?\s*$", re.IGNORECASE)
_MILLIONS = re.compile(r"£\s*m(?:n|illions?)?\b|\(m\)|^\s*millions?\s*$", re.IGNORECASE)
_POUNDS = re.compile(r"^\s*£\s*$|£\s*$|\(£\)", re.IGNORECASE)
_WRONG_FROM, _WRONG_TO = (
    300,
    3_000,
)  # pay by the staff data is so many times labour by the accounts: a unit of 1,000
Numbers = Mapping[str, Sequence[Decimal | None]]


def unit_said(texts: Sequence[str]) -> int | None:
    """1, 1,000 or 1,000,000 where a text says £, £000 or £m: the first that says anything; None where none does."""
    for text in texts:
        if _THOUSANDS.search(text):
            return 1_000
        if _MILLIONS.search(text):
            return 1_000_000
        if _POUNDS.search(text):
            return 1
    return None


def unit_question(
    pairs: Sequence[tuple[float, float]], mapping: AccountsMapping, *, sheet: str, unit: int
) -> Question | None:
    """Whether the staff data say that the unit is another.

    pairs: (labour of the staff data, labour or else revenue of the accounts as read), £ a year, of the same employers.
    unit: what was taken, in pounds. None where nothing speaks against it.
    """
    ratios = [ours / theirs for ours, theirs in pairs if ours > 0 and theirs > 0]
    if mapping.unit is not None or not ratios:
        return None
    ratio = median(ratios)
    for factor in (1_000, 1_000_000):
        low, high = _WRONG_FROM * factor / 1_000, _WRONG_TO * factor / 1_000
        if low <= ratio <= high or low <= 1 / ratio <= high:
            words = "less" if ratio > 1 else "more"
            times = round(ratio if ratio > 1 else 1 / ratio)
            word = next(word for word, one in UNITS.items() if one == unit)
            return Question(
                "money.unit",
                sheet,
                f"Taken as {word}, the accounts come to about {times:,} times {words} than the staff data pay. What are the "
                "amounts in?",
                tuple(UNITS),
            )
    return None


def turned_signs(
    numbers: Numbers, mapping: AccountsMapping, headings: Mapping[str, str], *, sheet: str
) -> tuple[frozenset[str], tuple[Question, ...], tuple[str, ...]]:
    """The fields whose sign is turned, what has to be asked about signs, and what to say of them.

    A column of costs in which every amount is below nought is written with a minus: no cost is less than nothing. That
    is clear where all columns of costs are written so, and asked where only some are.
    """
    minus = {one for one in COSTS if _all_below(numbers.get(one, ()))}
    plus = {one for one in COSTS if _any_above(numbers.get(one, ()))}
    questions: list[Question] = []
    notes: list[str] = []
    turned: set[str] = set()
    if minus and not mapping.costs and plus:
        named = ", ".join(f"“{headings[one]}”" for one in COSTS if one in minus)
        questions.append(
            Question(
                "money.costs",
                sheet,
                f"All amounts under {named} are below nought, other costs are not. Is what is paid written with a minus there, "
                "or are the amounts as they stand, so that they take from the costs?",
                (MINUS, PLUS),
            )
        )
    elif minus and mapping.costs != PLUS:
        turned |= minus
        notes.append("Costs are written with a minus; they are taken as costs")
    interest = numbers.get("net_interest", ())
    if mapping.interest == MINUS:
        turned.add("net_interest")
    elif not mapping.interest and _all_below(interest):
        if minus and not plus:
            turned.add("net_interest")
        elif not _says_net(headings["net_interest"]):
            questions.append(_interest_question(headings["net_interest"], sheet))
    elif not mapping.interest and minus and not plus and _any_above(interest):
        questions.append(_interest_question(headings["net_interest"], sheet))
    return frozenset(turned), tuple(questions), tuple(notes)


def _interest_question(heading: str, sheet: str) -> Question:
    return Question(
        "money.interest",
        sheet,
        f"Amounts under “{heading}”: is interest that is paid written with a minus, or without one?",
        (MINUS, PLUS),
    )


def _says_net(heading: str) -> bool:
    return "net" in plain_words(heading).split()


def _all_below(numbers: Sequence[Decimal | None]) -> bool:
    known = [one for one in numbers if one]
    return bool(known) and all(one < 0 for one in known)


def _any_above(numbers: Sequence[Decimal | None]) -> bool:
    return any(one is not None and one > 0 for one in numbers)
